package tui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// keyTable is the table of keys as the manual has it.
func keyTable() string {
	var b strings.Builder
	row := func(key, where, what string) { fmt.Fprintf(&b, "| %s | %s | %s |\n", key, where, what) }
	row("key", "where", "what it does")
	row("---", "---", "---")
	for _, k := range bindings {
		var names, where []string
		for _, n := range k.keys {
			names = append(names, "`"+keyName(n)+"`")
		}
		for _, s := range k.in {
			where = append(where, strings.ToLower(scopeNames[s]))
		}
		row(strings.Join(names, " "), strings.Join(where, ", "), k.what)
	}
	b.WriteString("\n")
	row("filter", "", "what it leaves")
	row("---", "---", "---")
	for _, f := range filterHelp {
		row("`"+f[0]+"`", "", f[1])
	}
	return b.String()
}

// TestManualHasTheKeys holds docs/tui.md against the table of keys.
func TestManualHasTheKeys(t *testing.T) {
	const file, from, to = "../../../docs/tui.md", "<!-- keys -->\n", "<!-- end of keys -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), from)
	was, after, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the keys", file)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(before+from+keyTable()+to+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(was, keyTable()); diff != "" {
		t.Errorf("UPDATE=1 writes it: %s", diff)
	}
}

// TestKeysAreUnambiguous holds that a key means one thing in one place, and that every key can be reached.
func TestKeysAreUnambiguous(t *testing.T) {
	seen := map[string]action{}
	for _, b := range bindings {
		if len(b.keys) == 0 || len(b.in) == 0 || b.what == "" {
			t.Errorf("%+v lacks something", b)
		}
		for _, s := range b.in {
			for _, k := range b.keys {
				id := scopeNames[s] + " " + k
				if _, twice := seen[id]; twice {
					t.Errorf("%s stands in the table twice", id)
				}
				seen[id] = b.act
				if got := lookup(k, s); got != b.act {
					t.Errorf("%s does %d, want %d", id, got, b.act)
				}
			}
		}
	}
}
