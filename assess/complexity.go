package assess

import (
	"fmt"

	"landfall/assess/checks"
	"landfall/assess/phrase"
	"landfall/internal/model"
)

// complexity reads class, grade and size off the figures. The estimate must be there.
func (r *Result) complexity(f figures, words phrase.Table) {
	var objects, refused, manualObjects, codeLines, manualLines, code float64
	for i := range r.Objects {
		o := &r.Objects[i]
		objects++
		byHand := o.Refused || o.Rung == model.RungUnread || o.Effort == model.Manual
		if o.Refused || o.Rung == model.RungUnread {
			refused++
		}
		if byHand {
			manualObjects++
		}
		if o.Kind.HasCode() {
			code++
			codeLines += float64(o.Lines)
			if byHand {
				manualLines += float64(o.Lines)
			}
		}
	}
	manual, blockers := 0.0, 0.0
	for i := range r.Findings {
		x := &r.Findings[i]
		if x.Waiver != nil {
			continue
		}
		if x.Effort == model.Manual {
			manual++
		}
		if x.Severity == model.Blocker {
			blockers++
		}
	}
	for _, c := range r.Checks {
		if c.Verdict == checks.Blocker {
			blockers++
		}
	}
	c := &Complexity{Class: ClassAuto, Grade: 1}
	fact := func(name string, value, limit float64, calls string, holds bool) bool {
		x := ComplexityFact{Name: words.Say(name), Value: round(value, 4), Limit: limit}
		if holds {
			x.Calls = calls
		}
		c.Facts = append(c.Facts, x)
		return holds
	}
	share := func(part, of float64) float64 {
		if of == 0 {
			return 0
		}
		return part / of
	}
	if fact("objects with manual work", manualObjects, 1, ClassManual, manualObjects >= 1) {
		c.Class = ClassManual
	}
	hard := fact("share of code lines in objects with manual work", share(manualLines, codeLines), f.one("complexity.c.share"), ClassHard, share(manualLines, codeLines) > f.one("complexity.c.share"))
	if r.Estimate != nil {
		days := r.Estimate.PersonDays.High
		hard = fact("person-days, high end", days, f.one("complexity.c.days"), ClassHard, days > f.one("complexity.c.days")) || hard
	}
	if hard {
		c.Class = ClassHard
	}
	grade := func(g int, name string, value, limit float64, holds bool) {
		if fact(name, value, limit, fmt.Sprint(g), holds) {
			c.Grade = max(c.Grade, g)
		}
	}
	grade(2, "units of code", code, 1, code >= 1)
	grade(3, "manual findings", manual, 1, manual >= 1)
	grade(4, "refused or unread objects", refused, f.one("complexity.4.refused"), refused >= f.one("complexity.4.refused"))
	grade(5, "share of refused or unread objects", share(refused, objects), f.one("complexity.5.share"), share(refused, objects) > f.one("complexity.5.share"))
	grade(5, "blockers", blockers, f.one("complexity.5.blockers"), blockers > f.one("complexity.5.blockers"))
	for i := range c.Facts {
		x := &c.Facts[i]
		x.Decided = x.Calls != "" && (x.Calls == c.Class || x.Calls == fmt.Sprint(c.Grade))
	}
	switch {
	case c.Class == ClassHard || c.Grade == 5:
		c.Size = ComplexityHigh
	case c.Class == ClassAuto || c.Grade <= 2:
		c.Size = ComplexityLow
	default:
		c.Size = ComplexityMedium
	}
	c.Level = fmt.Sprintf("%s-%d", c.Class, c.Grade)
	r.Complexity = c
}
