package native

import (
	"fmt"
	"strings"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/token"
)

// changedRules are the rules whose work is done in change.go: their own findings, which speak of PostgreSQL, are dropped.
var changedRules = map[string]bool{
	"integer-38": true, "float": true, "timestamp-precision": true, "number-scale": true, "storage": true, "compression-logging": true, "index-organized": true, "cluster-table": true,
	"bitmap-index": true, "quoted-name": true, "reserved-name": true, "reverse-index": true, "hidden-index": true,
}

// leftOut are the rules whose statements are left out, because they manage Oracle's instance or its client.
var leftOut = map[string]bool{"admin-statement": true, "alter-session": true, "materialized-view-log": true, "supplemental-log": true}

// noted are absent features that no rewriting can give and that do not stop anything: the difference is told.
var noted = map[rules.Feature]model.Severity{
	rules.FeatureVarchar2Bytes: model.Info, rules.FeatureTimeZoneKept: model.Medium,
}

// judge runs the rule table over the unit and decides what its findings mean here. It gives the code of the rule by
// which the whole statement is left out, or "".
func (w *work) judge() (leave string) {
	found := w.engine.Statement(w.catalog, w.info, w.object)
	if o := w.objects[w.u.Object]; o != nil && o.Pos == w.u.Pos {
		found = append(found, w.engine.Object(w.catalog, o, w.f, w.u.Stmt)...)
	}
	told := map[string]bool{}
	for _, f := range found {
		r := w.byCode[f.Code]
		switch {
		case r == nil || changedRules[r.Name]:
			continue
		case w.policy.Features[r.Name] == "error":
			f.Effort = model.Manual
			w.found = append(w.found, f)
			w.refuseBy(f)
			continue
		case leftOut[r.Name] && f.Pos == w.f.Pos(w.u.Stmt), w.policy.Features[r.Name] == "ignore" && f.Pos == w.u.Pos:
			w.refusal, w.changed = nil, nil
			w.parts = append(w.parts, gen.Line{Class: gen.Ignored, Object: w.object, Pos: f.Pos, Code: f.Code, What: w.what(), Part: true})
			return f.Code
		}
		key := f.Code + f.Pos.String()
		if told[key] {
			continue
		}
		told[key] = true
		w.decide(r, f)
	}
	return ""
}

// decide is what a finding means for a target that keeps Oracle's language.
func (w *work) decide(r *rules.Rule, f model.Finding) {
	if r.Needs == "" {
		if f.Severity > model.Info {
			f.Severity, f.Effort = model.Low, model.Review
			f.Message = fmt.Sprintf("kept as it is; no document of %s was read about this: %s", w.target.Title, title(r))
			w.enter(f)
		}
		return
	}
	c := w.target.Capability(r.Needs)
	switch c.State {
	case rules.Partial: // the message is the condition already
		if r.Name == "merge" && w.movedWhere() {
			return
		}
		w.enter(f)
	case rules.Unknown:
		f.Severity, f.Effort = model.Medium, model.Review
		f.Message = fmt.Sprintf("kept as it is; no document says that %s has it: %s; landfall doctor asks a server", w.target.Title, title(r))
		w.enter(f)
	case rules.Absent:
		note := ""
		if c.Note != "" {
			note = " (" + c.Note + ")"
		}
		if s, ok := noted[r.Needs]; ok {
			f.Severity, f.Effort = s, model.Review
			f.Message = fmt.Sprintf("%s differs on %s%s", title(r), w.target.Title, note)
			w.enter(f)
			return
		}
		f.Severity, f.Effort = max(f.Severity, model.High), model.Manual
		f.Message = fmt.Sprintf("%s does not exist on %s%s", title(r), w.target.Title, note)
		w.found = append(w.found, f)
		w.refuseBy(f)
	}
}

// movedWhere reports whether the conditions of MERGE have been moved to where the target takes them.
func (w *work) movedWhere() bool {
	for _, f := range w.found {
		if f.Rule == "merge" && f.Effort == model.Auto {
			return true
		}
	}
	return false
}

func title(r *rules.Rule) string {
	t, _ := rules.Text("en", r.Code)
	return strings.TrimSuffix(t.Title, ".")
}

// refusedNumber is Oracle's number for errors of an application; the message holds the code.
const refusedNumber = -20999

// stubs puts in place of each refused routine one of the same head that raises the finding's code, with the original as
// a comment.
func (w *work) stubs() {
	for _, r := range w.refused {
		from := r.Body.Range().Lo
		for i := r.Range().Lo; i < from; i++ {
			if kw := w.f.Tokens[i].Kw; kw == token.IS || kw == token.AS {
				from = i + 1
			}
		}
		hi := r.Range().Hi
		for w.f.Tokens[hi-1].Kind == token.Semi && hi > from {
			hi--
		}
		if from >= hi {
			continue
		}
		message := w.members[r] + ": not converted, see the findings"
		lo := from - 1 // IS stays, what follows it goes
		text := fmt.Sprintf("\n%s\nBEGIN RAISE_APPLICATION_ERROR(%d, '%s'); END", asComment(string(w.f.Src[w.f.Tokens[from].Off:w.f.Tokens[hi-1].End()])), refusedNumber, message)
		w.edits = append(w.edits, edit{int(w.f.Tokens[lo].End()), int(w.f.Tokens[hi-1].End()), text})
	}
}
