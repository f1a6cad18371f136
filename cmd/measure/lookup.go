package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/postgres/scratch"
)

// Target is what the database holds after the load, names in lower case. What extensions brought is left out.
type Target struct {
	Procs []*struct {
		OID    uint32 `json:"oid"`
		Schema string `json:"schema"`
		Name   string `json:"name"`
		Lang   string `json:"lang"`
		Src    string `json:"src"`
		Args   string `json:"args"`
		First  string `json:"first"` // type of the first argument
	} `json:"procs"`
	Rels []struct {
		Schema string `json:"schema"`
		Name   string `json:"name"`
		Kind   string `json:"kind"`
	} `json:"rels"`
	Keys []struct {
		Table string   `json:"table"`
		Name  string   `json:"name"`
		Kind  string   `json:"kind"` // p u f c
		Cols  []string `json:"cols"`
	} `json:"keys"`
	Indexes []struct {
		Name   string   `json:"name"`
		Table  string   `json:"table"`
		Unique bool     `json:"unique"`
		Cols   []string `json:"cols"`
	} `json:"indexes"`
	Comments []struct {
		Rel string `json:"rel"`
		Col string `json:"col"`
	} `json:"comments"`
	Triggers []*struct {
		Name string `json:"name"`
		Rel  string `json:"rel"`
		Func uint32 `json:"func"`
		On   uint32 `json:"on"`
	} `json:"triggers"`
	Types []string `json:"types"`
}

const targetQuery = `
with mine as (select oid, lower(nspname) as nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'landfall')),
ext as (select classid, objid from pg_depend where deptype = 'e'),
rel as (select c.oid, n.nspname, lower(c.relname) as relname, c.relkind from pg_class c join mine n on n.oid = c.relnamespace
	where not exists (select from ext where classid = 'pg_class'::regclass and objid = c.oid))
select json_build_object(
'procs', (select json_agg(json_build_object('oid', p.oid::bigint, 'schema', n.nspname, 'name', lower(p.proname), 'lang', l.lanname, 'src', p.prosrc,
		'args', pg_get_function_identity_arguments(p.oid), 'first', lower(coalesce((select typname from pg_type where oid = p.proargtypes[0]), ''))) order by p.oid)
	from pg_proc p join mine n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
	where not exists (select from ext where classid = 'pg_proc'::regclass and objid = p.oid)),
'rels', (select json_agg(json_build_object('schema', nspname, 'name', relname, 'kind', relkind)) from rel),
'keys', (select json_agg(json_build_object('table', r.relname, 'name', lower(conname), 'kind', contype,
		'cols', (select coalesce(json_agg(lower(attname) order by o), '[]') from unnest(k.conkey) with ordinality u(n, o) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n)))
	from pg_constraint k join rel r on r.oid = k.conrelid),
'indexes', (select json_agg(json_build_object('name', i.relname, 'table', t.relname, 'unique', x.indisunique,
		'cols', (select coalesce(json_agg(lower(attname) order by attnum), '[]') from pg_attribute a where a.attrelid = x.indrelid and a.attnum = any (x.indkey))))
	from pg_index x join rel i on i.oid = x.indexrelid join rel t on t.oid = x.indrelid),
'comments', (select json_agg(json_build_object('rel', r.relname, 'col', lower(coalesce(attname, ''))))
	from pg_description d join rel r on r.oid = d.objoid and d.classoid = 'pg_class'::regclass
	left join pg_attribute a on a.attrelid = r.oid and a.attnum = d.objsubid and d.objsubid > 0),
'triggers', (select json_agg(json_build_object('name', lower(name), 'rel', rel, 'func', func::bigint, 'on', oid::bigint)) from (
	select tgname::text as name, r.relname as rel, tgfoid as func, r.oid from pg_trigger t join rel r on r.oid = t.tgrelid where not tgisinternal
	union all select evtname::text, '', evtfoid, 0 from pg_event_trigger) x),
'types', (select json_agg(lower(typname)) from pg_type t join mine n on n.oid = t.typnamespace))::text`

