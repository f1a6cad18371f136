package rules

import "landfall/internal/model"

var absentRoutine = &Rule{
	Code: "CV0634", Name: "absent-routine", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Review,
	Before: `CREATE PROCEDURE count_again IS BEGIN stock.recount(1); END;
/`,
	After:      `CREATE PROCEDURE count_again() LANGUAGE plpgsql AS $$ BEGIN CALL stock.recount(1); END $$`,
	Conversion: true,
}
