package assess

import (
	"strings"
	"testing"

	"landfall/internal/model"
)

// TestRecommend holds what decides between targets, and that the reasons name it.
func TestRecommend(t *testing.T) {
	figures := func(name string, low float64, refused int, ceiling model.Rung) TargetFigures {
		return TargetFigures{Target: Target{Profile: name, Title: name}, Hours: &Hours{Low: low, High: 2 * low}, Refused: refused, Objects: 10, Ceiling: ceiling}
	}
	for _, c := range []struct {
		name     string
		compared []TargetFigures
		want     string
		reason   string
	}{
		{"effort", []TargetFigures{figures("a", 10, 1, model.RungEqual), figures("b", 5, 2, model.RungConverted)}, "b", "no further than converted"},
		{"refused of equal effort", []TargetFigures{figures("a", 10, 3, model.RungEqual), figures("b", 10, 2, model.RungEqual)}, "b", "a would leave 3 of 10"},
		{"the first of equal ones", []TargetFigures{figures("a", 10, 2, model.RungEqual), figures("b", 10, 2, model.RungEqual)}, "a", "as far as equal"},
	} {
		r := &Targets{Compared: c.compared}
		r.recommend("")
		if r.Recommended != c.want || !strings.Contains(strings.Join(r.Reasons, "; "), c.reason) {
			t.Errorf("%s: %s, %q", c.name, r.Recommended, r.Reasons)
		}
	}
}
