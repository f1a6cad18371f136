package gen

import (
	"maps"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/postgres/quote"
)

// packageMembers stands for the routines of a package that lie among others in its owner's schema.
const packageMembers = "package members"

// grantMembers grants on every routine of a package that there is: its own, and those behind its variables and cursors.
// The routine goes between verb and tail. Members that were refused do not exist, which only the server knows.
func (g *gen) grantMembers(o *model.Object, verb, tail string) string {
	place := g.e.names.pkg(o.Schema, o.Name)
	var names []string
	seen := map[string]bool{}
	add := func(name string) {
		if s := place.member(name); !seen[s] {
			seen[s] = true
			names = append(names, literal(s))
		}
	}
	p := g.e.packages[o]
	if o.Package != nil {
		for _, m := range o.Package.Routines {
			add(g.e.names.fold(m.Name))
			if p != nil && p.names()[m] != "" {
				names = append(names, literal(p.names()[m]))
			}
		}
	}
	if p != nil {
		for _, v := range p.vars {
			add(g.e.names.fold(v.name))
			add(g.e.names.fold(v.name) + "=")
		}
		for _, name := range slices.Sorted(maps.Keys(p.cursors)) {
			add(g.e.names.fold(name))
		}
	}
	add("init$")
	in := "current_schema()::regnamespace"
	if place.schema != "" {
		in = literal(quote.Ident(place.schema)) + "::regnamespace"
	}
	return "DO $$\nDECLARE\n    r regprocedure;\nBEGIN\n    FOR r IN SELECT p.oid FROM pg_catalog.pg_proc AS p WHERE p.pronamespace = " + in +
		"\n        AND p.proname = ANY (ARRAY[" + strings.Join(names, ", ") + "])\n    LOOP\n        EXECUTE format(" + literal(strings.ReplaceAll(verb, "%", "%%")+" %s"+strings.ReplaceAll(tail, "%", "%%")) + ", r);\n    END LOOP;\nEND $$"
}
