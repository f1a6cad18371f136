package plsql

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// typeOf reads a type. Sized tells a declaration of a variable, in which VARCHAR2 has its size; parameters and results of functions have none.
func (c *compiler) typeOf(d *ast.DataType, sized bool) (*Type, error) {
	switch d.Anchor {
	case token.TYPE:
		return c.anchored(d)
	case token.ROWTYPE:
		return c.rowOf(d)
	case 0:
	default:
		return nil, c.unsupported(d, "type")
	}
	if d.Ref {
		return nil, c.unsupported(d, "type")
	}
	if d.Name != nil {
		parts := c.f.Parts(d.Name)
		if e := c.typeNamed(parts); e != nil {
			switch {
			case e.kind == isType && e.typ.Kind == KindBroken:
				return nil, c.wrong(d, 320, "the declaration of the type of this expression is incomplete or malformed")
			case e.kind == isType:
				return e.typ, nil
			}
			return nil, c.wrong(d, 488, "'%s' must be a type", strings.Join(parts, "."))
		}
		if t := c.supplied(strings.Join(parts, ".")); t != nil {
			return t, nil
		}
	} else if t := c.supplied(d.Kw.String()); t != nil {
		return t, nil
	}
	if d.Name != nil {
		if s := c.host.SQLNamed(c.f.Parts(d.Name)); s != nil {
			if t := c.columnType(s); t.SQL != nil {
				return t, nil
			}
			return nil, c.unsupported(d, "variables of the type")
		}
	}
	t, ok, err := c.host.Scalar(c.f, d)
	if err != nil {
		return nil, c.fromHost(d, err, false)
	}
	if !ok {
		if d.Name != nil {
			return nil, c.undeclared(d, c.f.Parts(d.Name))
		}
		return nil, c.unsupported(d, "type")
	}
	if !sized {
		name := t.String()
		if i := strings.IndexByte(name, '('); i > 0 && t.Class() != ClassDate && len(d.Args) == 0 {
			if u := c.host.Named(name[:i]); u != nil {
				t = u
			}
		}
	} else if t.Class() == ClassText && len(d.Args) == 0 && (d.Kw == token.VARCHAR2 || d.Kw == token.VARCHAR || d.Kw == token.NVARCHAR2) {
		return nil, c.wrong(d, 215, "String length constraints must be in range (1 .. 32767)")
	}
	return ScalarType(t), nil
}

// typeNamed finds a type by its name, which a label may qualify.
func (c *compiler) typeNamed(parts []string) *entry {
	switch len(parts) {
	case 1:
		e, _ := c.find(parts[0])
		return e
	case 2:
		if s := c.labelled(parts[0]); s != nil {
			return s.in(parts[1])
		}
	}
	return nil
}

// supplied are types that Oracle declares in STANDARD and its packages, nil for none that is known here.
func (c *compiler) supplied(name string) *Type {
	integer := c.host.Named("PLS_INTEGER")
	bounds := func(low, high int, notNull bool) *Type {
		return &Type{Scalar: integer, Low: &low, High: &high, NotNull: notNull}
	}
	const most = 1<<31 - 1
	table := func(elem string) *Type {
		t := c.host.Named(elem)
		if t == nil {
			return nil
		}
		if x := c.tables[name]; x != nil {
			return x
		}
		x := &Type{Kind: KindCollection, Coll: ast.AssociativeArray, Name: name, Elem: ScalarType(t), Index: ScalarType(integer)}
		if c.tables == nil {
			c.tables = map[string]*Type{}
		}
		c.tables[name] = x
		return x
	}
	switch strings.TrimPrefix(name, "SYS.") {
	case "SYS_REFCURSOR":
		return refCursor
	case "NATURAL":
		return bounds(0, most, false)
	case "NATURALN":
		return bounds(0, most, true)
	case "POSITIVE":
		return bounds(1, most, false)
	case "POSITIVEN":
		return bounds(1, most, true)
	case "SIGNTYPE":
		return bounds(-1, 1, false)
	case "DBMS_OUTPUT.CHARARR", "DBMS_SQL.VARCHAR2A":
		return table("VARCHAR2")
	case "DBMS_SQL.NUMBER_TABLE":
		return table("NUMBER")
	case "DBMS_SQL.DATE_TABLE":
		return table("DATE")
	}
	return nil
}

// anchored is x%TYPE: of a variable, a field, a column.
func (c *compiler) anchored(d *ast.DataType) (*Type, error) {
	parts := c.f.Parts(d.Name)
	if e, _ := c.find(parts[0]); e != nil || c.labelled(parts[0]) != nil {
		v, err := c.resolveName(d.Name, nil)
		if err != nil {
			return nil, err
		}
		if v == nil {
			return nil, c.wrong(d, 206, "%%TYPE must be applied to a variable, column, field or attribute, not to '%s'", strings.Join(parts, "."))
		}
		return v.typ, nil
	}
	if len(parts) < 2 {
		return nil, c.undeclared(d, parts)
	}
	cols, err := c.host.Table(parts[:len(parts)-1])
	if err != nil {
		return nil, c.fromHost(d, err, true)
	}
	if cols == nil {
		return nil, c.undeclared(d, parts)
	}
	for _, col := range cols {
		if col.Name == parts[len(parts)-1] {
			return c.columnType(col.Type), nil
		}
	}
	return nil, c.wrong(d, 302, "component '%s' must be declared", parts[len(parts)-1])
}

