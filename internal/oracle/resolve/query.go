package resolve

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// query resolves a whole query in the scope at hand and gives its row.
func (r *resolver) query(q *ast.Select) *shape { return r.queryFill(q, nil) }

// queryFill is query for a recursive subquery: fill is the row that its own name means; the first operand of
// the set operation gives it its types.
func (r *resolver) queryFill(q *ast.Select, fill *shape) *shape {
	if q == nil {
		return &shape{open: true}
	}
	r.sql++
	outer := r.scope
	if q.With != nil {
		r.with(q.With)
	}
	row, block := r.queryExpr(q.Body, fill)
	// ORDER BY sees the select list's names, and in a plain block also the columns of FROM
	s := &scope{kind: queryScope, parent: r.scope, aliases: row, routine: r.routine}
	if block != nil {
		s.sources, s.vars = block.sources, block.vars
	} else {
		s.sources = []*source{{shape: row}}
	}
	r.in(s, func() {
		r.orderBy(q.OrderBy)
		if q.Lock != nil {
			r.columnNames(q.Lock.Of)
			r.expr(q.Lock.Wait)
		}
	})
	if q.Limit != nil {
		l := q.Limit
		r.expr(l.Offset)
		for _, p := range l.Parts {
			r.expr(p.Count)
			r.in(s, func() { r.expr(p.By) })
		}
		r.expr(l.Count)
		r.clause(l.Target)
	}
	r.clauses(q.Subst)
	r.scope = outer
	r.sql--
	r.info.rows[q] = row
	return row
}

func (r *resolver) with(w *ast.With) {
	s := r.push(cteScope)
	if len(w.Decls) > 0 {
		r.decls(w.Decls)
	}
	for _, c := range w.Items {
		name := r.name(c.Name)
		e := &entry{ref: &Ref{Kind: Query, Decl: c}, cte: &shape{}}
		r.set(c.Name, e.ref)
		if c.View != nil {
			r.word(c.Cols...)
			r.wordsIn(c.View)
			e.cte.open = true
			s.put(name, e)
			continue
		}
		if len(c.Cols) == 0 { // without column names it cannot be recursive
			e.cte = r.query(c.Query)
			s.put(name, e)
			r.cteClauses(c, e.cte)
			continue
		}
		for _, n := range c.Cols {
			ref := &Ref{Kind: Column, Decl: c}
			r.set(n, ref)
			e.cte.add(&field{name: r.name(n), typ: typeUnknown, ref: ref})
		}
		s.put(name, e)
		row := r.queryFill(c.Query, e.cte)
		fillTypes(e.cte, row)
		r.cteClauses(c, e.cte)
	}
}

// cteClauses adds the columns that SEARCH and CYCLE make.
func (r *resolver) cteClauses(c *ast.CTE, row *shape) {
	for _, cl := range [...]*ast.Clause{c.Search, c.Cycle} {
		if cl == nil {
			continue
		}
		r.exprs(cl.Exprs)
		for _, n := range cl.Names {
			name := r.name(n)
			f := row.find(name)
			if f == nil {
				f = &field{name: name, typ: typeNumber, ref: &Ref{Kind: Column, Decl: c, typ: typeNumber}}
				if cl == c.Cycle {
					f.typ, f.ref.typ = typeChar, typeChar
				}
				row.add(f)
			}
			r.set(n, f.ref)
		}
		for _, it := range cl.Items {
			if o, ok := it.(*ast.OrderItem); ok {
				if n, ok := o.X.(*ast.Name); ok {
					r.columnOf(n, row, nil)
				}
			}
		}
	}
}

func fillTypes(to, from *shape) {
	for i, f := range to.fields {
		if i < len(from.fields) && f.typ.Class == ClassUnknown {
			f.typ = from.fields[i].typ
			f.ref.typ = f.typ
			f.from = from.fields[i].from
			if b := from.fields[i].ref; b != nil && f.ref.Object == nil {
				f.ref.Object, f.ref.Column = b.Object, b.Column
			}
		}
	}
}

