package convert

import (
	"context"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
	"landfall/internal/project"
)

// TestPackagesPrefix holds that with packages: prefix the members of a package lie in its owner's schema and do what they do in
// a schema of their own, and that a member never takes the name of anything else.
func TestPackagesPrefix(t *testing.T) {
	const src = `
CREATE TABLE hr.acc_rate (grade NUMBER, pct NUMBER);
INSERT INTO hr.acc_rate VALUES (1, 7);
CREATE ROLE teller;
CREATE OR REPLACE PACKAGE hr.acc IS
  seen NUMBER := 3;
  top CONSTANT NUMBER := 9;
  TYPE pair IS RECORD (a NUMBER, b NUMBER);
  CURSOR rates(g NUMBER) IS SELECT pct FROM hr.acc_rate WHERE grade = g;
  FUNCTION rate(g NUMBER) RETURN NUMBER;
  FUNCTION rate(g VARCHAR2) RETURN NUMBER;
  PROCEDURE count_up;
END acc;
/
CREATE OR REPLACE PACKAGE BODY hr.acc IS
  FUNCTION half(n NUMBER) RETURN NUMBER IS BEGIN RETURN n / 2; END;
  FUNCTION rate(g NUMBER) RETURN NUMBER IS
    p pair;
  BEGIN
    OPEN rates(g);
    FETCH rates INTO p.a;
    CLOSE rates;
    RETURN p.a + half(top + 1);
  END;
  FUNCTION rate(g VARCHAR2) RETURN NUMBER IS BEGIN RETURN rate(TO_NUMBER(g)) + seen; END;
  PROCEDURE count_up IS BEGIN seen := seen + 1; END;
BEGIN
  seen := seen + 10;
END acc;
/
CREATE OR REPLACE PACKAGE hr.acc_more IS
  FUNCTION rate(g NUMBER) RETURN NUMBER;
END;
/
CREATE OR REPLACE PACKAGE BODY hr.acc_more IS
  FUNCTION rate(g NUMBER) RETURN NUMBER IS BEGIN acc.count_up; RETURN hr.acc.rate(TO_CHAR(g)); END;
END;
/
CREATE OR REPLACE FUNCTION hr.total RETURN NUMBER IS BEGIN RETURN acc_more.rate(1) + acc.seen; END;
/
GRANT EXECUTE ON hr.acc TO teller;
`
	text, r := convertWith(t, src, func(p *project.Policy) { p.Packages = project.PackagesPrefix })
	if r.Totals.Refused != 0 {
		t.Fatalf("refused:\n%s", text)
	}
	// a table and another package begin with acc_
	for _, want := range []string{"hr.acc$rate(", `hr."acc$seen="(`, "hr.acc_more_rate("} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "CREATE SCHEMA IF NOT EXISTS acc") {
		t.Error("a package has a schema")
	}
	ctx := context.Background()
	conn := pgtest.Open(t)
	if _, err := conn.PgConn().Exec(ctx, "DROP ROLE IF EXISTS teller;\n"+text).ReadAll(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var total float64
	// rate(1) = 7 + 10 / 2 = 12; count_up makes 3 + 10 + 1 = 14: 12 + 14, and 14 again
	if err := conn.QueryRow(ctx, "SELECT hr.total()").Scan(&total); err != nil || total != 40 {
		t.Errorf("total is %v, %v", total, err)
	}
	var granted, others int
	err := conn.QueryRow(ctx, `SELECT count(*) FILTER (WHERE proname LIKE 'acc$%'), count(*) FILTER (WHERE proname NOT LIKE 'acc$%')
		FROM pg_proc WHERE pronamespace = 'hr'::regnamespace AND proacl::text LIKE '%teller=X%'`).Scan(&granted, &others)
	if err != nil || granted < 7 || others != 0 {
		t.Errorf("%d members and %d others are granted, %v", granted, others, err)
	}
	if _, err := conn.Exec(ctx, "DROP OWNED BY teller; DROP ROLE teller"); err != nil {
		t.Error(err)
	}
}
