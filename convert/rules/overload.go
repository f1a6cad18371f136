package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var overload = &Rule{
	Code: "CV0707", Name: "overload", Since: first, Group: groupPackages, Severity: model.Info, Effort: model.Auto, Needs: FeatureOverloads,
	Before: `CREATE PACKAGE BODY pay IS PROCEDURE run (a INTEGER) IS BEGIN NULL; END; PROCEDURE run (a VARCHAR2) IS BEGIN NULL; END; END pay;
/`,
	After: `CREATE PROCEDURE run (a integer) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$; CREATE PROCEDURE run (a varchar) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$`,
	On:    []Matcher{Node(overloadSpec), Node(overloadBody)},
}

func overloadSpec(p *Pass, c *ast.CreatePackage)     { reportOverloads(p, c.Decls) }
func overloadBody(p *Pass, b *ast.CreatePackageBody) { reportOverloads(p, b.Decls) }

func reportOverloads(p *Pass, decls []ast.Decl) {
	first := map[string]*ast.Routine{}
	told := map[string]bool{}
	for _, d := range decls {
		r, ok := d.(*ast.Routine)
		if !ok || r.Body == nil && inBody(p) {
			continue
		}
		name := p.File.Last(r.Name)
		before := first[name]
		if before == nil {
			first[name] = r
			continue
		}
		if told[name] {
			continue
		}
		told[name] = true
		if p.sameShape(before, r) {
			p.ReportAs(r.Name, model.High, model.Review, fmt.Sprintf("%s is overloaded with types that are the same in PostgreSQL; one of them gets another name", p.name(r.Name)))
			continue
		}
		p.Report(r.Name, fmt.Sprintf("%s is overloaded, which PostgreSQL can; calls with untyped constants may need a cast to be told apart", p.name(r.Name)))
	}
}

// inBody tells forward declarations, which have no body in a package body, from the routines of a specification.
func inBody(p *Pass) bool { return p.rule != nil && len(p.parents) == 0 && isBody(p.Info.Stmt) }

func isBody(s ast.Stmt) bool {
	_, ok := s.(*ast.CreatePackageBody)
	return ok
}

// sameShape reports whether two routines take the same types once mapped.
func (p *Pass) sameShape(a, b *ast.Routine) bool {
	if len(a.Params) != len(b.Params) {
		return false
	}
	for i := range a.Params {
		if p.parameterType(a.Params[i]) != p.parameterType(b.Params[i]) {
			return false
		}
	}
	return true
}

func (p *Pass) parameterType(q *ast.Param) string {
	if q.Type == nil {
		return ""
	}
	if q.Type.Name != nil {
		return p.File.Source(q.Type)
	}
	switch q.Type.Kw {
	case token.VARCHAR2, token.VARCHAR, token.NVARCHAR2, token.STRING:
		return "varchar"
	case token.CLOB, token.NCLOB, token.LONG:
		return "text"
	case token.BLOB, token.RAW:
		return "bytea"
	case token.NUMBER, token.NUMERIC, token.DECIMAL, token.FLOAT:
		return "numeric"
	}
	return q.Type.Kw.String()
}
