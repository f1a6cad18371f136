package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var bulkCollect = &Rule{
	Code: "CV0606", Name: "bulk-collect", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureBulk,
	Before: `BEGIN SELECT ename BULK COLLECT INTO names FROM emp; END;
/`,
	After: `DO $$ DECLARE names text[]; BEGIN SELECT array_agg(ename) INTO names FROM emp; END $$`,
	On:    []Matcher{Node(bulkCollectInto), Node(bulkCollectFetch), Node(bulkCollectDynamic)},
}

func bulkCollectInto(p *Pass, i *ast.Into) {
	if _, returning := p.Parent(0).(*ast.Returning); i.Bulk && !returning {
		what := "SELECT BULK COLLECT becomes array_agg; no row gives NULL instead of an empty collection, which coalesce mends"
		if len(i.Targets) > 1 {
			what = fmt.Sprintf("SELECT BULK COLLECT INTO %s becomes as many array_agg in one query; no row gives NULL, which coalesce mends", count(len(i.Targets), "collection"))
		}
		p.Report(i, what)
	}
}

func bulkCollectFetch(p *Pass, f *ast.Fetch) {
	switch {
	case !f.Bulk:
	case f.Limit != nil:
		p.ReportAs(f, model.High, model.Auto, fmt.Sprintf("FETCH BULK COLLECT LIMIT %s: PL/pgSQL fetches one row at a time, a loop fills the arrays", p.text(f.Limit)))
	default:
		p.Report(f, "FETCH BULK COLLECT: a loop over the cursor fills the arrays")
	}
}

func bulkCollectDynamic(p *Pass, e *ast.ExecImmediate) {
	if e.Bulk || e.ReturningBulk {
		p.Report(e, "EXECUTE IMMEDIATE with BULK COLLECT: array_agg goes into the text of the query, or a loop FOR r IN EXECUTE fills the arrays")
	}
}
