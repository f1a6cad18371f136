package connect

import (
	"fmt"
	"strings"
	"testing"
)

// TestPlanReadWide holds that a table of 1000 columns can be read: LOBs come by their locators alone where a select list has no more place.
func TestPlanReadWide(t *testing.T) {
	var columns []ReadColumn
	for i := range 1000 {
		c := ReadColumn{Expr: fmt.Sprintf("C%d", i), Type: "NUMBER"}
		if i%10 == 0 {
			c.Type = "CLOB"
		}
		columns = append(columns, c)
	}
	for n, inline := range map[int]int{1000: 0, 960: 40, 900: 90} {
		list, p, err := PlanRead(columns[:n], SmallLOB)
		if err != nil {
			t.Fatal(err)
		}
		if items := strings.Count(list, ", ") + 1; items != p.items || items > 1000 || strings.Count(list, "GETLENGTH") != inline {
			t.Errorf("%d columns: %d items, %d LOBs inline", n, items, strings.Count(list, "GETLENGTH"))
		}
	}
	if _, _, err := PlanRead(append(columns, ReadColumn{Expr: "ROWID", Type: "ROWID"}), SmallLOB); err == nil {
		t.Error("1001 items are taken")
	}
}
