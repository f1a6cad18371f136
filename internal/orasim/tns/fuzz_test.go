package tns_test

import (
	"context"
	"encoding/binary"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
)

// FuzzDecode runs every decoder over anything: no panic, no endless loop, no memory by a length that lies.
func FuzzDecode(f *testing.F) {
	for _, b := range requests(f) {
		for kind := range byte(8) {
			f.Add(kind, b)
			f.Add(kind|0x80, b)
		}
	}
	f.Add(byte(5), []byte("(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=h)(PORT=1))(CONNECT_DATA=(SERVICE_NAME=demo)))"))
	f.Add(byte(6), []byte("insert into t values (:a, ':b', q'[:c]', :d) returning x into :e -- :f"))
	f.Fuzz(func(_ *testing.T, kind byte, data []byte) {
		_ = tns.Decode(kind, data)
	})
}

// requests are the bodies of the recorded requests.
func requests(t testing.TB) (out [][]byte) {
	files, err := filepath.Glob("testdata/packets/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		for _, x := range readPackets(t, file).turns {
			if x.from == 'C' && len(x.data) > 10 {
				out = append(out, x.data[10:])
			}
		}
	}
	return out
}

// FuzzCalls sends anything to a logged-in connection, cut into packets: the server must not panic, must not wait when the
// client has gone, and must close the session.
func FuzzCalls(f *testing.F) {
	for _, b := range requests(f) {
		f.Add(b, true)
		f.Add(b, false)
	}
	f.Fuzz(func(t *testing.T, data []byte, universal bool) {
		b := newScripted()
		srv, err := tns.New(b, tns.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := net.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- srv.ServeLoggedIn(context.Background(), theirs, recorded{b}, universal) }()
		go func() { // answers are thrown away
			buf := make([]byte, 1<<14)
			for {
				if _, err := ours.Read(buf); err != nil {
					return
				}
			}
		}()
		for len(data) > 0 {
			n := min(len(data), 100)
			p := make([]byte, 10, 10+n)
			binary.BigEndian.PutUint32(p, uint32(10+n))
			p[4] = 6
			if data[0] == 0xfe && n > 2 { // a marker now and then
				p = append(p[:8], 1, 0, data[1]%4)
				binary.BigEndian.PutUint32(p, 11)
				p[4] = 12
			} else {
				p = append(p, data[:n]...)
			}
			if err := ours.SetWriteDeadline(time.Now().Add(5 * time.Second)); err != nil {
				break // closed by the server
			}
			if _, err := ours.Write(p); err != nil {
				break
			}
			data = data[n:]
		}
		_ = ours.Close()
		select {
		case err := <-ended:
			if err != nil && strings.Contains(err.Error(), "panic") {
				t.Fatal(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the server still waits for a client that has gone")
		}
		if b.opened() != 0 {
			t.Fatal("the session is still open")
		}
	})
}

// connectPacket asks for the service DEMO.
var connectPacket = []byte("\x00\x52\x00\x00\x01\x00\x00\x00\x01\x3d\x01\x2c\x00\x00\x20\x00\xff\xff\x4f\x98\x00\x00\x00\x01\x00\x18\x00\x3a" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
	"(C_=(SERVICE_NAME=DEMO))")

// FuzzLogin sends anything behind an accepted CONNECT: negotiation, native services and login.
func FuzzLogin(f *testing.F) {
	types := "\x02\x69\x03\x69\x03\x03\x08\x06\x01\x00\x00\x00\x00\x00\x08\x02\x02\x01\x80\x00\x00\x00\x3c\x3c\x3c\x80\x00\x00\x00\x00\x01\x00\x01\x00\x01\x00\x00\x00\x1b\x00\x1b\x00\x0a\x00\x00\x00\x00"
	hello := "\x01\x06\x00driver\x00"
	auth := "\x03\x76\x01\x01\x01\x05\x02\x01\x01\x01\x01\x01\x00\x01\x05scott\x01\x0d\x0dAUTH_TERMINAL\x01\x02\x02vm\x00"
	f.Add([]byte(hello), []byte(types), []byte(auth))
	f.Add([]byte("\xde\xad\xbe\xef\x00\x1a\x0b\x20\x02\x00\x00\x01\x00\x00\x02\x00\x01\x00\x00\x00\x00\x00\x01\x00\x01\x11"), []byte(hello), []byte(types))
	f.Add([]byte(hello), []byte(types), []byte("\x03\x73\x01\x01\x01\x05\x02\x01\x01\x01\x00\x01\x01\x05scott"))
	f.Fuzz(func(t *testing.T, a, b, c []byte) {
		srv, err := tns.New(newScripted(), tns.Options{LoginTimeout: 2 * time.Second, Verifier: 6949})
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := net.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- srv.ServeConn(context.Background(), theirs) }()
		accepted := make(chan byte, 1)
		go func() {
			buf := make([]byte, 1<<14)
			if n, err := ours.Read(buf); err == nil && n > 4 {
				accepted <- buf[4]
			}
			for {
				if _, err := ours.Read(buf); err != nil {
					return
				}
			}
		}()
		_ = ours.SetWriteDeadline(time.Now().Add(2 * time.Second))
		if _, err := ours.Write(connectPacket); err != nil {
			t.Fatal(err)
		}
		if kind := <-accepted; kind != 2 {
			t.Fatalf("CONNECT was answered with a packet of type %d", kind)
		}
		for _, data := range [][]byte{a, b, c} {
			p := binary.BigEndian.AppendUint32(nil, uint32(10+len(data)))
			p = append(append(p, 6, 0, 0, 0, 0, 0), data...)
			if _, err := ours.Write(p); err != nil {
				break
			}
		}
		_ = ours.Close()
		select {
		case err := <-ended:
			if err != nil && strings.Contains(err.Error(), "panic") {
				t.Fatal(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the server still waits for a client that has gone")
		}
	})
}

// FuzzConnect sends anything as the first bytes of a connection.
func FuzzConnect(f *testing.F) {
	f.Add(connectPacket)
	f.Fuzz(func(t *testing.T, data []byte) {
		var b session.Backend = newScripted()
		srv, err := tns.New(b, tns.Options{LoginTimeout: 2 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := net.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- srv.ServeConn(context.Background(), theirs) }()
		go func() {
			buf := make([]byte, 1<<14)
			for {
				if _, err := ours.Read(buf); err != nil {
					return
				}
			}
		}()
		_ = ours.SetWriteDeadline(time.Now().Add(2 * time.Second))
		_, _ = ours.Write(data)
		_ = ours.Close()
		select {
		case err := <-ended:
			if err != nil && strings.Contains(err.Error(), "panic") {
				t.Fatal(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the server still waits for a client that has gone")
		}
	})
}
