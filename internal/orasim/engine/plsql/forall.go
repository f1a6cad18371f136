package plsql

import (
	"errors"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// forAll is FORALL: the statement once for each index.
func (c *compiler) forAll(n *ast.ForAll) (stmt, error) {
	indexes, err := c.forAllIndexes(n)
	if err != nil {
		return nil, err
	}
	s := c.push()
	defer c.pop(s)
	e := &entry{name: c.f.Last(n.Index), kind: isVar, typ: ScalarType(c.host.Named("PLS_INTEGER")), slot: c.newSlot(), readonly: true}
	s.entries = append(s.entries, e)
	var run func(fr *Frame, all *gathered) (int, error)
	switch x := n.Action.(type) {
	case *ast.ExecImmediate:
		one, err := c.execute(x)
		if err != nil {
			return nil, err
		}
		run = func(fr *Frame, _ *gathered) (int, error) {
			_, err := one(fr)
			return fr.Run.sql.count, err
		}
	default:
		if run, err = c.change(n.Action, true); err != nil {
			return nil, err
		}
	}
	return func(fr *Frame) (*jump, error) {
		list, err := indexes(fr)
		if err != nil {
			return nil, err
		}
		all := &gathered{}
		total := 0
		counts := map[string]int{}
		var failures []bulkFailure
		for at, i := range list {
			fr.slots[e.slot] = i
			if err := fr.Run.tick(); err != nil {
				return nil, err
			}
			k, err := run(fr, all)
			if err != nil {
				if caught(raiseAt(err, fr, 0)) == nil || !n.Save {
					fr.Run.sql.did(total)
					fr.Run.sql.bulk = counts
					return nil, bare(err)
				}
				var o *ora.Error
				errors.As(err, &o)
				failures = append(failures, bulkFailure{at + 1, o.Code})
				k = 0
			}
			counts[string(bytesOf(i))], total = k, total+k
		}
		fr.Run.sql.did(total)
		fr.Run.sql.bulk, fr.Run.sql.failures = counts, failures
		if len(failures) > 0 {
			return nil, ora.New(24381)
		}
		return nil, nil
	}, nil
}

// bare takes the lines off an error that was looked at only.
func bare(err error) error {
	var x *Exception
	if errors.As(err, &x) && x.frame != nil && len(x.lines) == 1 && x.lines[0] == at(0) {
		return x.err
	}
	return err
}

// forAllIndexes gives the indexes that a FORALL runs over. Those of IN low .. high that are missing in a collection fail there, with
// ORA-22160.
func (c *compiler) forAllIndexes(n *ast.ForAll) (func(*Frame) ([]any, error), error) {
	if n.Kind == ast.IterRange {
		bounds, err := c.bounds(n.Low, n.High)
		if err != nil {
			return nil, err
		}
		return func(fr *Frame) ([]any, error) {
			a, b, err := bounds(fr)
			if err != nil {
				return nil, err
			}
			var out []any
			for i := a; i <= b; i++ {
				out = append(out, numberOf(i))
			}
			return out, nil
		}, nil
	}
	if n.Low != nil {
		return nil, c.unsupported(n, "INDICES OF with bounds")
	}
	of, err := c.expr(n.Of)
	if err != nil {
		return nil, err
	}
	if of.typ.Kind != KindCollection {
		return nil, c.wrong(n.Of, 382, "expression is of wrong type")
	}
	values := n.Kind == ast.IterValues
	return func(fr *Frame) ([]any, error) {
		v, err := of.eval(fr)
		if err != nil {
			return nil, err
		}
		var out []any
		err = v.(*Collection).each(func(key []byte, e any) error {
			if values {
				out = append(out, e)
			} else {
				out = append(out, key)
			}
			return nil
		})
		return out, err
	}, nil
}
