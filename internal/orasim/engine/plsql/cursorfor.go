package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// forCursor is FOR r IN cursor | (query) LOOP.
func (c *compiler) forCursor(n *ast.For, k *ast.IterControl) (stmt, error) {
	if k.Reverse {
		return nil, c.unsupported(k, "REVERSE of a cursor")
	}
	var open func(*Frame) (*Cursor, error)
	var row *Type
	var cols []Column
	if k.Kind == ast.IterQuery {
		q, err := c.query(k.Query)
		if err != nil {
			return nil, err
		}
		cols = q.Columns()
		row = c.rowType("row", cols)
		open = func(fr *Frame) (*Cursor, error) {
			rows, err := q.Open(fr)
			return &Cursor{Columns: cols, Rows: rows}, err
		}
	} else {
		r, err := c.cursorOf(k.X)
		if err != nil {
			return nil, err
		}
		if r.decl == nil {
			return nil, c.wrong(k.X, 456, "item '%s' is not a cursor", r.v.shown)
		}
		f, err := c.opening(k.X, r)
		if err != nil {
			return nil, err
		}
		row, cols = r.row, r.decl.query.Columns()
		open = func(fr *Frame) (*Cursor, error) {
			if err := f(fr); err != nil {
				return nil, err
			}
			return r.cursor(fr)
		}
	}
	if err := c.aliased(k, row); err != nil {
		return nil, err
	}
	put, err := c.rowInto(k, cols, row, func() error { return c.unsupported(k, "cursor") })
	if err != nil {
		return nil, err
	}
	s, e := c.scoped(n, row)
	e.readonly = false
	c.lobOfRow(&value{typ: row, root: e})
	body, id := c.inLoop(n.Labels, n.Stmts)
	c.pop(s)
	return func(fr *Frame) (*jump, error) {
		x, err := open(fr)
		if err != nil {
			return nil, err
		}
		defer x.Close()
		for {
			vals, err := x.next()
			if vals == nil || err != nil {
				return nil, err
			}
			v, err := put(fr, vals)
			if err != nil {
				return nil, err
			}
			fr.slots[e.slot] = v
			if done, j, err := turn(fr, body, id); done {
				return j, err
			}
			if x.Rows == nil { // closed inside of the loop
				return nil, ora.New(1001)
			}
		}
	}, nil
}

// CurrentOf implements Names: the ROWID of the row that a declared cursor FOR UPDATE stands on.
func (v *view) CurrentOf(e ast.Expr) (Expr, error) {
	c := v.c
	defer v.enter()()
	r, err := c.cursorOf(e)
	if err != nil {
		return Expr{}, err
	}
	if r.decl == nil {
		return Expr{}, c.unsupported(e, "WHERE CURRENT OF a cursor variable")
	}
	if !r.decl.lock {
		return Expr{}, c.wrong(e, 404, "cursor '%s' must be declared with FOR UPDATE to use with CURRENT OF", r.decl.name)
	}
	return Expr{Type: c.host.Named("ROWID"), Eval: func(fr *Frame) ([]byte, error) {
		x, err := r.cursor(fr)
		if err != nil {
			return nil, err
		}
		if x.Rows == nil {
			return nil, ora.New(1001)
		}
		if x.rowid == nil {
			return nil, ora.New(1410)
		}
		return x.rowid, nil
	}}, nil
}

