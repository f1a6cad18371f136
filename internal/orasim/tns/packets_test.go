package tns_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
)

// packets is a recorded conversation: what the client sent, and what it has to get. The client's side is what drivers sent
// to another server of this protocol that they worked with; the server's side was compared with that one's when it was written.
type packets struct {
	head  string
	turns []turn
}

type turn struct {
	from byte // 'C' or 'S'
	data []byte
}

func readPackets(t testing.TB, file string) packets {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var p packets
	for _, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
			p.head += line + "\n"
		case line == "C" || line == "S":
			p.turns = append(p.turns, turn{from: line[0]})
		case line != "":
			b, err := hex.DecodeString(strings.TrimSpace(line))
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			last := &p.turns[len(p.turns)-1]
			last.data = append(last.data, b...)
		}
	}
	return p
}

func (p packets) String() string {
	b := new(strings.Builder)
	b.WriteString(p.head)
	for _, x := range p.turns {
		fmt.Fprintf(b, "%c\n", x.from)
		for h := hex.EncodeToString(x.data); h != ""; {
			n := min(96, len(h))
			b.WriteString("  " + h[:n] + "\n")
			h = h[n:]
		}
	}
	return b.String()
}

// recorded is the database of the conversations.
type recorded struct{ *scripted }

type recordedSession struct{ *scriptSession }

func (r recorded) Login(ctx context.Context, l session.Login) (session.Session, error) {
	s, err := r.scripted.Login(ctx, l)
	if err != nil {
		return nil, err
	}
	return recordedSession{s.(*scriptSession)}, nil
}

func (s recordedSession) Parse(ctx context.Context, sql string) (session.Statement, error) {
	insert := func(call *session.Call) (*session.Result, error) {
		res := &session.Result{RowCount: uint64(len(call.Rows))}
		for i := range call.Rows {
			id := fmt.Sprint(i)
			s.set(int64(len(s.changes)), &id)
			res.RowCounts = append(res.RowCounts, 1)
		}
		return res, nil
	}
	switch {
	case strings.HasPrefix(sql, "INSERT INTO TT"):
		return &statement{kind: session.Insert, execute: func(_ context.Context, c *session.Call) (*session.Result, error) { return insert(c) }}, nil
	case strings.HasPrefix(sql, "SELECT ID, NAME FROM TT"):
		return query([]session.Column{number("ID", 10, 0), varchar("NAME", 20)},
			[][]byte{num("-12"), []byte("abc")}, [][]byte{num("1"), []byte("x")}, [][]byte{num("100"), []byte("y")}), nil
	case sql == "SELECT * FROM LOBS1":
		cols := []session.Column{column("C", session.CLOB)}
		return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
			return &session.Result{Columns: cols, Rows: &slice{rows: [][][]byte{{s.clob("lob text")}, {nil}}}}, nil
		}}, nil
	}
	return s.scriptSession.Parse(ctx, sql)
}

func TestPackets(t *testing.T) {
	files, err := filepath.Glob("testdata/packets/*.txt")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want := readPackets(t, file)
			got := packets{head: want.head}
			srv, err := tns.New(newScripted(), tns.Options{})
			if err != nil {
				t.Fatal(err)
			}
			ours, theirs := net.Pipe()
			ended := make(chan error, 1)
			go func() {
				ended <- srv.ServeLoggedIn(context.Background(), theirs, recorded{newScripted()}, strings.HasPrefix(filepath.Base(file), "goora"))
			}()
			if err := ours.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
				t.Fatal(err)
			}
			answer := make([]byte, 1<<16)
			for i, x := range want.turns {
				if x.from != 'C' {
					continue
				}
				got.turns = append(got.turns, x)
				if _, err := ours.Write(x.data); err != nil {
					t.Fatalf("turn %d: %v", i, err)
				}
				if i+1 == len(want.turns) {
					break
				}
				n, err := ours.Read(answer)
				if err != nil {
					t.Fatalf("turn %d: %v", i, err)
				}
				got.turns = append(got.turns, turn{'S', bytes.Clone(answer[:n])})
			}
			if err := <-ended; err != nil && !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for i := range want.turns {
				if i >= len(got.turns) || !bytes.Equal(want.turns[i].data, got.turns[i].data) {
					t.Fatalf("turn %d:\nwant %x\ngot  %x", i, want.turns[i].data, got.turns[i].data)
				}
			}
		})
	}
}
