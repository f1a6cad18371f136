package gen

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// dynamicSQL is what is known of a piece of SQL that is put together at run time.
type dynamicSQL struct {
	text    string // PostgreSQL expression that gives the converted text; "" when the statement stands in inline
	inline  string // statements that do the same without dynamic SQL: a block whose text is constant
	query   bool   // it gives rows
	dml     bool   // INSERT, UPDATE, DELETE, MERGE
	ddl     bool   // any other SQL statement
	outs    []int  // USING arguments, from 0, that the text gives back
	used    []int  // USING arguments, from 0, in order of $1, $2 ...
	known   bool   // the text could be read
	bulk    bool   // outs are collections of what the rows give back
	strict  bool   // it gives exactly one row: SELECT INTO
	ignored bool   // the text means nothing in PostgreSQL
}

// dynamicOf finds what the resolver knows of the statement at hand.
func (g *gen) dynamicOf(at ast.Node) *resolve.Dynamic {
	for i := range g.info.Dynamic {
		if g.info.Dynamic[i].Node == at {
			return &g.info.Dynamic[i]
		}
	}
	return nil
}

// dynamic converts the text of EXECUTE IMMEDIATE, OPEN FOR or DBMS_SQL.PARSE. using are its bind arguments.
func (g *gen) dynamic(at ast.Node, text ast.Expr, using []*ast.UsingArg) dynamicSQL {
	d := g.dynamicOf(at)
	if d == nil || d.Parsed == nil || len(d.Parsed.Stmts) != 1 || !g.holesHere(d, at) {
		return g.unknownDynamic(at, text, d, using)
	}
	s := d.Parsed.Stmts[0]
	if l, ok := s.(*ast.Labeled); ok {
		s = l.Stmt
	}
	g.parsing++
	defer func() { g.parsing-- }()
	if g.parsing > 3 {
		return g.unknownDynamic(at, text, d, using)
	}
	sub := g.inside(d, s)
	r := dynamicSQL{known: true}
	binds := sub.numberBinds(s)
	numbered := numbered
	if g.namedBinds {
		numbered = func(map[uint32]int) func(tok uint32) string { return sub.f.Text }
	}
	switch x := s.(type) {
	case *ast.Block:
		r = g.dynamicBlock(at, text, d, sub, x, using)
	case *ast.SelectStmt:
		r.query = true
		sub.bindText = numbered(binds)
		if e, ok := at.(*ast.ExecImmediate); ok && len(e.Into) > 0 {
			sub.placeTargets(x.Query, func(items int) []resolve.Type { return g.targetTypes(e.Into, items, e.Bulk) })
		}
		r.text = g.holeText(d, sub.query(x.Query))
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		r.dml = true
		sub.bindText = numbered(binds)
		if ret := returningOf(s); ret != nil && ret.Into != nil {
			drop := ret.Into.Range()
			n := 0
			for tok := range binds {
				if tok >= drop.Lo && tok < drop.Hi {
					n++
				}
			}
			sub.noInto = true
			for i := len(binds) - n; i < len(binds); i++ {
				r.outs = append(r.outs, i)
			}
		}
		sql, _ := sub.dml(s)
		r.text = g.holeText(d, sql)
	case *ast.SQLCall:
		sub.bindText = numbered(binds)
		r = g.dynamicCall(d, sub, x.Call, binds, using)
	default:
		r.ddl = true
		sub.scripted = true
		sub.topLevel(s)
		var parts []string
		for _, o := range sub.out {
			if o.Refused {
				continue
			}
			parts = append(parts, strings.TrimSuffix(strings.TrimSpace(unmarked(o.SQL)), ";"))
		}
		if len(parts) == 0 && sub.refusal == nil {
			r.ignored = true
		}
		r.text = g.holeText(d, strings.Join(parts, ";\n"))
	}
	if r.used == nil && r.text != "" {
		for i := 0; i < len(binds); i++ {
			out := false
			for _, o := range r.outs {
				out = out || o == i
			}
			if !out {
				r.used = append(r.used, i)
			}
		}
	}
	g.adopt(at, sub)
	if sub.refusal != nil {
		g.refuse(at, "dynamic-sql", "in dynamic SQL: %s", sub.refusal.Message)
	}
	return r
}

