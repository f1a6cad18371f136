package gen

import (
	"landfall/internal/model"
)

// columnKey is a column of a table.
type columnKey struct {
	table  *model.Object
	column string
}

// bigintColumns finds the columns that must be bigint: identity columns, what the rows of the scripts say, and what refers to
// them by a foreign key, as PostgreSQL's identity is an integer and a foreign key must have the type of its key.
func bigintColumns(cat *model.Catalog, sampled map[columnKey]int) map[columnKey]bool {
	big := map[columnKey]bool{}
	for k := range sampled {
		big[k] = true
	}
	for _, o := range cat.Objects {
		if o.Table == nil || o.Kind != model.KindTable {
			continue
		}
		for _, c := range o.Table.Columns {
			if c.Identity != "" {
				big[columnKey{o, c.Name}] = true
			}
		}
	}
	for changed := len(big) > 0; changed; {
		changed = false
		eachForeignKey(cat, func(from, to columnKey) {
			if big[to] && !big[from] {
				big[from] = true
				changed = true
			}
		})
	}
	return big
}

// eachForeignKey calls f for every pair of columns that a foreign key ties together.
func eachForeignKey(cat *model.Catalog, f func(from, to columnKey)) {
	for _, o := range cat.Objects {
		if o.Table == nil || o.Kind != model.KindTable {
			continue
		}
		for _, fk := range o.Table.Constraints {
			if fk.Kind != model.ForeignKey {
				continue
			}
			to := cat.Find(model.KindTable, fk.RefSchema, fk.RefTable)
			if to == nil {
				to = cat.Find(model.KindTable, o.Schema, fk.RefTable)
			}
			if to == nil || to.Table == nil {
				continue
			}
			cols := fk.RefColumns
			if len(cols) == 0 {
				cols = primaryKey(to)
			}
			for i, c := range fk.Columns {
				if i < len(cols) {
					f(columnKey{o, c}, columnKey{to, cols[i]})
				}
			}
		}
	}
}

func primaryKey(o *model.Object) []string {
	for _, c := range o.Table.Constraints {
		if c.Kind == model.PrimaryKey {
			return c.Columns
		}
	}
	return nil
}
