package collect

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/bundle/sqlplus"
)

// Spool is the source of a folder of spooled extracts. It reads all of them when it is made.
type Spool struct {
	dir     string
	schemas []string
	days    int
	files   map[string]*spooled
}

// NewSpool reads a folder that the scripts of package sqlplus have spooled to, or the one that holds it. A spool that is not
// finished is an extract that was not collected; one that is damaged, or of another database than the others, is an error.
func NewSpool(dir string) (*Spool, error) {
	if st, err := os.Stat(filepath.Join(dir, "spool")); err == nil && st.IsDir() {
		dir = filepath.Join(dir, "spool")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, &model.Error{Code: bundle.CodeSpool, Op: "collect", Err: err, Hint: "name the folder that collect.sql has spooled to"}
	}
	s := &Spool{dir: dir, files: map[string]*spooled{}}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch {
		case e.IsDir() || strings.HasPrefix(e.Name(), ".") || filepath.Ext(e.Name()) != ".txt" || strings.EqualFold(e.Name(), "README.txt"):
			continue
		case e.Name() == sqlplus.SetFile:
			if err := s.about(name); err != nil {
				return nil, err
			}
			continue
		}
		f, err := readSpool(name)
		if err != nil {
			return nil, err
		}
		s.files[f.extract.Name] = f
	}
	if len(s.files) == 0 {
		return nil, &model.Error{
			Code: bundle.CodeNothing, Op: "collect", Pos: model.Pos{File: filepath.ToSlash(dir)}, Err: errors.New("no spooled extract here"),
			Hint: "start collect.sql in the folder of the scripts: sqlplus user@database @collect.sql",
		}
	}
	return s, s.oneDatabase()
}

// about reads what the script set was written for.
func (s *Spool) about(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	fields, ok := record(strings.TrimRight(string(text), "\r\n"))
	if !ok || len(fields) < 3 || fields[0] != "S" {
		return spoolFault(bundle.CodeSpool, name, 1, "take it out, or write the scripts again", "is not what landfall collect script wrote")
	}
	s.days, _ = strconv.Atoi(fields[2]) // 0 is "not known"
	for _, f := range fields[3:] {
		schema, _, err := sqlplus.Unescape(f)
		if err != nil {
			return spoolFault(bundle.CodeRecord, name, 1, "write the scripts again", "%w", err)
		}
		s.schemas = append(s.schemas, schema)
	}
	slices.Sort(s.schemas)
	return nil
}

// oneDatabase refuses spools of different databases, containers or script sets in one folder.
func (s *Spool) oneDatabase() error {
	var first *spooled
	for _, name := range sortedSpools(s.files) {
		f := s.files[name]
		if first == nil {
			first = f
			continue
		}
		if f.database != first.database || f.container != first.container || f.set != first.set {
			return spoolFault(bundle.CodeMixed, f.file, 1, "collect each database into a folder of its own",
				"is of database %s, container %s, script set %s; %s is of %s, %s, %s", f.database, f.container, f.set, filepath.Base(first.file), first.database, first.container, first.set)
		}
	}
	return nil
}

func sortedSpools(m map[string]*spooled) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// Manifest is made of what the extracts say of the database.
func (s *Spool) Manifest(context.Context) (bundle.Manifest, error) {
	m := bundle.Manifest{Origin: bundle.FromSpool, Schemas: s.schemas, Days: s.days}
	identify(&m, func(extract string) [][]string {
		if f := s.files[extract]; f != nil && f.absent == nil {
			return f.rows
		}
		return nil
	})
	levels := map[string]bool{}
	for _, f := range s.files {
		if f.absent == nil {
			levels[f.level] = true
		}
	}
	switch {
	case len(levels) == 1 && levels["dba"]:
		m.Level = "dba"
	case len(levels) == 1 && levels["all"]:
		m.Level = "all"
	case len(levels) > 1:
		m.Level = "mixed"
	}
	return m, nil
}

// Rows gives an extract that was spooled to its end.
func (s *Spool) Rows(_ context.Context, e *bundle.Extract) (Rows, error) {
	f := s.files[e.Name]
	switch {
	case e.Only == bundle.FromFiles:
		return Rows{}, &Absent{Reason: bundle.ReasonOrigin, Detail: "only scripts have it"}
	case f == nil:
		return Rows{}, &Absent{Reason: bundle.ReasonNotRun, Detail: "no spool of it in the folder"}
	case f.absent != nil:
		return Rows{}, f.absent
	}
	r := Rows{Rows: f.rows, Level: f.level, Damaged: f.damaged}
	if n := len(f.refused); n > 0 {
		r.Incomplete = fmt.Sprintf("%d objects without a definition, the first: %s", n, f.refused[0])
	}
	return r, nil
}

