package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// A function AGGREGATE USING type becomes an aggregate whose state is an object of the type: a step function initialises
// it at the first row and calls ODCIAggregateIterate, a final function calls ODCIAggregateTerminate, also where there was
// no row. ODCIAggregateIterate is not called for NULL (Data Cartridge Developer's Guide, "User-Defined Aggregate Functions
// Interface"). ODCIAggregateMerge has nothing to do, as the aggregate is not run in parallel.

// aggregateProp is AGGREGATE USING of a routine, nil where it has none.
func aggregateProp(r *ast.Routine) *ast.RoutineProp {
	for _, p := range r.Props {
		if p.Kind == token.AGGREGATE && len(p.Names) == 1 {
			return p
		}
	}
	return nil
}

// aggregateMethods are the methods of the type that implements an aggregate.
type aggregateMethods struct {
	state                string // PostgreSQL type of the type's objects
	initialize           string // qualified names
	iterate, terminate   string
	context, self, value string // OUT parameters: columns of what they give
}

// createAggregate emits a stand-alone function that is implemented by a type. ok is false where it is no such function,
// or its type is not in the source or not of the shape that can be called.
func (g *gen) createAggregate(x *ast.CreateRoutine) (ok bool) {
	r := x.Routine
	p := aggregateProp(r)
	if p == nil || len(r.Params) != 1 || r.Return == nil {
		return false
	}
	m, ok := g.aggregateMethods(p.Names[0])
	if !ok {
		return false
	}
	schema, name := g.routineTarget(r.Name)
	value, result := unsized(g.dataType(r.Params[0].Type, inParameter)), unsized(g.dataType(r.Return, inParameter))
	if g.refusal != nil || strings.HasSuffix(value, "%TYPE") || strings.HasSuffix(result, "%TYPE") {
		return false
	}
	for _, q := range r.Props {
		if q != p {
			g.ignore(q, "routine-options", "%s", g.source(q))
		}
	}
	target := quote.Qualified(schema, name)
	step, final := suffixed(target, "$step"), suffixed(target, "$final")
	called := func(fn, args string) string {
		return "SELECT * INTO o FROM " + fn + "(" + args + ");\n" +
			"    IF o." + returnValue + " <> 0 THEN\n        RAISE EXCEPTION 'ORA-29400: data cartridge error' USING ERRCODE = " + g.use("sqlstate") + "(-29400);\n    END IF;\n"
	}
	begin := "    IF state IS NOT DISTINCT FROM NULL THEN\n        " + indentMore(called(m.initialize, "NULL")) + "        state := o." + m.context + ";\n    END IF;\n"
	sql := g.mark(x) + "CREATE OR REPLACE FUNCTION " + step + "(state " + m.state + ", value " + value + ")\nRETURNS " + m.state + "\nLANGUAGE plpgsql\nAS " +
		dollar("\nDECLARE\n    o record;\nBEGIN\n    IF value IS NULL THEN\n        RETURN state;\n    END IF;\n"+begin+"    "+called(m.iterate, "state, value")+"    RETURN o."+m.self+";\nEND;\n") + ";\n" +
		"CREATE OR REPLACE FUNCTION " + final + "(state " + m.state + ")\nRETURNS " + result + "\nLANGUAGE plpgsql\nAS " +
		dollar("\nDECLARE\n    o record;\nBEGIN\n"+begin+"    "+called(m.terminate, "state, 0")+"    RETURN o."+m.value+";\nEND;\n") + ";\n" +
		"CREATE OR REPLACE AGGREGATE " + target + "(" + value + ") (SFUNC = " + step + ", STYPE = " + m.state + ", FINALFUNC = " + final + ");\n"
	g.emit(&Output{
		Phase: PhaseRoutine, Schema: schema, Name: name, SQL: g.withStrays(x, sql),
		Members: []Member{{Name: g.f.Last(r.Name), Target: target, Args: value, Pos: g.f.Pos(r)}},
	})
	return true
}

// aggregateText is a call of such an aggregate, with DISTINCT and OVER.
func (g *gen) aggregateText(c *ast.Call, name, args string) string {
	if c.Distinct == token.DISTINCT || c.Distinct == token.UNIQUE {
		args = "DISTINCT " + args
	}
	text := name + "(" + args + ")"
	if c.Over != nil {
		text += " " + g.over(c.Over)
	}
	return text
}

func indentMore(s string) string {
	return strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n    ") + "\n"
}

// aggregateMethods finds the methods of the implementing type.
func (g *gen) aggregateMethods(n *ast.Name) (m aggregateMethods, ok bool) {
	o := g.catalogObject(model.KindType, n)
	t := g.e.types[o]
	if o == nil || o.Type == nil || t == nil || t.family() || t.body.unit == nil {
		return m, false
	}
	m.state = g.e.names.object(o)
	for _, r := range o.Type.Methods {
		if g.e.calls.asProcedure(r) || !r.Function {
			continue
		}
		var in, out []string
		for _, p := range r.Params {
			name := g.localName(p.Name)
			if p.Name == "SELF" {
				name = "self"
			}
			if p.Mode != "OUT" {
				in = append(in, name)
			}
			if strings.Contains(p.Mode, "OUT") {
				out = append(out, name)
			}
		}
		target := quote.Qualified(g.e.names.schema(o.Schema), g.e.methodTarget(t, r, r.Name))
		switch r.Name {
		case "ODCIAGGREGATEINITIALIZE":
			if len(in) == 1 && len(out) == 1 {
				m.initialize, m.context = target, out[0]
			}
		case "ODCIAGGREGATEITERATE":
			if len(in) == 2 && len(out) == 1 && out[0] == "self" {
				m.iterate, m.self = target, "self"
			}
		case "ODCIAGGREGATETERMINATE":
			if n := len(in); len(out) >= 1 && (n == 2 || n == 1 && in[0] != "self") {
				m.terminate, m.value = target, out[len(out)-1]
			}
		}
	}
	return m, m.initialize != "" && m.iterate != "" && m.terminate != ""
}
