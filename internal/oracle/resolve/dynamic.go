package resolve

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

// holePrefix begins the identifiers that stand for unknown parts of dynamic SQL.
const holePrefix = "HOLE$"

// maxText bounds the text put together for one piece of dynamic SQL; longer ones count as a hole.
const maxText = 1 << 20

// maxDynamic bounds dynamic SQL inside dynamic SQL.
const maxDynamic = 2

// maxLoops bounds the nesting of loops in which assigned texts are followed, as each level looks at its body once more.
const maxLoops = 8

// textValue is text known at compile time, in parts; an empty part list with holes stands for unknown text.
type textValue struct {
	parts []string // constant text; a hole lies between two parts
	exprs []Hole   // what makes each hole
}

func (t *textValue) holes() int { return len(t.parts) - 1 }

func (t *textValue) size() int {
	n := 0
	for _, p := range t.parts {
		n += len(p) + 8
	}
	return n
}

func constant(s string) *textValue { return &textValue{parts: []string{s}} }

func hole(e ast.Expr) *textValue {
	return &textValue{parts: []string{"", ""}, exprs: []Hole{{X: e, Direct: true}}}
}

// stored is the text as a variable holds it: what makes its holes was evaluated when it was assigned.
func (t *textValue) stored() *textValue {
	if len(t.exprs) == 0 {
		return t
	}
	cp := &textValue{parts: t.parts, exprs: slices.Clone(t.exprs)}
	for i := range cp.exprs {
		cp.exprs[i].Direct = false
	}
	return cp
}

func (t *textValue) append(u *textValue) *textValue {
	if t.size()+u.size() > maxText {
		return hole(nil)
	}
	parts := make([]string, 0, len(t.parts)+len(u.parts)-1)
	parts = append(parts, t.parts[:len(t.parts)-1]...)
	parts = append(parts, t.parts[len(t.parts)-1]+u.parts[0])
	parts = append(parts, u.parts[1:]...)
	exprs := make([]Hole, 0, len(t.exprs)+len(u.exprs))
	return &textValue{parts: parts, exprs: append(append(exprs, t.exprs...), u.exprs...)}
}

// text is the text that an expression makes, as far as it is constant.
func (r *resolver) text(e ast.Expr) *textValue {
	var chain []*ast.Binary
	for {
		for p, ok := e.(*ast.Paren); ok; p, ok = e.(*ast.Paren) {
			e = p.X
		}
		b, ok := e.(*ast.Binary)
		if !ok || b.Op.Kind != token.Concat {
			break
		}
		chain = append(chain, b)
		e = b.X
	}
	if len(chain) > 2000 {
		return hole(nil)
	}
	t := r.textOperand(e)
	for i := len(chain) - 1; i >= 0; i-- {
		t = t.append(r.text(chain[i].Y))
	}
	return t
}

func (r *resolver) textOperand(e ast.Expr) *textValue {
	switch x := e.(type) {
	case *ast.Literal:
		switch x.Kind {
		case ast.LitString:
			if s, ok := stringValue(r.f, x.Lo); ok {
				return constant(s)
			}
		case ast.LitNumber:
			return constant(r.f.Text(x.Lo))
		case ast.LitNull:
			return constant("")
		}
	case *ast.Name:
		e := r.variable(x)
		switch {
		case e == nil || e.text == nil || e.captured:
		case e.constant, e.routine == r.routine && r.loops <= maxLoops:
			return e.text
		}
	case *ast.Call:
		// CHR(10) is how line ends get into such texts
		if n, ok := x.Fn.(*ast.Name); ok && len(x.Args) == 1 && r.info.Ref(n).Builtin == "CHR" {
			if l, ok := x.Args[0].X.(*ast.Literal); ok && l.Kind == ast.LitNumber {
				if v, ok := smallNumber(r.f.Bytes(l.Lo)); ok && v > 0 && v < 128 {
					return constant(string(rune(v)))
				}
			}
		}
		if n, ok := x.Fn.(*ast.Name); ok && len(x.Args) == 1 && r.info.Ref(n).Builtin == "TO_CLOB" {
			return r.text(x.Args[0].X)
		}
	}
	return hole(e)
}

