package rules

import "landfall/internal/model"

var divisionDigits = &Rule{
	Code: "CV0436", Name: "division-digits", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Review,
	Before:     `SELECT TO_CHAR(sal / 3) FROM emp`,
	After:      `SELECT (sal / 3)::text FROM emp`,
	Conversion: true,
}
