package witness

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"landfall/convert/support"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/lex"
	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/scratch"
)

// Outcomes of a statement.
const (
	Same     = "same"      // what is printed is the same, or both fail
	Ran      = "ran"       // it printed nothing there and runs here
	Loud     = "different" // with a finding
	Silent   = "silent"    // different, without a finding
	Refused  = "refused"
	LoadErr  = "error"        // it works there, and its conversion fails here, without a finding
	Excluded = "not compared" // why says the reason
)

// Verdict is what became of one statement.
type Verdict struct {
	File, Outcome, Why string
	Statement          *Statement
	SQL, Got           string // what was run, and what came out
	Findings           []string
}

// result is what a statement gave here.
type result struct {
	tables  []table
	notices []string
	err     string
	state   string
}

type table struct {
	none bool
	oids []uint32
	rows [][][]byte
}

// runner is one file on one database.
type runner struct {
	kind    string
	masks   []mask
	query   func(ctx context.Context, sql string) result
	said    []string
	there   []*ast.File // definitions that worked
	tainted map[string]int

	tables, routines map[string]bool // made by the file, by name
	kept             []routine       // whose text is there

	told    map[string][]string // findings of the definition of a name
	formats map[string]string   // ALTER SESSION by setting
	n       int
}

// RunFile converts and runs a file of a suite, statement by statement, on a database of its own.
func RunFile(ctx context.Context, server *scratch.Server, kind string, masks []mask, f *File) (verdicts []*Verdict, err error) {
	db, err := server.CreateDatabase(ctx, "", false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.DropDatabase(context.WithoutCancel(ctx), db)) }()
	r := &runner{kind: kind, masks: masks, tainted: map[string]int{}, tables: map[string]bool{}, routines: map[string]bool{}, told: map[string][]string{}, formats: map[string]string{}}
	conn, err := server.Listen(ctx, db, func(severity, _, message string) {
		if severity != "DEBUG" && severity != "LOG" {
			r.said = append(r.said, message)
		}
	})
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	pg := conn.PgConn()
	r.query = func(ctx context.Context, sql string) (res result) {
		results, err := pg.Exec(ctx, sql).ReadAll()
		for _, one := range results {
			t := table{rows: one.Rows}
			for _, f := range one.FieldDescriptions {
				t.oids = append(t.oids, f.DataTypeOID)
			}
			if len(t.oids) == 0 && one.CommandTag.Select() {
				t.none = true // no rows: the driver does not tell the columns either
				res.tables = append(res.tables, t)
			} else if len(t.oids) > 0 && slices.ContainsFunc(t.oids, func(o uint32) bool { return o != voidType }) {
				res.tables = append(res.tables, t)
			}
		}
		res.fail(err)
		return res
	}
	if res := r.exec(ctx, support.All()+prologue); res.err != "" {
		return nil, errors.New(res.err)
	}
	for i := 0; i < len(f.Statements); {
		batch := r.batch(f, i)
		for _, c := range batch {
			if c != nil && c.unread == "" {
				if err := convertBehind(ctx, r.there, readable(batch)); err != nil {
					return nil, err
				}
				break
			}
		}
		for k, c := range batch {
			v := r.one(ctx, f, f.Statements[i+k], c)
			verdicts = append(verdicts, v)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
		i += len(batch)
	}
	return verdicts, nil
}

// prologue sets what only changes how values are printed, and pg_regress's time zone.
const prologue = `SET search_path = public; SET datestyle = 'ISO, MDY'; SET intervalstyle = 'iso_8601'; SET timezone = 'America/Los_Angeles';
SET statement_timeout = '20s'; SET extra_float_digits = 1; SET plpgsql_check.mode = 'disabled';`

func readable(batch []*converted) (list []*converted) {
	for _, c := range batch {
		if c != nil && c.unread == "" {
			list = append(list, c)
		}
	}
	return list
}

// batch reads the statements that can be converted together: one that defines something, or all up to the next one.
func (r *runner) batch(f *File, from int) (batch []*converted) {
	for _, s := range f.Statements[from:] {
		if s.Skip != "" || s.Direct != "" {
			batch = append(batch, nil)
			continue
		}
		r.n++
		if setNLS.MatchString(s.Raw) && r.kind == "ivorysql" {
			name := strings.ToUpper(setNLS.FindStringSubmatch(s.Raw)[1])
			r.formats[name] = s.Text
		}
		c := read(r.n, r.session()+s.Text)
		c.lead = strings.Count(r.session(), "\n")
		if c.unread == "" && c.defines && len(readable(batch)) > 0 {
			r.n--
			return batch
		}
		batch = append(batch, c)
		if c.unread == "" && c.defines {
			return batch
		}
	}
	return batch
}

