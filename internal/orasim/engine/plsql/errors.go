package plsql

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// mistake is one thing that is wrong with the source.
type mistake struct {
	off  int
	text string // PLS-00201: ..., or PL/SQL: ORA-00942: ...
	sql  bool   // in a statement of SQL
}

func (m *mistake) Error() string { return m.text }

// wrong is an error of the compiler: its number and text as Oracle words it.
func (c *compiler) wrong(n ast.Node, number int, format string, args ...any) error {
	return &mistake{off: c.offset(n), text: fmt.Sprintf("PLS-%05d: ", number) + fmt.Sprintf(format, args...), sql: c.sql > 0}
}

func (c *compiler) offset(n ast.Node) int {
	if lo := n.Range().Lo; int(lo) < len(c.f.Tokens) {
		return int(c.f.Tokens[lo].Off)
	}
	return len(c.f.Src)
}

// unsupported is ORA-03001 with the text of the node. It ends the compilation.
func (c *compiler) unsupported(n ast.Node, what string) error {
	text := c.f.Source(n)
	if len(text) > 200 {
		text = text[:200] + "..."
	}
	return ora.At(ora.Unsupported(what+": "+text), c.offset(n))
}

// undeclared is PLS-00201 for a name that nobody knows, and ORA-03001 for one that Oracle or the catalog knows.
func (c *compiler) undeclared(n ast.Node, parts []string) error {
	if c.host.Known(parts) {
		return c.unsupported(n, "PL/SQL unit, package or function")
	}
	return c.wrong(n, 201, "identifier '%s' must be declared", strings.Join(parts, "."))
}

// fromHost makes an error of the engine one of the compiler: one in a statement of SQL is shown as it is.
func (c *compiler) fromHost(n ast.Node, err error, sql bool) error {
	var m *mistake
	if errors.As(err, &m) {
		return err
	}
	var e *ora.Error
	if !errors.As(err, &e) || e.Code == 3001 || e.Code == 600 {
		return err
	}
	off := c.offset(n)
	if e.Pos > 0 {
		off = e.Pos - 1
	}
	if sql {
		return &mistake{off: off, text: "PL/SQL: " + e.Error(), sql: true}
	}
	text := ""
	switch e.Code {
	case 904:
		name := strings.TrimSuffix(e.Text, ": invalid identifier")
		text = "PLS-00201: identifier '" + strings.ReplaceAll(name, `"`, "") + "' must be declared"
	case 909, 938, 939:
		text = "PLS-00306: wrong number or types of arguments in call to '" + c.calledAt(off) + "'"
	case 932, 975, 30081, 920:
		text = "PLS-00382: expression is of wrong type"
	case 976, 1788, 1446:
		text = "PLS-00201: identifier '" + strings.ToUpper(c.f.Source(n)) + "' must be declared"
	case 22818:
		text = "PLS-00405: subquery not allowed in this context"
	case 934, 30483, 30484:
		text = "PLS-00204: function or pseudo-column '" + c.calledAt(off) + "' may be used inside a SQL statement only"
	default:
		return err
	}
	return &mistake{off: off, text: text}
}

// calledAt is the name that stands at an offset.
func (c *compiler) calledAt(off int) string {
	i, ok := slices.BinarySearchFunc(c.f.Tokens, off, func(t tok, off int) int { return compareInts(int(t.Off), off) })
	if !ok {
		return "?"
	}
	return c.f.Ident(uint32(i))
}

// note keeps a mistake, with the line that says what was left out because of it; anything else ends the compilation.
func (c *compiler) note(n ast.Node, err error, ignored string) {
	var m *mistake
	if !errors.As(err, &m) {
		if c.fatal == nil {
			c.fatal = err
		}
		return
	}
	if m.sql {
		ignored = "SQL Statement ignored"
	}
	if len(c.mistakes) < 40 {
		c.mistakes = append(c.mistakes, m, &mistake{off: c.offset(n), text: "PL/SQL: " + ignored})
	}
}

// failure is ORA-06550 with all mistakes; nil when there are none.
func (c *compiler) failure() error {
	if c.fatal != nil {
		return c.fatal
	}
	if len(c.mistakes) == 0 {
		return nil
	}
	var b strings.Builder
	for i, m := range c.mistakes {
		if i > 0 {
			b.WriteString("\nORA-06550: ")
		}
		p := c.f.OffsetPos(uint32(m.off))
		fmt.Fprintf(&b, "line %d, column %d:\n%s", p.Line, p.Col, m.text)
	}
	return &ora.Error{Code: 6550, Text: b.String(), Pos: c.mistakes[0].off + 1}
}

// SyntaxError is ORA-06550 with PLS-00103 for source that the parser could not read. Which symbols Oracle would have
// listed is not known: those that our grammar wants are.
func SyntaxError(f *ast.File, e *ast.Error) error {
	line, col, text := SyntaxMistake(f, e)
	return &ora.Error{Code: 6550, Text: fmt.Sprintf("line %d, column %d:\n%s", line, col, text), Pos: int(e.Off) + 1}
}

// SyntaxMistake is its line, column and text.
func SyntaxMistake(f *ast.File, e *ast.Error) (line, col int, text string) {
	p := f.OffsetPos(e.Off)
	symbol := "end-of-file"
	if last := len(f.Tokens) - 1; int(e.Tok) == last && f.Tokens[last].Is(token.END) { // the semicolon is missing
		p = f.OffsetPos(uint32(len(f.Src)))
	} else if int(e.Tok) < len(f.Tokens) {
		if symbol = strings.ToUpper(f.Text(e.Tok)); symbol == "" {
			symbol = "end-of-file"
		}
	}
	text = fmt.Sprintf("PLS-00103: Encountered the symbol \"%s\"", symbol)
	if len(e.Expected) > 0 {
		text += " when expecting one of the following:\n\n   " + strings.Join(e.Expected, " ")
	}
	return p.Line, p.Col, text
}
