package scripts

import (
	"cmp"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// granted is a privilege given or taken, with the place that orders the two.
type granted struct {
	model.Grant
	at     place
	revoke bool
}

func (x *extractor) grant(s *ast.Grant) {
	x.u.Kind = model.KindGrant
	type target struct{ schema, name string }
	targets := []target{{}}
	if len(s.Objects) > 0 {
		targets = nil
		for _, n := range s.Objects {
			schema, name := x.qualified(n)
			if s.OnKind == token.DIRECTORY || s.OnKind == token.USER || s.OnKind == token.EDITION || s.OnKind == token.SCHEMA {
				schema = ""
			}
			targets = append(targets, target{schema, name})
		}
	}
	grantees := x.names(s.Grantees)
	for _, t := range targets {
		for _, p := range s.Privileges {
			for _, to := range grantees {
				x.fd.grants = append(x.fd.grants, granted{
					Grant: model.Grant{
						Privilege: x.privilege(p), Columns: x.names(p.Columns), Schema: t.schema, Object: t.name, Grantee: to,
						Option: s.Admin || s.GrantOption || s.Hierarchy, Pos: x.pos(s),
					},
					at: x.u.at, revoke: s.Revoke,
				})
			}
		}
		if t.name != "" {
			x.grantChange(s, key{"", t.schema, t.name})
		}
	}
}

// privilege is the folded text of a privilege: CREATE SESSION, SELECT, a role's name. ALL PRIVILEGES is ALL.
func (x *extractor) privilege(p *ast.Privilege) string {
	if p.All {
		return "ALL"
	}
	if p.Name != nil {
		return x.last(p.Name)
	}
	var words []string
	for i := range x.f.Significant(p.Span) {
		if x.f.Tokens[i].Kind == token.LParen {
			break
		}
		words = append(words, x.f.Ident(i))
	}
	return strings.Join(words, " ")
}

// grantChange notes the statement at the object it is about. A grant alone does not tell the kind of an object,
// so that it implies one only where the kind is written, or the privilege is for tables and views.
func (x *extractor) grantChange(s *ast.Grant, k key) {
	var on []key
	for _, kind := range grantable {
		on = append(on, key{kind, k.schema, k.name})
	}
	on = append(on, key{model.KindDirectory, "", k.name})
	implied := model.ObjectKind("")
	switch {
	case s.OnKind == token.DIRECTORY:
		implied = model.KindDirectory
	case s.OnKind == 0 && !suppliedSchema[k.schema] && slices.ContainsFunc(s.Privileges, func(p *ast.Privilege) bool {
		return p.First == token.INSERT || p.First == token.UPDATE || p.First == token.DELETE || p.First == token.REFERENCES
	}):
		implied = model.KindTable
	}
	if implied == model.KindDirectory {
		on = []key{{model.KindDirectory, "", k.name}}
	}
	c := x.change(s, on, implied, noted)
	c.quiet = true
	x.u.Kind = model.KindGrant
}

// grantable are the kinds that privileges are given on, in the order of a name space.
var grantable = []model.ObjectKind{
	model.KindTable, model.KindView, model.KindMaterializedView, model.KindSequence, model.KindPackage, model.KindProcedure,
	model.KindFunction, model.KindType, model.KindSynonym, model.KindLibrary, model.KindOperator, model.KindIndexType,
	model.KindJavaSource, model.KindJavaClass, model.KindMiningModel, model.KindQueue, model.KindProgram, model.KindJob,
}

// suppliedSchema are the schemas of Oracle's own objects (Database Security Guide, "Predefined Schema User
// Accounts Provided by Oracle Database"): what is granted on them is no object of the estate.
var suppliedSchema = map[string]bool{
	"SYS": true, "SYSTEM": true, "XDB": true, "CTXSYS": true, "MDSYS": true, "WMSYS": true, "OLAPSYS": true, "ORDSYS": true,
	"DBSNMP": true, "OUTLN": true, "LBACSYS": true, "DVSYS": true, "GSMADMIN_INTERNAL": true, "ORDDATA": true, "PUBLIC": true,
}

// foldGrants takes back what a later REVOKE of the same run takes back, and lists each privilege once.
func (fd *folder) foldGrants() {
	slices.SortStableFunc(fd.grants, func(a, b granted) int {
		return cmp.Or(cmp.Compare(a.at.run, b.at.run), cmp.Compare(a.at.step, b.at.step))
	})
	var kept []granted
	same := func(a, b granted) bool {
		return a.Privilege == b.Privilege && a.Schema == b.Schema && a.Object == b.Object && a.Grantee == b.Grantee
	}
	index := map[string][]int{}
	id := func(g granted) string { return g.Schema + "." + g.Object + " " + g.Grantee }
	dead := map[int]bool{}
	for _, g := range fd.grants {
		list := index[id(g)]
		if g.revoke {
			for _, i := range list {
				if k := kept[i]; k.at.run == g.at.run && (same(k, g) || g.Privilege == "ALL") {
					dead[i] = true
				}
			}
			continue
		}
		again := false
		for _, i := range list {
			if k := kept[i]; !dead[i] && same(k, g) && slices.Equal(k.Columns, g.Columns) {
				kept[i].Option = k.Option || g.Option
				again = true
			}
		}
		if !again {
			index[id(g)] = append(list, len(kept))
			kept = append(kept, g)
		}
	}
	fd.grants = fd.grants[:0]
	for i, g := range kept {
		if !dead[i] {
			fd.grants = append(fd.grants, g)
		}
	}
	slices.SortStableFunc(fd.grants, func(a, b granted) int {
		return cmp.Or(cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Object, b.Object), cmp.Compare(a.Grantee, b.Grantee),
			cmp.Compare(a.Privilege, b.Privilege), slices.Compare(a.Columns, b.Columns))
	})
}
