package ledger

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Open notes, in a transaction, that a table was looked at and found fit and empty. before is true when that was noted already: rows that
// are in it now are ours.
func Open(ctx context.Context, tx pgx.Tx, id string, table int) (before bool, err error) {
	err = tx.QueryRow(ctx, "SELECT opened IS NOT NULL FROM landfall.load_table WHERE plan = $1 AND no = $2 FOR UPDATE", id, table).Scan(&before)
	if err == nil && !before {
		_, err = tx.Exec(ctx, "UPDATE landfall.load_table SET opened = now() WHERE plan = $1 AND no = $2", id, table)
	}
	return before, err
}

// Unloaded are the tables that rows are still to come to, and those that nobody has looked at yet.
func (l *Ledger) Unloaded(ctx context.Context, id string) ([]int, error) {
	rows, err := l.pool.Query(ctx, `SELECT no FROM landfall.load_table t WHERE plan = $1 AND (opened IS NULL
		OR EXISTS (SELECT FROM landfall.load_chunk c WHERE c.plan = t.plan AND c.tbl = t.no AND c.state IN ('planned', 'copying'))) ORDER BY no`, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int])
}

// SetReady notes that all tables are there: workers may begin.
func (l *Ledger) SetReady(ctx context.Context, id string) error {
	_, err := l.pool.Exec(ctx, "UPDATE landfall.load_plan SET started = coalesce(started, now()) WHERE plan = $1", id)
	return err
}

// Ready reports whether workers may begin.
func (l *Ledger) Ready(ctx context.Context, id string) (ok bool, err error) {
	err = l.pool.QueryRow(ctx, "SELECT started IS NOT NULL AND NOT EXISTS (SELECT FROM landfall.load_table t WHERE t.plan = p.plan AND t.opened IS NULL) FROM landfall.load_plan p WHERE p.plan = $1", id).Scan(&ok)
	return ok, err
}

// Left is how many chunks are not copied yet.
func (l *Ledger) Left(ctx context.Context, id string) (n int, err error) {
	err = l.pool.QueryRow(ctx, "SELECT count(*) FROM landfall.load_chunk WHERE plan = $1 AND state IN ('planned', 'copying')", id).Scan(&n)
	return n, err
}

// Open is how many chunks could be claimed now.
func (l *Ledger) Open(ctx context.Context, id string) (open int, err error) {
	err = l.tx(ctx, func(tx pgx.Tx) error {
		q, err := queue(ctx, tx, id)
		if !q.Paused && q.Stopped == "" && !q.Limited {
			open = q.Open
		}
		return err
	})
	return open, err
}

// TableRows is how many rows of a table were read, and how many the source has counted, as far as it was asked.
func (l *Ledger) TableRows(ctx context.Context, id string, table int) (read int64, counted pgtype.Int8, err error) {
	err = l.pool.QueryRow(ctx, `SELECT (SELECT coalesce(sum(rows_read), 0)::bigint FROM landfall.load_chunk c WHERE c.plan = t.plan AND c.tbl = t.no AND c.state IN ('copied', 'verified')), counted
		FROM landfall.load_table t WHERE plan = $1 AND no = $2`, id, table).Scan(&read, &counted)
	return read, counted, err
}

// SetCounted notes the source's count.
func (l *Ledger) SetCounted(ctx context.Context, id string, table int, n int64) error {
	_, err := l.pool.Exec(ctx, "UPDATE landfall.load_table SET counted = $3 WHERE plan = $1 AND no = $2", id, table, n)
	return err
}
