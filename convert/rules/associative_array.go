package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var associativeArray = &Rule{
	Code: "CV0603", Name: "associative-array", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureAssociativeArrays,
	Before: `DECLARE TYPE by_no IS TABLE OF VARCHAR2(30) INDEX BY PLS_INTEGER; x by_no; BEGIN x(1) := 'a'; END;
/`,
	After: `DO $$ DECLARE x varchar(30)[]; BEGIN x[1] := 'a'; END $$`,
	On:    []Matcher{Node(associativeArrayDef)},
}

func associativeArrayDef(p *Pass, t *ast.CollectionType) {
	if t.Kind != ast.AssociativeArray {
		return
	}
	if t.Index != nil && textIndex(t.Index.Kw) {
		p.ReportAs(t, model.High, model.Auto, fmt.Sprintf("an array by text (%s) has no array type in PostgreSQL: jsonb or hstore keeps it, in the order of keys by collation", p.text(t.Index)))
		return
	}
	p.Report(t, "an array by number becomes an array; gaps, negative keys and EXISTS need care, as arrays are dense and their elements NULL")
}

func textIndex(k token.Keyword) bool {
	return k == token.VARCHAR2 || k == token.VARCHAR || k == token.STRING || k == token.LONG || k == token.NVARCHAR2
}
