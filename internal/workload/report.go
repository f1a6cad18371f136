package workload

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/parser"
)

// report reads AWR and Statspack reports in text. Both have sections "SQL ordered by ...": a table whose columns are as
// wide as the dashes under their names, and below each row of figures the module and the text in lines of fixed width.
// The same statement stands in several sections; it counts once, with the largest figures.
type report struct {
	l     *lines
	kind  Kind
	sink  Sink
	id    *regexp.Regexp
	found map[string]*reported
	order []*reported
	ended bool // the line that ends a report was seen
}

// next reads a line.
func (r *report) next() bool {
	ok := r.l.next()
	r.ended = r.ended || ok && strings.HasPrefix(strings.TrimSpace(r.l.text), endOfReport)
	return ok
}

// endOfReport is the last line of AWR and Statspack reports.
const endOfReport = "End of Report"

// cutOff is the problem of a report without its end.
func cutOff(name string, line int) Problem {
	return Problem{Pos: model.Pos{File: name, Line: line, Col: 1}, Kind: Unreadable, Reason: "the report has no line \"" + endOfReport + "\": it was cut, or is a part of one, and what stood behind is missing", Hint: "make the report again, or take the file as a whole"}
}

// reported is one statement of a report.
type reported struct {
	s     Statement
	lines []string
	whole []string // its text in the list of complete texts
}

var (
	dashes      = regexp.MustCompile(`^[ ]*-{4,}[ -]*$`)
	awrID       = regexp.MustCompile(`^[0-9a-z]{13}$`)
	statspackID = regexp.MustCompile(`^\d{5,10}$`)
	// figure is how reports print numbers: with commas, as 1.2E+07, as N/A, or as #### where they do not fit.
	figure = regexp.MustCompile(`^(-?[\d,]*\.?\d*(?:[eE][+-]?\d+)?%?|#+|N/A|-)$`)
)

// column is one column of a section.
type column struct {
	name   string
	lo, hi int
}

func readReport(l *lines, kind Kind, sink Sink) error {
	r := &report{l: l, kind: kind, sink: sink, id: awrID, found: map[string]*reported{}}
	if kind == KindStatspack {
		r.id = statspackID
	}
	sections := 0
	for r.next() {
		switch t := strings.TrimSpace(l.text); {
		case strings.HasPrefix(t, "SQL ordered by "):
			sections++
			r.section()
		case strings.HasPrefix(t, "Complete List of SQL Text"):
			r.texts()
		}
	}
	if l.failure() != nil {
		return nil
	}
	if sections == 0 {
		sink.Problem(Problem{Pos: model.Pos{File: l.name}, Kind: Unreadable, Reason: "no section \"SQL ordered by ...\" in this report", Hint: "make the report with its SQL sections (Statspack level 5 and above)"})
	}
	if !r.ended {
		sink.Problem(cutOff(l.name, l.n))
	}
	for _, x := range r.order {
		if err := r.give(x); err != nil {
			return err
		}
	}
	return nil
}

// endsSection reports whether a line belongs to the next part of the report.
func endsSection(text string) bool {
	t := strings.TrimSpace(text)
	return strings.HasPrefix(t, "SQL ordered by ") || strings.HasPrefix(t, "Complete List of SQL Text") || strings.HasPrefix(t, "^L") || strings.Contains(text, "DB/Inst:") && !strings.HasPrefix(text, " ")
}

// section reads one table. It ends where another heading stands; a page break repeats the heading of the same one.
func (r *report) section() {
	var names []string
	var cols []column
	for r.next() {
		t := r.l.text
		if dashes.MatchString(t) && strings.Count(t, "-") > 12 {
			cols = columnsOf(names, t)
			break
		}
		if strings.HasPrefix(strings.TrimSpace(t), "->") || strings.TrimSpace(t) == "" {
			names = nil
			continue
		}
		if endsSection(t) {
			r.l.back()
			return
		}
		names = append(names, t)
	}
	var x *reported
	inText := false
	for r.next() {
		t := strings.TrimRight(r.l.text, " ")
		if endsSection(t) {
			r.l.back()
			return
		}
		if strings.HasPrefix(t, "\f") {
			continue
		}
		if fields, ok := r.row(cols, t); ok {
			x, inText = r.enter(fields, r.l.pos()), false
			continue
		}
		switch {
		case x == nil:
		case dashes.MatchString(t): // the line that ends a section
			x = nil
		case t == "":
			if inText {
				x = nil
			}
		case strings.HasPrefix(t, "Module:") && !inText:
			if m := strings.TrimSpace(t[len("Module:"):]); x.s.Module == "" {
				x.s.Module = m
			}
		case strings.HasPrefix(t, "PDB:") && !inText:
		default:
			inText = true
			x.lines = append(x.lines, r.l.text)
		}
	}
}

// columnsOf names the columns: the words above the dashes, from top to bottom.
func columnsOf(names []string, line string) []column {
	var cols []column
	for i := 0; i < len(line); {
		if line[i] != '-' {
			i++
			continue
		}
		j := i
		for j < len(line) && line[j] == '-' {
			j++
		}
		c := column{lo: i, hi: j}
		for _, n := range names {
			if i < len(n) {
				c.name = strings.TrimSpace(c.name + " " + strings.TrimSpace(n[i:min(j, len(n))]))
			}
		}
		cols = append(cols, c)
		i = j
	}
	return cols
}

