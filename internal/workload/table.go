package workload

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"landfall/internal/model"
)

// columns are the names that a column may have in a header line, in lower case: those of workload files, of V$SQL and
// DBA_HIST_SQLSTAT, and of the audit trails (Database Reference 19c).
var columns = map[string]string{
	"sql": "sql", "sql_text": "sql", "sql_fulltext": "sql", "text": "sql", "statement": "sql", "sqltext": "sql",
	"executions": "executions", "execs": "executions", "executions_delta": "executions", "executions_total": "executions", "count": "executions",
	"elapsed_ms": "elapsed_ms", "elapsed_us": "elapsed_us", "elapsed_time": "elapsed_us", "elapsed_time_delta": "elapsed_us", "elapsed_time_total": "elapsed_us", "elapsed_s": "elapsed_s", "each_ms": "each_ms",
	"rows": "rows", "rows_processed": "rows", "rows_processed_delta": "rows", "rows_processed_total": "rows",
	"binds": "binds", "sql_binds": "audit_binds", "sql_bind": "audit_binds",
	"schema": "schema", "parsing_schema_name": "schema", "parsing_schema": "schema", "current_schema": "schema",
	"module": "module", "program": "module", "client_program_name": "module",
	"user": "user", "username": "user", "dbusername": "user", "parsing_user": "user", "db_user": "user", "current_user": "schema",
	"sql_id": "sql_id", "sqlid": "sql_id", "id": "sql_id",
	"return_code": "return_code", "returncode": "return_code",
	"action_name": "action", "action": "ignored",
}

// readTable reads text with a header line and a separator, which the header tells: comma, semicolon, tab or bar. Quotes
// are those of CSV. A table with columns of an audit trail has a row an execution.
func readTable(l *lines, kind Kind, sink Sink) (Kind, error) {
	for l.next() {
		if strings.TrimSpace(l.text) != "" && !strings.HasPrefix(l.text, "#") {
			break
		}
	}
	if l.text == "" {
		sink.Problem(Problem{Pos: l.pos(), Kind: Unreadable, Reason: "the file is empty: the first line names the columns"})
		return kind, nil
	}
	t := table{kind: kind, sink: sink, name: l.name, base: l.n - 1, sep: separator(l.text)}
	l.back()
	in := &lineReader{l: l}
	r := csv.NewReader(in)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = t.sep, -1, true, true
	header, err := r.Read()
	if err != nil {
		sink.Problem(Problem{Pos: l.pos(), Kind: Unreadable, Reason: "header line: " + err.Error()})
		return t.kind, nil
	}
	if !t.header(header, l.pos()) {
		return t.kind, nil
	}
	for {
		in.given = 0
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			sink.Problem(Problem{Pos: l.pos(), Kind: Malformed, Reason: err.Error()})
			var pe *csv.ParseError
			if !errors.As(err, &pe) {
				break
			}
			continue
		}
		line, _ := r.FieldPos(0)
		if err := t.row(row, model.Pos{File: t.name, Line: t.base + line, Col: 1}); err != nil {
			return t.kind, err
		}
	}
	t.remarks()
	return t.kind, nil
}

// lineReader gives lines as a stream again.
type lineReader struct {
	l     *lines
	rest  string
	given int // bytes since the record began
}

// maxRecord ends the reading of a table in which a quote is never closed.
const maxRecord = 4 * MaxText

func (r *lineReader) Read(p []byte) (int, error) {
	if r.rest == "" {
		if !r.l.next() {
			return 0, io.EOF
		}
		r.rest = r.l.text + "\n"
	}
	n := copy(p, r.rest)
	if r.given += n; r.given > maxRecord {
		return 0, fmt.Errorf("a record is longer than %d MiB: is a quote not closed?", maxRecord>>20)
	}
	r.rest = r.rest[n:]
	return n, nil
}

