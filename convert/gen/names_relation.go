package gen

import (
	"cmp"
	"slices"

	"landfall/internal/model"
)

// In PostgreSQL tables, views, sequences, indexes and the indexes of keys share one name space in a schema; in Oracle
// indexes and constraints have their own. relations holds the names that are taken, so that an index or key of a taken
// name gets another, the same wherever it is mentioned.
type relations struct {
	indexes map[*model.Object]string
	keys    map[objectKey]string // schema and constraint name
}

func newRelations(n *namer, cat *model.Catalog) *relations {
	r := &relations{indexes: map[*model.Object]string{}, keys: map[objectKey]string{}}
	taken := map[objectKey]bool{}
	for _, o := range cat.Objects {
		switch o.Kind {
		case model.KindTable, model.KindView, model.KindMaterializedView, model.KindSequence, model.KindSynonym:
			taken[objectKey{n.schema(o.Schema), n.fold(o.Name)}] = true
		}
	}
	free := func(schema, name, suffix string) string {
		try := name
		for i := 1; taken[objectKey{schema, try}]; i++ {
			try = short(name + suffix)
			if i > 1 {
				try = short(name + suffix + itoa(i))
			}
		}
		taken[objectKey{schema, try}] = true
		return try
	}
	objects := slices.Clone(cat.Objects)
	slices.SortStableFunc(objects, func(a, b *model.Object) int {
		return cmp.Or(cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Name, b.Name))
	})
	for _, o := range objects {
		if o.Kind != model.KindTable || o.Table == nil {
			continue
		}
		for _, c := range o.Table.Constraints {
			if c.Name == "" || c.Kind != model.PrimaryKey && c.Kind != model.Unique {
				continue
			}
			r.keys[objectKey{o.Schema, c.Name}] = free(n.schema(o.Schema), n.fold(c.Name), "_key")
		}
	}
	for _, o := range objects {
		if o.Kind != model.KindIndex || o.Index == nil {
			continue
		}
		schema := o.Index.TableSchema
		if schema == "" {
			schema = o.Schema
		}
		r.indexes[o] = free(n.schema(schema), n.fold(o.Name), "_idx")
	}
	return r
}

// index is the PostgreSQL name, unquoted, of an index.
func (n *namer) index(o *model.Object) string {
	if s, ok := n.rel.indexes[o]; ok {
		return s
	}
	return n.fold(o.Name)
}

// key is the PostgreSQL name, unquoted, of a primary or unique key.
func (n *namer) key(schema, name string) string {
	if s, ok := n.rel.keys[objectKey{schema, name}]; ok {
		return s
	}
	return n.fold(name)
}
