package resolve

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// from adds the row sources of one item of FROM to a query's scope.
func (r *resolver) from(t ast.TableRef, s *scope) { r.fromHow(t, s, howReads) }

func (r *resolver) fromHow(t ast.TableRef, s *scope, how string) *source {
	lo := len(s.sources)
	src := r.fromItem(t, s, how)
	if _, join := t.(*ast.Join); !join && len(s.sources) == lo+1 {
		s.sources[lo].node = t
		r.info.rows[t] = s.sources[lo].shape
	}
	return src
}

func (r *resolver) fromItem(t ast.TableRef, s *scope, how string) *source {
	switch x := t.(type) {
	case *ast.TableName:
		src := r.tableName(x, how)
		s.sources = append(s.sources, src)
		r.flashback(x.Flashback, x.Sample)
		return src
	case *ast.SubqueryRef:
		var row *shape
		if x.Lateral {
			row = r.query(x.Query)
		} else {
			r.in(s.parent, func() { row = r.query(x.Query) })
		}
		r.clause(x.Restrict)
		if len(x.Cols) > 0 {
			named := &shape{}
			for i, n := range x.Cols {
				typ := typeUnknown
				if i < len(row.fields) {
					typ = row.fields[i].typ
				}
				ref := &Ref{Kind: Column, Decl: x, typ: typ}
				r.set(n, ref)
				named.add(&field{name: r.name(n), typ: typ, ref: ref})
			}
			row = named
		}
		src := r.derived(x.Alias, row, x)
		s.sources = append(s.sources, src)
		r.flashback(x.Flashback, x.Sample)
		return src
	case *ast.TableExpr:
		src := r.tableExpr(x)
		s.sources = append(s.sources, src)
		r.flashback(x.Flashback, x.Sample)
		return src
	case *ast.ParenTable:
		src := r.fromHow(x.X, s, how)
		if x.Alias != nil && src != nil {
			src.alias = r.name(x.Alias)
			r.set(x.Alias, r.sourceRef(src))
		}
		return src
	case *ast.Join:
		r.join(x, s, how)
	case *ast.Pivot:
		r.pivot(x, s)
	case *ast.Unpivot:
		r.unpivot(x, s)
	case *ast.MatchRecognize:
		r.match(x, s)
	case *ast.NestedJSON:
		r.from(x.X, s)
		row := &shape{}
		r.arguments(withoutColumns(x.Call), nil)
		r.jsonTable(x.Call, row)
		src := r.derived(x.Alias, row, x)
		s.sources = append(s.sources, src)
		return src
	}
	return nil
}

func (r *resolver) flashback(f *ast.Flashback, s *ast.Sample) {
	if f != nil {
		r.word(f.VersionsName, f.AsOfName)
		for _, e := range [...]ast.Expr{f.From, f.To, f.At} {
			if n, ok := e.(*ast.Name); ok && n.Hi-n.Lo == 1 && (r.ident(n.Lo) == "MINVALUE" || r.ident(n.Lo) == "MAXVALUE") {
				r.word(n)
				continue
			}
			r.expr(e)
		}
	}
	if s != nil {
		r.expr(s.Percent)
		r.expr(s.Group)
		r.expr(s.Seed)
	}
}

func (r *resolver) tableName(x *ast.TableName, how string) *source {
	src, _ := r.table(x.Name, x, how)
	for _, c := range [...]*ast.Clause{x.Partition, x.Special} {
		if c == nil {
			continue
		}
		r.word(c.Names...)
		for _, e := range c.Exprs {
			r.expr(e)
		}
		for _, p := range c.Parts {
			r.wordsIn(p)
		}
	}
	if x.Alias != nil {
		src.alias, src.schema = r.name(x.Alias), ""
		r.set(x.Alias, r.sourceRef(src))
	}
	return src
}

func (r *resolver) derived(alias *ast.Name, row *shape, decl ast.Node) *source {
	src := &source{shape: row, ref: &Ref{Kind: Query, Decl: decl}}
	if alias != nil {
		src.alias = r.name(alias)
		r.set(alias, src.ref)
	}
	return src
}

