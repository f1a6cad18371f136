package convert_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/tools/txtar"

	"landfall/convert"
	"landfall/convert/support"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/postgres/lex"
	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/scratch/pgtest"
)

// The behaviour suite, testdata/behaviour/AREA/NAME.txtar: Oracle text, converted, must do what Oracle documents.
//
// The head of a file says what it is about ("# title"), where its expected values are documented ("# ref:") and its
// area. Its sections:
//
//	oracle.sql           the objects and rows, as a script for Oracle
//	call N [MARKS]       Oracle SQL or PL/SQL, converted with the script and run; marks are
//	                     transaction (one transaction around the call) and session=NAME (another connection)
//	pg N [MARKS]         PostgreSQL text, run as it is
//	expect N             what comes out: rows with tabs between columns, (null) for NULL, \n and \t inside a value;
//	                     lines of DBMS_OUTPUT; and last ERROR ORA-nnnnn for an error that escapes
//	finding              behind an expect: codes of findings that excuse another outcome, one a line with a
//	                     reason: the meaning is known to change there, and the converter must say so
//
// Every statement is a transaction of its own unless the call is marked. Numbers are compared as numbers (2.50 is 2.5),
// everything else as text. Each pair of call and expect is one case; it is equal, refused (a finding said so: then it
// must stand in testdata/behaviour-refused.golden, which UPDATE=1 only makes shorter, but for a first one), absent (it
// needs orafce, and the server has none; behaviour_output_test.go), or wrong, which fails.

var behaviourOut = flag.String("behaviour.out", "", "folder for the converted text and the outcome of each case")

const refusedGolden = "testdata/behaviour-refused.golden"

type behaviourCase struct {
	name, area string // AREA/NAME
	file       *txtar.Archive
	steps      []*behaviourStep
}

type behaviourStep struct {
	number      int
	text        string
	plain       bool // PostgreSQL as it is
	transaction bool
	session     string
	want        string
	told        []string // codes that excuse it

	got, outcome string // outcome is equal, refused, absent (needs orafce, which the server lacks) or wrong
	why          string // code of the refusal
}

func TestBehaviour(t *testing.T) {
	if testing.Short() {
		t.Skip("runs some hundred conversions on a server")
	}
	base := pgtest.Open(t)
	ctx := context.Background()
	if _, err := base.Exec(ctx, support.All()); err != nil {
		t.Fatalf("support schema: %v", err)
	}
	if !slices.Contains(base.Server.Extensions(), "orafce") {
		if _, err := base.Exec(ctx, outputByNotice); err != nil {
			t.Fatal(err)
		}
	}
	if err := base.Close(ctx); err != nil { // a template must have no connection
		t.Fatal(err)
	}
	cases := readBehaviour(t)
	var mu sync.Mutex
	n := 0
	t.Run("case", func(t *testing.T) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				mu.Lock()
				n++
				db := fmt.Sprintf("behaviour_%d", n)
				err := admin(ctx, base, "CREATE DATABASE "+db+" TEMPLATE "+base.Name)
				mu.Unlock()
				if err != nil {
					t.Fatal(err)
				}
				runBehaviour(t, base, db, c)
				if err := base.Server.DropDatabase(ctx, db); err != nil {
					t.Error(err)
				}
			})
		}
	})
	tellBehaviour(t, cases)
}

