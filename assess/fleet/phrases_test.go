package fleet

import (
	"testing"

	"landfall/assess/phrase/phrasetest"
)

// TestPhrases holds everything that a roll-up says to having a Chinese form with the same arguments.
func TestPhrases(t *testing.T) {
	formats, open, err := phrasetest.Uses(".", map[string][]int{"Say": {0}})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range open {
		t.Errorf("%s: a test cannot see what it says", o)
	}
	for _, p := range phrasetest.Compare(phrases("zh"), formats) {
		t.Error(p)
	}
	if len(formats) < 16 {
		t.Errorf("only %d phrases found: the pattern is stale", len(formats))
	}
}
