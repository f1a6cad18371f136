package engine

import (
	"cmp"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// dependency is one row of ALL_DEPENDENCIES.
type dependency struct {
	owner, name, kind, link string
}

// dictDependencies are found in the texts: tables and views of FROM clauses and DML, routines and packages that are called, types.
// A synonym and what it stands for are both named, as Oracle does it.
func dictDependencies(s *Session, put putRow) {
	for _, space := range []byte{0, 'b', 't'} {
		for _, o := range s.db.sorted(space, func(*object) bool { return true }) {
			for _, d := range s.dependencies(o) {
				put("owner", o.owner, "name", o.name, "type", o.kind, "referenced_owner", d.owner, "referenced_name", d.name, "referenced_type", d.kind, "referenced_link_name", d.link, "dependency_type", "HARD")
			}
		}
	}
}

// dependencies are what an object's text names, sorted.
func (s *Session) dependencies(o *object) []dependency {
	set := map[dependency]bool{}
	w := &dependsWalk{s: s, o: o, set: set}
	switch {
	case o.synonym != nil:
		if o.synonym.link == "" {
			w.resolve([]string{o.synonym.owner, o.synonym.name})
		}
	case o.table != nil && !o.table.mview:
		if o.table.ofType != "" && o.table.ofOwner != "" {
			w.resolve([]string{o.table.ofOwner, o.table.ofType})
		}
		for _, col := range o.table.cols {
			if col.typ.kind == kOther && col.typ.name != "BFILE" && !col.unused {
				w.resolve(slices.DeleteFunc([]string{col.typ.schema, col.typ.name}, func(p string) bool { return p == "" }))
			}
		}
	case o.stmt != nil && o.sequence == nil && o.index == nil:
		w.walk(o.stmt)
		if codeKinds[o.kind] && o.kind != "TYPE" && o.kind != "LIBRARY" {
			set[dependency{owner: "SYS", name: "STANDARD", kind: "PACKAGE"}] = true
		}
		if o.space == 'b' { // a body needs its specification
			set[dependency{owner: o.owner, name: o.name, kind: strings.TrimSuffix(o.kind, " BODY")}] = true
		}
	}
	delete(set, dependency{owner: o.owner, name: o.name, kind: o.kind})
	list := make([]dependency, 0, len(set))
	for d := range set {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b dependency) int {
		return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.kind, b.kind), cmp.Compare(a.name, b.name), cmp.Compare(a.link, b.link))
	})
	return list
}

type dependsWalk struct {
	s   *Session
	o   *object
	set map[dependency]bool
}

func (w *dependsWalk) walk(n ast.Node) {
	f := w.o.file
	ast.Walk(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TableName:
			if link := f.LinkName(n.Name); link != "" {
				parts := f.Parts(n.Name)
				d := dependency{name: parts[len(parts)-1], kind: "UNDEFINED", link: link}
				if len(parts) > 1 {
					d.owner = parts[0]
				}
				w.set[d] = true
				return true
			}
			w.resolve(f.Parts(n.Name))
		case *ast.DataType:
			if n.Name != nil {
				w.resolve(f.Parts(n.Name))
			}
		case *ast.CreateTrigger:
			if n.On != nil {
				w.resolve(f.Parts(n.On))
			}
		case *ast.Name:
			if parts := f.Parts(n); len(parts) > 1 || w.callable(parts) {
				w.resolve(parts)
			}
		}
		return true
	})
}

// callable reports whether a name alone is a routine, sequence or package: as a table, it would be a column's name just as well.
func (w *dependsWalk) callable(parts []string) bool {
	o := w.s.db.lookup(w.o.owner, parts)
	return o != nil && (o.kind == "FUNCTION" || o.kind == "PROCEDURE") && len(parts) == 1
}

// resolve notes what a name means: the first two parts, or else the first one.
func (w *dependsWalk) resolve(parts []string) {
	if len(parts) == 0 {
		return
	}
	db := w.s.db
	for n := min(2, len(parts)); n > 0; n-- {
		if w.note(parts[:n]) {
			return
		}
	}
	if first := parts[0]; len(parts) > 1 && (strings.HasPrefix(first, "DBMS_") || strings.HasPrefix(first, "UTL_")) && db.lookup(w.o.owner, parts[:1]) == nil {
		w.set[dependency{owner: "PUBLIC", name: first, kind: "SYNONYM"}] = true
		w.set[dependency{owner: "SYS", name: first, kind: "PACKAGE"}] = true
	}
}

func (w *dependsWalk) note(parts []string) bool {
	db := w.s.db
	name := objectName{owner: w.o.owner, name: parts[0]}
	if len(parts) == 2 {
		name = objectName{owner: parts[0], name: parts[1]}
	}
	o := db.objects2(name)
	if o == nil && len(parts) == 1 {
		name.owner = "PUBLIC"
		o = db.objects2(name)
	}
	if o == nil {
		return false
	}
	for depth := 0; o != nil && depth < 16; depth++ {
		w.set[dependency{owner: o.owner, name: o.name, kind: word(o.kind == "MATERIALIZED VIEW", "TABLE", o.kind)}] = true
		if o.synonym == nil || o.synonym.link != "" {
			break
		}
		o = db.objects2(objectName{owner: o.synonym.owner, name: o.synonym.name})
	}
	return true
}
