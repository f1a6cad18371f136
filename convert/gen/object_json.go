package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// jsonField is an attribute of an object that is kept as jsonb.
func (g *gen) jsonField(obj frag, name string, t resolve.Type) frag {
	key := literal(g.e.names.fold(name))
	json := obj.in(precOther) + " -> " + key
	typ, ok := g.typeText(t, inParameter)
	switch {
	case g.keysOf(t) != resolve.ClassUnknown || g.jsonObject(t):
		f := frag{s: "nullif(" + json + ", 'null')", prec: precPrimary, typ: pgJSON}
		if ok {
			return f.cast(typ, pgJSON)
		}
		return f
	case !ok && (t.Class == resolve.ClassRecord || t.Class == resolve.ClassObject):
		return frag{s: json, prec: precOther, typ: pgJSON}
	case t.Class == resolve.ClassRecord || t.Class == resolve.ClassObject:
		return callFrag("jsonb_populate_record", pgComposite, "NULL::"+typ, "nullif("+json+", 'null')")
	case t.Class == resolve.ClassCollection && ok:
		return fromJSON("nullif("+json+", 'null')", typ)
	}
	text := frag{s: obj.in(precOther) + " ->> " + key, prec: precOther, typ: pgText}
	if !ok || typ == "text" || typ == "varchar" {
		return text
	}
	return text.cast(typ, typeOf(t))
}

// assignJSON sets an attribute of an object that is kept as jsonb, or something in one.
func (g *gen) assignJSON(p place, at int, value frag) []string {
	in := p.prefix(at)
	s := p.steps[at]
	if at > 0 && p.steps[at-1].field == "" { // a[i]['k'] would be an element of a matrix
		return g.assignNested(p, at, value)
	}
	key := literal(g.e.names.fold(s.field))
	target := g.nativeTarget(in, "") + "[" + key + "]"
	rest := p.steps[at+1:]
	if len(rest) == 0 {
		return []string{target + " := to_jsonb(" + g.typed(value, s.typ) + ")"}
	}
	typ, ok := g.typeText(s.typ, inParameter)
	if !ok {
		if n := p.name; n != nil {
			g.refuse(n, "object-type", "the type of %s is not in the source", s.field)
		}
		return []string{"NULL"}
	}
	t := g.temp(typ)
	list := []string{t + " := " + g.read(p.prefix(at+1)).s}
	list = append(list, g.assignPlace(place{root: atom(t, pgComposite), typ: s.typ, steps: rest}, value, "")...)
	return append(list, target+" := to_jsonb("+t+")")
}

// jsonPath reports whether a name goes through an object that is kept as jsonb, or means an attribute of the object at hand.
func (g *gen) jsonPath(n *ast.Name) (place, bool) {
	if ref := g.ref(n); ref.Kind == resolve.Routine || ref.Builtin != "" {
		return place{}, false
	}
	if _, ok := g.attributeOf(n); ok {
		p, ok := g.namedPlace(n, g.f.NumParts(n))
		return p, ok
	}
	base := g.info.Base(n)
	switch base.Ref.Kind {
	case resolve.Variable, resolve.Parameter, resolve.Column, resolve.PseudoRecord:
	default:
		return place{}, false
	}
	if n.Star || n.Link != 0 || base.Parts >= g.f.NumParts(n) {
		return place{}, false
	}
	parts := g.f.Parts(n)
	t := *base.Ref.TypeOf()
	for _, part := range parts[base.Parts:] {
		if g.jsonObject(t) {
			return g.namedPlace(n, len(parts))
		}
		t = t.Field(part)
	}
	return place{}, false
}

// constructJSON is a new object of a family made of its attributes.
func (g *gen) constructJSON(at ast.Expr, facts *typeFacts, t resolve.Type, args []*ast.Arg) frag {
	fields, open := t.Fields()
	if open || len(args) > len(fields) {
		return g.refuse(at, "object-type", "the attributes of %s are not in the source", g.what(at))
	}
	list := []string{literal(typeTag), literal(facts.tag())}
	for i, a := range args {
		k := i
		if a.Name != nil {
			k = -1
			for j, f := range fields {
				if f.Name == g.f.Last(a.Name) {
					k = j
				}
			}
		}
		if k < 0 {
			return g.refuse(at, "object-type", "the attributes of %s do not fit its type", g.what(at))
		}
		list = append(list, literal(g.e.names.fold(fields[k].Name)), g.typed(g.fitted(a.X, g.assigned(a.X, fields[k].Type), fields[k].Type, true), fields[k].Type))
	}
	f := frag{s: "jsonb_build_object(" + strings.Join(list, ", ") + ")", prec: precPrimary, typ: pgJSON, notNull: true}
	return f.cast(g.e.names.object(t.Object), pgComposite)
}