func separator(line string) rune {
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t', '|'} {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

type table struct {
	kind   Kind
	sink   Sink
	name   string
	base   int // lines in front of the header
	sep    rune
	at     map[string]int
	names  []string // of the header
	empty  int      // rows of an audit trail without text
	failed int      // rows of an audit trail that the server refused
	first  model.Pos
}

func (t *table) header(row []string, pos model.Pos) bool {
	t.at = map[string]int{}
	audit := false
	var unknown []string
	for i, name := range row {
		name = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"`))
		if slices.Contains(t.names, name) {
			t.sink.Problem(Problem{Pos: pos, Kind: Unreadable, Reason: fmt.Sprintf("column %q stands twice", name), Hint: "take one of them out: nobody can tell which counts", Head: head(strings.Join(row, string(t.sep)))})
			return false
		}
		t.names = append(t.names, name)
		field, ok := columns[name]
		if !ok {
			unknown = append(unknown, name)
			continue
		}
		switch name {
		case "sql_binds", "sql_bind", "return_code", "returncode", "action_name":
			audit = true
		}
		if have, twice := t.at[field]; twice && field == "sql" && t.names[have] == "sql_fulltext" {
			continue // V$SQL has both: SQL_TEXT is the first 1000 characters
		}
		t.at[field] = i
	}
	if _, ok := t.at["sql"]; !ok {
		t.sink.Problem(Problem{Pos: pos, Kind: Unreadable, Reason: "no column holds SQL", Hint: "name it sql, sql_text or sql_fulltext in the first line", Head: head(strings.Join(row, string(t.sep)))})
		return false
	}
	if len(unknown) > 0 {
		t.sink.Problem(Problem{Pos: pos, Kind: Assumed, Reason: "columns that are not used: " + strings.Join(unknown, ", ")})
	}
	if audit && t.kind == KindTable {
		t.kind = KindAudit
	}
	return true
}

func (t *table) get(row []string, field string) string {
	if i, ok := t.at[field]; ok && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

func (t *table) row(row []string, pos model.Pos) error {
	if len(row) == 1 && strings.TrimSpace(row[0]) == "" {
		return nil
	}
	text := strings.Trim(t.get(row, "sql"), "\x00 \t\r\n")
	fields := map[string]string{}
	for f := range t.at {
		fields[f] = t.get(row, f)
	}
	switch {
	case len(row) != len(t.names):
		t.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: fmt.Sprintf("%d fields under %d columns", len(row), len(t.names)), Hint: "put fields that hold the separator or a line break in double quotes", Head: head(text)})
		return nil
	case text == "" && t.kind == KindAudit:
		t.empty++
		return nil
	case text == "":
		t.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: "a row without SQL"})
		return nil
	case len(text) > MaxText:
		t.sink.Problem(tooLong(pos, text))
		return nil
	}
	s := Statement{Text: Terminated(text), Pos: pos, Kind: t.kind, Origin: "workload file"}
	if t.kind == KindAudit {
		s.Executions, s.Origin = 1, "audit trail"
		if code := fields["return_code"]; code != "" && code != "0" {
			if t.failed++; t.failed == 1 {
				t.first = pos
			}
			return nil
		}
	}
	// V$SQL.SQL_TEXT holds 1000 characters.
	s.Cut = t.names[t.at["sql"]] == "sql_text" && t.kind != KindAudit && len([]rune(text)) >= 999
	if err := fill(&s, fields); err != nil {
		t.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: err.Error(), Head: head(text)})
		return nil
	}
	return t.sink.Statement(s)
}

func (t *table) remarks() {
	pos := model.Pos{File: t.name, Line: t.base + 1, Col: 1}
	if t.empty > 0 {
		t.sink.Problem(Problem{Pos: pos, Kind: Assumed, Reason: fmt.Sprintf("%d rows have no text: logons and what is audited without it", t.empty), Hint: "audit with EXTENDED to have the text"})
	}
	if t.failed > 0 {
		t.sink.Problem(Problem{Pos: t.first, Kind: Assumed, Reason: fmt.Sprintf("%d rows are of statements that Oracle refused; they are not counted", t.failed)})
	}
}

// Terminated leaves out the semicolon behind a SQL statement; a block keeps its own.
func Terminated(text string) string {
	text = strings.Trim(text, " \t\r\n")
	if t := strings.TrimSuffix(text, ";"); t != text {
		words := strings.Fields(strings.ToUpper(t[max(0, len(t)-80):]))
		if n := len(words); n > 0 && (words[n-1] == "END" || n > 1 && words[n-2] == "END") {
			return text
		}
		return strings.TrimRight(t, " \t\r\n")
	}
	return text
}

// fill enters the fields of a record by the names that columns gives them.
func fill(s *Statement, fields map[string]string) error {
	for _, f := range slices.Sorted(maps.Keys(fields)) {
		v := fields[f]
		if v == "" {
			continue
		}
		var err error
		switch f {
		case "schema":
			s.Schema = fold(v)
		case "user":
			s.User = v
		case "module":
			s.Module = v
		case "sql_id":
			s.SQLID = v
		case "executions":
			s.Executions, err = count(v)
		case "rows":
			s.Rows, err = count(v)
		case "elapsed_us":
			s.Elapsed, err = span(v, time.Microsecond)
		case "elapsed_ms":
			s.Elapsed, err = span(v, time.Millisecond)
		case "elapsed_s":
			s.Elapsed, err = span(v, time.Second)
		case "binds":
			s.Binds, err = parseBinds(v)
		case "audit_binds":
			s.Binds, err = auditBinds(v, bindNames(s.Text))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
	}
	if v := fields["each_ms"]; v != "" {
		each, err := span(v, time.Millisecond)
		if all := float64(each) * float64(max(1, s.Executions)); err == nil && all < float64(maxSpan) {
			s.Elapsed = time.Duration(all)
		} else {
			return fmt.Errorf("each_ms: %q is no time", v)
		}
	}
	if s.Schema == "" {
		s.Schema = fold(s.User)
	}
	return nil
}

// fold is a schema's name as the catalog has it.
func fold(name string) string {
	if name == "" {
		return ""
	}
	return model.NewIdent(name).Name
}

// No statement was executed more often, or ran longer in all, than these; larger figures are slips of whoever wrote them.
const (
	maxCount = 1 << 50
	maxSpan  = time.Duration(1 << 60) // 36 years
)

func count(s string) (int64, error) {
	s = strings.ReplaceAll(s, ",", "")
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		var f float64
		if f, err = strconv.ParseFloat(s, 64); err == nil && f >= 0 && f < 1<<53 && f == float64(int64(f)) {
			return int64(f), nil
		}
	}
	if err != nil || n < 0 || n > maxCount {
		return 0, fmt.Errorf("%q is no count", s)
	}
	return n, nil
}

func span(s string, unit time.Duration) (time.Duration, error) {
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil || !(f >= 0 && f*float64(unit) < float64(maxSpan)) { // NaN is neither
		return 0, fmt.Errorf("%q is no time", s)
	}
	return time.Duration(f * float64(unit)), nil
}