// row cuts a line of figures; ok is false when it is none. Wide figures may reach to the left, beyond their dashes.
func (r *report) row(cols []column, line string) (map[string]string, bool) {
	words := strings.Fields(line)
	if len(cols) == 0 || len(words) != len(cols) {
		return nil, false
	}
	fields := map[string]string{}
	hasID := false
	for i, w := range words {
		isID := r.id.MatchString(w) && (strings.Contains(cols[i].name, "SQL Id") || strings.Contains(cols[i].name, "Hash"))
		hasID = hasID || isID
		if !isID && !figure.MatchString(w) {
			return nil, false
		}
		fields[cols[i].name] = w
	}
	return fields, hasID
}

func (r *report) enter(fields map[string]string, pos model.Pos) *reported {
	s := Statement{Pos: pos, Kind: r.kind, Origin: "AWR report", Cut: true}
	if r.kind == KindStatspack {
		s.Origin = "Statspack report"
	}
	for name, v := range fields {
		if strings.HasPrefix(v, "##") && (name == "Executions" || strings.HasPrefix(name, "Ela") && !strings.Contains(name, "per")) {
			r.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: fmt.Sprintf("the report prints %s as %s: the figure does not fit its column", strings.ToLower(name), v), Hint: "the HTML report has it"})
		}
		switch {
		case strings.Contains(name, "SQL Id") || strings.Contains(name, "Hash"):
			s.SQLID = v
		case name == "Executions":
			if n, err := count(v); err == nil {
				s.Executions = n
			}
		case strings.HasPrefix(name, "Ela") && strings.Contains(name, "Time (s)") && !strings.Contains(name, "per"):
			if d, err := span(v, time.Second); err == nil {
				s.Elapsed = d
			}
		case strings.HasPrefix(name, "Rows Proc"):
			if n, err := count(v); err == nil && !strings.Contains(name, "per") {
				s.Rows = n
			}
		}
	}
	x := r.found[s.SQLID]
	if x == nil {
		x = &reported{s: s}
		r.found[s.SQLID] = x
		r.order = append(r.order, x)
		return x
	}
	x.s.Executions, x.s.Elapsed, x.s.Rows = max(x.s.Executions, s.Executions), max(x.s.Elapsed, s.Elapsed), max(x.s.Rows, s.Rows)
	again := &reported{s: x.s, lines: nil} // the text is known; lines below go nowhere
	if len(x.lines) == 0 {
		return x
	}
	return again
}

// texts reads the list of complete texts: the id in the first column, the text in the second, further lines below.
func (r *report) texts() {
	var x *reported
	at := 0
	for r.next() {
		t := r.l.text
		switch {
		case dashes.MatchString(t):
			if i := strings.Index(strings.TrimLeft(t, " "), " -"); i >= 0 {
				at = strings.LastIndex(t, " -") + 1
			} else if at > 0 {
				return
			}
			continue
		case endsSection(t):
			r.l.back()
			return
		case strings.TrimSpace(t) == "":
			continue
		}
		if at == 0 {
			continue
		}
		if id := strings.TrimSpace(t[:min(at, len(t))]); r.id.MatchString(id) {
			if x = r.found[id]; x == nil {
				x = &reported{s: Statement{SQLID: id, Pos: r.l.pos(), Kind: r.kind, Origin: "AWR report"}}
				r.found[id] = x
				r.order = append(r.order, x)
			}
		}
		if x != nil && len(t) > at {
			x.whole = append(x.whole, t[at:])
		}
	}
}

// give hands a statement on.
func (r *report) give(x *reported) error {
	raw := x.lines
	if len(x.whole) > 0 {
		raw, x.s.Cut = x.whole, false
	}
	if len(raw) == 0 {
		r.sink.Problem(Problem{Pos: x.s.Pos, Kind: Malformed, Reason: fmt.Sprintf("the report has figures of %s and no text", x.s.SQLID)})
		return nil
	}
	x.s.Text = Terminated(joinLines(raw))
	if len(x.s.Text) > MaxText {
		r.sink.Problem(tooLong(x.s.Pos, x.s.Text))
		return nil
	}
	if x.s.Cut { // a text that reads as a statement is taken for whole unless it ends with dots
		p := Fingerprint(x.s.Text)
		x.s.Cut = !p.Parsed || strings.HasSuffix(x.s.Text, "...")
		if x.s.Cut {
			r.sink.Problem(Problem{Pos: x.s.Pos, Kind: TooLong, Reason: fmt.Sprintf("the report seems to cut the text of %s after %d lines", x.s.SQLID, len(raw)), Hint: "the whole text is in an HTML report, in the list of complete texts, and in V$SQL", Head: head(x.s.Text)})
		}
	}
	return r.sink.Statement(x.s)
}

// joinLines puts the lines of a text together that a report broke at a fixed width. A line that fills the width was
// broken wherever that was, maybe inside a word; a shorter one ended with a blank or a line break of the text itself. Which width it
// was is told by the longest line. Where a word at the break makes no statement, a line break there may.
func joinLines(raw []string) string {
	if len(raw) == 1 {
		return strings.TrimSpace(raw[0])
	}
	width := 0
	for _, t := range raw {
		width = max(width, len([]rune(t)))
	}
	if width >= 60 {
		var b strings.Builder
		for i, t := range raw {
			b.WriteString(t)
			if i < len(raw)-1 && len([]rune(t)) < width {
				b.WriteByte('\n')
			}
		}
		if text := strings.TrimSpace(b.String()); len(parser.Parse("", []byte(text), parser.Options{}).Errors) == 0 {
			return text
		}
	}
	return strings.TrimSpace(strings.Join(raw, "\n"))
}
