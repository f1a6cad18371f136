package parser

import (
	"strings"
	"testing"
)

// TestQueryLimits holds the parser to linear time and bounded stack on chains and nesting without end.
func TestQueryLimits(t *testing.T) {
	const many = 20000
	for _, c := range []struct {
		name, src string
		bad       bool
	}{
		{"chain of operators", "select 1" + strings.Repeat(" + a", many) + " from t", false},
		{"chain of and", "select 1 from t where a = 1" + strings.Repeat(" and a = 1", many), false},
		{"long list", "select 1 from t where a in (1" + strings.Repeat(", 1", many) + ")", false},
		{"many unions", "select 1 from t" + strings.Repeat(" union all select 1 from t", many), false},
		{"many joins", "select 1 from t" + strings.Repeat(" join u on 1 = 1", many), false},
		{"many fields", "begin x := a" + strings.Repeat("(1).b", many) + "; end;", false},
		{"case with many arms", "select case" + strings.Repeat(" when a = 1 then 2", many) + " end from t", false},
		{"nesting within reason", "select " + strings.Repeat("(", 200) + "1" + strings.Repeat(")", 200) + " from t", false},
		{"subqueries within reason", strings.Repeat("select 1 from (", 100) + "select 1 from t" + strings.Repeat(")", 100), false},
		{"deep nesting", "select " + strings.Repeat("(", many) + "1" + strings.Repeat(")", many) + " from t", true},
		{"deep calls", "select " + strings.Repeat("f(", many) + "1" + strings.Repeat(")", many) + " from t", true},
		{"deep subqueries", strings.Repeat("select 1 from (", many) + "select 1 from t" + strings.Repeat(")", many), true},
		{"deep not", "select 1 from t where " + strings.Repeat("not ", many) + "a = 1", true},
		{"deep signs", "select " + strings.Repeat("- ", many) + "1 from t", true},
		{"deep joins", "select 1 from " + strings.Repeat("(", many) + "t" + strings.Repeat(")", many), true},
		{"joins to the right", "select 1 from t" + strings.Repeat(" join u", many) + strings.Repeat(" on 1 = 1", many), true},
		{"open parentheses", "insert into t " + strings.Repeat("(", many), true},
		{"deep patterns", "select 1 from t match_recognize (pattern " + strings.Repeat("(", many), true},
		{"deep json", "select json " + strings.Repeat("[", many), true},
		{"deep grouping", "select 1 from t group by " + strings.Repeat("rollup(", many), true},
		{"deep case", "select " + strings.Repeat("case when ", many), true},
	} {
		f := Parse(c.name, []byte(c.src), Options{})
		if (len(f.Errors) > 0) != c.bad {
			t.Errorf("%s: errors: %v, want %v", c.name, len(f.Errors) > 0, c.bad)
		}
	}
}