// attribute is cursor%FOUND and the like.
func (c *compiler) attribute(n *ast.Attr) (*value, error) {
	boolean, integer := ScalarType(c.host.Named("BOOLEAN")), ScalarType(c.host.Named("PLS_INTEGER"))
	if name, ok := n.X.(*ast.Name); ok && c.f.NumParts(name) == 1 && c.f.Last(name) == "SQL" {
		return c.sqlAttribute(n, boolean, integer)
	}
	r, err := c.cursorOf(n.X)
	if err != nil {
		return nil, err
	}
	get := func(fr *Frame) (*Cursor, error) {
		x, err := r.cursor(fr)
		if err == nil && x.Rows == nil {
			err = ora.New(1001)
		}
		return x, err
	}
	switch n.Attr {
	case token.ISOPEN:
		return &value{typ: boolean, eval: func(fr *Frame) (any, error) {
			x, err := r.cursor(fr)
			if ora.Code(err) == 1001 {
				return Boolean(false), nil
			}
			if err != nil {
				return nil, err
			}
			return Boolean(x.Rows != nil), nil
		}}, nil
	case token.ROWCOUNT:
		return &value{typ: integer, eval: func(fr *Frame) (any, error) {
			x, err := get(fr)
			if err != nil {
				return nil, err
			}
			return numberOf(x.Count), nil
		}}, nil
	case token.FOUND, token.NOTFOUND:
		not := n.Attr == token.NOTFOUND
		return &value{typ: boolean, eval: func(fr *Frame) (any, error) {
			x, err := get(fr)
			if err != nil || x.found == nil {
				return []byte(nil), err
			}
			return Boolean(isTrue(x.found) != not), nil
		}}, nil
	}
	return nil, c.unsupported(n, "attribute")
}

// sqlAttribute is SQL%ROWCOUNT and the like.
func (c *compiler) sqlAttribute(n *ast.Attr, boolean, integer *Type) (*value, error) {
	switch n.Attr {
	case token.ISOPEN:
		return &value{typ: boolean, eval: func(*Frame) (any, error) { return Boolean(false), nil }}, nil
	case token.ROWCOUNT:
		return &value{typ: integer, eval: func(fr *Frame) (any, error) {
			if !fr.Run.sql.ran {
				return []byte(nil), nil
			}
			return numberOf(fr.Run.sql.count), nil
		}}, nil
	case token.FOUND, token.NOTFOUND:
		not := n.Attr == token.NOTFOUND
		return &value{typ: boolean, eval: func(fr *Frame) (any, error) {
			if !fr.Run.sql.ran {
				return []byte(nil), nil
			}
			return Boolean(fr.Run.sql.count > 0 != not), nil
		}}, nil
	case token.BULK_ROWCOUNT:
		if n.Index == nil {
			break
		}
		index, err := c.integer(n.Index)
		if err != nil {
			return nil, err
		}
		return &value{typ: integer, eval: func(fr *Frame) (any, error) {
			i, ok, err := index(fr)
			if err != nil {
				return nil, err
			}
			k, there := fr.Run.sql.bulk[string(numberOf(i))]
			if !ok || !there {
				return nil, ora.New(22160, i)
			}
			return numberOf(k), nil
		}}, nil
	}
	return nil, c.unsupported(n, "attribute")
}

// bulkException is SQL%BULK_EXCEPTIONS.COUNT and SQL%BULK_EXCEPTIONS(i).ERROR_INDEX and ERROR_CODE.
func (c *compiler) bulkException(n *ast.Field, a *ast.Attr) (*value, error) {
	name := c.f.Last(n.Name)
	if a.Attr != token.BULK_EXCEPTIONS {
		return nil, c.unsupported(n, "attribute")
	}
	v := &value{typ: ScalarType(c.host.Named("PLS_INTEGER")), shown: name}
	if a.Index == nil {
		if name != "COUNT" {
			return nil, c.unsupported(n, "attribute")
		}
		v.eval = func(fr *Frame) (any, error) { return numberOf(len(fr.Run.sql.failures)), nil }
		return v, nil
	}
	index, err := c.integer(a.Index)
	if err != nil {
		return nil, err
	}
	if name != "ERROR_INDEX" && name != "ERROR_CODE" {
		return nil, c.wrong(n, 302, "component '%s' must be declared", name)
	}
	v.eval = func(fr *Frame) (any, error) {
		i, ok, err := index(fr)
		if err != nil {
			return nil, err
		}
		if !ok || i < 1 || i > len(fr.Run.sql.failures) {
			return nil, ora.New(1403)
		}
		f := fr.Run.sql.failures[i-1]
		if name == "ERROR_INDEX" {
			return numberOf(f.index), nil
		}
		return numberOf(f.code), nil
	}
	return v, nil
}