// spooled is one spool file.
type spooled struct {
	file                     string
	extract                  *bundle.Extract
	level                    string
	database, container, set string
	rows                     [][]string
	damaged                  int
	refused                  []string
	absent                   *Absent
}

func spoolFault(code, file string, line int, hint, format string, args ...any) error {
	return &model.Error{Code: code, Op: "spool", Pos: model.Pos{File: filepath.ToSlash(file), Line: line, Col: 1}, Err: fmt.Errorf(format, args...), Hint: hint}
}

func readSpool(name string) (*spooled, error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, &model.Error{Code: bundle.CodeSpool, Op: "spool", Err: err}
	}
	defer in.Close()
	return parseSpool(name, in)
}

// maxSpoolLine is far above the 4,000 bytes of a record and what SQL*Plus says itself.
const maxSpoolLine = 1 << 20

// parseSpool reads one spool. Text between records is what SQL*Plus said.
func parseSpool(name string, in io.Reader) (*spooled, error) {
	p := &spoolParser{f: &spooled{file: name}}
	scan := bufio.NewScanner(in)
	scan.Buffer(make([]byte, 0, 64<<10), maxSpoolLine)
	for scan.Scan() {
		p.line++
		if err := p.take(strings.TrimRight(scan.Text(), "\r")); err != nil {
			return nil, err
		}
	}
	if err := scan.Err(); err != nil {
		return nil, spoolFault(bundle.CodeRecord, name, p.line+1, "collect it again", "%w", err)
	}
	return p.f, p.end()
}

type spoolParser struct {
	f        *spooled
	line     int
	at       []int // for each field of an R line its column, -1 for piece and pieces
	lines    int64 // R lines
	said     int64 // in the end marker, -1 for none
	ended    bool
	cut      error // the last line is no whole record
	messages []string
	whole    joiner
}

// record cuts a line of ours into its fields; false for any other line.
func record(line string) ([]string, bool) {
	if len(line) < 4 || line[1] != '|' || !strings.HasSuffix(line, "|;") {
		return nil, false
	}
	return strings.Split(line[:len(line)-2], "|"), true
}

const againHint = "write DEFINE lf_state = todo into state/NAME.sql of the script folder and start collect.sql again"

func (p *spoolParser) fault(code, format string, args ...any) error {
	return spoolFault(code, p.f.file, p.line, againHint, format, args...)
}

func (p *spoolParser) take(line string) error {
	switch {
	case line == "":
		return nil
	case p.cut != nil: // more follows: it was not the end of a run that was broken off
		return p.cut
	}
	fields, ok := record(line)
	if p.f.extract == nil {
		if !ok || fields[0] != "H" {
			return spoolFault(bundle.CodeSpool, p.f.file, p.line, "take it out of the folder", "is no spool of landfall's scripts: it does not begin with H|landfall-spool")
		}
		return p.head(fields)
	}
	if !ok {
		if len(line) > 1 && line[1] == '|' && strings.IndexByte("RCEXNH", line[0]) >= 0 {
			p.cut = p.fault(bundle.CodeRecord, "a record that does not end in |; was cut or wrapped: %.60s", line)
			return nil
		}
		if len(p.messages) < 20 {
			p.messages = append(p.messages, strings.TrimSpace(strings.ToValidUTF8(line, "?")))
		}
		return nil
	}
	switch fields[0] {
	case "C":
		return p.columns(fields[1:])
	case "R":
		if p.ended {
			return p.fault(bundle.CodeRecord, "a row behind the end marker")
		}
		p.lines++
		return p.row(fields[1:])
	case "X":
		return p.refused(fields[1:])
	case "N":
		if len(fields) != 3 || fields[1] != p.f.extract.Name {
			return p.fault(bundle.CodeRecord, "a broken N record")
		}
		p.f.absent = &Absent{Reason: bundle.Reason(fields[2])}
		return nil
	case "E":
		n, err := strconv.ParseInt(fields[min(2, len(fields)-1)], 10, 64)
		if len(fields) != 3 || fields[1] != p.f.extract.Name || err != nil || p.ended {
			return p.fault(bundle.CodeRecord, "a broken end marker: %.60s", line)
		}
		p.ended, p.said = true, n
		return nil
	}
	return p.fault(bundle.CodeRecord, "a record of an unknown kind: %.60s", line)
}

