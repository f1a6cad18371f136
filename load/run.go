package load

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"landfall/internal/model"
	"landfall/internal/postgres/value"
	"landfall/load/ledger"
	"landfall/load/plan"
	"landfall/load/query"
	"landfall/load/source"
	"landfall/load/target"
	"landfall/load/wake"
)

// Options say how a load is run.
type Options struct {
	Source  source.Database
	Streams int // chunks at a time, each with a session of the source and one of the target; 0: as many as the server has cores for

	MaxRejects int64 // rows that may be refused, in the whole load; the first beyond stops it
	AllObjects bool  // views, routines, triggers, grants and jobs of the conversion, too, behind the rows
	TempDir    string

	Host string // how this process is named in the ledger
	PID  int
	// Process tells this process from all others, also those of the same host and number; "" makes one up.
	Process string

	Patience time.Duration // how long a target that is away is waited for; 0: 10 minutes
	// Waits; 0: the usual.
	Beat, IdleWait, RetryWait time.Duration

	// Say is told what happens, one call at a time; nil is told nothing.
	Say func(Event)
}

// Event is something that happened.
type Event struct {
	Kind  string           `json:"kind"`
	Text  string           `json:"text,omitempty"`
	Table string           `json:"table,omitempty"`
	Chunk int              `json:"chunk,omitempty"`
	Rows  int64            `json:"rows,omitempty"`
	Bytes int64            `json:"bytes,omitempty"`
	Work  []ledger.Working `json:"work,omitempty"` // of Kind progress
}

// Target is a target that can be loaded into.
type Target struct {
	Pool     *pgxpool.Pool
	Server   *target.Server
	Ledger   *ledger.Ledger
	Problems []target.Problem
}

// Connect logs in to a target for so many streams.
func Connect(ctx context.Context, url, password string, streams int) (*Target, error) {
	pool, server, problems, err := target.Connect(ctx, url, password, streams+8)
	if err != nil {
		return nil, err
	}
	return &Target{pool, server, ledger.New(pool), problems}, nil
}

// Install makes the ledger, and the queue that calls workers, unless they are there.
func (t *Target) Install(ctx context.Context) error {
	if err := t.Ledger.Install(ctx); err != nil {
		return err
	}
	return wake.Install(ctx, t.Pool)
}

// Close ends its connections.
func (t *Target) Close() { t.Pool.Close() }

// Err is what of the server stands in the way; nil when nothing does.
func (t *Target) Err() error {
	var errs []error
	for _, p := range t.Problems {
		if p.Stop {
			errs = append(errs, &model.Error{Code: "LD0302", Op: "look at the target", Err: errors.New(p.Text), Hint: p.Hint})
		}
	}
	return errors.Join(errs...)
}

// runner is one process at work on one plan.
type runner struct {
	*Target
	ledger *ledger.Ledger
	pool   *pgxpool.Pool
	opt    Options
	id     string
	plan   *plan.Plan
	zones  value.Options
	pace   pace
	drain  <-chan struct{} // closed when no new chunk is to be begun

	mu     sync.Mutex
	tables map[int]*opened
	looked map[uint32]bool // data objects that were looked at
	away   time.Time       // since when nobody can log in to the source; zero: they can
	met    bool            // somebody has logged in
	talk   sync.Mutex
}

func newRunner(ctx context.Context, t *Target, id string, opt Options) (*runner, error) {
	if opt.Streams <= 0 {
		opt.Streams = 1
	}
	for _, d := range []struct {
		at    *time.Duration
		usual time.Duration
	}{{&opt.Patience, 10 * time.Minute}, {&opt.Beat, ledger.Beat}, {&opt.IdleWait, idleWait}, {&opt.RetryWait, retryWait}} {
		if *d.at <= 0 {
			*d.at = d.usual
		}
	}
	if opt.Process == "" {
		opt.Process = rand.Text()
	}
	p, err := t.Ledger.Plan(ctx, id)
	if err != nil {
		return nil, err
	}
	zones, err := zonesOf(p)
	if err != nil {
		return nil, err
	}
	return &runner{Target: t, ledger: t.Ledger, pool: t.Pool, opt: opt, id: id, plan: p, zones: zones, drain: ctx.Done(), tables: map[int]*opened{}, looked: map[uint32]bool{}}, nil
}

