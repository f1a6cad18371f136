package rules_test

import (
	"slices"
	"strings"
	"testing"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/parser"
)

func profile(t *testing.T, name string) *rules.Profile {
	t.Helper()
	p, ok := rules.ProfileNamed(name)
	if !ok {
		t.Fatalf("no profile %q", name)
	}
	return p
}

// TestFeatures holds that what rules need is in the profile data, and that the data speaks about every feature.
func TestFeatures(t *testing.T) {
	known := rules.OracleFeatures()
	for i, f := range known {
		if slices.Contains(known[:i], f) {
			t.Errorf("%s is listed twice", f)
		}
	}
	for _, level := range []string{"polardb-oracle:1.0", "polardb-oracle:2.0"} {
		p := profile(t, level)
		have := p.Features()
		for _, f := range known {
			if !slices.Contains(have, f) {
				t.Errorf("%s says nothing about %s", level, f)
			}
		}
		for _, f := range have {
			if !slices.Contains(known, f) && !strings.HasPrefix(string(f), "package:") && !strings.HasPrefix(string(f), "pg-") {
				t.Errorf("%s speaks about %s, which is no feature", level, f)
			}
		}
	}
	used := 0
	for _, r := range rules.Table() {
		switch {
		case r.Needs == "":
			continue
		case strings.HasPrefix(string(r.Needs), "package:"):
		case !slices.Contains(known, r.Needs):
			t.Errorf("%s needs %s, which is no feature", r.Code, r.Needs)
		}
		used++
	}
	if used < 90 {
		t.Errorf("only %d rules name a feature", used)
	}
}

// TestPages holds that nothing is said to be native without a page that says so, or partial without the condition.
func TestPages(t *testing.T) {
	for _, level := range []string{"polardb-oracle:1.0", "polardb-oracle:2.0"} {
		p := profile(t, level)
		if p.Ceiling != model.RungConverted {
			t.Errorf("%s: %s can be proven for it, on what server?", level, p.Ceiling)
		}
		for _, f := range p.Features() {
			c := p.Capability(f)
			if c.State >= rules.Partial && len(c.Pages) == 0 {
				t.Errorf("%s: %s is %s, and no page says so", level, f, c.State)
			}
			if c.State == rules.Partial && c.Note == "" {
				t.Errorf("%s: %s is partial, and nothing says how", level, f)
			}
			for _, page := range c.Pages {
				if !strings.Contains(page, ".com/") && !strings.Contains(page, "postgresql.org/") {
					t.Errorf("%s: %s cites %q", level, f, page)
				}
			}
		}
	}
}

// TestNative holds that rules are silent on what the target has, tell the condition of what it has in part, and say
// the same as for PostgreSQL about the rest.
func TestNative(t *testing.T) {
	target := profile(t, "polardb-oracle")
	for _, r := range rules.Table() {
		if len(r.On) == 0 {
			continue
		}
		f := parser.Parse(r.Name, []byte(r.Before+terminator(r.Before)), parser.Options{})
		find := func(p *rules.Profile) (found []model.Finding) {
			e := rules.NewEngine(p, []*rules.Rule{r})
			for _, s := range f.Stmts {
				found = append(found, e.Statement(&model.Catalog{}, info(f, s), "")...)
			}
			return found
		}
		plain, native := find(rules.PostgreSQL()), find(target)
		if len(plain) == 0 {
			continue
		}
		state := rules.Absent
		if r.Needs != "" {
			state = target.State(r.Needs)
		}
		switch {
		case state == rules.Native && len(native) > 0:
			t.Errorf("%s reports on what the target has: %s", r.Code, native[0].Message)
		case state == rules.Partial && r.Within == nil && (len(native) == 0 || !strings.Contains(native[0].Message, "with a condition")):
			t.Errorf("%s does not tell the condition: %v", r.Code, native)
		case state < rules.Partial && r.Code != "CV0930" && len(native) != len(plain) && !strings.HasPrefix(r.Code, "CV09"):
			t.Errorf("%s reports %d times, on PostgreSQL %d", r.Code, len(native), len(plain))
		}
	}
}

