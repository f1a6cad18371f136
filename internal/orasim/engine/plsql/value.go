package plsql

import (
	"cmp"
	"slices"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// A value of PL/SQL is []byte (a scalar; nil is NULL), *Record, *Collection or *Cursor (nil of a cursor variable that was never
// opened). What a variable holds belongs to it alone: assignment copies, but for cursors, which are shared.

// Record has a value for each field of its type.
type Record struct {
	Fields []any
	Null   bool // of an object that is NULL
}

// Collection is a nested table, varray or associative array.
type Collection struct {
	typ *Type
	// Null is an atomically null nested table or varray.
	Null bool
	// dense are the elements of nested tables and varrays; gone marks those that were deleted.
	dense []any
	gone  []bool
	// keys of an associative array, in order, and their elements.
	keys  []string // encoded: numbers in Oracle's bytes, text as it is
	elems map[string]any
}

// bytesOf is a scalar out of a slot.
func bytesOf(v any) []byte {
	b, _ := v.([]byte)
	return b
}

// copied is a value of its own for another variable.
func copied(v any) any {
	switch x := v.(type) {
	case *Record:
		y := &Record{Fields: make([]any, len(x.Fields)), Null: x.Null}
		for i, f := range x.Fields {
			y.Fields[i] = copied(f)
		}
		return y
	case *Collection:
		y := &Collection{typ: x.typ, Null: x.Null, gone: slices.Clone(x.gone), keys: slices.Clone(x.keys)}
		for _, e := range x.dense {
			y.dense = append(y.dense, copied(e))
		}
		if x.elems != nil {
			y.elems = make(map[string]any, len(x.elems))
			for k, e := range x.elems {
				y.elems[k] = copied(e)
			}
		}
		return y
	}
	return v
}

// empty is the value of a variable without an initial one.
func (t *Type) empty() any {
	switch t.Kind {
	case KindRecord:
		r := &Record{Fields: make([]any, len(t.Fields)), Null: t.SQL != nil}
		for i, f := range t.Fields {
			r.Fields[i] = f.Type.empty()
		}
		return r
	case KindCollection:
		c := &Collection{typ: t, Null: !t.assoc()}
		if t.assoc() {
			c.elems = map[string]any{}
		}
		return c
	case KindCursor:
		return (*Cursor)(nil)
	}
	return []byte(nil)
}

// count is how many elements there are.
func (c *Collection) count() int {
	if c.typ.assoc() {
		return len(c.keys)
	}
	n := 0
	for _, g := range c.gone {
		if !g {
			n++
		}
	}
	return n
}

// subscript checks the index of a nested table or varray.
func (c *Collection) subscript(key []byte) (int, error) {
	if c.Null {
		return 0, ora.New(6531)
	}
	if key == nil {
		return 0, ora.New(6502, ": NULL index table key value")
	}
	i, err := intOf(key)
	if err != nil {
		return 0, err
	}
	switch limit := c.typ.Limit; {
	case i < 1, c.typ.varray() && i > limit:
		return 0, ora.New(6532)
	case i > len(c.dense):
		return 0, ora.New(6533)
	}
	return i - 1, nil
}

// get reads an element: one that is not there is ORA-01403.
func (c *Collection) get(key []byte) (any, error) {
	if c.typ.assoc() {
		if key == nil {
			return nil, ora.New(6502, ": NULL index table key value")
		}
		v, ok := c.elems[string(key)]
		if !ok {
			return nil, ora.New(1403)
		}
		return v, nil
	}
	i, err := c.subscript(key)
	if err != nil {
		return nil, err
	}
	if c.gone[i] {
		return nil, ora.New(1403)
	}
	return c.dense[i], nil
}

// own is an element to write into: of an associative array it comes into being.
func (c *Collection) own(key []byte) (any, error) {
	if c.typ.assoc() && key != nil {
		if v, ok := c.elems[string(key)]; ok {
			return v, nil
		}
		v := c.typ.Elem.empty()
		return v, c.put(key, v)
	}
	return c.get(key)
}

// put writes an element; one of a nested table that was deleted comes back.
func (c *Collection) put(key []byte, v any) error {
	if c.typ.assoc() {
		if key == nil {
			return ora.New(6502, ": NULL index table key value")
		}
		k := string(key)
		if _, ok := c.elems[k]; !ok {
			at, _ := slices.BinarySearch(c.keys, k)
			c.keys = slices.Insert(c.keys, at, k)
		}
		c.elems[k] = v
		return nil
	}
	i, err := c.subscript(key)
	if err != nil {
		return err
	}
	c.dense[i], c.gone[i] = v, false
	return nil
}

// appendAll puts values behind the others, as BULK COLLECT and constructors do.
func (c *Collection) appendAll(vals []any) error {
	for _, v := range vals {
		if c.typ.assoc() {
			if err := c.put(number.FromInt(int64(len(c.keys)+1)).Bytes(), v); err != nil {
				return err
			}
			continue
		}
		if c.typ.varray() && len(c.dense) >= c.typ.Limit {
			return ora.New(6532)
		}
		c.dense, c.gone = append(c.dense, v), append(c.gone, false)
	}
	return nil
}

// step finds the index beside one: dir 1 is NEXT, -1 PRIOR; nil begins at an end. The result is nil when there is none.
func (c *Collection) step(key []byte, from, dir int) ([]byte, error) {
	if c.Null {
		return nil, ora.New(6531)
	}
	if c.typ.assoc() {
		i := 0
		if key != nil {
			at, ok := slices.BinarySearch(c.keys, string(key))
			if i = at + dir; !ok && dir > 0 {
				i = at
			}
		} else if dir < 0 {
			i = len(c.keys) - 1
		}
		if i < 0 || i >= len(c.keys) {
			return nil, nil
		}
		return []byte(c.keys[i]), nil
	}
	i := from + dir
	if dir > 0 {
		i = max(i, 0)
	} else {
		i = min(i, len(c.dense)-1)
	}
	for ; i >= 0 && i < len(c.dense); i += dir {
		if !c.gone[i] {
			return number.FromInt(int64(i + 1)).Bytes(), nil
		}
	}
	return nil, nil
}

// each calls f for every element in order.
func (c *Collection) each(f func(key []byte, v any) error) error {
	if c.typ.assoc() {
		for _, k := range slices.Clone(c.keys) {
			if err := f([]byte(k), c.elems[k]); err != nil {
				return err
			}
		}
		return nil
	}
	for i, v := range c.dense {
		if !c.gone[i] {
			if err := f(number.FromInt(int64(i+1)).Bytes(), v); err != nil {
				return err
			}
		}
	}
	return nil
}

// intOf is a NUMBER as an integer, rounded as PL/SQL does.
func intOf(v []byte) (int, error) {
	d, err := number.Decode(v)
	if err == nil {
		d, err = d.Round(0)
	}
	if err != nil {
		return 0, ora.New(1426)
	}
	i, ok := d.Int()
	if !ok || i > 1<<31-1 || i < -1<<31 {
		return 0, ora.New(1426)
	}
	return int(i), nil
}

func numberOf(i int) []byte { return number.FromInt(int64(i)).Bytes() }

// Boolean is a BOOLEAN value.
func Boolean(b bool) []byte {
	if b {
		return []byte{1}
	}
	return []byte{0}
}

func isTrue(v []byte) bool { return len(v) == 1 && v[0] == 1 }

func compareInts(a, b int) int { return cmp.Compare(a, b) }