// zonesOf are the time zones that values of a plan need. An unknown one is an error: it would move times in silence.
func zonesOf(p *plan.Plan) (z value.Options, err error) {
	if z.LocalZone, err = zone(p.TimeZone); err != nil {
		return z, err
	}
	if z.DBZone, err = zone(p.Source.TimeZone); err != nil {
		for i := range p.Tables {
			for _, c := range p.Tables[i].Columns {
				if c.Type.Name == "TIMESTAMP WITH LOCAL TIME ZONE" {
					return z, fmt.Errorf("%s, column %s: %w", p.Tables[i].SourceName(), c.Source, err)
				}
			}
		}
	}
	return z, nil
}

// zone reads a time zone as DBTIMEZONE gives it: +08:00, or a region.
func zone(s string) (*time.Location, error) {
	if s == "" {
		return nil, nil
	}
	if s[0] == '+' || s[0] == '-' {
		t, err := time.Parse("-07:00", s)
		if err != nil {
			return nil, fmt.Errorf("%q is no time zone", s)
		}
		_, offset := t.Zone()
		return time.FixedZone(s, offset), nil
	}
	l, err := time.LoadLocation(s)
	if err != nil {
		return nil, fmt.Errorf("the time zone %s is not known: %w", s, err)
	}
	return l, nil
}

