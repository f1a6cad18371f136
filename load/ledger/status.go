package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"landfall/internal/model"
)

// Status is how far a load is, as the target knows it.
type Status struct {
	Plan     string     `json:"plan"`
	Source   string     `json:"source"`
	SCN      model.SCN  `json:"scn"`
	SyncFrom model.SCN  `json:"sync_from,omitempty"`
	Created  time.Time  `json:"created"`
	Started  *time.Time `json:"started,omitempty"`
	Now      time.Time  `json:"now"` // of the server
	State    State      `json:"state"`
	Stopped  string     `json:"stopped,omitempty"` // why no more chunks are given out

	Paused         bool   `json:"paused"`
	BytesPerSecond *int64 `json:"bytes_per_second_limit,omitempty"`
	Sessions       *int   `json:"source_sessions_limit,omitempty"`

	Totals   Totals         `json:"totals"`
	Rate     Rate           `json:"rate"`
	Time     Spent          `json:"time"`
	Tables   []TableStatus  `json:"tables"`
	Workers  []WorkerStatus `json:"workers"`
	Steps    []StepCount    `json:"steps"`
	Failures []Failure      `json:"failures"` // of chunks and steps, as far as they are not mended
	Skipped  []StepState    `json:"skipped"`  // steps that were left out
	Changed  []Changed      `json:"changed"`  // values that policies have changed
}

// State is a load in a word.
type State string

// States.
const (
	Planned  State = "planned"  // nothing has been done
	Running  State = "running"  // somebody is at work
	Paused   State = "paused"   // somebody would be
	Stopped  State = "stopped"  // nobody is at work, and something is left
	Failed   State = "failed"   // the same, and something failed
	Complete State = "complete" // nothing is left
)

// Totals add up the tables.
type Totals struct {
	Tables   int   `json:"tables"`
	Chunks   int   `json:"chunks"`
	Copied   int   `json:"copied"`
	Verified int   `json:"verified"`
	Weight   int64 `json:"weight"`      // bytes of blocks, or an estimate where there are none
	Done     int64 `json:"weight_done"` // of that
	Read     int64 `json:"rows_read"`
	Written  int64 `json:"rows_written"`
	Rejected int64 `json:"rows_rejected"`
	Bytes    int64 `json:"bytes"`         // as written
	InHand   int64 `json:"bytes_in_hand"` // of chunks that are being copied now
}

// Rate is how fast it goes, over the last two minutes of work.
type Rate struct {
	Rows  float64 `json:"rows_per_second"`
	Bytes float64 `json:"bytes_per_second"`
	// Left is how many seconds it takes at that rate; 0 when nothing can be said.
	Left float64 `json:"seconds_left,omitempty"`
}

// Spent is where the time of the streams went.
type Spent struct {
	SourceMS int64 `json:"source_ms"` // waiting for the source, and decoding
	EncodeMS int64 `json:"encode_ms"`
	TargetMS int64 `json:"target_ms"` // waiting for PostgreSQL
}

// TableStatus is how far a table is.
type TableStatus struct {
	No          int        `json:"no"`
	Source      string     `json:"source"`
	Target      string     `json:"target"`
	Chunks      int        `json:"chunks"`
	Copied      int        `json:"copied"`
	Verified    int        `json:"verified"`
	Weight      int64      `json:"weight"`
	Done        int64      `json:"weight_done"`
	Read        int64      `json:"rows_read"`
	Written     int64      `json:"rows_written"`
	Rejected    int64      `json:"rows_rejected"`
	Bytes       int64      `json:"bytes"`
	Counted     *int64     `json:"rows_counted,omitempty"` // by the source itself
	VerifiedAt  *time.Time `json:"verified_at,omitempty"`
	Differences *int64     `json:"differences,omitempty"`
}

// WorkerStatus is a process at work.
type WorkerStatus struct {
	No      int             `json:"no"`
	Host    string          `json:"host"`
	PID     int             `json:"pid"`
	Role    string          `json:"role"`
	Started time.Time       `json:"started"`
	Alive   bool            `json:"alive"`
	Work    json.RawMessage `json:"work"` // []Working
}

// StepCount counts the steps of a phase.
type StepCount struct {
	Phase   string `json:"phase"`
	Planned int    `json:"planned"`
	Running int    `json:"running"`
	Done    int    `json:"done"`
	Skipped int    `json:"skipped"`
}

// Failure is a chunk or step that failed.
type Failure struct {
	What  string `json:"what"` // chunk or step
	No    int    `json:"no"`
	Name  string `json:"name"`
	Tries int    `json:"tries"`
	Final bool   `json:"final"` // it is not tried again in this run
	Error string `json:"error"`
}

// Changed is how many values of a column were written otherwise than the source has them, because landfall.yaml says so.
type Changed struct {
	Table  string `json:"table"`
	Column string `json:"column"`
	Fault  string `json:"fault"`
	Action string `json:"action"`
	Values int64  `json:"values"`
}