// TestWithin holds what stays within a condition and what does not.
func TestWithin(t *testing.T) {
	target := profile(t, "polardb-oracle")
	for _, c := range []struct {
		src  string
		want string
	}{
		{"SELECT empno FROM emp CONNECT BY PRIOR empno = mgr AND deptno = 1 AND empno > 2;", ""},
		{"SELECT empno FROM emp CONNECT BY PRIOR empno = mgr OR deptno = 1;", "CV0302 low review"},
		{"MERGE INTO d USING e ON (d.a = e.a) WHEN MATCHED THEN UPDATE SET b = 1;", ""},
		{"MERGE INTO d USING e ON (d.a = e.a) WHEN MATCHED THEN UPDATE SET b = 1 WHERE d.c = 2;", "CV0501 low review"},
		{"BEGIN DBMS_OUTPUT.PUT_LINE('x'); END;\n/", ""},
		{"BEGIN DBMS_JOB.REMOVE(1); END;\n/", "CV0909 low review"},
		{"BEGIN DBMS_SCHEDULER.RUN_JOB('x'); END;\n/", "CV0909 high review"},
		{"BEGIN UTL_FILE.FCLOSE(f); END;\n/", "CV0916 high review"},
		{"BEGIN DBMS_XMLDOM.FREEDOCUMENT(d); END;\n/", "CV0913 high manual"},
		{"BEGIN x := DBMS_XMLGEN.GETXML(q); END;\n/", ""},
		{"SELECT NVL(a, 1), DECODE(a, 1, 2), SYSDATE FROM dual WHERE ROWNUM < 5;", ""},
	} {
		f := parser.Parse("within.sql", []byte(c.src), parser.Options{})
		var got []string
		for _, s := range f.Stmts {
			for _, x := range rules.NewEngine(target, rules.Table()).Statement(&model.Catalog{}, info(f, s), "") {
				got = append(got, x.Code+" "+x.Severity.String()+" "+x.Effort.String())
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %q", c.src, got, c.want)
		}
	}
}

func TestProfileNamed(t *testing.T) {
	for _, name := range rules.ProfileNames() {
		profile(t, name)
	}
	for _, name := range []string{"", "oracle", "postgresql:13", "postgresql:x", "postgresql:19", "polardb-oracle:3.0", "postgresql:"} {
		if _, ok := rules.ProfileNamed(name); ok {
			t.Errorf("%q is a profile", name)
		}
	}
	if p := profile(t, "postgresql:14"); p.Has(rules.FeaturePGMerge) || !p.Has(rules.FeaturePGCycleClause) {
		t.Error("14 has MERGE, or no CYCLE")
	}
	if p := profile(t, "postgresql:17"); !p.Has(rules.FeaturePGMerge) || p.Has(rules.FeaturePGVirtualColumns) {
		t.Error("17 has no MERGE, or virtual columns")
	}
	if p := rules.PostgreSQL(); p.Has(rules.FeatureConnectBy) || p.Has(rules.FeaturePGMerge) {
		t.Error("the oldest PostgreSQL has too much")
	}
}

// TestWith holds that what a server answered stands above the table, in the copy only.
func TestWith(t *testing.T) {
	p := profile(t, "polardb-oracle")
	q := p.With(map[rules.Feature]rules.State{rules.FeaturePipelined: rules.Native, rules.FeatureNvl: rules.Absent})
	if !q.Has(rules.FeaturePipelined) || q.Has(rules.FeatureNvl) || !q.Capability(rules.FeatureNvl).Probed {
		t.Error("the answers do not stand")
	}
	if p.Has(rules.FeaturePipelined) || !p.Has(rules.FeatureNvl) {
		t.Error("the profile itself has changed")
	}
}
