package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// declaredCursor is a cursor with a name of its own.
type declaredCursor struct {
	name   string
	params []param
	slots  []int // of the parameters
	query  Query // nil of a specification
	row    *Type
	slot   int // of the state: *Cursor
	level  int
	lock   bool
}

// Cursor is an open or closed cursor.
type Cursor struct {
	Columns []Column
	Rows    Rows // nil when it is closed
	Count   int
	found   []byte // %FOUND: nil before the first fetch
	row     *Type
	rowid   []byte
}

// Close closes the result.
func (x *Cursor) Close() {
	if x.Rows != nil {
		x.Rows.Close()
		x.Rows = nil
	}
}

// next fetches a row; nil behind the last one, after which cursors go on giving none.
func (x *Cursor) next() ([][]byte, error) {
	row, err := x.Rows.Next()
	if err != nil {
		return nil, err
	}
	x.found = Boolean(row != nil)
	if row != nil {
		x.Count++
		x.rowid = x.Rows.RowID()
	} else {
		x.rowid = nil
	}
	return row, nil
}

// cursorDecl compiles CURSOR name (params) IS query.
func (c *compiler) cursorDecl(n *ast.CursorDecl) (stmt, error) {
	d := &declaredCursor{name: c.f.Last(n.Name), level: c.scope.level, slot: c.newSlot()}
	if n.Query == nil {
		return nil, c.unsupported(n, "a cursor without a query")
	}
	s := c.push()
	for _, p := range n.Params {
		t, err := c.typeOf(p.Type, false)
		if err == nil && p.Out {
			err = c.wrong(p, 266, "a cursor parameter cannot be OUT")
		}
		q := param{name: c.f.Last(p.Name), typ: t, in: true, given: p.Default != nil}
		if err == nil && p.Default != nil {
			q.def, err = c.into(p.Default, t)
		}
		if err != nil {
			c.pop(s)
			return nil, err
		}
		e := &entry{name: q.name, kind: isVar, typ: t, slot: c.newSlot(), readonly: true}
		s.entries = append(s.entries, e)
		d.params, d.slots = append(d.params, q), append(d.slots, e.slot)
	}
	q, err := c.query(n.Query)
	c.pop(s)
	if err != nil {
		return nil, err
	}
	d.query, d.row, d.lock = q, c.rowType(d.name+"%ROWTYPE", q.Columns()), n.Query.Lock != nil
	if n.Return != nil {
		t, err := c.typeOf(n.Return, true)
		if err != nil {
			return nil, err
		}
		if !t.takes(d.row) {
			return nil, c.wrong(n, 400, "different number of columns between cursor SELECT statement and return value")
		}
		d.row = t
	}
	if err := c.declare(n.Name, &entry{name: d.name, kind: isCursor, cursor: d, typ: refCursor}); err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		fr.slots[d.slot] = &Cursor{}
		return nil, nil
	}, nil
}

// cursorRef is a cursor that a statement names: declared, or a variable.
type cursorRef struct {
	decl  *declaredCursor
	depth int
	v     *value
	row   *Type // nil where only the run tells
	args  []*ast.Arg
}

// cursorOf finds the cursor of a statement.
func (c *compiler) cursorOf(e ast.Expr) (*cursorRef, error) {
	r := &cursorRef{}
	n, ok := e.(*ast.Name)
	if call, is := e.(*ast.Call); is {
		if n, ok = call.Fn.(*ast.Name); ok {
			r.args = call.Args
		}
	}
	if ok {
		parts := c.f.Parts(n)
		x, s := c.find(parts[0])
		if len(parts) == 2 && (x == nil || x.kind != isVar) {
			if in := c.labelled(parts[0]); in != nil {
				x, s = in.in(parts[1]), in
			}
		}
		if x != nil && x.kind == isCursor {
			if x.cursor == nil {
				return nil, c.wrong(e, 320, "the declaration of the type of this expression is incomplete or malformed")
			}
			r.decl, r.depth, r.row = x.cursor, c.depth(s), x.cursor.row
			return r, nil
		}
	}
	r.args = nil
	v, err := c.resolve(e)
	if err != nil {
		return nil, err
	}
	if v == nil {
		if ok {
			return nil, c.undeclared(e, c.f.Parts(n))
		}
		return nil, c.unsupported(e, "cursor")
	}
	if v.typ.Kind != KindCursor {
		return nil, c.wrong(e, 456, "item '%s' is not a cursor", v.shown)
	}
	r.v, r.row = v, v.typ.Row
	return r, nil
}

// cursor is its state; one that was never opened is ORA-01001.
func (r *cursorRef) cursor(fr *Frame) (*Cursor, error) {
	if r.decl != nil {
		return fr.at(r.depth).slots[r.decl.slot].(*Cursor), nil
	}
	v, err := r.v.eval(fr)
	if err != nil {
		return nil, err
	}
	x, _ := v.(*Cursor)
	if x == nil {
		return nil, ora.New(1001)
	}
	return x, nil
}

// opening compiles OPEN of a declared cursor with its arguments: it gives the rows.
func (c *compiler) opening(n ast.Node, r *cursorRef) (func(*Frame) error, error) {
	d := r.decl
	like := &routine{name: d.name, params: d.params}
	if _, ok := c.match(like, r.args); !ok {
		return nil, c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", d.name)
	}
	list, err := c.arguments(n, like, r.args)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) error {
		home := fr.at(r.depth)
		x := home.slots[d.slot].(*Cursor)
		if x.Rows != nil {
			return ora.New(6511)
		}
		vals := make([]any, len(list))
		for i := range list {
			f, in := list[i].in, fr
			if f == nil {
				f, in = list[i].p.def, home
			}
			v, err := f(in)
			if err != nil {
				return err
			}
			vals[i] = v
		}
		for i, v := range vals {
			home.slots[d.slots[i]] = v
		}
		rows, err := d.query.Open(home)
		if err != nil {
			return err
		}
		*x = Cursor{Columns: d.query.Columns(), Rows: rows, row: d.row}
		return nil
	}, nil
}

// aliased is PLS-00402 for a cursor of whose columns two have the same name: they would be one field of its record.
func (c *compiler) aliased(n ast.Node, row *Type) error {
	seen := map[string]bool{}
	for _, f := range row.Fields {
		if seen[f.Name] {
			return c.wrong(n, 402, "alias required in SELECT list of cursor to avoid duplicate column names")
		}
		seen[f.Name] = true
	}
	return nil
}
