package reports

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"landfall/assess"
	"landfall/internal/model"
)

func xlsxOf(t *testing.T, r *assess.Result, rows int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeXLSX(&b, r, english, rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestSheetsGolden compares every sheet, as CSV, with testdata/sheets.
func TestSheetsGolden(t *testing.T) {
	f := open(t, xlsxOf(t, sampleResult(1), sheetRows))
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", "sheets", strings.ReplaceAll(strings.ToLower(name), " ", "-")+".csv"), b.Bytes())
	}
}

// golden compares with a file; UPDATE=1 writes it.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE") == "1" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (UPDATE=1 writes it)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s:\n%s", path, diff)
	}
}

func TestXLSXIsByteStable(t *testing.T) {
	want := xlsxOf(t, sampleResult(2), sheetRows)
	for range 4 {
		if !bytes.Equal(want, xlsxOf(t, sampleResult(2), sheetRows)) {
			t.Fatal("the same result gave other bytes")
		}
	}
}

// hostile are texts that spreadsheets, XML or readers could stumble over, and how they must read in a cell.
var hostile = []struct{ in, want string }{
	{`=1+1`, `=1+1`},
	{`=HYPERLINK("http://evil","x")`, `=HYPERLINK("http://evil","x")`},
	{`+cmd|' /C calc'!A0`, `+cmd|' /C calc'!A0`},
	{`-2+3`, `-2+3`},
	{`@SUM(A1)`, `@SUM(A1)`},
	{"\t=1+1", "\t=1+1"},
	{"\r=1+1", "\u240d=1+1"},
	{"a\r\nb", "a\nb"},
	{"nul\x00bell\x07esc\x1b", "nul\u2400bell\u2407esc\u241b"},
	{"latin1 \xe9 bad", `latin1 \xE9 bad`},
	{"\uffff", "\ufffd"},
	{"_x0041_ is not A", "_x0041_ is not A"},
	{"_x005F_x0041_", "_x005F_x0041_"},
	{"]]></t><f>1+1</f>", "]]></t><f>1+1</f>"},
	{" spaces kept ", " spaces kept "},
	{"turned \u202e round", `turned \u202E round`},
	{"保单 𠮷 😀", "保单 𠮷 😀"},
}

func TestHostileTextsStayTexts(t *testing.T) {
	r := &assess.Result{Source: assess.Source{Name: `=cmd|' /C calc'!A0`}}
	for i, h := range hostile {
		r.Findings = append(r.Findings, model.Finding{Code: "CV0001", Message: h.in, Pos: model.Pos{File: "f", Line: i + 1}})
		r.Objects = append(r.Objects, assess.Object{ID: model.ObjectID(fmt.Sprintf("table:%03d", i)), Kind: model.KindTable, Name: fmt.Sprintf("%03d", i), Comment: h.in, File: h.in})
		r.NotCovered = append(r.NotCovered, assess.NotCovered{File: "f", Line: i + 1, Head: h.in})
		r.Rules = append(r.Rules, assess.RuleUse{Code: fmt.Sprintf("CV%04d", i), Count: 1, Title: h.in})
	}
	r.Finish()
	f := open(t, xlsxOf(t, r, sheetRows))
	for i, h := range hostile {
		for sheet, col := range map[string]string{"Findings": "I", "Objects": "U", "Not covered": "H", "Rules": "C"} {
			cell := fmt.Sprintf("%s%d", col, i+2)
			got, err := f.GetCellValue(sheet, cell)
			if err != nil || got != h.want {
				t.Errorf("%s!%s holds %q, want %q (%v)", sheet, cell, got, h.want, err)
			}
			if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
				t.Errorf("%s!%s became the formula %s", sheet, cell, formula)
			}
			kind, err := f.GetCellType(sheet, cell)
			if err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				t.Errorf("%s!%s has cell type %v, not string", sheet, cell, kind)
			}
		}
	}
	for _, sheet := range f.GetSheetList() { // our own links are the only formulas
		rows, _ := f.GetRows(sheet)
		for y, row := range rows {
			for x := range row {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, _ := f.GetCellFormula(sheet, cell); formula != "" && !strings.HasPrefix(formula, `HYPERLINK("#'`) {
					t.Errorf("%s!%s holds the formula %s", sheet, cell, formula)
				}
			}
		}
	}
}

