package gen

import (
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// createDomain converts CREATE DOMAIN of 23ai (SQL Language Reference 23ai, "CREATE DOMAIN"). A domain of one column is one of
// PostgreSQL, with the checks and the default; NOT NULL and DEFAULT ON NULL are made at each column of it. PostgreSQL has
// no domain of several columns: its rules are made in each table that uses it.
func (g *gen) createDomain(x *ast.CreateDomain) {
	switch {
	case x.Flexible:
		g.refuse(x, "domain", "which rules of the flexible domain hold depends on the row: write them as checks of the tables that use it")
		return
	case x.Many:
		g.reportAs(x, "domain", model.Low, model.Auto, "PostgreSQL has no domain of several columns: its rules are made in each table that uses it")
		g.ignore(x, "domain", "%s: its rules stand in the tables that use it", g.what(x))
		return
	}
	d := g.domainOf(g.catalogObject(model.KindDomain, x.Name))
	if d == nil || d.x != x {
		d = &domain{g: g, unit: g.unit, x: x}
	}
	typ, ok := "numeric", true
	if len(x.Columns) == 1 {
		typ = g.dataType(x.Columns[0].Type, inColumn)
	} else {
		typ, ok = d.enumType(g)
	}
	if !ok {
		return
	}
	sql := "CREATE DOMAIN " + g.declaredName(x.Name) + " AS " + typ
	if v := d.defaultValue(0); v != "" && !x.Columns[0].DefaultOnNull {
		sql += "\n    DEFAULT " + v
	}
	for _, c := range d.checks(g, x.Name, map[string]string{g.f.Last(x.Name): "VALUE", "VALUE": "VALUE"}) {
		sql += "\n    " + c
	}
	for _, e := range []struct {
		what string
		x    ast.Expr
	}{{"DISPLAY", x.Display}, {"ORDER", x.Order}} {
		if e.x != nil {
			g.ignore(e.x, "domain", "%s: what only the function DOMAIN_%s asks for", e.what, e.what)
		}
	}
	g.reportAs(x, "domain", model.Info, model.Auto, "a domain of PostgreSQL has the checks; they hold for variables of the column's type, too")
	phase := PhaseType
	if uses, _ := g.sequenceUses(x); len(uses) > 0 {
		phase = PhaseSequence
	}
	g.emitDDL(x, phase, sql)
}

// domain is a domain of the source, seen from a statement that uses it.
type domain struct {
	g    *gen // of the domain's own statement
	unit *scripts.Unit
	x    *ast.CreateDomain
}

// domainOf is the definition of a domain, nil where the source has none.
func (g *gen) domainOf(o *model.Object) *domain {
	if o == nil || o.Kind != model.KindDomain {
		return nil
	}
	u := g.e.creator[o.ID()]
	if u == nil {
		return nil
	}
	x, ok := u.Stmt.(*ast.CreateDomain)
	if !ok || x.Flexible {
		return nil
	}
	own := &gen{
		e: g.e, f: u.Source.Parsed, info: g.e.resolver.Resolve(u.Source.Parsed, x, u.Schema), unit: u, object: g.object, schema: u.Schema,
		support: g.support, needs: g.needs, sql: 1,
	}
	return &domain{g: own, unit: u, x: x}
}

// namedDomain is the domain that a column or a clause of a table names.
func (g *gen) namedDomain(n *ast.Name) (*model.Object, *domain) {
	schema, name := g.declared(n)
	o := g.e.Catalog.Find(model.KindDomain, schema, name)
	if o == nil && g.f.NumParts(n) == 1 {
		o = g.e.Catalog.Find(model.KindDomain, "", name)
	}
	return o, g.domainOf(o)
}

// defaultValue is the converted default of a column of the domain, "" without.
func (d *domain) defaultValue(i int) string {
	if i >= len(d.x.Columns) || d.x.Columns[i].Default == nil {
		return ""
	}
	d.g.sql++
	defer func() { d.g.sql-- }()
	return d.g.text(d.x.Columns[i].Default)
}

// notNull reports whether a column of the domain takes no NULL.
func (d *domain) notNull(i int) bool {
	if i >= len(d.x.Columns) {
		return false
	}
	c := d.x.Columns[i]
	for _, con := range c.Constraints {
		if con.Kind == token.NOT && con.Enabled != token.DISABLE {
			return true
		}
	}
	return c.DefaultOnNull
}

// checks are the checks of the domain with the columns under other names. What cannot be converted is left out, loudly:
// without the domain nothing else could be made.
func (d *domain) checks(g *gen, at ast.Node, names map[string]string) []string {
	var list []string
	take := func(c *ast.Constraint) {
		if c.Kind != token.CHECK {
			return
		}
		if c.Enabled == token.DISABLE {
			g.report(at, "constraint-state", "the disabled check of the domain is not made")
			return
		}
		if c.Deferrable == token.DEFERRABLE || c.Initially == token.DEFERRED {
			g.report(at, "constraint-state", "a deferrable check is checked at once: PostgreSQL cannot defer it")
		}
		own := d.g
		before, found := own.refusal, len(own.found)
		own.refusal = nil
		moved := own.moved
		own.moved = map[*ast.Name]string{}
		ast.Walk(c.Check, func(n ast.Node) bool {
			if name, ok := n.(*ast.Name); ok && own.f.NumParts(name) == 1 {
				if to, ok := names[own.f.Last(name)]; ok {
					own.moved[name] = to
				}
			}
			return true
		})
		own.sql++
		text := unmarked(own.cond(c.Check))
		own.sql--
		own.moved = moved
		why := own.refusal
		own.refusal = before
		if own != g {
			for _, fd := range own.found[found:] {
				g.addFinding(fd)
			}
		}
		if why != nil {
			g.reportAs(at, "constraint-state", model.High, model.Manual, "a check of the domain is not made: %s", why.Message)
			g.parts = append(g.parts, Line{Class: Refused, Object: g.object, Pos: g.f.Pos(at), Code: why.Code, What: own.what(c), Part: true})
			return
		}
		s := "CHECK (" + text + ")"
		if c.Name != nil && !d.x.Many {
			s = "CONSTRAINT " + own.word(c.Name) + " " + s
		}
		list = append(list, s)
	}
	for _, c := range d.x.Columns {
		for _, con := range c.Constraints {
			take(con)
		}
		for _, o := range c.Options {
			if o.Head == token.VALIDATE {
				g.reportAs(at, "constraint-state", model.High, model.Manual, "a check of the domain is not made: PostgreSQL has no JSON schemas")
				g.parts = append(g.parts, Line{Class: Refused, Object: g.object, Pos: g.f.Pos(at), Code: g.e.rule["constraint-state"].Code, What: d.g.what(o), Part: true})
			}
		}
	}
	for _, con := range d.x.Constraints {
		take(con)
	}
	if len(d.x.Enum) > 0 {
		for _, to := range names {
			if values, ok := d.enumValues(); ok {
				list = append(list, "CHECK ("+to+" IN ("+strings.Join(values, ", ")+"))")
			}
			break
		}
	}
	return list
}

// enumType is the type of an enumeration: of its values.
func (d *domain) enumType(g *gen) (string, bool) {
	values, ok := d.enumValues()
	if !ok {
		g.refuse(d.x, "domain", "the values of the enumeration are not constants")
		return "", false
	}
	for _, v := range values {
		if strings.HasPrefix(v, "'") {
			return "varchar", true
		}
	}
	return "numeric", true
}

// enumValues are the values of an enumeration: where none is written, one more than the one before, from 1.
func (d *domain) enumValues() ([]string, bool) {
	var list []string
	next := 1
	for _, e := range d.x.Enum {
		if e.Value == nil {
			list = append(list, strconv.Itoa(next))
			next++
			continue
		}
		if _, ok := e.Value.(*ast.Literal); !ok {
			return nil, false
		}
		s := unmarked(d.g.text(e.Value))
		if n, err := strconv.Atoi(s); err == nil {
			next = n + 1
		}
		list = append(list, s)
	}
	return list, true
}

// domainRules is what a domain adds to a column of a table.
type domainRules struct {
	native  bool   // the column has the domain as its type, which has checks and default
	checks  string // to be written behind the type
	value   string // of the default
	onNull  bool
	notNull bool
}

// columnDomain are the rules that a column takes from its domain: from a type that is a domain, DOMAIN d behind its own
// type, or DOMAIN d (column, ...) of the table. nil without a domain.
func (t *tableParts) columnDomain(c *ast.ColumnDef) *domainRules {
	g := t.g
	name := g.f.Last(c.Name)
	if c.Type != nil && c.Type.Name != nil && c.Type.Anchor == 0 {
		if d := g.domainOf(g.ref(c.Type.Name).Object); d != nil {
			return d.rules(0, true)
		}
	}
	if c.Domain != nil {
		o, d := g.namedDomain(c.Domain)
		if d == nil || d.x.Many {
			g.refuse(c.Domain, "domain", "the domain %s is not in the source", g.source(c.Domain))
			return nil
		}
		r := d.rules(0, false)
		for _, check := range d.checks(g, c.Domain, map[string]string{o.Name: g.word(c.Name), "VALUE": g.word(c.Name)}) {
			r.checks += " " + check
		}
		return r
	}
	for _, cl := range t.stmt.Items {
		if cl.Head != token.DOMAIN || len(cl.Names) == 0 {
			continue
		}
		for i, n := range cl.Names[1:] {
			if g.f.Last(n) != name {
				continue
			}
			if _, d := g.namedDomain(cl.Names[0]); d != nil {
				return d.rules(i, false)
			}
		}
	}
	return nil
}

func (d *domain) rules(i int, native bool) *domainRules {
	r := &domainRules{native: native, value: d.defaultValue(i), notNull: d.notNull(i)}
	r.onNull = i < len(d.x.Columns) && d.x.Columns[i].DefaultOnNull
	return r
}

// domainChecks are the checks that DOMAIN d (column, ...) adds to a table.
func (t *tableParts) domainChecks(c *ast.Clause) []string {
	g := t.g
	o, d := g.namedDomain(c.Names[0])
	if d == nil || d.x.Many && len(d.x.Columns) != len(c.Names)-1 || !d.x.Many && len(c.Names) != 2 {
		g.refuse(c, "domain", "the domain %s of so many columns is not in the source", g.source(c.Names[0]))
		return nil
	}
	names := map[string]string{}
	if d.x.Many {
		for i, col := range d.x.Columns {
			names[d.g.f.Last(col.Name)] = g.word(c.Names[i+1])
		}
	} else {
		names[o.Name], names["VALUE"] = g.word(c.Names[1]), g.word(c.Names[1])
	}
	return d.checks(g, c, names)
}
