package tns_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"runtime"
	"testing"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
)

// largeDatabase has one CLOB of 100 million characters, which is made as it is read.
type largeDatabase struct{ *scripted }

type largeSession struct{ recordedSession }

const largeLOB = 100_000_000

func (d largeDatabase) Login(ctx context.Context, l session.Login) (session.Session, error) {
	s, err := recorded(d).Login(ctx, l)
	if err != nil {
		return nil, err
	}
	return largeSession{s.(recordedSession)}, nil
}

func (largeSession) LOBLength(context.Context, []byte) (uint64, error) { return largeLOB, nil }

func (largeSession) ReadLOB(_ context.Context, dst, _ []byte, offset, amount uint64) ([]byte, error) {
	for i := offset; i < min(offset+amount, largeLOB); i++ {
		dst = append(dst, 0, 'a'+byte(i%26))
	}
	return dst, nil
}

// TestLargeLOB fetches it as a LONG, as go-ora does, and looks at how much memory the server takes for it.
func TestLargeLOB(t *testing.T) {
	var execute, define []byte
	for _, x := range readPackets(t, "testdata/packets/goora.txt").turns {
		switch {
		case bytes.Contains(x.data, []byte("LOBS1")) && x.from == 'C':
			execute = x.data
		case x.from == 'C' && bytes.Contains(x.data, []byte{2, 0x80, 0x50, 1, 7}): // the define, of cursor 7
			define = bytes.Replace(x.data, []byte{2, 0x80, 0x50, 1, 7}, []byte{2, 0x80, 0x50, 1, 1}, 1)
		}
	}
	if execute == nil || define == nil {
		t.Fatal("the recorded packets have changed")
	}
	b := newScripted()
	srv, err := tns.New(b, tns.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := net.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- srv.ServeLoggedIn(context.Background(), theirs, largeDatabase{b}, true) }()
	read := func() []byte {
		head := make([]byte, 8)
		if _, err := io.ReadFull(ours, head); err != nil {
			t.Fatal(err)
		}
		body := make([]byte, binary.BigEndian.Uint32(head)-8)
		if _, err := io.ReadFull(ours, body); err != nil {
			t.Fatal(err)
		}
		return body[2:]
	}
	if _, err := ours.Write(execute); err != nil {
		t.Fatal(err)
	}
	read()
	if _, err := ours.Write(define); err != nil {
		t.Fatal(err)
	}
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	letters, peak := 0, uint64(0)
	for n := 0; ; n++ {
		p := read()
		for _, c := range p {
			if 'a' <= c && c <= 'z' {
				letters++
			}
		}
		if n%1000 == 0 {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
		if len(p) < 8182 { // only the last packet is not full
			break
		}
	}
	// a few bytes of lengths are letters too
	if letters < largeLOB || letters > largeLOB+largeLOB/100 {
		t.Errorf("%d letters arrived", letters)
	}
	if grown := int64(peak) - int64(before.HeapAlloc); grown > 32<<20 {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
	_ = ours.Close()
	<-ended
}
