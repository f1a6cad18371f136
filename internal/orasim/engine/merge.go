package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// merge compiles MERGE: the source is joined to the target, and every source row updates its partner or is inserted.
func (c *compiler) merge(n *ast.Merge) (*change, error) {
	if n.LogErrors != nil || n.Returning != nil {
		return nil, c.unsupported(n, "MERGE")
	}
	var need []string
	if n.Matched != nil {
		need = append(need, "UPDATE")
		if n.Matched.DeleteWhere != nil {
			need = append(need, "DELETE")
		}
	}
	if n.Unmatched != nil {
		need = append(need, "INSERT")
	}
	t, alias, name, err := c.target(n.Target, need...)
	if err != nil {
		return nil, err
	}
	w, err := c.writer(n, t)
	if err != nil {
		return nil, err
	}
	s := &scope{width: firstSlot}
	c.scope = s
	source, err := c.tableRef(n.Source)
	if err != nil {
		return nil, err
	}
	// the source sees itself only
	target, err := c.rowSource(t, alias, name)
	if err != nil {
		return nil, err
	}
	conds, err := c.conjuncts(n.On)
	if err != nil {
		return nil, err
	}
	onCols := map[string]bool{}
	ast.Walk(n.On, func(m ast.Node) bool {
		if nm, ok := m.(*ast.Name); ok {
			if hit, err := s.find(c.f.Parts(nm)); err == nil && hit != nil && hit.src.table == t && slices.Contains(target.srcs, hit.src.index) {
				onCols[hit.col.name] = true
			}
		}
		return true
	})
	j := &joinNode{left: source.n, lo: target.lo, hi: target.hi, outer: true}
	var own []*conjunct
	for _, k := range conds {
		switch p, ok := k.pairFor(source.srcs, target.srcs); {
		case ok:
			j.pairs = append(j.pairs, p)
		case k.within(target.srcs):
			own = append(own, k)
		default:
			j.conds = append(j.conds, k.cond)
		}
	}
	target.restrict(own)
	j.right = target.n
	var set []*assignment
	var matchWhere, deleteWhere, insertWhere cond
	if m := n.Matched; m != nil {
		for _, a := range m.Set {
			names := []ast.Expr{a.Target}
			if l, ok := a.Target.(*ast.List); ok {
				names = l.Items
			}
			for _, x := range names {
				if nm, ok := x.(*ast.Name); ok && onCols[c.f.Last(nm)] {
					return nil, c.fail(x, 38104, `"`+alias+`"."`+c.f.Last(nm)+`"`)
				}
			}
		}
		if set, err = c.assignments(t, w, alias, m.Set); err != nil {
			return nil, err
		}
		if m.Where != nil {
			if matchWhere, err = c.cond(m.Where); err != nil {
				return nil, err
			}
		}
		if m.DeleteWhere != nil {
			if deleteWhere, err = c.cond(m.DeleteWhere); err != nil {
				return nil, err
			}
		}
	}
	var cols []*column
	var values []expr
	if i := n.Unmatched; i != nil {
		if cols, err = c.insertColumns(i, t, i.Cols); err != nil {
			return nil, err
		}
		items := []ast.Expr{i.Values}
		if l, ok := i.Values.(*ast.List); ok {
			items = l.Items
		}
		if values, err = c.valueList(i, t, w, cols, items); err != nil {
			return nil, err
		}
		if i.Where != nil {
			if insertWhere, err = c.cond(i.Where); err != nil {
				return nil, err
			}
		}
	}
	rowid := s.srcs[target.srcs[0]].rowid
	ch := &change{locks: []*table{t}}
	ch.run = func(ex *execution, tx *store.Tx, out *returned) (int, error) {
		p := &pending{}
		count := 0
		e := &env{row: make([][]byte, s.width), ex: ex}
		in, err := j.open(e)
		if err != nil {
			return 0, err
		}
		defer in.close()
		touched := map[store.Ref]bool{}
		for {
			ok, err := in.next()
			if err != nil {
				return 0, err
			}
			if !ok {
				break
			}
			clear(ex.seqs)
			if e.row[rowid] == nil {
				if values == nil {
					continue
				}
				if pass, err := condHolds(insertWhere, e); err != nil || !pass {
					if err != nil {
						return 0, err
					}
					continue
				}
				vals, err := evalAll(values, e)
				if err != nil {
					return 0, err
				}
				row, err := w.newRow(ex, cols, vals)
				if err != nil {
					return 0, err
				}
				if out.last, err = w.insert(ex, tx, row, p); err != nil {
					return 0, err
				}
				count++
				continue
			}
			if n.Matched == nil {
				continue
			}
			if pass, err := condHolds(matchWhere, e); err != nil || !pass {
				if err != nil {
					return 0, err
				}
				continue
			}
			ref, err := ex.hold(tx, e.row[rowid], store.WaitForever)
			if err != nil {
				return 0, err
			}
			if touched[ref] {
				return 0, ora.New(30926)
			}
			touched[ref] = true
			old := oldRow(e, target.lo, len(t.cols))
			row := slices.Clone(old)
			if err := applySet(set, e, row); err != nil {
				return 0, err
			}
			if ref, err = w.update(ex, tx, ref, old, row, p); err != nil {
				return 0, err
			}
			touched[ref] = true
			count++
			out.last = ref
			if deleteWhere != nil {
				copy(e.row[target.lo:], row[firstSlot:])
				if pass, err := condHolds(deleteWhere, e); err != nil {
					return 0, err
				} else if pass {
					if err := w.delete(ex, tx, ref, row, p); err != nil {
						return 0, err
					}
				}
			}
		}
		return count, ex.s.verify(ex, tx, p, false)
	}
	return ch, nil
}

