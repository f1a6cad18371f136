package tns

import "bytes"

// Native network services (authentication, encryption, integrity) are asked for in a DATA packet of their own. All are
// answered with none: what is sent must be protected by TLS instead. ACCEPT has said already that there are none, but
// some clients ask all the same, and a client that insists on encryption gives up with its own error (ORA-12650).

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

// services answers a request for native services; it is known by its first bytes.
func (c *connection) services(payload []byte) bool {
	if !bytes.HasPrefix(payload, servicesMagic) {
		return false
	}
	var e encoder // what follows the head
	be32 := func(u uint32) { e.be16(uint16(u >> 16)); e.be16(uint16(u)) }
	service := func(kind, parts uint16) { e.be16(kind); e.be16(parts); be32(0) }
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
	return true
}
