package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var compoundTrigger = &Rule{
	Code: "CV0627", Name: "compound-trigger", Since: first, Group: groupPLSQL, Severity: model.High, Effort: model.Auto, Needs: FeatureCompoundTriggers,
	Before: `CREATE TRIGGER emp_c FOR INSERT ON emp COMPOUND TRIGGER AFTER STATEMENT IS BEGIN NULL; END AFTER STATEMENT; END emp_c;
/`,
	After: `CREATE FUNCTION emp_c_as() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER emp_c_as AFTER INSERT ON emp FOR EACH STATEMENT EXECUTE FUNCTION emp_c_as()`,
	On: []Matcher{Node(compoundTriggerBody)},
}

func compoundTriggerBody(p *Pass, c *ast.CompoundTrigger) {
	state := 0
	for _, d := range c.Decls {
		if _, ok := d.(*ast.VarDecl); ok {
			state++
		}
	}
	p.Report(c, fmt.Sprintf("the compound trigger becomes %s, one a timing point; its %s shared between them become settings or a temporary table, transition tables serve most", count(len(c.Sections), "trigger"), count(state, "variable")))
}