// variable is the local variable or constant that a name stands for, nil for anything else.
func (r *resolver) variable(n *ast.Name) *entry {
	if n.Link != 0 || n.Star || n.Hi-n.Lo != 1 {
		return nil
	}
	name := r.name(n)
	for s := r.scope; s != nil; s = s.parent {
		if s.kind == blockScope || s.kind == unitScope {
			if e := s.names[name]; e != nil {
				if e.ref == nil || e.ref.Kind != Variable && e.ref.Kind != Parameter {
					return nil
				}
				return e
			}
		}
	}
	return nil
}

// assignText follows target := value for a local variable.
func (r *resolver) assignText(x *ast.AssignStmt) {
	n, ok := x.Target.(*ast.Name)
	if !ok {
		return
	}
	e := r.variable(n)
	if e == nil || e.typ == nil || e.typ.Class != ClassText && e.typ.Class != ClassLOB && e.typ.Class != ClassChar {
		return
	}
	if e.routine != r.routine {
		e.captured = true
		return
	}
	e.text = r.text(x.Value).stored()
	r.assigned = append(r.assigned, e)
}

func (r *resolver) forgetName(n *ast.Name) {
	e := r.variable(n)
	if e == nil || e.constant {
		return
	}
	if e.routine != r.routine {
		e.captured = true
		return
	}
	e.text = nil
	r.assigned = append(r.assigned, e)
}

// branch runs f for statements that may not be executed, or more than once: what they assign is unknown after.
func (r *resolver) branch(f func()) {
	lo := len(r.assigned)
	f()
	r.forgetSince(lo)
}

func (r *resolver) forgetSince(lo int) {
	for _, e := range r.assigned[lo:] {
		e.text = nil
	}
}

// forgetAll forgets the text of all variables of the routine, where a GOTO may arrive.
func (r *resolver) forgetAll() {
	for s := r.scope; s != nil; s = s.parent {
		for _, e := range s.names {
			if e.text != nil && !e.constant && e.routine == r.routine {
				e.text = nil
				r.assigned = append(r.assigned, e)
			}
		}
	}
}

// forgetAssigned forgets the text of variables that a loop assigns, before its body is resolved.
func (r *resolver) forgetAssigned(n ast.Node) {
	if r.loops > maxLoops {
		return
	}
	s := n.Range()
	into := false
	for i := s.Lo; i < s.Hi; i++ {
		t := r.f.Tokens[i]
		switch t.Kind {
		case token.Ident, token.QuotedIdent:
			switch t.Kw {
			case token.INTO:
				into = true
				continue
			case token.FROM, token.USING, token.LIMIT:
				into = false
			}
			next := token.Token{}
			if i+1 < s.Hi {
				next = r.f.Tokens[i+1]
			}
			if into || next.Kind == token.Assign {
				r.forgetIdent(r.ident(i))
			}
		case token.Semi:
			into = false
		}
	}
}

func (r *resolver) forgetIdent(name string) {
	for s := r.scope; s != nil; s = s.parent {
		if e := s.names[name]; e != nil {
			if e.text != nil && !e.constant {
				e.text = nil
				r.assigned = append(r.assigned, e)
			}
			return
		}
	}
}

// dynamic records a piece of dynamic SQL; before and after are put around text that is only part of a block.
func (r *resolver) dynamic(at ast.Node, e ast.Expr, before, after string) {
	t := r.text(e)
	if r.namesOnly {
		return
	}
	d := Dynamic{Node: at, Holes: t.holes(), Constant: t.holes() == 0, HoleExprs: t.exprs}
	known := false
	for _, p := range t.parts {
		known = known || strings.TrimSpace(p) != ""
	}
	d.Text = before + r.fill(t, false) + after
	if known && r.depth < maxDynamic {
		f := parser.Parse(r.f.Name, []byte(d.Text), parser.Options{})
		if len(f.Errors) > 0 && d.Holes > 0 {
			// an unknown part behind a word may begin with a space
			d.Text = before + r.fill(t, true) + after
			f = parser.Parse(r.f.Name, []byte(d.Text), parser.Options{})
		}
		if len(f.Errors) == 0 && len(f.Stmts) > 0 {
			d.Parsed = f
			r.dynamicDepends(&d, at)
		}
	}
	r.info.Dynamic = append(r.info.Dynamic, d)
}

