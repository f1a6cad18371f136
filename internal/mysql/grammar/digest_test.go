package grammar

import "testing"

// TestDigest holds that constants, spaces, case and lengths of lists do not count, and that names do.
func TestDigest(t *testing.T) {
	same := Digest("SELECT a FROM t WHERE b = 1 AND c IN (1, 2, 3)")
	if len(same) != 64 {
		t.Errorf("the digest %q has no 64 digits", same)
	}
	if got := Digest("select  a from T\n where B = ? and c in (4,5)"); got != same {
		t.Errorf("%s and %s differ", got, same)
	}
	if Digest("SELECT a FROM t2 WHERE b = 1 AND c IN (1, 2, 3)") == same {
		t.Error("another table has the same digest")
	}
}
