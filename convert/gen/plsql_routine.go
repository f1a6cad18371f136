package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// routine is the routine, trigger or anonymous block whose body is being converted.
type routine struct {
	name     string // PostgreSQL name, unquoted
	function bool
	trigger  bool
	rowLevel bool              // of a trigger: FOR EACH ROW
	event    bool              // of an event trigger: lf_ddl is the object at hand
	result   string            // of a trigger: what RETURN gives
	hasNames bool              // declared names may be those of columns
	rows     map[string]string // NEW, OLD and their aliases of REFERENCING -> NEW, OLD
	decls    []string          // further declarations that the body needs: "lf_t1 numeric"
	temps    int
	before   []string // statements to stand ahead of the one at hand, without semicolon
	after    []string // statements to stand behind it
	outer    *routine

	node      ast.Node // the routine, trigger or block itself
	composite bool     // a function with OUT parameters: RETURN x sets return_value
	starts    []string // statements to stand behind BEGIN of the outermost block
	facts     *bodyFacts
	depth     int                         // of blocks being converted
	sub       int                         // of subtransactions (blocks with handlers) around the place
	errors    []*tryState                 // handlers being converted: of blocks that are cut, nil for plain ones
	handlers  []handlerOf                 // those around the statement at hand
	kept      map[*ast.Rollback]*tryState // where what stands behind ROLLBACK TO in its handler finds the error
	undo      map[*ast.Rollback]string    // ROLLBACK TO of a savepoint's block: what raises
	moved     map[ast.Stmt]bool           // statements that stand in a handler instead
	tries     int                         // blocks that are cut so far
	counted   bool                        // the statement at hand keeps its number of rows itself: see countRows
	loops     []ast.Node                  // loops being converted, outermost first
	recorded  map[string]string           // loop records that are declared in the outermost block, with their types
	rowTypes  map[ast.Node]string         // variables of loops whose record has a row type
	counters  map[string]string           // kind and cursor -> variable that keeps an attribute
	renamed   map[ast.Node]string         // declarations that need another name
	owner     map[ast.Node]string         // declaration -> label of its block
	try       *tryState                   // of the cut block at hand

	schema     string // of the routine, unquoted
	autonomous bool   // it runs in a transaction of its own
	jumps      *jumps
	jumpless   map[ast.Stmt]bool // statements whose jump marks stand around the group that they are tried in
}

// routineSpec says how a routine of the source is created in PostgreSQL.
type routineSpec struct {
	schema, name string // unquoted; schema may be ""
	// before and behind are parameters besides the routine's own: the object of a method, what a nested subprogram uses of
	// the routine around it.
	before, behind []extraParam
	// member is the routine's name as the catalog has it: PKG.PROC. "" takes the routine's own.
	member string
	// original is what is left as a comment where the routine is refused; nil is the routine itself.
	original ast.Node
	// starts are statements that stand first in the body, without semicolon: the initialisation of a package.
	starts []string
	// autonomous: the routine is the one that does the work of an autonomous one.
	autonomous bool
	refuse     func() // says why the routine is refused, instead of converting it
	// returns is the type that a constructor gives; selfVar declares the object that it fills and gives back.
	returns, selfVar string
}

// extraParam is a parameter that the source does not have.
type extraParam struct {
	mode string // IN, OUT, INOUT; "" is IN
	name string // quoted where needed
	typ  string
}

// temp declares a temporary variable and gives its name.
func (g *gen) temp(typ string) string {
	if g.body == nil {
		g.refuse(g.unit.Stmt, "not-converted", "a call in it needs a variable, and SQL has none")
		return "NULL"
	}
	g.body.temps++
	name := "lf_t" + itoa(g.body.temps)
	g.body.decls = append(g.body.decls, name+" "+typ)
	return name
}

func (g *gen) createRoutine(x *ast.CreateRoutine) {
	r := x.Routine
	if g.createAggregate(x) {
		return
	}
	schema, name := g.routineTarget(r.Name)
	sql, m := g.routineSQL(r, routineSpec{schema: schema, name: name, original: x})
	o := &Output{Phase: PhaseRoutine, Schema: schema, Name: name, SQL: sql, Refused: m.Refused, Members: []Member{m}}
	g.emit(o)
}

// routineTarget is the schema and name, unquoted, of a stand-alone routine that the statement at hand creates.
func (g *gen) routineTarget(n *ast.Name) (schema, name string) {
	parts := g.f.Parts(n)
	if len(parts) == 0 {
		return "", ""
	}
	name = g.e.names.fold(parts[len(parts)-1])
	in := g.schema
	if len(parts) > 1 {
		in = parts[len(parts)-2]
		schema = g.e.names.schema(in)
	}
	for _, s := range []string{in, ""} { // what is created without a schema may have none in the catalog
		if o := g.e.Catalog.Find(g.object.Kind(), s, parts[len(parts)-1]); o != nil {
			return g.e.names.schema(o.Schema), name
		}
	}
	return schema, name
}

