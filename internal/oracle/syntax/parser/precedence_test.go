package parser

import (
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/ast"
)

// TestPrecedence compares the shape of expressions to their text with every operator in brackets.
func TestPrecedence(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"1 + 2 * 3", "[1 + [2 * 3]]"},
		{"1 - 2 - 3", "[[1 - 2] - 3]"},
		{"1 * 2 / 3", "[[1 * 2] / 3]"},
		{"a || b + c || d", "[[[a || b] + c] || d]"},
		{"- a * b", "[[- a] * b]"},
		{"- a + - b", "[[- a] + [- b]]"},
		{"a = b and c = d or e = f", "[[[a = b] and [c = d]] or [e = f]]"},
		{"a or b and c", "[a or [b and c]]"},
		{"not a and b", "[[not a] and b]"},
		{"not a = b", "[not [a = b]]"},
		{"not not a or b", "[[not [not a]] or b]"},
		{"not a is null and b", "[[not [a is null]] and b]"},
		{"a + 1 between b - 1 and c + 1 and d", "[[[a + 1] between [b - 1] and [c + 1]] and d]"},
		{"a || 'x' like b || '%' escape '!'", "[[a || 'x'] like [b || '%'] escape '!']"},
		{"a not in (1, 2) or b", "[[a not in (1, 2)] or b]"},
		{"prior a = b + 1", "[[prior a] = [b + 1]]"},
		{"connect_by_root a || b", "[[connect_by_root a] || b]"},
		{"a multiset union b member of c", "[[a multiset b] member c]"},
		{"a collate x || b", "[[a collate x] || b]"},
		{"a > b is true", "[[a > b] is true]"},
		{"a < > b", "[a < > b]"},
		{"a | | b", "[a | | b]"},
		{"a = any (1, 2) and b", "[[a = (1, 2)] and b]"},
		{"- a ** b", "[- [a ** b]]"},
		{"a ** - b * c", "[[a ** [- b]] * c]"},
		{"a mod b + c", "[[a mod b] + c]"},
		{"d at time zone 'x' + e", "[[d at 'x'] + e]"},
	} {
		f := Parse("x", []byte("begin x := "+c.src+"; end;"), Options{})
		if len(f.Errors) > 0 {
			t.Errorf("%s: %s", c.src, f.Errors[0].Msg)
			continue
		}
		var value ast.Expr
		ast.Walk(f.Stmts[0], func(n ast.Node) bool {
			if a, ok := n.(*ast.AssignStmt); ok {
				value = a.Value
			}
			return value == nil
		})
		if got := shape(f, value); got != c.want {
			t.Errorf("%s: read as %s, want %s", c.src, got, c.want)
		}
	}
}

func shape(f *ast.File, x ast.Expr) string {
	not := func(is bool) string {
		if is {
			return "not "
		}
		return ""
	}
	switch x := x.(type) {
	case *ast.Binary:
		op := string(f.Src[x.Op.Off:x.Op.End()])
		return "[" + shape(f, x.X) + " " + op + " " + shape(f, x.Y) + "]"
	case *ast.Unary:
		return "[" + string(f.Src[x.Op.Off:x.Op.End()]) + " " + shape(f, x.X) + "]"
	case *ast.Is:
		return "[" + shape(f, x.X) + " is " + not(x.Not) + strings.ToLower(x.What.String()) + "]"
	case *ast.In:
		return "[" + shape(f, x.X) + " " + not(x.Not) + "in " + f.Source(x.Set) + "]"
	case *ast.Between:
		return "[" + shape(f, x.X) + " between " + shape(f, x.Low) + " and " + shape(f, x.Top) + "]"
	case *ast.Like:
		return "[" + shape(f, x.X) + " like " + shape(f, x.Pattern) + " escape " + shape(f, x.Escape) + "]"
	case *ast.Multiset:
		return "[" + shape(f, x.X) + " multiset " + shape(f, x.Y) + "]"
	case *ast.Member:
		return "[" + shape(f, x.X) + " member " + shape(f, x.Y) + "]"
	case *ast.Collate:
		return "[" + shape(f, x.X) + " collate " + f.Source(x.Name) + "]"
	case *ast.Quantified:
		return "[" + shape(f, x.X) + " = " + f.Source(x.Set) + "]"
	case *ast.AtTimeZone:
		return "[" + shape(f, x.X) + " at " + shape(f, x.Zone) + "]"
	}
	return f.Source(x)
}
