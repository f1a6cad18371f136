// Package grammar asks PostgreSQL's own grammar whether it takes a script: rung 3 of the ladder of evidence.
//
// Input -> output: SQL in, the places that PostgreSQL's parser (libpg_query) and its PL/pgSQL parser do not take
// out. No names are looked up and no server is needed; what a server would say about tables, types and
// operators is not known here. False alarms that come from not knowing types are filtered (see composite.go).
//
// The parser is C. Built with -tags pgquery and cgo it is linked in; else it runs as WebAssembly, which is
// compiled at the first use (some two seconds of one core, see docs/dependencies.md): nothing is done before
// New is called. A Checker may be used by any number of goroutines.
package grammar

import (
	"fmt"
	"regexp"
	"strings"

	"landfall/internal/postgres/lex"
)

// Problem is one place that the grammar does not take. Line and Col count from 1 in the text that was checked, Col
// in characters; Col 0 says that only the line is known.
type Problem struct {
	Line, Col int
	Message   string
	// Syntax tells what no server can read from what the PL/pgSQL parser minds for want of types.
	Syntax bool
}

// String is line:col: message.
func (p Problem) String() string { return fmt.Sprintf("%d:%d: %s", p.Line, p.Col, p.Message) }

// Checker judges SQL by a grammar.
type Checker interface {
	// Check gives at most one problem a statement, in order; none means that the grammar takes all of it.
	Check(sql string) []Problem
	// Name says whose grammar it is, with its version.
	Name() string
}

// fault is what the parser says.
type fault struct {
	message string
	cursor  int // character of the text, from 1; 0 when not known
	line    int // of the body of a routine, from 1; 0 when not known
}

// engine is one of the two builds of the parser.
type engine interface {
	sql(text string) *fault
	plpgsql(text string) *fault
	name() string
}

// New makes a checker and begins to make its parser ready in the background.
func New() Checker { return checker{newEngine()} }

type checker struct{ engine engine }

func (c checker) Name() string { return c.engine.name() }

func (c checker) Check(sql string) []Problem {
	var found []Problem
	for _, s := range lex.Statements(sql) {
		if p, bad := c.statement(s.Text); bad {
			line, col := lex.Position(sql, s.Offset)
			if p.Line == 1 && p.Col > 0 {
				p.Col += col - 1
			}
			p.Line += line - 1
			found = append(found, p)
		}
	}
	return found
}

// statement checks one statement and, when it makes a routine, the routine's body.
func (c checker) statement(text string) (Problem, bool) {
	if f := c.engine.sql(text); f != nil {
		p := problemAt(text, f)
		p.Syntax = true
		return p, true
	}
	r, ok := routineOf(text)
	if !ok {
		return Problem{}, false
	}
	first, _ := lex.Position(text, r.at)
	switch r.language {
	case "plpgsql":
		text = bareName(text)
		f := c.engine.plpgsql(text)
		if f != nil {
			f = c.asComposite(text, r, f)
		}
		if f == nil {
			return Problem{}, false
		}
		return Problem{Line: first + bodyLine(r.body, f) - 1, Message: f.message, Syntax: strings.HasPrefix(f.message, "syntax error")}, true
	case "sql":
		if f := c.engine.sql(r.body); f != nil {
			p := problemAt(r.body, f)
			p.Line += first - 1
			p.Col = 0
			p.Syntax = true
			return p, true
		}
	}
	return Problem{}, false
}

// bareName blanks out the schema in front of a routine's name: PL/pgSQL's parser labels the body by the whole name, where
// a server knows its parameters as name.parameter.
func bareName(text string) string {
	tokens := code(text)
	for i, t := range tokens {
		if i > 3 {
			break
		}
		if (t.Is(text, "function") || t.Is(text, "procedure")) && i+3 < len(tokens) && tokens[i+2].Is(text, ".") {
			lo, hi := tokens[i+1].Lo, tokens[i+2].Hi
			return text[:lo] + strings.Repeat(" ", hi-lo) + text[hi:]
		}
	}
	return text
}

func problemAt(text string, f *fault) Problem {
	at := 0
	for range max(f.cursor-1, 0) {
		if at >= len(text) {
			break
		}
		at++
		for at < len(text) && text[at]&0xC0 == 0x80 {
			at++
		}
	}
	line, col := lex.Position(text, at)
	return Problem{Line: line, Col: col, Message: f.message}
}

var quotedWord = regexp.MustCompile(`"([^"]+)"`)

// bodyLine is the line of a fault in a body. The parser tells where the last statement began whose line it noted,
// which is at or above the fault; the word that its message quotes is looked for from there.
func bodyLine(body string, f *fault) int {
	line := max(f.line, 1)
	m := quotedWord.FindStringSubmatch(f.message)
	if m == nil {
		return line
	}
	from := 0
	for range line - 1 {
		from += strings.IndexByte(body[from:], '\n') + 1
	}
	tokens := code(body)
	for i, t := range tokens {
		if t.Lo < from {
			continue
		}
		word := t.Text(body)
		for j := i + 1; j+1 < len(tokens) && tokens[j].Is(body, ".") && tokens[j].Lo == tokens[j-1].Hi; j += 2 {
			word += "." + tokens[j+1].Name(body)
		}
		if strings.EqualFold(strings.ReplaceAll(word, `"`, ""), m[1]) {
			line, _ = lex.Position(body, t.Lo)
			return line
		}
	}
	return line
}

// routine is the body of CREATE FUNCTION, CREATE PROCEDURE or DO.
type routine struct {
	language string
	body     string
	at       int // of the body in the statement
}

// routineOf finds language and body; ok is false for other statements and for bodies in SQL-standard form, which
// the SQL parser has read already.
func routineOf(text string) (r routine, ok bool) {
	var words []lex.Token // outside of brackets, without comments
	depth := 0
	for _, t := range code(text) {
		switch {
		case t.Is(text, "("):
			depth++
		case t.Is(text, ")"):
			depth--
		case depth > 0:
			continue
		}
		words = append(words, t)
	}
	at := func(i int, word string) bool { return i >= 0 && i < len(words) && words[i].Is(text, word) }
	i := 0
	switch {
	case at(0, "do"):
		r.language = "plpgsql"
	case at(0, "create"):
		if i++; at(i, "or") && at(i+1, "replace") {
			i += 2
		}
		if !at(i, "function") && !at(i, "procedure") {
			return r, false
		}
	default:
		return r, false
	}
	for ; i < len(words); i++ {
		switch {
		case at(i, "language") && i+1 < len(words):
			r.language = strings.Trim(strings.ToLower(words[i+1].Text(text)), `"'`)
		case (at(i-1, "as") || at(0, "do") && r.body == "") && (words[i].Kind == lex.Dollar || words[i].Kind == lex.String):
			if body, from, plain := words[i].Body(text); plain {
				r.body, r.at, ok = body, from, true
			} else { // a text with escapes: its value is not needed, PL/pgSQL's parser reads it itself
				r.at, ok = words[i].Lo, r.language != "sql"
			}
		}
	}
	return r, ok
}
