package reports

import (
	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
)

// word is one of the words by which reports grade things: every report colours it alike and explains it.
type word struct {
	text    string
	meaning string
	colour  string
}

// words lists the words of severity, effort, standing and class, each once: one word of a language may serve two scales, and
// keeps the colour and the meaning of the first.
func (t texts) words() []word {
	var list []word
	seen := map[string]bool{}
	add := func(key, colour string) {
		w := word{t.get(key), t.get(key + ".is"), colour}
		if !seen[w.text] {
			seen[w.text] = true
			list = append(list, w)
		}
	}
	for _, s := range model.Severities() {
		add("severity."+s.String(), severityColour[s])
	}
	for _, e := range model.Efforts() {
		add("effort."+e.String(), effortColour[e])
	}
	for _, r := range model.Rungs() {
		add("rung."+r.String(), rungColour[r])
	}
	add("rung.refused", refusedColour)
	for _, v := range checks.Verdicts() {
		add("verdict."+verdictClass(v), verdictColour[v])
	}
	for _, s := range []string{assess.StatusNew, assess.StatusUnchanged, assess.StatusResolved, waived} {
		add("status."+s, statusColour[s])
	}
	add("gate.passed", "1E8E5A")
	add("gate.failed", "C4401C")
	for _, c := range append(assess.ObjectClasses(), assess.SQLClasses()...) {
		add("standing."+c, classColour[c])
	}
	return list
}

// classOf is the word for a class of objects or statements.
func (t texts) classOf(c string) string { return t.get("standing." + c) }
