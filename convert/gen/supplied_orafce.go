package gen

import (
	"strings"

	"landfall/convert/support"
	"landfall/internal/oracle/syntax/ast"
)

// orafce are the members of supplied packages that the extension orafce has (version 4), with the names of Oracle's
// parameters.
var orafce = func() map[string]suppliedRoutine {
	m := map[string]suppliedRoutine{}
	add := func(name string, procedure bool, lists ...string) {
		pkg, member, _ := strings.Cut(name, ".")
		r := suppliedRoutine{target: strings.ToLower(pkg) + "." + strings.ToLower(member)}
		for _, list := range lists {
			s := support.Signature{Procedure: procedure}
			for _, p := range strings.Split(list, ",") {
				w := strings.Fields(p)
				if len(w) == 0 {
					continue
				}
				q := support.Param{Mode: "IN"}
				if w[0] == "OUT" || w[0] == "INOUT" {
					q.Mode, w = w[0], w[1:]
				}
				q.Name, q.Type = w[0], strings.Join(w[1:], " ")
				s.Params = append(s.Params, q)
			}
			r.sigs = append(r.sigs, s)
		}
		m[name] = r
	}
	add("DBMS_OUTPUT.PUT_LINE", false, "a text")
	add("DBMS_OUTPUT.PUT", false, "a text")
	add("DBMS_OUTPUT.NEW_LINE", false, "")
	add("DBMS_OUTPUT.ENABLE", false, "", "buffer_size integer")
	add("DBMS_OUTPUT.DISABLE", false, "")
	add("DBMS_OUTPUT.GET_LINE", false, "OUT line text, OUT status integer")
	file := "file utl_file.file_type"
	add("UTL_FILE.FOPEN", false, "location text, filename text, open_mode text", "location text, filename text, open_mode text, max_linesize integer")
	add("UTL_FILE.IS_OPEN", false, file)
	add("UTL_FILE.PUT_LINE", false, file+", buffer text", file+", buffer text, autoflush boolean")
	add("UTL_FILE.PUT", false, file+", buffer text")
	add("UTL_FILE.NEW_LINE", false, file, file+", lines integer")
	add("UTL_FILE.PUTF", false, file+", format text", file+", format text, arg1 text", file+", format text, arg1 text, arg2 text",
		file+", format text, arg1 text, arg2 text, arg3 text", file+", format text, arg1 text, arg2 text, arg3 text, arg4 text")
	add("UTL_FILE.FFLUSH", false, file)
	add("UTL_FILE.FCLOSE_ALL", false, "")
	add("UTL_FILE.GET_LINE", false, file+", OUT buffer text", file+", OUT buffer text, len integer")
	add("UTL_FILE.FREMOVE", false, "location text, filename text")
	add("UTL_FILE.FRENAME", false, "src_location text, src_filename text, dest_location text, dest_filename text",
		"src_location text, src_filename text, dest_location text, dest_filename text, overwrite boolean")
	add("UTL_FILE.FCOPY", false, "src_location text, src_filename text, dest_location text, dest_filename text",
		"src_location text, src_filename text, dest_location text, dest_filename text, start_line integer",
		"src_location text, src_filename text, dest_location text, dest_filename text, start_line integer, end_line integer")
	add("UTL_FILE.FGETATTR", false, "location text, filename text, OUT fexists boolean, OUT file_length bigint, OUT block_size integer")
	for _, f := range []string{"ENQUOTE_LITERAL", "NOOP", "QUALIFIED_SQL_NAME", "SCHEMA_NAME", "SIMPLE_SQL_NAME"} {
		add("DBMS_ASSERT."+f, false, "str text")
	}
	add("DBMS_ASSERT.SQL_OBJECT_NAME", false, "str text")
	r := m["DBMS_ASSERT.SQL_OBJECT_NAME"]
	r.target = "dbms_assert.object_name"
	m["DBMS_ASSERT.SQL_OBJECT_NAME"] = r
	add("DBMS_ASSERT.ENQUOTE_NAME", false, "str text", "str text, capitalize boolean")
	add("DBMS_SQL.OPEN_CURSOR", false, "")
	add("DBMS_SQL.IS_OPEN", false, "c integer")
	add("DBMS_SQL.EXECUTE", false, "c integer")
	add("DBMS_SQL.FETCH_ROWS", false, "c integer")
	add("DBMS_SQL.EXECUTE_AND_FETCH", false, "c integer", "c integer, exact boolean")
	add("DBMS_SQL.LAST_ROW_COUNT", false, "")
	add("DBMS_SQL.CLOSE_CURSOR", true, "c integer")
	add("DBMS_SQL.COLUMN_VALUE", true, "c integer, position integer, INOUT value anyelement")
	add("DBMS_SQL.DEFINE_COLUMN", true, `c integer, position integer, column "any"`, `c integer, position integer, column "any", column_size integer`)
	return m
}()

