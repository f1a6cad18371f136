package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// rowset is the list of columns that an inner query passes to the block around it, when FROM and WHERE of a block go into
// one. Every column of the block's own tables that anything outside of the inner query names is in it.
type rowset struct {
	alias string
	list  []string // expressions with their names
	names []string // names alone
	cols  map[rowColumn]string
	whole map[ast.Node]string // tables whose whole rows are passed
}

// rowColumn is a column of an item of FROM, by its folded name.
type rowColumn struct {
	from ast.Node
	name string
}

// move lets a name be written otherwise. Behind it the fields stay that the name goes on with.
func (g *gen) move(n *ast.Name, to string) {
	if g.moved == nil {
		g.moved = map[*ast.Name]string{}
	}
	g.moved[n] = to
}

// movedName is a name that is written otherwise, with the fields behind it.
func (g *gen) movedName(n *ast.Name, to string) frag {
	typ := typeOf(*g.ref(n).TypeOf())
	parts := g.f.Parts(n)
	if b := g.info.Base(n); b.Ref.Kind == resolve.Column && b.Parts > 0 && b.Parts < len(parts) {
		to = "(" + to + ")"
		for _, p := range parts[b.Parts:] {
			to += "." + g.e.names.ident(p)
		}
	}
	f := atom(to, typ)
	ref := g.ref(n)
	f.loose = typ == pgNumeric && (ref.Kind == resolve.Pseudo || g.looseName(n, ref)) // ROWNUM, LEVEL
	return f
}

// outside calls f for every name that stays outside when FROM and WHERE go into an inner query.
func (b *block) outside(f func(*ast.Name)) {
	g, q := b.g, b.q
	for _, it := range q.Items {
		g.names(it.X, f)
	}
	if q.GroupBy != nil {
		g.names(q.GroupBy, f)
	}
	g.names(q.Having, f)
	g.names(q.Qualify, f)
	for _, w := range q.Windows {
		g.names(w.Spec, f)
	}
	if b.t != nil && b.t.s.OrderBy != nil {
		g.names(b.t.s.OrderBy, f)
	}
}

// rowset finds the columns and moves the names that mean them to the inner query's alias.
func (b *block) rowset() *rowset {
	g := b.g
	r := &rowset{cols: map[rowColumn]string{}, whole: map[ast.Node]string{}}
	if t := b.single(); t != nil && len(b.rownum.values)+len(b.rownum.mixed) == 0 && !b.usesRowid() { // its columns keep their names
		r.alias = g.sourceAlias(t)
		used := false
		b.outside(func(n *ast.Name) {
			if g.info.From(n) == ast.Node(t) || n.Star || g.info.From(n) == nil && g.ref(n).Kind == resolve.Column {
				used = true
				if parts := g.f.Parts(n); len(parts) > 2 && !n.Star { // schema.table.column
					g.move(n, r.alias+"."+g.e.names.ident(parts[len(parts)-1]))
				}
			}
		})
		if used {
			r.list = append(r.list, r.alias+".*")
		}
		return r
	}
	r.alias = g.alias()
	b.outside(func(n *ast.Name) { b.pass(r, n) })
	b.passStars(r)
	return r
}

func (b *block) usesRowid() bool {
	used := false
	b.outside(func(n *ast.Name) { used = used || b.g.pseudo(n) == "ROWID" })
	return used
}

// single is the one item of FROM when it is a table or an inline view, DUAL left out.
func (b *block) single() ast.TableRef {
	var t ast.TableRef
	for i, x := range b.q.From {
		if b.spareDual(i) {
			continue
		}
		if t != nil {
			return nil
		}
		t = x
	}
	switch t.(type) {
	case *ast.TableName, *ast.SubqueryRef:
		return t
	}
	return nil
}

// sourceAlias is the name by which the columns of a table or inline view are qualified. An inline view without one gets it.
func (g *gen) sourceAlias(t ast.TableRef) string {
	switch x := t.(type) {
	case *ast.TableName:
		if x.Alias != nil {
			return g.word(x.Alias)
		}
		return g.e.names.ident(g.f.Last(x.Name))
	case *ast.SubqueryRef:
		if x.Alias != nil {
			return g.word(x.Alias)
		}
	case *ast.TableExpr:
		if x.Alias != nil {
			return g.word(x.Alias)
		}
	case *ast.Pivot:
		if x.Alias != nil {
			return g.word(x.Alias)
		}
		return g.sourceAlias(x.X)
	case *ast.Unpivot:
		if x.Alias != nil {
			return g.word(x.Alias)
		}
		return g.sourceAlias(x.X)
	case *ast.ParenTable:
		if x.Alias != nil {
			return g.word(x.Alias)
		}
		return g.sourceAlias(x.X)
	}
	return g.given(t)
}

