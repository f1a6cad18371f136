package gen

import (
	"maps"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// builtin converts one function or pseudo-column of Oracle's; c is nil where no parentheses stand.
type builtin func(g *gen, n *ast.Name, c *ast.Call) frag

// builtins are the conversions by folded name; members of supplied packages as DBMS_OUTPUT.PUT_LINE.
var builtins = map[string]builtin{}

func init() {
	maps.Copy(builtins, map[string]builtin{
		"NVL":     nvlCall,
		"SYSDATE": sysdate,
		"UPPER":   same("upper", pgText), "LOWER": same("lower", pgText), "LENGTH": same("length", pgInteger), "ABS": same("abs", pgNumeric),
		"COUNT": same("count", pgInteger), "SUM": same("sum", pgNumeric), "MIN": same("min", pgUnknown), "MAX": same("max", pgUnknown),
	})
}

// builtinName converts a pseudo-column, or a function without parentheses.
func (g *gen) builtinName(n *ast.Name, ref *resolve.Ref) frag {
	if b := builtins[ref.Builtin]; b != nil {
		return b(g, n, nil)
	}
	return g.refuse(n, "not-converted", "no PostgreSQL form is known for %s", g.source(n))
}

// call converts a call, an element of a collection or a constructor.
func (g *gen) call(c *ast.Call) frag {
	if f, ok := g.movedCall[c]; ok {
		return f
	}
	n, ok := c.Fn.(*ast.Name)
	if !ok {
		return g.chain(c)
	}
	if n.Link != 0 {
		return g.remoteFunction(n, c)
	}
	ref := g.ref(n)
	switch ref.Kind {
	case resolve.Builtin, resolve.Pseudo:
		if b := builtins[ref.Builtin]; b != nil {
			return b(g, n, c)
		}
		return g.refuse(c, "not-converted", "no PostgreSQL form is known for the function %s", g.source(n))
	case resolve.Variable, resolve.Parameter, resolve.Column, resolve.PseudoRecord:
		return g.element(c, n, ref)
	case resolve.TypeName:
		return g.constructor(c, n, ref)
	case resolve.Unknown:
		if b := builtins[strings.Join(g.f.Parts(n), ".")]; b != nil {
			return b(g, n, c)
		}
	}
	return g.routineCall(n, c, c, ref)
}

// args are the converted arguments of a call, in order; named notation is not looked at.
func (g *gen) args(c *ast.Call) []frag {
	if c == nil {
		return nil
	}
	list := make([]frag, len(c.Args))
	for i, a := range c.Args {
		list[i] = g.expr(a.X)
	}
	return list
}

// same converts a function that PostgreSQL has with the same arguments and meaning, as SELECT list, aggregate or window
// function: only the name changes.
func same(name string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil {
			return atom(name+"()", t)
		}
		subs := []sub{put(n, name)}
		for _, a := range c.Args {
			subs = append(subs, put(a.X, g.text(a.X)))
		}
		if c.Over != nil {
			subs = append(subs, put(c.Over, g.over(c.Over)))
		}
		return atom(g.splice(c, subs...), t)
	}
}

func nvlCall(g *gen, _ *ast.Name, c *ast.Call) frag {
	a := g.args(c)
	if len(a) != 2 {
		return g.refuse(c, "nvl", "NVL takes two arguments")
	}
	f := callFrag("coalesce", a[0].typ, a[0].s, a[1].s)
	f.notNull = a[1].notNull
	return f
}

func sysdate(g *gen, _ *ast.Name, _ *ast.Call) frag {
	return frag{s: g.use("sysdate") + "()", prec: precPrimary, typ: pgTimestamp, notNull: true}
}

func (g *gen) dateLiteral(x *ast.Literal) frag {
	if x.Kind == ast.LitDate {
		return frag{s: "timestamp " + g.f.Text(x.Hi-1), prec: precPrimary, typ: pgTimestamp, notNull: true}
	}
	return frag{s: g.source(x), prec: precPrimary, typ: typeOf(g.info.Type(x)), notNull: true}
}

func (g *gen) castExpr(x *ast.Cast) frag {
	if x.Multiset != nil || x.Type == nil || x.Default != nil || x.Ref {
		return g.refuse(x, "not-converted", "no PostgreSQL form is known for %s", g.what(x))
	}
	return callFrag("CAST", typeOf(g.info.Type(x)), g.text(x.X)+" AS "+g.dataType(x.Type, inCast))
}

func (g *gen) extract(x *ast.Extract) frag {
	return atom(g.splice(x, put(x.X, g.text(x.X))), pgNumeric)
}

func (g *gen) jsonValue(x *ast.JSONValue) frag {
	return g.refuse(x, "json-function", "no PostgreSQL form is known for %s", g.what(x))
}
