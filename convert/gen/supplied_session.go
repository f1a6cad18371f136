package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// Session settings that stand for what DBMS_APPLICATION_INFO and DBMS_SESSION keep; SYS_CONTEXT reads the same ones.
const (
	moduleSetting     = "application_name"
	actionSetting     = "landfall.action"
	clientInfoSetting = "landfall.client_info"
	clientIDSetting   = "landfall.client_identifier"
)

// sessionMembers are those of DBMS_SESSION, DBMS_APPLICATION_INFO, DBMS_LOCK, DBMS_UTILITY, DBMS_RANDOM, DBMS_MVIEW and
// DBMS_STATS (PL/SQL Packages and Types Reference 19c).
func sessionMembers() {
	sleep := func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		f := g.num(v[0])
		if f.typ != pgInteger && f.typ != pgFloat {
			f = f.cast("double precision", pgFloat)
		}
		return g.perform("pg_sleep", f.s)
	}
	suppliedProcs["DBMS_LOCK.SLEEP"] = suppliedProc{"SECONDS", sleep}
	suppliedProcs["DBMS_SESSION.SLEEP"] = suppliedProc{"SECONDS", sleep}

	suppliedProcs["DBMS_APPLICATION_INFO.SET_MODULE"] = suppliedProc{"MODULE_NAME ACTION_NAME", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setSetting(moduleSetting, v[0]) + ", " + strings.TrimPrefix(g.setSetting(actionSetting, v[1]), "PERFORM ")
	}}
	set := func(setting string) func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return func(g *gen, x *ast.CallStmt, v []ast.Expr) string { return g.setSetting(setting, v[0]) }
	}
	suppliedProcs["DBMS_APPLICATION_INFO.SET_ACTION"] = suppliedProc{"ACTION_NAME", set(actionSetting)}
	suppliedProcs["DBMS_APPLICATION_INFO.SET_CLIENT_INFO"] = suppliedProc{"CLIENT_INFO", set(clientInfoSetting)}
	suppliedProcs["DBMS_SESSION.SET_IDENTIFIER"] = suppliedProc{"CLIENT_ID", set(clientIDSetting)}
	suppliedProcs["DBMS_SESSION.CLEAR_IDENTIFIER"] = suppliedProc{"", func(g *gen, x *ast.CallStmt, _ []ast.Expr) string {
		return g.perform("set_config", literal(clientIDSetting), "''", "false")
	}}
	suppliedProcs["DBMS_APPLICATION_INFO.READ_MODULE"] = suppliedProc{"MODULE_NAME ACTION_NAME", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setTo(v[0], g.setting(moduleSetting)) + ";\n" + g.indent(x) + g.setTo(v[1], g.setting(actionSetting))
	}}
	suppliedProcs["DBMS_APPLICATION_INFO.READ_CLIENT_INFO"] = suppliedProc{"CLIENT_INFO", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setTo(v[0], g.setting(clientInfoSetting))
	}}
	suppliedProcs["DBMS_SESSION.SET_CONTEXT"] = suppliedProc{"NAMESPACE ATTRIBUTE VALUE USERNAME? CLIENT_ID?", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		g.suppliedNote(x, "DBMS_SESSION", "an attribute of a context is a session setting")
		return g.perform("set_config", g.contextName(v[0], v[1]), g.shown(v[2]), "false")
	}}
	suppliedProcs["DBMS_SESSION.CLEAR_CONTEXT"] = suppliedProc{"NAMESPACE CLIENT_IDENTIFIER? ATTRIBUTE?", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		if v[2] == nil || g.isNull(v[2]) {
			g.refuse(x, "dbms-session", "clearing all attributes of a context: their names are known only when the code runs")
			return "NULL"
		}
		return g.perform("set_config", g.contextName(v[0], v[2]), "''", "false")
	}}
	suppliedFuncs["DBMS_SESSION.UNIQUE_SESSION_ID"] = suppliedFunc{"", func(g *gen, at ast.Node, _ []ast.Expr) frag {
		return frag{s: g.use("session_id") + "()", prec: precPrimary, typ: pgText, notNull: true}
	}}
	suppliedFuncs["DBMS_SESSION.IS_ROLE_ENABLED"] = suppliedFunc{"ROLENAME", func(g *gen, at ast.Node, v []ast.Expr) frag {
		return callFrag("pg_has_role", pgBoolean, "lower("+g.str(v[0]).s+")", "'USAGE'")
	}}
	suppliedProcs["DBMS_SESSION.SET_SQL_TRACE"] = suppliedProc{"SQL_TRACE", nothing("traces are set by log_statement and auto_explain")}
	suppliedProcs["DBMS_SESSION.FREE_UNUSED_USER_MEMORY"] = suppliedProc{"", nothing("PostgreSQL frees memory itself")}

	suppliedFuncs["DBMS_UTILITY.GET_TIME"] = suppliedFunc{"", func(g *gen, at ast.Node, _ []ast.Expr) frag {
		return frag{s: "(extract(epoch FROM clock_timestamp()) * 100)::bigint", prec: precCast, typ: pgInteger, notNull: true}
	}}
	suppliedFuncs["DBMS_UTILITY.GET_CPU_TIME"] = suppliedFunc{"", func(g *gen, at ast.Node, _ []ast.Expr) frag {
		g.reportAs(at, "dbms-utility", model.Low, model.Review, "CPU time is not told: it becomes clock time")
		return frag{s: "(extract(epoch FROM clock_timestamp()) * 100)::bigint", prec: precCast, typ: pgInteger, notNull: true}
	}}
	suppliedFuncs["DBMS_UTILITY.GET_HASH_VALUE"] = suppliedFunc{"NAME BASE HASH_SIZE", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.reportAs(at, "dbms-utility", model.Medium, model.Review, "GET_HASH_VALUE becomes hashtext: other numbers than before, so stored ones do not fit")
		return frag{s: g.num(v[1]).in(precAdd) + " + (hashtext(" + g.str(v[0]).s + ")::bigint & 2147483647) % " + g.num(v[2]).in(precUnary), prec: precAdd, typ: pgInteger}
	}}
	suppliedProcs["DBMS_UTILITY.COMPILE_SCHEMA"] = suppliedProc{"SCHEMA COMPILE_ALL? REUSE_SETTINGS?", nothing("PostgreSQL has nothing to compile again")}
	suppliedProcs["DBMS_UTILITY.EXEC_DDL_STATEMENT"] = suppliedProc{"PARSE_STRING", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		g.refuse(x, "dynamic-sql", "the statement that EXEC_DDL_STATEMENT runs is not converted")
		return "NULL"
	}}

	randomMembers()

	suppliedProcs["DBMS_MVIEW.REFRESH"] = suppliedProc{"LIST METHOD? ROLLBACK_SEG? PUSH_DEFERRED_RPC? REFRESH_AFTER_ERRORS? PURGE_OPTION? PARALLELISM? HEAP_SIZE? ATOMIC_REFRESH? NESTED? OUT_OF_PLACE?", refreshStmt}
	suppliedProcs["DBMS_SNAPSHOT.REFRESH"] = suppliedProcs["DBMS_MVIEW.REFRESH"]
	suppliedProcs["DBMS_STATS.GATHER_TABLE_STATS"] = suppliedProc{"OWNNAME TABNAME PARTNAME? ESTIMATE_PERCENT? BLOCK_SAMPLE? METHOD_OPT? DEGREE? GRANULARITY? CASCADE? STATTAB? STATID? STATOWN? NO_INVALIDATE? STATTYPE? FORCE? CONTEXT? OPTIONS?", analyzeTable}
	analyze := func(g *gen, x *ast.CallStmt, _ []ast.Expr) string {
		g.suppliedNote(x, "DBMS_STATS", "ANALYZE of all tables that the user may analyse")
		return "ANALYZE"
	}
	suppliedProcs["DBMS_STATS.GATHER_SCHEMA_STATS"] = suppliedProc{"OWNNAME ESTIMATE_PERCENT? BLOCK_SAMPLE? METHOD_OPT? DEGREE? GRANULARITY? CASCADE? STATTAB? STATID? OPTIONS? STATOWN? NO_INVALIDATE? GATHER_TEMP? GATHER_FIXED?", analyze}
	suppliedProcs["DBMS_STATS.GATHER_DATABASE_STATS"] = suppliedProc{"ESTIMATE_PERCENT? BLOCK_SAMPLE? METHOD_OPT? DEGREE? GRANULARITY? CASCADE?", analyze}
}

