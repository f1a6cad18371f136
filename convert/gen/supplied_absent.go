package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// noSupplied writes a call of a member that nothing stands for as one that raises the code of its finding. Its arguments
// are still computed, so that nothing of the source is lost and what they name is checked; OUT arguments stay unset, as the call
// never comes back.
func (g *gen) noSupplied(at ast.Node, n *ast.Name, c *ast.Call, name string) frag {
	if !strings.Contains(name, ".") {
		return g.refuse(at, suppliedRule(name), "%s has no counterpart that could be called", name)
	}
	fd := g.reportAs(at, suppliedRule(name), model.High, model.Manual, "%s has no counterpart: the call raises this code until it is replaced", name)
	typ := typeOf(g.info.Type(asExpr(n, c)))
	list := []string{literal(fd.Code), literal(name), g.absentArgs(c)}
	switch want := g.wanted[asExpr(n, c)]; {
	case truths[name[strings.LastIndexByte(name, '.')+1:]]:
		typ = pgBoolean
		list = append(list, "NULL::boolean")
	case want != "" && want != "text" && want != "varchar":
		list = append(list, "NULL::"+want)
	case typ == pgUnknown || typ.text():
		typ = pgText
	default:
		if s, ok := g.typeText(g.info.Type(asExpr(n, c)), inParameter); ok {
			list = append(list, "NULL::"+s)
		} else {
			typ = pgText
		}
	}
	return atom(g.use("no_counterpart")+"("+strings.Join(list, ", ")+")", typ)
}

// absentArgs packs the arguments of a call: an array, or an object where a name stands in front of one.
func (g *gen) absentArgs(c *ast.Call) string {
	if c == nil || len(c.Args) == 0 {
		return "'[]'"
	}
	named := false
	for _, a := range c.Args {
		named = named || a.Name != nil
	}
	var args []string
	for i, a := range c.Args {
		if named {
			key := itoa(i + 1)
			if a.Name != nil {
				key = strings.ToLower(g.f.Last(a.Name))
			}
			args = append(args, literal(key))
		}
		args = append(args, g.text(a.X))
	}
	if named {
		return "jsonb_build_object(" + strings.Join(args, ", ") + ")"
	}
	return "jsonb_build_array(" + strings.Join(args, ", ") + ")"
}

// want notes the PostgreSQL type of the place that a value goes to, for a value that is a call whose own type nobody knows.
func (g *gen) want(e ast.Expr, typ func() string) {
	n, _ := callParts(e)
	if n == nil || !isSupplied(g.ref(n)) {
		return
	}
	t := typ()
	if t == "" || t == "record" || t == "void" || strings.HasSuffix(t, "%TYPE") || strings.HasSuffix(t, "%ROWTYPE") {
		return
	}
	if g.wanted == nil {
		g.wanted = map[ast.Expr]string{}
	}
	g.wanted[e] = unsized(t)
}

// setSupplied is an assignment to a variable of a supplied package that nothing stands for; ok is false for all others.
func (g *gen) setSupplied(x *ast.AssignStmt, value frag) (text string, ok bool) {
	n, isName := x.Target.(*ast.Name)
	if !isName || !isSupplied(g.ref(n)) {
		return "", false
	}
	name := strings.TrimPrefix(g.ref(n).Builtin, "SYS.")
	fd := g.reportAs(x, suppliedRule(name), model.High, model.Manual, "%s has no counterpart: the assignment raises this code until it is replaced", name)
	return "PERFORM " + g.use("no_counterpart") + "(" + literal(fd.Code) + ", " + literal(name) + ", jsonb_build_array(" + value.s + "))", true
}

// truths are the members of XMLDOM and its like that are true or false.
var truths = map[string]bool{"ISNULL": true, "HASATTRIBUTES": true, "HASATTRIBUTE": true, "HASCHILDNODES": true, "HASFEATURE": true}
