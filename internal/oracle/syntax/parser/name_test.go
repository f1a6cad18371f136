package parser

import (
	"testing"

	"landfall/internal/oracle/syntax/ast"
)

// Last and NumParts read the tokens without making the parts; they must tell the same.
func TestLastAndNumPartsFollowParts(t *testing.T) {
	src := "SELECT a, b.c, \"q\".\"R s\", t.*, x.y.z@far.away, straße, x . y, :bind.f, a_name_that_is_longer_than_any_buffer_for_short_names_could_ever_hold_in_it FROM dual"
	f := Parse("names.sql", []byte(src), Options{})
	names := 0
	ast.Walk(f.Stmts[0], func(n ast.Node) bool {
		x, ok := n.(*ast.Name)
		if !ok {
			return true
		}
		names++
		parts, last := f.Parts(x), ""
		if len(parts) > 0 {
			last = parts[len(parts)-1]
		}
		if got := f.Last(x); got != last {
			t.Errorf("%s: last part %q, want %q", f.Source(x), got, last)
		}
		if got := f.NumParts(x); got != len(parts) {
			t.Errorf("%s: %d parts, want %d", f.Source(x), got, len(parts))
		}
		return true
	})
	if names < 10 {
		t.Errorf("only %d names were read", names)
	}
}
