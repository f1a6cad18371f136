package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// member is the routine of a package or type body that is being converted, with what its declaration elsewhere says.
type member struct {
	pkg  *packageFacts
	name string       // PostgreSQL name, unquoted
	self bool         // a method: attributes are fields of self
	typ  *typeFacts   // the object type that it is a method of
	decl *ast.Routine // in the specification, nil for private ones
	half *half        // that decl stands in
}

// createPackage converts a package specification: its types, and the functions behind its variables. Its routines come
// with the body.
func (g *gen) createPackage(x *ast.CreatePackage) {
	p := g.e.packages[g.ref(x.Name).Object]
	b := g.packageHalf(x, x.Name, p, false, x.Decls)
	if b == nil {
		return
	}
	if p.body.unit == nil {
		if p.needsInit {
			g.packageInitPart(p, b)
		}
		g.bodiless(p, x.Decls, b)
	}
	b.finish()
}

// packageHalf begins a specification or a body: its types, and the functions behind its variables and cursors. It is nil
// where the half cannot be converted.
func (g *gen) packageHalf(x ast.Node, name *ast.Name, p *packageFacts, body bool, decls []ast.Decl) *unitText {
	what := "package"
	if body {
		what = "package body"
	}
	if p == nil {
		g.refuse(x, "package", "the %s %s is made where nothing else can see it: by dynamic SQL", what, g.source(name))
		return nil
	}
	half := &p.spec
	if body {
		half = &p.body
	}
	if half.unit != g.unit {
		g.refuse(x, "not-converted", "the %s %s is created again further on", what, g.source(name))
		return nil
	}
	g.declareTypes(decls, p)
	g.packageNotes(p, decls)
	b := &unitText{g: g, out: &Output{Phase: PhaseRoutine, Schema: p.schema, Name: g.e.names.fold(p.object.Name)}}
	b.add(g.packageComments(x, decls))
	for _, v := range p.vars {
		if v.half == half {
			b.part(func() string { return g.packageState(p, v) })
		}
	}
	g.cursorFunctions(p, half, b)
	return b
}

// createPackageBody converts a package body: private types and variables, initialisation, routines. Each routine is
// refused by itself.
func (g *gen) createPackageBody(x *ast.CreatePackageBody) {
	p := g.e.packages[g.ref(x.Name).Object]
	b := g.packageHalf(x, x.Name, p, true, x.Decls)
	if b == nil {
		return
	}
	if p.needsInit {
		g.packageInitPart(p, b)
	}
	for _, d := range x.Decls {
		if r, ok := d.(*ast.Routine); ok && (r.Body != nil || r.CallSpec != nil) {
			g.packageRoutine(p, r, b)
		}
	}
	b.finish()
}

// packageInitPart makes the initialisation; where it is refused a stub stands for it, so that what calls it is refused when it
// runs.
func (g *gen) packageInitPart(p *packageFacts, b *unitText) {
	if refused := b.part(func() string { return g.packageInit(p) }); refused != nil {
		b.add("CREATE OR REPLACE FUNCTION " + p.initName() + "() RETURNS void\nLANGUAGE plpgsql\nAS " + dollar("\nBEGIN\n    RAISE EXCEPTION "+
			literal(strings.ReplaceAll(refused.Code+": "+oneLine(refused.Message), "%", "%%"))+" USING ERRCODE = 'LFREF';\nEND;\n") + ";\n")
	}
}

// packageNotes tells once what the state of a package loses, and what becomes of its pragmas.
func (g *gen) packageNotes(p *packageFacts, decls []ast.Decl) {
	told := false
	for _, d := range decls {
		switch x := d.(type) {
		case *ast.VarDecl:
			if !x.Constant && !told {
				told = true
				g.report(x, "package-variable", "the variables of %s are settings of the session: what is set in a transaction that is rolled back is set back too, where Oracle keeps it", p.object.Name)
			}
		case *ast.Pragma:
			if x.Kind == token.SERIALLY_REUSABLE {
				g.report(x, "serially-reusable", "the state of %s is kept for the session; Oracle forgets it behind each call from outside", p.object.Name)
			} else if x.Kind != token.EXCEPTION_INIT {
				g.ignore(x, "routine-options", "%s", g.source(x))
			}
		}
	}
}

// cursorFunctions makes the functions that open the cursors of one half of a package.
func (g *gen) cursorFunctions(p *packageFacts, h *half, b *unitText) {
	for _, d := range h.decls {
		if x, ok := d.(*ast.CursorDecl); ok && x.Query != nil {
			if c := p.cursors[g.f.Last(x.Name)]; c != nil && c.decl == x {
				b.part(func() string { return g.cursorFunction(p, c) })
			}
		}
	}
}

// unitText puts the SQL of a package or type body together. A part that is refused stands as a comment.
type unitText struct {
	g     *gen
	out   *Output
	parts []string // put together at the end, when their size is known
}

func (b *unitText) add(s string) {
	if s != "" {
		b.parts = append(b.parts, s)
	}
}

// part adds a piece that may be refused; what it was made of is then in the finding.
func (b *unitText) part(f func() string) (refused *model.Finding) {
	g := b.g
	outer := g.refusal
	g.refusal = nil
	s := f()
	refused = g.refusal
	g.refusal = outer
	if refused == nil {
		b.add(s)
		return nil
	}
	b.out.Refused = true
	if g.refusal == nil {
		g.refusal = refused
	}
	return refused
}

