package engine

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"time"
	"unicode/utf16"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/store"
)

// Statement is a parsed statement. What it was compiled to is kept for the next execution with binds of the same types.
type Statement struct {
	s      *Session
	f      *ast.File
	stmt   ast.Stmt
	kind   session.Kind
	bindOf map[uint32]int // token -> bind
	nbinds int

	version uint64
	types   []typ
	query   *query
	change  *change
	cached  *cachedCursor
	unit    *plUnit // of a block
	broken  *brokenUnit
}

// Parse implements session.Session.
func (s *Session) Parse(_ context.Context, sql string) (_ session.Statement, err error) {
	defer caught(&err)
	st, err := s.parse(sql)
	if err != nil {
		return nil, seam(err)
	}
	return st, nil
}

func (s *Session) parse(sql string) (*Statement, error) {
	if !s.db.set.Identity() { // as a server reads it: what the set does not have is lost
		sql = string(s.db.set.Admit([]byte(sql)))
	}
	f, stmt, err := parse(sql)
	if err != nil {
		if st := s.brokenStatement(f); st != nil {
			st.cached = s.cursor(st, sql)
			return st, nil
		}
		return nil, err
	}
	st := &Statement{s: s, f: f, stmt: stmt, kind: kindOf(stmt), bindOf: map[uint32]int{}}
	plsql := st.kind == session.Block || st.kind == session.Declare || st.kind == session.CallStmt
	names := map[string]int{}
	for i := range f.Tokens {
		if st.kind == session.Create && plsqlStatement(stmt) {
			break // :NEW and :OLD are no binds
		}
		if t := f.Tokens[i]; t.Kind == token.Bind || t.Kind == token.Question {
			name := f.Ident(uint32(i))
			if !plsql && t.Kind == token.Bind && token.Lookup([]byte(upper(name[1:]))).ReservedSQL() {
				return nil, ora.At(ora.New(1745), int(t.Off))
			}
			if at, ok := names[name]; ok && plsql {
				st.bindOf[uint32(i)] = at
				continue
			}
			names[name] = st.nbinds
			st.bindOf[uint32(i)] = st.nbinds
			st.nbinds++
		}
	}
	// names are resolved at parse time where that needs no binds
	if st.nbinds == 0 {
		if _, err := st.prepare(nil); err != nil {
			return nil, err
		}
	}
	st.cached = s.cursor(st, sql)
	return st, nil
}

func kindOf(stmt ast.Stmt) session.Kind {
	switch n := stmt.(type) {
	case *ast.SelectStmt:
		return session.Query
	case *ast.Insert, *ast.MultiInsert:
		return session.Insert
	case *ast.Update:
		return session.Update
	case *ast.Delete:
		return session.Delete
	case *ast.Merge:
		return session.Merge
	case *ast.Block:
		if n.Declare {
			return session.Declare
		}
		return session.Block
	case *ast.SQLCall:
		return session.CallStmt
	case *ast.ExplainPlan:
		return session.Explain
	case *ast.Drop:
		return session.Drop
	case *ast.Alter:
		return session.Alter
	case *ast.CreateTable, *ast.CreateIndex, *ast.CreateView, *ast.CreateSequence, *ast.CreateSynonym, *ast.CreateUser, *ast.CreateRoutine, *ast.CreatePackage, *ast.CreatePackageBody,
		*ast.CreateType, *ast.CreateTypeBody, *ast.CreateTrigger, *ast.CreateMView, *ast.CreateRole:
		return session.Create
	}
	return session.Other
}

// Kind implements session.Statement.
func (st *Statement) Kind() session.Kind { return st.kind }

// Close implements session.Statement.
func (st *Statement) Close() error { return nil }

