package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// A variable of a JSON type refers to its tree in Oracle: what is changed through it changes for everything that refers to
// the tree. Here the variable has the tree itself.

// jsonAliases reports a change of a tree that other variables may refer to: one that was taken from another tree, came in as
// a parameter, or was put into another tree before.
func (g *gen) jsonAliases(x *ast.CallStmt, n *ast.Name) {
	of := g.info.Base(n).Ref
	if p, ok := of.Decl.(*ast.Param); ok && !p.Out {
		g.reportAs(x, "json-function", model.High, model.Manual, "%s changes the tree of an IN parameter, which the caller sees in Oracle: give the tree back instead", g.what(x))
		return
	}
	same := func(e ast.Expr) bool {
		m, ok := e.(*ast.Name)
		if !ok {
			return false
		}
		r := g.info.Base(m).Ref
		return r != nil && g.f.NumParts(m) == g.info.Base(m).Parts && (of.Decl != nil && r.Decl == of.Decl || of.Variable != nil && r.Variable == of.Variable)
	}
	var given, shared int32 // where the variable got its tree last, and where the tree was put somewhere last; ahead of the change
	foreign := false
	behind := int32(0) // the first place behind the change where the tree is put somewhere
	var loops []ast.Span
	ast.Walk(g.unit.Stmt, func(k ast.Node) bool {
		lo := int32(k.Range().Lo)
		switch s := k.(type) {
		case *ast.Loop, *ast.While, *ast.For:
			if r := k.Range(); r.Lo < x.Lo && x.Lo < r.Hi {
				loops = append(loops, r)
			}
		case *ast.VarDecl:
			if same(s.Name) && s.Default != nil {
				given, foreign = max(given, lo), foreign || !g.jsonFresh(s.Default)
			}
		case *ast.AssignStmt:
			if same(s.Target) {
				if lo < int32(x.Lo) {
					given = max(given, lo)
				}
				foreign = foreign || !g.jsonFresh(s.Value)
			} else if same(s.Value) {
				if lo < int32(x.Lo) {
					shared = max(shared, lo)
				} else if behind == 0 {
					behind = lo
				}
			}
		case *ast.Call:
			fn, ok := s.Fn.(*ast.Name)
			if !ok || !strings.HasPrefix(g.ref(fn).Builtin, "JSON_") || !strings.HasSuffix(g.ref(fn).Builtin, ".PUT") && !strings.HasSuffix(g.ref(fn).Builtin, ".APPEND") {
				return true
			}
			for _, a := range s.Args {
				if same(a.X) {
					if lo < int32(x.Lo) {
						shared = max(shared, lo)
					} else if behind == 0 {
						behind = lo
					}
				}
			}
		}
		return true
	})
	for _, l := range loops { // the next round comes back with the tree that was put away
		if behind > 0 && behind < int32(l.Hi) && given < int32(l.Lo) {
			shared = behind
		}
	}
	if foreign || shared > given {
		g.reportAs(x, "json-function", model.High, model.Manual, "%s changes a tree that others may refer to, which see the change in Oracle, but not here: put the changed tree back", g.what(x))
	}
}

// jsonFresh reports whether a value is a tree of its own: made, read from text, copied, or given by a function.
func (g *gen) jsonFresh(e ast.Expr) bool {
	switch v := e.(type) {
	case *ast.New:
		return true
	case *ast.Literal:
		return v.Kind == ast.LitNull
	case *ast.Name:
		ref := g.ref(v)
		return ref.Kind == resolve.Routine || jsonTypes[ref.Builtin] != "" || strings.HasSuffix(ref.Builtin, ".CLONE")
	case *ast.Call:
		fn, ok := v.Fn.(*ast.Name)
		if !ok {
			f, isField := v.Fn.(*ast.Field)
			return isField && f.Name != nil && strings.HasSuffix(g.ref(f.Name).Builtin, ".CLONE")
		}
		ref := g.ref(fn)
		_, made := jsonTypes[ref.Builtin]
		return ref.Kind == resolve.Routine || made || strings.HasSuffix(ref.Builtin, ".PARSE") || strings.HasSuffix(ref.Builtin, ".CLONE")
	}
	return false
}