// finish emits the output when there is anything in it.
func (b *unitText) finish() {
	if len(b.parts) == 0 && len(b.out.Members) == 0 {
		return
	}
	b.out.SQL = strings.Join(b.parts, "\n")
	b.g.emit(b.out)
}

// packageComments are the comments at the head of a package, in front of its first declaration.
func (g *gen) packageComments(x ast.Node, decls []ast.Decl) string {
	hi := x.Range().Hi
	if len(decls) > 0 {
		hi = decls[0].Range().Lo
	}
	return g.strays(x.Range().Lo, hi, "")
}

// declareTypes makes the types of a declaration section.
func (g *gen) declareTypes(decls []ast.Decl, p *packageFacts) {
	for _, d := range decls {
		if x, ok := d.(*ast.CursorDecl); ok {
			if c := p.cursors[g.f.Last(x.Name)]; c != nil && c.decl == x {
				g.declareRow(p, c)
			}
		}
		if t, ok := d.(*ast.TypeDecl); ok {
			outer := g.refusal
			g.refusal = nil
			g.declareType(t, p.schema, p.member(g.e.names.fold(g.f.Last(t.Name))))
			if outer != nil {
				g.refusal = outer
			}
		}
	}
}

// packageRoutine converts one routine of a package body.
func (g *gen) packageRoutine(p *packageFacts, r *ast.Routine, b *unitText) {
	ref := g.ref(r.Name)
	name := g.e.routineTarget(p, ref.Routine, g.f.Last(r.Name))
	own := name == p.member(g.e.names.fold(g.f.Last(r.Name)))
	target := quote.Qualified(p.schema, name)
	outer := g.member
	g.member = &member{pkg: p, name: name}
	g.member.decl, g.member.half = p.declaration(ref.Routine)
	defer func() { g.member = outer }()
	comment := g.leading(r)
	spec := routineSpec{schema: p.schema, name: name, member: p.object.Name + "." + g.f.Last(r.Name)}
	if p.init != nil && (ref.Routine == nil || !ref.Routine.Private) { // what the initialisation does may be seen without a variable
		spec.starts = []string{"PERFORM " + p.initName() + "()"}
	}
	if !own {
		g.report(r, "overload", "%s can be called with the same types as another one of its name, which PostgreSQL cannot tell apart; it is called %s", g.f.Last(r.Name), name)
	}
	sql, m := g.routineSQL(r, spec)
	b.add(comment + sql)
	b.out.Refused = b.out.Refused || m.Refused
	if ref.Routine != nil && ref.Routine.Private && !m.Refused {
		kind := r.Kind.String()
		if g.e.calls.asProcedure(ref.Routine) {
			kind = "PROCEDURE"
		}
		b.add("COMMENT ON " + kind + " " + target + "(" + m.Args + ") IS 'private to the package body';\n")
	}
	b.out.Members = append(b.out.Members, m)
}

// refusedRoutine is the original of a routine as a comment.
func (g *gen) refusedRoutine(r *ast.Routine, target string, why *model.Finding) string {
	return "-- refused, " + why.Code + ": " + oneLine(why.Message) + "\n" + g.asComment(r) + "\n"
}

// inputTypes are the types of the input arguments as DROP FUNCTION and COMMENT want them.
func (g *gen) inputTypes(r *ast.Routine) string {
	var list []string
	for _, p := range r.Params {
		if p.Out && !p.In {
			continue
		}
		list = append(list, g.dataType(p.Type, inParameter))
	}
	return strings.Join(list, ", ")
}

// declaration is the declaration in the specification of a routine of the body.
func (p *packageFacts) declaration(m *model.Routine) (*ast.Routine, *half) {
	if m == nil || m.Private || p.spec.unit == nil {
		return nil, nil
	}
	f := p.spec.unit.Source.Parsed
	for _, d := range p.spec.decls {
		if r, ok := d.(*ast.Routine); ok && f.Pos(r) == m.Pos {
			return r, &p.spec
		}
	}
	return nil, nil
}

// bodiless tells of routines that a specification declares and that nothing in the source defines.
func (g *gen) bodiless(p *packageFacts, decls []ast.Decl, b *unitText) {
	for _, d := range decls {
		r, ok := d.(*ast.Routine)
		if !ok {
			continue
		}
		refused := b.part(func() string {
			g.refuse(r, "package", "%s has no body in the source", g.what(r))
			return ""
		})
		m := g.ref(r.Name).Routine
		target := quote.Qualified(p.schema, g.e.routineTarget(p, m, g.f.Last(r.Name)))
		b.add(g.refusedRoutine(r, target, refused))
		b.out.Members = append(b.out.Members, Member{
			Name: p.object.Name + "." + g.f.Last(r.Name), Target: target, Args: g.inputTypes(r),
			Proc: r.Kind == token.PROCEDURE, Pos: g.f.Pos(r), Refused: true, Code: refused.Code,
		})
	}
}

// declaredDefault is the default of a parameter of the member at hand that only the specification gives; "" when there is none.
func (g *gen) declaredDefault(r *ast.Routine, i int) (s string, ok bool) {
	m := g.member
	if m == nil || m.decl == nil || i >= len(m.decl.Params) || m.decl.Params[i].Default == nil || len(m.decl.Params) != len(r.Params) {
		return "", false
	}
	g.inHalf(m.half, func() { s = g.text(m.decl.Params[i].Default) })
	return s, true
}
