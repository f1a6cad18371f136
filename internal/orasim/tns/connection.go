package tns

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// Messages of a client.
const (
	msgProtocol  = 1
	msgTypes     = 2
	msgFunction  = 3
	msgPiggyback = 17
	msgOneWay    = 26
)

// Functions.
const (
	fnReexecute      = 4
	fnFetch          = 5
	fnLogoff         = 9
	fnCommit         = 14
	fnRollback       = 15
	fnVersion        = 59
	fnReexecuteFetch = 78
	fnExecute        = 94
	fnLOB            = 96
	fnCloseCursors   = 105
	fnAuthTwo        = 115
	fnAuthOne        = 118
	fnCancelCursors  = 120
	fnClient         = 135
	fnPing           = 147
	fnSchema         = 152
	fnContext        = 154
)

// errBreak says that the client has broken the call off: what was not sent yet is dropped.
var errBreak = errors.New("break")

// errTorn says that an answer failed after part of it was sent, so that nothing sensible can follow.
var errTorn = errors.New("the answer failed half way")

// errLost says that the client has gone.
var errLost = errors.New("connection lost")

// connection is one client.
type connection struct {
	server *Server
	link   *link
	in     chan packet
	gone   chan struct{} // closed when nothing is taken from in any longer
	inErr  error         // why in was closed

	dec     decoder
	enc     encoder
	flushed uint64 // bytes of the answer that are out
	dialect dialect

	dbSet, clientSet *charset.Set

	db        session.Database
	info      session.Info
	login     session.Login
	challenge *challenge
	password  string
	known     bool // the account exists
	sess      session.Session
	state     session.State

	cursors    map[int]*cursor
	lastCursor int
	planned    error           // what this call fails with on purpose, once it is read
	pending    error           // what rode in front of this call has failed with
	schemaSet  int             // how often the current schema had been set when the client was told of it
	openLOBs   map[string]bool // by the backend's locator
	closing    bool            // after this answer
	logged     bool            // off: the client closes

	lost   atomic.Bool // the client has gone
	broken atomic.Bool // a break has come and is not answered yet
	mu     sync.Mutex
	cancel context.CancelFunc // ends the running call
	ended  *session.Error     // the session was killed
	id     [2]uint32          // SID and serial number, once logged in
	hasID  bool
}

func newConnection(s *Server, conn net.Conn) *connection {
	c := &connection{
		server: s, link: newLink(conn), in: make(chan packet, 8), gone: make(chan struct{}), cursors: map[int]*cursor{},
	}
	c.login.Address = conn.RemoteAddr().String()
	c.dec.more = c.payload
	return c
}

// serve does one connection from CONNECT to its end.
func (c *connection) serve(ctx context.Context) error {
	if t := c.server.options.LoginTimeout; t > 0 {
		if err := c.link.conn.SetDeadline(time.Now().Add(t)); err != nil {
			return errors.Join(err, c.link.conn.Close())
		}
	}
	if err := c.connect(ctx); err != nil {
		return errors.Join(err, c.link.conn.Close())
	}
	go c.receive()
	return c.calls(ctx)
}

// calls answers requests until the connection ends.
func (c *connection) calls(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		close(c.gone)
		if closing := c.link.conn.Close(); !errors.Is(closing, net.ErrClosed) {
			err = errors.Join(err, closing)
		}
		err = errors.Join(err, c.discard())
	}()
	for !c.closing {
		c.enc.reset()
		c.flushed = 0
		c.dec.budget, c.dec.err = maxRequest, nil
		call, done := c.begin(ctx)
		err := c.request(call)
		if err == nil {
			err = c.flush()
		}
		done()
		if c.broken.Load() && !errors.Is(err, io.EOF) {
			err = errBreak
		}
		if errors.Is(err, errBreak) {
			err = c.answerBreak()
		}
		if err != nil {
			if errors.Is(err, io.EOF) && (c.logged || c.sess == nil) {
				return nil
			}
			return err
		}
	}
	return nil
}

// discard ends what the session has open.
func (c *connection) discard() error {
	for id := range c.cursors {
		c.closeCursor(id)
	}
	if c.sess == nil {
		return nil
	}
	err := c.sess.Close()
	c.sess = nil
	return err
}

// begin makes the context of one call.
func (c *connection) begin(ctx context.Context) (context.Context, func()) {
	call, cancel := context.WithCancel(ctx)
	c.mu.Lock()
	c.cancel = cancel
	c.mu.Unlock()
	return call, func() {
		c.mu.Lock()
		c.cancel = nil
		c.mu.Unlock()
		cancel()
	}
}

func (c *connection) interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel()
	}
}