func condHolds(k cond, e *env) (bool, error) {
	if k == nil {
		return true, nil
	}
	b, err := k(e)
	return b == yes, err
}

// multiInsert compiles INSERT ALL and INSERT FIRST.
func (c *compiler) multiInsert(n *ast.MultiInsert) (*change, error) {
	q, err := c.query(n.Query)
	if err != nil {
		return nil, err
	}
	s := &scope{width: firstSlot}
	c.scope = s
	it, err := c.queryItem(n, q, "", false)
	if err != nil {
		return nil, err
	}
	type into struct {
		w    *writer
		cols []*column
		xs   []expr
	}
	ch := &change{}
	writers := map[*table]*writer{}
	compile := func(i *ast.InsertInto) (*into, error) {
		if i.LogErrors != nil {
			return nil, c.unsupported(i, "INSERT")
		}
		t, _, _, err := c.target(i.Target, "INSERT")
		if err != nil {
			return nil, err
		}
		w := writers[t]
		if w == nil {
			if w, err = c.writer(i, t); err != nil {
				return nil, err
			}
			writers[t] = w
			ch.locks = append(ch.locks, t)
		}
		cols, err := c.insertColumns(i, t, i.Cols)
		if err != nil {
			return nil, err
		}
		r := &into{w: w, cols: cols}
		if i.Values == nil {
			if len(q.cols) > len(cols) {
				return nil, c.fail(i, 913)
			}
			if len(q.cols) < len(cols) {
				return nil, c.fail(i, 947)
			}
			for k := range cols {
				x, err := c.assign(i, t, cols[k], slotExpr(q.cols[k].typ, 0, it.lo+k))
				if err != nil {
					return nil, err
				}
				r.xs = append(r.xs, x)
			}
			return r, nil
		}
		items := []ast.Expr{i.Values}
		if l, ok := i.Values.(*ast.List); ok {
			items = l.Items
		}
		r.xs, err = c.valueList(i, t, w, cols, items)
		return r, err
	}
	all := func(list []*ast.InsertInto) ([]*into, error) {
		var out []*into
		for _, i := range list {
			r, err := compile(i)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
		return out, nil
	}
	always, err := all(n.Into)
	if err != nil {
		return nil, err
	}
	otherwise, err := all(n.Else)
	if err != nil {
		return nil, err
	}
	type arm struct {
		k    cond
		into []*into
	}
	var arms []arm
	for _, when := range n.Whens {
		k, err := c.cond(when.Cond)
		if err != nil {
			return nil, err
		}
		list, err := all(when.Into)
		if err != nil {
			return nil, err
		}
		arms = append(arms, arm{k, list})
	}
	c.scope = nil
	ch.run = func(ex *execution, tx *store.Tx, out *returned) (int, error) {
		p := &pending{}
		count := 0
		e := &env{row: make([][]byte, s.width), ex: ex}
		r, err := q.open(&env{ex: ex})
		if err != nil {
			return 0, err
		}
		defer r.close()
		put := func(list []*into) error {
			for _, i := range list {
				vals, err := evalAll(i.xs, e)
				if err != nil {
					return err
				}
				row, err := i.w.newRow(ex, i.cols, vals)
				if err != nil {
					return err
				}
				if _, err = i.w.insert(ex, tx, row, p); err != nil { // INSERT ALL says no last ROWID
					return err
				}
				count++
			}
			return nil
		}
		for {
			row, err := r.next()
			if err != nil {
				return 0, err
			}
			if row == nil {
				break
			}
			clear(ex.seqs)
			copy(e.row[it.lo:], row)
			if err := put(always); err != nil {
				return 0, err
			}
			hit := false
			for _, a := range arms {
				pass, err := condHolds(a.k, e)
				if err != nil {
					return 0, err
				}
				if !pass {
					continue
				}
				hit = true
				if err := put(a.into); err != nil {
					return 0, err
				}
				if n.First {
					break
				}
			}
			if !hit {
				if err := put(otherwise); err != nil {
					return 0, err
				}
			}
		}
		return count, ex.s.verify(ex, tx, p, false)
	}
	return ch, nil
}
