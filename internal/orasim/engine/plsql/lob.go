package plsql

import (
	"bytes"

	"landfall/internal/orasim/ora"
)

// Writing routines of DBMS_LOB. Amounts and offsets of CLOBs are in UTF-16 code units, as in databases whose characters have several bytes.

func lobUnits(r *Run, b *Bound, v []byte) []uint16 {
	if b.Type.Scalar.String() == "BLOB" {
		u := make([]uint16, len(v))
		for i, c := range v {
			u[i] = uint16(c)
		}
		return u
	}
	return r.Host.Charset().Units(v)
}

func lobBytes(r *Run, b *Bound, u []uint16) []byte {
	if b.Type.Scalar.String() == "BLOB" {
		v := make([]byte, len(u))
		for i, c := range u {
			v[i] = byte(c)
		}
		return v
	}
	return append([]byte{}, r.Host.Charset().HoldUnits(u)...)
}

// lobProcedures are those of one kind of LOB; buf is the type of the data.
func lobProcedures(kind, buf string) map[string]*Native {
	open := func(r *Run, b *Bound) ([]uint16, error) {
		if b.Bytes() == nil {
			return nil, ora.New(6502, ": invalid LOB locator specified: ORA-22275")
		}
		return lobUnits(r, b, b.Bytes()), nil
	}
	return map[string]*Native{
		"DBMS_LOB.CREATETEMPORARY": Procedure("lob_loc>"+kind+" cache:BOOLEAN dur?NUMBER", func(r *Run, a []*Bound) error {
			a[0].Value = []byte{}
			return nil
		}),
		"DBMS_LOB.FREETEMPORARY": Procedure("lob_loc<>"+kind, func(r *Run, a []*Bound) error {
			a[0].Value = []byte(nil)
			return nil
		}),
		"DBMS_LOB.WRITEAPPEND": Procedure("lob_loc<>"+kind+" amount:NUMBER buffer:"+buf, func(r *Run, a []*Bound) error {
			u, err := open(r, a[0])
			if err != nil {
				return err
			}
			data, err := amountOf(r, a[0], a[1], a[2])
			if err != nil {
				return err
			}
			a[0].Value = lobBytes(r, a[0], append(u, data...))
			return nil
		}),
		"DBMS_LOB.APPEND": Procedure("dest_lob<>"+kind+" src_lob:"+kind, func(r *Run, a []*Bound) error {
			if a[0].Bytes() == nil || a[1].Bytes() == nil {
				return ora.New(6502, "")
			}
			a[0].Value = append(bytes.Clone(a[0].Bytes()), a[1].Bytes()...)
			return nil
		}),
		"DBMS_LOB.WRITE": Procedure("lob_loc<>"+kind+" amount:NUMBER offset:NUMBER buffer:"+buf, func(r *Run, a []*Bound) error {
			u, err := open(r, a[0])
			if err != nil {
				return err
			}
			data, err := amountOf(r, a[0], a[1], a[3])
			if err != nil {
				return err
			}
			at, ok, err := a[2].Int()
			if err != nil || !ok || at < 1 {
				return ora.New(6502, "")
			}
			for len(u) < at-1 {
				u = append(u, ' '*b2i(kind != "BLOB"))
			}
			tail := u[min(len(u), at-1+len(data)):]
			u = append(append(append([]uint16{}, u[:at-1]...), data...), tail...)
			a[0].Value = lobBytes(r, a[0], u)
			return nil
		}),
		"DBMS_LOB.COPY": Procedure("dest_lob<>"+kind+" src_lob:"+kind+" amount:NUMBER dest_offset?NUMBER src_offset?NUMBER", func(r *Run, a []*Bound) error {
			u, err := open(r, a[0])
			if err != nil {
				return err
			}
			if a[1].Bytes() == nil {
				return ora.New(6502, "")
			}
			from := lobUnits(r, a[0], a[1].Bytes())
			n, ok, err := a[2].Int()
			to, err2 := a[3].IntOr(1)
			at, err3 := a[4].IntOr(1)
			if err != nil || err2 != nil || err3 != nil || !ok || n < 1 || to < 1 || at < 1 || at > len(from) {
				return ora.New(6502, "")
			}
			data := from[at-1 : min(len(from), at-1+n)]
			for len(u) < to-1 {
				u = append(u, ' '*b2i(kind != "BLOB"))
			}
			tail := u[min(len(u), to-1+len(data)):]
			u = append(append(append([]uint16{}, u[:to-1]...), data...), tail...)
			a[0].Value = lobBytes(r, a[0], u)
			return nil
		}),
		"DBMS_LOB.TRIM": Procedure("lob_loc<>"+kind+" newlen:NUMBER", func(r *Run, a []*Bound) error {
			u, err := open(r, a[0])
			if err != nil {
				return err
			}
			n, ok, err := a[1].Int()
			if err != nil || !ok || n < 0 || n > len(u) {
				return ora.New(22926)
			}
			a[0].Value = lobBytes(r, a[0], u[:n])
			return nil
		}),
		"DBMS_LOB.READ": Procedure("lob_loc:"+kind+" amount<>NUMBER offset:NUMBER buffer>"+buf, func(r *Run, a []*Bound) error {
			u, err := open(r, a[0])
			if err != nil {
				return err
			}
			n, ok, err := a[1].Int()
			at, ok2, err2 := a[2].Int()
			if err != nil || err2 != nil || !ok || !ok2 || n < 1 || at < 1 {
				return ora.New(6502, "")
			}
			if at > len(u) {
				a[1].Value, a[3].Value = numberOf(0), []byte(nil)
				return ora.New(1403)
			}
			part := u[at-1 : min(len(u), at-1+n)]
			a[1].Value, a[3].Value = numberOf(len(part)), lobBytes(r, a[0], part)
			return nil
		}),
	}
}

func b2i(b bool) uint16 {
	if b {
		return 1
	}
	return 0
}

// amountOf takes the first units of a buffer that a call asks for.
func amountOf(r *Run, lob, amount, buffer *Bound) ([]uint16, error) {
	n, ok, err := amount.Int()
	if err != nil || !ok || n < 1 {
		return nil, ora.New(6502, "")
	}
	u := lobUnits(r, lob, buffer.Bytes())
	if n > len(u) {
		return nil, ora.New(21560, 2)
	}
	return u[:n], nil
}

var blobProcedures = map[string]*Native{}

func init() {
	register(lobProcedures("CLOB", "VARCHAR2"))
	blobProcedures = lobProcedures("BLOB", "RAW")
	register(map[string]*Native{
		"DBMS_LOB.LOB_READONLY":  Function("NUMBER", "", func(*Run, []*Bound) (any, error) { return numberOf(0), nil }),
		"DBMS_LOB.LOB_READWRITE": Function("NUMBER", "", func(*Run, []*Bound) (any, error) { return numberOf(1), nil }),
		"DBMS_LOB.CALL":          Function("NUMBER", "", func(*Run, []*Bound) (any, error) { return numberOf(12), nil }),
		"DBMS_LOB.SESSION":       Function("NUMBER", "", func(*Run, []*Bound) (any, error) { return numberOf(10), nil }),
	})
}
