package reports

import (
	"fmt"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
)

func writeObjects(b *book, r *assess.Result, at *findingIndex) error {
	cols := []column{
		{head: "col.schema", width: 12, style: "text"},
		{head: "col.kind", width: 18, style: "text"},
		{head: "col.name", width: 30, style: "text"},
		{head: "col.standing", width: 15, style: "text", cond: true},
		{head: "col.status", width: 12, style: "text", cond: true},
		{head: "col.why", width: 40, style: "text"},
		{head: "col.effort", width: 10, style: "text", cond: true},
		{head: "col.findings", width: 10, style: "int"},
		{head: "col.blocker", width: 9, style: "int", hot: true},
		{head: "col.high", width: 8, style: "int", hot: true},
		{head: "col.medium", width: 9, style: "int", hot: true},
		{head: "col.low", width: 8, style: "int"},
		{head: "col.info", width: 8, style: "int"},
		{head: "col.lines", width: 10, style: "int", bar: true},
		{head: "col.statements", width: 12, style: "int"},
		{head: "col.wave", width: 8, style: "int"},
		{head: "col.dependson", width: 12, style: "int"},
		{head: "col.usedby", width: 10, style: "int"},
		{head: "col.hourslow", width: 11, style: "hours"},
		{head: "col.hourshigh", width: 11, style: "hours"},
		{head: "col.comment", width: 30, style: "text"},
		{head: "col.file", width: 34, style: "text"},
		{head: "col.line", width: 8, style: "int"},
		{head: "col.id", width: 44, style: "code"},
	}
	s, err := b.open("sheet.objects", cols)
	if err != nil {
		return err
	}
	for i := range r.Objects {
		o := &r.Objects[i]
		var findings any = o.Findings.Total()
		if first, ok := at.object[o.ID]; ok {
			findings = link{sheet: "sheet.findings", row: first, text: o.Findings.Total()}
		}
		var low, high, wave any
		if o.Hours != nil {
			low, high = o.Hours.Low, o.Hours.High
		}
		if o.Wave > 0 {
			wave = o.Wave
		}
		if err := s.add(b.t.get("cut.here"), o.Schema, string(o.Kind), o.Name, b.t.classOf(o.Class()), b.t.standing(o.Standing()), o.Why, b.t.effort(o.Effort), findings, o.Findings.Blocker, o.Findings.High,
			o.Findings.Medium, o.Findings.Low, o.Findings.Info, o.Lines, o.Statements, wave, len(o.DependsOn), len(o.UsedBy), low, high, o.Comment, o.File, lineOrNil(o.Line), string(o.ID)); err != nil {
			return err
		}
	}
	return s.end()
}

func lineOrNil(n int) any {
	if n <= 0 {
		return nil
	}
	return n
}

func writeFindings(b *book, r *assess.Result, _ *findingIndex) error {
	cols := []column{
		{head: "col.no", width: 9, style: "int"},
		{head: "col.severity", width: 11, style: "text", cond: true},
		{head: "col.effort", width: 10, style: "text", cond: true},
		{head: "col.state", width: 12, style: "text", cond: true},
		{head: "col.code", width: 10, style: "code"},
		{head: "col.rule", width: 20, style: "text"},
		{head: "col.kind", width: 16, style: "text"},
		{head: "col.object", width: 34, style: "text"},
		{head: "col.message", width: 60, style: "wrap"},
		{head: "col.advice", width: 60, style: "wrap"},
		{head: "col.source", width: 70, style: "code"},
		{head: "col.file", width: 32, style: "text"},
		{head: "col.line", width: 8, style: "int"},
		{head: "col.col", width: 9, style: "int"},
		{head: "col.fingerprint", width: 20, style: "code"},
		{head: "col.owner", width: 18, style: "text"},
		{head: "col.reason", width: 40, style: "wrap"},
		{head: "col.until", width: 12, style: "text"},
	}
	s, err := b.open("sheet.findings", cols)
	if err != nil {
		return err
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		whole := f.Pos.String()
		if whole == "" {
			whole = b.t.get("cut.here")
		}
		owner, reason, until := waiverCells(f)
		if err := s.add(whole, i+1, b.t.severity(f.Severity), b.t.effort(f.Effort), b.t.statusWord(statusOf(f)), f.Code, f.Rule, string(f.Object.Kind()), f.Object.Name(), f.Message, f.Advice,
			offendingLines(f.Snippet), f.Pos.File, lineOrNil(f.Pos.Line), lineOrNil(f.Pos.Col), f.Fingerprint, owner, reason, until); err != nil {
			return err
		}
	}
	if err := b.addResolved(s, r); err != nil {
		return err
	}
	return s.end()
}

