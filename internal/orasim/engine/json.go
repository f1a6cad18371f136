package engine

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/charset"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

// JSON_OBJECT, JSON_ARRAY, JSON_ARRAYAGG and JSON_OBJECTAGG (SQL Language Reference 19c): texts become strings, numbers numbers, DATE a string by ISO
// 8601; values of other types, and all clauses but FORMAT JSON, ON NULL and RETURNING, are ORA-03001.

// jsonItem is a value on its way into JSON.
type jsonItem struct {
	x    expr
	text func(dst, v []byte) ([]byte, error) // of a value that is not NULL
}

// jsonValue compiles a value with FORMAT JSON or without.
func (c *compiler) jsonValue(a *ast.Arg) (jsonItem, error) {
	if a.Name != nil {
		return jsonItem{}, c.unsupported(a, "JSON")
	}
	x, err := c.expr(a.X)
	if err != nil {
		return jsonItem{}, err
	}
	raw := madeJSON(c, a.X)
	if a.Extra != nil {
		if a.Extra.Head != token.FORMAT || len(a.Extra.Names) > 0 {
			return jsonItem{}, c.unsupported(a, "JSON")
		}
		raw = true
	}
	k := x.typ.kind
	switch {
	case x.null || k == kNull:
		return jsonItem{x: fixed(tNull, nil)}, nil
	case raw && (k.text() || k == kClob):
		return jsonItem{x, func(dst, v []byte) ([]byte, error) { return append(dst, v...), nil }}, nil
	case raw:
		return jsonItem{}, c.unsupported(a, "FORMAT JSON")
	case k.text(), k == kClob:
		return jsonItem{x, func(dst, v []byte) ([]byte, error) { return appendJSONString(dst, v), nil }}, nil
	case k == kNumber:
		return jsonItem{x, appendJSONNumber}, nil
	case k == kDate:
		return jsonItem{x, func(dst, v []byte) ([]byte, error) {
			t, err := datetime.Decode(v)
			if err != nil || t.Year < 1 {
				return nil, ora.Unsupported("JSON of a date before year 1")
			}
			return fmt.Appendf(dst, `"%04d-%02d-%02dT%02d:%02d:%02d"`, t.Year, t.Month, t.Day, t.Hour, t.Minute, t.Second), nil
		}}, nil
	}
	return jsonItem{}, c.unsupported(a, "JSON of "+x.typ.String())
}

// madeJSON reports whether an expression is a call that gives JSON, which needs no FORMAT JSON.
func madeJSON(c *compiler, e ast.Expr) bool {
	if call, ok := ast.Unparen(e).(*ast.Call); ok {
		if name, ok := call.Fn.(*ast.Name); ok && c.f.NumParts(name) == 1 {
			switch c.f.Last(name) {
			case "JSON_OBJECT", "JSON_ARRAY", "JSON_ARRAYAGG", "JSON_OBJECTAGG":
				return true
			}
		}
	}
	return false
}

// append writes a value; skip says that it is NULL and to be left out.
func (j *jsonItem) append(e *env, dst []byte, absent bool) (out []byte, skip bool, err error) {
	v, err := j.x.eval(e)
	switch {
	case err != nil:
		return nil, false, err
	case v == nil && absent:
		return dst, true, nil
	case v == nil:
		return append(dst, "null"...), false, nil
	}
	dst, err = j.text(dst, v)
	return dst, false, err
}

