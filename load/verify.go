package load

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"landfall/internal/model"
	"landfall/internal/parallel"
	"landfall/internal/postgres/copyin"
	"landfall/internal/postgres/copyout"
	"landfall/internal/postgres/value"
	"landfall/load/ledger"
	"landfall/load/plan"
	"landfall/load/query"
	"landfall/load/source"
	"landfall/load/target"
)

// VerifyOptions say how a load is verified.
type VerifyOptions struct {
	Options // Source nil: the target is held against what the ledger noted when the rows were written

	Again   bool // begin anew, also where the last verification was broken off
	Most    int  // differences that are listed of a table; 0: 1000
	Samples int  // rows of a table whose texts are compared, too; 0: 20, negative: none
	// PassRows is how many rows of a table are compared at a time where it differs; 0: 2 million, about 200 MB.
	PassRows int64
}

// verifier is one process that verifies.
type verifier struct {
	*runner
	opt   VerifyOptions
	round int
}

// Verify compares source and target: every chunk is read again from the source as of the plan's SCN, and the target by COPY TO; the
// fingerprints are compared chunk by chunk, and rows by key where those differ. What it finds is in the ledger. It goes on where one was
// broken off. The target must not change meanwhile. It gives the number of its round.
func Verify(ctx context.Context, t *Target, id string, opt VerifyOptions) (round int, err error) {
	if opt.Most <= 0 {
		opt.Most = 1000
	}
	if opt.Samples == 0 {
		opt.Samples = 20
	}
	if opt.PassRows <= 0 {
		opt.PassRows = 2_000_000
	}
	r, err := newRunner(ctx, t, id, opt.Options)
	if err != nil {
		return 0, err
	}
	if err := r.sameSource(context.WithoutCancel(ctx)); err != nil {
		return 0, err
	}
	v := &verifier{runner: r, opt: opt}
	again := opt.Again
	err = r.patient(ctx, func() error {
		work := context.WithoutCancel(ctx)
		w, leave, err := r.enterAlone(work, ledger.RoleVerify)
		if err != nil {
			return err
		}
		defer leave()
		if v.round, err = r.ledger.BeginRound(work, id, again); err != nil {
			return err
		}
		again = false
		if n, since, err := r.ledger.ComparedBefore(work, id, v.round); err != nil {
			return err
		} else if n > 0 { // what was mended meanwhile would still be told as it was
			v.say(Event{Kind: "remark", Text: fmt.Sprintf("goes on with the verification that was broken off: %d tables were compared since %s and are not compared again; --again begins anew", n, since.Format(time.RFC3339))})
		}
		stop := r.keepAlive(work, w)
		defer stop()
		if err := v.all(work); err != nil || r.draining() {
			return err
		}
		return r.ledger.EndRound(work, id)
	})
	return v.round, err
}

// all verifies every table: small ones several at a time, large ones one after the other, with all streams on their chunks.
func (v *verifier) all(ctx context.Context) error {
	var small, large []*plan.Table
	for i := range v.plan.Tables {
		t := &v.plan.Tables[i]
		if t.Chunks > v.runner.opt.Streams {
			large = append(large, t)
		} else {
			small = append(small, t)
		}
	}
	var mu sync.Mutex
	var errs []error
	do := func(t *plan.Table, streams int) {
		mu.Lock()
		lost := len(errs) > 0 && ledger.Lost(errs[len(errs)-1])
		mu.Unlock()
		if lost || v.draining() {
			return
		}
		if err := v.table(ctx, t, streams); err != nil {
			if !ledger.Lost(err) {
				err = &model.Error{Code: "LD0501", Op: "verify " + t.SourceName(), Err: err, Hint: v.hint(err)}
			}
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
		}
	}
	_ = parallel.Each(ctx, len(small), v.runner.opt.Streams, nil, func(i int) { do(small[i], 1) })
	for _, t := range large {
		do(t, v.runner.opt.Streams)
	}
	for _, err := range errs {
		if ledger.Lost(err) {
			return err
		}
	}
	return errors.Join(errs...)
}

func (v *verifier) hint(err error) string {
	switch source.ORA(err) {
	case oldSnapshot, oldLOB, 1466, 8180:
		return "the source cannot show the snapshot any more; --ledger-only holds the target against what was noted when the rows were written"
	}
	return ""
}

