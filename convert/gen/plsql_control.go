package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// ifStmt converts IF. Where the condition of an ELSIF needs statements of its own ahead of it, the rest becomes an IF
// inside ELSE: the statements must not run before the conditions in front of it.
func (g *gen) ifStmt(x *ast.If) string {
	conds := make([]string, len(x.Arms))
	before := make([][]string, len(x.Arms))
	nested := false
	for i, a := range x.Arms {
		conds[i], before[i] = g.captured(func() string { return g.testCond(a.Cond) })
		nested = nested || i > 0 && len(before[i]) > 0
	}
	g.body.before = append(g.body.before, before[0]...)
	if nested {
		return g.nestedIf(x, conds, before)
	}
	var subs []sub
	for i, a := range x.Arms {
		subs = append(subs, put(a.Cond, conds[i]))
		subs = append(subs, g.stmtSubs(a.Then)...)
	}
	subs = append(subs, g.stmtSubs(x.Else)...)
	return g.splice(x, subs...)
}

func (g *gen) nestedIf(x *ast.If, conds []string, before [][]string) string {
	in := g.indent(x)
	var b strings.Builder
	open := 0
	for i, a := range x.Arms {
		switch {
		case i > 0 && len(before[i]) > 0:
			b.WriteString("ELSE\n" + in)
			for _, s := range before[i] {
				b.WriteString(s + ";\n" + in)
			}
			b.WriteString("IF ")
			open++
		case i > 0:
			b.WriteString("ELSIF ")
		default:
			b.WriteString("IF ")
		}
		b.WriteString(conds[i] + " THEN\n" + g.indentOf(a.Then, in) + g.stmtList(a.Then) + "\n" + in)
	}
	if len(x.Else) > 0 {
		b.WriteString("ELSE\n" + g.indentOf(x.Else, in) + g.stmtList(x.Else) + "\n" + in)
	}
	for range open {
		b.WriteString("END IF;\n" + in)
	}
	b.WriteString("END IF")
	return b.String()
}

func (g *gen) indentOf(list []ast.Stmt, def string) string {
	if len(list) > 0 {
		return g.indent(list[0])
	}
	return def
}

// caseStmt converts CASE. Both raise an error when nothing matches and there is no ELSE.
func (g *gen) caseStmt(x *ast.CaseStmt) string {
	var subs []sub
	conditions := false
	for _, a := range x.Arms {
		conditions = conditions || spelledOut(a.Choices...)
	}
	var sel frag
	switch {
	case conditions:
		sel = g.selector(x.Operand)
		subs = append(subs, put(x.Operand, ""))
	case x.Operand != nil:
		subs = append(subs, put(x.Operand, g.text(x.Operand)))
	}
	for _, a := range x.Arms {
		if conditions {
			subs = append(subs, sub{a.Choices[0].Range().Lo, a.Choices[len(a.Choices)-1].Range().Hi, g.choices(x.Operand, sel, a.Choices)})
			subs = append(subs, g.stmtSubs(a.Then)...)
			continue
		}
		for _, c := range a.Choices {
			subs = append(subs, put(c, g.text(c)))
		}
		subs = append(subs, g.stmtSubs(a.Then)...)
	}
	subs = append(subs, g.stmtSubs(x.Else)...)
	if x.EndLabel != nil {
		subs = append(subs, put(x.EndLabel, ""))
	}
	return g.splice(x, subs...)
}

// exit converts EXIT and CONTINUE.
func (g *gen) exit(x *ast.Exit) string {
	var subs []sub
	if x.Label != nil {
		subs = append(subs, put(x.Label, g.localName(g.f.Last(x.Label))))
	}
	if x.When != nil {
		subs = append(subs, put(x.When, g.testCond(x.When)))
	}
	return g.splice(x, subs...)
}

// returnStmt converts RETURN. A function with OUT parameters sets its value as one of them.
func (g *gen) returnStmt(x *ast.Return) string {
	if x.Value == nil {
		if g.body.result != "" {
			return g.splice(x, sub{x.Lo, x.Lo + 1, "RETURN " + g.body.result})
		}
		return g.source(x)
	}
	g.want(x.Value, g.returns)
	value := g.assigned(x.Value, g.returnType()).s
	if g.body.composite {
		return returnValue + " := " + value + ";\n" + g.indent(x) + "RETURN"
	}
	return g.splice(x, put(x.Value, value))
}

// loop converts LOOP ... END LOOP.
func (g *gen) loop(x *ast.Loop) string {
	g.body.loops = append(g.body.loops, x)
	defer func() { g.body.loops = g.body.loops[:len(g.body.loops)-1] }()
	subs := g.loopLabels(x.Labels, x.EndLabel)
	subs = append(subs, g.stmtSubs(x.Stmts)...)
	return g.splice(x, subs...)
}

