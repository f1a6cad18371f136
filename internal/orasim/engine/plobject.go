package engine

import (
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// Objects and collections of the schema in PL/SQL: variables hold them taken apart, SQL and the client their images.

// SQLNamed implements plsql.Host.
func (h plHost) SQLNamed(parts []string) plsql.Scalar {
	if u := h.s.udtNamed(h.s.schema, parts); u != nil {
		return u.typ()
	}
	return nil
}

// SQLType implements plsql.Host.
func (h plHost) SQLType(t plsql.Scalar) *plsql.SQLType {
	x, ok := t.(typ)
	if !ok {
		return nil
	}
	u := h.s.udt(x)
	if u == nil {
		return nil
	}
	d := &plsql.SQLType{Type: u.typ(), Name: u.object.name, Coll: u.elem != nil, Limit: u.limit}
	for _, a := range u.made() {
		d.Names, d.Parts = append(d.Names, a.name), append(d.Parts, a.typ)
	}
	return d
}

// Opaque implements plsql.Host.
func (h plHost) Opaque(t plsql.Scalar) bool {
	k := t.(typ).kind
	return k == kOther || k == kXML || k == kCursor
}

// Parts implements plsql.Host. Objects of a type under the declared one are ORA-03001.
func (h plHost) Parts(t plsql.Scalar, image []byte) ([][]byte, error) {
	u := h.s.udt(t.(typ))
	if u == nil {
		return nil, ora.Unsupported("a value of type " + t.String())
	}
	if u.elem != nil {
		return parts(image)
	}
	of, list, err := objectParts(image)
	if err == nil && (of != u.object.objectName || len(list) != len(u.attrs)) {
		err = ora.Unsupported("a value of a type under " + u.titled() + ", or of its definition before a change, in PL/SQL")
	}
	return list, err
}

// Image implements plsql.Host.
func (h plHost) Image(t plsql.Scalar, list [][]byte) []byte {
	if u := h.s.udt(t.(typ)); u != nil && u.elem == nil {
		return u.image(list)
	}
	return session.AppendParts(nil, list)
}