// offendingLines is the part of a snippet that a table cell shows: the lines that hold the offending part.
func offendingLines(s model.Snippet) string {
	before, at, after, ok := s.Parts()
	if !ok {
		return strings.TrimSpace(s.Text)
	}
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	return strings.TrimSpace(before + at + after)
}

func writeRules(b *book, r *assess.Result, at *findingIndex) error {
	cols := []column{
		{head: "col.code", width: 10, style: "code"},
		{head: "col.rule", width: 22, style: "text"},
		{head: "col.title", width: 44, style: "wrap"},
		{head: "col.severity", width: 11, style: "text", cond: true},
		{head: "col.effort", width: 10, style: "text", cond: true},
		{head: "col.count", width: 10, style: "int", bar: true},
		{head: "col.objects", width: 10, style: "int"},
		{head: "col.hourslow", width: 11, style: "hours"},
		{head: "col.hourshigh", width: 11, style: "hours"},
		{head: "col.learnlow", width: 13, style: "hours"},
		{head: "col.learnhigh", width: 13, style: "hours"},
		{head: "col.doc", width: 70, style: "wrap"},
		{head: "col.before", width: 44, style: "code"},
		{head: "col.after", width: 44, style: "code"},
	}
	s, err := b.open("sheet.rules", cols)
	if err != nil {
		return err
	}
	for _, u := range r.Rules {
		var low, high, learnLow, learnHigh any
		if u.Hours != nil {
			low, high = u.Hours.Low, u.Hours.High
		}
		if u.Learning != nil {
			learnLow, learnHigh = u.Learning.Low, u.Learning.High
		}
		var count any = u.Count
		if first, ok := at.rule[u.Code]; ok {
			count = link{sheet: "sheet.findings", row: first, text: u.Count}
		}
		if err := s.add(b.t.get("cut.here"), u.Code, u.Name, u.Title, b.t.severity(u.Severity), b.t.effort(u.Effort), count, u.Objects, low, high, learnLow, learnHigh, u.Doc, u.Before, u.After); err != nil {
			return err
		}
	}
	return s.end()
}

func writeDatatypes(b *book, r *assess.Result, _ *findingIndex) error {
	s, err := b.open("sheet.datatypes", []column{
		{head: "col.family", width: 16, style: "text"},
		{head: "col.type", width: 32, style: "code"},
		{head: "col.proposed", width: 32, style: "code"},
		{head: "col.severity", width: 11, style: "text", cond: true},
		{head: "col.count", width: 10, style: "int", bar: true},
		{head: "col.columns", width: 10, style: "int"},
		{head: "col.note", width: 60, style: "wrap"},
		{head: "col.examples", width: 60, style: "text"},
	})
	if err != nil {
		return err
	}
	for _, d := range r.Datatypes {
		if err := s.add(b.t.get("cut.here"), d.Family, d.Type, d.Proposed, b.t.severity(d.Severity), d.Count, d.Columns, d.Note, strings.Join(d.Examples, ", ")); err != nil {
			return err
		}
	}
	return s.end()
}

func writeFeatures(b *book, r *assess.Result, _ *findingIndex) error {
	s, err := b.open("sheet.features", []column{
		{head: "col.group", width: 18, style: "text"},
		{head: "col.feature", width: 40, style: "text"},
		{head: "col.count", width: 10, style: "int", bar: true},
		{head: "col.objects", width: 10, style: "int"},
		{head: "col.note", width: 70, style: "wrap"},
	})
	if err != nil {
		return err
	}
	for _, f := range r.Features {
		if err := s.add(b.t.get("cut.here"), f.Group, f.Feature, f.Count, f.Objects, f.Note); err != nil {
			return err
		}
	}
	return s.end()
}

func writeDependencies(b *book, r *assess.Result, _ *findingIndex) error {
	s, err := b.open("sheet.dependencies", []column{
		{head: "col.kind", width: 18, style: "text"},
		{head: "col.from", width: 40, style: "text"},
		{head: "col.how", width: 14, style: "text"},
		{head: "col.kind", width: 18, style: "text"},
		{head: "col.to", width: 40, style: "text"},
		{head: "col.external", width: 22, style: "text"},
	})
	if err != nil {
		return err
	}
	for _, e := range r.Dependencies.Edges {
		outside := ""
		if e.External {
			outside = b.t.get("yes")
		}
		if err := s.add(b.t.get("cut.here"), string(e.From.Kind()), e.From.Name(), e.How, string(e.To.Kind()), e.To.Name(), outside); err != nil {
			return err
		}
	}
	return s.end()
}

