package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// oracleCollections are collection types of SYS that SQL uses for lists.
var oracleCollections = map[string]udt{}

func init() {
	for _, t := range []struct {
		name  string
		elem  typ
		limit int
	}{
		{"ODCINUMBERLIST", tNumber, 32767},
		{"ODCIVARCHAR2LIST", typ{kind: kVarchar, size: 4000}, 32767},
		{"ODCIDATELIST", tDate, 32767},
		{"ODCIRAWLIST", rawType(2000), 32767},
		{"KU$_VCNT", typ{kind: kVarchar, size: 4000}, 0},
		{"DBMS_DEBUG_VC2COLL", typ{kind: kVarchar, size: 1000}, 0},
	} {
		oracleCollections[t.name] = udt{object: &object{objectName: objectName{owner: "SYS", name: t.name}, kind: "TYPE"}, elem: &t.elem, limit: t.limit}
	}
}

// udtNamed finds an object type or collection by name, Oracle's own collections too; nil for anything else.
func (s *Session) udtNamed(schema string, names []string) *udt {
	if t, ok := oracleCollections[names[len(names)-1]]; ok && (len(names) == 1 || len(names) == 2 && names[0] == "SYS") {
		return &t
	}
	if len(names) > 2 {
		return nil
	}
	return s.udtOf(s.db.lookup(schema, names))
}

// tableExpr is TABLE(collection): a row for each element, in its order. The collection may be made of what stands before it in the FROM
// clause. Elements that are objects have their attributes as columns; others are COLUMN_VALUE. NULL has no rows, as an empty collection.
func (c *compiler) tableExpr(n *ast.TableExpr) (*item, error) {
	if n.Kind != token.TABLE || n.External != nil || n.Joined || n.Sample != nil {
		return nil, c.unsupported(n, "FROM item")
	}
	moment := c.momentOf(n.X)
	if n.Flashback != nil && moment != c.f.Source(n.Flashback) {
		return nil, c.unsupported(n, "FROM item")
	}
	list, err := c.expr(n.X)
	if err != nil {
		return nil, err
	}
	u := c.s.udt(list.typ)
	switch {
	case u != nil && u.elem != nil:
	case list.typ.kind == kOther && u == nil:
		return nil, c.unsupported(n, "FROM item")
	default:
		return nil, c.fail(n, 22905)
	}
	x := &src{alias: c.alias(n.Alias, ""), rowid: noRowID, flashback: moment}
	node := &collectionNode{list: list}
	elem := c.s.udt(*u.elem)
	if elem != nil && elem.elem == nil {
		node.attrs = len(elem.attrs)
		node.base = c.scope.slots(1 + node.attrs)
		for i, a := range elem.attrs {
			x.cols = append(x.cols, colInfo{name: a.name, typ: a.typ, slot: node.base + 1 + i, null: true})
		}
	} else {
		node.base = c.scope.slots(1)
		x.cols = []colInfo{{name: "COLUMN_VALUE", typ: *u.elem, slot: node.base, null: true}}
	}
	x.whole = &colInfo{typ: *u.elem, slot: node.base, null: true}
	c.addSource(x)
	return &item{n: node, srcs: []int{x.index}, lo: node.base, hi: c.scope.width}, nil
}

// momentOf is the flashback clause, as written, of the table that a collection is a column of. Elements lie in the rows here, so that they
// can be read as of no other time.
func (c *compiler) momentOf(e ast.Expr) string {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Field:
			e = x.X
			continue
		case *ast.Cast:
			if x.Fn == token.TREAT {
				e = x.X
				continue
			}
		case *ast.Call: // VALUE(e)
			if len(x.Args) == 1 {
				if name, ok := x.Args[0].X.(*ast.Name); ok && c.f.NumParts(name) == 1 {
					for s := c.scope; s != nil; s = s.parent {
						if hit := s.source(c.f.Parts(name)); hit != nil {
							return hit.flashback
						}
					}
				}
			}
		case *ast.Name:
			parts := c.f.Parts(x)
			for k := len(parts); k > 0; k-- {
				if hit, err := c.column(x, parts[:k]); err == nil && hit != nil {
					return hit.src.flashback
				}
			}
		}
		return ""
	}
}

// collectionNode gives the elements of a collection: the element itself, and its attributes behind it.
type collectionNode struct {
	list  expr
	base  int
	attrs int
}

type collectionCursor struct {
	n    *collectionNode
	e    *env
	list [][]byte
	i    int
}

func (n *collectionNode) open(e *env) (cursor, error) {
	v, err := n.list.eval(e)
	if v == nil || err != nil {
		return &collectionCursor{n: n, e: e}, err
	}
	list, err := parts(v)
	return &collectionCursor{n: n, e: e, list: list}, err
}

func (c *collectionCursor) next() (bool, error) {
	if c.i == len(c.list) {
		return false, nil
	}
	v := c.list[c.i]
	c.i++
	c.e.row[c.n.base] = v
	if c.n.attrs == 0 {
		return true, nil
	}
	clear(c.e.row[c.n.base+1 : c.n.base+1+c.n.attrs])
	if v == nil {
		return true, nil
	}
	_, attrs, err := objectParts(v)
	if err == nil {
		copy(c.e.row[c.n.base+1:c.n.base+1+c.n.attrs], attrs)
	}
	return true, err
}

func (c *collectionCursor) close() {}
