package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Cursors that outlive a transaction. Oracle keeps a cursor open over COMMIT (PL/SQL Language Reference, "Explicit Cursors",
// but for FOR UPDATE: ORA-01002); PostgreSQL closes it, unless it is declared WITH HOLD, which OPEN of PL/pgSQL cannot say
// and dynamic SQL can. The variables of its query become parameters then. Loops over queries need nothing: PL/pgSQL holds
// their cursors by itself (PG, "Transaction Management").

// heldQuery collects the parameters of a query that becomes the text of dynamic SQL.
type heldQuery struct {
	values []string
	params map[ast.Node]string // parameters of the cursor: the arguments that stand for them
	broken ast.Node            // a value of a variable that hangs on a column
}

func (h *heldQuery) param(value string) string {
	for i, v := range h.values {
		if v == value {
			return "$" + itoa(i+1)
		}
	}
	h.values = append(h.values, value)
	return "$" + itoa(len(h.values))
}

// heldCursor is how a cursor outlives a transaction.
type heldCursor struct {
	undone *ast.Rollback // a ROLLBACK while it is open, which closes what the same transaction has declared
}

// heldCursors are the cursors of a routine, by key, that are open where a transaction ends; those of FOR UPDATE are left out.
func (g *gen) heldCursors(node ast.Node, body *ast.Block) map[string]*heldCursor {
	type open struct {
		key string
		at  ast.Stmt
		own bool // it is declared with its query in the same statement
	}
	var (
		ends, closed, fetched = []uint32{}, map[string][]uint32{}, map[string][]uint32{} // fetched: and whatever else asks for it
		opens                 []open
		loops                 []ast.Node
		locks                 = map[string]bool{}
		rollbacks             []*ast.Rollback
	)
	visit := func(root ast.Node) {
		ast.Walk(root, func(n ast.Node) bool {
			if g.transactionEnd(n) {
				ends = append(ends, n.Range().Lo)
			}
			switch x := n.(type) {
			case *ast.Routine:
				return x == node
			case *ast.Rollback:
				if x.To == nil {
					rollbacks = append(rollbacks, x)
				}
			case *ast.Loop, *ast.While, *ast.For:
				loops = append(loops, x)
			case *ast.Open:
				key := g.cursorKey(x.Cursor)
				opens = append(opens, open{key, x, g.cursorDeclOf(x.Cursor) != nil})
				fetched[key] = append(fetched[key], x.Lo) // ORA-06511 when it is open still
			case *ast.OpenFor:
				key := g.cursorKey(x.Cursor)
				opens = append(opens, open{key, x, g.cursorDeclOf(x.Cursor) != nil})
				locks[key] = locks[key] || x.Query != nil && x.Query.Lock != nil
			case *ast.CursorDecl:
				if x.Query != nil && x.Query.Lock != nil {
					locks["@"+itoa(int(x.Lo))] = true
				}
			case *ast.Close:
				closed[g.cursorKey(x.Cursor)] = append(closed[g.cursorKey(x.Cursor)], x.Lo)
			case *ast.Attr:
				if key := g.cursorKey(x.X); x.Attr == token.ISOPEN {
					fetched[key] = append(fetched[key], x.Lo)
				}
			case *ast.Fetch:
				fetched[g.cursorKey(x.Cursor)] = append(fetched[g.cursorKey(x.Cursor)], x.Lo)
			}
			return true
		})
	}
	visit(node)
	if body != nil && node != ast.Node(body) {
		if _, ok := node.(*ast.Routine); !ok {
			visit(body)
		}
	}
	held := map[string]*heldCursor{}
	if len(ends) == 0 {
		return held
	}
	within := func(list []uint32, lo, hi uint32) bool {
		for _, at := range list {
			if at >= lo && at < hi {
				return true
			}
		}
		return false
	}
	for _, o := range opens {
		if locks[o.key] {
			continue
		}
		lo, hi := o.at.Range().Lo, o.at.Range().Hi
		for _, list := range [][]uint32{closed[o.key], fetched[o.key]} {
			for _, at := range list {
				hi = max(hi, at)
			}
		}
		if !o.own && len(closed[o.key]) == 0 { // it goes out, or to another routine
			hi = node.Range().Hi
			if body != nil {
				hi = max(hi, body.Hi)
			}
		}
		for _, l := range loops {
			r := l.Range()
			switch {
			case r.Lo < lo && r.Hi > lo && !within(closed[o.key], r.Lo, r.Hi): // still open when the loop begins again
				lo, hi = r.Lo, max(hi, r.Hi)
			case r.Lo > lo && within(fetched[o.key], r.Lo, r.Hi): // fetched again after the end of the loop's body
				hi = max(hi, r.Hi)
			}
		}
		if within(ends, lo, hi) {
			if held[o.key] == nil {
				held[o.key] = &heldCursor{}
			}
			for _, r := range rollbacks {
				if r.Lo >= lo && r.Lo < hi {
					held[o.key].undone = r
				}
			}
		}
	}
	return held
}

// isHeld reports whether a cursor of the routine at hand is open where a transaction ends.
func (g *gen) isHeld(e ast.Expr) bool {
	return g.body != nil && g.body.facts != nil && g.body.facts.held[g.cursorKey(e)] != nil
}

// looped reports whether a FOR loop runs over a cursor, which needs its declaration.
func (g *gen) looped(d *ast.CursorDecl) bool {
	found := false
	ast.Walk(g.body.node, func(n ast.Node) bool {
		if c, ok := n.(*ast.IterControl); ok && c.X != nil && g.cursorDeclOf(c.X) == d {
			found = true
		}
		return !found
	})
	return found
}

// holdOpen opens a cursor that outlives the transaction: v is its variable, params the values of the parameters of its
// declaration.
func (g *gen) holdOpen(at ast.Node, cursor ast.Expr, v string, query *ast.Select, params map[ast.Node]string) (string, bool) {
	h := &heldQuery{params: params}
	text := strings.TrimSpace(g.heldText(h, func() string { return g.query(query) }))
	if g.tellBroken(at, h) {
		return "", false
	}
	g.tellUndone(at, cursor)
	return g.holdPortal(v, dollarText(text)) + h.using(), true
}

// heldText writes a query whose variables become parameters.
func (g *gen) heldText(h *heldQuery, write func() string) string {
	outer := g.heldIn
	g.heldIn = h
	defer func() { g.heldIn = outer }()
	return write()
}

// tellBroken reports a query that cannot be held.
func (g *gen) tellBroken(at ast.Node, h *heldQuery) bool {
	if h.broken != nil {
		g.report(at, "commit", "the cursor is closed when the transaction ends, where Oracle keeps it open: %s in its query cannot be a parameter", g.what(h.broken))
	}
	return h.broken != nil
}

// using is the clause that gives the parameters their values.
func (h *heldQuery) using() string {
	if len(h.values) == 0 {
		return ""
	}
	return " USING " + strings.Join(h.values, ", ")
}

// holdPortal declares the cursor for a text of dynamic SQL under a name that its variable gets.
func (g *gen) holdPortal(v, text string) string {
	g.use("portal")
	g.body.before = append(g.body.before, v+" := landfall.portal("+v+")")
	return declareHeld(v, text)
}

func declareHeld(name, text string) string {
	return "EXECUTE 'DECLARE ' || " + name + " || ' NO SCROLL CURSOR WITH HOLD FOR ' || " + text
}

// closePortal closes what a cursor variable has open before it is opened again.
func (g *gen) closePortal(v string) {
	g.body.before = append(g.body.before, "PERFORM "+g.use("close_portal")+"("+v+")")
}

// tellUndone reports a ROLLBACK that closes the cursor.
func (g *gen) tellUndone(at ast.Node, cursor ast.Expr) {
	if h := g.body.facts.held[g.cursorKey(cursor)]; h != nil && h.undone != nil {
		g.report(at, "commit", "the ROLLBACK in line %d closes the cursor if no COMMIT came between OPEN and it, where Oracle keeps it open (the next FETCH raises ORA-01001): COMMIT behind OPEN, or collect the rows first", g.f.Pos(h.undone).Line)
	}
}

// dollarText is a text constant that keeps a query readable.
func dollarText(s string) string {
	tag := "$q$"
	for i := 2; strings.Contains(s, tag); i++ {
		tag = "$q" + itoa(i) + "$"
	}
	return tag + s + tag
}

// heldValue makes a parameter of an expression that is a variable of the routine, a field or an element of one.
func (g *gen) heldValue(e ast.Expr) (frag, bool) {
	h := g.heldIn
	switch x := e.(type) {
	case *ast.Name:
		base := g.info.Base(x)
		switch base.Ref.Kind {
		case resolve.Variable, resolve.Parameter:
		default:
			return frag{}, false
		}
		if s, ok := h.params[base.Ref.Decl]; ok {
			return atom(h.param(s), typeOf(*g.ref(x).TypeOf())), true
		}
		if g.packageOf(base.Ref) != nil || base.Ref.Decl == nil { // a function reads it
			return frag{}, false
		}
	case *ast.Call, *ast.Field:
		p, ok := g.placeOf(e)
		if !ok || p.pkg != nil || p.value || p.name == nil || g.info.Base(p.name).Ref.Decl == nil {
			return frag{}, false
		}
		ast.Walk(e, func(n ast.Node) bool {
			if c, ok := n.(*ast.Name); ok && g.ref(c).Kind == resolve.Column {
				h.broken = e
			}
			return true
		})
	default:
		return frag{}, false
	}
	g.heldIn = nil
	f := g.expr(e)
	g.heldIn = h
	return atom(h.param(f.s), f.typ), true
}

// isHeldDecl is isHeld for the declaration of a cursor.
func (g *gen) isHeldDecl(d *ast.CursorDecl) bool {
	return g.body != nil && g.body.facts != nil && g.body.facts.held["@"+itoa(int(d.Lo))] != nil
}

// openHeld converts OPEN of a cursor that outlives the transaction.
func (g *gen) openHeld(x *ast.Open) (string, bool) {
	d := g.cursorDeclOf(x.Cursor)
	if !g.isHeld(x.Cursor) || d == nil || d.Query == nil {
		return "", false
	}
	params := map[ast.Node]string{}
	for i, value := range g.cursorValues(x.Cursor) {
		if p := d.Params[i]; p.Type != nil {
			if strings.ContainsAny(value, " (") {
				value = "(" + value + ")"
			}
			value += "::" + g.dataType(p.Type, inColumn)
		}
		params[d.Params[i]] = value
	}
	return g.holdOpen(x, x.Cursor, g.cursorText(x.Cursor), d.Query, params)
}
