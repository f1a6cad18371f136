// Package ledger is what a load knows of itself, kept in the target: plans, chunks and their states, who works on what, rejected rows,
// steps. It is the truth: what it says is copied is in the tables, because both were one transaction.
//
// Input -> output: a connection pool and plans in; claims, states and figures out. It copies no rows: who does calls Begin and Finish
// in the transaction of the rows. It decides nothing about the source.
//
// All methods may be called by many goroutines, and by processes on many machines.
package ledger

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"landfall/internal/model"
	"landfall/load/plan"
	"landfall/load/source"
)

//go:embed schema.sql
var schema string

// Ledger is the ledger of one target database.
type Ledger struct {
	pool *pgxpool.Pool
}

// New takes a pool of connections to the target.
func New(pool *pgxpool.Pool) *Ledger { return &Ledger{pool} }

// lockClass is the first half of our advisory locks; the second is a worker's number, or one of these.
const (
	lockClass   = 0x4c46 // LF
	lockInstall = -1
)

// Install makes the tables. It may be called again, by several at once. Tables of another version that lack something are LD0202.
func (l *Ledger) Install(ctx context.Context) error {
	return l.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1, $2)", lockClass, lockInstall); err != nil {
			return err
		}
		if err := check(ctx, tx); err != nil { // before anything of this version is put beside them
			return err
		}
		_, err := tx.Conn().PgConn().Exec(ctx, schema).ReadAll()
		return err
	})
}

// Installed reports whether the tables are there. Those of another version that lack something are LD0202.
func (l *Ledger) Installed(ctx context.Context) (ok bool, err error) {
	err = l.pool.QueryRow(ctx, "SELECT to_regclass('landfall.load_step') IS NOT NULL").Scan(&ok)
	if err == nil && ok {
		err = check(ctx, l.pool)
	}
	return ok, err
}

func (l *Ledger) tx(ctx context.Context, do func(tx pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, l.pool, do)
}

// Taken is the error of a plan whose tables another load has.
type Taken struct{ Table, Plan, Source string }

func (e *Taken) Error() string {
	return fmt.Sprintf("another load has the table %s: plan %s of %s", e.Table, e.Plan, e.Source)
}

// Store takes in a plan before the first row of it. A plan that is there already is left as it is. A plan of which nothing was done yet
// gives way to another one for the same source; any other that has one of the tables is in the way (*Taken).
func (l *Ledger) Store(ctx context.Context, p *plan.Plan) (id string, err error) {
	body, err := p.Encode()
	if err != nil {
		return "", err
	}
	if id, err = p.ID(); err != nil {
		return "", err
	}
	return id, l.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1, $2)", lockClass, lockInstall); err != nil {
			return err
		}
		var there bool
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM landfall.load_plan WHERE plan = $1)", id).Scan(&there); err != nil || there {
			return err
		}
		if _, err := forget(ctx, tx, "source = $1 AND started IS NULL AND NOT EXISTS (SELECT FROM landfall.load_worker w WHERE w.plan = p.plan AND "+aliveWorker+")", p.Source.Key()); err != nil {
			return err
		}
		schemas, tables := make([]string, len(p.Tables)), make([]string, len(p.Tables))
		for i := range p.Tables {
			schemas[i], tables[i] = p.Tables[i].Schema, p.Tables[i].Target
		}
		var t Taken
		err := tx.QueryRow(ctx, `SELECT t.target_schema || '.' || t.target_table, t.plan, p.source
			FROM unnest($1::text[], $2::text[]) AS n (s, t) JOIN landfall.load_table t ON t.target_schema = n.s AND t.target_table = n.t
			JOIN landfall.load_plan p USING (plan) LIMIT 1`, schemas, tables).Scan(&t.Table, &t.Plan, &t.Source)
		switch {
		case err == nil:
			return &model.Error{Code: "LD0201", Op: "store the plan", Err: &t, Hint: "landfall load discard " + t.Plan + " forgets that load (its rows stay); or name other targets in landfall.yaml"}
		case !errors.Is(err, pgx.ErrNoRows):
			return err
		}
		return insert(ctx, tx, id, p, string(body))
	})
}

