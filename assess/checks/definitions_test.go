package checks

import (
	"context"
	"strings"
	"testing"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
)

// TestDefinitions judges what scripts create: two schemas that are merged, and one of everything that definitions tell.
func TestDefinitions(t *testing.T) {
	estate, err := scripts.Load(context.Background(), "testdata/definitions", scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Catalog: estate.Catalog, Limits: testLimits, Schemas: map[string]string{"HR": "people", "OLD_HR": "people"}}
	var told []Checked
	for _, c := range Run(in, "en") {
		switch c.From {
		case "definitions":
			told = append(told, c)
		case "":
			if c.Verdict != NotCollected || !strings.Contains(c.Message, "bundle") && len(c.Missing) > 0 {
				t.Errorf("%s without facts: %s, %s", c.Name, c.Verdict, c.Message)
			}
		default:
			t.Errorf("%s was judged from %s", c.Name, c.From)
		}
	}
	golden(t, "definitions.golden", shown(told))
	if len(told) < 18 {
		t.Errorf("definitions tell only %d checks", len(told))
	}
}

// TestWideTables holds the limits of a row: 454 columns that are moved out of line fill a page with their pointers.
func TestWideTables(t *testing.T) {
	verdicts := func(columns int) (row, count Verdict) {
		c := &model.Catalog{}
		o := &model.Object{Kind: model.KindTable, Schema: "A", Name: "T", Table: &model.Table{}}
		size := 4000
		for range columns {
			o.Table.Columns = append(o.Table.Columns, &model.Column{Name: "C", Type: model.TypeRef{Name: "VARCHAR2", Precision: &size}})
		}
		c.Objects = append(c.Objects, o)
		for _, r := range Run(Input{Catalog: c, Limits: testLimits}, "en") {
			switch r.Name {
			case "row-length":
				row = r.Verdict
			case "column-count":
				count = r.Verdict
			}
		}
		return row, count
	}
	for _, c := range []struct {
		columns    int
		row, count Verdict
	}{{440, Pass, Pass}, {454, Warning, Pass}, {1600, Warning, Pass}, {1601, Warning, Blocker}} {
		if row, count := verdicts(c.columns); row != c.row || count != c.count {
			t.Errorf("%d columns: %s, %s", c.columns, row, count)
		}
	}
}
