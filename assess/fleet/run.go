package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"landfall/assess"
	"landfall/internal/model"
	"landfall/internal/parallel"
	"landfall/internal/project"
)

// Options say how a fleet is assessed.
type Options struct {
	List    []project.FleetEntry
	Out     string // folder of the results
	Jobs    int    // databases at a time; 0 is one
	Keep    bool   // go on when a database fails
	Version string // of the program, for the report
	Lang    string // of what the roll-up says: en, zh
	Figures map[string]assess.Range
	// Input gives the hash of what an entry names and of all settings that its result depends on.
	Input func(ctx context.Context, e project.FleetEntry) (string, error)
	// Same reports whether a file that an earlier run read from outside of an entry's folder is still what it was; nil: none is.
	Same func(e project.FleetEntry, in OutsideFile) bool
	// Assess assesses one entry. Several run at a time.
	Assess func(ctx context.Context, e project.FleetEntry) (*assess.Result, error)
	// Write writes the reports of one result into a folder. Several run at a time.
	Write func(dir string, r *assess.Result) error
	// Progress is told of every database that is done, one call at a time; nil says nothing.
	Progress func(done, total int, name string, skipped bool)
}

// Run assesses every database of the list that is not finished already, and gives the roll-up, which it also writes. With
// Keep, a database that fails is listed; without, the first failure ends the run, and what was finished stays.
func Run(ctx context.Context, opt Options) (*Result, error) {
	j, err := openJournal(opt.Out)
	if err != nil {
		return nil, err
	}
	if opt.Progress == nil {
		opt.Progress = func(int, int, string, bool) {}
	}
	r := runner{opt: opt, journal: j, digests: make([]*Digest, len(opt.List)), failed: make([]*Failure, len(opt.List))}
	if err := r.all(ctx); err != nil {
		return nil, errors.Join(err, j.close())
	}
	result := rollUp(r.digests, r.failed, opt)
	data, err := json.MarshalIndent(result, "", "  ")
	if err == nil {
		err = writeSynced(filepath.Join(opt.Out, ResultFile), append(data, '\n'))
	}
	result.Skipped, result.CutOff = r.skipped, j.cut
	return result, errors.Join(err, j.close()) // which unlocks the folder
}

type runner struct {
	opt     Options
	journal *journal
	digests []*Digest // by place in the list
	failed  []*Failure

	mu      sync.Mutex // guards what follows, and the journal
	done    int
	skipped int
	first   error
}

func (r *runner) all(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	err := parallel.Each(ctx, len(r.opt.List), max(1, r.opt.Jobs), nil, func(i int) {
		if err := r.one(ctx, i); err != nil {
			r.fail(ctx, i, err, stop)
		}
	})
	if r.first != nil {
		return r.first
	}
	return err
}

// fail notes a failure; without Keep it ends the run. What fails because the run was ended is no failure of its own.
func (r *runner) fail(ctx context.Context, i int, err error, stop func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
	e := r.opt.List[i]
	if !r.opt.Keep {
		if r.first == nil {
			r.first = fmt.Errorf("%s: %w", e.Name, err)
		}
		stop()
		return
	}
	r.failed[i] = &Failure{Name: e.Name, Source: e.Source, Error: err.Error(), Hint: model.Hint(err)}
	r.done++
	r.opt.Progress(r.done, len(r.opt.List), e.Name, false)
}

func (r *runner) one(ctx context.Context, i int) error {
	e := r.opt.List[i]
	input, err := r.opt.Input(ctx, e)
	if err != nil {
		return err
	}
	d := r.journal.finished(e.Name, input)
	if d != nil && !slices.ContainsFunc(d.Outside, func(in OutsideFile) bool { return r.opt.Same == nil || !r.opt.Same(e, in) }) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.digests[i] = d
		r.done, r.skipped = r.done+1, r.skipped+1
		r.opt.Progress(r.done, len(r.opt.List), e.Name, true)
		return nil
	}
	d, err = r.assess(ctx, e, input)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.digests[i], err = r.journal.finish(d); err != nil {
		return err
	}
	r.done++
	r.opt.Progress(r.done, len(r.opt.List), e.Name, false)
	return nil
}

// assess makes one result, writes its reports and lets go of it.
func (r *runner) assess(ctx context.Context, e project.FleetEntry, input string) (*Digest, error) {
	result, err := r.opt.Assess(ctx, e)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(r.opt.Out, e.Name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := r.opt.Write(dir, result); err != nil {
		return nil, err
	}
	return DigestOf(e.Name, input, result), nil
}
