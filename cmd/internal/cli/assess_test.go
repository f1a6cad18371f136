package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/assess"
)

// assessWith runs the command with a stage of the test's own.
func assessWith(t *testing.T, stage assessor, args ...string) (code int, out, errs string) {
	t.Helper()
	ios, o, e := testStreams()
	cmd := newAssess(ios, stage)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	cmd.SetFlagErrorFunc(flagError)
	err := cmd.ExecuteContext(context.Background())
	if err != nil {
		showError(ios.Err, err, wantsJSON(args))
	}
	return exitCode(err), o.String(), e.String()
}

func fakeStage(r *assess.Result, err error) (assessor, *assessInput) {
	got := new(assessInput)
	return assessor{
		run: func(_ context.Context, in assessInput) (*assess.Result, error) { *got = in; return r, err },
		reports: []reportFile{
			{"json", "report.json", func(w io.Writer, _ *assess.Result, o reportOptions) error {
				_, err := io.WriteString(w, o.lang+o.sourcePath)
				return err
			}},
			{"html", "report.html", func(w io.Writer, _ *assess.Result, _ reportOptions) error {
				_, err := io.WriteString(w, "<p>")
				return err
			}},
			{"xlsx", "report.xlsx", func(w io.Writer, _ *assess.Result, _ reportOptions) error {
				_, err := io.WriteString(w, "#")
				return err
			}},
		},
	}, got
}

