package rules

import (
	"fmt"

	"landfall/internal/model"
)

var xmlFunction = &Rule{
	Code: "CV0324", Name: "xml-function", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Review,
	Before: `SELECT EXTRACTVALUE(body, '/a/b') FROM message`,
	After:  `SELECT (xpath('/a/b/text()', '<a><b>1</b></a>'::xml))[1]::text`,
	On: []Matcher{
		Builtin(xmlFunctionUse, "EXTRACTVALUE", "EXISTSNODE", "UPDATEXML", "INSERTCHILDXML", "APPENDCHILDXML", "DELETEXML", "XMLSEQUENCE",
			"XMLTRANSFORM", "XMLQUERY", "XMLCOLATTVAL", "SYS_XMLGEN", "SYS_XMLAGG", "XMLDIFF", "XMLPATCH", "XMLCDATA", "XMLISVALID", "XMLTYPE"),
	},
}

func xmlFunctionUse(p *Pass, u Use) {
	switch u.Name {
	case "EXTRACTVALUE", "EXISTSNODE", "XMLQUERY":
		p.Report(u.Node(), fmt.Sprintf("%s becomes xpath() or xpath_exists(): XPath 1.0 only, an array as result, namespaces as a parameter", u.Name))
	case "XMLTYPE":
		p.ReportAs(u.Node(), model.Low, model.Auto, "XMLTYPE(text) becomes xmlparse(document text)")
	case "XMLSEQUENCE":
		p.Report(u.Node(), "XMLSEQUENCE becomes unnest(xpath(...)) or XMLTABLE")
	default:
		p.ReportAs(u.Node(), model.High, model.Manual, fmt.Sprintf("%s has no counterpart in PostgreSQL", u.Name))
	}
}
