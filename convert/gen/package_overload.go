package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

// routineTarget is the PostgreSQL name, unquoted, of a routine of a package. Overloads keep their name where PostgreSQL can
// tell them apart by the types of the input arguments; one that it cannot tell from an earlier one (DATE and TIMESTAMP,
// NUMBER and INTEGER, a procedure and a function) gets a name of its own, which calls use as the resolver has chosen it.
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
		taken := map[string]bool{}
		for _, m := range p.object.Package.Routines {
			if m.Overload == 0 {
				continue
			}
			name := p.member(p.e.names.fold(m.Name))
			types := p.inputTypesOf(m)
			if !taken[name+"("+types] {
				taken[name+"("+types] = true
				continue
			}
			for i := 2; ; i++ {
				s := short(name + "$" + itoa(i))
				if !taken[s+"("+types] {
					taken[s+"("+types] = true
					p.named[m] = s
					break
				}
			}
		}
	})
	return p.named
}

// inputTypesOf are the PostgreSQL types of the input arguments of a routine, without what only a domain tells apart.
func (p *packageFacts) inputTypesOf(m *model.Routine) string {
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
			return p.e.scratch(h.unit, h.resolved(p.e)).inputTypes(r)
		}
	}
	var list []string
	for _, a := range m.Params {
		list = append(list, a.Type.String())
	}
	return strings.Join(list, ", ")
}

// scratch is a conversion whose findings and outputs nobody asks for: it answers questions about a unit.
func (e *Estate) scratch(u *scripts.Unit, info *resolve.Info) *gen {
	return &gen{
		e: e, f: u.Source.Parsed, info: info, unit: u, object: u.Object, schema: u.Schema,
		support: map[string]bool{}, needs: map[string]bool{}, seen: map[uint32]bool{},
	}
}
