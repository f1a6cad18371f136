package tns

import (
	"context"

	"landfall/internal/orasim/session"
)

// Options of the execute call.
const (
	optParse       = 0x01
	optBind        = 0x08
	optDefine      = 0x10
	optExecute     = 0x20
	optFetch       = 0x40
	optCommit      = 0x100
	optAllValues   = 0x400
	optDescribe    = 0x20000
	optBatchErrors = 0x80000

	execRowCounts  = 0x4000 // among the flags of an execution: counts by iteration
	execScrollable = 0x2
)

// executeRequest is function 94 up to where its binds begin.
type executeRequest struct {
	options   int
	cursor    int
	sql       []byte
	prefetch  int
	binds     int
	defines   int
	rowCounts bool
	al8i4     [13]int
}

// scrolls tells whether the cursor is scrollable; where its rows are wanted from stands with the call.
func (r *executeRequest) scrolls() bool { return r.al8i4[9]&execScrollable != 0 }

// iterations of DML, or rows of a query, that this call is for.
func (r *executeRequest) iterations() int { return r.al8i4[1] }

func (d *decoder) executeRequest(g dialect) executeRequest {
	var r executeRequest
	r.options = d.ub4()
	r.cursor = d.ub4()
	d.ptr()
	size := d.count(maxText, "bytes of SQL")
	d.ptr()
	vector := d.count(64, "numbers")
	d.skip(3)
	r.prefetch = d.ub4()
	d.ub4() // longest LONG
	d.ptr()
	r.binds = d.count(maxBinds, "binds")
	d.skip(5)
	d.ptr()
	r.defines = d.count(maxColumns, "defines")
	d.ub4() // registration
	d.skip(3)
	d.ub4()
	d.skip(1)
	d.ub4()
	d.ub4() // registration
	r.rowCounts = d.ptr()
	d.ub4()
	d.ptr()
	if g.fields >= 8 {
		d.skip(1)
		d.ub4()
		d.skip(1)
		d.ub4()
		d.skip(1)
	}
	if g.fields >= 9 {
		d.skip(1)
		d.ub4()
	}
	if size > 0 {
		r.sql = d.text(size, g.clrText)
	}
	for i := 0; i < vector && d.err == nil; i++ {
		if u := d.ub4(); i < len(r.al8i4) {
			r.al8i4[i] = u
		}
	}
	r.rowCounts = r.rowCounts || r.al8i4[9]&execRowCounts != 0
	if r.al8i4[1] > maxArray && r.options&optBind != 0 {
		d.fail("%d iterations", r.al8i4[1])
	}
	return r
}

// execute is function 94: any of parse, bind, define, execute, fetch.
func (c *connection) execute(ctx context.Context) error {
	d := &c.dec
	r := d.executeRequest(c.dialect)
	if d.err != nil {
		return d.err
	}
	cur, problem := c.prepare(ctx, &r)
	if cur == nil { // what follows must be read all the same
		cur = &cursor{}
	}
	cur.bad = nil
	var rows [][][]byte
	var arrays map[int][][]byte
	if r.defines > 0 && r.options&optDefine != 0 {
		defines := d.oacs(r.defines, c.dialect.fields)
		if d.err == nil && problem == nil {
			problem = cur.define(defines)
		}
	} else if r.binds > 0 && r.options&optBind == 0 && r.scrolls() {
		d.oacs(r.binds, c.dialect.fields) // a driver that scrolls declares its binds again, sends no values, and does not say so
	} else if r.binds > 0 && r.options&optBind != 0 {
		cur.binds = d.oacs(r.binds, c.dialect.fields)
		declared, err := c.declared(cur.binds)
		if err != nil && d.err == nil {
			// how long a value of such a type is nobody knows: what has arrived is taken for all of it
			d.raw(d.buffered())
			return c.fail(err, cur.id)
		}
		cur.allValues = cur.allValues || r.options&optAllValues != 0 || cur.block
		iterations := r.iterations()
		if cur.kind == session.Query || iterations < 1 {
			iterations = 1
		}
		if rows, arrays, err = c.bindRows(cur, iterations, false); err != nil {
			return err
		}
		if problem == nil {
			cur.declared = declared
		}
	}
	if d.err != nil {
		return d.err
	}
	if problem == nil {
		problem = cur.bad
	}
	if problem == nil {
		problem = c.planned
	}
	if problem != nil {
		return c.fail(problem, cur.id)
	}
	if r.sql != nil || r.binds > 0 {
		cur.rowCounts = r.rowCounts
	}
	if r.binds == 0 && r.options&optDefine == 0 && r.sql != nil {
		cur.binds, cur.declared = nil, nil
	}

	fetch := r.prefetch
	if r.options&optFetch != 0 && r.iterations() > 0 {
		fetch = r.iterations()
	}
	switch {
	case r.options&optDescribe != 0, r.options&(optExecute|optDefine|optFetch) == 0 && cur.stmt != nil: // parsed only
		return c.describeOnly(ctx, cur)
	case r.options&optExecute == 0 && (r.options&(optDefine|optFetch) != 0 || cur.stmt == nil):
		if r.scrolls() {
			if err := c.scroll(ctx, cur, r.al8i4[10], r.al8i4[11]); err != nil {
				return c.fail(err, cur.id)
			}
		}
		return c.fetchMore(ctx, cur, fetch, true)
	case cur.stmt == nil:
		return c.fail(&session.Error{Code: 1003, Text: "no statement parsed"}, cur.id)
	}
	if rows == nil {
		n := 1
		if cur.kind != session.Query {
			n = min(max(r.iterations(), 1), maxArray)
		}
		rows = make([][][]byte, n)
	}
	return c.perform(ctx, cur, performance{
		rows: rows, arrays: arrays, fetch: fetch, describe: r.sql != nil, scrolls: r.scrolls(), orientation: r.al8i4[10], position: r.al8i4[11],
		batchErrors: r.options&optBatchErrors != 0, commit: r.options&optCommit != 0, whole: true,
	})
}

