package assess

import (
	"strconv"
	"strings"

	"landfall/assess/phrase"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/workload"
)

// bindTypes are the types that sources tell of a text's host variables, by the names that resolve has for them. A variable
// without a name is known by its number: in SQL each place counts, in a block each name once. A variable that was sent with
// several types has none here.
func bindTypes(f *ast.File, binds []workload.Bind) resolve.Given {
	byName := map[string]workload.Bind{}
	for _, b := range binds {
		byName[bareName(b.Name)] = b
	}
	if len(byName) == 0 {
		return nil
	}
	given := resolve.Given{}
	places, block, seen := 0, false, map[string]bool{}
	for i, t := range f.Tokens {
		if i == 0 {
			block = t.Is(token.BEGIN) || t.Is(token.DECLARE)
		}
		if t.Kind != token.Bind && t.Kind != token.Question {
			continue
		}
		name := resolve.BindName(f, uint32(i)) //nolint:gosec // a text has at most MaxText tokens
		if !block || t.Kind == token.Question || !seen[name] {
			places++
		}
		seen[name] = true
		b, ok := byName[bareName(name)]
		if !ok {
			b, ok = byName[strconv.Itoa(places)]
		}
		if _, known := given[name]; !ok || known || len(b.OtherTypes) > 0 {
			continue
		}
		if typ := workload.BareType(b.Type); resolve.ClassOf(typ) != resolve.ClassUnknown {
			given[name] = model.TypeRef{Name: typ}
		}
	}
	return given
}

// bareName leaves out the quotes of names that CURSOR_SHARING makes: :"SYS_B_0".
func bareName(s string) string { return strings.Trim(strings.ToUpper(s), `"`) }

// mixed tells of variables that are sent with several types: Oracle has a cursor for each, and the statement here is one.
func (v *verdict) mixed(binds []workload.Bind, words phrase.Table) {
	for _, b := range binds {
		if len(b.OtherTypes) == 0 {
			continue
		}
		v.findings = append(v.findings, WorkloadFinding{
			Code: bindRule.Code, Rule: bindRule.Name, Severity: model.Medium, Effort: model.Review, Line: 1, Col: 1,
			Message: words.Say("programs send :%s as %s and as %s: Oracle converts for each of them, the statement is converted for what the place of the variable tells", b.Name, workload.BareType(b.Type), strings.Join(b.OtherTypes, ", ")),
		})
		v.effort = max(v.effort, model.Review)
	}
}

// bindRule is the rule of host variables whose type is not known.
var bindRule = ruleNamed("bind-type")

// ruleNamed is a rule that the assessment of a workload reports by itself.
func ruleNamed(name string) *rules.Rule {
	for _, r := range rules.Table() {
		if r.Name == name {
			return r
		}
	}
	panic("assess: no rule is called " + name)
}
