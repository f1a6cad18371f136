package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var externalCall = &Rule{
	Code: "CV0623", Name: "external-call", Since: first, Group: groupPLSQL, Severity: model.Blocker, Effort: model.Manual, Needs: FeatureExternalCalls,
	Before: `CREATE FUNCTION crc (s VARCHAR2) RETURN INTEGER AS LANGUAGE JAVA NAME 'Crc.of(java.lang.String) return int';
/`,
	After: ``,
	On:    []Matcher{Node(externalCallSpec), Node(foreignUnit)},
}

func externalCallSpec(p *Pass, c *ast.CallSpec) {
	lang := c.Language.String()
	if lang == "" {
		lang = "another language"
	}
	p.Report(c, fmt.Sprintf("the routine is written in %s inside the database server; it has to be written anew in a language of PostgreSQL, or moved to a service", lang))
}

func foreignUnit(p *Pass, f *ast.ForeignUnit) {
	p.Report(f, fmt.Sprintf("%s stored in the database cannot run in PostgreSQL: a service of its own, PL/Java, or a rewrite", p.headline(f)))
}

func (p *Pass) headline(f *ast.ForeignUnit) string {
	if f.Name != nil {
		return fmt.Sprintf("%s %s", strings.ToLower(f.Kind.String()), p.name(f.Name))
	}
	return strings.ToLower(f.Kind.String()) + " code"
}
