package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Item is one thing of the input that a conversion should bring to the target.
type Item struct {
	Kind   string    `json:"kind"` // routine, member, method, trigger, table, primary key, unique, foreign key, check, index, comment, sequence, view
	Schema string    `json:"schema,omitempty"`
	Owner  string    `json:"owner,omitempty"` // package, type or table
	Name   string    `json:"name"`
	Cols   []string  `json:"cols,omitempty"`
	Paths  []string  `json:"paths,omitempty"` // columns of a key as they are written: attributes of objects have dots
	Temp   bool      `json:"temp,omitempty"`  // a temporary table, for which a view may stand
	Nth    int       `json:"nth,omitempty"`   // of the overloads of one name, from 1
	Pos    model.Pos `json:"pos"`
	End    int       `json:"end,omitempty"`   // last line, of code
	Lacks  string    `json:"lacks,omitempty"` // what it stands on and the input does not create
	needs  []need
}

// code and structure are the two groups that the headline divides.
var (
	codeKinds      = []string{"routine", "member", "method", "trigger"}
	structureKinds = []string{"table", "primary key", "unique", "foreign key", "index", "comment", "sequence"}
	otherKinds     = []string{"check", "view", "type"}
)

// Input is the denominator: what a folder of scripts creates.
type Input struct {
	Items   []Item
	Bytes   int64 // of all files
	Queries int   // statements of class query and DML, INSERT ... VALUES left out
	Unread  []model.Pos
	Wrapped int
	Units   []*scripts.Unit
}

// readInput counts what the scripts of a folder create. A name that is created more than once counts once, in its
// last version, of tables in the last one that Oracle would make (it refuses to make one that is there); everything that has a body counts, private and dropped again later or not.
func readInput(ctx context.Context, dir string) (*Input, error) {
	estate, err := scripts.Load(ctx, dir, scripts.Options{KeepDropped: true})
	if err != nil {
		return nil, err
	}
	in := &Input{Units: estate.Units}
	for _, s := range estate.Files {
		in.Bytes += s.Bytes
	}
	c := counter{
		catalog: estate.Catalog, groups: map[string][]Item{}, tables: map[string]string{}, hang: map[string][]string{},
		made: map[string]map[string]map[string]bool{}, synonyms: map[string]string{}, others: map[string]bool{},
		types: map[string]bool{}, foreign: map[string]bool{}, supers: map[string]string{}, renamed: map[string]string{}, routines: map[string]bool{},
	}
	for _, u := range estate.Units {
		c.file, c.schema = u.Source.Parsed, u.Schema
		switch s := u.Stmt.(type) {
		case *ast.WrappedUnit:
			in.Wrapped++
		case *ast.BadStmt:
			c.unknownTypes(s)
			if u.Class == scripts.ClassPLSQL || u.Class == scripts.ClassDDL {
				in.Unread = append(in.Unread, u.Pos)
			}
		case *ast.Insert:
			if s.Query != nil {
				in.Queries++
			}
		default:
			if u.Class == scripts.ClassQuery || u.Class == scripts.ClassDML {
				in.Queries++
			}
			c.count(s)
		}
	}
	for _, key := range c.order {
		in.Items = append(in.Items, c.groups[key]...)
	}
	c.settle()
	c.lacking(in.Items)
	return in, nil
}

// counter gathers items in groups: a group is what one statement creates, and a later statement of the same key
// takes its place.
type counter struct {
	catalog  *model.Catalog
	file     *ast.File
	schema   string
	groups   map[string][]Item
	order    []string
	tables   map[string]string                     // table -> key of its group
	hang     map[string][]string                   // table -> keys of the groups of its indexes and comments
	made     map[string]map[string]map[string]bool // relation, schema -> its columns, nil where they are not known
	synonyms map[string]string
	others   map[string]bool   // types and sequences created, as "type NAME"
	types    map[string]bool   // "SCHEMA.NAME" of types -> whether the last one is an object type
	foreign  map[string]bool   // types of another system, which Oracle does not make
	supers   map[string]string // types -> their supertypes
	renamed  map[string]string // relations that only a RENAME makes -> what they were
	routines map[string]bool   // names of functions and packages
}

func (c *counter) put(key string, items []Item) {
	if _, again := c.groups[key]; !again {
		c.order = append(c.order, key)
	}
	c.groups[key] = items
}

func (c *counter) name(n *ast.Name) (schema, name string) {
	p := c.file.Parts(n)
	switch len(p) {
	case 0:
		return c.schema, ""
	case 1:
		return c.schema, p[0]
	}
	return p[len(p)-2], p[len(p)-1]
}

