package patch

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/workload"
)

// source makes a file and a variant of it whose text is one literal in it.
func source(name, before, sql, after string, form workload.Form) (*workload.Source, Variant) {
	src := workload.NewSource(name, []byte(before+sql+after))
	return src, Variant{Text: sql, Segments: []workload.Segment{{Len: len(sql), File: name, Lo: len(before), Hi: len(before) + len(sql), Form: form, Run: 1}}}
}

// TestForms writes the same change into literals of every form.
func TestForms(t *testing.T) {
	for form, want := range map[workload.Form]string{
		workload.FormPlain:    `SELECT "A" < 'b\n' FROM t`,
		workload.FormXML:      `SELECT "A" &lt; 'b\n' FROM t`,
		workload.FormCDATA:    `SELECT "A" < 'b\n' FROM t`,
		workload.FormXMLAttr:  `SELECT &quot;A&quot; &lt; &apos;b\n&apos; FROM t`,
		workload.FormJava:     `SELECT \"A\" < 'b\\n' FROM t`,
		workload.FormVerbatim: `SELECT ""A"" < 'b\n' FROM t`,
		workload.FormSingle:   `SELECT "A" < \'b\\n\' FROM t`,
		workload.FormDouble:   `SELECT \"A\" < 'b\\n' FROM t`,
		workload.FormProperty: `SELECT "A" < 'b\\n' FROM t`,
		workload.FormFixed:    "",
	} {
		src, v := source("f", "x(", "SELECT a FROM t", ")", form)
		v.Converted = `SELECT "A" < 'b\n' FROM t`
		out, texts := Plan([]Unit{{File: "f", Name: "u", Variants: []Variant{v}}}, map[string]*workload.Source{"f": src})
		switch {
		case want == "" && (out[0].Changed || out[0].Why == ""):
			t.Errorf("%s: %+v", form, out[0])
		case want != "" && (texts["f"] == nil || texts["f"].Text != "x("+want+")"):
			t.Errorf("%s: %+v, want %q (%+v)", form, texts["f"], want, out[0])
		}
	}
}

// TestShared changes text that two statements share only where both want the change.
func TestShared(t *testing.T) {
	files := map[string]*workload.Source{"f": workload.NewSource("f", []byte("NVL(a, b)|SYSDATE"))}
	seg := func(lo, hi int) workload.Segment {
		return workload.Segment{Len: hi - lo, File: "f", Lo: lo, Hi: hi, Form: workload.FormPlain, Run: lo}
	}
	shared := seg(0, 9)
	one := Variant{Text: "NVL(a, b)", Segments: []workload.Segment{shared}, Converted: "coalesce(a, b)"}
	same := Variant{Text: "NVL(a, b)SYSDATE", Segments: []workload.Segment{shared, seg(10, 17)}, Converted: "coalesce(a, b) now()"}
	other := Variant{Text: "NVL(a, b)", Segments: []workload.Segment{shared}, Converted: "nullif(a, b)"}
	none := Variant{Text: "NVL(a, b)", Segments: []workload.Segment{shared}, Why: "refused"}
	for name, c := range map[string]struct {
		second Variant
		want   bool
	}{"same": {same, true}, "other": {other, false}, "refused": {none, false}} {
		out, texts := Plan([]Unit{{File: "f", Name: "u1", Variants: []Variant{one}}, {File: "f", Name: "u2", Variants: []Variant{c.second}}}, files)
		if out[0].Changed != c.want || c.want == (out[0].Why != "") || c.want != (texts["f"] != nil) {
			t.Errorf("%s: %+v %v", name, out, texts)
		}
	}
	out, _ := Plan([]Unit{{File: "f", Name: "u", Variants: []Variant{one, other}}}, files)
	if out[0].Changed || !strings.Contains(out[0].Why, "branches") {
		t.Errorf("branches that disagree: %+v", out)
	}
}

// TestChanges holds that changes make the wanted text, whatever the two are.
func TestChanges(t *testing.T) {
	for _, c := range [][2]string{
		{"SELECT NVL(a,b) FROM dual", "SELECT coalesce(a, b)"},
		{"SELECT DECODE(a,1,'x') FROM t", "SELECT CASE a WHEN 1 THEN 'x' END FROM t"},
		{"a", "b c d"},
		{"SELECT a FROM t WHERE ROWNUM<=:n", "SELECT a FROM t LIMIT greatest(floor(:n), 0)"},
		{"x+y", "landfall.plus(x, y)"},
		{"", "SELECT 1"},
		{"SELECT /* c */ a-1 FROM t", "SELECT /* c */ a - interval '1 day' FROM t"},
	} {
		if got := applyChanges(c[0], changes(c[0], c[1])); !SameWords(got, c[1]) {
			t.Errorf("%q to %q gives %q", c[0], c[1], got)
		}
	}
}

// TestDiff has patch and git apply the diffs of awkward files.
func TestDiff(t *testing.T) {
	long := strings.Repeat("line\n", 3000)
	for name, c := range map[string][2]string{
		"one":        {"a\n", "b\n"},
		"no end":     {"a\nb", "a\nc"},
		"end comes":  {"a", "a\n"},
		"crlf":       {"a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"},
		"far apart":  {"x\n" + long + "y\n", "X\n" + long + "Y\n"},
		"more lines": {"a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc1\nc2\nc3\nd\ne\nf\nh\n"},
		"gone":       {"a\nb\nc\n", "c\n"},
	} {
		dir := t.TempDir()
		write := func(file, text string) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		file := "my file.txt"
		d := Diff(file, []byte(c[0]), []byte(c[1]))
		write("d.patch", d)
		for _, args := range [][]string{{"git", "apply", "d.patch"}, {"patch", "-p1", "--binary", "-i", "d.patch"}} {
			if _, err := exec.LookPath(args[0]); err != nil {
				t.Logf("%s is not installed", args[0])
				continue
			}
			write(file, c[0])
			cmd := exec.Command(args[0], args[1:]...)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			got, readErr := os.ReadFile(filepath.Join(dir, file))
			if err != nil || readErr != nil || string(got) != c[1] {
				t.Errorf("%s, %s: %v %s\n%s", name, args[0], err, out, d)
			}
		}
		if strings.Count(d, "\n") > 40 {
			t.Errorf("%s: %d lines", name, strings.Count(d, "\n"))
		}
	}
	if d := Diff("f", []byte("a\n"), []byte("a\n")); d != "" {
		t.Errorf("equal files differ: %s", d)
	}
}

// FuzzChanges holds changes to make the wanted text of any two.
func FuzzChanges(f *testing.F) {
	f.Add("SELECT NVL(a,b) FROM dual", "SELECT coalesce(a, b)")
	f.Add("a:b c", "a : b$1c")
	f.Fuzz(func(t *testing.T, from, to string) {
		if len(from)+len(to) > 1<<12 {
			return
		}
		list := changes(from, to)
		for i, c := range list {
			if c.lo > c.hi || c.hi > len(from) || i > 0 && c.lo < list[i-1].hi {
				t.Fatalf("changes %+v of %q", list, from)
			}
		}
		_ = SameWords(applyChanges(from, list), to)
	})
}