// bindType is the type of a bind inside of the engine.
func bindType(b session.Bind) typ {
	switch b.Type {
	case session.Number, session.PLSQLInteger:
		return tNumber
	case session.Date:
		return tDate
	case session.Timestamp:
		return tTimestamp
	case session.TimestampTZ:
		return tZoned
	case session.TimestampLTZ:
		return tLocal
	case session.IntervalYM:
		return tMonths
	case session.IntervalDS:
		return tSpan
	case session.Raw:
		return rawType(b.Size)
	case session.LongRaw:
		return typ{kind: kBlob}
	case session.BinaryFloat:
		return tFloat
	case session.BinaryDouble:
		return tDouble
	case session.CLOB:
		return typ{kind: kClob, national: b.National}
	case session.BLOB:
		return tBlob
	case session.Long:
		return typ{kind: kClob, national: b.National}
	case session.Char:
		return typ{kind: kChar, size: max(1, b.Size), national: b.National}
	case session.RowID, session.URowID:
		return tRowID
	case session.Varchar2:
		return typ{kind: kVarchar, size: max(1, min(b.Size, 4000)), national: b.National}
	case session.Object:
		return typ{kind: kOther, schema: b.TypeSchema, name: b.TypeName}
	}
	return typ{kind: kOther}
}

// bindValue turns a value of the seam into one of the engine.
func (s *Session) bindValue(b session.Bind, v []byte) ([]byte, error) {
	if v == nil {
		return nil, nil
	}
	switch b.Type {
	case session.CLOB, session.BLOB:
		l, err := s.lobs.get(v)
		if err != nil {
			return nil, err
		}
		return l.bytes(), nil
	case session.Object:
		return s.heldObject(bindType(b), v)
	case session.Timestamp, session.TimestampLTZ:
		if len(v) == 11 && binary.BigEndian.Uint32(v[7:]) == 0 {
			return slices.Clone(v[:7]), nil
		}
	case session.TimestampTZ:
		if _, err := zoneOf(v); err != nil {
			return nil, err
		}
	case session.Varchar2, session.Char, session.Long:
		if len(v) == 0 {
			return nil, nil
		}
		held, err := s.heldText(v, b.National)
		return slices.Clone(held), err
	}
	return slices.Clone(v), nil
}

func fromUTF16(v []byte) []byte {
	u := make([]uint16, len(v)/2)
	for i := range u {
		u[i] = binary.BigEndian.Uint16(v[2*i:])
	}
	return str(string(utf16.Decode(u)))
}

func toUTF16(v []byte) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(string(v))) {
		out = binary.BigEndian.AppendUint16(out, u)
	}
	return out
}

// prepare compiles for binds of some types, unless that was done already.
func (st *Statement) prepare(types []typ) (*compiler, error) {
	version := st.s.db.version.Load()
	c := &compiler{s: st.s, schema: st.s.schema, f: st.f, bindOf: st.bindOf}
	for _, t := range types {
		c.binds = append(c.binds, bindInfo{typ: t})
	}
	if st.version == version && slices.Equal(st.types, types) && (st.query != nil || st.change != nil) {
		return c, nil
	}
	st.query, st.change = nil, nil
	var err error
	switch n := st.stmt.(type) {
	case *ast.SelectStmt:
		c.outermost = n.Query.Body
		st.query, err = c.query(n.Query)
		if err == nil && n.Query.Lock != nil {
			err = c.forUpdate(n.Query, st.query)
		}
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		st.change, err = c.change(n)
	}
	st.version, st.types = version, slices.Clone(types)
	return c, err
}

// Describe implements session.Statement.
func (st *Statement) Describe(_ context.Context, binds []session.Bind) (_ []session.Column, err error) {
	defer caught(&err)
	switch st.kind {
	case session.Query:
	case session.Insert, session.Update, session.Delete, session.Merge:
		// what is wrong whatever the binds are is an error of parsing: a table that is not there, too many values
		var e *ora.Error
		if _, err := st.prepare(st.typesOf(binds)); errors.As(err, &e) && bindless[e.Code] {
			return nil, seam(err)
		}
		return nil, nil
	default:
		return nil, nil
	}
	if _, err := st.prepare(st.typesOf(binds)); err != nil {
		return nil, seam(err)
	}
	return st.columns(), nil
}

// bindless are errors of a statement that do not depend on the types of its binds.
var bindless = map[int]bool{904: true, 913: true, 942: true, 947: true, 957: true, 1747: true}

func (st *Statement) typesOf(binds []session.Bind) []typ {
	types := make([]typ, st.nbinds)
	for i := range types {
		types[i] = typ{kind: kVarchar, size: 4000}
		if i < len(binds) {
			types[i] = bindType(binds[i])
		}
	}
	return types
}

