package cli

import (
	"fmt"
	"path"
	"sort"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// printParse writes problems to stderr, each with its line and a caret, and a table per folder to stdout.
func printParse(io *IOStreams, opt parseOptions, r parseReport, results []fileResult) error {
	paint := func(code, s string) string {
		if !io.errColor() {
			return s
		}
		return "\x1b[" + code + "m" + s + "\x1b[0m"
	}
	for _, f := range r.Failures {
		msg := strings.TrimSuffix(f.Message, " (hint: "+f.hint+")")
		fmt.Fprintf(io.Err, "%s %s %s\n", paint("1", fmt.Sprintf("%s:%d:%d:", oneLine(f.File), f.Line, f.Col)), paint("31", "error:"), oneLine(msg))
		if line, caret, ok := caretLine(f.excerpt); ok {
			fmt.Fprintf(io.Err, "    %s\n    %s\n", line, paint("31", caret))
		}
		if f.hint != "" {
			fmt.Fprintf(io.Err, "  hint: %s\n", f.hint)
		}
	}
	if opt.quiet {
		return nil
	}
	return parseTable(io, r, results)
}

type folderRow struct {
	name                                  string
	files, statements, parsed, roundTrips int
	bytes                                 int64
	problems                              int
}

func parseTable(io *IOStreams, r parseReport, results []fileResult) error {
	byName := map[string]*folderRow{}
	var rows []*folderRow
	for _, f := range results {
		dir := path.Dir(f.file.Name)
		row := byName[dir]
		if row == nil {
			row = &folderRow{name: dir}
			byName[dir] = row
			rows = append(rows, row)
		}
		row.files++
		row.bytes += f.bytes
		row.statements += f.statements
		row.parsed += f.parsed
		row.roundTrips += f.roundTrip
		row.problems += len(f.failures)
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i].name < rows[j].name })
	total := &folderRow{"total", r.Files, r.Statements, r.Parsed, r.RoundTrip, r.Bytes, len(r.Failures)}

	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if io.OutTTY || len(rows) != 1 {
		rows = append(rows, total)
	}
	fmt.Fprint(w, "files\tKB\tstatements\tparsed\tround trip\tproblems\t  folder\n")
	for _, row := range rows {
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%d\t  %s\n", row.files, (row.bytes+500)/1000, row.statements, row.parsed, row.roundTrips, row.problems, oneLine(row.name))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if r.Statements == 0 {
		_, err := fmt.Fprintln(io.Out, "no statements found")
		return err
	}
	share := 100 * float64(r.RoundTrip) / float64(r.Statements)
	problems := ""
	if n := len(r.Failures); n > 0 {
		problems = fmt.Sprintf("; %d problems", n)
		if n == 1 {
			problems = "; 1 problem"
		}
	}
	_, err := fmt.Fprintf(io.Out, "%s of the statements read and printed back, in %.2f s (%.1f MB/s)%s\n", percent(share), r.Seconds, r.MBPerS, problems)
	return err
}

// percent never rounds up to 100 %.
func percent(share float64) string {
	s := fmt.Sprintf("%.2f", share)
	if share < 100 && s == "100.00" {
		s = "99.99"
	}
	return s + " %"
}

// caretLine splits an excerpt at its mark into the line to show and the line with the caret. Tabs become one
// space and wide characters count two columns, so that the caret stands where a terminal puts the character.
func caretLine(excerpt string) (line, caret string, ok bool) {
	head, tail, ok := strings.Cut(excerpt, "\x00")
	if !ok || head+tail == "" {
		return "", "", false
	}
	printable := func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}
	head, tail = strings.Map(printable, head), strings.Map(printable, tail)
	cols := 0
	for _, r := range head {
		cols++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			cols++
		}
	}
	return head + tail, strings.Repeat(" ", cols) + "^", true
}

// oneLine escapes what would break a line or drive the terminal: names of files may hold anything but "/".
func oneLine(s string) string {
	if strings.IndexFunc(s, unicode.IsControl) < 0 && utf8.ValidString(s) {
		return s
	}
	q := strconv.Quote(s)
	return strings.ReplaceAll(strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`), `\\`, `\`)
}

// parseNote says what was assumed at a place, or what could not be looked at there, without being wrong.
type parseNote struct{ place, text string }

// notesOfAKind is how often the same note is written before the rest is only counted: an export of a thousand
// units without CREATE must not bury the one note that matters.
const notesOfAKind = 10

func printNotes(io *IOStreams, results []fileResult, all bool) {
	count := map[string]int{}
	var order []string
	for _, f := range results {
		for _, n := range f.notes {
			if count[n.text]++; count[n.text] == 1 {
				order = append(order, n.text)
			}
			if all || count[n.text] <= notesOfAKind {
				fmt.Fprintf(io.Err, "note: %s: %s\n", oneLine(n.place), oneLine(n.text))
			}
		}
	}
	for _, text := range order {
		if more := count[text] - notesOfAKind; more > 0 && !all {
			fmt.Fprintf(io.Err, "note: %d more places: %s (--verbose writes them all)\n", more, oneLine(text))
		}
	}
}
