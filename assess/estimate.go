package assess

import (
	"math"

	"landfall/assess/checks"
	"landfall/assess/phrase"
	"landfall/internal/model"
)

// milliHours are hours in thousandths: sums of whole numbers do not depend on their order, so that parts, roles, objects
// and rules add up exactly.
type milliHours struct{ low, high int64 }

func milli(r Range) milliHours {
	return milliHours{int64(math.Round(r.Low * 1000)), int64(math.Round(r.High * 1000))}
}

func (m *milliHours) add(o milliHours) { m.low, m.high = m.low+o.low, m.high+o.high }

func (m milliHours) hours() Hours { return Hours{float64(m.low) / 1000, float64(m.high) / 1000} }

// estimator collects hours by part, role, object and rule.
type estimator struct {
	r        *Result
	f        figures
	parts    map[string]*EstimatePart
	partSum  map[string]*milliHours
	roles    map[string]*milliHours
	objects  []milliHours
	rules    map[string]*milliHours
	learning map[string]milliHours
	replayed map[model.ObjectID]bool
	cal      Calibration
}

// estimate makes the hours of the move. Findings and objects must be in report order: which of several equal findings
// counts as the first follows from it.
func (r *Result) estimate(f figures, measured *Measured, words phrase.Table) {
	e := estimator{
		r: r, f: f, parts: map[string]*EstimatePart{}, partSum: map[string]*milliHours{}, roles: map[string]*milliHours{},
		objects: make([]milliHours, len(r.Objects)), rules: map[string]*milliHours{}, learning: map[string]milliHours{}, replayed: map[model.ObjectID]bool{},
	}
	e.cal.Measured = measured
	if measured != nil {
		for _, id := range measured.ReplayedObjects {
			e.replayed[model.ObjectID(id)] = true
		}
	}
	e.findings()
	e.eachObject()
	e.checks()
	e.workload()
	for range r.NotCovered {
		e.add(PartNotCovered, RoleDeveloper, -1, "", milli(f.of("uncovered.place")))
	}
	e.finish(words)
}

// add enters hours; object is its place, or -1.
func (e *estimator) add(part, role string, object int, rule string, h milliHours) {
	p := e.parts[part]
	if p == nil {
		p = &EstimatePart{Part: part}
		e.parts[part], e.partSum[part] = p, &milliHours{}
	}
	p.Count++
	e.spend(part, role, object, rule, h)
}

// spend is add without counting.
func (e *estimator) spend(part, role string, object int, rule string, h milliHours) {
	if e.partSum[part] == nil {
		e.parts[part], e.partSum[part] = &EstimatePart{Part: part}, &milliHours{}
	}
	e.partSum[part].add(h)
	if e.roles[role] == nil {
		e.roles[role] = &milliHours{}
	}
	e.roles[role].add(h)
	if object >= 0 {
		e.objects[object].add(h)
	}
	if rule != "" {
		if e.rules[rule] == nil {
			e.rules[rule] = &milliHours{}
		}
		e.rules[rule].add(h)
	}
}

// roleOf says who looks after objects of a kind.
func roleOf(k model.ObjectKind) string {
	switch {
	case k.HasCode(), k == model.KindType, k == model.KindScript, k == model.KindView:
		return RoleDeveloper
	}
	return RoleDBA
}

// findings counts learning once a rule, and each finding at the price of its place among those of its rule. A waived
// finding costs nothing: somebody decided to leave it.
func (e *estimator) findings() {
	ownerOf := e.r.Owners()
	seen := map[string]int{}
	for i := range e.r.Findings {
		f := &e.r.Findings[i]
		if f.Effort == model.Auto || f.Waiver != nil {
			continue
		}
		at, owned := ownerOf(f.Object)
		role, object := RoleDeveloper, -1
		if owned {
			role, object = roleOf(e.r.Objects[at].Kind), at
		}
		price := e.f.of("finding." + f.Effort.String() + "." + f.Severity.String())
		if m := e.cal.Measured; m != nil && m.HoursPerFinding != nil && f.Effort == model.Manual {
			price = Range(*m.HoursPerFinding)
		}
		if f.Effort == model.Review && owned {
			price = price.times(e.trust(&e.r.Objects[at]))
		}
		seen[f.Code]++
		price = price.times(e.repeat(seen[f.Code]))
		if seen[f.Code] == 1 {
			learn := milli(e.f.of("learn." + f.Effort.String()))
			e.add(PartLearning, role, -1, f.Code, learn)
			e.learning[f.Code] = learn
		}
		h := milli(price)
		e.add(PartFindings, role, object, f.Code, h)
		e.test(object, f.Code, h)
	}
}

// repeat is the price of the nth finding of a rule, as a share of that of the first.
func (e *estimator) repeat(n int) Range {
	switch {
	case float64(n) > e.f.one("repeat.many.after"):
		return e.f.of("repeat.many.share")
	case float64(n) > e.f.one("repeat.after"):
		return e.f.of("repeat.share")
	}
	return Range{1, 1}
}

