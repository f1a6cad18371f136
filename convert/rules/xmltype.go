package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var xmlTypeRule = &Rule{
	Code: "CV0109", Name: "xmltype", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Review, Needs: FeatureXMLType,
	Before: `CREATE TABLE message (body XMLTYPE)`,
	After:  `CREATE TABLE message (body xml)`,
	On:     []Matcher{Node(xmlTypeUse), Builtin(xmlTypeMethod, "XMLTYPE.*")},
}

func xmlTypeUse(p *Pass, t *ast.DataType) {
	if t.Kw == token.XMLTYPE || t.Name != nil && t.Anchor == 0 && p.File.Last(t.Name) == "XMLTYPE" {
		p.Report(t, "XMLTYPE becomes xml, which is stored as text: methods (.extract, .getClobVal), XML indexes, schemas and updates of parts have no counterpart")
	}
}

func xmlTypeMethod(p *Pass, u Use) {
	p.ReportAs(u.Node(), model.High, model.Review, fmt.Sprintf("%s is a method of XMLTYPE; xml has none: a cast to text, xpath() or xpath_exists()", u.Name))
}
