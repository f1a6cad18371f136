package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
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
	sql := g.routineSQL(r, g.objectName(r.Name))
	o := &Output{Phase: PhaseRoutine, SQL: g.mark(x) + sql, Refused: g.refusal != nil}
	m := Member{Name: g.f.Last(r.Name), Target: g.objectName(r.Name), Proc: r.Kind == token.PROCEDURE, Pos: g.f.Pos(x), Refused: o.Refused}
	if g.refusal != nil {
		m.Code = g.refusal.Code
		o.SQL = "-- refused, " + g.refusal.Code + ": " + oneLine(g.refusal.Message) + "\n" + g.asComment(x) + "\n"
	}
	o.Members = []Member{m}
	g.emit(o)
}

// routineSQL is the whole CREATE of a routine.
func (g *gen) routineSQL(r *ast.Routine, name string) string {
	g.body = &routine{name: name, function: r.Kind == token.FUNCTION, outer: g.body}
	defer func() { g.body = g.body.outer }()
	params := make([]string, len(r.Params))
	for i, p := range r.Params {
		params[i] = g.param(p)
	}
	head := "CREATE OR REPLACE " + r.Kind.String() + " " + name + "(" + strings.Join(params, ", ") + ")\n"
	if r.Return != nil {
		head += "RETURNS " + g.dataType(r.Return, inParameter) + "\n"
	}
	return head + "LANGUAGE plpgsql\nAS $$\n" + g.blockSQL(r.Body) + ";\n$$;\n"
}

func (g *gen) param(p *ast.Param) string {
	mode := ""
	switch {
	case p.In && p.Out:
		mode = "INOUT "
	case p.Out:
		mode = "OUT "
	}
	s := mode + g.word(p.Name) + " " + g.dataType(p.Type, inParameter)
	if p.Default != nil {
		s += " DEFAULT " + g.text(p.Default)
	}
	return s
}

// routineCall converts a call of a routine of the user's; c is nil without parentheses, at is the whole expression.
func (g *gen) routineCall(n *ast.Name, c *ast.Call, at ast.Node, ref *resolve.Ref) frag {
	args := ""
	if c != nil {
		var list []string
		for _, a := range c.Args {
			s := g.text(a.X)
			if a.Name != nil {
				s = g.word(a.Name) + " => " + s
			}
			list = append(list, s)
		}
		args = strings.Join(list, ", ")
	}
	return atom(g.routineName(n, ref)+"("+args+")", typeOf(g.callType(n, c, ref)))
}

func (g *gen) callType(n *ast.Name, c *ast.Call, ref *resolve.Ref) resolve.Type {
	if c != nil {
		return g.info.Type(c)
	}
	return ref.Type
}

// routineName is the qualified PostgreSQL name of a routine.
func (g *gen) routineName(n *ast.Name, ref *resolve.Ref) string {
	if o := ownerOf(ref); o != nil && o.Kind != model.KindType {
		return g.e.names.ident2(g.e.names.pkg(o.Schema, o.Name), g.e.names.fold(g.f.Last(n)))
	}
	if ref.Object != nil {
		return g.e.names.object(ref.Object)
	}
	return g.objectName(n)
}
