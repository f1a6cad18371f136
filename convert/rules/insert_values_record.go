package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var insertRecord = &Rule{
	Code: "CV0508", Name: "insert-record", Since: first, Group: groupDML, Severity: model.Low, Effort: model.Auto,
	Before: `BEGIN INSERT INTO dept VALUES rec; END;
/`,
	After: `DO $$ DECLARE rec dept; BEGIN rec.deptno := 1; INSERT INTO dept VALUES (rec.*); END $$`,
	On:    []Matcher{Node(insertRecordStmt)},
}

func insertRecordStmt(p *Pass, i *ast.Insert) {
	if i.Form != nil && i.Form.Record != nil {
		p.Report(i.Form.Record, fmt.Sprintf("VALUES %s becomes VALUES (%s.*)", p.text(i.Form.Record), p.text(i.Form.Record)))
	}
}