func (p *spoolParser) head(fields []string) error {
	if len(fields) != 9 || fields[1] != "landfall-spool" {
		return p.fault(bundle.CodeSpool, "a broken head: %s", strings.Join(fields, "|"))
	}
	if fields[2] != "1" {
		return spoolFault(bundle.CodeFormat, p.f.file, p.line, "use the version of landfall that wrote the scripts", "version %s of the spool format; this program reads 1", fields[2])
	}
	if p.f.extract = bundle.Find(fields[3]); p.f.extract == nil {
		return spoolFault(bundle.CodeExtract, p.f.file, p.line, "a later landfall may know it", "unknown extract %q", fields[3])
	}
	if base := strings.TrimSuffix(filepath.Base(p.f.file), ".txt"); base != fields[3] {
		return spoolFault(bundle.CodeSpool, p.f.file, p.line, "give it back its name", "holds the extract %s", fields[3])
	}
	p.f.level, p.f.database, p.f.container, p.f.set = fields[4], fields[6], fields[7], fields[8]
	p.whole.extract = p.f.extract
	return nil
}

func (p *spoolParser) columns(names []string) error {
	if p.at != nil {
		return p.fault(bundle.CodeRecord, "columns are named twice")
	}
	_, long := p.f.extract.LongColumn()
	seen := map[string]bool{}
	p.at = make([]int, len(names))
	for i, n := range names {
		if seen[n] {
			return p.fault(bundle.CodeColumns, "column %q is named twice", n)
		}
		seen[n] = true
		if _, p.at[i] = p.f.extract.Column(n); p.at[i] >= 0 {
			continue
		}
		switch {
		case long >= 0 && n == "piece":
			p.whole.piece = i
		case long >= 0 && n == "pieces":
			p.whole.pieces = i
		default:
			return p.fault(bundle.CodeColumns, "extract %s has no column %q", p.f.extract.Name, n)
		}
	}
	for _, c := range p.f.extract.Columns {
		if !seen[c.Name] {
			return p.fault(bundle.CodeColumns, "column %q of extract %s is missing", c.Name, p.f.extract.Name)
		}
	}
	if long >= 0 && !(seen["piece"] && seen["pieces"]) {
		return p.fault(bundle.CodeColumns, "extract %s has no pieces", p.f.extract.Name)
	}
	return nil
}

func (p *spoolParser) row(fields []string) error {
	if p.at == nil {
		return p.fault(bundle.CodeRecord, "a row before its columns are named")
	}
	if len(fields) != len(p.at) {
		return p.fault(bundle.CodeRecord, "%d fields, not %d", len(fields), len(p.at))
	}
	row := make([]string, len(p.f.extract.Columns))
	for i, f := range fields {
		text, damaged, err := sqlplus.Unescape(f)
		if err != nil {
			return p.fault(bundle.CodeRecord, "field %d: %w", i+1, err)
		}
		p.f.damaged += damaged
		if p.at[i] < 0 {
			continue
		}
		c := p.f.extract.Columns[p.at[i]]
		if err := bundle.CheckField(c, text); err != nil {
			return p.fault(bundle.CodeValue, "%w", err)
		}
		row[p.at[i]] = text
	}
	if _, long := p.f.extract.LongColumn(); long < 0 {
		p.f.rows = append(p.f.rows, row)
		return nil
	}
	if err := p.whole.add(row, fields[p.whole.piece], fields[p.whole.pieces]); err != nil {
		return p.fault(bundle.CodeRecord, "%w", err)
	}
	return nil
}

func (p *spoolParser) refused(fields []string) error {
	var parts []string
	for _, f := range fields {
		text, _, err := sqlplus.Unescape(f)
		if err != nil {
			return p.fault(bundle.CodeRecord, "%w", err)
		}
		parts = append(parts, strings.Join(strings.Fields(text), " "))
	}
	p.f.refused = append(p.f.refused, strings.Join(parts, ": "))
	return nil
}

// end judges the whole: finished, not collected for a reason, broken off, or damaged.
func (p *spoolParser) end() error {
	switch {
	case p.f.extract == nil:
		p.line = 1
		return spoolFault(bundle.CodeSpool, p.f.file, 1, againHint, "is empty")
	case p.f.absent != nil:
		return nil
	case !p.ended:
		detail := "broken off: there is no end marker"
		for _, m := range p.messages {
			if strings.HasPrefix(m, "ORA-") || strings.HasPrefix(m, "SP2-") || strings.HasPrefix(m, "PLS-") {
				detail = m
				break
			}
		}
		p.f.absent = &Absent{Reason: bundle.ReasonFailed, Detail: detail}
		if strings.Contains(detail, "landfall: out of time") {
			p.f.absent.Reason = bundle.ReasonTime
		}
		return nil
	case p.cut != nil:
		return p.cut
	case p.lines != p.said:
		return p.fault(bundle.CodeRows, "has %d rows, its end marker says %d", p.lines, p.said)
	}
	if _, long := p.f.extract.LongColumn(); long < 0 {
		return nil
	}
	rows, err := p.whole.rows()
	if err != nil {
		return p.fault(bundle.CodePiece, "%w", err)
	}
	p.f.rows = rows
	return nil
}