// endSession is Login.End.
func (c *connection) endSession(why *session.Error) {
	if why == nil {
		why = &session.Error{Code: 28, Text: "your session has been killed"}
	}
	c.mu.Lock()
	if c.ended == nil {
		c.ended = why
	}
	c.mu.Unlock()
	c.interrupt()
}

func (c *connection) killed() *session.Error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended
}

// receive reads packets until the connection ends. A break ends the running call at once.
func (c *connection) receive() {
	defer close(c.in)
	for {
		p, err := c.link.read()
		if err != nil {
			c.inErr = err
			c.lost.Store(true)
			c.interrupt() // nobody waits for its answer
			return
		}
		if p.kind == packetMarker && !p.resets() {
			c.broken.Store(true)
			c.interrupt()
		}
		select {
		case c.in <- p:
		case <-c.gone:
			return
		}
	}
}

// resets tells whether a marker ends a break.
func (p packet) resets() bool { return len(p.body) >= 3 && p.body[2] == markerReset }

// payload waits for the next piece of a request.
func (c *connection) payload() ([]byte, error) {
	for {
		p, ok := <-c.in
		if !ok {
			if c.inErr == nil || errors.Is(c.inErr, net.ErrClosed) {
				return nil, io.EOF
			}
			return nil, c.inErr
		}
		switch {
		case p.kind == packetMarker:
			if p.resets() {
				continue // of a break that was answered
			}
			return nil, errBreak
		case p.kind != packetData || len(p.body) < 2:
			return nil, fmt.Errorf("%w: packet of type %d", errMalformed, p.kind)
		case len(p.body) > 2:
			return p.body[2:], nil
		case binary.BigEndian.Uint16(p.body)&dataEOF != 0:
			return nil, io.EOF
		}
	}
}

// answerBreak is the exchange that puts both sides in step again: break, the client's reset, our reset, and the error.
func (c *connection) answerBreak() error {
	if err := c.link.marker(markerBreak); err != nil {
		return err
	}
	for {
		p, ok := <-c.in
		if !ok {
			return io.EOF
		}
		if p.kind == packetMarker && p.resets() {
			break
		}
	}
	c.broken.Store(false) // all markers of the break came before the reset
	if err := c.link.marker(markerReset); err != nil {
		return err
	}
	c.dec.buf, c.dec.pos = nil, 0
	c.enc.reset()
	c.flushed = 0
	why := c.killed()
	if why == nil {
		why = &session.Error{Code: 1013, Text: "user requested cancel of current operation"}
	} else {
		c.closing = true
	}
	if err := c.fail(why, 0); err != nil {
		return err
	}
	return c.flush()
}

// request reads one message, and what rides in front of it, and builds the answer.
func (c *connection) request(ctx context.Context) error {
	d := &c.dec
	for {
		switch m := d.byte(); {
		case d.err != nil:
			return d.err
		case m == servicesMagic[0] && c.sess == nil:
			d.pos--
			if r := d.services(); d.err == nil {
				c.declineServices(r)
			}
			return d.err
		case m == msgProtocol && c.clientSet == nil:
			return c.protocol()
		case m == msgTypes && c.clientSet == nil:
			return c.types()
		case c.clientSet == nil:
			return fmt.Errorf("%w: message %d before the negotiation", errMalformed, m)
		case m == msgPiggyback:
			if err := c.piggyback(ctx); err != nil {
				return err
			}
		case m == msgFunction, m == msgOneWay:
			return c.function(ctx)
		default:
			return fmt.Errorf("%w: message %d", errMalformed, m)
		}
	}
}

func (c *connection) function(ctx context.Context) error {
	d := &c.dec
	fn := d.byte()
	d.byte() // sequence
	if d.err != nil {
		return d.err
	}
	switch {
	case c.sess == nil && fn == fnAuthOne:
		return c.authOne(ctx)
	case c.sess == nil && fn == fnAuthTwo:
		return c.authTwo(ctx)
	case c.sess == nil:
		return fmt.Errorf("%w: function %d before login", errMalformed, fn)
	case fn == fnAuthOne || fn == fnAuthTwo: // a new password
		if d.authRequest(c.dialect.clrText); d.err != nil {
			return d.err
		}
		return c.fail(unsupported(fn), 0)
	}
	if why := c.killed(); why != nil {
		c.closing = true
		return c.fail(why, 0)
	}
	c.planned = nil
	switch fn {
	case fnExecute, fnReexecute, fnReexecuteFetch, fnFetch, fnLOB, fnCommit, fnRollback:
		// the calls of drivers' own, such as the ping that database/sql sends before a connection is used again, do not count: an error
		// there is answered with another connection, and nobody sees it
		if c.planned = c.server.faults.call(ctx, c); errors.Is(c.planned, errDropped) {
			return c.planned
		}
	}
	if c.pending != nil { // the call is not done: who asked for another schema would get rows of the wrong one
		c.planned, c.pending = c.pending, nil
	}
	switch fn {
	case fnExecute:
		return c.execute(ctx)
	case fnReexecute:
		return c.again(ctx, false)
	case fnReexecuteFetch:
		return c.again(ctx, true)
	case fnFetch:
		return c.fetch(ctx)
	case fnLOB:
		return c.lob(ctx)
	case fnCommit, fnRollback:
		if c.planned != nil {
			return c.fail(c.planned, 0)
		}
		if fn == fnCommit {
			return c.finish(c.sess.Commit(ctx))
		}
		return c.finish(c.sess.Rollback(ctx))
	case fnVersion:
		return c.version()
	case fnPing:
		if c.planned != nil {
			return c.fail(c.planned, 0)
		}
		c.enc.status(c.sess.InTransaction())
		return nil
	case fnLogoff:
		c.logged = true // the client closes; some fail when the server does it first
		err := c.discard()
		c.enc.status(false)
		return err
	}
	// how long it is nobody knows: what has arrived is taken for all of it
	d.raw(d.buffered())
	return c.fail(unsupported(fn), 0)
}

