package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// place is a variable with the fields and elements behind it: what t(i).f names, read or assigned to.
type place struct {
	root  frag         // the variable, as it is read
	typ   resolve.Type // of the variable
	pkg   *packageFacts
	v     *packageVar // the variable of a package that it is; nil for all others
	name  *ast.Name   // the name that the variable stands in; nil where it is a value
	value bool        // the root is no variable: a call
	steps []step
}

// step goes to a field (folded name) or to an element.
type step struct {
	field string
	index ast.Expr
	typ   resolve.Type // of what is reached
}

// at is the type of what the first n steps reach.
func (p *place) at(n int) resolve.Type {
	if n == 0 {
		return p.typ
	}
	return p.steps[n-1].typ
}

// placeOf takes an expression apart; ok is false for what is no variable, field or element.
func (g *gen) placeOf(e ast.Expr) (p place, ok bool) {
	switch x := e.(type) {
	case *ast.Name:
		return g.namedPlace(x, g.f.NumParts(x))
	case *ast.Paren:
		return g.placeOf(x.X)
	case *ast.Field:
		if x.Star || x.Name == nil {
			return place{}, false
		}
		if p, ok = g.placeOf(x.X); !ok {
			if p, ok = g.valuePlace(x.X); !ok {
				return place{}, false
			}
		}
		p.field(g.f.Last(x.Name))
		return p, true
	case *ast.Call:
		if len(x.Args) != 1 || x.Args[0].Name != nil || !g.indexed(x) {
			return place{}, false
		}
		if p, ok = g.placeOf(x.Fn); !ok {
			if p, ok = g.valuePlace(x.Fn); !ok {
				return place{}, false
			}
		}
		s := step{index: x.Args[0].X}
		if t := p.at(len(p.steps)); t.Elem != nil {
			s.typ = *t.Elem
		}
		p.steps = append(p.steps, s)
		return p, true
	}
	return place{}, false
}

// indexed reports whether a call is an element of a collection: what stands in front of the parentheses is a variable or
// another element.
func (g *gen) indexed(c *ast.Call) bool {
	switch fn := c.Fn.(type) {
	case *ast.Name:
		switch ref := g.ref(fn); ref.Kind {
		case resolve.Variable, resolve.Parameter, resolve.Column, resolve.PseudoRecord:
			return true
		}
		return false
	case *ast.Field:
		if fn.Name == nil {
			return false
		}
		ref := g.ref(fn.Name)
		return ref.Kind != resolve.Routine && ref.Builtin == ""
	case *ast.Call:
		return true
	}
	return false
}

// valuePlace is a value that fields and elements can be taken of: what a function gives.
func (g *gen) valuePlace(e ast.Expr) (place, bool) {
	t := g.info.Type(e)
	if t.Class != resolve.ClassCollection && t.Class != resolve.ClassObject && t.Class != resolve.ClassRecord && t.Class != resolve.ClassUnknown {
		return place{}, false
	}
	return place{root: g.expr(e), typ: t, value: true}, true
}

func (p *place) field(name string) {
	p.steps = append(p.steps, step{field: name, typ: p.at(len(p.steps)).Field(name)})
}

// namedPlace takes the first parts of a name apart.
func (g *gen) namedPlace(n *ast.Name, count int) (place, bool) {
	if n.Link != 0 || n.Star {
		return place{}, false
	}
	base := g.info.Base(n)
	if base.Parts > count || base.Parts < 1 {
		return place{}, false
	}
	parts := g.f.Parts(n)
	if b, ok := g.attributeOf(n); ok {
		p := place{root: atom("self", pgComposite), typ: g.selfType(), name: n}
		for _, part := range parts[:count] {
			p.field(part)
		}
		_ = b
		return p, true
	}
	p := place{typ: *base.Ref.TypeOf(), name: n}
	switch base.Ref.Kind {
	case resolve.Variable, resolve.Parameter, resolve.Column, resolve.PseudoRecord:
	default:
		return place{}, false
	}
	if pkg := g.packageOf(base.Ref); pkg != nil && base.Ref.Variable != nil {
		p.pkg, p.v = pkg, pkg.byName[base.Ref.Variable.Name]
		if p.v == nil {
			return place{}, false
		}
		p.root = atom(pkg.reader(p.v.name), typeOf(p.typ))
	} else {
		p.root = atom(g.rootText(n, base, parts), typeOf(p.typ))
	}
	for _, part := range parts[base.Parts:count] {
		p.field(part)
	}
	return p, true
}

