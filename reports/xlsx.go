package reports

import (
	"io"

	"github.com/xuri/excelize/v2"

	"landfall/assess"
	"landfall/internal/model"
)

// sheetRows is how many rows a sheet holds (Excel specifications and limits); what is more goes to a second one.
const sheetRows = 1048576

// WriteXLSX writes the result as a workbook. Large sheets are streamed, so memory does not grow with the number of
// findings beyond the compressed file.
func WriteXLSX(w io.Writer, r *assess.Result, o Options) error {
	t, err := textsFor(o.Lang)
	if err != nil {
		return err
	}
	if err := writeXLSX(w, r, t, sheetRows); err != nil {
		return &model.Error{Code: "RP0004", Op: "write report.xlsx", Err: err}
	}
	return nil
}

func writeXLSX(w io.Writer, r *assess.Result, t texts, rows int) (err error) {
	b, err := newBook(t, rows)
	if err != nil {
		return err
	}
	defer func() {
		if e := b.f.Close(); err == nil {
			err = e
		}
	}()
	at := indexFindings(r)
	if err := b.f.SetSheetName("Sheet1", t.get("sheet.summary")); err != nil {
		return err
	}
	for _, write := range []func(*book, *assess.Result, *findingIndex) error{
		writeTargets, writeObjects, writeFindings, writeRules, writeChecks, writeWorkload, writePatches, writeDatatypes, writeFeatures, writeDependencies, writeWaves, writeEffort, writeSizing, writeGates, writeNotCovered, writeMethod, writeSummary,
	} {
		if err := write(b, r, at); err != nil {
			return err
		}
	}
	return b.save(w)
}

// save writes the workbook with the same bytes for the same content.
func (b *book) save(w io.Writer) error {
	b.f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newStableZip(w) })
	return b.f.Write(w)
}

// findingIndex tells where the first finding of an object, a rule and a severity stands, for links.
type findingIndex struct {
	object   map[model.ObjectID]int
	rule     map[string]int
	severity map[model.Severity]int
}

func indexFindings(r *assess.Result) *findingIndex {
	x := &findingIndex{object: map[model.ObjectID]int{}, rule: map[string]int{}, severity: map[model.Severity]int{}}
	owner := r.Owners()
	for i := range r.Findings {
		f := &r.Findings[i]
		if at, ok := owner(f.Object); ok {
			put(x.object, r.Objects[at].ID, i)
		}
		put(x.rule, f.Code, i)
		put(x.severity, f.Severity, i)
	}
	return x
}

func put[K comparable](m map[K]int, k K, v int) {
	if _, ok := m[k]; !ok {
		m[k] = v
	}
}

// book is a workbook in the making: its styles, its words and its row limit.
type book struct {
	f     *excelize.File
	t     texts
	rows  int
	style map[string]int
	cond  map[string]int
}

// styles by name. Numbers use Excel's built-in formats so that they follow the reader's locale.
func newBook(t texts, rows int) (*book, error) {
	b := &book{f: excelize.NewFile(), t: t, rows: rows, style: map[string]int{}, cond: map[string]int{}}
	b.f.SetActiveSheet(0) // while it is the only one: later the library would read all sheets back
	font := t.get("font")
	if err := b.f.SetDefaultFont(font); err != nil {
		return nil, err
	}
	// The document says nothing of when it was made: the same result gives the same bytes.
	const epoch = "2000-01-01T00:00:00Z"
	if err := b.f.SetDocProps(&excelize.DocProperties{Creator: "landfall", LastModifiedBy: "landfall", Title: t.get("title"), Language: t.get("lang"), Created: epoch, Modified: epoch}); err != nil {
		return nil, err
	}
	if err := b.f.SetAppProps(&excelize.AppProperties{Application: "Landfall", AppVersion: "1.0000"}); err != nil {
		return nil, err
	}
	text := func(size float64, colour string) *excelize.Font {
		return &excelize.Font{Family: font, Size: size, Color: colour}
	}
	bold := func(size float64, colour string) *excelize.Font {
		f := text(size, colour)
		f.Bold = true
		return f
	}
	fill := func(c string) excelize.Fill { return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}} }
	top := &excelize.Alignment{Vertical: "top"}
	left := &excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1}
	wrap := &excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1, WrapText: true}
	centre := &excelize.Alignment{Vertical: "center", Horizontal: "center"}
	line := []excelize.Border{{Type: "bottom", Style: 1, Color: "DCE3EA"}}
	percent := "0.0%"
	for _, named := range []struct {
		name string
		of   *excelize.Style
	}{
		{"text", &excelize.Style{Font: text(10, ink), Alignment: left, Border: line}},
		{"wrap", &excelize.Style{Font: text(10, ink), Alignment: wrap, Border: line}},
		{"code", &excelize.Style{Font: &excelize.Font{Family: "Consolas", Size: 10, Color: ink}, Alignment: left, Border: line}},
		{"int", &excelize.Style{Font: text(10, ink), Alignment: top, Border: line, NumFmt: 3}},
		{"hours", &excelize.Style{Font: text(10, ink), Alignment: top, Border: line, NumFmt: 4}},
		{"pct", &excelize.Style{Font: text(10, ink), Alignment: top, Border: line, CustomNumFmt: &percent}},
		{"link", &excelize.Style{Font: &excelize.Font{Family: font, Size: 10, Color: "1D5F9E", Underline: "single"}, Alignment: top, Border: line, NumFmt: 3}},
		{"head", &excelize.Style{Font: bold(10, "FFFFFF"), Fill: fill(navy), Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "left", Indent: 1, WrapText: true}}},
		{"headnum", &excelize.Style{Font: bold(10, "FFFFFF"), Fill: fill(navy), Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "right", WrapText: true}}},
		{"title", &excelize.Style{Font: bold(22, navy), Alignment: &excelize.Alignment{Vertical: "center"}}},
		{"subtitle", &excelize.Style{Font: text(11, "5A6B7D"), Alignment: &excelize.Alignment{Vertical: "center"}}},
		{"section", &excelize.Style{Font: bold(13, navy), Alignment: &excelize.Alignment{Vertical: "bottom"}, Border: []excelize.Border{{Type: "bottom", Style: 2, Color: navy}}}},
		{"tilelabel", &excelize.Style{Font: text(9, "5A6B7D"), Fill: fill(pale), Alignment: centre}},
		{"tile", &excelize.Style{Font: bold(20, navy), Fill: fill(pale), Alignment: centre, NumFmt: 3}},
		{"tilepct", &excelize.Style{Font: bold(20, navy), Fill: fill(pale), Alignment: centre, CustomNumFmt: &percent}},
		{"tilenote", &excelize.Style{Font: text(9, "5A6B7D"), Fill: fill(pale), Alignment: centre}},
	} {
		id, err := b.f.NewStyle(named.of)
		if err != nil {
			return nil, err
		}
		b.style[named.name] = id
	}
	return b, b.colours()
}

const (
	ink  = "1F2A37"
	navy = "17375E"
	pale = "EEF3F8"
)

// colours makes the conditional formats, one a word.
func (b *book) colours() error {
	for _, w := range b.t.words() {
		id, err := b.f.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: "FFFFFF", Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{w.colour}},
		})
		if err != nil {
			return err
		}
		b.cond[w.text] = id
	}
	return nil
}
