package gen

import (
	"math/big"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Oracle computes NUMBER with 39 or 40 significant digits (SQL Language Reference 19c, "NUMBER Data Type"); PostgreSQL's
// numeric gives a quotient 16 to 20. That shows where the quotient is written out, compared or kept in a NUMBER without a
// scale: told once in a statement. It does not show where the result is rounded, and where the divisor has the factors 2 and 5
// only, so that the digits end.

// tellDigits notes an operation whose digits differ.
func (g *gen) tellDigits(e ast.Expr, what string) {
	if g.toldDigits || g.rounded()[e] {
		return
	}
	g.toldDigits = true
	g.report(e, "division-digits", "%s: %s gives 16 to 20 significant digits, in Oracle 39 or 40 (told once)", g.short(e), what)
}

// tellQuotient is tellDigits for a division.
func (g *gen) tellQuotient(x *ast.Binary) {
	if v, ok := g.constantNumber(x.Y); ok {
		if v.Sign() == 0 {
			return
		}
		n := new(big.Int).Set(v.Num())
		for _, p := range []int64{2, 5} {
			k, r := big.NewInt(p), new(big.Int)
			for {
				q, _ := new(big.Int).QuoRem(n, k, r)
				if r.Sign() != 0 {
					break
				}
				n = q
			}
		}
		if n.CmpAbs(big.NewInt(1)) == 0 {
			return
		}
	}
	if g.class(x.X) == resolve.ClassBinary || g.class(x.Y) == resolve.ClassBinary {
		return
	}
	g.tellDigits(x, "the division")
}

// rounded are the operations of the statement whose digits are cut behind them: by ROUND and the like, by a variable with a
// scale, by being added to a date.
func (g *gen) rounded() map[ast.Expr]bool {
	if g.roundedOps != nil {
		return g.roundedOps
	}
	g.roundedOps = map[ast.Expr]bool{}
	mark := func(e ast.Expr) {
		if e == nil {
			return
		}
		ast.Walk(e, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.Binary, *ast.Call:
				g.roundedOps[n.(ast.Expr)] = true
			}
			return true
		})
	}
	root := g.root()
	if g.f != g.unit.Source.Parsed {
		root = g.info.Stmt
	}
	ast.Walk(root, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Call:
			if f, ok := x.Fn.(*ast.Name); ok && len(x.Args) > 0 {
				switch g.ref(f).Builtin {
				case "ROUND", "TRUNC", "CEIL", "FLOOR", "MOD", "NUMTODSINTERVAL", "ADD_MONTHS":
					for _, a := range x.Args {
						mark(a.X)
					}
				case "TO_CHAR":
					if len(x.Args) > 1 {
						mark(x.Args[0].X)
					}
				}
			}
		case *ast.Binary:
			if x.Op.Kind == token.Plus || x.Op.Kind == token.Minus {
				if moment(g.class(x.X)) {
					mark(x.Y)
				}
				if moment(g.class(x.Y)) {
					mark(x.X)
				}
			}
		case *ast.AssignStmt:
			if scaled(g.info.Type(x.Target)) {
				mark(x.Value)
			}
		case *ast.VarDecl:
			if scaled(*g.ref(x.Name).TypeOf()) {
				mark(x.Default)
			}
		case *ast.Assign:
			if scaled(g.info.Type(x.Target)) {
				mark(x.X)
			}
		}
		return true
	})
	return g.roundedOps
}

func moment(c resolve.TypeClass) bool {
	return c == resolve.ClassDate || c == resolve.ClassTimestamp
}

// scaled reports whether a type keeps a fixed number of digits behind the point.
func scaled(t resolve.Type) bool {
	t = t.Base()
	return t.Class == resolve.ClassInteger || t.Class == resolve.ClassNumber && (t.Ref.Precision != nil || hasNoFraction(t))
}
