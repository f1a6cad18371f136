package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// outArg converts an argument that the routine sets. PL/pgSQL takes a variable of exactly the parameter's type.
func (g *gen) outArg(e ast.Expr, p *calleeParam) string {
	want, known := g.paramType(p)
	if g.plainTarget(e) {
		if !known || g.sameType(g.knownTargetType(e), want) {
			return g.target(e)
		}
	}
	typ := want
	if !known {
		typ = g.targetType(e)
	}
	t := g.temp(typ)
	from := p.known
	if p.decl != nil {
		from = *g.ref(p.decl.Name).TypeOf()
	} else if from.Class == resolve.ClassUnknown {
		from = resolve.BuiltinType(p.typ)
	}
	if p.in {
		g.body.before = append(g.body.before, t+" := "+g.assigned(e, from).s)
	}
	value := atom(t, typeOf(g.info.Type(e)))
	if known && g.differs(g.info.Type(e), from) {
		value = g.convertedFrom(atom(t, typeOf(from)), from, g.info.Type(e))
	}
	g.body.after = append(g.body.after, g.setTo(e, value))
	return t
}

// knownTargetType is the type of a variable; that of a column which the source knows stands for %TYPE.
func (g *gen) knownTargetType(e ast.Expr) string {
	typ := g.targetType(e)
	if t := g.info.Type(e); strings.HasSuffix(typ, "%TYPE") && t.Class != resolve.ClassUnknown {
		if s, ok := g.typeText(t, inParameter); ok {
			return s
		}
	}
	return typ
}

// paramType is the PostgreSQL type of a parameter; known is false for anchored and user-defined types that only the
// catalog of the target tells.
func (g *gen) paramType(p *calleeParam) (typ string, known bool) {
	if p.decl != nil {
		s := g.dataType(p.decl.Type, inParameter)
		if strings.HasSuffix(s, "%TYPE") { // the type of a column that the source knows
			if t := *g.ref(p.decl.Name).TypeOf(); t.Class != resolve.ClassUnknown {
				if known, ok := g.typeText(t, inParameter); ok && !strings.HasSuffix(known, "%TYPE") {
					return known, true
				}
			}
		}
		return s, !strings.HasSuffix(s, "%TYPE") && s != "record"
	}
	if s, ok := g.typeText(p.known, inParameter); ok && p.known.Class != resolve.ClassUnknown {
		return s, true
	}
	if p.typ.Anchor != "" || p.typ.User {
		return "", false
	}
	return g.builtinType(p.typ, inParameter)
}