// table verifies one table.
func (v *verifier) table(ctx context.Context, t *plan.Table, streams int) error {
	known, err := v.ledger.Verifying(ctx, v.id, t.No, v.round)
	if err != nil || known.Done {
		return err
	}
	if known.Open > 0 {
		return fmt.Errorf("%d of its chunks are not copied yet", known.Open)
	}
	o, err := v.look(ctx, t)
	if err != nil {
		return err
	}
	// both sides are read at the same time: each waits for another server
	var both sync.WaitGroup
	var scanned, read error
	if !known.Scanned {
		both.Go(func() { scanned = v.scan(ctx, o, known, streams) })
	}
	both.Go(func() { read = v.chunks(ctx, o, known, streams) })
	both.Wait()
	if err := errors.Join(scanned, read); err != nil || v.draining() {
		return err
	}
	if err := v.ledger.MarkEqual(ctx, v.id, t.No, v.round); err != nil {
		return err
	}
	if known, err = v.ledger.Verifying(ctx, v.id, t.No, v.round); err != nil {
		return err
	}
	verdict := &ledger.TableVerdict{}
	if err := v.judge(ctx, o, known, verdict); err != nil {
		return err
	}
	if v.runner.opt.Source != nil && v.opt.Samples > 0 {
		if err := v.sample(ctx, o, known, verdict); err != nil {
			return err
		}
	}
	v.say(Event{Kind: "verified", Table: t.SourceName(), Rows: int64(len(verdict.Differences)), Text: fmt.Sprintf("%d differences", len(verdict.Differences))})
	return v.ledger.TableDone(ctx, v.id, t.No, v.round, verdict)
}

// look makes a table ready to be compared. It may have got keys, indexes and triggers since.
func (v *verifier) look(ctx context.Context, t *plan.Table) (*opened, error) {
	to, err := target.Look(ctx, v.pool, v.Server, t)
	if err != nil {
		return nil, err
	}
	if len(to.Columns) == 0 {
		return nil, to.Err(t)
	}
	return open(t, to, v.zones)
}

// partPages is how many blocks of a table are worth a connection of their own.
const partPages = 16 << 10

// scan reads the table once and sums its rows by the chunk that wrote them, which xmin tells; a large one in several parts at a time.
func (v *verifier) scan(ctx context.Context, o *opened, known *ledger.Verifying, streams int) error {
	if o.long() {
		return v.scanLong(ctx, o, known)
	}
	of := map[uint32]int{}
	sums := map[int]value.Fingerprint{}
	for i := range known.Chunks {
		of[known.Chunks[i].XID] = known.Chunks[i].No
		sums[known.Chunks[i].No] = value.Fingerprint{}
	}
	pieces, err := v.pieces(ctx, o, streams)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var stray value.Fingerprint
	var errs []error
	_ = parallel.Each(ctx, len(pieces), streams, nil, func(i int) {
		mine := map[int]value.Fingerprint{}
		var other value.Fingerprint
		err := v.eachTuple(ctx, o, pieces[i:i+1], func(xid uint32, tuple []byte) error {
			no, ours := of[xid]
			if !ours {
				other.Add(tuple)
				return nil
			}
			f := mine[no]
			f.Add(tuple)
			mine[no] = f
			return nil
		})
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			errs = append(errs, err)
			return
		}
		stray = stray.Plus(other)
		for no, f := range mine {
			sums[no] = sums[no].Plus(f)
		}
	})
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	return v.ledger.Scanned(ctx, v.id, o.plan.No, v.round, sums, stray)
}

// piece is a table, or a run of its blocks.
type piece struct{ leaf, where string }

// pieces are the tables that the rows lie in; large ones are cut into runs of blocks, the last of which is open.
func (v *verifier) pieces(ctx context.Context, o *opened, streams int) ([]piece, error) {
	leaves, err := v.leaves(ctx, o)
	if err != nil {
		return nil, err
	}
	var list []piece
	for _, leaf := range leaves {
		var pages int64
		if err := v.pool.QueryRow(ctx, "SELECT pg_relation_size($1::regclass) / current_setting('block_size')::bigint", leaf).Scan(&pages); err != nil {
			return nil, err
		}
		n := max(1, min(int64(streams), pages/partPages))
		for i := range n {
			var conds []string
			if i > 0 {
				conds = append(conds, fmt.Sprintf("ctid >= '(%d,0)'::tid", pages*i/n))
			}
			if i < n-1 {
				conds = append(conds, fmt.Sprintf("ctid < '(%d,0)'::tid", pages*(i+1)/n))
			}
			p := piece{leaf: leaf}
			if len(conds) > 0 {
				p.where = " WHERE " + strings.Join(conds, " AND ")
			}
			list = append(list, p)
		}
	}
	return list, nil
}

// long reports whether rows can be too long to be held.
func (o *opened) long() bool {
	for i := range o.columns {
		if o.encoder.Streams(i) {
			return true
		}
	}
	return false
}

