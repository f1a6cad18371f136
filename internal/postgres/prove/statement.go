package prove

import (
	"strings"

	"landfall/internal/postgres/lex"
)

// way is how a statement is proven.
type way uint8

const (
	run     way = iota // it makes something: run it
	analyse            // it works on data: let the server parse it and look everything up
	block              // DO: compile its body as a procedure
	setting            // SET: run it, and take it back behind the unit
	wide               // it changes the whole server
	skip               // it says nothing about the object: BEGIN, COMMIT
)

// step is one statement of a unit.
type step struct {
	unit    int
	text    string
	line    int // of text in the unit's SQL
	col     int
	way     way
	routine int    // index in the outcome's Routines; -1 for other statements
	name    string // of the routine
	plpgsql bool
	at      int // of the routine's body in text
	done    bool
	failure *Failure
}

// Head is the head of a routine in a script.
type Head struct {
	Name     string // folded: pay.run
	Line, To int    // first and last line of its statement
}

// Heads finds the routines that a script creates, in order, without a server.
func Heads(sql string) []Head {
	var list []Head
	for _, s := range stepsOf(0, sql) {
		if s.routine >= 0 && s.way == run {
			list = append(list, Head{Name: s.name, Line: s.line, To: s.line + strings.Count(s.text, "\n")})
		}
	}
	return list
}

// stepsOf cuts a unit into statements.
func stepsOf(i int, sql string) []step {
	var list []step
	for _, s := range lex.Statements(sql) {
		st := step{unit: i, text: s.Text, routine: -1}
		st.line, st.col = lex.Position(sql, s.Offset)
		st.classify()
		list = append(list, st)
	}
	return list
}

func (s *step) classify() {
	src := s.text
	tokens := code(src)
	is := func(i int, words ...string) bool {
		for k, w := range words {
			if i+k >= len(tokens) || !tokens[i+k].Is(src, w) {
				return false
			}
		}
		return true
	}
	first := func(words ...string) bool {
		for _, w := range words {
			if is(0, w) {
				return true
			}
		}
		return false
	}
	switch {
	case first("select", "with", "values", "table", "insert", "update", "delete", "merge", "call", "explain", "execute"):
		s.way = analyse
	case first("do"):
		s.way = block
		s.routineBody(tokens)
		if createsRole(src, tokens) {
			s.way, s.routine = wide, -1
		}
	case first("begin", "commit", "end", "rollback", "savepoint", "release", "start"):
		s.way = skip
	case first("set", "reset"):
		s.way = setting
	case first("create", "alter", "drop"):
		at := 1
		if is(1, "or", "replace") {
			at = 3
		}
		switch {
		case is(at, "function"), is(at, "procedure"):
			if first("create") {
				s.name = nameAt(src, tokens, at+1)
				s.routineBody(tokens)
			}
		case is(at, "user", "mapping"):
		case is(at, "role"), is(at, "user"), is(at, "group"), is(at, "tablespace"), is(at, "database"), is(at, "system"), is(at, "subscription"):
			s.way = wide
		}
	case first("grant", "revoke"):
		s.way = wide // of a role, unless it is ON something
		for i := range tokens {
			if is(i, "on") {
				s.way = run
			}
		}
	}
}

// createsRole looks for CREATE ROLE inside a block, where IF NOT EXISTS is written for roles.
func createsRole(src string, tokens []lex.Token) bool {
	for _, t := range tokens {
		body, _, ok := t.Body(src)
		if !ok {
			continue
		}
		inner := code(body)
		for i := 0; i+1 < len(inner); i++ {
			if inner[i].Is(body, "create") && (inner[i+1].Is(body, "role") || inner[i+1].Is(body, "user")) {
				return true
			}
			if inner[i].Kind == lex.String && strings.Contains(strings.ToLower(inner[i].Text(body)), "create role") {
				return true
			}
		}
	}
	return false
}

// routineBody finds where the body of CREATE FUNCTION, CREATE PROCEDURE or DO stands and whether it is PL/pgSQL.
func (s *step) routineBody(tokens []lex.Token) {
	src := s.text
	s.routine = 0 // a routine; the creator numbers them
	s.plpgsql = s.way == block
	depth := 0
	for i, t := range tokens {
		switch {
		case t.Is(src, "("):
			depth++
		case t.Is(src, ")"):
			depth--
		case depth > 0:
		case t.Is(src, "language") && i+1 < len(tokens):
			s.plpgsql = strings.EqualFold(strings.Trim(tokens[i+1].Text(src), `'"`), "plpgsql")
		case (t.Kind == lex.Dollar || t.Kind == lex.String) && s.at == 0 && i > 0:
			if _, at, ok := t.Body(src); ok {
				s.at = at
			} else {
				s.at = t.Lo + 1
			}
		}
	}
}

// nameAt is the dotted name that begins at a token, as PostgreSQL folds it.
func nameAt(src string, tokens []lex.Token, i int) string {
	var parts []string
	for ; i < len(tokens) && tokens[i].Name(src) != ""; i += 2 {
		parts = append(parts, tokens[i].Name(src))
		if i+1 >= len(tokens) || !tokens[i+1].Is(src, ".") {
			break
		}
	}
	return strings.Join(parts, ".")
}

func code(src string) []lex.Token {
	var list []lex.Token
	for _, t := range lex.Scan(src) {
		if t.Kind != lex.Comment {
			list = append(list, t)
		}
	}
	return list
}
