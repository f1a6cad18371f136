package witness

import (
	"regexp"
	"strings"
)

// IvorySQL's suites are PostgreSQL's in form, with Oracle's language in it: units of PL/iSQL end with a slash, other
// statements with a semicolon. Routines in PostgreSQL's form ($$ ... $$ LANGUAGE plisql) are given Oracle's, since their
// bodies are in Oracle's language either way.

func readIvory(script, result string) []*Statement {
	lines := splitLines(script)
	wants := printed(lines, splitLines(result))
	var list []*Statement
	deviates := "" // a setting under which IvorySQL does not do as Oracle
	for _, piece := range splitPsql(lines) {
		s := &Statement{Line: piece.from + 1, Raw: piece.text, Text: piece.text, Want: gather(wants, piece.from, piece.to)}
		ivoryForm(s, &deviates)
		if s.Skip == "" && deviates != "" {
			s.Skip = deviates
		}
		list = append(list, s)
	}
	return list
}

var (
	setNLS      = regexp.MustCompile(`(?is)^\s*set\s+(nls_\w+)\s*(?:=|to)\s*('[^']*'|\w+)\s*;?\s*$`)
	setAny      = regexp.MustCompile(`(?is)^\s*(set|reset|show)\s+(session\s+authorization\b|role\b|local\b)?\s*([\w.]*)`)
	transaction = regexp.MustCompile(`(?is)^\s*(begin|start\s+transaction|commit|rollback|abort|end)(\s+(work|transaction))?\s*;\s*$`)
	isolated    = regexp.MustCompile(`(?is)^\s*(begin|start)\b[^;]*\bisolation\b[^;]*;\s*$`)
	emptyText   = regexp.MustCompile(`(?i)(enable_emptystring_to_null|compatible_mode)\W+(?:=|to)?\W*(\w+)`)
	foreign     = regexp.MustCompile(`(?i)::|\bpg_\w+|\bplpgsql\b|\blanguage\s+'?(sql|c|internal)\b|\\g\w*\s*$|\boid\b|\bregclass\b|\bperform\b`)
)

// ivoryForm decides how a statement is run.
func ivoryForm(s *Statement, deviates *string) {
	bare := strings.TrimSpace(stripComments(s.Text))
	switch {
	case bare == "":
		s.Skip = "nothing"
	case strings.HasPrefix(bare, `\`):
		s.Skip = "a command of psql"
	case transaction.MatchString(bare) || isolated.MatchString(bare):
		s.Direct = bare
	case setNLS.MatchString(bare):
		m := setNLS.FindStringSubmatch(bare)
		s.Text = "ALTER SESSION SET " + m[1] + " = " + m[2] + ";"
	case setAny.MatchString(bare):
		if m := emptyText.FindStringSubmatch(bare); m != nil {
			*deviates = ""
			if !strings.EqualFold(m[2], "oracle") && !strings.EqualFold(m[2], "on") && !strings.EqualFold(m[2], "true") {
				*deviates = "under a setting that is not Oracle's: " + m[1] + " " + m[2]
			}
		}
		s.Skip = "a setting of IvorySQL's or PostgreSQL's"
	case foreign.MatchString(bare):
		s.Skip = "PostgreSQL's language"
	default:
		s.Text = fromDollar(bare)
	}
}

var (
	dollarBody  = regexp.MustCompile(`(?is)^(.*?)\$(\w*)\$(.*)\$(\w*)\$(.*)$`)
	plisqlWord  = regexp.MustCompile(`(?i)\blanguage\s+'?plisql'?\s*`)
	emptyParams = regexp.MustCompile(`\(\s*\)`)
	createHead  = regexp.MustCompile(`(?is)^(create\s+(?:or\s+replace\s+)?(?:function|procedure)\s+)([\w."]+)(.*)$`)
	returnsWord = regexp.MustCompile(`(?i)\breturns\b`)
	asTail      = regexp.MustCompile(`(?is)\b(?:as|is)\s*$`)
)

// fromDollar gives a routine or block whose body stands between dollars the form that Oracle has for it.
func fromDollar(text string) string {
	m := dollarBody.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	head, body, tail := plisqlWord.ReplaceAllString(m[1], ""), strings.TrimSpace(m[3]), plisqlWord.ReplaceAllString(m[5], "")
	if strings.Trim(tail, " \n\t;") != "" {
		return text // options that Oracle does not have there
	}
	if !strings.HasSuffix(body, ";") {
		body += ";"
	}
	if strings.EqualFold(strings.TrimSpace(head), "do") {
		return body
	}
	h := createHead.FindStringSubmatch(head)
	if h == nil {
		return text
	}
	rest := emptyParams.ReplaceAllString(h[3], "")
	rest = asTail.ReplaceAllString(strings.TrimSpace(returnsWord.ReplaceAllString(rest, "RETURN")), "")
	if strings.HasPrefix(strings.ToLower(body), "declare") {
		body = body[len("declare"):]
	}
	return h[1] + h[2] + " " + strings.TrimSpace(rest) + " AS\n" + body
}
