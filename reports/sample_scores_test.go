package reports

import (
	"fmt"
	"testing"

	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
)

// sampleScores gives a result what a bundle, a baseline, waivers and gates add: every field of every part is set somewhere.
func sampleScores(r *assess.Result) {
	c := func(code, name string, scope checks.Scope, v checks.Verdict, title, message string) checks.Checked {
		return checks.Checked{Code: code, Name: name, Scope: scope, Verdict: v, Title: title, Message: message, Why: "Why " + title + " matters.", Advice: "What to do about it.", From: "bundle", Of: 12}
	}
	r.Checks = []checks.Checked{
		c("DC0101", "charset", checks.ScopeDatabase, checks.Warning, "Character set", "The database is in ZHS16GBK; the target is in UTF-8."),
		c("DC0102", "timezone-file", checks.ScopeDatabase, checks.Pass, "Time-zone file", "Version 42 on both sides."),
		c("DC0201", "keyless", checks.ScopeTable, checks.Blocker, "Tables without a key", "2 tables have no key that change capture could use."),
		c("DC0301", "redo", checks.ScopeChange, checks.NotCollected, "Redo volume", "The volume of redo is not known."),
		c("DC0401", "parameters", checks.ScopeDatabase, checks.Informational, "Parameters", "3 parameters differ from their defaults."),
	}
	k := &r.Checks[2]
	k.Items = []checks.CheckItem{{Object: "table:INS.PAYMENT", What: "14,000,000 rows"}, {Object: "table:INS.AUDIT_LOG", What: "no unique index"}}
	k.Script = "ALTER TABLE INS.PAYMENT ADD SUPPLEMENTAL LOG DATA (ALL) COLUMNS;"
	k.Was = checks.Warning
	r.Checks[0].Facts = []checks.CheckFact{{Name: "NLS_CHARACTERSET", Value: "ZHS16GBK"}}
	r.Checks[3].Missing = []checks.MissingFacts{{Extract: "archived_log", Reason: "no privilege"}}
	r.Checks[3].From = ""
	r.Complexity = &assess.Complexity{Level: "B-3", Class: assess.ClassManual, Grade: 3, Size: assess.ComplexityMedium, Facts: []assess.ComplexityFact{{Name: "manual findings", Value: 6, Limit: 5, Calls: "B", Decided: true}, {Name: "lines of PL/SQL", Value: 510, Limit: 10000}}}
	h := func(l, h float64) assess.Hours { return assess.Hours{Low: l, High: h} }
	r.Estimate = &assess.Estimate{Hours: h(61.5, 142), PersonDays: h(7.7, 17.8), Calibration: assess.Calibration{Refused: 3, Converted: 16, Compiled: 1}}
	for i, p := range []string{assess.PartLearning, assess.PartFindings, assess.PartObjects, assess.PartChecks, assess.PartWorkload, assess.PartTest, assess.PartNotCovered} {
		r.Estimate.Parts = append(r.Estimate.Parts, assess.EstimatePart{Part: p, Count: 3 * i, Hours: h(float64(4*i), float64(9*i))})
	}
	for i, p := range assess.Roles() {
		r.Estimate.Roles = append(r.Estimate.Roles, assess.RoleHours{Role: p, Hours: h(float64(5+6*i), float64(11+14*i))})
	}
	r.Estimate.Figures = []assess.Figure{{Name: "finding.manual", Low: 0.5, High: 2, Unit: "hours", Reason: "first occurrences, measured on open corpora"}, {Name: "load.rate", Low: 50, High: 120, Unit: "GB an hour", Reason: "one stream a core", Changed: true}}
	span := func(l, h float64) *assess.Range { return &assess.Range{Low: l, High: h} }
	r.Sizing = &assess.Sizing{
		Storage: []assess.StoragePart{{What: "tables", Source: 120 * gib, Target: assess.Range{Low: 130 * gib, High: 170 * gib}}, {What: "indexes", Source: 60 * gib, Target: assess.Range{Low: 50 * gib, High: 80 * gib}}},
		Bytes:   span(180*gib, 250*gib), Memory: span(32*gib, 64*gib), Cores: span(8, 12), Connections: 420, Pool: span(40, 80), Partitions: 310, WALPerDay: span(20*gib, 45*gib),
		Basis: []assess.CheckedFact{{Name: "segments", Value: "180 GB", From: "segments"}}, Missing: []assess.MissingExtract{{Extract: "awr", Reason: "needs a paid pack", For: "cores by load"}},
	}
	r.Window = &assess.Window{
		Load: span(2.5, 6), CatchUp: span(0.4, 1.5), Cutover: span(18, 45), Offline: span(4, 9), Assumptions: []string{"One stream a core."},
		Steps: []assess.WindowStep{{Step: "drain", Minutes: assess.Range{Low: 2, High: 5}, Basis: "redo of the peak hour"}, {Step: "sequences", Minutes: assess.Range{Low: 1, High: 2}, Basis: "2 sequences"}},
		Basis: []assess.CheckedFact{{Name: "redo a day", Value: "18 GB", From: "log_history"}}, Missing: []assess.MissingExtract{},
	}
	r.Targets = &assess.Targets{Recommended: "polardb-oracle", Reasons: []string{"PolarDB takes the least effort", "=1+1 is no formula"}, Compared: []assess.TargetFigures{
		{Target: assess.Target{Profile: "postgresql", Title: "PostgreSQL", Version: "16"}, Scores: []assess.Score{{Name: assess.ScoreObjects, Part: 15, Of: 20}, {Name: assess.ScoreLines, Part: 300, Of: 400}, {Name: assess.ScoreSQL, Part: 9, Of: 10}}, Refused: 3, Objects: 20, SQL: 1, Findings: assess.SeverityCounts{Blocker: 3, High: 4}, Hours: &assess.Hours{Low: 61.5, High: 142}, Rungs: []assess.RungCount{}, Efforts: []assess.EffortCount{}, Level: "B-3", Ceiling: model.RungEqual},
		{Target: assess.Target{Profile: "polardb-oracle", Title: "PolarDB"}, Scores: []assess.Score{{Name: assess.ScoreObjects, Part: 19, Of: 20}}, Objects: 20, Hours: &assess.Hours{Low: 20, High: 41}, Rungs: []assess.RungCount{}, Efforts: []assess.EffortCount{}, Level: "A-2", Ceiling: model.RungConverted},
	}}
	if len(r.Findings) < 6 {
		return
	}
	r.Findings[0].Status = assess.StatusNew
	for i := range r.Findings[1:] {
		r.Findings[1+i].Status = assess.StatusUnchanged
	}
	r.Findings[2].Status, r.Findings[3].Status = assess.StatusNew, assess.StatusNew
	r.Findings[3].Waiver = &model.Waiver{Owner: "dba@example.org", Reason: "the log may roll back", Until: "2027-03-31"}
	r.Baseline = &assess.Baseline{
		File: "baseline.json", Tool: r.Tool, Source: r.Source.Name, Target: "postgresql", New: assess.SeverityCounts{High: 1, Low: 1}, Unchanged: assess.SeverityCounts{Blocker: 3, High: 3, Medium: 11, Low: 11, Info: 4}, Resolved: assess.SeverityCounts{High: 1},
		ResolvedOf: []assess.ResolvedFinding{{Code: "CV0999", Severity: model.High, Object: "package_body:INS.PKG_OLD", Pos: model.Pos{File: "plsql/pkg_old.sql", Line: 7, Col: 3}, Message: "was there, is no more", Fingerprint: "00000000000000ff"}},
		Remarks:    []string{"made by an earlier version"},
	}
	r.Waivers = []assess.WaiverUse{{Line: 3, Fingerprint: "0123456789abcdef", Owner: "dba@example.org", Reason: "the log may roll back", Until: "2027-03-31", Findings: 1}, {Line: 9, Code: "CV0200", Object: "table:INS.*", Owner: "team", Reason: "archive", Until: "2024-01-31", Expired: true}}
	r.Gates = &assess.GateReport{File: "gates.yaml", Gates: []assess.GateVerdict{
		{Gate: "max_new_high", Limit: 0, Value: 1, Known: true, Message: "1 new high finding, at most 0 are allowed"},
		{Gate: "min_compatibility_executions", Limit: 99.5, Value: 99.9, Known: true, Passed: true, Message: "99.9 % of executions"},
		{Gate: "max_window_minutes", Limit: 30, Message: "the window is not known"},
	}}
}

// TestNumber holds how figures are written.
func TestNumber(t *testing.T) {
	for f, want := range map[float64]string{0: "0", 0.25: "0.25", 0.004: "0", 7.75: "7.8", 12: "12", 99.96: "100", 12345.6: "12,346", -3.5: "-3.5", -0.5: "-0.5"} {
		if got := number(f); got != want {
			t.Errorf("number(%v) = %q, want %q", f, got, want)
		}
	}
	if got := fmt.Sprint(span(1, 2), ";", span(2.01, 2.04)); got != "1 \u2013 2;2" {
		t.Error(got)
	}
}
