package cli

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"landfall": func() { os.Exit(Main()) }})
}

// TestScripts runs the sessions in testdata/script against this very binary. Beside testscript's own commands
// they have: exits CODE COMMAND..., hexfile FILE HEX, line FILE SIZE, hardlinks FILE N,
// jsonkeys FILE KEY...
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"NO_COLOR", "CLICOLOR_FORCE", "CI", "LANDFALL_PG_BIN"} {
				env.Setenv(name, "")
			}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Geteuid() == 0, nil
			case "soak":
				return os.Getenv("LANDFALL_SOAK") != "", nil
			}
			return false, errors.New("unknown condition " + cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exitsCmd, "hexfile": hexfileCmd, "line": lineCmd, "jsonkeys": jsonkeysCmd,
			"hardlinks": hardlinksCmd,
		},
	})
}

func exitsCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ee *exec.ExitError
		if !errors.As(err, &ee) {
			ts.Check(err)
		}
		got = ee.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d\nstdout: %s\nstderr: %s", got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func hexfileCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hexfile FILE HEX")
	}
	b, err := hex.DecodeString(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// lineCmd writes a file of one line: a text literal that is never closed.
func lineCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: line FILE SIZE")
	}
	size, err := parseSize(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = f.WriteString("select '")
	ts.Check(err)
	chunk := bytes.Repeat([]byte("abcdefgh"), 1<<13)
	for n := int64(8); n < size; n += int64(len(chunk)) {
		_, err = f.Write(chunk[:min(int64(len(chunk)), size-n)])
		ts.Check(err)
	}
	ts.Check(f.Close())
}

// hardlinksCmd gives a file N more names beside it: FILE.1.sql, FILE.2.sql ...
func hardlinksCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hardlinks FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	for i := range n {
		ts.Check(os.Link(ts.MkAbs(args[0]), ts.MkAbs(args[0]+"."+strconv.Itoa(i+1)+".sql")))
	}
}

// jsonkeysCmd checks that a file is one JSON object with exactly these keys, in this order.
func jsonkeysCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: jsonkeys FILE KEY...")
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(args[0]))))
	open, err := dec.Token()
	ts.Check(err)
	if open != json.Delim('{') {
		ts.Fatalf("no JSON object but %v", open)
	}
	var keys []string
	for dec.More() {
		key, err := dec.Token()
		ts.Check(err)
		keys = append(keys, key.(string))
		var value json.RawMessage
		ts.Check(dec.Decode(&value))
	}
	want := args[1:]
	if len(keys) != len(want) {
		ts.Fatalf("keys %v, want %v", keys, want)
	}
	for i := range keys {
		if keys[i] != want[i] {
			ts.Fatalf("keys %v, want %v", keys, want)
		}
	}
}
