package source

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
)

// Want says what facts are wanted of.
type Want struct {
	Schemas []string // folded; "*" is every schema that Oracle does not maintain
	Views   []Name   // views and materialized views that are loaded as tables are
	Named   []Name   // the same, as far as they are views; what is a table, or not there, is none of this
}

// Name is a table or view, as the dictionary has it.
type Name struct{ Owner, Table string }

// String is OWNER.NAME in Oracle's spelling.
func (n Name) String() string { return model.CatalogName(n.Owner, n.Table).String() }

// ReadFacts asks the dictionary. The snapshot comes first.
func ReadFacts(ctx context.Context, s Session, want Want) (*Facts, error) {
	r := &reader{ctx: ctx, s: s, f: &Facts{}, want: want, at: map[Name]int{}, prefix: "DBA_"}
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"the snapshot SCN", r.snapshot},
		{"the database's name and version", r.identity},
		{"privileges", r.width},
		{"schemas", r.schemas},
		{"tables", r.tables},
		{"views", r.views},
		{"columns", r.columns},
		{"object types", r.objectTypes},
		{"keys", r.keys},
		{"data objects", r.segments},
		{"extents", r.extents},
		{"sequences", r.sequences},
	} {
		if err := step.do(); err != nil {
			return nil, &model.Error{Code: "LD0101", Op: "read " + step.what + " of the source", Err: err, Hint: hint(err)}
		}
	}
	return r.f, nil
}

// ReadIdentity asks a database who it is.
func ReadIdentity(ctx context.Context, s Session) (Identity, error) {
	r := &reader{ctx: ctx, s: s, f: &Facts{}, prefix: "ALL_"}
	err := r.identity()
	return r.f.Database, err
}

func hint(err error) string {
	switch ORA(err) {
	case 942, 1031:
		return "the account needs SELECT on the tables, and SELECT_CATALOG_ROLE for the current SCN and for extents"
	}
	return ""
}

type reader struct {
	ctx    context.Context
	s      Session
	f      *Facts
	want   Want
	prefix string // DBA_ or ALL_
	own    []string
	at     map[Name]int
}

func (r *reader) each(sql string, binds []string, each func(v []string)) error {
	return texts(r.ctx, r.s, sql, binds, each)
}

// one is the first value of the first row; "" without a row.
func (r *reader) one(sql string, binds ...string) (value string, err error) {
	first := true
	err = r.each(sql, binds, func(v []string) {
		if first {
			value, first = v[0], false
		}
	})
	return value, err
}

// perSchema runs a query for all schemas, some at a time: %s stands for the list, which is compared with the owner. DBA_EXTENTS
// takes seconds a call whatever is asked of it, so one call a schema would be hours for hundreds of them.
func (r *reader) perSchema(sql string, each func(v []string)) error {
	const most = 200 // binds; Oracle takes 1000 in a list
	for list := range slices.Chunk(r.own, most) {
		marks := make([]string, len(list))
		for i := range list {
			marks[i] = fmt.Sprintf(":s%d", i+1)
		}
		if err := r.each(strings.ReplaceAll(fmt.Sprintf(sql, strings.Join(marks, ", ")), "DBA_", r.prefix), list, each); err != nil {
			return err
		}
	}
	return nil
}

// table is the table of a row that begins with owner and name; nil for one that is not among those wanted.
func (r *reader) table(v []string) *Table {
	if i, ok := r.at[Name{v[0], v[1]}]; ok {
		return &r.f.Tables[i]
	}
	return nil
}

// width finds out whether the DBA_ views can be read.
func (r *reader) width() error {
	_, err := r.one("SELECT owner FROM DBA_EXTENTS WHERE 1 = 0")
	switch ORA(err) {
	case 942, 1031:
		r.prefix = "ALL_"
		return nil
	}
	r.f.Wide = err == nil
	return err
}

