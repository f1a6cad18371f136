package printer

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Fingerprint is the normalised text of a statement without its constants: literals and binds become ?, a
// list of constants behind IN or in VALUES becomes one ?, several equal rows of VALUES become one, hints and
// comments go. Statements of a workload that differ in nothing else share it. The digest is the first 64 bits
// of its SHA-256 and the same on every machine and in every version.
func Fingerprint(f *ast.File, n ast.Node) (text string, digest uint64) {
	fp := fingerprinter{f: f, replaced: map[uint32]bool{}}
	fp.mark(n)
	w := &formatter{f: f}
	w.text = func(i uint32) (string, bool) {
		if first, ok := fp.replaced[i]; ok {
			return "?", !first
		}
		return f.TokenText(i), false
	}
	if _, bad := n.(*ast.BadStmt); bad {
		w.text = fp.unread
	}
	w.node(n)
	text = strings.TrimSpace(string(w.out))
	sum := sha256.Sum256([]byte(text))
	return text, binary.BigEndian.Uint64(sum[:8])
}

type fingerprinter struct {
	f *ast.File
	// replaced has the tokens that give way to a ?: true for the first of each run, which prints it.
	replaced map[uint32]bool
}

// hide replaces the tokens of a span by one ?.
func (fp *fingerprinter) hide(s ast.Span) {
	for i := s.Lo; i < s.Hi; i++ {
		fp.replaced[i] = i == s.Lo
	}
}

func (fp *fingerprinter) mark(n ast.Node) {
	switch n := n.(type) {
	case *ast.Literal:
		switch n.Kind {
		case ast.LitNull, ast.LitTrue, ast.LitFalse, ast.LitDefault:
		default:
			fp.hide(n.Span)
		}
		return
	case *ast.BindExpr:
		fp.hide(n.Span)
		return
	case *ast.Unary:
		if constant(n) {
			fp.hide(n.Span)
			return
		}
	case *ast.In:
		if l, ok := n.Set.(*ast.List); ok && allConstant(l.Items) {
			fp.mark(n.X)
			fp.hide(ast.Span{Lo: l.Items[0].Range().Lo, Hi: l.Items[len(l.Items)-1].Range().Hi})
			return
		}
	case *ast.Insert:
		if len(n.Rows) > 1 {
			fp.rows(n)
			return
		}
	case *ast.DataType:
		return // NUMBER(10) and NUMBER(12) are different statements
	}
	n.EachChild(fp.mark)
}

// rows keeps the first of the rows of VALUES that have as many columns as it, and every other one.
func (fp *fingerprinter) rows(n *ast.Insert) {
	n.EachChild(func(c ast.Node) {
		for i, r := range n.Rows {
			if i > 0 && ast.Node(r) == c && sameShape(n.Rows[0], r) {
				// the comma before it goes too
				for t := n.Rows[i-1].Range().Hi; t < r.Range().Hi; t++ {
					fp.replaced[t] = false
				}
				return
			}
		}
		fp.mark(c)
	})
}

func sameShape(a, b ast.Expr) bool {
	la, ok := a.(*ast.List)
	lb, ok2 := b.(*ast.List)
	return ok && ok2 && len(la.Items) == len(lb.Items) && allConstant(la.Items) && allConstant(lb.Items)
}

func allConstant(items []ast.Expr) bool {
	for _, x := range items {
		if !constant(x) {
			return false
		}
	}
	return len(items) > 0
}

func constant(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Literal:
		return x.Kind != ast.LitDefault
	case *ast.BindExpr:
		return true
	case *ast.Unary:
		return (x.Op.Kind == token.Minus || x.Op.Kind == token.Plus) && constant(x.X)
	}
	return false
}

// unread treats a statement without a tree by its tokens alone.
func (fp *fingerprinter) unread(i uint32) (string, bool) {
	switch fp.f.Tokens[i].Kind {
	case token.Number, token.String, token.NString, token.QString, token.UString, token.Bind:
		return "?", false
	}
	return fp.f.TokenText(i), false
}
