package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// derived is a view, or a table made by a query, whose columns come out of that query.
type derived struct {
	x     *extractor
	o     *model.Object
	query *ast.Select
}

func (x *extractor) derive(o *model.Object, q *ast.Select) {
	if q != nil {
		x.fd.derived = append(x.fd.derived, derived{x, o, q})
	}
}

// deriveColumns expands * and finds the types of columns that are plain columns of other tables and views, or CAST.
// Views on views take as many rounds as they are deep; what is known after these stays.
func (fd *folder) deriveColumns() {
	for range 12 {
		changed := false
		for _, d := range fd.derived {
			if fd.objects[fd.keyOf[d.o]] == d.o && d.update() {
				changed = true
			}
		}
		if !changed {
			return
		}
	}
}

// update reports whether something new is known.
func (d derived) update() bool {
	list := columnsOf(d.o)
	if len(*list) > 0 {
		known := true
		for _, c := range *list {
			known = known && (c.Type.Name != "" || c.Virtual != "")
		}
		if known {
			return false
		}
	}
	cols, ok := d.x.queryColumns(d.query, nil)
	if !ok {
		return false
	}
	if len(*list) == 0 {
		for _, c := range cols {
			if c.Name == "" {
				return false
			}
		}
		*list = cols
		return len(cols) > 0
	}
	if len(*list) != len(cols) { // altered since, or wrong
		return false
	}
	changed := false
	for i, c := range *list {
		if c.Type.Name == "" && cols[i].Type.Name != "" {
			c.Type, changed = cols[i].Type, true
		}
	}
	return changed
}

// rows is one row source of a FROM clause; cols is nil where it is not known.
type rows struct {
	alias string
	cols  []*model.Column
}

// factors are the named subqueries that can be seen at a place.
type factors struct {
	name string
	cols []*model.Column
	up   *factors
}

// queryColumns are the columns of a query; false when a * leaves them open.
func (x *extractor) queryColumns(q *ast.Select, seen *factors) ([]*model.Column, bool) {
	if q.With != nil {
		for _, c := range q.With.Items {
			f := &factors{name: x.last(c.Name), up: seen}
			if c.Query != nil {
				// a recursive one finds itself unknown and stays so
				if cols, ok := x.queryColumns(c.Query, &factors{name: f.name, up: seen}); ok {
					f.cols = renamed(cols, x.names(c.Cols))
				}
			}
			seen = f
		}
	}
	return x.bodyColumns(q.Body, seen)
}

// renamed gives columns the names of a column list.
func renamed(cols []*model.Column, names []string) []*model.Column {
	if len(names) == 0 {
		return cols
	}
	if len(names) != len(cols) {
		return nil
	}
	out := make([]*model.Column, len(cols))
	for i, c := range cols {
		out[i] = &model.Column{Name: names[i], Type: c.Type, Pos: c.Pos}
	}
	return out
}

func (x *extractor) bodyColumns(q ast.QueryExpr, seen *factors) ([]*model.Column, bool) {
	switch q := q.(type) {
	case *ast.ParenQuery:
		if q.Query == nil {
			return nil, false
		}
		return x.queryColumns(q.Query, seen)
	case *ast.SetOp:
		left, ok := x.bodyColumns(q.Left, seen)
		if !ok {
			return nil, false
		}
		right, ok := x.bodyColumns(q.Right, seen)
		for i, c := range left { // the branches may differ in length and scale: then the type is not that of the first
			if !ok || i >= len(right) || !equalTypes(c.Type, right[i].Type) {
				c.Type = model.TypeRef{}
			}
		}
		return left, true
	case *ast.QueryBlock:
		return x.blockColumns(q, seen)
	}
	return nil, false
}

func equalTypes(a, b model.TypeRef) bool {
	same := func(p, q *int) bool { return p == nil && q == nil || p != nil && q != nil && *p == *q }
	return a.Name == b.Name && a.Schema == b.Schema && a.Ref == b.Ref && a.Star == b.Star && a.Sem == b.Sem &&
		same(a.Precision, b.Precision) && same(a.Scale, b.Scale)
}