func unsupported(fn byte) error {
	return &session.Error{Code: 3115, Text: fmt.Sprintf("unsupported network datatype or representation (function %d)", fn)}
}

// finish answers a call that gives nothing back.
func (c *connection) finish(err error) error {
	if err != nil {
		return c.fail(err, 0)
	}
	return c.end(ending{})
}

// complaint turns an error into the ending that tells the client. What no client could be told comes back.
func (c *connection) complaint(err error, cursor int) (ending, error) {
	if errors.Is(err, errBreak) || errors.Is(err, errTorn) || errors.Is(err, errDropped) || errors.Is(err, errLost) {
		return ending{}, err
	}
	if c.broken.Load() {
		return ending{}, errBreak
	}
	if c.lost.Load() {
		return ending{}, errLost
	}
	var ora *session.Error
	if why := c.killed(); why != nil {
		ora = why
		c.closing = true
	} else if !errors.As(err, &ora) {
		c.log("call", err)
		ora = &session.Error{Code: 600, Text: "internal error: " + err.Error()}
	}
	return ending{cursor: cursor, code: ora.Code, text: c.toClient(ora.Error() + "\n"), pos: ora.Pos}, nil
}

// fail answers with an error.
func (c *connection) fail(err error, cursor int) error {
	x, other := c.complaint(err, cursor)
	if other != nil {
		return other
	}
	return c.end(x)
}

// failInstead answers with an error in place of what has been written of the answer.
func (c *connection) failInstead(err error, cursor int) error {
	if c.flushed > 0 && !errors.Is(err, errBreak) && !c.broken.Load() {
		return fmt.Errorf("%w: %w", errTorn, err)
	}
	c.enc.reset()
	return c.fail(err, cursor)
}

// end writes message 4.
func (c *connection) end(x ending) error {
	x.inTransaction = c.inTransaction()
	c.enc.ending(&x)
	return nil
}

func (c *connection) inTransaction() bool { return c.sess != nil && c.sess.InTransaction() }

func (c *connection) toClient(s string) []byte {
	if c.clientSet == nil {
		return []byte(s)
	}
	return c.clientSet.FromUTF8([]byte(s))
}

// room sends full packets when there are some, so that an answer of any size takes little memory.
func (c *connection) room() error {
	if len(c.enc.buf) < 2*c.link.sdu {
		return nil
	}
	return c.send(false)
}

// flush sends what is left of an answer.
func (c *connection) flush() error { return c.send(true) }

// send cuts the answer into packets. The head of each is written over the end of the one before, which is out.
func (c *connection) send(all bool) error {
	buf := c.enc.buf
	per := c.link.sdu - dataHeadLen
	at := dataHeadLen
	for at < len(buf) {
		n := min(per, len(buf)-at)
		if n < per && !all {
			break
		}
		if c.broken.Load() {
			return errBreak
		}
		p := buf[at-dataHeadLen : at+n]
		p[headLen], p[headLen+1] = 0, 0
		if err := c.server.faults.bytes(c, len(p)); err != nil {
			return err
		}
		if err := c.link.write(packetData, p); err != nil {
			return fmt.Errorf("%w: %w", errLost, err)
		}
		c.flushed += uint64(n)
		at += n
	}
	rest := copy(buf[dataHeadLen:], buf[at:])
	c.enc.buf = buf[:dataHeadLen+rest]
	return nil
}

func (c *connection) log(what string, err error) { c.server.log(c, what, err) }

// identity is the number of the session, once it is there.
func (c *connection) identity() (id [2]uint32, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.id, c.hasID
}
