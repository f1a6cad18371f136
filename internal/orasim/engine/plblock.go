package engine

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// plUnit is a compiled block with what it was compiled for.
type plUnit struct {
	unit    *plsql.Unit
	types   []*plsql.Type
	binds   []session.Bind
	version uint64
}

// blockType is the type of a bind of a block, nil for one that is not served.
func (s *Session) blockType(b session.Bind) *plsql.Type {
	var t typ
	switch b.Type {
	case session.RefCursor:
		if b.Elements > 0 {
			return nil
		}
		return plsql.CursorType()
	case session.Object:
		if b.Elements > 0 {
			return nil
		}
		return plsql.SQLTypeOf(plHost{s}, bindType(b))
	case session.PLSQLBoolean:
		t = tBool
	case session.Varchar2, session.Char:
		t = bindType(b)
		t.kind, t.size = kVarchar, 32767
		t.charSem = t.national
	case session.Raw:
		t = typ{kind: kRaw, size: 32767}
	default:
		if t = bindType(b); t.kind == kOther {
			return nil
		}
	}
	if b.Elements > 0 {
		return plsql.ArrayType(t, tInteger)
	}
	return plsql.ScalarType(t)
}

// block runs an anonymous block, once for each row of binds.
func (s *Session) block(ctx context.Context, st *Statement, n *ast.Block, call *session.Call) (*session.Result, error) {
	u := st.unit
	if u == nil || u.version != s.db.version.Load() || !slices.Equal(u.binds, call.Binds) {
		u = &plUnit{version: s.db.version.Load(), binds: slices.Clone(call.Binds)}
		var vars []plsql.BindVar
		for i, b := range call.Binds {
			v := plsql.BindVar{Name: st.bindName(i), Type: s.blockType(b)}
			if b.Type == session.Varchar2 || b.Type == session.Char {
				v.Size = b.Size
			}
			vars, u.types = append(vars, v), append(u.types, v.Type)
		}
		var err error
		if u.unit, err = plsql.Compile(plHost{s}, st.f, n, vars); err != nil {
			return nil, err
		}
		st.unit = u
	}
	rows := call.Rows
	if len(rows) == 0 {
		rows = [][][]byte{make([][]byte, len(call.Binds))}
	}
	if len(rows) > 1 && len(call.Arrays) > 0 {
		return nil, ora.Unsupported("array execution of a block with arrays")
	}
	var res *session.Result
	for i, row := range rows {
		one, err := s.runBlock(ctx, u, call, row)
		if err != nil {
			if len(rows) == 1 {
				return nil, err
			}
			// what the iterations before have done stays, as with array DML
			err = seam(err)
			if e, ok := err.(*session.Error); ok {
				e.Row = i
			}
			return &session.Result{RowCount: uint64(i)}, err
		}
		if res == nil {
			res = one
			continue
		}
		for k := range res.Out {
			res.Out[k].Values = append(res.Out[k].Values, one.Out[k].Values...)
		}
		res.Implicit = append(res.Implicit, one.Implicit...)
	}
	return res, nil
}

// runBlock runs a block once.
func (s *Session) runBlock(ctx context.Context, u *plUnit, call *session.Call, row [][]byte) (*session.Result, error) {
	r := &plsql.Run{Host: plHost{s}, Ctx: ctx, Exec: s.execution(ctx)}
	for i, b := range call.Binds {
		v, err := s.blockValue(u.types[i], b, row[i], call.Arrays[i])
		if err != nil {
			return nil, err
		}
		r.Binds = append(r.Binds, v)
	}
	if err := s.atomically(func() error { return u.unit.Run(r) }); err != nil {
		return nil, plsql.Error(err)
	}
	res := &session.Result{Out: make([]session.Out, len(call.Binds))}
	for i, b := range call.Binds {
		read, written := u.unit.Direction(i)
		if !written {
			continue
		}
		out := session.Out{Direction: session.OutOnly}
		if read {
			out.Direction = session.InOut
		}
		vals, err := s.clientValues(u.types[i], b, r.Binds[i])
		if err != nil {
			return nil, err
		}
		out.Values = [][][]byte{vals}
		res.Out[i] = out
	}
	for _, x := range r.Implicit {
		c := s.clientCursor(x)
		res.Implicit = append(res.Implicit, c)
	}
	return res, nil
}

