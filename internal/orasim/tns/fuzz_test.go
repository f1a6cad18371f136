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

// FuzzConnect sends anything as the first bytes of a connection.
func FuzzConnect(f *testing.F) {
	f.Add([]byte("\x00\x3a\x00\x00\x01\x00\x00\x00\x01\x3d\x01\x2c\x00\x00\x20\x00\xff\xff\x4f\x98\x00\x00\x00\x01\x00\x10\x00\x2a\x00\x00\x00\x00\x00\x00" +
		"\x00\x00\x00\x00\x00\x00\x00\x00(SERVICE_NAME=D)"))
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
