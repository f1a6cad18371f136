package rules

import (
	"fmt"
	"regexp"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var ddlInCode = &Rule{
	Code: "CV0805", Name: "ddl-in-code", Since: first, Group: groupTransactions, Severity: model.High, Effort: model.Review,
	Before: `BEGIN DBMS_UTILITY.EXEC_DDL_STATEMENT('DROP TABLE old'); END;
/`,
	After: ``,
	On:    []Matcher{Node(ddlInCodeExec), Builtin(ddlInCodeCall, "DBMS_UTILITY.EXEC_DDL_STATEMENT")},
}

var ddlText = regexp.MustCompile(`(?i)^\s*(CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|COMMENT|RENAME|ANALYZE)\s+(\w+)`)

func ddlInCodeExec(p *Pass, e *ast.ExecImmediate) {
	text, ok := p.stringValue(e.Text)
	for x := ast.Unparen(e.Text); !ok; {
		b, isBinary := x.(*ast.Binary)
		if !isBinary {
			break
		}
		x = ast.Unparen(b.X)
		text, ok = p.stringValue(x)
	}
	m := ddlText.FindStringSubmatch(text)
	if m == nil || strings.EqualFold(m[1]+m[2], "ALTERSESSION") {
		return
	}
	p.Report(e, fmt.Sprintf("%s in code commits the transaction in Oracle, before and after; in PostgreSQL it is part of the transaction: it can be rolled back and holds its lock until the end", strings.ToUpper(m[1])))
}

func ddlInCodeCall(p *Pass, u Use) {
	p.Report(u.Node(), "DDL in code commits the transaction in Oracle; in PostgreSQL it is part of the transaction")
}
