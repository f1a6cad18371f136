package plsql

import "landfall/internal/oracle/syntax/ast"

// SQLType is what values of an object type or a collection of the schema are made of.
type SQLType struct {
	Type  Scalar // the same for each way to name it
	Name  string
	Coll  bool
	Limit int // of a VARRAY
	// Names and Parts are the attributes; of a collection its element alone.
	Names []string
	Parts []Scalar
}

// SQLTypeOf is a type of the schema as variables have it: an object is a record that can be NULL, a collection a nested table or varray.
// It is nil for anything else, and where a part has no such form: REFs, LOBs, XMLTYPE.
func SQLTypeOf(h Host, s Scalar) *Type { return sqlType(h, s, map[Scalar]*Type{}, 0) }

func sqlType(h Host, s Scalar, known map[Scalar]*Type, depth int) *Type {
	if s.Class() != ClassOther || depth > 16 {
		return nil
	}
	d := h.SQLType(s)
	if d == nil {
		return nil
	}
	if t, ok := known[d.Type]; ok {
		return t
	}
	t := &Type{Name: d.Name, SQL: d.Type, Kind: KindRecord, Limit: d.Limit}
	for i, p := range d.Parts {
		part := ScalarType(p)
		switch p.Class() {
		case ClassLOB:
			return nil
		case ClassOther:
			if h.Opaque(p) {
				if part = sqlType(h, p, known, depth+1); part == nil {
					return nil
				}
			}
		}
		if d.Coll {
			t.Kind, t.Coll, t.Elem = KindCollection, ast.NestedTable, part
			if d.Limit > 0 {
				t.Coll = ast.Varray
			}
			break
		}
		t.Fields = append(t.Fields, Field{Name: d.Names[i], Type: part})
	}
	known[d.Type] = t
	return t
}

// columnType is the type of a column, or of an expression of the engine.
func (c *compiler) columnType(s Scalar) *Type {
	if c.sqlTypes == nil {
		c.sqlTypes = map[Scalar]*Type{}
	}
	if t := sqlType(c.host, s, c.sqlTypes, 0); t != nil {
		return t
	}
	return ScalarType(s)
}

// Decode makes a value of the engine one of PL/SQL.
func (t *Type) Decode(h Host, b []byte) (any, error) {
	if t.SQL == nil {
		return owned(b), nil
	}
	if b == nil {
		return t.empty(), nil
	}
	parts, err := h.Parts(t.SQL, b)
	if err != nil {
		return nil, err
	}
	if t.Kind == KindCollection {
		x := &Collection{typ: t}
		for _, p := range parts {
			v, err := t.Elem.Decode(h, p)
			if err != nil {
				return nil, err
			}
			if err := x.appendAll([]any{v}); err != nil {
				return nil, err
			}
		}
		return x, nil
	}
	r := &Record{Fields: make([]any, len(t.Fields))}
	for i, f := range t.Fields {
		if r.Fields[i], err = f.Type.Decode(h, parts[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Encode makes a value of PL/SQL one of the engine: elements that were deleted are not there.
func (t *Type) Encode(h Host, v any) ([]byte, error) {
	var parts [][]byte
	switch x := v.(type) {
	case *Collection:
		if x.Null {
			return nil, nil
		}
		err := x.each(func(_ []byte, e any) error {
			b, err := t.Elem.Encode(h, e)
			parts = append(parts, b)
			return err
		})
		return h.Image(t.SQL, parts), err
	case *Record:
		if x.Null {
			return nil, nil
		}
		for i, f := range t.Fields {
			b, err := f.Type.Encode(h, x.Fields[i])
			if err != nil {
				return nil, err
			}
			parts = append(parts, b)
		}
		return h.Image(t.SQL, parts), nil
	}
	return bytesOf(v), nil
}

// columnInto converts values of a column to a type.
func (c *compiler) columnInto(n ast.Node, s Scalar, to *Type) (func(*Frame, any) (any, error), error) {
	from := c.columnType(s)
	f, err := c.conversion(n, from, to)
	if err != nil || from.SQL == nil {
		return f, err
	}
	return func(fr *Frame, v any) (any, error) { // which is one of its own already
		return from.Decode(fr.Run.Host, bytesOf(v))
	}, nil
}

// engineValue is an expression of the engine as a value.
func (c *compiler) engineValue(x Expr) *value {
	t := c.columnType(x.Type)
	if t.SQL == nil || x.Null {
		return scalarValue(x)
	}
	return &value{typ: t, shown: t.Name, eval: func(fr *Frame) (any, error) {
		b, err := x.Eval(fr)
		if err != nil {
			return nil, err
		}
		return t.Decode(fr.Run.Host, b)
	}}
}
