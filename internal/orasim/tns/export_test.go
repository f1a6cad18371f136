package tns

import (
	"context"
	"errors"
	"io"
	"net"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// ServeLoggedIn serves a connection whose login is behind it, by a client that talks like go-ora (universal) or like the
// others.
func (s *Server) ServeLoggedIn(ctx context.Context, conn net.Conn, db session.Database, universal bool) error {
	c := newConnection(s, conn)
	c.db, c.info = db, db.Info()
	c.dialect = dialect{fields: fieldVersion, clrText: true, universal: universal, charset: charset.AL32UTF8, ncharset: ncharset}
	if err := c.chooseCharset(); err != nil {
		return err
	}
	var err error
	c.login.End = c.endSession
	if c.sess, err = db.Login(ctx, c.login); err != nil {
		return err
	}
	c.state = c.sess.State()
	c.link.large = true
	go c.receive()
	return c.calls(ctx)
}

// Decode runs the decoders of requests over arbitrary bytes, and tells what is wrong with them.
func Decode(kind byte, data []byte) error {
	d := decoder{budget: maxRequest}
	pieces := [][]byte{data[:len(data)/2], data[len(data)/2:]}
	d.more = func() ([]byte, error) {
		if len(pieces) == 0 {
			return nil, io.ErrUnexpectedEOF
		}
		p := pieces[0]
		pieces = pieces[1:]
		return p, nil
	}
	clrText := kind&0x80 != 0
	g := dialect{fields: 8, clrText: clrText}
	switch kind & 0x7f % 8 {
	case 0:
		d.authRequest(clrText)
	case 1:
		r := d.executeRequest(g)
		d.oacs(r.binds, g.fields)
	case 2:
		d.lobRequest()
	case 3:
		d.pair()
		d.sb(4)
		d.ub8()
		d.services()
	case 4:
		d.representations()
	case 5:
		if _, err := parseDescriptor(string(data)); err != nil {
			return err
		}
	case 6:
		placeholders(string(data))
	case 7:
		if loc, err := unwrapLocator(data); err == nil && len(loc) == 0 {
			return errors.New("an empty locator")
		}
	}
	return d.err
}

// Convert says text of one character set in another.
func Convert(b []byte, from, to int) []byte {
	f, ok1 := charset.Of(from)
	t, ok2 := charset.Of(to)
	if !ok1 || !ok2 {
		return nil
	}
	return charset.Convert(b, f, t)
}

// Placeholders names the binds of a text, with a star at those of RETURNING.
func Placeholders(sql string) (out []string) {
	list, _ := placeholders(sql)
	for _, p := range list {
		if p.returning {
			p.name += "*"
		}
		out = append(out, p.name)
	}
	return out
}

// OpenChallenge lets a challenge for a password be answered, and says whether the answer was right.
func OpenChallenge(kind int, password, sessKey, secret string) error {
	c, err := newChallenge(kind, password)
	if err != nil {
		return err
	}
	got, err := c.open(sessKey, secret)
	if err == nil && got != password {
		err = errPassword
	}
	return err
}

// ErrPassword is what a wrong answer is.
var ErrPassword = errPassword

// ServeConn serves one connection from its first packet.
func (s *Server) ServeConn(ctx context.Context, conn net.Conn) error {
	return newConnection(s, conn).serve(ctx)
}

// NormalZone is what a bound TIMESTAMP WITH TIME ZONE becomes.
func NormalZone(v []byte) []byte { return normalZone(v) }
