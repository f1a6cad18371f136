package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// Types that declarations name and that the source does not have: of a package that belongs to another schema or product. Most are
// subtypes of VARCHAR2 or NUMBER, for which their base type stands in a conversion anyway. So the type that the use of what is declared
// suggests stands for such a name, with a finding, unless a field, an element or a method shows that it is no scalar.

// absentTypes is the owner of their votes: no table has the name.
const absentTypes = "(types)"

// absentTypeName is the name of a type that a declaration uses and the source does not have, in the form of a column of absentTypes.
func (g *gen) absentTypeName(d *ast.DataType) (absentColumnKey, bool) {
	if d.Anchor != 0 || d.Name == nil || d.Ref || d.Name.Link != 0 || g.ref(d.Name).Kind != resolve.Unknown {
		return absentColumnKey{}, false
	}
	parts := g.f.Parts(d.Name)
	if len(parts) > 3 {
		return absentColumnKey{}, false
	}
	return absentTypeKey(parts), true
}

func absentTypeKey(parts []string) absentColumnKey {
	last := len(parts) - 1
	return absentColumnKey{objectKey{absentTypes, strings.Join(parts[:last], ".")}, parts[last]}
}

// structure notes that the type of what a name stands for is no scalar: a field or an element of it is used.
func (s *absentScan) structure(base *ast.Name, parts int) {
	ref := s.g.info.Base(base)
	if ref.Ref == nil || ref.Ref.Decl == nil {
		return
	}
	if k, ok := s.columns[ref.Ref.Decl]; ok && k.table.schema == absentTypes && ref.Parts <= parts {
		s.use.structured = append(s.use.structured, k)
	}
}

// settleAbsentTypes decides what stands for the types: nothing for those of which too little is known. A name without a package may be
// a type of any kind: it needs a sign of what it is.
func (e *Estate) settleAbsentTypes(list []*absentUse, votes *votes) {
	structured := map[absentColumnKey]bool{}
	for _, u := range list {
		if u != nil {
			for _, k := range u.structured {
				structured[k] = true
			}
		}
	}
	e.absentTypes = map[absentColumnKey]string{}
	for _, u := range list {
		if u == nil {
			continue
		}
		for _, k := range u.types {
			if _, done := e.absentTypes[k]; done || structured[k] {
				continue
			}
			typ := votes.typeOf(k)
			if typ == "text" {
				typ = "varchar"
			}
			if k.table.name == "" && most(votes.counts[k]) == "" {
				typ = ""
			}
			e.absentTypes[k] = typ
		}
	}
}

// absentNamed is what stands for a named type that the source does not have.
func (g *gen) absentNamed(d *ast.DataType) (string, bool) {
	k, ok := g.absentTypeName(d)
	if !ok || g.e.absentTypes[k] == "" {
		return "", false
	}
	typ := g.e.absentTypes[k]
	g.reportAs(d, "anchored-type", model.Medium, model.Review,
		"the type %s is not in the source: %s stands for it, as the use of what has it suggests; add its script to the source", g.source(d.Name), typ)
	return typ, true
}

// absentSubtype is the base of a subtype that is declared by a column or type which the source does not have.
func (g *gen) absentSubtype(ref *resolve.Ref, where typePlace) (string, bool) {
	if own, ok := ref.Decl.(*ast.SubtypeDecl); ok && own.Base != nil && ref.TypeOf().Class == resolve.ClassUnknown {
		if s, ok := g.absentType(own.Base); ok {
			return s, true
		}
		return g.absentNamed(own.Base)
	}
	def := ref.TypeOf().Def()
	if ref.Kind != resolve.TypeName || ref.TypeOf().Class != resolve.ClassUnknown || def == nil || def.Elem == nil {
		return "", false
	}
	parts := strings.Split(strings.ToUpper(def.Elem.Name), ".") // as written
	if def.Elem.Anchor == "" {
		if def.Elem.Schema != "" {
			parts = append([]string{def.Elem.Schema}, parts...)
		}
		s := g.e.absentTypes[absentTypeKey(parts)]
		return s, s != ""
	}
	key, column, ok := absentName(parts, def.Elem.Anchor != "TYPE")
	t := g.e.absent[key]
	if !ok || t == nil || t.columns[column] == "" {
		return "", false
	}
	if !t.known && (where == inVariable || where == inParameter) {
		return g.e.names.absent(t) + "." + g.e.names.ident(column) + "%TYPE", true
	}
	return t.columns[column], true
}
