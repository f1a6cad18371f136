package rules_test

import (
	"testing"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// runObjects gives the findings of one rule on the objects of the catalog that a source makes.
func runObjects(t testing.TB, r *rules.Rule, name, src string) []model.Finding {
	t.Helper()
	f := parser.Parse(name, []byte(src), parser.Options{})
	for _, e := range f.Errors {
		t.Errorf("%s: %s: %s", name, f.OffsetPos(e.Off), e.Msg)
	}
	estate := scripts.FromFiles([]*ast.File{f}, scripts.Options{})
	engine := rules.NewEngine(rules.PostgreSQL(), []*rules.Rule{r})
	var found []model.Finding
	for _, o := range estate.Catalog.Objects {
		found = append(found, engine.Object(estate.Catalog, o, f, nil)...)
	}
	model.SortFindings(found)
	return found
}

// runRule runs the whole table over the statements of a source, or, for a rule on catalog objects, that rule over
// the objects.
func runRule(t testing.TB, r *rules.Rule, name, src string) []model.Finding {
	t.Helper()
	if len(r.On) == 0 {
		return runObjects(t, r, name, src)
	}
	return run(t, name, src)
}