// given is the alias that an item of FROM without one gets.
func (g *gen) given(t ast.TableRef) string {
	if g.aliasOf == nil {
		g.aliasOf = map[ast.TableRef]string{}
	}
	if g.aliasOf[t] == "" {
		g.aliasOf[t] = g.alias()
	}
	return g.aliasOf[t]
}

// pass takes a column into the rowset and moves its name.
func (b *block) pass(r *rowset, n *ast.Name) {
	g := b.g
	if n.Star || b.item(n) < 0 {
		return
	}
	from := g.info.From(n)
	parts := g.f.Parts(n)
	base := g.info.Base(n)
	if base.Parts < 1 || base.Parts > len(parts) {
		base.Parts = len(parts)
	}
	name := parts[base.Parts-1]
	if g.pseudo(n) == "ROWID" {
		name = "ROWID"
	}
	g.move(n, r.alias+"."+r.column(b, from, name))
}

// column gives a column's name in the rowset.
func (r *rowset) column(b *block, from ast.Node, name string) string {
	g := b.g
	key := rowColumn{from, name}
	if s, ok := r.cols[key]; ok {
		return s
	}
	source := g.sourceAlias(from.(ast.TableRef))
	id := g.e.names.fold(name)
	expr := source + "." + quote.Ident(id)
	if name == "ROWID" {
		id, expr = "row_id", source+".ctid"
	}
	for _, taken := range r.cols {
		if taken == quote.Ident(id) {
			id = short(unquoted(source) + "_" + id)
			break
		}
	}
	s := quote.Ident(id)
	r.cols[key] = s
	r.names = append(r.names, s)
	if expr == source+"."+s {
		r.list = append(r.list, expr)
	} else {
		r.list = append(r.list, expr+" AS "+s)
	}
	return s
}

func unquoted(s string) string {
	if len(s) > 1 && s[0] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// passStars writes out * and t.* of the select list: the inner query may have more columns than the tables.
func (b *block) passStars(r *rowset) {
	g := b.g
	for _, it := range b.q.Items {
		n, ok := it.X.(*ast.Name)
		if !ok || !n.Star {
			continue
		}
		text := ""
		for _, t := range b.leaves() {
			if g.f.NumParts(n) > 0 && g.info.From(n) != ast.Node(t) {
				continue
			}
			fields, open := g.info.Row(t)
			if open {
				w, ok := r.whole[t]
				if !ok {
					source := g.sourceAlias(t)
					w = quote.Ident(short(unquoted(source) + "_row"))
					r.whole[t] = w
					r.list = append(r.list, source+" AS "+w)
					r.names = append(r.names, w)
				}
				text += ", (" + r.alias + "." + w + ").*"
				continue
			}
			for _, f := range fields {
				s := r.column(b, t, f.Name)
				text += ", " + r.alias + "." + s
				if id := g.e.names.ident(f.Name); id != s {
					text += " AS " + id
				}
			}
		}
		if text == "" {
			g.refuse(it, "not-converted", "the columns of %s are not known", g.source(it))
			continue
		}
		if g.stars == nil {
			g.stars = map[*ast.SelectItem]string{}
		}
		g.stars[it] = text[2:]
	}
}

// leaves are the tables of FROM in order, without the joins around them.
func (b *block) leaves() []ast.TableRef {
	var list []ast.TableRef
	for i, t := range b.q.From {
		if !b.spareDual(i) {
			list = append(list, leavesOf(t)...)
		}
	}
	return list
}

// leavesOf are the tables of an item of FROM.
func leavesOf(t ast.TableRef) []ast.TableRef {
	switch x := t.(type) {
	case *ast.Join:
		return append(leavesOf(x.Left), leavesOf(x.Right)...)
	case *ast.ParenTable:
		if x.Alias == nil {
			return leavesOf(x.X)
		}
	}
	return []ast.TableRef{t}
}
