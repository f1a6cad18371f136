package project

import (
	"fmt"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// Load says what of a database is loaded, and how. The zero value loads every table of the schemas that a command names, with the
// usual sizes. Names are spelled as model.QName spells them.
type Load struct {
	Schemas []string // "*" is every schema that Oracle does not maintain
	Include []string // OWNER.TABLE with * for any characters; empty includes all
	Exclude []string
	Views   []string // loaded as tables are
	Tables  map[string]LoadTable

	ChunkRows int // rows of a chunk; 0: the usual
	ChunkMB   int
	TimeZone  string // that DATE and TIMESTAMP are meant in, where their target has a time zone; "" where none has
	// OnFault says by the name of a fault what is done about values that do not fit the target, in all columns.
	OnFault map[string]string
	// Objects is what columns of object types and collections become, ObjectsJSON or ObjectsComposite; "" takes what the target has.
	Objects string
}

// What columns of object types and collections may be said to become.
const (
	ObjectsJSON      = "json"
	ObjectsComposite = "composite" // a composite type, an array
)

// LoadTable is what is particular to one table.
type LoadTable struct {
	Target  string // SCHEMA.TABLE of the target, or TABLE
	Where   string // condition in Oracle's SQL
	Key     []string
	Columns map[string]string // source's column: target's
	Skip    []string          // columns that are not loaded
	OnFault map[string]map[string]string

	AllObjects string            // Load.Objects, of this table
	Objects    map[string]string // ... of a column
}

func (r *reader) load(n *yaml.Node, l *Load, known Known) {
	r.mapping(n, "load", map[string]field{
		"schemas":    r.list("schemas", &l.Schemas, foldName),
		"include":    r.list("include", &l.Include, foldPattern),
		"exclude":    r.list("exclude", &l.Exclude, foldPattern),
		"views":      r.list("views", &l.Views, foldOracle),
		"chunk-rows": r.number("chunk-rows", &l.ChunkRows, 1),
		"chunk-mb":   r.number("chunk-mb", &l.ChunkMB, 1),
		"on-fault":   r.faults("on-fault", &l.OnFault, known),

		"object-columns": r.objects("object-columns", &l.Objects),
		"time-zone": func(n *yaml.Node) {
			v, ok := r.text(n, "load.time-zone")
			if _, err := time.LoadLocation(v); ok && (err != nil || v == "Local") {
				r.fail(n, "a name such as Asia/Shanghai", "load.time-zone: %q is no time zone", v)
				return
			}
			l.TimeZone = v
		},
		"tables": func(n *yaml.Node) {
			l.Tables = map[string]LoadTable{}
			r.pairs(n, "tables", func(key, value *yaml.Node) {
				name := foldOracle(key.Value)
				if !strings.Contains(name, ".") {
					r.fail(key, "HR.EMP names schema and table", "tables: %q names no schema", key.Value)
					return
				}
				l.Tables[name] = r.loadTable(name, value, known)
			})
		},
	})
}

func (r *reader) loadTable(name string, n *yaml.Node, known Known) LoadTable {
	t := LoadTable{Columns: map[string]string{}, OnFault: map[string]map[string]string{}}
	plain := func(what string, into *string) field {
		return func(n *yaml.Node) { *into, _ = r.text(n, name+"."+what) }
	}
	r.mapping(n, name, map[string]field{
		"target":       plain("target", &t.Target),
		"where":        plain("where", &t.Where),
		"key":          r.list(name+".key", &t.Key, foldName),
		"columns":      r.names(name+".columns", t.Columns, foldName),
		"skip-columns": r.list(name+".skip-columns", &t.Skip, foldName),
		"object-columns": func(n *yaml.Node) {
			if target(n).Kind != yaml.MappingNode {
				r.objects(name+".object-columns", &t.AllObjects)(n)
				return
			}
			t.Objects = map[string]string{}
			r.pairs(n, name+".object-columns", func(key, value *yaml.Node) {
				var v string
				r.objects(name+".object-columns."+key.Value, &v)(value)
				t.Objects[foldName(key.Value)] = v
			})
		},
		"on-fault": func(n *yaml.Node) {
			r.pairs(n, name+".on-fault", func(key, value *yaml.Node) {
				var m map[string]string
				r.faults(name+".on-fault."+key.Value, &m, known)(value)
				t.OnFault[foldName(key.Value)] = m
			})
		},
	})
	return t
}

// objects reads what columns of objects become.
func (r *reader) objects(what string, into *string) field {
	return func(n *yaml.Node) {
		v, ok := r.text(n, what)
		if ok && v != ObjectsJSON && v != ObjectsComposite {
			r.fail(n, ObjectsJSON+" or "+ObjectsComposite, "%s: %q", what, v)
			return
		}
		*into = v
	}
}

// faults reads actions by the names of faults.
func (r *reader) faults(what string, into *map[string]string, known Known) field {
	return func(n *yaml.Node) {
		m := map[string]string{}
		r.pairs(n, what, func(key, value *yaml.Node) {
			action, ok := r.text(value, what+"."+key.Value)
			if !ok {
				return
			}
			if known.Fault != nil {
				if err := known.Fault(key.Value, action); err != nil {
					r.fail(key, "", "%s: %v", what, err)
					return
				}
			}
			m[key.Value] = action
		})
		*into = m
	}
}

// list reads texts, one or several.
func (r *reader) list(what string, into *[]string, fold func(string) string) field {
	return func(n *yaml.Node) {
		n = target(n)
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		for i, item := range items {
			v, ok := r.text(item, fmt.Sprintf("%s[%d]", what, i))
			if !ok {
				continue
			}
			if strings.TrimSpace(v) == "" {
				r.fail(item, "", "%s needs a name", what)
				continue
			}
			*into = append(*into, fold(v))
		}
	}
}

// foldPattern is foldOracle for names with asterisks.
func foldPattern(s string) string {
	if strings.Contains(s, `"`) {
		return foldOracle(s)
	}
	return strings.ToUpper(s)
}
