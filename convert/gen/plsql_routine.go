package gen

import (
	"slices"
	"strings"

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
	depth     int                 // of blocks being converted
	sub       int                 // of subtransactions (blocks with handlers) around the place
	handlers  int                 // of handlers being converted
	loops     []ast.Node          // loops being converted, outermost first
	labels    map[string]bool     // labels that are written
	recorded  map[string]bool     // loop records that are declared in the outermost block
	counters  map[string]string   // kind and cursor -> variable that keeps an attribute
	renamed   map[ast.Node]string // declarations that need another name
	owner     map[ast.Node]string // declaration -> label of its block
	try       *tryState           // of the cut block at hand
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
}

// extraParam is a parameter that the source does not have.
type extraParam struct {
	mode string // IN, OUT, INOUT; "" is IN
	name string // quoted where needed
	typ  string
}

// temp declares a temporary variable and gives its name.
func (g *gen) temp(typ string) string {
	g.body.temps++
	name := "lf_t" + itoa(g.body.temps)
	g.body.decls = append(g.body.decls, name+" "+typ)
	return name
}

func (g *gen) createRoutine(x *ast.CreateRoutine) {
	r := x.Routine
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
	outerRefusal := g.refusal
	g.refusal = nil
	target := quote.Qualified(spec.schema, spec.name)
	m := Member{Name: spec.member, Target: target, Proc: r.Kind == token.PROCEDURE, Pos: g.f.Pos(r)}
	if m.Name == "" {
		m.Name = g.f.Last(r.Name)
	}
	b := &routine{name: spec.name, function: r.Kind == token.FUNCTION, node: r, outer: g.body, starts: slices.Clone(spec.starts)}
	g.body = b
	head := g.header(r, spec)
	m.Args = head.args
	var sql string
	switch {
	case r.CallSpec != nil:
		g.refuse(r.CallSpec, "external-call", "%s is written in another language", g.f.Last(r.Name))
	case r.Body == nil:
		g.refuse(r, "not-converted", "the body of %s is not here", g.f.Last(r.Name))
	default:
		b.facts = g.bodyFacts(r, r.Body)
		sql = g.routineBody(r, head, target)
	}
	g.body = b.outer
	if g.refusal != nil {
		m.Refused, m.Code = true, g.refusal.Code
		node := spec.original
		if node == nil {
			node = r
		}
		sql = "-- refused, " + g.refusal.Code + ": " + oneLine(g.refusal.Message) + "\n" + g.asComment(node) + "\n" + g.stub(r, head, target)
	}
	g.refusal = outerRefusal
	return sql, m
}

func (g *gen) routineBody(r *ast.Routine, head header, target string) string {
	text := g.blockSQL(r.Body)
	open := ""
	if g.needsUseColumn(r) {
		open = "#variable_conflict use_column\n"
	}
	in := g.indentAt(r.Body.Begin)
	stray := g.strays(r.Lo, r.Body.Lo, "")
	sql := stray + g.mark(r) + head.create(target) + head.options + "LANGUAGE plpgsql\n"
	return sql + "AS " + dollar("\n"+open+g.bodyComments(r.Body, in)+in+text+";\n") + ";\n"
}

// bodyComments are the comments between the head of a routine and its first declaration or BEGIN.
func (g *gen) bodyComments(b *ast.Block, in string) string {
	if g.seen[b.Lo] {
		return ""
	}
	g.seen[b.Lo] = true
	s := ""
	for _, c := range comments(g.trivia(b.Lo)) {
		s += in + c + "\n"
	}
	return s
}

// dollar quotes a body with a tag that it does not hold.
func dollar(body string) string {
	tag := "$$"
	for i := 0; strings.Contains(body, tag) || strings.HasSuffix(body, "$"); i++ {
		tag = "$body$"
		if i > 0 {
			tag = "$body" + itoa(i) + "$"
		}
		if !strings.Contains(body, tag) {
			break
		}
	}
	return tag + body + tag
}

// stub is a routine of the same signature that raises the code of the finding which refused the original.
func (g *gen) stub(r *ast.Routine, head header, target string) string {
	body := "\nBEGIN\n    RAISE EXCEPTION " + literal(strings.ReplaceAll(g.refusal.Code+": "+oneLine(g.refusal.Message), "%", "%%")) +
		" USING ERRCODE = 'LFREF';\nEND;\n"
	return g.mark(r) + head.create(target) + "LANGUAGE plpgsql\nAS " + dollar(body) + ";\n"
}

// callType is the Oracle type of a call.
func (g *gen) callType(n *ast.Name, c *ast.Call, ref *resolve.Ref) resolve.Type {
	if c != nil {
		return g.info.Type(c)
	}
	return ref.Type
}
