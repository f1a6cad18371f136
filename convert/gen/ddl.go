package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// ddl converts statements that define or change objects other than code.
func (g *gen) ddl(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.CreateTable:
		g.createTable(x)
	case *ast.CreateIndex:
		g.createIndex(x)
	case *ast.CreateSequence:
		g.createSequence(x)
	case *ast.CreateView:
		g.createView(x)
	case *ast.CreateMView:
		g.createMView(x)
	case *ast.CreateDomain:
		g.createDomain(x)
	case *ast.CreateMViewLog:
		g.ignored(x, "materialized-view-log", "a log for fast refresh; PostgreSQL refreshes in full")
	case *ast.CreateSynonym:
		g.createSynonym(x)
	case *ast.Comment:
		g.comment(x)
	case *ast.Grant:
		g.grant(x)
	case *ast.Alter:
		g.alter(x)
	case *ast.Drop:
		g.drop(x)
	case *ast.Rename:
		g.rename(x)
	case *ast.Truncate:
		g.script(x, PhaseData, g.truncate(x))
	case *ast.CreateUser:
		g.createUser(x)
	case *ast.CreateRole:
		g.createRole(x)
	case *ast.CreateSchema:
		for _, st := range x.Stmts {
			g.topLevel(st)
		}
	case *ast.CreateDirectory:
		g.createDirectory(x)
	case *ast.CreateContext:
		g.ignored(x, "context", "settings of PostgreSQL need no declaration; sys_context reads them as name.attribute")
	case *ast.CreateDBLink:
		g.createDBLink(x)
	case *ast.AlterSession:
		g.alterSession(x)
	case *ast.AdminStmt:
		g.adminStmt(x)
	case *ast.WrappedUnit:
		g.refuse(x.Name, "wrapped", "%s is wrapped: its source cannot be read; ask its maker for the source", g.source(x.Name))
	case *ast.ForeignUnit:
		g.refuse(x, "external-call", "code in another language has no place inside PostgreSQL")
	case *ast.Commit, *ast.Rollback, *ast.Savepoint, *ast.SetTransaction, *ast.SetConstraints, *ast.LockTable:
		g.scriptTransaction(s)
	case *ast.SetRole:
		g.ignored(x, "create-user", "roles of the session that ran the script")
	case *ast.ExplainPlan:
		g.ignored(x, "tuning-tools", "a plan of Oracle's optimizer")
	case *ast.SQLCall:
		g.sqlCall(x)
	case *ast.SubstStmt:
		g.refuse(x, "not-converted", "the statement is only known when the substitution variable %s is", g.source(x))
	default:
		g.refuse(s, "not-converted", "no PostgreSQL form is known for %s", g.what(s))
	}
}

// ignored leaves a statement out on purpose: the ledger names the rule and says why.
func (g *gen) ignored(s ast.Stmt, rule, why string) {
	g.report(s, rule, "%s", why)
	g.ignore(s, rule, "%s: %s", g.what(s), why)
	g.changed = nil
}

// declared is the Oracle schema (may be "") and name that a CREATE gives.
func (g *gen) declared(n *ast.Name) (schema, name string) {
	parts := g.f.Parts(n)
	switch len(parts) {
	case 0:
		return g.schema, ""
	case 1:
		return g.schema, parts[0]
	}
	return parts[len(parts)-2], parts[len(parts)-1]
}

// declaredName is the quoted, qualified PostgreSQL name that a CREATE gives.
func (g *gen) declaredName(n *ast.Name) string {
	schema, name := g.declared(n)
	return quote.Qualified(g.e.names.schema(schema), g.e.names.fold(name))
}

// object is the catalog object that the statement at hand creates, nil when the catalog has none of the kind.
func (g *gen) catalogObject(kind model.ObjectKind, n *ast.Name) *model.Object {
	schema, name := g.declared(n)
	if o := g.e.Catalog.Find(kind, schema, name); o != nil {
		return o
	}
	if ref := g.ref(n); ref != nil && ref.Object != nil && ref.Object.Kind == kind {
		return ref.Object
	}
	return nil
}

// tableOf is the catalog's table that a name in ALTER, CREATE INDEX, COMMENT ... means; nil when it is unknown.
func (g *gen) tableOf(n *ast.Name) *model.Object {
	if ref := g.ref(n); ref.Object != nil {
		return g.standInOf(n, ref.Object)
	}
	schema, name := g.declared(n)
	for _, k := range []model.ObjectKind{model.KindTable, model.KindView, model.KindMaterializedView} {
		if o := g.e.Catalog.Find(k, schema, name); o != nil {
			return g.standInOf(n, o)
		}
	}
	return g.standInOf(n, nil)
}

