package mysql

import (
	"strings"

	"landfall/convert/gen"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// statement converts the whole unit.
func (w *work) statement(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.BadStmt:
		w.refuse(s, "mysql-statement", "the statement could not be read")
	case *ast.EmptyStmt:
	case *ast.PlusCommand:
		if len(x.Body) > 0 {
			w.refuse(x, "mysql-routine", "EXECUTE runs PL/SQL")
		}
	case *ast.SelectStmt:
		w.hints(x)
		w.emit(gen.PhaseScript, w.query(x.Query))
	case *ast.Insert:
		w.hints(x)
		w.emit(gen.PhaseData, w.insert(x))
	case *ast.Update:
		w.hints(x)
		w.emit(gen.PhaseData, w.update(x))
	case *ast.Delete:
		w.hints(x)
		w.emit(gen.PhaseData, w.deleteFrom(x))
	case *ast.Merge:
		w.hints(x)
		w.emit(gen.PhaseData, w.merge(x))
	case *ast.MultiInsert:
		w.refuse(x, "mysql-dml-form", "INSERT ALL and INSERT FIRST")
	case *ast.CreateTable:
		w.createTable(x)
	case *ast.CreateIndex:
		w.createIndex(x)
	case *ast.CreateSequence:
		w.createSequence(x)
	case *ast.CreateView:
		w.createView(x)
	case *ast.CreateMView:
		w.refuse(x, "mysql-materialized-view", "materialized views do not exist")
	case *ast.CreateMViewLog:
		w.refuse(x, "mysql-materialized-view", "logs of materialized views do not exist")
	case *ast.CreateSynonym:
		w.report(x, "mysql-synonym", model.Low, "converted statements name %s itself", w.f.Source(x.Target))
		w.ignored = w.byName["mysql-synonym"].Code
	case *ast.Comment:
		w.commentOn(x)
	case *ast.Alter:
		w.alter(x)
	case *ast.Grant:
		w.grant(x)
	case *ast.Drop, *ast.Truncate, *ast.Rename:
		w.removal(s)
	case *ast.Commit, *ast.Rollback, *ast.Savepoint:
		w.transaction(s)
	case *ast.AlterSession:
		w.ignored = w.byName["mysql-storage"].Code
	case *ast.CreateUser, *ast.CreateRole:
		w.refuse(x, "mysql-grant", "users and roles are set up by hand: passwords do not travel")
	default:
		if !w.routines(s) {
			w.refuse(s, "mysql-statement", "no form is known for %s", w.what())
		}
	}
}

// routines refuses PL/SQL, each routine of it with a finding of its own; false is anything else.
func (w *work) routines(s ast.Stmt) bool {
	one := func(n ast.Node, r *ast.Routine, prefix string) {
		w.refuse(n, "mysql-routine", "%s %s%s: PL/SQL is not stored here", strings.ToLower(r.Kind.String()), prefix, w.f.Last(r.Name))
		w.members = append(w.members, gen.Member{Name: prefix + w.f.Last(r.Name), Proc: r.Kind == token.PROCEDURE, Refused: true, Code: w.byName["mysql-routine"].Code, Pos: w.f.Pos(r)})
	}
	bodies := func(n ast.Node, decls []ast.Decl, name *ast.Name, what string) {
		before := len(w.found)
		for _, d := range decls {
			if r, ok := d.(*ast.Routine); ok && r.Body != nil {
				one(r, r, w.f.Last(name)+".")
			}
		}
		if len(w.found) == before {
			w.refuse(n, "mysql-routine", "%s %s: PL/SQL is not stored here", what, w.f.Last(name))
		}
	}
	switch x := s.(type) {
	case *ast.CreateRoutine:
		one(x, x.Routine, "")
	case *ast.CreatePackage:
		w.refuse(x, "mysql-routine", "package %s: PL/SQL is not stored here", w.f.Last(x.Name))
	case *ast.CreatePackageBody:
		bodies(x, x.Decls, x.Name, "package body")
	case *ast.CreateTypeBody:
		bodies(x, x.Decls, x.Name, "type body")
	case *ast.CreateTrigger:
		w.refuse(x, "mysql-routine", "trigger %s: there are no triggers", w.f.Last(x.Name))
	case *ast.CreateType:
		w.refuse(x, "mysql-no-type", "type %s: there are no types of the user's own", w.f.Last(x.Name))
	case *ast.Block:
		w.refuse(x, "mysql-routine", "an anonymous block: PL/SQL does not run here")
	case *ast.SQLCall:
		w.refuse(x, "mysql-routine", "a call of PL/SQL")
	case *ast.WrappedUnit:
		w.refuse(x, "mysql-routine", "a wrapped unit of PL/SQL")
	default:
		return false
	}
	return true
}

