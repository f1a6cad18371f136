package gen

import (
	"slices"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// stmt converts a statement of PL/SQL, without its semicolon; what it needs ahead of it comes first.
func (g *gen) stmt(s ast.Stmt) string {
	if g.body.moved[s] {
		return "NULL"
	}
	before, after := g.body.before, g.body.after
	g.body.before, g.body.after = nil, nil
	text := g.withStrays(s, g.plainStmt(s))
	if t := g.body.try; t != nil && g.triedWhole(s) {
		text = t.tried(text, g.indent(s))
	}
	g.passError(s)
	sep := ";\n" + g.indent(s)
	all := append(append(g.body.before, text), g.body.after...)
	g.body.before, g.body.after = before, after
	return g.mark(s) + g.withJumps(s, strings.Join(all, sep))
}

// triedWhole reports whether a statement of a block that is cut is tried as a whole: what it calls and ends a transaction
// stands ahead of it.
func (g *gen) triedWhole(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.If, *ast.CaseStmt, *ast.Loop, *ast.While, *ast.For, *ast.Block, *ast.Labeled, *ast.Commit, *ast.Rollback, *ast.Exit:
		return false
	case *ast.Raise:
		return !g.reraises(x)
	case *ast.CallStmt:
		e := x.Call
		if c, ok := e.(*ast.Call); ok {
			e = c.Fn
		}
		if n, ok := e.(*ast.Name); ok && g.e.calls.gives(g.ref(n).Routine) {
			return false
		}
	}
	return g.canFail(s)
}

// stmtList converts statements up to and with the semicolon of the last; "" when there are none.
func (g *gen) stmtList(list []ast.Stmt) string {
	if len(list) == 0 {
		return ""
	}
	subs := g.stmtSubs(list)
	return g.spliceRange(list[0].Range().Lo, list[len(list)-1].Range().Hi, subs...) + ";"
}

// captured runs f and gives what it hoisted in front of the statement at hand.
func (g *gen) captured(f func() string) (text string, before []string) {
	outer := g.body.before
	g.body.before = nil
	text = f()
	before = g.body.before
	g.body.before = outer
	return text, before
}

func (g *gen) plainStmt(s ast.Stmt) string {
	switch x := s.(type) {
	case *savepointRegion:
		return g.regionSQL(x)
	case *ast.NullStmt:
		return g.source(x)
	case *ast.AssignStmt:
		return g.assignStmt(x)
	case *ast.If:
		return g.ifStmt(x)
	case *ast.CaseStmt:
		return g.caseStmt(x)
	case *ast.Loop:
		return g.loop(x)
	case *ast.While:
		return g.while(x)
	case *ast.For:
		return g.forLoop(x)
	case *ast.Exit:
		return g.exit(x)
	case *ast.Return:
		return g.returnStmt(x)
	case *ast.SelectStmt:
		return g.selectInto(x)
	case *ast.CallStmt:
		return g.callStmt(x)
	case *ast.Block:
		return g.blockSQL(x)
	case *ast.Raise:
		return g.raise(x)
	case *ast.RaiseMessage:
		return g.raiseMessage(x)
	case *ast.Open:
		return g.open(x)
	case *ast.OpenFor:
		return g.openFor(x)
	case *ast.Fetch:
		return g.fetch(x)
	case *ast.Close:
		return g.closeCursor(x)
	case *ast.Goto:
		return g.gotoStmt(x)
	case *ast.Labeled:
		return g.labeled(x)
	case *ast.ExecImmediate:
		return g.dynamicStmt(x)
	case *ast.ForAll:
		return g.forallStmt(x)
	case *ast.PipeRow:
		return g.pipeRow(x)
	case *ast.PragmaStmt:
		g.ignore(x, "routine-options", "%s", g.source(x))
		return "NULL"
	case *ast.Commit, *ast.Rollback, *ast.Savepoint, *ast.SetTransaction, *ast.LockTable, *ast.SetConstraints, *ast.SetRole:
		return g.transaction(s)
	}
	if r := returningOf(s); r != nil && r.Into != nil && r.Into.Bulk {
		g.bulkInto = r.Into
		text, _ := g.dml(s)
		g.bulkInto = nil
		return g.bulkReturning(s, r, text)
	}
	if text, ok := g.dml(s); ok {
		g.countRows()
		return text
	}
	g.refuse(s, "not-converted", "no PostgreSQL form is known for %s", g.what(s))
	return "NULL"
}

// selectInto converts SELECT ... INTO.
func (g *gen) selectInto(x *ast.SelectStmt) string {
	if text, ok := g.bulkSelect(x); ok {
		return text
	}
	g.spread(x)
	if b := intoBlock(x.Query.Body); b != nil {
		g.placeTargets(x.Query, func(items int) []resolve.Type { return g.targetTypes(b.Into.Targets, items, false) })
	}
	text := g.query(x.Query)
	g.countRows()
	return text
}

