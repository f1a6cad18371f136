package value

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"

	ora "landfall/internal/oracle/value"
)

// Column is one column of a table: what comes and where it goes.
type Column struct {
	Name   string // for messages
	Source ora.Column
	Shape  *ora.Shape // of an object or collection
	Target Target
	Policy Policy
}

// Options hold for all columns of a table.
type Options struct {
	// DBZone is the database's time zone, in which TIMESTAMP WITH LOCAL TIME ZONE travels. It must be set where such
	// columns are.
	DBZone *time.Location

	// LocalZone is the zone that DATE and TIMESTAMP are meant in, where their target is timestamptz. It must be set there.
	LocalZone *time.Location
}

// appendFunc appends a field's value, without its length. A fault other than NoFault says that it could not; dst is then
// of no use. What the policy lets it change it marks.
type appendFunc func(e *Encoder, c *column, dst, src []byte) ([]byte, Fault)

// column is a Column made ready.
type column struct {
	Column
	index  int
	append appendFunc

	limit     int // characters of varchar(n) and char(n); 0: no limit
	precision int // of numeric(p,s), where sized is set
	scale     int
	sized     bool
	unit      int            // nanoseconds of the last digit that is kept of seconds
	zone      *time.Location // of fields without one
	fixed     int64          // microseconds east of UTC, where zone is nil or fixed
	low, high int64          // of integers
	short     shortWay
	least     int // bytes of text that goes the short way
	most      int
	bits      int
	parts     []*column          // attributes of an object, in the target's order; the element of a collection
	family    map[string]*column // of objects of several types: by the type's full name
}

type mark struct {
	column int
	fault  Fault
}

// Encoder writes the tuples of one table's rows. It is for one goroutine.
type Encoder struct {
	columns []*column
	counts  [][faults]int64
	marks   []mark // of the row at hand: they count when it is whole
	code    string // of the decoder that failed last
	number  ora.Decimal
	scratch []byte
	json    canon
	sum     Fingerprint

	stream, piece []byte // of StreamTuple: room for a row, and to copy through
}

// Plan chooses an encoding for each column. Pairs of types without one are an error, and so are settings that are missing.
func Plan(columns []Column, opt Options) (*Encoder, error) {
	if len(columns) == 0 || len(columns) > math.MaxInt16 {
		return nil, fmt.Errorf("a table of %d columns cannot be copied", len(columns))
	}
	e := &Encoder{counts: make([][faults]int64, len(columns))}
	for i, col := range columns {
		c, err := plan(col, opt)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", col.Name, err)
		}
		c.setIndex(i)
		e.columns = append(e.columns, c)
	}
	return e, nil
}

// Clone gives an encoder of the same columns for another goroutine, with nothing counted.
func (e *Encoder) Clone() *Encoder {
	return &Encoder{columns: e.columns, counts: make([][faults]int64, len(e.columns))}
}

// AppendTuple appends one row: the number of fields, and each with its length. cols has the bytes of each column, nil for
// NULL. On an error, a *RowError, dst is as it was and nothing is counted; the encoder can go on.
func (e *Encoder) AppendTuple(dst []byte, cols [][]byte) ([]byte, error) {
	start := len(dst)
	if len(cols) != len(e.columns) {
		return dst, fmt.Errorf("the row has %d columns, the table %d", len(cols), len(e.columns))
	}
	e.marks = e.marks[:0]
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(cols)))
	for i, src := range cols {
		c := e.columns[i]
		out, ok := c.appendPlain(dst, src)
		if !ok {
			var fault Fault
			if out, fault = e.appendAny(c, dst, src); fault != NoFault {
				return dst[:start], e.rowError(i, fault)
			}
		}
		dst = out
	}
	for _, m := range e.marks {
		e.counts[m.column][m.fault]++
	}
	e.sum.Add(dst[start:])
	return dst, nil
}

var null = [4]byte{0xff, 0xff, 0xff, 0xff}

// appendField appends a length and a value. What the policy makes NULL is marked.
func (e *Encoder) appendField(c *column, dst, src []byte) ([]byte, Fault) {
	if out, ok := c.appendPlain(dst, src); ok {
		return out, NoFault
	}
	return e.appendAny(c, dst, src)
}

// appendAny is appendField by the long way, which every value can go.
func (e *Encoder) appendAny(c *column, dst, src []byte) ([]byte, Fault) {
	if src == nil {
		return append(dst, null[:]...), NoFault
	}
	at := len(dst)
	if len(src) == 0 {
		switch {
		case !c.Source.Type.LOB():
			return dst, e.bad(ora.ErrEmpty)
		case c.Policy.Action(EmptyLOB) == Null:
			e.mark(c, EmptyLOB)
			return append(dst, null[:]...), NoFault
		}
	}
	dst = append(dst, 0, 0, 0, 0)
	dst, fault := c.append(e, c, dst, src)
	if n := len(dst) - at - 4; fault == NoFault && n <= MaxField {
		binary.BigEndian.PutUint32(dst[at:], uint32(n))
		return dst, NoFault
	} else if fault == NoFault {
		fault = Overflow
	}
	if c.Policy.Action(fault) == Null {
		e.mark(c, fault)
		return append(dst[:at], null[:]...), NoFault
	}
	return dst, fault
}

// MaxField is what PostgreSQL takes in one field: a palloc of at most 1 GB less a byte, with the header of the datum. What is
// longer has the fault Overflow.
const MaxField = 1<<30 - 64

// mark notes that a value was changed, or let through, by the policy.
func (e *Encoder) mark(c *column, f Fault) { e.marks = append(e.marks, mark{c.index, f}) }

// bad is the fault of bytes that are no value.
func (e *Encoder) bad(err error) Fault {
	if x, ok := err.(*ora.Error); ok {
		e.code = x.Code
	}
	return BadBytes
}

func (e *Encoder) rowError(i int, f Fault) error {
	err := &RowError{Column: i, Name: e.columns[i].Name, Fault: f}
	if f == BadBytes {
		err.Code = e.code
	}
	return err
}

// Fingerprint is the sum over the tuples written since the start or the last Reset.
func (e *Encoder) Fingerprint() Fingerprint { return e.sum }

// Counts says what the policies have let through, by column and fault; what did not occur is left out.
func (e *Encoder) Counts() []Count {
	var list []Count
	for i, counts := range e.counts {
		for f, n := range counts {
			if n > 0 {
				c := e.columns[i]
				list = append(list, Count{i, c.Name, Fault(f), c.Policy.Action(Fault(f)), n})
			}
		}
	}
	return list
}

// Reset sets fingerprint and counts to zero, for the next chunk.
func (e *Encoder) Reset() {
	e.sum = Fingerprint{}
	clear(e.counts)
}

// Columns is how many columns a row has.
func (e *Encoder) Columns() int { return len(e.columns) }

// State is what an encoder has counted up to a point.
type State struct {
	sum    Fingerprint
	counts [][faults]int64
}

// Save notes fingerprint and counts, for a batch that may have to be written again.
func (e *Encoder) Save(s *State) {
	s.sum = e.sum
	s.counts = append(s.counts[:0], e.counts...)
}

// Restore goes back to what was saved.
func (e *Encoder) Restore(s *State) {
	e.sum = s.sum
	copy(e.counts, s.counts)
}
