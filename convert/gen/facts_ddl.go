package gen

import (
	"landfall/internal/model"
)

// columnKey is a column of a table.
type columnKey struct {
	table  *model.Object
	column string
}

// bigintColumns finds the columns that must be bigint: identity columns, and what refers to them by a foreign key, as
// PostgreSQL's identity is an integer and a foreign key must have the type of its key.
func bigintColumns(cat *model.Catalog) map[columnKey]bool {
	big := map[columnKey]bool{}
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
					if i < len(cols) && big[columnKey{to, cols[i]}] && !big[columnKey{o, c}] {
						big[columnKey{o, c}] = true
						changed = true
					}
				}
			}
		}
	}
	return big
}

func primaryKey(o *model.Object) []string {
	for _, c := range o.Table.Constraints {
		if c.Kind == model.PrimaryKey {
			return c.Columns
		}
	}
	return nil
}
