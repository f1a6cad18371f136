package gen

import (
	"regexp"
	"strings"

	"landfall/convert/support"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// A block with handlers is a subtransaction in PostgreSQL: no transaction can end in it, and an error undoes all that the
// block did, where Oracle undoes only the failing statement (PL/SQL Language Reference, "PL/SQL Error Handling"; Database
// Concepts, "Statement-Level Rollback"). Where either matters the block is cut:
//
//	<<lf_try1>>
//	BEGIN
//	    BEGIN
//	        statements that belong together
//	    EXCEPTION WHEN OTHERS THEN
//	        lf_state1 := SQLSTATE; lf_message1 := SQLERRM;
//	        EXIT lf_try1;
//	    END;
//	    COMMIT;
//	END lf_try1;
//	IF lf_state1 = 'P0002' THEN
//	    the first handler
//	ELSIF lf_state1 IS NOT NULL THEN
//	    the handler for OTHERS
//	END IF;

// tryState is the state of a block that is cut: its statements are tried one by one.
type tryState struct {
	state, message, context string // variables that keep the first error; context is "" when nothing asks for it
	label                   string // of the block that an error leaves
	keep                    bool   // what was written before the error is kept: each writing statement is tried by itself
	outer                   *tryState
}

// catch are the statements of a handler that keep the error and leave the block.
func (t *tryState) catch(in string) string {
	s := t.state + " := SQLSTATE;\n" + in + t.message + " := SQLERRM;\n" + in
	if t.context != "" {
		s += "GET STACKED DIAGNOSTICS " + t.context + " = PG_EXCEPTION_CONTEXT;\n" + in
	}
	return s + "EXIT " + t.label + ";"
}

// tried puts statements into a block whose error is kept.
func (t *tryState) tried(text, in string) string {
	return "BEGIN\n" + in + text + ";\n" + in + "EXCEPTION WHEN OTHERS THEN\n" + in + "    " + t.catch(in+"    ") + "\n" + in + "END"
}

// leave is what raises the error of a block that is cut, further out.
func (t *tryState) leave(in string) string {
	if o := t.outer; o != nil {
		s := o.state + " := " + t.state + ";\n" + in + o.message + " := " + t.message + ";\n" + in
		if o.context != "" && t.context != "" {
			s += o.context + " := " + t.context + ";\n" + in
		}
		return s + "EXIT " + o.label
	}
	return "RAISE EXCEPTION USING ERRCODE = " + t.state + ", MESSAGE = " + t.message
}

func (g *gen) newTry(context bool) *tryState {
	g.body.tries++
	n := itoa(g.body.tries)
	t := &tryState{state: "lf_state" + n, message: "lf_message" + n, label: "lf_try" + n, outer: g.body.try}
	g.declareOnce(t.state, "text")
	g.declareOnce(t.message, "text")
	if context || g.body.try != nil && g.body.try.context != "" {
		t.context = "lf_context" + n
		g.declareOnce(t.context, "text")
	}
	return t
}

// cutBlock converts a block with handlers that must not be a subtransaction as a whole. ok is false when a plain block
// does.
func (g *gen) cutBlock(b *ast.Block, outermost bool, label string) (string, bool) {
	end, has := g.endToken(b)
	if !has {
		return "", false
	}
	ends := g.endsTransaction(b.Stmts)
	keeps := g.goesOn(b.Handlers) && (g.losesWork(b.Stmts) || g.callsGiving(b.Stmts)) && !g.body.facts.savepoint[b]
	switch {
	case g.body.try != nil && !ends && !g.losesWork(b.Stmts) && !g.callsGiving(b.Stmts):
		return "", false // a plain block in one that is cut: what its handlers do is tried
	case g.body.try != nil: // a part of a block that is cut
	case ends && !g.body.function && !g.body.trigger && g.body.sub == 0:
	case keeps:
	default:
		return "", false
	}
	outer := g.body.try
	decls, inits := g.declSection(b)
	asks := false
	for _, h := range b.Handlers {
		asks = asks || g.asksContext(h)
	}
	t := g.newTry(asks)
	t.keep = keeps || outer != nil && outer.keep && !g.body.facts.savepoint[b]
	if outermost {
		inits = append(append([]string{}, g.body.starts...), inits...)
	}
	in := g.stmtIndent(b)
	begin := "BEGIN"
	for _, s := range inits {
		begin += "\n" + in + s + ";"
	}
	begin += "\n" + in + t.state + " := NULL;\n" + in + "<<" + t.label + ">>\n" + in + "BEGIN"
	subs := []sub{{b.Begin, b.Begin + 1, begin}}
	g.body.try = t
	subs = append(subs, g.stmtSubs(b.Stmts)...)
	g.body.try = outer
	word := b.Handlers[0].Lo - 1 // EXCEPTION
	for word > b.Begin && !g.f.Tokens[word].Is(token.EXCEPTION) {
		word--
	}
	subs = append(subs, sub{word, word + 1, "END " + t.label + ";"})
	others := false
	for i, h := range b.Handlers {
		subs = append(subs, g.cutHandler(b, h, t, i > 0, in)...)
		others = others || h.Others
	}
	tail := ""
	if !others {
		tail = "ELSIF " + t.state + " IS NOT NULL THEN\n" + in + "    " + t.leave(in+"    ") + ";\n" + in
	}
	subs = append(subs, sub{end, end + 1, tail + "END IF;\n" + g.indentAt(b.Begin) + "END"})
	if b.EndName != nil {
		subs = append(subs, put(b.EndName, ""))
	}
	return g.blockHead(b, label, decls, outermost) + g.spliceRange(b.Begin, b.Hi, subs...), true
}

// cutHandler converts a handler of a block that is cut to an arm of the IF behind it.
func (g *gen) cutHandler(b *ast.Block, h *ast.Handler, t *tryState, elsif bool, in string) []sub {
	g.body.errors = append(g.body.errors, t)
	g.body.handlers = append(g.body.handlers, handlerOf{b, h})
	defer func() { g.body.handlers = g.body.handlers[:len(g.body.handlers)-1] }()
	defer func() { g.body.errors = g.body.errors[:len(g.body.errors)-1] }()
	word := "IF "
	if elsif {
		word = "ELSIF "
	}
	subs := g.stmtSubs(h.Stmts)
	if g.unnamed(h) {
		return subs
	}
	lo, hi := h.Lo, h.Names[len(h.Names)-1].Hi
	return append(subs, sub{lo, hi, word + g.stateCondition(h, t.state)})
}

// stateCondition is the condition that an error is one of those that a handler names.
func (g *gen) stateCondition(h *ast.Handler, state string) string {
	if h.Others {
		return state + " IS NOT NULL"
	}
	var states []string
	for _, n := range h.Names {
		states = append(states, g.statesOf(n)...)
	}
	list := make([]string, 0, len(states))
	seen := map[string]bool{}
	for _, s := range states {
		if !seen[s] {
			seen[s] = true
			list = append(list, literal(s))
		}
	}
	if len(list) == 1 {
		return state + " = " + list[0]
	}
	return state + " IN (" + strings.Join(list, ", ") + ")"
}

// statesOf are the SQLSTATEs that mean an exception.
func (g *gen) statesOf(n *ast.Name) []string {
	if state, ora, ok := g.userException(n, g.ref(n)); ok {
		return append([]string{state}, moreStates[ora]...)
	}
	if list := support.States(g.f.Last(n)); list != nil {
		return list
	}
	g.refuse(n, "exception-init", "the exception %s is not declared in the source", g.source(n))
	return []string{"LFREF"}
}

// endToken is the END of a block; the block of a package's initialisation has none of its own.
func (g *gen) endToken(b *ast.Block) (uint32, bool) {
	hi := b.Hi
	if b.EndName != nil {
		hi = b.EndName.Lo
	}
	for i := hi; i > b.Begin; i-- {
		if g.f.Tokens[i-1].Flags&token.FlagInactive != 0 {
			continue
		}
		return i - 1, g.f.Tokens[i-1].Is(token.END)
	}
	return 0, false
}

// stmtSubs converts the statements of a list; in a block that is cut they are tried.
func (g *gen) stmtSubs(list []ast.Stmt) []sub {
	list = g.regions(list)
	t := g.body.try
	subs := make([]sub, 0, len(list))
	if t == nil {
		for _, s := range list {
			subs = append(subs, put(s, g.stmt(s)))
		}
		return subs
	}
	var group []ast.Stmt
	wrote := false
	flush := func() {
		subs = append(subs, g.tryGroup(group, t)...)
		group, wrote = nil, false
	}
	for _, s := range list {
		if g.reraises(s) || g.endsTransaction([]ast.Stmt{s}) || t.keep && g.callsGiving([]ast.Stmt{s}) || t.keep && g.losesWork(children(s)) || t.keep && isLoop(s) && g.writesAny(s) {
			flush()
			subs = append(subs, put(s, g.stmt(s)))
			continue
		}
		before, behind := g.jumpMarks(s)
		if t.keep && wrote && g.canFail(s) || before != "" { // what a label stands for goes around whole groups
			flush()
		}
		group = append(group, s)
		wrote = wrote || g.writesAny(s)
		if behind != "" {
			flush()
		}
	}
	flush()
	return subs
}

// tryGroup converts statements that are tried together.
func (g *gen) tryGroup(list []ast.Stmt, t *tryState) []sub {
	if len(list) == 0 {
		return nil
	}
	fails := false
	for _, s := range list {
		fails = fails || g.canFail(s)
	}
	g.body.try = nil
	if fails {
		g.body.sub++
	}
	last := len(list) - 1
	before, _ := g.jumpMarks(list[0])
	_, behind := g.jumpMarks(list[last])
	if before+behind != "" {
		if g.body.jumpless == nil {
			g.body.jumpless = map[ast.Stmt]bool{}
		}
		g.body.jumpless[list[0]], g.body.jumpless[list[last]] = true, true
	}
	subs := make([]sub, len(list))
	for i, s := range list {
		subs[i] = put(s, g.stmt(s))
	}
	g.body.try = t
	if fails {
		g.body.sub--
		in := g.indent(list[0])
		subs[0].text = "BEGIN\n" + in + subs[0].text
		subs[last].text += ";\n" + in + "EXCEPTION WHEN OTHERS THEN\n" + in + "    " + t.catch(in+"    ") + "\n" + in + "END"
	}
	subs[0].text = before + subs[0].text
	subs[last].text += behind
	return subs
}

// cond converts a condition of a statement. In a block that is cut its value is found out ahead where that can fail.
func (g *gen) testCond(e ast.Expr) string {
	t := g.body.try
	if t == nil || !g.failable(e) {
		s := g.cond(e)
		if opensThen(s) { // PL/pgSQL ends a condition at the first THEN outside of parentheses
			s = "(" + s + ")"
		}
		return s
	}
	text, before := g.captured(func() string { return g.cond(e) })
	g.body.before = append(g.body.before, before...)
	v := g.temp("boolean")
	g.body.before = append(g.body.before, t.tried(v+" := "+text, g.indent(e)))
	return v
}

// stateCall are the arguments that a call of a routine's giving-back variant has besides its own, and the statement behind
// the call.
func (t *tryState) stateCall() (args []string, behind string) {
	return []string{"lf_state => " + t.state, "lf_message => " + t.message}, "EXIT " + t.label + " WHEN " + t.state + " IS NOT NULL"
}

// reraise converts RAISE without a name in the handler of a cut block.
func (g *gen) reraise(in string) (string, bool) {
	n := len(g.body.errors)
	switch {
	case n == 0:
		return "", false
	case g.body.errors[n-1] != nil:
		return g.body.errors[n-1].leave(in), true
	case g.body.try != nil:
		return strings.TrimSuffix(g.body.try.catch(in), ";"), true
	}
	return "", false
}

// reraises reports whether a statement raises the error of the handler at hand once more.
func (g *gen) reraises(s ast.Stmt) bool {
	r, ok := s.(*ast.Raise)
	n := len(g.body.errors)
	return ok && r.Exception == nil && n > 0
}

func equalWords(a, b string) bool { return upperWords(a) == b }

func upperWords(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), " ")) }

var thenWord = regexp.MustCompile(`(?i)\bthen\b`)

// opensThen reports whether a converted condition may hold a THEN outside of parentheses: that of a CASE expression, which
// DECODE and others become, too. Parentheses too many do no harm.
func opensThen(s string) bool { return thenWord.MatchString(unmarked(s)) }

// tryName is the name of the variant of a routine that gives errors back.
func tryName(name string) string { return suffixed(name, "$try") }
