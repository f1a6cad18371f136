package gen

import (
	"slices"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// collect takes every column of the tables that the hierarchy or anything behind it names.
func (h *hierarchy) collect() {
	b := h.b
	g := b.g
	take := func(n *ast.Name) {
		if n.Star || b.item(n) < 0 {
			return
		}
		if g.pseudo(n) == "ROWID" {
			h.rows.column(b, g.info.From(n), "ROWID")
			return
		}
		parts := g.f.Parts(n)
		at := g.info.Base(n).Parts
		if at < 1 || at > len(parts) {
			at = len(parts)
		}
		h.rows.column(b, g.info.From(n), parts[at-1])
	}
	b.outside(take)
	for _, c := range b.conds {
		g.names(c.x, take)
	}
	if b.q.Hier.Start != nil {
		g.names(b.q.Hier.Start, take)
	}
	g.names(b.q.Hier.Connect, take)
	for _, it := range b.q.Items { // * and t.*
		if n, ok := it.X.(*ast.Name); ok && n.Star {
			for _, t := range b.leaves() {
				if fields, open := g.info.Row(t); !open && (g.f.NumParts(n) == 0 || g.info.From(n) == ast.Node(t)) {
					for _, f := range fields {
						h.rows.column(b, t, f.Name)
					}
				}
			}
		}
	}
}

// columnName is the name that a column has in the recursive query, "" for names that are no columns of the tables.
func (h *hierarchy) columnName(n *ast.Name) string {
	b := h.b
	if n.Star || b.item(n) < 0 {
		return ""
	}
	parts := b.g.f.Parts(n)
	at := b.g.info.Base(n).Parts
	if at < 1 || at > len(parts) {
		at = len(parts)
	}
	name := parts[at-1]
	if b.g.pseudo(n) == "ROWID" {
		name = "ROWID"
	}
	return h.rows.cols[rowColumn{b.g.info.From(n), name}]
}

func (h *hierarchy) moveAfter(n *ast.Name) {
	if c := h.columnName(n); c != "" {
		to := h.alias + "." + c
		if parts := h.b.g.f.Parts(n); len(parts) == 1 && h.b.single() != nil && c == h.b.g.e.names.ident(parts[0]) {
			return
		}
		h.b.g.move(n, to)
	}
}

// condition converts START WITH or CONNECT BY: columns are those of the source.
func (h *hierarchy) condition(e ast.Expr) frag {
	undo := h.moveTo(e, h.source)
	defer undo()
	return h.b.g.expr(e)
}

// moveTo lets the columns below an expression be those of a row source for a while.
func (h *hierarchy) moveTo(e ast.Node, source string) (undo func()) {
	g := h.b.g
	old := map[*ast.Name]string{}
	var fresh []*ast.Name
	g.names(e, func(n *ast.Name) {
		c := h.columnName(n)
		if c == "" {
			return
		}
		if s, ok := g.moved[n]; ok {
			old[n] = s
		} else {
			fresh = append(fresh, n)
		}
		if g.pseudo(n) == "ROWID" && source == h.rows.alias {
			g.move(n, source+".ctid")
			return
		}
		g.move(n, source+"."+c)
	})
	return func() {
		for _, n := range fresh {
			delete(g.moved, n)
		}
		for n, s := range old {
			g.moved[n] = s
		}
	}
}

// needAll finds out which extra columns the block asks for behind the hierarchy.
func (h *hierarchy) needAll() {
	q, t := h.b.q, h.b.t
	for _, it := range q.Items {
		h.need(it.X)
	}
	if q.GroupBy != nil {
		h.need(q.GroupBy)
	}
	h.need(q.Having)
	if t != nil && t.s.OrderBy != nil && !t.s.OrderBy.Siblings {
		h.need(t.s.OrderBy)
	}
	for _, c := range h.b.kept() {
		h.need(c.x)
	}
}

func (h *hierarchy) need(n ast.Node) {
	g := h.b.g
	own(n, func(c ast.Node) {
		switch x := c.(type) {
		case *ast.Name:
			h.leaf = h.leaf || g.pseudo(x) == "CONNECT_BY_ISLEAF"
			h.cycle = h.cycle || g.pseudo(x) == "CONNECT_BY_ISCYCLE"
		case *ast.Unary:
			if x.Op.Kw == token.PRIOR || x.Op.Kw == token.CONNECT_BY_ROOT {
				g.expr(x)
			}
		case *ast.Call:
			if f, ok := x.Fn.(*ast.Name); ok && g.f.Last(f) == "SYS_CONNECT_BY_PATH" {
				g.expr(x)
			}
		}
	})
}

// siblings is the order of rows with the same parent.
func (h *hierarchy) siblings() string {
	b := h.b
	if b.t == nil || b.t.s.OrderBy == nil || !b.t.s.OrderBy.Siblings {
		return ""
	}
	o := b.t.s.OrderBy
	stage := h.stage
	h.stage = hierConnect
	defer func() { h.stage = stage }()
	var list []string
	for _, it := range o.Items {
		e := ast.Expr(it.X)
		if n, ok := it.X.(*ast.Name); ok {
			if item, ok := b.g.ref(n).Decl.(*ast.SelectItem); ok && b.g.info.From(n) == nil {
				for _, own := range b.q.Items {
					if own == item {
						e = item.X
					}
				}
			}
		}
		undo := h.moveTo(e, h.source)
		s := b.g.text(e)
		undo()
		if it.Dir != 0 {
			s += " " + it.Dir.String()
		}
		if it.Nulls != 0 {
			s += " NULLS " + it.Nulls.String()
		}
		list = append(list, s)
	}
	return "ORDER BY " + strings.Join(list, ", ")
}

// halves are the select lists of both halves of the recursive query.
func (h *hierarchy) halves(siblings string) (base, next []string) {
	for _, c := range h.rows.names {
		s := h.source + "." + c
		for _, e := range h.rows.list { // ctid and whole rows have names of their own
			if strings.HasSuffix(e, " AS "+c) && h.rows.alias == h.source {
				s = e
			}
		}
		base = append(base, s)
		next = append(next, strings.TrimSuffix(s, " AS "+c))
	}
	base = append(base, "1 AS "+h.level)
	next = append(next, h.name+"."+h.level+" + 1")
	if h.order {
		base = append(base, "ARRAY[row_number() OVER ("+siblings+")] AS "+h.ord)
		next = append(next, h.name+"."+h.ord+" || row_number() OVER ("+siblings+")")
	}
	for _, c := range h.carried {
		base = append(base, c.root+" AS "+c.name)
		next = append(next, c.child)
	}
	return base, next
}

// free is a column name that no column of the tables has.
func (h *hierarchy) free(name string) string {
	for slices.Contains(h.rows.names, name) {
		name += "_"
	}
	return name
}

// carry gives the column that is root in the rows of START WITH and child(name) in all others; the same content has one.
func (h *hierarchy) carry(kind, root string, child func(name string) string) string {
	n := 1
	for _, c := range h.carried {
		if !strings.HasPrefix(c.name, kind+"_") {
			continue
		}
		if c.root == root && c.child == child(c.name) {
			return h.alias + "." + c.name
		}
		n++
	}
	name := h.free(kind + "_" + itoa(n))
	h.carried = append(h.carried, carried{name: name, root: root, child: child(name)})
	return h.alias + "." + name
}

// at converts an expression at another stage, its columns being those of a row source.
func (h *hierarchy) at(stage hierStage, e ast.Expr, source string) frag {
	old := h.stage
	h.stage = stage
	undo := h.moveTo(e, source)
	f := h.b.g.expr(e)
	undo()
	h.stage = old
	return f
}

// hierarchyOp converts PRIOR x and CONNECT_BY_ROOT x.
func (g *gen) hierarchyOp(x *ast.Unary) frag {
	h := g.hier
	if h == nil || x.Op.Kw != token.PRIOR && x.Op.Kw != token.CONNECT_BY_ROOT {
		return g.refuse(x, "connect-by", "%s stands outside of a hierarchical query", g.what(x))
	}
	if x.Op.Kw == token.CONNECT_BY_ROOT {
		if h.stage != hierAfter {
			return g.refuse(x, "connect-by-extras", "CONNECT_BY_ROOT stands in START WITH or CONNECT BY; Oracle refuses it too (ORA-30007)")
		}
		v := h.at(hierStart, x.X, h.source)
		return atom(h.carry("root", v.s, func(name string) string { return h.name + "." + name }), v.typ)
	}
	switch h.stage {
	case hierConnect:
		if volatileCall(g, x.X) {
			h.endless = true
			return g.expr(x.X)
		}
		if key := h.at(hierConnect, x.X, h.source).s; !slices.Contains(h.keys, key) {
			h.keys = append(h.keys, key)
		}
		return h.at(hierPrior, x.X, h.name)
	case hierAfter:
		p, c := h.at(hierPrior, x.X, h.name), h.at(hierConnect, x.X, h.source)
		return atom(h.carry("prior", "CASE WHEN false THEN "+c.s+" END", func(string) string { return p.s }), p.typ)
	}
	return g.refuse(x, "connect-by", "PRIOR stands in START WITH; Oracle refuses it too (ORA-30002)")
}

// volatileCall reports whether an expression gives something new each time: PRIOR SYS_GUID() IS NOT NULL keeps Oracle from
// finding cycles.
func volatileCall(g *gen, e ast.Expr) bool {
	found := false
	own(e, func(n ast.Node) {
		if x, ok := n.(*ast.Name); ok {
			name := strings.Join(g.f.Parts(x), ".")
			found = found || g.ref(x).Kind == resolve.Builtin && (name == "SYS_GUID" || strings.HasPrefix(name, "DBMS_RANDOM."))
		}
	})
	return found
}

// levelName converts LEVEL.
func levelName(g *gen, n *ast.Name, _ *ast.Call) frag {
	h := g.hier
	if h == nil {
		return g.refuse(n, "level", "LEVEL stands outside of a hierarchical query")
	}
	switch h.stage {
	case hierStart:
		return frag{s: "1", prec: precPrimary, typ: pgInteger, notNull: true}
	case hierConnect:
		return frag{s: h.name + "." + h.level + " + 1", prec: precAdd, typ: pgInteger, notNull: true}
	case hierPrior:
		return frag{s: h.name + "." + h.level, prec: precPrimary, typ: pgInteger, notNull: true}
	}
	return frag{s: h.alias + "." + h.level, prec: precPrimary, typ: pgInteger, notNull: true}
}

func isLeaf(g *gen, n *ast.Name, _ *ast.Call) frag {
	if g.hier == nil || g.hier.stage != hierAfter {
		return g.refuse(n, "connect-by-extras", "CONNECT_BY_ISLEAF stands outside of a hierarchical query")
	}
	g.hier.leaf = true
	return frag{s: g.hier.alias + "." + g.hier.isleaf, prec: precPrimary, typ: pgInteger, notNull: true}
}

func isCycle(g *gen, n *ast.Name, _ *ast.Call) frag {
	if g.hier == nil || g.hier.stage != hierAfter {
		return g.refuse(n, "connect-by-extras", "CONNECT_BY_ISCYCLE stands outside of a hierarchical query")
	}
	g.hier.cycle = true
	return frag{s: g.hier.alias + "." + g.hier.iscycle, prec: precPrimary, typ: pgInteger, notNull: true}
}

// connectByPath converts SYS_CONNECT_BY_PATH(x, separator).
func connectByPath(g *gen, n *ast.Name, c *ast.Call) frag {
	h := g.hier
	if h == nil || h.stage != hierAfter || c == nil || len(c.Args) != 2 {
		return g.refuse(n, "connect-by-extras", "SYS_CONNECT_BY_PATH stands outside of a hierarchical query")
	}
	x := h.at(hierConnect, c.Args[0].X, h.source).s
	sep := g.text(c.Args[1].X)
	s := h.carry("path", "concat("+sep+", "+x+")", func(name string) string { return "concat(" + h.name + "." + name + ", " + sep + ", " + x + ")" })
	return frag{s: s, prec: precPrimary, typ: pgText, notNull: true}
}

// rownumName converts ROWNUM as a value: rows are numbered before they are sorted.
func rownumName(g *gen, n *ast.Name, _ *ast.Call) frag {
	if g.rowNumber != "" {
		return frag{s: g.rowNumber, prec: precPrimary, typ: pgInteger, notNull: true}
	}
	if !g.inSQL() {
		return g.refuse(n, "rownum", "ROWNUM stands outside of a query")
	}
	return frag{s: "row_number() OVER ()", prec: precPrimary, typ: pgInteger, notNull: true}
}
