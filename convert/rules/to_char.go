package rules

import (
	"fmt"
	"regexp"
	"strings"

	"landfall/internal/model"
)

var toChar = &Rule{
	Code: "CV0406", Name: "to-char", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureFormatMasks,
	Before: `SELECT TO_CHAR(hiredate, 'YYYY-MM-DD HH24:MI:SS') FROM emp`,
	After:  `SELECT to_char(hiredate, 'YYYY-MM-DD HH24:MI:SS') FROM emp`,
	On:     []Matcher{Builtin(toCharUse, "TO_CHAR", "TO_NCHAR")},
}

var numberMask = regexp.MustCompile(`(?i)^(FM)?[-SBLC$0-9,.GDVXMIPRNTEU ]+$`)

func toCharUse(p *Pass, u Use) {
	if u.Call == nil {
		return
	}
	mask, literal := p.stringValue(u.Arg(1))
	switch class := p.class(u.Arg(0)); {
	case u.Args() == 1 && isDate(class):
		p.ReportAs(u.Call, model.Medium, model.Review, fmt.Sprintf("TO_CHAR(%s) without a mask writes the date as NLS_DATE_FORMAT says; that mask has to be written out", p.text(u.Arg(0))))
	case u.Args() == 1:
		p.Report(u.Call, fmt.Sprintf("TO_CHAR(%s) without a mask becomes a cast to text; .5 is written 0.5", p.text(u.Arg(0))))
	case u.Args() > 2:
		p.ReportAs(u.Call, model.Medium, model.Review, "TO_CHAR with NLS parameters: PostgreSQL's to_char takes languages from the session's settings (TM elements)")
	case !literal:
		p.ReportAs(u.Call, model.Medium, model.Review, fmt.Sprintf("the mask of TO_CHAR is known only at run time (%s); PostgreSQL reads some elements otherwise", p.text(u.Arg(1))))
	case numberMask.MatchString(mask) && !isDate(class):
		toCharNumber(p, u, mask)
	default:
		if trouble := maskTrouble(mask); trouble != "" {
			p.ReportAs(u.Call, model.Medium, model.Review, fmt.Sprintf("the mask '%s' of TO_CHAR differs: %s", mask, trouble))
			return
		}
		p.Report(u.Call, fmt.Sprintf("TO_CHAR with '%s' is kept; names of months and days are English without the prefix TM", mask))
	}
}

func toCharNumber(p *Pass, u Use, mask string) {
	if upper := strings.ToUpper(mask); strings.ContainsAny(upper, "XUC") || strings.Contains(upper, "TM") || strings.Contains(upper, "EEEE") {
		p.ReportAs(u.Call, model.Medium, model.Review, fmt.Sprintf("the number mask '%s' has elements that PostgreSQL lacks: hexadecimal goes with to_hex, TM with a cast to text", mask))
		return
	}
	p.Report(u.Call, fmt.Sprintf("TO_CHAR with number mask '%s' is kept; what does not fit is shown with # on both sides, with other widths", mask))
}