func (r *reader) schemas() error {
	for _, s := range r.want.Schemas {
		if s != "*" {
			r.own = append(r.own, s)
			continue
		}
		err := r.each("SELECT username FROM "+r.prefix+"USERS WHERE oracle_maintained = 'N' ORDER BY username", nil, func(v []string) { r.own = append(r.own, v[0]) })
		if err != nil {
			return fmt.Errorf("schemas that Oracle does not maintain (known from 12.1 on; name the schemas before): %w", err)
		}
	}
	slices.Sort(r.own)
	r.own = slices.Compact(r.own)
	return nil
}

func (r *reader) tables() error {
	views := map[Name]bool{}
	err := r.perSchema("SELECT owner, object_name FROM DBA_OBJECTS WHERE object_type = 'MATERIALIZED VIEW' AND owner IN (%s)", func(v []string) { views[Name{v[0], v[1]}] = true })
	if err != nil {
		return err
	}
	external := map[Name]bool{}
	err = r.perSchema("SELECT owner, table_name FROM DBA_EXTERNAL_TABLES WHERE owner IN (%s)", func(v []string) { external[Name{v[0], v[1]}] = true })
	if err != nil && !absent(err) {
		return err
	}
	err = r.perSchema(`SELECT owner, table_name, iot_type, temporary, nested, partitioned, cluster_name, TO_CHAR(num_rows), TO_CHAR(blocks), TO_CHAR(avg_row_len)
  FROM DBA_TABLES WHERE owner IN (%s)`, func(v []string) {
		r.f.Tables = append(r.f.Tables, Table{
			Owner: v[0], Name: v[1], IOT: v[2], Temporary: v[3] == "Y", Nested: v[4] == "YES", Partitioned: v[5] == "YES", Cluster: v[6],
			NumRows: integer(v[7]), Blocks: integer(v[8]), AvgRowLen: integer(v[9]), External: external[Name{v[0], v[1]}], MView: views[Name{v[0], v[1]}],
		})
		r.at[Name{v[0], v[1]}] = len(r.f.Tables) - 1
	})
	if err != nil {
		return err
	}
	// object tables are not in DBA_TABLES; they must not be passed over in silence
	err = r.perSchema("SELECT owner, object_name FROM DBA_OBJECTS WHERE object_type = 'TABLE' AND owner IN (%s)", func(v []string) {
		if n := (Name{v[0], v[1]}); r.table(v) == nil && !strings.HasPrefix(n.Table, "BIN$") {
			r.f.Tables = append(r.f.Tables, Table{Owner: v[0], Name: v[1], Object: true})
			r.at[n] = len(r.f.Tables) - 1
		}
	})
	if err != nil {
		return err
	}
	slices.SortFunc(r.f.Tables, func(a, b Table) int { return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Name, b.Name)) })
	r.number()
	return nil
}

func (r *reader) number() {
	clear(r.at)
	for i, t := range r.f.Tables {
		r.at[Name{t.Owner, t.Name}] = i
	}
}

// views adds the views that are loaded as tables are. Rows of a materialized view lie in a table of its name, which is there already.
func (r *reader) views() error {
	wanted := len(r.want.Views)
	named := slices.Clone(r.want.Named)
	slices.SortFunc(named, func(a, b Name) int { return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Table, b.Table)) })
	for i, n := range slices.Concat(r.want.Views, named) {
		if at, ok := r.at[n]; ok {
			if t := &r.f.Tables[at]; i < wanted && !t.MView && !t.View {
				return fmt.Errorf("%s is a table", n)
			}
			r.f.Tables[at].Asked = true
			continue
		}
		got, err := r.one("SELECT view_name FROM "+r.prefix+"VIEWS WHERE owner = :o AND view_name = :n", n.Owner, n.Table)
		switch {
		case err != nil:
			return err
		case got == "" && i < wanted:
			return fmt.Errorf("there is no view %s in the schemas that are loaded, and no materialized view", n)
		case got == "":
			continue
		}
		r.f.Tables = append(r.f.Tables, Table{Owner: n.Owner, Name: n.Table, View: true, Asked: true})
		r.number()
		if !slices.Contains(r.own, n.Owner) {
			r.own = append(r.own, n.Owner)
		}
	}
	return nil
}

