package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// pipeRow converts PIPE ROW (PL/SQL Language Reference, "PIPE ROW Statement").
func (g *gen) pipeRow(x *ast.PipeRow) string {
	elem := resolve.Type{}
	if t := g.returnType(); t.Elem != nil {
		elem = *t.Elem
	}
	f := g.assigned(x.Row, elem)
	text := f.s
	if elem.Class == resolve.ClassRecord || elem.Class == resolve.ClassObject {
		if n, ok := x.Row.(*ast.Name); ok && (g.ref(n).Kind == resolve.Variable || g.ref(n).Kind == resolve.Parameter) {
			return "RETURN NEXT " + text
		}
		if typ, ok := g.typeText(elem, inParameter); ok { // RETURN NEXT takes only a variable of a composite type
			t := g.temp(typ)
			g.body.before = append(g.body.before, t+" := "+text)
			text = t
		}
	}
	return "RETURN NEXT " + text
}

// pipelined reports whether a routine is a pipelined function, and gives the type of its rows.
func (g *gen) pipelinedRow(r *ast.Routine) (typ string, ok bool) {
	if !hasProp(r.Props, token.PIPELINED) && (g.member == nil || g.member.decl == nil || !hasProp(g.member.decl.Props, token.PIPELINED)) {
		return "", false
	}
	t := *g.ref(r.Name).TypeOf()
	if t.Class == resolve.ClassUnknown && r.Return != nil && r.Return.Name != nil {
		t = *g.ref(r.Return.Name).TypeOf()
	}
	if t.Elem == nil {
		g.refuse(r, "pipelined", "the collection type that %s returns is not in the source", g.f.Last(r.Name))
		return "record", true
	}
	if s, ok := g.typeText(*t.Elem, inParameter); ok {
		return s, true
	}
	g.refuse(r, "pipelined", "the type of the rows of %s is not in the source", g.f.Last(r.Name))
	return "record", true
}
