package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// sessionFunctions tell about the session, the database and rows (SQL Language Reference 19c, "Environment and Identifier
// Functions", "Pseudocolumns").
var sessionFunctions = map[string]builtin{
	"USER": userName, "UID": userID, "USERENV": takes(1, 1, userenvCall), "SYS_CONTEXT": takes(2, 3, sysContext), "SYS_GUID": sysGUID,
	"ROWID": rowid, "ORA_ROWSCN": refusedBuiltin("ora-rowscn", "there are no SCNs; xmin tells the transaction only"),
	"ORA_INVOKING_USER": userName, "ORA_INVOKING_USERID": userID, "ORA_LOGIN_USER": userName, "LOGIN_USER": userName,
	"ORA_DATABASE_NAME": databaseName, "DATABASE_NAME": databaseName, "ORA_INSTANCE_NUM": constant("1", pgInteger), "ORA_CLIENT_IP_ADDRESS": constant("host(inet_client_addr())", pgText),
	"BINARY_DOUBLE_INFINITY": constant("'Infinity'::double precision", pgFloat), "BINARY_DOUBLE_NAN": constant("'NaN'::double precision", pgFloat),
	"BINARY_FLOAT_INFINITY": constant("'Infinity'::real", pgFloat), "BINARY_FLOAT_NAN": constant("'NaN'::real", pgFloat),
	"BINARY_DOUBLE_MAX_NORMAL": constant("1.79769313486231570815e308::double precision", pgFloat), "BINARY_DOUBLE_MIN_NORMAL": constant("2.2250738585072014e-308::double precision", pgFloat),
	"BINARY_FLOAT_MAX_NORMAL": constant("3.40282347e38::real", pgFloat), "BINARY_FLOAT_MIN_NORMAL": constant("1.17549435e-38::real", pgFloat),
}

// constant is a value without arguments.
func constant(s string, t pgType) builtin {
	return func(*gen, *ast.Name, *ast.Call) frag {
		f := frag{s: s, prec: precPrimary, typ: t, notNull: !strings.Contains(s, "inet")}
		if strings.Contains(s, "::") {
			f.prec = precCast
		}
		return f
	}
}

func databaseName(g *gen, n *ast.Name, _ *ast.Call) frag {
	return frag{s: "upper(current_database())", prec: precPrimary, typ: pgText, notNull: true}
}

// userName is USER: the user of the session, in upper case as Oracle folds it.
func userName(g *gen, n *ast.Name, _ *ast.Call) frag {
	g.note(n, "user", "the name of the user in upper case")
	s := "session_user::text"
	if !g.e.Policy.KeepCase {
		s = "upper(session_user)"
	}
	return frag{s: s, prec: precPrimary, typ: pgText, notNull: true}
}

func userID(g *gen, n *ast.Name, _ *ast.Call) frag {
	g.reportAs(n, "user", model.Medium, model.Review, "UID becomes the oid of the role: another number than before")
	return frag{s: "session_user::regrole::oid::bigint", prec: precCast, typ: pgInteger, notNull: true}
}

// userenvValues are the parameters of the namespace USERENV that PostgreSQL knows (SQL Language Reference, SYS_CONTEXT).
var userenvValues = map[string]string{
	"SESSION_USER": "upper(session_user)", "CURRENT_USER": "upper(current_user)", "CURRENT_SCHEMA": "upper(current_schema())", "AUTHENTICATED_IDENTITY": "upper(session_user)",
	"DB_NAME": "upper(current_database())", "DB_UNIQUE_NAME": "upper(current_database())", "INSTANCE_NAME": "current_database()::text", "SERVICE_NAME": "current_database()::text",
	"CON_NAME": "upper(current_database())", "DB_DOMAIN": "NULL::text", "INSTANCE": "'1'", "LANGUAGE": "'AMERICAN_AMERICA.AL32UTF8'", "LANG": "'US'", "ISDBA": "CASE WHEN current_setting('is_superuser') = 'on' THEN 'TRUE' ELSE 'FALSE' END",
	"IP_ADDRESS": "host(inet_client_addr())", "SID": "pg_backend_pid()::text", "SESSIONID": "pg_backend_pid()::text", "SERVER_HOST": "host(inet_server_addr())",
	"MODULE": "nullif(current_setting('application_name'), '')", "CLIENT_PROGRAM_NAME": "nullif(current_setting('application_name'), '')", "SCHEMAID": "(current_schema()::regnamespace::oid)::text",
	"NLS_DATE_FORMAT": "'DD-MON-RR'", "NLS_DATE_LANGUAGE": "'AMERICAN'", "NLS_TERRITORY": "'AMERICA'", "NLS_CURRENCY": "'$'", "NLS_SORT": "'BINARY'", "NLS_CALENDAR": "'GREGORIAN'",
	"SESSION_USERID": "(session_user::regrole::oid)::text", "CURRENT_USERID": "(current_user::regrole::oid)::text",
	"ACTION": "nullif(current_setting('landfall.action', true), '')", "CLIENT_INFO": "nullif(current_setting('landfall.client_info', true), '')",
	"CLIENT_IDENTIFIER": "nullif(current_setting('landfall.client_identifier', true), '')",
}

