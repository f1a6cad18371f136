package load

import (
	"slices"
	"strings"
	"testing"

	"landfall/internal/project"
	"landfall/load/ledger"
)

// TestStatus follows a load through its states.
func TestStatus(t *testing.T) {
	db := sample(t)
	db.Exec(t, "HR", "UPDATE heap SET v = CHR(0) WHERE id = 7")
	l := prepare(t, db, project.Load{ChunkRows: 700}, ddl)
	status := func(want ledger.State) *ledger.Status {
		t.Helper()
		s, err := l.target.Ledger.Status(t.Context(), l.id)
		if err != nil {
			t.Fatal(err)
		}
		if s.State != want {
			t.Errorf("state %s, want %s: %+v", s.State, want, s)
		}
		return s
	}
	s := status(ledger.Planned)
	if s.Totals.Tables != 4 || s.Totals.Weight == 0 || s.Totals.Done != 0 || s.Started != nil {
		t.Errorf("%+v", s.Totals)
	}
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	s = status(ledger.Failed)
	if !strings.Contains(s.Stopped, "nul-byte") || len(s.Failures) == 0 || s.Failures[0].Name != "HR.HEAP" {
		t.Errorf("%+v", s)
	}
	var rejected []ledger.Rejected
	each := func(r *ledger.Rejected) error { rejected = append(rejected, *r); return nil }
	if err := l.target.Ledger.EachRejected(t.Context(), l.id, each); err != nil || len(rejected) != 1 || rejected[0].Final || rejected[0].Hex != "00" || rejected[0].Column != "V" {
		t.Errorf("%+v %v", rejected, err)
	}
	l.opt.MaxRejects = 1
	if err := Run(t.Context(), l.target, l.id, l.opt); err == nil || !strings.Contains(err.Error(), "parts_fk") {
		t.Fatalf("a foreign key to a row that was refused: %v", err)
	}
	s = status(ledger.Failed)
	if len(s.Failures) == 0 || s.Failures[0].What != "step" || s.Totals.Written != 10999 || s.Totals.Rejected != 1 || s.Totals.Read != 11000 {
		t.Errorf("%+v", s)
	}
	if _, err := l.pg.Exec(t.Context(), "INSERT INTO hr.heap VALUES (7, NULL)"); err != nil {
		t.Fatal(err)
	}
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	s = status(ledger.Complete)
	if s.Totals.Done != s.Totals.Weight || s.Totals.Copied != s.Totals.Chunks || s.Rate.Rows <= 0 || len(s.Failures) != 0 || s.Rate.Left != 0 {
		t.Errorf("%+v", s)
	}
	rejected = nil
	if err := l.target.Ledger.EachRejected(t.Context(), l.id, each); err != nil || len(rejected) != 1 || !rejected[0].Final {
		t.Errorf("%+v %v", rejected, err)
	}
}

// TestChanged holds that values that a policy has changed are told by table and column, and that a policy that has changed nothing keeps no
// column from being compared as text.
func TestChanged(t *testing.T) {
	db := sample(t)
	db.Exec(t, "HR", "UPDATE heap SET v = CHR(0) || v WHERE id IN (7, 4000)")
	l := prepare(t, db, project.Load{ChunkRows: 700, Include: []string{"HR.HEAP", "HR.IOT"}, OnFault: map[string]string{"nul-byte": "strip"}}, slices.Concat(ddl[:2], ddl[5:6]))
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	s, err := l.target.Ledger.Status(t.Context(), l.id)
	if err != nil {
		t.Fatal(err)
	}
	if want := []ledger.Changed{{Table: "HR.HEAP", Column: "V", Fault: "nul-byte", Action: "strip", Values: 2}}; !slices.Equal(s.Changed, want) {
		t.Errorf("%+v", s.Changed)
	}
	// as if every reading of DATE were wrong in the same way
	l.exec(t, "UPDATE hr.iot SET c = c + interval '1 day'")
	l.verify(t, VerifyOptions{Most: 3})
	texts := 0
	for _, d := range differences(t, l) {
		if d.Kind == "text" {
			texts++
		}
	}
	if texts == 0 {
		t.Error("no text was compared")
	}
}
