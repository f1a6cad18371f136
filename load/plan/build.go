package plan

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/postgres/naming"
	"landfall/internal/project"
	"landfall/load/source"
)

// Input is what a plan is made of.
type Input struct {
	Facts    *source.Facts
	Settings project.Load
	Schemas  []string // that were asked for; * is all
	Names    naming.Names
	Tool     string // version
	// Statements of the conversion, in order of deployment; none when the tables are there already.
	Statements []Statement
	// Cut asks the source where to cut a table by its key; nil leaves such tables whole.
	Cut Cutter
	// Try asks the source whether it takes the condition of a table; nil takes them all.
	Try Tryer
}

// Statement is one statement of the conversion.
type Statement struct {
	Phase Phase
	Name  string // of the object, for people
	SQL   string
	Needs []string // extensions without which it cannot be made
}

// Cutter finds the values of a key at which a table is cut into pieces of so many rows: the key of every rows-th row but the
// first, and the number of rows with and without a NULL in the key.
type Cutter func(ctx context.Context, t *Table, scn model.SCN, rows int64) (cuts [][]string, whole, null int64, err error)

// Tryer says why the source does not take a table's condition: a column that is not there, a character that its character set does not have.
type Tryer func(ctx context.Context, t *Table, scn model.SCN) error

// Build makes the plan. Its error joins everything that stands in the way: two tables that would be one in the target, settings for
// tables that are not there.
func Build(ctx context.Context, in Input) (*Plan, error) {
	f := in.Facts
	b := &builder{in: in, p: &Plan{Format: Format, Tool: in.Tool, Source: f.Database, SCN: f.SCN, SyncFrom: f.OpenSCN, SyncUnknown: f.OpenUnknown, TimeZone: in.Settings.TimeZone, Settings: SettingsKey(in.Settings, in.Names)}}
	b.p.Statements = StatementsKey(in.Statements)
	b.p.Schemas = slices.Compact(slices.Sorted(slices.Values(in.Schemas)))
	b.made = b.madeTables()
	b.p.Seen = b.seen()
	b.checkSchemas()
	b.checkSettings()
	for i := range f.Tables {
		b.table(&f.Tables[i])
	}
	b.collisions()
	b.unseen()
	b.tryFilters(ctx)
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	for i := range b.p.Tables {
		if err := b.chunks(ctx, &b.p.Tables[i], b.facts[i]); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(b.p.Chunks, func(a, c Chunk) int {
		return cmp.Or(cmp.Compare(c.Weight(), a.Weight()), cmp.Compare(a.Table, c.Table))
	})
	for i := range b.p.Chunks {
		b.p.Chunks[i].No = i
		b.p.Tables[b.p.Chunks[i].Table].Chunks++
	}
	b.sequences()
	b.steps()
	slices.SortFunc(b.p.LeftOut, func(a, c LeftOut) int {
		return cmp.Or(cmp.Compare(a.Object, c.Object), cmp.Compare(a.Reason, c.Reason))
	})
	return b.p, nil
}

// SettingsKey is the same for the same settings. A plan keeps what was set when it was made, whatever is changed later.
func SettingsKey(set project.Load, names naming.Names) string {
	b, err := json.Marshal([]any{set, names})
	if err != nil {
		panic(err) // strings, numbers and maps of them
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// StatementsKey is the same for the same statements, "" for none. A plan keeps those that it was made with, whatever is converted later.
func StatementsKey(list []Statement) string {
	if len(list) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, s := range list {
		fmt.Fprintf(sum, "%q %q %q %q\n", s.Phase, s.Name, s.SQL, s.Needs)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// Weight is what chunks are ordered by: the longest must not come last.
func (c *Chunk) Weight() int64 { return max(c.Bytes, c.Blocks*blockSize) }

type builder struct {
	in    Input
	made  []madeTable
	p     *Plan
	facts []*source.Table // of p.Tables
	errs  []error
}

func (b *builder) fail(object, hint, format string, args ...any) {
	b.errs = append(b.errs, &model.Error{Code: "LD0102", Op: "plan the load of " + object, Err: fmt.Errorf(format, args...), Hint: hint})
}

func (b *builder) leave(t *source.Table, reason string) {
	b.p.LeftOut = append(b.p.LeftOut, LeftOut{model.CatalogName(t.Owner, t.Name).String(), reason})
}

// checkSchemas finds schemas that were asked for and have nothing that this account may see: a name that is misspelt would be a
// load of nothing that ends well.
func (b *builder) checkSchemas() {
	have := map[string]bool{"*": true}
	for i := range b.in.Facts.Tables {
		have[b.in.Facts.Tables[i].Owner] = true
	}
	for i := range b.in.Facts.Sequences {
		have[b.in.Facts.Sequences[i].Owner] = true
	}
	for _, s := range b.in.Schemas {
		if !have[s] {
			b.fail("schema "+s, "is it spelt as Oracle has it, and may the account SELECT its tables?", "it has no table that this account sees")
		}
	}
}

// checkSettings finds settings that would say nothing.
func (b *builder) checkSettings() {
	have := map[string]*source.Table{}
	for i := range b.in.Facts.Tables {
		t := &b.in.Facts.Tables[i]
		have[model.CatalogName(t.Owner, t.Name).String()] = t
	}
	for _, name := range slices.Sorted(maps.Keys(b.in.Settings.Tables)) {
		t := have[name]
		if t == nil {
			b.fail(name, "load.tables in landfall.yaml names it", "the source has no such table in the schemas that are loaded")
			continue
		}
		set := b.in.Settings.Tables[name]
		known := map[string]bool{}
		for _, c := range t.Columns {
			known[c.Name] = true
		}
		for _, list := range [][]string{set.Key, set.Skip, slices.Sorted(maps.Keys(set.Columns)), slices.Sorted(maps.Keys(set.OnFault)), slices.Sorted(maps.Keys(set.Objects))} {
			for _, c := range list {
				if !known[c] {
					b.fail(name, "load.tables in landfall.yaml names it", "it has no column %s", c)
				}
			}
		}
	}
	for i, p := range slices.Concat(b.in.Settings.Include, b.in.Settings.Exclude) {
		include := i < len(b.in.Settings.Include)
		known := func() bool {
			for name := range have {
				if match(p, name) {
					return true
				}
			}
			return slices.ContainsFunc(b.made, func(m madeTable) bool { return slices.Contains(m.sources, p) })
		}
		switch {
		case !strings.Contains(p, "."):
			b.fail(p, "HR.EMP, HR.* or *.TMP_*", "%q names no schema", p)
		case !include && strings.Contains(p, "*"): // for tables that may come some day
		case !known(): // a misspelt name would leave a table out, or let one in, that nobody looks for
			list := "exclude"
			if include {
				list = "include"
			}
			b.fail(p, "load."+list+" in landfall.yaml names it", "the source has no such table in the schemas that are loaded")
		}
	}
}

// made are names that Oracle gives to tables of its own: logs of materialized views, text indexes, queues' indexes.
var made = []string{"MLOG$_", "RUPD$_", "DR$", "SYS_IOT_OVER_", "SYS_IOT_MAP_", "BIN$", "AQ$_"}

// reason says why a table is not loaded; "" when it is.
func (b *builder) reason(t *source.Table, name string) string {
	set := &b.in.Settings
	switch {
	case t.Temporary:
		return "temporary table: its rows belong to sessions"
	case t.IOT == "IOT_OVERFLOW" || t.IOT == "IOT_MAPPING":
		return "part of an index-organized table"
	case t.Nested:
		return "storage of a nested table: its rows are values of another table's column"
	case t.External:
		return "external table: its rows are in a file"
	case t.MView && !t.Asked:
		return "materialized view: it is refreshed in the target; load.views loads its rows"
	case t.Object:
		return "object table"
	case slices.ContainsFunc(made, func(p string) bool { return strings.HasPrefix(t.Name, p) }):
		return "made by Oracle for an object of another kind"
	case len(set.Include) > 0 && !slices.ContainsFunc(set.Include, func(p string) bool { return match(p, name) }):
		return "not among load.include"
	case slices.ContainsFunc(set.Exclude, func(p string) bool { return match(p, name) }):
		return "load.exclude"
	}
	return ""
}

// match holds a name against a pattern with asterisks for any characters.
func match(pattern, name string) bool {
	head, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == name
	}
	name, ok := strings.CutPrefix(name, head)
	if !ok {
		return false
	}
	for {
		if match(rest, name) {
			return true
		}
		if name == "" {
			return false
		}
		name = name[1:]
	}
}

func (b *builder) table(t *source.Table) {
	name := model.CatalogName(t.Owner, t.Name).String()
	if why := b.reason(t, name); why != "" {
		b.leave(t, why)
		return
	}
	set := b.in.Settings.Tables[name]
	out := Table{
		No: len(b.p.Tables), Owner: t.Owner, Name: t.Name, Schema: b.in.Names.Schema(t.Owner), Target: b.in.Names.Fold(t.Name),
		Kind: Heap, Key: t.Key, Filter: strings.TrimSpace(set.Where), Rows: t.NumRows,
	}
	if out.Filter != "" {
		if err := checkFilter(out.Filter); err != nil {
			b.fail(name, "where: in load.tables of landfall.yaml is a condition as it stands behind WHERE in Oracle's SQL", "%w", err)
			return
		}
	}
	if t.IOT != "" || t.Cluster != "" || t.View {
		out.Kind = Keys
	}
	if set.Target != "" {
		schema, table, two := strings.Cut(set.Target, ".")
		if !two {
			schema, table = out.Schema, set.Target
		}
		out.Schema, out.Target = schema, table
	}
	if len(set.Key) > 0 {
		out.Key = set.Key
	}
	for _, c := range t.Columns {
		if c.Virtual && c.Hidden || c.Generated || slices.Contains(set.Skip, c.Name) {
			continue
		}
		shape, err := b.shapeOf(c)
		if err != nil {
			b.errs = append(b.errs, &model.Error{
				Code: "LD0103", Op: "plan the load of " + name, Err: fmt.Errorf("column %s is of type %s, whose values cannot be read: %w", c.Name, c.Type, err),
				Hint: fmt.Sprintf("leave it out: skip-columns: [%s] for %s below load.tables in landfall.yaml", c.Name, name),
			})
			continue
		}
		col := Column{Source: c.Name, Type: c.Type, Target: b.in.Names.Fold(c.Name), Policy: maps.Clone(b.in.Settings.OnFault), Virtual: c.Virtual}
		if to, ok := set.Columns[c.Name]; ok {
			col.Target = to
		}
		if shape != nil {
			col.Object, col.Short = shape, versionOf(b.in.Facts.Database.Version) < 18_00
			col.As = cmp.Or(set.Objects[c.Name], set.AllObjects, b.in.Settings.Objects)
		}
		for fault, action := range set.OnFault[c.Name] {
			if col.Policy == nil {
				col.Policy = map[string]string{}
			}
			col.Policy[fault] = action
		}
		out.Columns = append(out.Columns, col)
	}
	if len(out.Columns) == 0 {
		b.leave(t, "no columns")
		return
	}
	for _, s := range t.Segments {
		for _, e := range s.Extents {
			out.Blocks += int64(e.Blocks)
		}
	}
	if t.View {
		b.cuttable(&out)
	}
	for _, k := range out.Key {
		if !slices.ContainsFunc(out.Columns, func(c Column) bool { return c.Source == k }) {
			out.Key = nil // a column that is left out: nothing tells the rows apart in the target
		}
	}
	b.p.Tables = append(b.p.Tables, out)
	b.facts = append(b.facts, t)
}

// keyTypes are those of columns that a view can be cut by: they have a text without a loss, which their order does not depend on.
var keyTypes = map[string]bool{
	"NUMBER": true, "FLOAT": true, "VARCHAR2": true, "NVARCHAR2": true, "CHAR": true, "NCHAR": true, "DATE": true, "TIMESTAMP": true, "RAW": true,
}

// cuttable holds that a view can be read in pieces which have each of its rows once: it has no ROWIDs, so a key must be named for it.
func (b *builder) cuttable(t *Table) {
	fail := func(format string, args ...any) {
		b.errs = append(b.errs, &model.Error{
			Code: "LD0104", Op: "plan the load of " + t.SourceName(), Err: fmt.Errorf(format, args...),
			Hint: "key: [...] for " + t.SourceName() + " below load.tables in landfall.yaml names columns that tell its rows apart",
		})
	}
	if len(t.Key) == 0 {
		fail("it is a view, and nothing tells its rows apart")
	}
	for _, k := range t.Key {
		i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Source == k })
		switch {
		case i < 0:
			fail("column %s of its key is left out", k)
		case !keyTypes[t.Columns[i].Type.Name]:
			fail("column %s of its key is of type %s, which a view cannot be cut by", k, t.Columns[i].Type)
		}
	}
}

// collisions refuses two tables that would become one, and two columns of a table.
func (b *builder) collisions() {
	taken := map[[2]string]string{}
	for i := range b.p.Tables {
		t := &b.p.Tables[i]
		at := [2]string{t.Schema, t.Target}
		if other, ok := taken[at]; ok {
			b.fail(t.SourceName(), "load.tables or convert.schemas in landfall.yaml can name another place", "it would go into the same table as %s, %s.%s", other, t.Schema, t.Target)
		}
		taken[at] = t.SourceName()
		if t.Schema == "landfall" && (strings.HasPrefix(t.Target, "load_") || strings.HasPrefix(t.Target, "river_")) {
			b.fail(t.SourceName(), "load.tables or convert.schemas in landfall.yaml can name another place", "it would go into %s.%s, a name of the ledger's own", t.Schema, t.Target)
		}
		columns := map[string]string{}
		for _, c := range t.Columns {
			if other, ok := columns[c.Target]; ok {
				b.fail(t.SourceName(), "load.tables in landfall.yaml can name another", "columns %s and %s would both be %s", other, c.Source, c.Target)
			}
			columns[c.Target] = c.Source
		}
	}
}

func (b *builder) sequences() {
	at := map[string]*Table{}
	for i := range b.p.Tables {
		at[b.p.Tables[i].Owner+"\x00"+b.p.Tables[i].Name] = &b.p.Tables[i]
	}
	for _, q := range b.in.Facts.Sequences {
		s := Sequence{Owner: q.Owner, Name: q.Name, Schema: b.in.Names.Schema(q.Owner)}
		if q.Column == "" {
			s.Target = b.in.Names.Fold(q.Name)
			b.p.Sequences = append(b.p.Sequences, s)
			continue
		}
		table, column, _ := strings.Cut(q.Column, ".")
		t := at[q.Owner+"\x00"+table]
		if t == nil {
			continue // of a table that is not loaded, which LeftOut names
		}
		s.Schema, s.Table = t.Schema, t.Target
		for _, c := range t.Columns {
			if c.Source == column {
				s.Column = c.Target
			}
		}
		if s.Column != "" {
			b.p.Sequences = append(b.p.Sequences, s)
		}
	}
}
