package rules

import "landfall/internal/model"

var userUID = &Rule{
	Code: "CV0424", Name: "user", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT USER FROM emp`,
	After:  `SELECT upper(session_user) FROM emp`,
	On:     []Matcher{Builtin(userUIDUse, "USER", "UID")},
}

func userUIDUse(p *Pass, u Use) {
	if u.Name == "UID" {
		p.ReportAs(u.Node(), model.Medium, model.Auto, "UID becomes the oid of the role, another number than Oracle's")
		return
	}
	p.Report(u.Node(), "USER is the name the session logged in with, in upper case; in PostgreSQL that is session_user, in lower case, and USER changes with SET ROLE")
}