func (st *Statement) columns() []session.Column {
	var cols []session.Column
	for _, col := range st.query.cols {
		cols = append(cols, st.s.describe(col))
	}
	return cols
}

// Execute implements session.Statement.
func (st *Statement) Execute(ctx context.Context, call *session.Call) (r *session.Result, err error) {
	defer caught(&err)
	began := time.Now()
	r, err = st.execute(ctx, call)
	if err == nil {
		st.s.db.cache.ran(st.cached, st, call, time.Since(began), r.RowCount)
	}
	return r, seam(err)
}

func (st *Statement) execute(ctx context.Context, call *session.Call) (*session.Result, error) {
	s := st.s
	if len(call.Binds) < st.nbinds {
		return nil, ora.New(1008)
	}
	if len(call.Binds) > st.nbinds {
		return nil, ora.New(1036)
	}
	for _, b := range call.Binds {
		if t := bindType(b); t.kind == kOther && s.udt(t) == nil && st.kind != session.Block && st.kind != session.Declare {
			return nil, ora.Unsupported("a bind of this type")
		}
	}
	if len(s.dirty) > 0 {
		if err := s.flushLOBs(ctx); err != nil {
			return nil, err
		}
	}
	switch st.stmt.(type) {
	case *ast.SelectStmt:
		return st.runQuery(ctx, call)
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		return st.runChange(ctx, call)
	}
	return s.command(ctx, st, call)
}

func (st *Statement) runQuery(ctx context.Context, call *session.Call) (*session.Result, error) {
	if _, err := st.prepare(st.typesOf(call.Binds)); err != nil {
		return nil, err
	}
	s := st.s
	ex := s.execution(ctx)
	if len(call.Rows) > 0 {
		for i, b := range call.Binds {
			v, err := s.bindValue(b, call.Rows[0][i])
			if err != nil {
				return nil, err
			}
			ex.binds = append(ex.binds, v)
		}
	}
	q := st.query
	var r rows
	var err error
	if q.lock != nil {
		r, err = s.lockRows(ex, q)
	} else {
		r, err = q.open(&env{ex: ex})
	}
	if err != nil {
		return nil, err
	}
	return &session.Result{Columns: st.columns(), Rows: &result{s: s, ex: ex, r: r, cols: q.cols, of: st.cached, lock: q.lock, lobs: q.lobColumns()}}, nil
}

// result gives rows in the form of the seam: national text in UTF-16, LOBs as locators.
type result struct {
	s    *Session
	ex   *execution
	r    rows
	cols []outCol
	done bool
	of   *cachedCursor
	n    uint64
	lock *rowLock
	lobs []int // see lobColumns
}

// lob makes a locator of a value; of a row that is locked it can be written through.
func (r *result) lob(i int, got [][]byte, l *lob) []byte {
	if r.lobs != nil && r.lobs[i] >= 0 {
		if ref, ok := r.s.db.store.Find(got[len(r.cols)+r.lobs[i]]); ok && r.s.tx != nil {
			l.home = &lobHome{r.lock.tables[r.lobs[i]], ref, r.cols[i].expr.col.col.internal, r.s.tx}
			l.data, l.raw = slices.Clone(l.data), slices.Clone(l.raw)
		}
	}
	return r.s.lobs.add(l)
}

// Next implements session.Rows.
func (r *result) Next(ctx context.Context, row [][]byte) (err error) {
	defer caught(&err)
	if r.done {
		return io.EOF
	}
	r.ex.ctx = ctx
	got, err := r.r.next()
	if err != nil {
		r.close()
		return seam(err)
	}
	if got == nil {
		r.close()
		return io.EOF
	}
	r.n++
	for i := range r.cols {
		v := got[i]
		if v != nil {
			switch t := &r.cols[i].typ; t.kind {
			case kClob:
				v = r.lob(i, got, &lob{clob: true, raw: nonNil(v)})
			case kBlob:
				v = r.lob(i, got, &lob{data: v})
			case kOther:
				if v, err = r.s.clientObject(*t, v); err != nil {
					r.close()
					return seam(err)
				}
			default:
				if t.kind.text() || t.kind == kLong || t.kind == kXML {
					v = r.s.seamText(v, t.national)
				}
			}
		}
		row[i] = v
	}
	return nil
}