func appendJSONString(dst, v []byte) []byte {
	dst = append(dst, '"')
	for _, b := range v {
		switch {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b == '\b':
			dst = append(dst, `\b`...)
		case b == '\f':
			dst = append(dst, `\f`...)
		case b == '\n':
			dst = append(dst, `\n`...)
		case b == '\r':
			dst = append(dst, `\r`...)
		case b == '\t':
			dst = append(dst, `\t`...)
		case b < ' ':
			dst = fmt.Appendf(dst, `\u%04X`, b)
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}

// appendJSONNumber writes a number without an exponent; how Oracle writes those that need one was not found out.
func appendJSONNumber(dst, v []byte) ([]byte, error) {
	n, err := number.Decode(v)
	if err != nil {
		return nil, numErr(err)
	}
	s := n.Fixed()
	if short := n.String(); strings.Contains(short, "E") {
		s = short
	}
	sign := ""
	if rest, minus := strings.CutPrefix(s, "-"); minus {
		sign, s = "-", rest
	}
	switch {
	case strings.ContainsAny(s, "E~"):
		return nil, ora.Unsupported("JSON of the number " + sign + s)
	case strings.HasPrefix(s, "."):
		s = "0" + s
	}
	return append(append(dst, sign...), s...), nil
}

// jsonClauses reads ON NULL and RETURNING.
func (c *compiler) jsonClauses(n *ast.Call, absent bool) (typ, bool, error) {
	to := typ{kind: kVarchar, size: 4000}
	o := n.Options
	if o == nil {
		return to, absent, nil
	}
	if o.Passing != nil || o.Content != 0 || o.Truncate || o.Pretty || o.ASCII || o.Ordered || o.Format || o.Strict || o.UniqueKeys != 0 || o.Words != nil || o.Wrapper != 0 || len(o.On) > 1 {
		return to, false, c.unsupported(n, "JSON")
	}
	for _, on := range o.On {
		if on.Event != token.NULL || on.Action != token.NULL && on.Action != token.ABSENT {
			return to, false, c.unsupported(n, "JSON")
		}
		absent = on.Action == token.ABSENT
	}
	if o.Returning != nil {
		ref := typeref.Of(c.f, o.Returning)
		switch to = typeOf(typeref.Stored(ref), c.s.charSem); {
		case to.kind == kClob && !to.national:
		case to.kind == kVarchar && !to.national:
			if ref.Precision == nil {
				to.size = 4000
			}
		default:
			return to, false, c.unsupported(n, "JSON")
		}
	}
	return to, absent, nil
}

// jsonResult holds that text fits into the type that is returned.
func jsonResult(v []byte, to typ, set *charset.Set) ([]byte, error) {
	if to.kind != kClob && textLength(v, to, set) > to.size {
		return nil, ora.New(40478, to.size)
	}
	return v, nil
}

// jsonObject is JSON_OBJECT([KEY] key VALUE value, ...).
func (c *compiler) jsonObject(n *ast.Call) (expr, error) {
	to, absent, err := c.jsonClauses(n, false)
	if err != nil {
		return expr{}, err
	}
	if n.Distinct != 0 || n.Star || n.Over != nil || n.Options != nil && n.Options.OrderBy != nil {
		return expr{}, c.unsupported(n, "JSON")
	}
	type member struct {
		key  expr
		item jsonItem
	}
	var list []member
	for _, a := range n.Args {
		if len(a.Keys) != 1 {
			return expr{}, c.unsupported(n, "JSON")
		}
		key, err := c.expr(a.Keys[0])
		if err != nil {
			return expr{}, err
		}
		if !key.typ.kind.text() || key.null {
			return expr{}, c.unsupported(n, "JSON")
		}
		item, err := c.jsonValue(a)
		if err != nil {
			return expr{}, err
		}
		list = append(list, member{key, item})
	}
	return computed(to, func(e *env) ([]byte, error) {
		b := []byte{'{'}
		for i := range list {
			key, err := list[i].key.eval(e)
			if err != nil {
				return nil, err
			}
			if key == nil {
				return nil, ora.Unsupported("a NULL as a key of JSON")
			}
			at := len(b)
			if at > 1 {
				b = append(b, ',')
			}
			b = append(appendJSONString(b, key), ':')
			var skip bool
			if b, skip, err = list[i].item.append(e, b, absent); err != nil {
				return nil, err
			}
			if skip {
				b = b[:at]
			}
		}
		return jsonResult(append(b, '}'), to, c.set())
	}), nil
}

// jsonArray is JSON_ARRAY(value, ...).
func (c *compiler) jsonArray(n *ast.Call) (expr, error) {
	to, absent, err := c.jsonClauses(n, true)
	if err != nil {
		return expr{}, err
	}
	if n.Distinct != 0 || n.Star || n.Over != nil || n.Options != nil && n.Options.OrderBy != nil {
		return expr{}, c.unsupported(n, "JSON")
	}
	var list []jsonItem
	for _, a := range n.Args {
		item, err := c.jsonValue(a)
		if err != nil {
			return expr{}, err
		}
		if item.x.typ.kind == kOther { // the array of a collection's elements
			return expr{}, c.unsupported(n, "JSON")
		}
		list = append(list, item)
	}
	return computed(to, func(e *env) ([]byte, error) {
		b := []byte{'['}
		for i := range list {
			at := len(b)
			if at > 1 {
				b = append(b, ',')
			}
			var skip bool
			var err error
			if b, skip, err = list[i].append(e, b, absent); err != nil {
				return nil, err
			}
			if skip {
				b = b[:at]
			}
		}
		return jsonResult(append(b, ']'), to, c.set())
	}), nil
}

// jsonListState is JSON_ARRAYAGG: NULL where the group has no rows.
type jsonListState struct {
	item   jsonItem
	keys   []orderKey
	absent bool
	to     typ
	rows   []listRow
}

func (s *jsonListState) add(e *env) error {
	b, skip, err := s.item.append(e, nil, s.absent)
	if err != nil {
		return err
	}
	if skip {
		b = nil
	}
	k, err := evalKeys(s.keys, e)
	s.rows = append(s.rows, listRow{b, k})
	return err
}

func (s *jsonListState) result(e *env) ([]byte, error) {
	if len(s.rows) == 0 {
		return nil, nil
	}
	rows := slices.Clone(s.rows)
	slices.SortStableFunc(rows, func(a, b listRow) int { return compareKeys(s.keys, a.keys, b.keys) })
	var list [][]byte
	for _, r := range rows {
		if r.v != nil {
			list = append(list, r.v)
		}
	}
	return jsonResult(append(append([]byte{'['}, bytes.Join(list, []byte{','})...), ']'), s.to, e.ex.s.db.set)
}

func aggJSONArray(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	to, absent, err := c.jsonClauses(n, true)
	if err != nil {
		return nil, err
	}
	if len(args) != 1 || n.Distinct != 0 {
		return nil, c.unsupported(n, "aggregate")
	}
	item, err := c.jsonValue(n.Args[0])
	if err != nil {
		return nil, err
	}
	var keys []orderKey
	if n.Options != nil && n.Options.OrderBy != nil {
		if keys, err = c.orderItems(n.Options.OrderBy, nil, nil, false); err != nil {
			return nil, err
		}
	}
	return &aggregate{to, func() aggState { return &jsonListState{item: item, keys: keys, absent: absent, to: to} }}, nil
}
