package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// plDynamic is a statement that a block makes at run time.
type plDynamic struct {
	h  plHost
	st *Statement
}

// Dynamic implements plsql.Host.
func (h plHost) Dynamic(_ *plsql.Run, text string) (plsql.Dynamic, error) {
	st, err := h.s.parse(text)
	if err != nil {
		return nil, err
	}
	return &plDynamic{h, st}, nil
}

// IsQuery implements plsql.Dynamic.
func (d *plDynamic) IsQuery() bool { return d.st.kind == session.Query }

// IsBlock implements plsql.Dynamic.
func (d *plDynamic) IsBlock() bool {
	return d.st.kind == session.Block || d.st.kind == session.Declare
}

// IsDDL implements plsql.Dynamic.
func (d *plDynamic) IsDDL() bool {
	switch d.st.kind {
	case session.Create, session.Drop, session.Alter, session.Other:
		return true
	}
	return false
}

// Binds implements plsql.Dynamic.
func (d *plDynamic) Binds() int { return d.st.nbinds }

// Name implements plsql.Dynamic.
func (d *plDynamic) Name(i int) string { return d.st.bindName(i) }

// scalars are the engine's types and values of arguments of SQL.
func scalars(using []*plsql.Bound) (types []typ, vals [][]byte, err error) {
	for _, b := range using {
		t, ok := b.Type.Scalar.(typ)
		switch {
		case b.Type.Kind != plsql.KindScalar || !ok:
			return nil, nil, ora.Unsupported("an argument of dynamic SQL that is no scalar")
		case t.kind == kBool:
			return nil, nil, ora.Unsupported("a BOOLEAN in dynamic SQL")
		}
		if t.kind == kVarchar && t.size > 4000 {
			t.size = 4000
		}
		types, vals = append(types, t), append(vals, b.Bytes())
	}
	return types, vals, nil
}

// Columns implements plsql.Dynamic.
func (d *plDynamic) Columns(using []*plsql.Bound) ([]plsql.Column, error) {
	types, _, err := scalars(using)
	if err != nil {
		return nil, err
	}
	if _, err := d.st.prepare(types); err != nil {
		return nil, err
	}
	return plColumns(d.st.query.cols), nil
}

// Open implements plsql.Dynamic.
func (d *plDynamic) Open(r *plsql.Run, using []*plsql.Bound) (plsql.Rows, error) {
	types, vals, err := scalars(using)
	if err != nil {
		return nil, err
	}
	if _, err := d.st.prepare(types); err != nil {
		return nil, err
	}
	d.h.s.db.cache.ran(d.st.cached, d.st, &session.Call{}, 0, 0)
	return d.h.s.plOpen(r.Ctx, d.st.query, vals)
}

// Execute implements plsql.Dynamic.
func (d *plDynamic) Execute(r *plsql.Run, using []*plsql.Bound, returning []*plsql.Type) (int, [][][]byte, error) {
	s := d.h.s
	if d.IsBlock() {
		return 0, nil, d.block(r, using)
	}
	types, vals, err := scalars(using)
	if err != nil {
		return 0, nil, err
	}
	for _, t := range returning {
		types, vals = append(types, t.Scalar.(typ)), append(vals, nil)
	}
	switch d.st.stmt.(type) {
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		if _, err := d.st.prepare(types); err != nil {
			return 0, nil, err
		}
		ch := d.st.change
		if len(returning) > 0 && (ch.returning == nil || len(ch.returning.binds) != len(returning)) {
			return 0, nil, ora.New(1006)
		}
		d.h.s.db.cache.ran(d.st.cached, d.st, &session.Call{}, 0, 0)
		return s.plRun(r.Ctx, ch, vals)
	}
	if len(vals) > 0 {
		return 0, nil, ora.New(1027)
	}
	res, err := d.st.execute(r.Ctx, &session.Call{Rows: [][][]byte{nil}})
	if err == nil && res.Warning != nil { // an exception here
		err = ora.New(24344)
	}
	return 0, nil, err
}

// block runs a block; what it has done is undone when it fails.
func (d *plDynamic) block(r *plsql.Run, using []*plsql.Bound) error {
	var binds []plsql.BindVar
	in := &plsql.Run{Host: r.Host, Ctx: r.Ctx, Exec: r.Exec}
	for i, b := range using {
		v := plsql.BindVar{Name: d.st.bindName(i), Type: b.Type}
		if b.Type.Kind == plsql.KindScalar && b.Type.Scalar.(typ).kind == kOther {
			v.Type = nil
		}
		binds = append(binds, v)
		in.Binds = append(in.Binds, b.Value)
	}
	u, err := plsql.Compile(d.h, d.st.f, d.st.stmt.(*ast.Block), binds)
	if err != nil {
		return err
	}
	for i, b := range using {
		if _, written := u.Direction(i); written && !b.Out {
			return ora.New(6537)
		}
	}
	was := r.Exec.(*execution).frame
	err = d.h.s.atomically(func() error { return u.Nested(r, in) })
	r.Exec.(*execution).frame = was
	for i, b := range using {
		b.Value = in.Binds[i]
	}
	r.Implicit = append(r.Implicit, in.Implicit...)
	return err
}

// atomically undoes what a block has done when it fails: all since it began, or since it ended the transaction itself.
func (s *Session) atomically(f func() error) error {
	tx, mark, deferred := s.tx, 0, s.deferred
	if tx != nil {
		mark = tx.Mark()
	}
	err := f()
	if err == nil || s.tx == nil {
		return err
	}
	if s.tx == tx {
		s.tx.RollbackTo(mark)
		s.deferred = deferred
	} else {
		s.tx.RollbackTo(0)
		s.deferred = pending{}
		s.savepoints = nil
	}
	return err
}