// suppliedStmts are members that need more than a call.
var suppliedStmts map[string]func(g *gen, x *ast.CallStmt, n *ast.Name, c *ast.Call) string

func init() {
	builtins["DBMS_TRANSACTION.LOCAL_TRANSACTION_ID"] = func(*gen, *ast.Name, *ast.Call) frag {
		return callFrag("pg_current_xact_id_if_assigned", pgUnknown).cast("text", pgText)
	}
	suppliedStmts = map[string]func(g *gen, x *ast.CallStmt, n *ast.Name, c *ast.Call) string{
		"UTL_FILE.FCLOSE":        fileClose,
		"DBMS_SQL.PARSE":         sqlParse,
		"DBMS_SQL.BIND_VARIABLE": sqlBind,
		"DBMS_SQL.EXECUTE":       sqlExecute,
		"DBMS_TRANSACTION.COMMIT": func(g *gen, x *ast.CallStmt, _ *ast.Name, _ *ast.Call) string {
			if !g.mayEnd(x, "COMMIT") {
				return "NULL"
			}
			return "COMMIT"
		},
		"DBMS_TRANSACTION.ROLLBACK": func(g *gen, x *ast.CallStmt, _ *ast.Name, _ *ast.Call) string {
			if !g.mayEnd(x, "ROLLBACK") {
				return "NULL"
			}
			return "ROLLBACK"
		},
	}
}

// fileClose converts UTL_FILE.FCLOSE(f), which sets f.
func fileClose(g *gen, x *ast.CallStmt, _ *ast.Name, c *ast.Call) string {
	g.need("orafce")
	if c == nil || len(c.Args) != 1 {
		return g.refuse(x, "utl-file", "UTL_FILE.FCLOSE takes one argument").s
	}
	e := c.Args[0].X
	return g.setTo(e, callFrag("utl_file.fclose", pgUnknown, g.text(e)))
}

// sqlParse converts DBMS_SQL.PARSE: the text is converted as far as it is known; its placeholders keep their names.
func sqlParse(g *gen, x *ast.CallStmt, _ *ast.Name, c *ast.Call) string {
	g.need("orafce")
	if c == nil || len(c.Args) < 2 {
		return g.refuse(x, "dbms-sql", "DBMS_SQL.PARSE takes a cursor and a text").s
	}
	named := g.namedBinds
	g.namedBinds = true
	d := g.dynamic(c, c.Args[1].X, nil)
	g.namedBinds = named
	if d.inline != "" || d.text == "" {
		return g.refuse(x, "dbms-sql", "a block that DBMS_SQL runs is not converted").s
	}
	return "CALL dbms_sql.parse(" + g.cursorNumber(c.Args[0].X) + ", " + d.text + ")"
}

// cursorNumber is the number of a cursor, which is a NUMBER or INTEGER in Oracle's code.
func (g *gen) cursorNumber(e ast.Expr) string {
	f := g.num(e)
	if f.typ != pgInteger {
		f = f.cast("integer", pgInteger)
	}
	return f.s
}

// sqlBind converts DBMS_SQL.BIND_VARIABLE; the name may begin with a colon in Oracle.
func sqlBind(g *gen, x *ast.CallStmt, _ *ast.Name, c *ast.Call) string {
	g.need("orafce")
	if c == nil || len(c.Args) < 3 || c.Args[0].Name != nil {
		return g.refuse(x, "dbms-sql", "DBMS_SQL.BIND_VARIABLE in this form is not converted").s
	}
	name := ""
	if s, ok := g.constantText(c.Args[1].X); ok {
		name = literal(strings.TrimPrefix(s, ":"))
	} else {
		name = "ltrim(" + g.str(c.Args[1].X).s + ", ':')"
	}
	return "CALL dbms_sql.bind_variable(" + g.cursorNumber(c.Args[0].X) + ", " + name + ", " + g.suppliedValue(c.Args[2].X, support.Param{Type: `"any"`}, false) + ")"
}

// sqlExecute converts DBMS_SQL.EXECUTE as a statement, which Oracle does not allow but old code has in a script.
func sqlExecute(g *gen, _ *ast.CallStmt, _ *ast.Name, c *ast.Call) string {
	g.need("orafce")
	return "PERFORM dbms_sql.execute(" + g.cursorNumber(arg(c, 0)) + ")"
}