// sysContext converts SYS_CONTEXT: of USERENV what PostgreSQL knows; an attribute of an application's own context is a
// session setting of its name, which DBMS_SESSION.SET_CONTEXT sets.
func sysContext(g *gen, n *ast.Name, c *ast.Call) frag {
	space, ok := g.constArg(c, 0)
	name, ok2 := g.constArg(c, 1)
	if !ok || !ok2 || len(c.Args) == 3 || strings.EqualFold(space, "SYS_SESSION_ROLES") {
		list := []frag{g.str(c.Args[0].X), g.str(c.Args[1].X)}
		if len(c.Args) == 3 {
			list = append(list, g.num(c.Args[2].X))
		}
		g.note(c, "sys-context", "the support schema answers for PostgreSQL")
		f := g.renamed(n, c, g.use("sys_context"), pgText, list...)
		f.notNull = false
		return f
	}
	if strings.EqualFold(space, "USERENV") {
		return g.userenv(c, strings.ToUpper(name))
	}
	g.note(c, "sys-context", "an attribute of a context is a session setting")
	return emptyIsNull(callFrag("current_setting", pgText, literal(contextSetting(space, name)), "true"))
}

// contextSetting is the session setting that stands for an attribute of an application context; landfall._context_setting
// makes the same of it.
func contextSetting(space, name string) string {
	return settingWord(space) + "." + settingWord(name)
}

func settingWord(s string) string {
	b := []byte(strings.ToLower(s))
	for i, c := range b {
		if !(c >= 'a' && c <= 'z' || c == '_' || i > 0 && (c >= '0' && c <= '9' || c == '$')) {
			b[i] = '_'
		}
	}
	return string(b)
}

func (g *gen) userenv(c *ast.Call, name string) frag {
	s, ok := userenvValues[name]
	switch {
	case ok:
		g.note(c, "sys-context", "PostgreSQL's own value of "+name)
	default:
		g.reportAs(c, "sys-context", model.Medium, model.Review, "the support schema answers for %s; what PostgreSQL does not know of its client is NULL", name)
		return callFrag(g.use("sys_context"), pgText, "'USERENV'", literal(name))
	}
	f := frag{s: s, prec: precPrimary, typ: pgText}
	if strings.Contains(s, "::") {
		f.prec = precCast
	}
	return f
}

func userenvCall(g *gen, n *ast.Name, c *ast.Call) frag {
	name, ok := g.constArg(c, 0)
	if !ok {
		return g.renamed(n, c, g.use("userenv"), pgText, g.str(c.Args[0].X))
	}
	f := g.userenv(c, strings.ToUpper(name))
	switch strings.ToUpper(name) {
	case "SESSIONID", "SID", "INSTANCE":
		return f.cast("integer", pgInteger)
	}
	return f
}

// sysGUID converts SYS_GUID(): 16 bytes that are unique.
func sysGUID(g *gen, n *ast.Name, c *ast.Call) frag {
	g.note(whole(n, c), "sys-guid", "16 random bytes, as Oracle's RAW(16)")
	return frag{s: "uuid_send(gen_random_uuid())", prec: precPrimary, typ: pgBytea, notNull: true}
}

// rowid converts the pseudocolumn ROWID to the text of ctid, which changes with every update of the row.
func rowid(g *gen, n *ast.Name, _ *ast.Call) frag {
	g.reportAs(n, "rowid", model.Medium, model.Review, "ROWID becomes ctid: it changes with every update of the row, and must not be kept")
	return frag{s: g.ctid(n) + "::text", prec: precCast, typ: pgText, notNull: true}
}

func (g *gen) ctid(n *ast.Name) string {
	parts := g.f.Parts(n)
	s := ""
	for _, p := range parts[:len(parts)-1] {
		s += g.e.names.ident(p) + "."
	}
	return s + "ctid"
}

// rowidCompare converts rowid = x: PostgreSQL finds a row by its ctid only when it is compared as such.
func (g *gen) rowidCompare(x *ast.Binary) (frag, bool) {
	a, b := ast.Unparen(x.X), ast.Unparen(x.Y)
	n, ok := a.(*ast.Name)
	if !ok || !g.isRowid(n) {
		if n, ok = b.(*ast.Name); !ok || !g.isRowid(n) {
			return frag{}, false
		}
		a, b = b, a
	}
	if m, ok := b.(*ast.Name); ok && g.isRowid(m) {
		op := map[token.Kind]string{token.EQ: " = ", token.NE: " <> ", token.LT: " < ", token.GT: " > ", token.LE: " <= ", token.GE: " >= "}[x.Op.Kind]
		g.rowid(n)
		return frag{s: g.ctid(n) + op + g.ctid(m), prec: precCompare, typ: pgBoolean}, true
	}
	if x.Op.Kind != token.EQ {
		return frag{}, false
	}
	f := g.expr(b)
	if f.typ != pgText && f.typ != pgUnknown {
		return frag{}, false
	}
	g.rowid(n)
	return frag{s: g.ctid(n) + " = " + f.cast("tid", pgUnknown).s, prec: precCompare, typ: pgBoolean}, true
}

func (g *gen) rowid(n *ast.Name) frag { return rowid(g, n, nil) }

func (g *gen) isRowid(n *ast.Name) bool {
	r := g.ref(n)
	return r.Kind == resolve.Pseudo && r.Builtin == "ROWID" && n.Link == 0
}