// randomMembers are those of DBMS_RANDOM. A seed gives another series than Oracle's.
func randomMembers() {
	orafce := func(call string) func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
			g.need("orafce")
			if len(v) == 0 {
				return "PERFORM " + call + "()"
			}
			if f := g.expr(v[0]); f.typ.text() {
				return g.perform(call, f.s)
			}
			return g.perform(call, g.integer(v[0]).s)
		}
	}
	suppliedProcs["DBMS_RANDOM.SEED"] = suppliedProc{"VAL", orafce("dbms_random.seed")}
	suppliedProcs["DBMS_RANDOM.INITIALIZE"] = suppliedProc{"VAL", orafce("dbms_random.initialize")}
	suppliedProcs["DBMS_RANDOM.TERMINATE"] = suppliedProc{"", orafce("dbms_random.terminate")}
	suppliedFuncs["DBMS_RANDOM.VALUE"] = suppliedFunc{"LOW? HIGH?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.suppliedNote(at, "DBMS_RANDOM", "random() of PostgreSQL")
		r := frag{s: "random()::numeric", prec: precCast, typ: pgNumeric, notNull: true}
		if v[0] == nil || v[1] == nil {
			return r
		}
		low, high := g.num(v[0]), g.num(v[1])
		return frag{s: low.in(precAdd) + " + (" + high.in(precAdd) + " - " + low.in(precMul) + ") * " + r.s, prec: precAdd, typ: pgNumeric, notNull: low.notNull && high.notNull}
	}}
	suppliedFuncs["DBMS_RANDOM.RANDOM"] = suppliedFunc{"", func(g *gen, at ast.Node, _ []ast.Expr) frag {
		g.need("orafce")
		return frag{s: "dbms_random.random()", prec: precPrimary, typ: pgInteger, notNull: true}
	}}
	suppliedFuncs["DBMS_RANDOM.NORMAL"] = suppliedFunc{"", func(g *gen, at ast.Node, _ []ast.Expr) frag {
		g.need("orafce")
		return frag{s: "dbms_random.normal()::numeric", prec: precCast, typ: pgNumeric, notNull: true}
	}}
	suppliedFuncs["DBMS_RANDOM.STRING"] = suppliedFunc{"OPT LEN", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.need("orafce")
		f := callFrag("dbms_random.string", pgText, g.str(v[0]).s, g.integer(v[1]).s)
		f.notNull = true
		return f
	}}
}

