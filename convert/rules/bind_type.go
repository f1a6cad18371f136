package rules

import "landfall/internal/model"

var bindType = &Rule{
	Code: "CV0437", Name: "bind-type", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Review,
	Before:     `SELECT :n - 1 FROM dual`,
	After:      `PREPARE q AS SELECT CAST($1 AS numeric) - 1`,
	Conversion: true,
}