func (r *reader) columns() error {
	return r.perSchema(`SELECT owner, table_name, column_name, data_type, data_type_owner, TO_CHAR(data_length), TO_CHAR(data_precision), TO_CHAR(data_scale), char_used,
       TO_CHAR(char_length), nullable, virtual_column, hidden_column, user_generated, data_type_mod
  FROM DBA_TAB_COLS WHERE owner IN (%s) ORDER BY owner, table_name, internal_column_id`, func(v []string) {
		if t := r.table(v); t != nil {
			typ := TypeOf(v[3], v[4], v[5], v[6], v[7], v[8], v[9])
			typ.Ref = v[14] == "REF"
			t.Columns = append(t.Columns, TableColumn{
				Name: v[2], Type: typ, Nullable: v[10] == "Y", Virtual: v[11] == "YES",
				Hidden: v[12] == "YES", Generated: v[13] == "NO",
			})
		}
	})
}

// keys finds for every table its primary key, else a unique key all of whose columns are NOT NULL.
func (r *reader) keys() error {
	type key struct {
		primary bool
		columns []string
	}
	keys := map[Name]map[string]*key{}
	err := r.perSchema(`SELECT owner, table_name, constraint_name, constraint_type FROM DBA_CONSTRAINTS
 WHERE constraint_type IN ('P', 'U') AND status = 'ENABLED' AND validated = 'VALIDATED' AND owner IN (%s)`, func(v []string) {
		n := Name{v[0], v[1]}
		if keys[n] == nil {
			keys[n] = map[string]*key{}
		}
		keys[n][v[2]] = &key{primary: v[3] == "P"}
	})
	if err != nil {
		return err
	}
	err = r.perSchema("SELECT owner, table_name, constraint_name, column_name FROM DBA_CONS_COLUMNS WHERE owner IN (%s) ORDER BY owner, constraint_name, position", func(v []string) {
		if k := keys[Name{v[0], v[1]}][v[2]]; k != nil {
			k.columns = append(k.columns, v[3])
		}
	})
	if err != nil {
		return err
	}
	for i := range r.f.Tables {
		t := &r.f.Tables[i]
		nullable := map[string]bool{}
		for _, c := range t.Columns {
			nullable[c.Name] = c.Nullable
		}
		best := ""
		for name, k := range keys[Name{t.Owner, t.Name}] {
			usable := k.primary || !slices.ContainsFunc(k.columns, func(c string) bool { return nullable[c] })
			if !usable || len(k.columns) == 0 {
				continue
			}
			// the primary key, else the one of fewest columns, else by name: the plan must not depend on a map's order
			if best == "" || cmp.Or(-boolCompare(k.primary, keys[Name{t.Owner, t.Name}][best].primary), cmp.Compare(len(k.columns), len(t.Key)), cmp.Compare(name, best)) < 0 {
				best, t.Key = name, k.columns
			}
		}
	}
	return nil
}

// absent reports whether a dictionary view is not there: in an older version, or in a database that only stands in for one.
func absent(err error) bool { return ORA(err) == 942 || ORA(err) == 3001 }

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func integer(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // statistics are absent or whole numbers; they only shape chunks
	return n
}

// ParseName reads OWNER.NAME as Oracle writes it; a plain word is folded.
func ParseName(s string) (Name, error) {
	var parts []string
	from, quoted := 0, false
	for i := 0; i <= len(s); i++ {
		switch {
		case i == len(s) || s[i] == '.' && !quoted:
			parts = append(parts, model.NewIdent(s[from:i]).Name)
			from = i + 1
		case s[i] == '"':
			quoted = !quoted
		}
	}
	if len(parts) != 2 || parts[0] == "" || parts[1] == "" {
		return Name{}, fmt.Errorf("%q is not OWNER.NAME", s)
	}
	return Name{parts[0], parts[1]}, nil
}
