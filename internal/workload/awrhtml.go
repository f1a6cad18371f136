package workload

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"time"

	"landfall/internal/model"
)

func isHTML(start []byte) bool {
	b := bytes.ToLower(start)
	return bytes.Contains(b, []byte("<html")) || bytes.Contains(b, []byte("<table"))
}

// maxHTML is far beyond what AWR reports have.
const maxHTML = 128 << 20

// readAWRHTML reads an AWR report in HTML: every table that has the columns "SQL Id" and "Executions" gives figures, the
// table of complete texts gives texts. A statement that stands in several tables counts once, with the largest figures.
func readAWRHTML(l *lines, sink Sink) error {
	src, whole, err := l.all(maxHTML)
	if err != nil {
		return nil //nolint:nilerr // lines tells it
	}
	if !whole {
		sink.Problem(Problem{Pos: model.Pos{File: l.name}, Kind: Unreadable, Reason: fmt.Sprintf("the report is larger than %d MiB", maxHTML>>20)})
		return nil
	}
	r := htmlReport{name: l.name, sink: sink, found: map[string]*reported{}}
	r.read(string(src))
	if len(r.order) == 0 {
		sink.Problem(Problem{Pos: model.Pos{File: l.name}, Kind: Unreadable, Reason: "no table of SQL in this report", Hint: "make the report with its SQL sections, in HTML or text"})
	}
	if !strings.Contains(string(src), endOfReport) {
		sink.Problem(cutOff(l.name, r.line))
	}
	for _, x := range r.order {
		text := ""
		switch {
		case len(x.whole) > 0:
			text, x.s.Cut = x.whole[0], false
		case len(x.lines) > 0:
			text = x.lines[0]
			x.s.Cut = strings.HasSuffix(text, "...") || !Fingerprint(text).Parsed
		default:
			sink.Problem(Problem{Pos: x.s.Pos, Kind: Malformed, Reason: "the report has figures of " + x.s.SQLID + " and no text"})
			continue
		}
		x.s.Text = Terminated(text)
		if x.s.Cut {
			sink.Problem(Problem{Pos: x.s.Pos, Kind: TooLong, Reason: "the report cuts the text of " + x.s.SQLID, Hint: "the list of complete texts of the report and V$SQL have it", Head: head(x.s.Text)})
		}
		if len(x.s.Text) > MaxText {
			sink.Problem(tooLong(x.s.Pos, x.s.Text))
			continue
		}
		if err := sink.Statement(x.s); err != nil {
			return err
		}
	}
	return nil
}

type htmlReport struct {
	name  string
	sink  Sink
	found map[string]*reported
	order []*reported

	names []string // of the table at hand
	row   []string
	cell  strings.Builder
	in    string // "th", "td" or ""
	line  int
}

// read goes over the tags. Text outside of cells does not matter; the report generator writes no comments or scripts
// with tags in them inside its tables.
func (r *htmlReport) read(src string) {
	r.line = 1
	for at := 0; at < len(src); {
		i := strings.IndexByte(src[at:], '<')
		if i < 0 {
			break
		}
		if r.in != "" {
			r.cell.WriteString(src[at : at+i])
		}
		r.line += strings.Count(src[at:at+i], "\n")
		at += i
		end := strings.IndexByte(src[at:], '>')
		if end < 0 {
			break
		}
		tag := strings.ToLower(src[at+1 : at+end])
		r.line += strings.Count(tag, "\n")
		at += end + 1
		name := tag
		if i := strings.IndexAny(tag, " \t\r\n"); i >= 0 {
			name = tag[:i]
		}
		r.tag(strings.TrimSuffix(name, "/"))
	}
}

func (r *htmlReport) tag(name string) {
	switch name {
	case "table":
		r.names, r.row = nil, nil
	case "tr":
		r.row = nil
	case "th", "td":
		r.close()
		r.in = name
	case "/th", "/td":
		r.close()
	case "/tr":
		r.close()
		r.end()
	case "br":
		if r.in != "" {
			r.cell.WriteByte('\n')
		}
	}
}

func (r *htmlReport) close() {
	if r.in != "" {
		r.row = append(r.row, strings.TrimSpace(strings.ReplaceAll(html.UnescapeString(r.cell.String()), " ", " ")))
	}
	if r.in == "th" {
		r.names = r.row
	}
	r.in = ""
	r.cell.Reset()
}

func (r *htmlReport) end() {
	if len(r.row) == 0 || len(r.row) != len(r.names) || &r.row[0] == &r.names[0] {
		return
	}
	fields := map[string]string{}
	for i, n := range r.names {
		fields[strings.Join(strings.Fields(n), " ")] = r.row[i]
	}
	id, text := fields["SQL Id"], fields["SQL Text"]
	executions, counted := fields["Executions"]
	if !awrID.MatchString(id) || !counted && len(r.names) != 2 {
		return
	}
	x := r.found[id]
	if x == nil {
		x = &reported{s: Statement{SQLID: id, Pos: model.Pos{File: r.name, Line: r.line, Col: 1}, Kind: KindAWR, Origin: "AWR report", Cut: true}}
		r.found[id] = x
		r.order = append(r.order, x)
	}
	if len(r.names) == 2 {
		if text != "" {
			x.whole = []string{text}
		}
		return
	}
	if text != "" && len(x.lines) == 0 {
		x.lines = []string{text}
	}
	if x.s.Module == "" {
		x.s.Module = fields["SQL Module"]
	}
	if n, err := count(executions); err == nil {
		x.s.Executions = max(x.s.Executions, n)
	}
	if d, err := span(fields["Elapsed Time (s)"], time.Second); err == nil {
		x.s.Elapsed = max(x.s.Elapsed, d)
	}
	if n, err := count(fields["Rows Processed"]); err == nil {
		x.s.Rows = max(x.s.Rows, n)
	}
}
