package engine

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
)

// collectionType is a collection of scalars that TABLE may unnest.
type collectionType struct {
	elem  typ
	limit int // of a VARRAY; 0 is none
}

// oracleCollections are collection types of SYS that SQL uses for lists.
var oracleCollections = map[string]collectionType{
	"ODCINUMBERLIST": {tNumber, 32767}, "ODCIVARCHAR2LIST": {typ{kind: kVarchar, size: 4000}, 32767}, "ODCIDATELIST": {tDate, 32767}, "ODCIRAWLIST": {rawType(2000), 32767},
	"KU$_VCNT": {typ{kind: kVarchar, size: 4000}, 0}, "DBMS_DEBUG_VC2COLL": {typ{kind: kVarchar, size: 1000}, 0},
}

// collectionNamed finds a collection type by name: Oracle's own, or one of the catalog whose elements are scalars.
func (c *compiler) collectionNamed(parts []string) (collectionType, bool) {
	if t, ok := oracleCollections[parts[len(parts)-1]]; ok && (len(parts) == 1 || len(parts) == 2 && parts[0] == "SYS") {
		return t, true
	}
	o := c.s.db.lookup(c.schema, parts)
	if o == nil || o.kind != "TYPE" {
		return collectionType{}, false
	}
	t := o.typeFacts()
	if t == nil || t.Elem == nil {
		return collectionType{}, false
	}
	elem := typeOf(*t.Elem, c.s.charSem)
	if t.Form != model.FormNestedTable && t.Form != model.FormVarray || elem.kind == kOther || elem.kind == kXML {
		return collectionType{}, false
	}
	limit := 0
	if t.Form == model.FormVarray {
		for _, d := range t.Limit {
			limit = limit*10 + int(d-'0')
		}
	}
	return collectionType{elem, limit}, true
}

// tableExpr is TABLE(CAST(MULTISET(query) AS type)) and TABLE(type(a, b, c)): rows of one column, COLUMN_VALUE, made of what
// stands before it in the FROM clause.
func (c *compiler) tableExpr(n *ast.TableExpr) (*item, error) {
	if n.Kind != token.TABLE || n.External != nil || n.Joined || n.Flashback != nil || n.Sample != nil {
		return nil, c.unsupported(n, "FROM item")
	}
	var in node
	var t collectionType
	base := c.scope.slots(1)
	switch x := ast.Unparen(n.X).(type) {
	case *ast.Cast:
		ref := typeref.Of(c.f, x.Type)
		parts := []string{ref.Name}
		if ref.Schema != "" {
			parts = []string{ref.Schema, ref.Name}
		}
		var ok bool
		if t, ok = c.collectionNamed(parts); !ok || x.Multiset == nil {
			return nil, c.unsupported(n, "FROM item")
		}
		q, err := c.child(x.Multiset, true)
		if err != nil {
			return nil, err
		}
		if len(q.cols) != 1 {
			return nil, c.fail(x, 932, "UDT", "NUMBER")
		}
		conv, err := c.convert(x, slotExpr(q.cols[0].typ, 0, base), t.elem.kind)
		if err != nil {
			return nil, err
		}
		in = &elementsNode{in: &queryNode{q: q, base: base, lateral: true}, base: base, conv: conv, limit: t.limit}
	case *ast.Call:
		name, ok := x.Fn.(*ast.Name)
		if !ok || x.Distinct != 0 || x.Star || x.Over != nil {
			return nil, c.unsupported(n, "FROM item")
		}
		if t, ok = c.collectionNamed(c.f.Parts(name)); !ok {
			return nil, c.unsupported(n, "FROM item")
		}
		list := &listNode{base: base}
		for _, a := range x.Args {
			v, err := c.expr(a.X)
			if err == nil {
				v, err = c.convert(a, v, t.elem.kind)
			}
			if err != nil {
				return nil, err
			}
			list.values = append(list.values, v)
		}
		in = list
	default:
		return nil, c.unsupported(n, "FROM item")
	}
	x := &src{alias: c.alias(n.Alias, ""), rowid: noRowID, cols: []colInfo{{name: "COLUMN_VALUE", typ: t.elem, slot: base, null: true}}}
	c.addSource(x)
	return &item{n: in, srcs: []int{x.index}, lo: base, hi: c.scope.width}, nil
}

// elementsNode converts the rows of a query to the elements of a collection.
type elementsNode struct {
	in    *queryNode
	base  int
	conv  expr
	limit int
}

type elementsCursor struct {
	cursor
	n     *elementsNode
	e     *env
	count int
}

func (n *elementsNode) open(e *env) (cursor, error) {
	in, err := n.in.open(e)
	if err != nil {
		return nil, err
	}
	return &elementsCursor{in, n, e, 0}, nil
}

func (c *elementsCursor) next() (bool, error) {
	ok, err := c.cursor.next()
	if !ok || err != nil {
		return false, err
	}
	if c.count++; c.n.limit > 0 && c.count > c.n.limit {
		return false, ora.New(22165, c.count, 1, c.n.limit)
	}
	c.e.row[c.n.base], err = c.n.conv.eval(c.e)
	return err == nil, err
}

// listNode gives the values of a constructor.
type listNode struct {
	base   int
	values []expr
}

type listCursor struct {
	n *listNode
	e *env
	i int
}

func (n *listNode) open(e *env) (cursor, error) { return &listCursor{n, e, 0}, nil }

func (c *listCursor) next() (bool, error) {
	if c.i == len(c.n.values) {
		return false, nil
	}
	v, err := c.n.values[c.i].eval(c.e)
	c.i++
	c.e.row[c.n.base] = v
	return err == nil, err
}

func (c *listCursor) close() {}
