package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// ANYDATA (PL/SQL Packages and Types Reference 19c, "ANYDATA TYPE") is jsonb: the name of the type beside the text of the
// value. The support schema makes and reads it.

// anyType is a type of Oracle's own that ANYDATA holds: its name there and the type that stands for it.
type anyType struct {
	name string
	sql  string
	typ  pgType
}

// anyTypes are by the end of Convert..., Access... and Get...
var anyTypes = map[string]anyType{
	"NUMBER": {"SYS.NUMBER", "numeric", pgNumeric}, "DATE": {"SYS.DATE", "timestamp", pgTimestamp}, "TIMESTAMP": {"SYS.TIMESTAMP", "timestamp", pgTimestamp},
	"TIMESTAMPTZ": {"SYS.TIMESTAMP_WITH_TIMEZONE", "timestamptz", pgTimestampTZ}, "TIMESTAMPLTZ": {"SYS.TIMESTAMP_WITH_LTZ", "timestamptz", pgTimestampTZ},
	"INTERVALYM": {"SYS.INTERVAL_YEAR_MONTH", "interval", pgInterval}, "INTERVALDS": {"SYS.INTERVAL_DAY_SECOND", "interval", pgInterval},
	"VARCHAR2": {"SYS.VARCHAR2", "text", pgText}, "VARCHAR": {"SYS.VARCHAR", "text", pgText}, "CHAR": {"SYS.CHAR", "text", pgText},
	"NCHAR": {"SYS.NCHAR", "text", pgText}, "NVARCHAR2": {"SYS.NVARCHAR2", "text", pgText}, "CLOB": {"SYS.CLOB", "text", pgText}, "NCLOB": {"SYS.NCLOB", "text", pgText},
	"RAW": {"SYS.RAW", "bytea", pgBytea}, "BLOB": {"SYS.BLOB", "bytea", pgBytea}, "BFLOAT": {"SYS.BINARY_FLOAT", "real", pgFloat},
	"BDOUBLE": {"SYS.BINARY_DOUBLE", "double precision", pgFloat}, "UROWID": {"SYS.UROWID", "text", pgText}, "BFILE": {"SYS.BFILE", "text", pgText},
}

func init() {
	for _, m := range []string{"GETTYPENAME", "GETTYPE", "CONVERTOBJECT", "CONVERTCOLLECTION", "GETOBJECT", "GETCOLLECTION"} {
		registerBuiltin("ANYDATA."+m, anydataByName)
	}
	for end := range anyTypes {
		for _, m := range []string{"CONVERT", "ACCESS", "GET"} {
			registerBuiltin("ANYDATA."+m+end, anydataByName)
		}
	}
}

// anydataByName converts ANYDATA.convertX(v), v.getX(...), and ANYDATA.accessX(v), which is a method as well.
func anydataByName(g *gen, n *ast.Name, c *ast.Call) frag {
	parts := g.f.Parts(n)
	member := parts[len(parts)-1]
	args := argsOfCall(c)
	if base := g.info.Base(n).Ref.Kind; base == resolve.Builtin || base == resolve.TypeName {
		if end, ok := strings.CutPrefix(member, "CONVERT"); ok {
			return g.anydataOf(whole(n, c), end, args)
		}
		if len(args) == 0 {
			return g.refuse(whole(n, c), "special-type", "%s is called of nothing", g.source(n))
		}
		return g.anydataMethod(whole(n, c), g.expr(args[0].X), member, args[1:])
	}
	p, ok := g.namedPlace(n, len(parts)-1)
	if !ok {
		return g.refuse(whole(n, c), "special-type", "the value that %s is called of is not known", g.source(n))
	}
	return g.anydataMethod(whole(n, c), g.read(p), member, args)
}

// anydataIn converts a method of any other expression: f(x).getTypeName.
func (g *gen) anydataIn(f *ast.Field, c *ast.Call) (frag, bool) {
	member, ok := strings.CutPrefix(g.ref(f.Name).Builtin, "ANYDATA.")
	if !ok {
		return frag{}, false
	}
	var at ast.Node = f
	if c != nil {
		at = c
	}
	return g.anydataMethod(at, g.expr(f.X), member, argsOfCall(c)), true
}

// anydataOf makes an ANYDATA.
func (g *gen) anydataOf(at ast.Node, end string, args []*ast.Arg) frag {
	if len(args) != 1 {
		return g.refuse(at, "special-type", "CONVERT%s takes one value", end)
	}
	x := args[0].X
	t, ok := anyTypes[end]
	if !ok {
		name := g.use("anydata_convert" + strings.ToLower(end))
		v := g.expr(x)
		if typ, ok := g.typeText(g.info.Type(x), inParameter); ok && !strings.HasSuffix(v.s, "::"+typ) {
			if n, isName := x.(*ast.Name); !isName || !g.plainTarget(n) || unsized(g.targetType(n)) != typ {
				v = v.cast(typ, v.typ)
			}
		}
		return callFrag(name, pgUnknown, v.s)
	}
	v := frag{}
	switch {
	case t.typ == pgNumeric || t.typ == pgFloat:
		v = g.num(x)
	case t.typ == pgText:
		v = g.str(x)
	case t.typ == pgBytea:
		v = g.toBytes(x, g.expr(x))
	case t.typ == pgTimestamp:
		v = g.moment(x)
	default:
		v = g.expr(x)
	}
	if v.typ != t.typ || t.sql != "text" && t.sql != "numeric" && t.sql != "timestamp" {
		v = v.cast(t.sql, t.typ)
	}
	return callFrag(g.use("anydata_convert"), pgUnknown, literal(t.name), v.s)
}

// anydataMethod converts a method of the value self. Get... sets its argument and gives DBMS_TYPES.SUCCESS, or raises.
func (g *gen) anydataMethod(at ast.Node, self frag, member string, args []*ast.Arg) frag {
	switch {
	case member == "GETTYPENAME":
		return callFrag(g.use("anydata_gettypename"), pgText, self.s)
	case member == "GETTYPE":
		if len(args) > 0 {
			g.report(at, "special-type", "GETTYPE sets no ANYTYPE: what describes a type when the code runs is PostgreSQL's own catalog")
		}
		return callFrag(g.use("anydata_gettype"), pgInteger, self.s)
	}
	if end, ok := strings.CutPrefix(member, "ACCESS"); ok {
		return g.anydataValue(self, anyTypes[end])
	}
	end := strings.TrimPrefix(member, "GET")
	if len(args) != 1 || g.body == nil || g.inSQL() {
		return g.refuse(at, "special-type", "%s sets its argument and stands where nothing can be set", member)
	}
	target := args[0].X
	v := frag{}
	if t, ok := anyTypes[end]; ok {
		v = g.anydataValue(self, t)
	} else {
		v = callFrag(g.use("anydata_getobject"), pgUnknown, self.s, "NULL::"+unsized(g.targetType(target)))
	}
	g.body.before = append(g.body.before, g.setTo(target, v))
	return frag{s: "0", prec: precPrimary, typ: pgInteger, notNull: true}
}

func (g *gen) anydataValue(self frag, t anyType) frag {
	v := callFrag(g.use("anydata_value"), pgText, self.s, literal(t.name))
	if t.typ == pgText {
		return v
	}
	return v.cast(t.sql, t.typ)
}
