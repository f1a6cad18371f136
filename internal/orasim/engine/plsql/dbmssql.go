package plsql

import (
	"strconv"
	"strings"

	"landfall/internal/orasim/ora"
)

func itoa(n int) string { return strconv.Itoa(n) }

// SQLCursor is a cursor of DBMS_SQL, by its number in the session.
type SQLCursor struct {
	stmt  Dynamic
	binds map[string]*Bound
	cur   *Cursor
	row   [][]byte
}

// SQLCursors are those of a session.
type SQLCursors struct {
	last int
	open map[int]*SQLCursor
}

func (s *SQLCursors) get(a *Bound) (*SQLCursor, error) {
	i, ok, err := a.Int()
	if err != nil {
		return nil, err
	}
	if x := s.open[i]; ok && x != nil {
		return x, nil
	}
	return nil, ora.New(29471)
}

func (x *SQLCursor) close() {
	if x.cur != nil {
		x.cur.Close()
		x.cur = nil
	}
}

// using are the values of the binds in their order.
func (x *SQLCursor) using() ([]*Bound, error) {
	var out []*Bound
	for i := range x.stmt.Binds() {
		b := x.binds[strings.ToUpper(strings.TrimPrefix(x.stmt.Name(i), ":"))]
		if b == nil {
			return nil, ora.New(1008)
		}
		out = append(out, b)
	}
	return out, nil
}

func (x *SQLCursor) execute(r *Run) (int, error) {
	if x.stmt == nil {
		return 0, ora.New(1003)
	}
	x.close()
	vals, err := x.using()
	if err != nil {
		return 0, err
	}
	if !x.stmt.IsQuery() {
		n, _, err := x.stmt.Execute(r, vals, nil)
		return n, err
	}
	cols, err := x.stmt.Columns(vals)
	if err != nil {
		return 0, err
	}
	rows, err := x.stmt.Open(r, vals)
	if err != nil {
		return 0, err
	}
	x.cur = &Cursor{Columns: cols, Rows: rows}
	return 0, nil
}

func (x *SQLCursor) fetch() (int, error) {
	if x.cur == nil {
		return 0, ora.New(1002)
	}
	row, err := x.cur.next()
	if err != nil {
		return 0, err
	}
	if row == nil {
		x.row = nil
		return 0, nil
	}
	x.row = nil
	for _, v := range row {
		x.row = append(x.row, bytesOf(owned(v)))
	}
	return 1, nil
}

// column gives a value of the current row in a type.
func (x *SQLCursor) column(r *Run, at *Bound, to *Type) (any, error) {
	i, ok, err := at.Int()
	if err != nil {
		return nil, err
	}
	if x.row == nil {
		return nil, ora.New(1002)
	}
	if !ok || i < 1 || i > len(x.row) {
		return nil, ora.New(1007)
	}
	f := r.Host.Converter(x.cur.Columns[i-1].Type, to.Scalar)
	if f == nil {
		return nil, ora.New(6562)
	}
	if x.row[i-1] == nil {
		return []byte(nil), nil
	}
	return f(&Frame{Run: r}, x.row[i-1])
}