// session is what sets the formats that the suite has set, since every statement is a script of its own for the converter.
func (r *runner) session() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(r.formats)) {
		b.WriteString(r.formats[name] + "\n")
	}
	return b.String()
}

// one runs a statement and judges it.
func (r *runner) one(ctx context.Context, f *File, s *Statement, c *converted) *Verdict {
	v := &Verdict{File: f.Name, Statement: s, Outcome: Excluded}
	r.know(s)
	switch {
	case s.Direct != "":
		v.SQL = s.Direct
		if res := r.exec(ctx, s.Direct); res.err != "" {
			v.Got = res.err
		}
		v.Why = "a transaction of the client"
		return v
	case s.Skip != "":
		v.Why = s.Skip
		if s.Want.Error == "" {
			r.taint(s)
		}
		return v
	case c.unread != "":
		v.Why = "not Oracle's language: " + c.unread
		if s.Want.Error == "" {
			r.taint(s)
		} else {
			v.Why = "not read here either: " + c.unread
			v.Outcome = Same
		}
		return v
	}
	v.SQL, v.Findings = c.sql(), slices.Concat(c.findings, r.toldOf(s))
	if c.defines {
		for _, name := range targets(s.Raw)[:min(1, len(targets(s.Raw)))] {
			r.told[name] = c.findings
		}
	}
	res := r.run(ctx, c)
	v.Got = res.String()
	follows := r.follows(s)
	why := r.compare(s, c, &res)
	switch {
	case s.Want.Empty() && len(res.tables) > 0 && selects.MatchString(stripComments(s.Raw)):
		v.Why = "what it printed is not found"
	case strings.Contains(res.err, "query has no destination"): // PLS-00428: "an INTO clause is expected in this SELECT statement"
		v.Why = "not Oracle's language: a query without INTO"
	case c.refused != "":
		v.Outcome, v.Why = Refused, c.refused
	case res.state == "LFREF":
		v.Outcome, v.Why = Refused, refusalCode.FindString(res.err)
	case why == "" && s.Want.Empty():
		v.Outcome = Ran
	case why == "":
		v.Outcome = Same
	case r.masked(v, why):
	case follows != 0:
		v.Why = "follows what is not the same or not compared"
	case len(v.Findings) > 0:
		v.Outcome, v.Why = Loud, why
	case res.err != "" && s.Want.Error == "":
		v.Outcome, v.Why = LoadErr, res.err
	default:
		v.Outcome, v.Why = Silent, why
	}
	failed := res.err != "" || c.refused != ""
	if c.defines && !failed {
		r.there = append(r.there, c.parsed)
		if s.Want.Error == "" {
			r.untaint(s)
		}
	}
	if failed != (s.Want.Error != "") || why != "" && !c.defines {
		r.taint(s)
	}
	return v
}

var selects = regexp.MustCompile(`(?i)^\s*(select|with)\b`)

var refusalCode = regexp.MustCompile(`CV[0-9]{4}`)

func (r *result) String() string {
	var b strings.Builder
	for _, t := range r.tables {
		for _, row := range t.rows {
			for i, cell := range row {
				if i > 0 {
					b.WriteString(" | ")
				}
				if cell == nil {
					b.WriteString("(null)")
				}
				b.Write(cell)
			}
			b.WriteByte('\n')
		}
	}
	for _, n := range r.notices {
		b.WriteString("NOTICE " + n + "\n")
	}
	if r.err != "" {
		fmt.Fprintf(&b, "ERROR %s (%s)\n", r.err, r.state)
	}
	return b.String()
}

// run runs the outputs of a statement, each output statement by statement.
func (r *runner) run(ctx context.Context, c *converted) (all result) {
	r.said = nil
	for _, o := range c.outputs {
		if o.Schema != "" {
			r.exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+quote.Ident(o.Schema))
		}
		for _, need := range o.Needs {
			r.exec(ctx, "CREATE EXTENSION IF NOT EXISTS "+quote.Ident(need))
		}
	}
	r.said = nil
	for _, o := range c.outputs {
		for _, st := range lex.Statements(o.SQL) {
			res := r.exec(ctx, st.Text)
			all.tables = append(all.tables, res.tables...)
			if res.err != "" {
				all.err, all.state = res.err, res.state
				break
			}
		}
		if all.err != "" {
			break
		}
	}
	all.notices = append(all.notices, r.said...)
	return all
}

func (r *runner) exec(ctx context.Context, sql string) result {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return r.query(ctx, sql)
}

// fail enters an error and its SQLSTATE.
func (res *result) fail(err error) {
	if err == nil {
		return
	}
	res.err = err.Error()
	var state interface{ SQLState() string }
	if errors.As(err, &state) {
		res.state = state.SQLState()
	}
}