// readTarget reads the catalog of a database.
func readTarget(ctx context.Context, server *scratch.Server, db string) (*Target, error) {
	conn, err := server.Connect(ctx, db)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	var text string
	if _, err := conn.Exec(ctx, "set statement_timeout = 0"); err != nil {
		return nil, err
	}
	if err := conn.QueryRow(ctx, targetQuery).Scan(&text); err != nil {
		return nil, err
	}
	t := &Target{}
	return t, json.Unmarshal([]byte(text), t)
}

// Outcome is what became of one item.
type Outcome struct {
	Item
	Accepted bool
	Refused  string // code of the stub that stands for it
	Procs    []Proc // to be checked
}

// Proc is a routine of the target, with the relation of its trigger.
type Proc struct{ OID, Rel uint32 }

// outcomes looks every item up in the target.
func outcomes(items []Item, t *Target) []Outcome {
	packages := map[string]bool{}
	for _, it := range items {
		if it.Kind == "member" {
			packages[strings.ToLower(it.Owner)] = true
		}
	}
	l := newLookup(t)
	out := make([]Outcome, len(items))
	for i, it := range items {
		out[i] = l.find(it, packages)
	}
	return out
}

type lookup struct {
	t     *Target
	procs map[string][]int // name -> indexes in t.Procs
	byOID map[uint32]int
	rels  map[string][]string // name -> kinds
	taken map[uint32]bool
}

func newLookup(t *Target) *lookup {
	l := &lookup{t: t, procs: map[string][]int{}, byOID: map[uint32]int{}, rels: map[string][]string{}, taken: map[uint32]bool{}}
	for i, p := range t.Procs {
		l.procs[p.Name] = append(l.procs[p.Name], i)
		l.byOID[p.OID] = i
	}
	for _, r := range t.Rels {
		l.rels[r.Name] = append(l.rels[r.Name], r.Kind)
	}
	return l
}

func (l *lookup) find(it Item, packages map[string]bool) Outcome {
	o := Outcome{Item: it}
	name, owner, schema := strings.ToLower(it.Name), strings.ToLower(it.Owner), strings.ToLower(it.Schema)
	switch it.Kind {
	case "routine":
		l.routine(&o, name, func(s, _ string) bool { return !packages[s] || s == schema })
	case "member":
		l.routine(&o, name, func(s, _ string) bool { return s == owner || s == schema+"_"+owner })
	case "method":
		l.method(&o, name, owner, packages)
	case "trigger":
		l.trigger(&o, name, owner)
	case "table":
		o.Accepted = l.is(name, "r", "p", "f") || it.Temp && l.is(name, "v")
	case "view":
		o.Accepted = l.is(name, "v", "m")
	case "sequence":
		o.Accepted = l.is(name, "S")
	case "type":
		o.Accepted = slices.Contains(l.t.Types, name)
	case "index":
		o.Accepted = slices.ContainsFunc(l.t.Indexes, func(x struct {
			Name   string   `json:"name"`
			Table  string   `json:"table"`
			Unique bool     `json:"unique"`
			Cols   []string `json:"cols"`
		},
		) bool {
			// tables and indexes share one name space in PostgreSQL: an index named as a table has to get another name
			return x.Name == name || x.Table == owner && (x.Name == name+"_idx" || strings.HasPrefix(x.Name, name+"$"))
		})
	case "comment":
		for _, c := range l.t.Comments {
			o.Accepted = o.Accepted || c.Rel == owner && c.Col == name
		}
	default:
		l.key(&o, name, owner)
		if !o.Accepted && l.is(owner, "v") { // of a temporary table, where a view of the session's rows stands for it
			l.key(&o, name, owner+"$rows")
		}
	}
	return o
}

func (l *lookup) is(name string, kinds ...string) bool {
	return slices.ContainsFunc(l.rels[name], func(k string) bool { return slices.Contains(kinds, k) })
}

