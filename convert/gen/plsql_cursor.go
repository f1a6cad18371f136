package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// cursorDecl converts CURSOR c (params) IS query. Up to version 15 PostgreSQL gives the cursor its own name, so that it
// could not be open twice in a session (a recursive call, a cursor of the same name in another routine): c := NULL makes
// OPEN choose a new one.
func (g *gen) cursorDecl(x *ast.CursorDecl) string {
	if x.Query == nil { // the specification of one that follows
		return ""
	}
	name := g.declName(x, g.f.Last(x.Name))
	if g.isHeldDecl(x) && !g.looped(x) {
		return g.strays(x.Lo, x.Query.Lo, g.indent(x)) + g.mark(x) + name + " refcursor"
	}
	g.body.starts = append(g.body.starts, name+" := NULL")
	s := g.mark(x) + name + " CURSOR"
	if len(x.Params) > 0 {
		params := make([]string, len(x.Params))
		for i, p := range x.Params {
			g.ownerOf(p, name)
			params[i] = g.localName(g.f.Last(p.Name)) + " " + g.dataType(p.Type, inParameter)
		}
		s += " (" + strings.Join(params, ", ") + ")"
	}
	outer := g.bulkInto
	if b := intoBlock(x.Query.Body); b != nil { // which fills nothing: FETCH does
		g.ignore(b.Into, "cursor-return", "INTO of the query of a cursor")
		g.bulkInto = b.Into
	}
	query, before := g.captured(func() string { return g.query(x.Query) })
	g.bulkInto = outer
	if len(before) > 0 {
		g.refuse(x.Query, "cursor-return", "the query of %s needs statements ahead of it each time it is opened", g.f.Last(x.Name))
	}
	lead := g.strays(x.Lo, x.Query.Lo, g.indent(x))
	g.seen.add(x.Query.Lo)
	gap := " "
	if t := g.trivia(x.Query.Lo); strings.Contains(t, "\n") || len(comments(t)) > 0 {
		gap = pgComments(t)
	}
	return lead + s + " FOR" + gap + query
}

func (g *gen) ownerOf(d ast.Node, label string) {
	if g.body.owner == nil {
		g.body.owner = map[ast.Node]string{}
	}
	g.body.owner[d] = label
}

// isCursor reports whether a FOR loop runs over a cursor rather than a collection.
func (g *gen) isCursor(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Name:
		k := g.ref(x).Kind
		c := g.class(x)
		return k == resolve.Cursor || c == resolve.ClassCursor || k == resolve.Unknown && c == resolve.ClassUnknown
	case *ast.Call:
		if n, ok := x.Fn.(*ast.Name); ok {
			k := g.ref(n).Kind
			return k == resolve.Cursor || k == resolve.Unknown
		}
	}
	return false
}

// cursorText writes the cursor that a statement names.
func (g *gen) cursorText(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Call:
		return g.cursorText(x.Fn)
	case *ast.Name:
		if g.ref(x).Kind == resolve.Cursor {
			return g.localPath(x)
		}
	}
	return g.text(e)
}

// cursorDeclOf is the declaration of a cursor in the same statement, nil when there is none.
func (g *gen) cursorDeclOf(e ast.Expr) *ast.CursorDecl {
	switch x := e.(type) {
	case *ast.Call:
		return g.cursorDeclOf(x.Fn)
	case *ast.Name:
		if d, ok := g.ref(x).Decl.(*ast.CursorDecl); ok {
			return d
		}
	}
	return nil
}