// assignStmt converts an assignment.
func (g *gen) assignStmt(x *ast.AssignStmt) string {
	t := g.info.Type(x.Target)
	if g.keepsRow(x.Target, x.Value) {
		t = resolve.Type{}
	}
	g.want(x.Value, func() string { return g.targetType(x.Target) })
	value := g.fitted(x.Value, g.assigned(x.Value, t), t, g.takesAny(x.Target))
	if t.Class == resolve.ClassCursor {
		g.cursorGiven(x.Target)
	}
	if text, ok := g.setSupplied(x, value); ok {
		return text
	}
	if text, ok := g.assignOther(x.Target, value); ok {
		return text
	}
	return g.splice(x, put(x.Target, g.target(x.Target)), put(x.Value, value.s))
}

// takesAny reports whether a target lies in jsonb, which holds no text to a length.
func (g *gen) takesAny(target ast.Expr) bool {
	p, ok := g.placeOf(target)
	if !ok {
		return false
	}
	for i := range p.steps {
		if t := p.at(i); g.jsonObject(t) || g.keysOf(t) != resolve.ClassUnknown {
			return true
		}
	}
	return false
}

// setTo is the statement that assigns a converted value to a target.
func (g *gen) setTo(target ast.Expr, value frag) string {
	if text, ok := g.assignOther(target, value); ok {
		return text
	}
	return g.target(target) + " := " + value.s
}

// target converts an expression that is assigned to.
func (g *gen) target(e ast.Expr) string {
	if n, ok := e.(*ast.Name); ok && g.plainTarget(e) && g.info.Base(n).Ref.Decl != nil {
		return g.localPath(n)
	}
	text := g.text(e)
	if !assignable(text) {
		g.refuse(e, "not-converted", "%s is assigned to, and nothing in the source declares it as what can be", g.source(e))
	}
	return text
}

// assignable reports whether PL/pgSQL can take a text for what is assigned to: a name with fields and subscripts. A subscript
// of what is declared nowhere is still a call.
func assignable(text string) bool {
	if text == "" || !wordByte(text[0]) && text[0] != '"' && text[0] != markBegin || text[0] >= '0' && text[0] <= '9' {
		return false
	}
	switch unmarked(text) {
	case "begin", "by", "declare", "execute", "foreach", "if", "loop", "strict", "while": // see localName
		return false
	}
	depth, quoted := 0, false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			depth++
		case c == ']':
			depth--
		case depth == 0 && strings.IndexByte("(':+-*/|=<>,", c) >= 0:
			return false
		}
	}
	return true
}

// plainTarget reports whether PL/pgSQL can set a target directly where a variable is asked for (INTO, OUT arguments):
// a variable or parameter of the routine, or a field of one.
func (g *gen) plainTarget(e ast.Expr) bool {
	if _, ok := e.(*ast.BindExpr); ok {
		return g.bindText != nil
	}
	n, ok := e.(*ast.Name)
	if !ok || n.Link != 0 {
		return false
	}
	if p, ok := g.jsonPath(n); ok && (g.throughJSON(p) || len(p.steps) > 1) {
		return false
	}
	base := g.info.Base(n)
	if g.f.NumParts(n) > base.Parts+1 { // PL/pgSQL takes no field of a field there
		return false
	}
	switch base.Ref.Kind {
	case resolve.Variable, resolve.Parameter:
		return ownerOf(base.Ref) == nil
	case resolve.PseudoRecord:
		return true
	case resolve.Column: // a field of a loop record
		return true
	}
	return false
}

// outTarget converts a target of INTO, RETURNING or an OUT argument: what PL/pgSQL cannot set directly is set from a
// temporary variable behind the statement.
func (g *gen) outTarget(e ast.Expr) string {
	if g.plainTarget(e) {
		return g.target(e)
	}
	t := g.temp(g.targetType(e))
	g.body.after = append(g.body.after, g.setTo(e, frag{s: t, prec: precPrimary, typ: typeOf(g.info.Type(e))}))
	return t
}

// targetType is the PostgreSQL type of a variable that can stand for a target; text where nothing is known.
func (g *gen) targetType(e ast.Expr) string {
	if x, ok := e.(*ast.BindExpr); ok && g.bindText != nil {
		return g.hostType(resolve.BindName(g.f, x.Lo))
	}
	if n, ok := e.(*ast.Name); ok {
		switch d := g.ref(n).Decl.(type) {
		case *ast.VarDecl:
			return g.dataType(d.Type, inVariable)
		case *ast.Param:
			return g.dataType(d.Type, inVariable)
		}
	}
	t := g.info.Type(e)
	if n, ok := declaredLength(t); ok { // what is held in jsonb has no length of its own
		return "varchar(" + itoa(n) + ")"
	}
	return g.valueType(t, "text")
}

// valueType is the PostgreSQL type of an Oracle type, or what stands for an unknown one.
func (g *gen) valueType(t resolve.Type, unknown string) string {
	if s, ok := g.typeText(t, inParameter); ok {
		return s
	}
	if t.Class == resolve.ClassRecord {
		return "record"
	}
	return unknown
}

