package rules

import "landfall/internal/model"

var invalidSource = &Rule{
	Code: "CV1016", Name: "invalid-source", Since: first, Group: groupObjects, Severity: model.High, Effort: model.Manual,
	Before: `CREATE PROCEDURE p IS BEGIN EXIT WHEN 1 = 2; END;
/`, Conversion: true,
}
