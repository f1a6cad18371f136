package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// routineTarget is the PostgreSQL name, unquoted, of a routine of a package. Overloads keep their name where PostgreSQL can
// tell them apart by the types of the arguments; one that it cannot tell from an earlier one (DATE and TIMESTAMP, a
// procedure and a function, or two that are alike once what has a default is left out) gets a name of its own, which calls
// use as the resolver has chosen it.
func (e *Estate) routineTarget(p *packageFacts, m *model.Routine, name string) string {
	if p != nil && m != nil && m.Overload > 0 {
		if s := p.names()[m]; s != "" {
			return s
		}
	}
	if p != nil {
		return p.member(e.names.fold(name))
	}
	return e.names.fold(name)
}

// names are the names of the overloads of a package that do not keep theirs.
func (p *packageFacts) names() map[*model.Routine]string {
	p.naming.Do(func() {
		p.named = map[*model.Routine]string{}
		taken := overloads{}
		for _, m := range p.object.Package.Routines {
			if m.Overload == 0 || p.body.unit != nil && m.Body.Line == 0 { // without a body it is refused, and takes no name
				continue
			}
			name := p.member(p.e.names.fold(m.Name))
			if s := taken.name(name, p.shapeOf(m)); s != name {
				p.named[m] = s
			}
		}
	})
	return p.named
}

// shapeOf is how PostgreSQL sees a routine of the package.
func (p *packageFacts) shapeOf(m *model.Routine) shape {
	for _, h := range []*half{&p.spec, &p.body} {
		if h.unit == nil {
			continue
		}
		f := h.unit.Source.Parsed
		for _, d := range h.decls {
			r, ok := d.(*ast.Routine)
			if !ok || f.Pos(r) != m.Pos && f.Pos(r) != m.Body {
				continue
			}
			return p.e.scratch(h.unit, h.resolved(p.e)).shape(r)
		}
	}
	s := shape{}
	for _, a := range m.Params {
		s.add(a.Type.String(), strings.Contains(a.Mode, "OUT"), a.Mode != "OUT", a.Default != "", !m.Function)
	}
	return s
}

// overloads are the routines that have a name already.
type overloads map[string][]shape

// name takes the first of name, name$2, name$3 ... under which PostgreSQL can tell a routine from the others.
func (o overloads) name(name string, s shape) string {
	for i := 1; ; i++ {
		n := short(name)
		if i > 1 {
			n = short(name + "$" + itoa(i))
		}
		if !slices.ContainsFunc(o[n], s.clashes) {
			o[n] = append(o[n], s)
			return n
		}
	}
}

// shape is what PostgreSQL tells routines of a name apart by. A call in an expression gives the input arguments; CALL has
// something in the place of the others, too.
type shape struct{ given, called argTypes }

// argTypes are types of arguments; what is behind need may be left out.
type argTypes struct {
	types []string
	need  int
}

// shape is how PostgreSQL sees a routine; header has the rules for defaults.
func (g *gen) shape(r *ast.Routine) shape {
	s := shape{}
	for _, p := range r.Params {
		s.add(g.argType(p.Type), p.Out, p.In || !p.Out, p.Default != nil, r.Kind == token.PROCEDURE)
	}
	return s
}

// argType is the type of a parameter, without the detour through the column that it is anchored to.
func (g *gen) argType(d *ast.DataType) string {
	s := g.dataType(d, inParameter)
	if strings.HasSuffix(s, "%TYPE") {
		if own, ok := g.typeText(*g.ref(d.Name).TypeOf(), inParameter); ok {
			return own
		}
	}
	return s
}

func (s *shape) add(typ string, out, in, deflt, procedure bool) {
	optional := deflt || s.given.need < len(s.given.types) || s.called.need < len(s.called.types)
	if in || procedure && optional {
		s.given.add(typ, optional)
	}
	if in || procedure && out {
		s.called.add(typ, optional)
	}
}

func (a *argTypes) add(typ string, optional bool) {
	a.types = append(a.types, typ)
	if !optional {
		a.need++
	}
}

// clashes reports whether there are calls that mean either routine: PostgreSQL does not prefer the one of which less has to
// be filled in (PG, "Function Type Resolution").
func (s shape) clashes(t shape) bool { return s.given.clash(t.given) || s.called.clash(t.called) }

func (a argTypes) clash(b argTypes) bool {
	n := max(a.need, b.need)
	return n <= len(a.types) && n <= len(b.types) && slices.Equal(a.types[:n], b.types[:n])
}

// scratch is a conversion whose findings and outputs nobody asks for: it answers questions about a unit.
func (e *Estate) scratch(u *scripts.Unit, info *resolve.Info) *gen {
	return &gen{
		e: e, f: u.Source.Parsed, info: info, unit: u, object: u.Object, schema: u.Schema,
		support: map[string]bool{}, needs: map[string]bool{},
	}
}
