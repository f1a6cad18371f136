package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// need is what an item stands on: a relation, with columns of it, a type or a sequence.
type need struct {
	what string // relation, type, sequence
	name string
	cols []string
	// schema is where the statement stands. It tells of several relations of a name which is meant; where none is of it, any
	// can be: the scripts of a folder rarely say whose tables they mean.
	schema string
}

// standsOn finds what a statement reads and is made of. What Oracle supplies itself is always there, and what the
// statement names itself (subqueries of WITH) is no need.
func (c *counter) standsOn(s ast.Stmt) []need {
	info := resolve.Resolve(c.catalog, c.file, s, c.schema)
	own := map[string]bool{}
	ast.Walk(s, func(n ast.Node) bool {
		if w, ok := n.(*ast.CTE); ok {
			own[c.file.Last(w.Name)] = true
		}
		return true
	})
	var list []need
	ast.Walk(s, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.TableName:
			if x.Name == nil || c.dictionary(info, x.Name) {
				break
			}
			if schema, name := c.name(x.Name); !own[name] || len(c.file.Parts(x.Name)) > 1 {
				list = append(list, need{what: "relation", name: name + linkOf(c.file, x.Name), schema: schema})
			}
		case *ast.TableExpr: // FROM f(...): functions of other systems in scripts that are not quite Oracle's
			if call, ok := x.X.(*ast.Call); ok {
				if n, ok := call.Fn.(*ast.Name); ok && len(c.file.Parts(n)) == 1 && info.Ref(n).Kind == resolve.Unknown {
					list = append(list, need{what: "function", name: c.file.Last(n)})
				}
			}
		case *ast.DataType:
			if x.Name == nil && strings.HasPrefix(strings.ToUpper(c.file.Source(x)), "TIME ") {
				list = append(list, need{what: "type", name: "TIME"}) // of the standard, not of Oracle
			}
			if x.Name != nil && x.Anchor == 0 && ofInput(info.Ref(x.Name)) && !foreignType.MatchString(c.file.Last(x.Name)) {
				list = append(list, need{what: "type", name: c.file.Last(x.Name)})
			}
		case *ast.Name:
			if p := c.file.Parts(x); len(p) > 1 && x.Link == 0 && (p[len(p)-1] == "NEXTVAL" || p[len(p)-1] == "CURRVAL") {
				list = append(list, need{what: "sequence", name: p[len(p)-2]})
			}
		}
		return true
	})
	if t, ok := s.(*ast.CreateTable); ok {
		list = append(list, c.columnsOfChecks(t, info)...)
		list = append(list, c.domains(t)...)
		list = append(list, c.itemsOf(t.Query, info)...)
		if t.OfType != nil && t.OfType.Name != nil {
			schema, name := c.name(t.OfType.Name)
			list = append(list, need{what: "object type", name: name, schema: schema})
		}
	}
	return append(list, c.columnsOf(s, info)...)
}

var dictionaryName = regexp.MustCompile(`^(ALL|DBA|USER|CDB)_|^G?V_?\$|^X\$`)

// dictionary reports whether Oracle itself has a relation. Tables called DR$ belong to text indexes of the user's.
func (c *counter) dictionary(info *resolve.Info, n *ast.Name) bool {
	name := c.file.Last(n)
	return dictionaryName.MatchString(name) || info.Ref(n).Kind == resolve.Builtin && !strings.HasPrefix(name, "DR$")
}

