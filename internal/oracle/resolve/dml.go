package resolve

import (
	"landfall/internal/oracle/syntax/ast"
)

// dmlTarget resolves the target of DML as the only source of a new query scope, which stays pushed.
func (r *resolver) dmlTarget(t ast.TableRef, write string) (*scope, *source) {
	r.sql++
	s := r.push(queryScope)
	src := r.fromHow(t, s, howWrites)
	if src == nil {
		src = &source{shape: &shape{open: true}}
		if len(s.sources) > 0 {
			src = s.sources[0]
		}
	}
	if src.acc != nil {
		src.acc.write(write)
	}
	return s, src
}

func (r *resolver) popSQL() {
	r.pop()
	r.sql--
}

func (r *resolver) insert(x *ast.Insert) {
	s, src := r.dmlTarget(x.Target, "INSERT")
	r.insertColumns(x.Cols, src)
	form := x.Form
	if form == nil {
		form = &ast.InsertForm{}
	}
	if len(x.Cols) == 0 && !form.ByName && len(form.Set) == 0 {
		src.acc.all(src.shape)
	}
	writeThrough(src, "INSERT")
	for _, a := range form.Set {
		r.assign(a, s, "INSERT")
	}
	r.in(s.parent, func() { // values do not see the target's columns
		r.exprs(x.Rows)
		r.expr(form.Record)
		if x.Query != nil {
			r.query(x.Query)
		}
	})
	r.returning(x.Returning)
	r.logErrors(x.LogErrors)
	r.popSQL()
}

func (r *resolver) insertColumns(cols []*ast.Name, src *source) {
	for _, n := range cols {
		if f := r.columnOf(n, src.shape, src.acc); f != nil && f.from != nil {
			f.from.write("INSERT")
		}
	}
}

// writeThrough marks the table behind an inline view that is written without naming columns.
func writeThrough(src *source, how string) {
	if src.acc != nil {
		return
	}
	for _, f := range src.shape.fields {
		if f.from != nil {
			f.from.write(how)
			return
		}
	}
}

func (r *resolver) multiInsert(x *ast.MultiInsert) {
	r.sql++
	outer := r.scope
	row := &shape{open: true}
	if x.Query != nil {
		row = r.query(x.Query)
	}
	one := func(i *ast.InsertInto) {
		r.in(outer, func() {
			_, src := r.dmlTarget(i.Target, "INSERT")
			r.insertColumns(i.Cols, src)
			if len(i.Cols) == 0 {
				src.acc.all(src.shape)
			}
			r.popSQL()
		})
		r.expr(i.Values)
		r.logErrors(i.LogErrors)
	}
	s := &scope{kind: queryScope, parent: outer, sources: []*source{{shape: row}}, routine: r.routine}
	r.in(s, func() {
		for _, i := range x.Into {
			one(i)
		}
		for _, w := range x.Whens {
			r.expr(w.Cond)
			for _, i := range w.Into {
				one(i)
			}
		}
		for _, i := range x.Else {
			one(i)
		}
	})
	r.sql--
}

func (r *resolver) update(x *ast.Update) {
	s, src := r.dmlTarget(x.Target, "UPDATE")
	for _, t := range x.From {
		r.from(t, s)
	}
	for _, a := range x.Set {
		r.assign(a, s, "UPDATE")
	}
	if src.acc != nil {
		src.acc.write("UPDATE")
	}
	r.expr(x.Where)
	r.currentOf(x.CurrentOf)
	r.clauses(x.Subst)
	r.returning(x.Returning)
	r.logErrors(x.LogErrors)
	r.popSQL()
}

func (r *resolver) delete(x *ast.Delete) {
	s, src := r.dmlTarget(x.Target, "DELETE")
	writeThrough(src, "DELETE")
	for _, t := range x.From {
		r.from(t, s)
	}
	r.expr(x.Where)
	r.currentOf(x.CurrentOf)
	r.clauses(x.Subst)
	r.returning(x.Returning)
	r.logErrors(x.LogErrors)
	r.popSQL()
}

func (r *resolver) merge(x *ast.Merge) {
	s, src := r.dmlTarget(x.Target, "MERGE")
	hold := s.sources
	s.sources = nil
	r.from(x.Source, s)
	s.sources = append(append([]*source(nil), hold...), s.sources...)
	r.expr(x.On)
	if m := x.Matched; m != nil {
		for _, a := range m.Set {
			r.assign(a, s, "MERGE")
		}
		r.expr(m.Where)
		r.expr(m.DeleteWhere)
	}
	if m := x.Unmatched; m != nil {
		r.insertColumns(m.Cols, src)
		if len(m.Cols) == 0 {
			src.acc.all(src.shape)
		}
		r.expr(m.Values)
		r.expr(m.Where)
	}
	if src.acc != nil {
		src.acc.write("MERGE")
	}
	r.returning(x.Returning)
	r.logErrors(x.LogErrors)
	r.popSQL()
}

// assign resolves one item of SET. Its left side is always a column of the target.
func (r *resolver) assign(a *ast.Assign, s *scope, how string) {
	target := &scope{kind: queryScope, parent: s.parent, sources: s.sources[:min(1, len(s.sources))], routine: r.routine}
	one := func(e ast.Expr) {
		n, ok := e.(*ast.Name)
		if !ok || a.Row {
			if a.Row {
				r.wordsIn(e)
				for _, src := range target.sources {
					src.acc.all(src.shape)
				}
				return
			}
			r.expr(e)
			return
		}
		f := r.value(n, asValue)
		if f.from != nil && how == "UPDATE" {
			f.from.write(how)
		}
	}
	r.in(target, func() {
		if l, ok := a.Target.(*ast.List); ok {
			for _, e := range l.Items {
				one(e)
			}
		} else if a.Target != nil {
			one(a.Target)
		}
	})
	r.expr(a.X)
}

func (r *resolver) currentOf(e ast.Expr) {
	if e == nil {
		return
	}
	r.in(r.plsql(), func() {
		if n, ok := e.(*ast.Name); ok {
			r.value(n, asCursor)
			return
		}
		r.expr(e)
	})
}

func (r *resolver) returning(x *ast.Returning) {
	if x == nil {
		return
	}
	for _, it := range x.Items {
		r.expr(it.X)
	}
	if x.Into != nil {
		r.into(x.Into.Targets)
	}
}

func (r *resolver) logErrors(x *ast.LogErrors) {
	if x == nil {
		return
	}
	if x.Into != nil {
		_, acc := r.table(x.Into, x, howWrites)
		acc.write("INSERT")
	}
	r.expr(x.Tag)
	r.expr(x.Limit)
}
