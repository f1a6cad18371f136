package tns

import (
	"context"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// Operations on LOBs.
const (
	lobLength     = 0x1
	lobRead       = 0x2
	lobTrim       = 0x20
	lobWrite      = 0x40
	lobFileOpen   = 0x100
	lobFileClose  = 0x200
	lobFileIsOpen = 0x400
	lobFileExists = 0x800
	lobCreateTemp = 0x110
	lobFreeTemp   = 0x111
	lobChunkSize  = 0x4000
	lobOpen       = 0x8000
	lobClose      = 0x10000
	lobIsOpen     = 0x11000
	lobFreeArray  = 0x80111
)

// lobPiece is how much of a LOB is in memory at a time: units of a CLOB, bytes of a BLOB.
const lobPiece = 32 << 10

// lobRequest is function 96.
type lobRequest struct {
	source, dest         []byte
	hasDest              bool
	charset              int
	hasCharset, nullFlag bool
	op                   int
	sourceOffset         uint64
	destOffset           uint64
	amount               uint64
	hasAmount            bool
	flag                 bool // what is answered: is it open, does the file exist
	data                 []byte
}

func (d *decoder) lobRequest() lobRequest {
	var r lobRequest
	hasSource := d.ptr()
	sourceLen := d.count(maxLocators*locatorLen, "bytes of locators")
	r.hasDest = d.ptr()
	destLen := d.count(maxLocators*locatorLen, "bytes of locators")
	d.ub4()
	d.ub4()
	r.hasCharset = d.ptr()
	d.ptr()
	r.nullFlag = d.ptr()
	r.op = d.ub4()
	d.ptr()
	scn := d.count(16, "SCNs")
	r.sourceOffset = d.ub8()
	r.destOffset = d.ub8()
	r.hasAmount = d.ptr()
	d.skip(6)
	if hasSource {
		r.source = d.raw(sourceLen)
	}
	if r.hasDest {
		r.dest = d.raw(destLen)
	}
	if r.hasCharset {
		r.charset = d.ub4()
	}
	for range scn {
		d.ub4()
	}
	if r.op == lobWrite && !r.hasAmount { // data and amount change places between drivers; one of them is there
		r.data = d.lobData()
	}
	if r.hasAmount {
		r.amount = d.ub8()
		if r.op == lobWrite {
			r.data = d.lobData()
		}
	}
	return r
}

func (d *decoder) lobData() []byte {
	if m := d.byte(); m != 14 && d.err == nil {
		d.fail("message %d where the data of a LOB should be", m)
	}
	return d.clr(maxRequest)
}

// lob answers function 96.
func (c *connection) lob(ctx context.Context) error {
	r := c.dec.lobRequest()
	if c.dec.err != nil {
		return c.dec.err
	}
	if c.planned != nil {
		return c.fail(c.planned, 0)
	}
	err := c.lobOperation(ctx, &r)
	if err != nil {
		return c.failInstead(err, 0)
	}
	e := &c.enc
	e.byte(8)
	e.raw(r.source)
	if r.hasDest {
		e.raw(r.dest)
	}
	if r.hasCharset {
		e.ub(uint64(r.charset))
	}
	if r.hasAmount {
		e.ub(r.amount)
	}
	if r.nullFlag {
		flag := byte(0)
		if r.flag {
			flag = 1
		}
		e.byte(flag)
	}
	return c.end(ending{})
}

// lobOperation does what is asked for, and leaves in r what the answer holds.
func (c *connection) lobOperation(ctx context.Context, r *lobRequest) error {
	if r.op == lobCreateTemp {
		t := session.CLOB
		if r.destOffset == uint64(session.BLOB) {
			t = session.BLOB
		}
		national := t == session.CLOB && (r.charset == ncharset || r.sourceOffset == formNational)
		loc, err := c.sess.CreateTemporary(ctx, t, national)
		if err != nil {
			return err
		}
		wire := c.wrapLocator(t, national, loc)
		if len(r.source) < len(wire) {
			return errLocator
		}
		r.source = wire
		return nil
	}
	if r.op == lobFreeArray {
		return c.freeLocators(ctx, r.source)
	}
	loc, err := unwrapLocator(r.source)
	if err != nil {
		return err
	}
	clob := r.source[5] == locIsCLOB
	utf16 := clob && r.source[6]&locVarWidth != 0
	offset := r.sourceOffset
	if offset > 0 {
		offset--
	}
	switch r.op {
	case lobLength:
		r.amount, err = c.sess.LOBLength(ctx, loc)
	case lobRead:
		r.amount, err = c.readLOB(ctx, loc, clob, utf16, offset, r.amount)
	case lobWrite:
		if clob && !utf16 {
			if r.source[8] == formNational {
				r.data = charset.UTF8ToUTF16(nil, charset.UTF16ToUTF8(r.data))
			} else {
				r.data = c.dbSet.ToUnits(charset.Convert(r.data, c.clientSet, c.dbSet))
			}
		}
		if clob && len(r.data)%2 != 0 {
			return errLength
		}
		err = c.sess.WriteLOB(ctx, loc, offset, r.data)
	case lobTrim:
		err = c.sess.TrimLOB(ctx, loc, r.amount)
	case lobFreeTemp:
		delete(c.openLOBs, string(loc))
		err = c.sess.FreeTemporary(ctx, loc)
	case lobChunkSize:
		r.amount = lobChunk
	case lobOpen, lobFileOpen:
		err = c.openLOB(loc, r.op == lobOpen)
	case lobClose, lobFileClose:
		err = c.closeLOB(loc, r.op == lobClose)
	case lobIsOpen, lobFileIsOpen:
		r.flag = c.openLOBs[string(loc)]
	case lobFileExists:
		r.flag = true
	default:
		err = &session.Error{Code: 3115, Text: "unsupported network datatype or representation"}
	}
	return err
}

// readLOB sends data as it is read, in one message 14.
func (c *connection) readLOB(ctx context.Context, loc []byte, clob, utf16 bool, offset, amount uint64) (uint64, error) {
	size, err := c.sess.LOBLength(ctx, loc)
	if err != nil {
		return 0, err
	}
	if offset >= size {
		return 0, nil
	}
	if rest := size - offset; amount == 0 || amount > rest {
		amount = rest
	}
	c.enc.byte(14)
	set := c.clientSet
	if utf16 || !clob {
		set = nil
	}
	return amount, c.pour(ctx, loc, clob, set, offset, amount)
}

// pour writes part of a LOB as one clr; set is the character set to say a CLOB in, nil is as it is.
func (c *connection) pour(ctx context.Context, loc []byte, clob bool, set *charset.Set, offset, amount uint64) error {
	e := &c.enc
	unit := uint64(1)
	if clob {
		unit = 2
	}
	var raw, carried []byte
	first := true
	for amount > 0 {
		n := min(amount, lobPiece)
		var err error
		if raw, err = c.sess.ReadLOB(ctx, append(raw[:0], carried...), loc, offset, n); err != nil {
			return err
		}
		got := uint64(len(raw)-len(carried)) / unit
		if got == 0 {
			break
		}
		offset += got
		amount -= got
		piece := raw
		carried = nil
		if set != nil {
			if amount > 0 && len(raw) >= 2 && raw[len(raw)-2]&0xfc == 0xd8 { // half a character: with the next piece
				carried = append(carried, raw[len(raw)-2:]...)
				raw = raw[:len(raw)-2]
			}
			piece = set.FromUnits(raw)
		}
		if first && amount == 0 && len(piece) <= clrShort {
			e.clr(piece)
			return nil
		}
		if first {
			e.byte(clrLong)
			first = false
		}
		for len(piece) > 0 {
			k := min(len(piece), chunkLen)
			e.chunk(piece[:k])
			piece = piece[k:]
		}
		if err := c.room(); err != nil {
			return err
		}
	}
	e.byte(0)
	return nil
}

// lobInline writes a LOB as if it were a LONG.
func (c *connection) lobInline(ctx context.Context, col *session.Column, v []byte) error {
	e := &c.enc
	if v == nil {
		e.byte(0, 0, 0)
		return nil
	}
	size, err := c.sess.LOBLength(ctx, v)
	if err != nil {
		return err
	}
	var set *charset.Set
	if col.Type == session.CLOB && !col.National {
		set = c.clientSet
	}
	if err := c.pour(ctx, v, col.Type == session.CLOB, set, 0, size); err != nil {
		return err
	}
	e.byte(0, 0)
	return nil
}

// lobValue writes a locator, with the length of the LOB when the client wants it.
func (c *connection) lobValue(ctx context.Context, t session.Type, national, prefetch bool, v []byte) error {
	e := &c.enc
	if v == nil {
		e.byte(0)
		return nil
	}
	loc := c.wrapLocator(t, national, v)
	e.ub(uint64(len(loc)))
	if prefetch && t != session.BFile {
		size, err := c.sess.LOBLength(ctx, v)
		if err != nil {
			return err
		}
		e.ub(size)
		e.ub(lobChunk)
	}
	e.clr(loc)
	return nil
}

// freeLocators frees temporary LOBs; what is no locator of one is passed over, as nobody waits for an answer.
func (c *connection) freeLocators(ctx context.Context, list []byte) error {
	for len(list) >= locatorLen {
		if loc, err := unwrapLocator(list[:locatorLen]); err == nil && c.sess.IsTemporary(loc) {
			delete(c.openLOBs, string(loc))
			if err := c.sess.FreeTemporary(ctx, loc); err != nil {
				c.log("free temporary LOB", err)
			}
		}
		list = list[locatorLen:]
	}
	return nil
}
