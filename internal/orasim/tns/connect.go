package tns

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"landfall/internal/orasim/session"
)

// The version of TNS that is answered with. From 318 on a client may expect things that are not served (end of response,
// fast authentication).
const (
	tnsVersion    = 317
	tnsMinVersion = 315 // packets with lengths of 4 bytes
	minSDU        = 512
	defaultSDU    = 8192
)

// A CONNECT packet is laid out in fixed places, counted from the start of the packet.
const (
	connectVersion    = 8
	connectSDU        = 14
	connectTDU        = 16
	connectDataLen    = 24
	connectDataOffset = 26
	connectSDU32      = 58
	connectMin        = 34
)

// connect reads CONNECT, finds the database and answers.
func (c *connection) connect(ctx context.Context) error {
	p, err := c.link.read()
	if err != nil {
		return err
	}
	if p.kind != packetConnect || len(p.body) < connectMin-headLen {
		return fmt.Errorf("%w: the first packet is no CONNECT", errMalformed)
	}
	b := append(make([]byte, headLen), p.body...) // as numbered in the protocol
	version := int(binary.BigEndian.Uint16(b[connectVersion:]))
	size := int(binary.BigEndian.Uint16(b[connectDataLen:]))
	offset := int(binary.BigEndian.Uint16(b[connectDataOffset:]))
	sdu := int(binary.BigEndian.Uint16(b[connectSDU:]))
	if len(b) >= connectSDU32+4 && offset >= connectSDU32+4 {
		if wide := binary.BigEndian.Uint32(b[connectSDU32:]); wide > 0 {
			sdu = int(min(wide, maxPacket))
		}
	}
	tdu := binary.BigEndian.Uint16(b[connectTDU:])
	var text []byte
	switch {
	case size == 0:
	case offset+size <= len(b):
		text = b[offset : offset+size]
	default: // too long for this packet: it follows
		next, err := c.link.read()
		if err != nil {
			return err
		}
		if next.kind != packetData || len(next.body) < 2 || len(next.body)-2 < size {
			return fmt.Errorf("%w: no connect data behind CONNECT", errMalformed)
		}
		text = next.body[2 : 2+size]
	}
	if version < tnsMinVersion {
		return c.refuse(&session.Error{Code: 12547, Text: "TNS:lost contact"})
	}
	c.link.sdu = max(min(sdu, 65535), minSDU)
	if sdu == 0 {
		c.link.sdu = defaultSDU
	}

	desc, err := parseDescriptor(string(text))
	if err != nil {
		return c.refuse(&session.Error{Code: 12504, Text: "TNS:listener was not given the SERVICE_NAME in CONNECT_DATA"})
	}
	var target session.Target
	if s, ok := desc.find("SERVICE_NAME"); ok {
		target.Service = s
	} else if s, ok := desc.find("SID"); ok {
		target.SID = s
	}
	if target == (session.Target{}) {
		return c.refuse(&session.Error{Code: 12504, Text: "TNS:listener was not given the SERVICE_NAME in CONNECT_DATA"})
	}
	if c.server.full() {
		return c.refuse(&session.Error{Code: 12516, Text: "TNS:listener could not find available handler with matching protocol stack"})
	}
	c.login.Target = target
	if c.db, err = c.server.backend.Open(ctx, target); err != nil {
		return c.refuse(err)
	}
	c.info = c.db.Info()

	a := make([]byte, acceptLen)
	binary.BigEndian.PutUint16(a[8:], uint16(min(version, tnsVersion)))
	binary.BigEndian.PutUint16(a[12:], uint16(c.link.sdu))
	binary.BigEndian.PutUint16(a[14:], tdu)
	a[17] = 1
	binary.BigEndian.PutUint16(a[20:], acceptLen) // where the connect data would be: there is none
	a[22], a[23] = 0x05, 0x09                     // no native services: drivers that look do not ask for them
	if c.server.options.NativeServices {
		a[22], a[23] = 0x01, 0x01
	}
	binary.BigEndian.PutUint32(a[32:], uint32(c.link.sdu))
	binary.BigEndian.PutUint32(a[36:], uint32(c.link.sdu))
	if err := c.link.write(packetAccept, a); err != nil {
		return err
	}
	c.link.large = true
	return nil
}

const acceptLen = 45

// errRefused says that the client has been told why, so that nobody need tell it again.
var errRefused = errors.New("refused")

// refuse answers CONNECT with a REFUSE; the client makes its own text of the number.
func (c *connection) refuse(cause error) error {
	code := 12514
	var ora *session.Error
	if errors.As(cause, &ora) {
		code = ora.Code
	} else if cause != nil {
		code = 12518 // TNS:listener could not hand off client connection
	}
	text := fmt.Sprintf("(DESCRIPTION=(TMP=)(VSNNUM=0)(ERR=%d)(ERROR_STACK=(ERROR=(CODE=%d)(EMFI=4))))", code, code)
	p := make([]byte, headLen, 64+len(text))
	p = append(p, 0, 0)
	p = binary.BigEndian.AppendUint16(p, uint16(len(text)))
	p = append(p, text...)
	if err := c.link.write(packetRefuse, p); err != nil {
		return err
	}
	return fmt.Errorf("%w: %v", errRefused, cause)
}
