package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var specialTypeRule = &Rule{
	Code: "CV0121", Name: "special-type", Since: first, Group: groupTypes, Severity: model.High, Effort: model.Manual,
	Before: `CREATE TABLE shop (place SDO_GEOMETRY)`,
	After:  ``,
	On:     []Matcher{Node(specialTypeUse), Builtin(specialTypeMethod, "ANYDATA.*", "ANYTYPE.*", "ANYDATASET.*", "SDO_GEOMETRY.*", "URITYPE.*", "HTTPURITYPE.*", "DBURITYPE.*", "ORDIMAGE.*")},
}

// specialTypes are the types that Oracle supplies in SYS, MDSYS, ORDSYS, with what can stand for them.
var specialTypes = map[string]string{
	"SDO_GEOMETRY": "PostGIS has geometry, with other functions", "SDO_TOPO_GEOMETRY": "PostGIS has a topology extension",
	"SDO_GEORASTER": "PostGIS has raster", "ANYDATA": "jsonb that holds the type beside the value; its methods have functions of the support schema", "ANYTYPE": "there is no run-time type description",
	"ANYDATASET": "jsonb", "URITYPE": "text", "HTTPURITYPE": "text", "DBURITYPE": "text", "XDBURITYPE": "text",
	"ORDIMAGE": "bytea", "ORDAUDIO": "bytea", "ORDVIDEO": "bytea", "ORDDOC": "bytea", "AQ$_JMS_TEXT_MESSAGE": "a message table of your own",
}

func specialTypeUse(p *Pass, t *ast.DataType) {
	name := t.Kw.String()
	if t.Name != nil {
		name = p.File.Last(t.Name)
	}
	if route := specialTypes[name]; route != "" && t.Anchor == 0 {
		p.Report(t, fmt.Sprintf("%s is a type of Oracle's own with methods; nearest in PostgreSQL: %s", name, route))
	}
}

func specialTypeMethod(p *Pass, u Use) {
	pkg, _, _ := strings.Cut(u.Name, ".")
	p.Report(u.Node(), fmt.Sprintf("%s is a method of a type of Oracle's own; nearest in PostgreSQL: %s", u.Name, specialTypes[pkg]))
}