// trust is how much of the looking through is left after what was proven of an object.
func (e *estimator) trust(o *Object) Range {
	switch {
	case e.replayed[o.ID] || !o.Refused && o.Rung >= model.RungEqual:
		return e.f.of("calibration.replayed")
	case !o.Refused && o.Rung >= model.RungCompiled:
		return e.f.of("calibration.compiled")
	}
	return Range{1, 1}
}

// test is the testing of a change.
func (e *estimator) test(object int, rule string, h milliHours) {
	share := e.f.of("test.share")
	e.spend(PartTest, RoleTester, object, rule, milli(Range{float64(h.low) / 1000 * share.Low, float64(h.high) / 1000 * share.High}))
}

func (e *estimator) eachObject() {
	for i := range e.r.Objects {
		o := &e.r.Objects[i]
		switch {
		case o.Refused || o.Rung == model.RungUnread:
			e.cal.Refused++
		case e.replayed[o.ID] || o.Rung >= model.RungEqual:
			e.cal.Replayed++
		case o.Rung >= model.RungCompiled:
			e.cal.Compiled++
		default:
			e.cal.Converted++
		}
		lines := Range{float64(o.Lines), float64(o.Lines)}
		code := o.Kind.HasCode()
		role := roleOf(o.Kind)
		if o.Refused || o.Rung == model.RungUnread {
			h := milli(e.f.of("object.refused").plus(e.f.of("object.refused.line").times(lines)))
			e.add(PartObjects, role, i, "", h)
			e.test(i, "", h)
			continue
		}
		price := e.f.of("object.other")
		switch {
		case code:
			price = e.f.of("object.code").plus(e.f.of("object.code.line").times(lines))
		case o.Kind == model.KindTable, o.Kind == model.KindType:
			price = e.f.of("object.table")
		}
		e.add(PartObjects, role, i, "", milli(price.times(e.trust(o))))
		if code {
			e.add(PartTest, RoleTester, i, "", milli(e.f.of("test.code").times(e.trustOfTest(o))))
		}
	}
}

// trustOfTest: what was replayed with equal results needs no other test; a compiler tests nothing.
func (e *estimator) trustOfTest(o *Object) Range {
	if e.replayed[o.ID] || o.Rung >= model.RungEqual {
		return e.f.of("calibration.replayed")
	}
	return Range{1, 1}
}

func (e *estimator) checks() {
	for _, c := range e.r.Checks {
		switch c.Verdict {
		case checks.Warning:
			e.add(PartChecks, RoleDBA, -1, "", milli(e.f.of("check.warning")))
		case checks.Blocker:
			e.add(PartChecks, RoleDBA, -1, "", milli(e.f.of("check.blocker")))
		case checks.NotCollected:
			e.add(PartChecks, RoleDBA, -1, "", milli(e.f.of("check.uncollected")))
		}
	}
}

func (e *estimator) workload() {
	if e.r.Workload == nil {
		return
	}
	for i := range e.r.Workload.Groups {
		g := &e.r.Workload.Groups[i]
		places := float64(len(g.Places) + g.MorePlaces)
		var h milliHours
		switch g.Class {
		case SQLConverted:
			h = milli(e.f.of("workload.converted").times(Range{places, places}))
		case SQLManual:
			h = milli(e.f.of("workload.manual"))
		case SQLUnread:
			h = milli(e.f.of("workload.unread"))
		default:
			continue
		}
		e.add(PartWorkload, RoleProgrammer, -1, "", h)
		e.test(-1, "", h)
	}
}

// finish writes what was collected into the result.
func (e *estimator) finish(words phrase.Table) {
	est := &Estimate{Calibration: e.cal, Figures: e.f.list(words), Parts: []EstimatePart{}, Roles: []RoleHours{}}
	var all milliHours
	for _, name := range []string{PartLearning, PartFindings, PartObjects, PartChecks, PartWorkload, PartTest, PartNotCovered} {
		if p := e.parts[name]; p != nil {
			p.Hours = e.partSum[name].hours()
			est.Parts = append(est.Parts, *p)
			all.add(*e.partSum[name])
		}
	}
	for _, role := range Roles() {
		h := e.roles[role]
		if h == nil {
			h = &milliHours{}
		}
		est.Roles = append(est.Roles, RoleHours{Role: role, Hours: h.hours()})
	}
	est.Hours = all.hours()
	day := e.f.of("day.hours")
	est.PersonDays = Hours{round(est.Hours.Low/day.High, 1), round(est.Hours.High/day.Low, 1)}
	for i := range e.r.Objects {
		h := e.objects[i].hours()
		e.r.Objects[i].Hours = &h
	}
	for i := range e.r.Rules {
		u := &e.r.Rules[i]
		u.Hours, u.Learning = nil, nil
		if m := e.rules[u.Code]; m != nil {
			h, l := m.hours(), e.learning[u.Code].hours()
			u.Hours, u.Learning = &h, &l
		}
	}
	e.r.Estimate = est
}

// round keeps some decimals.
func round(v float64, decimals int) float64 {
	p := math.Pow(10, float64(decimals))
	return math.Round(v*p) / p
}
