package tns

import (
	"encoding/binary"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// A locator on the wire has 40 bytes: a head that drivers read, and what the backend gave, which they keep for us. That of
// a BFILE is longer: its directory and file are part of it.
const (
	locatorLen   = 40
	locatorHead  = 10
	bfileHead    = 16
	maxLocator   = 24 // of the backend's bytes
	locIsBLOB    = 1
	locIsCLOB    = 2
	locIsBFile   = 8
	locInit      = 0x08 // byte 4
	locVarWidth  = 0x80 // byte 6: the data of a CLOB is UTF-16
	locTemporary = 0x01 // byte 7
	lobChunk     = 8132
)

var errLocator = &session.Error{Code: 22275, Text: "invalid LOB locator specified"}

// wrapLocator makes the wire's locator.
func (c *connection) wrapLocator(t session.Type, national bool, v []byte) []byte {
	if t == session.BFile {
		b := make([]byte, bfileHead, bfileHead+len(v))
		b[3], b[4], b[5] = 1, locInit, locIsBFile
		b = append(b, v...)
		binary.BigEndian.PutUint16(b, uint16(len(b)-2))
		return b
	}
	b := make([]byte, locatorLen)
	binary.BigEndian.PutUint16(b, locatorLen-2)
	b[3], b[4], b[5] = 1, locInit, locIsBLOB
	if t == session.CLOB {
		b[5] = locIsCLOB
		if c.lobSet(national) == nil {
			b[6] = locVarWidth
		}
		if national {
			b[8] = formNational
		}
	}
	if c.sess.IsTemporary(v) {
		b[7] = locTemporary
	}
	n := min(len(v), maxLocator)
	b[locatorHead] = byte(n)
	copy(b[locatorHead+1:], v[:n])
	return b
}

// unwrapLocator gives back the backend's bytes.
func unwrapLocator(b []byte) ([]byte, error) {
	if len(b) > bfileHead && b[5] == locIsBFile {
		return b[bfileHead:], nil
	}
	if len(b) < locatorLen || b[locatorHead] == 0 || b[locatorHead] > maxLocator {
		return nil, errLocator
	}
	return b[locatorHead+1 : locatorHead+1+int(b[locatorHead])], nil
}

// lobSet is the character set in which the data of CLOBs travels; nil is UTF-16, which it is in a database whose
// characters have several bytes.
func (c *connection) lobSet(national bool) *charset.Set {
	if national || c.dbSet.Multi {
		return nil
	}
	return c.clientSet
}