// rootText is the PostgreSQL text of the variable at the head of a name, without the fields behind it.
func (g *gen) rootText(n *ast.Name, base resolve.Base, parts []string) string {
	if base.Ref.Builtin == "SELF" {
		return "self"
	}
	if base.Ref.Kind == resolve.Column && g.inSQL() && base.Parts < len(parts) { // an attribute of a column stands behind parentheses
		list := make([]string, base.Parts)
		for i := range list {
			list[i] = g.e.names.ident(parts[i])
		}
		return "(" + strings.Join(list, ".") + ")"
	}
	var s string
	if base.Ref.Kind == resolve.PseudoRecord {
		s = g.pseudoRecord(n)
	} else {
		s = g.localPath(n)
	}
	for i := len(parts) - 1; i >= base.Parts; i-- {
		s = strings.TrimSuffix(s, "."+g.e.names.ident(parts[i]))
	}
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && !strings.ContainsAny(s[1:len(s)-1], "() ") {
		s = s[1 : len(s)-1]
	}
	return s
}

// read is the value at a place.
func (g *gen) read(p place) frag {
	cur := p.root
	direct := !p.value && p.v == nil // cur can take a subscript or field as it is
	for i, s := range p.steps {
		t := p.at(i)
		if s.field != "" {
			if g.jsonObject(t) || cur.typ == pgJSON && i > 0 { // or a record of a supplied package, whose fields are not known
				cur = g.jsonField(cur, s.field, s.typ)
				direct = false
				continue
			}
			name := g.e.names.ident(s.field)
			if direct && (i == 0 || p.steps[i-1].field == "") {
				cur = atom(cur.s+"."+name, typeOf(s.typ))
			} else {
				cur = atom("("+cur.s+")."+name, typeOf(s.typ))
			}
			continue
		}
		if keys := g.keysOf(t); keys != resolve.ClassUnknown {
			cur = g.mapElement(cur.s, g.mapKey(s.index, keys), s.typ)
			direct = false
			continue
		}
		if g.insideLoop(p, i) {
			in := cur.s
			if !direct || i > 0 && p.steps[i-1].field == "" {
				in = "(" + in + ")"
			}
			cur = atom(in+"["+g.subscript(s.index)+"]", typeOf(s.typ))
			continue
		}
		cur = callFrag(g.use("elem"), typeOf(s.typ), cur.s, g.subscript(s.index))
		direct = false
	}
	return cur
}

// subscript is the number of an element of an array. PL/SQL rounds what is no integer.
func (g *gen) subscript(e ast.Expr) string {
	f := g.expr(e)
	if f.typ == pgInteger {
		return f.s
	}
	return f.cast("integer", pgInteger).s
}

// mapKey is the key of an associative array, as a value that landfall.aa_* take.
func (g *gen) mapKey(e ast.Expr, keys resolve.TypeClass) string {
	f := g.expr(e)
	switch {
	case keys == resolve.ClassText && f.typ == pgNumeric:
		return "trim_scale(" + f.s + ")::text"
	case keys == resolve.ClassText && (f.typ.number() || f.typ == pgTimestamp || f.typ == pgDate || f.typ == pgBoolean):
		return f.cast("text", pgText).s
	case keys == resolve.ClassInteger && f.typ.text():
		return f.cast("numeric", pgNumeric).s
	case keys == resolve.ClassInteger && f.typ == pgUnknown:
		return f.cast("integer", pgInteger).s
	}
	return f.s
}

// keyText is a key as the text that the jsonb object has it under.
func (g *gen) keyText(e ast.Expr, keys resolve.TypeClass) string {
	f := g.expr(e)
	if keys == resolve.ClassText {
		if f.typ == pgLiteral {
			return f.s
		}
		return frag{s: g.mapKey(e, keys), prec: precAdd}.cast("text", pgText).s
	}
	if f.typ == pgInteger {
		if l, ok := e.(*ast.Literal); ok && l.Kind == ast.LitNumber {
			return literal(f.s)
		}
		return f.cast("text", pgText).s
	}
	return f.cast("integer", pgInteger).cast("text", pgText).s
}

// mapElement is the element of an associative array under a key.
func (g *gen) mapElement(m, key string, t resolve.Type) frag {
	if g.keysOf(t) != resolve.ClassUnknown {
		return callFrag(g.use("aa_json"), pgJSON, m, key)
	}
	typ, ok := g.typeText(t, inParameter)
	switch {
	case g.jsonObject(t):
		return callFrag(g.use("aa_json"), pgJSON, m, key).cast(typ, pgComposite)
	case !ok && (t.Class == resolve.ClassRecord || t.Class == resolve.ClassObject):
		return callFrag(g.use("aa_json"), pgJSON, m, key)
	case !ok:
		return callFrag(g.use("aa_text"), pgText, m, key)
	case t.Class == resolve.ClassRecord || t.Class == resolve.ClassObject:
		return callFrag("jsonb_populate_record", pgComposite, "NULL::"+typ, g.use("aa_json")+"("+m+", "+key+")")
	case t.Class == resolve.ClassCollection:
		return fromJSON(g.use("aa_json")+"("+m+", "+key+")", typ)
	case typ == "varchar" || typ == "text":
		return callFrag(g.use("aa_text"), pgText, m, key)
	}
	return callFrag(g.use("aa_text"), pgText, m, key).cast(typ, typeOf(t))
}

