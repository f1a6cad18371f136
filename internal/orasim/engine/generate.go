package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/mask"
)

// Generated says what GenerateData made of a table.
type Generated struct {
	Owner, Table string
	Rows         int
	Err          error // why there are fewer than wanted
}

// Generate says what rows GenerateData makes.
type Generate struct {
	Rows int    // about so many in all
	Seed uint64 // the same rows for the same seed
	// Edges lets every column begin with the ends of its type: the largest and smallest numbers, the first and last dates, text of full length,
	// characters of four bytes, empty LOBs.
	Edges bool
	// Weight says how many rows a table has elsewhere: then Rows are shared out in that proportion. Nil shares them out so that tables have
	// more rows than those they refer to.
	Weight func(owner, table string) float64
	// Progress is told how far it is after some rows, and after each table; nil says nothing.
	Progress func(done, total int, table string)
}

// GenerateData fills the tables that are empty: keys are unique, foreign keys refer to rows that are there, check constraints
// hold (their lists and bounds are read, what else they say is tried), columns use the whole of their types. A table gets no more rows than its keys have
// values; what it does not take goes to others. Triggers do not fire: the rows are there as if they had always been. What
// cannot be filled is reported.
func (db *Database) GenerateData(ctx context.Context, opt Generate) ([]Generated, error) {
	s := &Session{
		db: db, user: "SYS", schema: "SYS", dba: true, nls: mask.American(), territory: "AMERICA", constraintMode: map[string]bool{}, currvals: map[*sequence][]byte{},
		temps: map[*tableShared]*store.Segment{}, tempIx: map[any]*store.Index{},
	}
	s.params = defaultParams()
	s.lobs.init(s.db.set)
	var tables []*table
	var out []Generated
	depth := map[*table]int{}
	for _, o := range db.tables() {
		t := o.table
		if t.temporary != "" || t.external || t.mview {
			continue
		}
		if t.notLoadable != "" {
			out = append(out, Generated{t.owner, t.name, 0, ora.Unsupported("rows of a table with " + t.notLoadable)})
			continue
		}
		empty := true
		for _, seg := range t.segments(s) {
			empty = empty && seg.Rows() == 0
		}
		if empty {
			tables = append(tables, t)
		}
	}
	level := func(t *table) int { return db.depthOf(t, depth, 0) }
	slices.SortStableFunc(tables, func(a, b *table) int { return cmp.Compare(level(a), level(b)) })
	share := func(t *table) float64 {
		if opt.Weight != nil {
			return opt.Weight(t.owner, t.name)
		}
		return float64(1 + 3*level(t))
	}
	weight := 0.0
	for _, t := range tables {
		weight += share(t)
	}
	left := opt.Rows
	for i, t := range tables {
		own := share(t)
		if own == 0 && opt.Weight != nil {
			continue // it has none elsewhere either
		}
		n := left
		if weight > own {
			n = int(float64(left) * own / weight)
		}
		n = max(1, n)
		weight -= own
		g := &generator{db: db, s: s, t: t, r: rand.New(rand.NewPCG(opt.Seed, uint64(i))), edges: opt.Edges, say: func(rows int) {
			if opt.Progress != nil {
				opt.Progress(min(opt.Rows, opt.Rows-left+rows), opt.Rows, t.owner+"."+t.name)
			}
		}}
		made, err := g.fill(ctx, n)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		left = max(0, left-made)
		g.say(0)
		out = append(out, Generated{t.owner, t.name, made, err})
	}
	return out, nil
}

// depthOf is how many tables lie above a table by foreign keys.
func (db *Database) depthOf(t *table, known map[*table]int, steps int) int {
	if d, ok := known[t]; ok {
		return d
	}
	if steps > 30 {
		return 0
	}
	d := 0
	for _, f := range t.foreign {
		if o := db.objects2(objectName{owner: f.refOwner, name: f.refTable}); o != nil && o.table != nil && o.table.shared != t.shared {
			d = max(d, 1+db.depthOf(o.table, known, steps+1))
		}
	}
	known[t] = d
	return d
}

