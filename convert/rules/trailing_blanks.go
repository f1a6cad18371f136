package rules

import "landfall/internal/model"

var trailingBlanks = &Rule{
	Code: "CV0126", Name: "trailing-blanks", Since: first, Group: groupTypes, Severity: model.Info, Effort: model.Review,
	Before: `DECLARE short VARCHAR2(2); long VARCHAR2(4) := 'ab  '; BEGIN short := long; END;
/`,
	After:      `DO $$ DECLARE short varchar(2); long varchar(4) := 'ab  '; BEGIN short := long; END $$`,
	Conversion: true,
}
