package scripts

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// statement turns one statement into CREATEs, changes, drops and grants.
func (x *extractor) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.CreateTable:
		x.createTable(s)
	case *ast.CreateIndex:
		x.createIndex(s)
	case *ast.CreateView:
		x.createView(s)
	case *ast.CreateMView:
		x.createMView(s)
	case *ast.CreateMViewLog:
		x.createMViewLog(s)
	case *ast.CreateSequence:
		x.create(s, model.KindSequence, s.Name, s.Replace, s.IfNotExists).Sequence = x.sequence(s.Options, &model.Sequence{})
	case *ast.CreateSynonym:
		x.createSynonym(s)
	case *ast.CreateDBLink:
		x.createLink(s)
	case *ast.CreateDirectory:
		x.createGlobal(s, model.KindDirectory, s.Name, s.Replace, s.IfNotExists)
	case *ast.CreateContext:
		x.createGlobal(s, model.KindContext, s.Name, s.Replace, s.IfNotExists)
	case *ast.CreateUser:
		x.user(s)
	case *ast.CreateRole:
		if s.Alter {
			x.change(s, globalKeys(model.KindRole, x.last(s.Name)), model.KindRole, noted)
		} else {
			x.createGlobal(s, model.KindRole, s.Name, false, s.IfNotExists)
		}
	case *ast.CreateSchema:
		inner := *x
		if name := x.last(s.Name); name != "" {
			inner.schema = name
		}
		for _, st := range s.Stmts {
			inner.statement(st)
		}
	case *ast.CreateDomain:
		x.createDomain(s)
	case *ast.AdminStmt:
		x.admin(s)
	case *ast.CreateRoutine:
		x.createRoutine(s)
	case *ast.CreatePackage:
		x.createPackage(s)
	case *ast.CreatePackageBody:
		x.createPackageBody(s)
	case *ast.CreateType:
		x.createType(s)
	case *ast.CreateTypeBody:
		x.createTypeBody(s)
	case *ast.CreateTrigger:
		x.createTrigger(s)
	case *ast.CreateLibrary:
		x.create(s, model.KindLibrary, s.Name, s.Replace, s.IfNotExists)
	case *ast.WrappedUnit:
		x.wrapped(s)
	case *ast.ForeignUnit:
		x.foreign(s)
	case *ast.BadStmt:
		x.bad(s)
	case *ast.Alter:
		x.alter(s)
	case *ast.Comment:
		x.comment(s)
	case *ast.Grant:
		x.grant(s)
	case *ast.Drop:
		x.drop(s)
	case *ast.Rename:
		x.rename(s)
	case *ast.Block:
		x.block(s)
	case *ast.SQLCall:
		x.block(s)
	case *ast.PlusCommand:
		x.block(s)
	}
}

// parts are the folded parts of a name; unknown variables in it are told of.
func (x *extractor) parts(n *ast.Name) []string {
	p := nameParts(x.f, n, x.u.vars)
	for _, s := range p {
		if strings.Contains(s, "&") {
			x.fd.problem(unknownVariable(x.pos(n), s))
			break
		}
	}
	return p
}

func (x *extractor) last(n *ast.Name) string {
	if p := x.parts(n); len(p) > 0 {
		return p[len(p)-1]
	}
	return ""
}

// qualified takes a name apart; without a schema it lies in the current one.
func (x *extractor) qualified(n *ast.Name) (schema, name string) {
	p := x.parts(n)
	switch len(p) {
	case 0:
		return x.schema, ""
	case 1:
		return x.schema, p[0]
	}
	return p[len(p)-2], p[len(p)-1]
}

// beside is qualified for things that belong to a table: where no script says the current schema they lie in
// that of the table.
func (x *extractor) beside(n *ast.Name, tableSchema string) (schema, name string) {
	schema, name = x.qualified(n)
	if schema == "" {
		schema = tableSchema
	}
	return schema, name
}

func (x *extractor) names(list []*ast.Name) []string {
	var out []string
	for _, n := range list {
		out = append(out, x.last(n))
	}
	return out
}

// text is an expression as written; nothing for none.
func (x *extractor) text(n ast.Node) string { return x.f.Source(n) }

// constant is the value of a string literal or a concatenation of such.
func (x *extractor) constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.Literal:
		s, ok := stringValue(x.f, e)
		return x.u.vars.replace(s), ok
	case *ast.Paren:
		return x.constant(e.X)
	case *ast.Binary:
		if e.Op.Kind != token.Concat {
			return "", false
		}
		a, ok := x.constant(e.X)
		b, also := x.constant(e.Y)
		return a + b, ok && also
	}
	return "", false
}

// create registers the object that a statement makes.
func (x *extractor) create(s ast.Node, kind model.ObjectKind, n *ast.Name, replace, ifNotExists bool) *model.Object {
	schema, name := x.qualified(n)
	return x.createAs(s, key{kind, schema, name}, replace, ifNotExists).obj
}

// createGlobal is create for what lies in no schema.
func (x *extractor) createGlobal(s ast.Node, kind model.ObjectKind, n *ast.Name, replace, ifNotExists bool) *model.Object {
	return x.createAs(s, key{kind, "", x.last(n)}, replace, ifNotExists).obj
}

func (x *extractor) createAs(s ast.Node, k key, replace, ifNotExists bool) *made {
	o := &model.Object{Kind: k.kind, Schema: k.schema, Name: k.name, Pos: x.pos(s), Lines: x.lines(s)}
	if x.u.Err != nil {
		o.Invalid = "cannot be read whole: " + x.u.Err.Msg
	}
	m := &made{obj: o, unit: x.u, replace: replace, ifNotExists: ifNotExists}
	if k.name == "" {
		return m // nothing to call it by: the statement has an error of its own
	}
	x.fd.made[k] = append(x.fd.made[k], m)
	x.u.Kind = k.kind
	if x.u.obj == nil {
		x.u.obj = o
	}
	return m
}

// change registers a statement that alters an object which others create.
func (x *extractor) change(s ast.Node, on []key, implied model.ObjectKind, run func(*folder, *model.Object, bool) bool) *change {
	c := &change{unit: x.u, pos: x.pos(s), on: on, run: run, implied: implied, what: shortText(x.text(s))}
	if len(on) == 0 || on[0].name == "" {
		return c
	}
	x.fd.changes = append(x.fd.changes, c)
	x.u.Kind = on[0].kind
	return c
}

// shortText is the beginning of a text as one line.
func shortText(s string) string {
	if len(s) > 400 {
		s = s[:400]
	}
	words := strings.Join(strings.Fields(s), " ")
	if r := []rune(words); len(r) > 60 {
		words = string(r[:57]) + "..."
	}
	return words
}

// noted is a change of which the catalog keeps only the place.
func noted(*folder, *model.Object, bool) bool { return true }

func globalKeys(kind model.ObjectKind, name string) []key { return []key{{kind, "", name}} }
