package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
)

var sysContext = &Rule{
	Code: "CV0423", Name: "sys-context", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Review,
	Before: `SELECT SYS_CONTEXT('USERENV', 'SESSION_USER') FROM emp`,
	After:  `SELECT session_user FROM emp`,
	On:     []Matcher{Builtin(sysContextUse, "SYS_CONTEXT", "USERENV")},
}

// userenv are the attributes that PostgreSQL has a function for.
var userenv = map[string]string{
	"SESSION_USER": "session_user", "CURRENT_USER": "current_user", "CURRENT_SCHEMA": "current_schema", "DB_NAME": "current_database()",
	"IP_ADDRESS": "inet_client_addr()", "SESSIONID": "pg_backend_pid()", "SID": "pg_backend_pid()", "HOST": "inet_client_addr()", "TERMINAL": "inet_client_addr()",
	"MODULE": "current_setting('application_name')", "CLIENT_IDENTIFIER": "a setting of its own, landfall.client_identifier",
	"SERVER_HOST": "inet_server_addr()", "INSTANCE_NAME": "current_database()", "SERVICE_NAME": "current_database()", "LANG": "current_setting('lc_messages')",
	"ISDBA": "pg_has_role or rolsuper of pg_roles", "OS_USER": "",
}

func sysContextUse(p *Pass, u Use) {
	if u.Call == nil || u.Args() == 0 {
		return
	}
	space, attr := "USERENV", u.Arg(0)
	if u.Name == "SYS_CONTEXT" {
		s, ok := p.stringValue(u.Arg(0))
		if !ok {
			p.ReportAs(u.Call, model.High, model.Review, "SYS_CONTEXT with a namespace that is known only at run time: session settings (current_setting) hold such values")
			return
		}
		space, attr = strings.ToUpper(s), u.Arg(1)
	}
	name, _ := p.stringValue(attr)
	name = strings.ToUpper(name)
	switch to, ok := userenv[name]; {
	case space != "USERENV":
		p.Report(u.Call, fmt.Sprintf("context %s becomes session settings: current_setting('%s.%s', true); anybody can set them, unlike a context that belongs to a package", space, strings.ToLower(space), strings.ToLower(name)))
	case ok && to != "":
		p.ReportAs(u.Call, model.Low, model.Auto, fmt.Sprintf("%s('%s') becomes %s", u.Name, name, to))
	default:
		p.ReportAs(u.Call, model.High, model.Manual, fmt.Sprintf("%s('%s'): PostgreSQL does not know this of a session", u.Name, name))
	}
}
