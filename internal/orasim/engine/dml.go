package engine

import (
	"errors"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// change is a compiled DML statement.
type change struct {
	locks []*table
	// run does it once: how many rows, and what RETURNING gives for them.
	run       func(ex *execution, tx *store.Tx, out *returned) (int, error)
	returning *returning
}

// returned collects what RETURNING gives, and the last row touched.
type returned struct {
	rows [][][]byte
	refs []store.Ref // of those rows
	last store.Ref
}

// errRestart makes a statement begin again with a newer snapshot: a row has changed since the old one.
var errRestart = &ora.Error{Code: 8177, Text: "restart"}

// returning is RETURNING exprs INTO binds.
type returning struct {
	t     *table
	items []expr
	binds []int
}

// target resolves the table of a DML statement, for which a session must have some privileges.
func (c *compiler) target(r ast.TableRef, privileges ...string) (*table, string, *ast.TableName, error) {
	n, ok := r.(*ast.TableName)
	if !ok || n.Wrap != 0 || n.Flashback != nil || n.Sample != nil || n.Special != nil {
		return nil, "", nil, c.unsupported(r, "target of DML")
	}
	if n.Name.Link != 0 {
		return nil, "", nil, c.unsupported(n, "database link")
	}
	parts := c.f.Parts(n.Name)
	o := c.s.db.lookup(c.schema, parts)
	switch {
	case o == nil:
		return nil, "", nil, c.fail(n.Name, 942)
	}
	for _, p := range privileges {
		if code := c.s.permit(o, p); code != 0 {
			return nil, "", nil, c.fail(n.Name, code)
		}
	}
	switch {
	case o.view != nil:
		return nil, "", nil, c.unsupported(n, "DML on a view")
	case o.table == nil:
		return nil, "", nil, c.fail(n.Name, 942)
	}
	return o.table, c.alias(n.Alias, parts[len(parts)-1]), n, nil
}

// rowSource makes the scan of the rows that UPDATE, DELETE and MERGE touch, with their places.
func (c *compiler) rowSource(t *table, alias string, n *ast.TableName) (*item, error) {
	it, sc, err := c.tableSource(n, t, alias)
	if err != nil {
		return nil, err
	}
	x := c.scope.srcs[it.srcs[0]]
	x.wantRowID = true
	x.schema, x.bare = t.owner, n.Alias == nil
	if n.Partition != nil {
		if sc.parts, err = c.partitionOf(n.Partition, t); err != nil {
			return nil, err
		}
	}
	return it, nil
}

// oldRow takes the columns of the target out of the row of the block.
func oldRow(e *env, base, width int) [][]byte {
	row := make([][]byte, firstSlot+width)
	copy(row[firstSlot:], e.row[base:base+width])
	return row
}

func (c *compiler) returningOf(r *ast.Returning, t *table, alias string) (*returning, error) {
	if r == nil {
		return nil, nil
	}
	sub := *c
	scoped, x := c.tableScope(t, c.f)
	x.alias, x.schema = alias, t.owner
	x.rowid = scoped.scope.slots(1)
	x.wantRowID = true
	sub.scope = scoped.scope
	out := &returning{t: t}
	for _, it := range r.Items {
		if it.State != 0 {
			return nil, c.unsupported(it, "RETURNING")
		}
		y, err := sub.expr(it.X)
		if err != nil {
			return nil, err
		}
		out.items = append(out.items, y)
	}
	if r.Into == nil {
		return nil, c.fail(r, 925)
	}
	if c.names != nil {
		return out, nil // the block takes the values
	}
	if len(r.Into.Targets) != len(out.items) {
		return nil, c.fail(r, 947)
	}
	for i, target := range r.Into.Targets {
		b, ok := target.(*ast.BindExpr)
		if !ok {
			return nil, c.unsupported(target, "RETURNING INTO")
		}
		at := c.bindOf[b.Lo]
		if at >= len(c.binds) {
			return nil, c.fail(b, 1008)
		}
		// the value is given in the type of the bind
		y, err := c.convert(r, out.items[i], c.binds[at].typ.kind)
		if err != nil {
			return nil, err
		}
		out.items[i] = y
		out.binds = append(out.binds, at)
	}
	return out, nil
}

func (r *returning) add(ex *execution, out *returned, row [][]byte, ref store.Ref) error {
	out.last = ref
	if r == nil {
		return nil
	}
	e := &env{row: append(slices.Clone(row), ref.RowID()), ex: ex}
	vals := make([][]byte, len(r.items))
	for i, x := range r.items {
		v, err := x.eval(e)
		if err != nil {
			return err
		}
		vals[i] = v
	}
	out.rows, out.refs = append(out.rows, vals), append(out.refs, ref)
	return nil
}

// insertColumns resolves a column list; none means all visible columns.
func (c *compiler) insertColumns(n ast.Node, t *table, names []*ast.Name) ([]*column, error) {
	if len(names) == 0 {
		return t.visible(), nil
	}
	var cols []*column
	for _, name := range names {
		parts := c.f.Parts(name)
		col := t.column(parts[len(parts)-1])
		if col == nil {
			return nil, c.noTarget(name, parts[len(parts)-1:])
		}
		if slices.Contains(cols, col) {
			return nil, c.fail(name, 957)
		}
		cols = append(cols, col)
	}
	return cols, nil
}

// valueList compiles VALUES for columns; DEFAULT takes the column's default.
func (c *compiler) valueList(n ast.Node, t *table, w *writer, cols []*column, items []ast.Expr) ([]expr, error) {
	if len(items) > len(cols) {
		return nil, c.fail(n, 913)
	}
	if len(items) < len(cols) {
		return nil, c.fail(n, 947)
	}
	xs := make([]expr, len(cols))
	for i, it := range items {
		x, err := c.setValue(it, t, w, cols[i], true)
		if err != nil {
			return nil, err
		}
		xs[i] = x
	}
	return xs, nil
}

// noTarget is the error of a name that is no column to be written to: ORA-01747 of ROWID, ORA-00904 of others.
func (c *compiler) noTarget(name *ast.Name, parts []string) error {
	if parts[len(parts)-1] == "ROWID" {
		return c.fail(name, 1747)
	}
	return c.invalid(name, parts)
}

// noColumn makes ORA-00984 of a name among VALUES that is none of a bind or function: there are no columns there.
func (c *compiler) noColumn(err error, items []ast.Expr) error {
	var e *ora.Error
	if !errors.As(err, &e) || e.Code != 904 {
		return err
	}
	for _, it := range items {
		if n, ok := ast.Unparen(it).(*ast.Name); ok && e.Pos == c.at(n)+1 {
			return c.fail(n, 984)
		}
	}
	return err
}

// setValue compiles the new value of a column.
func (c *compiler) setValue(it ast.Expr, t *table, w *writer, col *column, insert bool) (expr, error) {
	if l, ok := ast.Unparen(it).(*ast.Literal); ok && l.Kind == ast.LitDefault {
		if col.virtual != nil {
			return fixed(col.typ, nil), nil
		}
		if d := w.defaults[col.internal]; d.eval != nil {
			return d, nil
		}
		return fixed(col.typ, nil), nil
	}
	if err := writable(c, it, col, insert); err != nil {
		return expr{}, err
	}
	x, err := c.expr(it)
	if err != nil {
		return expr{}, err
	}
	return c.assign(it, t, col, x)
}

func writable(c *compiler, n ast.Node, col *column, insert bool) error {
	switch {
	case col.virtual != nil && insert:
		return c.fail(n, 54013)
	case col.virtual != nil:
		return c.fail(n, 54017)
	case col.identity != nil && col.always && insert:
		return c.fail(n, 32795)
	case col.identity != nil && col.always:
		return c.fail(n, 32796)
	}
	return nil
}

// newRow builds a row of given values and defaults.
func (w *writer) newRow(ex *execution, cols []*column, vals [][]byte) ([][]byte, error) {
	row := make([][]byte, firstSlot+len(w.t.cols))
	given := make([]bool, len(w.t.cols))
	for i, col := range cols {
		row[firstSlot+col.internal] = vals[i]
		given[col.internal] = true
	}
	for i, col := range w.t.cols {
		if w.defaults[i].eval == nil || given[i] && !(col.onNull && row[firstSlot+i] == nil) {
			continue
		}
		v, err := w.defaults[i].eval(&env{row: row, ex: ex})
		if err != nil {
			return nil, err
		}
		row[firstSlot+i] = v
	}
	return row, nil
}

func (c *compiler) insert(n *ast.Insert) (*change, error) {
	if n.LogErrors != nil || n.Form != nil && (n.Form.Record == nil || c.names == nil) {
		return nil, c.unsupported(n, "INSERT")
	}
	t, alias, _, err := c.target(n.Target, "INSERT")
	if err != nil {
		return nil, err
	}
	w, err := c.writer(n, t)
	if err != nil {
		return nil, err
	}
	cols, err := c.insertColumns(n, t, n.Cols)
	if err != nil {
		return nil, err
	}
	ch := &change{locks: []*table{t}}
	if ch.returning, err = c.returningOf(n.Returning, t, alias); err != nil {
		return nil, err
	}
	put := func(ex *execution, tx *store.Tx, out *returned, p *pending, vals [][]byte) error {
		row, err := w.newRow(ex, cols, vals)
		if err != nil {
			return err
		}
		ref, err := w.insert(ex, tx, row, p)
		if err != nil {
			return err
		}
		return ch.returning.add(ex, out, row, ref)
	}
	if n.Query != nil {
		q, conv, err := c.insertQuery(n, t, cols, n.Query)
		if err != nil {
			return nil, err
		}
		if ch.returning != nil {
			return nil, c.fail(n.Returning, 933)
		}
		ch.run = func(ex *execution, tx *store.Tx, out *returned) (int, error) {
			p := &pending{}
			count := 0
			err := eachRow(ex, q, conv, func(vals [][]byte) error {
				count++
				return put(ex, tx, out, p, vals)
			})
			if err != nil {
				return 0, err
			}
			return count, ex.s.verify(ex, tx, p, false)
		}
		return ch, nil
	}
	var lists [][]expr
	if n.Form != nil {
		xs, err := c.recordValues(n, t, cols, n.Form.Record)
		if err != nil {
			return nil, err
		}
		lists = append(lists, xs)
	}
	for _, r := range n.Rows {
		items := []ast.Expr{r}
		if l, ok := r.(*ast.List); ok {
			items = l.Items
		}
		xs, err := c.valueList(n, t, w, cols, items)
		if err != nil {
			return nil, c.noColumn(err, items)
		}
		lists = append(lists, xs)
	}
	ch.run = func(ex *execution, tx *store.Tx, out *returned) (int, error) {
		p := &pending{}
		for _, xs := range lists {
			clear(ex.seqs)
			vals, err := evalAll(xs, &env{ex: ex})
			if err != nil {
				return 0, err
			}
			if err := put(ex, tx, out, p, vals); err != nil {
				return 0, err
			}
		}
		return len(lists), ex.s.verify(ex, tx, p, false)
	}
	return ch, nil
}

func evalAll(xs []expr, e *env) ([][]byte, error) {
	vals := make([][]byte, len(xs))
	for i, x := range xs {
		v, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		vals[i] = v
	}
	return vals, nil
}

// insertQuery compiles the query of an INSERT with the conversions to the columns.
func (c *compiler) insertQuery(n ast.Node, t *table, cols []*column, sel *ast.Select) (*query, []expr, error) {
	q, err := c.query(sel)
	if err != nil {
		return nil, nil, err
	}
	if len(q.cols) > len(cols) {
		return nil, nil, c.fail(n, 913)
	}
	if len(q.cols) < len(cols) {
		return nil, nil, c.fail(n, 947)
	}
	conv := make([]expr, len(cols))
	for i, x := range q.columnsOf() {
		if err := writable(c, n, cols[i], true); err != nil {
			return nil, nil, err
		}
		if conv[i], err = c.assign(n, t, cols[i], x); err != nil {
			return nil, nil, err
		}
	}
	return q, conv, nil
}

// eachRow runs a query and gives its converted rows.
func eachRow(ex *execution, q *query, conv []expr, f func([][]byte) error) error {
	r, err := q.open(&env{ex: ex})
	if err != nil {
		return err
	}
	defer r.close()
	e := &env{ex: ex}
	for {
		row, err := r.next()
		if row == nil || err != nil {
			return err
		}
		e.out = row
		vals, err := evalAll(conv, e)
		if err != nil {
			return err
		}
		if err := f(vals); err != nil {
			return err
		}
	}
}

// assignment is one item of SET, compiled: columns and their values.
type assignment struct {
	cols []*column
	xs   []expr
	q    *query // (a, b) = (query)
	conv []expr
	path attributePath // of cols[0], whose object it changes; nil of a whole column
}

func (c *compiler) assignments(t *table, w *writer, alias string, set []*ast.Assign) ([]*assignment, error) {
	var list []*assignment
	seen := map[*column]bool{}
	paths := map[string]bool{}
	for _, a := range set {
		if a.Row {
			as, err := c.setRow(a, t)
			if err != nil {
				return nil, err
			}
			list = append(list, as...)
			continue
		}
		names := []ast.Expr{a.Target}
		multi := false
		if l, ok := a.Target.(*ast.List); ok {
			names, multi = l.Items, true
		} else if p, ok := a.Target.(*ast.Paren); ok {
			names, multi = []ast.Expr{p.X}, true
		}
		as := &assignment{}
		for _, target := range names {
			name, ok := target.(*ast.Name)
			if !ok {
				return nil, c.unsupported(a, "SET")
			}
			parts := c.f.Parts(name)
			if col, path, of, err := c.attributeTarget(name, parts, t, alias); err != nil {
				return nil, err
			} else if col != nil {
				key := strings.Join(parts[1:], "\x00")
				switch {
				case multi || seen[col] && !paths[parts[1]]:
					return nil, c.unsupported(a, "SET")
				case paths[key]:
					return nil, c.fail(name, 957)
				}
				for within := range paths { // one inside of another
					if strings.HasPrefix(within, key+"\x00") || within != parts[1] && strings.HasPrefix(key, within+"\x00") {
						return nil, c.unsupported(a, "SET")
					}
				}
				if err := writable(c, a, col, false); err != nil {
					return nil, err
				}
				x, err := c.attributeValue(a, of)
				if err != nil {
					return nil, err
				}
				seen[col], paths[parts[1]], paths[key] = true, true, true
				as.cols, as.path, as.xs = []*column{col}, path, []expr{x}
				continue
			}
			if len(parts) > 1 && parts[len(parts)-2] != alias && parts[len(parts)-2] != t.name {
				return nil, c.invalid(name, parts)
			}
			col := t.column(parts[len(parts)-1])
			if col == nil {
				return nil, c.noTarget(name, parts)
			}
			if paths[col.name] {
				return nil, c.unsupported(a, "SET")
			}
			if seen[col] {
				return nil, c.fail(name, 957)
			}
			seen[col] = true
			as.cols = append(as.cols, col)
		}
		if as.path != nil {
			list = append(list, as)
			continue
		}
		if multi {
			sub, ok := ast.Unparen(a.X).(*ast.Subquery)
			if !ok {
				return nil, c.unsupported(a, "SET")
			}
			q, err := c.nested(sub.Query)
			if err != nil {
				return nil, err
			}
			if len(q.cols) != len(as.cols) {
				return nil, c.fail(sub, 913)
			}
			as.q = q
			for i, x := range q.columnsOf() {
				if err := writable(c, a, as.cols[i], false); err != nil {
					return nil, err
				}
				y, err := c.assign(a, t, as.cols[i], x)
				if err != nil {
					return nil, err
				}
				as.conv = append(as.conv, y)
			}
		} else {
			x, err := c.setValue(a.X, t, w, as.cols[0], false)
			if err != nil {
				return nil, err
			}
			as.xs = []expr{x}
		}
		list = append(list, as)
	}
	return list, nil
}

// apply computes the new row.
func applySet(set []*assignment, e *env, row [][]byte) error {
	for _, a := range set {
		if a.q == nil {
			v, err := a.xs[0].eval(e)
			if err != nil {
				return err
			}
			at := firstSlot + a.cols[0].internal
			if a.path != nil {
				if v, err = a.path.set(row[at], v); err != nil {
					return err
				}
			}
			row[at] = v
			continue
		}
		got, err := a.q.single(e)
		if err != nil {
			return err
		}
		for i, col := range a.cols {
			row[firstSlot+col.internal] = nil
			if got == nil {
				continue
			}
			inner := *e
			inner.out = got
			v, err := a.conv[i].eval(&inner)
			if err != nil {
				return err
			}
			row[firstSlot+col.internal] = v
		}
	}
	return nil
}
