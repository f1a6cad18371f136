package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
)

// sampleSections is the sample with workload, checks and waves.
func sampleSections() Data {
	d := sample()
	r := d.Result
	id := func(name string) model.ObjectID {
		for i := range r.Objects {
			if r.Objects[i].Name == name {
				return r.Objects[i].ID
			}
		}
		panic("no object " + name)
	}
	group := func(id, class, text, converted string, n int64, refused bool, findings ...assess.WorkloadFinding) assess.WorkloadGroup {
		return assess.WorkloadGroup{
			ID: id, Class: class, Text: text, Converted: converted, Executions: n, ElapsedMS: float64(n) * 3, Refused: refused, Rung: model.RungConverted, Findings: findings,
			Places: []assess.WorkloadPlace{{File: "awr\x1b[31m.txt", Line: 7, Origin: "AWR report"}}, Binds: []assess.WorkloadBind{{Name: "B1", Type: "DATE", Values: []string{"2026-01-01\t"}}},
		}
	}
	r.Workload = &assess.Workload{
		Sources: []assess.WorkloadSource{{Name: "awr.txt", Kind: "awr", Statements: 3}},
		Totals: assess.WorkloadTotals{
			Sources: 1, Statements: 3, Groups: 3, Executions: 1250, Scores: []assess.Score{{Name: assess.ScoreSQL, Part: 2, Of: 3}},
			Classes: []assess.WorkloadClassCount{{Class: assess.SQLCompatible, Groups: 1}, {Class: assess.SQLConverted, Groups: 1}, {Class: assess.SQLManual, Groups: 1}, {Class: assess.SQLUnread}},
		},
		Groups: []assess.WorkloadGroup{
			group("00000000000000a1", assess.SQLConverted, "SELECT NVL(n, 0)\n  FROM orders WHERE placed > :B1", "SELECT coalesce(n, 0)\n  FROM orders WHERE placed > :B1", 1200, false, assess.WorkloadFinding{Code: "CV0401", Severity: model.Low, Line: 1, Message: "NVL becomes coalesce"}),
			group("00000000000000a2", assess.SQLManual, "SELECT * FROM orders AS OF TIMESTAMP :B1 -- 订单", "", 40, true, assess.WorkloadFinding{Code: "CV0315", Severity: model.Blocker, Line: 1, Message: "AS OF\x07 reads the past"}),
			group("00000000000000a3", assess.SQLCompatible, "SELECT 1 FROM orders", "SELECT 1 FROM orders", 10, false),
		},
	}
	r.Checks = []checks.Checked{
		{Code: "DC0101", Name: "charset", Scope: checks.ScopeDatabase, Verdict: checks.Warning, Title: "Character set", Message: "the database is in ZHS16GBK", Why: "Bytes differ.", Advice: "Measure.", Facts: []checks.CheckFact{{Name: "NLS_CHARACTERSET", Value: "ZHS16GBK"}}},
		{Code: "DC0203", Name: "no-key", Scope: checks.ScopeTable, Verdict: checks.Pass, Title: "Tables without a key", Message: "all tables have a key"},
		{Code: "DC0202", Name: "supplemental-logging", Scope: checks.ScopeChange, Verdict: checks.Blocker, Title: "补充日志", Message: "is off", Items: []checks.CheckItem{{Object: id("ORDERS"), What: "no\x1b key"}}, Script: "ALTER DATABASE ADD SUPPLEMENTAL LOG DATA;\n"},
		{Code: "DC0205", Name: "redo", Scope: checks.ScopeChange, Verdict: checks.NotCollected, Title: "Redo volume", Missing: []checks.MissingFacts{{Extract: "redo_per_hour", Reason: "origin"}}},
	}
	r.Dependencies.Waves = []assess.Wave{{Number: 1, Objects: []model.ObjectID{id("ORDERS"), id("库存视图")}}, {Number: 2, Objects: []model.ObjectID{id("TOTAL"), id("PKG"), "table:GONE"}}}
	return d
}

