package load

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/copyin"
	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/value"
	"landfall/load/ledger"
	"landfall/load/plan"
	"landfall/load/query"
	"landfall/load/source"
	"landfall/load/target"
)

// opened is a table that rows go into.
type opened struct {
	plan    *plan.Table
	target  *target.Table
	encoder *value.Encoder // to be cloned
	columns []string       // quoted
}

// open makes a table ready whose problems have been looked at.
func open(t *plan.Table, to *target.Table, opt value.Options) (*opened, error) {
	e, err := value.Plan(to.Encoder, opt)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.SourceName(), err)
	}
	o := &opened{plan: t, target: to, encoder: e}
	for _, c := range to.Columns {
		o.columns = append(o.columns, quote.Ident(c.Name))
	}
	return o, nil
}

// copying is one chunk on its way.
type copying struct {
	run      *runner
	claim    *ledger.Claim
	table    *opened
	progress *working
	result   ledger.Result
	rows     int64
}

// errMoved says that ROWIDs are not what they were when the plan was made.
var errMoved = errors.New("the table was moved, shrunk or emptied since the plan was made: its ROWIDs are others now")

// copyChunk copies a chunk in one transaction with its row in the ledger.
func (c *copying) copyChunk(ctx context.Context, conn *pgx.Conn, s source.Session) error {
	chunk := &c.claim.Chunk
	// data objects never get an old number back: a look behind the rows tells of the time before, too. One in front, the first time, saves reading
	// for nothing
	if c.run.firstLook(chunk) {
		if err := c.sameObject(ctx, s); err != nil {
			return err
		}
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // of no effect after a commit; else the reason is told already
	if err := ledger.Begin(ctx, tx, c.claim); err != nil {
		return err
	}
	freeze, err := c.freeze(ctx, tx)
	if err != nil {
		return err
	}
	if err := c.rowsOf(ctx, conn.PgConn(), s, chunk, freeze); err != nil {
		return err
	}
	if err := c.sameObject(ctx, s); err != nil {
		return err
	}
	if err := ledger.Finish(ctx, tx, c.claim, &c.result, c.run.opt.MaxRejects); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// rowsOf reads the rows and writes them.
func (c *copying) rowsOf(ctx context.Context, conn *pgconn.PgConn, s source.Session, chunk *plan.Chunk, freeze bool) (err error) {
	t := c.table
	q := query.Chunk(t.plan, chunk, c.run.plan.SCN, t.target.Source)
	opt := copyin.Options{
		Table: target.Name(t.plan), Relation: t.plan.Target, Columns: t.columns, Encoder: t.encoder.Clone(), Freeze: freeze,
		Tags: len(q.Columns) - len(t.columns), TempDir: c.run.opt.TempDir,
	}
	if c.run.opt.MaxRejects > 0 && !freeze {
		opt.Reject = func(r copyin.Reject) error { return c.reject(ctx, r.Cols, r.Cut, r.Err) }
	}
	if opt.Tags == 0 { // no ROWID
		opt.Keep = c.keyColumns()
	}
	opt.OfRow = func(err error) bool { return errors.As(err, new(*source.ValueError)) } // a LOB that is no text
	begun := time.Now()
	rows, err := s.Read(ctx, q.Columns, q.Width, q.Tail, q.Binds...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	w, err := copyin.New(conn, opt)
	if err != nil {
		return err
	}
	row := make([][]byte, len(q.Columns))
	long := t.long() // then a row alone may take a while
	c.result.Source = time.Since(begun)
	for {
		at := time.Now()
		next := rows.Next(ctx, row)
		c.result.Source += time.Since(at)
		var bad *source.ValueError
		switch {
		case next == io.EOF: // bare: a connection that is lost may have it in its chain
			return c.close(ctx, w, rows.Changed(), time.Since(begun))
		case errors.As(next, &bad):
			c.rows++
			if err := c.lost(row, bad); err != nil {
				_, end := w.Close(ctx) // the COPY is given up with the transaction
				return errors.Join(err, ignoreRow(end))
			}
			continue
		case next != nil:
			// the server must not be left in the middle of a COPY
			_, end := w.Close(ctx)
			return errors.Join(next, ignoreRow(end))
		}
		c.rows++
		if err := w.Row(ctx, row, rows.Large); err != nil {
			return c.refused(row, err)
		}
		if c.rows%256 == 0 || long {
			r := w.Result()
			c.progress.set(c.rows, r.Bytes)
			if err := c.run.pace.wait(ctx, r.Bytes-c.progress.paced); err != nil {
				_, end := w.Close(ctx)
				return errors.Join(err, ignoreRow(end))
			}
			c.progress.paced = r.Bytes
		}
	}
}

// ignoreRow leaves out what the end of a COPY says of rows: something worse has happened already.
func ignoreRow(err error) error {
	var f *copyin.RowFailure
	var r *value.RowError
	if errors.As(err, &f) || errors.As(err, &r) {
		return nil
	}
	return err
}

// close waits for the server and takes the sums.
func (c *copying) close(ctx context.Context, w *copyin.Writer, changed []source.Changed, all time.Duration) error {
	r, err := w.Close(ctx)
	if err != nil {
		return c.refused(nil, err)
	}
	res := &c.result
	res.Read, res.Written, res.Rejected = c.rows, r.Written.Rows, int64(len(res.Rejects))
	res.Bytes, res.Fingerprint = r.Bytes, r.Written.Sum
	res.TargetSpent = r.Waited
	res.Encode = max(0, all-res.Source-r.Waited)
	c.progress.set(c.rows, r.Bytes)
	if err := c.run.pace.wait(ctx, r.Bytes-c.progress.paced); err != nil { // the rest of it: many small chunks are as much as a large one
		return err
	}
	if len(r.Counts)+len(changed) > 0 {
		type count struct {
			Column string `json:"column"`
			Fault  string `json:"fault"`
			Action string `json:"action"`
			Values int64  `json:"values"`
		}
		var list []count
		for _, n := range r.Counts {
			list = append(list, count{n.Name, n.Fault.String(), n.Action.String(), n.Values})
		}
		for _, n := range changed {
			list = append(list, count{n.Column, value.BadUTF8.String(), n.Action, n.Values})
		}
		if res.Faults, err = json.Marshal(list); err != nil {
			return err
		}
	}
	return nil
}

// hexLimit is how many bytes of a value a rejected row is shown with.
const hexLimit = 2000

// refused is the error of a row that ends the chunk. It is told with its place: cols is the row at hand, unless the server has named
// another.
func (c *copying) refused(cols [][]byte, err error) error {
	var f *copyin.RowFailure
	if errors.As(err, &f) {
		cols, err = f.Cols, f.Err
	} else if !errors.As(err, new(*value.RowError)) && !errors.As(err, new(*source.ValueError)) {
		return err
	}
	return &ledger.TooMany{Limit: c.run.opt.MaxRejects, First: c.rejected(cols, nil, err)}
}

// reject takes a row that did not go in.
func (c *copying) reject(_ context.Context, cols [][]byte, cut []bool, why error) error {
	return c.count(c.rejected(cols, cut, why))
}

// lost is a row of which a value did not come through.
func (c *copying) lost(cols [][]byte, bad *source.ValueError) error {
	return c.count(c.spoilt(cols, bad))
}

func (c *copying) spoilt(cols [][]byte, bad *source.ValueError) ledger.Reject {
	r := ledger.Reject{Place: c.place(cols, bad), Code: bad.Code, Error: bad.Why}
	if bad.Column >= 0 && bad.Column < len(c.table.target.Source) {
		r.Column = c.table.target.Source[bad.Column].Source
	}
	r.Hex, r.Cut = hexOf(bad.Raw)
	return r
}

// count takes in a row that is not written.
func (c *copying) count(r ledger.Reject) error {
	c.result.Rejects = append(c.result.Rejects, r)
	if int64(len(c.result.Rejects)) > c.run.opt.MaxRejects {
		c.result.Rejects = c.result.Rejects[:len(c.result.Rejects)-1]
		return &ledger.TooMany{Limit: c.run.opt.MaxRejects, First: r}
	}
	return nil
}

func (c *copying) rejected(cols [][]byte, cut []bool, why error) ledger.Reject {
	r := ledger.Reject{Place: c.place(cols, nil), Code: "row", Error: why.Error()}
	at := -1
	var row *value.RowError
	var lob *source.ValueError
	var pg *pgconn.PgError
	switch {
	case errors.As(why, &lob):
		return c.spoilt(cols, lob)
	case errors.As(why, &row):
		at, r.Code = row.Column, row.Fault.String()
		r.Error = row.Error()
	case errors.As(why, &pg): // its detail may hold the row's values: those are in hex, here and nowhere else
		r.Code, r.Error = pg.Code, pg.Message
		at = c.columnOf(pg)
	}
	if at >= 0 && at < len(c.table.target.Source) {
		r.Column = c.table.target.Source[at].Source
		if cols != nil {
			r.Hex, r.Cut = hexOf(cols[at])
			r.Cut = r.Cut || at < len(cut) && cut[at]
		}
	}
	return r
}

// columnOf finds the column that an error of the server is about: named in a field of its own, or in the context, "COPY t, line 5, column c",
// whose words are in the server's language.
func (c *copying) columnOf(e *pgconn.PgError) int {
	best := -1
	_, words, _ := strings.Cut(e.Where, "COPY "+c.table.plan.Target+",")
	for i, col := range c.table.target.Columns {
		if e.ColumnName == col.Name {
			return i
		}
		_, rest, found := strings.Cut(words, " "+col.Name)
		if found && (rest == "" || strings.ContainsAny(rest[:1], ": \n")) && (best < 0 || len(col.Name) > len(c.table.target.Columns[best].Name)) {
			best = i
		}
	}
	return best
}

func hexOf(b []byte) (text string, cut bool) {
	if len(b) > hexLimit {
		return hex.EncodeToString(b[:hexLimit]), true
	}
	return hex.EncodeToString(b), false
}

// place says where a row is in the source: its ROWID, or the values of its key; of the one that did not come through, the bytes.
func (c *copying) place(cols [][]byte, bad *source.ValueError) string {
	if cols == nil {
		return ""
	}
	if len(cols) > len(c.table.columns) {
		text, err := ora.AppendRowIDText(nil, cols[len(c.table.columns)])
		if err != nil {
			return ""
		}
		return string(text)
	}
	var parts []string
	for _, i := range c.keyColumns() {
		text := textOf(c.table.target.Encoder[i].Source, cols[i])
		if bad != nil && bad.Column == i {
			hex, _ := hexOf(bad.Raw)
			text = "0x" + hex
		}
		parts = append(parts, c.table.target.Source[i].Source+"="+text)
	}
	return strings.Join(parts, ", ")
}

// keyColumns are the places of the columns of the table's key; none where one of them is not loaded.
func (c *copying) keyColumns() []int {
	var list []int
	for _, k := range c.table.plan.Key {
		i := slices.IndexFunc(c.table.target.Source, func(col plan.Column) bool { return col.Source == k })
		if i < 0 {
			return nil
		}
		list = append(list, i)
	}
	return list
}

// textOf is a value of a key for people.
func textOf(c ora.Column, v []byte) string {
	switch {
	case v == nil:
		return "NULL"
	case c.Type.Text():
		return string(v)
	case c.Type == ora.Number:
		var n ora.Decimal
		if n.Decode(v) == nil {
			return string(n.AppendText(nil))
		}
	}
	text, _ := hexOf(v)
	return "0x" + text
}

// freeze empties an empty table, so that its rows can come frozen: what is written in the transaction that made or emptied the table needs no
// vacuum later. Only where the table is one chunk.
func (c *copying) freeze(ctx context.Context, tx pgx.Tx) (bool, error) {
	t := c.table
	if t.plan.Chunks != 1 || t.target.Partitioned || t.target.Referenced || c.run.opt.MaxRejects > 0 || c.claim.No >= len(c.run.plan.Chunks) {
		return false, nil
	}
	if _, err := tx.Exec(ctx, "LOCK TABLE "+target.Name(t.plan)+" IN ACCESS EXCLUSIVE MODE"); err != nil {
		return false, err
	}
	empty, err := target.Empty(ctx, tx, t.plan)
	if err != nil {
		return false, err
	}
	if !empty { // rows of somebody else's are never removed
		return false, fmt.Errorf("%s has rows, and nothing was loaded into it yet", target.Name(t.plan))
	}
	_, err = tx.Exec(ctx, "TRUNCATE TABLE ONLY "+target.Name(t.plan))
	return err == nil, err
}

// sameObject holds that the chunk's ROWIDs still mean what they did.
func (c *copying) sameObject(ctx context.Context, s source.Session) error {
	chunk := &c.claim.Chunk
	if chunk.Object == 0 {
		return nil
	}
	now, err := source.DataObject(ctx, s, c.table.plan.Owner, c.table.plan.Name, chunk.Partition, chunk.Sub)
	if err != nil {
		return err
	}
	if now != chunk.Object {
		return fmt.Errorf("%s %s: data object %d is %d now: %w", c.table.plan.SourceName(), chunk.Partition, chunk.Object, now, errMoved)
	}
	return nil
}
