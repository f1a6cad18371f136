package assess

import (
	"slices"
	"strings"
	"testing"

	"landfall/assess/phrase/phrasetest"
)

// TestPhrases holds everything that an assessment says by itself to having a Chinese form with the same arguments.
func TestPhrases(t *testing.T) {
	formats, open, err := phrasetest.Uses(".", map[string][]int{
		"say": {0}, "Say": {0}, "fact": {0}, "grade": {1}, "rate": {1, 2}, "step": {0}, "without": {2}, "basis": {0}, "every": {0, 1}, "when": {0, 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range open { // these say what the tables below hold, or pass a format on
		if !slices.ContainsFunc([]string{
			"say(name)", "Say(name)", "say(what)", "say(unit)", "fact(name)", "Say(x.Unit)", "Say(x.Reason)", "Say(featureGroup[name])", "Say(gates[at].missing)",
			"Say(s.Storage[i].What)", "Say(s.Basis[i].Name)", "Say(list[i].For)", "Say(list[i].Reason)", "Say(o.Why)",
		}, func(s string) bool { return strings.HasSuffix(o, ": "+s) }) {
			t.Errorf("%s: a test cannot see what it says", o)
		}
	}
	for _, f := range figuresWith(nil).list(nil) {
		formats = append(formats, f.Unit, f.Reason)
	}
	for _, g := range gates {
		formats = append(formats, g.missing)
	}
	for _, p := range storageParts {
		formats = append(formats, p.what)
	}
	formats = append(formats, "it has no converted form", "the change cannot be made token by token", "the changed file would not make the wanted statements")
	formats = append(formats, workingSpace, hintFeature, "no processor time, or the instance was started within the hour")
	for _, p := range phrasetest.Compare(phrases("zh"), formats) {
		t.Error(p)
	}
	if len(formats) < 250 {
		t.Errorf("only %d phrases found: the pattern is stale", len(formats))
	}
}
