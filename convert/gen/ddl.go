package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// ddl converts statements that define or change objects other than code.
func (g *gen) ddl(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.CreateTable:
		g.createTable(x)
	default:
		g.refuse(s, "not-converted", "no PostgreSQL form is known for %s", g.what(s))
	}
}

func (g *gen) createTable(x *ast.CreateTable) {
	sql := "CREATE TABLE " + g.objectName(x.Name) + " (\n"
	for i, c := range x.Columns {
		if i > 0 {
			sql += ",\n"
		}
		sql += "    " + g.mark(c) + g.word(c.Name) + " " + g.dataType(c.Type, inColumn)
	}
	g.emit(&Output{Phase: PhaseTable, SQL: sql + "\n);\n"})
}
