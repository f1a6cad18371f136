package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Lease is how long a worker counts as alive after its last sign of life, should the server not notice that its connection is gone.
const Lease = 60 * time.Second

// Beat is the distance of signs of life.
const Beat = 2 * time.Second

// aliveWorker is a condition on landfall.load_worker w: its connection, which holds an advisory lock of its number, is there, and its lease
// has not run out. A process that is killed loses its connection at once; one whose machine or network is gone, its lease.
const aliveWorker = `(w.ended IS NULL AND w.lease > now() AND EXISTS (SELECT FROM pg_locks k WHERE k.locktype = 'advisory' AND k.classid = 19526
	AND k.objid = w.worker AND k.objsubid = 2 AND k.database = (SELECT oid FROM pg_database WHERE datname = current_database())))`

// Role is what a worker does.
type Role string

// Roles.
const (
	RoleRun    Role = "run" // one a plan: it makes tables and indexes too
	RoleWorker Role = "worker"
	RoleVerify Role = "verify"
)

// ErrBusy says that another process does what only one may.
var ErrBusy = errors.New("another process is at it")

// Worker is this process in the ledger.
type Worker struct {
	l    *Ledger
	Plan string
	No   int32
	conn *pgx.Conn // holds the advisory lock; none of the pool's, whose number is limited
}

// Chunk that a worker has at hand, and how far it is.
type Working struct {
	Chunk int    `json:"chunk"`
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	Bytes int64  `json:"bytes"`
}

// Process is a process of some machine. Key is its own alone: host and number may be those of another, in another container.
type Process struct {
	Host string
	PID  int
	Key  string
}

// Enter registers a worker. It keeps a connection until Leave. ErrBusy when the role is for one process alone and taken by another.
func (l *Ledger) Enter(ctx context.Context, id string, role Role, p Process) (*Worker, error) {
	conn, err := pgx.ConnectConfig(ctx, l.pool.Config().ConnConfig)
	if err != nil {
		return nil, err
	}
	w := &Worker{l: l, Plan: id, conn: conn}
	// a machine that is gone is noticed by the server before its lease runs out
	if _, err := conn.PgConn().Exec(ctx, "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4; SET idle_session_timeout = 0").ReadAll(); err != nil {
		return nil, errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1, hashtext($2))", lockClass, id); err != nil {
			return err
		}
		// what this process was before it lost its connection
		if _, err := tx.Exec(ctx, "UPDATE landfall.load_worker SET ended = now() WHERE plan = $1 AND process = $2 AND role = $3 AND ended IS NULL", id, p.Key, string(role)); err != nil {
			return err
		}
		if role != RoleWorker {
			var taken *string
			err := tx.QueryRow(ctx, "SELECT min(format('%s, process %s', host, pid)) FROM landfall.load_worker w WHERE w.plan = $1 AND w.role = $2 AND "+aliveWorker, id, string(role)).Scan(&taken)
			if err != nil {
				return err
			}
			if taken != nil {
				return fmt.Errorf("%w: %s of plan %s on %s", ErrBusy, role, id, *taken)
			}
		}
		err := tx.QueryRow(ctx, "INSERT INTO landfall.load_worker (plan, host, pid, process, role, lease) VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6)) RETURNING worker",
			id, p.Host, p.PID, p.Key, string(role), Lease.Seconds()).Scan(&w.No)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "SELECT pg_advisory_lock($1, $2)", lockClass, w.No)
		return err
	})
	if err != nil {
		return nil, errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}
	return w, nil
}

// shareOfRate is what one worker may write of the rate of the load p: as much as each of the others that have chunks; 0 is no limit.
const shareOfRate = "coalesce(p.bytes_a_second / greatest(1, (SELECT count(DISTINCT c.worker) FROM landfall.load_chunk c WHERE c.plan = p.plan AND c.state = 'copying')), 0)"

// Beat is a sign of life, with what is at hand. It gives back how many bytes a second this worker may write, 0 for no limit: those of the
// load, shared by all that have chunks. Its error says that the lock may be lost: whoever gets it stops and enters again.
func (w *Worker) Beat(ctx context.Context, working []Working) (limit int64, err error) {
	if working == nil {
		working = []Working{}
	}
	b, err := json.Marshal(working)
	if err != nil {
		return 0, err
	}
	err = w.conn.QueryRow(ctx, `UPDATE landfall.load_worker SET lease = now() + make_interval(secs => $2), progress = $3 WHERE worker = $1 AND ended IS NULL
		RETURNING coalesce((SELECT `+shareOfRate+` FROM landfall.load_plan p WHERE p.plan = $4), 0)`, w.No, Lease.Seconds(), string(b), w.Plan).Scan(&limit)
	if errors.Is(err, pgx.ErrNoRows) {
		err = fmt.Errorf("worker %d of plan %s: %w", w.No, w.Plan, ErrNoPlan)
	}
	return limit, err
}

// Leave ends the worker in order. Without it, its chunks are free as soon as its connection is gone.
func (w *Worker) Leave(ctx context.Context) error {
	_, err := w.conn.Exec(ctx, "UPDATE landfall.load_worker SET ended = now(), progress = '[]' WHERE worker = $1", w.No)
	return errors.Join(err, w.conn.Close(ctx))
}

// connection reports whether an error that is none of the server's is one of the connection.
func connection(err error) bool {
	var n net.Error
	var c *pgconn.ConnectError
	return errors.As(err, &n) || errors.As(err, &c) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "connection reset") || strings.Contains(err.Error(), "broken pipe")
}