// inside makes the state for converting the parsed text of dynamic SQL.
func (g *gen) inside(d *resolve.Dynamic, s ast.Stmt) *gen {
	info := g.e.resolver.Resolve(d.Parsed, s, g.schema)
	return &gen{
		e: g.e, f: d.Parsed, info: info, unit: g.unit, object: g.object, schema: g.schema, support: g.support, needs: g.needs,
		host: true, parsing: g.parsing, aliases: g.aliases, inDynamic: true,
	}
}

// adopt takes over what the conversion of dynamic text has found, at the place of the statement that runs it.
func (g *gen) adopt(at ast.Node, sub *gen) {
	for _, f := range sub.found {
		for _, r := range g.e.rule {
			if r.Code == f.Code {
				g.reportAs(at, r.Name, f.Severity, f.Effort, "in dynamic SQL: %s", f.Message)
				break
			}
		}
	}
	for _, p := range sub.parts {
		p.Pos = g.f.Pos(at)
		g.parts = append(g.parts, p)
	}
}

// numberBinds gives every bind of a statement its number, from 0: each by its place in SQL, each name once in a block
// (PL/SQL Language Reference, "Repeated Placeholder Names in Dynamic SQL Statements").
func (g *gen) numberBinds(s ast.Stmt) map[uint32]int {
	_, block := s.(*ast.Block)
	if _, call := s.(*ast.SQLCall); call {
		block = true
	}
	m := map[uint32]int{}
	names := map[string]int{}
	next := 0
	for i := range g.f.Significant(s.Range()) {
		t := g.f.Tokens[i]
		if t.Kind != token.Bind && t.Kind != token.Question {
			continue
		}
		name := strings.ToUpper(g.f.Text(i))
		if n, ok := names[name]; ok && block {
			m[i] = n
			continue
		}
		names[name] = next
		m[i] = next
		next++
	}
	return m
}

// numbered writes binds as $1, $2 ...
func numbered(binds map[uint32]int) func(tok uint32) string {
	return func(tok uint32) string { return "$" + strconv.Itoa(binds[tok]+1) }
}

func returningOf(s ast.Stmt) *ast.Returning {
	switch x := s.(type) {
	case *ast.Insert:
		return x.Returning
	case *ast.Update:
		return x.Returning
	case *ast.Delete:
		return x.Returning
	case *ast.Merge:
		return x.Returning
	}
	return nil
}

var holeName = regexp.MustCompile(`(?i)"?hole\$(\d+)"?`)

