package rules

import (
	"fmt"

	"landfall/internal/model"
)

// partialNullKey looks at the catalog: whether a column can be NULL may be said elsewhere than the key.
var partialNullKey = &Rule{
	Code: "CV0234", Name: "partial-null-key", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE TABLE seat (hall NUMBER, n NUMBER, UNIQUE (hall, n))`,
	After:  "CREATE TABLE seat (hall numeric, n numeric, UNIQUE (hall, n));\nCREATE UNIQUE INDEX ON seat (hall, n) NULLS NOT DISTINCT WHERE num_nonnulls(hall, n) BETWEEN 1 AND 1",
	OnObject: func(p *ObjectPass) {
		t := p.Object.Table
		if t == nil || p.Object.Kind != model.KindTable || t.External {
			return
		}
		for _, c := range t.Constraints {
			if c.Kind != model.Unique || c.Disabled || len(c.Columns) < 2 || allNotNull(t, c.Columns) {
				continue
			}
			name := c.Name
			if name == "" {
				name = "a key"
			}
			p.Report(p.Object.Pos, fmt.Sprintf("%s: %s has columns that can be NULL; Oracle compares keys that are NULL in some of them by the others", p.Object.ID().Name(), name))
		}
	},
}
