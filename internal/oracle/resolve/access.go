package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// access is an Access being filled.
type access struct {
	Access      // Columns as they come, more than once; see finish
	mute   bool // no columns are noted
}

func (a *access) column(name string) {
	if a != nil && !a.mute {
		a.Columns = append(a.Columns, name)
	}
}

func (a *access) all(s *shape) {
	if a == nil || a.mute {
		return
	}
	for _, f := range s.fields {
		a.column(f.name)
	}
}

// write sets how a source is written; MERGE and an UPDATE of a view's column may come later than the read.
func (a *access) write(how string) {
	if a != nil {
		a.Write = how
	}
}

func (r *resolver) access(n ast.Node, name *ast.Name, o *model.Object, link string) *access {
	a := &access{Access: Access{Node: n, Object: o, Link: link}, mute: r.namesOnly}
	if !r.namesOnly {
		a.Name = r.f.Source(name)
		r.accesses = append(r.accesses, a)
	}
	return a
}

// Ways in which one object uses another.
const (
	howReads      = "reads"
	howWrites     = "writes"
	howCalls      = "calls"
	howType       = "type"
	howReferences = "references"
	howBase       = "base"
	howLink       = "link"
)

type dependKey struct {
	kind              model.ObjectKind
	schema, name, how string
	link              string
}

// depend notes that the statement uses a catalog object.
func (r *resolver) depend(o *model.Object, how string, at ast.Node) {
	if o == nil || o == r.self {
		return
	}
	r.edge(model.Dependency{Kind: o.Kind, Schema: o.Schema, Name: o.Name, How: how, Found: true}, at)
}

// reachedBy notes an object with the synonyms on the way to it.
func (r *resolver) reachedBy(x *reached, how string, at ast.Node) {
	for _, s := range x.synonyms {
		r.depend(s, howReferences, at)
	}
	if x.link != "" {
		r.remote(x.schema, x.name, x.link, at)
		return
	}
	r.depend(x.object, how, at)
}

// missing notes a use of something the catalog does not have.
func (r *resolver) missing(kind model.ObjectKind, schema, name, how string, at ast.Node) {
	r.edge(model.Dependency{Kind: kind, Schema: schema, Name: name, How: how}, at)
}

func (r *resolver) remote(schema, name, link string, at ast.Node) {
	r.edge(model.Dependency{Schema: schema, Name: name, How: howLink, External: link}, at)
}

func (r *resolver) edge(d model.Dependency, at ast.Node) {
	if r.namesOnly {
		return
	}
	k := dependKey{d.Kind, d.Schema, d.Name, d.How, d.External}
	if r.depends[k] {
		return
	}
	r.depends[k] = true
	d.Pos = r.f.Pos(at)
	r.info.Depends = append(r.info.Depends, d)
}
