package connect

import (
	"errors"
	"fmt"

	"github.com/sijms/go-ora/v2/network"
)

// Messages of the protocol (TTC), by their first byte.
const (
	msgSummary   = 4  // the end of a call: error, row count, cursor
	msgHeader    = 6  // in front of rows
	msgRow       = 7  // one row
	msgParameter = 8  // behind an execution
	msgStatus    = 9  // the end of a call, in brief
	msgData      = 14 // data of a LOB
	msgWarning   = 15
	msgRepeat    = 21 // which values of the next row are sent, the others being as in the row before
	msgPiggyback = 23 // news of the session: NLS settings and the like
)

// maxColumns is Oracle's limit of columns in a result.
const maxColumns = 4096

// request asks for the next rows: function 5, or, where LOBs must be declared first, 94.
func (w *Wire) request() error {
	n := w.s.in.net
	n.ResetBuffer()
	if !w.defined && w.mustDefine() {
		w.define()
	} else {
		n.PutBytes(3, 5, 0)
		n.PutInt(w.cursor, 2, true, true)
		n.PutInt(w.rows, 2, true, true)
	}
	w.defined = true
	return n.Write()
}

func (w *Wire) mustDefine() bool {
	for i := range w.layout {
		if w.layout[i].locator || w.layout[i].long {
			return true
		}
	}
	return false
}

// define is function 94 with the options define and fetch: it says how each column is to come, and asks for the first rows. What the driver
// sends in the same place, with LOBs declared as what we want them to be.
func (w *Wire) define() {
	n := w.s.in.net
	const fetchDefined = 0x8000 | 0x40 | 0x10 // not PL/SQL, fetch, define
	n.PutBytes(3, 94, 0)
	n.PutUint(fetchDefined, 4, true, true)
	n.PutUint(w.cursor, 2, true, true)
	n.PutBytes(0, 0, 1) // no cursor to make, no SQL
	n.PutUint(13, 2, true, true)
	n.PutBytes(0, 0, 0, 0)
	n.PutUint(0x7FFFFFFF, 4, true, true) // longest LONG
	n.PutBytes(0, 0, 0, 0, 0, 0, 0, 1)   // no binds; defines
	n.PutUint(len(w.layout), 2, true, true)
	v := n.TTCVersion
	for _, x := range []struct {
		from  uint8
		bytes []byte
	}{{4, []byte{0, 0, 1}}, {5, []byte{0, 0, 0, 0, 0}}, {7, []byte{0, 0, 0}}, {8, []byte{0, 0, 0, 0, 0}}, {9, []byte{0, 0}}} {
		if v >= x.from {
			n.PutBytes(x.bytes...)
		}
	}
	for i := range 13 {
		switch i {
		case 1:
			n.PutUint(w.rows, 4, true, true)
		case 7:
			n.PutUint(1, 4, true, true)
		default:
			n.PutUint(0, 4, true, true)
		}
	}
	for i := range w.layout {
		w.layout[i].declare(n)
	}
}

// declare writes one column of a define.
func (c *wireColumn) declare(n *network.Session) {
	const lengthFirst = 0x2000000 // the length of a LOB in front of its locator
	size, flags := 0x7FFFFFFF, 0
	if c.locator {
		size, flags = 0, lengthFirst
	}
	n.PutBytes(uint8(c.sentAs), 3, 0, 0)
	n.PutUint(size, 4, true, true)
	n.PutUint(0, 4, true, true)
	n.PutUint(flags, 8, true, true)
	n.PutBytes(0) // no object type
	n.PutUint(0, 2, true, true)
	n.PutUint(c.charset, 2, true, true)
	n.PutBytes(uint8(c.form))
	n.PutUint(0, 4, true, true)
	if n.TTCVersion >= 8 {
		n.PutUint(0, 4, true, true)
	}
}

