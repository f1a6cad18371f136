package reports

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"landfall/assess"
	"landfall/internal/model"
)

func htmlOf(t *testing.T, r *assess.Result, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, r, Options{Lang: lang}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHTMLIsStableAndComplete(t *testing.T) {
	r := sampleResult(1)
	page := htmlOf(t, r, "")
	if page != htmlOf(t, sampleResult(1), "en") {
		t.Error("the same input gave other bytes")
	}
	if i := strings.Index(page, "["+"fig."); i >= 0 || strings.Contains(page, "ZgotmplZ") {
		t.Error("a text is missing or the template refused a value")
	}
	plain, _, _ := strings.Cut(page, `<script type="application/json"`)
	for _, o := range r.Objects {
		if !strings.Contains(plain, o.Schema+"."+o.Name) {
			t.Errorf("%s is not in the page without the script", o.Name)
		}
	}
	for _, u := range r.Rules {
		if u.Count > 0 && !strings.Contains(plain, `id="rule-`+u.Code+`"`) {
			t.Errorf("rule %s is not in the page", u.Code)
		}
	}
	if m := regexp.MustCompile(`(?i)(src|href)="?(https?:)?//`).FindString(page); m != "" {
		t.Errorf("the page asks the network: %s", m)
	}
}

// TestEveryTextExists holds the keys that code and template use against the English table.
func TestEveryTextExists(t *testing.T) {
	used := regexp.MustCompile(`(?:\.get\(|[({]t |head: |section\(row, )"([a-z]+\.?[a-z.]*)"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range append(files, "page/report.tmpl") {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllStringSubmatch(string(src), -1) {
			n++
			if _, ok := english[m[1]]; !ok && !strings.HasSuffix(m[1], ".") {
				t.Errorf("%s uses the text %q, which does not exist", f, m[1])
			}
		}
	}
	for _, k := range pageTexts {
		if _, ok := english[k]; !ok {
			t.Errorf("the script uses the text %q, which does not exist", k)
		}
	}
	if n < 100 {
		t.Errorf("only %d uses of texts found: the pattern is stale", n)
	}
	for lang, table := range languages {
		for k, en := range english {
			s, ok := table[k]
			if !ok {
				t.Errorf("%s has no text for %q", lang, k)
			}
			verbs := regexp.MustCompile(`%[sd]|\{\d\}`)
			if got, want := verbs.FindAllString(s, -1), verbs.FindAllString(en, -1); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s %q has the places %v, English has %v", lang, k, got, want)
			}
		}
		for k := range table {
			if _, ok := english[k]; !ok {
				t.Errorf("%s has a text %q that English has not", lang, k)
			}
		}
	}
}

func TestChineseReports(t *testing.T) {
	r := sampleResult(1)
	if page := htmlOf(t, r, "zh"); !strings.Contains(page, `lang="zh-CN"`) || strings.Contains(page, english["title"]) || strings.Contains(page, "\ufffd") {
		t.Error("the Chinese page speaks English or lost characters")
	}
	var b bytes.Buffer
	if err := WriteXLSX(&b, r, Options{Lang: "zh"}); err != nil {
		t.Fatal(err)
	}
	f := open(t, b.Bytes())
	if got := f.GetSheetList(); len(got) != 18 || got[0] != chinese["sheet.summary"] || got[3] != chinese["sheet.findings"] {
		t.Errorf("sheets %v", got)
	}
	if got, _ := f.GetCellValue(chinese["sheet.findings"], "B1"); got != chinese["col.severity"] {
		t.Errorf("heading %q", got)
	}
	if err := WriteHTML(&b, r, Options{Lang: "tlh"}); err == nil {
		t.Error("an unknown language must be an error")
	}
}

// evil is a text that takes over a page which does not escape.
const evil = `</script><script>document.title="owned"</script><img src=x onerror="document.title='owned'"> "quoted' & ` + "`${document.title='owned'}` \u202e <!-- ]]>"

func evilResult() *assess.Result {
	r := sampleResult(1)
	r.Source.Name = evil
	for i := range r.Objects {
		r.Objects[i].Comment, r.Objects[i].File = evil, evil
	}
	for i := range r.Findings {
		r.Findings[i].Message, r.Findings[i].Advice = evil, evil
		r.Findings[i].Snippet = model.Snippet{Text: evil + "\n" + evil, Line: 1, Off: 3, Len: 20}
	}
	for i := range r.Rules {
		r.Rules[i].Title, r.Rules[i].Doc, r.Rules[i].Before = evil, evil, evil
	}
	r.NotCovered[0].Head, r.NotCovered[0].Reason = evil, evil
	r.Datatypes[0].Type = evil
	r.Method.Steps[0] = evil
	return r
}

func TestHTMLEscapesHostileTexts(t *testing.T) {
	page := htmlOf(t, evilResult(), "")
	if n := strings.Count(page, "<script"); n != 2 {
		t.Errorf("%d script elements, want our 2", n)
	}
	if strings.Contains(page, "<img") || strings.Contains(page, "\u202e") {
		t.Error("a hostile text came through")
	}
}

func TestPageDataReadsBack(t *testing.T) {
	for name, r := range map[string]*assess.Result{"sample": sampleResult(1), "hostile": evilResult()} {
		page := htmlOf(t, r, "")
		_, rest, _ := strings.Cut(page, `id="data">`)
		text, _, _ := strings.Cut(rest, "</script>")
		var d data
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(d.Findings) != len(r.Findings) || len(d.Objects) != len(r.Objects) {
			t.Errorf("%s: %d findings, %d objects", name, len(d.Findings), len(d.Objects))
		}
		for _, f := range d.Findings { // the runs must cover the source exactly
			n := 0
			for _, m := range regexp.MustCompile(`[a-zA-Z](\d+)`).FindAllStringSubmatch(f[12].(string), -1) {
				var k int
				_, _ = fmt.Sscan(m[1], &k)
				n += k
			}
			if want := utf16Len(f[11].(string)); n != want {
				t.Fatalf("%s: runs cover %d of %d units of %q", name, n, want, f[11])
			}
		}
	}
}

func TestHighlightKeepsEveryCharacter(t *testing.T) {
	for _, src := range []string{
		"", "select 1 from dual", "x := 'unclosed", "/* open", "a -- c\r\nb\tc", "q'[it's]' || N'保单' || \"Q i\" = :b", "\xff\xfe bad", "a - b / c */ d --+ hint\n/*+ h */ e", "$IF $$x $THEN a $END",
		"\\ ` ~ ! @ # { } [ ]",
	} {
		for lo := 0; lo <= len(src); lo++ {
			var got, mark strings.Builder
			for _, s := range colour(src, lo, len(src)) {
				got.WriteString(s.text)
				if s.mark {
					mark.WriteString(s.text)
				}
			}
			if got.String() != src || mark.String() != src[lo:] {
				t.Fatalf("%q marked from %d came out as %q, marked %q", src, lo, got.String(), mark.String())
			}
		}
	}
	long := model.Snippet{Text: strings.Repeat("x ", 40000) + "HERE" + strings.Repeat(" y", 40000), Line: 7, Off: 80000, Len: 4}
	lines := snippetLinesOf(long)
	var mark string
	for _, p := range lines[0].parts {
		if p.mark {
			mark += p.text
		}
	}
	if mark != "HERE" || len(lines) != 1 || lines[0].number != 7 {
		t.Errorf("a long line lost its mark: %q", mark)
	}
}

// bigResult has n findings in 2,000 objects.
func bigResult(n int) *assess.Result {
	r := sampleResult(40)
	r.Baseline = nil
	for i := range r.Findings {
		r.Findings[i].Status, r.Findings[i].Waiver = "", nil
	}
	one := r.Findings
	for i := 0; len(r.Findings) < n; i++ {
		f := one[i%len(one)]
		f.Pos.Line += 1000 * (1 + i/len(one))
		r.Findings = append(r.Findings, f)
	}
	r.Finish()
	return r
}

func TestManyFindings(t *testing.T) {
	r := bigResult(60_000)
	start := time.Now()
	page := htmlOf(t, r, "")
	t.Logf("%d findings: %d MB in %v", len(r.Findings), len(page)>>20, time.Since(start))
	if len(page) > 60<<20 {
		t.Errorf("the page has %d MB", len(page)>>20)
	}
	kept := 0
	for _, g := range ruleGroups(r, findingsByRule(r)) {
		kept += g.Kept
	}
	if kept != pageFindings {
		t.Errorf("the page holds %d findings, want the %d that fit", kept, pageFindings)
	}
	if !strings.Contains(page, english.get("cut.rows", group(0), group(0))[:len("This page holds ")]) {
		t.Error("the page does not say that it was cut")
	}
}

// chromium runs the browser on a page, at a fragment of it; what the page writes to the console is an error of the test; the test skips where there is none.
func chromium(t *testing.T, page, fragment string, args ...string) string {
	t.Helper()
	bin, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("SKIPPED: Chromium is not installed: apt-get install -y chromium")
	}
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir=" + t.TempDir(), "--enable-logging=stderr",
	}, append(args[:len(args):len(args)], "file://"+path+fragment)...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("chromium: %v\n%s", err, errs.String())
	}
	for line := range strings.Lines(errs.String()) { // what a page says on the console: errors of the script, refused by the policy
		if strings.Contains(line, ":CONSOLE") {
			t.Errorf("the console says %s", line)
		}
	}
	return string(out)
}

