package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var connectByExtras = &Rule{
	Code: "CV0303", Name: "connect-by-extras", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Review, Needs: FeatureConnectByExtras,
	Before: `SELECT SYS_CONNECT_BY_PATH(ename, '/') FROM emp_tree`,
	After:  `SELECT path FROM (SELECT '/' || ename AS path FROM emp) tree`,
	On: []Matcher{
		Builtin(connectByExtra, "SYS_CONNECT_BY_PATH", "CONNECT_BY_ISLEAF", "CONNECT_BY_ISCYCLE"),
		Node(connectByRoot), Node(connectBySiblings),
	},
}

func connectByExtra(p *Pass, u Use) {
	how := map[string]string{
		"SYS_CONNECT_BY_PATH": "the path is put together in the recursive query as text",
		"CONNECT_BY_ISLEAF":   "a row is a leaf when no row has it as parent: NOT EXISTS over the same condition",
		"CONNECT_BY_ISCYCLE":  "the cycle mark of the CYCLE clause stands one row later than Oracle's",
	}[u.Name]
	p.Report(u.Node(), u.Name+": "+how)
}

func connectByRoot(p *Pass, u *ast.Unary) {
	if u.Op.Kw == token.CONNECT_BY_ROOT {
		p.Report(u, fmt.Sprintf("%s: the value of the root row is carried through the recursive query as a column", p.text(u)))
	}
}

func connectBySiblings(p *Pass, o *ast.OrderBy) {
	if o.Siblings {
		p.Report(o, "ORDER SIBLINGS BY orders within each parent; the recursive query carries an array of sort keys and orders by it")
	}
}