func (c *counter) count(s ast.Stmt) {
	c.makes(s)
	switch s := s.(type) {
	case *ast.CreateSchema:
		for _, inner := range s.Stmts {
			c.count(inner)
		}
	case *ast.CreateRoutine:
		if schema, name := c.name(s.Routine.Name); s.Routine.Body != nil {
			c.put("routine "+schema+"."+name, []Item{{Kind: "routine", Schema: schema, Name: name, Pos: c.file.Pos(s), End: c.end(s)}})
		}
	case *ast.CreatePackageBody:
		schema, name := c.name(s.Name)
		var list []Item
		for _, d := range s.Decls {
			if r, ok := d.(*ast.Routine); ok && r.Body != nil {
				list = append(list, c.member("member", schema, name, r))
			}
		}
		c.put("package "+schema+"."+name, numbered(list))
	case *ast.CreateTypeBody:
		schema, name := c.name(s.Name)
		var list []Item
		for _, d := range s.Decls {
			if m, ok := d.(*ast.Method); ok && m.Routine != nil && m.Routine.Body != nil {
				list = append(list, c.member("method", schema, name, m.Routine))
			}
		}
		c.put("type body "+schema+"."+name, numbered(list))
	case *ast.CreateType:
		if schema, name := c.name(s.Name); s.Def != nil {
			c.put("type "+schema+"."+name, []Item{{Kind: "type", Schema: schema, Name: name, Pos: c.file.Pos(s), End: c.end(s)}})
		}
	case *ast.CreateTrigger:
		schema, name := c.name(s.Name)
		item := Item{Kind: "trigger", Schema: schema, Name: name, Pos: c.file.Pos(s), End: c.end(s)}
		if s.On != nil && s.Scope == token.TABLE {
			_, item.Owner = c.name(s.On)
		}
		c.put("trigger "+schema+"."+name, []Item{item})
	case *ast.CreateTable:
		if c.counts(s) {
			c.table(s)
		}
	case *ast.Alter:
		if s.Kind == token.TABLE {
			c.alterTable(s)
		}
	case *ast.CreateIndex:
		schema, name := c.name(s.Name)
		item := Item{Kind: "index", Schema: schema, Name: name, Pos: c.file.Pos(s), End: c.end(s)}
		if s.Table != nil {
			_, item.Owner = c.name(s.Table)
			item.needs = c.indexNeeds(s)
		}
		c.put("index "+schema+"."+name, []Item{item})
		c.hang[item.Owner] = append(c.hang[item.Owner], "index "+schema+"."+name)
	case *ast.CreateSequence:
		schema, name := c.name(s.Name)
		c.put("sequence "+schema+"."+name, []Item{{Kind: "sequence", Schema: schema, Name: name, Pos: c.file.Pos(s), End: c.end(s)}})
	case *ast.CreateView:
		schema, name := c.name(s.Name)
		c.put("view "+schema+"."+name, []Item{{Kind: "view", Schema: schema, Name: name, Pos: c.file.Pos(s), End: c.end(s), needs: c.standsOn(s)}})
	case *ast.CreateMView:
		schema, name := c.name(s.Name)
		c.put("view "+schema+"."+name, []Item{{Kind: "view", Schema: schema, Name: name, Pos: c.file.Pos(s), End: c.end(s), needs: c.standsOn(s)}})
	case *ast.Comment:
		c.comment(s)
	}
}

func (c *counter) member(kind, schema, owner string, r *ast.Routine) Item {
	return Item{Kind: kind, Schema: schema, Owner: owner, Name: c.file.Last(r.Name), Pos: c.file.Pos(r), End: c.end(r)}
}

func (c *counter) end(n ast.Node) int { return c.file.TokenPos(n.Range().Hi - 1).Line }

// numbered gives overloads their numbers.
func numbered(list []Item) []Item {
	seen := map[string]int{}
	for i := range list {
		seen[list[i].Name]++
		list[i].Nth = seen[list[i].Name]
	}
	return list
}

func (c *counter) table(s *ast.CreateTable) {
	if s.Temporary == token.PRIVATE {
		return // no object of the database: it is gone with its transaction or session
	}
	schema, name := c.name(s.Name)
	key := "table " + schema + "." + name
	list := []Item{{Kind: "table", Schema: schema, Name: name, Temp: s.Temporary == token.GLOBAL, Pos: c.file.Pos(s), End: c.end(s), Lacks: c.malformed(s), needs: c.standsOn(s)}}
	for _, col := range s.Columns {
		if col.Name == nil {
			continue
		}
		for _, k := range col.Constraints {
			list = c.key(list, schema, name, k, col.Name, false)
		}
	}
	for _, k := range s.Constraints {
		list = c.key(list, schema, name, k, nil, false)
	}
	if old, again := c.tables[name]; again && old == key { // what hangs on the old version is gone with it
		for _, k := range c.hang[name] {
			delete(c.groups, k)
		}
		delete(c.hang, name)
		c.order = slices.DeleteFunc(c.order, func(k string) bool { _, ok := c.groups[k]; return !ok })
	}
	c.put(key, list)
	c.tables[name] = key
}

