package resolve

// triggerRows are the correlation names of a trigger and the rows behind them.
type triggerRows struct {
	names map[string]bool // with the colon
	row   *shape
	ref   *Ref
}

// bindName resolves :new.x and host binds with parts.
func (r *resolver) bindName(parts []string) found {
	t := r.trigger
	if t == nil || !t.names[parts[0]] {
		return found{ref: &Ref{Kind: Host}, typ: typeUnknown}
	}
	if len(parts) == 1 {
		return found{ref: t.ref, typ: &Type{Class: ClassRecord, Object: t.ref.Object, shape: t.row}}
	}
	return r.rowField(t, parts[1:])
}

func (r *resolver) rowField(t *triggerRows, parts []string) found {
	f := t.row.find(parts[0])
	if f == nil {
		if ty, ok := pseudoColumns[parts[0]]; ok {
			return found{ref: &Ref{Kind: PseudoRecord, Builtin: parts[0], typ: ty}, typ: ty}
		}
		if t.row.open {
			return found{ref: &Ref{Kind: PseudoRecord, Object: t.ref.Object}, typ: typeUnknown}
		}
		return notFound
	}
	ref := *f.ref
	ref.Kind = PseudoRecord
	x := found{ref: &ref, typ: f.typ}
	if len(parts) > 1 {
		return r.below(x, parts[1:])
	}
	return x
}
