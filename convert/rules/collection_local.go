package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var collectionLocal = &Rule{
	Code: "CV0604", Name: "collection-type", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureCollections,
	Before: `CREATE TYPE names_t AS TABLE OF VARCHAR2(30);
/`,
	After: `CREATE DOMAIN names_t AS varchar(30)[]`,
	On:    []Matcher{Node(collectionLocalDef)},
}

func collectionLocalDef(p *Pass, t *ast.CollectionType) {
	switch t.Kind {
	case ast.NestedTable:
		p.Report(t, fmt.Sprintf("a nested table of %s becomes an array: one that is not initialised is NULL on both sides, deleted elements leave no gap", p.text(t.Elem)))
	case ast.Varray:
		p.Report(t, fmt.Sprintf("a varray of %s becomes an array; its limit needs a check", p.text(t.Elem)))
	}
}
