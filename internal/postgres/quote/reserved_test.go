package quote

import "testing"

// TestMayBeReserved: the quick look passes no reserved word over.
func TestMayBeReserved(t *testing.T) {
	for w := range reserved {
		if !mayBeReserved(w) {
			t.Errorf("%s is reserved", w)
		}
		if Ident(w) != `"`+w+`"` {
			t.Errorf("%s is written %s", w, Ident(w))
		}
	}
	for _, w := range []string{"v_count", "customer_id", "保单", "zz"} {
		if Ident(w) != w {
			t.Errorf("%s is written %s", w, Ident(w))
		}
	}
}
