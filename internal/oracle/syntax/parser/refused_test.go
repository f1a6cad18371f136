package parser

import (
	"os"
	"strings"
	"testing"
)

// TestRefused reads testdata/refused.txt: texts, one a line, that no version of Oracle takes, whatever the names in
// them stand for. "⏎" is a line break there.
func TestRefused(t *testing.T) {
	text, err := os.ReadFile("testdata/refused.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "##") {
			continue
		}
		n++
		if f := Parse("refused", []byte(strings.ReplaceAll(line, "⏎", "\n")), Options{}); len(f.Errors) == 0 {
			t.Errorf("read without an error: %s", line)
		}
	}
	if n < 600 {
		t.Errorf("only %d texts", n)
	}
}
