package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// grant converts object privileges and roles; system privileges have no counterpart.
func (g *gen) grant(x *ast.Grant) {
	if len(x.Objects) == 0 {
		g.grantRoles(x)
		return
	}
	if x.OnKind == token.DIRECTORY || x.OnKind != 0 && x.OnKind != token.TYPE {
		g.ignored(x, "system-privilege", "a privilege on something that PostgreSQL does not have")
		return
	}
	o := g.ref(x.Objects[0]).Object
	if o == nil {
		o = g.tableOf(x.Objects[0])
	}
	target := g.grantTarget(x, o)
	if target == "" {
		return
	}
	var privs []string
	for _, p := range x.Privileges {
		if s := g.privilege(p, o); s != "" && !slices.Contains(privs, s) {
			privs = append(privs, s)
		}
	}
	if len(privs) == 0 {
		g.ignored(x, "system-privilege", "no privilege of PostgreSQL stands for it")
		return
	}
	var b strings.Builder
	who := g.grantees(&b, x)
	verb, to := "GRANT ", " TO "
	if x.Revoke {
		verb, to = "REVOKE ", " FROM "
	}
	tail := to + strings.Join(who, ", ")
	if x.GrantOption && !x.Revoke {
		tail += " WITH GRANT OPTION"
	}
	if pkg := packageOf(o); pkg != "" {
		schema := quote.Ident(g.e.names.pkg(o.Schema, o.Name).schema)
		b.WriteString(verb + "USAGE ON SCHEMA " + schema + to + strings.Join(who, ", ") + ";\n")
	}
	if target == packageMembers {
		b.WriteString(g.grantMembers(o, verb+strings.Join(privs, ", ")+" ON ROUTINE", tail))
	} else {
		b.WriteString(verb + strings.Join(privs, ", ") + " ON " + target + tail)
	}
	g.emitDDL(x, PhaseGrant, b.String())
}

func packageOf(o *model.Object) string {
	if o != nil && o.Kind == model.KindPackage {
		return o.Name
	}
	return ""
}

// grantTarget is what stands behind ON, "" when there is nothing (a ledger line says so).
func (g *gen) grantTarget(x *ast.Grant, o *model.Object) string {
	switch {
	case o == nil:
		execute := slices.ContainsFunc(x.Privileges, func(p *ast.Privilege) bool { return p.First == token.EXECUTE })
		if execute {
			g.ignored(x, "system-privilege", "the routine or package is not in the source")
			return ""
		}
		return g.objectName(x.Objects[0])
	case o.Kind == model.KindPackage:
		if g.e.Policy.PackagePrefix {
			return packageMembers
		}
		return "ALL ROUTINES IN SCHEMA " + quote.Ident(g.e.names.pkg(o.Schema, o.Name).schema)
	case o.Kind == model.KindFunction, o.Kind == model.KindProcedure:
		return "ROUTINE " + g.e.names.object(o)
	case o.Kind == model.KindType:
		return "TYPE " + g.e.names.object(o)
	case o.Kind == model.KindSequence:
		return "SEQUENCE " + g.e.names.object(o)
	case o.Table != nil && o.Table.Temporary == "GLOBAL":
		return g.e.names.object(o) + ", " + g.rowsTable(o)
	case o.Table != nil, o.View != nil:
		return g.e.names.object(o)
	}
	g.ignored(x, "system-privilege", "a privilege on a "+strings.ToLower(string(o.Kind))+" has no counterpart")
	return ""
}

// privilege converts one object privilege.
func (g *gen) privilege(p *ast.Privilege, o *model.Object) string {
	cols := ""
	if len(p.Columns) > 0 {
		cols = " (" + strings.Join(g.words(p.Columns), ", ") + ")"
	}
	if p.All {
		return "ALL"
	}
	switch p.First {
	case token.SELECT, token.READ:
		if o != nil && o.Kind == model.KindSequence {
			return "USAGE, SELECT"
		}
		return "SELECT" + cols
	case token.INSERT, token.UPDATE:
		return p.First.String() + cols
	case token.DELETE, token.REFERENCES:
		return p.First.String() + cols
	case token.EXECUTE:
		if o != nil && o.Kind == model.KindType {
			return "USAGE"
		}
		return "EXECUTE"
	}
	g.ignore(p, "system-privilege", "%s has no counterpart", g.source(p))
	return ""
}

// grantees makes sure that the roles exist and gives their names.
func (g *gen) grantees(b *strings.Builder, x *ast.Grant) []string {
	var who []string
	for _, n := range x.Grantees {
		name := g.f.Last(n)
		if name == "PUBLIC" {
			who = append(who, "PUBLIC")
			continue
		}
		role := g.e.names.ident(name)
		who = append(who, role)
		b.WriteString(ensureRole(role) + ";\n")
	}
	return who
}

// grantRoles converts GRANT role TO role; what else stands without ON is a system privilege.
func (g *gen) grantRoles(x *ast.Grant) {
	var roles []string
	for _, p := range x.Privileges {
		if p.Name != nil && g.e.roles[g.f.Last(p.Name)] {
			roles = append(roles, g.word(p.Name))
			continue
		}
		g.ignore(p, "system-privilege", "%s: a system privilege", g.source(p))
	}
	if len(roles) == 0 {
		g.ignored(x, "system-privilege", "system privileges have no counterpart; the owner of a database and its schemas may do the same")
		return
	}
	var b strings.Builder
	who := g.grantees(&b, x)
	if x.Revoke {
		b.WriteString("REVOKE " + strings.Join(roles, ", ") + " FROM " + strings.Join(who, ", "))
	} else {
		b.WriteString("GRANT " + strings.Join(roles, ", ") + " TO " + strings.Join(who, ", "))
	}
	g.emitDDL(x, PhaseGrant, b.String())
}
