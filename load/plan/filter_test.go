package plan

import (
	"strings"
	"testing"
)

// TestFilter: what stands behind WHERE is a condition alone and in parentheses, or it is refused.
func TestFilter(t *testing.T) {
	for _, where := range []string{
		"id > 10", "status = 'a)b' -- open ones", "d >= DATE '2020-01-01' AND (x IS NULL OR x IN (SELECT y FROM z))",
		"\"Mixed\" LIKE 'O''Brien%'", "a = 1\n\nAND b = 2", "REGEXP_LIKE(name, '^(A|B)') /* both */", "MOD(id, 7) = 3 OR name = '保单'", "q = q'[it's]'",
	} {
		if err := checkFilter(where); err != nil {
			t.Errorf("%s: %v", where, err)
		}
	}
	for where, say := range map[string]string{
		"1=1) OR (1=1":                "at character 4",
		"(a = 1":                      "no condition",
		"a = 'x":                      "no condition",
		"a = 1;":                      "no condition",
		"a = 1 ORDER BY a":            "no condition",
		"a = 1 GROUP BY a":            "no condition",
		"a = 1 UNION SELECT 1 FROM t": "no condition",
		"a = 1 /* open":               "no condition",
		"a = 1\n/\nDROP TABLE t":      "no condition",
		"FOR UPDATE":                  "no condition",
		"a =":                         "no condition",
	} {
		if err := checkFilter(where); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: %v", where, err)
		}
	}
}
