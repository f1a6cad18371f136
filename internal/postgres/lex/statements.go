package lex

import "strings"

// Statement is one statement of a script, from its first token to its last, without the semicolon.
type Statement struct {
	Text   string
	Offset int // in the script
	Line   int // of its first token, from 1
}

// Statements cuts a script at its semicolons: those outside of brackets, quotes, comments and SQL-standard bodies
// (BEGIN ATOMIC ... END). Comments before a statement are not part of it.
func Statements(src string) []Statement {
	var (
		list   []Statement
		c      = cutter{src: src, first: -1}
		line   = 1
		walked = 0
	)
	end := func() {
		if c.first >= 0 {
			line += strings.Count(src[walked:c.first], "\n")
			walked = c.first
			list = append(list, Statement{Text: src[c.first:c.last], Offset: c.first, Line: line})
		}
		c = cutter{src: src, first: -1}
	}
	for _, t := range Scan(src) {
		if t.Kind == Comment {
			continue
		}
		if c.ends(t) {
			end()
			continue
		}
		c.add(t)
	}
	end()
	return list
}

// cutter follows one statement.
type cutter struct {
	src         string
	first, last int
	brackets    int
	words       int  // seen so far, up to what tells CREATE FUNCTION
	create      bool // the statement begins with CREATE
	routine     bool // ... FUNCTION or PROCEDURE
	begin       bool // the word before was BEGIN
	atomic      int  // open BEGIN ATOMIC and CASE
}

func (c *cutter) ends(t Token) bool {
	return t.Kind == Op && c.src[t.Lo] == ';' && c.brackets <= 0 && c.atomic == 0
}

func (c *cutter) add(t Token) {
	if c.first < 0 {
		c.first = t.Lo
	}
	c.last = t.Hi
	if t.Kind == Op {
		switch c.src[t.Lo] {
		case '(', '[':
			c.brackets++
		case ')', ']':
			c.brackets--
		}
	}
	if t.Kind != Word {
		c.begin = false
		return
	}
	c.words++
	switch {
	case c.words == 1:
		c.create = t.Is(c.src, "create")
	case c.create && c.words <= 4 && (t.Is(c.src, "function") || t.Is(c.src, "procedure")):
		c.routine = true
	case !c.routine:
	case c.begin && t.Is(c.src, "atomic"):
		c.atomic++
	case c.atomic > 0 && t.Is(c.src, "case"):
		c.atomic++
	case c.atomic > 0 && t.Is(c.src, "end"):
		c.atomic--
	}
	c.begin = t.Is(c.src, "begin")
}

// Position is the line, and the column in characters, of a byte of the text; both count from 1.
func Position(src string, offset int) (line, col int) {
	offset = min(max(offset, 0), len(src))
	from := strings.LastIndexByte(src[:offset], '\n') + 1
	return 1 + strings.Count(src[:offset], "\n"), 1 + len([]rune(src[from:offset]))
}
