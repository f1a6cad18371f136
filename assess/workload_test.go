package assess_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/assess"
	"landfall/internal/workload"
)

func runWorkload(t *testing.T, jobs int, opt assess.WorkloadOptions) *assess.Result {
	t.Helper()
	o := assess.Options{Dir: filepath.Join("..", "testdata", "insurance", "schema"), Jobs: jobs, Version: "test", Workload: opt}
	r, err := assess.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestWorkload assesses the sampled workload of the insurance system: all of it is read, classes and rungs add up, and the result
// does not depend on the number of workers.
func TestWorkload(t *testing.T) {
	opt := assess.WorkloadOptions{Files: []string{"../testdata/insurance/workload"}}
	r := runWorkload(t, 4, opt)
	w := r.Workload
	classes, rungs := 0, w.Totals.Refused
	for _, c := range w.Totals.Classes {
		classes += c.Groups
		if c.Class == assess.SQLUnread && c.Groups > 0 {
			t.Errorf("%d groups cannot be read", c.Groups)
		}
	}
	for _, c := range w.Totals.Rungs {
		rungs += c.Groups
	}
	if classes != len(w.Groups) || rungs != len(w.Groups) || w.Totals.Groups != len(w.Groups) || len(w.Groups) < 300 {
		t.Errorf("%d groups: classes add up to %d, rungs to %d", len(w.Groups), classes, rungs)
	}
	for i, g := range w.Groups {
		if i > 0 && g.ElapsedMS > w.Groups[i-1].ElapsedMS {
			t.Errorf("group %d is heavier than the one before", i)
		}
		if (g.Converted == "") != (g.Refused || g.Class == assess.SQLUnread) {
			t.Errorf("%s is %s, converted: %q", g.ID, g.Class, g.Converted)
		}
		if g.Class == assess.SQLManual && g.Why == "" {
			t.Errorf("%s: no reason", g.Text)
		}
	}
	for _, s := range w.Totals.Scores {
		if s.Part > s.Of || s.Of == 0 {
			t.Errorf("score %+v", s)
		}
	}
	one, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	other, err := json.Marshal(runWorkload(t, 1, opt))
	if err != nil {
		t.Fatal(err)
	}
	if string(one) != string(other) {
		t.Error("one worker gives another result than four")
	}
}

// TestPatches proposes changes of the sample application, applies them with both tools that people use, and assesses the
// changed application again: what was patched needs no further change.
func TestPatches(t *testing.T) {
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS("../testdata/appsource")); err != nil {
		t.Fatal(err)
	}
	w := runWorkload(t, 4, assess.WorkloadOptions{Apps: []string{root}, Patch: true}).Workload
	states := map[string]int{}
	for _, p := range w.Patches {
		states[p.State]++
		if (p.State == assess.PatchRefused) != (p.Why != "") && p.Unit != "many" {
			t.Errorf("%s:%d %s is %s: %q", p.File, p.Line, p.Unit, p.State, p.Why)
		}
	}
	if states[assess.PatchMade] < 35 || states[assess.PatchNeedless] < 5 || states[assess.PatchRefused] < 1 {
		t.Errorf("patches: %v", states)
	}
	placed := 0
	for _, g := range w.Groups {
		for _, f := range g.Findings {
			if f.FileLine > 0 {
				placed++
			}
			if f.Rule == "decode" && strings.HasSuffix(f.File, "PolicyMapper.xml") && f.FileLine != 18 {
				t.Errorf("DECODE of PolicyMapper.xml is said to stand on line %d", f.FileLine)
			}
		}
	}
	if placed < 50 {
		t.Errorf("only %d findings have a line of the source", placed)
	}
	if len(w.Diffs) != 1 {
		t.Fatalf("%d diffs", len(w.Diffs))
	}
	file := filepath.Join(t.TempDir(), "app.patch")
	if err := os.WriteFile(file, []byte(w.Diffs[0].Text), 0o644); err != nil {
		t.Fatal(err)
	}
	apply := func(name string, args ...string) {
		t.Helper()
		if _, err := exec.LookPath(name); err != nil {
			t.Logf("%s is not installed: not tried (apt-get install %s)", name, name)
			return
		}
		c := exec.Command(name, args...)
		c.Dir = root
		if out, err := c.CombinedOutput(); err != nil || strings.Contains(string(out), "fuzz") || strings.Contains(string(out), "offset") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	apply("git", "init", "-q", ".")
	apply("git", "apply", "--check", file)
	apply("patch", "-p1", "--dry-run", "-i", file)
	apply("git", "apply", file)

	files, _, err := workload.FindApp(context.Background(), root)
	if err != nil {
		t.Fatal(err)
	}
	var changed strings.Builder
	for _, f := range files {
		b, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		changed.Write(b)
	}
	text := changed.String()
	for _, want := range []string{
		"coalesce(handler_id, 'nobody')", "WHERE p.next_due_date &lt;= landfall.sysdate()", "{call pkg_policy.append_remark(#{policyId,mode=IN,jdbcType=NUMERIC}",
		"p.issue_date < landfall.plus(landfall.trunc(#{to})", "coalesce(close_reason, \\'open\\')", "AND status = 'IF'", "-$MONTHS)", "':ask.most", "FROM {table} LIMIT 10",
	} {
		want = strings.TrimPrefix(want, "'")
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the changed application", want)
		}
	}
	for _, gone := range []string{"NVL(", "DECODE(", "(+)"} {
		if strings.Contains(text, gone) {
			t.Errorf("%s is still in the changed application", gone)
		}
	}
}

// TestPatchesAround changes what can be changed beside a place that cannot: INSERT ALL over a foreach, and SQL that is read
// only in a changed file.
func TestPatchesAround(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"M.xml": `<mapper namespace="a">
<insert id="all">INSERT ALL <foreach collection="list" item="x">INTO ins_core.app_role (role_code) VALUES (#{x}) </foreach> SELECT 1 FROM DUAL</insert>
<select id="good">SELECT SYSDATE FROM DUAL</select>
<update id="set">UPDATE ins_core.app_role <set><if test="n != null">role_name = NVL(#{n}, '-'),</if></set> WHERE role_code = #{c}</update>
</mapper>`,
		"A.java": `class A {
  String hint = "/*+ a */ SELECT SYSDATE + 1 FROM DUAL";
  String role = "SET ROLE ALL";
  String good = "SELECT SYSDATE FROM DUAL";
}`,
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w := runWorkload(t, 2, assess.WorkloadOptions{Apps: []string{root}, Patch: true}).Workload
	var got []string
	for _, p := range w.Patches {
		got = append(got, fmt.Sprintf("%s:%d %s %s", filepath.Base(p.File), p.Line, p.State, p.Why))
	}
	want := []string{
		"A.java:2 not patched the changed file would not make the wanted statements", "A.java:4 patched ",
		"M.xml:2 not patched the changed file would not make the wanted statements", "M.xml:3 patched ", "M.xml:4 patched ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, line := range []string{"+<select id=\"good\">SELECT landfall.sysdate()</select>", "+  String good = \"SELECT landfall.sysdate()\";", " <insert id=\"all\">"} {
		if !strings.Contains(w.Diffs[0].Text, "\n"+line) {
			t.Errorf("no line %q in\n%s", line, w.Diffs[0].Text)
		}
	}
}
