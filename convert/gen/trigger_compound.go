package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// compoundTrigger converts a compound trigger: a trigger and a function for each timing point. The variables that the
// points share live as long as the statement in Oracle; here they are settings of the session, written back at the end of
// each point, and begin anew before each statement (PL/SQL Language Reference, "Compound DML Triggers").
func (g *gen) compoundTrigger(x *ast.CreateTrigger) {
	c := x.Compound
	base := g.triggerTarget(x)
	state := g.compoundState(x, base)
	var b strings.Builder
	started := false
	for _, s := range c.Sections {
		if s.Timing == token.BEFORE && !s.Row {
			started = true
		}
	}
	if !started && len(state) > 0 {
		b.WriteString(g.compoundPoint(base, x, &ast.TimingPoint{Timing: token.BEFORE}, state))
	}
	for _, s := range c.Sections {
		b.WriteString(g.compoundPoint(base, x, s, state))
	}
	if x.State == token.DISABLE {
		for _, s := range c.Sections {
			b.WriteString("ALTER TABLE " + base.table + " DISABLE TRIGGER " + quote.Ident(pointName(g.triggerName(x), s)) + ";\n")
		}
	}
	g.emitTrigger(x, b.String())
}

// stateVariable is a variable that the timing points of a compound trigger share.
type stateVariable struct {
	decl    *ast.VarDecl
	name    string // quoted
	typ     string
	setting string
}

// compoundState takes the variables of the declaration part; types and subtypes are declared by what uses them, what
// cannot be shared is refused.
func (g *gen) compoundState(x *ast.CreateTrigger, t *triggerTarget) []stateVariable {
	var list []stateVariable
	for _, d := range x.Compound.Decls {
		switch d := d.(type) {
		case *ast.VarDecl:
			name := g.word(d.Name)
			list = append(list, stateVariable{
				decl: d, name: name, typ: g.dataType(d.Type, inVariable),
				setting: quote.Literal(strings.ToLower(g.triggerName(x) + "$." + strings.Trim(name, `"`))),
			})
		case *ast.TypeDecl, *ast.SubtypeDecl:
			g.decl(d)
		case *ast.Pragma:
		default:
			g.refuse(d, "compound-trigger", "%s: what is declared for all timing points can only be variables and types here", g.what(d))
		}
	}
	return list
}

func pointName(trigger string, s *ast.TimingPoint) string {
	p := "_a"
	switch s.Timing {
	case token.BEFORE:
		p = "_b"
	case token.INSTEAD:
		p = "_i"
	}
	if s.Row {
		return short(trigger + p + "r")
	}
	return short(trigger + p + "s")
}

// compoundPoint is the function and the trigger of one timing point.
func (g *gen) compoundPoint(base *triggerTarget, x *ast.CreateTrigger, s *ast.TimingPoint, state []stateVariable) string {
	t := *base
	t.timing, t.row, t.events = s.Timing, s.Row || s.Timing == token.INSTEAD, x.Events
	name := pointName(g.triggerName(x), s)
	fn := quote.Qualified(t.schema, short(name+"_fn"))
	g.body = t.routine()
	first := s.Timing == token.BEFORE && !s.Row
	text := "NULL"
	if s.Body != nil {
		text = g.blockSQL(s.Body)
		if !g.endsBlock(s.Body) { // its END belongs to the timing point: END BEFORE EACH ROW
			text += "\nEND"
		}
	}
	var load, store []string
	for _, v := range state {
		used := first || s.Body != nil && g.mentions(s.Body, v.decl.Name)
		if !used {
			continue
		}
		from := " := " + g.use("get") + "(" + v.setting + ")::" + v.typ
		if first {
			from = ""
			if v.decl.Default != nil {
				from = " := " + g.text(v.decl.Default)
			} else if v.typ == "jsonb" {
				from = " := '{}'"
			}
		}
		load = append(load, v.name+" "+v.typ+from)
		store = append(store, "PERFORM "+g.use("set")+"("+v.setting+", "+v.name+"::text);\n")
	}
	g.body.decls = append(load, g.body.decls...)
	body := text
	if len(store) > 0 {
		body += ";\n" + strings.TrimSuffix(strings.Join(store, ""), ";\n")
	}
	var when ast.Expr
	if t.row {
		when = x.When
	}
	sql := t.function(fn, body, when)
	sql += t.create(quote.Ident(name), fn, t.when(when))
	g.body = nil
	return sql
}

// mentions reports whether a node names what a declaration declares.
func (g *gen) mentions(n ast.Node, decl *ast.Name) bool {
	name := g.f.Last(decl)
	found := false
	ast.Walk(n, func(c ast.Node) bool {
		if x, ok := c.(*ast.Name); ok {
			for _, p := range g.f.Parts(x) {
				found = found || p == name
			}
		}
		return !found
	})
	return found
}

// endsBlock reports whether a block holds its END.
func (g *gen) endsBlock(b *ast.Block) bool {
	for i := b.Hi; i > b.Lo; i-- {
		t := g.f.Tokens[i-1]
		if t.Flags&token.FlagInactive != 0 {
			continue
		}
		if b.EndName != nil && i > b.EndName.Lo {
			continue
		}
		return t.Is(token.END)
	}
	return false
}