// TestBrowserRunsThePage lets a browser run our script over ordinary, hostile and large results.
func TestBrowserRunsThePage(t *testing.T) {
	for name, r := range map[string]*assess.Result{"sample": sampleResult(1), "hostile": evilResult(), "large": bigResult(60_000)} {
		t.Run(name, func(t *testing.T) {
			dom := chromium(t, htmlOf(t, r, ""), "#sql-00000000000000a1", "--dump-dom")
			want := fmt.Sprintf(`aria-live="polite">%s of %s</span>`, group(len(r.Objects)), group(len(r.Objects)))
			if !strings.Contains(dom, want) || !strings.Contains(dom, `class="js"`) {
				t.Errorf("our script did not run to its end: no %s", want)
			}
			if !strings.Contains(dom, `<mark>coalesce</mark>`) && !strings.Contains(dom, `<mark><b class="o">coalesce</b></mark>`) {
				t.Error("the statement of the workload that the address names is not open beside what it becomes")
			}
			if strings.Contains(dom, "<title>owned") || strings.Contains(dom, "<img") {
				t.Error("a hostile text ran")
			}
		})
	}
	if dir := os.Getenv("KEEP_REPORTS"); dir != "" {
		page := htmlOf(t, sampleResult(3), "")
		if err := os.WriteFile(filepath.Join(dir, "report.html"), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		chromium(t, page, "", "--screenshot="+filepath.Join(dir, "html.png"), "--window-size=1400,3600")
		open := strings.ReplaceAll(page, `<details class="rule`, `<details open class="rule`)
		chromium(t, strings.Replace(open, `<html lang="en">`, `<html lang="en" data-theme="dark">`, 1), "", "--screenshot="+filepath.Join(dir, "dark.png"), "--window-size=1400,5200")
		chromium(t, htmlOf(t, sampleResult(1), "zh"), "", "--screenshot="+filepath.Join(dir, "zh.png"), "--window-size=1400,1500")
		chromium(t, page, "", "--print-to-pdf="+filepath.Join(dir, "print.pdf"), "--no-pdf-header-footer")
	}
}
