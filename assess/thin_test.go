package assess_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"landfall/assess"
	"landfall/internal/oracle/scripts"
)

// TestThin: whether trees stay in memory or are read again changes nothing, for any target.
func TestThin(t *testing.T) {
	run := func(most int64) []byte {
		r, err := assess.Run(t.Context(), assess.Options{Dir: "../testdata/insurance", Jobs: 4, Sides: true, Scripts: scripts.Options{MaxTrees: most}})
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(struct {
			R     *assess.Result
			Sides []assess.Side
			Texts []assess.ObjectText
		}{r, r.Sides, r.Texts})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	whole, thin := run(0), run(1)
	if !bytes.Equal(whole, thin) {
		at := 0
		for at < min(len(whole), len(thin)) && whole[at] == thin[at] {
			at++
		}
		from := max(0, at-200)
		t.Errorf("results differ at byte %d:\n%s\n%s", at, whole[from:min(len(whole), at+200)], thin[from:min(len(thin), at+200)])
	}
}
