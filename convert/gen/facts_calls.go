package gen

import (
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// callFacts is what is known of the routines of the source through all that they call.
type callFacts struct {
	routines   map[*model.Routine]*routineFacts
	anyCommits bool // some routine of the source ends a transaction
}

// routineFacts is what one routine does by itself or through what it calls. Nested routines count as part of it.
type routineFacts struct {
	routine    *model.Routine
	function   bool
	autonomous bool
	commits    bool // ends a transaction
	writes     bool // changes data, or calls what is not known
	asksError  bool // asks for SQLCODE, SQLERRM outside of handlers: it means the error its caller handles
	try        bool // is called where an error must not raise: a variant of it gives the error back
	inSQL      bool // a function that stands in SQL somewhere
	pipelined  bool
	inHandler  bool // is called by a handler, or by what one calls
	leaves     bool // can raise an error after it has written something
	noData     bool // a function that can raise NO_DATA_FOUND
	kept       bool // its variant that gives errors back keeps what was written
	calls      []callSite
}

// callSite is a call of a routine of the source.
type callSite struct {
	to      *model.Routine
	handled bool // in the statements of a block with handlers
	handler bool // in a handler
	kept    bool // in the statements of a block with a handler that keeps what was written
	caught  bool // a handler around it takes NO_DATA_FOUND
	inSQL   bool
}

// readBodies goes over the whole trees of all units, several at a time, once: they may have to be read again for it.
func (e *Estate) readBodies() {
	exceptions := make([][]declaredException, len(e.units))
	found := make([][]*routineFacts, len(e.units))
	absent := make([]*absentUse, len(e.units))
	bodies := map[*scripts.Unit]*packageFacts{}
	for _, p := range e.packages {
		if p.body.unit != nil {
			bodies[p.body.unit] = p
		}
	}
	e.eachUnit(func(i int, u *scripts.Unit) {
		exceptions[i] = exceptionsOf(u)
		switch u.Stmt.(type) {
		case *ast.CreateRoutine, *ast.CreatePackageBody, *ast.CreateTypeBody, *ast.CreateTrigger, *ast.Block,
			*ast.SelectStmt, *ast.CreateView, *ast.CreateMView, *ast.Update, *ast.Delete, *ast.Merge:
			if u.Source == nil || u.Source.Parsed == nil {
				return
			}
			g := e.collector(u)
			found[i], absent[i] = e.callsOf(u, g), g.absentUseOf(u.Stmt)
			if p := bodies[u]; p != nil {
				p.findGaps(g.info)
			}
		case *ast.CreatePackage, *ast.CreateType:
			if u.Source != nil && u.Source.Parsed != nil {
				absent[i] = e.collector(u).absentUseOf(u.Stmt)
			}
		}
	})
	e.nameExceptions(exceptions)
	e.findAbsent(absent)
	e.takeCalls(found)
}

// takeCalls carries the facts of all routines through the calls.
func (e *Estate) takeCalls(found [][]*routineFacts) {
	all := []*routineFacts{}
	e.calls.routines = map[*model.Routine]*routineFacts{}
	for _, list := range found {
		for _, r := range list {
			all = append(all, r)
			if r.routine != nil && e.calls.routines[r.routine] == nil {
				e.calls.routines[r.routine] = r
				e.calls.anyCommits = e.calls.anyCommits || r.commits && !r.autonomous
			}
		}
	}
	e.calls.close(all)
}

// close carries what routines do to their callers, and the need for a variant that gives errors back to what they call.
func (c *callFacts) close(all []*routineFacts) {
	callers := map[*model.Routine][]*routineFacts{}
	var work []*routineFacts
	for _, r := range all {
		for _, s := range r.calls {
			callers[s.to] = append(callers[s.to], r)
			if t := c.routines[s.to]; t != nil && s.inSQL {
				t.inSQL = true
			}
		}
		work = append(work, r)
	}
	for len(work) > 0 {
		r := work[len(work)-1]
		work = work[:len(work)-1]
		if r.routine == nil {
			continue
		}
		for _, k := range callers[r.routine] {
			changed := false
			if r.commits && !r.autonomous && !k.commits && !k.autonomous {
				k.commits, changed = true, true
			}
			if r.noData && !k.noData && uncaught(k, r.routine) {
				k.noData, changed = true, true
			}
			if r.asksError && !k.asksError {
				k.asksError, changed = true, true
			}
			if r.writes && !r.autonomous && !k.writes {
				k.writes, changed = true, true
			}
			if changed {
				work = append(work, k)
			}
		}
	}
	for _, r := range all {
		for _, s := range r.calls {
			if s.handled {
				c.need(s.to)
			}
			if s.handler {
				c.reach(s.to)
			}
			if s.kept {
				c.keep(s.to)
			}
		}
	}
}

func (c *callFacts) need(m *model.Routine) {
	r := c.routines[m]
	if r == nil || !r.commits || r.try || r.autonomous {
		return
	}
	r.try = true
	for _, s := range r.calls {
		c.need(s.to)
		c.keep(s.to)
	}
}

// uncaught reports whether a routine calls another where no handler takes NO_DATA_FOUND.
func uncaught(r *routineFacts, m *model.Routine) bool {
	for _, s := range r.calls {
		if s.to == m && !s.caught && !s.inSQL {
			return true
		}
	}
	return false
}

// keep notes that a procedure is called where an error is handled and what was written before it is kept.
func (c *callFacts) keep(m *model.Routine) {
	r := c.routines[m]
	if r == nil || r.kept || r.function || r.autonomous || !r.leaves || !r.writes {
		return
	}
	r.kept, r.try = true, true
	for _, s := range r.calls {
		c.need(s.to)
		c.keep(s.to)
	}
}

// gives reports whether a routine has a variant that gives errors back.
func (c *callFacts) gives(m *model.Routine) bool {
	r := c.routines[m]
	return r != nil && r.try && !r.autonomous && m.Method == "" && (!r.function || c.asProcedure(m))
}

// forSQL reports whether a function has a variant for SQL, where NO_DATA_FOUND that a function raises ends as NULL.
func (c *callFacts) forSQL(m *model.Routine) bool {
	r := c.routines[m]
	return r != nil && r.function && r.noData && r.inSQL && !r.pipelined && m.Method == "" && !c.asProcedure(m)
}

// reach notes that a handler calls a routine.
func (c *callFacts) reach(m *model.Routine) {
	r := c.routines[m]
	if r == nil || r.inHandler {
		return
	}
	r.inHandler = true
	for _, s := range r.calls {
		c.reach(s.to)
	}
}

// commits reports whether a routine ends a transaction, by itself or through what it calls.
func (c *callFacts) commits(m *model.Routine) bool {
	r := c.routines[m]
	return r != nil && r.commits && !r.autonomous
}

// asProcedure reports whether a function becomes a procedure: it ends a transaction, which PostgreSQL allows no function.
// SQL cannot call it then, but neither can it in Oracle (ORA-14552).
func (c *callFacts) asProcedure(m *model.Routine) bool {
	r := c.routines[m]
	return r != nil && r.function && r.commits && !r.autonomous && !r.inSQL && !r.pipelined && m.Method == ""
}

// callsOf are the facts of the routines that one unit creates; g is its collector.
func (e *Estate) callsOf(u *scripts.Unit, g *gen) []*routineFacts {
	info := g.info
	s := &callScan{g: g, info: info, f: g.f, down: map[scanPlace]func(ast.Node){}}
	var list []*routineFacts
	add := func(m *model.Routine, r *ast.Routine, body ast.Node) {
		f := &routineFacts{routine: m}
		if r != nil {
			f.function = r.Kind == token.FUNCTION
			f.pipelined = hasProp(r.Props, token.PIPELINED)
		}
		s.out, s.self, s.own = f, m, r
		s.walk(body, scanPlace{})
		list = append(list, f)
	}
	switch x := u.Stmt.(type) {
	case *ast.CreateRoutine:
		var m *model.Routine
		if o := e.objects[u.Object]; o != nil {
			m = o.Routine
		}
		add(m, x.Routine, x.Routine)
	case *ast.CreatePackageBody:
		for _, d := range x.Decls {
			if r, ok := d.(*ast.Routine); ok && r.Body != nil {
				add(info.Ref(r.Name).Routine, r, r)
			}
		}
		if x.Init != nil {
			add(nil, nil, x.Init)
		}
	case *ast.CreateTypeBody:
		for _, d := range x.Decls {
			if m, ok := d.(*ast.Method); ok && m.Routine != nil {
				add(info.Ref(m.Routine.Name).Routine, m.Routine, m.Routine)
			}
		}
	case *ast.CreateTrigger:
		add(nil, nil, x)
	case *ast.Block:
		add(nil, nil, x)
	case *ast.SelectStmt, *ast.CreateView, *ast.CreateMView, *ast.Update, *ast.Delete, *ast.Merge:
		s.out = &routineFacts{}
		s.walk(x, scanPlace{sql: true})
		list = append(list, s.out)
	}
	return list
}

// collector is the state in which the facts of a unit are collected, ahead of all conversion.
func (e *Estate) collector(u *scripts.Unit) *gen {
	f := u.Source.Parsed
	info, kept := e.resolver.ResolveAhead(f, u.Stmt, u.Schema)
	if kept {
		if _, twice := e.ahead.LoadOrStore(u, true); !twice {
			u.Open() // what is kept is of this tree; Resolve closes it
		}
	}
	return &gen{e: e, f: f, info: info, unit: u, schema: u.Schema, assume: true}
}

// callScan reads the facts of one routine off its tree.
type callScan struct {
	info *resolve.Info
	f    *ast.File
	g    *gen // for what expr and statements tell
	out  *routineFacts
	self *model.Routine
	own  *ast.Routine
	down map[scanPlace]func(ast.Node) // walk at a place, each made once
}

// scanPlace is what stands around a node.
type scanPlace struct{ handled, handler, kept, caught, sql bool }

func (s *callScan) walk(n ast.Node, p scanPlace) {
	switch x := n.(type) {
	case *ast.Block:
		if s.g.losesWork(x.Stmts) {
			s.out.leaves = true
		}
		for _, h := range x.Handlers {
			s.out.leaves = s.out.leaves || s.g.losesWork(h.Stmts)
		}
		if len(x.Handlers) > 0 {
			s.handledBlock(x, p)
			return
		}
	case *ast.Commit:
		s.out.commits = true
	case *ast.Rollback:
		s.out.commits = s.out.commits || x.To == nil
	case *ast.Pragma:
		if x.Kind == token.AUTONOMOUS_TRANSACTION {
			s.out.autonomous = true
		}
		return
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		s.out.writes, p.sql = true, true
	case *ast.ExecImmediate:
		s.out.writes = true
	case *ast.Select:
		p.sql = true
	case *ast.SelectStmt:
		if !p.caught && s.fetchesOne(x) {
			s.out.noData = true
		}
	case *ast.Raise:
		if !p.caught && x.Exception != nil && s.f.Last(x.Exception) == "NO_DATA_FOUND" {
			s.out.noData = true
		}
	case *ast.CallStmt:
		s.callStmt(x)
	case *ast.Name:
		s.name(x, p)
		return
	}
	down := s.down[p]
	if down == nil {
		down = func(c ast.Node) { s.walk(c, p) }
		s.down[p] = down
	}
	n.EachChild(down)
}

func (s *callScan) handledBlock(x *ast.Block, p scanPlace) {
	in := p
	in.handled = true
	in.kept = p.kept || s.g.goesOn(x.Handlers)
	for _, h := range x.Handlers {
		in.caught = in.caught || h.Others
		for _, n := range h.Names {
			in.caught = in.caught || s.f.Last(n) == "NO_DATA_FOUND"
		}
	}
	for _, d := range x.Decls {
		s.walk(d, p)
	}
	for _, st := range x.Stmts {
		s.walk(st, in)
	}
	p.handler = true
	for _, h := range x.Handlers {
		for _, st := range h.Stmts {
			s.walk(st, p)
		}
	}
}

// fetchesOne reports whether a SELECT INTO can find no row: it is no aggregate over all rows.
func (s *callScan) fetchesOne(x *ast.SelectStmt) bool {
	q, ok := x.Query.Body.(*ast.QueryBlock)
	if !ok || q.Into == nil || q.Into.Bulk {
		return false
	}
	if q.GroupBy == nil && q.Having == nil && len(q.Items) > 0 {
		if c, ok := q.Items[0].X.(*ast.Call); ok && c.Over == nil {
			if n, ok := c.Fn.(*ast.Name); ok {
				switch s.f.Last(n) {
				case "COUNT", "SUM", "MIN", "MAX", "AVG", "LISTAGG", "STDDEV", "VARIANCE":
					return false
				}
			}
		}
	}
	if q.Where == nil && len(q.From) == 1 && s.g.isDual(q.From[0]) {
		return false
	}
	return true
}

// callStmt notes a call of what the source does not have: it may write.
func (s *callScan) callStmt(x *ast.CallStmt) {
	e := x.Call
	if c, ok := e.(*ast.Call); ok {
		e = c.Fn
	}
	if n, ok := e.(*ast.Name); ok {
		switch s.info.Ref(n).Kind {
		case resolve.Unknown, resolve.Remote:
			if s.f.Last(n) != "RAISE_APPLICATION_ERROR" {
				s.out.writes = true
			}
		}
	}
}

func (s *callScan) name(n *ast.Name, p scanPlace) {
	ref := s.info.Ref(n)
	switch ref.Kind {
	case resolve.Builtin, resolve.Pseudo:
		if !p.handler && tellsError(ref.Builtin) {
			s.out.asksError = true
		}
	case resolve.Routine:
		m := ref.Routine
		if m == nil && ref.Decl != nil && ref.Decl == ast.Node(s.own) {
			m = s.self
		}
		if m != nil && (s.own == nil || n != s.own.Name) {
			s.out.calls = append(s.out.calls, callSite{to: m, handled: p.handled, handler: p.handler, kept: p.kept, caught: p.caught, inSQL: p.sql})
		}
	}
}
