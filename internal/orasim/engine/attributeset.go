package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// attributePath is the way to an attribute within the object of a column: its places, from outside to inside.
type attributePath []int

// attributeTarget is SET a.col.attr = x, with the alias of the table in front, as queries name attributes (Object-Relational Developer's
// Guide, "When Table Aliases Are Required"). col is nil where the name is no such path.
func (c *compiler) attributeTarget(n *ast.Name, parts []string, t *table, alias string) (col *column, path attributePath, of typ, err error) {
	if len(parts) < 3 || parts[0] != alias || alias == t.name {
		return nil, nil, of, nil
	}
	if col = t.column(parts[1]); col == nil || c.s.udt(col.typ) == nil {
		return nil, nil, of, nil
	}
	of = col.typ
	for _, name := range parts[2:] {
		u := c.s.udt(of)
		if u == nil || u.elem != nil {
			return nil, nil, of, c.unsupported(n, "SET")
		}
		i := u.attribute(name)
		if i < 0 {
			return nil, nil, of, c.invalid(n, parts)
		}
		path, of = append(path, i), u.attrs[i].typ
	}
	return col, path, of, nil
}

// attributeValue is the value of such an assignment. What is too long for the attribute is ORA-03001: which error it is was not found out.
func (c *compiler) attributeValue(a *ast.Assign, to typ) (expr, error) {
	if l, ok := ast.Unparen(a.X).(*ast.Literal); ok && l.Kind == ast.LitDefault {
		return expr{}, c.unsupported(a, "SET")
	}
	x, err := c.expr(a.X)
	if err == nil {
		x, err = c.partValue(a, x, to)
	}
	if err != nil {
		return expr{}, err
	}
	return computed(to, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if ora.Code(err) == 22814 {
			err = ora.Unsupported("a value that is too long for its attribute, in SET")
		}
		return v, err
	}), nil
}

// set replaces an attribute in the image of an object. Of an object that is NULL it is ORA-03001.
func (p attributePath) set(image, v []byte) ([]byte, error) {
	if len(p) == 0 {
		return v, nil
	}
	if image == nil {
		return nil, ora.Unsupported("SET of an attribute of an object that is NULL")
	}
	of, attrs, err := objectParts(image)
	if err != nil {
		return nil, err
	}
	if p[0] >= len(attrs) {
		return nil, ora.Unsupported("an object older than its type's last change")
	}
	attrs = slices.Clone(attrs)
	if attrs[p[0]], err = p[1:].set(attrs[p[0]], v); err != nil {
		return nil, err
	}
	b := session.AppendPart(nil, []byte(of.owner))
	b = session.AppendPart(b, []byte(of.name))
	return session.AppendParts(b, attrs), nil
}