// sameSource holds that the source is the database that the plan was made of: another one may have the same tables.
func (r *runner) sameSource(ctx context.Context) error {
	if r.opt.Source == nil {
		return nil
	}
	var now source.Identity
	err := r.ask(ctx, "source", func(s source.Session) (err error) {
		now, err = source.ReadIdentity(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if want := r.plan.Source; now.TextCharset != want.TextCharset {
		as := func(name string) string { return cmp.Or(name, "its own character set") }
		return &model.Error{Code: "LD0405", Op: "look at the source", Err: fmt.Errorf("its text is read by %s, and the plan is of %s", as(now.TextCharset), as(want.TextCharset)), Hint: "--source-charset is to be what it was when the load was planned"}
	}
	if want := r.plan.Source; now.Key() != want.Key() || now.Charset != want.Charset {
		return &model.Error{Code: "LD0405", Op: "look at the source", Err: fmt.Errorf("it is %s (%s), and the plan is of %s (%s)", now.Key(), now.Charset, want.Key(), want.Charset), Hint: "--source names another database than the plan was made of"}
	}
	return nil
}

func (r *runner) draining() bool {
	select {
	case <-r.drain:
		return true
	default:
		return false
	}
}

func (r *runner) say(e Event) {
	if r.opt.Say == nil {
		return
	}
	r.talk.Lock()
	defer r.talk.Unlock()
	r.opt.Say(e)
}

func (r *runner) tell(list []ledger.Working) { r.say(Event{Kind: "progress", Work: list}) }

// Run carries out a stored plan, or what is left of it: tables, rows, indexes, constraints, sequences. When ctx ends no new chunk or step is
// begun, and Run comes back when those at hand are done. Its error says why it could not be carried on; what failed by itself, rows that
// were refused, and what is left is told by Inspect.
func Run(ctx context.Context, t *Target, id string, opt Options) error {
	r, err := newRunner(ctx, t, id, opt)
	if err != nil {
		return err
	}
	work := context.WithoutCancel(ctx)
	if err := r.sameSource(work); err != nil {
		return err
	}
	first := true
	return r.patient(ctx, func() error {
		w, leave, err := r.enterAlone(work, ledger.RoleRun)
		if err != nil {
			return err
		}
		defer leave()
		if first {
			if err := r.ledger.Resume(work, id); err != nil {
				return err
			}
			first = false
		}
		return r.all(work, w)
	})
}

// Work copies chunks of a stored plan that a Run elsewhere has made ready, until none is left.
func Work(ctx context.Context, t *Target, id string, opt Options) error {
	r, err := newRunner(ctx, t, id, opt)
	if err != nil {
		return err
	}
	if err := r.sameSource(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	return r.patient(ctx, func() error { return r.worker(context.WithoutCancel(ctx)) })
}

func (r *runner) worker(ctx context.Context) error {
	for {
		ready, err := r.ledger.Ready(ctx, r.id)
		if err != nil || r.draining() {
			return err
		}
		if ready {
			break
		}
		if err := r.idle(ctx, r.opt.IdleWait); err != nil {
			return err
		}
	}
	w, err := r.enter(ctx, ledger.RoleWorker)
	if err != nil {
		return err
	}
	err = r.woken(ctx, w)
	leave, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return errors.Join(err, w.Leave(leave))
}

// woken copies chunks whenever a run calls for workers, until none is left.
func (r *runner) woken(ctx context.Context, w *ledger.Worker) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	at := make([]*working, r.opt.Streams)
	free := make(chan *working, len(at))
	for i := range at {
		at[i] = &working{}
		free <- at[i]
	}
	var background sync.WaitGroup
	background.Go(func() { r.beat(ctx, w, at, stop) })
	background.Go(func() {
		for ctx.Err() == nil && !r.draining() {
			s, err := r.ledger.Left(ctx, r.id)
			if err != nil {
				stop(err)
				return
			}
			if s == 0 {
				break
			}
			if err := r.idle(ctx, r.opt.Beat); err != nil {
				return
			}
		}
		stop(nil)
	})
	err := wake.Listen(ctx, r.pool, r.id, len(at), func(context.Context) error {
		mine := <-free
		defer func() { free <- mine }()
		if err := r.stream(ctx, w, mine, false); err != nil {
			stop(err)
		}
		return nil
	})
	stop(nil)
	background.Wait()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// call calls for workers as long as there are chunks that nobody has.
func (r *runner) call(ctx context.Context) {
	caller, err := wake.NewCaller(r.pool)
	for err == nil && ctx.Err() == nil {
		var open int
		if open, err = r.ledger.Open(ctx, r.id); err == nil && open > 0 {
			err = caller.Call(ctx, r.id, open)
		}
		if err == nil {
			err = r.idle(ctx, r.opt.Beat)
		}
	}
	if err != nil && ctx.Err() == nil && !ledger.Lost(err) { // then the load itself notices
		r.say(Event{Kind: "remark", Text: "workers elsewhere are not called: " + err.Error()})
	}
}

func (r *runner) enter(ctx context.Context, role ledger.Role) (*ledger.Worker, error) {
	return r.ledger.Enter(ctx, r.id, role, ledger.Process{Host: r.opt.Host, PID: r.opt.PID, Key: r.opt.Process})
}

// enterAlone is enter for what one process does at a time; leave ends it.
func (r *runner) enterAlone(ctx context.Context, role ledger.Role) (w *ledger.Worker, leave func(), err error) {
	if w, err = r.enter(ctx, role); err != nil {
		return nil, nil, err
	}
	return w, func() {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		_ = w.Leave(ctx) // if it cannot say so, its connection is gone, and with it what it held
	}, nil
}

// all does everything that is left, in order.
func (r *runner) all(ctx context.Context, w *ledger.Worker) error {
	if err := r.steps(ctx, w, plan.Before, plan.Tables); err != nil {
		return err
	}
	if r.draining() {
		return nil
	}
	var bytes int64
	for i := range r.plan.Tables {
		bytes += r.plan.Tables[i].Bytes
	}
	r.say(Event{Kind: "remark", Text: fmt.Sprintf("the rows take about %d MB in the target, and as much again in its log between two checkpoints; indexes come on top. A server does not say how much room it has", bytes>>20+1)})
	if err := r.unseen(ctx); err != nil {
		return err
	}
	if err := r.openAll(ctx); err != nil {
		return err
	}
	calling, stop := context.WithCancel(ctx)
	var calls sync.WaitGroup
	calls.Go(func() { r.call(calling) })
	err := r.streams(ctx, w)
	stop()
	calls.Wait()
	if err != nil {
		return err
	}
	if left, err := r.ledger.Left(ctx, r.id); err != nil || left > 0 || r.draining() {
		return err // what failed or was stopped is told by Inspect
	}
	if err := r.count(ctx); err != nil {
		return err
	}
	for _, phase := range []plan.Phase{plan.Indexes, plan.UniqueKeys, plan.ForeignKeys, plan.Validate, plan.Sequences, plan.Analyze} {
		if err := r.steps(ctx, w, phase); err != nil {
			return err
		}
	}
	if r.opt.AllObjects {
		return r.steps(ctx, w, plan.After)
	}
	return nil
}

// openAll looks at every table before the first row goes anywhere, and tells everything that is wrong at once.
func (r *runner) openAll(ctx context.Context) error {
	var errs []error
	todo, err := r.ledger.Unloaded(ctx, r.id)
	if err != nil {
		return err
	}
	for _, i := range todo { // what is loaded may have got its keys already
		t := &r.plan.Tables[i]
		err := func() error {
			to, err := target.Look(ctx, r.pool, r.Server, t)
			if err != nil {
				return err
			}
			if err := to.Err(t); err != nil {
				errs = append(errs, err)
				return nil
			}
			for _, p := range to.Problems {
				r.say(Event{Kind: "remark", Table: t.SourceName(), Text: p.Text})
			}
			o, err := open(t, to, r.zones)
			if err != nil {
				errs = append(errs, &model.Error{Code: "LD0303", Op: "load", Err: err, Hint: "docs/load.md has the types that go together"})
				return nil
			}
			return pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error {
				before, err := ledger.Open(ctx, tx, r.id, t.No)
				if err != nil {
					return err
				}
				if !before {
					empty, err := target.Empty(ctx, tx, t)
					if err != nil {
						return err
					}
					if !empty {
						errs = append(errs, &model.Error{Code: "LD0304", Op: "load " + t.SourceName(), Err: fmt.Errorf("%s has rows already", target.Name(t)), Hint: "TRUNCATE " + target.Name(t) + ", if nobody needs them; or leave it out with load.exclude"})
						return pgx.ErrTxClosed
					}
				}
				r.mu.Lock()
				defer r.mu.Unlock()
				r.tables[i] = o
				return nil
			})
		}()
		if err != nil && !errors.Is(err, pgx.ErrTxClosed) {
			return err
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	return r.ledger.SetReady(ctx, r.id)
}

// firstLook reports whether nobody has looked at a chunk's data object yet.
func (r *runner) firstLook(c *plan.Chunk) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := r.looked[c.Object]
	r.looked[c.Object] = true
	return !seen
}

// table is a table that rows go into; a worker looks at those that it needs itself.
func (r *runner) table(ctx context.Context, i int) (*opened, error) {
	r.mu.Lock()
	o := r.tables[i]
	r.mu.Unlock()
	if o != nil {
		return o, nil
	}
	t := &r.plan.Tables[i]
	to, err := target.Look(ctx, r.pool, r.Server, t)
	if err == nil {
		err = to.Err(t)
	}
	if err == nil {
		o, err = open(t, to, r.zones)
	}
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tables[i] = o
	return o, nil
}

// count holds the rows that were read against the source's own count of the snapshot, which knows nothing of chunks.
func (r *runner) count(ctx context.Context) error {
	var errs []error
	for i := range r.plan.Tables {
		if r.draining() {
			return nil
		}
		t := &r.plan.Tables[i]
		read, counted, err := r.ledger.TableRows(ctx, r.id, i)
		if err != nil {
			return err
		}
		if !counted.Valid {
			var n int64
			err := r.ask(ctx, t.SourceName(), func(s source.Session) (err error) {
				n, err = number(ctx, s, query.Count(t, nil, r.plan.SCN))
				return err
			})
			if err != nil {
				return &model.Error{Code: "LD0402", Op: "count " + t.SourceName(), Err: err, Hint: "the same command goes on here"}
			}
			if err := r.ledger.SetCounted(ctx, r.id, i, n); err != nil {
				return err
			}
			counted.Int64 = n
		}
		if read != counted.Int64 {
			errs = append(errs, &model.Error{Code: "LD0403", Op: "load " + t.SourceName(), Err: fmt.Errorf("%d rows were read, and the source counts %d as of SCN %s", read, counted.Int64, r.plan.SCN), Hint: "landfall load verify finds the rows"})
		}
	}
	return errors.Join(errs...)
}

// ask asks the source something small, in a session of its own, again where that can help.
func (r *runner) ask(ctx context.Context, what string, do func(s source.Session) error) error {
	var said time.Time
	for try := 1; ; try++ {
		s, err := r.opt.Source.Open(ctx)
		if err != nil {
			err = &sourceError{err}
		} else {
			r.present()
			err = do(s)
			if e := s.Close(); err == nil {
				err = e
			}
		}
		if err == nil || !passing(err) || r.draining() || r.misnamed(err) || !r.awaited(err) && try >= ledger.MaxFailures {
			return err
		}
		if time.Since(said) > sayWait { // it may last
			r.say(Event{Kind: "source-retry", Table: what, Text: err.Error()})
			said = time.Now()
		}
		if err := r.idle(ctx, r.opt.RetryWait); err != nil {
			return err
		}
	}
}

// sayWait is how often somebody is told the same while something is waited for.
const sayWait = 30 * time.Second

// misnamed reports whether a listener does not know the service, and never has: that is a mistake of who named it, while a service that was
// there will come again.
func (r *runner) misnamed(err error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	code := source.ORA(err)
	return !r.met && (code == 12514 || code == 12505)
}

// idle sleeps unless the end has come.
func (r *runner) idle(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.drain:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
