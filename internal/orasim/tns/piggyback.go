package tns

import (
	"context"
	"fmt"
	"strings"

	"landfall/internal/orasim/session"
)

// Flags of piggyback 135: which of its fields are set.
const (
	clientIdentifier = 0x0001
	clientModule     = 0x0008
	clientAction     = 0x0010
	clientInfo       = 0x0100
	clientOperation  = 0x0200
)

// piggyback does what rides in front of a call. It has no answer of its own: a schema or a context that cannot be set is an error of the
// call, what else goes wrong is logged.
func (c *connection) piggyback(ctx context.Context) error {
	d := &c.dec
	fn := d.byte()
	d.byte() // sequence
	if d.err == nil && c.sess == nil {
		return fmt.Errorf("%w: piggyback %d before login", errMalformed, fn)
	}
	switch fn {
	case fnCloseCursors, fnCancelCursors:
		d.ptr()
		n := d.count(maxCursors, "cursors")
		for i := 0; i < n && d.err == nil; i++ {
			id := d.ub4()
			if fn == fnCloseCursors {
				c.closeCursor(id)
			} else if cur := c.cursors[id]; cur != nil {
				if err := cur.end(); err != nil {
					c.log("cancel cursor", err)
				}
			}
		}
	case fnLOB:
		r := d.lobRequest()
		if d.err == nil && r.op == lobFreeArray {
			return c.freeLocators(ctx, r.source)
		}
	case fnClient:
		c.clientPiggyback()
	case fnContext:
		c.contextPiggyback()
	case fnSchema:
		d.ptr()
		n := d.count(maxName, "bytes of a schema's name")
		name := string(c.clientSet.ToUTF8(d.text(n, c.dialect.clrText)))
		if d.err == nil {
			quoted := `"` + strings.ReplaceAll(name, `"`, ``) + `"`
			if name == strings.ToLower(name) || name == strings.ToUpper(name) {
				quoted = strings.ReplaceAll(name, `"`, ``)
			}
			if err := c.run(ctx, "ALTER SESSION SET CURRENT_SCHEMA = "+quoted); err != nil {
				c.late(err)
			}
		}
	default:
		if d.err == nil {
			d.fail("piggyback %d", fn)
		}
	}
	return d.err
}

// Flags of piggyback 154.
const (
	contextSet   = 1
	contextClear = 2
)

// contextPiggyback is 154: attributes of an application context.
func (c *connection) contextPiggyback() {
	d := &c.dec
	named := d.ptr()
	size := d.count(maxName, "bytes of a namespace")
	d.ptr()
	n := d.count(maxPairs, "attributes")
	flags := d.ub2()
	d.byte()
	namespace := ""
	if named && size > 0 && d.err == nil {
		namespace = string(c.clientSet.ToUTF8(d.clr(maxName)))
	}
	values := map[string]string{}
	for i := 0; i < n && d.err == nil; i++ {
		k, v, _ := d.pair()
		values[k] = v
	}
	if d.err != nil {
		return
	}
	setter, ok := c.sess.(session.ContextSetter)
	if !ok || flags&^(contextSet|contextClear) != 0 {
		d.fail("an application context with flags %d", flags)
		return
	}
	if err := setter.SetContext(namespace, flags&contextClear != 0, values); err != nil {
		c.late(err)
	}
}

// late keeps the error of what rides in front of a call: the call gets it.
func (c *connection) late(err error) {
	if c.pending == nil {
		c.pending = err
	}
}

// clientPiggyback is 135: what the client says it is doing.
func (c *connection) clientPiggyback() {
	d := &c.dec
	size := func() int {
		d.ptr()
		return d.count(maxName, "bytes")
	}
	d.skip(2)
	flags := d.ub4()
	var sizes [6]int
	for i := range 4 { // identifier, module, action, execution context
		sizes[i] = size()
	}
	d.skip(1)
	d.ub4()
	sizes[4] = size() // client info
	d.skip(1)
	d.ub4()
	d.skip(1)
	d.ub4()
	sizes[5] = size() // operation
	var texts [6]string
	for i, n := range sizes {
		if n > 0 && d.err == nil {
			texts[i] = string(c.clientSet.ToUTF8(d.text(n, c.dialect.clrText)))
		}
	}
	if d.err != nil {
		return
	}
	what := session.ClientFields(0)
	for _, f := range []struct {
		flag  int
		field session.ClientFields
	}{
		{clientIdentifier, session.Identifier},
		{clientModule, session.Module},
		{clientAction, session.Action},
		{clientInfo, session.ClientInfo},
		{clientOperation, session.Operation},
	} {
		if flags&f.flag != 0 {
			what |= f.field
		}
	}
	c.sess.SetClient(what, session.Client{
		Identifier: texts[0], Module: texts[1], Action: texts[2], Info: texts[4], Operation: texts[5],
	})
}
