package dict

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/scripts"
)

var insuranceDir = filepath.Join("..", "..", "..", "testdata", "insurance")

func insurance(t *testing.T) (*scripts.Estate, *bundle.Content) {
	t.Helper()
	estate, err := scripts.Load(context.Background(), insuranceDir, scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := collect.Run(context.Background(), collect.NewFiles(estate, insuranceDir, time.Time{}, nil), collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return estate, c
}

// TestScriptsComeBack holds that a bundle of scripts gives the estate of the scripts.
func TestScriptsComeBack(t *testing.T) {
	want, c := insurance(t)
	got, err := Estate(context.Background(), opened(t, c), scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want.Catalog.Objects, got.Catalog.Objects); d != "" {
		t.Errorf("objects differ: %.2000s", d)
	}
	if d := cmp.Diff(want.Catalog.Grants, got.Catalog.Grants); d != "" {
		t.Errorf("grants differ: %.2000s", d)
	}
	if d := cmp.Diff(want.Problems, got.Problems); d != "" {
		t.Errorf("problems differ: %.2000s", d)
	}
	if len(want.Units) != len(got.Units) || len(want.Files) != len(got.Files) {
		t.Errorf("%d units in %d files, want %d in %d", len(got.Units), len(got.Files), len(want.Units), len(want.Files))
	}
}

// without takes extracts out of a bundle, as one has it that was collected from a database.
func without(c *bundle.Content, names ...string) *bundle.Content {
	d := *c
	d.Tables = slices.DeleteFunc(slices.Clone(c.Tables), func(t *bundle.Table) bool { return slices.Contains(names, t.Extract.Name) })
	return &d
}

// plain is an object without positions, and without what only a script tells.
func plain(o *model.Object) *model.Object {
	c := *o
	c.Pos, c.Also, c.Again, c.Lines, c.DependsOn = model.Pos{}, nil, nil, 0, nil
	return &c
}

var noPositions = cmp.Options{
	cmp.FilterValues(func(a, b model.Pos) bool { return true }, cmp.Ignore()),
	cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Lines" }, cmp.Ignore()),
}

// TestDefinitionsGiveTheCatalog leaves the scripts out: the extracts ddl and source have to make the same objects.
func TestDefinitionsGiveTheCatalog(t *testing.T) {
	want, c := insurance(t)
	got, err := Estate(context.Background(), opened(t, without(c, "scripts", "script_problems")), scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	compareObjects(t, want, got, func(o *model.Object) bool {
		switch o.Kind { // made by calls and by what is no DDL, or without a text in any dictionary
		case model.KindJob, model.KindVPDPolicy, model.KindQueue, model.KindProgram, model.KindSchedule, model.KindUser, model.KindRole, model.KindTablespace:
			return false
		}
		return true
	}, cmp.Options{noPositions, viewTypes})
	for _, p := range got.Problems {
		if !p.Note && !strings.Contains(p.Msg, "its definition was not collected") {
			t.Errorf("%s: %s", p.Pos, p.Msg)
		}
	}
}

// viewTypes lets more be known of the columns of a view than the scripts told: there it may depend on an order that a bundle has not.
var viewTypes = cmp.FilterValues(func(a, b model.TypeRef) bool { return a.Name == "" || b.Name == "" }, cmp.Ignore())

// written is what the dictionary says and scripts leave to defaults.
var written = cmp.Options{
	cmp.FilterPath(func(p cmp.Path) bool {
		switch p.Last().String() {
		case ".Sem", ".Cache", ".Min", ".Max", ".Start", ".Increment", ".Tablespace", ".Force", ".SupplementalLog":
			return true
		}
		return false
	}, cmp.Ignore()),
	cmp.FilterValues(func(a, b model.TypeRef) bool { // TIMESTAMP is TIMESTAMP(6)
		return strings.HasPrefix(a.Name, "TIMESTAMP") && a.Name == b.Name && (a.Precision == nil && *b.Precision == 6 || b.Precision == nil && *a.Precision == 6)
	}, cmp.Ignore()),
	cmp.Transformer("sorted", func(list []*model.Constraint) map[string]model.Constraint {
		m := map[string]model.Constraint{}
		for _, c := range list {
			d := *c
			if d.Kind == model.Check {
				d.Columns = nil // a check at a column names it, one behind the table does not
			}
			if d.Name == "" {
				d.Name = fmt.Sprint(d.Kind, d.Columns)
			}
			m[d.Name] = d
		}
		return m
	}),
}

func compareObjects(t *testing.T, want, got *scripts.Estate, wanted func(*model.Object) bool, opt cmp.Option) {
	t.Helper()
	seen := 0
	for _, w := range want.Catalog.Objects {
		if w.Implied || !wanted(w) {
			continue
		}
		seen++
		g := got.Catalog.Find(w.Kind, w.Schema, w.Name)
		if g == nil {
			t.Errorf("%s is missing", w.ID())
			continue
		}
		if d := cmp.Diff(plain(w), plain(g), opt); d != "" {
			t.Errorf("%s: %.1200s", w.ID(), d)
		}
	}
	if seen < 100 {
		t.Errorf("only %d objects compared", seen)
	}
}

// TestDictionaryGivesTheTables leaves the definitions out too: tables, keys, indexes, views and sequences are written from
// the dictionary.
func TestDictionaryGivesTheTables(t *testing.T) {
	want, c := insurance(t)
	got, err := Estate(context.Background(), opened(t, without(c, "scripts", "script_problems", "ddl")), scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	compareObjects(t, want, got, func(o *model.Object) bool {
		switch {
		case o.Kind == model.KindTable:
			return o.Table.OfType == "" && !o.Table.External && o.Table.Partition == nil
		case o.Kind == model.KindSequence, o.Kind == model.KindSynonym, o.Kind == model.KindView && o.View.OfType == "":
			return true
		}
		return false
	}, cmp.Options{noPositions, viewTypes, written})
	for _, f := range got.Files {
		for _, e := range f.Parsed.Errors {
			t.Errorf("%s: %s", f.Name, e.Msg)
		}
	}
}

func TestBundleOfScriptsIsStable(t *testing.T) {
	var a, b bytes.Buffer
	_, c := insurance(t)
	_, d := insurance(t)
	if err := bundle.Write(&a, c); err != nil {
		t.Fatal(err)
	}
	if err := bundle.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same scripts give other bytes")
	}
	t.Logf("%d bytes, %d extracts", a.Len(), len(c.Tables))
}
