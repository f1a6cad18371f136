package checks

import (
	"slices"
	"strings"

	"landfall/assess/phrase"
	"landfall/internal/model"
)

var objectTypes = &Check{
	Code: "DC0401", Name: "object-types", Scope: ScopeSchema, Needs: []string{"types", "columns", "object_tables"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, t := range in.Facts.Types {
			if !ownedByOracle(t.Owner) && !generated(t.Name) {
				o.item(object(model.KindType, t.Owner, t.Name), "%s type with %d attributes and %d methods", strings.ToLower(t.Code), t.Attributes, t.Methods)
			}
		}
		stored := 0
		for _, c := range in.Facts.Columns {
			if c.TypeOwner != "" && !ownedByOracle(c.TypeOwner) && !c.Hidden {
				stored++
				o.item(tableID(c.Table), "column %s is of type %s.%s", c.Name, c.TypeOwner, c.Type)
			}
		}
		for _, t := range in.Facts.TablesInOrder() {
			if t.Type != "" && !ownedByOracle(t.Owner) {
				stored++
				o.item(tableID(t.Key), "table of %s.%s", t.TypeOwner, t.Type)
			}
		}
		return typesUsed(o, stored)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.created(model.KindType) {
			o.Of++
			form := "object"
			if t.Type != nil {
				form = string(t.Type.Form)
			}
			o.item(t.ID(), "%s type", form)
		}
		stored := 0
		eachColumn(in, func(t *model.Object, c *model.Column) {
			if c.Type.User && c.Type.Anchor == "" {
				stored++
				o.Of++
				o.item(t.ID(), "column %s is of type %s", c.Name, c.Type.Name)
			}
		})
		for _, t := range in.created(model.KindTable) {
			if t.Table != nil && t.Table.OfType != "" {
				stored++
				o.Of++
				o.item(t.ID(), "table of %s", t.Table.OfType)
			}
		}
		return typesUsed(o, stored)
	},
}

func typesUsed(o Outcome, stored int) Outcome {
	if stored > 0 {
		return o.some(Warning, say("types of the user's own are stored in %d tables and columns", stored), say(""))
	}
	return o.some(Informational, say("%d types of the user's own, none of them stored in tables", len(o.Items)), say("no type of the user's own"))
}

const maxName = 63 // bytes of a name in PostgreSQL

var longNames = &Check{
	Code: "DC0402", Name: "long-names", Scope: ScopeSchema,
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		eachName(in, func(id model.ObjectID, _, what, name string) {
			o.Of++
			if len(name) > maxName {
				o.item(id, "%s %s has %d bytes, PostgreSQL cuts after %d", say(what), name, len(name), maxName)
			}
		})
		return o.some(Warning, say("%d names are longer than %d bytes and would be cut", len(o.Items), maxName), say("all %d names fit into %d bytes", o.Of, maxName))
	},
}

// eachName visits the names that the source gives: what, in which space of names.
func eachName(in *Input, visit func(id model.ObjectID, space, what, name string)) {
	for _, o := range in.created(model.ObjectKinds()...) {
		if o.Name == "" || o.Kind == model.KindPackageBody || o.Kind == model.KindTypeBody {
			continue
		}
		visit(o.ID(), nameSpace(o.Kind)+" of "+o.Schema, strings.ToLower(string(o.Kind)), o.Name)
		if o.Table == nil {
			continue
		}
		for _, c := range o.Table.Columns {
			visit(o.ID(), "columns of "+o.Schema+"."+o.Name, "column", c.Name)
		}
		for _, c := range o.Table.Constraints {
			if c.Name != "" {
				visit(o.ID(), "constraints of "+o.Schema+"."+o.Name, "constraint", c.Name)
			}
		}
	}
}

// nameSpace tells what may not share a name in PostgreSQL: tables, views, indexes, sequences and materialized views are
// all relations, and a composite type is one too.
func nameSpace(k model.ObjectKind) string {
	switch k {
	case model.KindTable, model.KindView, model.KindMaterializedView, model.KindSequence, model.KindIndex, model.KindType:
		return "relations"
	case model.KindProcedure, model.KindFunction:
		return "routines"
	}
	return strings.ToLower(string(k)) + "s"
}

// cut is a name as PostgreSQL keeps it: folded to lower case and cut after 63 bytes, never inside a character.
func cut(name string) string {
	name = strings.ToLower(name)
	if len(name) <= maxName {
		return name
	}
	for n := maxName; ; n-- {
		if name[n]&0xC0 != 0x80 {
			return name[:n]
		}
	}
}

