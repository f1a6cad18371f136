package prove

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"landfall/internal/postgres/lex"
)

// creator runs the units' statements one by one, in order, each in a transaction of its own.
type creator struct {
	conn     *pgx.Conn
	units    []Unit
	outcomes []Outcome
	have     map[string]bool // extensions
	own      bool
	progress func(done, total int)

	steps   []*step
	pending []pendingRoutine // created and not yet found in the catalog
	made    []madeRoutine

	sessions map[int][]string // by unit: what it has made in the schema of its session
}

// pendingRoutine is a routine by the transaction that made it.
type pendingRoutine struct {
	xid  string
	step *step
}

// madeRoutine is a routine in the catalog.
type madeRoutine struct {
	oid  uint32
	step *step
	text string // of a block: how it is made again on another connection

	session []string // and what its unit has made before that only a session sees
}

// maxPasses bounds the rounds over what failed: each makes at least one statement more, so a chain of so many views
// in the wrong order is still made.
const maxPasses = 12

// manyPending is how many routines are looked up in the catalog at a time.
const manyPending = 200

func (c *creator) run(ctx context.Context) error {
	schemas := map[string]bool{"": true, "public": true}
	var again []*step
	for i, u := range c.units {
		if err := ctx.Err(); err != nil {
			return err
		}
		if c.progress != nil {
			c.progress(i, len(c.units))
		}
		if !schemas[u.Schema] {
			schemas[u.Schema] = true
			if _, err := c.conn.Exec(ctx, "create schema if not exists "+pgx.Identifier{u.Schema}.Sanitize()); err != nil {
				return err
			}
		}
		for _, need := range u.Needs {
			if !c.have[need] {
				c.outcomes[i].Missing = append(c.outcomes[i].Missing, need)
			}
		}
		list := stepsOf(i, u.SQL)
		for k := range list {
			if s := &list[k]; s.routine >= 0 {
				s.routine = len(c.outcomes[i].Routines)
				c.outcomes[i].Routines = append(c.outcomes[i].Routines, Routine{Name: s.name, Line: s.line})
			}
		}
		if len(c.outcomes[i].Missing) > 0 && !onlyRoutines(list) {
			continue // routines are made all the same, as deploy.sql does: others call them
		}
		failed, err := c.unit(ctx, list)
		if err != nil {
			return err
		}
		again = append(again, failed...)
	}
	for range maxPasses {
		left, err := c.retry(ctx, again)
		if err != nil {
			return err
		}
		if len(left) == len(again) {
			break
		}
		again = left
	}
	if err := c.look(ctx); err != nil {
		return err
	}
	c.finish()
	if c.progress != nil {
		c.progress(len(c.units), len(c.units))
	}
	return nil
}

// onlyRoutines reports whether statements make routines and nothing else.
func onlyRoutines(list []step) bool {
	for i := range list {
		if list[i].routine < 0 || list[i].way != run {
			return false
		}
	}
	return true
}

// unit runs the statements of one unit and gives those that failed.
func (c *creator) unit(ctx context.Context, list []step) (failed []*step, err error) {
	reset := false
	for k := range list {
		s := &list[k]
		c.steps = append(c.steps, s)
		if s.routine < 0 && len(c.pending) > 0 { // GRANT and ALTER give a routine another transaction
			if err := c.look(ctx); err != nil {
				return nil, err
			}
		}
		if err := c.try(ctx, s); err != nil {
			return nil, err
		}
		reset = reset || s.way == setting
		if !s.done {
			failed = append(failed, s)
		}
	}
	if reset {
		if _, err := c.conn.Exec(ctx, "reset all"); err != nil {
			return nil, err
		}
	}
	return failed, nil
}

// retry runs again what may have failed only because of its order, and gives what still fails.
func (c *creator) retry(ctx context.Context, list []*step) (left []*step, err error) {
	for _, s := range list {
		if s.failure == nil || !orderMayHelp(s.failure.State) {
			left = append(left, s)
			continue
		}
		if s.routine < 0 {
			if err := c.look(ctx); err != nil {
				return nil, err
			}
		}
		if err := c.try(ctx, s); err != nil {
			return nil, err
		}
		if s.done {
			c.outcomes[s.unit].Late = true
		} else {
			left = append(left, s)
		}
	}
	return left, nil
}

// orderMayHelp holds for states that say that something is not there: class 42 but for syntax errors, schemas and
// roles that do not exist, objects that are not in a state to be used.
func orderMayHelp(state string) bool {
	return strings.HasPrefix(state, "42") && state != "42601" || strings.HasPrefix(state, "3F") || strings.HasPrefix(state, "55") || strings.HasPrefix(state, "2B")
}

