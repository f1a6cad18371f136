package gen

import (
	"fmt"
	"path"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// A statement of a script with host variables is one that a program runs with values of its own: it becomes a prepared
// statement, which the server checks as the program's would be. Variables are numbered by name.

// valueBinds are the host variables that give a value, as token indexes; those that only take one (RETURNING INTO) are not
// among them.
func (g *gen) valueBinds(s ast.Stmt) []uint32 {
	var into ast.Span
	if ret := returningOf(s); ret != nil && ret.Into != nil {
		into = ret.Into.Range()
	}
	var list []uint32
	for i := range g.f.Significant(s.Range()) {
		k := g.f.Tokens[i].Kind
		if (k == token.Bind || k == token.Question) && (i < into.Lo || i >= into.Hi) {
			list = append(list, i)
		}
	}
	return list
}

func (g *gen) bindsIn(s ast.Stmt) bool { return len(g.valueBinds(s)) > 0 }

// prepared emits a statement with host variables. convert gives its text.
func (g *gen) prepared(s ast.Stmt, convert func() string) {
	number := map[string]int{}
	var names, types []string
	known := false
	for _, i := range g.valueBinds(s) {
		name := resolve.BindName(g.f, i)
		if number[name] != 0 {
			continue
		}
		names = append(names, g.f.Text(i))
		number[name] = len(names)
		typ, ok := g.bindTypeName(name)
		if !ok {
			typ = "unknown" // the server infers it
		}
		known = known || ok
		types = append(types, typ)
	}
	g.bindText = func(tok uint32) string { return fmt.Sprintf("$%d", number[resolve.BindName(g.f, tok)]) }
	text := convert()
	g.bindText = nil
	if g.sent != nil {
		text = g.withStrays(s, text)
		g.sent.text = text
		for i, n := range names {
			p := Parameter{Name: n}
			if types[i] != "unknown" {
				p.Type = types[i]
			}
			g.sent.params = append(g.sent.params, p)
		}
	}
	for i, n := range names {
		names[i] = fmt.Sprintf("$%d %s", i+1, strings.TrimPrefix(n, ":"))
	}
	name := g.placeName(s)
	head := ""
	if known {
		head = " (" + strings.Join(types, ", ") + ")"
	}
	g.script(s, PhaseScript, "-- "+strings.Join(names, ", ")+"\nPREPARE "+name+head+" AS\n"+text)
}

// bindTypeName is the PostgreSQL type of a host variable, as far as its places tell it.
func (g *gen) bindTypeName(name string) (string, bool) {
	t := g.info.Bind(name)
	if t.Class == resolve.ClassUnknown {
		return "", false
	}
	s, ok := g.typeText(t, inParameter)
	return unsized(s), ok
}

// placeName names what a statement of a script becomes after its place.
func (g *gen) placeName(s ast.Node) string {
	file := strings.TrimSuffix(path.Base(g.f.Name), path.Ext(g.f.Name))
	return quote.Ident(short(strings.ToLower(fmt.Sprintf("%s_%d", file, g.f.Pos(s).Line))))
}