// response reads the answer to a request into the batch.
func (w *Wire) response() error {
	n := w.s.in.net
	if w.n > 0 { // kept: the first row of the next batch may repeat it
		w.last = append(w.last[:0], w.cells[(w.n-1)*len(w.layout):w.n*len(w.layout)]...)
	}
	w.cells, w.n, w.at = w.cells[:0], 0, 0
	var sent []byte // bit by column; nil is all
	for {
		m, err := n.GetByte()
		if err == nil {
			switch m {
			case msgHeader:
				sent, err = w.header()
			case msgRepeat:
				sent, err = w.repeated()
			case msgRow:
				err = w.row(sent)
				sent = nil
			default:
				var end bool
				if end, err = w.s.in.message(m); end && err == nil {
					w.more = n.Summary == nil || n.Summary.RetCode != 1403
					return nil
				}
			}
		}
		if err != nil {
			return w.s.in.afterBreak(err)
		}
	}
}

// header is message 6, without its number.
func (w *Wire) header() (sent []byte, err error) {
	r := reader{n: w.s.in.net}
	r.skip(1)
	low, high := r.number(), r.number()
	r.number() // rows
	r.number() // buffer
	sent = r.dlc()
	r.dlc()
	if columns := low + high<<8; r.err == nil && columns != len(w.layout)&0xFF+len(w.layout)>>8<<8 {
		return nil, fmt.Errorf("rows of %d columns came, %d were described", columns, len(w.layout))
	}
	return sent, r.err
}

// repeated is message 21.
func (w *Wire) repeated() ([]byte, error) {
	r := reader{n: w.s.in.net}
	r.number()
	return append([]byte(nil), r.bytes((len(w.layout)+7)/8)...), r.err
}

// row is message 7: a value for each column that is sent.
func (w *Wire) row(sent []byte) error {
	r := reader{n: w.s.in.net}
	for i := range w.layout {
		if sent != nil && (i/8 >= len(sent) || sent[i/8]&(1<<(i%8)) == 0) {
			at := len(w.cells) - len(w.layout)
			switch {
			case at >= 0:
				w.cells = append(w.cells, w.cells[at])
			case i < len(w.last):
				w.cells = append(w.cells, w.last[i])
			default:
				return errors.New("the first row repeats a value")
			}
			continue
		}
		w.cells = append(w.cells, w.layout[i].read(&r))
		if r.err != nil {
			return r.err
		}
	}
	w.n++
	return nil
}

// message reads what may come in any answer; end says that it was the last one.
func (in *inner) message(m byte) (end bool, err error) {
	n := in.net
	r := reader{n: n}
	switch m {
	case msgSummary:
		if n.Summary, err = network.NewSummary(n); err == nil && n.HasError() {
			err = n.GetError()
		}
		return true, err
	case msgStatus:
		if n.HasEOSCapability {
			r.number()
		}
		if n.HasFSAPCapability {
			r.number()
		}
		return true, r.err
	case msgParameter:
		for range max(r.number(), 2) {
			r.number()
		}
		r.number()
		for range r.number() {
			r.pair()
		}
		if n.TTCVersion >= 4 {
			r.bytes(r.number())
		}
		return false, r.err
	case msgWarning:
		_, err := network.NewWarningObject(n)
		return false, err
	case msgPiggyback:
		r.piggyback()
		return false, r.err
	}
	return false, fmt.Errorf("message %d is none that belongs here", m)
}

// afterBreak reads the error that the server sends behind the reset of a break.
func (in *inner) afterBreak(err error) error {
	if !errors.Is(err, network.ErrConnReset) {
		return err
	}
	for {
		m, err := in.net.GetByte()
		if err != nil {
			return err
		}
		if end, err := in.message(m); err != nil || end {
			return err
		}
	}
}

// openCursor is the server's number of the cursor that the last answer was about.
func (in *inner) openCursor() (int, error) {
	if in.net.Summary == nil || in.net.Summary.CursorID == 0 {
		return 0, errors.New("the server gave no cursor")
	}
	return in.net.Summary.CursorID, nil
}
