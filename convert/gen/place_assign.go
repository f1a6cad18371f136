package gen

import (
	"cmp"
	"slices"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// assignOther converts an assignment to something that is no variable of PL/pgSQL: a package variable, an element of a
// collection, a field behind one. ok is false for what can be assigned to directly.
func (g *gen) assignOther(target ast.Expr, value frag) (text string, ok bool) {
	p, ok := g.placeOf(target)
	if !ok || p.value {
		return "", false
	}
	if p.v == nil && !p.hasIndex() && len(p.steps) < 2 && p.root.s != "self" && !g.throughJSON(p) {
		return "", false
	}
	return strings.Join(g.assignPlace(p, value, ""), ";\n"+g.indent(target)), true
}

// throughJSON reports whether a place lies in an object that is kept as jsonb.
func (g *gen) throughJSON(p place) bool {
	for i := range p.steps {
		if g.jsonObject(p.at(i)) {
			return true
		}
	}
	return false
}

func (p *place) hasIndex() bool {
	for _, s := range p.steps {
		if s.field == "" {
			return true
		}
	}
	return false
}

// assignPlace is the statements that set a place, in order. sub is a subscript that is known to be inside the collection
// and stands for the last step's.
func (g *gen) assignPlace(p place, value frag, sub string) []string {
	if p.v != nil {
		if p.v.decl.Constant {
			g.refuse(p.name, "package-constant", "the constant %s is assigned to", g.source(p.name))
			return []string{"NULL"}
		}
		if len(p.steps) == 0 {
			if typ, ok := g.typeText(p.typ, inParameter); ok && subquery(value.s) {
				t := g.temp(typ)
				return []string{t + " := " + value.s, "CALL " + p.pkg.writer(p.v.name) + "(" + t + ")"}
			}
			return []string{"CALL " + p.pkg.writer(p.v.name) + "(" + value.s + ")"}
		}
		typ, ok := g.typeText(p.typ, inParameter)
		if !ok {
			g.refuse(p.name, "package-variable", "the type of %s has no name in PostgreSQL", g.source(p.name))
			return []string{"NULL"}
		}
		t := g.temp(typ)
		list := []string{t + " := " + p.pkg.reader(p.v.name)}
		list = append(list, g.assignPlace(place{root: atom(t, pgComposite), typ: p.typ, steps: p.steps}, value, sub)...)
		return append(list, "CALL "+p.pkg.writer(p.v.name)+"("+t+")")
	}
	for i, s := range p.steps {
		if s.field != "" {
			if g.jsonObject(p.at(i)) {
				return g.assignJSON(p, i, value)
			}
			continue
		}
		if keys := g.keysOf(p.at(i)); keys != resolve.ClassUnknown {
			return g.assignMap(p, i, keys, value)
		}
		if i > 0 && p.steps[i-1].field == "" {
			return g.assignNested(p, i, value)
		}
	}
	return []string{g.nativeTarget(p, sub) + " := " + value.s}
}

// nativeTarget is a place that PL/pgSQL takes as target of an assignment: fields, and elements of arrays that are no
// elements of arrays themselves.
func (g *gen) nativeTarget(p place, sub string) string {
	s := p.root.s
	for i, st := range p.steps {
		switch {
		case st.field != "":
			s += "." + g.e.names.ident(st.field)
		case sub != "" && i == len(p.steps)-1:
			s += "[" + sub + "]"
		default:
			index := g.subscript(st.index)
			if !g.insideLoop(p, i) && !g.extendedBefore(p, i) {
				index = g.use("at") + "(" + g.read(p.prefix(i)).s + ", " + index + ")"
			}
			s += "[" + index + "]"
		}
	}
	return s
}

// prefix is the place with its first n steps.
func (p *place) prefix(n int) place {
	q := *p
	q.steps = p.steps[:n:n]
	return q
}

// assignMap sets an element of an associative array, or something in one.
func (g *gen) assignMap(p place, at int, keys resolve.TypeClass, value frag) []string {
	in := p.prefix(at)
	m := g.nativeTarget(in, "")
	index := p.steps[at].index
	rest := p.steps[at+1:]
	var list []string
	if len(rest) > 0 && !g.simple(index) {
		typ := "integer"
		if keys == resolve.ClassText {
			typ = "varchar"
		}
		t := g.temp(typ)
		list = append(list, t+" := "+g.newKey(p.at(at), index, keys))
		return append(list, g.assignMapKey(p, at, m, frag{s: t, prec: precPrimary, typ: pgText}.cast("text", pgText).s, t, value)...)
	}
	if len(rest) == 0 {
		key := g.newKey(p.at(at), index, keys)
		if g.sparse(p.at(at)) {
			key = g.use("nt_key") + "(" + g.read(in).s + ", " + key + ")"
		}
		return []string{m + " := " + g.use("aa_put") + "(" + g.read(in).s + ", " + key + ", " + g.typed(value, p.steps[at].typ) + ")"}
	}
	return g.assignMapKey(p, at, m, g.keyText(index, keys), g.mapKey(index, keys), value)
}

// assignMapKey sets something inside an element of an associative array. An element that is not there yet comes into
// being (PL/SQL Language Reference, "Associative Arrays").
func (g *gen) assignMapKey(p place, at int, m, keyText, key string, value frag) []string {
	elem := p.steps[at].typ
	rest := p.steps[at+1:]
	fields := true
	for _, s := range rest {
		fields = fields && s.field != ""
	}
	if fields && elem.Class == resolve.ClassRecord {
		target := m + "[" + keyText + "]"
		for _, s := range rest {
			target += "[" + literal(g.e.names.fold(s.field)) + "]"
		}
		return []string{target + " := to_jsonb(" + g.typed(value, rest[len(rest)-1].typ) + ")"}
	}
	read := g.read(p.prefix(at)).s
	typ, known := g.typeText(elem, inParameter)
	var list []string
	t := ""
	switch {
	case g.keysOf(elem) != resolve.ClassUnknown:
		t = g.temp("jsonb")
		list = append(list, t+" := coalesce("+read+" -> "+keyText+", '{}')")
	case !known:
		g.refuse(p.steps[at].index, "associative-array", "the type of the elements is not in the source")
		return []string{"NULL"}
	case g.jsonObject(elem):
		t = g.temp(typ)
		list = append(list, t+" := "+read+" -> "+keyText)
	case elem.Class == resolve.ClassRecord || elem.Class == resolve.ClassObject:
		t = g.temp(typ)
		list = append(list, t+" := jsonb_populate_record(NULL::"+typ+", "+read+" -> "+keyText+")")
	default:
		t = g.temp(typ)
		list = append(list, t+" := "+fromJSON(g.use("aa_json")+"("+read+", "+key+")", typ).s)
	}
	list = append(list, g.assignPlace(place{root: atom(t, pgComposite), typ: elem, steps: rest}, value, "")...)
	return append(list, m+" := "+g.use("aa_put")+"("+read+", "+key+", "+t+")")
}

// assignNested sets an element of an array that is itself the element of an array: PostgreSQL would take t[i][j] for an
// element of a matrix.
func (g *gen) assignNested(p place, at int, value frag) []string {
	outer := p.prefix(at)
	typ, ok := g.typeText(p.at(at), inParameter)
	if !ok {
		g.refuse(p.steps[at].index, "collection-type", "the type of the elements is not in the source")
		return []string{"NULL"}
	}
	t := g.temp(typ)
	list := []string{t + " := " + g.read(outer).s}
	list = append(list, g.assignPlace(place{root: atom(t, pgArray), typ: p.at(at), steps: p.steps[at:]}, value, "")...)
	return append(list, g.assignPlace(outer, frag{s: t, prec: precPrimary, typ: pgArray}, "")...)
}

// typed is a value whose type PostgreSQL can see: where any type is taken, a constant without a cast would be unknown.
func (g *gen) typed(f frag, t resolve.Type) string {
	if n, ok := declaredLength(t); ok && t.Class == resolve.ClassChar && f.typ != pgNull { // char(n) would lose its blanks as text
		return "rpad(" + f.s + ", " + itoa(n) + ")"
	}
	where := inColumn
	if t.Class == resolve.ClassText || t.Class == resolve.ClassChar { // a cast would cut in silence
		where = inParameter
	}
	typ, ok := g.typeText(t, where)
	if !ok {
		if f.typ == pgLiteral || f.typ == pgNull {
			return f.cast("text", pgText).s
		}
		return f.s
	}
	if f.typ == typeOf(t) && (f.typ != pgNumeric || typ == "numeric") && f.typ != pgComposite && f.typ != pgArray {
		return f.s
	}
	if strings.HasSuffix(f.s, "::"+typ) {
		return f.s
	}
	return f.cast(typ, typeOf(t)).s
}

// extendedBefore reports whether the subscript is COUNT or LAST of the collection and the statement in front has extended
// it, so that the element is there.
func (g *gen) extendedBefore(p place, at int) bool {
	if p.name == nil {
		return false
	}
	for i := at; i > 0; i-- {
		if p.steps[i-1].field == "" {
			return false
		}
	}
	names := g.placeParts(p, at)
	if !g.isMethod(p.steps[at].index, names, "COUNT", "LAST") {
		return false
	}
	if g.previous == nil {
		g.previous = previousStmts(g.root())
	}
	call, ok := g.previous[p.name.Lo].(*ast.CallStmt)
	if !ok {
		return false
	}
	n := baseName(call.Call)
	return n != nil && strings.Join(g.f.Parts(n), ".") == names+".EXTEND"
}

// previousStmts gives for each statement below a node, by its first token, the one in front of it.
func previousStmts(root ast.Node) map[uint32]ast.Stmt {
	before := map[uint32]ast.Stmt{}
	var list []ast.Stmt
	take := func(k ast.Node) {
		if s, ok := k.(ast.Stmt); ok {
			list = append(list, s)
		}
	}
	ast.Walk(root, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Call, *ast.Binary, *ast.Arg: // no statement stands in them but a query by itself
			return false
		}
		list = list[:0]
		n.EachChild(take)
		if len(list) < 2 {
			return true
		}
		slices.SortStableFunc(list, func(a, b ast.Stmt) int { return cmp.Compare(a.Range().Lo, b.Range().Lo) })
		for i := 1; i < len(list); i++ {
			before[list[i].Range().Lo] = list[i-1]
		}
		return true
	})
	return before
}
