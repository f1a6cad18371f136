package convert

import (
	"cmp"
	"slices"

	"landfall/convert/gen"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

// stand gives every object of the source its standing as far as the conversion itself tells (to rung 2), and the totals.
func (r *Result) stand(source *scripts.Estate, done []gen.Result) {
	at := map[model.ObjectID]int{}
	for i, u := range source.Units {
		id := u.Object
		if id == "" {
			id = gen.StatementID(u)
		}
		k, known := at[id]
		if !known {
			k = len(r.Objects)
			at[id] = k
			kind := id.Kind()
			if u.Object == "" && u.Kind != "" {
				kind = u.Kind
			}
			r.Objects = append(r.Objects, Object{ID: id, Kind: kind, Pos: u.Pos, Standing: model.Standing{Rung: model.RungConverted}})
		}
		o := &r.Objects[k]
		if _, bad := u.Stmt.(*ast.BadStmt); bad {
			o.Standing.Rung = model.RungUnread
		}
		if len(done[i].Ledger) > 0 && done[i].Ledger[0].Class == gen.Refused {
			o.Standing = o.Standing.Refuse()
		}
		for _, f := range done[i].Findings {
			if !slices.Contains(o.Codes, f.Code) {
				o.Codes = append(o.Codes, f.Code)
			}
		}
		slices.Sort(o.Codes)
	}
	slices.SortStableFunc(r.Objects, func(a, b Object) int {
		return cmp.Or(cmp.Compare(a.Kind.Rank(), b.Kind.Rank()), cmp.Compare(a.ID, b.ID))
	})
	r.listMembers()
	r.count()
}

// count makes the totals from objects and ledger.
func (r *Result) count() {
	t := Totals{Objects: ObjectTotals{ByKind: map[string]int{}}}
	for _, o := range r.Objects {
		t.Objects.Total++
		t.Objects.ByKind[string(o.Kind)]++
		if o.Standing.Refused {
			t.Refused++
		} else {
			t.Rungs.add(o.Standing.Rung)
			if len(o.Needs) > 0 && o.Standing.Rung == model.RungAccepted {
				t.NeedsExtension++
			}
		}
	}
	for _, l := range r.Ledger {
		if l.Part {
			continue
		}
		t.Statements++
		switch l.Class {
		case gen.Converted:
			t.Ledger.Converted++
		case gen.Changed:
			t.Ledger.Changed++
		case gen.Refused:
			t.Ledger.Refused++
		case gen.Ignored:
			t.Ledger.Ignored++
		}
	}
	r.Totals = t
}