// columnsOf are the columns that a query names by a table of its own, or, where it has only one, by themselves.
func (c *counter) columnsOf(s ast.Stmt, info *resolve.Info) []need {
	tables := map[string]string{}  // alias -> table
	schemas := map[string]string{} // table -> schema
	alone, sources := "", 0
	given := map[string]bool{}
	values := map[ast.Expr]bool{} // what stands as an item or operand, and is not the name of a table, of a function or of what is created
	ast.Walk(s, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.TableName:
			sources++
			if x.Name == nil || x.Name.Link != 0 || c.dictionary(info, x.Name) {
				sources++
				break
			}
			alias := c.file.Last(x.Name)
			alone = alias
			schemas[alias], _ = c.name(x.Name)
			if x.Alias != nil {
				alias = c.file.Last(x.Alias)
			}
			if _, again := tables[alias]; again {
				tables[alias] = "" // of several query blocks: not told apart here
			} else {
				tables[alias] = c.file.Last(x.Name)
			}
		case *ast.SubqueryRef, *ast.TableExpr, *ast.CTE, *ast.Values, *ast.MatchRecognize, *ast.Model, *ast.Pivot, *ast.Unpivot:
			sources += 2
		case *ast.SelectItem:
			values[x.X] = true
			if x.Alias != nil {
				given[c.file.Last(x.Alias)] = true
			}
		case *ast.Binary:
			values[x.X], values[x.Y] = true, true
		}
		return true
	})
	var list []need
	ast.Walk(s, func(n ast.Node) bool {
		x, ok := n.(*ast.Name)
		if !ok || x.Star || x.Link != 0 {
			return true
		}
		kind := info.Ref(x).Kind
		p := c.file.Parts(x)
		switch {
		case kind != resolve.Unknown && kind != resolve.Column:
		case len(p) == 2 && tables[p[0]] != "" && p[1] != "ROWID" && p[1] != "COLUMN_VALUE" && p[1] != "OBJECT_VALUE":
			list = append(list, need{what: "relation", name: tables[p[0]], cols: p[1:], schema: schemas[tables[p[0]]]})
		case len(p) == 1 && sources == 1 && kind == resolve.Unknown && !given[p[0]] && values[x]:
			list = append(list, need{what: "relation", name: alone, cols: p, schema: schemas[alone]})
		}
		return true
	})
	return list
}

// foreignType are types of PostgreSQL and TimesTen, in scripts that are not quite Oracle's.
var foreignType = regexp.MustCompile(`^(TEXT|INT[248]|FLOAT[48]|BOOL|(SMALL|BIG)?SERIAL|TT_\w+)$`)

// linkOf is @link of a name behind a database link: no script of the folder makes such a table here.
func linkOf(f *ast.File, n *ast.Name) string {
	if link := f.LinkName(n); link != "" {
		return "@" + link
	}
	return ""
}

func (c *counter) relation(n *ast.Name, cols ...*ast.Name) need {
	schema, name := c.name(n)
	list := make([]string, len(cols))
	for i, col := range cols {
		list[i] = c.file.Last(col)
	}
	return need{what: "relation", name: name, cols: list, schema: schema}
}

// lacking marks the tables, keys, indexes, comments, sequences and views that the input itself cannot make in an empty
// database: they stand on a table, column, type or sequence that nothing in the input creates, or that itself stands
// on such a one. They are counted apart, whatever a tool makes of them.
func (c *counter) lacking(items []Item) {
	gone := map[string]bool{} // relations created by statements that lack something themselves
	c.clashes(items, gone)
	for again := true; again; {
		again = false
		for i := range items {
			it := &items[i]
			if it.Lacks != "" || !slices.Contains(structureKinds, it.Kind) && it.Kind != "view" && it.Kind != "check" {
				continue
			}
			for _, n := range it.needs {
				it.Lacks = c.lacks(n, gone)
				if it.Lacks == "" && n.what == "relation" && it.Kind == "table" && (c.renamed[n.name] == it.Name || c.copies(n, it)) {
					it.Lacks = "relation " + n.name // which it becomes by RENAME itself, or is the only one of its name
				}
				if it.Lacks != "" {
					again = true
					if it.Kind == "table" || it.Kind == "view" {
						gone[it.Name] = true
					}
					break
				}
			}
		}
	}
}

// lacks says what of a need nothing makes, "" when it is there.
func (c *counter) lacks(n need, gone map[string]bool) string {
	switch n.what {
	case "relation":
		versions, made := c.made[n.name]
		if !made || gone[n.name] || gone[c.renamed[n.name]] {
			return "relation " + n.name
		}
		if cols, ok := versions[n.schema]; ok && len(n.cols) > 0 {
			versions = map[string]map[string]bool{n.schema: cols}
		}
		for _, col := range n.cols {
			if !slices.ContainsFunc(slices.Collect(maps.Values(versions)), func(cols map[string]bool) bool { return cols == nil || cols[col] }) {
				return fmt.Sprintf("column %s.%s", n.name, col)
			}
		}
	case "function":
		if !c.routines[n.name] {
			return "function " + n.name
		}
	case "object type":
		if object, known := c.types[n.schema+"."+n.name]; known && !object {
			return "object type " + n.name
		}
		if _, known := c.types[n.schema+"."+n.name]; !known && !c.others["type "+n.name] && n.name != "XMLTYPE" && n.schema != "SYS" && n.schema != "MDSYS" {
			return "type " + n.name
		}
		return c.typeLacks(n.name)
	case "rows of objects":
		if !c.rowsOfObjects(n.schema, n.name) {
			return "rows of objects in " + n.name
		}
	default:
		if n.what == "type" {
			if why := c.typeLacks(n.name); why != "" {
				return why
			}
		}
		if _, row := c.made[n.name]; !c.others[n.what+" "+n.name] && !row {
			return n.what + " " + n.name
		}
	}
	return ""
}

