package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var conversionError = &Rule{
	Code: "CV0435", Name: "conversion-error", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Review,
	Before: `SELECT CAST(ename AS INTEGER DEFAULT 0 ON CONVERSION ERROR) FROM emp`,
	After:  `SELECT CASE WHEN ename ~ '^\s*[-+]?\d+\s*$' THEN ename::integer ELSE 0 END FROM emp`,
	On:     []Matcher{Node(conversionErrorCast), Builtin(validateConversion, "VALIDATE_CONVERSION")},
}

func conversionErrorCast(p *Pass, c *ast.Cast) {
	if c.Default != nil {
		p.Report(c, "DEFAULT ... ON CONVERSION ERROR: a cast that fails is an error in PostgreSQL; test the text first, or call a function that catches it")
	}
}

func validateConversion(p *Pass, u Use) {
	p.Report(u.Node(), "VALIDATE_CONVERSION becomes pg_input_is_valid (version 16 on) or a function that catches the error")
}
