package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// Lists that Oracle has types for in every database (Data Cartridge Developer's Guide, "System Collection Types");
// queries make tables of constants with them: TABLE(SYS.ODCINUMBERLIST(1, 2, 3)).
func init() {
	for _, schema := range []string{"", "SYS."} {
		builtins[schema+"ODCINUMBERLIST"] = listConstructor("numeric", (*gen).num)
		builtins[schema+"ODCIVARCHAR2LIST"] = listConstructor("text", (*gen).str)
		builtins[schema+"ODCIDATELIST"] = listConstructor("timestamp", (*gen).moment)
	}
}

// listConstructor makes an array of the arguments.
func listConstructor(elem string, item func(*gen, ast.Expr) frag) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil {
			return g.refuse(n, "object-type", "%s is a type, not a value", g.source(n))
		}
		s := ""
		for i, a := range c.Args {
			if i > 0 {
				s += ", "
			}
			s += item(g, a.X).s
		}
		return frag{s: "ARRAY[" + s + "]::" + elem + "[]", prec: precCast, typ: pgArray, notNull: true}
	}
}
