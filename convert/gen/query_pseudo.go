package gen

import (
	"maps"

	"landfall/internal/oracle/syntax/ast"
)

func init() {
	maps.Copy(builtins, map[string]builtin{
		"ROWNUM": rownumName, "LEVEL": levelName, "CONNECT_BY_ISLEAF": isLeaf, "CONNECT_BY_ISCYCLE": isCycle, "SYS_CONNECT_BY_PATH": connectByPath,
		"COLUMN_VALUE": columnValue, "CV": currentValue, "CURRENTV": currentValue,
	})
}

// columnValue is the column of a collection of scalars; see valueColumn.
func columnValue(g *gen, n *ast.Name, _ *ast.Call) frag {
	return atom(g.path(n), typeOf(*g.ref(n).TypeOf()))
}
