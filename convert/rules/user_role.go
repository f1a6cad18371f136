package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var userRole = &Rule{
	Code: "CV1012", Name: "create-user", Since: first, Group: groupObjects, Severity: model.Low, Effort: model.Review, Needs: FeatureCreateUser,
	Before: `CREATE USER app IDENTIFIED BY secret QUOTA UNLIMITED ON users`,
	After:  `CREATE ROLE app LOGIN`,
	On:     []Matcher{Node(userStmt), Node(roleStmt)},
}

func userStmt(p *Pass, u *ast.CreateUser) {
	if u.Alter || len(u.Names) == 0 {
		return
	}
	var lost []string
	if len(u.Quotas) > 0 {
		lost = append(lost, "quotas")
	}
	if u.Profile != nil {
		lost = append(lost, "the profile")
	}
	if u.Expire {
		lost = append(lost, "PASSWORD EXPIRE")
	}
	what := ""
	if len(lost) > 0 {
		what = "; no counterpart: " + strings.Join(lost, ", ")
	}
	p.Report(u.Names[0], fmt.Sprintf("user %s becomes a role that can log in and, where it owns objects, a schema; the password is given anew%s", p.name(u.Names[0]), what))
}

func roleStmt(p *Pass, r *ast.CreateRole) {
	if !r.Alter && r.Auth != 0 && r.Auth != token.NOT {
		p.Report(r.Name, fmt.Sprintf("role %s must be switched on with a password or by a package; roles of PostgreSQL are inherited or taken by SET ROLE", p.name(r.Name)))
	}
}