// queryExpr resolves the body of a query. Chains of set operators lean to the left and may be long. The scope
// is that of a plain query block.
func (r *resolver) queryExpr(q ast.QueryExpr, fill *shape) (*shape, *scope) {
	var chain []*ast.SetOp
	for {
		op, ok := q.(*ast.SetOp)
		if !ok {
			break
		}
		chain = append(chain, op)
		q = op.Left
	}
	row, block := r.operand(q)
	if len(chain) == 0 {
		return row, block
	}
	if fill != nil {
		fillTypes(fill, row)
	}
	out := &shape{open: row.open}
	for _, f := range row.fields {
		ref := &Ref{Kind: Column, typ: f.typ}
		if f.ref != nil {
			ref.Decl = f.ref.Decl
		}
		out.add(&field{name: f.name, typ: f.typ, ref: ref})
	}
	for i := len(chain) - 1; i >= 0; i-- {
		other, _ := r.operand(chain[i].Right)
		for j, f := range out.fields {
			if j < len(other.fields) && !other.open {
				f.typ = common([]*Type{f.typ, other.fields[j].typ})
				f.ref.typ = f.typ
			}
		}
	}
	return out, nil
}

func (r *resolver) operand(q ast.QueryExpr) (*shape, *scope) {
	switch x := q.(type) {
	case *ast.QueryBlock:
		return r.block(x)
	case *ast.ParenQuery:
		return r.query(x.Query), nil
	case *ast.SetOp:
		return r.queryExpr(x, nil)
	case *ast.Values:
		out := &shape{}
		for i, row := range x.Rows {
			var types []*Type
			if l, ok := row.(*ast.List); ok {
				for _, e := range l.Items {
					types = append(types, r.expr(e))
				}
			} else {
				types = append(types, r.expr(row))
			}
			if i == 0 {
				for _, t := range types {
					out.add(&field{typ: t, ref: &Ref{Kind: Column, Decl: x, typ: t}})
				}
			}
		}
		return out, nil
	}
	return &shape{open: true}, nil
}

// block resolves one SELECT ... FROM ... and gives its row and scope.
func (r *resolver) block(b *ast.QueryBlock) (*shape, *scope) {
	s := r.push(queryScope)
	for _, t := range b.From {
		r.from(t, s)
	}
	r.expr(b.Where)
	if b.Hier != nil {
		r.expr(b.Hier.Start)
		r.expr(b.Hier.Connect)
	}
	if b.GroupBy != nil {
		r.exprs(b.GroupBy.Items)
	}
	if b.Model != nil {
		r.model(b, s)
	}
	for _, w := range b.Windows {
		r.word(w.Name)
		r.over(w.Spec)
	}
	row := r.items(b.Items, s)
	if b.Having != nil {
		r.expr(b.Having)
	}
	if b.Qualify != nil {
		aliases := s.aliases
		s.aliases = row
		r.expr(b.Qualify)
		s.aliases = aliases
	}
	r.clauses(b.Subst)
	r.pop()
	if b.Into != nil {
		r.into(b.Into.Targets)
	}
	r.info.rows[b] = row
	return row, s
}

// into resolves the targets of INTO, which are never columns.
func (r *resolver) into(targets []ast.Expr) {
	r.in(r.plsql(), func() {
		for _, t := range targets {
			r.target(t)
		}
	})
}

// items resolves a select list and gives the row it makes.
func (r *resolver) items(items []*ast.SelectItem, s *scope) *shape {
	row := &shape{}
	for _, it := range items {
		if n, ok := it.X.(*ast.Name); ok && n.Star {
			r.expandStar(n, s, row)
			continue
		}
		if f, ok := it.X.(*ast.Field); ok && f.Star {
			t := r.expr(f.X)
			if t.shape == nil {
				row.open = true
			} else {
				row.open = row.open || t.shape.open
				for _, x := range t.shape.fields {
					row.add(x)
				}
			}
			continue
		}
		t := r.expr(it.X)
		r.clause(it.Subst)
		f := &field{typ: t}
		f.ref = &Ref{Kind: Column, Decl: it, typ: t}
		if n, ok := plainNameOf(it.X); ok {
			f.name = r.name(n)
			if ref := r.info.Known(n); ref != nil && ref.Kind == Column {
				f.ref.Object, f.ref.Column = ref.Object, ref.Column
				f.from = r.fromOf(n, s)
			}
		}
		if it.Alias != nil {
			f.name = r.name(it.Alias)
			r.set(it.Alias, f.ref)
		}
		if f.name == "" { // an expression without alias is called by its text
			f.name = r.exprName(it.X)
		}
		row.add(f)
	}
	return row
}