func init() {
	cursors := func(f func(r *Run, x *SQLCursor, a []*Bound) (any, error)) func(r *Run, a []*Bound) (any, error) {
		return func(r *Run, a []*Bound) (any, error) {
			x, err := r.Host.SQLCursors().get(a[0])
			if err != nil {
				return nil, err
			}
			return f(r, x, a)
		}
	}
	procedure := func(list string, f func(r *Run, x *SQLCursor, a []*Bound) (any, error)) *Native {
		return &Native{Params: params(list), Run: cursors(f)}
	}
	register(map[string]*Native{
		"DBMS_SQL.NATIVE": Function("PLS_INTEGER", "", func(*Run, []*Bound) (any, error) { return numberOf(1), nil }),
		"DBMS_SQL.OPEN_CURSOR": Function("PLS_INTEGER", "", func(r *Run, _ []*Bound) (any, error) {
			s := r.Host.SQLCursors()
			if s.open == nil {
				s.open = map[int]*SQLCursor{}
			}
			if len(s.open) >= 300 {
				return nil, ora.New(1000)
			}
			s.last++
			s.open[s.last] = &SQLCursor{binds: map[string]*Bound{}}
			return numberOf(s.last), nil
		}),
		"DBMS_SQL.IS_OPEN": Function("BOOLEAN", "c:NUMBER", func(r *Run, a []*Bound) (any, error) {
			_, err := r.Host.SQLCursors().get(a[0])
			return Boolean(err == nil), nil
		}),
		"DBMS_SQL.CLOSE_CURSOR": Procedure("c<>NUMBER", func(r *Run, a []*Bound) error {
			s := r.Host.SQLCursors()
			x, err := s.get(a[0])
			if err != nil {
				return err
			}
			x.close()
			i, _, _ := a[0].Int()
			delete(s.open, i)
			a[0].Value = []byte(nil)
			return nil
		}),
		"DBMS_SQL.PARSE": procedure("c:NUMBER statement:CLOB language_flag:NUMBER", func(r *Run, x *SQLCursor, a []*Bound) (any, error) {
			x.close()
			d, err := r.Host.Dynamic(r, a[1].Text())
			if err != nil {
				return nil, err
			}
			x.stmt, x.binds = d, map[string]*Bound{}
			if d.IsDDL() { // runs when it is parsed
				_, _, err = d.Execute(r, nil, nil)
			}
			return nil, err
		}),
		"DBMS_SQL.BIND_VARIABLE": procedure("c:NUMBER name:VARCHAR2 value:ANY out_value_size?NUMBER", func(_ *Run, x *SQLCursor, a []*Bound) (any, error) {
			x.binds[strings.ToUpper(strings.TrimPrefix(a[1].Text(), ":"))] = &Bound{Type: a[2].Type, Value: a[2].Value, In: true, Out: true}
			return nil, nil
		}),
		"DBMS_SQL.VARIABLE_VALUE": procedure("c:NUMBER name:VARCHAR2 value>ANY", func(r *Run, x *SQLCursor, a []*Bound) (any, error) {
			b := x.binds[strings.ToUpper(strings.TrimPrefix(a[1].Text(), ":"))]
			if b == nil {
				return nil, ora.New(1006)
			}
			f := r.Host.Converter(b.Type.Scalar, a[2].Type.Scalar)
			if f == nil {
				return nil, ora.New(6562)
			}
			v, err := f(&Frame{Run: r}, bytesOf(b.Value))
			a[2].Value = v
			return nil, err
		}),
		"DBMS_SQL.DEFINE_COLUMN": procedure("c:NUMBER position:NUMBER column:ANY column_size?NUMBER", func(*Run, *SQLCursor, []*Bound) (any, error) { return nil, nil }),
		"DBMS_SQL.DEFINE_COLUMN_LONG": procedure("c:NUMBER position:NUMBER", func(*Run, *SQLCursor, []*Bound) (any, error) {
			return nil, nil
		}),
		"DBMS_SQL.EXECUTE": Function("PLS_INTEGER", "c:NUMBER", cursors(func(r *Run, x *SQLCursor, _ []*Bound) (any, error) {
			n, err := x.execute(r)
			return numberOf(n), err
		})),
		"DBMS_SQL.EXECUTE_AND_FETCH": Function("PLS_INTEGER", "c:NUMBER exact?BOOLEAN", cursors(func(r *Run, x *SQLCursor, a []*Bound) (any, error) {
			if isTrue(a[1].Bytes()) {
				return nil, ora.Unsupported("DBMS_SQL.EXECUTE_AND_FETCH with EXACT")
			}
			if _, err := x.execute(r); err != nil {
				return nil, err
			}
			n, err := x.fetch()
			return numberOf(n), err
		})),
		"DBMS_SQL.FETCH_ROWS": Function("PLS_INTEGER", "c:NUMBER", cursors(func(_ *Run, x *SQLCursor, _ []*Bound) (any, error) {
			n, err := x.fetch()
			return numberOf(n), err
		})),
		"DBMS_SQL.COLUMN_VALUE": procedure("c:NUMBER position:NUMBER value>ANY", func(r *Run, x *SQLCursor, a []*Bound) (any, error) {
			v, err := x.column(r, a[1], a[2].Type)
			a[2].Value = v
			return nil, err
		}),
		// a LONG in parts: offset and lengths are in bytes
		"DBMS_SQL.COLUMN_VALUE_LONG": procedure("c:NUMBER position:NUMBER length:NUMBER offset:NUMBER value>VARCHAR2 value_length>NUMBER", func(r *Run, x *SQLCursor, a []*Bound) (any, error) {
			v, err := x.column(r, a[1], ScalarType(r.Host.Named("CLOB")))
			if err != nil {
				return nil, err
			}
			n, _, err := a[2].Int()
			if err != nil {
				return nil, err
			}
			at, _, err := a[3].Int()
			if err != nil {
				return nil, err
			}
			set := r.Host.Charset()
			b := set.Bytes(bytesOf(v))
			at = min(max(at, 0), len(b))
			part := b[at:min(len(b), at+n)]
			a[5].Value, a[4].Value = numberOf(len(part)), []byte(nil)
			if len(part) > 0 {
				a[4].Value = append([]byte{}, set.Hold(part)...)
			}
			return nil, nil
		}),
		"DBMS_SQL.RETURN_RESULT": Procedure("rc<>CURSOR to_client?BOOLEAN", func(r *Run, a []*Bound) error {
			x, _ := a[0].Value.(*Cursor)
			if x == nil || x.Rows == nil {
				return ora.New(1001)
			}
			r.Implicit = append(r.Implicit, x)
			a[0].Value = (*Cursor)(nil) // it is the client's now
			return nil
		}),
	})
}
