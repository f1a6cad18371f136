package tns

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
)

// Packet types.
const (
	packetConnect = 1
	packetAccept  = 2
	packetRefuse  = 4
	packetData    = 6
	packetMarker  = 12
)

// What a marker packet says.
const (
	markerBreak     = 1
	markerReset     = 2
	markerInterrupt = 3
)

const (
	headLen     = 8       // length, checksum, type, flags, checksum of the head
	dataHeadLen = 10      // and the data flags
	maxPacket   = 1 << 21 // the largest SDU there is
	dataEOF     = 0x0040  // data flag: the client is done with the connection
)

// packet is one that was received; body is what follows the head. Nothing else refers to the body, so it may be kept.
type packet struct {
	kind byte
	body []byte
}

// link reads and writes packets. Reading and writing may go on at once, each by one goroutine.
type link struct {
	conn  net.Conn
	in    *bufio.Reader
	large bool // lengths have 4 bytes: since ACCEPT
	sdu   int  // the longest packet to send
}

func newLink(conn net.Conn) *link {
	return &link{conn: conn, in: bufio.NewReaderSize(conn, 32<<10), sdu: 8192}
}

// read waits for a packet. A length that cannot be is an error; memory is taken only as bytes arrive.
func (l *link) read() (packet, error) {
	var head [headLen]byte
	if _, err := io.ReadFull(l.in, head[:]); err != nil {
		return packet{}, err
	}
	size := int(binary.BigEndian.Uint16(head[:]))
	if l.large {
		u := binary.BigEndian.Uint32(head[:])
		if u > maxPacket {
			return packet{}, fmt.Errorf("packet of %d bytes", u)
		}
		size = int(u)
	}
	if size < headLen {
		return packet{}, fmt.Errorf("packet of %d bytes", size)
	}
	body := make([]byte, size-headLen)
	if _, err := io.ReadFull(l.in, body); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return packet{}, err
	}
	return packet{kind: head[4], body: body}, nil
}

// write sends one packet whose first headLen bytes are still free.
func (l *link) write(kind byte, p []byte) error {
	l.head(kind, p)
	_, err := l.conn.Write(p)
	return err
}

func (l *link) head(kind byte, p []byte) {
	clear(p[:headLen])
	if l.large {
		binary.BigEndian.PutUint32(p, uint32(len(p)))
	} else {
		binary.BigEndian.PutUint16(p, uint16(len(p)))
	}
	p[4] = kind
}

func (l *link) marker(what byte) error {
	return l.write(packetMarker, append(make([]byte, headLen), 1, 0, what))
}
