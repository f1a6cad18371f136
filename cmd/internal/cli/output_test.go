package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// full is a disk with little room.
type full struct{ room int }

var errFull = errors.New("no space left")

func (f *full) Write(b []byte) (int, error) {
	n := min(len(b), f.room)
	f.room -= n
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

// TestFullOutput holds that what standard output does not take fails the command, also where the command itself does not look.
func TestFullOutput(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"version"}, {"version", "--json"}, {"help", "exit-codes"}, {"load", "--help"}} {
		for _, room := range []int{0, 10} {
			var said bytes.Buffer
			io := &IOStreams{In: strings.NewReader(""), Out: &full{room}, Err: &said, Env: func(string) string { return "" }}
			if code := Run(t.Context(), args, io); code != ExitFailed {
				t.Errorf("%v with room for %d bytes ends with %d", args, room, code)
			}
			if got := said.String(); strings.Count(got, "no space left") == 0 {
				t.Errorf("%v with room for %d bytes says %q", args, room, got)
			}
		}
		var said bytes.Buffer
		io := &IOStreams{In: strings.NewReader(""), Out: &full{1 << 20}, Err: &said, Env: func(string) string { return "" }}
		if code := Run(t.Context(), args, io); code != ExitOK || said.Len() > 0 {
			t.Errorf("%v with room ends with %d: %s", args, code, &said)
		}
	}
}
