package assess

import (
	"cmp"
	"maps"
	"slices"

	"landfall/convert"
	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
)

// Conversion is what a conversion of the source with the same rule table came to. The four classes add up to
// Statements.
type Conversion struct {
	Statements int         `json:"statements"` // of the loss ledger, SQL*Plus commands included
	Converted  int         `json:"converted"`
	Changed    int         `json:"changed"` // converted with changed meaning
	Refused    int         `json:"refused"`
	Ignored    int         `json:"ignored"`              // left out on purpose
	Grammar    string      `json:"grammar,omitempty"`    // whose grammar judged; empty when nobody was asked
	Server     string      `json:"server,omitempty"`     // who compiled, with version
	Extensions []string    `json:"extensions,omitempty"` // that the server had, with versions
	Absent     []string    `json:"absent,omitempty"`     // that were asked for and were not there
	Needs      []NeedCount `json:"needs,omitempty"`      // objects that stop for want of an extension
	NotClean   int         `json:"not_clean"`            // objects that were created and that plpgsql_check complains about
	Nothing    int         `json:"nothing"`              // objects of which nothing is left to create
	Ceiling    string      `json:"ceiling,omitempty"`    // why nothing was proven, where no server of the target can be asked
}

// NeedCount counts the objects that need an extension which was not there.
type NeedCount struct {
	Extension string `json:"extension"`
	Objects   int    `json:"objects"`
}

// take reads the rungs off a conversion: every object stands where the lowest of what was made of it does, and is
// refused when anything in it is. What conversion refuses is manual work, whatever the rule said before.
func (r *Result) take(c *convert.Result, estate *scripts.Estate, family string) {
	l := c.Totals.Ledger
	r.Conversion = Conversion{Statements: c.Totals.Statements, Converted: l.Converted, Changed: l.Changed, Refused: l.Refused, Ignored: l.Ignored}
	if p := c.Proof; p != nil {
		k := &r.Conversion
		k.Grammar, k.Server, k.Extensions, k.Absent, k.NotClean, k.Nothing, k.Ceiling = p.Grammar, p.Server, p.Extensions, p.Absent, p.NotClean, p.Nothing, p.Ceiling
		for _, need := range slices.Sorted(maps.Keys(p.Needs)) {
			k.Needs = append(k.Needs, NeedCount{need, p.Needs[need]})
		}
	}
	at := make(map[model.ObjectID]int, len(r.Objects))
	for i := range r.Objects {
		at[r.Objects[i].ID] = i
	}
	home := map[model.ObjectID]model.ObjectID{} // of the conversion's objects: statements belong to their scripts
	low := map[int]model.Rung{}
	for _, o := range c.Objects {
		id := o.ID
		if _, ok := at[id]; !ok {
			id = scriptID(o.Pos.File)
		}
		i, ok := at[id]
		if !ok {
			continue // a change of an object that is not in the inventory, in a file that has no script object
		}
		home[o.ID] = id
		if o.Standing.Refused {
			r.Objects[i].Refused = true
		}
		if was, seen := low[i]; !seen || o.Standing.Rung < was {
			low[i] = o.Standing.Rung
		}
	}
	r.takeDerived(c, estate, low)
	for i, rung := range low {
		o := &r.Objects[i]
		if o.Rung == model.RungUnread {
			continue
		}
		s := model.Standing{Rung: o.Rung}
		if o.Refused {
			s = s.Refuse()
		}
		o.Rung = s.Reach(rung).Rung
	}
	r.takeRefusals(c, family == rules.MySQL, home, at)
	for _, e := range c.Evidence {
		if i, ok := at[home[e.Object]]; ok {
			e.Object = r.Objects[i].ID
			r.Objects[i].Evidence = append(r.Objects[i].Evidence, e)
		}
	}
	for i := range r.Objects {
		r.Objects[i].Evidence = digest(r.Objects[i].Evidence)
	}
	r.sayWhy(c, home, at)
}