// Status reads how far a load is. All of it is of one moment.
func (l *Ledger) Status(ctx context.Context, id string) (*Status, error) {
	var s *Status
	err := pgx.BeginTxFunc(ctx, l.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		s, err = status(ctx, tx, id)
		return err
	})
	return s, err
}

const tableStatus = `SELECT t.no, t.source, t.target_schema || '.' || t.target_table, count(c.no), count(*) FILTER (WHERE c.copied IS NOT NULL), count(*) FILTER (WHERE c.state = 'verified'),
	coalesce(sum(c.weight), 0)::bigint, coalesce(sum(c.weight) FILTER (WHERE c.copied IS NOT NULL), 0)::bigint, coalesce(sum(c.rows_read), 0)::bigint, coalesce(sum(c.rows_written), 0)::bigint,
	coalesce(sum(c.rows_rejected), 0)::bigint, coalesce(sum(c.bytes), 0)::bigint, t.counted, t.verified, t.differences
	FROM landfall.load_table t LEFT JOIN landfall.load_chunk c ON c.plan = t.plan AND c.tbl = t.no AND c.state <> 'split' WHERE t.plan = $1 GROUP BY t.plan, t.no ORDER BY t.no`

func status(ctx context.Context, tx pgx.Tx, id string) (*Status, error) {
	s := &Status{Plan: id}
	var from *int64
	var stop *string
	err := tx.QueryRow(ctx, "SELECT source, scn, sync_from, created, started, now(), paused, bytes_a_second, sessions, stop FROM landfall.load_plan WHERE plan = $1", id).
		Scan(&s.Source, &s.SCN, &from, &s.Created, &s.Started, &s.Now, &s.Paused, &s.BytesPerSecond, &s.Sessions, &stop)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ErrNoPlan
	}
	if err != nil {
		return nil, err
	}
	if from != nil {
		s.SyncFrom = model.SCN(*from)
	}
	if stop != nil {
		s.Stopped = *stop
	}
	if s.Tables, err = list[TableStatus](ctx, tx, tableStatus, id); err != nil {
		return nil, err
	}
	s.Workers, err = list[WorkerStatus](ctx, tx, "SELECT w.worker, w.host, w.pid, w.role, w.started, "+aliveWorker+", w.progress FROM landfall.load_worker w WHERE w.plan = $1 AND w.ended IS NULL ORDER BY w.worker", id)
	if err != nil {
		return nil, err
	}
	s.Steps, err = list[StepCount](ctx, tx, `SELECT phase, count(*) FILTER (WHERE state = 'planned'), count(*) FILTER (WHERE state = 'running'), count(*) FILTER (WHERE state = 'done'),
		count(*) FILTER (WHERE state = 'skipped') FROM landfall.load_step WHERE plan = $1 GROUP BY phase ORDER BY min(no)`, id)
	if err != nil {
		return nil, err
	}
	s.Failures, err = list[Failure](ctx, tx, `SELECT 'chunk', c.no, t.source, c.failures, c.failures >= $2, c.error FROM landfall.load_chunk c JOIN landfall.load_table t ON t.plan = c.plan AND t.no = c.tbl
			WHERE c.plan = $1 AND c.error IS NOT NULL AND c.state IN ('planned', 'copying')
		UNION ALL SELECT 'step', no, phase || ' ' || name, attempt, true, error FROM landfall.load_step WHERE plan = $1 AND error IS NOT NULL AND state = 'planned' ORDER BY 1, 2`, id, MaxFailures)
	if err != nil {
		return nil, err
	}
	if s.Skipped, err = list[StepState](ctx, tx, "SELECT "+stepColumns+" FROM landfall.load_step WHERE plan = $1 AND state = 'skipped' ORDER BY no", id); err != nil {
		return nil, err
	}
	s.Changed, err = list[Changed](ctx, tx, `SELECT t.source, f ->> 'column', f ->> 'fault', f ->> 'action', sum((f ->> 'values')::bigint)::bigint
		FROM landfall.load_chunk c JOIN landfall.load_table t ON t.plan = c.plan AND t.no = c.tbl, jsonb_array_elements(c.faults) f
		WHERE c.plan = $1 AND c.copied IS NOT NULL GROUP BY c.tbl, 1, 2, 3, 4 ORDER BY c.tbl, 2, 3, 4`, id)
	if err != nil {
		return nil, err
	}
	err = tx.QueryRow(ctx, "SELECT coalesce(sum(source_ms), 0)::bigint, coalesce(sum(encode_ms), 0)::bigint, coalesce(sum(target_ms), 0)::bigint FROM landfall.load_chunk WHERE plan = $1", id).
		Scan(&s.Time.SourceMS, &s.Time.EncodeMS, &s.Time.TargetMS)
	if err != nil {
		return nil, err
	}
	for i := range s.Tables {
		t := &s.Tables[i]
		s.Totals.Tables++
		s.Totals.Chunks += t.Chunks
		s.Totals.Copied += t.Copied
		s.Totals.Verified += t.Verified
		s.Totals.Weight += t.Weight
		s.Totals.Done += t.Done
		s.Totals.Read += t.Read
		s.Totals.Written += t.Written
		s.Totals.Rejected += t.Rejected
		s.Totals.Bytes += t.Bytes
	}
	for _, w := range s.Workers {
		var at []Working
		if err := json.Unmarshal(w.Work, &at); err != nil {
			return nil, err
		}
		for _, x := range at {
			if w.Alive {
				s.Totals.InHand += x.Bytes
			}
		}
	}
	if err := s.rate(ctx, tx, id); err != nil {
		return nil, err
	}
	s.State = s.state()
	return s, nil
}

