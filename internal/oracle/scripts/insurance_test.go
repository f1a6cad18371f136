package scripts

import (
	"context"
	"path/filepath"
	"testing"

	"landfall/internal/model"
)

var insuranceDir = filepath.Join("..", "..", "..", "testdata", "insurance")

func loadInsurance(t testing.TB, opt Options) *Estate {
	t.Helper()
	est, err := Load(context.Background(), insuranceDir, opt)
	if err != nil {
		t.Fatal(err)
	}
	return est
}

func TestInsurance(t *testing.T) {
	est := loadInsurance(t, Options{})
	count := map[model.ObjectKind]int{}
	routines, lines := 0, 0
	for _, o := range est.Catalog.Objects {
		if o.Implied {
			t.Errorf("%s is only implied, at %s", o.ID(), o.Pos)
		}
		if o.Invalid != "" {
			t.Errorf("%s: %s", o.ID(), o.Invalid)
		}
		count[o.Kind]++
		if o.Kind.HasCode() {
			lines += o.Lines
		}
		switch {
		case o.Routine != nil:
			routines++
		case o.Package != nil:
			for _, r := range o.Package.Routines {
				if !r.Private {
					routines++
				}
				if !r.Body.IsValid() {
					t.Errorf("%s: no body of %s at %s", o.ID(), r.Name, r.Pos)
				}
			}
			if !o.Package.Body.IsValid() && len(o.Package.Routines) > 0 {
				t.Errorf("%s has no body", o.ID())
			}
		case o.Type != nil:
			routines += len(o.Type.Methods)
		}
	}
	workload := 0
	for _, u := range est.Units {
		if u.Err != nil {
			t.Errorf("%s: %s", u.Pos, u.Err.Msg)
		}
		if filepath.Dir(u.Source.Name) == "workload" {
			workload++
		}
	}
	for _, c := range []struct {
		what       string
		got, least int
	}{
		{"tables", count[model.KindTable], 80},
		{"packages", count[model.KindPackage], 25},
		{"lines of PL/SQL", lines, 15000},
		{"callable routines", routines, 300},
		{"workload statements", workload, 300},
		{"triggers", count[model.KindTrigger], 10},
		{"jobs", count[model.KindJob], 3},
		{"policies", count[model.KindVPDPolicy], 3},
	} {
		t.Logf("%d %s", c.got, c.what)
		if c.got < c.least {
			t.Errorf("%d %s, want at least %d", c.got, c.what, c.least)
		}
	}
	for _, p := range est.Problems {
		t.Errorf("%s: %s: %s", p.Pos, p.Kind, p.Msg)
	}
}