// cursorArgs writes the arguments of OPEN and of loops, with the defaults that PL/pgSQL's cursors do not have.
func (g *gen) cursorArgs(e ast.Expr) string {
	list := g.cursorValues(e)
	if len(list) == 0 {
		return ""
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// cursorValues are the arguments of a cursor one by one.
func (g *gen) cursorValues(e ast.Expr) []string {
	d := g.cursorDeclOf(e)
	var args []*ast.Arg
	if c, ok := e.(*ast.Call); ok {
		args = c.Args
	}
	if d == nil {
		list := make([]string, len(args))
		for i, a := range args {
			list[i] = g.text(a.X)
			if a.Name != nil {
				list[i] = g.localName(g.f.Last(a.Name)) + " := " + list[i]
			}
		}
		return list
	}
	list := make([]string, len(d.Params))
	for i, p := range d.Params {
		var value ast.Expr = p.Default
		for k, a := range args {
			if a.Name == nil && k == i || a.Name != nil && g.f.Last(a.Name) == g.f.Last(p.Name) {
				value = a.X
			}
		}
		if value == nil {
			list[i] = "NULL"
			continue
		}
		list[i] = g.assigned(value, *g.ref(p.Name).TypeOf()).s
	}
	return list
}

// open converts OPEN c (args).
func (g *gen) open(x *ast.Open) string {
	if g.packageCursor(x.Cursor) {
		return g.openPackageCursor(x)
	}
	s, held := g.openHeld(x)
	if !held {
		s = "OPEN " + g.cursorText(x.Cursor) + g.cursorArgs(x.Cursor)
	}
	g.cursorOpened(x.Cursor)
	return s
}

// openFor converts OPEN v FOR query. Oracle lets an open cursor variable be opened again, which PostgreSQL refuses for a
// name that is in use: NULL makes OPEN choose a new one.
func (g *gen) openFor(x *ast.OpenFor) string {
	if x.Query == nil {
		s := g.openForDynamic(x)
		g.cursorOpened(x.Cursor)
		return s
	}
	if c := g.class(x.Cursor); c != resolve.ClassUnknown && c != resolve.ClassNull && c != resolve.ClassCursor || c == resolve.ClassUnknown && strings.HasSuffix(g.targetType(x.Cursor), "%TYPE") {
		g.refuse(x.Cursor, "invalid-source", "PLS-00456: %s is opened and is no cursor", g.source(x.Cursor))
	}
	v := g.outTarget(x.Cursor)
	if g.isHeld(x.Cursor) {
		g.closePortal(v)
		if s, ok := g.holdOpen(x, x.Cursor, v, x.Query, nil); ok {
			g.cursorOpened(x.Cursor)
			return s
		}
	}
	if len(g.body.loops) > 0 || g.body.facts.opened[g.cursorKey(x.Cursor)] > 1 || g.givenCursor(x.Cursor) {
		g.body.before = append(g.body.before, v+" := NULL")
	}
	query := g.query(x.Query)
	s := g.spliceRange(x.Lo, x.Hi, put(x.Cursor, v), put(x.Query, query))
	g.cursorOpened(x.Cursor)
	return s
}

// givenCursor reports whether a cursor variable comes from outside, where it may be open already.
func (g *gen) givenCursor(e ast.Expr) bool {
	n, ok := e.(*ast.Name)
	if !ok {
		return true
	}
	p, ok := g.ref(n).Decl.(*ast.Param)
	return ok && p.In && p.Out || g.ref(n).Decl == nil
}

// cursorOpened sets the variables that keep the attributes of a cursor.
func (g *gen) cursorOpened(e ast.Expr) {
	if v := g.attrVar(e, token.FOUND); v != "" {
		g.body.after = append(g.body.after, v+" := NULL")
	}
	if v := g.attrVar(e, token.ROWCOUNT); v != "" {
		g.body.after = append(g.body.after, v+" := 0")
	}
}

// cursorGiven begins the attributes of a cursor variable anew that another routine may have opened: its result or an argument
// of it. What has been fetched from it there is not known here.
func (g *gen) cursorGiven(e ast.Expr) {
	n, ok := ast.Unparen(e).(*ast.Name)
	if !ok || g.class(n) != resolve.ClassCursor || g.ref(n).Kind != resolve.Variable || g.body == nil || g.body.facts == nil {
		return
	}
	g.cursorOpened(n)
}

func (g *gen) cursorsGiven(c *ast.Call) {
	if c == nil {
		return
	}
	for _, a := range c.Args {
		g.cursorGiven(a.X)
	}
}

// closeCursor converts CLOSE.
func (g *gen) closeCursor(x *ast.Close) string {
	if g.packageCursor(x.Cursor) {
		return "CLOSE " + g.packageCursorText(x.Cursor)
	}
	return "CLOSE " + g.cursorText(x.Cursor)
}

// fetch converts FETCH c INTO. PL/pgSQL sets the targets to NULL when no row is left, Oracle leaves them alone (PL/SQL
// Language Reference, "FETCH Statement"): where that can be seen, the row goes through temporary variables.
func (g *gen) fetch(x *ast.Fetch) string {
	if x.Bulk {
		return g.bulkFetch(x)
	}
	cursor := ""
	if g.packageCursor(x.Cursor) {
		cursor = g.packageCursorText(x.Cursor)
	} else {
		cursor = g.cursorText(x.Cursor)
	}
	keep := false
	from := g.fetchedTypes(x.Cursor, len(x.Into))
	if s, ok := g.fetchAbsent(x, cursor); ok {
		return s
	}
	for i, t := range x.Into {
		keep = keep || !g.plainTarget(t) || g.fetchKeeps(x, t) || i < len(from) && g.differs(g.info.Type(t), from[i])
	}
	var set []string
	names := make([]string, len(x.Into))
	for i, t := range x.Into {
		if !keep {
			names[i] = g.target(t)
			continue
		}
		value, through := frag{}, false
		if i < len(from) {
			names[i], value, through = g.through(g.info.Type(t), from[i])
		}
		if !through {
			names[i] = g.temp(g.targetType(t))
			value = atom(names[i], typeOf(g.info.Type(t)))
		}
		set = append(set, g.setTo(t, value)+";")
	}
	g.fetched(x, set)
	return "FETCH " + cursor + " INTO " + strings.Join(names, ", ")
}

// fetched is what stands behind a FETCH: the cursor's attributes, and the statements that set the targets where it has found a row.
func (g *gen) fetched(x *ast.Fetch, set []string) {
	if v := g.attrVar(x.Cursor, token.FOUND); v != "" {
		g.body.after = append(g.body.after, v+" := FOUND")
	}
	if v := g.attrVar(x.Cursor, token.ROWCOUNT); v != "" {
		g.body.after = append(g.body.after, v+" := "+v+" + FOUND::integer")
	}
	if len(set) > 0 {
		in := g.indent(x)
		g.body.after = append(g.body.after, "IF FOUND THEN\n"+in+"    "+strings.Join(set, "\n"+in+"    ")+"\n"+in+"END IF")
	}
}

// fetchKeeps reports whether the value that a target has before a FETCH may be read after it has found no row.
func (g *gen) fetchKeeps(x *ast.Fetch, t ast.Expr) bool {
	n, ok := t.(*ast.Name)
	if !ok {
		return true
	}
	base := g.info.Base(n)
	d, ok := base.Ref.Decl.(*ast.VarDecl)
	if !ok || base.Parts != g.f.NumParts(n) {
		return true
	}
	uses := g.body.facts.uses[d]
	if len(g.body.loops) == 0 {
		// the first use of a variable that begins as NULL
		if d.Default != nil {
			return true
		}
		for _, u := range uses {
			if u < x.Lo && (u < d.Lo || u >= d.Hi) {
				return true
			}
		}
		return false
	}
	// in a loop that ends there and behind which nothing reads it
	loop := g.body.loops[len(g.body.loops)-1]
	if !g.body.facts.leaves[x] {
		return true
	}
	for _, u := range uses {
		if u >= loop.Range().Hi {
			return true
		}
	}
	return false
}

// queryLoop converts FOR r IN (SELECT ...) LOOP.
func (g *gen) queryLoop(x *ast.For, c *ast.IterControl) string {
	v := x.Iter.Iterands[0]
	query := g.query(c.Query)
	row := "record"
	if s, ok := g.starRow(c.Query); ok && g.usedWhole(x.Stmts, v) {
		row = s
	}
	name, wrap := g.loopRecord(x, v, row)
	if g.headTried(x, c.Query) {
		cursor := g.temp("refcursor")
		return wrap(g.openedLoop(x, name, cursor, cursor+" := NULL", "OPEN "+cursor+" FOR "+query, ""))
	}
	subs := g.loopLabels(x.Labels, x.EndLabel)
	subs = append(subs, put(v.Name, name))
	lo, hi := c.Query.Lo, c.Query.Hi
	subs = append(subs, sub{lo, hi, query})
	// the parentheses around the query go: PL/pgSQL takes them, but its own grammar reads them as part of the query
	return wrap(g.loopBody(x, subs, ""))
}

// headTried reports whether the query of a loop can fail where its error has to be kept. A transaction that ends in the
// loop would close the cursor, so the query's errors are not handled there.
func (g *gen) headTried(x *ast.For, query *ast.Select) bool {
	if g.body.try == nil || !g.failable(query) {
		return false
	}
	if g.endsTransaction(x.Stmts) {
		g.report(x.Iter, "handler-keeps-work", "an error of the query of this loop itself is not handled: a transaction ends in the loop, so no handler can stand around it")
		return false
	}
	return true
}

// openedLoop is a loop over a query with OPEN and FETCH, each of which is tried.
func (g *gen) openedLoop(x *ast.For, name, cursor, reset, open, first string) string {
	t := g.body.try
	in := g.indentOf(x.Stmts, g.indent(x)+"    ")
	out := g.indent(x)
	head := "LOOP\n" + in + t.tried("FETCH "+cursor+" INTO "+name, in) + ";\n" + in + "EXIT WHEN NOT FOUND;"
	subs := append(g.loopLabels(x.Labels, x.EndLabel), sub{x.Iter.Lo - 1, x.Iter.Hi + 1, head})
	return reset + ";\n" + out + t.tried(open, out) + ";\n" + out + g.loopBody(x, subs, first) + ";\n" + out + "CLOSE " + cursor
}

// loopRecord declares the record of a loop, of a row type or simply as record: in the outermost block, or in a block around
// the loop where the name means something else there.
func (g *gen) loopRecord(x *ast.For, v *ast.Iterand, typ string) (name string, wrap func(string) string) {
	if typ != "record" {
		if g.body.rowTypes == nil {
			g.body.rowTypes = map[ast.Node]string{}
		}
		g.body.rowTypes[v] = typ
	}
	folded := g.f.Last(v.Name)
	name = g.localName(folded)
	same := func(s string) string { return s }
	taken := g.nameDeclared(folded)
	for _, l := range g.body.loops {
		if f, ok := l.(*ast.For); ok && f.Iter != nil {
			for _, it := range f.Iter.Iterands {
				taken = taken || g.f.Last(it.Name) == folded
			}
		}
	}
	if c := x.Iter.Controls[0]; taken && c.Query != nil && g.namesThing(c.Query, folded) { // the query means the one outside
		g.body.temps++
		name = g.localName(folded + "_" + itoa(g.body.temps))
		if g.body.renamed == nil {
			g.body.renamed = map[ast.Node]string{}
		}
		g.body.renamed[v] = name
		g.body.decls = append(g.body.decls, name+" "+typ)
		return name, same
	}
	if taken || g.body.recorded[folded] != "" && g.body.recorded[folded] != typ {
		in := g.indent(x)
		return name, func(s string) string {
			return "DECLARE\n" + in + "    " + name + " " + typ + ";\n" + in + "BEGIN\n" + in + s + ";\n" + in + "END"
		}
	}
	if g.body.recorded == nil {
		g.body.recorded = map[string]string{}
	}
	if g.body.recorded[folded] == "" {
		g.body.recorded[folded] = typ
		g.body.decls = append(g.body.decls, name+" "+typ)
	}
	return name, same
}

// namesThing reports whether a node holds a name that begins with a word.
func (g *gen) namesThing(n ast.Node, folded string) bool {
	found := false
	ast.Walk(n, func(k ast.Node) bool {
		if x, ok := k.(*ast.Name); ok {
			if parts := g.f.Parts(x); len(parts) > 0 && parts[0] == folded {
				found = true
			}
		}
		return !found
	})
	return found
}

// nameDeclared reports whether the routine declares a name by a parameter or declaration.
func (g *gen) nameDeclared(folded string) bool {
	found := false
	ast.Walk(g.body.node, func(n ast.Node) bool {
		switch d := n.(type) {
		case *ast.VarDecl:
			found = found || g.f.Last(d.Name) == folded
		case *ast.Param:
			found = found || g.f.Last(d.Name) == folded
		case *ast.CursorDecl:
			found = found || g.f.Last(d.Name) == folded
			return false
		case *ast.RecordType:
			return false
		}
		return !found
	})
	return found
}

// cursorLoop converts FOR r IN c LOOP. PL/pgSQL declares r itself.
func (g *gen) cursorLoop(x *ast.For, c *ast.IterControl) string {
	v := x.Iter.Iterands[0]
	name := g.localName(g.f.Last(v.Name))
	if g.packageCursor(c.X) {
		return g.packageCursorLoop(x, c, name)
	}
	if d := g.cursorDeclOf(c.X); d != nil && d.Query != nil && g.headTried(x, d.Query) {
		cursor := g.cursorText(c.X)
		name, wrap := g.loopRecord(x, v, "record")
		first := ""
		if n := g.attrVar(c.X, token.ROWCOUNT); n != "" {
			g.body.before = append(g.body.before, n+" := 0")
			first = n + " := " + n + " + 1"
		}
		return wrap(g.openedLoop(x, name, cursor, cursor+" := NULL", "OPEN "+cursor+g.cursorArgs(c.X), first))
	}
	if g.cursorDeclOf(c.X) == nil {
		g.refuse(x, "not-converted", "the cursor %s is declared nowhere in the source", g.source(c.X))
	}
	subs := g.loopLabels(x.Labels, x.EndLabel)
	subs = append(subs, put(v.Name, name), put(c.X, g.cursorText(c.X)+g.cursorArgs(c.X)))
	first := ""
	if n := g.attrVar(c.X, token.ROWCOUNT); n != "" {
		g.body.before = append(g.body.before, n+" := 0")
		first = n + " := " + n + " + 1"
	}
	if n := g.attrVar(c.X, token.FOUND); n != "" {
		g.body.before = append(g.body.before, n+" := true")
	}
	return g.loopBody(x, subs, first)
}
