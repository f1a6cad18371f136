package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"landfall/internal/postgres/value"
	"landfall/load/plan"
)

// BeginRound begins a verification, or goes on with the one that was broken off. again begins another in any case.
func (l *Ledger) BeginRound(ctx context.Context, id string, again bool) (round int, err error) {
	err = l.pool.QueryRow(ctx, `UPDATE landfall.load_plan SET round = CASE WHEN $2 OR round = 0 OR round_done IS NOT NULL THEN round + 1 ELSE round END, round_done = NULL
		WHERE plan = $1 RETURNING round`, id, again).Scan(&round)
	return round, err
}

// ComparedBefore is how many tables were compared already in a verification that goes on, and since when.
func (l *Ledger) ComparedBefore(ctx context.Context, id string, round int) (n int, since *time.Time, err error) {
	err = l.pool.QueryRow(ctx, "SELECT count(*), min(verified) FROM landfall.load_table WHERE plan = $1 AND round = $2 AND verified IS NOT NULL", id, round).Scan(&n, &since)
	return n, since, err
}

// EndRound notes that a verification has come to its end.
func (l *Ledger) EndRound(ctx context.Context, id string) error {
	_, err := l.pool.Exec(ctx, "UPDATE landfall.load_plan SET round_done = now() WHERE plan = $1", id)
	return err
}

// Copied is a chunk that is in the target.
type Copied struct {
	No     int
	Chunk  plan.Chunk
	XID    uint32 // xmin of its rows, unless they were written under savepoints or were changed since
	Loaded value.Fingerprint
	// Source and Target are of the round at hand, as far as they are known.
	Source, Target *value.Fingerprint
	Rejected       map[string]bool // places of rows that were not written
}

// Equal reports whether source and target were found equal in this round.
func (c *Copied) Equal() bool { return c.Source != nil && c.Target != nil && *c.Source == *c.Target }

// Verifying is what is known of a table in a round.
type Verifying struct {
	Chunks   []Copied
	Open     int // chunks that are not copied
	Scanned  bool
	Stray    value.Fingerprint
	Done     bool
	Rejected int
	Changed  map[string]bool // columns in which a policy has changed values
}

