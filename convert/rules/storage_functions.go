package rules

import (
	"fmt"

	"landfall/internal/model"
)

var storageFunctions = &Rule{
	Code: "CV0427", Name: "vsize-dump-hash", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Review, Needs: FeatureStorageFunction,
	Before: `SELECT ORA_HASH(ename) FROM emp`,
	After:  `SELECT hashtext(ename) FROM emp`,
	On:     []Matcher{Builtin(storageFunctionUse, "VSIZE", "DUMP", "ORA_HASH", "STANDARD_HASH")},
}

func storageFunctionUse(p *Pass, u Use) {
	switch {
	case u.Call == nil:
	case u.Name == "STANDARD_HASH":
		p.ReportAs(u.Call, model.Low, model.Review, "STANDARD_HASH becomes sha1 of pgcrypto or md5(), sha256() of the core; the bytes hashed are those of UTF8 text")
	case u.Name == "ORA_HASH":
		p.Report(u.Call, "ORA_HASH: hashtext gives other numbers; stored or compared hashes do not match")
	default:
		p.Report(u.Call, fmt.Sprintf("%s shows how Oracle stores a value; pg_column_size and encode are nearest, with other results", u.Name))
	}
}