type generator struct {
	db    *Database
	s     *Session
	t     *table
	r     *rand.Rand
	edges bool
	say   func(rows int)

	units   []*unit       // what keys are counted through, in the order in which a row sets them
	keys    []*keyCounter // by key
	domains []*domain     // by column
	pairs   []columnPair

	types map[typ]*udt // nil for those that have no values here
	kinds map[objectName][]*udt
	parts map[typ]*domain // of attributes and elements
	depth int
}

// fill makes rows, and says why it made fewer than wanted.
func (g *generator) fill(ctx context.Context, rows int) (int, error) {
	c := &compiler{s: g.s, schema: g.t.owner, f: &ast.File{}, ddl: true, silent: true}
	w, err := c.writer(nil2{}, g.t)
	if err != nil {
		return 0, err
	}
	if err := g.plan(rows); err != nil {
		return 0, err
	}
	for _, k := range g.keys {
		rows = min(rows, k.size)
	}
	made := 0
	var last error
	tx := g.db.store.Begin()
	for i := 0; made < rows; i++ {
		if ctx.Err() != nil {
			break
		}
		// a row that does not go in is left out; where hardly any does, there is no use in trying on
		if i > 2*rows+1000 || i > 300 && made < i/20 {
			break
		}
		var err error
		for attempt := range 6 {
			if err = g.try(ctx, tx, w, i, attempt); err == nil {
				break
			}
			if ora.Code(err) == 3001 || ora.Code(err) == 0 {
				tx.Commit()
				return made, fmt.Errorf("%d rows wanted: %w", rows, err)
			}
			if cur := g.db.current(g.t); cur != nil && cur != g.t {
				g.t, w.t = cur, cur // a partition was added
			}
		}
		if err != nil {
			last = err
			continue
		}
		if made++; made%10000 == 0 {
			tx.Commit()
			tx = g.db.store.Begin()
			g.say(made)
		}
	}
	tx.Commit()
	if made < rows && ctx.Err() == nil {
		return made, fmt.Errorf("%d rows wanted: %w", rows, last)
	}
	return made, nil
}

// try enters one row.
func (g *generator) try(ctx context.Context, tx *store.Tx, w *writer, i, attempt int) error {
	ex := g.s.execution(ctx)
	ex.snap.Tx, ex.snap.Seq = tx, tx.Statement()
	mark := tx.Mark()
	row, err := g.row(ex, w, i, attempt)
	if err == nil {
		p := &pending{}
		if _, err = w.insert(ex, tx, row, p); err == nil {
			err = g.s.verify(ex, tx, p, true)
		}
	}
	if err != nil {
		tx.RollbackTo(mark)
	}
	return err
}

// row makes a row: first what keys are made of, counted through so that they do not repeat, then the rest.
func (g *generator) row(ex *execution, w *writer, i, attempt int) ([][]byte, error) {
	row := make([][]byte, firstSlot+len(g.t.cols))
	set := make([]bool, len(g.t.cols))
	for _, k := range g.keys {
		k.set(g, i, attempt, row, set)
	}
	for _, u := range g.units {
		if err := g.reference(u, row, set); err != nil {
			return nil, err
		}
	}
	keyed := slices.Clone(set)
	for at, col := range g.t.cols {
		if set[at] || col.virtual != nil || col.unused {
			continue
		}
		if col.identity != nil {
			v, err := w.defaults[at].eval(&env{ex: ex})
			if err != nil {
				return nil, err
			}
			row[firstSlot+at] = v
			continue
		}
		if !col.notNull && g.r.IntN(12) == 0 {
			continue
		}
		v, err := w.fits[at](g.domains[at].any(g, i, attempt))
		var long *tooLong
		switch {
		case errors.As(err, &long):
			return nil, ora.New(12899, col.name, long.actual, long.most)
		case err != nil:
			return nil, ora.New(1438)
		}
		row[firstSlot+at] = v
	}
	g.settle(row, keyed)
	return row, nil
}
