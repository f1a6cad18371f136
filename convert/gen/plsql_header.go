package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// header is the head of a routine in PostgreSQL.
type header struct {
	kind    string   // PROCEDURE or FUNCTION
	params  string   // with parentheses
	returns string   // "RETURNS numeric\n", "" for procedures and composite results
	options string   // "IMMUTABLE\n"
	args    string   // types of the input arguments
	names   []string // of all parameters, as the body writes them
}

func (h header) create(target string) string {
	return "CREATE OR REPLACE " + h.kind + " " + target + h.params + "\n" + h.returns
}

// returnValue is the name of the field that holds the value of a function with OUT parameters.
const returnValue = "return_value"

// header converts the head of a routine. PostgreSQL asks that every input parameter behind one with a default has one, too
// (PG, CREATE FUNCTION), and allows no OUT parameter of a procedure there: docs/conversion-model.md says what stands
// instead.
func (g *gen) header(r *ast.Routine, spec routineSpec) header {
	h := header{kind: "FUNCTION"}
	if !g.body.function {
		h.kind = "PROCEDURE"
	}
	composite := r.Kind == token.FUNCTION && !g.body.function
	if r.Kind == token.FUNCTION {
		for _, p := range r.Params {
			composite = composite || p.Out
		}
		for _, p := range append(append([]extraParam{}, spec.before...), spec.behind...) {
			composite = composite || p.mode == "OUT" || p.mode == "INOUT"
		}
	}
	g.body.composite = composite
	var (
		subs     []sub
		args     []string
		defaults bool
	)
	for i, p := range r.Params {
		s, typ, in := g.param(r, i, p, &defaults)
		subs = append(subs, put(p, s))
		if in {
			args = append(args, typ)
		}
	}
	own := ""
	if len(r.Params) > 0 {
		own = g.spliceRange(r.Params[0].Lo, r.Params[len(r.Params)-1].Hi, subs...)
	}
	list := make([]string, 0, 4)
	before := make([]string, 0, len(spec.before))
	for _, p := range spec.before {
		list = append(list, p.text(false))
		h.names = append(h.names, p.name)
		if p.mode != "OUT" {
			before = append(before, p.typ)
		}
	}
	if own != "" {
		list = append(list, own)
	}
	for _, p := range r.Params {
		h.names = append(h.names, g.localName(g.f.Last(p.Name)))
	}
	for _, p := range spec.behind {
		list = append(list, p.text(defaults))
		h.names = append(h.names, p.name)
		if p.mode != "OUT" {
			args = append(args, p.typ)
		}
	}
	if r.Kind == token.FUNCTION {
		ret := "record"
		if r.Return != nil {
			ret = g.dataType(r.Return, inParameter)
		}
		if r.ReturnSelf && spec.returns != "" {
			ret = spec.returns
		}
		if row, ok := g.pipelinedRow(r); ok {
			ret = "SETOF " + row
		}
		switch {
		case composite && h.kind == "PROCEDURE":
			g.report(r.Name, "commit", "the function %s ends a transaction, so it becomes a procedure whose last parameter, %s, is its value", g.f.Last(r.Name), returnValue)
			h.names = append(h.names, returnValue)
			if defaults {
				list = append(list, "INOUT "+returnValue+" "+ret+" DEFAULT NULL")
				g.body.starts = append(g.body.starts, returnValue+" := NULL")
				args = append(args, ret)
			} else {
				list = append(list, "OUT "+returnValue+" "+ret)
			}
		case composite:
			list = append(list, "OUT "+returnValue+" "+ret)
		default:
			h.returns = "RETURNS " + ret + "\n"
		}
	}
	h.params = "(" + strings.Join(list, ", ") + ")"
	h.args = strings.Join(append(before, args...), ", ")
	h.options = g.routineOptions(r)
	return h
}

func (p extraParam) text(afterDefault bool) string {
	mode := p.mode
	if afterDefault && mode == "OUT" {
		mode = "INOUT"
	}
	s := p.name + " " + p.typ
	if mode != "" && mode != "IN" {
		s = mode + " " + s
	}
	if afterDefault {
		s += " DEFAULT NULL"
	}
	return s
}

// param converts one parameter; in tells that it is among the input arguments.
func (g *gen) param(r *ast.Routine, i int, p *ast.Param, defaults *bool) (text, typ string, in bool) {
	typ = g.dataType(p.Type, inParameter)
	mode := ""
	switch {
	case p.In && p.Out:
		mode = "INOUT "
	case p.Out && *defaults && !g.body.function:
		mode = "INOUT "
		g.body.starts = append(g.body.starts, g.localName(g.f.Last(p.Name))+" := NULL")
	case p.Out:
		mode = "OUT "
	}
	in = mode != "OUT "
	text = mode + g.localName(g.f.Last(p.Name)) + " " + typ
	declared, inSpec := "", false
	if p.Default == nil {
		declared, inSpec = g.declaredDefault(r, i)
	}
	switch {
	case p.Default != nil:
		*defaults = true
		text += " DEFAULT " + g.defaultText(p)
	case inSpec:
		*defaults = true
		text += " DEFAULT " + declared
	case *defaults && in:
		text += " DEFAULT NULL"
	}
	return text, typ, in
}

// defaultText is the default of a parameter. It is evaluated in the caller, where nothing can be hoisted.
func (g *gen) defaultText(p *ast.Param) string {
	before := g.body.before
	g.body.before = nil
	f := g.assigned(p.Default, *g.ref(p.Name).TypeOf())
	if len(g.body.before) > 0 {
		g.refuse(p.Default, "not-converted", "the default of %s needs a statement of its own", g.f.Last(p.Name))
	}
	g.body.before = before
	return f.s
}

// routineOptions converts DETERMINISTIC and friends. A function is VOLATILE in PostgreSQL unless it says otherwise; one
// that Oracle calls DETERMINISTIC is IMMUTABLE when it reads nothing but its arguments, else STABLE.
func (g *gen) routineOptions(r *ast.Routine) string {
	s := ""
	if (hasProp(r.Props, token.DETERMINISTIC) || g.declaredDeterministic(r)) && g.body.function && r.Body != nil && !g.body.composite {
		switch {
		case g.writesData(r.Body):
		case g.pure(r.Body):
			s += "IMMUTABLE\n"
		case g.isIndexed(r):
			g.reportAs(r.Name, "function-index", model.Medium, model.Review, "an index or a generated column calls the function, so that it is IMMUTABLE, as DETERMINISTIC promises, though it reads more than its arguments")
			s += "IMMUTABLE\n"
		default:
			s += "STABLE\n"
		}
	}
	for _, p := range r.Props {
		switch p.Kind {
		case token.PARALLEL_ENABLE, token.RESULT_CACHE:
			g.ignore(p, "routine-options", "%s", g.source(p))
		case token.AUTHID:
			if p.Value == token.DEFINER && g.e.Policy.AuthID == "definer" {
				s += "SECURITY DEFINER\n"
			}
		case token.AGGREGATE, token.SQL_MACRO:
			g.refuse(p, "routine-options", "%s has no counterpart", g.source(p))
		}
	}
	if !hasProp(r.Props, token.AUTHID) && g.e.Policy.AuthID == "definer" {
		s += "SECURITY DEFINER\n"
	}
	return s
}

func hasProp(list []*ast.RoutineProp, kind token.Keyword) bool {
	for _, p := range list {
		if p.Kind == kind {
			return true
		}
	}
	return false
}
