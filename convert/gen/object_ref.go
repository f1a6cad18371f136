package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

func init() {
	registerBuiltin("REF", refCall)
	registerBuiltin("DEREF", derefCall)
	registerBuiltin("REFTOHEX", refToHex)
}

// A REF is the identifier of a row of an object table, as a uuid: see rowIdentifier.
const refBase = "uuid"

// reportRef says what stands for a reference to objects of a type.
func (g *gen) reportRef(at ast.Node, typ string) {
	g.reportAs(at, "ref-type", model.Medium, model.Review, "the reference is a uuid: the identifier of a row of an object table of %s, in its column %s", typ, rowIdentifier)
}

// refCall converts REF(alias).
func refCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c != nil && len(c.Args) == 1 {
		if alias, ok := c.Args[0].X.(*ast.Name); ok && g.f.NumParts(alias) == 1 {
			if r := g.identifiedRows(g.rowSource(alias)); r != nil {
				if s, ok := r.identity(g, g.word(alias)); ok {
					return frag{s: s, prec: precCast, typ: pgUnknown, notNull: true}
				}
			}
		}
	}
	return g.refuse(whole(n, c), "ref-type", "REF: the rows have no object identifier that PostgreSQL could give")
}

// rowSource is the table or view behind an alias of the query at hand.
func (g *gen) rowSource(alias *ast.Name) *model.Object {
	if o := g.ref(alias).Object; o != nil && o.Kind != model.KindType {
		return o
	}
	return g.sourceNamed(g.f.Last(alias))
}

// sourceNamed is the table or view that an alias of the statement stands for, nil where it stands for several.
func (g *gen) sourceNamed(alias string) *model.Object {
	var found *model.Object
	many := false
	ast.Walk(g.info.Stmt, func(n ast.Node) bool {
		t, ok := n.(*ast.TableName)
		if !ok || t.Name == nil || g.f.Last(sourceName(t)) != alias {
			return true
		}
		o := g.ref(t.Name).Object
		many = many || found != nil && found != o
		found = o
		return true
	})
	if many {
		return nil
	}
	return found
}

// derefCall converts DEREF(ref): the object of the row, NULL where there is no such row.
func derefCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 {
		return g.refuse(whole(n, c), "ref-type", "DEREF takes one reference")
	}
	t := g.info.Type(c.Args[0].X)
	if !t.Ref.Ref || !g.inSQL() && g.body == nil {
		return g.refuse(c, "ref-type", "DEREF: what the reference points to is not known")
	}
	at := g.expr(c.Args[0].X)
	return g.pointed(c, t, at, func(r *objectRows) (string, bool) {
		f := r.value(g, c, "lf_r")
		if typ := g.e.names.object(t.Object); r.typ.Object != t.Object {
			f = f.cast(typ, f.typ)
		}
		return f.s, true
	})
}

// refToHex converts REFTOHEX(ref): the identifier in hexadecimal digits.
func refToHex(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 || !g.info.Type(c.Args[0].X).Ref.Ref {
		return g.refuse(whole(n, c), "ref-type", "REFTOHEX takes a reference")
	}
	g.report(c, "ref-type", "the digits are those of the row's identifier alone: Oracle's REF holds more than that")
	return callFrag("upper", pgText, "replace("+g.text(c.Args[0].X)+"::text, '-', '')")
}

// pointed reads something of the row that a reference points to, in whichever table of the type it lies.
func (g *gen) pointed(at ast.Node, t resolve.Type, ref frag, what func(*objectRows) (string, bool)) frag {
	target := g.e.types[t.Object]
	var list []string
	for _, o := range g.e.Catalog.Objects {
		r := g.identifiedRows(o)
		if r == nil || target == nil || !related(target, r.facts) {
			continue
		}
		id, ok := r.identity(g, "lf_r")
		if !ok {
			continue
		}
		s, ok := what(r)
		if !ok {
			continue
		}
		list = append(list, "(SELECT "+s+" FROM "+g.e.names.object(o)+" AS lf_r WHERE "+id+" = "+ref.in(precCompare+1)+")")
	}
	switch len(list) {
	case 0:
		return g.refuse(at, "ref-type", "no object table or view of %s with identifiers is in the source, so that nothing can be read through the reference", t.Ref.Name)
	case 1:
		return frag{s: list[0], prec: precPrimary, typ: pgComposite}
	}
	return callFrag("coalesce", pgComposite, list...)
}

// related reports whether a row of one type can be an object of the other.
func related(a, b *typeFacts) bool {
	for _, t := range []*typeFacts{a, b} {
		other := b
		if t == b {
			other = a
		}
		for up := t; up != nil; up = up.super {
			if up == other {
				return true
			}
		}
	}
	return false
}

// throughRef converts a path that goes through a reference: e.manager.name reads the row that manager points to (SQL
// Language Reference 19c, "Object Access Expressions"). ok is false for all other names.
func (g *gen) throughRef(n *ast.Name) (frag, bool) {
	if n.Star || n.Link != 0 || !g.inSQL() {
		return frag{}, false
	}
	base := g.info.Base(n)
	if base.Ref == nil || base.Ref.Kind != resolve.Column || base.Parts >= g.f.NumParts(n) {
		return frag{}, false
	}
	parts := g.f.Parts(n)
	idents := make([]string, len(parts))
	for i, p := range parts {
		idents[i] = g.e.names.ident(p)
	}
	f := atom(strings.Join(idents[:base.Parts], "."), pgUnknown)
	t := *base.Ref.TypeOf()
	through := false
	for i := base.Parts; i < len(parts); i++ {
		switch {
		case t.Ref.Ref:
			through = true
			attr := parts[i]
			f = g.pointed(n, t, f, func(r *objectRows) (string, bool) {
				fields, _ := r.typ.Fields()
				for _, fd := range fields {
					if fd.Name == attr {
						return "lf_r." + g.e.names.ident(attr), true
					}
				}
				return "", false
			})
		case g.jsonObject(t):
			f = g.jsonField(f, parts[i], t.Field(parts[i]))
		default:
			f = frag{s: "(" + f.s + ")." + idents[i], prec: precPrimary, typ: pgUnknown}
		}
		t = t.Field(parts[i])
	}
	if !through {
		return frag{}, false
	}
	f.typ = typeOf(t)
	return f, true
}