// routine takes the next routine of the name that no earlier item has; an overload that PostgreSQL cannot tell from one of
// those before it may be called name$2, name$3 ..., and two that clash with different ones have the same number. Stubs come last.
func (l *lookup) routine(o *Outcome, name string, in func(schema, first string) bool) {
	names := []string{name}
	for k := 2; k <= o.Nth; k++ {
		names = append(names, fmt.Sprintf("%s$%d", name, k))
	}
	for _, stubs := range []bool{false, true} {
		for _, n := range names {
			if l.next(o, n, stubs, in) {
				return
			}
		}
	}
}

func (l *lookup) next(o *Outcome, name string, stubs bool, in func(schema, first string) bool) bool {
	for _, i := range l.procs[name] {
		p := l.t.Procs[i]
		if l.taken[p.OID] || isStub(p.Src) != stubs || !in(p.Schema, p.First) {
			continue
		}
		l.taken[p.OID] = true
		if stubs {
			o.Refused = stubCode(p.Src)
			return true
		}
		o.Accepted = true
		if p.Lang == "plpgsql" {
			o.Procs = append(o.Procs, Proc{OID: p.OID})
		}
		return true
	}
	return false
}

// method finds a method of an object type: a routine of its name that takes the object first, or one in a schema
// or with a prefix of the type's name. What a package has under the name is the package's, whatever it takes first.
func (l *lookup) method(o *Outcome, name, owner string, packages map[string]bool) {
	if name == owner { // a constructor
		l.routine(o, owner+"$new", func(string, string) bool { return true })
	}
	if !o.Accepted && o.Refused == "" {
		l.routine(o, name, func(s, first string) bool { return first == owner && !packages[s] || s == owner })
	}
	for _, sep := range []string{"_", "$", "."} {
		if !o.Accepted && o.Refused == "" {
			l.routine(o, owner+sep+name, func(string, string) bool { return true })
		}
	}
}

// trigger finds a trigger of the name; one that was cut into several has them as name$part.
func (l *lookup) trigger(o *Outcome, name, table string) {
	for _, t := range l.t.Triggers {
		if t.Name != name && !strings.HasPrefix(t.Name, name+"$") {
			continue
		}
		if table != "" && t.Rel != "" && t.Rel != table {
			continue
		}
		i, ok := l.byOID[t.Func]
		if !ok {
			continue
		}
		if p := l.t.Procs[i]; isStub(p.Src) {
			o.Refused = stubCode(p.Src)
			continue
		} else if p.Lang == "plpgsql" {
			o.Procs = append(o.Procs, Proc{OID: t.Func, Rel: t.On})
		}
		o.Accepted = true
	}
	o.Accepted = o.Accepted && o.Refused == ""
}

var keyLetters = map[string]string{"primary key": "p", "unique": "u", "foreign key": "f", "check": "c"}

// key finds a constraint by its name or by its columns. A unique one may have become a unique index.
func (l *lookup) key(o *Outcome, name, table string) {
	cols := make([]string, len(o.Cols))
	for i, c := range o.Cols {
		cols[i] = strings.ToLower(c)
	}
	for _, k := range l.t.Keys {
		temporary := strings.HasSuffix(table, "$rows") && o.Kind == "primary key" && k.Kind == "u"
		if k.Table != table || k.Kind != keyLetters[o.Kind] && !temporary {
			continue
		}
		if name != "" && k.Name == name || len(cols) > 0 && sameColumns(k.Cols, cols) || o.Kind == "check" && name == "" {
			o.Accepted = true
		}
	}
	if o.Kind != "unique" && o.Kind != "primary key" {
		return
	}
	attributes := false // of an object column, for which a unique index of expressions stands
	for _, c := range o.Paths {
		attributes = attributes || strings.Contains(c, ".")
	}
	for _, x := range l.t.Indexes {
		if x.Table == table && x.Unique && (x.Name == name || len(cols) > 0 && sameColumns(x.Cols, cols) || attributes && len(x.Cols) == 0 && name == "") {
			o.Accepted = true
		}
	}
}

// sameColumns compares without order: indexes of the catalog list columns as the table does.
func sameColumns(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