// holeText is the expression that gives a converted text: its constant parts in quotes, the expressions of its holes
// between them. NULL counts as empty, as in Oracle's ||.
func (g *gen) holeText(d *resolve.Dynamic, sql string) string {
	sql = unmarked(sql)
	at := holeName.FindAllStringSubmatchIndex(sql, -1)
	if len(at) == 0 {
		return g.quoted(sql)
	}
	var parts []string
	from := 0
	for _, m := range at {
		if m[0] > from {
			parts = append(parts, g.quoted(sql[from:m[0]]))
		}
		n, _ := strconv.Atoi(sql[m[2]:m[3]])
		parts = append(parts, g.holeExpr(d, n))
		from = m[1]
	}
	if from < len(sql) {
		parts = append(parts, g.quoted(sql[from:]))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return concatOf(parts)
}

// concatOf joins texts: of more than a call takes, a concat of several.
func concatOf(parts []string) string {
	for len(parts) > maxArguments {
		var groups []string
		for group := range slices.Chunk(parts, maxArguments) {
			groups = append(groups, "concat("+strings.Join(group, ", ")+")")
		}
		parts = groups
	}
	return "concat(" + strings.Join(parts, ", ") + ")"
}

func (g *gen) holeExpr(d *resolve.Dynamic, n int) string {
	if n < 1 || n > len(d.HoleExprs) || d.HoleExprs[n-1].X == nil {
		return "NULL"
	}
	x := d.HoleExprs[n-1].X
	if f, ok := g.holeFrag[x]; ok {
		return f
	}
	return g.text(x)
}

// quoted writes text as a constant. Text with line breaks or backslashes stays readable in plain quotes.
func (g *gen) quoted(s string) string { return literal(s) }

// holesHere reports whether the expressions of all holes can stand in the statement at hand: those that a variable took
// up earlier must have the same value still.
func (g *gen) holesHere(d *resolve.Dynamic, at ast.Node) bool {
	for _, h := range d.HoleExprs {
		if h.X == nil {
			return false
		}
		if !h.Direct && !g.unchanged(h.X, at) {
			return false
		}
	}
	return true
}

// unchanged reports whether an expression that was evaluated earlier in the same routine has the same value at a place
// further down: it calls nothing of the user's, and no variable in it is assigned to in between.
func (g *gen) unchanged(x ast.Expr, at ast.Node) bool {
	ok := true
	ast.Walk(x, func(n ast.Node) bool {
		switch v := n.(type) {
		case *ast.Subquery, *ast.Attr:
			ok = false
		case *ast.Name:
			switch ref := g.ref(v); ref.Kind {
			case resolve.Variable, resolve.Parameter:
				if ref.Object != nil && ref.Object.Package != nil || g.assignedBetween(v, x.Range().Hi, at.Range().Lo) {
					ok = false
				}
			case resolve.Builtin, resolve.Pseudo:
			default:
				ok = false
			}
		}
		return ok
	})
	return ok
}

// assignedBetween reports whether a variable may be assigned to between two tokens, also by the loops around them.
func (g *gen) assignedBetween(n *ast.Name, lo, hi uint32) bool {
	name := g.f.Ident(n.Lo)
	into := false
	for i := lo; i < hi && i < uint32(len(g.f.Tokens)); i++ {
		t := g.f.Tokens[i]
		if !t.Name() {
			if t.Kind == token.Semi {
				into = false
			}
			continue
		}
		switch t.Kw {
		case token.INTO:
			into = true
			continue
		case token.FROM, token.USING:
			into = false
		}
		if g.f.Ident(i) != name {
			continue
		}
		next := g.f.Tokens[min(i+1, uint32(len(g.f.Tokens)-1))]
		if into || next.Kind == token.Assign || next.Kind == token.Comma || next.Kind == token.RParen && g.maybeOut(i) {
			return true
		}
	}
	return false
}

// maybeOut is a weak test for an argument of a call as a statement, which may be OUT.
func (g *gen) maybeOut(i uint32) bool {
	for k := i; k > 0 && i-k < 40; k-- {
		switch g.f.Tokens[k-1].Kind {
		case token.Semi:
			return true
		case token.Assign, token.Concat:
			return false
		}
	}
	return false
}

// unknownDynamic runs text that cannot be read before it runs: placeholders are numbered at run time, the rest is not
// converted.
func (g *gen) unknownDynamic(at ast.Node, text ast.Expr, d *resolve.Dynamic, using []*ast.UsingArg) dynamicSQL {
	shape := ""
	if d != nil && d.Text != "" && !strings.HasPrefix(d.Text, "HOLE$1") {
		shape = d.Text
		if len(shape) > 300 {
			shape = strings.ToValidUTF8(shape[:300], "") + " ..."
		}
		shape = "; at run time it looks like: " + strings.Join(strings.Fields(shape), " ")
	}
	g.reportAs(at, "dynamic-sql", model.High, model.Review, "the text is only known at run time: it runs as it is, and must be made for PostgreSQL where it is put together%s", shape)
	r := dynamicSQL{text: g.expr(text).s}
	var given []string // places of the arguments that only come back
	for i, u := range using {
		if u.Out {
			r.outs = append(r.outs, i)
		}
		if !u.Out || u.In {
			r.used = append(r.used, i)
		} else {
			given = append(given, strconv.Itoa(i+1))
		}
	}
	switch {
	case len(r.outs) > 0 || d != nil && blockText.MatchString(d.Text):
		r.text = g.use("dynamic_text") + "(" + r.text + ", '{" + strings.Join(given, ",") + "}')"
	case len(using) > 0:
		r.text = g.use("binds") + "(" + r.text + ")"
	}
	return r
}

// blockText is how the text of a block begins.
var blockText = regexp.MustCompile(`(?i)^\s*(BEGIN|DECLARE)\b`)

// dynamicBlock converts a block that is run as text. One whose text is constant needs no dynamic SQL; of the others
// those of one call, one assignment or one change of rows are converted.
func (g *gen) dynamicBlock(at ast.Node, text ast.Expr, d *resolve.Dynamic, sub *gen, b *ast.Block, using []*ast.UsingArg) dynamicSQL {
	binds := sub.numberBinds(b)
	if d.Holes == 0 && g.body != nil && !g.hides(sub, b) {
		sub.body = g.body
		sub.bindText = func(tok uint32) string {
			if n := binds[tok]; n < len(using) {
				if using[n].Out {
					return g.target(using[n].X)
				}
				return g.expr(using[n].X).in(precPrimary)
			}
			return "NULL"
		}
		body := ""
		if len(b.Decls) == 0 && len(b.Handlers) == 0 {
			var list []string
			for _, s := range b.Stmts {
				list = append(list, sub.stmt(s))
			}
			body = strings.Join(list, ";\n"+g.indent(at))
		} else {
			body = sub.blockSQL(b)
		}
		return dynamicSQL{known: true, inline: dropMarks(body)}
	}
	sub.bindText = numbered(binds)
	sub.body = &routine{}
	if len(b.Decls) == 0 && len(b.Handlers) == 0 && len(b.Stmts) == 1 {
		switch s := b.Stmts[0].(type) {
		case *ast.CallStmt:
			if n, ok := s.Call.(*ast.Name); ok && holeName.MatchString(sub.source(n)) { // it may be any statement
				return g.unknownDynamic(at, text, d, using)
			}
			return g.dynamicCall(d, sub, s.Call, binds, using)
		case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge:
			if r, ok := g.dynamicRows(at, d, sub, s, binds, using); ok {
				return r
			}
		case *ast.SelectStmt:
			if r, ok := g.dynamicRows(at, d, sub, s, binds, using); ok {
				return r
			}
		case *ast.AssignStmt:
			if t, ok := s.Target.(*ast.BindExpr); ok {
				r := dynamicSQL{known: true, query: true, outs: []int{binds[t.Lo]}}
				for i := range using {
					if i != binds[t.Lo] {
						r.used = append(r.used, i)
					}
				}
				renumber := map[int]int{}
				for k, i := range r.used {
					renumber[i] = k + 1
				}
				sub.bindText = func(tok uint32) string { return "$" + strconv.Itoa(renumber[binds[tok]]) }
				r.text = g.holeText(d, "SELECT "+sub.text(s.Value))
				return r
			}
		}
	}
	body := sub.blockSQL(b)
	if len(binds) > 0 {
		g.refuse(at, "dynamic-sql", "a block with placeholders whose text is put together at run time: a block of PostgreSQL (DO) takes no arguments")
	}
	return dynamicSQL{known: true, ddl: true, text: g.holeText(d, "DO $do$\n"+body+";\n$do$"), used: []int{}}
}

// dynamicCall converts a block that calls one routine, or CALL. OUT arguments come back as the row that CALL gives.
func (g *gen) dynamicCall(d *resolve.Dynamic, sub *gen, call ast.Expr, binds map[uint32]int, using []*ast.UsingArg) dynamicSQL {
	r := dynamicSQL{known: true, ddl: true, used: []int{}}
	number := map[int]int{}
	for i, u := range using {
		if u.Out {
			r.outs = append(r.outs, i)
		}
		if !u.Out || u.In {
			r.used = append(r.used, i)
			number[i] = len(r.used)
		}
	}
	r.query = len(r.outs) > 0
	sub.bindText = func(tok uint32) string {
		if n, ok := number[binds[tok]]; ok {
			return "$" + strconv.Itoa(n)
		}
		return "NULL"
	}
	name, args := call, ""
	if c, ok := call.(*ast.Call); ok {
		name = c.Fn
		var list []string
		for _, a := range c.Args {
			s := sub.text(a.X)
			if a.Name != nil {
				s = sub.word(a.Name) + " => " + s
			}
			list = append(list, s)
		}
		args = strings.Join(list, ", ")
	}
	target := ""
	if n, ok := name.(*ast.Name); ok {
		if ref := sub.ref(n); ref.Kind == resolve.Routine {
			target = sub.routineName(n, ref)
		} else {
			target = sub.objectName(n)
		}
	} else {
		target = sub.text(name)
	}
	r.text = g.holeText(d, fmt.Sprintf("CALL %s(%s)", target, args))
	return r
}

// dropMarks takes the line marks of dynamic text out: its lines are no lines of the file.
func dropMarks(s string) string { return unmarked(s) }
