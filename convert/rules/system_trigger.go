package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var systemTrigger = &Rule{
	Code: "CV0628", Name: "system-trigger", Since: first, Group: groupPLSQL, Severity: model.High, Effort: model.Manual, Needs: FeatureSystemTriggers,
	Before: `CREATE TRIGGER on_logon AFTER LOGON ON DATABASE BEGIN NULL; END;
/`,
	After: ``,
	On:    []Matcher{Node(systemTriggerStmt)},
}

func systemTriggerStmt(p *Pass, t *ast.CreateTrigger) {
	if t.Scope == token.TABLE || t.Compound != nil {
		return
	}
	var events []string
	login := false
	for _, e := range t.Events {
		events = append(events, e.Kind.String())
		login = login || e.Kind == token.LOGON
	}
	how := "event triggers of PostgreSQL know ddl_command_start and _end, sql_drop and table_rewrite only"
	if login {
		how = "PostgreSQL has an event trigger for login from version 17 on; ALTER ROLE ... SET covers settings"
	}
	p.Report(t.Name, fmt.Sprintf("trigger %s fires on %s of the %s: %s", p.name(t.Name), strings.Join(events, ", "), strings.ToLower(t.Scope.String()), how))
}