func plainNameOf(e ast.Expr) (*ast.Name, bool) {
	switch x := e.(type) {
	case *ast.Name:
		return x, true
	case *ast.Field:
		return x.Name, x.Name != nil
	case *ast.OuterMark:
		return plainNameOf(x.X)
	case *ast.Paren:
		return plainNameOf(x.X)
	case *ast.Unary:
		if x.Op.Is(token.CONNECT_BY_ROOT) || x.Op.Is(token.PRIOR) {
			return nil, false
		}
	}
	return nil, false
}

// fromOf is the access that a column of this query comes from.
func (r *resolver) fromOf(n *ast.Name, s *scope) *access {
	parts := r.parts(n)
	for _, src := range s.sources {
		if len(parts) > 1 && src.alias != parts[len(parts)-2] {
			continue
		}
		if f := src.shape.find(parts[len(parts)-1]); f != nil {
			if f.from != nil {
				return f.from
			}
			return src.acc
		}
	}
	return nil
}

// exprName is the column name Oracle gives to an expression without alias: its text without spaces.
func (r *resolver) exprName(e ast.Expr) string {
	s := e.Range()
	if s.Hi-s.Lo > 60 {
		return "?"
	}
	var b strings.Builder
	for i := s.Lo; i < s.Hi; i++ {
		t := r.f.Tokens[i]
		b.WriteString(strings.ToUpper(string(r.f.Src[t.Off:t.End()])))
	}
	return b.String()
}

func (r *resolver) star(n *ast.Name) {
	row := &shape{}
	for s := r.scope; s != nil; s = s.parent {
		if s.kind == queryScope {
			r.expandStar(n, s, row)
			return
		}
	}
	r.word(n)
}

// expandStar adds the columns of * or t.* to a row.
func (r *resolver) expandStar(n *ast.Name, s *scope, row *shape) {
	parts := r.parts(n)
	ref := &wordRef
	hit := len(parts) == 0
	for _, src := range s.sources {
		if len(parts) > 0 {
			if src.alias != parts[len(parts)-1] {
				continue
			}
			hit = true
			ref = r.sourceRef(src)
			r.info.names.of(n, src.node)
		}
		src.acc.all(src.shape)
		row.open = row.open || src.shape.open
		for _, f := range src.shape.fields {
			if len(parts) == 0 && src.merged[f.name] {
				continue
			}
			if f.from == nil && src.acc != nil {
				f = &field{name: f.name, typ: f.typ, ref: f.ref, from: src.acc}
			}
			row.add(f)
		}
	}
	if !hit {
		ref = &unknownRef
		row.open = true
	}
	r.set(n, ref)
}

// columnNames resolves names that can only be columns of the innermost query.
func (r *resolver) columnNames(names []*ast.Name) {
	for _, n := range names {
		r.value(n, asValue)
	}
}

// columnOf resolves a name that can only be a column of a row.
func (r *resolver) columnOf(n *ast.Name, row *shape, acc *access) *field {
	f := row.find(r.name(n))
	switch {
	case f != nil:
		acc.column(f.name)
		r.set(n, f.ref)
	case row.open:
		acc.column(r.name(n))
		ref := &Ref{Kind: Column}
		if acc != nil {
			ref.Object = acc.Object
			if acc.Link != "" {
				ref.Kind, ref.Link = Remote, acc.Link
			}
		}
		r.set(n, ref)
	default:
		r.set(n, &unknownRef)
	}
	return f
}