func insert(ctx context.Context, tx pgx.Tx, id string, p *plan.Plan, body string) error {
	var from *int64
	if p.SyncFrom != 0 {
		n := int64(p.SyncFrom)
		from = &n
	}
	_, err := tx.Exec(ctx, "INSERT INTO landfall.load_plan (plan, tool, source, scn, sync_from, body) VALUES ($1, $2, $3, $4, $5, $6)",
		id, p.Tool, p.Source.Key(), int64(p.SCN), from, body)
	if err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"landfall", "load_table"}, []string{"plan", "no", "source", "target_schema", "target_table"},
		pgx.CopyFromSlice(len(p.Tables), func(i int) ([]any, error) {
			t := &p.Tables[i]
			return []any{id, t.No, t.SourceName(), t.Schema, t.Target}, nil
		}))
	if err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"landfall", "load_chunk"}, []string{"plan", "no", "tbl", "spec", "weight"},
		pgx.CopyFromSlice(len(p.Chunks), func(i int) ([]any, error) {
			c := &p.Chunks[i]
			return []any{id, c.No, c.Table, c, c.Weight()}, nil
		}))
	if err != nil {
		return err
	}
	steps := Steps(p)
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"landfall", "load_step"}, []string{"plan", "no", "phase", "name", "tbl", "sql", "needs"},
		pgx.CopyFromSlice(len(steps), func(i int) ([]any, error) {
			s := &steps[i]
			var tbl *int
			if s.Table >= 0 {
				tbl = &s.Table
			}
			return []any{id, s.No, string(s.Phase), s.Name, tbl, s.SQL, s.Needs}, nil
		}))
	return err
}

// Summary is a stored plan in a line.
type Summary struct {
	Plan    string     `json:"plan"`
	Source  string     `json:"source"`
	SCN     model.SCN  `json:"scn"`
	Created time.Time  `json:"created"`
	Started *time.Time `json:"started,omitempty"`
	Tables  int        `json:"tables"`
	Chunks  int        `json:"chunks"` // that count: split ones are their pieces
	Copied  int        `json:"copied"` // of Chunks
}

// Plans lists the stored plans, the newest first.
func (l *Ledger) Plans(ctx context.Context) ([]Summary, error) {
	rows, err := l.pool.Query(ctx, `SELECT p.plan, p.source, p.scn, p.created, p.started,
		(SELECT count(*) FROM landfall.load_table t WHERE t.plan = p.plan),
		(SELECT count(*) FROM landfall.load_chunk c WHERE c.plan = p.plan AND c.state <> 'split'),
		(SELECT count(*) FROM landfall.load_chunk c WHERE c.plan = p.plan AND c.state IN ('copied', 'verified'))
		FROM landfall.load_plan p ORDER BY p.created DESC, p.plan`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Summary])
}

// ErrNoPlan says that the target has no such plan.
var ErrNoPlan = errors.New("the target has no such plan")

// Plan reads a stored plan.
func (l *Ledger) Plan(ctx context.Context, id string) (*plan.Plan, error) {
	var body string
	err := l.pool.QueryRow(ctx, "SELECT body FROM landfall.load_plan WHERE plan = $1", id).Scan(&body)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ErrNoPlan
	}
	if err != nil {
		return nil, err
	}
	return plan.Decode([]byte(body))
}

// Discard forgets a plan and what was done for it; rows that were copied stay where they are. A load that is being worked on is refused.
func (l *Ledger) Discard(ctx context.Context, id string) error {
	return l.tx(ctx, func(tx pgx.Tx) error {
		var alive int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM landfall.load_worker w WHERE w.plan = $1 AND "+aliveWorker, id).Scan(&alive); err != nil {
			return err
		}
		if alive > 0 {
			return fmt.Errorf("%d processes are working on it", alive)
		}
		plans, err := forget(ctx, tx, "plan = $1", id)
		if err == nil && plans == 0 {
			err = ErrNoPlan
		}
		return err
	})
}

// forget deletes the plans p of which a condition holds, with all that is known of them, and says how many there were. A session that may
// pass over foreign keys does so (session_replication_role), and over what they delete behind a plan: so everything is named.
func forget(ctx context.Context, tx pgx.Tx, where string, arg any) (int64, error) {
	tag, err := tx.Exec(ctx, "DELETE FROM landfall.load_plan p WHERE "+where, arg)
	if err != nil {
		return 0, err
	}
	for _, table := range []string{"load_reject", "load_difference", "load_step", "load_chunk", "load_worker", "load_table"} {
		if _, err := tx.Exec(ctx, "DELETE FROM landfall."+table+" WHERE plan NOT IN (SELECT plan FROM landfall.load_plan)"); err != nil {
			return 0, err
		}
	}
	return tag.RowsAffected(), nil
}

// Lost reports whether an error may mean that the connection, and not what was asked, failed: the server was killed or stopped, or the
// network broke. Whether a COMMIT that failed so was done is not known; the ledger says.
func Lost(err error) bool {
	if errors.Is(err, source.ErrLost) || source.ORA(err) != 0 { // of the other side
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "57P01", "57P02", "57P03", "53300", "08000", "08003", "08006", "25P03", "57P05": // shutdowns, starting up, too many, connection exceptions, idle timeouts
			return true
		}
		return false
	}
	return err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, ErrLostClaim) && !errors.Is(err, ErrNoPlan) && !errors.Is(err, pgx.ErrNoRows) && connection(err)
}
