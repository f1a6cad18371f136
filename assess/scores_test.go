package assess

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"landfall/assess/checks"
	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/dict"
	"landfall/internal/project"
)

func scored(t *testing.T, change func(r *Result, opt *Options)) *Result {
	t.Helper()
	r := sample()
	r.Target = Target{Profile: "postgresql"}
	r.Source = Source{Kind: "files", Name: "ins"}
	r.Tool = Tool{"landfall", "1"}
	opt := Options{Today: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	if change != nil {
		change(r, &opt)
	}
	r.Finish()
	if err := r.score(opt); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFiguresHaveReasons(t *testing.T) {
	for _, f := range figuresWith(nil).list(nil) {
		if f.Unit == "" || len(f.Reason) < 20 || f.Low > f.High || f.Low < 0 {
			t.Errorf("%+v", f)
		}
	}
}

// TestEstimateAddsUp holds that parts and roles give the same sum, that nothing of the objects is lost, and that order
// does not matter.
func TestEstimateAddsUp(t *testing.T) {
	r := scored(t, func(r *Result, _ *Options) {
		r.Checks = []checks.Checked{{Code: "DC0106", Verdict: checks.Blocker}, {Code: "DC0107", Verdict: checks.NotCollected}}
		r.NotCovered = []NotCovered{{File: "x", Kind: NotParsed}}
	})
	e := r.Estimate
	var parts, roles, objects milliHours
	for _, p := range e.Parts {
		parts.add(milli(Range(p.Hours)))
	}
	for _, p := range e.Roles {
		roles.add(milli(Range(p.Hours)))
	}
	for _, o := range r.Objects {
		objects.add(milli(Range(*o.Hours)))
	}
	if all := milli(Range(e.Hours)); parts != all || roles != all || objects.low >= all.low || all.low == 0 {
		t.Errorf("hours %v, parts %v, roles %v, objects %v", all, parts, roles, objects)
	}
	if *r.Totals.Hours != e.Hours {
		t.Errorf("the summary has other hours: %v", r.Totals.Hours)
	}
	if e.Calibration.Refused != 2 || e.Calibration.Converted != 2 { // T2 refused, V unread
		t.Errorf("%+v", e.Calibration)
	}
	for _, u := range r.Rules {
		if u.Code == "CV0900" && (u.Hours == nil || u.Learning == nil || *u.Learning != (Hours{1, 4})) {
			t.Errorf("%+v %v %v", u, u.Hours, u.Learning)
		}
	}
}

// TestConversionCalibrates holds that what a server took costs less, what was replayed less again, and what was refused
// more; that repeats are cheaper; and that a waived finding costs nothing.
func TestConversionCalibrates(t *testing.T) {
	hours := func(rung model.Rung, refused bool, findings int, waived bool, m *Measured) Hours {
		r := scored(t, func(r *Result, opt *Options) {
			id := model.NewObjectID(model.KindFunction, model.CatalogName("A", "F"))
			r.Objects = []Object{{ID: id, Kind: model.KindFunction, Name: "F", Schema: "A", Lines: 100, Rung: rung, Refused: refused}}
			r.Findings = nil
			for i := range findings {
				r.Findings = append(r.Findings, model.Finding{Code: "CV0900", Severity: model.High, Effort: model.Review, Object: id, Pos: model.Pos{File: "f", Line: i + 1}, Message: "x"})
			}
			opt.Measured = m
			if waived {
				opt.Waivers = []project.Waiver{{Code: "CV0900", Object: "function:A.*", Owner: "o", Reason: "r", Until: "2026-06-01"}}
			}
		})
		return r.Estimate.Hours
	}
	converted, compiled, refused := hours(model.RungConverted, false, 3, false, nil), hours(model.RungCompiled, false, 3, false, nil), hours(model.RungRead, true, 3, false, nil)
	replayed := hours(model.RungCompiled, false, 3, false, &Measured{ReplayedObjects: []string{"function:A.F"}})
	if !(replayed.High < compiled.High && compiled.High < converted.High && converted.High < refused.High) {
		t.Errorf("replayed %v, compiled %v, converted %v, refused %v", replayed, compiled, converted, refused)
	}
	six := hours(model.RungConverted, false, 6, false, nil)
	none := hours(model.RungConverted, false, 0, false, nil)
	if six.High-converted.High >= converted.High-none.High {
		t.Errorf("three more findings cost %v, the first three %v", six.High-converted.High, converted.High-none.High)
	}
	if waived := hours(model.RungConverted, false, 3, true, nil); waived != none {
		t.Errorf("waived findings cost %v instead of %v", waived, none)
	}
}

func TestSettingsChangeFigures(t *testing.T) {
	usual := scored(t, nil)
	other := scored(t, func(_ *Result, opt *Options) { opt.Figures = map[string]Range{"day.hours": {3.5, 3.5}} })
	if other.Estimate.PersonDays.High < 1.9*usual.Estimate.PersonDays.High || other.Estimate.Hours != usual.Estimate.Hours {
		t.Errorf("%v %v", usual.Estimate.PersonDays, other.Estimate.PersonDays)
	}
	for _, f := range other.Estimate.Figures {
		if f.Changed != (f.Name == "day.hours") {
			t.Errorf("%+v", f)
		}
	}
}

func TestComplexity(t *testing.T) {
	r := scored(t, nil)
	if r.Complexity.Class != ClassHard || r.Complexity.Grade != 5 || r.Complexity.Size != ComplexityHigh {
		t.Errorf("%+v", r.Complexity)
	}
	r = scored(t, func(r *Result, _ *Options) {
		r.Objects, r.Findings = r.Objects[1:2], nil
	})
	if r.Complexity.Level != "A-1" || r.Complexity.Size != ComplexityLow {
		t.Errorf("%+v", r.Complexity)
	}
}

func earlier(r *Result) *Earlier {
	e := &Earlier{File: "report.json", FormatVersion: 1, Tool: r.Tool, Source: r.Source, Target: r.Target}
	for _, f := range r.Findings {
		e.Findings = append(e.Findings, ResolvedFinding{Code: f.Code, Severity: f.Severity, Object: f.Object, Pos: f.Pos, Message: f.Message, Fingerprint: f.Fingerprint})
	}
	return e
}

// TestBaseline holds that a finding survives a move of its lines and another file name, and that new and gone ones are told.
func TestBaseline(t *testing.T) {
	e := earlier(scored(t, nil))
	r := scored(t, func(r *Result, opt *Options) {
		opt.Baseline = e
		for i := range r.Findings {
			r.Findings[i].Pos.Line += 40
			r.Findings[i].Pos.File = "moved_" + r.Findings[i].Pos.File
		}
		r.Findings[3].Message = "another"
		r.Findings[3].Severity = model.High
	})
	b := r.Baseline
	if b.New.Total() != 1 || b.New.High != 1 || b.Unchanged.Total() != 3 || b.Resolved.Total() != 1 || b.ResolvedOf[0].Message != "z" {
		t.Errorf("%+v", b)
	}
	e.Source.Name = "other"
	r = sample()
	r.Source, r.Target, r.Tool = Source{Kind: "files", Name: "ins"}, Target{Profile: "postgresql"}, Tool{"landfall", "1"}
	r.Finish()
	if err := r.score(Options{Baseline: e}); err == nil || !strings.Contains(err.Error(), `"other"`) || !strings.Contains(model.Hint(err), "--name other") {
		t.Errorf("a baseline of another source gives %v", err)
	}
	for _, bad := range []string{"", "{", `{"format_version":1}`, `{"format_version":9,"tool":{"name":"landfall"}}`, `{"format_version":1,"tool":{"name":"landfall"},"findings":[{"code":"X"}]}`} {
		if _, err := ReadBaseline("b.json", strings.NewReader(bad)); err == nil || model.Hint(err) == "" {
			t.Errorf("%q gives %v", bad, err)
		}
	}
}

func TestWaiversExpire(t *testing.T) {
	list := []project.Waiver{
		{Line: 2, Code: "CV0101", Object: "package_body:INS.PKG*", Owner: "a", Reason: "r", Until: "2026-06-01"},
		{Line: 3, Code: "CV0900", Object: "*", Owner: "b", Reason: "r", Until: "2026-05-31"},
	}
	r := scored(t, func(_ *Result, opt *Options) { opt.Waivers = list })
	if r.Totals.Waived != 2 || r.Waivers[0].Findings != 2 || r.Waivers[0].Expired || !r.Waivers[1].Expired || r.Waivers[1].Findings != 1 {
		t.Errorf("%+v, %d waived", r.Waivers, r.Totals.Waived)
	}
	if got := r.open(); got.High != 1 || got.Info != 0 || got.Low != 1 {
		t.Errorf("%+v", got)
	}
}

func TestGates(t *testing.T) {
	all := &project.Gates{File: "gates.yaml"}
	for _, n := range GateNames() {
		all.Set = append(all.Set, project.Gate{Name: n, Limit: 0})
	}
	r := scored(t, func(_ *Result, opt *Options) { opt.Gates = all })
	if r.Gates.Passed || len(r.Gates.Gates) != len(GateNames()) {
		t.Fatalf("%+v", r.Gates)
	}
	for _, g := range r.Gates.Gates {
		needs := strings.HasPrefix(g.Gate, "max-new") || g.Gate == "max-load-hours" || g.Gate == "min-compatibility-sql" || g.Gate == "min-compatibility-executions" || g.Gate == "min-compatibility-elapsed"
		if g.Known == needs || !g.Known && (g.Passed || !strings.Contains(g.Message, "needs")) {
			t.Errorf("%+v", g)
		}
	}
	set := func(name string, limit float64) bool {
		r := scored(t, func(_ *Result, opt *Options) {
			opt.Gates = &project.Gates{Set: []project.Gate{{Name: name, Limit: limit}}}
		})
		return r.Gates.Passed
	}
	if !set("max-high", 1) || set("max-high", 0) || !set("min-compatibility-objects", 25) || set("min-compatibility-objects", 25.1) || set("max-no-such", 1) {
		t.Error("a limit is held the wrong way")
	}
}

// TestSizingAndWindow takes known facts and known rates, so that the results can be worked out by hand.
func TestSizingAndWindow(t *testing.T) {
	table := func(name string, rows ...[]string) *bundle.Table {
		x := bundle.NewTable(name)
		for _, r := range rows {
			x.Add(r...)
		}
		return x
	}
	facts := loadFacts(t, &bundle.Content{Manifest: bundle.Manifest{Origin: bundle.FromSpool, CollectedAt: "2026-11-29T10:00:00"}, Tables: []*bundle.Table{
		table("tables", []string{"owner", "A", "table_name", "T"}, []string{"owner", "A", "table_name", "C", "compression", "ENABLED", "compress_for", "QUERY HIGH"}),
		table("indexes", []string{"owner", "A", "index_name", "I", "table_owner", "A", "table_name", "T", "index_type", "NORMAL"}),
		table("lobs"), table("constraints"),
		table("segments", []string{"owner", "A", "segment_name", "T", "segment_type", "TABLE", "bytes", "75000000000"}, []string{"owner", "A", "segment_name", "C", "segment_type", "TABLE", "bytes", "75000000000"},
			[]string{"owner", "A", "segment_name", "I", "segment_type", "INDEX", "bytes", "100000000000"}),
		table("redo_per_hour", []string{"hour", "2026-11-28T10:00:00", "thread#", "1", "bytes", "86400000000"}),
		table("resource_limits", []string{"inst_id", "1", "resource_name", "sessions", "max_utilization", "300"}),
		table("database", []string{"dbid", "1", "startup_time", "2026-11-28T10:00:00"}),
		table("sysstat", []string{"inst_id", "1", "name", "CPU used by this session", "value", "17280000"}),
		table("sga", []string{"inst_id", "1", "name", "Maximum SGA Size", "bytes", "1000"}),
	}})
	r := scored(t, func(_ *Result, opt *Options) {
		opt.Facts = facts
		opt.Figures = map[string]Range{"load.bytes.hour": {75e9, 150e9}, "load.index.bytes.hour": {100e9, 100e9}, "load.verify.bytes.hour": {150e9, 150e9}, "apply.redo.second": {2e6, 3e6}, "size.work": {0, 0}}
	})
	want := []StoragePart{
		{"tables", 75e9, Range{82.5e9, 112.5e9}}, {"columnar compressed tables", 75e9, Range{300e9, 1125e9}}, {"indexes", 100e9, Range{100e9, 130e9}}, {"working space", 0, Range{}},
	}
	near := cmp.Comparer(func(a, b float64) bool { return a-b < 1 && b-a < 1 })
	if d := cmp.Diff(want, r.Sizing.Storage, near); d != "" {
		t.Error(d)
	}
	// 17,280,000 hundredths in 86,400 seconds are 2 cores on average.
	if *r.Sizing.Cores != (Range{6, 10}) || *r.Sizing.Pool != (Range{12, 40}) || r.Sizing.Connections != 300 || *r.Sizing.Memory != (Range{800, 1200}) {
		t.Errorf("%v %v %d %v", r.Sizing.Cores, r.Sizing.Pool, r.Sizing.Connections, r.Sizing.Memory)
	}
	// Load: 150 GB at 75 to 150, 100 GB of index at 100, compared at 150: 3 to 4 hours. Redo comes at 1 MB/s.
	if *r.Window.Load != (Range{3, 4}) || *r.Window.CatchUp != (Range{1.5, 4}) {
		t.Errorf("load %v, catch-up %v", r.Window.Load, r.Window.CatchUp)
	}
	if r.Window.Cutover == nil || r.Window.Offline == nil || r.Window.Offline.Low <= 3 {
		t.Errorf("%+v", r.Window)
	}
	measured := scored(t, func(_ *Result, opt *Options) {
		opt.Facts, opt.Measured = facts, &Measured{By: "rehearsal", LoadBytesPerHour: 50e9}
		opt.Figures = map[string]Range{"load.index.bytes.hour": {100e9, 100e9}, "load.verify.bytes.hour": {150e9, 150e9}}
	})
	if *measured.Window.Load != (Range{5, 5}) || !strings.Contains(strings.Join(measured.Window.Assumptions, "\n"), "measured by rehearsal") {
		t.Errorf("%v %v", measured.Window.Load, measured.Window.Assumptions)
	}
	bare := scored(t, nil)
	if bare.Sizing.Bytes != nil || len(bare.Sizing.Missing) == 0 || bare.Window.Load != nil {
		t.Errorf("sizes without facts: %+v", bare.Sizing)
	}
}

func loadFacts(t *testing.T, c *bundle.Content) *dict.Facts {
	t.Helper()
	name := t.TempDir() + "/b.zip"
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bundle.Write(out, c), out.Close()); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	f, err := dict.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestFiguresPage holds docs/figures.md against figures.yaml; UPDATE=1 rewrites it.
func TestFiguresPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(`# Figures

Every number that scores, effort, sizing, windows and fleets are made of, made of ` + "`assess/figures.yaml`" + `. A project sets others in landfall.yaml:

    assess:
      figures:
        day.hours: 6.5
        finding.manual.high: [2, 8]

A name that is not in this list is an error. Reports list all figures with what was changed.

| name | low | high | unit | why |
|---|---|---|---|---|
`)
	for _, f := range figuresWith(nil).list(nil) {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.Name, strconv.FormatFloat(f.Low, 'f', -1, 64), strconv.FormatFloat(f.High, 'f', -1, 64), f.Unit, f.Reason)
	}
	const page = "../docs/figures.md"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(got), b.String()); d != "" {
		t.Errorf("docs/figures.md is not what figures.yaml says (UPDATE=1 rewrites it):\n%s", d)
	}
}