func (x *extractor) blockColumns(b *ast.QueryBlock, seen *factors) ([]*model.Column, bool) {
	if b.Model != nil || len(b.Subst) > 0 {
		return nil, false
	}
	var from []rows
	plain := true // no join that merges columns, no row source but tables and subqueries
	for _, t := range b.From {
		plain = x.rowSource(t, seen, &from) && plain
	}
	var cols []*model.Column
	for _, it := range b.Items {
		name, ok := it.X.(*ast.Name)
		if ok && name.Star {
			some, ok := expand(from, x.parts(name), plain)
			if !ok {
				return nil, false
			}
			for _, c := range some {
				cols = append(cols, &model.Column{Name: c.Name, Type: c.Type, Pos: x.pos(it)})
			}
			continue
		}
		if f, is := it.X.(*ast.Field); is && f.Star {
			return nil, false
		}
		c := &model.Column{Pos: x.pos(it)}
		switch e := it.X.(type) {
		case *ast.Name:
			p := x.parts(e)
			if len(p) > 0 {
				c.Name = p[len(p)-1]
			}
			c.Type = typeIn(from, p, plain)
		case *ast.Cast:
			if e.Fn.String() == "CAST" && e.Type != nil {
				c.Type = x.typeRef(e.Type)
			}
		case *ast.Field:
			c.Name = x.last(e.Name)
		}
		if it.Alias != nil {
			c.Name = x.last(it.Alias)
		}
		cols = append(cols, c)
	}
	return cols, true
}

// rowSource adds the row sources of one item of a FROM clause; false when it is more than tables and subqueries
// side by side.
func (x *extractor) rowSource(t ast.TableRef, seen *factors, into *[]rows) bool {
	switch t := t.(type) {
	case *ast.TableName:
		if t.Name == nil {
			*into = append(*into, rows{})
			return false
		}
		r := rows{alias: x.last(t.Name), cols: x.tableColumns(t.Name, seen)}
		if t.Alias != nil {
			r.alias = x.last(t.Alias)
		}
		*into = append(*into, r)
		return true
	case *ast.SubqueryRef:
		r := rows{}
		if t.Alias != nil {
			r.alias = x.last(t.Alias)
		}
		if cols, ok := x.queryColumns(t.Query, seen); ok {
			r.cols = renamed(cols, x.names(t.Cols))
		}
		*into = append(*into, r)
		return true
	case *ast.ParenTable:
		return t.Alias == nil && x.rowSource(t.X, seen, into)
	case *ast.Join:
		left := x.rowSource(t.Left, seen, into)
		right := x.rowSource(t.Right, seen, into)
		return left && right && !t.Natural && len(t.Using) == 0
	}
	*into = append(*into, rows{})
	return false
}

// tableColumns are the columns of a named subquery, table or view; nil when they are not known.
func (x *extractor) tableColumns(n *ast.Name, seen *factors) []*model.Column {
	if n.Link != 0 {
		return nil
	}
	p := x.parts(n)
	if len(p) == 1 {
		for f := seen; f != nil; f = f.up {
			if f.name == p[0] {
				return f.cols
			}
		}
	}
	schema, name := x.qualified(n)
	for range 8 {
		if o := x.fd.root().findAny(relationKeys(schema, name)); o != nil {
			if o.Implied || o.Table != nil && o.Table.OfType != "" {
				return nil
			}
			return *columnsOf(o)
		}
		syn := x.fd.root().objects[key{model.KindSynonym, schema, name}]
		if syn == nil && len(p) == 1 {
			syn = x.fd.root().objects[key{model.KindSynonym, "PUBLIC", name}]
		}
		if syn == nil || syn.Synonym == nil || syn.Synonym.Link != "" {
			return nil
		}
		schema, name = syn.Synonym.TargetSchema, syn.Synonym.Target
	}
	return nil
}

// expand gives the columns of * or alias.*; false when they are not all known.
func expand(from []rows, qualifier []string, plain bool) (cols []*model.Column, ok bool) {
	if len(qualifier) == 0 && !plain {
		return nil, false
	}
	for _, r := range from {
		if len(qualifier) > 0 && r.alias != qualifier[len(qualifier)-1] {
			continue
		}
		if len(r.cols) == 0 {
			return nil, false
		}
		for _, c := range r.cols {
			if !c.Invisible {
				cols = append(cols, c)
			}
		}
		if len(qualifier) > 0 {
			break
		}
	}
	return cols, len(cols) > 0
}

// typeIn is the type of a column by its name; the zero type when that is not certain.
func typeIn(from []rows, name []string, plain bool) model.TypeRef {
	if len(name) == 0 {
		return model.TypeRef{}
	}
	column := name[len(name)-1]
	var found *model.Column
	for _, r := range from {
		if len(name) > 1 && r.alias != name[len(name)-2] {
			continue
		}
		if len(name) == 1 && (r.cols == nil || !plain) {
			return model.TypeRef{} // it may as well be a column of what is not known
		}
		for _, c := range r.cols {
			if c.Name != column {
				continue
			}
			if found != nil {
				return model.TypeRef{}
			}
			found = c
		}
	}
	if found == nil {
		return model.TypeRef{}
	}
	return found.Type
}
