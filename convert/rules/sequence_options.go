package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var sequenceOptions = &Rule{
	Code: "CV1001", Name: "sequence-options", Since: first, Group: groupObjects, Severity: model.Low, Effort: model.Auto, Needs: FeatureSequenceOptions,
	Before: `CREATE SEQUENCE order_no_seq MAXVALUE 9999999999999999999999999999`,
	After:  `CREATE SEQUENCE order_no_seq MAXVALUE 9223372036854775807`,
	On:     []Matcher{Node(sequenceOption)},
}

func sequenceOption(p *Pass, o *ast.SeqOption) {
	switch o.Kind {
	case token.MAXVALUE, token.MINVALUE, token.START:
		if o.Value == nil {
			return
		}
		digits := strings.TrimLeft(strings.Join(strings.Fields(p.File.Source(o.Value)), ""), "+-0")
		if len(digits) > 19 || len(digits) == 19 && digits > "9223372036854775807" {
			sev := model.Info
			if strings.Trim(digits, "9") != "" {
				sev = model.Medium
			}
			p.ReportAs(o, sev, model.Auto, fmt.Sprintf("%s %s is beyond bigint, which PostgreSQL's sequences end with: it becomes the largest", o.Kind, digits))
		}
	case token.ORDER:
		p.ReportAs(o, model.Info, model.Auto, "ORDER is for clusters of several instances; left out")
	case token.SESSION, token.SCALE, token.SHARD:
		p.Report(o, fmt.Sprintf("sequence option %s does not exist: %s", o.Kind, "a temporary sequence, or a number made by the application, is nearest"))
	case token.KEEP:
		p.ReportAs(o, model.Info, model.Auto, "KEEP is for replay after a failover; left out")
	}
}
