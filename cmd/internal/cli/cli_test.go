package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func testStreams() (*IOStreams, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	return &IOStreams{In: strings.NewReader(""), Out: &out, Err: &errs, Env: func(string) string { return "" }}, &out, &errs
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.sql"), []byte("select 1 from dual;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	io, out, errs := testStreams()
	if code := Run(ctx, []string{"parse", dir}, io); code != ExitCancelled {
		t.Errorf("exit code %d, want %d", code, ExitCancelled)
	}
	if out.Len() != 0 || errs.String() != "landfall: cancelled\n" {
		t.Errorf("stdout %q, stderr %q", out, errs)
	}
}

// TestEveryCommandSaysHowItIsUsed holds the promise of help: examples and exit codes in each command.
func TestEveryCommandSaysHowItIsUsed(t *testing.T) {
	io, _, _ := testStreams()
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			visit(sub)
		}
		if !c.Runnable() {
			return
		}
		if c.Short == "" || c.Example == "" {
			t.Errorf("%s: no description or no example", c.CommandPath())
		}
		help := helpExitCodes(c)
		for _, code := range []int{ExitOK, ExitUsage} {
			if !strings.Contains(help, "  "+strconv.Itoa(code)) {
				t.Errorf("%s: help does not explain exit code %d", c.CommandPath(), code)
			}
		}
		if c.Flags().Lookup("json") != nil && c.Flags().Lookup("json").Usage == "" {
			t.Errorf("%s: --json is not explained", c.CommandPath())
		}
	}
	visit(newRoot(io))
}

func TestExitCodesAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/exit-codes.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range exitCodes {
		if row := "| " + strconv.Itoa(e.code) + " | " + e.text; !strings.Contains(string(doc), row) {
			t.Errorf("docs/exit-codes.md has no row %q", row)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"parse", "assess", "explain", "version", "completion"}
	cases := []struct{ typed, want string }{
		{"prase", "parse"},
		{"pars", "parse"},
		{"ASSESS", "assess"},
		{"comp", "completion"},
		{"explian", "explain"},
		{"convert", ""},
		{"x", ""},
		{"", ""},
	}
	for _, c := range cases {
		if got := nearest(c.typed, names); got != c.want {
			t.Errorf("nearest(%q) = %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestParseSize(t *testing.T) {
	good := map[string]int64{"1": 1, "4096": 4096, "64K": 64 << 10, "256M": 256 << 20, "2g": 2 << 30, "10MB": 10 << 20, "7b": 7}
	for s, want := range good {
		if got, err := parseSize(s); err != nil || got != want {
			t.Errorf("parseSize(%q) = %d, %v, want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "0", "-1", "M", "1.5G", "9999999999G", "12Q"} {
		if got, err := parseSize(s); exitCode(err) != ExitUsage {
			t.Errorf("parseSize(%q) = %d, %v, want a usage error", s, got, err)
		}
	}
}

func TestParseCCFlags(t *testing.T) {
	got, err := parseCCFlags("Debug:TRUE, level : 3,")
	if err != nil || len(got) != 2 || got["debug"] != "TRUE" || got["level"] != "3" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, s := range []string{"debug", "debug:", ":true", "a:1,A:2"} {
		if _, err := parseCCFlags(s); exitCode(err) != ExitUsage {
			t.Errorf("parseCCFlags(%q): %v, want a usage error", s, err)
		}
	}
}

func TestCaretLine(t *testing.T) {
	cases := []struct{ excerpt, line, caret string }{
		{"select \x00x from", "select x from", "       ^"},
		{"\tx = \x00", " x = ", "     ^"},
		{"保险 \x00x", "保险 x", "     ^"},
		{"\x00abc", "abc", "^"},
	}
	for _, c := range cases {
		line, caret, ok := caretLine(c.excerpt)
		if !ok || line != c.line || caret != c.caret {
			t.Errorf("caretLine(%q) = %q, %q, %v", c.excerpt, line, caret, ok)
		}
	}
	if _, _, ok := caretLine(""); ok {
		t.Error("an empty excerpt has no caret")
	}
}

func TestPercentNeverRoundsUpToAll(t *testing.T) {
	for share, want := range map[float64]string{100: "100.00 %", 99.9999: "99.99 %", 99.5: "99.50 %", 0: "0.00 %"} {
		if got := percent(share); got != want {
			t.Errorf("percent(%v) = %s, want %s", share, got, want)
		}
	}
}
