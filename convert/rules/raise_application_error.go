package rules

import (
	"fmt"

	"landfall/internal/model"
)

var raiseApplicationError = &Rule{
	Code: "CV0614", Name: "raise-application-error", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureExceptions,
	Before: `BEGIN RAISE_APPLICATION_ERROR(-20001, 'no stock'); END;
/`,
	After: `DO $$ BEGIN BEGIN RAISE EXCEPTION 'no stock' USING ERRCODE = 'OR001'; EXCEPTION WHEN SQLSTATE 'OR001' THEN NULL; END; END $$`,
	On:    []Matcher{Builtin(raiseApplicationErrorUse, "RAISE_APPLICATION_ERROR")},
}

func raiseApplicationErrorUse(p *Pass, u Use) {
	if u.Args() < 2 {
		return
	}
	n, known := p.intValue(u.Arg(0))
	switch {
	case !known:
		p.ReportAs(u.Call, model.Medium, model.Auto, fmt.Sprintf("the number of RAISE_APPLICATION_ERROR is known only at run time (%s); the SQLSTATE is made from it", p.text(u.Arg(0))))
	default:
		p.Report(u.Call, fmt.Sprintf("RAISE_APPLICATION_ERROR(%d, ...) becomes RAISE EXCEPTION with a SQLSTATE made from the number; programs that look for ORA%d see another code", n, n))
	}
}
