package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

func (g *gen) anonymousBlock(x *ast.Block) {
	g.body = &routine{}
	text := g.blockSQL(x)
	g.body = nil
	g.script(x, PhaseScript, "DO $$\n"+text+";\n$$")
	if n := len(g.out); n > 0 {
		g.out[n-1].Kind = model.KindAnonymousBlock
	}
}

// blockSQL is a block without the semicolon behind END.
func (g *gen) blockSQL(b *ast.Block) string {
	var subs []sub
	for _, d := range b.Decls {
		subs = append(subs, put(d, g.decl(d)))
	}
	for _, s := range b.Stmts {
		subs = append(subs, put(s, g.stmt(s)))
	}
	for _, h := range b.Handlers {
		subs = append(subs, put(h, g.handler(h)))
	}
	if b.EndName != nil {
		subs = append(subs, put(b.EndName, ""))
	}
	text := g.splice(b, subs...)
	if len(b.Decls) > 0 && !b.Declare {
		text = "DECLARE\n" + g.indent(b) + text
	}
	if g.body != nil && len(g.body.decls) > 0 && g.body.outer == nil {
		text = "DECLARE\n    " + strings.Join(g.body.decls, ";\n    ") + ";\n" + strings.TrimPrefix(text, "DECLARE\n")
	}
	return text
}

func (g *gen) decl(d ast.Decl) string {
	switch x := d.(type) {
	case *ast.VarDecl:
		s := g.word(x.Name) + " "
		if x.Constant {
			s += "CONSTANT "
		}
		s += g.dataType(x.Type, inVariable)
		if x.NotNull {
			s += " NOT NULL"
		}
		if x.Default != nil {
			s += " := " + g.text(x.Default)
		}
		return g.mark(x) + s
	}
	g.refuse(d, "not-converted", "no PostgreSQL form is known for the declaration %s", g.what(d))
	return ""
}

func (g *gen) handler(h *ast.Handler) string {
	var subs []sub
	for _, s := range h.Stmts {
		subs = append(subs, put(s, g.stmt(s)))
	}
	return g.splice(h, subs...)
}

// stmt converts a statement of PL/SQL, without its semicolon; what it needs ahead of it comes first.
func (g *gen) stmt(s ast.Stmt) string {
	before, after := g.body.before, g.body.after
	g.body.before, g.body.after = nil, nil
	text := g.withStrays(s, g.plainStmt(s))
	sep := ";\n" + g.indent(s)
	all := append(append(g.body.before, text), g.body.after...)
	g.body.before, g.body.after = before, after
	return g.mark(s) + strings.Join(all, sep)
}

func (g *gen) plainStmt(s ast.Stmt) string {
	if text, ok := g.dml(s); ok {
		return text
	}
	switch x := s.(type) {
	case *ast.NullStmt:
		return g.source(x)
	case *ast.AssignStmt:
		if s, ok := g.assignment(x); ok {
			return s
		}
		return g.splice(x, put(x.Target, g.target(x.Target)), put(x.Value, g.text(x.Value)))
	case *ast.If:
		var subs []sub
		for _, a := range x.Arms {
			subs = append(subs, put(a.Cond, g.cond(a.Cond)))
			for _, t := range a.Then {
				subs = append(subs, put(t, g.stmt(t)))
			}
		}
		for _, t := range x.Else {
			subs = append(subs, put(t, g.stmt(t)))
		}
		return g.splice(x, subs...)
	case *ast.Return:
		if x.Value == nil {
			if g.body.trigger && g.body.result != "" {
				return g.splice(x, sub{x.Lo, x.Lo + 1, "RETURN " + g.body.result})
			}
			return g.source(x)
		}
		return g.splice(x, put(x.Value, g.text(x.Value)))
	case *ast.SelectStmt:
		return g.query(x.Query)
	case *ast.CallStmt:
		return g.callStmt(x)
	case *ast.Block:
		return g.blockSQL(x)
	}
	g.refuse(s, "not-converted", "no PostgreSQL form is known for %s", g.what(s))
	return "NULL"
}

func (g *gen) callStmt(x *ast.CallStmt) string { return "CALL " + g.text(x.Call) }

// target converts an expression that is assigned to.
func (g *gen) target(e ast.Expr) string { return g.text(e) }

// variable converts a variable, parameter or record field as a value.
func (g *gen) variable(n *ast.Name, ref *resolve.Ref) frag {
	if f, ok := g.packageVariable(n); ok {
		return f
	}
	return atom(g.path(n), typeOf(ref.Type))
}

func (g *gen) bind(x *ast.BindExpr) frag {
	if g.host {
		return atom(g.source(x), pgUnknown)
	}
	return g.refuse(x, "not-converted", "the host variable %s has no value here", g.source(x))
}

func (g *gen) field(x *ast.Field) frag {
	return g.refuse(x, "not-converted", "no PostgreSQL form is known for %s", g.what(x))
}

func (g *gen) attr(x *ast.Attr) frag {
	return g.refuse(x, "cursor-attribute", "no PostgreSQL form is known for %s", g.what(x))
}

func (g *gen) inquiry(x *ast.Inquiry) frag {
	return g.refuse(x, "conditional-compilation", "%s is only known to the compiler", g.source(x))
}
