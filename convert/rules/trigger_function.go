package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var triggerFunction = &Rule{
	Code: "CV0626", Name: "trigger", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureTriggers,
	Before: `CREATE TRIGGER emp_bi BEFORE INSERT ON emp FOR EACH ROW BEGIN :new.sal := 1; END;
/`,
	After: `CREATE FUNCTION emp_bi_fn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.sal := 1; RETURN NEW; END $$;
CREATE TRIGGER emp_bi BEFORE INSERT ON emp FOR EACH ROW EXECUTE FUNCTION emp_bi_fn()`,
	On: []Matcher{Node(triggerFunctionStmt)},
}

func triggerFunctionStmt(p *Pass, t *ast.CreateTrigger) {
	switch {
	case t.Compound != nil || t.Scope != token.TABLE:
		return // rules of their own
	case len(t.OrderNames) > 0:
		p.ReportAs(t.Name, model.Medium, model.Auto, fmt.Sprintf("trigger %s is ordered by %s; PostgreSQL fires triggers by name, so it is renamed", p.name(t.Name), t.Order))
	case t.State == token.DISABLE:
		p.ReportAs(t.Name, model.Low, model.Auto, fmt.Sprintf("trigger %s is disabled: ALTER TABLE ... DISABLE TRIGGER follows its creation", p.name(t.Name)))
	case t.NestedCol != nil:
		p.ReportAs(t.Name, model.High, model.Manual, fmt.Sprintf("trigger %s fires on elements of a nested table column, which becomes an array", p.name(t.Name)))
	default:
		p.Report(t.Name, fmt.Sprintf("trigger %s becomes a trigger and a function; INSERTING, :NEW, :OLD become TG_OP, NEW, OLD, and a row trigger returns the row", p.name(t.Name)))
	}
}
