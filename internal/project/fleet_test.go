package project_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/project"
)

func TestParseFleet(t *testing.T) {
	csv := "\ufeffname, source ,applications,after,wave,aliases\n# a comment\nerp,files:./erp,billing; portal,,2,\"PROD;ERP\"\ncrm,bundle:/data/crm.zip,,erp,,\n"
	want := []project.FleetEntry{
		{Line: 3, Name: "erp", Source: "files:./erp", Applications: []string{"billing", "portal"}, Wave: 2, Aliases: []string{"PROD", "ERP"}},
		{Line: 4, Name: "crm", Source: "bundle:/data/crm.zip", After: []string{"erp"}},
	}
	got, err := project.ParseFleet("dir/fleet.csv", []byte(csv))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	yaml := "databases:\n  - {name: erp, source: 'files:./erp', applications: [billing, portal], wave: 2, aliases: PROD;ERP}\n  - {name: crm, source: 'bundle:/data/crm.zip', after: erp}\n"
	got, err = project.ParseFleet("dir/fleet.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	want[0].Line, want[1].Line = 2, 3
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if kind, path, err := got[0].Path("dir/fleet.yaml"); kind != "files" || path != "dir/erp" || err != nil {
		t.Error(kind, path, err)
	}
	if _, path, _ := got[1].Path("dir/fleet.yaml"); path != "/data/crm.zip" {
		t.Error(path)
	}
}

// FuzzLists reads any text as gates, waivers, lists and settings: no panic, and what is taken is whole.
func FuzzLists(f *testing.F) {
	for _, s := range []string{
		"name,source\na,files:x\n", "databases:\n  - {name: a, source: 'files:b', after: [a]}\n", "waivers:\n  - {code: X, object: '*', owner: a, reason: b, expires: 2026-01-01}\n",
		"max-new-high: 0\n", "assess: {figures: {day.hours: [1, 2]}}", "\"a\n", "&a [*a]", "? {x: y}\n: z\n", "databases: &x\n  - *x\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"f.csv", "f.yaml"} {
			list, err := project.ParseFleet(name, []byte(text))
			if err != nil {
				continue
			}
			for _, e := range list {
				if e.Name == "" || e.Source == "" || e.Line == 0 || e.Wave < 0 {
					t.Errorf("%q gives %+v", text, e)
				}
			}
		}
		if list, err := project.ParseWaivers("w", []byte(text)); err == nil {
			for _, w := range list {
				if w.Owner == "" || w.Reason == "" || w.Until == "" || w.Fingerprint == "" && w.Code == "" {
					t.Errorf("%q gives %+v", text, w)
				}
				w.Covers("table:A.B")
			}
		}
		if g, err := project.ParseGates("g", []byte(text), gateNames); err == nil && len(g.Set) == 0 {
			t.Errorf("%q gives no gate and no error", text)
		}
		_, _ = project.Parse("l", []byte(text), project.Known{Figures: []string{"day.hours"}})
	})
}
