package reports

import (
	"bytes"
	"testing"

	"landfall/assess"
	"landfall/assess/fleet"
)

func sampleFleet() *fleet.Result {
	ref := func(db, s string) fleet.SchemaRef { return fleet.SchemaRef{Database: db, Schema: s, Objects: 120} }
	h := assess.Hours{Low: 20, High: 60}
	return &fleet.Result{
		Tool:   assess.Tool{Name: "landfall", Version: "0.1.0"},
		Totals: fleet.Totals{Databases: 3, Assessed: 2, Failed: 1, Objects: 240, Lines: 9000, Sizes: []fleet.Count{{Name: "LOW", Databases: 1}, {Name: "MEDIUM", Databases: 0}, {Name: "HIGH", Databases: 1}}, Hours: h, HoursAlone: assess.Hours{Low: 25, High: 75}, Learning: assess.Hours{Low: 5, High: 15}},
		Databases: []fleet.Database{
			{Name: "=erp", Source: assess.Source{Kind: "bundle", Name: "erp"}, Objects: 120, Lines: 6000, Level: "C-4", Size: "HIGH", Hours: h, Bytes: &assess.Range{Low: 10 * gib, High: 20 * gib}, Wave: 1, Group: 1, Cluster: 1, Gate: "failed", Scores: []assess.Score{{Name: assess.ScoreObjects, Part: 9, Of: 10}}, Blocked: []string{"DC0201"}},
			{Name: "crm", Source: assess.Source{Kind: "files", Name: "crm"}, Objects: 120, Lines: 3000, Level: "A-1", Size: "LOW", Hours: h, Wave: 2, Group: 2},
		},
		Failed:  []fleet.Failure{{Name: "gone", Source: "files:gone", Error: "no such folder", Hint: "name it"}},
		Similar: []fleet.Alike{{A: ref("=erp", "HR"), B: ref("crm", "HR"), Overlap: 0.75}}, SimilarMore: 4,
		Links:    []fleet.Link{{From: "crm", Name: "ERP_LINK", Host: "erp-host", To: "=erp", By: "service name", Uses: 3}, {From: "crm", Name: "OUT"}},
		Groups:   []fleet.Group{{Number: 1, Databases: []string{"=erp"}, Hours: h, Wave: 1}, {Number: 2, Databases: []string{"crm"}, Because: []string{"link ERP_LINK"}, Hours: h, Wave: 2}},
		Waves:    []fleet.Wave{{Number: 1, Groups: []int{1}, Databases: []string{"=erp"}, Hours: h}, {Number: 2, Groups: []int{2}, Databases: []string{"crm"}, Hours: h}},
		Clusters: []fleet.Cluster{{Number: 1, Databases: []string{"=erp"}, Cores: 8, Collisions: []fleet.Collision{{Schema: "HR", Databases: []string{"=erp", "crm"}, Names: 7}}}},
		Unsized:  []string{"crm"}, Method: []string{"How it was made."},
	}
}

func TestFleetWorkbook(t *testing.T) {
	for lang, words := range languages {
		var b, again bytes.Buffer
		if err := WriteFleetXLSX(&b, sampleFleet(), Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if err := WriteFleetXLSX(&again, sampleFleet(), Options{Lang: lang}); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: the same result gave other bytes: %v", lang, err)
		}
		f := open(t, b.Bytes())
		for sheet, rows := range map[string]int{"sheet.fleet": 3, "sheet.waves": 5, "sheet.servers": 3, "sheet.alike": 3, "sheet.links": 3, "sheet.failed": 2, "sheet.method": 2} {
			got, err := f.GetRows(words[sheet])
			if err != nil || len(got) != rows {
				t.Errorf("%s: sheet %s has %d rows, want %d: %v", lang, sheet, len(got), rows, err)
			}
			for _, cell := range got[0] {
				if cell == "" || cell[0] == '[' {
					t.Errorf("%s: sheet %s has the heading %q", lang, sheet, cell)
				}
			}
		}
		if got, _ := f.GetCellValue(words["sheet.fleet"], "A2"); got != "=erp" {
			t.Errorf("a name reads %q", got)
		}
		if formula, _ := f.GetCellFormula(words["sheet.fleet"], "A2"); formula != "" {
			t.Errorf("a name became the formula %s", formula)
		}
		if got, _ := f.GetCellValue(words["sheet.fleet"], "K2"); got != "90.0%" {
			t.Errorf("the share of objects reads %q", got)
		}
	}
}