// blockValue is the value of a bind as a block has it.
func (s *Session) blockValue(t *plsql.Type, b session.Bind, v []byte, array [][]byte) (any, error) {
	switch {
	case t == nil:
		return []byte(nil), nil // the block does not use it, or was refused
	case b.Elements > 0:
		var vals [][]byte
		for _, e := range array {
			x, err := s.bindValue(b, e)
			if err != nil {
				return nil, err
			}
			vals = append(vals, x)
		}
		return t.Array(vals)
	case b.Type == session.RefCursor:
		if len(v) == 8 {
			if x := s.cursors[binary.BigEndian.Uint64(v)]; x != nil {
				return x, nil
			}
		}
		return (*plsql.Cursor)(nil), nil
	}
	x, err := s.bindValue(b, v)
	if b.Type == session.Object && err == nil {
		return t.Decode(plHost{s}, x)
	}
	return x, err
}

// clientValues are the values of a bind as the client gets them.
func (s *Session) clientValues(t *plsql.Type, b session.Bind, v any) ([][]byte, error) {
	if b.Type == session.Object {
		image, err := t.Encode(plHost{s}, v)
		if err == nil && image != nil {
			image, err = s.clientObject(bindType(b), image)
		}
		return [][]byte{image}, err
	}
	switch x := v.(type) {
	case *plsql.Cursor:
		if x == nil || x.Rows == nil {
			return [][]byte{nil}, nil
		}
		return [][]byte{s.cursorHandle(x)}, nil
	case *plsql.Collection:
		if !x.Dense() {
			return nil, ora.Unsupported("an index-by table for the client whose indexes are not 1, 2, 3 ...")
		}
		vals := x.Values()
		if len(vals) > b.Elements {
			return nil, ora.New(6513)
		}
		for i, e := range vals {
			out, err := s.clientValue(b, e)
			if err != nil {
				return nil, err
			}
			vals[i] = out
		}
		return vals, nil
	case []byte:
		out, err := s.clientValue(b, x)
		return [][]byte{out}, err
	}
	return [][]byte{nil}, nil
}

func (s *Session) clientValue(b session.Bind, v []byte) ([]byte, error) {
	switch {
	case v == nil:
		return nil, nil
	case b.Type == session.CLOB:
		return s.lobs.add(&lob{clob: true, raw: bytes.Clone(v)}), nil
	case b.Type == session.BLOB:
		return s.lobs.add(&lob{data: bytes.Clone(v)}), nil
	case (b.Type == session.Varchar2 || b.Type == session.Char) && b.Size > 0 && s.db.set.Len(v) > b.Size:
		return nil, ora.New(6502, ": character string buffer too small")
	case b.Type == session.Raw && b.Size > 0 && len(v) > b.Size:
		return nil, ora.New(6502, ": raw variable length too long")
	case b.Type == session.Varchar2 || b.Type == session.Char || b.Type == session.Long:
		return s.seamText(v, b.National), nil
	}
	return v, nil
}

// cursorHandle keeps a cursor for the client, who opens it by Cursor.
func (s *Session) cursorHandle(x *plsql.Cursor) []byte {
	if s.cursors == nil {
		s.cursors = map[uint64]*plsql.Cursor{}
	}
	s.lastCursor++
	s.cursors[s.lastCursor] = x
	return binary.BigEndian.AppendUint64(nil, s.lastCursor)
}

// Cursor implements session.Session.
func (s *Session) Cursor(_ context.Context, v []byte) (*session.Cursor, error) {
	if len(v) == 8 {
		if x := s.cursors[binary.BigEndian.Uint64(v)]; x != nil && x.Rows != nil {
			if of := x.Rows.(*plRows).of; of != nil {
				delete(of.nested, x) // it is the client's from now on
			}
			return s.clientCursor(x), nil
		}
	}
	return nil, seam(ora.New(1001))
}

// clientCursor gives the rest of the rows of a cursor to the client.
func (s *Session) clientCursor(x *plsql.Cursor) *session.Cursor {
	p := x.Rows.(*plRows)
	out := &session.Cursor{}
	for _, col := range p.q.cols {
		out.Columns = append(out.Columns, s.describe(col))
	}
	out.Rows = &result{s: s, ex: p.ex, r: &clientRows{s: s, x: x}, cols: p.q.cols, lobs: nil}
	return out
}

// clientRows fetches through a cursor of a block: block and client share where it stands.
type clientRows struct {
	s *Session
	x *plsql.Cursor
}

func (r *clientRows) next() ([][]byte, error) {
	if r.x.Rows == nil {
		return nil, ora.New(1001)
	}
	row, err := r.x.Rows.Next()
	if row != nil {
		r.x.Count++
	}
	return row, err
}

func (r *clientRows) close() {
	r.x.Close()
	for id, x := range r.s.cursors {
		if x == r.x {
			delete(r.s.cursors, id)
		}
	}
}
