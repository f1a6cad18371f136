package gen

import (
	"landfall/internal/model"
	"landfall/internal/postgres/naming"
	"landfall/internal/postgres/quote"
)

// namer gives every Oracle name its PostgreSQL name, the same one everywhere.
type namer struct {
	naming.Names
	e        *Estate
	packages map[objectKey]packagePlace
	rel      *relations
	triggers map[*model.Object]string
}

type objectKey struct{ schema, name string }

// packagePlace is where the members of a package go: in a schema of the package's name, or in the owner's schema with the
// package's name in front of theirs.
type packagePlace struct {
	schema string // PostgreSQL schema, unquoted
	prefix string // "" in a schema of its own
	label  string // one for each package: begins the names of its settings and portals
}

// member is the PostgreSQL name, unquoted, of a member by its folded name.
func (p packagePlace) member(name string) string {
	if p.prefix == "" {
		return name
	}
	return short(p.prefix + name)
}

// qualified is the quoted and qualified name of a member by its folded name.
func (p packagePlace) qualified(name string) string {
	return quote.Qualified(p.schema, p.member(name))
}

func newNamer(e *Estate) *namer {
	n := &namer{Names: naming.Names{KeepCase: e.Policy.KeepCase, Schemas: e.Policy.Schemas}, e: e, packages: map[objectKey]packagePlace{}}
	owners := map[string]map[string]bool{} // package name -> schemas that have one
	schemas := map[string]bool{}
	for _, o := range e.Catalog.Objects {
		if o.Schema != "" {
			schemas[o.Schema] = true
		}
		if o.Kind == model.KindPackage || o.Kind == model.KindPackageBody {
			if owners[o.Name] == nil {
				owners[o.Name] = map[string]bool{}
			}
			owners[o.Name][o.Schema] = true
		}
	}
	var heads map[objectKey]bool
	if e.Policy.PackagePrefix {
		heads = n.heads()
	}
	for _, o := range e.Catalog.Objects {
		if o.Kind != model.KindPackage && o.Kind != model.KindPackageBody {
			continue
		}
		name := n.fold(o.Name)
		if (len(owners[o.Name]) > 1 || schemas[o.Name]) && o.Schema != "" || takenSchemas[name] {
			name = short(n.schema(o.Schema) + "_" + name)
		}
		n.packages[objectKey{o.Schema, o.Name}] = n.place(o, name, heads)
	}
	n.rel = newRelations(n, e.Catalog)
	n.triggerNames(e)
	return n
}

// takenSchemas are schemas that PostgreSQL, orafce and this program have for themselves.
var takenSchemas = map[string]bool{"public": true, "landfall": true, "oracle": true, "pg_catalog": true, "information_schema": true}

// fold gives the PostgreSQL name, unquoted, of a folded Oracle name.
func (n *namer) fold(name string) string { return n.Fold(name) }

// short cuts names that PostgreSQL would cut, so that two of them stay two.
func short(name string) string { return naming.Short(name) }

// schema gives the PostgreSQL schema, unquoted, of an Oracle schema; "" stays "".
func (n *namer) schema(name string) string { return n.Schema(name) }

// place decides where the members of a package go by the layout that the policy wants.
func (n *namer) place(o *model.Object, label string, heads map[objectKey]bool) packagePlace {
	if !n.e.Policy.PackagePrefix {
		return packagePlace{schema: label, label: label}
	}
	prefix := n.fold(o.Name) + "_"
	if heads[objectKey{n.schema(o.Schema), o.Name}] {
		prefix = n.fold(o.Name) + "$"
	}
	return packagePlace{schema: n.schema(o.Schema), prefix: prefix, label: label}
}

// heads are the beginnings, up to an underscore, of the names of all objects by PostgreSQL schema. A package that is named
// so takes another separator: one of its members could have the name of the object, or of a member of the package, and
// would replace it in silence.
func (n *namer) heads() map[objectKey]bool {
	m := map[objectKey]bool{}
	for _, o := range n.e.Catalog.Objects {
		for i := range o.Name {
			if o.Name[i] == '_' {
				m[objectKey{n.schema(o.Schema), o.Name[:i]}] = true
			}
		}
	}
	return m
}

// pkg is where the members of a package go; of one that the source does not have, too.
func (n *namer) pkg(schema, name string) packagePlace {
	if s, ok := n.packages[objectKey{schema, name}]; ok {
		return s
	}
	label := n.fold(name)
	if n.e.Policy.PackagePrefix {
		return packagePlace{schema: n.schema(schema), prefix: label + "_", label: label}
	}
	return packagePlace{schema: label, label: label}
}

// object gives the quoted, qualified PostgreSQL name of a schema object.
func (n *namer) object(o *model.Object) string {
	if s := n.hidden(o); s != "" {
		return s
	}
	return quote.Qualified(n.schema(o.Schema), n.fold(o.Name))
}

// ident quotes a folded Oracle name.
func (n *namer) ident(name string) string { return quote.Ident(n.fold(name)) }

// quoteSchema quotes the schema of a folded Oracle name: of a user, or of a package where there is one of that name.
func (n *namer) quoteSchema(name string) string { return quote.Ident(n.schema(name)) }

// ident2 quotes schema.name of unquoted PostgreSQL names.
func (n *namer) ident2(schema, name string) string { return quote.Qualified(schema, name) }
