// Package proc finds embedded SQL in Pro*C source: EXEC SQL ... ; and EXEC SQL EXECUTE ... END-EXEC;.
//
// Input -> output: one source file in; a workload.Statement for every statement that goes to the server out, with the bytes
// that each piece comes from. Host variables, with members, subscripts and indicators, become host variables of SQL;
// SELECT INTO loses its targets, which are the precompiler's business. PREPARE and EXECUTE IMMEDIATE
// are followed where the text is a literal, or a variable that one strcpy or initialiser gives a literal. What only tells
// the precompiler something (WHENEVER, INCLUDE, declarations, OPEN, FETCH, CLOSE ...) is passed over and counted.
// (Pro*C/C++ Programmer's Guide, 19c.)
//
// Scan is a pure function; several may run at once.
package proc

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"landfall/internal/workload"
)

type scanner struct {
	src      *workload.Source
	s        string
	sink     workload.Sink
	units    int
	passed   int
	fixed    bool                 // the statement at hand may not be written to
	literals map[string][]literal // by variable
	types    map[string]string    // of host variables; see declared
}

// literal is a C string that a variable is given.
type literal struct {
	pieces []workload.Piece
	at     int
}

// Scan finds the statements of one file. units is how many there are.
func Scan(src *workload.Source, sink workload.Sink) (units int, err error) {
	s := &scanner{src: src, s: string(src.Text), sink: sink, literals: map[string][]literal{}, types: declared(string(src.Text))}
	marks := s.walk()
	for _, m := range marks {
		if err := s.statement(m[0], m[1]); err != nil {
			return s.units, err
		}
	}
	if s.passed > 0 {
		sink.Problem(workload.Problem{Pos: src.Pos(0), Kind: workload.Assumed, Reason: fmt.Sprintf("%d lines of EXEC SQL and EXEC ORACLE are for the precompiler alone", s.passed)})
	}
	return s.units, nil
}

var (
	exec    = regexp.MustCompile(`^EXEC\s+(SQL|ORACLE)\b`)
	strcpy  = regexp.MustCompile(`(?:strcpy|strncpy|sprintf|snprintf|strcat)\s*\(\s*(?:\([^)]*\)\s*)?([A-Za-z_]\w*)(?:\.arr)?\s*,\s*(?:[\w()]+\s*,\s*)?$`)
	initial = regexp.MustCompile(`([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*=\s*$`)
)

// walk goes over the C text: it gives the places of embedded SQL (behind EXEC, up to the end) and notes what literals go
// into which variables.
func (s *scanner) walk() (marks [][2]int) {
	run := 0
	last := 0 // where the C statement at hand begins
	for at := 0; at < len(s.s); {
		switch c := s.s[at]; {
		case strings.HasPrefix(s.s[at:], "/*"):
			at = s.behind(at+2, "*/")
		case strings.HasPrefix(s.s[at:], "//"):
			at = s.behind(at, "\n")
		case c == '\'':
			for at++; at < len(s.s) && s.s[at] != '\'' && s.s[at] != '\n'; at++ {
				if s.s[at] == '\\' {
					at++
				}
			}
			at = min(at+1, len(s.s))
		case c == '"':
			run++
			pieces, end := s.cString(at, run)
			for next := s.space(end); next < len(s.s) && s.s[next] == '"'; next = s.space(end) { // literals side by side
				run++
				var more []workload.Piece
				more, end = s.cString(next, run)
				pieces = append(pieces, more...)
			}
			before := s.s[max(last, at-200):at]
			m := strcpy.FindStringSubmatch(before)
			if m == nil {
				m = initial.FindStringSubmatch(before)
			}
			if m != nil {
				if strings.Contains(before, "printf") {
					pieces = nil // a format
				}
				s.literals[m[1]] = append(s.literals[m[1]], literal{pieces, at})
			}
			at = max(end, at+1)
		case c == ';' || c == '{' || c == '}':
			at++
			last = at
		case (c == 'E' || c == 'e') && (at == 0 || !isName(s.s[at-1])):
			m := exec.FindStringIndex(strings.ToUpper(s.s[at:min(at+80, len(s.s))]))
			if m == nil {
				at++
				continue
			}
			lo := at + m[1]
			hi := s.end(lo)
			if strings.HasSuffix(strings.ToUpper(strings.TrimSpace(s.s[at:lo])), "SQL") {
				marks = append(marks, [2]int{lo, hi})
			} else {
				s.passed++
			}
			at = max(hi, lo)
		default:
			at++
		}
	}
	return marks
}