// rowOf is x%ROWTYPE: of a cursor, a table or view.
func (c *compiler) rowOf(d *ast.DataType) (*Type, error) {
	parts := c.f.Parts(d.Name)
	if e, _ := c.find(parts[0]); e != nil && len(parts) == 1 {
		switch {
		case e.kind == isCursor && e.cursor != nil:
			return e.cursor.row, c.aliased(d, e.cursor.row)
		case e.kind == isVar && e.typ.Kind == KindCursor && e.typ.Row != nil:
			return e.typ.Row, nil
		case e.typ != nil && e.typ.Kind == KindBroken:
			return nil, c.wrong(d, 320, "the declaration of the type of this expression is incomplete or malformed")
		}
		return nil, c.wrong(d, 310, "with %%ROWTYPE attribute, '%s' must name a table, cursor or cursor-variable", parts[0])
	}
	cols, err := c.host.Table(parts)
	if err != nil {
		return nil, c.fromHost(d, err, true)
	}
	if cols == nil {
		return nil, c.undeclared(d, parts)
	}
	return c.rowType(strings.Join(parts, ".")+"%ROWTYPE", cols), nil
}

// typeDecl is TYPE name IS.
func (c *compiler) typeDecl(n *ast.TypeDecl) error {
	name := c.f.Last(n.Name)
	t := &Type{Name: name}
	switch d := n.Def.(type) {
	case *ast.RecordType:
		t.Kind = KindRecord
		for _, f := range d.Fields {
			ft, err := c.typeOf(f.Type, true)
			if err != nil {
				return err
			}
			if ft, err = c.bounded(ft, f.Bounds, f.NotNull); err != nil {
				return err
			}
			field := Field{Name: c.f.Last(f.Name), Type: ft}
			if t.field(field.Name) >= 0 {
				return c.wrong(f.Name, 410, "duplicate fields in RECORD,TABLE or argument list are not permitted")
			}
			if f.Default != nil {
				if field.Default, err = c.into(f.Default, ft); err != nil {
					return err
				}
				if c.fieldUsesFrame(f.Default) {
					return c.unsupported(f, "a default of a field that depends on variables")
				}
			} else if ft.NotNull {
				return c.wrong(f.Name, 218, "a variable declared NOT NULL must have an initialization assignment")
			}
			t.Fields = append(t.Fields, field)
		}
	case *ast.CollectionType:
		t.Kind, t.Coll = KindCollection, d.Kind
		elem, err := c.typeOf(d.Elem, true)
		if err != nil {
			return err
		}
		if t.Elem, err = c.bounded(elem, d.Bounds, d.NotNull); err != nil {
			return err
		}
		if elem.Kind == KindCursor {
			return c.unsupported(n, "a collection of cursors")
		}
		if d.Limit != nil {
			if t.Limit, err = c.constant(d.Limit); err != nil {
				return err
			}
		}
		if d.Index != nil {
			if t.Index, err = c.typeOf(d.Index, true); err != nil {
				return err
			}
			if k := t.Index.class(); k != ClassNumber && k != ClassText {
				return c.wrong(d.Index, 315, "Implementation restriction: unsupported table index type")
			}
		}
	case *ast.RefCursorType:
		t.Kind = KindCursor
		if d.Return != nil {
			row, err := c.typeOf(d.Return, true)
			if err != nil {
				return err
			}
			t.Row = row
		}
	default:
		return c.unsupported(n, "type")
	}
	return c.declare(n.Name, &entry{name: name, kind: isType, typ: t})
}

// fieldUsesFrame tells whether the default of a field refers to variables: records are made in other frames than that of their type.
func (c *compiler) fieldUsesFrame(e ast.Expr) bool {
	uses := false
	ast.Walk(e, func(n ast.Node) bool {
		if name, ok := n.(*ast.Name); ok && c.f.NumParts(name) > 0 {
			if x, _ := c.find(c.f.First(name)); x != nil {
				uses = true
			}
		}
		return true
	})
	return uses
}

// constructor is t(a, b, c): of a nested table or varray.
func (c *compiler) constructor(call *ast.Call, t *Type) (*value, error) {
	if t.Kind != KindCollection {
		if t.Kind == KindRecord {
			return nil, c.unsupported(call, "a qualified expression")
		}
		return nil, c.wrong(call, 330, "invalid use of type name or subtype name")
	}
	if t.assoc() {
		return nil, c.unsupported(call, "a qualified expression")
	}
	var elems []func(*Frame) (any, error)
	for _, a := range call.Args {
		if a.Name != nil || a.Keys != nil {
			return nil, c.unsupported(call, "a qualified expression")
		}
		f, err := c.into(a.X, t.Elem)
		if err != nil {
			return nil, err
		}
		elems = append(elems, f)
	}
	return &value{typ: t, shown: t.Name, eval: func(fr *Frame) (any, error) {
		x := &Collection{typ: t}
		for _, f := range elems {
			v, err := f(fr)
			if err != nil {
				return nil, err
			}
			if err := x.appendAll([]any{v}); err != nil {
				return nil, err
			}
		}
		return x, nil
	}}, nil
}
