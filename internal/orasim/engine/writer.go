package engine

import (
	"bytes"
	"errors"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// writer writes rows of one table for one statement: it completes and checks them, keeps the indexes, and remembers
// what must hold at the end of the statement.
type writer struct {
	t        *table
	s        *Session
	defaults []expr // by place; eval nil for none
	virtual  []expr
	checks   []cond
	fits     []func([]byte) ([]byte, error)
	children []child
	keyExprs map[*key][]expr
}

// pending is what a statement must check when it is done.
type pending struct {
	keys    []pendingKey
	parents []pendingParent // keys that must exist
	gone    []pendingGone   // keys that nothing may refer to any more
	checks  []pendingCheck  // rows that do not meet a deferrable check constraint
}

// empty reports whether there is nothing to check.
func (p *pending) empty() bool { return len(p.keys)+len(p.parents)+len(p.gone)+len(p.checks) == 0 }

type pendingCheck struct {
	t    *table
	k    *check
	cond cond
	ref  store.Ref
}

type pendingKey struct {
	t   *table
	k   *key
	enc string
	ref store.Ref
}

type pendingParent struct {
	t    *table
	f    *foreign
	vals [][]byte
	ref  store.Ref
}

type pendingGone struct {
	t    *table // parent
	c    child
	vals [][]byte // in the order of the child's columns
}

// writer compiles what writing to a table needs.
func (c *compiler) writer(n ast.Node, t *table) (*writer, error) {
	if name := c.s.db.enabledTriggers(t); name != "" && !c.silent {
		return nil, c.unsupported(n, "DML on a table with the enabled trigger "+name)
	}
	if t.dict != nil || t.owner == "SYS" {
		return nil, c.fail(n, 1031)
	}
	if t.mview {
		return nil, c.fail(n, 1732)
	}
	if t.external || t.notLoadable != "" {
		return nil, c.unsupported(n, "DML on "+t.name+" ("+t.notLoadable+")")
	}
	w := &writer{t: t, s: c.s, children: c.s.db.children(t), keyExprs: map[*key][]expr{}}
	w.defaults, w.virtual = make([]expr, len(t.cols)), make([]expr, len(t.cols))
	for i, col := range t.cols {
		w.fits = append(w.fits, fit(col.typ, false, c.set()))
		switch {
		case col.virtual != nil:
			x, err := c.columnExprOf(t, col, col.virtual)
			if err != nil {
				return nil, err
			}
			w.virtual[i] = x
		case col.def != nil:
			x, err := c.columnExprOf(t, col, col.def)
			if err != nil {
				return nil, err
			}
			w.defaults[i] = x
		case col.identity != nil:
			q := col.identity
			w.defaults[i] = computed(col.typ, func(e *env) ([]byte, error) { return e.ex.nextval(q) })
		}
	}
	for _, k := range t.checks {
		if k.disabled || k.unknown {
			w.checks = append(w.checks, nil)
			continue
		}
		sub, _ := c.tableScope(t, k.file)
		p, err := sub.cond(k.expr)
		if err != nil {
			return nil, err
		}
		w.checks = append(w.checks, p)
	}
	for _, k := range t.keys {
		if k.exprs == nil {
			continue
		}
		w.keyExprs[k] = k.exprs
	}
	return w, nil
}

// tableScope is a compiler for expressions over one row of a table, whose columns stand from firstSlot on.
func (c *compiler) tableScope(t *table, f *ast.File) (*compiler, *src) {
	sub := &compiler{s: c.s, schema: t.owner, f: f, ddl: true, noSubquery: true}
	sub.scope = &scope{width: firstSlot}
	x := &src{alias: t.name, table: t, rowid: noRowID}
	base := sub.scope.slots(len(t.cols))
	for _, col := range t.cols {
		if !col.unused {
			x.cols = append(x.cols, colInfo{name: col.name, typ: col.typ, slot: base + col.internal, col: col, null: !col.notNull})
		}
	}
	sub.addSource(x)
	return sub, x
}

// columnExprOf compiles DEFAULT and virtual columns.
func (c *compiler) columnExprOf(t *table, col *column, e ast.Expr) (expr, error) {
	sub, _ := c.tableScope(t, col.file)
	x, err := sub.expr(e)
	if err != nil {
		return expr{}, err
	}
	return sub.assign(e, t, col, x)
}

// assign converts an expression to the type of a column, in length and precision too.
func (c *compiler) assign(n ast.Node, t *table, col *column, x expr) (expr, error) {
	to := col.typ
	if to.kind == kOther || to.kind == kXML {
		if x.null || x.typ.kind == kNull {
			return fixed(to, nil), nil
		}
		if to.kind == kXML {
			return c.toXML(n, x)
		}
		return c.object(n, x, to)
	}
	if to.kind.text() || to.kind == kClob {
		x = c.inForm(x, to.national)
	}
	y := x
	var err error
	switch {
	case to.kind.text() && x.typ.kind.text(), to.kind == kLong && x.typ.kind.text():
	case to.kind.lob() && x.typ.kind.text() && to.kind == kBlob:
		if y, err = c.convert(n, x, kRaw); err != nil {
			return expr{}, err
		}
	default:
		if y, err = c.convert(n, x, to.kind); err != nil {
			if to.kind.datetime() || to.kind.numeric() {
				return expr{}, c.fail(n, 932, to.kind, x.typ.kind)
			}
			return expr{}, err
		}
	}
	f := fit(to, false, c.set())
	owner, table, name := t.owner, t.name, col.name
	r := computed(to, func(e *env) ([]byte, error) {
		v, err := y.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		v, err = f(v)
		var long *tooLong
		if errors.As(err, &long) {
			return nil, ora.New(12899, quoted(owner, table)+`."`+name+`"`, long.actual, long.most)
		}
		return v, err
	})
	r.null = x.null
	return r, nil
}

// complete computes virtual columns and checks NOT NULL and CHECK. Row has the columns from firstSlot on.
func (w *writer) complete(ex *execution, row [][]byte, insert bool) error {
	e := &env{row: row, ex: ex}
	for i := range w.virtual {
		if w.virtual[i].eval == nil {
			continue
		}
		v, err := w.virtual[i].eval(e)
		if err != nil {
			return err
		}
		row[firstSlot+i] = v
	}
	for i, col := range w.t.cols {
		if col.notNull && row[firstSlot+i] == nil && !col.unused {
			name := quoted(w.t.owner, w.t.name) + `."` + col.name + `"`
			if insert {
				return ora.New(1400, name)
			}
			return ora.New(1407, name)
		}
	}
	for i, k := range w.checks {
		if k == nil || w.t.checks[i].deferrable { // these wait for the end of the statement at least
			continue
		}
		b, err := k(e)
		if err != nil {
			return err
		}
		if b == no {
			return ora.New(2290, w.t.owner+"."+w.t.checks[i].name)
		}
	}
	return nil
}

// segment finds where a row goes.
func (w *writer) segment(vals [][]byte) (*store.Segment, error) {
	if w.t.temporary != "" {
		return w.s.temporary(w.t), nil
	}
	if w.t.parts == nil {
		return w.t.seg, nil
	}
	p, err := w.s.db.route(w.s, w.t, vals)
	if err != nil {
		return nil, err
	}
	return p.seg, nil
}

// keyValues are the values of a key, nil when all are NULL: such rows are in no index.
func (w *writer) keyValues(ex *execution, k *key, row [][]byte) ([][]byte, error) {
	any := false
	var vals [][]byte
	if k.exprs != nil {
		e := &env{row: row, ex: ex}
		for _, x := range k.exprs {
			v, err := x.eval(e)
			if err != nil {
				return nil, err
			}
			vals = append(vals, v)
			any = any || v != nil
		}
	} else {
		for _, at := range k.cols {
			v := row[firstSlot+at]
			vals = append(vals, v)
			any = any || v != nil
		}
	}
	if !any {
		return nil, nil
	}
	return vals, nil
}

func (k *key) encode(vals [][]byte) string {
	var b []byte
	for i, v := range vals {
		b = appendKey(b, v, k.types[i])
	}
	return string(b)
}

// index is the index of a key; that of a temporary table belongs to the session.
func (k *key) index(s *Session, t *table) *store.Index {
	if t.temporary == "" {
		return k.ix
	}
	return s.tempIndex(tempKey{t.shared, k})
}

func (f *foreign) index(s *Session, t *table) *store.Index {
	if t.temporary == "" {
		return f.ix
	}
	return s.tempIndex(tempKey{t.shared, f})
}

// insert writes a new row. Row has the columns from firstSlot on, all but the virtual ones set.
func (w *writer) insert(ex *execution, tx *store.Tx, row [][]byte, p *pending) (store.Ref, error) {
	if err := w.complete(ex, row, true); err != nil {
		return store.Ref{}, err
	}
	vals := row[firstSlot : firstSlot+len(w.t.cols)]
	seg, err := w.segment(vals)
	if err != nil {
		return store.Ref{}, err
	}
	ref := tx.Insert(seg, store.Encode(vals))
	if err := w.enter(ex, tx, ref, row, nil, p); err != nil {
		return store.Ref{}, err
	}
	return ref, nil
}

// enter puts a row into the indexes; old is its state before, nil for a new one.
func (w *writer) enter(ex *execution, tx *store.Tx, ref store.Ref, row, old [][]byte, p *pending) error {
	for _, k := range w.t.keys {
		if k.disabled {
			continue
		}
		vals, err := w.keyValues(ex, k, row)
		if err != nil {
			return err
		}
		if vals == nil {
			continue
		}
		enc := k.encode(vals)
		if old != nil {
			was, err := w.keyValues(ex, k, old)
			if err != nil {
				return err
			}
			if was != nil && k.encode(was) == enc {
				continue
			}
		}
		tx.Add(k.index(w.s, w.t), enc, ref)
		p.keys = append(p.keys, pendingKey{w.t, k, enc, ref})
	}
	for _, f := range w.t.foreign {
		if f.disabled {
			continue
		}
		vals := f.values(row[firstSlot:])
		if vals == nil {
			continue
		}
		if old != nil && sameValues(vals, f.values(old[firstSlot:])) {
			continue
		}
		tx.Add(f.index(w.s, w.t), f.encode(vals), ref)
		p.parents = append(p.parents, pendingParent{w.t, f, vals, ref})
	}
	for i, k := range w.checks {
		if k == nil || !w.t.checks[i].deferrable {
			continue
		}
		if b, err := k(&env{row: row, ex: ex}); err != nil {
			return err
		} else if b == no {
			p.checks = append(p.checks, pendingCheck{w.t, w.t.checks[i], k, ref})
		}
	}
	return nil
}

// values of a foreign key, nil when one is NULL: then it refers to nothing.
func (f *foreign) values(vals [][]byte) [][]byte {
	out := make([][]byte, len(f.cols))
	for i, at := range f.cols {
		if vals[at] == nil {
			return nil
		}
		out[i] = vals[at]
	}
	return out
}

func (f *foreign) encode(vals [][]byte) string {
	var b []byte
	for _, v := range vals {
		b = appendKey(b, bytes.TrimRight(v, " "), typ{})
	}
	return string(b)
}

func sameValues(a, b [][]byte) bool {
	return slices.EqualFunc(a, b, func(x, y []byte) bool { return bytes.Equal(x, y) && (x == nil) == (y == nil) })
}

// update replaces a row that is locked, and says where it is then: with ROW MOVEMENT a row moves to the partition that its
// new values belong to, and has another ROWID there. Old and row have the columns from firstSlot on.
func (w *writer) update(ex *execution, tx *store.Tx, ref store.Ref, old, row [][]byte, p *pending) (store.Ref, error) {
	if err := w.complete(ex, row, false); err != nil {
		return ref, err
	}
	vals := row[firstSlot : firstSlot+len(w.t.cols)]
	was := old
	to := ref.Segment()
	if w.t.parts != nil {
		var err error
		if to, err = w.segment(vals); err != nil {
			return ref, err
		}
	}
	if to != ref.Segment() {
		if !w.t.movement {
			return ref, ora.New(14402)
		}
		for _, c := range w.children {
			if c.table.partBy != nil && c.table.partBy.kind == "REFERENCE" {
				return ref, ora.Unsupported("a row that moves to another partition, whose children are partitioned by reference")
			}
		}
		if _, err := tx.Replace(ex.ctx, ref, nil); err != nil {
			return ref, err
		}
		ref, was = tx.Insert(to, store.Encode(vals)), nil // every index has it at another place
	} else if _, err := tx.Replace(ex.ctx, ref, store.Encode(vals)); err != nil {
		return ref, err
	}
	if err := w.enter(ex, tx, ref, row, was, p); err != nil {
		return ref, err
	}
	for _, c := range w.children {
		was := w.referred(c, old)
		if was != nil && !sameValues(was, w.referred(c, row)) {
			p.gone = append(p.gone, pendingGone{w.t, c, was})
		}
	}
	return ref, nil
}

// referred are the values of a row that a child's foreign key refers to, nil when one is NULL.
func (w *writer) referred(c child, row [][]byte) [][]byte {
	var out [][]byte
	for _, name := range c.foreign.refCols {
		col := w.t.column(name)
		if col == nil || row[firstSlot+col.internal] == nil {
			return nil
		}
		out = append(out, row[firstSlot+col.internal])
	}
	return out
}

// delete removes a row that is locked, with what ON DELETE says of its children.
func (w *writer) delete(ex *execution, tx *store.Tx, ref store.Ref, old [][]byte, p *pending) error {
	if _, err := tx.Replace(ex.ctx, ref, nil); err != nil {
		return err
	}
	for _, c := range w.children {
		vals := w.referred(c, old)
		if vals == nil {
			continue
		}
		if c.foreign.onDelete != "" {
			if err := w.cascade(ex, tx, c, vals, p); err != nil {
				return err
			}
			continue
		}
		p.gone = append(p.gone, pendingGone{w.t, c, vals})
	}
	return nil
}

// cascade deletes the children of a key, or sets their columns to NULL.
func (w *writer) cascade(ex *execution, tx *store.Tx, c child, vals [][]byte, p *pending) error {
	t := c.table
	cc := &compiler{s: w.s, schema: t.owner, f: &ast.File{}, ddl: true}
	sub, err := cc.writer(nil2{}, t)
	if err != nil {
		return err
	}
	for _, ref := range c.foreign.index(w.s, t).Refs(c.foreign.encode(vals)) {
		for {
			st := ref.Current(tx)
			if st.By != nil {
				if _, err := tx.WaitFor(ex.ctx, st.By, store.WaitForever); err != nil {
					return err
				}
				continue
			}
			if st.Row == nil {
				break
			}
			old := make([][]byte, firstSlot+len(t.cols))
			n := store.Decode(st.Row, old[firstSlot:])
			t.complete(old[firstSlot:], n)
			if !sameValues(c.foreign.values(old[firstSlot:]), vals) {
				break
			}
			if ok, err := tx.Lock(ex.ctx, ref, store.WaitForever); err != nil || !ok {
				if err != nil {
					return err
				}
				continue
			}
			if c.foreign.onDelete == "CASCADE" {
				err = sub.delete(ex, tx, ref, old, p)
			} else {
				row := slices.Clone(old)
				for _, at := range c.foreign.cols {
					row[firstSlot+at] = nil
				}
				_, err = sub.update(ex, tx, ref, old, row, p)
			}
			if err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// nil2 is a node without text, for statements that nobody wrote.
type nil2 struct{}

func (nil2) Range() ast.Span          { return ast.Span{} }
func (nil2) EachChild(func(ast.Node)) {}
func (nil2) NodeKind() ast.NodeKind   { return 0 }