// routineSQL makes the CREATE of a routine with its body. A routine in which something is refused becomes a stub that
// raises the code of the finding, with the original as a comment; the refusal is in the Member then and not in g.
func (g *gen) routineSQL(r *ast.Routine, spec routineSpec) (string, Member) {
	if r.Body != nil && !spec.autonomous && hasPragma(r.Body.Decls, token.AUTONOMOUS_TRANSACTION) != nil {
		return g.autonomousRoutine(r, spec)
	}
	outerRefusal := g.refusal
	g.refusal = nil
	target := quote.Qualified(spec.schema, spec.name)
	m := Member{Name: spec.member, Target: target, Proc: r.Kind == token.PROCEDURE, Pos: g.f.Pos(r)}
	if m.Name == "" {
		m.Name = g.f.Last(r.Name)
	}
	proc := r.Kind == token.PROCEDURE || g.e.calls.asProcedure(g.routineOf(r, spec))
	m.Proc = proc
	b := &routine{name: spec.name, function: !proc, node: r, outer: g.body, starts: slices.Clone(spec.starts), schema: spec.schema, autonomous: spec.autonomous}
	g.body = b
	if spec.selfVar != "" {
		b.decls, b.result = append(b.decls, spec.selfVar), "self"
	}
	head := g.header(r, spec)
	m.Args = head.args
	var sql string
	switch {
	case spec.refuse != nil:
		spec.refuse()
	case b.outer == nil && g.routineErrors(r):
	case r.CallSpec != nil:
		g.refuse(r.CallSpec, "external-call", "%s is written in another language", g.f.Last(r.Name))
	case r.Body == nil:
		g.refuse(r, "not-converted", "the body of %s is not here", g.f.Last(r.Name))
	default:
		b.facts = g.bodyFacts(r, r.Body)
		if f := g.e.calls.routines[g.routineOf(r, spec)]; f != nil && g.e.calls.gives(f.routine) && !b.function {
			sql = g.givingBack(r, head, spec)
			break
		}
		sql = g.routineBody(r, head, target)
		if g.e.calls.forSQL(g.routineOf(r, spec)) && head.kind == "FUNCTION" && !b.composite {
			sql += "\n" + g.sqlVariant(head, spec)
		}
	}
	g.body = b.outer
	if b.outer == nil {
		sql = g.takeHoisted() + sql
	}
	if g.refusal != nil {
		m.Refused, m.Code = true, g.refusal.Code
		node := spec.original
		if node == nil {
			node = r
		}
		sql = "-- refused, " + g.refusal.Code + ": " + oneLine(g.refusal.Message) + "\n" + g.asComment(node) + "\n" + g.stub(r, head, target) + g.stubVariants(r, head, spec)
	}
	g.refusal = outerRefusal
	return sql, m
}

func (g *gen) routineBody(r *ast.Routine, head header, target string) string {
	text := g.routineBlock(r)
	open := ""
	if g.needsUseColumn(r) {
		open = "#variable_conflict use_column\n"
	}
	in := g.indentAt(r.Body.Begin)
	stray := g.strays(r.Lo, r.Body.Lo, "")
	notes := g.bodyComments(r.Body, in)
	tag := dollarTag(notes, text) // what stands around them has no dollar
	return stray + g.mark(r) + head.create(target) + head.options + "LANGUAGE plpgsql\nAS " + tag + "\n" + open + notes + in + text + ";\n" + tag + ";\n"
}

// routineBlock is the block of a routine; of a variant that gives errors back, with all of it tried.
func (g *gen) routineBlock(r *ast.Routine) string {
	t := g.body.try
	if t == nil {
		return g.blockSQL(r.Body)
	}
	in := g.indentAt(r.Body.Begin)
	text := g.blockSQL(r.Body)
	return "BEGIN\n" + in + t.state + " := NULL;\n" + in + t.message + " := NULL;\n" + in + "<<" + t.label + ">>\n" + in + text + ";\n" + in + "END"
}

// routineOf is the catalog's record of a routine that is converted.
func (g *gen) routineOf(r *ast.Routine, _ routineSpec) *model.Routine {
	if m := g.ref(r.Name).Routine; m != nil {
		return m
	}
	if x, ok := g.unit.Stmt.(*ast.CreateRoutine); ok && x.Routine == r {
		if o := g.e.objects[g.object]; o != nil {
			return o.Routine
		}
	}
	return nil
}