func (r *resolver) join(x *ast.Join, s *scope, how string) {
	// left-leaning chains may be long
	var chain []*ast.Join
	var left ast.TableRef = x
	for {
		j, ok := left.(*ast.Join)
		if !ok {
			break
		}
		chain = append(chain, j)
		left = j.Left
	}
	lo := len(s.sources)
	r.fromHow(left, s, how)
	for i := len(chain) - 1; i >= 0; i-- {
		j := chain[i]
		mid := len(s.sources)
		if sub, ok := j.Right.(*ast.SubqueryRef); ok && j.Apply && !sub.Lateral {
			row := r.query(sub.Query)
			src := r.derived(sub.Alias, row, sub)
			src.node = sub
			r.info.rows[sub] = row
			s.sources = append(s.sources, src)
			r.clause(sub.Restrict)
			r.word(sub.Cols...)
			r.flashback(sub.Flashback, sub.Sample)
		} else {
			r.fromHow(j.Right, s, how)
		}
		r.exprs(j.LeftPartition)
		r.exprs(j.RightPartition)
		for _, n := range j.Using {
			name := r.name(n)
			r.value(n, asValue)
			for _, src := range s.sources[mid:] {
				if f := src.shape.find(name); f != nil {
					src.acc.column(name)
					src.merge(name)
				}
			}
		}
		if j.Natural {
			for _, src := range s.sources[mid:] {
				for _, f := range src.shape.fields {
					for _, other := range s.sources[lo:mid] {
						if other.shape.find(f.name) != nil {
							src.acc.column(f.name)
							other.acc.column(f.name)
							src.merge(f.name)
						}
					}
				}
			}
		}
		r.expr(j.On)
	}
}

func (src *source) merge(name string) {
	if src.merged == nil {
		src.merged = map[string]bool{}
	}
	src.merged[name] = true
}

// tableExpr resolves TABLE(x), THE(query), XMLTABLE, JSON_TABLE and functions that stand for a table.
func (r *resolver) tableExpr(x *ast.TableExpr) *source {
	row := &shape{open: true}
	var t *Type
	if x.External != nil {
		r.externalTable(x.External, row)
	}
	switch e := x.X.(type) {
	case nil:
	case *ast.Call:
		if n, ok := e.Fn.(*ast.Name); ok && x.Kind == 0 {
			switch r.f.Tokens[n.Hi-1].Kw {
			case token.XMLTABLE:
				row = &shape{}
				r.set(n, r.builtinRef("XMLTABLE", nil))
				r.arguments(withoutColumns(e), nil)
				if e.Options != nil && len(e.Options.Columns) > 0 {
					r.tableColumns(e.Options.Columns, row)
				} else {
					row.add(columnValue(typeXML))
				}
				return r.derived(x.Alias, row, x)
			case token.JSON_TABLE:
				row = &shape{}
				r.set(n, r.builtinRef("JSON_TABLE", nil))
				r.arguments(withoutColumns(e), nil)
				r.jsonTable(e, row)
				return r.derived(x.Alias, row, x)
			case token.GRAPH_TABLE:
				r.wordsIn(e)
				return r.derived(x.Alias, row, x)
			}
		}
		t = r.expr(e)
	default:
		t = r.expr(e)
	}
	if t != nil {
		row = collectionRow(t)
	}
	src := r.derived(x.Alias, row, x)
	if t != nil && t.Elem != nil && t.Elem.Class == ClassObject {
		src.elem = t.Elem
	}
	return src
}

func (r *resolver) externalTable(c *ast.Clause, row *shape) {
	for _, it := range c.Items {
		if col, ok := it.(*ast.ColumnDef); ok && col.Name != nil {
			t := r.dataType(col.Type)
			ref := &Ref{Kind: Column, Decl: col, typ: t}
			r.set(col.Name, ref)
			row.add(&field{name: r.name(col.Name), typ: t, ref: ref})
			continue
		}
		r.wordsIn(it)
	}
	r.word(c.Names...)
	for _, p := range c.Parts {
		r.wordsIn(p)
	}
}

// withoutColumns is the call with its columns left for a second step: they make the row.
func withoutColumns(c *ast.Call) *ast.Call {
	if c.Options == nil || len(c.Options.Columns) == 0 {
		return c
	}
	cp, o := *c, *c.Options
	o.Columns = nil
	cp.Options = &o
	return &cp
}

