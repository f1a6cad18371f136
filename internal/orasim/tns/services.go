package tns

import (
	"bytes"
	"encoding/binary"
)

// Native network services (authentication, encryption, integrity) are asked for in a DATA packet of their own. All are
// answered with none: what is sent must be protected by TLS instead. ACCEPT has said already that there are none, but
// some clients ask all the same. A client that insists on one gets ORA-12650.

var servicesMagic = []byte{0xde, 0xad, 0xbe, 0xef}

const (
	serviceAuthentication = 1
	serviceEncryption     = 2
	serviceIntegrity      = 3
	serviceSupervisor     = 4

	kindBytes   = 1
	kindByte    = 2
	kindVersion = 5
	kindStatus  = 6
)

const servicesVersion = 0x13000000

// errNoAlgorithm: the client insists on a service that is not there.
const errNoAlgorithm = 12650

// servicesRequest is what a client asks for: the algorithms of each service that it would take, 0 being none.
type servicesRequest map[int][]byte

// services reads a request; it is known by its first bytes.
func (d *decoder) services() servicesRequest {
	be16 := func(b []byte) int { return int(binary.BigEndian.Uint16(pad2(b))) }
	d.skip(len(servicesMagic))
	size := be16(d.raw(2))
	body := d.raw(size - len(servicesMagic) - 2)
	r := servicesRequest{}
	if len(body) < 7 {
		d.fail("native services")
		return r
	}
	count := be16(body[4:])
	body = body[7:]
	for range count {
		if len(body) < 8 {
			d.fail("native services")
			return r
		}
		kind, parts := be16(body), be16(body[2:])
		body = body[8:]
		for range parts {
			if len(body) < 4 || len(body)-4 < be16(body) {
				d.fail("native services")
				return r
			}
			n, what := be16(body), be16(body[2:])
			if what == kindBytes {
				r[kind] = body[4 : 4+n]
			}
			body = body[4+n:]
		}
	}
	return r
}

// insists tells whether a client will not do without a service.
func (r servicesRequest) insists(service int) bool {
	return len(r[service]) > 0 && bytes.IndexByte(r[service], 0) < 0
}

// declineServices answers: nothing of it, and an error where the client insists.
func (c *connection) declineServices(r servicesRequest) {
	var e encoder // what follows the head
	be32 := func(u uint32) { e.be16(uint16(u >> 16)); e.be16(uint16(u)) }
	service := func(kind, parts uint16) {
		code := uint32(0)
		if (kind == serviceEncryption || kind == serviceIntegrity) && r.insists(int(kind)) {
			code = errNoAlgorithm
		}
		e.be16(kind)
		e.be16(parts)
		be32(code)
	}
	version := func() { e.be16(4); e.be16(kindVersion); be32(servicesVersion) }
	status := func(s uint16) { e.be16(2); e.be16(kindStatus); e.be16(s) }
	none := func() { e.be16(1); e.be16(kindByte); e.byte(0) }

	service(serviceSupervisor, 3)
	version()
	status(31)
	e.be16(18)
	e.be16(kindBytes)
	e.raw(servicesMagic)
	e.be16(3)
	be32(4)
	for _, s := range []uint16{serviceSupervisor, serviceAuthentication, serviceEncryption, serviceIntegrity} {
		e.be16(s)
	}
	service(serviceAuthentication, 2)
	version()
	status(0xfbff)
	service(serviceEncryption, 2)
	version()
	none()
	service(serviceIntegrity, 2)
	version()
	none()

	c.enc.raw(servicesMagic)
	c.enc.be16(uint16(len(e.buf) + 13))
	c.enc.be16(servicesVersion >> 16)
	c.enc.be16(servicesVersion & 0xffff)
	c.enc.be16(4)
	c.enc.byte(0)
	c.enc.raw(e.buf)
}
