package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// cteDef is one query of a WITH clause.
type cteDef struct {
	name  string
	q     *query
	scope *scope // where it was defined
	// of a recursive one
	anchor, step *query
	cols         []outCol
	recursive    bool
	building     bool
	f            *ast.File
}

// cteRows are the rows of a query of WITH in one execution: it runs once. While a recursive one runs, they are those
// of the step before.
type cteRows struct {
	rows [][][]byte
}

func (c *compiler) cte(name string) *cteDef {
	for i := len(c.ctes) - 1; i >= 0; i-- {
		if c.ctes[i].name == name {
			return c.ctes[i]
		}
	}
	return nil
}

func (c *compiler) with(w *ast.With) error {
	if len(w.Decls) > 0 {
		return c.unsupported(w, "PL/SQL in WITH")
	}
	c.ctes = slices.Clone(c.ctes)
	for _, it := range w.Items {
		if it.View != nil || it.Search != nil || it.Cycle != nil {
			return c.unsupported(it, "WITH clause")
		}
		def := &cteDef{name: c.f.Last(it.Name), scope: c.scope, f: c.f}
		if c.refersTo(it.Query, def.name) {
			if err := c.recursive(it, def); err != nil {
				return err
			}
			continue
		}
		q, err := c.query(it.Query)
		if err != nil {
			return err
		}
		if q.cols, err = c.cteCols(it, q.cols); err != nil {
			return err
		}
		def.q, def.cols = q, q.cols
		c.ctes = append(c.ctes, def)
	}
	return nil
}

func (c *compiler) cteCols(it *ast.CTE, cols []outCol) ([]outCol, error) {
	if len(it.Cols) == 0 {
		return cols, nil
	}
	if len(it.Cols) != len(cols) {
		return nil, c.fail(it, 32038)
	}
	cols = slices.Clone(cols)
	for i, n := range it.Cols {
		cols[i].name = c.f.Last(n)
	}
	return cols, nil
}

// refersTo reports whether a query names itself in a FROM clause.
func (c *compiler) refersTo(q *ast.Select, name string) bool {
	found := false
	ast.Walk(q, func(n ast.Node) bool {
		if t, ok := n.(*ast.TableName); ok && c.f.NumParts(t.Name) == 1 && c.f.Last(t.Name) == name {
			found = true
		}
		return !found
	})
	return found
}

// recursive compiles anchor UNION ALL step.
func (c *compiler) recursive(it *ast.CTE, def *cteDef) error {
	if len(it.Cols) == 0 {
		return c.fail(it, 32039)
	}
	body, ok := it.Query.Body.(*ast.SetOp)
	if !ok || body.Op != token.UNION || body.Quant != token.ALL || it.Query.OrderBy != nil || it.Query.Limit != nil || it.Query.With != nil {
		return c.fail(it, 32040)
	}
	anchor, err := c.body(body.Left, nil, nil)
	if err != nil {
		return err
	}
	if def.cols, err = c.cteCols(it, anchor.cols); err != nil {
		return err
	}
	for i := range def.cols {
		def.cols[i].expr = expr{}
		if t := &def.cols[i].typ; t.kind == kChar {
			t.kind = kVarchar
		}
		if t := &def.cols[i].typ; t.kind == kVarchar {
			t.size, t.charSem = 4000, false
		}
		if t := &def.cols[i].typ; t.kind == kNumber {
			*t = tNumber
		}
	}
	def.recursive, def.building, def.anchor = true, true, anchor
	c.ctes = append(c.ctes, def)
	step, err := c.body(body.Right, nil, nil)
	if err != nil {
		return err
	}
	def.building = false
	if len(step.cols) != len(anchor.cols) {
		return c.fail(body, 1789)
	}
	for i := range step.cols {
		a, b := def.cols[i].typ.kind, step.cols[i].typ.kind
		if a != b && !(a.text() && b.text()) && !step.cols[i].expr.null {
			if a.datetime() && b.datetime() || a.numeric() && b.numeric() {
				return c.unsupported(body, "recursive WITH whose branches have different types")
			}
			return c.fail(body, 1790)
		}
	}
	def.step = step
	def.q = &query{cols: def.cols, outer: anchor.outer || step.outer}
	def.q.open = func(outer *env) (rows, error) {
		all, again, err := def.recurse(outer)
		if again && err == nil {
			all, err = def.trace(outer)
		}
		return &sliceRows{rows: all}, err
	}
	return nil
}