func admin(ctx context.Context, base *pgtest.DB, sql string) error {
	conn, err := base.Server.Connect(ctx, "postgres")
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

func readBehaviour(t *testing.T) []*behaviourCase {
	t.Helper()
	root := filepath.Join("..", "testdata", "behaviour")
	names, err := filepath.Glob(filepath.Join(root, "*", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var list []*behaviourCase
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		area := filepath.Base(filepath.Dir(name))
		c := &behaviourCase{name: area + "/" + strings.TrimSuffix(filepath.Base(name), ".txtar"), area: area, file: a}
		for _, must := range []string{"# ref: ", "# area: " + area + "\n"} {
			if !bytes.Contains(a.Comment, []byte(must)) {
				t.Errorf("%s: the head has no %q", c.name, must)
			}
		}
		for _, s := range a.Files {
			c.section(t, s.Name, string(s.Data))
		}
		list = append(list, c)
	}
	return list
}

func (c *behaviourCase) section(t *testing.T, name, text string) {
	t.Helper()
	words := strings.Fields(name)
	switch words[0] {
	case "oracle.sql":
		return
	case "finding":
		if len(c.steps) == 0 {
			t.Fatalf("%s: a finding belongs behind an expect", c.name)
		}
		for line := range strings.Lines(text) {
			code, reason, _ := strings.Cut(strings.TrimSpace(line), " ")
			if !refusal.MatchString(code) || reason == "" {
				t.Fatalf("%s: finding %q: want a code and a reason", c.name, line)
			}
			last := c.steps[len(c.steps)-1]
			last.told = append(last.told, code)
		}
		return
	}
	if len(words) < 2 {
		t.Fatalf("%s: section %q", c.name, name)
	}
	n, err := strconv.Atoi(words[1])
	switch {
	case err != nil:
		t.Fatalf("%s: section %q", c.name, name)
	case words[0] == "expect":
		if len(c.steps) != n || c.steps[n-1].want != "" {
			t.Fatalf("%s: %s belongs to no call", c.name, name)
		}
		c.steps[n-1].want = strings.TrimSuffix(text, "\n")
		return
	case n != len(c.steps)+1 || words[0] != "call" && words[0] != "pg":
		t.Fatalf("%s: section %q", c.name, name)
	}
	s := &behaviourStep{number: n, text: text, plain: words[0] == "pg"}
	for _, w := range words[2:] {
		switch {
		case w == "transaction":
			s.transaction = true
		case strings.HasPrefix(w, "session="):
			s.session = strings.TrimPrefix(w, "session=")
		default:
			t.Fatalf("%s: mark %q", c.name, w)
		}
	}
	c.steps = append(c.steps, s)
}

// behaviourRun is a case on its database.
type behaviourRun struct {
	t        *testing.T
	base     *pgtest.DB
	db       string
	sessions map[string]*pgx.Conn
	notices  map[*pgconn.PgConn]*noticedLines // of DBMS_OUTPUT, where orafce is not there
	log      strings.Builder
	broken   []string // errors of the script itself
}

func runBehaviour(t *testing.T, base *pgtest.DB, db string, c *behaviourCase) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	script, files := c.parse()
	res, err := convert.Run(ctx, scripts.FromFiles(append([]*ast.File{script}, files...), scripts.Options{}), convert.Options{SourceOrder: true})
	if err != nil {
		t.Fatal(err)
	}
	r := &behaviourRun{t: t, base: base, db: db, sessions: map[string]*pgx.Conn{}}
	if !slices.Contains(base.Server.Extensions(), "orafce") {
		r.notices = map[*pgconn.PgConn]*noticedLines{}
	}
	defer r.close()
	scriptRefused := refusedLines(res, script)
	for _, o := range res.Outputs {
		for _, name := range o.Needs {
			_ = r.script(ctx, "CREATE EXTENSION IF NOT EXISTS "+quote.Ident(name)+";\n") // one that the server lacks fails where it is used
		}
		if o.Schema != "" {
			if err := r.script(ctx, "CREATE SCHEMA IF NOT EXISTS "+quote.Ident(o.Schema)+";\n"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, o := range outputsOf(res, script.Name) {
		if err := r.script(ctx, o.SQL); err != nil {
			r.broken = append(r.broken, err.Error())
			if ctx.Err() != nil {
				t.Fatal(err)
			}
		}
	}
	for i, s := range c.steps {
		refused := refusedLines(res, files[i])
		var code string
		s.got, code = r.step(ctx, s, res, files[i])
		switch {
		case sameOutcome(s.want, s.got, code) && len(refused) == 0:
			s.outcome = "equal"
		case len(refused) > 0:
			s.outcome, s.why = "refused", refused[0]
		case code == "LFREF" || len(scriptRefused) > 0:
			s.outcome, s.why = "refused", refusalCode(s.got, scriptRefused)
		case len(s.told) > 0 && allFound(res, s.told):
			s.outcome, s.why = "refused", strings.Join(s.told, ",")
		case r.notices != nil && lacksOrafce(s.got, r.broken):
			s.outcome = "absent"
		default:
			s.outcome = "wrong"
			t.Errorf("step %d\n--- call\n%s--- got\n%s\n--- want\n%s%s", s.number, s.text, s.got, s.want, r.scriptErrors())
		}
	}
	r.keep(c, res)
}

// parse reads the script and the calls as files of their own; plain steps have an empty one.
func (c *behaviourCase) parse() (script *ast.File, calls []*ast.File) {
	script = parser.Parse("oracle.sql", nil, parser.Options{})
	for _, s := range c.file.Files {
		if s.Name == "oracle.sql" {
			script = parser.Parse("oracle.sql", s.Data, parser.Options{})
		}
	}
	for _, s := range c.steps {
		text := s.text
		if s.plain {
			text = ""
		}
		calls = append(calls, parser.Parse(fmt.Sprintf("step%02d.sql", s.number), []byte(text), parser.Options{}))
	}
	return script, calls
}

func outputsOf(res *convert.Result, file string) []*convert.Output {
	var list []*convert.Output
	for _, o := range res.Outputs {
		if o.Pos.File == file {
			list = append(list, o)
		}
	}
	return list
}

// refusedLines are the codes of a file's refused statements.
func refusedLines(res *convert.Result, f *ast.File) (codes []string) {
	for _, l := range res.Ledger {
		if l.Pos.File == f.Name && !l.Part && l.Class == "refused" {
			codes = append(codes, l.Code)
		}
	}
	return codes
}

func statementAt(f *ast.File, offset int) ast.Stmt {
	for _, s := range f.Stmts {
		if f.Pos(s).Offset == offset {
			return s
		}
	}
	return nil
}

var refusal = regexp.MustCompile(`\bCV[0-9]{4}\b`)

// refusalCode is the code that a stub raised, else those of the script: what is not there may change any result.
func refusalCode(got string, codes []string) string {
	if code := refusal.FindString(got); code != "" {
		return code
	}
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(codes))), ",")
}

// allFound reports whether each code is among the findings.
func allFound(res *convert.Result, codes []string) bool {
	for _, code := range codes {
		if !slices.ContainsFunc(res.Findings, func(f model.Finding) bool { return f.Code == code }) {
			return false
		}
	}
	return true
}

func (r *behaviourRun) scriptErrors() string {
	if len(r.broken) == 0 {
		return ""
	}
	return "\n--- the script failed\n" + strings.Join(r.broken, "\n")
}

func (r *behaviourRun) session(ctx context.Context, name string) *pgx.Conn {
	if conn := r.sessions[name]; conn != nil {
		return conn
	}
	conn, err := r.connect(ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	r.sessions[name] = conn
	if _, err := conn.Exec(ctx, "SET search_path = public; SET datestyle = ISO; SET plpgsql_check.mode = 'disabled'; SELECT dbms_output.enable(1000000)", pgx.QueryExecModeSimpleProtocol); err != nil {
		r.t.Fatal(err)
	}
	return conn
}

func (r *behaviourRun) close() {
	for _, conn := range r.sessions {
		_ = conn.Close(context.Background())
	}
}

// script runs statements one by one, as psql does; it stops at the first that fails.
func (r *behaviourRun) script(ctx context.Context, sql string) error {
	r.log.WriteString(sql)
	_, err := r.run(ctx, r.session(ctx, ""), sql, false)
	if err != nil {
		fmt.Fprintf(&r.log, "-- FAILED: %v\n", err)
	}
	return err
}

// step runs a call and gives all that comes out, and the SQLSTATE that ended it.
func (r *behaviourRun) step(ctx context.Context, s *behaviourStep, res *convert.Result, f *ast.File) (got, state string) {
	conn := r.session(ctx, s.session)
	fmt.Fprintf(&r.log, "\n-- step %d\n", s.number)
	var lines []string
	begin := func(sql string) error {
		if !s.transaction {
			return nil
		}
		_, err := r.run(ctx, conn, sql, false)
		return err
	}
	err := begin("BEGIN")
	if s.plain && err == nil {
		r.log.WriteString(s.text)
		lines, err = r.run(ctx, conn, s.text, true)
	}
	for _, o := range outputsOf(res, f.Name) {
		if err != nil {
			break
		}
		r.log.WriteString(o.SQL)
		_, rows := statementAt(f, o.Pos.Offset).(*ast.SelectStmt)
		var more []string
		more, err = r.run(ctx, conn, o.SQL, rows)
		lines = append(lines, r.printed(ctx, conn, err)...)
		lines = append(lines, more...)
	}
	if err == nil {
		err = begin("COMMIT")
	} else {
		_ = begin("ROLLBACK")
	}
	if err != nil {
		var pg *pgconn.PgError
		if !errors.As(err, &pg) {
			r.t.Fatal(err)
		}
		state = pg.Code
		lines = append(lines, "ERROR "+r.oracleError(ctx, conn, pg))
		fmt.Fprintf(&r.log, "-- FAILED: %v %s\n", err, pg.Where)
	}
	return strings.Join(lines, "\n"), state
}

// run executes statements one by one and gives their rows as lines when they are asked for.
func (r *behaviourRun) run(ctx context.Context, conn *pgx.Conn, sql string, rows bool) ([]string, error) {
	var lines []string
	for _, st := range lex.Statements(sql) {
		results, err := conn.PgConn().Exec(ctx, st.Text).ReadAll()
		if err != nil {
			return lines, err
		}
		for _, res := range results {
			if rows {
				lines = append(lines, rowLines(res)...)
			}
		}
	}
	return lines, nil
}

// printed takes what DBMS_OUTPUT has since the last time. In a failed transaction nothing can be asked: it is ended first.
func (r *behaviourRun) printed(ctx context.Context, conn *pgx.Conn, err error) []string {
	if err != nil && conn.PgConn().TxStatus() == 'E' {
		if _, err := r.run(ctx, conn, "ROLLBACK", false); err != nil {
			r.t.Fatal(err)
		}
	}
	if r.notices != nil {
		return r.notices[conn.PgConn()].take()
	}
	lines, err := r.run(ctx, conn, "SELECT unnest(lines) FROM dbms_output.get_lines(100000)", true)
	if err != nil {
		r.t.Fatalf("DBMS_OUTPUT: %v", err)
	}
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(strings.ReplaceAll(l, "(null)", ""), "\n")
	}
	return lines
}

// OIDs of the types whose values are numbers, and of bytea and void.
var numberTypes = []uint32{20, 21, 23, 700, 701, 1700}

const (
	byteaType = 17
	voidType  = 2278
)

func rowLines(res *pgconn.Result) []string {
	var lines []string
	for _, row := range res.Rows {
		cells := make([]string, len(row))
		void := true
		for i, v := range row {
			oid := res.FieldDescriptions[i].DataTypeOID
			void = void && oid == voidType
			switch {
			case v == nil:
				cells[i] = "(null)"
			case slices.Contains(numberTypes, oid):
				cells[i] = plainNumber(string(v))
			case oid == byteaType:
				cells[i] = strings.ToUpper(strings.TrimPrefix(string(v), `\x`))
			default:
				cells[i] = strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(string(v))
			}
		}
		if !void {
			lines = append(lines, strings.Join(cells, "\t"))
		}
	}
	return lines
}

// plainNumber takes off zeros behind the point that say nothing.
func plainNumber(s string) string {
	if strings.Contains(s, ".") && !strings.ContainsAny(s, "eE") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// oracleError is the number that the error stands for, as landfall.sqlcode has it, and what PostgreSQL says.
func (r *behaviourRun) oracleError(ctx context.Context, conn *pgx.Conn, pg *pgconn.PgError) string {
	var code int
	if err := conn.QueryRow(ctx, "SELECT landfall.sqlcode($1::text, $2::text)", pg.Code, pg.Message).Scan(&code); err != nil {
		r.t.Fatal(err)
	}
	switch code {
	case 100:
		code = -1403
	case 1:
		code = -6510
	}
	return fmt.Sprintf("ORA-%05d (%s: %s)", -code, pg.Code, pg.Message)
}

// sharedStates lists the errors that leave a statement with an SQLSTATE which PostgreSQL raises by itself and which
// stands for several numbers of Oracle's.
var sharedStates = map[string][]string{
	"ORA-01400": {"23502"},
	"ORA-01402": {"44000"},
	"ORA-01426": {"22003"},
	"ORA-01427": {"21000"},
	"ORA-01438": {"22003"},
	"ORA-01839": {"22008", "22007"},
	"ORA-01843": {"22008", "22007"},
	"ORA-02292": {"23503"},
	"ORA-08002": {"55000"},
	"ORA-12899": {"22001"},
	"ORA-14400": {"23514"},
	"ORA-30926": {"21000"},
	"ORA-32795": {"428C9"},
	"ORA-42399": {"55000", "0A000", "42501"},
	"ORA-54013": {"428C9"},
}

// sameOutcome compares what came out with what was expected. An expected error is its number alone.
func sameOutcome(want, got, state string) bool {
	wantBody, wantErr := splitError(want)
	gotBody, gotErr := splitError(got)
	if wantBody != gotBody || (wantErr == "") != (gotErr == "") {
		return false
	}
	return wantErr == "" || gotErr[:9] == wantErr || slices.Contains(sharedStates[wantErr], state)
}

func splitError(s string) (body, ora string) {
	i := strings.LastIndex(s, "ERROR ORA-")
	if i != 0 && (i < 0 || s[i-1] != '\n') {
		return s, ""
	}
	return s[:i], s[i+len("ERROR "):]
}

// keep writes converted text and outcome where -behaviour.out says.
func (r *behaviourRun) keep(c *behaviourCase, res *convert.Result) {
	if *behaviourOut == "" {
		return
	}
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "-- %s:%d %s %s\n", f.Pos.File, f.Pos.Line, f.Code, f.Message)
	}
	b.WriteString(r.log.String())
	b.WriteString(strings.ReplaceAll("\n"+r.scriptErrors(), "\n", "\n-- ") + "\n")
	for _, s := range c.steps {
		fmt.Fprintf(&b, "-- step %d: %s %s\n", s.number, s.outcome, s.why)
		if s.outcome != "equal" {
			fmt.Fprintf(&b, "---- got\n%s\n---- want\n%s\n", s.got, s.want)
		}
	}
	name := filepath.Join(*behaviourOut, filepath.FromSlash(c.name)+".sql")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// tellBehaviour prints the table and holds the list of refused cases.
func tellBehaviour(t *testing.T, cases []*behaviourCase) {
	type row struct{ cases, equal, refused, absent, wrong int }
	rows := map[string]*row{}
	var areas, refused []string
	ran := map[string]bool{}
	total := &row{}
	for _, c := range cases {
		for _, s := range c.steps {
			if s.outcome == "" {
				continue // not asked for by -run, or broken off
			}
			if rows[c.area] == nil {
				rows[c.area] = &row{}
				areas = append(areas, c.area)
			}
			id := fmt.Sprintf("%s %d", c.name, s.number)
			ran[id] = true
			for _, r := range []*row{rows[c.area], total} {
				r.cases++
				switch s.outcome {
				case "equal":
					r.equal++
				case "refused":
					r.refused++
				case "absent":
					r.absent++
				default:
					r.wrong++
				}
			}
			if s.outcome == "refused" {
				refused = append(refused, id+" "+s.why)
			}
		}
	}
	var b strings.Builder
	line := func(name string, r *row) {
		fmt.Fprintf(&b, "%-14s %6d %6d %8d %6d %6d\n", name, r.cases, r.equal, r.refused, r.absent, r.wrong)
	}
	fmt.Fprintf(&b, "\n%-14s %6s %6s %8s %6s %6s\n", "area", "cases", "equal", "refused", "absent", "wrong")
	for _, a := range areas {
		line(a, rows[a])
	}
	line("all", total)
	t.Log(b.String())
	holdRefused(t, refused, ran)
}

// holdRefused compares the refused cases with the golden file, which may only shrink.
func holdRefused(t *testing.T, refused []string, ran map[string]bool) {
	data, err := os.ReadFile(refusedGolden)
	first := errors.Is(err, os.ErrNotExist)
	if err != nil && !first {
		t.Fatal(err)
	}
	id := func(line string) string { return line[:strings.LastIndexByte(line, ' ')] }
	var keep []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		i := slices.IndexFunc(refused, func(r string) bool { return id(r) == id(line) })
		switch {
		case i >= 0:
			keep = append(keep, refused[i])
		case !ran[id(line)]:
			keep = append(keep, line)
		case os.Getenv("UPDATE") == "":
			t.Errorf("%s is not refused any more: UPDATE=1 takes it out of %s", id(line), refusedGolden)
		}
	}
	for _, line := range refused {
		if !slices.Contains(keep, line) {
			if !first || os.Getenv("UPDATE") == "" {
				t.Errorf("refused, and not in %s: %s", refusedGolden, line)
			} else {
				keep = append(keep, line)
			}
		}
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll(filepath.Dir(refusedGolden), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(refusedGolden, []byte(strings.Join(append(keep, ""), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
