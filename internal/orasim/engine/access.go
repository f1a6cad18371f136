package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/token"
)

// useAccess looks among the conditions of a table for what spares a full scan. Conditions stay: they are checked again.
func (sc *scanNode) useAccess(conds []*conjunct, srcIndex int) {
	equal := map[int]expr{} // places of columns -> what they must equal
	kinds := map[int]*conjunct{}
	var lookups []*conjunct
	for _, k := range conds {
		if k.volatile || k.x.eval == nil {
			continue
		}
		own, other, op := k.x, k.y, k.op
		switch {
		case len(k.yUsed) == 0 && k.xUsed[srcIndex] && len(k.xUsed) == 1:
		case len(k.xUsed) == 0 && k.yUsed[srcIndex] && len(k.yUsed) == 1:
			own, other, op = k.y, k.x, mirror(k.op)
		default:
			continue
		}
		if own.slot == sc.src.rowid && own.slot >= 0 && own.typ.kind == kRowID {
			switch op {
			case token.EQ:
				sc.rowID = append(sc.rowID, other)
			case token.GE, token.GT:
				sc.from = append(sc.from, rowBound{other, op == token.GT})
				k.ranged = true
			case token.LE, token.LT:
				sc.to = append(sc.to, rowBound{other, op == token.LT})
				k.ranged = true
			}
			continue
		}
		if op != token.EQ || own.slot < sc.base || own.slot >= sc.base+sc.t.width() || !k.exact {
			continue
		}
		at := own.slot - sc.base
		if own.typ.kind != sc.t.cols[at].typ.kind || sc.t.cols[at].typ.kind == kChar {
			continue
		}
		if _, ok := equal[at]; !ok {
			equal[at], kinds[at] = other, k
		}
		if k.outer {
			lookups = append(lookups, k)
		}
	}
	if sc.rowID != nil {
		for _, k := range conds { // the row is found by its place, and all conditions are checked
			k.ranged = false
		}
		return
	}
	for _, key := range sc.t.keys {
		if key.disabled || key.exprs != nil || len(key.cols) == 0 || sc.parts != nil {
			continue
		}
		xs := make([]expr, 0, len(key.cols))
		for _, at := range key.cols {
			if x, ok := equal[at]; ok {
				xs = append(xs, x)
			}
		}
		if len(xs) == len(key.cols) {
			sc.key, sc.keyAt = key, xs
			return
		}
	}
	if sc.ranged = sc.rangeOf(conds, srcIndex); sc.ranged != nil {
		return
	}
	if len(lookups) > 0 && sc.from == nil && sc.to == nil && sc.parts == nil && sc.asOf == nil {
		ats := []int{}
		for at, k := range kinds {
			if k.outer {
				ats = append(ats, at)
			}
		}
		slices.Sort(ats)
		for _, at := range ats {
			x := equal[at]
			x.typ = kinds[at].typ
			sc.lookup, sc.lookAt = append(sc.lookup, x), append(sc.lookAt, at)
		}
	}
}

func mirror(op token.Kind) token.Kind {
	switch op {
	case token.LT:
		return token.GT
	case token.LE:
		return token.GE
	case token.GT:
		return token.LT
	case token.GE:
		return token.LE
	}
	return op
}
