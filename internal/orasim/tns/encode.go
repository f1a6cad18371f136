package tns

import (
	"encoding/binary"
	"math/bits"

	"landfall/internal/orasim/session"
)

// encoder builds an answer. Room for the head of the first packet stands in front of it; see connection.flush.
type encoder struct {
	buf []byte
}

func (e *encoder) reset() { e.buf = append(e.buf[:0], make([]byte, dataHeadLen)...) }

func (e *encoder) byte(b ...byte) { e.buf = append(e.buf, b...) }
func (e *encoder) raw(b []byte)   { e.buf = append(e.buf, b...) }
func (e *encoder) le16(u uint16)  { e.buf = binary.LittleEndian.AppendUint16(e.buf, u) }
func (e *encoder) be16(u uint16)  { e.buf = binary.BigEndian.AppendUint16(e.buf, u) }

// ub writes a number: its length, then itself, big endian, without leading zeros. 0 is a single byte.
func (e *encoder) ub(u uint64) {
	n := (bits.Len64(u) + 7) / 8
	e.buf = append(e.buf, byte(n))
	for i := n - 1; i >= 0; i-- {
		e.buf = append(e.buf, byte(u>>(8*i)))
	}
}

func (e *encoder) sb(i int64) {
	if i >= 0 {
		e.ub(uint64(i))
		return
	}
	at := len(e.buf)
	e.ub(uint64(-i))
	e.buf[at] |= 0x80
}

const chunkLen = 32767

// clr writes bytes with their length; nil and empty are null.
func (e *encoder) clr(b []byte) {
	if len(b) <= clrShort {
		e.buf = append(append(e.buf, byte(len(b))), b...)
		return
	}
	e.byte(clrLong)
	for len(b) > 0 {
		n := min(len(b), chunkLen)
		e.chunk(b[:n])
		b = b[n:]
	}
	e.byte(0)
}

// chunk writes a piece of a long clr: clrLong in front and a 0 behind are the caller's.
func (e *encoder) chunk(b []byte) {
	e.ub(uint64(len(b)))
	e.raw(b)
}

func (e *encoder) clrText(s string) { e.clr([]byte(s)) }

func (e *encoder) dlc(b []byte) {
	e.ub(uint64(len(b)))
	if len(b) > 0 {
		e.clr(b)
	}
}

func (e *encoder) pair(key, value string, flag int) {
	e.dlc([]byte(key))
	e.dlc([]byte(value))
	e.ub(uint64(flag))
}

// rowIDBody writes the parts of a ROWID; b is a session.RowID value.
func (e *encoder) rowIDBody(b []byte) {
	if len(b) != rowIDLen {
		e.byte(0, 0, 0, 0, 0)
		return
	}
	e.ub(uint64(binary.BigEndian.Uint32(b[1:])))
	e.ub(uint64(binary.BigEndian.Uint16(b[5:])))
	e.byte(0)
	e.ub(uint64(binary.BigEndian.Uint32(b[7:])))
	e.ub(uint64(binary.BigEndian.Uint16(b[11:])))
}

const rowIDLen = 13

// ending is message 4, which ends the answer to nearly every call: the error, or that there was none.
type ending struct {
	inTransaction bool
	rows          uint64 // affected, or fetched so far
	cursor        int
	sqlType       byte
	warning       byte
	rowID         []byte
	code          int
	text          []byte // in the client's character set
	pos           int
	batch         []batchError
}

type batchError struct {
	code, row int
	text      []byte
}

const warnCompilation = 0x20 // created with compilation errors

func (e *encoder) ending(x *ending) {
	e.byte(4)
	status := uint64(0)
	if x.inTransaction {
		status = 2
	}
	code := min(x.code, 65535)
	e.ub(status)
	e.ub(0) // sequence end to end
	e.ub(min(x.rows, 1<<32-1))
	e.ub(uint64(code))
	e.ub(0)
	e.ub(0)
	e.ub(uint64(x.cursor))
	e.sb(int64(min(x.pos, 32767)))
	e.byte(x.sqlType, 0, 0, 0, 0, x.warning)
	e.rowIDBody(x.rowID)
	e.ub(0) // error of the operating system
	e.byte(0, 0)
	e.ub(0)
	e.ub(0) // successful iterations
	e.ub(0) // logical rowid
	n := uint64(len(x.batch))
	e.ub(n)
	if n > 0 {
		e.byte(1)
		for _, b := range x.batch {
			e.ub(uint64(b.code))
		}
	}
	e.ub(n)
	if n > 0 {
		e.byte(1)
		for _, b := range x.batch {
			e.ub(uint64(b.row))
		}
	}
	e.ub(n)
	if n > 0 {
		e.byte(1)
		for _, b := range x.batch {
			e.ub(uint64(len(b.text)))
			e.clr(b.text)
			e.byte(0, 0)
		}
	}
	e.ub(uint64(x.code))
	e.ub(x.rows)
	if x.code != 0 {
		e.clr(x.text)
	}
}

// status is message 9, the short ending of calls that cannot fail.
func (e *encoder) status(inTransaction bool) {
	e.byte(9)
	if inTransaction {
		e.ub(2)
	} else {
		e.ub(0)
	}
	e.ub(0)
}

// sqlType is the number of V$SQL.COMMAND_TYPE, which message 4 carries; drivers do not look at it.
func sqlType(k session.Kind) byte {
	switch k {
	case session.Query:
		return 3
	case session.Insert:
		return 2
	case session.Update:
		return 6
	case session.Delete:
		return 7
	case session.Merge:
		return 189
	case session.Create:
		return 1
	case session.Block, session.Declare, session.CallStmt:
		return 47
	}
	return 0
}