// loopLabels writes the labels of a loop as PL/pgSQL takes them: one.
func (g *gen) loopLabels(labels []*ast.Name, end *ast.Name) []sub {
	var subs []sub
	last := ""
	for i, l := range labels {
		last = g.localName(g.f.Last(l))
		if i+1 < len(labels) { // only the last of several can be said
			subs = append(subs, sub{l.Lo - 1, l.Hi + 1, ""})
			continue
		}
		subs = append(subs, put(l, last))
	}
	if end != nil {
		if last == "" || g.localName(g.f.Last(end)) != last {
			subs = append(subs, put(end, "")) // END LOOP takes any name in Oracle
		} else {
			subs = append(subs, put(end, last))
		}
	}
	return subs
}

// while converts WHILE. When its condition needs statements of its own, the loop tests it inside.
func (g *gen) while(x *ast.While) string {
	g.body.loops = append(g.body.loops, x)
	defer func() { g.body.loops = g.body.loops[:len(g.body.loops)-1] }()
	cond, before := g.captured(func() string { return g.testCond(x.Cond) })
	subs := g.loopLabels(x.Labels, x.EndLabel)
	subs = append(subs, g.stmtSubs(x.Stmts)...)
	if len(before) == 0 {
		return g.splice(x, append(subs, put(x.Cond, cond))...)
	}
	in := g.indentOf(x.Stmts, g.indent(x)+"    ")
	head := "LOOP"
	for _, s := range before {
		head += "\n" + in + s + ";"
	}
	head += "\n" + in + "EXIT WHEN (" + cond + ") IS NOT TRUE;"
	lo, hi := x.Cond.Range().Lo-1, x.Cond.Range().Hi+1 // WHILE and LOOP
	return g.splice(x, append(subs, sub{lo, hi, head})...)
}

// forLoop converts FOR loops: numeric ones, over queries and over cursors.
func (g *gen) forLoop(x *ast.For) string {
	if x.Iter == nil || len(x.Iter.Controls) != 1 || len(x.Iter.Iterands) != 1 || x.Iter.Iterands[0].Mutable == token.MUTABLE {
		return g.collectionLoop(x)
	}
	c := x.Iter.Controls[0]
	if c.Repeat || c.While != nil || c.When != nil || c.Dynamic != nil {
		return g.collectionLoop(x)
	}
	switch {
	case c.Kind == ast.IterQuery:
		return g.queryLoop(x, c)
	case c.Kind == ast.IterExpr && g.isCursor(c.X):
		return g.cursorLoop(x, c)
	case c.Kind == ast.IterRange:
		return g.numericLoop(x, c)
	}
	return g.collectionLoop(x)
}

// numericLoop converts FOR i IN [REVERSE] low .. high. PostgreSQL counts down from the first bound; both round bounds to
// integers.
func (g *gen) numericLoop(x *ast.For, c *ast.IterControl) string {
	v := x.Iter.Iterands[0]
	subs := g.loopLabels(x.Labels, x.EndLabel)
	low, high := g.bound(c.Low), g.bound(c.High)
	subs = append(subs, put(v.Name, g.localName(g.f.Last(v.Name))))
	if v.Type != nil {
		subs = append(subs, put(v.Type, ""))
	}
	if c.Reverse {
		low, high = high, low
	}
	subs = append(subs, put(c.Low, low), put(c.High, high))
	if c.Step != nil {
		subs = append(subs, put(c.Step, g.text(c.Step)))
	}
	return g.loopBody(x, subs, "")
}

// bound converts a bound of a numeric loop.
func (g *gen) bound(e ast.Expr) string {
	if g.body.try == nil || !g.failable(e) {
		return g.text(e)
	}
	v := g.temp("integer")
	g.body.before = append(g.body.before, g.body.try.tried(v+" := "+g.text(e), g.indent(e)))
	return v
}

// loopBody converts the statements of a FOR loop and puts all together; first stands in front of them.
func (g *gen) loopBody(x *ast.For, subs []sub, first string) string {
	g.body.loops = append(g.body.loops, x)
	defer func() { g.body.loops = g.body.loops[:len(g.body.loops)-1] }()
	body := g.stmtSubs(x.Stmts)
	if len(body) > 0 && first != "" {
		body[0].text = first + ";\n" + g.indent(x.Stmts[0]) + body[0].text
	}
	subs = append(subs, body...)
	return g.splice(x, subs...)
}