// copies reports whether a table is made of one of its own name in another schema, which nothing in the input makes.
func (c *counter) copies(n need, it *Item) bool {
	versions := c.made[n.name]
	_, own := versions[it.Schema]
	return n.name == it.Name && n.schema != it.Schema && own && len(versions) == 1
}

// makes notes the relations, types and sequences that statements create. The columns of a table are those of its last
// version; nil where only a query or a type tells them.
func (c *counter) makes(s ast.Stmt) {
	relation := func(n *ast.Name, cols map[string]bool) {
		schema, name := c.name(n)
		if c.made[name] == nil {
			c.made[name] = map[string]map[string]bool{}
		}
		c.made[name][schema] = cols
	}
	switch s := s.(type) {
	case *ast.CreateTable:
		if !c.counts(s) {
			return
		}
		var cols map[string]bool
		if s.Collection || s.OfType == nil && s.Query == nil && len(s.Columns) > 0 && len(s.Items) == 0 {
			cols = map[string]bool{}
			if s.Collection { // JSON Developer's Guide 23ai, "JSON Collections": the one column of documents
				cols["DATA"] = true
			}
			for _, col := range s.Columns {
				if col.Name != nil {
					cols[c.file.Last(col.Name)] = true
				}
			}
		}
		relation(s.Name, cols)
	case *ast.Alter:
		_, name := c.name(s.Name)
		for _, a := range s.Actions {
			for _, cols := range c.made[name] {
				for _, col := range a.Columns {
					if cols != nil && col.Name != nil {
						cols[c.file.Last(col.Name)] = true
					}
				}
				if cols != nil && a.NewName != nil { // RENAME COLUMN
					cols[c.file.Last(a.NewName)] = true
				}
			}
			if a.NewName != nil && len(a.Names) == 0 && c.made[name] != nil {
				relation(a.NewName, nil)
			}
		}
	case *ast.Rename:
		if _, from := c.name(s.From); s.To != nil && c.made[from] != nil {
			if _, to := c.name(s.To); c.made[to] == nil {
				c.renamed[to] = from
			}
			relation(s.To, nil)
		}
	case *ast.CreateView:
		relation(s.Name, nil)
	case *ast.CreateMView:
		relation(s.Name, nil)
	case *ast.CreateSynonym:
		_, name := c.name(s.Name)
		_, c.synonyms[name] = c.name(s.Target)
	case *ast.CreateType:
		schema, name := c.name(s.Name)
		c.others["type "+name] = true
		if s.Def != nil {
			delete(c.supers, name)
			if t, ok := s.Def.(*ast.ObjectType); ok && t.Under != nil {
				_, c.supers[name] = c.name(t.Under)
			}
			_, c.types[schema+"."+name] = s.Def.(*ast.ObjectType)
		}
	case *ast.CreateSequence:
		_, name := c.name(s.Name)
		c.others["sequence "+name] = true
	}
}

// settle takes in what the catalog knows beside: what blocks of the scripts create by dynamic SQL; and synonyms of what
// is there.
func (c *counter) settle() {
	for _, o := range c.catalog.Objects {
		switch o.Kind {
		case model.KindTable, model.KindView, model.KindMaterializedView:
			versions, ok := c.made[o.Name]
			switch {
			case o.Implied:
			case !ok:
				c.made[o.Name] = map[string]map[string]bool{o.Schema: nil}
			case o.Table != nil && versions[o.Schema] != nil: // of several shapes the catalog may hold another than the last
				for _, col := range o.Table.Columns {
					versions[o.Schema][col.Name] = true
				}
			}
		case model.KindType, model.KindDomain:
			if o.Invalid == "" && !o.Implied {
				c.others["type "+o.Name] = true
			}
		case model.KindFunction, model.KindPackage, model.KindPackageBody:
			c.routines[o.Name] = true
		case model.KindSequence:
			c.others["sequence "+o.Name] = true
		}
	}
	for name, target := range c.synonyms {
		if _, ok := c.made[target]; ok && target != name {
			if _, too := c.made[name]; !too {
				c.made[name] = map[string]map[string]bool{"": nil}
			}
		}
	}
}
