package printer

import (
	"bytes"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Style says what a normalised text keeps.
type Style struct {
	Comments bool // keep comments
	Hints    bool // keep hints
}

// Normalise writes one node with keywords and plain names in upper case, one space where space is needed,
// and nothing of an unselected conditional-compilation branch. Text that was not read (BadStmt) and SQL*Plus
// commands stay as written.
func Normalise(f *ast.File, n ast.Node, style Style) string {
	w := &formatter{f: f, style: style}
	w.node(n)
	return string(w.out)
}

// NormaliseFile writes all statements of a file with their terminators. Reading the result gives an equal tree.
func NormaliseFile(f *ast.File, style Style) []byte {
	w := &formatter{f: f, style: style}
	w.file(nil)
	return w.out
}

// formatter writes tokens with canonical space.
type formatter struct {
	f     *ast.File
	style Style
	out   []byte
	prev  token.Token // last token written, Kind EOF at the start of a line
	// text gives the text of a token; nil is the canonical one. skip leaves it out.
	text func(i uint32) (s string, skip bool)
}

// file writes all statements; stmt, when given, writes one and reports whether it did.
func (w *formatter) file(stmt func(ast.Stmt) bool) {
	f := w.f
	for i, s := range f.Stmts {
		if stmt == nil || !stmt(s) {
			w.node(s)
		}
		if _, ok := s.(*ast.PlusCommand); ok {
			if n := len(w.out); n > 0 && w.out[n-1] == '-' {
				w.line("") // an empty line keeps the hyphen from continuing the command
			}
			w.line("")
			continue
		}
		next := uint32(len(f.Tokens))
		if i+1 < len(f.Stmts) {
			next = f.Stmts[i+1].Range().Lo
		}
		semi, slash := false, false
		for t := s.Range().Hi; t < next; t++ {
			if f.Tokens[t].Flags&token.FlagInactive == 0 {
				semi = semi || f.Tokens[t].Kind == token.Semi
				slash = slash || f.Tokens[t].Kind == token.TermSlash
			}
		}
		if semi {
			w.out = append(w.out, ';')
		}
		if slash || !semi {
			w.line("")
			w.out = append(w.out, '/')
		}
		w.line("")
	}
}

// line ends a line.
func (w *formatter) line(s string) {
	w.out = append(append(w.out, s...), '\n')
	w.prev = token.Token{}
}

func (w *formatter) node(n ast.Node) {
	switch n.(type) {
	case *ast.BadStmt, *ast.PlusCommand, *ast.WrappedUnit, *ast.ForeignUnit:
		if w.text == nil {
			w.out = append(w.out, w.f.Source(n)...)
			return
		}
	}
	s := n.Range()
	for i := s.Lo; i < s.Hi; i++ {
		w.token(i)
	}
}

func (w *formatter) token(i uint32) {
	t := w.f.Tokens[i]
	if t.Flags&token.FlagInactive != 0 || t.Len == 0 {
		return
	}
	if t.Flags&token.FlagComment != 0 && i > 0 && (w.style.Comments || w.style.Hints && t.Flags&token.FlagHint != 0) {
		w.comments(w.f.Tokens[i-1].End(), t.Off)
	}
	var s string
	if w.text != nil {
		var skip bool
		if s, skip = w.text(i); skip {
			return
		}
	} else {
		s = w.f.TokenText(i)
	}
	if w.prev.Kind != token.EOF && spaced(w.prev, t) {
		w.out = append(w.out, ' ')
	}
	w.out = append(w.out, s...)
	w.prev = t
	if t.Kind == token.Semi {
		w.line("")
	}
}

// comments writes the comments of the gap between two tokens.
func (w *formatter) comments(lo, hi uint32) {
	gap := w.f.Src[lo:hi]
	for len(gap) > 0 {
		var c []byte
		switch {
		case bytes.HasPrefix(gap, []byte("--")):
			n := bytes.IndexByte(gap, '\n')
			if n < 0 {
				n = len(gap)
			}
			c, gap = bytes.TrimRight(gap[:n], "\r"), gap[n:]
		case bytes.HasPrefix(gap, []byte("/*")):
			n := bytes.Index(gap[2:], []byte("*/"))
			if n < 0 {
				return // not closed; the parser has said so
			}
			c, gap = gap[:n+4], gap[n+4:]
		default:
			gap = gap[1:]
			continue
		}
		if !w.style.Comments && (len(c) < 3 || c[2] != '+') {
			continue
		}
		if w.prev.Kind != token.EOF {
			w.out = append(w.out, ' ')
		}
		w.out = append(w.out, c...)
		w.prev = token.Token{Kind: token.Comma}
		if c[0] == '-' {
			w.line("")
		}
	}
}

// spaced reports whether a space stands between two tokens.
func spaced(a, b token.Token) bool {
	switch a.Kind {
	case token.LParen, token.Dot, token.At, token.LLabel, token.LBracket:
		return false
	case token.Percent:
		return false
	}
	switch b.Kind {
	case token.Comma, token.RParen, token.Semi, token.At, token.Percent, token.RLabel, token.RBracket, token.LBracket:
		return false
	case token.Dot:
		return a.Kind == token.Number
	case token.LParen:
		switch a.Kind {
		case token.QuotedIdent:
			return false
		case token.Ident:
			return opensAfterSpace(a.Kw)
		}
	}
	return true
}

// opensAfterSpace has the keywords that are not written like a function's name before a parenthesis.
func opensAfterSpace(k token.Keyword) bool {
	switch k {
	case 0:
		return false
	case token.OVER, token.KEEP, token.WHEN, token.END, token.RETURN, token.IF, token.ELSIF, token.WHILE, token.UNION,
		token.USING, token.PIVOT, token.UNPIVOT, token.MATCH_RECOGNIZE, token.MODEL, token.DIMENSION, token.MEASURES,
		token.PARTITION, token.SUBPARTITION, token.PRIMARY, token.KEY, token.REFERENCES, token.OBJECT, token.RECORD,
		token.JOIN, token.LATERAL, token.MATERIALIZED, token.SOME:
		return true
	}
	return k.ReservedSQL() && k != token.CHAR && k != token.VARCHAR2 && k != token.NUMBER && k != token.RAW &&
		k != token.FLOAT && k != token.DECIMAL && k != token.VARCHAR
}
