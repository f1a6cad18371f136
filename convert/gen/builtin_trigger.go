package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

func init() {
	for name, op := range map[string]string{"INSERTING": "INSERT", "DELETING": "DELETE"} {
		registerBuiltin(name, func(*gen, *ast.Name, *ast.Call) frag {
			return frag{s: "TG_OP = '" + op + "'", prec: precCompare, typ: pgBoolean, notNull: true}
		})
	}
	registerBuiltin("UPDATING", updating)
	for _, name := range []string{"ORA_DICT_OBJ_NAME", "ORA_DICT_OBJ_OWNER", "ORA_DICT_OBJ_TYPE", "ORA_SYSEVENT", "ORA_LOGIN_USER", "DICTIONARY_OBJ_NAME", "DICTIONARY_OBJ_OWNER", "DICTIONARY_OBJ_TYPE", "SYSEVENT", "LOGIN_USER"} {
		registerBuiltin(name, eventAttribute)
	}
}

// registerBuiltin enters a conversion that stands in a file of its own.
func registerBuiltin(name string, b builtin) { builtins[name] = b }

// updating converts UPDATING and UPDATING('COLUMN').
func updating(g *gen, n *ast.Name, c *ast.Call) frag {
	op := frag{s: "TG_OP = 'UPDATE'", prec: precCompare, typ: pgBoolean, notNull: true}
	if c == nil || len(c.Args) == 0 {
		return op
	}
	lit, ok := c.Args[0].X.(*ast.Literal)
	col := ""
	if ok {
		col, ok = g.stringValue(lit)
	}
	if !ok || g.body == nil || g.body.result == "NULL" && !g.body.rowLevel {
		return g.refuse(c, "trigger", "UPDATING of a column whose name is not constant, or in a statement trigger: PostgreSQL does not tell which columns are set")
	}
	name := g.e.names.ident(strings.ToUpper(col))
	g.reportAs(c, "trigger", model.Medium, 1, "UPDATING('%s') becomes a comparison of the old and the new value: Oracle asks whether the column is set, even to the same value", col)
	return frag{s: op.s + " AND NEW." + name + " IS DISTINCT FROM OLD." + name, prec: precAnd, typ: pgBoolean, notNull: true}
}

// eventAttribute converts the attribute functions of triggers on DDL (PL/SQL Language Reference, "Event Attribute
// Functions").
func eventAttribute(g *gen, n *ast.Name, _ *ast.Call) frag {
	name := strings.TrimPrefix(strings.TrimPrefix(strings.ToUpper(g.f.Last(n)), "ORA_"), "DICT_")
	name = strings.TrimPrefix(name, "DICTIONARY_")
	switch name {
	case "LOGIN_USER":
		return callFrag("upper", pgText, "session_user")
	case "SYSEVENT":
		return callFrag("split_part", pgText, "TG_TAG", "' '", "1")
	}
	if g.body == nil || !g.body.event {
		return g.refuse(n, "system-trigger", "%s has a value in triggers on DDL only", g.source(n))
	}
	switch name {
	case "OBJ_NAME":
		return callFrag("upper", pgText, "regexp_replace(split_part(lf_ddl.object_identity, '(', 1), '^.*\\.', '')")
	case "OBJ_OWNER":
		return callFrag("upper", pgText, "lf_ddl.schema_name")
	case "OBJ_TYPE":
		return callFrag("upper", pgText, "lf_ddl.object_type")
	}
	return g.refuse(n, "system-trigger", "%s has no counterpart", g.source(n))
}
