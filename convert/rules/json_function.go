package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var jsonFunction = &Rule{
	Code: "CV0325", Name: "json-function", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT JSON_VALUE(body, '$.id') FROM event`,
	After:  `SELECT jsonb_path_query_first('{"id": 1}'::jsonb, '$.id') #>> '{}'`,
	On: []Matcher{
		Builtin(jsonFunctionUse, "JSON_VALUE", "JSON_QUERY", "JSON_TABLE", "JSON_EXISTS", "JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG",
			"JSON_ARRAYAGG", "JSON_TRANSFORM", "JSON_MERGEPATCH", "JSON_DATAGUIDE", "JSON_SERIALIZE", "JSON_SCALAR", "JSON_EQUAL", "JSON_TEXTCONTAINS"),
		Node(jsonIs), Builtin(jsonObjectMethod, "JSON_OBJECT_T.*", "JSON_ARRAY_T.*", "JSON_ELEMENT_T.*", "JSON_SCALAR_T.*", "JSON_KEY_LIST.*"),
	},
}

func jsonFunctionUse(p *Pass, u Use) {
	if u.Call == nil {
		return
	}
	switch u.Name {
	case "JSON_VALUE", "JSON_QUERY", "JSON_TABLE", "JSON_EXISTS":
		p.Report(u.Call, fmt.Sprintf("%s exists in PostgreSQL from version 17 on; before, jsonb_path_query does it", u.Name))
	case "JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG", "JSON_ARRAYAGG":
		p.ReportAs(u.Call, model.Low, model.Auto, fmt.Sprintf("%s exists in PostgreSQL from version 16 on; before, json_build_object and the like do it", u.Name))
	default:
		p.ReportAs(u.Call, model.High, model.Review, fmt.Sprintf("%s has no counterpart of that name; jsonb operators (||, -, #-, jsonb_set) do parts of it", u.Name))
	}
}

func jsonIs(p *Pass, n *ast.Is) {
	if n.What == token.JSON {
		p.ReportAs(n, model.Low, model.Auto, "IS JSON exists in PostgreSQL from version 16 on")
	}
}

func jsonObjectMethod(p *Pass, u Use) {
	p.ReportAs(u.Node(), model.High, model.Auto, fmt.Sprintf("%s works on a JSON tree in memory; jsonb values with ->, jsonb_set and jsonb_build_object do the same, assigned back", u.Name))
}
