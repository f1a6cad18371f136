package gen

import (
	"context"
	"slices"
	"strings"
	"sync"

	"landfall/convert/support"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/parallel"
)

// PostgreSQL takes only immutable functions in an index and in a generated column. What of the source's own functions is
// to be immutable, Oracle knows by DETERMINISTIC: a promise of the author, which neither of the two holds against the body.

// routineKey is a routine by schema, object and name: one of a package or type, or a stand-alone one, where both names are
// the same.
type routineKey struct{ schema, object, name string }

// findIndexed notes the routines that indexes and virtual columns call.
func (e *Estate) findIndexed() {
	e.indexed = map[routineKey]bool{}
	var mu sync.Mutex
	_ = parallel.Each(context.Background(), len(e.units), 0, nil, func(i int) { // which only fails when its context ends
		var exprs []ast.Expr
		u := e.units[i] // not opened: only package bodies have something that is put away
		switch x := u.Stmt.(type) {
		case *ast.CreateIndex:
			for _, it := range x.Items {
				exprs = append(exprs, it.X)
			}
		case *ast.CreateTable:
			for _, c := range x.Columns {
				if c.Generated != nil {
					exprs = append(exprs, c.Generated)
				}
			}
		}
		exprs = slices.DeleteFunc(exprs, func(x ast.Expr) bool { _, plain := x.(*ast.Name); return plain })
		if len(exprs) == 0 {
			return
		}
		f := u.Source.Parsed
		info := e.resolver.Resolve(f, u.Stmt, u.Schema)
		for _, x := range exprs {
			ast.Walk(x, func(n ast.Node) bool {
				name, ok := n.(*ast.Name)
				if !ok {
					return true
				}
				k := routineKey{}
				if ref := info.Ref(name); ref != nil && ref.Kind == resolve.Routine && ref.Object != nil {
					k = routineKey{ref.Object.Schema, ref.Object.Name, f.Last(name)}
				} else if o := e.indexedRows(f, u.Stmt, info, name); o != nil {
					if t := e.resolver.RowType(o); t.Object != nil {
						k = routineKey{t.Object.Schema, t.Object.Name, f.Last(name)}
					}
				}
				if k.name != "" {
					mu.Lock()
					e.indexed[k] = true
					mu.Unlock()
				}
				return true
			})
		}
	})
}

// indexedRows is the table of an index whose rows a name of two parts is called of, nil where it is none.
func (e *Estate) indexedRows(f *ast.File, s ast.Stmt, info *resolve.Info, n *ast.Name) *model.Object {
	x, ok := s.(*ast.CreateIndex)
	p := f.Parts(n)
	if !ok || len(p) != 2 || x.Table == nil {
		return nil
	}
	if x.Alias != nil && f.Last(x.Alias) == p[0] || x.Alias == nil && f.Last(x.Table) == p[0] {
		if ref := info.Ref(x.Table); ref != nil {
			return ref.Object
		}
	}
	return nil
}

// isIndexed reports whether an index or a virtual column calls a routine of the unit at hand.
func (g *gen) isIndexed(r *ast.Routine) bool {
	o := g.e.object(g.unit.Object)
	return o != nil && r.Name != nil && g.e.indexed[routineKey{o.Schema, o.Name, g.f.Last(r.Name)}]
}

// declaredDeterministic reports whether the specification of a package or type says DETERMINISTIC of a routine: its body need
// not say it again.
func (g *gen) declaredDeterministic(r *ast.Routine) bool {
	o := g.e.object(g.unit.Object)
	if o == nil || r.Name == nil {
		return false
	}
	name, body := g.f.Last(r.Name), g.f.Pos(r)
	for _, k := range []model.ObjectKind{model.KindPackage, model.KindType} {
		spec := g.e.Catalog.Find(k, o.Schema, o.Name)
		if spec == nil {
			continue
		}
		var list []*model.Routine
		if spec.Package != nil {
			list = spec.Package.Routines
		}
		if spec.Type != nil {
			list = append(list, spec.Type.Methods...)
		}
		for _, m := range list {
			if m.Deterministic && m.Name == name && (m.Overload == 0 || m.Body == body) {
				return true
			}
		}
	}
	return false
}

// notImmutable says what in an index expression PostgreSQL does not take as immutable, "" where nothing is known of the kind.
func (g *gen) notImmutable(x ast.Expr, sql string) string {
	why := ""
	ast.Walk(x, func(n ast.Node) bool {
		name, ok := n.(*ast.Name)
		if !ok || why != "" {
			return why == ""
		}
		if ref := g.ref(name); ref.Kind == resolve.Routine && ref.Routine != nil && !ref.Routine.Deterministic {
			why = "the function " + g.source(name) + " is not DETERMINISTIC, which Oracle demands, too"
		}
		return true
	})
	if why != "" {
		return why
	}
	for _, word := range strings.Split(sql, "landfall.")[1:] {
		end := strings.IndexFunc(word, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
		if end > 0 && word[end] == '(' && support.Changing(word[:end]) {
			return "landfall." + word[:end] + " depends on settings or on the day"
		}
	}
	if strings.Contains(sql, "landfall.json_value(") && strings.Contains(sql, "::timestamp") {
		return "what a text means as a date depends on settings"
	}
	return ""
}