// Verifying reads what is known of a table.
func (l *Ledger) Verifying(ctx context.Context, id string, table, round int) (*Verifying, error) {
	v := &Verifying{}
	var of *int
	var strayRows *int64
	var straySum *string
	var scanned bool
	err := l.pool.QueryRow(ctx, "SELECT round, scanned, stray_rows, stray_sum::text, verified IS NOT NULL FROM landfall.load_table WHERE plan = $1 AND no = $2", id, table).Scan(&of, &scanned, &strayRows, &straySum, &v.Done)
	if err != nil {
		return nil, err
	}
	now := of != nil && *of == round
	v.Scanned, v.Done = now && scanned, v.Done && now
	if v.Scanned && strayRows != nil && straySum != nil {
		if v.Stray.Sum, err = strconv.ParseUint(*straySum, 10, 64); err != nil {
			return nil, err
		}
		v.Stray.Rows = *strayRows
	}
	rows, err := l.pool.Query(ctx, `SELECT no, spec, state, coalesce(xid, 0), coalesce(rows_written, 0), coalesce(fingerprint, 0)::text, coalesce(round, 0), source_rows, source_sum::text, target_rows, target_sum::text
		FROM landfall.load_chunk WHERE plan = $1 AND tbl = $2 AND state <> 'split' ORDER BY no`, id, table)
	if err != nil {
		return nil, err
	}
	var c Copied
	var spec []byte
	var state, loaded string
	var xid int64
	var chunkRound int
	var sourceRows, targetRows *int64
	var sourceSum, targetSum *string
	_, err = pgx.ForEachRow(rows, []any{&c.No, &spec, &state, &xid, &c.Loaded.Rows, &loaded, &chunkRound, &sourceRows, &sourceSum, &targetRows, &targetSum}, func() error {
		if state != "copied" && state != "verified" {
			v.Open++
			return nil
		}
		c.XID, c.Source, c.Target, c.Chunk, c.Rejected = uint32(xid), nil, nil, plan.Chunk{}, nil
		if err := json.Unmarshal(spec, &c.Chunk); err != nil {
			return err
		}
		if c.Loaded.Sum, err = strconv.ParseUint(loaded, 10, 64); err != nil {
			return err
		}
		if chunkRound == round {
			if c.Source, err = fingerprint(sourceRows, sourceSum); err != nil {
				return err
			}
			if v.Scanned {
				if c.Target, err = fingerprint(targetRows, targetSum); err != nil {
					return err
				}
			}
		}
		v.Chunks = append(v.Chunks, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err = l.pool.Query(ctx, "SELECT DISTINCT f ->> 'column' FROM landfall.load_chunk c, jsonb_array_elements(c.faults) f WHERE c.plan = $1 AND c.tbl = $2 AND c.copied IS NOT NULL", id, table)
	if err != nil {
		return nil, err
	}
	v.Changed = map[string]bool{}
	var column string
	if _, err = pgx.ForEachRow(rows, []any{&column}, func() error { v.Changed[column] = true; return nil }); err != nil {
		return nil, err
	}
	at := map[int]*Copied{}
	for i := range v.Chunks {
		at[v.Chunks[i].No] = &v.Chunks[i]
	}
	rows, err = l.pool.Query(ctx, `SELECT r.chunk, coalesce(r.place, '') FROM landfall.load_reject r JOIN landfall.load_chunk c ON c.plan = r.plan AND c.no = r.chunk AND c.attempt = r.attempt
		WHERE r.plan = $1 AND c.tbl = $2 AND c.copied IS NOT NULL`, id, table)
	if err != nil {
		return nil, err
	}
	var no int
	var place string
	_, err = pgx.ForEachRow(rows, []any{&no, &place}, func() error {
		if x := at[no]; x != nil {
			if x.Rejected == nil {
				x.Rejected = map[string]bool{}
			}
			x.Rejected[place] = true
			v.Rejected++
		}
		return nil
	})
	return v, err
}

func fingerprint(rows *int64, sum *string) (*value.Fingerprint, error) {
	if rows == nil || sum == nil {
		return nil, nil
	}
	n, err := strconv.ParseUint(*sum, 10, 64)
	return &value.Fingerprint{Sum: n, Rows: *rows}, err
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

// Scanned notes what the target has of each chunk of a table, and of none.
func (l *Ledger) Scanned(ctx context.Context, id string, table, round int, of map[int]value.Fingerprint, stray value.Fingerprint) error {
	return l.tx(ctx, func(tx pgx.Tx) error {
		var nos []int
		var rows []int64
		var sums []string
		for no, f := range of {
			nos, rows, sums = append(nos, no), append(rows, f.Rows), append(sums, decimal(f.Sum))
		}
		_, err := tx.Exec(ctx, `UPDATE landfall.load_chunk c SET source_rows = CASE WHEN c.round = $3 THEN c.source_rows END, source_sum = CASE WHEN c.round = $3 THEN c.source_sum END,
				round = $3, target_rows = n.rows, target_sum = n.sum
			FROM unnest($4::integer[], $5::bigint[], $6::numeric[]) AS n (no, rows, sum) WHERE c.plan = $1 AND c.tbl = $2 AND c.no = n.no`, id, table, round, nos, rows, sums)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM landfall.load_difference WHERE plan = $1 AND tbl = $2", id, table); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE landfall.load_table SET round = $3, scanned = true, stray_rows = $4, stray_sum = $5::numeric, sampled = NULL, differences = NULL, more = NULL, note = NULL, verified = NULL
			WHERE plan = $1 AND no = $2`, id, table, round, stray.Rows, decimal(stray.Sum))
		return err
	})
}

// ReRead notes what the source has of a chunk.
func (l *Ledger) ReRead(ctx context.Context, id string, c *Copied, round int) error {
	_, err := l.pool.Exec(ctx, `UPDATE landfall.load_chunk SET target_rows = CASE WHEN round = $3 THEN target_rows END, target_sum = CASE WHEN round = $3 THEN target_sum END,
		round = $3, source_rows = $4, source_sum = $5::numeric WHERE plan = $1 AND no = $2 AND state IN ('copied', 'verified')`,
		id, c.No, round, c.Source.Rows, decimal(c.Source.Sum))
	return err
}

// MarkEqual notes of all chunks of a table whose sums are the same on both sides that they are verified.
func (l *Ledger) MarkEqual(ctx context.Context, id string, table, round int) error {
	_, err := l.pool.Exec(ctx, `UPDATE landfall.load_chunk SET state = 'verified', verified = now() WHERE plan = $1 AND tbl = $2 AND round = $3 AND state IN ('copied', 'verified')
		AND source_rows = target_rows AND source_sum = target_sum`, id, table, round)
	return err
}

// Difference is one row that is not the same on both sides.
type Difference struct {
	Table   string   `json:"table"`
	Kind    string   `json:"kind"` // missing, different, extra; text: an independent reading of both sides does not agree
	Place   string   `json:"row"`  // its key, or ROWID, or ctid
	Columns []string `json:"columns,omitempty"`
	Note    string   `json:"note,omitempty"`
	Repair  string   `json:"repair,omitempty"` // SQL that would mend it
}

// TableVerdict is what a verification found of a table.
type TableVerdict struct {
	Differences []Difference
	More        bool
	Sampled     int
	Note        string
}

// TableDone notes what a verification found of a table. Where nothing differs, all of its chunks are verified.
func (l *Ledger) TableDone(ctx context.Context, id string, table, round int, v *TableVerdict) error {
	return l.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM landfall.load_difference WHERE plan = $1 AND tbl = $2", id, table); err != nil {
			return err
		}
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"landfall", "load_difference"}, []string{"plan", "tbl", "n", "kind", "place", "cols", "note", "repair"},
			pgx.CopyFromSlice(len(v.Differences), func(i int) ([]any, error) {
				d := &v.Differences[i]
				return []any{id, table, i, d.Kind, d.Place, d.Columns, d.Note, d.Repair}, nil
			}))
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "UPDATE landfall.load_table SET sampled = $4, differences = $5, more = $6, note = nullif($7, ''), verified = now() WHERE plan = $1 AND no = $2 AND round = $3",
			id, table, round, v.Sampled, len(v.Differences), v.More, v.Note)
		if err == nil && tag.RowsAffected() != 1 {
			err = fmt.Errorf("table %d of plan %s was not scanned in round %d", table, id, round)
		}
		if err != nil || len(v.Differences) > 0 {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE landfall.load_chunk SET state = 'verified', verified = coalesce(verified, now()) WHERE plan = $1 AND tbl = $2 AND state IN ('copied', 'verified')", id, table)
		return err
	})
}

// EachDifference gives all differences that the last verification found to a function.
func (l *Ledger) EachDifference(ctx context.Context, id string, do func(*Difference) error) error {
	return l.differences(ctx, do, "d.plan = $1 ORDER BY d.tbl, d.n", id)
}

// differences gives those that a condition, and an order, choose.
func (l *Ledger) differences(ctx context.Context, do func(*Difference) error, which string, args ...any) error {
	rows, err := l.pool.Query(ctx, `SELECT t.source, d.kind, d.place, d.cols, coalesce(d.note, ''), coalesce(d.repair, '')
		FROM landfall.load_difference d JOIN landfall.load_table t ON t.plan = d.plan AND t.no = d.tbl WHERE `+which, args...)
	if err != nil {
		return err
	}
	var d Difference
	_, err = pgx.ForEachRow(rows, []any{&d.Table, &d.Kind, &d.Place, &d.Columns, &d.Note, &d.Repair}, func() error { return do(&d) })
	return err
}

// RepairOrder are the kinds of differences in the order that they are mended in: what is too much goes first, and what is missing comes
// last, as it may have the same key; texts have no SQL.
var RepairOrder = []string{"extra", "different", "missing", "text"}

// EachRepair gives the differences of one kind that the last verification found to a function. Tables come in an order in which foreign keys hold while
// rows are inserted, or, with deletes, while they are deleted; tables that refer to each other in a ring are in the ring's order somehow.
func (l *Ledger) EachRepair(ctx context.Context, id, kind string, deletes bool, do func(*Difference) error) error {
	order, err := l.byForeignKeys(ctx, id)
	if err != nil {
		return err
	}
	if deletes {
		slices.Reverse(order)
	}
	return l.differences(ctx, do, "d.plan = $1 AND d.kind = $2 ORDER BY array_position($3::integer[], d.tbl), d.n", id, kind, order)
}

// byForeignKeys gives the tables of a plan, each behind those that it refers to.
func (l *Ledger) byForeignKeys(ctx context.Context, id string) (order []int, err error) {
	rows, err := l.pool.Query(ctx, `WITH t AS (SELECT no, to_regclass(format('%I.%I', target_schema, target_table)) AS rel FROM landfall.load_table WHERE plan = $1)
		SELECT t.no, coalesce(array_agg(p.no ORDER BY p.no) FILTER (WHERE p.no <> t.no), '{}') FROM t LEFT JOIN pg_constraint c ON c.contype = 'f' AND c.conrelid = t.rel LEFT JOIN t p ON p.rel = c.confrelid
		GROUP BY t.no ORDER BY t.no`, id)
	if err != nil {
		return nil, err
	}
	parents := map[int][]int{}
	var all, of []int
	var no int
	if _, err = pgx.ForEachRow(rows, []any{&no, &of}, func() error {
		all, parents[no] = append(all, no), slices.Clone(of)
		return nil
	}); err != nil {
		return nil, err
	}
	seen := map[int]bool{}
	var visit func(no int)
	visit = func(no int) {
		if seen[no] {
			return
		}
		seen[no] = true
		for _, p := range parents[no] {
			visit(p)
		}
		order = append(order, no)
	}
	for _, no := range all {
		visit(no)
	}
	return order, nil
}

// TableRound is what the last verification found of a table, in short.
type TableRound struct {
	Source      string  `json:"source"`
	Target      string  `json:"target"`
	Chunks      int     `json:"chunks"`
	Verified    int     `json:"verified"`
	Rows        int64   `json:"rows"`     // of the source, those that were refused left out
	Rejected    int64   `json:"rejected"` // rows that the load refused: they are in neither
	Stray       int64   `json:"rows_of_no_chunk"`
	Sampled     *int    `json:"sampled,omitempty"`
	Differences *int64  `json:"differences,omitempty"` // not there: it was not verified
	More        *bool   `json:"more,omitempty"`
	Note        *string `json:"note,omitempty"`
}

// Round gives what a verification found, by table.
func (l *Ledger) Round(ctx context.Context, id string, round int) (list []TableRound, err error) {
	rows, err := l.pool.Query(ctx, `SELECT t.source, t.target_schema || '.' || t.target_table, count(c.no), count(*) FILTER (WHERE c.state = 'verified' AND c.round = $2), coalesce(sum(c.source_rows) FILTER (WHERE c.round = $2), 0)::bigint, coalesce(sum(c.rows_rejected), 0)::bigint,
		CASE WHEN t.round = $2 THEN coalesce(t.stray_rows, 0) ELSE 0 END, CASE WHEN t.round = $2 THEN t.sampled END, CASE WHEN t.round = $2 AND t.verified IS NOT NULL THEN t.differences END, CASE WHEN t.round = $2 THEN t.more END,
		CASE WHEN t.round = $2 THEN t.note END
		FROM landfall.load_table t LEFT JOIN landfall.load_chunk c ON c.plan = t.plan AND c.tbl = t.no AND c.state <> 'split' WHERE t.plan = $1 GROUP BY t.plan, t.no ORDER BY t.no`, id, round)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[TableRound])
}
