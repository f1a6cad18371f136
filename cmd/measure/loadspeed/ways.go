package loadspeed

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/copyin"
	"landfall/internal/postgres/copyout"
)

// chunkRows is the size of a chunk where a ledger is kept.
const chunkRows = 50000

// way is one way to do something, timed as a whole.
type way struct {
	name  string
	title string
	ready func(ctx context.Context, b *bench, conn *pgx.Conn) error // not timed
	run   func(ctx context.Context, b *bench, conn *pgx.Conn) error
}

var ways = []way{
	{"file", "the server's own COPY FROM a binary file", empty, copyFile},
	{"wire", "Oracle's bytes, encoder, COPY", empty, func(ctx context.Context, b *bench, conn *pgx.Conn) error {
		return b.write(ctx, conn, b.fromWire(0, b.rows.count))
	}},
	{"rejects", "as wire, rows kept and savepoints set so that any may be refused", empty, func(ctx context.Context, b *bench, conn *pgx.Conn) error {
		b.reject = func(r copyin.Reject) error { return r.Err }
		return b.write(ctx, conn, b.fromWire(0, b.rows.count))
	}},
	{"driver", "a driver's values, adapter, encoder, COPY", empty, func(ctx context.Context, b *bench, conn *pgx.Conn) error {
		return b.write(ctx, conn, b.fromDriver())
	}},
	{"pgx", "a driver's values, pgx.CopyFrom", empty, copyPgx},
	{"chunks", "as wire, in chunks of 50,000 rows with their ledger row", empty, copyChunks},
	{"in-place", "as wire, primary key and 3 indexes there from the start", func(ctx context.Context, b *bench, conn *pgx.Conn) error {
		if err := empty(ctx, b, conn); err != nil {
			return err
		}
		return exec(ctx, conn, indexes...)
	}, func(ctx context.Context, b *bench, conn *pgx.Conn) error {
		return b.write(ctx, conn, b.fromWire(0, b.rows.count))
	}},
	{"after", "as wire, primary key and 3 indexes made after it", empty, func(ctx context.Context, b *bench, conn *pgx.Conn) error {
		if err := b.write(ctx, conn, b.fromWire(0, b.rows.count)); err != nil {
			return err
		}
		return exec(ctx, conn, append([]string{"SET maintenance_work_mem = '512MB'", "SET max_parallel_maintenance_workers = 2"}, indexes...)...)
	}},
	{"verify", "COPY TO binary, hash of every tuple", filled, verify},
	{"md5", "sum of md5(row::text), on the server, one process", filled, sumMD5},
}

// The indexes of in-place and after; dropIndexes undoes them.
var (
	indexes = []string{
		"ALTER TABLE policy ADD CONSTRAINT policy_pk PRIMARY KEY (id)", "CREATE UNIQUE INDEX policy_no ON policy (policy_no)",
		"CREATE INDEX policy_changed ON policy (changed)", "CREATE INDEX policy_product ON policy (product, valid_from)",
	}
	dropIndexes = []string{
		"ALTER TABLE policy DROP CONSTRAINT IF EXISTS policy_pk", "DROP INDEX IF EXISTS policy_no", "DROP INDEX IF EXISTS policy_changed",
		"DROP INDEX IF EXISTS policy_product",
	}
)

