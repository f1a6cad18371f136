package reports

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// column is one column of a sheet: the key of its heading, its width in characters and the style of its cells.
type column struct {
	head  string
	width float64
	style string
	cond  bool // words of severity, effort or standing are coloured
	bar   bool // numbers get a bar
	hot   bool // numbers above zero are coloured as the severity that the heading names
}

// sheet streams rows under a frozen, filtered heading and goes on in "Name 2" when the row limit is reached.
type sheet struct {
	b    *book
	name string
	cols []column
	sw   *excelize.StreamWriter
	part int
	row  int // last row written in this part
}

// link is a cell that leads to a row of another sheet.
type link struct {
	sheet string
	row   int // from 0, heading left out
	text  any // what the cell shows: a number or a text of ours, never of the customer's
}

func (b *book) open(key string, cols []column) (*sheet, error) {
	s := &sheet{b: b, name: b.t.get(key), cols: cols}
	return s, s.begin()
}

// partName is the name of the n-th part of a sheet, from 1.
func (b *book) partName(name string, n int) string {
	if n == 1 {
		return name
	}
	return b.t.get("part", name, n)
}

func (s *sheet) begin() error {
	s.part++
	s.row = 1
	name := s.b.partName(s.name, s.part)
	if _, err := s.b.f.NewSheet(name); err != nil {
		return err
	}
	if err := s.b.page(name, "landscape", 0); err != nil { // before the stream, which writes the sheet's properties first
		return err
	}
	if err := s.b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoteSheet(name) + "!$1:$1", Scope: name}); err != nil {
		return err
	}
	sw, err := s.b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	s.sw = sw
	for i, c := range s.cols {
		if err := sw.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft", Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}}); err != nil {
		return err
	}
	head := make([]any, len(s.cols))
	for i, c := range s.cols {
		head[i] = excelize.Cell{StyleID: s.b.style["head"], Value: s.b.t.get(c.head)}
	}
	return sw.SetRow("A1", head, excelize.RowOpts{Height: 22})
}

// page sets how a sheet prints: one page wide, and so many pages tall; 0 is as many as it takes.
func (b *book) page(name, orientation string, tall int) error {
	wide, fit := 1, true
	size := 9 // A4
	if err := b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall, Size: &size}); err != nil {
		return err
	}
	return b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// add writes one row. whole says where the uncut text of a too long cell stands.
func (s *sheet) add(whole string, values ...any) error {
	if s.row >= s.b.rows {
		if err := s.end(); err != nil {
			return err
		}
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.row++
	cells := make([]any, len(values))
	lines := 1
	for i, v := range values {
		style := s.b.style[s.cols[i].style]
		if text, ok := v.(string); ok && s.cols[i].style == "wrap" {
			lines = max(lines, wrappedLines(text, s.cols[i].width))
		}
		switch v := v.(type) {
		case nil:
			cells[i] = excelize.Cell{StyleID: style}
		case string:
			cells[i] = excelize.Cell{StyleID: style, Value: cellText(v, whole, s.b.t)}
		case link:
			part, row := 1+v.row/(s.b.rows-1), 2+v.row%(s.b.rows-1)
			target := s.b.partName(s.b.t.get(v.sheet), part)
			f := fmt.Sprintf(`HYPERLINK("#%s!A%d",%s)`, quoteSheet(target), row, formulaValue(v.text))
			cells[i] = excelize.Cell{StyleID: s.b.style["link"], Formula: f, Value: v.text}
		default:
			cells[i] = excelize.Cell{StyleID: style, Value: v}
		}
	}
	if lines == 1 {
		return s.sw.SetRow(fmt.Sprintf("A%d", s.row), cells)
	}
	return s.sw.SetRow(fmt.Sprintf("A%d", s.row), cells, excelize.RowOpts{Height: float64(lines)*lineHeight + 2})
}

// Rows get their height here: LibreOffice leaves those of a workbook that Excel did not make as low as one line, and what
// wraps would lie over the next row.
const (
	lineHeight = 12.75 // points, of text of size 10
	mostLines  = 16    // a cell with more shows its beginning
)

// wrappedLines is how many lines a text takes in a column of so many characters, a hanzi taking two; at most mostLines.
func wrappedLines(text string, width float64) int {
	room := max(1, int(width)-2) // indentation and margin
	lines, at := 1, 0
	for word := range strings.SplitAfterSeq(text, " ") {
		n := 0
		for _, c := range word {
			switch {
			case c == '\n':
				lines, at, n = lines+1, 0, 0
				continue
			case c >= 0x1100:
				n += 2
			default:
				n++
			}
			if c >= 0x1100 && at+n > room { // may be broken anywhere
				lines, at, n = lines+1, 0, 2
			}
		}
		if at > 0 && at+n > room+1 {
			lines, at = lines+1, 0
		}
		at += n
		for at > room+1 { // a word longer than the column
			lines, at = lines+1, at-room
		}
		if lines >= mostLines {
			return mostLines
		}
	}
	return lines
}

func formulaValue(v any) string {
	if s, ok := v.(string); ok {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return fmt.Sprint(v)
}

func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// end finishes the part: filter, colours, stream.
func (s *sheet) end() error {
	name := s.b.partName(s.name, s.part)
	last, err := excelize.ColumnNumberToName(len(s.cols))
	if err != nil {
		return err
	}
	if err := s.b.f.AutoFilter(name, fmt.Sprintf("A1:%s%d", last, max(s.row, 2)), nil); err != nil {
		return err
	}
	for i, c := range s.cols {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := s.colour(name, c, fmt.Sprintf("%s2:%s%d", col, col, max(s.row, 2))); err != nil {
			return err
		}
	}
	return s.sw.Flush()
}

func (s *sheet) colour(name string, c column, ref string) error {
	var opts []excelize.ConditionalFormatOptions
	switch {
	case c.cond:
		opts = s.b.wordFormats()
	case c.bar:
		opts = append(opts, excelize.ConditionalFormatOptions{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#B9D3EA", BarSolid: true})
	case c.hot:
		id := s.b.cond[s.b.t.get("severity."+strings.TrimPrefix(c.head, "col."))]
		opts = append(opts, excelize.ConditionalFormatOptions{Type: "cell", Criteria: ">", Value: "0", Format: &id})
	default:
		return nil
	}
	return s.b.f.SetConditionalFormat(name, ref, opts)
}

// wordFormats colours cells that hold a word of severity, effort or standing, in a fixed order.
func (b *book) wordFormats() []excelize.ConditionalFormatOptions {
	var opts []excelize.ConditionalFormatOptions
	for _, w := range b.t.words() {
		id := b.cond[w.text]
		opts = append(opts, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: `"` + w.text + `"`, Format: &id})
	}
	return opts
}