// fromJSON is a jsonb value as any PostgreSQL type.
func fromJSON(json, typ string) frag {
	return atom("(SELECT lf_x.v FROM jsonb_to_record(jsonb_build_object('v', "+json+")) AS lf_x(v "+typ+"))", pgArray)
}

// insideLoop reports whether the element that a step reads or sets is there for certain: the subscript is the variable of a
// loop over 1 .. t.COUNT that does not make t smaller.
func (g *gen) insideLoop(p place, at int) bool {
	n, ok := p.steps[at].index.(*ast.Name)
	if !ok || g.body == nil || p.v != nil || p.name == nil {
		return false
	}
	decl, ok := g.ref(n).Decl.(*ast.Iterand)
	if !ok {
		return false
	}
	for i := at; i > 0; i-- { // only the variable itself and its fields have a name of their own
		if p.steps[i-1].field == "" {
			return false
		}
	}
	names := g.placeParts(p, at)
	loop := g.loopOf(decl)
	if loop == nil || len(loop.Iter.Controls) != 1 {
		return false
	}
	c := loop.Iter.Controls[0]
	if c.Kind != ast.IterRange || c.Step != nil || !g.isMethod(c.High, names, "COUNT", "LAST") {
		return false
	}
	if l, ok := c.Low.(*ast.Literal); ok {
		if l.Kind != ast.LitNumber || !plainNumber(g.source(l), false) || strings.Trim(g.source(l), "0") == "" {
			return false
		}
	} else if !g.isMethod(c.Low, names, "FIRST") {
		return false
	}
	return !g.shrinks(loop.Stmts, names)
}

// placeParts is the folded name of a variable with fields, as the source writes it.
func (g *gen) placeParts(p place, steps int) string {
	parts := g.f.Parts(p.name)
	n := g.info.Base(p.name).Parts + steps
	if n > len(parts) {
		return ""
	}
	return strings.Join(parts[:n], ".")
}

// isMethod reports whether an expression is a method without arguments of the collection named.
func (g *gen) isMethod(e ast.Expr, names string, methods ...string) bool {
	n, ok := e.(*ast.Name)
	if !ok || names == "" {
		return false
	}
	s := strings.Join(g.f.Parts(n), ".")
	for _, m := range methods {
		if s == names+"."+m {
			return true
		}
	}
	return false
}

// loopOf is the loop being converted whose variable is declared by decl.
func (g *gen) loopOf(decl *ast.Iterand) *ast.For {
	if g.loopIndex == nil {
		g.loopIndex = map[*ast.Iterand]*ast.For{}
		ast.Walk(g.root(), func(n ast.Node) bool {
			if f, ok := n.(*ast.For); ok {
				for _, it := range f.Iter.Iterands {
					g.loopIndex[it] = f
				}
			}
			return true
		})
	}
	return g.loopIndex[decl]
}

// shrinks reports whether statements may make a collection smaller or replace it.
func (g *gen) shrinks(list []ast.Stmt, names string) bool {
	found := false
	for _, s := range list {
		ast.Walk(s, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.AssignStmt:
				if t, ok := x.Target.(*ast.Name); ok && strings.HasPrefix(names+".", strings.Join(g.f.Parts(t), ".")+".") {
					found = true
				}
			case *ast.Into:
				for _, t := range x.Targets {
					if n, ok := t.(*ast.Name); ok && strings.Join(g.f.Parts(n), ".") == names {
						found = true
					}
				}
			case *ast.Arg: // perhaps an OUT argument
				if n, ok := x.X.(*ast.Name); ok && strings.Join(g.f.Parts(n), ".") == names {
					found = true
				}
			case *ast.Name:
				s := strings.Join(g.f.Parts(x), ".")
				if s == names+".TRIM" || s == names+".DELETE" {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// simple reports whether an expression may be written twice: it calls nothing and is short.
func (g *gen) simple(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Literal:
		return true
	case *ast.Name:
		k := g.ref(x).Kind
		return k == resolve.Variable || k == resolve.Parameter || k == resolve.Column
	case *ast.Paren:
		return g.simple(x.X)
	case *ast.Binary:
		return (x.Op.Kind == token.Plus || x.Op.Kind == token.Minus) && g.simple(x.X) && g.simple(x.Y)
	}
	return false
}

// root is the statement that holds the place at hand; an empty one in the parsed text of dynamic SQL.
func (g *gen) root() ast.Node {
	if g.f == g.unit.Source.Parsed {
		return g.unit.Stmt
	}
	return &ast.NullStmt{}
}
