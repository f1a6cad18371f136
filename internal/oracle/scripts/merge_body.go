package scripts

import (
	"strings"

	"landfall/internal/model"
)

// mergeBodies brings the members of bodies into their specifications.
func (fd *folder) mergeBodies() {
	for _, k := range sortedKeys(fd.objects) {
		body := fd.objects[k]
		list := fd.made[k]
		if len(list) == 0 {
			continue
		}
		switch m := list[0]; k.kind {
		case model.KindPackageBody:
			spec := fd.specification(model.KindPackage, body, m.unit)
			if m.members == nil { // wrapped or unreadable
				spec.Package.Body = body.Pos
				continue
			}
			mergePackage(spec.Package, m.members, body.Pos)
		case model.KindTypeBody:
			spec := fd.specification(model.KindType, body, m.unit)
			if spec.Type == nil {
				continue
			}
			for _, r := range m.methods {
				if d := match(spec.Type.Methods, r); d != nil {
					d.Body, d.Lines, d.Autonomous = r.Pos, r.Lines, r.Autonomous
				} else {
					r.Private, r.Body = true, r.Pos
					spec.Type.Methods = append(spec.Type.Methods, r)
				}
			}
		}
	}
}

// specification finds what a body belongs to; a body alone implies it.
func (fd *folder) specification(kind model.ObjectKind, body *model.Object, u *Unit) *model.Object {
	k := key{kind, body.Schema, body.Name}
	if o := fd.objects[k]; o != nil {
		if o.Package == nil && kind == model.KindPackage {
			o.Package = &model.Package{}
		}
		return o
	}
	o := &model.Object{Kind: kind, Schema: body.Schema, Name: body.Name, Pos: body.Pos, Implied: true}
	detail(o)
	fd.add(k, o, u)
	return o
}

func mergePackage(p *model.Package, m *bodyMembers, at model.Pos) {
	p.Body, p.Init = at, m.init
	p.Serially = p.Serially || m.pkg.Serially
	p.Variables = append(p.Variables, m.pkg.Variables...)
	p.Types = append(p.Types, m.pkg.Types...)
	for _, r := range m.routines {
		if d := match(p.Routines, r); d != nil {
			d.Body, d.Lines, d.Autonomous, d.External = r.Pos, r.Lines, r.Autonomous, r.External
			d.Pipelined, d.ResultCache = d.Pipelined || r.Pipelined, d.ResultCache || r.ResultCache
			continue
		}
		r.Private, r.Body = true, r.Pos
		p.Routines = append(p.Routines, r)
	}
	overloads(p.Routines)
}

// match finds the declaration of a routine that has a body now: the same name, parameters and types. Where none
// agrees in all of it (a type written another way), the one left over with the same parameter names.
func match(decls []*model.Routine, r *model.Routine) *model.Routine {
	var loose *model.Routine
	for _, d := range decls {
		if d.Name != r.Name || d.Function != r.Function || d.Body.IsValid() || d.Private || len(d.Params) != len(r.Params) {
			continue
		}
		names, types := true, true
		for i := range d.Params {
			names = names && d.Params[i].Name == r.Params[i].Name
			types = types && sameType(d.Params[i].Type, r.Params[i].Type)
		}
		if names && types {
			return d
		}
		if names && loose == nil {
			loose = d
		}
	}
	return loose
}

func sameType(a, b model.TypeRef) bool {
	return a.Name == b.Name && a.Schema == b.Schema && a.Anchor == b.Anchor ||
		a.Anchor == b.Anchor && a.Anchor != "" && strings.EqualFold(a.Name, b.Name)
}

// overloads numbers routines that share a name.
func overloads(list []*model.Routine) {
	count := map[string]int{}
	for _, r := range list {
		count[r.Name]++
	}
	at := map[string]int{}
	for _, r := range list {
		r.Overload = 0
		if count[r.Name] > 1 {
			at[r.Name]++
			r.Overload = at[r.Name]
		}
	}
}
