package main

import (
	"slices"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// clashes marks what Oracle would not make whatever else is there: a table that has the name of a type of its schema
// (SQL Language Reference, "Database Object Naming Rules": both are of one name space), a second constraint of a name, and
// what is named by a substitution variable that the scripts do not set.
func (c *counter) clashes(items []Item, gone map[string]bool) {
	seen := map[string]string{}
	for i := range items {
		it := &items[i]
		_, structural := keyLetters[it.Kind]
		switch {
		case !structural && !slices.Contains(structureKinds, it.Kind):
			continue
		case strings.Contains(it.Name+it.Owner, "&"):
			it.Lacks = "the value of a substitution variable"
		case it.Kind == "table" && it.Lacks != "": // found by its statement alone
			gone[it.Name] = true
		case it.Kind == "table":
			if _, taken := c.types[it.Schema+"."+it.Name]; taken {
				it.Lacks = "a name that no type has"
				gone[it.Name] = true
			}
		case structural && it.Name != "":
			key := it.Schema + "." + it.Name
			if owner, taken := seen[key]; taken && owner != it.Owner {
				it.Lacks = "a name that no other constraint has"
			}
			seen[key] = it.Owner
		}
	}
}

// malformed says what is wrong with a table whatever the rest of the input: it has no column (ORA-00906), or one twice
// (ORA-00957).
func (c *counter) malformed(s *ast.CreateTable) string {
	if len(s.Columns) == 0 && s.OfType == nil && s.Query == nil && !s.Collection && s.ForExchange == nil && len(s.Items) == 0 {
		return "a column"
	}
	seen := map[string]bool{}
	for _, col := range s.Columns {
		if col.Name == nil {
			continue
		}
		name := c.file.Last(col.Name)
		if seen[name] && s.OfType == nil {
			return "another name for the second column " + name
		}
		seen[name] = true
	}
	return c.width(s)
}

// columnsOfChecks are the columns that the checks and generated columns of a table name.
func (c *counter) columnsOfChecks(s *ast.CreateTable, info *resolve.Info) []need {
	if s.OfType != nil || s.Query != nil || s.Collection {
		return nil
	}
	schema, table := c.name(s.Name)
	var list []need
	look := func(e ast.Expr) {
		if e == nil {
			return
		}
		calls := map[ast.Node]bool{}
		ast.Walk(e, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Subquery:
				return false
			case *ast.Call:
				calls[x.Fn] = true
			case *ast.Name:
				if !calls[x] && len(c.file.Parts(x)) == 1 && x.Link == 0 && info.Ref(x).Kind == resolve.Unknown {
					list = append(list, need{what: "relation", name: table, cols: c.file.Parts(x), schema: schema})
				}
			}
			return true
		})
	}
	for _, k := range s.Constraints {
		look(k.Check)
	}
	for _, col := range s.Columns {
		for _, k := range col.Constraints {
			look(k.Check)
		}
	}
	return list
}
