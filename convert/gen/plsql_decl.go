package gen

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// decl converts a declaration, without its semicolon; "" leaves it out.
func (g *gen) decl(d ast.Decl) string {
	switch x := d.(type) {
	case *ast.VarDecl:
		return g.mark(x) + g.varDecl(x)
	case *ast.CursorDecl:
		return g.cursorDecl(x)
	case *ast.ExceptionDecl, *ast.SubtypeDecl:
		return "" // an SQLSTATE stands for the exception, the base type for the subtype
	case *ast.TypeDecl:
		return g.localTypeDecl(x)
	case *ast.Pragma:
		return g.pragmaDecl(x)
	case *ast.Routine:
		return g.nestedRoutine(x)
	}
	g.refuse(d, "not-converted", "no PostgreSQL form is known for the declaration %s", g.what(d))
	return ""
}

// varDecl converts a variable or constant.
func (g *gen) varDecl(x *ast.VarDecl) string {
	name := g.declName(x, g.f.Last(x.Name))
	typ := g.dataType(x.Type, inVariable)
	limits := g.ref(x.Name).TypeOf().Limits()
	typ = g.limitedType(x, typ, limits)
	if x.Default == nil {
		return name + " " + typ + g.emptyValue(x)
	}
	g.want(x.Default, func() string { return typ })
	before := g.body.before
	g.body.before = nil
	typeOfVar := *g.ref(x.Name).TypeOf()
	value := g.fitted(x.Default, g.assigned(x.Default, typeOfVar), typeOfVar, false).s
	hoisted := g.body.before
	g.body.before = before
	if t := g.body.try; t != nil && g.failable(x.Default) { // an error of it goes to the block outside
		g.body.starts = append(g.body.starts, hoisted...)
		g.body.starts = append(g.body.starts, t.tried(name+" := "+value, g.indent(x)))
		return name + " " + typ
	}
	if len(hoisted) > 0 { // a declaration holds one expression
		g.body.starts = append(g.body.starts, hoisted...)
		g.body.starts = append(g.body.starts, name+" := "+value)
		return name + " " + typ
	}
	s := name + " "
	if x.Constant {
		s += "CONSTANT "
	}
	s += typ
	if x.NotNull || limits.NotNull {
		s += " NOT NULL"
	}
	return s + " := " + value
}

// declName is the name of a declared thing.
func (g *gen) declName(d ast.Node, name string) string {
	if s, ok := g.body.renamed[d]; ok {
		return s
	}
	return g.localName(name)
}

func (g *gen) pragmaDecl(x *ast.Pragma) string {
	switch x.Kind {
	case token.EXCEPTION_INIT: // the SQLSTATE of the exception follows from it
		return ""
	case token.AUTONOMOUS_TRANSACTION:
		return g.autonomousPragma(x)
	}
	g.ignore(x, "routine-options", "%s", g.source(x))
	return ""
}
