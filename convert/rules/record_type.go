package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var recordType = &Rule{
	Code: "CV0602", Name: "record-type", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureRecordTypes,
	Before: `DECLARE TYPE pair IS RECORD (a INTEGER, b INTEGER); x pair; BEGIN x.a := 1; END;
/`,
	After: `CREATE TYPE pair AS (a integer, b integer)`,
	On:    []Matcher{Node(recordTypeDef)},
}

func recordTypeDef(p *Pass, t *ast.RecordType) {
	defaults := 0
	for _, f := range t.Fields {
		if f.Default != nil || f.NotNull {
			defaults++
		}
	}
	if defaults > 0 {
		p.ReportAs(t, model.Medium, model.Auto, fmt.Sprintf("the record becomes a composite type, which has no defaults and no NOT NULL: %s filled in where variables are declared", count(defaults, "field")))
		return
	}
	p.Report(t, "the record becomes a composite type of the schema: PL/pgSQL has no types of its own")
}
