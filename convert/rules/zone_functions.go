package rules

import (
	"fmt"

	"landfall/internal/model"
)

var zoneFunctions = &Rule{
	Code: "CV0432", Name: "zone-functions", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT FROM_TZ(ordered, 'Asia/Shanghai') FROM orders`,
	After:  `SELECT ordered AT TIME ZONE 'Asia/Shanghai' FROM orders`,
	On:     []Matcher{Builtin(zoneFunctionUse, "FROM_TZ", "NEW_TIME", "TZ_OFFSET", "SYS_EXTRACT_UTC", "ORA_DST_CONVERT")},
}

func zoneFunctionUse(p *Pass, u Use) {
	if u.Call == nil {
		return
	}
	how := map[string]string{
		"FROM_TZ": "x AT TIME ZONE zone", "NEW_TIME": "x AT TIME ZONE a AT TIME ZONE b; its three-letter zones mean others",
		"TZ_OFFSET": "pg_timezone_names", "SYS_EXTRACT_UTC": "x AT TIME ZONE 'UTC'",
	}[u.Name]
	if how == "" {
		how = "nothing of that kind"
	}
	p.Report(u.Call, fmt.Sprintf("%s becomes %s", u.Name, how))
}