func TestLongTextIsCutWithReference(t *testing.T) {
	long := strings.Repeat("保𠮷x", 20000)
	got := cellText(long, "pkg.sql:41:7", english)
	if n := utf16Len(got); n > maxCell || n < maxCell-2 {
		t.Errorf("cut to %d UTF-16 units", n)
	}
	if !strings.HasSuffix(got, "whole text: pkg.sql:41:7]") || !utf8.ValidString(got) {
		t.Errorf("cut text ends %q", got[len(got)-80:])
	}
	if exact := strings.Repeat("x", maxCell); cellText(exact, "", english) != exact {
		t.Error("a text that just fits was cut")
	}
}

func TestSheetsSplitAtTheRowLimit(t *testing.T) {
	r := sampleResult(1)
	f := open(t, xlsxOf(t, r, 11)) // heading and ten rows
	total := 0
	for part := 1; ; part++ {
		name := "Findings"
		if part > 1 {
			name = fmt.Sprintf("Findings %d", part)
		}
		rows, err := f.GetRows(name)
		if err != nil {
			break
		}
		if rows[0][0] != "No." || len(rows) > 11 {
			t.Errorf("%s has %d rows, heading %v", name, len(rows), rows[0])
		}
		total += len(rows) - 1
	}
	if total != len(r.Findings)+len(r.Baseline.ResolvedOf) {
		t.Errorf("%d findings in the sheets, want %d", total, len(r.Findings))
	}
	// A link of the second rule must still lead to a row with that rule.
	formula, _ := f.GetCellFormula("Rules", "F9")
	code, _ := f.GetCellValue("Rules", "A9")
	var name, cell string
	target, _, _ := strings.Cut(strings.TrimPrefix(formula, `HYPERLINK("#'`), `",`)
	name, cell, ok := strings.Cut(target, "'!A")
	got, err := f.GetCellValue(name, "E"+cell)
	if !ok || err != nil || got != code {
		t.Errorf("link %s of rule %s leads to %s", formula, code, got)
	}
}

// TestLibreOfficeOpensIt converts the workbook to PDF; KEEP_REPORTS=DIR keeps the files to look at.
func TestLibreOfficeOpensIt(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED: LibreOffice is not installed: apt-get install -y libreoffice-calc")
	}
	for lang, words := range languages {
		t.Run(lang, func(t *testing.T) {
			dir := keepDir(t)
			name := "report-" + lang
			path := filepath.Join(dir, name+".xlsx")
			var book bytes.Buffer
			if err := WriteXLSX(&book, sampleResult(3), Options{Lang: lang}); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, book.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
			defer cancel()
			for _, to := range []string{"pdf", "csv:Text - txt - csv (StarCalc):44,34,76,1"} { // comma, quote, UTF-8, from line 1
				out, err := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", to, "--outdir", dir, path).CombinedOutput()
				if err != nil {
					t.Fatalf("soffice: %v\n%s", err, out)
				}
			}
			if pdf, err := os.ReadFile(filepath.Join(dir, name+".pdf")); err != nil || len(pdf) < 20000 {
				t.Errorf("the PDF has %d bytes: %v", len(pdf), err)
			}
			sheet, err := os.ReadFile(filepath.Join(dir, name+".csv"))
			if err != nil || !strings.Contains(string(sheet), words["title"]) || !strings.Contains(string(sheet), words["sum.workload"]) || strings.Contains(string(sheet), "Err:") || strings.Contains(string(sheet), "#REF") {
				t.Errorf("the summary reads: %v\n%s", err, sheet)
			}
		})
	}
}

func keepDir(t *testing.T) string {
	if dir := os.Getenv("KEEP_REPORTS"); dir != "" {
		return dir
	}
	return t.TempDir()
}

// TestWrappedLines counts the lines that a cell takes.
func TestWrappedLines(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 1},
		{"one two three four", 1},
		{"one two three four five", 2},
		{"one\ntwo\nthree", 3},
		{strings.Repeat("x", 50), 3},
		{strings.Repeat("理", 9), 1},
		{strings.Repeat("理", 20), 3},
		{strings.Repeat("word ", 500), mostLines},
	} {
		if got := wrappedLines(c.text, 20); got != c.want {
			t.Errorf("%.30q takes %d lines, want %d", c.text, got, c.want)
		}
	}
}