// relation is the PostgreSQL name of a table or view that a DDL statement names.
func (g *gen) relation(n *ast.Name) string {
	if o := g.tableOf(n); o != nil {
		return g.e.names.object(o)
	}
	return g.declaredName(n)
}

// superseded reports a CREATE that another one of the source replaces, and enters it in the ledger. When one script is
// converted by itself, both stand in the result as they do in the source. Of blocks see blockDDL.
func (g *gen) superseded(s ast.Stmt) bool {
	if _, isType := s.(*ast.CreateType); g.e.SourceOrder && !isType || g.unit.Object == "" || !creates(s) || isBlock(s) { // a type cannot be made twice
		return false
	}
	c := g.e.creator[g.unit.Object]
	if c == nil || c == g.unit {
		return false
	}
	g.ignore(s, "not-converted", "%s: replaced by %s", g.what(s), c.Pos)
	return true
}

func (g *gen) drop(x *ast.Drop) {
	if !g.e.SourceOrder && !g.scripted {
		g.ignore(x, "admin-statement", "%s: the result is made for an empty database", g.what(x))
		return
	}
	kind := ""
	name := ""
	switch x.Kind {
	case token.TABLE, token.VIEW, token.SEQUENCE, token.TYPE, token.PROCEDURE, token.FUNCTION:
		kind, name = x.Kind.String(), g.declaredName(x.Name)
		if x.Second == token.BODY {
			g.ignore(x, "object-type", "%s: a body has no object of its own", g.what(x))
			return
		}
		if x.Kind == token.TABLE {
			if o := g.tableOf(x.Name); o != nil && o.Table != nil && o.Table.Temporary == "GLOBAL" {
				kind, name = "TABLE", g.rowsTable(o)
			}
		}
	case token.MATERIALIZED:
		kind, name = "MATERIALIZED VIEW", g.declaredName(x.Name)
		if x.Second == token.LOG {
			g.ignore(x, "materialized-view-log", "%s", g.what(x))
			return
		}
	case token.INDEX:
		kind, name = "INDEX", g.declaredName(x.Name)
	case token.DOMAIN:
		kind, name = "DOMAIN", g.declaredName(x.Name)
	case token.PACKAGE:
		schema, n := g.declared(x.Name)
		if x.Second == token.BODY {
			g.ignore(x, "package", "%s: a body has no object of its own", g.what(x))
			return
		}
		if g.e.Policy.PackagePrefix {
			g.refuse(x, "package", "%s: no schema stands for a package whose members are in its owner's", g.what(x))
			return
		}
		kind, name = "SCHEMA", quote.Ident(g.e.names.pkg(schema, n).schema)
	case token.SYNONYM:
		kind, name = "VIEW", g.declaredName(x.Name)
		if x.Public {
			g.ignore(x, "synonym", "%s: a public synonym leaves no object", g.what(x))
			return
		}
	case token.TRIGGER:
		if o := g.catalogObject(model.KindTrigger, x.Name); o != nil && o.Trigger != nil && o.Trigger.Table != "" {
			table := quote.Qualified(g.e.names.schema(o.Trigger.TableSchema), g.e.names.fold(o.Trigger.Table))
			g.script(x, PhaseData, "DROP TRIGGER IF EXISTS "+quote.Ident(g.e.names.trigger(o))+" ON "+table)
			return
		}
		g.ignore(x, "trigger", "%s: its table is not known", g.what(x))
		return
	default:
		g.ignore(x, "admin-statement", "%s", g.what(x))
		return
	}
	g.script(x, PhaseData, "DROP "+kind+" IF EXISTS "+name+" CASCADE")
}

func (g *gen) rename(x *ast.Rename) {
	if !g.e.SourceOrder && !g.scripted {
		g.ignore(x, "admin-statement", "%s: the object is created under its last name", g.what(x))
		return
	}
	g.script(x, PhaseTable, "ALTER TABLE "+g.relation(x.From)+" RENAME TO "+g.word(x.To))
}

func (g *gen) truncate(x *ast.Truncate) string {
	if x.Cluster {
		g.refuse(x, "cluster-table", "table clusters have no counterpart")
		return ""
	}
	if o := g.tableOf(x.Name); o != nil && o.Table != nil && o.Table.Temporary == "GLOBAL" {
		return "DELETE FROM " + g.relation(x.Name)
	}
	return "TRUNCATE TABLE " + g.relation(x.Name)
}

