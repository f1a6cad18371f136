package engine

import (
	"testing"

	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// TestInsurance loads the sample: what cannot be loaded must be something that is known not to be.
func TestInsurance(t *testing.T) {
	db := newDatabase(t)
	rep, err := db.LoadScripts(bg, "../../../testdata/insurance/schema", "INS_CORE")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rep.Refused {
		// rows that need others, which a trigger keeps from being inserted, and one that the scripts insert twice
		if code := ora.Code(r.Err); code != 3001 && code != 2291 && code != 1 {
			t.Errorf("%s: %v", r.Pos, r.Err)
		}
	}
	t.Logf("%d executed, %d kept, %d refused", rep.Executed, rep.Kept, len(rep.Refused))
	if rep.Executed < 300 {
		t.Errorf("only %d statements executed", rep.Executed)
	}
}

// TestWorkload runs the statements of the sample's workload: each gives rows, or ORA-03001 for what is not known.
func TestWorkload(t *testing.T) {
	db := newDatabase(t)
	if _, err := db.LoadScripts(bg, "../../../testdata/insurance/schema", "INS_CORE"); err != nil {
		t.Fatal(err)
	}
	db.AddUser("ins_core", "x") // with the role DBA, since the statements are those of three schemas
	s := login(t, db, "ins_core")
	ran, refused := 0, 0
	for _, file := range []string{"core.sql", "claim_fin.sql"} {
		src := readFile(t, "../../../testdata/insurance/workload/"+file)
		f := parser.Parse(file, src, parser.Options{})
		for _, stmt := range f.Stmts {
			sql := f.Source(stmt)
			if kindOf(stmt) == session.Block || kindOf(stmt) == session.Declare {
				sql += ";"
			}
			st, err := s.parse(sql)
			if err == nil {
				call := &session.Call{Rows: [][][]byte{make([][]byte, st.nbinds)}}
				for range st.nbinds {
					call.Binds = append(call.Binds, session.Bind{Type: session.Varchar2, Size: 100})
				}
				_, err = st.execute(bg, call)
			}
			ran++
			if err != nil {
				// binds are NULL here, and text: what needs values of other types says so
				if code := ora.Code(err); code != 3001 && code != 1400 && code != 932 {
					t.Errorf("%s: %v: %s", f.Pos(stmt), err, sql)
				}
				refused++
			}
			s.rollback()
		}
	}
	t.Logf("%d statements, %d refused", ran, refused)
	if ran-refused < 160 {
		t.Errorf("only %d of %d statements run", ran-refused, ran)
	}
}

// TestGenerate fills the sample twice: the same seed gives the same rows.
func TestGenerate(t *testing.T) {
	sums := map[string]string{}
	for round := range 2 {
		db := newDatabase(t)
		if _, err := db.LoadScripts(bg, "../../../testdata/insurance/schema", "INS_CORE"); err != nil {
			t.Fatal(err)
		}
		gen, err := db.GenerateData(bg, Generate{Rows: 8000, Seed: 7})
		if err != nil {
			t.Fatal(err)
		}
		db.AddUser("ins_core", "x")
		s := login(t, db, "ins_core")
		total, short := 0, 0
		for _, g := range gen {
			total += g.Rows
			if g.Err != nil {
				short++
				if round == 0 {
					t.Logf("%s.%s: %d rows; %v", g.Owner, g.Table, g.Rows, g.Err)
				}
			}
			got := must(t, s, "SELECT COUNT(*), MAX(ROWID) FROM "+g.Owner+"."+g.Table)
			if key := g.Owner + "." + g.Table; round == 0 {
				sums[key] = got
			} else if sums[key] != got {
				t.Errorf("%s: %s, then %s", key, sums[key], got)
			}
		}
		t.Logf("%d tables, %d rows, %d tables short", len(gen), total, short)
		if short > 0 || total < 7500 || total > 8500 {
			t.Errorf("%d rows, %d tables short", total, short)
		}
	}
}

// TestGenerateObjects holds that columns of objects and collections are filled: with objects of every type that they take, NULL, empty
// collections, and within the limits of their types.
func TestGenerateObjects(t *testing.T) {
	db := newDatabase(t)
	if _, err := db.LoadScripts(bg, "../../../testdata/insurance/schema", "INS_CORE"); err != nil {
		t.Fatal(err)
	}
	s := login(t, db, "hr")
	s.schema = "INS_CORE"
	for _, table := range []string{"insured_object", "party_contact"} { // the scripts' own rows
		if got := must(t, s, "DELETE FROM ins_core."+table); got == "" {
			t.Fatal("nothing said")
		}
	}
	if err := s.Commit(bg); err != nil {
		t.Fatal(err)
	}
	if _, err := db.GenerateData(bg, Generate{Rows: 20000, Seed: 7, Edges: true}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ sql, want string }{
		{"SELECT SIGN(COUNT(CASE WHEN t.risk IS OF (ONLY t_risk_vehicle) THEN 1 END)), SIGN(COUNT(CASE WHEN t.risk IS OF (t_risk_building) THEN 1 END)), SIGN(COUNT(CASE WHEN t.risk IS NULL THEN 1 END)), MAX(LENGTH(TREAT(t.risk AS t_risk_vehicle).vin)) FROM insured_object t", "1|1|1|17\n"},
		{"SELECT SIGN(COUNT(CASE WHEN TREAT(t.risk AS t_risk_building).address.city IS NOT NULL THEN 1 END)), SIGN(COUNT(CASE WHEN t.risk.object_name IS NULL AND t.risk IS NOT NULL THEN 1 END)) FROM insured_object t", "1|1\n"},
		{"SELECT MAX((SELECT COUNT(*) FROM TABLE(t.phones))), MIN(CASE WHEN t.phones IS NOT NULL THEN (SELECT COUNT(*) FROM TABLE(t.phones)) END), SIGN(COUNT(CASE WHEN t.tags IS NULL THEN 1 END)) FROM party_contact t", "5|0|1\n"},
		{"SELECT MAX(LENGTH(e.column_value)), SIGN(COUNT(*) - COUNT(e.column_value)) FROM party_contact t, TABLE(t.phones) e", "20|1\n"},
	} {
		if got := must(t, s, c.sql); got != c.want {
			t.Errorf("%s: %q, want %q", c.sql, got, c.want)
		}
	}
}
