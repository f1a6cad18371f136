package main

import (
	"regexp"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// What Oracle would refuse for the shape of what an item stands on: a column or an object row that the table of the
// scripts does not have, a type that it does not know. It is told of every tool's input alike.

// indexNeeds are the columns, and the rows that are objects, that the keys of an index name.
func (c *counter) indexNeeds(s *ast.CreateIndex) []need {
	var cols []*ast.Name
	schema, table := c.name(s.Table)
	var list []need
	info := resolve.Resolve(c.catalog, c.file, s, c.schema)
	for _, it := range s.Items {
		if n, ok := it.X.(*ast.Name); ok && len(c.file.Parts(n)) == 1 {
			cols = append(cols, n)
			continue
		}
		if len(s.From) > 0 || s.IndexType != nil { // of several tables; with a method of its own
			continue
		}
		no := map[ast.Node]bool{}
		ast.Walk(it.X, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Call:
				no[x.Fn] = true
				if fn, ok := x.Fn.(*ast.Name); ok && c.file.Last(fn) == "VALUE" && len(x.Args) == 1 {
					no[x.Args[0].X] = true
					list = append(list, need{what: "rows of objects", name: table, schema: schema})
				}
			case *ast.Name:
				if !no[x] && len(c.file.Parts(x)) == 1 && x.Link == 0 && info.Ref(x).Kind == resolve.Unknown {
					cols = append(cols, x)
				}
			}
			return true
		})
	}
	return append(list, c.relation(s.Table, cols...))
}

// itemsOf are the columns that the items of a query, and of the queries it selects from, name, of blocks over one table.
func (c *counter) itemsOf(q *ast.Select, info *resolve.Info) []need {
	if q == nil || q.With != nil {
		return nil
	}
	b, ok := q.Body.(*ast.QueryBlock)
	if !ok || len(b.From) != 1 {
		return nil
	}
	from := b.From[0]
	for {
		if p, ok := from.(*ast.Pivot); ok {
			from = p.X
		} else if p, ok := from.(*ast.ParenTable); ok {
			from = p.X
		} else {
			break
		}
	}
	switch t := from.(type) {
	case *ast.SubqueryRef:
		return c.itemsOf(t.Query, info)
	case *ast.TableName:
		if t.Name == nil || t.Name.Link != 0 || c.dictionary(info, t.Name) || from != b.From[0] {
			return nil
		}
		schema, table := c.name(t.Name)
		var list []need
		for _, it := range b.Items {
			n, ok := it.X.(*ast.Name)
			if ok && !n.Star && n.Link == 0 && len(c.file.Parts(n)) == 1 && info.Ref(n).Kind == resolve.Unknown {
				list = append(list, need{what: "relation", name: table, cols: c.file.Parts(n), schema: schema})
			}
		}
		return list
	}
	return nil
}

// width says what is wrong with a table of a query that has another number of columns than its query (ORA-01730).
func (c *counter) width(s *ast.CreateTable) string {
	if s.Query == nil || len(s.Columns) == 0 {
		return ""
	}
	b, ok := s.Query.Body.(*ast.QueryBlock)
	if !ok || slices.ContainsFunc(b.Items, func(it *ast.SelectItem) bool { n, ok := it.X.(*ast.Name); return ok && n.Star }) {
		return ""
	}
	named := 0
	for _, col := range s.Columns {
		if col.Name != nil {
			named++
		}
	}
	if named != len(b.Items) {
		return "as many columns in its query"
	}
	return ""
}

// foreignTypeDef is CREATE TYPE of PostgreSQL: AS ENUM, and AS with attributes but without OBJECT, which Oracle does not know.
var foreignTypeDef = regexp.MustCompile(`(?is)^\s*create\s+(?:or\s+replace\s+)?type\s+(?:\w+\.)?"?(\w+)"?\s+as\s*(?:enum\b|range\b|\()`)

// unknownTypes notes the types of another system that a statement makes which could not be read.
func (c *counter) unknownTypes(s *ast.BadStmt) {
	if m := foreignTypeDef.FindStringSubmatch(c.file.Source(s)); m != nil {
		c.foreign[strings.ToUpper(m[1])] = true
	}
}

// ofInput reports whether a type has to come from the input: it is none of Oracle's own.
func ofInput(ref *resolve.Ref) bool {
	return ref.Kind == resolve.Unknown || ref.Kind == resolve.TypeName && ref.Object != nil
}

// domains are what DOMAIN d (column, ...) of a table names.
func (c *counter) domains(s *ast.CreateTable) []need {
	var list []need
	for _, it := range s.Items {
		if it.Head == token.DOMAIN && len(it.Names) > 0 {
			list = append(list, need{what: "type", name: c.file.Last(it.Names[0])})
		}
	}
	return list
}

// typeLacks says what a type of the input stands on that nothing creates: its supertype.
func (c *counter) typeLacks(name string) string {
	if c.foreign[name] {
		return "type " + name
	}
	for n := 0; n < 16; n++ {
		super := c.supers[name]
		if super == "" {
			return ""
		}
		if !c.others["type "+super] {
			return "type " + super
		}
		name = super
	}
	return ""
}

// rowsOfObjects reports whether a relation may have rows that are objects: it is none of the tables that certainly do not.
func (c *counter) rowsOfObjects(schema, name string) bool {
	o := c.catalog.Find(model.KindTable, schema, name)
	return o == nil || o.Implied || o.Table == nil || o.Table.OfType != ""
}