func (g *gen) scriptTransaction(s ast.Stmt) {
	if g.sent != nil {
		g.script(s, PhaseScript, g.sentTransaction(s))
		return
	}
	switch s.(type) {
	case *ast.Rollback:
		g.refuse(s, "commit", "ROLLBACK in a script undoes what stands in front of it; psql has committed each statement")
	case *ast.Savepoint:
		g.report(s, "savepoint", "a savepoint of the script: psql commits each statement, and nothing can be taken back to it")
		g.ignore(s, "savepoint", "%s: psql runs each statement in a transaction of its own", g.what(s))
	case *ast.Commit:
		g.ignore(s, "commit", "%s: psql runs each statement in a transaction of its own", g.what(s))
	case *ast.LockTable:
		g.ignore(s, "lock-table", "%s: a lock of the script's own session", g.what(s))
	default:
		g.ignore(s, "set-transaction", "%s: a setting of the script's own session", g.what(s))
	}
}

func (g *gen) alterSession(x *ast.AlterSession) {
	for _, st := range x.Settings {
		switch strings.ToUpper(g.f.Last(st.Name)) {
		case "CURRENT_SCHEMA":
			g.ignore(x, "alter-session", "%s: names are written with their schema", g.what(x))
		case "NLS_DATE_FORMAT", "NLS_TIMESTAMP_FORMAT", "NLS_TIMESTAMP_TZ_FORMAT":
			name := strings.ToLower(g.f.Last(st.Name))
			if mask, ok := g.settingText(st); ok {
				g.reportAs(x, "alter-session", model.Low, model.Auto, "%s: what is converted for this script reads and writes dates by it; routines and views do as the session that runs them", g.source(st))
				g.script(x, PhaseData, "SET landfall."+name+" = "+quote.Literal(mask))
				continue
			}
			g.report(x, "alter-session", "%s is known only when the script runs", g.source(st))
			g.ignore(x, "alter-session", "%s", g.source(st))
		default:
			g.report(x, "alter-session", "%s is a setting of the session that ran the script; what depends on it is not known to the result", g.source(st))
			g.ignore(x, "alter-session", "%s", g.source(st))
		}
	}
	if len(x.Settings) == 0 {
		g.ignore(x, "alter-session", "%s", g.what(x))
	}
}

// settingText is the constant text that ALTER SESSION sets.
func (g *gen) settingText(st *ast.SessionSetting) (string, bool) {
	if len(st.Values) != 1 {
		return "", false
	}
	return g.constantText(st.Values[0])
}

func (g *gen) adminStmt(x *ast.AdminStmt) {
	g.ignore(x, "admin-statement", "%s: it manages the Oracle instance", g.what(x))
}

// relationKind is the word for a relation in COMMENT ON and DROP.
func relationKind(o *model.Object) string {
	switch {
	case o == nil:
		return "TABLE"
	case o.Kind == model.KindMaterializedView, o.View != nil && o.View.Materialized:
		return "MATERIALIZED VIEW"
	case o.View != nil, o.Kind == model.KindView:
		return "VIEW"
	case o.Table != nil && o.Table.Temporary == "GLOBAL":
		return "VIEW"
	}
	return "TABLE"
}

func (g *gen) comment(x *ast.Comment) {
	lit, ok := x.Text.(*ast.Literal)
	text := "NULL"
	if ok {
		if s, good := g.stringValue(lit); good && s != "" {
			text = quote.Literal(s)
		}
	}
	switch x.Kind {
	case token.TABLE, token.MATERIALIZED:
		o := g.tableOf(x.Object)
		g.emitDDL(x, PhaseComment, "COMMENT ON "+relationKind(o)+" "+g.relation(x.Object)+" IS "+text)
	case token.COLUMN:
		parts := g.f.Parts(x.Object)
		if len(parts) < 2 {
			g.refuse(x, "not-converted", "the column %s is named without its table", g.source(x.Object))
			return
		}
		schema, table := g.schema, parts[len(parts)-2]
		if len(parts) > 2 {
			schema = parts[len(parts)-3]
		}
		relation := quote.Qualified(g.e.names.schema(schema), g.e.names.fold(table))
		if o := g.standIn(x, g.e.Catalog.Lookup(schema, table), schema, table); o != nil {
			relation = g.e.names.object(o)
		}
		g.emitDDL(x, PhaseComment, "COMMENT ON COLUMN "+relation+"."+g.e.names.ident(parts[len(parts)-1])+" IS "+text)
	default:
		g.ignore(x, "admin-statement", "%s: PostgreSQL has no such object", g.what(x))
	}
}

