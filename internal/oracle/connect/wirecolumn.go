package connect

import (
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	goora "github.com/sijms/go-ora/v2"
)

var errLength = errors.New("a length that cannot be")

// cell is one value of the batch.
type cell struct {
	b    []byte
	size uint64 // of a LOB behind the locator b: bytes, or UTF-16 units
}

// wireColumn is how the server sends a column.
type wireColumn struct {
	name    string
	sentAs  goora.TNSType // after the define
	typ     goora.TNSType
	charset int
	form    int
	conv    *converter // of text
	faults  int        // in Wire.faults, of text
	long    bool       // LONG, or a LOB declared as one
	locator bool       // CLOB or BLOB by locator
	clob    bool
	empty   bool // the server sends no value: it is always NULL
}

// lay makes the layout of what the server has described.
func (w *Wire) lay(rows driver.Rows, q Query) error {
	infos, err := reachColumns(rows)
	if err != nil {
		return err
	}
	if w.cursor, err = w.s.in.openCursor(); err != nil {
		return err
	}
	if len(infos) == 0 || len(infos) > maxColumns {
		return fmt.Errorf("a result of %d columns", len(infos))
	}
	var all []Column
	for i := range infos {
		p := &infos[i]
		c := columnOf(p)
		if q.Plan != nil { // an expression of the list is named by it; the column that it stands for counts
			c.Name = q.Plan.name(i, c.Name)
		}
		all = append(all, c)
		k := wireColumn{name: c.Name, typ: p.DataType, sentAs: p.DataType, charset: p.CharsetID, form: p.CharsetForm}
		switch p.DataType {
		case goora.NCHAR, goora.CHAR:
			k.empty = p.MaxCharLen == 0
			w.text(&k, q)
		case goora.RAW:
			k.empty = p.MaxLen == 0
		case goora.LONG:
			k.long = true
			w.text(&k, q)
		case goora.LongRaw:
			k.long = true
		case goora.OCIClobLocator, goora.OCIBlobLocator:
			k.clob = p.DataType == goora.OCIClobLocator
			if k.clob {
				w.text(&k, q)
			}
			k.locator = true
			if q.Plan != nil && q.Plan.inline(i) {
				k.locator, k.long, k.sentAs = false, true, goora.LongRaw
				if k.clob {
					k.sentAs = goora.LongVarChar
				}
			}
		case goora.NUMBER, goora.DATE, goora.TimeStampDTY, goora.TIMESTAMP, goora.TimeStampTZ_DTY, goora.TIMESTAMPTZ, goora.TimeStampLTZ_DTY, goora.TimeStampeLTZ,
			goora.IntervalYM_DTY, goora.IntervalDS_DTY, goora.IBFloat, goora.IBDouble, goora.ROWID, goora.UROWID, goora.Boolean, goora.OCIFileLocator:
		default:
			return fmt.Errorf("%s: columns of type %s are not read as they are (Plan makes expressions for those that can be)", c.Name, c.OracleType)
		}
		w.layout = append(w.layout, k)
	}
	if q.Plan == nil {
		for i := range all {
			w.columns = append(w.columns, all[i])
			w.plan = append(w.plan, planned{at: i, inline: -1})
		}
		return nil
	}
	return w.follow(q.Plan, all)
}

// follow gives out the columns that a plan was made of.
func (w *Wire) follow(p *Plan, all []Column) error {
	if len(all) != p.items {
		return fmt.Errorf("the statement gives %d columns, its plan %d", len(all), p.items)
	}
	w.plan = slices.Clone(p.columns)
	for i := range w.plan {
		w.columns = append(w.columns, all[w.plan[i].at])
	}
	return nil
}

func (w *Wire) text(k *wireColumn, q Query) {
	k.conv = w.s.text
	if k.form == 2 {
		k.conv = w.s.national
	}
	k.faults = len(w.faults)
	w.faults = append(w.faults, TextFaults{Column: k.name, Policy: q.policy(k.name, w.s.opt.Text)})
}

// read takes one value off the wire.
func (c *wireColumn) read(r *reader) (v cell) {
	switch {
	case c.empty:
	case c.locator:
		if r.number() > 0 {
			v.size = uint64(r.number())
			r.number() // chunk
			v.b = r.clr()
		}
	case c.typ == goora.OCIFileLocator:
		if r.number() > 0 {
			v.b = r.clr()
		}
	case c.typ == goora.UROWID:
		v.b = r.dlc()
	case c.typ == goora.ROWID:
		v.b = r.rowid()
	default:
		v.b = r.clr()
		if c.long {
			r.number() // indicator
			r.number() // return code
		}
	}
	return v
}

// rowid gives the 13 bytes of a ROWID, which is sent field by field.
func (r *reader) rowid() []byte {
	if r.byte() == 0 {
		return nil
	}
	b := make([]byte, 1, 13)
	b[0] = 1
	object, file := r.number(), r.number()
	r.skip(1)
	block, row := r.number(), r.number()
	if object|file|block|row == 0 {
		return nil
	}
	b = binary.BigEndian.AppendUint32(b, uint32(object))
	b = binary.BigEndian.AppendUint16(b, uint16(file))
	b = binary.BigEndian.AppendUint32(b, uint32(block))
	return binary.BigEndian.AppendUint16(b, uint16(row))
}

// convert makes the current row of the batch the caller's.
func (w *Wire) convert(row [][]byte) (err error) {
	w.scratch = w.scratch[:0]
	cells := w.cells[(w.at-1)*len(w.layout) : w.at*len(w.layout)]
	for i := range w.plan {
		p := &w.plan[i]
		k, v := &w.layout[p.at], &cells[p.at]
		switch {
		case k.locator:
			row[i] = nil
			switch {
			case v.b == nil:
			case v.size == 0:
				row[i] = empty
			case p.inline >= 0 && cells[p.inline].b != nil:
				row[i], err = w.value(&w.layout[p.inline], cells[p.inline].b, err)
			}
		case v.b == nil:
			row[i] = nil
		default:
			row[i], err = w.value(k, v.b, err)
		}
	}
	return err
}

var empty = []byte{}

// value gives text in UTF-8, and other values as they are.
func (w *Wire) value(k *wireColumn, b []byte, before error) ([]byte, error) {
	if k.typ == goora.OCIFileLocator {
		name, err := fileName(w.s.text, b)
		if err != nil && before == nil {
			before = &Fault{Column: k.name, Kind: BadText, Raw: b, Why: err.Error()}
		}
		return name, before
	}
	if k.conv == nil {
		return b, before
	}
	out, ok := k.conv.appendText(&w.scratch, b)
	if ok {
		return out, before
	}
	out, f := badBytes(k.conv, &w.faults[k.faults], b)
	if f != nil && before == nil {
		before = f
	}
	return out, before
}

// fileName is DIRECTORY/file of a BFILE's locator.
func fileName(c *converter, loc []byte) ([]byte, error) {
	var parts [2]string
	rest := loc[min(len(loc), 16):]
	for i := range parts {
		if len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
			return nil, errors.New("the locator of a BFILE is cut short")
		}
		size := int(binary.BigEndian.Uint16(rest))
		s := c.Decode(rest[2 : 2+size])
		if s != "" && s[0] == badMark {
			return nil, errors.New("the name of a BFILE is no text")
		}
		parts[i], rest = s, rest[2+size:]
	}
	return []byte(parts[0] + "/" + parts[1]), nil
}
