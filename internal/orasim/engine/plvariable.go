package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/charset"
	"landfall/internal/orasim/value/number"
)

// toVariable converts an expression to the type of a variable of PL/SQL, with its size.
func (c *compiler) toVariable(n ast.Node, x expr, to typ) (expr, error) {
	from := x.typ.kind
	y := x
	small := func(most int, what string) func(*env) ([]byte, error) {
		return func(e *env) ([]byte, error) {
			v, err := x.eval(e)
			if len(v) > most && (from == kBlob || c.set().Len(v) > most) {
				return nil, ora.New(6502, what)
			}
			if len(v) == 0 {
				v = nil
			}
			return v, err
		}
	}
	switch {
	case from == to.kind, from.text() && to.kind.text(), from.text() && to.kind == kClob:
	case from == kNull:
		y = fixed(to, nil)
	case from == kBool || to.kind == kBool || from == kOther || to.kind == kOther || from == kXML || to.kind == kXML:
		return expr{}, c.fail(n, 932, to.kind, from)
	case from == kClob && to.kind.text():
		y = computed(to, small(32767, ": character string buffer too small"))
	case from == kBlob && to.kind == kRaw:
		y = computed(to, small(32767, ": raw variable length too long"))
	case to.kind == kChar:
		var err error
		if y, err = c.convert(n, x, kVarchar); err != nil {
			return expr{}, err
		}
	default:
		var err error
		if y, err = c.convert(n, x, to.kind); err != nil {
			return expr{}, err
		}
	}
	if to.kind.text() || to.kind == kClob {
		y = c.inForm(y, to.national)
	}
	f := fitVariable(to, c.set())
	eval := y.eval
	r := computed(to, func(e *env) ([]byte, error) {
		v, err := eval(e)
		if v == nil || err != nil {
			return nil, plsqlError(err)
		}
		return f(v)
	})
	r.null = x.null
	return r, nil
}

// fitVariable is fit with the errors of PL/SQL.
func fitVariable(t typ, set *charset.Set) func([]byte) ([]byte, error) {
	switch {
	case t.pls:
		return func(v []byte) ([]byte, error) {
			d, err := number.Decode(v)
			if err == nil {
				d, err = d.Round(0)
			}
			if err != nil {
				return nil, numErr(err)
			}
			if i, ok := d.Int(); !ok || i != int64(int32(i)) {
				return nil, ora.New(1426)
			}
			return d.Bytes(), nil
		}
	case t.kind.lob(), t.kind == kBool, t.kind == kOther, t.kind == kXML, t.kind == kNull:
		return func(v []byte) ([]byte, error) { return v, nil }
	case t.kind == kChar && t.size == 32767: // of a parameter: as long as what is given
		t.kind = kVarchar
	}
	f := fit(t, false, set)
	return func(v []byte) ([]byte, error) {
		v, err := f(v)
		return v, plsqlError(err)
	}
}

// plsqlError makes errors of conversions those that PL/SQL has for them.
func plsqlError(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := err.(*tooLong); ok {
		return ora.New(6502, ": character string buffer too small")
	}
	switch ora.Code(err) {
	case 1722:
		return ora.New(6502, ": character to number conversion error")
	case 1438:
		return ora.New(6502, ": number precision too large")
	case 1465:
		return ora.New(6502, ": hex to raw conversion error")
	case 1489, 22835:
		return ora.New(6502, ": character string buffer too small")
	}
	return err
}
