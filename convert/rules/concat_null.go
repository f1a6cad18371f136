package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var concatNull = &Rule{
	Code: "CV0418", Name: "concat-null", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto, Needs: FeatureEmptyStringNull,
	Before: `SELECT ename || ' ' || job FROM emp`,
	After:  `SELECT concat(ename, ' ', job) FROM emp`,
	On:     []Matcher{Node(concatNullOp), Builtin(concatCall, "CONCAT")},
}

func concatNullOp(p *Pass, b *ast.Binary) {
	if b.Op.Kind != token.Concat {
		return
	}
	if up, ok := p.Parent(0).(*ast.Binary); ok && up.Op.Kind == token.Concat {
		return // the whole chain is one finding
	}
	var may ast.Expr
	for e := ast.Expr(b); ; {
		x, ok := e.(*ast.Binary)
		if !ok || x.Op.Kind != token.Concat {
			if p.mayBeNull(e) {
				may = e
			}
			break
		}
		if p.mayBeNull(x.Y) {
			may = x.Y
		}
		e = x.X
	}
	if may == nil {
		return
	}
	if l, ok := ast.Unparen(may).(*ast.Literal); ok && (l.Kind == ast.LitNull || p.emptyString(l)) {
		p.ReportAs(b, model.High, model.Auto, "text joined with a NULL keeps the text in Oracle and is NULL in PostgreSQL: it becomes concat()")
		return
	}
	p.Report(b, fmt.Sprintf("where %s is NULL, || keeps the rest of the text in Oracle and gives NULL in PostgreSQL: it becomes concat()", p.text(may)))
}

func concatCall(p *Pass, u Use) {
	if u.Args() == 2 {
		p.ReportAs(u.Call, model.Info, model.Auto, "CONCAT skips NULLs in both; all NULL gives NULL in Oracle and '' in PostgreSQL")
	}
}

// mayBeNull is false only for what cannot be NULL: constants, columns declared NOT NULL, functions that always
// give a value.
func (p *Pass) mayBeNull(e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		return x.Kind == ast.LitNull || p.emptyString(x)
	case *ast.Name:
		r := p.Info.Ref(x)
		if r.Column != nil {
			return !r.Column.NotNull
		}
		name := p.builtinName(x)
		return name != "USER" && name != "SYSDATE" && name != "SYSTIMESTAMP" && name != "ROWNUM" && name != "SQLERRM" && name != "SQLCODE" && name != "LEVEL"
	case *ast.Call:
		n, ok := x.Fn.(*ast.Name)
		if !ok {
			return true
		}
		p.parents = append(p.parents, x)
		name := p.builtinName(n)
		p.parents = p.parents[:len(p.parents)-1]
		switch name {
		case "CHR", "COUNT", "SYS_GUID":
			return false
		case "NVL", "COALESCE":
			return len(x.Args) == 0 || p.mayBeNull(x.Args[len(x.Args)-1].X)
		case "TO_CHAR", "UPPER", "LOWER", "RPAD", "LPAD", "SUBSTR":
			return len(x.Args) == 0 || p.mayBeNull(x.Args[0].X)
		}
		return true
	case *ast.Attr, *ast.Inquiry:
		return false
	case *ast.Binary:
		if x.Op.Kind == token.Concat {
			return p.mayBeNull(x.X) && p.mayBeNull(x.Y)
		}
		return p.mayBeNull(x.X) || p.mayBeNull(x.Y)
	}
	return true
}
