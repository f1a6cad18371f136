package cli

import (
	"fmt"

	"landfall/convert/rules"
)

// ruleTexts is the rule table with its texts in a language, as explain shows it.
func ruleTexts(lang string) ([]explainedRule, error) {
	table := rules.Table()
	all := make([]explainedRule, 0, len(table))
	for _, r := range table {
		t, ok := rules.Text(lang, r.Code)
		if !ok {
			return nil, fmt.Errorf("%s has no texts in %q", r.Code, lang)
		}
		all = append(all, explainedRule{
			Code: r.Code, Name: r.Name, Title: t.Title, Doc: t.Why, Advice: t.Advice, Group: r.Group, Severity: r.Severity.String(),
			Effort: r.Effort.String(), Since: r.Since, Before: r.Before, After: r.After,
		})
	}
	return all, nil
}
