package witness

import (
	"regexp"
	"strings"
)

// Blocks of a suite run as they stand. Two forms of MariaDB's are changed, so that routines of a suite run although the
// embedded Oracle runs none that are stored: a CALL, and a SELECT of one function, become a block in which the routines
// that they reach are local ones; and a SELECT without INTO in a block, whose rows MariaDB sends to its client, opens a
// cursor that DBMS_SQL.RETURN_RESULT sends.

var (
	anonymous       = regexp.MustCompile(`(?is)^\s*(declare|begin|<<)`)
	makesRoutine    = regexp.MustCompile(`(?is)^\s*create\s+(?:or\s+replace\s+)?((?:procedure|function)\s+"?([\w$#]+)"?\s*(\(\s*\))?.*)$`)
	dropsRoutine    = regexp.MustCompile(`(?is)^\s*drop\s+(?:procedure|function)\s+(?:if\s+exists\s+)?"?([\w$#]+)"?\s*$`)
	callsRoutine    = regexp.MustCompile(`(?is)^\s*call\s+("?[\w$#]+"?\s*(?:\(.*\))?)\s*$`)
	selectsOne      = regexp.MustCompile(`(?is)^\s*select\s+(([\w$#]+)\s*(?:\(.*\))?)\s*(?:\bfrom\s+dual)?\s*$`)
	returns         = regexp.MustCompile(`(?is)^function\s+\S+?\s*(?:\([^;]*?\)\s*)?return\s+([\w$#.%]+(?:\([\d, ]+\))?)\s*(?:as|is)\b`)
	cursorAttribute = regexp.MustCompile(`(?i)%(rowcount|found|notfound|isopen)\b`) // of PL/SQL only
	callLike        = regexp.MustCompile(`([\w$#]+)\s*\(`)
	emptyList       = regexp.MustCompile(`(?is)^((?:procedure|function)\s+[\w$#"]+)\s*\(\s*\)`)
	resultless      = regexp.MustCompile(`(?i)(?:;|\bbegin|\bthen|\belse|\bloop|>>)\s*((?:select|with)\b)`)
	intoVariables   = regexp.MustCompile(`(?i)\binto\b`)
	sizeless        = regexp.MustCompile(`(?i)^(varchar2?|char|raw)$`)
)

// routine is a procedure or function of a suite, from its first word on.
type routine struct{ name, text string }

// keepRoutine remembers the routine that a statement makes, or forgets the one that it drops, and reports whether the
// statement was one of the two.
func (r *runner) keepRoutine(st *Statement) bool {
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(stripComments(st.Text)), "/"))
	forget := func(name string) {
		for i, one := range r.kept {
			if one.name == name {
				r.kept = append(r.kept[:i:i], r.kept[i+1:]...)
				return
			}
		}
	}
	if m := dropsRoutine.FindStringSubmatch(text); m != nil {
		forget(strings.ToLower(m[1]))
		return true
	}
	m := makesRoutine.FindStringSubmatch(text)
	if m == nil || st.Want.Error != "" {
		return false
	}
	name := strings.ToLower(m[2])
	forget(name)
	body := emptyList.ReplaceAllString(m[1], "$1")
	r.kept = append(r.kept, routine{name, strings.TrimRight(body, "; \t\n") + ";"})
	return true
}

// block is the text that runs a block of the suite or a call of its routines; "" is for other statements.
func (r *runner) block(text string) string {
	text = strings.TrimSpace(text)
	if anonymous.MatchString(text) {
		return returnRows(strings.TrimRight(text, "; \t\n") + ";")
	}
	if m := callsRoutine.FindStringSubmatch(strings.TrimRight(text, "; \t\n")); m != nil {
		local := r.reached(m[1])
		if local == "" {
			return ""
		}
		return returnRows("DECLARE\n" + local + "BEGIN\n" + m[1] + ";\nEND;")
	}
	if m := selectsOne.FindStringSubmatch(strings.TrimRight(text, "; \t\n")); m != nil {
		for _, one := range r.kept {
			result := returns.FindStringSubmatch(one.text)
			if one.name != strings.ToLower(m[2]) || result == nil {
				continue
			}
			kind := result[1]
			if sizeless.MatchString(kind) {
				kind += "(2000)"
			}
			return "DECLARE\n" + r.reached(m[1]) + "lf$r " + kind + ";\nlf$c SYS_REFCURSOR;\nBEGIN\nlf$r := " + m[1] + ";\nOPEN lf$c FOR SELECT lf$r FROM DUAL;\nDBMS_SQL.RETURN_RESULT(lf$c);\nEND;"
		}
	}
	return ""
}

// callsStored reports whether a statement calls a function of the suite where only a stored one can be called.
func (r *runner) callsStored(st *Statement) bool {
	for _, m := range callLike.FindAllStringSubmatch(stripComments(st.Text), -1) {
		if r.routines[strings.ToLower(m[1])] {
			return true
		}
	}
	return false
}

// reached are the routines that a text names, and those that they name, in the order in which they were made, variables
// of the block first.
func (r *runner) reached(text string) string {
	names := map[string]bool{}
	var walk func(text string)
	walk = func(text string) {
		for _, word := range nameWord.FindAllString(text, -1) {
			word = strings.ToLower(word)
			for _, one := range r.kept {
				if one.name == word && !names[word] {
					names[word] = true
					walk(one.text)
				}
			}
		}
	}
	walk(text)
	var b strings.Builder
	for _, one := range r.kept {
		if names[one.name] {
			b.WriteString(one.text + "\n")
		}
	}
	return b.String()
}

// returnRows lets queries of a block that have no INTO return their rows as an implicit result.
func returnRows(text string) string {
	var bare strings.Builder // the text without comments and quoted parts, of the same length
	scan(text, func(kind byte, part string) {
		if kind != 't' {
			part = strings.Repeat(" ", len(part))
		}
		bare.WriteString(part)
	})
	mask, from := bare.String(), 0
	var b strings.Builder
	for {
		m := resultless.FindStringSubmatchIndex(mask[from:])
		if m == nil {
			return b.String() + text[from:]
		}
		start := from + m[2]
		end := strings.IndexByte(mask[start:], ';')
		if end < 0 {
			return b.String() + text[from:]
		}
		end += start
		b.WriteString(text[from:start])
		if intoVariables.MatchString(mask[start:end]) {
			b.WriteString(text[start:end])
		} else {
			b.WriteString("DECLARE lf$c SYS_REFCURSOR; BEGIN OPEN lf$c FOR " + text[start:end] + "; DBMS_SQL.RETURN_RESULT(lf$c); END")
		}
		from = end
	}
}

// regroup takes apart results that MariaDB printed one below the other with the same number of columns, each with a line
// of names: there the rows of all are one list, in which only the first line of names is left out.
func regroup(want [][][]string, got []table) [][][]string {
	var lines [][]string
	for i, t := range want {
		if i > 0 {
			lines = append(lines, nil)
		}
		lines = append(lines, t...)
	}
	total := len(got) - 1
	for _, t := range got {
		total += len(t.rows)
	}
	if len(got) < 2 || total != len(lines) {
		return want
	}
	var apart [][][]string
	at := 0
	for _, t := range got {
		apart = append(apart, lines[at:at+len(t.rows)])
		at += len(t.rows) + 1
	}
	return apart
}
