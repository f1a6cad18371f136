package gen

import (
	"maps"
	"slices"
	"strings"

	"landfall/convert/support"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// schemaMembers are the members of supplied packages that only the support schema has: landfall.package_member. Those
// with a form of their own, nearer to plain PostgreSQL, have been named before and stay.
func schemaMembers() {
	packages := slices.Sorted(maps.Keys(suppliedRules))
	for _, name := range support.Names() {
		for _, pkg := range packages {
			last, ok := strings.CutPrefix(name, strings.ToLower(pkg)+"_")
			if !ok {
				continue
			}
			member := pkg + "." + strings.ToUpper(last)
			forms := support.Overloads(name)
			if forms[0].Kind == "procedure" {
				if _, known := suppliedProcs[member]; !known {
					suppliedProcs[member] = suppliedProc{schemaParams(forms), func(g *gen, x *ast.CallStmt, v []ast.Expr) string { return g.schemaCall(x, name, v) }}
				}
			} else if _, known := suppliedFuncs[member]; !known && builtins[member] == nil {
				suppliedFuncs[member] = suppliedFunc{schemaParams(forms), func(g *gen, at ast.Node, v []ast.Expr) frag { return g.schemaFunc(at, name, v) }}
			}
		}
	}
}

// schemaParams are the names of the longest form; what the shortest does not have may be left out.
func schemaParams(forms []support.Overload) string {
	long, short := forms[0], len(forms[0].Params)
	for _, o := range forms {
		if len(o.Params) > len(long.Params) {
			long = o
		}
		short = min(short, len(o.Params))
	}
	var names []string
	for i, p := range long.Params {
		name := strings.ToUpper(p.Name)
		if p.Optional || i >= short {
			name += "?"
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

// schemaForm chooses the overload whose parameters take the arguments; the first when none can be told from the others.
func (g *gen) schemaForm(name string, values []ast.Expr) support.Overload {
	forms := support.Overloads(name)
	for _, o := range forms {
		fits := true
		for i, v := range values {
			if v == nil {
				continue
			}
			if i >= len(o.Params) {
				fits = false
				break
			}
			switch t := g.expr(v).typ; o.Params[i].Type {
			case "bytea":
				fits = fits && (g.isBytes(v) || t == pgBytea)
			case "text":
				fits = fits && (t.text() || t == pgUnknown && !g.isBytes(v))
			case "integer", "numeric", "bigint":
				fits = fits && t.number()
			}
		}
		if fits {
			return o
		}
	}
	return forms[0]
}

// schemaArgs writes the arguments: by position up to the first that is left out, by name behind it.
func (g *gen) schemaArgs(o support.Overload, values []ast.Expr, one func(p support.Param, e ast.Expr) string) string {
	var list []string
	named := false
	for i, p := range o.Params {
		if i >= len(values) || values[i] == nil {
			named = true
			continue
		}
		s := one(p, values[i])
		if named {
			name := p.Name
			if name == "offset" || name == "interval" || name == "cascade" {
				name = `"` + name + `"`
			}
			s = name + " => " + s
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}

// schemaIn is an argument in the type that the parameter has.
func (g *gen) schemaIn(p support.Param, e ast.Expr) string {
	f := g.expr(e)
	switch {
	case f.typ == pgNull:
		return f.s + "::" + p.Type
	case p.Type == "integer":
		return g.integer(e).s
	case p.Type == "numeric":
		f = g.num(e)
		if f.typ == pgFloat {
			f = f.cast("numeric", pgNumeric)
		}
		return f.s
	case p.Type == "text":
		return g.str(e).s
	case p.Type == "bytea":
		return g.raw(e)
	}
	return f.s
}

var schemaTypes = map[string]pgType{
	"text": pgText, "integer": pgInteger, "bigint": pgInteger, "numeric": pgNumeric, "double precision": pgFloat,
	"boolean": pgBoolean, "bytea": pgBytea, "timestamp": pgTimestamp, "jsonb": pgJSON,
}

func (g *gen) schemaFunc(at ast.Node, name string, values []ast.Expr) frag {
	o := g.schemaForm(name, values)
	g.schemaNeeds(at, name)
	args := g.schemaArgs(o, values, g.schemaIn)
	return frag{s: g.use(name) + "(" + args + ")", prec: precPrimary, typ: schemaTypes[o.Returns]}
}

// schemaOtherwise takes a call whose arguments the plain form of a member does not: the support schema's may.
func (g *gen) schemaOtherwise(n *ast.Name, c *ast.Call, member string) (frag, bool) {
	name := strings.ReplaceAll(strings.ToLower(member), ".", "_")
	forms := support.Overloads(name)
	if forms == nil || forms[0].Kind == "procedure" {
		return frag{}, false
	}
	values, ok := g.suppliedArgs(n, c, schemaParams(forms))
	if !ok {
		return frag{}, false
	}
	return g.schemaFunc(whole(n, c), name, values), true
}

func (g *gen) schemaCall(x *ast.CallStmt, name string, values []ast.Expr) string {
	o := g.schemaForm(name, values)
	g.schemaNeeds(x, name)
	args := g.schemaArgs(o, values, func(p support.Param, e ast.Expr) string {
		if !p.Out {
			return g.schemaIn(p, e)
		}
		if g.plainTarget(e) && g.sameType(g.targetType(e), p.Type) {
			return g.target(e)
		}
		t := g.temp(p.Type)
		if p.In {
			g.body.before = append(g.body.before, t+" := "+g.text(e))
		}
		g.body.after = append(g.body.after, g.setTo(e, frag{s: t, prec: precPrimary, typ: schemaTypes[p.Type]}))
		return t
	})
	return "CALL " + g.use(name) + "(" + args + ")"
}

// schemaNeeds notes the extensions, and tells what the header of the function says of differences.
func (g *gen) schemaNeeds(at ast.Node, name string) {
	for _, ext := range support.Needs(name) {
		g.need(ext)
	}
	member := strings.ToUpper(name)
	for pkg := range suppliedRules {
		switch {
		case !strings.HasPrefix(member, pkg+"_"):
		case pkg == "DBMS_SCHEDULER" || pkg == "DBMS_JOB":
			g.reportAs(at, suppliedRule(pkg), model.Medium, model.Review, "landfall.%s gives the job to pg_cron, which runs its text as it stands: it is not converted", name)
		default:
			g.suppliedNote(at, pkg, "landfall."+name+" of the support schema; docs/support-schema.md says where it differs")
		}
	}
}
