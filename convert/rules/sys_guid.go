package rules

import "landfall/internal/model"

var sysGUID = &Rule{
	Code: "CV0425", Name: "sys-guid", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT SYS_GUID() FROM emp`,
	After:  `SELECT gen_random_uuid() FROM emp`,
	On:     []Matcher{Builtin(sysGUIDUse, "SYS_GUID")},
}

func sysGUIDUse(p *Pass, u Use) {
	p.Report(u.Node(), "SYS_GUID gives 16 bytes of RAW; gen_random_uuid() gives a uuid, as RAW it is uuid_send(gen_random_uuid())")
}