// try runs one statement; an error is that of the connection, never the statement's.
func (c *creator) try(ctx context.Context, s *step) error {
	var err error
	switch s.way {
	case skip:
		s.done = true
		return nil
	case wide:
		if !c.own {
			c.outcomes[s.unit].NotRun = "it changes the whole server, not only a database"
			s.done = true
			return nil
		}
		err = c.exec(ctx, s)
	case analyse:
		_, err = c.conn.PgConn().Prepare(ctx, "", s.text, nil)
	case block:
		err = c.compile(ctx, s)
	default:
		err = c.exec(ctx, s)
	}
	s.done, s.failure = err == nil, nil
	if err == nil {
		return nil
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || c.conn.IsClosed() {
		return err
	}
	s.failure = s.fail(pg)
	return nil
}

// exec runs a statement and notes the transaction that made a routine: the catalog tells by it which one it was.
func (c *creator) exec(ctx context.Context, s *step) error {
	text := s.text
	if s.routine >= 0 {
		text += "\n;select pg_current_xact_id()::xid"
	}
	results, err := c.conn.PgConn().Exec(ctx, text).ReadAll()
	if err != nil {
		return err
	}
	if strings.Contains(s.text, temporarySchema) {
		if c.sessions == nil {
			c.sessions = map[int][]string{}
		}
		c.sessions[s.unit] = append(c.sessions[s.unit], s.text)
	}
	if s.routine >= 0 && len(results) > 0 && len(results[len(results)-1].Rows) == 1 {
		c.pending = append(c.pending, pendingRoutine{string(results[len(results)-1].Rows[0][0]), s})
		if len(c.pending) >= manyPending {
			return c.look(ctx)
		}
	}
	return nil
}

// temporarySchema is what the types and routines of a block are in; only the session that made them sees them.
const temporarySchema = "pg_temp."

// blockProcedure is the name under which blocks are compiled.
const blockProcedure = "pg_temp.landfall_block"

// compile makes a procedure of a block's body. It is not kept: what is checked later is made again.
func (c *creator) compile(ctx context.Context, s *step) error {
	text := s.blockText()
	if _, err := c.conn.PgConn().Exec(ctx, text).ReadAll(); err != nil {
		return err
	}
	c.made = append(c.made, madeRoutine{step: s, text: text, session: slices.Clone(c.sessions[s.unit])})
	_, err := c.conn.Exec(ctx, "drop procedure "+blockProcedure+"()")
	return err
}

// blockText is a block as a procedure, its body at the same offset of the text as in the block: what comes before
// has the length of DO and whatever stands there, or is longer by a number that fail takes off.
func (s *step) blockText() string {
	tokens := code(s.text)
	for _, t := range tokens {
		if t.Kind == lex.Dollar || t.Kind == lex.String {
			return "create procedure " + blockProcedure + "() language plpgsql as " + t.Text(s.text)
		}
	}
	return s.text
}

var nearLine = regexp.MustCompile(`(?m)near line (\d+)|PL/pgSQL function .* line (\d+)`)

// fail makes a failure of the server's message, with its place in the unit.
func (s *step) fail(pg *pgconn.PgError) *Failure {
	f := &Failure{State: pg.Code, Message: pg.Message}
	for _, more := range []string{pg.Detail, pg.Hint} {
		if more != "" {
			f.Message += "; " + more
		}
	}
	at := -1
	switch m := nearLine.FindStringSubmatch(pg.Where); {
	case pg.Position > 0:
		at = byteOffset(s.text, int(pg.Position)-1)
		if s.way == block {
			lo := strings.Index(s.blockText(), " as ") + len(" as ")
			at = s.tokenLo() + byteOffset(s.blockText(), int(pg.Position)-1) - lo
		}
	case m != nil && s.at > 0:
		n, _ := strconv.Atoi(m[1] + m[2]) // digits; 0 for too many
		f.Line = s.bodyLine(n)
		return f
	}
	if at < 0 || at > len(s.text) {
		f.Line = s.line
		return f
	}
	line, col := lex.Position(s.text, at)
	f.Line, f.Col = s.line+line-1, col
	if line == 1 {
		f.Col += s.col - 1
	}
	return f
}

// tokenLo is where a block's text in quotes begins.
func (s *step) tokenLo() int {
	for _, t := range code(s.text) {
		if t.Kind == lex.Dollar || t.Kind == lex.String {
			return t.Lo
		}
	}
	return 0
}

// bodyLine is the line in the unit of a line of the routine's body.
func (s *step) bodyLine(n int) int {
	first, _ := lex.Position(s.text, s.at)
	return s.line + first - 1 + max(n, 1) - 1
}

func byteOffset(text string, characters int) int {
	at := 0
	for range characters {
		if at >= len(text) {
			break
		}
		at++
		for at < len(text) && text[at]&0xC0 == 0x80 {
			at++
		}
	}
	return at
}

// look finds the routines that were made since the last time in the catalog.
func (c *creator) look(ctx context.Context) error {
	if len(c.pending) == 0 {
		return nil
	}
	ids := make([]string, len(c.pending))
	for i, p := range c.pending {
		ids[i] = p.xid
	}
	rows, err := c.conn.Query(ctx, "select oid, xmin::text from pg_proc where xmin::text = any(string_to_array($1, ',')) order by oid", strings.Join(ids, ","))
	if err != nil {
		return err
	}
	oids := map[string]uint32{}
	var oid uint32
	var xid string
	if _, err := pgx.ForEachRow(rows, []any{&oid, &xid}, func() error { oids[xid] = oid; return nil }); err != nil {
		return err
	}
	for _, p := range c.pending {
		if oid, ok := oids[p.xid]; ok { // another statement may have replaced it
			c.made = append(c.made, madeRoutine{oid: oid, step: p.step})
		}
	}
	c.pending = c.pending[:0]
	return nil
}

// finish puts what the statements came to into the outcomes.
func (c *creator) finish() {
	tried := make([]bool, len(c.units))
	for i := range c.outcomes {
		c.outcomes[i].Created = len(c.outcomes[i].Missing) == 0 && c.outcomes[i].NotRun == ""
	}
	for _, s := range c.steps {
		o := &c.outcomes[s.unit]
		tried[s.unit] = true
		if !s.done {
			o.Created = false
			if s.failure != nil {
				o.Failures = append(o.Failures, *s.failure)
			}
		}
		if s.routine >= 0 {
			r := &o.Routines[s.routine]
			r.Created = s.done
			r.Checked = s.done && !s.plpgsql
		}
	}
}
