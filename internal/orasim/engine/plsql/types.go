package plsql

import (
	"landfall/internal/oracle/syntax/ast"
)

// Kind is the family of a type.
type Kind uint8

// Families of types.
const (
	KindScalar Kind = iota
	KindRecord
	KindCollection
	KindCursor // REF CURSOR
	KindBroken // its declaration is wrong, and was complained of
)

// Type is a type of PL/SQL. Types with names are the same only when they are the same *Type.
type Type struct {
	Kind    Kind
	Name    string
	Scalar  Scalar
	SQL     Scalar // of an object type or collection of the schema: what the engine knows it by
	NotNull bool
	// Low and High bound the values of a scalar (RANGE, NATURAL, POSITIVE); nil is no bound.
	Low, High *int
	Fields    []Field
	Elem      *Type
	Coll      ast.CollectionKind
	Index     *Type // of an associative array
	Limit     int   // of a varray
	Row       *Type // of a REF CURSOR with RETURN
	Host      bool  // an array of the client, which any table of its elements takes and gives
	Anonymous bool  // a record of %ROWTYPE, which takes any record of fields that fit
}

// Field is a field of a record.
type Field struct {
	Name    string
	Type    *Type
	Default func(*Frame) (any, error) // nil for none
}

func (t *Type) assoc() bool { return t.Kind == KindCollection && t.Coll == ast.AssociativeArray }

func (t *Type) varray() bool { return t.Kind == KindCollection && t.Coll == ast.Varray }

func (t *Type) scalar() bool { return t.Kind == KindScalar }

// class is that of a scalar, ClassOther for anything else.
func (t *Type) class() Class {
	if t.Kind == KindScalar && t.Scalar != nil {
		return t.Scalar.Class()
	}
	return ClassOther
}

// field finds a field by name, -1 for none.
func (t *Type) field(name string) int {
	for i, f := range t.Fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}

// ScalarType is the type of a scalar without bounds.
func ScalarType(s Scalar) *Type { return &Type{Kind: KindScalar, Scalar: s} }

// ArrayType is an associative array of a scalar by integers, as clients bind it.
func ArrayType(elem, index Scalar) *Type {
	return &Type{Kind: KindCollection, Coll: ast.AssociativeArray, Elem: ScalarType(elem), Index: ScalarType(index), Name: "array", Host: true}
}

// CursorType is SYS_REFCURSOR.
func CursorType() *Type { return refCursor }

var refCursor = &Type{Kind: KindCursor, Name: "SYS_REFCURSOR"}

// rowType is the record of some columns.
func (c *compiler) rowType(name string, cols []Column) *Type {
	t := &Type{Kind: KindRecord, Name: name, Anonymous: true}
	for _, col := range cols {
		t.Fields = append(t.Fields, Field{Name: col.Name, Type: c.columnType(col.Type)})
	}
	return t
}

// takes tells whether a value of another type can be assigned: scalars convert, records fit field by field when one is a
// %ROWTYPE, collections must be of the very type.
func (t *Type) takes(from *Type) bool {
	switch {
	case t.Kind == KindBroken || from.Kind == KindBroken, t == from:
		return true
	case t.SQL != nil || from.SQL != nil:
		return t.SQL == from.SQL
	case t.Kind != from.Kind:
		return false
	case t.Kind == KindScalar:
		a, b := t.class(), from.class()
		return (a == ClassBoolean) == (b == ClassBoolean) || a == ClassNull || b == ClassNull
	case t.Kind == KindCollection:
		return (t.Host || from.Host) && t.assoc() && from.assoc() && t.Index.class() == ClassNumber && from.Index.class() == ClassNumber &&
			t.Elem.scalar() && from.Elem.scalar() && t.Elem.class() == from.Elem.class()
	case t.Kind == KindCursor:
		return t.Row == nil || from.Row == nil || t.Row.takes(from.Row)
	case t.Kind == KindRecord:
		if !t.Anonymous && !from.Anonymous || len(t.Fields) != len(from.Fields) {
			return false
		}
		for i := range t.Fields {
			if !t.Fields[i].Type.takes(from.Fields[i].Type) {
				return false
			}
		}
		return true
	}
	return false
}

// Array makes an associative array of values that are numbered from 1.
func (t *Type) Array(vals [][]byte) (*Collection, error) {
	c := t.empty().(*Collection)
	for _, v := range vals {
		if err := c.appendAll([]any{v}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Values are the elements in the order of their indexes.
func (c *Collection) Values() [][]byte {
	var out [][]byte
	for _, k := range c.keys {
		out = append(out, bytesOf(c.elems[k]))
	}
	return out
}

// Dense tells that an associative array is indexed 1, 2, 3 ...: what a client can be given.
func (c *Collection) Dense() bool {
	for i, k := range c.keys {
		if k != string(numberOf(i+1)) {
			return false
		}
	}
	return true
}
