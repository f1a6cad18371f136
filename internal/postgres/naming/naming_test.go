package naming_test

import (
	"strings"
	"testing"

	"landfall/internal/postgres/naming"
	"landfall/internal/postgres/quote"
)

func TestNames(t *testing.T) {
	lower := naming.Names{Schemas: map[string]string{"HR": "people"}}
	keep := naming.Names{KeepCase: true}
	for _, c := range []struct{ got, want string }{
		{lower.Fold("EMP"), "emp"},
		{lower.Fold("Mixed Case"), "Mixed Case"},
		{lower.Fold("保单"), "保单"},
		{lower.Fold("SYS$X#1"), "sys$x#1"},
		{keep.Fold("EMP"), "EMP"},
		{lower.Schema("HR"), "people"},
		{lower.Schema("SALES"), "sales"},
		{lower.Schema(""), ""},
		{keep.Schema("HR"), "HR"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestShort holds that long names stay apart, are kept by PostgreSQL and are cut between characters.
func TestShort(t *testing.T) {
	a, b := naming.Short(strings.Repeat("保", 40)+"A"), naming.Short(strings.Repeat("保", 40)+"B")
	if a == b {
		t.Errorf("two names became one: %s", a)
	}
	for _, s := range []string{a, b} {
		if len(s) > quote.MaxName || strings.ToValidUTF8(s, "?") != s {
			t.Errorf("%q has %d bytes", s, len(s))
		}
	}
	if s := strings.Repeat("x", quote.MaxName); naming.Short(s) != s {
		t.Error("a name that fits was cut")
	}
}
