package mysql

import (
	"fmt"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// A part that has no counterpart need not take the whole object with it: a table without one of its foreign keys, checks or
// defaults is a table that rows can be loaded into. The part is left out, is manual work, and changes the meaning; the ledger
// has a line for it.

// lose leaves a part out that people have to put something else in the place of.
func (w *work) lose(n ast.Node, rule, format string, args ...any) {
	f := rules.NewFinding(w.byName[rule], w.object, w.f, n, model.High, model.Manual, fmt.Sprintf(format, args...))
	w.lost(n, &f)
}

func (w *work) lost(n ast.Node, f *model.Finding) {
	w.add(*f)
	if w.changed == nil || f.Severity > w.changed.Severity {
		w.changed = f
	}
	if w.missing == nil {
		w.missing = f
	}
	for _, r := range rules.Table() {
		if r.Code == f.Code {
			w.leave(n, r.Name)
			break
		}
	}
}

// try writes a part. Where it would be refused, only the part is lost: ok is false, and the finding that refused it stays.
func (w *work) try(n ast.Node, write func() string) (text string, ok bool) {
	before := w.refusal
	w.refusal = nil
	text = write()
	why := w.refusal
	if w.refusal = before; why == nil {
		return text, true
	}
	w.lost(n, why)
	return "", false
}

// nothingLeft refuses a statement of which nothing is left but what was lost.
func (w *work) nothingLeft() {
	if len(w.out) == 0 && w.refusal == nil && w.missing != nil {
		w.refusal = w.missing
	}
}
