package resolve

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// remoteRef is a name behind a link. Of two parts the first is a schema where an object stands, and may be a
// package where a value stands.
func (r *resolver) remoteRef(n *ast.Name, object bool) *Ref {
	parts := r.parts(n)
	link := strings.ToUpper(r.f.LinkName(n))
	schema, name := "", ""
	if len(parts) > 0 {
		name = parts[0]
	}
	if len(parts) > 1 {
		if last := parts[len(parts)-1]; last == "NEXTVAL" || last == "CURRVAL" {
			parts = parts[:len(parts)-1]
			name = parts[len(parts)-1]
		}
		if len(parts) > 2 || len(parts) > 1 && (object || r.schemaKnown(parts[0])) {
			schema, name = parts[0], parts[1]
		}
	}
	r.remote(schema, name, link, n)
	return &Ref{Kind: Remote, Link: link}
}

// sequence resolves s.NEXTVAL and s.CURRVAL.
func (r *resolver) sequence(n *ast.Name, parts []string) found {
	head := parts[:len(parts)-1]
	// a record field or column may be called so, too
	for s := r.scope; s != nil; s = s.parent {
		if s.kind == blockScope {
			if e, _ := s.qualified(r, parts); e != nil && e.typ != nil && e.typ.shape != nil {
				return notFound
			}
		}
	}
	x, rest := r.walkObject(head)
	switch {
	case x != nil && len(rest) > 0:
		return notFound
	case x != nil && x.link != "":
		r.reachedBy(x, howReads, n)
		return found{ref: r.shared(x, Remote, typeNumber), typ: typeNumber}
	case x != nil && x.object != nil && kindOf(x.object) != Sequence:
		return notFound
	case x != nil && x.object != nil:
		r.reachedBy(x, howReads, n)
		return found{ref: r.shared(x, Sequence, typeNumber), typ: typeNumber}
	}
	if len(head) == 1 || !r.sourceNamed(head[0]) {
		schema := ""
		if len(head) > 1 {
			schema = head[0]
		}
		if !r.sourceNamed(head[len(head)-1]) {
			r.missing(model.KindSequence, schema, head[len(head)-1], howReads, n)
			return found{ref: &Ref{Kind: Sequence, typ: typeNumber}, typ: typeNumber}
		}
	}
	return notFound
}

func (r *resolver) sourceNamed(name string) bool {
	for s := r.scope; s != nil; s = s.parent {
		for _, src := range s.sources {
			if src.alias == name {
				return true
			}
		}
	}
	return false
}
