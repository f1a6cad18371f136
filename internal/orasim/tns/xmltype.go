package tns

import (
	"context"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// The image of an XMLTYPE: flags, version, length, 1, what follows (u32), and that. Text that does not fit a short image
// goes as the locator of a temporary CLOB, as drivers read no long ones.
const (
	xmlImage     = 0x85 // version 8.1, no prefix segment, final
	xmlIsText    = 0x14
	xmlIsLocator = 0x11
	xmlShort     = 200
)

// xmlValue writes a value of an XMLTYPE column; v is the document in the database's character set.
func (c *connection) xmlValue(ctx context.Context, v []byte) error {
	e := &c.enc
	e.dlc(session.XMLTypeID)
	e.ub(0) // object identity
	e.ub(0) // snapshot
	e.ub(0) // version
	if v == nil {
		e.ub(0)
		e.ub(1)
		return nil
	}
	content, kind := charset.Convert(v, c.dbSet, c.clientSet), byte(xmlIsText)
	if len(content) > xmlShort {
		loc, err := c.sess.CreateTemporary(ctx, session.CLOB, false)
		if err != nil {
			return err
		}
		if err := c.sess.WriteLOB(ctx, loc, 0, charset.UTF8ToUTF16(nil, c.dbSet.ToUTF8(v))); err != nil {
			return err
		}
		content, kind = c.wrapLocator(session.CLOB, false, loc), xmlIsLocator
	}
	image := append([]byte{xmlImage, 1, byte(8 + len(content)), 1, 0, 0, 0, kind}, content...)
	e.ub(uint64(len(image)))
	e.ub(1)
	e.clr(image)
	return nil
}
