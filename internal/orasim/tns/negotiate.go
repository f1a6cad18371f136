package tns

import (
	"encoding/binary"
)

// fieldVersion is the version of the messages' fields that is offered, 8 being that of 12.2. What is used is the lower
// one of both sides.
const fieldVersion = 8

// dialect is what the negotiation came to.
type dialect struct {
	fields     int  // field version
	clrText    bool // texts of requests are clr; else bare bytes whose length was said before
	universal  bool // SB1 in the universal representation: the scale of a column is a number with a length
	charset    int  // of the client
	ncharset   int
	clientZone bool
}

// compileCaps and runtimeCaps are what this server says it can do. Each byte that is not 0 is one that a driver looks at.
func compileCaps(verifier int) []byte {
	caps := make([]byte, 42)
	caps[0], caps[1], caps[5], caps[6] = 6, 1, 1, 1
	caps[4] = 0x0a // session keys without padding
	if verifier == verifier12c {
		caps[4] |= 0x20 // the combined key comes from PBKDF2
	}
	caps[7] = fieldVersion
	caps[15] = 1    // messages 4 and 9 have the status of the call
	caps[16] = 1    // and the sequence end to end
	caps[27] = 1    // numbers of types in message 2 have two bytes
	caps[37] = 0x20 // chunks have lengths as UB4
	return caps
}

// runtimeCaps: the time zone is in message 2, VARCHAR2 may have 32767 bytes.
func runtimeCaps() []byte { return []byte{2, 1, 0, 0, 0, 0, 4} }

const (
	capFields  = 7 // in the compile time capabilities of the client
	capZone    = 1 // in the run time capabilities: &1, it sends its time zone
	capZoneVer = 37
	convLength = 2 // in the flags of message 2
	typeSB1    = 27
	zoneLen    = 11
	ncharset   = 2000
)

// protocol answers message 1.
func (c *connection) protocol() error {
	d := &c.dec
	for n := 0; d.byte() != 0; n++ { // versions, the best first
		if n > 16 || d.err != nil {
			d.fail("no end of the protocol versions")
			return d.err
		}
	}
	for n := 0; d.byte() != 0; n++ { // the driver's name
		if n > maxName || d.err != nil {
			d.fail("no end of the driver's name")
			return d.err
		}
	}
	if d.err != nil {
		return d.err
	}
	e := &c.enc
	e.byte(1, 6, 0)
	e.raw([]byte("x86_64/Linux 2.4.xx\x00"))
	e.le16(uint16(c.info.Charset))
	e.byte(1)
	e.le16(0) // elements of the charset graph
	fdo := make([]byte, 11)
	binary.BigEndian.PutUint16(fdo[9:], ncharset)
	e.be16(uint16(len(fdo)))
	e.raw(fdo)
	compile, runtime := compileCaps(c.server.options.Verifier), runtimeCaps()
	e.byte(byte(len(compile)))
	e.raw(compile)
	e.byte(byte(len(runtime)))
	e.raw(runtime)
	return nil
}

// types answers message 2: the client's character set, its capabilities and how it wants types represented. Only two
// facts of the long list of types matter, so it is read for the one and for its end.
func (c *connection) types() error {
	d := &c.dec
	g := &c.dialect
	g.charset = int(binary.LittleEndian.Uint16(pad2(d.raw(2))))
	g.ncharset = int(binary.LittleEndian.Uint16(pad2(d.raw(2))))
	flags := d.byte()
	compile := d.raw(int(d.byte()))
	runtime := d.raw(int(d.byte()))
	if d.err != nil {
		return d.err
	}
	g.clrText = flags&convLength != 0
	g.fields = fieldVersion
	if len(compile) > capFields {
		g.fields = min(g.fields, int(compile[capFields]))
	}
	g.clientZone = len(runtime) > capZone && runtime[capZone]&1 != 0
	if g.clientZone {
		d.skip(zoneLen)
		if len(compile) > capZoneVer && compile[capZoneVer]&2 != 0 && compileCaps(0)[capZoneVer]&2 != 0 {
			d.skip(4) // the version of its time zone file
		}
	}
	rep := d.representations()
	if d.err != nil {
		return d.err
	}
	g.universal = rep == 1
	if err := c.chooseCharset(); err != nil {
		return err
	}

	e := &c.enc
	e.byte(2)
	if g.clientZone {
		e.byte(0x80, 0, 0, 0, 60, 60, 60, 0x80, 0, 0, 0) // UTC
	}
	e.be16(0) // no types of ours: as the client said
	return nil
}

func pad2(b []byte) []byte {
	if len(b) < 2 {
		return []byte{0, 0}
	}
	return b
}

// representations reads the list of types, which ends with a type 0, and gives the representation of SB1. One driver puts
// its national character set once more in front of it.
func (d *decoder) representations() (sb1 int) {
	be16 := func() int { return int(binary.BigEndian.Uint16(pad2(d.raw(2)))) }
	for n := 0; d.err == nil; n++ {
		kind := be16()
		switch {
		case kind == 0:
			return sb1
		case n == 0 && kind == ncharset>>8|(ncharset&0xff)<<8: // little endian
			continue
		case n > maxTypes:
			d.fail("no end of the list of types")
			return 0
		}
		if be16() == 0 { // no conversion: the type is not served
			continue
		}
		rep := be16()
		if be16() != 0 {
			d.fail("list of types")
		}
		if kind == typeSB1 {
			sb1 = rep
		}
	}
	return 0
}

const maxTypes = 4096
