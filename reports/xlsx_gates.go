package reports

import (
	"landfall/assess"
	"landfall/internal/model"
)

// writeChecks makes the sheet of the dictionary checks. A report of a version without checks has none.
func writeChecks(b *book, r *assess.Result, _ *findingIndex) error {
	if len(r.Checks) == 0 {
		return nil
	}
	s, err := b.open("sheet.checks", []column{
		{head: "col.code", width: 10, style: "code"},
		{head: "col.verdict", width: 16, style: "text", cond: true},
		{head: "col.scope", width: 16, style: "text"},
		{head: "col.name", width: 24, style: "text"},
		{head: "col.title", width: 40, style: "wrap"},
		{head: "col.message", width: 60, style: "wrap"},
		{head: "col.doc", width: 60, style: "wrap"},
		{head: "col.advice", width: 60, style: "wrap"},
		{head: "col.looked", width: 10, style: "int"},
		{head: "col.named", width: 10, style: "int"},
		{head: "col.items", width: 60, style: "wrap"},
		{head: "col.facts", width: 40, style: "wrap"},
		{head: "col.script", width: 60, style: "code"},
		{head: "col.origin", width: 14, style: "text"},
		{head: "col.missing", width: 44, style: "wrap"},
		{head: "col.was", width: 16, style: "text", cond: true},
	})
	if err != nil {
		return err
	}
	for i := range r.Checks {
		c := &r.Checks[i]
		if err := s.add(b.t.get("cut.here"), c.Code, b.t.verdict(c.Verdict), string(c.Scope), c.Name, c.Title, c.Message, c.Why, c.Advice, c.Of, len(c.Items),
			joined(itemLines(c), cellItems), joined(factLines(c), cellItems), c.Script, c.From, joined(missingLines(c), cellItems), b.t.verdict(c.Was)); err != nil {
			return err
		}
	}
	return s.end()
}

// writeGates makes the sheets of gates and waivers, where there are any.
func writeGates(b *book, r *assess.Result, _ *findingIndex) error {
	if r.Gates != nil {
		s, err := b.open("sheet.gates", []column{
			{head: "col.gate", width: 40, style: "code"},
			{head: "col.result", width: 12, style: "text", cond: true},
			{head: "col.limit", width: 14, style: "hours"},
			{head: "col.value", width: 14, style: "hours"},
			{head: "col.message", width: 90, style: "wrap"},
		})
		if err != nil {
			return err
		}
		for _, g := range r.Gates.Gates {
			var value any = g.Value
			if !g.Known {
				value = b.t.get("unknown")
			}
			if err := s.add(b.t.get("cut.here"), g.Gate, b.t.passed(g.Passed), g.Limit, value, g.Message); err != nil {
				return err
			}
		}
		if err := s.end(); err != nil {
			return err
		}
	}
	if len(r.Waivers) == 0 {
		return nil
	}
	s, err := b.open("sheet.waivers", []column{
		{head: "col.line", width: 8, style: "int"},
		{head: "col.fingerprint", width: 20, style: "code"},
		{head: "col.code", width: 10, style: "code"},
		{head: "col.object", width: 36, style: "text"},
		{head: "col.owner", width: 24, style: "text"},
		{head: "col.reason", width: 60, style: "wrap"},
		{head: "col.until", width: 14, style: "text"},
		{head: "col.expired", width: 10, style: "text"},
		{head: "col.findings", width: 10, style: "int"},
	})
	if err != nil {
		return err
	}
	for _, w := range r.Waivers {
		expired := ""
		if w.Expired {
			expired = b.t.get("yes")
		}
		if err := s.add(b.t.get("cut.here"), w.Line, w.Fingerprint, w.Code, w.Object, w.Owner, w.Reason, w.Until, expired, w.Findings); err != nil {
			return err
		}
	}
	return s.end()
}

// addResolved writes the findings of the baseline that are no more behind those that are.
func (b *book) addResolved(s *sheet, r *assess.Result) error {
	if r.Baseline == nil {
		return nil
	}
	for i, f := range r.Baseline.ResolvedOf {
		if err := s.add(b.t.get("cut.here"), len(r.Findings)+i+1, b.t.severity(f.Severity), nil, b.t.statusWord(assess.StatusResolved), f.Code, nil, string(f.Object.Kind()), f.Object.Name(), f.Message, nil,
			nil, f.Pos.File, lineOrNil(f.Pos.Line), lineOrNil(f.Pos.Col), f.Fingerprint); err != nil {
			return err
		}
	}
	return nil
}

func waiverCells(f *model.Finding) (owner, reason, until any) {
	if f.Waiver == nil {
		return nil, nil, nil
	}
	return f.Waiver.Owner, f.Waiver.Reason, f.Waiver.Until
}