// takeDerived lets objects that no statement of their own makes (jobs, schedules, policies of calls; indexes of
// constraints) stand where the statement does that they were found in.
func (r *Result) takeDerived(c *convert.Result, estate *scripts.Estate, low map[int]model.Rung) {
	byFile := map[string][]*scripts.Unit{}
	for _, u := range estate.Units {
		byFile[u.Source.Name] = append(byFile[u.Source.Name], u)
	}
	standing := make(map[model.ObjectID]model.Standing, len(c.Objects))
	for _, o := range c.Objects {
		standing[o.ID] = o.Standing
	}
	for i := range r.Objects {
		o := &r.Objects[i]
		if _, told := low[i]; told || o.Rung == model.RungUnread {
			continue
		}
		for _, u := range byFile[o.File] {
			if o.Line < u.Pos.Line || o.Line > u.Pos.Line+u.Lines {
				continue
			}
			id := u.Object
			if id == "" {
				id = gen.StatementID(u)
			}
			if s, ok := standing[id]; ok {
				low[i] = s.Rung
				o.Refused = s.Refused
			}
		}
	}
}

// sayWhy tells what keeps an object from standing higher.
func (r *Result) sayWhy(c *convert.Result, home map[model.ObjectID]model.ObjectID, at map[model.ObjectID]int) {
	for i := range r.Objects {
		o := &r.Objects[i]
		if o.Refused {
			continue
		}
		for _, e := range o.Evidence {
			if !e.OK && e.Rung > o.Rung {
				o.Why = e.Check + ": " + e.Detail
				break
			}
		}
	}
	refusedBy := map[model.ObjectID][]string{} // by the codes of the ledger: a lost part of a table is manual work too, and refuses nothing
	for _, l := range c.Ledger {
		if l.Class == gen.Refused && !l.Part && l.Code != "" {
			refusedBy[l.Object] = append(refusedBy[l.Object], l.Code)
		}
	}
	for _, reason := range []bool{true, false} { // without a finding of that code, the first that is manual work
		for _, f := range c.Findings {
			i, ok := at[home[f.Object]]
			if !ok || !r.Objects[i].Refused || r.Objects[i].Why != "" || f.Effort != model.Manual || reason && !slices.Contains(refusedBy[f.Object], f.Code) {
				continue
			}
			r.Objects[i].Why = f.Code + ": " + f.Message
		}
	}
}

// refusals is how many findings takeRefusals enters at most.
func refusals(c *convert.Result) int {
	n := 0
	for i := range c.Findings {
		if c.Findings[i].Effort == model.Manual {
			n++
		}
	}
	return n
}

// takeRefusals enters the findings by which conversion refused: those that the rules made too become manual. all enters
// the rest as well: of a target whose rules only its conversion knows.
func (r *Result) takeRefusals(c *convert.Result, all bool, home map[model.ObjectID]model.ObjectID, at map[model.ObjectID]int) {
	type place struct {
		code, file string
		line       int
	}
	refuses := func(f *model.Finding) (model.ObjectID, bool) {
		id, ok := home[f.Object]
		return id, ok && (all || f.Effort == model.Manual && r.Objects[at[id]].Refused)
	}
	known := map[place]int{} // of the findings of the rules, those that one of the conversion may stand for
	for i := range c.Findings {
		f := &c.Findings[i]
		if _, ok := refuses(f); ok {
			known[place{f.Code, f.Pos.File, f.Pos.Line}] = -1
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		p := place{f.Code, f.Pos.File, f.Pos.Line}
		if _, ok := known[p]; ok {
			known[p] = i
		}
	}
	for k := range c.Findings {
		f := c.Findings[k]
		id, ok := refuses(&f)
		if !ok {
			continue
		}
		p := place{f.Code, f.Pos.File, f.Pos.Line}
		if i := known[p]; i >= 0 && !all {
			r.Findings[i].Effort, r.Findings[i].Severity = model.Manual, max(r.Findings[i].Severity, f.Severity)
			continue
		}
		known[p] = len(r.Findings)
		f.Object = id
		r.Findings = append(r.Findings, f)
	}
}

// digest keeps each check that failed, and one line for a check that everything passed.
func digest(all []model.Evidence) []model.Evidence {
	type key struct {
		check, by string
		rung      model.Rung
	}
	of := func(e model.Evidence) key { return key{e.Check, e.By, e.Rung} }
	failed, passed := map[key]bool{}, map[key]int{}
	for _, e := range all {
		if e.OK {
			passed[of(e)]++
		} else {
			failed[of(e)] = true
		}
	}
	var list []model.Evidence
	told := map[key]bool{}
	for _, e := range all {
		switch k := of(e); {
		case !e.OK:
		case failed[k] || told[k]:
			continue
		case passed[k] > 1:
			told[k] = true
			e.Hash, e.Detail = "", ""
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b model.Evidence) int { return cmp.Compare(a.Rung, b.Rung) })
	return list
}