// recurse runs the step with the rows of the step before until none come. Again is true when a row came a second time:
// that may be a circle, or the same row on two ways.
func (d *cteDef) recurse(outer *env) (all [][][]byte, again bool, err error) {
	ex := outer.ex
	cur, err := readAll(d.anchor, outer)
	if err != nil {
		return nil, false, err
	}
	all = slices.Clone(cur)
	seen := map[string]bool{}
	saved := ex.ctes[d]
	defer func() { ex.ctes[d] = saved }()
	for len(cur) > 0 {
		ex.ctes[d] = &cteRows{rows: cur}
		next, err := readAll(d.step, outer)
		if err != nil {
			return nil, false, err
		}
		for _, r := range cur {
			seen[rowKey(r, d.cols)] = true
		}
		for _, r := range next {
			if seen[rowKey(r, d.cols)] {
				return nil, true, nil
			}
		}
		all = append(all, next...)
		cur = next
	}
	return all, false, nil
}

// traced is a row with the one that it came from.
type traced struct {
	row    [][]byte
	key    string
	parent *traced
}

// trace does the same one row at a time, so that a row among its own ancestors is found: ORA-32044.
func (d *cteDef) trace(outer *env) ([][][]byte, error) {
	ex := outer.ex
	first, err := readAll(d.anchor, outer)
	if err != nil {
		return nil, err
	}
	saved := ex.ctes[d]
	defer func() { ex.ctes[d] = saved }()
	var queue []*traced
	for _, r := range first {
		queue = append(queue, &traced{row: r, key: rowKey(r, d.cols)})
	}
	for i := 0; i < len(queue); i++ {
		ex.ctes[d] = &cteRows{rows: [][][]byte{queue[i].row}}
		next, err := readAll(d.step, outer)
		if err != nil {
			return nil, err
		}
		for _, r := range next {
			n := &traced{row: r, key: rowKey(r, d.cols), parent: queue[i]}
			for a := n.parent; a != nil; a = a.parent {
				if a.key == n.key {
					return nil, ora.New(32044)
				}
			}
			queue = append(queue, n)
		}
	}
	all := make([][][]byte, len(queue))
	for i, n := range queue {
		all[i] = n.row
	}
	return all, nil
}

func readAll(q *query, outer *env) ([][][]byte, error) {
	r, err := q.open(outer)
	if err != nil {
		return nil, err
	}
	defer r.close()
	var all [][][]byte
	for {
		row, err := r.next()
		if err != nil {
			return nil, err
		}
		if row == nil {
			return all, nil
		}
		if err := outer.ex.tick(); err != nil {
			return nil, err
		}
		all = append(all, slices.Clone(row))
	}
}

// cteRef is a query of WITH in a FROM clause.
func (c *compiler) cteRef(n *ast.TableName, def *cteDef) (*item, error) {
	if err := c.bareAlias(n.Alias); err != nil {
		return nil, err
	}
	alias := c.alias(n.Alias, def.name)
	// how many blocks lie between the use and the definition
	up := 0
	for s := c.scope.parent; s != def.scope && s != nil; s = s.parent {
		up++
	}
	if def.q != nil && def.q.outer || def.recursive && !def.building && def.q.outer {
		for s, i := c.scope, 0; i <= up && s != nil; s, i = s.parent, i+1 {
			s.outer = true
		}
	}
	building := def.building
	q := &query{cols: def.cols}
	q.open = func(outer *env) (rows, error) {
		ex := outer.ex
		if building {
			return &sliceRows{rows: ex.ctes[def].rows}, nil
		}
		if got := ex.ctes[def]; got != nil && !def.q.outer {
			return &sliceRows{rows: got.rows}, nil
		}
		for range up {
			outer = outer.outer
		}
		all, err := readAll(def.q, outer)
		if err != nil {
			return nil, err
		}
		ex.ctes[def] = &cteRows{rows: all}
		return &sliceRows{rows: all}, nil
	}
	return c.queryItem(n, q, alias, false)
}