// prepare finds the cursor of a request and parses its text, if it has one. A text that is not understood still gets a
// cursor, which the client closes.
func (c *connection) prepare(ctx context.Context, r *executeRequest) (*cursor, error) {
	var cur *cursor
	if r.cursor != 0 {
		if cur = c.cursors[r.cursor]; cur == nil {
			return nil, &session.Error{Code: 1001, Text: "invalid cursor"}
		}
	} else {
		var err error
		if cur, err = c.newCursor(); err != nil {
			return nil, err
		}
	}
	if r.sql == nil {
		if cur.stmt == nil && cur.handle == nil {
			return cur, &session.Error{Code: 1003, Text: "no statement parsed"}
		}
		return cur, nil
	}
	c.closeNested(cur)
	if err := cur.close(); err != nil {
		c.log("close statement", err)
	}
	text := c.sqlText(r.sql)
	*cur = cursor{id: cur.id}
	cur.places, cur.block = placeholders(text)
	st, err := c.sess.Parse(ctx, text)
	if err != nil {
		return cur, err
	}
	cur.stmt, cur.kind = st, st.Kind()
	cur.block = cur.kind == session.Block || cur.kind == session.Declare || cur.kind == session.CallStmt
	return cur, nil
}

func (c *connection) describeOnly(ctx context.Context, cur *cursor) error {
	if cur.stmt == nil {
		return c.fail(&session.Error{Code: 1003, Text: "no statement parsed"}, cur.id)
	}
	cols, err := cur.stmt.Describe(ctx, cur.declared)
	if err != nil {
		return c.fail(err, cur.id)
	}
	if cols != nil {
		c.describe(cols)
	}
	c.executed(cur, nil)
	return c.end(ending{cursor: cur.id, sqlType: sqlType(cur.kind)})
}

// again is functions 4 and 78: execute what is parsed already.
func (c *connection) again(ctx context.Context, andFetch bool) error {
	d := &c.dec
	id := d.ub4()
	count := d.ub4()
	flags1 := d.ub4()
	flags2 := d.ub4()
	if d.err != nil {
		return d.err
	}
	cur := c.cursors[id]
	if cur == nil || cur.stmt == nil {
		// values may follow that cannot be told apart without the cursor: what has arrived is passed over
		d.raw(d.buffered())
		return c.fail(&session.Error{Code: 1001, Text: "invalid cursor"}, id)
	}
	iterations, fetch := 1, 0
	if andFetch {
		fetch = count
	} else if cur.kind != session.Query {
		if iterations = max(count, 1); iterations > maxArray {
			d.fail("%d iterations", count)
			return d.err
		}
	}
	cur.bad = nil
	rows, arrays, err := c.bindRows(cur, iterations, true)
	if err != nil {
		return err
	}
	if cur.bad == nil {
		cur.bad = c.planned
	}
	if cur.bad != nil {
		return c.fail(cur.bad, cur.id)
	}
	return c.perform(ctx, cur, performance{
		rows: rows, arrays: arrays, fetch: fetch,
		batchErrors: flags1&optBatchErrors != 0, commit: flags2&1 != 0,
	})
}

// performance is one execution as a client wants it.
type performance struct {
	rows        [][][]byte
	arrays      map[int][][]byte
	fetch       int
	describe    bool
	batchErrors bool
	commit      bool
	whole       bool // function 94, not one that executes again

	scrolls               bool
	orientation, position int
}

func (c *connection) perform(ctx context.Context, cur *cursor, p performance) error {
	if err := cur.end(); err != nil {
		c.log("close result", err)
	}
	c.closeNested(cur)
	res, err := cur.stmt.Execute(ctx, &session.Call{
		Binds: cur.declared, Rows: p.rows, Arrays: p.arrays, BatchErrors: p.batchErrors,
	})
	if err != nil {
		return c.failed(cur, res, err, p.whole)
	}
	if cur.kind == session.Query {
		before := cur.columns
		changed := !sameColumns(before, res.Columns)
		if p.describe || changed {
			c.describe(res.Columns)
		}
		cur.open(res.Columns, res.Rows)
		if p.scrolls {
			cur.rows = &scrolled{rows: res.Rows}
			if err := c.scroll(ctx, cur, p.orientation, p.position); err != nil {
				return c.failInstead(err, cur.id)
			}
		}
		if changed && !p.describe {
			cur.retype(before)
		}
		return c.fetchMore(ctx, cur, p.fetch, true)
	}
	return c.outcome(ctx, cur, res, p.commit)
}

// sameColumns tells whether a client that knows a wants to be told b.
func sameColumns(a, b []session.Column) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