func (r *resolver) jsonTable(c *ast.Call, row *shape) {
	if c.Options != nil {
		r.tableColumns(c.Options.Columns, row)
	}
}

func columnValue(t *Type) *field {
	return &field{name: "COLUMN_VALUE", typ: t, ref: &Ref{Kind: Pseudo, Builtin: "COLUMN_VALUE", typ: t}}
}

// collectionRow is the row that TABLE(...) makes of a collection: the attributes of its objects, the fields of
// its records, or COLUMN_VALUE.
func collectionRow(t *Type) *shape {
	e := t
	if t.Class == ClassCollection {
		e = t.Elem
	}
	if e == nil || e.Class == ClassUnknown && e.shape == nil {
		return &shape{open: true}
	}
	if e.shape != nil {
		row := &shape{open: e.shape.open}
		for _, f := range e.shape.fields {
			row.add(&field{name: f.name, typ: f.typ, ref: columnRef(f)})
		}
		if e.Class == ClassObject {
			row.add(columnValue(e))
		}
		return row
	}
	if t.Class != ClassCollection {
		return &shape{open: true}
	}
	row := &shape{}
	row.add(columnValue(e))
	return row
}

// columnRef is a field seen as a column.
func columnRef(f *field) *Ref {
	ref := *f.ref
	if ref.Kind == Variable {
		ref.Kind = Column
	}
	return &ref
}

// collapse takes the sources added since lo off the scope, for a clause that makes one new source of them.
func (s *scope) collapse(lo int) (sources []*source, row *shape) {
	sources = append([]*source(nil), s.sources[lo:]...)
	s.sources = s.sources[:lo]
	row = &shape{}
	for _, src := range sources {
		row.open = row.open || src.shape.open
		for _, f := range src.shape.fields {
			row.add(f)
		}
	}
	return sources, row
}

// inner runs f with a query scope of the given sources inside s's surroundings.
func (r *resolver) inner(s *scope, sources []*source, f func()) {
	r.in(&scope{kind: queryScope, parent: s.parent, sources: sources, routine: r.routine}, f)
}

func (r *resolver) pivot(x *ast.Pivot, s *scope) {
	lo := len(s.sources)
	r.from(x.X, s)
	sources, in := s.collapse(lo)
	used := map[string]bool{}
	var aggs []*field
	r.inner(s, sources, func() {
		for _, a := range x.Aggs {
			t := r.expr(a.X)
			f := &field{typ: t}
			r.word(a.Alias)
			f.name = r.name(a.Alias)
			aggs = append(aggs, f)
			r.columnsUsed(a.X, used)
		}
		for _, n := range x.For {
			r.value(n, asValue)
			used[r.name(n)] = true
		}
	})
	out := &shape{open: in.open || x.XML}
	for _, f := range in.fields {
		if !used[f.name] {
			out.add(f)
		}
	}
	for _, src := range sources {
		src.acc.all(src.shape) // what is not named groups the rows
	}
	for _, v := range x.In {
		r.expr(v.X)
		name := r.name(v.Alias)
		if v.Alias == nil {
			name = r.pivotName(v.X)
		}
		for _, a := range aggs {
			n := name
			if a.name != "" {
				n += "_" + a.name
			}
			ref := &Ref{Kind: Column, Decl: v, typ: a.typ}
			if v.Alias != nil {
				r.set(v.Alias, ref)
			}
			out.add(&field{name: n, typ: a.typ, ref: ref})
		}
	}
	if x.Query != nil {
		r.in(s.parent, func() { r.query(x.Query) })
	}
	s.sources = append(s.sources, r.collapsed(x.Alias, sources, out, x))
}

// collapsed is the new source; without an alias of its own it keeps that of a single one.
func (r *resolver) collapsed(alias *ast.Name, sources []*source, row *shape, decl ast.Node) *source {
	src := r.derived(alias, row, decl)
	if alias == nil && len(sources) == 1 {
		src.alias = sources[0].alias
	}
	return src
}

// pivotName is the column name that a value without alias makes: a string with its quotes, as Oracle does.
func (r *resolver) pivotName(e ast.Expr) string {
	if l, ok := e.(*ast.List); ok {
		name := ""
		for i, it := range l.Items {
			if i > 0 {
				name += "_"
			}
			name += r.pivotName(it)
		}
		return name
	}
	return r.f.Source(e)
}