func exec(ctx context.Context, conn *pgx.Conn, sql ...string) error {
	for _, s := range sql {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func empty(ctx context.Context, _ *bench, conn *pgx.Conn) error {
	return exec(ctx, conn, append(slices.Clone(dropIndexes), "TRUNCATE policy", "TRUNCATE chunk", "CHECKPOINT")...)
}

// filled has the rows in the table, in a state that reading does not change.
func filled(ctx context.Context, b *bench, conn *pgx.Conn) error {
	if err := empty(ctx, b, conn); err != nil {
		return err
	}
	return exec(ctx, conn, fmt.Sprintf("COPY policy FROM '%s' (FORMAT binary)", b.file), "VACUUM (FREEZE, ANALYZE) policy", "CHECKPOINT")
}

func copyFile(ctx context.Context, b *bench, conn *pgx.Conn) error {
	return exec(ctx, conn, fmt.Sprintf("COPY policy FROM '%s' (FORMAT binary)", b.file))
}

// source gives rows one by one: false at the end.
type source func(cols [][]byte) (bool, error)

// fromWire gives rows as they lie in memory, with a ROWID as the tag.
func (b *bench) fromWire(from, to int) source {
	i, at := from, b.offset(from)
	tag := make([]byte, 0, 13)
	return func(cols [][]byte) (bool, error) {
		if i >= to {
			return false, nil
		}
		n := len(columns)
		at = b.rows.next(at, cols[:n])
		tag = rowID(tag, i)
		cols[n] = tag
		i++
		return true, nil
	}
}

// fromDriver gives rows of a driver's values, through the adapter.
func (b *bench) fromDriver() source {
	i := 0
	var buf, tag []byte
	ends := make([]int, len(columns)+1)
	return func(cols [][]byte) (_ bool, err error) {
		if i >= b.rows.count {
			return false, nil
		}
		buf = buf[:0]
		for c, v := range b.values[i%len(b.values)] {
			if buf, err = ora.AppendDriver(buf, columns[c].source, v); err != nil {
				return false, err
			}
			ends[c+1] = len(buf)
		}
		for c := range columns {
			cols[c] = buf[ends[c]:ends[c+1]]
		}
		tag = rowID(tag, i)
		cols[len(columns)] = tag
		i++
		return true, nil
	}
}

// write is the load's own way, in one transaction.
func (b *bench) write(ctx context.Context, conn *pgx.Conn, next source) error {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	if err := b.writeTo(ctx, conn, next); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func (b *bench) writeTo(ctx context.Context, conn *pgx.Conn, next source) error {
	b.encoder.Reset()
	w, err := copyin.New(conn.PgConn(), copyin.Options{
		Table: "public.policy", Relation: "policy", Columns: names(), Tags: 1, Encoder: b.encoder,
		Reject: b.reject,
	})
	if err != nil {
		return err
	}
	cols := make([][]byte, len(columns)+1)
	for {
		ok, err := next(cols)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if err := w.Row(ctx, cols, nil); err != nil {
			return err
		}
	}
	r, err := w.Close(ctx)
	b.written = b.written.Plus(r.Written)
	return err
}

func copyPgx(ctx context.Context, b *bench, conn *pgx.Conn) error {
	_, err := conn.CopyFrom(ctx, pgx.Identifier{"policy"}, names(), pgx.CopyFromSlice(b.rows.count, func(i int) ([]any, error) {
		return b.values[i%len(b.values)], nil
	}))
	return err
}

func copyChunks(ctx context.Context, b *bench, conn *pgx.Conn) error {
	for from := 0; from < b.rows.count; from += chunkRows {
		to := min(from+chunkRows, b.rows.count)
		tx, err := conn.Begin(ctx)
		if err != nil {
			return err
		}
		if err := b.writeTo(ctx, conn, b.fromWire(from, to)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO chunk (id, state, scn, row_count, fingerprint) VALUES ($1, 'copied', 12345, $2, $3)",
			from/chunkRows, to-from, b.encoder.Fingerprint().String()); err != nil {
			return err
		}
		if err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}

// verify reads the table back. Its fingerprint must be what the rows have.
func verify(ctx context.Context, b *bench, conn *pgx.Conn) error {
	f, err := copyout.Fingerprint(ctx, conn.PgConn(), "COPY policy TO STDOUT (FORMAT binary)", len(columns))
	if err != nil {
		return err
	}
	if f != b.fingerprint {
		return fmt.Errorf("the table has the fingerprint %s, the rows %s", f, b.fingerprint)
	}
	return nil
}

func sumMD5(ctx context.Context, b *bench, conn *pgx.Conn) error {
	if err := exec(ctx, conn, "SET max_parallel_workers_per_gather = 0"); err != nil {
		return err
	}
	var sum string
	return conn.QueryRow(ctx, "SELECT sum(('x' || left(md5(p::text), 16))::bit(64)::bigint::numeric)::text FROM policy p").Scan(&sum)
}

func definition() string {
	var list []string
	for _, c := range columns {
		list = append(list, c.name+" "+c.target)
	}
	return "CREATE TABLE policy (" + strings.Join(list, ", ") + ")"
}