// list collects rows; none is an empty list.
func list[T any](ctx context.Context, tx pgx.Tx, sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByPos[T])
	if out == nil {
		out = []T{}
	}
	return out, err
}

// rate looks at the chunks that ended in the last two minutes of work. Before a hundredth is done nothing is said of what is left.
func (s *Status) rate(ctx context.Context, tx pgx.Tx, id string) error {
	var rows, bytes, weight, seconds float64
	err := tx.QueryRow(ctx, `WITH last AS (SELECT max(copied) AS at FROM landfall.load_chunk WHERE plan = $1)
		SELECT coalesce(sum(rows_written), 0)::float8, coalesce(sum(bytes), 0)::float8, coalesce(sum(weight), 0)::float8, coalesce(extract(epoch FROM max(copied) - min(started)), 0)::float8
		FROM landfall.load_chunk, last WHERE plan = $1 AND copied > last.at - interval '2 minutes'`, id).Scan(&rows, &bytes, &weight, &seconds)
	if err != nil || seconds <= 0 {
		return err
	}
	s.Rate.Rows, s.Rate.Bytes = rows/seconds, bytes/seconds
	if weight > 0 && s.Totals.Done*100 >= s.Totals.Weight && s.Totals.Copied < s.Totals.Chunks {
		s.Rate.Left = float64(s.Totals.Weight-s.Totals.Done) / (weight / seconds)
	}
	return nil
}

func (s *Status) state() State {
	alive := false
	for _, w := range s.Workers {
		alive = alive || w.Alive
	}
	left := s.Totals.Copied < s.Totals.Chunks
	for _, c := range s.Steps {
		if c.Phase != "after" { // those are made when they are asked for
			left = left || c.Planned+c.Running > 0
		}
	}
	switch {
	case alive && s.Paused:
		return Paused
	case alive:
		return Running
	case len(s.Failures) > 0 || s.Stopped != "":
		return Failed
	case !left:
		return Complete
	case s.Started == nil:
		return Planned
	}
	return Stopped
}

// Control is what can be changed while a load runs; nil leaves a thing as it is, a pointer to 0 takes a limit away.
type Control struct {
	Paused         *bool
	BytesPerSecond *int64
	Sessions       *int
}

// Steer changes how a load runs. Whoever works on it takes it up with the next chunk, the limit of bytes within seconds.
func (l *Ledger) Steer(ctx context.Context, id string, c Control) error {
	tag, err := l.pool.Exec(ctx, `UPDATE landfall.load_plan SET paused = coalesce($2, paused),
		bytes_a_second = CASE WHEN $3::bigint IS NULL THEN bytes_a_second ELSE nullif($3, 0) END, sessions = CASE WHEN $4::integer IS NULL THEN sessions ELSE nullif($4, 0) END
		WHERE plan = $1`, id, c.Paused, c.BytesPerSecond, c.Sessions)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNoPlan
	}
	return err
}

// Rejected is a row that was not written, with where it is from.
type Rejected struct {
	Table  string `json:"table"`
	Chunk  int    `json:"chunk"`
	Place  string `json:"row,omitempty"` // ROWID, or the key
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Error  string `json:"error"`
	Hex    string `json:"hex,omitempty"` // bytes of the value, as Oracle has them
	Cut    bool   `json:"cut,omitempty"` // there are more
	Final  bool   `json:"final"`         // its chunk is copied without it; else the chunk is tried again
}

// EachRejected gives all rejected rows, in order, to a function.
func (l *Ledger) EachRejected(ctx context.Context, id string, do func(*Rejected) error) error {
	rows, err := l.pool.Query(ctx, `SELECT t.source, r.chunk, coalesce(r.place, ''), coalesce(r.col, ''), r.code, r.error, coalesce(r.hex, ''), r.cut, c.copied IS NOT NULL
		FROM landfall.load_reject r JOIN landfall.load_chunk c ON c.plan = r.plan AND c.no = r.chunk AND c.attempt = r.attempt JOIN landfall.load_table t ON t.plan = c.plan AND t.no = c.tbl
		WHERE r.plan = $1 ORDER BY c.tbl, r.chunk, r.n`, id)
	if err != nil {
		return err
	}
	var r Rejected
	_, err = pgx.ForEachRow(rows, []any{&r.Table, &r.Chunk, &r.Place, &r.Column, &r.Code, &r.Error, &r.Hex, &r.Cut, &r.Final}, func() error { return do(&r) })
	return err
}