// setSetting keeps a text in a setting of the session.
func (g *gen) setSetting(name string, e ast.Expr) string {
	return g.perform("set_config", literal(name), g.shown(e), "false")
}

// setting reads a setting of the session; one that is not set is NULL.
func (g *gen) setting(name string) frag {
	return emptyIsNull(callFrag("current_setting", pgText, literal(name), "true"))
}

// contextName is the setting for an attribute of an application context.
func (g *gen) contextName(space, attribute ast.Expr) string {
	a, ok := g.constantText(space)
	b, ok2 := g.constantText(attribute)
	if ok && ok2 {
		return literal(contextSetting(a, b))
	}
	return "lower(concat(" + g.str(space).s + ", '.', " + g.str(attribute).s + "))"
}

// refreshStmt converts DBMS_MVIEW.REFRESH of views whose names are constants.
func refreshStmt(g *gen, x *ast.CallStmt, v []ast.Expr) string {
	names, ok := g.constantText(v[0])
	if !ok {
		g.refuse(x, "dbms-mview", "which views DBMS_MVIEW.REFRESH refreshes is known only when the code runs")
		return "NULL"
	}
	g.suppliedNote(x, "DBMS_MVIEW", "REFRESH MATERIALIZED VIEW is always complete")
	var list []string
	for name := range strings.SplitSeq(names, ",") {
		list = append(list, "REFRESH MATERIALIZED VIEW "+g.writtenName(name))
	}
	return strings.Join(list, ";\n"+g.indent(x))
}

// writtenName is the name of a relation that stands in a text, as PostgreSQL takes it.
func (g *gen) writtenName(s string) string {
	var parts []string
	for p := range strings.SplitSeq(strings.TrimSpace(s), ".") {
		if q, ok := strings.CutPrefix(p, `"`); ok {
			parts = append(parts, g.e.names.ident(strings.TrimSuffix(q, `"`)))
		} else {
			parts = append(parts, g.e.names.ident(strings.ToUpper(p)))
		}
	}
	return strings.Join(parts, ".")
}

// analyzeTable converts DBMS_STATS.GATHER_TABLE_STATS.
func analyzeTable(g *gen, x *ast.CallStmt, v []ast.Expr) string {
	g.suppliedNote(x, "DBMS_STATS", "ANALYZE of the table")
	if table, ok := g.constantText(v[1]); ok {
		if owner, ok := g.constantText(v[0]); ok {
			return "ANALYZE " + g.writtenName(owner+"."+table)
		}
		if n, ok := v[0].(*ast.Name); ok && g.ref(n).Builtin == "USER" || g.isNull(v[0]) {
			return "ANALYZE " + g.writtenName(table)
		}
	}
	if g.body == nil {
		g.refuse(x, "dbms-stats", "which table is analysed is known only when the code runs")
		return "NULL"
	}
	return "EXECUTE format('ANALYZE %I.%I', lower(" + g.str(v[0]).s + "), lower(" + g.str(v[1]).s + "))"
}
