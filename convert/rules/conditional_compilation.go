package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var conditionalCompilation = &Rule{
	Code: "CV0625", Name: "conditional-compilation", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureConditionalCompile,
	Before: `BEGIN log_it($$PLSQL_LINE); END;
/`,
	After: ``,
	On:    []Matcher{Node(conditionalInquiry), Node(conditionalBlock)},
}

func conditionalInquiry(p *Pass, i *ast.Inquiry) {
	p.Report(i, fmt.Sprintf("%s is replaced by its value when the unit is converted", p.text(i)))
}

// conditionalBlock reports the first directive of a block, which speaks for all.
func conditionalBlock(p *Pass, b *ast.Block) {
	for _, up := range p.parents {
		if _, ok := up.(*ast.Block); ok {
			return
		}
	}
	for i := b.Lo; i < b.Hi; i++ {
		if p.File.Tokens[i].Kind == token.Directive {
			p.Report(&ast.Inquiry{Span: ast.Span{Lo: i, Hi: i + 1}}, "$IF directives: the branch that is selected at conversion is converted, the others are left out")
			return
		}
	}
}
