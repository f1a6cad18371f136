package rules

import (
	"fmt"

	"landfall/internal/model"
)

// noKey looks at the catalog, not at statements: a key may come with an ALTER in another file.
var noKey = &Rule{
	Code: "CV0233", Name: "no-key", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Review,
	Before: `CREATE TABLE audit_line (happened DATE, what VARCHAR2(100))`,
	OnObject: func(p *ObjectPass) {
		t := p.Object.Table
		if t == nil || p.Object.Kind != model.KindTable || t.Temporary != "" || t.External || p.Object.Implied || hasKey(t) {
			return
		}
		p.Report(p.Object.Pos, fmt.Sprintf("%s has neither a primary key nor a unique key over NOT NULL columns: change capture cannot tell its rows apart, and equal rows cannot be verified one by one", p.Object.ID().Name()))
	},
}

// hasKey reports whether some enabled key names every row.
func hasKey(t *model.Table) bool {
	for _, c := range t.Constraints {
		switch {
		case c.Disabled:
		case c.Kind == model.PrimaryKey:
			return true
		case c.Kind == model.Unique && allNotNull(t, c.Columns):
			return true
		}
	}
	return false
}

func allNotNull(t *model.Table, columns []string) bool {
	for _, name := range columns {
		if c := t.Column(name); c == nil || !c.NotNull {
			return false
		}
	}
	return len(columns) > 0
}
