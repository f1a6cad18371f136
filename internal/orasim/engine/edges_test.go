package engine

import "testing"

// TestEdges fills the sample of all types: the ends of each type must be there, as SQL sees them.
func TestEdges(t *testing.T) {
	db := newDatabase(t)
	rep, err := db.LoadScripts(bg, "../../../testdata/types", "HR")
	if err != nil || len(rep.Refused) > 0 {
		t.Fatal(err, rep.Refused)
	}
	gen, err := db.GenerateData(bg, Generate{Rows: 320, Seed: 1, Edges: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gen {
		if g.Err != nil || g.Rows != 40 {
			t.Errorf("%s: %d rows, %v", g.Table, g.Rows, g.Err)
		}
	}
	s := login(t, db, "hr")
	for _, sql := range []string{
		"t_number WHERE n = 1e125", "t_number WHERE n = -1e125", "t_number WHERE n = 1e-130", "t_number WHERE n38 = 99999999999999999999999999999999999999", "t_number WHERE n10_2 = -99999999.99",
		"t_number WHERE n5_m2 = 9999900", "t_number WHERE n3_8 = 0.00000999", "t_number WHERE bf = BINARY_FLOAT_INFINITY", "t_number WHERE bd IS NAN",
		"t_text WHERE LENGTHB(v4000) = 4000 AND SUBSTR(v4000, 1, 1) = UNISTR('\\D83D\\DE00')", "t_text WHERE LENGTHB(v32k) = 32767", "t_text WHERE v1 = ' '", "t_text WHERE LENGTH(c10c) = 10 AND c10c LIKE 'x %'",
		"t_text WHERE v40c = 'NULL'", "t_text WHERE INSTR(v40, CHR(13) || CHR(10)) > 0",
		"t_time WHERE TO_CHAR(d, 'SYYYY-MM-DD HH24:MI:SS') = '-4712-01-01 00:00:00'", "t_time WHERE d = TO_DATE('9999-12-31 23:59:59', 'YYYY-MM-DD HH24:MI:SS')", "t_time WHERE d = DATE '0001-01-01'",
		"t_time WHERE TO_CHAR(ts9, 'YYYY-MM-DD HH24:MI:SS.FF9') = '9999-12-31 23:59:59.999999999'", "t_time WHERE TO_CHAR(ts9, 'YYYY-MM-DD HH24:MI:SS.FF9') = '0001-01-01 00:00:00.000000001'",
		"t_time WHERE TO_CHAR(ts0, 'YYYY-MM-DD HH24:MI:SS.FF9') = '9999-12-31 23:59:59.000000000'", "t_time WHERE ym9 = INTERVAL '999999999-11' YEAR(9) TO MONTH",
		"t_time WHERE ds9 = INTERVAL '-999999999 23:59:59.999999999' DAY(9) TO SECOND(9)",
		"t_binary WHERE DBMS_LOB.GETLENGTH(b) = 0", "t_binary WHERE DBMS_LOB.GETLENGTH(c) = 0", "t_binary WHERE DBMS_LOB.GETLENGTH(c) = 100000", "t_binary WHERE c IS NULL", "t_binary WHERE r1 = HEXTORAW('00')",
		"t_binary WHERE DBMS_LOB.SUBSTR(XMLSERIALIZE(CONTENT x AS CLOB), 10) = '<a/>'", "t_parts SUBPARTITION (old_a) WHERE k = 'A'", "t_parts WHERE d = DATE '0001-01-01'",
	} {
		if got := must(t, s, "SELECT CASE WHEN COUNT(*) > 0 THEN 'yes' END FROM "+sql); got != "yes\n" {
			t.Errorf("no row in %s", sql)
		}
	}
}