func TestAssessWritesReports(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "folder")
	stage, got := fakeStage(&assess.Result{Totals: assess.Totals{Files: 3, Objects: 2}}, nil)
	code, stdout, errs := assessWith(t, stage, "--source", "files:src", "--out", out, "--lang", "zh", "--ccflags", "a:1", "--charset", "GBK", "-j", "3")
	if code != ExitOK || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	if got.dir != "src" || got.jobs != 3 || got.files.Charset != "GBK" || got.ccflags["a"] != "1" || got.target.Name != "postgresql" {
		t.Errorf("input %+v", got)
	}
	if b, err := os.ReadFile(filepath.Join(out, "report.json")); err != nil || string(b) != "zhsrc" {
		t.Errorf("report.json: %q, %v", b, err)
	}
	if !strings.Contains(stdout, "report.html\n") || !strings.HasPrefix(stdout, "3 files, ") {
		t.Errorf("stdout %q", stdout)
	}
	if left, _ := filepath.Glob(filepath.Join(out, ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAssessFormats(t *testing.T) {
	stage, _ := fakeStage(&assess.Result{}, nil)
	for formats, want := range map[string]string{"html": "report.html", "xlsx,json": "report.json report.xlsx", "all": "report.html report.json report.xlsx"} {
		out := t.TempDir()
		if code, _, errs := assessWith(t, stage, "--source", "files:/abs", "--out", out, "--format", formats, "-q"); code != ExitOK {
			t.Fatalf("%s: exit %d, %s", formats, code, errs)
		}
		var got []string
		files, _ := os.ReadDir(out)
		for _, f := range files {
			got = append(got, f.Name())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s wrote %v, want %s", formats, got, want)
		}
	}
}

func TestSourcePath(t *testing.T) {
	for source, want := range map[string]string{"files:./ddl/": "ddl", "files:a/b": "a/b", "files:.": ".", "files:a/x.sql": "a", "files:/abs": "", "files:../up": "", "bundle:x.zip": ""} {
		if got := sourcePath(source); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

func TestAssessJSONAndPartly(t *testing.T) {
	stage, _ := fakeStage(&assess.Result{NotCovered: []assess.NotCovered{{Kind: assess.NotParsed}}}, nil)
	code, stdout, errs := assessWith(t, stage, "--source", "files:src", "--out", t.TempDir(), "--json")
	if code != ExitPartly || errs != "" || !strings.HasPrefix(stdout, `{"reports":[`) {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, errs)
	}
	// what no rule looks at was read all the same
	stage, _ = fakeStage(&assess.Result{NotCovered: []assess.NotCovered{{Kind: assess.NotAssessed}}}, nil)
	if code, _, _ := assessWith(t, stage, "--source", "files:src", "--out", t.TempDir(), "-q"); code != ExitOK {
		t.Errorf("exit %d", code)
	}
}

func TestAssessUsage(t *testing.T) {
	stage, _ := fakeStage(nil, errors.New("must not run"))
	cases := []struct {
		args []string
		want string
	}{
		{[]string{"--out", "x"}, "needs --source"},
		{[]string{"--source", "files:d"}, "needs --out"},
		{[]string{"--source", "files:", "--out", "x"}, "names no folder"},
		{[]string{"--source", "d", "--out", "x"}, `--source cannot be "d"`},
		{[]string{"--source", "oracle://h", "--out", "x"}, "names no user"},
		{[]string{"--source", "files:d", "--out", "x", "--target", "db2"}, `unknown target "db2"`},
		{[]string{"--source", "files:d", "--out", "x", "--lang", "xx"}, `unknown language "xx"`},
		{[]string{"--source", "files:d", "--out", "x", "--charset", "xx"}, `unknown character set "xx"`},
		{[]string{"--source", "files:d", "--out", "x", "--format", "pdf"}, `unknown format "pdf"`},
		{[]string{"--source", "files:d", "--out", "x", "--format", ""}, "names no report"},
		{[]string{"--source", "files:d", "--out", "x", "--jsn"}, "did you mean --json?"},
	}
	for _, c := range cases {
		code, stdout, errs := assessWith(t, stage, c.args...)
		if code != ExitUsage || stdout != "" || !strings.Contains(errs, c.want) {
			t.Errorf("%v: exit %d, stdout %q, stderr %q, want %q", c.args, code, stdout, errs, c.want)
		}
	}
}

func TestAssessFailures(t *testing.T) {
	out := t.TempDir()
	stage, _ := fakeStage(&assess.Result{}, nil)
	stage.reports[0].write = func(w io.Writer, _ *assess.Result, _ reportOptions) error {
		if _, err := io.WriteString(w, strings.Repeat("half", 1<<16)); err != nil {
			return err
		}
		return errors.New("no space left on device")
	}
	code, _, errs := assessWith(t, stage, "--source", "files:src", "--out", out)
	if code != ExitFailed || !strings.Contains(errs, "report.json: no space left") || !strings.Contains(errs, "hint: ") {
		t.Errorf("exit %d, stderr %q", code, errs)
	}
	left, err := os.ReadDir(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left { // reports are written side by side: the others may be there, whole
		if f.Name() != "report.html" && f.Name() != "report.xlsx" {
			t.Errorf("half a report left behind: %s", f.Name())
		}
	}
	stage, _ = fakeStage(nil, errors.New("broken"))
	if code, _, errs := assessWith(t, stage, "--source", "files:src", "--out", out, "--json"); code != ExitFailed || errs != `{"error":{"code":1,"message":"broken"}}`+"\n" {
		t.Errorf("exit %d, stderr %q", code, errs)
	}
}

func TestExplain(t *testing.T) {
	table := func(lang string) ([]explainedRule, error) {
		return []explainedRule{
			{Code: "CV0101", Name: "nvl", Title: "NVL " + lang, Doc: "Types.", Severity: "info", Effort: "auto", Group: "Functions", Since: "0.1", Before: "select nvl(a, 0)\nfrom t", After: "select coalesce(a, 0)"},
			{Code: "CV0201", Name: "outer-join", Title: "Outer", Severity: "low"},
		}, nil
	}
	run := func(args ...string) (int, string, string) {
		ios, o, e := testStreams()
		cmd := newExplain(ios, table)
		cmd.SilenceErrors, cmd.SilenceUsage = true, true
		cmd.SetArgs(args)
		err := cmd.Execute()
		if err != nil {
			showError(ios.Err, err, false)
		}
		return exitCode(err), o.String(), e.String()
	}
	code, out, _ := run("cv0101")
	want := "CV0101  NVL en\nnvl · severity info · effort auto · Functions · since 0.1\n\nTypes.\n\nOracle:\n  select nvl(a, 0)\n  from t\n\nPostgreSQL:\n  select coalesce(a, 0)\n"
	if code != ExitOK || out != want {
		t.Errorf("exit %d, got\n%s\nwant\n%s", code, out, want)
	}
	if code, out, _ := run(); code != ExitOK || strings.Count(out, "\n") != 3 || !strings.HasPrefix(out, "CODE ") {
		t.Errorf("list: exit %d\n%s", code, out)
	}
	if code, out, _ := run("outer-join", "CV0101", "--json", "--lang", "zh"); code != ExitOK || !strings.HasPrefix(out, `[{"code":"CV0201"`) || !strings.Contains(out, "NVL zh") {
		t.Errorf("json: exit %d\n%s", code, out)
	}
	if code, _, errs := run("CV0110"); code != ExitUsage || !strings.Contains(errs, "did you mean CV0101?") {
		t.Errorf("unknown: exit %d, %s", code, errs)
	}
	if code, _, errs := run("XY"); code != ExitUsage || !strings.Contains(errs, "lists all codes") {
		t.Errorf("unknown: exit %d, %s", code, errs)
	}
}