// fill puts identifiers where unknown parts stand. One behind a word is taken for the rest of that word, as in
// 'ARCHIVE_' || year, unless the word is the whole name of a known object, or apart asks for a space.
func (r *resolver) fill(t *textValue, apart bool) string {
	var b strings.Builder
	for i, p := range t.parts {
		if i > 0 {
			if w := lastWord(t.parts[i-1]); w != "" && (apart || r.lookup("", strings.ToUpper(w)) != nil) {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%s%d", holePrefix, i)
		}
		b.WriteString(p)
	}
	return b.String()
}

func lastWord(s string) string {
	i := len(s)
	for i > 0 && (s[i-1] == '_' || s[i-1] == '$' || s[i-1] == '#' || s[i-1] >= '0' && s[i-1] <= '9' || s[i-1]|32 >= 'a' && s[i-1]|32 <= 'z') {
		i--
	}
	return s[i:]
}

// dynamicDepends adds what the parsed text uses to the statement's dependencies.
func (r *resolver) dynamicDepends(dyn *Dynamic, at ast.Node) {
	for _, s := range dyn.Parsed.Stmts {
		in := resolveAt(r.estate, dyn.Parsed, s, r.schema, r.depth+1)
		for _, d := range in.Depends {
			if strings.Contains(d.Name, holePrefix) || strings.Contains(d.Schema, holePrefix) {
				continue
			}
			if dyn.Holes > 0 && !d.Found && d.External == "" { // it may be an alias that an unknown part gives
				continue
			}
			if r.self != nil && d.Kind == r.self.Kind && d.Schema == r.self.Schema && d.Name == r.self.Name {
				continue
			}
			r.edge(d, at)
		}
	}
}

// dynamicCall records the supplied routines that run text.
func (r *resolver) dynamicCall(c *ast.Call, name string) {
	arg := func(pos int, names ...string) ast.Expr {
		for i, a := range c.Args {
			if a.Name == nil {
				if i == pos {
					return a.X
				}
				continue
			}
			for _, n := range names {
				if r.name(a.Name) == n {
					return a.X
				}
			}
		}
		return nil
	}
	switch name {
	case "DBMS_SQL.PARSE":
		if e := arg(1, "STATEMENT"); e != nil {
			r.dynamic(c, e, "", "")
		}
	case "DBMS_UTILITY.EXEC_DDL_STATEMENT":
		if e := arg(0, "PARSE_STRING"); e != nil {
			r.dynamic(c, e, "", "")
		}
	case "DBMS_JOB.SUBMIT", "DBMS_JOB.ISUBMIT":
		if e := arg(1, "WHAT"); e != nil {
			r.dynamic(c, e, "BEGIN ", " END;")
		}
	case "DBMS_JOB.WHAT", "DBMS_JOB.CHANGE":
		if e := arg(1, "WHAT"); e != nil {
			r.dynamic(c, e, "BEGIN ", " END;")
		}
	case "DBMS_SCHEDULER.CREATE_JOB", "DBMS_SCHEDULER.CREATE_PROGRAM":
		kind := arg(1, "JOB_TYPE", "PROGRAM_TYPE")
		e := arg(2, "JOB_ACTION", "PROGRAM_ACTION")
		if kind == nil || e == nil {
			return
		}
		switch k := r.text(kind); {
		case k.holes() > 0:
		case strings.EqualFold(k.parts[0], "PLSQL_BLOCK"):
			r.dynamic(c, e, "", "")
		case strings.EqualFold(k.parts[0], "STORED_PROCEDURE"):
			r.dynamic(c, e, "BEGIN ", "; END;")
		}
	}
}

// stringValue is the value of a string literal.
func stringValue(f *ast.File, tok uint32) (string, bool) {
	s := f.Text(tok)
	switch t := f.Tokens[tok]; {
	case t.Flags&(token.FlagSubst|token.FlagUnclosed) != 0:
		return "", false
	case t.Kind == token.NString:
		s = s[1:]
	case t.Kind == token.QString:
		i := strings.IndexByte(s, '\'')
		if i < 0 || len(s) < i+4 {
			return "", false
		}
		body := []rune(s[i+1 : len(s)-1])
		return string(body[1 : len(body)-1]), true
	case t.Kind != token.String:
		return "", false
	}
	if len(s) < 2 {
		return "", false
	}
	return strings.ReplaceAll(s[1:len(s)-1], "''", "'"), true
}