// scanLong is scan for a table with long values: each chunk is a COPY of its own, which keeps nothing of a row. The values of rows that
// the condition leaves out are not read by the server.
func (v *verifier) scanLong(ctx context.Context, o *opened, known *ledger.Verifying) error {
	leaves, err := v.leaves(ctx, o)
	if err != nil {
		return err
	}
	conn, err := v.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	sums := map[int]value.Fingerprint{}
	part := func(condition string) (sum value.Fingerprint, err error) {
		for _, leaf := range leaves {
			f, err := copyout.Fingerprint(ctx, conn.Conn().PgConn(), "COPY (SELECT "+join(o.columns)+" FROM "+leaf+condition+") TO STDOUT (FORMAT binary)", len(o.columns))
			if err != nil {
				return sum, err
			}
			sum = sum.Plus(f)
		}
		return sum, nil
	}
	var all []string
	for i := range known.Chunks {
		c := &known.Chunks[i]
		if sums[c.No], err = part(fmt.Sprintf(" WHERE xmin = '%d'::xid", c.XID)); err != nil {
			return err
		}
		all = append(all, fmt.Sprintf("'%d'::xid", c.XID))
	}
	condition := ""
	if len(all) > 0 {
		condition = " WHERE NOT xmin = ANY (ARRAY[" + join(all) + "])"
	}
	stray, err := part(condition)
	if err != nil {
		return err
	}
	return v.ledger.Scanned(ctx, v.id, o.plan.No, v.round, sums, stray)
}