// emitDDL emits one statement of an object that is not code.
func (g *gen) emitDDL(n ast.Node, phase Phase, sql string) *Output {
	if g.refusal != nil {
		return nil
	}
	o := &Output{Phase: phase, SQL: g.mark(n) + g.withStrays(n, sql) + ";\n"}
	o.Schema = g.declaredSchema()
	return g.emit(o)
}

// declaredSchema is the PostgreSQL schema of the object that the statement is about.
func (g *gen) declaredSchema() string {
	if g.unit.Object == "" {
		return g.e.names.schema(g.schema)
	}
	o := g.e.object(g.unit.Object)
	if o == nil {
		return g.e.names.schema(g.schema)
	}
	if o.Schema == "PUBLIC" {
		return ""
	}
	return g.e.names.schema(o.Schema)
}

func (g *gen) createRole(x *ast.CreateRole) {
	if x.Alter {
		g.ignore(x, "create-user", "%s", g.what(x))
		return
	}
	g.emitDDL(x, PhaseSchema, ensureRole(g.word(x.Name)))
}

func (g *gen) createUser(x *ast.CreateUser) {
	if x.Alter || len(x.Names) == 0 {
		g.ignore(x, "create-user", "%s: quotas, profiles and tablespaces of users have no counterpart", g.what(x))
		return
	}
	g.report(x, "create-user", "the role is made without password and login: whoever is to log in gets both by hand")
	for i, s := 0, x.Range(); i < 1; i++ {
		for t := s.Lo + 1; t < s.Hi; t++ { // comments may hold the password
			g.seen.add(t)
		}
	}
	g.emitDDL(x, PhaseSchema, ensureRole(g.word(x.Names[0])))
}

// ensureRole makes a role that may be there already: roles belong to the whole server.
func ensureRole(quoted string) string {
	name := strings.Trim(quoted, `"`)
	return "DO $$ BEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = " + quote.Literal(name) + ") THEN\n        CREATE ROLE " + quoted + ";\n    END IF;\nEND $$"
}

func (g *gen) createDirectory(x *ast.CreateDirectory) {
	g.need("orafce")
	g.report(x, "directory", "the directory is entered in orafce's table of directories; the path must exist on the PostgreSQL server")
	name := strings.ToUpper(g.f.Last(x.Name))
	path := g.text(x.Path)
	g.emitDDL(x, PhaseSchema, "INSERT INTO utl_file.utl_file_dir (dir, dirname)\nSELECT "+path+", "+quote.Literal(name)+
		"\n WHERE NOT EXISTS (SELECT FROM utl_file.utl_file_dir WHERE dirname = "+quote.Literal(name)+")")
}

func (g *gen) createDBLink(x *ast.CreateDBLink) {
	for t := x.Lo + 1; t < x.Hi; t++ {
		g.seen.add(t) // a comment may hold the password
	}
	g.need("oracle_fdw")
	g.report(x, "database-link", "the link becomes a foreign server of oracle_fdw; the user mapping is made by hand, as passwords are not carried over")
	name := g.e.names.ident(strings.Split(g.f.Parts(x.Name)[0], "@")[0])
	server := "''"
	if x.Using != nil {
		server = g.text(x.Using)
	}
	g.emitDDL(x, PhaseSchema, "CREATE SERVER "+name+" FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver "+server+")")
}

func (g *gen) sqlCall(x *ast.SQLCall) {
	if g.hostStatement(x) {
		return
	}
	g.body = &routine{}
	text := g.callStmt(&ast.CallStmt{Span: x.Call.Range(), Call: x.Call})
	all, head := slices.Concat(g.body.before, []string{text}, g.body.after), ""
	if len(g.body.decls) > 0 {
		head = "DECLARE\n    " + strings.Join(g.body.decls, ";\n    ") + ";\n"
	}
	g.body = nil
	if call, function := strings.CutPrefix(text, "PERFORM "); function && len(all) == 1 { // what stands for it is a function
		text = "SELECT " + call
	} else if !strings.HasPrefix(text, "CALL ") || len(all) > 1 {
		text = "DO $$\n" + head + "BEGIN\n    " + strings.Join(all, ";\n    ") + ";\nEND;\n$$"
	}
	g.script(x, PhaseScript, text)
}

// object finds a catalog object by its id.
func (e *Estate) object(id model.ObjectID) *model.Object { return e.objects[id] }