// givingBack makes two procedures of one that ends a transaction and is called where an error is handled: no transaction
// can end below a handler in PostgreSQL, so the variant name$try gives an error back in two parameters instead of raising
// it. The routine itself calls it and raises.
func (g *gen) givingBack(r *ast.Routine, head header, spec routineSpec) string {
	b := g.body
	name := short(spec.name + "$try")
	inner := givingHead(head)
	b.try = &tryState{state: "lf_state", message: "lf_message", label: "lf_try", keep: true}
	b.name = name
	sql := g.routineBody(r, inner, quote.Qualified(spec.schema, name))
	b.try = nil
	b.name = spec.name
	args := make([]string, 0, len(head.names)+2)
	args = append(args, head.names...)
	args = append(args, "lf_state", "lf_message")
	return sql + "\n" + head.create(quote.Qualified(spec.schema, spec.name)) + head.options + "LANGUAGE plpgsql\nAS $$\nDECLARE\n    lf_state text;\n    lf_message text;\nBEGIN\n" +
		"    CALL " + quote.Qualified(spec.schema, name) + "(" + strings.Join(args, ", ") + ");\n" +
		"    IF lf_state IS NOT NULL THEN\n        RAISE EXCEPTION USING ERRCODE = lf_state, MESSAGE = lf_message;\n    END IF;\nEND;\n$$;\n"
}

// sqlVariant is the variant of a function for calls in SQL: NO_DATA_FOUND that leaves a function ends a query's call with
// NULL (PL/SQL Language Reference, "Predefined Exceptions").
func (g *gen) sqlVariant(head header, spec routineSpec) string {
	own := quote.Qualified(spec.schema, spec.name)
	return head.create(quote.Qualified(spec.schema, short(spec.name+"$sql"))) + head.options + "LANGUAGE plpgsql\nAS $$\nBEGIN\n    RETURN " + own + "(" + strings.Join(head.names, ", ") +
		");\nEXCEPTION WHEN no_data_found THEN\n    RETURN NULL;\nEND;\n$$;\n"
}

// bodyComments are the comments between the head of a routine and its first declaration or BEGIN.
func (g *gen) bodyComments(b *ast.Block, in string) string {
	if g.seen.has(b.Lo) {
		return ""
	}
	g.seen.add(b.Lo)
	s := ""
	for _, c := range comments(g.trivia(b.Lo)) {
		s += in + c + "\n"
	}
	return s
}

// dollar quotes a body with a tag that it does not hold.
func dollar(body string) string {
	tag := dollarTag(body, "")
	return tag + body + tag
}

// dollarTag is a tag that a text of two parts does not hold.
func dollarTag(a, b string) string {
	holds := func(tag string) bool { return strings.Contains(a, tag) || strings.Contains(b, tag) }
	if !holds("$$") && !strings.HasSuffix(a, "$") && !strings.HasSuffix(b, "$") {
		return "$$"
	}
	tag := "$body$"
	for i := 1; holds(tag); i++ {
		tag = "$body" + itoa(i) + "$"
	}
	return tag
}

// stub is a routine of the same signature that raises the code of the finding which refused the original.
func (g *gen) stub(r *ast.Routine, head header, target string) string {
	body := "\nBEGIN\n    RAISE EXCEPTION " + literal(strings.ReplaceAll(g.refusal.Code+": "+oneLine(g.refusal.Message), "%", "%%")) +
		" USING ERRCODE = 'LFREF';\nEND;\n"
	return g.mark(r) + head.create(target) + "LANGUAGE plpgsql\nAS " + dollar(body) + ";\n"
}

// stubVariants are the variants of a refused routine that its callers name.
func (g *gen) stubVariants(r *ast.Routine, head header, spec routineSpec) string {
	m := g.routineOf(r, spec)
	if f := g.e.calls.routines[m]; f != nil && g.e.calls.gives(f.routine) && head.kind == "PROCEDURE" {
		body := "\nBEGIN\n    lf_state := 'LFREF';\n    lf_message := " + literal(g.refusal.Code+": "+oneLine(g.refusal.Message)) + ";\nEND;\n"
		return "\n" + givingHead(head).create(quote.Qualified(spec.schema, short(spec.name+"$try"))) + "LANGUAGE plpgsql\nAS " + dollar(body) + ";\n"
	}
	if g.e.calls.forSQL(m) && head.kind == "FUNCTION" && r.Body != nil {
		return "\n" + g.sqlVariant(head, spec)
	}
	return ""
}

// givingHead is the head of the variant that gives errors back.
func givingHead(head header) header {
	sep := ", "
	if head.params == "()" {
		sep = ""
	}
	head.params = strings.TrimSuffix(head.params, ")") + sep + "INOUT lf_state text DEFAULT NULL, INOUT lf_message text DEFAULT NULL)"
	return head
}

// callType is the Oracle type of a call.
func (g *gen) callType(n *ast.Name, c *ast.Call, ref *resolve.Ref) resolve.Type {
	if c != nil {
		return g.info.Type(c)
	}
	return *ref.TypeOf()
}
