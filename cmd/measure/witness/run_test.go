package witness

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/postgres/scratch/pgtest"
)

// TestRunFile runs suites of our own, in each form, and says what becomes of every statement.
func TestRunFile(t *testing.T) {
	pgtest.Extension(t, "orafce")
	for _, c := range []struct {
		kind, dir string
		want      []string
	}{
		{"ivorysql", "psql", []string{
			"4 ran", "5 ran", "7 ran", "7 ran", "8 same", "9 same", "10 same", "11 same", "12 same", "14 same",
			"15 not compared: PostgreSQL's language", "16 not compared: a command of psql", "17 ran", "22 same", "23 ran", "32 same",
			"33 not compared: PostgreSQL's language", "34 not compared: follows what is not the same or not compared",
			`35 silent: "2", the witness has "       3"`,
		}},
		{"mariadb", "mariadb", []string{
			"1 not compared: a setting or statement of MariaDB's", "3 ran", "4 ran", "5 ran", "7 ran", "14 ran", "15 same", "17 same",
			"18 not compared: MariaDB's language", "19 ran",
		}},
	} {
		files, err := Read(c.kind, "testdata/"+c.dir)
		if err != nil {
			t.Fatal(err)
		}
		verdicts, err := RunFile(context.Background(), pgtest.Server(t), c.kind, nil, files[0])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range verdicts {
			line := fmt.Sprintf("%d %s", v.Statement.Line, v.Outcome)
			if v.Why != "" {
				line += ": " + v.Why
			}
			got = append(got, line)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.kind, d)
		}
	}
}

func TestSameValue(t *testing.T) {
	for _, c := range []struct {
		want, got string
		oid       uint32
		same      bool
	}{
		{".5", "0.50", 1700, true},
		{"5", "6", 1700, false},
		{"18-DEC-11", "2011-12-18 00:00:00", stampType, true},
		{"12-18-2011 10:00:01.500000", "2011-12-18 10:00:01.5", stampType, true},
		{"12-19-2011", "2011-12-18 00:00:00", stampType, false},
		{"+000000397 01:48:49.000000000", "P397DT1H48M49S", spanType, true},
		{"-02 07:16:23", "P-2DT7H16M23S", spanType, false},
		{"-02 07:16:23", "P-2DT-7H-16M-23S", spanType, true},
		{"+01-02", "P1Y2M", spanType, true},
		{"41", `\x41`, byteaType, true},
		{"x", "x  ", 25, true},
		{" x", "x", 25, false},
		{"Nan", "NaN", float8Type, true},
	} {
		if got := sameValue("ivorysql", c.want, []byte(c.got), c.oid); got != c.same {
			t.Errorf("%q and %q: %v", c.want, c.got, got)
		}
	}
	if !sameValue("ivorysql", "", nil, 25) || sameValue("ivorysql", "x", nil, 25) || !sameValue("mariadb", "NULL", nil, 25) {
		t.Error("NULL")
	}
}

// TestMasks holds that the rules can be read and have reasons.
func TestMasks(t *testing.T) {
	masks, err := Masks()
	if err != nil {
		t.Fatal(err)
	}
	ofSim, err := SimMasks()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range append(masks, ofSim...) {
		if m.reason == "" {
			t.Errorf("%s %s has no reason", m.kind, m.file)
		}
	}
}