// counts reports whether a CREATE TABLE is the one of its name that counts: Oracle refuses to make a table that is there.
func (c *counter) counts(s *ast.CreateTable) bool {
	schema, name := c.name(s.Name)
	o := c.catalog.Find(model.KindTable, schema, name)
	return o == nil || o.Pos == c.file.Pos(s)
}

var keyKinds = map[token.Keyword]string{token.PRIMARY: "primary key", token.UNIQUE: "unique", token.FOREIGN: "foreign key", token.CHECK: "check"}

// key adds a key to a list. col is the column that it is written at, nil for one of the table.
func (c *counter) key(list []Item, schema, table string, k *ast.Constraint, col *ast.Name, altered bool) []Item {
	kind, ok := keyKinds[k.Kind]
	if !ok || k.Enabled == token.DISABLE { // a disabled key keeps nothing out and has no index
		return list
	}
	item := Item{Kind: kind, Schema: schema, Owner: table, Pos: c.file.Pos(k)}
	if k.Name != nil {
		item.Name = c.file.Last(k.Name)
	}
	for _, n := range append(slices.Clone(k.Columns), col) {
		if n != nil {
			item.Cols = append(item.Cols, c.file.Last(n))
			item.Paths = append(item.Paths, strings.Join(c.file.Parts(n), "."))
		}
	}
	on := need{what: "relation", name: table, schema: schema}
	if k.Columns != nil && altered { // where the table is created its columns are there
		on.cols = item.Cols
	}
	item.needs = append(item.needs, on)
	if k.RefTable != nil {
		item.needs = append(item.needs, c.relation(k.RefTable, k.RefColumns...))
	}
	for _, old := range list { // said twice in one table
		if old.Kind == kind && kind != "check" && slices.Equal(old.Cols, item.Cols) {
			return list
		}
	}
	return append(list, item)
}

// alterTable adds the keys of ALTER TABLE to the group of their table, or to one of their own when the table is
// created nowhere before.
func (c *counter) alterTable(s *ast.Alter) {
	schema, name := c.name(s.Name)
	key, ok := c.tables[name]
	if !ok {
		key = "keys " + schema + "." + name
	}
	list := c.groups[key]
	for _, a := range s.Actions {
		if a.Verb != token.ADD && a.Verb != token.MODIFY {
			continue
		}
		for _, col := range a.Columns {
			if col.Name == nil {
				continue
			}
			for _, k := range col.Constraints {
				list = c.key(list, schema, name, k, col.Name, true)
			}
		}
		if a.Verb == token.ADD {
			for _, k := range a.Constraints {
				list = c.key(list, schema, name, k, nil, true)
			}
		}
	}
	if len(list) > 0 {
		c.put(key, list)
	}
}

func (c *counter) comment(s *ast.Comment) {
	if s.Kind != token.TABLE && s.Kind != token.COLUMN || s.Object == nil {
		return
	}
	p := c.file.Parts(s.Object)
	item := Item{Kind: "comment", Schema: c.schema, Pos: c.file.Pos(s)}
	if s.Kind == token.COLUMN {
		if len(p) < 2 {
			return
		}
		item.Name, p = p[len(p)-1], p[:len(p)-1]
	}
	item.Owner = p[len(p)-1]
	if len(p) > 1 {
		item.Schema = p[len(p)-2]
	}
	on := need{what: "relation", name: item.Owner, schema: item.Schema}
	if s.Kind == token.COLUMN {
		on.cols = []string{item.Name}
	}
	item.needs = []need{on}
	key := fmt.Sprintf("comment %s.%s", strings.Join(p, "."), item.Name)
	c.put(key, []Item{item})
	c.hang[item.Owner] = append(c.hang[item.Owner], key)
}

// tally counts items by kind, those apart for which the input lacks something.
func tally(items []Item) map[string]int {
	n := map[string]int{}
	for _, it := range items {
		if it.Lacks == "" {
			n[it.Kind]++
		}
	}
	return n
}

// lacking counts by kind the items that stand on something that the input does not create.
func lacking(items []Item) map[string]int {
	n := map[string]int{}
	for _, it := range items {
		if it.Lacks != "" {
			n[it.Kind]++
		}
	}
	return n
}