var nameCollisions = &Check{
	Code: "DC0403", Name: "name-collisions", Scope: ScopeSchema,
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		type owner struct {
			id         model.ObjectID
			what, name string
		}
		first := map[string]owner{}
		eachName(in, func(id model.ObjectID, space, what, name string) {
			o.Of++
			key := space + "\x00" + cut(name)
			was, taken := first[key]
			if !taken {
				first[key] = owner{id, what, name}
				return
			}
			// A materialized view has a container table of its own name; an index of a primary key is named like it.
			if was.id == id && was.name == name || isContainer(was.id, id) {
				return
			}
			how := say("once it is folded to lower case")
			switch {
			case len(name) > maxName:
				how = say("once it is cut after 63 bytes")
			case was.name == name:
				how = say("because PostgreSQL keeps both in one space of names")
			}
			o.item(id, "%s %s becomes the same name as %s %s %s", say(what), name, say(was.what), was.name, how)
		})
		return o.some(Warning, say("%d names become equal to others on the target", len(o.Items)), say("all %d names stay different", o.Of))
	},
}

func isContainer(a, b model.ObjectID) bool {
	kinds := []model.ObjectKind{a.Kind(), b.Kind()}
	return a.Name() == b.Name() && slices.Contains(kinds, model.KindMaterializedView) && slices.Contains(kinds, model.KindTable)
}

var schemaCollisions = &Check{
	Code: "DC0404", Name: "schema-collisions", Scope: ScopeSchema,
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		merged := map[string][]string{}
		for from, to := range in.Schemas {
			merged[to] = append(merged[to], from)
		}
		first := map[string]*model.Object{}
		for _, x := range in.created(model.ObjectKinds()...) {
			to, renamed := in.Schemas[x.Schema]
			if !renamed {
				to = strings.ToLower(x.Schema)
			}
			if len(merged[to]) == 0 || x.Kind == model.KindPackageBody || x.Kind == model.KindTypeBody || x.Schema == "" {
				continue
			}
			o.Of++
			key := to + "\x00" + nameSpace(x.Kind) + "\x00" + cut(x.Name)
			if was := first[key]; was == nil {
				first[key] = x
			} else if was.Schema != x.Schema {
				o.item(x.ID(), "becomes the same as %s in schema %s", was.ID(), to)
			}
		}
		if len(in.Schemas) == 0 {
			return Outcome{Of: 1, Verdict: Pass, Message: say("no schemas are merged (landfall.yaml, convert.schemas)")}
		}
		return o.some(Blocker, say("%d objects collide with one of another schema that goes to the same place", len(o.Items)), say("the schemas that are merged have no name in common"))
	},
}

var invalidObjects = &Check{
	Code: "DC0405", Name: "invalid-objects", Scope: ScopeSchema, Needs: []string{"objects"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.Objects))}
		why := map[[3]string]phrase.Text{}
		for _, e := range in.Facts.Errors {
			k := [3]string{e.Owner, e.Name, e.Type}
			if _, told := why[k]; !told && e.Attribute != "WARNING" {
				why[k] = say("line %d: %s", e.Line, strings.Join(strings.Fields(e.Text), " "))
			}
		}
		for _, x := range in.Facts.Invalid() {
			if ownedByOracle(x.Owner) {
				continue
			}
			o.item(object(model.ObjectKind(x.Type), x.Owner, x.Name), "invalid %s", why[[3]string{x.Owner, x.Name, x.Type}])
			switch x.Type {
			case "PACKAGE BODY":
				o.sql("ALTER PACKAGE %s COMPILE BODY;", model.CatalogName(x.Owner, x.Name))
			case "TYPE BODY":
				o.sql("ALTER TYPE %s COMPILE BODY;", model.CatalogName(x.Owner, x.Name))
			case "PROCEDURE", "FUNCTION", "PACKAGE", "VIEW", "TRIGGER", "TYPE", "MATERIALIZED VIEW", "SYNONYM":
				o.sql("ALTER %s %s COMPILE;", x.Type, model.CatalogName(x.Owner, x.Name))
			}
		}
		return o.some(Warning, say("%d objects do not compile in Oracle", len(o.Items)), say("every object compiles in Oracle"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.ObjectKinds()...) {
			if x.Invalid != "" {
				o.Of++
				o.item(x.ID(), "%s", x.Invalid)
			}
		}
		return o.some(Warning, say("%d objects are invalid or could not be read whole", len(o.Items)), say(""))
	},
}

var wrappedCode = &Check{
	Code: "DC0406", Name: "wrapped-code", Scope: ScopeSchema,
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.ObjectKinds()...) {
			if !x.Kind.HasCode() && x.Kind != model.KindType {
				continue
			}
			o.Of++
			if x.Wrapped {
				o.item(x.ID(), "wrapped: its source is not readable")
			}
		}
		return o.some(Blocker, say("%d units are wrapped: nobody can convert what cannot be read", len(o.Items)), say("none of %d units is wrapped", o.Of))
	},
}
