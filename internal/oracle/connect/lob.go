package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// LOBPiece is how much of a LOB is read in one call: bytes of a BLOB, UTF-16 units of a CLOB. The driver holds a piece, and its
// packets, in memory.
const LOBPiece = 1 << 20

// LOB reads a LOB of the current row piece by piece.
type LOB struct {
	w      *Wire
	ctx    context.Context
	k      *wireColumn
	loc    []byte
	size   uint64 // in bytes or UTF-16 units
	offset uint64
	piece  []byte // what is read and not given out yet
	rest   []byte // of a CLOB: half a character, to go before the next piece
	row    int
	err    error
}

// Length is that of the whole: bytes of a BLOB, UTF-16 units of a CLOB.
func (l *LOB) Length() uint64 { return l.size }

// LOB is the reader of a LOB of the current row that Next has not given whole, and nil for other values. It must be read before
// the next call of Next. A CLOB is read as UTF-8. The context holds for all of it.
func (w *Wire) LOB(ctx context.Context, i int) *LOB {
	if w.closed || w.err != nil || w.at == 0 {
		return nil
	}
	p := &w.plan[i]
	cells := w.cells[(w.at-1)*len(w.layout) : w.at*len(w.layout)]
	k, v := &w.layout[p.at], &cells[p.at]
	if !k.locator || v.b == nil || v.size == 0 || p.inline >= 0 && cells[p.inline].b != nil {
		return nil
	}
	return &LOB{w: w, ctx: ctx, k: k, loc: append([]byte(nil), v.b...), size: v.size, row: w.at}
}

// Read implements io.Reader.
func (l *LOB) Read(dst []byte) (int, error) {
	for len(l.piece) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		if l.offset == l.size {
			if len(l.rest) > 0 {
				l.err = l.fault(l.rest)
			} else {
				l.err = io.EOF
			}
			continue
		}
		l.err = l.next()
	}
	n := copy(dst, l.piece)
	l.piece = l.piece[n:]
	return n, nil
}

// next reads the next piece.
func (l *LOB) next() error {
	if l.w.closed || l.w.at != l.row {
		return errors.New("a LOB is read after its row has gone")
	}
	want := min(uint64(LOBPiece), l.size-l.offset)
	var data []byte
	var got uint64
	err := l.w.s.call(l.ctx, opLOB, func() (err error) {
		data, got, err = l.w.s.in.readLOB(l.loc, l.offset, want)
		return err
	})
	if err != nil {
		return err
	}
	if got == 0 || got > want {
		return broken(fmt.Sprintf("a LOB of %d ends after %d", l.size, l.offset+got))
	}
	l.offset += got
	if !l.k.clob {
		if uint64(len(data)) != got {
			return broken(fmt.Sprintf("%d bytes came where %d were said", len(data), got))
		}
		l.piece = data
		return nil
	}
	return l.text(data, got)
}

// text converts a piece of a CLOB; a character that is cut at its end waits for the next.
func (l *LOB) text(data []byte, units uint64) error {
	whole := data
	if len(l.rest) > 0 {
		whole = append(l.rest, data...)
	}
	l.rest = nil
	conv := l.k.conv
	if varies(l.loc) {
		conv = utf16Text
	}
	last := l.offset == l.size
	if conv.set.id == charsetUTF16 {
		if uint64(len(data)) != 2*units {
			return broken(fmt.Sprintf("%d bytes came where %d UTF-16 units were said", len(data), units))
		}
		if littleEndian(l.loc) {
			return broken("the CLOB is in little endian UTF-16, which only databases before 10.2 send")
		}
		if n := len(whole); !last && n >= 2 && whole[n-2]&0xFC == 0xD8 {
			l.rest, whole = append([]byte(nil), whole[n-2:]...), whole[:n-2]
		}
	} else if !last {
		if n := conv.set.tail(whole); n > 0 {
			l.rest, whole = append([]byte(nil), whole[len(whole)-n:]...), whole[:len(whole)-n]
		}
	}
	var buf []byte
	text, ok := conv.appendText(&buf, whole)
	if !ok {
		count := &l.w.faults[l.k.faults]
		if count.Policy == NullText {
			return &Fault{Column: count.Column, Kind: BadText, Raw: append([]byte(nil), whole...), Why: "a LOB that is no text in " + conv.set.name + " has begun to be written, so that it cannot become NULL"}
		}
		salvaged, f := badBytes(conv, count, whole)
		if f != nil {
			return f
		}
		text = salvaged
	}
	l.piece = text
	return nil
}

func broken(text string) error { return &OracleError{Op: opLOB, Pos: -1, Text: text} }

func (l *LOB) fault(raw []byte) error {
	return &Fault{Column: l.k.name, Kind: BadText, Raw: raw, Why: "the CLOB ends in half a character"}
}

// utf16Text reads the data of CLOBs, which is UTF-16 in databases whose characters have several bytes.
var utf16Text = func() *converter {
	c := newConverter()
	if err := c.use(charsetUTF16); err != nil {
		panic(err)
	}
	return c
}()

// varies says that a CLOB's data is UTF-16: its characters would have several bytes in the database's set.
func varies(loc []byte) bool { return len(loc) > 6 && loc[6]&0x80 != 0 }

func littleEndian(loc []byte) bool { return len(loc) > 7 && loc[7]&0x40 != 0 }

// cutRune is how many bytes at the end are the beginning of a character.
func cutRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// readLOB is function 96, operation 2: amount from offset, which begins with 0. It gives the data and how much the server says it is.
func (in *inner) readLOB(loc []byte, offset, amount uint64) (data []byte, got uint64, err error) {
	const read = 2
	n := in.net
	n.ResetBuffer()
	n.PutBytes(3, 96, 0, 1)
	n.PutUint(len(loc), 4, true, true)
	n.PutBytes(0, 0, 0, 0) // no destination; offsets are below
	n.PutBytes(0, 0, 0)    // no character set, no old amount, no null flag
	n.PutUint(read, 4, true, true)
	n.PutBytes(0, 0) // no SCN
	n.PutUint(offset+1, 8, true, true)
	n.PutUint(0, 8, true, true)
	n.PutBytes(1) // the amount follows
	if n.TTCVersion >= 4 {
		n.PutBytes(0, 0, 0, 0, 0, 0)
	}
	n.PutBytes(loc...)
	n.PutUint(amount, 8, true, true)
	if err := n.Write(); err != nil {
		return nil, 0, err
	}
	for {
		r := reader{n: n}
		m := r.byte()
		switch {
		case r.err != nil:
			return nil, 0, in.afterBreak(r.err)
		case m == msgData:
			data = append(data, r.clr()...)
		case m == msgParameter:
			copy(loc, r.bytes(len(loc))) // it may have changed
			got = uint64(r.number())
		default:
			end, err := in.message(m)
			if err != nil {
				return nil, 0, in.afterBreak(err)
			}
			if end {
				return data, got, nil
			}
		}
		if r.err != nil {
			return nil, 0, in.afterBreak(r.err)
		}
	}
}
