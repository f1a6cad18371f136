package rules

import "landfall/internal/model"

var notConverted = &Rule{
	Code: "CV1015", Name: "not-converted", Since: first, Group: groupObjects, Severity: model.High, Effort: model.Manual,
	Before: `ALTER SYSTEM SET open_cursors = 500`, Conversion: true,
}