// leaves are the tables that the rows lie in.
func (v *verifier) leaves(ctx context.Context, o *opened) ([]string, error) {
	if !o.target.Partitioned {
		return []string{target.Name(o.plan)}, nil
	}
	rows, err := v.pool.Query(ctx, "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_partition_tree($1::oid::regclass) p JOIN pg_class c ON c.oid = p.relid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE isleaf ORDER BY relid", o.target.OID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// eachTuple gives every row of pieces of the target as COPY TO sends it: which transaction wrote it, and the tuple of the columns that were
// loaded.
func (v *verifier) eachTuple(ctx context.Context, o *opened, pieces []piece, do func(xid uint32, tuple []byte) error) error {
	conn, err := v.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	const head = 2 + 4 + 4 // the number of fields, xmin
	fields := len(o.columns)
	for _, p := range pieces {
		sql := "COPY (SELECT xmin, " + join(o.columns) + " FROM " + p.leaf + p.where + ") TO STDOUT (FORMAT binary)"
		err := copyout.Tuples(ctx, conn.Conn().PgConn(), sql, fields+1, func(tuple []byte) error {
			if len(tuple) < head || binary.BigEndian.Uint32(tuple[2:]) != 4 {
				return value.ErrStream
			}
			// the tuple of the other columns begins two bytes before them, with their number
			own := tuple[head-2:]
			binary.BigEndian.PutUint16(own, uint16(fields))
			return do(binary.BigEndian.Uint32(tuple[6:]), own)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// targetRow is a row of the target: where it lies, which transaction wrote it, the hash of its tuple, and the columns that were asked for.
type targetRow struct {
	leaf string
	ctid string
	xid  uint32
	hash uint64
	keys [][]byte
}

// eachRow gives every row of the target, and holds nothing of it but the columns that are asked for.
func (v *verifier) eachRow(ctx context.Context, o *opened, keys []int, do func(row *targetRow) error) error {
	leaves, err := v.leaves(ctx, o)
	if err != nil {
		return err
	}
	conn, err := v.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	for _, leaf := range leaves {
		r := targetRow{leaf: leaf}
		sql := "COPY (SELECT xmin, ctid, " + join(o.columns) + " FROM " + leaf + ") TO STDOUT (FORMAT binary)"
		err := copyout.Rows(ctx, conn.Conn().PgConn(), sql, 2+len(o.columns), 2, keys, func(row value.HashedRow) error {
			xmin, ctid := row.Front[0], row.Front[1]
			if len(xmin) != 4 || len(ctid) != 6 {
				return value.ErrStream
			}
			r.xid, r.hash, r.keys = binary.BigEndian.Uint32(xmin), row.Hash, row.Kept
			r.ctid = fmt.Sprintf("(%d,%d)", binary.BigEndian.Uint32(ctid), binary.BigEndian.Uint16(ctid[4:]))
			return do(&r)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func join(list []string) string {
	s := ""
	for i, x := range list {
		if i > 0 {
			s += ", "
		}
		s += x
	}
	return s
}

// chunks reads the chunks again that were not yet in this round, some at a time.
func (v *verifier) chunks(ctx context.Context, o *opened, known *ledger.Verifying, streams int) error {
	var mu sync.Mutex
	var errs []error
	_ = parallel.Each(ctx, len(known.Chunks), streams, nil, func(i int) {
		c := &known.Chunks[i]
		mu.Lock()
		failed := len(errs) > 0
		mu.Unlock()
		if failed || c.Source != nil || v.draining() {
			return
		}
		err := v.reRead(ctx, o, c)
		if err == nil {
			err = v.ledger.ReRead(ctx, v.id, c, v.round)
		}
		if err != nil {
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
		}
	})
	return errors.Join(errs...)
}

// reRead takes the fingerprint of a chunk from the source; without a source, it is what was noted.
func (v *verifier) reRead(ctx context.Context, o *opened, c *ledger.Copied) error {
	if v.runner.opt.Source == nil {
		f := c.Loaded
		c.Source = &f
		return nil
	}
	return v.ask(ctx, o.plan.SourceName(), func(s source.Session) error {
		d := copyin.NewDigest(o.encoder.Clone(), v.runner.opt.TempDir)
		if err := v.eachSource(ctx, s, o, c, d, nil); err != nil {
			return err
		}
		f := d.Fingerprint()
		c.Source = &f
		return nil
	})
}

// eachSource reads the rows of a chunk that were to be written, and gives each with its hash to a function, which may be nil.
func (v *verifier) eachSource(ctx context.Context, s source.Session, o *opened, c *ledger.Copied, d *copyin.Digest, do func(row [][]byte, hash uint64) error) (err error) {
	q := query.Chunk(o.plan, &c.Chunk, v.plan.SCN, o.target.Source)
	rows, err := s.Read(ctx, q.Columns, q.Width, q.Tail, q.Binds...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	place := &copying{table: o}
	row := make([][]byte, len(q.Columns))
	for {
		var bad *source.ValueError
		switch err := rows.Next(ctx, row); {
		case err == io.EOF: // bare: a connection that is lost may have it in its chain
			return nil
		case errors.As(err, &bad):
			if at := place.place(row, bad); !c.Rejected[at] && !c.Rejected[place.place(row, nil)] { // as older loads have noted it
				return fmt.Errorf("row %s: %w, and it is none of those that were rejected", at, err)
			}
			continue
		case err != nil:
			return err
		}
		at := ""
		if len(c.Rejected) > 0 {
			if at = place.place(row, nil); at != "" && c.Rejected[at] {
				continue
			}
		}
		hash, err := d.Row(row, rows.Large)
		if errors.As(err, new(*value.RowError)) && at == "" && c.Rejected[""] {
			continue // of rows without a place it is known only that some were rejected; the sums show whether it was this one
		}
		if err != nil {
			return err
		}
		if do != nil {
			if err := do(row, hash); err != nil {
				return err
			}
		}
	}
}

// judge says whether a table is equal. Where the chunks' own rows in the target are not known (they were written under savepoints,
// changed or moved since) the sums of the whole table still may be.
func (v *verifier) judge(ctx context.Context, o *opened, known *ledger.Verifying, verdict *ledger.TableVerdict) error {
	src, dst := value.Fingerprint{}, known.Stray
	var unequal []*ledger.Copied
	skip := map[uint32]bool{}
	for i := range known.Chunks {
		c := &known.Chunks[i]
		if c.Source == nil || c.Target == nil {
			return fmt.Errorf("chunk %d was not compared", c.No)
		}
		src, dst = src.Plus(*c.Source), dst.Plus(*c.Target)
		if c.Equal() {
			skip[c.XID] = true
			continue
		}
		unequal = append(unequal, c)
	}
	if err := v.counted(ctx, o.plan, src.Rows+int64(known.Rejected), verdict); err != nil {
		return err
	}
	if src == dst {
		return nil
	}
	if v.runner.opt.Source == nil {
		verdict.Differences = append(verdict.Differences, ledger.Difference{Kind: "different", Place: "some rows", Note: fmt.Sprintf("the target has %s, the ledger %s (sum:rows); which rows differ can be told with the source", dst, src)})
		return nil
	}
	c := &comparison{v: v, o: o, chunks: unequal, skip: skip, verdict: verdict}
	return c.run(ctx)
}

// counted holds the rows that were read against the source's own count, which knows nothing of chunks.
func (v *verifier) counted(ctx context.Context, t *plan.Table, rows int64, verdict *ledger.TableVerdict) error {
	if v.runner.opt.Source == nil {
		return nil
	}
	var n int64
	err := v.ask(ctx, t.SourceName(), func(s source.Session) (err error) {
		n, err = number(ctx, s, query.Count(t, nil, v.plan.SCN))
		return err
	})
	if err == nil && n != rows {
		verdict.Differences = append(verdict.Differences, ledger.Difference{Kind: "missing", Place: "some rows", Note: fmt.Sprintf("the chunks have %d rows, the source counts %d", rows, n)})
	}
	return err
}
