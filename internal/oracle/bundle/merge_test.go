package bundle

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
)

// pack makes a bundle of one schema at a time.
func pack(t *testing.T, name, schema, at string, edit func(*Content)) *Bundle {
	t.Helper()
	objects, sql := NewTable("objects"), NewTable("sql")
	objects.Add("owner", schema, "object_name", "T", "object_type", "TABLE", "status", "VALID")
	objects.Add("owner", "PUBLIC", "object_name", "S", "object_type", "SYNONYM", "status", "VALID")
	sql.Add("inst_id", "1", "sql_id", "abc", "parsing_schema_name", "HR", "executions", at[8:10], "sql_text", "SELECT 1 FROM dual")
	c := &Content{
		Manifest: Manifest{
			Origin: FromSpool, CollectedAt: at, Schemas: []string{schema}, Days: 7,
			Database: Database{Name: "ORCL", DBID: "7", Version: "19.3.0.0.0", Charset: "AL32UTF8"}, NotCollected: []NotCollected{{Name: "views", Reason: ReasonPrivilege}},
		},
		Tables: []*Table{objects, sql},
	}
	if edit != nil {
		edit(c)
	}
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	out, err := Read(name, bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMerge(t *testing.T) {
	hr, oe := pack(t, "hr.zip", "HR", "2026-11-01T00:00:00", nil), pack(t, "oe.zip", "OE", "2026-11-02T00:00:00", nil)
	for _, list := range [][]*Bundle{{hr, oe}, {oe, hr}} { // the order they are named in does not matter
		c, err := Merge(list)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Write(&out, c); err != nil {
			t.Fatal(err)
		}
		b, err := Read("both.zip", bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if faults := b.Verify(); len(faults) > 0 {
			t.Fatal(faults)
		}
		objects, err := b.Table("objects")
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range objects.Rows {
			names = append(names, r[0]+"."+r[1])
		}
		if d := cmp.Diff([]string{"HR.T", "OE.T", "PUBLIC.S"}, names); d != "" {
			t.Error(d)
		}
		sql, err := b.Table("sql")
		if err != nil {
			t.Fatal(err)
		}
		_, at := sql.Extract.Column("executions")
		if len(sql.Rows) != 1 || sql.Rows[0][at] != "02" {
			t.Errorf("sql: %v", sql.Rows)
		}
		m := b.Manifest
		if m.CollectedAt != "2026-11-01T00:00:00" || m.CollectedUntil != "2026-11-02T00:00:00" || len(m.Merged) != 2 || !cmp.Equal(m.Schemas, []string{"HR", "OE"}) || m.Why("views").Reason != ReasonPrivilege {
			t.Errorf("manifest %+v", m)
		}
	}
}

func TestMergeRefuses(t *testing.T) {
	a := pack(t, "a.zip", "HR", "2026-11-01T00:00:00", nil)
	database := func(f func(d *Database)) func(*Content) { return func(c *Content) { f(&c.Manifest.Database) } }
	for _, c := range []struct {
		name, code, says string
		edit             func(*Content)
	}{
		{"other database", CodeOther, "is of database CRM", database(func(d *Database) { d.Name = "CRM" })},
		{"other dbid", CodeOther, "ORCL 8", database(func(d *Database) { d.DBID = "8" })},
		{"other container", CodeOther, "PDB2", database(func(d *Database) { d.Container = "PDB2" })},
		{"other version", CodeVersion, "is of version 12.2.0.1.0", database(func(d *Database) { d.Version = "12.2.0.1.0" })},
		{"other charset", CodeOther, "character set", database(func(d *Database) { d.Charset = "ZHS16GBK" })},
		{"other origin", CodeOther, "comes from files", func(c *Content) { c.Manifest.Origin = FromFiles }},
		{"masked", CodeMasked, "masked in another way", func(c *Content) { c.Manifest.Mask = &Mask{Literals: true, KeyID: "x"} }},
		{"contradiction", CodeConflict, `column status is "INVALID", but "VALID"`, func(c *Content) { c.Tables[0].Rows[0][6] = "INVALID" }},
	} {
		at := "2026-11-02T00:00:00"
		if c.code == CodeConflict {
			at = "2026-11-01T00:00:00"
		}
		b := pack(t, "b.zip", "HR", at, c.edit)
		if c.code == CodeConflict {
			if a.SHA256 > b.SHA256 { // of one time the order is that of the sums
				c.says = `column status is "VALID", but "INVALID"`
			}
		}
		_, err := Merge([]*Bundle{a, b})
		if model.Code(err) != c.code || !strings.Contains(err.Error(), c.says) || model.Hint(err) == "" {
			t.Errorf("%s: got %v (hint %q)", c.name, err, model.Hint(err))
		}
	}
	if _, err := Merge([]*Bundle{a, a}); model.Code(err) != CodeConflict {
		t.Errorf("twice the same: %v", err)
	}
	if _, err := Merge([]*Bundle{a}); model.Code(err) != CodeNothing {
		t.Errorf("one only: %v", err)
	}
	patched := pack(t, "c.zip", "OE", "2026-11-03T00:00:00", database(func(d *Database) { d.Version = "19.21.0.0.0" }))
	if _, err := Merge([]*Bundle{a, patched}); err != nil {
		t.Errorf("a patch in between: %v", err)
	}
}

func TestDiff(t *testing.T) {
	a := pack(t, "a.zip", "HR", "2026-11-01T00:00:00", nil)
	b := pack(t, "b.zip", "HR", "2026-11-02T00:00:00", func(c *Content) {
		c.Tables[0].Rows[0][6] = "INVALID"
		c.Tables[0].Rows[0][8] = "2026-11-02T00:00:00" // last DDL: left aside
		c.Tables[0].Add("owner", "HR", "object_name", "V", "object_type", "VIEW", "status", "VALID")
		views := NewTable("views")
		views.Add("owner", "HR", "view_name", "V", "text", "SELECT 1")
		c.Tables = append(c.Tables, views)
	})
	var got []Change
	sums, err := Diff(a, b, false, func(c Change) error { got = append(got, c); return nil })
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{
		{Extract: "objects", Kind: "changed", Key: "HR.TABLE.T", Columns: []ColumnDelta{{"status", "VALID", "INVALID"}}},
		{Extract: "objects", Kind: "added", Key: "HR.VIEW.V"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]ExtractDelta{{Extract: "objects", Added: 1, Changed: 1, Same: 1}, {Extract: "views", OnlyIn: "new"}}, sums); d != "" {
		t.Error(d)
	}
	if sums, err = Diff(a, b, true, func(Change) error { return nil }); err != nil || len(sums) != 3 || sums[2].Extract != "sql" || sums[2].Changed != 1 {
		t.Errorf("everything: %+v, %v", sums, err)
	}
}

// TestMergeFolders puts bundles of folders of different names together: files of one name stay apart, objects that both create
// differently are refused.
func TestMergeFolders(t *testing.T) {
	folder := func(name, at, text, status string) *Bundle {
		return pack(t, name+".zip", strings.ToUpper(name), at, func(c *Content) {
			c.Manifest.Origin, c.Manifest.Database = FromFiles, Database{Name: name}
			scripts, shared := NewTable("scripts"), NewTable("roles")
			scripts.Add("name", "tables/t.sql", "charset", "UTF-8", "bytes", "9", "sha256", "x", "text", text)
			shared.Add("role", "APP", "authentication_type", status)
			c.Tables = append(c.Tables[:1], scripts, shared)
		})
	}
	erp, crm := folder("erp", "2026-11-01T00:00:00", "CREATE 1;", "NONE"), folder("crm", "2026-11-02T00:00:00", "CREATE 2;", "NONE")
	c, err := Merge([]*Bundle{erp, crm})
	if err != nil {
		t.Fatal(err)
	}
	if c.Manifest.Database.Name != "erp+crm" {
		t.Errorf("the merged database is called %q", c.Manifest.Database.Name)
	}
	var names []string
	for _, table := range c.Tables {
		if table.Extract.Name == "scripts" {
			for _, r := range table.Rows {
				names = append(names, r[0])
			}
		}
	}
	if d := cmp.Diff([]string{"erp/tables/t.sql", "crm/tables/t.sql"}, names); d != "" {
		t.Error(d)
	}
	if _, err := Merge([]*Bundle{erp, folder("crm", "2026-11-02T00:00:00", "CREATE 2;", "PASSWORD")}); err == nil || !strings.Contains(err.Error(), "roles") {
		t.Errorf("folders that contradict each other: %v", err)
	}
}
