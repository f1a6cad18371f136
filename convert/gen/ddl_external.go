package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// externalTable refuses a table over files: the loader's access parameters have no general counterpart.
func (g *gen) externalTable(x *ast.CreateTable) {
	g.refuse(x, "external-table", "the table reads files on the Oracle server: load them by COPY, or make a foreign table of file_fdw where the file is plain CSV")
}