func nonNil(v []byte) []byte {
	if v == nil {
		return []byte{}
	}
	return v
}

func (r *result) close() {
	if !r.done {
		r.done = true
		r.r.close()
		r.s.closeNested(r.ex)
		r.s.db.cache.fetched(r.of, r.n)
	}
}

// Close implements session.Rows.
func (r *result) Close() error {
	r.close()
	return nil
}

// runChange executes DML, once for each row of binds.
func (st *Statement) runChange(ctx context.Context, call *session.Call) (*session.Result, error) {
	if _, err := st.prepare(st.typesOf(call.Binds)); err != nil {
		return nil, err
	}
	s, ch := st.s, st.change
	if s.readOnly {
		return nil, ora.New(1456)
	}
	iterations := call.Rows
	if len(iterations) == 0 {
		iterations = [][][]byte{nil}
	}
	res := &session.Result{RowCounts: make([]uint64, len(iterations))}
	if ch.returning != nil {
		res.Out = make([]session.Out, len(call.Binds))
		for _, at := range ch.returning.binds {
			res.Out[at] = session.Out{Direction: session.Returning, Values: make([][][]byte, len(iterations))}
		}
	}
	for i, binds := range iterations {
		n, out, err := st.iterate(ctx, call, binds)
		if err != nil {
			var e *ora.Error
			if !errors.As(err, &e) {
				return nil, err
			}
			if len(iterations) == 1 && !call.BatchErrors {
				return nil, err
			}
			se := seam(e).(*session.Error)
			se.Row = i
			if call.BatchErrors {
				res.BatchErrors = append(res.BatchErrors, se)
				continue
			}
			res.RowCounts = res.RowCounts[:i]
			return res, se
		}
		res.RowCounts[i] = uint64(n)
		res.RowCount += uint64(n)
		if out.last.Valid() {
			res.LastRowID = out.last.RowID()
		}
		if ch.returning == nil {
			continue
		}
		for k, bind := range ch.returning.binds {
			t := ch.returning.items[k].typ
			for at, vals := range out.rows {
				v := vals[k]
				var home *lobHome
				if col := ch.returning.items[k].col; t.kind.lob() && col != nil && col.col != nil {
					home = &lobHome{ch.returning.t, out.refs[at], col.col.internal, s.tx}
				}
				if v != nil {
					switch {
					case t.kind == kClob && call.Binds[bind].Type == session.CLOB: // not one that is taken as LONG
						v = s.lobs.add(&lob{clob: true, raw: slices.Clone(v), home: home})
					case t.kind == kBlob && call.Binds[bind].Type == session.BLOB:
						v = s.lobs.add(&lob{data: slices.Clone(v), home: home})
					case t.kind == kOther:
						var err error
						if v, err = s.clientObject(t, v); err != nil {
							return nil, err
						}
					case t.kind.text():
						v = s.seamText(v, call.Binds[bind].National)
					}
				}
				res.Out[bind].Values[i] = append(res.Out[bind].Values[i], v)
			}
		}
	}
	return res, nil
}

// iterate runs the statement for one row of binds.
func (st *Statement) iterate(ctx context.Context, call *session.Call, binds [][]byte) (int, *returned, error) {
	s := st.s
	var vals [][]byte
	for i, b := range call.Binds {
		v, err := s.bindValue(b, binds[i])
		if err != nil {
			return 0, nil, err
		}
		vals = append(vals, v)
	}
	return s.once(ctx, st.change, vals)
}

// once runs DML, again and again while rows have changed under it.
func (s *Session) once(ctx context.Context, ch *change, vals [][]byte) (int, *returned, error) {
	tx := s.transaction()
	for _, t := range ch.locks {
		if err := tx.LockTable(ctx, t.lock, store.RowExclusive, store.WaitForever); err != nil {
			return 0, nil, err
		}
	}
	mark := tx.Mark()
	before := s.deferred
	for {
		ex := s.execution(ctx)
		ex.binds = vals
		out := &returned{}
		n, err := ch.run(ex, tx, out)
		if err == nil {
			return n, out, nil
		}
		tx.RollbackTo(mark)
		s.deferred = before
		if err == error(errRestart) {
			if s.serial2 != 0 {
				return 0, nil, ora.New(8177)
			}
			continue
		}
		return 0, nil, err
	}
}
