package load

import (
	"testing"

	"landfall/internal/project"
	"landfall/load/loadtest"
	"landfall/load/plan"
)

// TestTextsOfSmallValues holds that a value that both sides show in another way is no difference: the smallest numbers, and no time at all.
func TestTextsOfSmallValues(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR", "CREATE TABLE small (id NUMBER(9) PRIMARY KEY, f BINARY_FLOAT, g BINARY_FLOAT, d BINARY_DOUBLE, n NUMBER, iy INTERVAL YEAR(4) TO MONTH, id2 INTERVAL DAY(4) TO SECOND(6))",
		"INSERT INTO small VALUES (1, 1.4E-45f, 1.4E-45f, 4.94065645841247E-324d, 1E-130, INTERVAL '0-0' YEAR TO MONTH, INTERVAL '0 00:00:00' DAY TO SECOND)",
		"INSERT INTO small VALUES (2, -1.4E-45f, 3.40282347E+38f, 1.7976931348623157E+308d, -1E-130, INTERVAL '-0-1' YEAR TO MONTH, INTERVAL '-0 00:00:00.000001' DAY TO SECOND)")
	l := prepare(t, db, project.Load{}, []plan.Statement{
		{Phase: plan.Before, SQL: "CREATE SCHEMA hr"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.small (id integer, f real, g double precision, d double precision, n numeric, iy interval, id2 interval)"},
	})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	list := l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 || *list[0].Sampled != 2 {
		t.Errorf("%+v %+v", list[0], d)
	}
}
