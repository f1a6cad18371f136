package tns_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"testing"

	"landfall/internal/orasim/tns"
)

// BenchmarkFetch is what a row of 10 columns, about 150 bytes, costs the server: a client that only reads, over loopback,
// 1000 rows a call.
func BenchmarkFetch(b *testing.B) {
	db := newScripted()
	srv, err := tns.New(db, tns.Options{})
	if err != nil {
		b.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	go func() {
		if conn, err := l.Accept(); err == nil {
			_ = srv.ServeLoggedIn(context.Background(), conn, db, false)
		}
	}()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	in := bufio.NewReaderSize(conn, 1<<16)
	call := func(body []byte) {
		p := make([]byte, 10, 10+len(body))
		binary.BigEndian.PutUint32(p, uint32(10+len(body)))
		p[4] = 6
		if _, err := conn.Write(append(p, body...)); err != nil {
			b.Fatal(err)
		}
		var head [8]byte
		for { // the last packet of an answer is not full, and this one never ends with a full one
			if _, err := io.ReadFull(in, head[:]); err != nil {
				b.Fatal(err)
			}
			n := int(binary.BigEndian.Uint32(head[:]))
			if _, err := io.CopyN(io.Discard, in, int64(n-8)); err != nil {
				b.Fatal(err)
			}
			if n < 8192 {
				return
			}
		}
	}
	// the execute call of node-oracledb for a query without binds, see testdata/packets
	sql := []byte("select * from generate 2000000000")
	head := []byte{3, 0x5e, 1, 2, 0x80, 0x21, 0, 1, 1, byte(len(sql)), 1, 1, 13, 0, 0, 0, 1, 2, 4, 0x7f, 0xff, 0xff, 0xff}
	head = append(head, make([]byte, 11)...)
	head = append(head, 0, 1, 0, 0, 0, 0)
	head = append(head, make([]byte, 8)...)
	call(bytes.Join([][]byte{head, {byte(len(sql))}, sql, {1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 2, 0x80, 0, 0, 0, 0}}, nil))
	b.ReportAllocs()
	b.ResetTimer()
	for rows := 0; rows < b.N; rows += 1000 {
		call([]byte{3, 5, 2, 1, 1, 2, 3, 0xe8})
	}
}