// removal leaves out what scripts remove before they make it anew: a deployment begins with nothing. Programs mean it.
func (w *work) removal(s ast.Stmt) {
	if t, ok := s.(*ast.Truncate); ok && !t.Cluster {
		w.emit(gen.PhaseData, "TRUNCATE TABLE "+w.own(t.Name))
		return
	}
	if w.sent {
		w.refuse(s, "mysql-statement", "%s: DDL of a program", w.what())
		return
	}
	w.ignored = w.byName["mysql-storage"].Code
}

// transaction leaves COMMIT and ROLLBACK of scripts out, whose order is not that of the deployment; those of a program
// stay.
func (w *work) transaction(s ast.Stmt) {
	if !w.sent {
		w.ignored = w.byName["mysql-storage"].Code
		return
	}
	text := ""
	switch x := s.(type) {
	case *ast.Commit:
		if len(x.Force) == 0 {
			text = "COMMIT"
		}
	case *ast.Rollback:
		switch {
		case x.To != nil:
			text = "ROLLBACK TO SAVEPOINT " + w.last(x.To)
		case x.Force == nil:
			text = "ROLLBACK"
		}
	case *ast.Savepoint:
		text = "SAVEPOINT " + w.last(x.Name)
	}
	if text == "" {
		w.refuse(s, "mysql-statement", "%s", w.what())
		return
	}
	w.emit(gen.PhaseScript, text)
}

// grant writes what TiDB has too: privileges on tables and views.
func (w *work) grant(x *ast.Grant) {
	verb, to := "GRANT ", " TO "
	if x.Revoke {
		verb, to = "REVOKE ", " FROM "
	}
	var privileges []string
	for _, p := range x.Privileges {
		switch p.First {
		case token.SELECT, token.INSERT, token.UPDATE, token.DELETE, token.REFERENCES, token.INDEX, token.ALTER:
			s := p.First.String()
			if len(p.Columns) > 0 {
				s += " (" + w.columns(p.Columns) + ")"
			}
			privileges = append(privileges, s)
			continue
		case token.READ:
			privileges = append(privileges, "SELECT")
			continue
		}
		w.refuse(p, "mysql-grant", "%s: give it by hand, in the words of TiDB", w.what())
		return
	}
	if len(x.Objects) != 1 || x.OnKind != 0 || x.Hierarchy || x.Revoke && x.GrantOption {
		w.refuse(x, "mysql-grant", "%s: give it by hand, in the words of TiDB", w.what())
		return
	}
	parts := w.f.Parts(x.Objects[0])
	schema := w.u.Schema
	if len(parts) > 1 {
		schema = parts[0]
	}
	o := w.catalog.Lookup(schema, parts[len(parts)-1])
	if o == nil || o.Table == nil && o.View == nil || o.Kind == model.KindMaterializedView {
		w.refuse(x, "mysql-grant", "%s: on what is no table or view of TiDB", w.what())
		return
	}
	var grantees []string
	for _, g := range x.Grantees {
		if w.f.Last(g) == "PUBLIC" {
			w.refuse(g, "mysql-grant", "PUBLIC does not exist")
			return
		}
		grantees = append(grantees, "'"+w.fold(g, w.f.Last(g))+"'")
	}
	option := ""
	if x.GrantOption {
		w.report(x, "mysql-grant", model.Medium, "WITH GRANT OPTION lets hand on every privilege on the table that the account has, not these alone")
		option = " WITH GRANT OPTION"
	}
	w.emit(gen.PhaseGrant, verb+strings.Join(privileges, ", ")+" ON "+w.own(x.Objects[0])+to+strings.Join(grantees, ", ")+option)
}