// TestSections goes through workload, checks and waves.
func TestSections(t *testing.T) {
	label := func(m *Model) string { return m.tree.nodes[m.tree.node()].label }
	sheet := func(m *Model) string {
		var b strings.Builder
		for _, l := range m.sheetLines(80) {
			b.WriteString(ansi.Strip(l.text()) + "\n")
		}
		return b.String()
	}
	has := func(m *Model, list ...string) bool {
		text := sheet(m)
		for _, s := range list {
			if !strings.Contains(text, s) {
				return false
			}
		}
		return m.right == paneSheet
	}
	cases := []struct {
		name, keys string
		want       func(m *Model) bool
	}{
		{"they stand below the objects", "", func(m *Model) bool {
			var roots []string
			for _, i := range m.tree.rows {
				if m.tree.nodes[i].depth == 0 {
					roots = append(roots, m.tree.nodes[i].label)
				}
			}
			return strings.Join(roots, ",") == "all objects,SQL workload,checks,waves"
		}},
		{"the workload has its figures", `/ "sql_workload" enter`, func(m *Model) bool { return has(m, "3 different", "66.6 %", "awr.txt (awr)") }},
		{"a statement shows both texts", `/ "nvl(n" enter`, func(m *Model) bool {
			return has(m, "auto-converted", "1200 executions", "coalesce(n, 0)", ":B1 DATE", "CV0401")
		}},
		{"enter goes to its facts and esc back", `/ "nvl(n" enter enter esc`, func(m *Model) bool { return m.focus == paneTree && m.facts }},
		{"a check shows what it found", `/ "dc0202" enter`, func(m *Model) bool {
			return has(m, "BLOCKER", "is off", "SHOP.ORDERS", "SUPPLEMENTAL LOG DATA")
		}},
		{"a check that was not collected says what is missing", `/ "dc0205" enter`, func(m *Model) bool { return has(m, "NOT COLLECTED", "redo_per_hour: origin") }},
		{"the worst verdict stands first", `/ "checks" enter l j`, func(m *Model) bool { return label(m) == "blocker" }},
		{"a wave has its objects and their findings", `/ "wave_2" enter`, func(m *Model) bool { return has(m, "3 objects, 1 of them refused") && len(m.list.all) == 3 }},
		{"an object in a wave is an object", `/ "wave_2" enter l j`, func(m *Model) bool { return m.x.r.Objects[m.object()].Name == "TOTAL" && m.right == paneFindings }},
		{"leaving them brings the findings back", `/ "dc0202" enter g`, func(m *Model) bool { return m.tree.at == 0 && m.right == paneFindings && len(m.list.all) == 6 }},
		{"a filter of severity leaves what is as bad", `f "sev:blocker" enter`, func(m *Model) bool {
			return !m.shown.statements[0] && m.shown.statements[1] && m.shown.checks[2] && !m.shown.checks[0]
		}},
		{"a filter of kinds leaves none", `f "kind:table" enter`, func(m *Model) bool { return !m.shown.statements[0] && !m.shown.checks[0] }},
		{"refused ones", "r", func(m *Model) bool { return m.shown.statements[1] && !m.shown.statements[0] && !m.shown.checks[2] }},
		{"words are looked for in texts", `f "charset" enter`, func(m *Model) bool { return m.shown.checks[0] && !m.shown.checks[1] && !m.shown.statements[0] }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, sampleSections(), 100, 40).keys(c.keys)
			if !c.want(s.m) {
				t.Errorf("after %s at %q:\n%s\n%s", c.keys, label(s.m), s.plainFrame(), sheet(s.m))
			}
			checkFrame(t, s.m)
		})
	}
}

// TestSectionsEverywhere presses every key at every row of the tree, at three sizes.
func TestSectionsEverywhere(t *testing.T) {
	for _, size := range [][2]int{{140, 40}, {80, 24}, {30, 8}} {
		rows := len(open(t, sampleSections(), size[0], size[1]).keys("+").m.tree.rows)
		for i := range rows {
			s := open(t, sampleSections(), size[0], size[1]).keys("+")
			for range i {
				s.keys("j")
			}
			for _, k := range []string{"l", "h", "enter", "j", "2", "3", "tab", "1", "y", "]", "G", "esc", "n", "r", "r", "s", "esc", "-", "+"} {
				s.keys(k)
				checkFrame(t, s.m)
			}
		}
	}
}
