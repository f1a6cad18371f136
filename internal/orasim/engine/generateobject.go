package engine

import "landfall/internal/orasim/session"

// object makes a value of an object type or collection: an object of any type that its place takes, now and then one without any attribute;
// a collection of few elements, or none. REFs, and types whose text was not understood, stay NULL.
func (g *generator) object(t typ, i, attempt int) []byte {
	u, ok := g.types[t]
	if !ok {
		if g.types == nil {
			g.types = map[typ]*udt{}
		}
		u = g.s.udt(t)
		g.types[t] = u
	}
	const deepest = 8 // of types that hold themselves
	if u == nil || g.depth == deepest {
		return nil
	}
	g.depth++
	defer func() { g.depth-- }()
	switch {
	case u.elem != nil:
		most := 6
		if u.limit > 0 {
			most = min(most, u.limit)
		}
		list := make([][]byte, g.r.IntN(most+1))
		for k := range list {
			list[k] = g.part(*u.elem, i+k, attempt)
		}
		return session.AppendParts(nil, list)
	}
	choice := g.instances(u)
	if len(choice) == 0 {
		return nil
	}
	u = choice[g.r.IntN(len(choice))]
	attrs := make([][]byte, len(u.attrs))
	if g.r.IntN(25) > 0 {
		for k, a := range u.attrs {
			attrs[k] = g.part(a.typ, i, attempt)
		}
	}
	return u.image(attrs)
}

// part makes an attribute or element.
func (g *generator) part(t typ, i, attempt int) []byte {
	if t.kind == kXML || t.kind == kLong || t.kind == kLongRaw || g.r.IntN(12) == 0 {
		return nil
	}
	d := g.parts[t]
	if d == nil {
		if g.parts == nil {
			g.parts = map[typ]*domain{}
		}
		d = &domain{col: &column{typ: t}}
		g.parts[t] = d
	}
	v := d.any(g, i, attempt)
	if v == nil || t.kind == kOther {
		return v
	}
	v, err := fit(t, false, g.db.set)(v)
	if err != nil {
		return nil
	}
	return v
}

// instances are the types whose objects a place of type u takes.
func (g *generator) instances(u *udt) []*udt {
	list, ok := g.kinds[u.object.objectName]
	if ok {
		return list
	}
	for _, o := range g.db.sorted(0, func(o *object) bool { return o.kind == "TYPE" }) {
		if sub := g.s.udtOf(o); sub != nil && sub.elem == nil && !sub.never && u.takes(sub) {
			list = append(list, sub)
		}
	}
	if g.kinds == nil {
		g.kinds = map[objectName][]*udt{}
	}
	g.kinds[u.object.objectName] = list
	return list
}