func writeWaves(b *book, r *assess.Result, _ *findingIndex) error {
	s, err := b.open("sheet.waves", []column{
		{head: "col.wave", width: 10, style: "int"},
		{head: "col.kind", width: 18, style: "text"},
		{head: "col.object", width: 44, style: "text"},
		{head: "col.note", width: 20, style: "text"},
	})
	if err != nil {
		return err
	}
	cycle := map[model.ObjectID]int{}
	for i, c := range r.Dependencies.Cycles {
		for _, id := range c {
			cycle[id] = i + 1
		}
	}
	for _, w := range r.Dependencies.Waves {
		for _, id := range w.Objects {
			note := ""
			if n := cycle[id]; n > 0 {
				note = b.t.get("cycle", n)
			}
			if err := s.add(b.t.get("cut.here"), w.Number, string(id.Kind()), id.Name(), note); err != nil {
				return err
			}
		}
	}
	return s.end()
}

func writeNotCovered(b *book, r *assess.Result, _ *findingIndex) error {
	s, err := b.open("sheet.notcovered", []column{
		{head: "col.what", width: 16, style: "text"},
		{head: "col.file", width: 40, style: "text"},
		{head: "col.line", width: 8, style: "int"},
		{head: "col.lines", width: 8, style: "int"},
		{head: "col.object", width: 36, style: "text"},
		{head: "col.reason", width: 60, style: "wrap"},
		{head: "col.hint", width: 44, style: "wrap"},
		{head: "col.text", width: 80, style: "code"},
	})
	if err != nil {
		return err
	}
	for _, n := range r.NotCovered {
		whole := fmt.Sprintf("%s:%d", n.File, n.Line)
		if err := s.add(whole, n.Kind, n.File, lineOrNil(n.Line), lineOrNil(n.Lines), n.Object.Name(), n.Reason, n.Hint, n.Head); err != nil {
			return err
		}
	}
	return s.end()
}

func writeMethod(b *book, r *assess.Result, _ *findingIndex) error {
	s, err := b.open("sheet.method", []column{
		{head: "col.group", width: 26, style: "text"},
		{head: "col.name", width: 44, style: "text"},
		{head: "col.meaning", width: 90, style: "wrap"},
		{head: "col.bytes", width: 12, style: "int"},
		{head: "col.lines", width: 10, style: "int"},
		{head: "col.statements", width: 12, style: "int"},
		{head: "col.parsed", width: 10, style: "int"},
	})
	if err != nil {
		return err
	}
	here := b.t.get("cut.here")
	row := func(group, name, meaning string) {
		if err == nil {
			err = s.add(here, group, name, meaning)
		}
	}
	row(b.t.get("method.source"), r.Source.Name, sourceLine(r))
	row(b.t.get("method.target"), r.Target.Title, strings.TrimSpace(r.Target.Profile+" "+r.Target.Version))
	for _, v := range r.Method.Versions {
		row(b.t.get("method.versions"), v.Name, v.Version)
	}
	for i, x := range r.Method.Steps {
		row(b.t.get("method.steps"), fmt.Sprint(i+1), x)
	}
	for i, x := range append(r.Method.Limits[:len(r.Method.Limits):len(r.Method.Limits)], b.t.get("method.links")) {
		row(b.t.get("method.limits"), fmt.Sprint(i+1), x)
	}
	for _, w := range b.t.words() {
		row(b.t.get("method.words"), w.text, w.meaning)
	}
	for _, in := range r.Inputs {
		if err == nil {
			err = s.add(here, b.t.get("method.inputs"), in.Name, in.Charset+", sha256 "+in.SHA256, in.Bytes, in.Lines, in.Statements, in.Parsed)
		}
	}
	if err != nil {
		return err
	}
	return s.end()
}

func sourceLine(r *assess.Result) string {
	parts := []string{r.Source.Kind}
	if r.Source.Version != "" {
		parts = append(parts, "Oracle "+r.Source.Version)
	}
	if r.Source.Charset != "" {
		parts = append(parts, r.Source.Charset)
	}
	return strings.Join(parts, ", ")
}