// columnsUsed collects the last parts of all names below an expression.
func (r *resolver) columnsUsed(n ast.Node, used map[string]bool) {
	if x, ok := n.(*ast.Name); ok {
		if ref := r.info.Known(x); ref != nil && ref.Kind == Column {
			used[r.name(x)] = true
		}
		return
	}
	n.EachChild(func(c ast.Node) { r.columnsUsed(c, used) })
}

func (r *resolver) unpivot(x *ast.Unpivot, s *scope) {
	lo := len(s.sources)
	r.from(x.X, s)
	sources, in := s.collapse(lo)
	used := map[string]bool{}
	types := make([]*Type, len(x.Cols))
	forType := typeText
	r.inner(s, sources, func() {
		for _, it := range x.In {
			for i, n := range it.Cols {
				f := r.value(n, asValue)
				used[r.name(n)] = true
				if i < len(types) && types[i] == nil {
					types[i] = f.typ
				}
			}
			if it.Values != nil {
				if t := r.expr(it.Values); t.Class != ClassUnknown {
					forType = t
				}
			}
		}
	})
	for _, src := range sources {
		src.acc.all(src.shape) // whole rows are multiplied
	}
	out := &shape{open: in.open}
	for _, f := range in.fields {
		if !used[f.name] {
			out.add(f)
		}
	}
	add := func(n *ast.Name, t *Type) {
		if t == nil {
			t = typeUnknown
		}
		ref := &Ref{Kind: Column, Decl: x, typ: t}
		r.set(n, ref)
		out.add(&field{name: r.name(n), typ: t, ref: ref})
	}
	for i, n := range x.Cols {
		add(n, types[i])
	}
	for _, n := range x.For {
		add(n, forType)
	}
	s.sources = append(s.sources, r.collapsed(x.Alias, sources, out, x))
}

// match resolves MATCH_RECOGNIZE: pattern variables qualify the columns of the rows they match.
func (r *resolver) match(x *ast.MatchRecognize, s *scope) {
	lo := len(s.sources)
	r.from(x.X, s)
	sources, in := s.collapse(lo)
	vars := map[string]bool{}
	all := append([]*source(nil), sources...)
	declare := func(n *ast.Name) {
		name := r.name(n)
		src := &source{alias: name, shape: in, ref: &Ref{Kind: Query, Decl: x}}
		if len(sources) == 1 {
			src.acc = sources[0].acc
		}
		r.set(n, src.ref)
		if !vars[name] {
			vars[name] = true
			all = append(all, src)
		}
	}
	r.pattern(x.Pattern, declare)
	for _, sub := range x.Subsets {
		declare(sub.Name)
		r.word(sub.Names...)
	}
	out := &shape{open: in.open}
	r.inner(s, all, func() {
		for _, e := range x.Partition {
			t := r.expr(e)
			if n, ok := plainNameOf(e); ok {
				out.add(&field{name: r.name(n), typ: t, ref: r.info.Ref(n)})
			}
		}
		r.orderBy(x.OrderBy)
		for _, d := range x.Define {
			declare(d.Alias)
			r.expr(d.X)
		}
	})
	if x.Rows != nil && x.Rows.Head == token.ALL {
		out = &shape{open: in.open}
		for _, f := range in.fields {
			out.add(f)
		}
	}
	r.inner(s, all, func() {
		for _, m := range x.Measures {
			t := r.expr(m.X)
			ref := &Ref{Kind: Column, Decl: m, typ: t}
			r.set(m.Alias, ref)
			out.add(&field{name: r.name(m.Alias), typ: t, ref: ref})
		}
	})
	if x.Skip != nil {
		r.word(x.Skip.Names...)
	}
	if x.Rows != nil {
		r.word(x.Rows.Names...)
	}
	s.sources = append(s.sources, r.collapsed(x.Alias, sources, out, x))
}

func (r *resolver) pattern(p *ast.Pattern, declare func(*ast.Name)) {
	if p == nil {
		return
	}
	if p.Name != nil {
		declare(p.Name)
	}
	for _, it := range p.Items {
		r.pattern(it, declare)
	}
	if p.Quant != nil {
		r.exprs(p.Quant.Exprs)
	}
}
