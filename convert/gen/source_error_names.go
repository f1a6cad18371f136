package gen

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// names checks the names that a node gives to something: those have one part. The parser takes a.b for all of them.
func (c *sourceCheck) names(n ast.Node) {
	switch x := n.(type) {
	case *ast.VarDecl:
		c.plain(x.Name)
	case *ast.ExceptionDecl:
		c.plain(x.Name)
	case *ast.SubtypeDecl:
		c.plain(x.Name)
	case *ast.TypeDecl:
		c.plain(x.Name)
	case *ast.Param:
		c.plain(x.Name)
	case *ast.AttrDecl:
		c.plain(x.Name)
	case *ast.Iterand:
		c.plain(x.Name)
	case *ast.ForAll:
		c.plain(x.Index)
	case *ast.Block:
		c.plain(x.Labels...)
	case *ast.Labeled:
		c.plain(x.Labels...)
	case *ast.Goto:
		c.plain(x.Label)
	case *ast.Savepoint:
		c.plain(x.Name)
	case *ast.Rollback:
		c.plain(x.To)
	case *ast.TriggerAlias:
		c.plain(x.Alias)
	case *ast.TriggerEvent:
		c.plain(x.Cols...)
	case *ast.SelectItem:
		c.plain(x.Alias)
	case *ast.TableName:
		c.plain(x.Alias)
		if c.g.f.NumParts(x.Name) > 3 {
			c.wrong(x.Name, "%s has more parts than the name of a table", oneLine(c.g.source(x.Name)))
		}
	case *ast.SubqueryRef:
		c.plain(x.Alias)
		c.plain(x.Cols...)
	case *ast.TableExpr:
		c.plain(x.Alias)
	case *ast.ParenTable:
		c.plain(x.Alias)
	case *ast.Join:
		c.plain(x.Using...)
	case *ast.Pivot:
		c.plain(x.Alias)
	case *ast.PivotItem:
		c.plain(x.Alias)
	case *ast.Unpivot:
		c.plain(x.Alias)
		c.plain(x.Cols...)
		c.plain(x.For...)
	case *ast.MatchRecognize:
		c.plain(x.Alias)
	case *ast.CTE:
		c.plain(x.Name)
		c.plain(x.Cols...)
		c.search(x)
	case *ast.WindowDef:
		c.plain(x.Name)
	case *ast.Over:
		c.plain(x.Name)
	default:
		c.ddlNames(n)
	}
}

func (c *sourceCheck) ddlNames(n ast.Node) {
	switch x := n.(type) {
	case *ast.DataType:
		c.size(x)
	case *ast.ColumnDef:
		c.plain(x.Name)
	case *ast.Constraint:
		c.plain(x.Name)
	case *ast.Privilege:
		c.plain(x.Columns...)
	case *ast.Partitioning:
		c.plain(x.Columns...)
	case *ast.PartitionDef:
		c.plain(x.Name)
	case *ast.CreateUser:
		c.plain(x.Names...)
	case *ast.CreateRole:
		c.plain(x.Name)
	}
}

// search refuses SEARCH by what is no column of the query: there is no position there as in ORDER BY.
func (c *sourceCheck) search(x *ast.CTE) {
	if x.Search == nil {
		return
	}
	ast.Walk(x.Search, func(n ast.Node) bool {
		if l, ok := n.(*ast.Literal); ok {
			c.wrong(l, "SEARCH takes columns of the query, and %s is none", c.g.source(l))
		}
		return true
	})
}

// size refuses a length of a text type that is no positive number.
func (c *sourceCheck) size(x *ast.DataType) {
	switch x.Kw {
	case token.VARCHAR2, token.VARCHAR, token.CHAR, token.CHARACTER, token.NVARCHAR2, token.NCHAR, token.RAW, token.NATIONAL:
	default:
		return
	}
	for _, e := range x.Args {
		if u, ok := ast.Unparen(e).(*ast.Unary); ok {
			c.wrong(u, "ORA-00910: %s is no length of a text", oneLine(c.g.source(u)))
		}
	}
}

// plain refuses names of more than one part.
func (c *sourceCheck) plain(list ...*ast.Name) {
	for _, n := range list {
		if n != nil && (n.Star || n.Link != 0 || c.g.f.NumParts(n) > 1) {
			c.wrong(n, "%s stands where a name of one part is asked for", oneLine(c.g.source(n)))
		}
	}
}