func isName(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func (s *scanner) behind(at int, end string) int {
	if i := strings.Index(s.s[min(at, len(s.s)):], end); i >= 0 {
		return at + i + len(end)
	}
	return len(s.s)
}

func (s *scanner) space(at int) int {
	for at < len(s.s) && strings.IndexByte(" \t\r\n", s.s[at]) >= 0 {
		at++
	}
	return at
}

// cString reads a literal of C with its escapes.
func (s *scanner) cString(at, run int) (pieces []workload.Piece, end int) {
	piece := func(text string, lo, hi int) {
		if lo < hi {
			pieces = append(pieces, workload.Piece{Text: text, Segment: workload.Segment{File: s.src.Name, Lo: lo, Hi: hi, Form: workload.FormJava, Run: run}})
		}
	}
	start := at + 1
	for i := at + 1; i < len(s.s); i++ {
		switch s.s[i] {
		case '"':
			piece(s.s[start:i], start, i)
			return pieces, i + 1
		case '\\':
			if i+1 >= len(s.s) {
				continue
			}
			piece(s.s[start:i], start, i)
			value := map[byte]string{'n': "\n", 't': "\t", 'r': "\r", '"': `"`, '\\': `\`, '\'': "'", '\n': ""}[s.s[i+1]]
			piece(value, i, i+2)
			i++
			start = i + 1
		}
	}
	return nil, len(s.s)
}

// end is where embedded SQL ends: its semicolon, or END-EXEC for blocks.
func (s *scanner) end(at int) int {
	words := strings.Fields(strings.ToUpper(s.s[at:min(at+200, len(s.s))]))
	if len(words) > 1 && words[0] == "AT" {
		words = words[min(2, len(words)):]
	}
	if len(words) > 1 && words[0] == "EXECUTE" && (words[1] == "BEGIN" || words[1] == "DECLARE") {
		i := strings.Index(strings.ToUpper(s.s[at:]), "END-EXEC")
		if i < 0 {
			return len(s.s)
		}
		return at + i
	}
	for i := at; i < len(s.s); i++ {
		switch {
		case s.s[i] == ';':
			return i
		case s.s[i] == '\'' || s.s[i] == '"':
			q := s.s[i]
			for i++; i < len(s.s) && s.s[i] != q; i++ {
			}
		case strings.HasPrefix(s.s[i:], "/*"):
			i = s.behind(i+2, "*/") - 1
		case strings.HasPrefix(s.s[i:], "--"), strings.HasPrefix(s.s[i:], "//"):
			i = s.behind(i, "\n") - 1
		}
	}
	return len(s.s)
}

// forPrecompiler are the first words of what does not go to the server.
var forPrecompiler = []string{
	"BEGIN", "END", "INCLUDE", "WHENEVER", "CONNECT", "TYPE", "VAR", "ALLOCATE", "FREE", "DESCRIBE", "OPEN", "FETCH", "CLOSE",
	"TOOLS", "IFDEF", "IFNDEF", "ELSE", "ENDIF", "DEFINE", "UNDEF", "GET", "SET",
}

// clientOnly are the first words of calls of Oracle's client library (Pro*C/C++ Programmer's Guide 19c, Appendix F).
var clientOnly = []string{"CONTEXT", "ENABLE", "REGISTER", "OBJECT", "COLLECTION", "CACHE", "LOB"}

var (
	atClause  = regexp.MustCompile(`(?is)^\s*AT\s+:?\w+\s+`)
	forClause = regexp.MustCompile(`(?is)^\s*FOR\s+:?\w+\s+`)
	cursor    = regexp.MustCompile(`(?is)^\s*DECLARE\s+:?\w+\s+(SCROLL\s+)?CURSOR\s+(WITH\s+HOLD\s+)?FOR\s+`)
	dynamic   = regexp.MustCompile(`(?is)^\s*(PREPARE\s+\w+\s+FROM|EXECUTE\s+IMMEDIATE)\s+`)
	block     = regexp.MustCompile(`(?is)^\s*EXECUTE\s+(BEGIN|DECLARE)\b`)
	section   = regexp.MustCompile(`(?i)^\s*BEGIN\s+DECLARE\s+SECTION\b`)
	release   = regexp.MustCompile(`(?is)\s+RELEASE\s*$`)
	work      = regexp.MustCompile(`(?is)^\s*(COMMIT|ROLLBACK)\b`)
)

// statement takes what stands between EXEC SQL and its end.
func (s *scanner) statement(lo, hi int) error {
	start := lo
	text := s.s[lo:hi]
	cut := func(re *regexp.Regexp) bool {
		m := re.FindStringIndex(text)
		if m != nil {
			lo += m[1]
			text = s.s[lo:hi]
		}
		return m != nil
	}
	cut(atClause)
	cut(forClause)
	switch {
	case dynamic.MatchString(text):
		cut(dynamic)
		return s.dynamic(lo, strings.TrimSpace(text))
	case block.MatchString(text):
		lo += strings.Index(strings.ToUpper(text), "EXECUTE") + len("EXECUTE")
		s.fixed = true // ecpg has no EXECUTE ... END-EXEC: the whole construct changes, not its text
		defer func() { s.fixed = false }()
		return s.give(lo, hi, start)
	case cut(cursor):
		if w := strings.Fields(text); len(w) == 1 || len(w) > 0 && !slices.Contains([]string{"SELECT", "WITH"}, strings.ToUpper(strings.TrimLeft(w[0], "("))) {
			s.passed++ // a cursor of a prepared statement
			return nil
		}
		return s.give(lo, hi, start)
	}
	first := ""
	if w := strings.Fields(text); len(w) > 0 {
		first = strings.ToUpper(w[0])
	}
	switch {
	case slices.Contains(clientOnly, first):
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(start), Kind: workload.Unresolved, Reason: "EXEC SQL " + first + " calls Oracle's client library: ecpg has nothing like it", Hint: "rewrite it with libpq, or with SQL of the target", Head: strings.Join(strings.Fields(text), " ")})
		return nil
	case first == "BEGIN" && !section.MatchString(text):
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(start), Kind: workload.Malformed, Reason: "a block without EXECUTE in front is no Pro*C", Hint: "EXEC SQL EXECUTE BEGIN ... END; END-EXEC;", Head: strings.Join(strings.Fields(text), " ")})
		return nil
	}
	if first == "" || slices.Contains(forPrecompiler, first) && !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(text)), "SET TRANSACTION") || first == "EXECUTE" || first == "DECLARE" {
		s.passed++
		return nil
	}
	if m := release.FindStringIndex(text); m != nil && work.MatchString(text) {
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(lo + m[0]), Kind: workload.Unresolved, Reason: "RELEASE ends the connection", Hint: "ecpg has EXEC SQL DISCONNECT for it"})
		hi = lo + m[0]
	}
	return s.give(lo, hi, start)
}

// dynamic follows the text of PREPARE and EXECUTE IMMEDIATE.
func (s *scanner) dynamic(at int, text string) error {
	at = s.space(at)
	unresolved := func(why string) error {
		s.units++
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(at), Kind: workload.Unresolved, Reason: "dynamic SQL: " + why, Hint: "a trace or V$SQL has the statements", Head: text})
		return nil
	}
	if strings.HasPrefix(text, `"`) {
		pieces, _ := s.cString(at, at+1)
		return s.send(pieces, at)
	}
	if strings.HasPrefix(text, "'") {
		end := strings.LastIndexByte(text, '\'')
		return s.send(s.plain(at+1, at+max(end, 1)), at)
	}
	name := strings.TrimLeft(strings.TrimSpace(text), ": ")
	if i := strings.IndexAny(name, ".[ ->"); i >= 0 {
		name = name[:i]
	}
	list := s.literals[name]
	if len(list) != 1 || list[0].pieces == nil {
		return unresolved(fmt.Sprintf("%d places give %s its text", len(list), name))
	}
	return s.send(list[0].pieces, list[0].at)
}

func (s *scanner) plain(lo, hi int) []workload.Piece {
	if lo >= hi {
		return nil
	}
	return []workload.Piece{{Text: s.s[lo:hi], Segment: workload.Segment{File: s.src.Name, Lo: lo, Hi: hi, Form: workload.FormPlain, Run: lo + 1}}}
}

var hostVariable = regexp.MustCompile(`^:\s*([A-Za-z_]\w*(?:\s*(?:\.|->)\s*\w+|\[[^\]]*\])*)(?:\s*:\s*[A-Za-z_]\w*(?:(?:\.|->)\w+|\[[^\]]*\])*|(?i:\s+INDICATOR\s*:\s*)[A-Za-z_]\w*(?:(?:\.|->)\w+|\[[^\]]*\])*)?`)

// give makes a statement of the bytes of the file.
func (s *scanner) give(lo, hi, start int) error {
	lo = s.space(lo)
	var (
		names  workload.Names
		pieces []workload.Piece
		run    = lo + 1
		from   = lo
		depth  int
		word   int = -1
		verb   string
		intoAt = -1
	)
	literal := func(to int) {
		if from < to {
			pieces = append(pieces, workload.Piece{Text: s.s[from:to], Segment: workload.Segment{File: s.src.Name, Lo: from, Hi: to, Form: workload.FormPlain, Run: run}})
		}
	}
	endWord := func(at int) {
		if word < 0 {
			return
		}
		w := strings.ToUpper(s.s[word:at])
		if verb == "" {
			verb = w
		}
		switch {
		case w == "INTO" && depth == 0 && intoAt < 0 && (verb == "SELECT" || verb == "WITH"):
			literal(word)
			from, intoAt = word, word
		case intoAt >= 0 && depth == 0 && w == "FROM" && from == intoAt:
			from = word // the targets go to the precompiler
			run++
		}
		word = -1
	}
	inBlock := strings.HasPrefix(strings.ToUpper(s.s[lo:hi]), "BEGIN") || strings.HasPrefix(strings.ToUpper(s.s[lo:hi]), "DECLARE")
	for at := lo; at < hi; {
		c := s.s[at]
		if isName(c) {
			if word < 0 {
				word = at
			}
			at++
			continue
		}
		if inBlock {
			word = -1
		}
		endWord(at)
		switch {
		case c == '\'' || c == '"':
			for at++; at < hi && s.s[at] != c; at++ {
			}
			at++
		case strings.HasPrefix(s.s[at:hi], "/*"):
			at = min(s.behind(at+2, "*/"), hi)
		case strings.HasPrefix(s.s[at:hi], "--"):
			at = min(s.behind(at, "\n"), hi)
		case c == '(':
			depth++
			at++
		case c == ')':
			depth--
			at++
		case c == ':':
			m := hostVariable.FindStringSubmatch(s.s[at:hi])
			if m == nil {
				at++
				continue
			}
			if intoAt < 0 || from != intoAt {
				literal(at)
				pieces = append(pieces, workload.Piece{Text: names.Bind(m[1]), Segment: workload.Segment{
					File: s.src.Name, Lo: at, Hi: at + len(m[0]), Form: workload.FormPlain, Run: run, Holds: workload.HoldsBind, Name: m[0],
				}})
				from = at + len(m[0])
			}
			at += len(m[0])
		default:
			at++
		}
	}
	if !inBlock {
		endWord(hi)
	}
	if intoAt < 0 || from != intoAt {
		literal(hi)
	}
	return s.send(pieces, start)
}

func (s *scanner) send(pieces []workload.Piece, at int) error {
	pos := s.src.Pos(at)
	unit := fmt.Sprintf("line %d", pos.Line)
	s.units++
	text, segments := workload.Compose(pieces)
	text, segments = workload.Endless(text, segments)
	if s.fixed {
		for i := range segments {
			segments[i].Form = workload.FormFixed
		}
	}
	if strings.TrimSpace(text) == "" {
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.Malformed, Reason: "EXEC SQL without a statement"})
		return nil
	}
	if len(text) > workload.MaxText {
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.TooLong, Reason: "a statement is too long"})
		return nil
	}
	st := workload.Statement{
		Text: text, Module: s.src.Name[strings.LastIndexByte(s.src.Name, '/')+1:], Pos: pos, Kind: workload.KindSource, Origin: "Pro*C, " + unit, Binds: s.typed(pieces),
		Source: &workload.Composition{Unit: unit, Branch: 1, Branches: 1, Segments: segments},
	}
	return s.sink.Statement(st)
}