// assigned converts a value for a place of a known Oracle type.
func (g *gen) assigned(e ast.Expr, t resolve.Type) frag { return g.exprAs(e, t) }

// variable converts a variable, parameter or record field as a value.
func (g *gen) variable(n *ast.Name, ref *resolve.Ref) frag {
	if f, ok := g.packageVariable(n); ok {
		return f
	}
	if count := g.f.NumParts(n); count > g.info.Base(n).Parts+1 { // a field of a field
		if p, ok := g.namedPlace(n, count); ok && len(p.steps) > 1 {
			return g.read(p)
		}
	}
	f := atom(g.localPath(n), g.namedValueType(ref))
	f.loose = f.typ == pgNumeric && g.looseName(n, ref)
	return f
}

// localPath writes a variable of the routine, with fields. A qualifier (routine, block label) becomes the label that
// PL/pgSQL knows.
func (g *gen) localPath(n *ast.Name) string {
	base, count := g.info.Base(n), g.f.NumParts(n)
	if g.body == nil || base.Ref.Decl == nil || base.Parts < 1 || base.Parts > count {
		return g.path(n)
	}
	if count == 1 {
		return g.declName(base.Ref.Decl, g.f.Last(n))
	}
	parts := g.f.Parts(n)
	s := g.declName(base.Ref.Decl, parts[base.Parts-1])
	if base.Parts > 1 {
		if l := g.qualifier(base.Ref.Decl, parts[base.Parts-2]); l != "" {
			s = l + "." + s
		}
	}
	for _, p := range parts[base.Parts:] {
		s += "." + g.e.names.ident(p)
	}
	return s
}

// qualifier is the label of the block that declares something; written is what the source has.
func (g *gen) qualifier(d ast.Node, written string) string {
	for b := g.body; b != nil; b = b.outer {
		if l, ok := b.owner[d]; ok {
			return l
		}
		if r, ok := b.node.(*ast.Routine); ok {
			if p, ok := d.(*ast.Param); ok && slices.Contains(r.Params, p) {
				return g.e.names.ident(b.name)
			}
		}
	}
	return g.localName(written)
}

func (g *gen) bind(x *ast.BindExpr) frag {
	if g.bindText != nil {
		f := atom(g.bindText(x.Lo), typeOf(g.info.Type(x)))
		if g.sent != nil {
			return g.sentBind(x, f)
		}
		return f
	}
	if g.host {
		return atom(g.source(x), pgUnknown)
	}
	return g.refuse(x, "not-converted", "the host variable %s has no value here", g.source(x))
}

func (g *gen) field(x *ast.Field) frag {
	return g.fieldValue(x)
}

// inquiry converts $$name (PL/SQL Language Reference, "Inquiry Directives"); a name that is not defined is NULL.
func (g *gen) inquiry(x *ast.Inquiry) frag {
	name := strings.ToUpper(strings.TrimPrefix(g.source(x), "$$"))
	text := func(s string) frag { return frag{s: literal(s), prec: precPrimary, typ: pgLiteral, notNull: true} }
	switch o := g.e.object(g.unit.Object); name {
	case "PLSQL_LINE":
		line := g.f.Pos(x).Line - g.unit.Pos.Line + 1 // counted from the first line of the unit
		return frag{s: itoa(line), prec: precPrimary, typ: pgInteger, notNull: true}
	case "PLSQL_UNIT":
		return text(g.unitName())
	case "PLSQL_UNIT_OWNER", "PLSQL_UNIT_TYPE":
		if o == nil {
			return atom("NULL", pgNull)
		}
		if name == "PLSQL_UNIT_TYPE" {
			return text(string(o.Kind))
		}
		if o.Schema != "" {
			return text(o.Schema)
		}
		return frag{s: "upper(current_user)", prec: precPrimary, typ: pgText, notNull: true}
	}
	g.report(x, "conditional-compilation", "%s is not defined where the code is converted: NULL, as in Oracle", g.source(x))
	return atom("NULL", pgNull)
}

// unitName is the name of the unit at hand as Oracle's dictionary has it.
func (g *gen) unitName() string {
	switch x := g.unit.Stmt.(type) {
	case *ast.CreatePackage:
		return g.f.Last(x.Name)
	case *ast.CreatePackageBody:
		return g.f.Last(x.Name)
	case *ast.CreateTypeBody:
		return g.f.Last(x.Name)
	case *ast.CreateTrigger:
		return g.f.Last(x.Name)
	case *ast.CreateRoutine:
		return g.f.Last(x.Routine.Name)
	}
	return ""
}

// returns is the PostgreSQL type of that value, "" where it is not known.
func (g *gen) returns() string {
	if r, ok := g.body.node.(*ast.Routine); ok && r.Return != nil {
		return g.dataType(r.Return, inParameter)
	}
	return ""
}

// returnType is the Oracle type of the value that the function at hand returns.
func (g *gen) returnType() resolve.Type {
	if r, ok := g.body.node.(*ast.Routine); ok {
		return *g.ref(r.Name).TypeOf()
	}
	return resolve.Type{}
}
