package lexer_test

import (
	"testing"

	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// FuzzLex holds what everything else rests on: tokens are in order, none is empty, and nothing but space and
// comments lies between them.
func FuzzLex(f *testing.F) {
	for _, s := range []string{
		"select 'a', q'[b]', N'c', \"d\" from t; -- e\n/* f */ /\n", "a-\n,b", "$if $$x $then y; $end", "&x..y :z := 1..2",
		"'open", "/* open", "q'[open", "\xff\x00\x1a", "a\r\rb\r/\r", "表，名",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		l := lexer.New(src)
		var toks []token.Token
		for {
			n := len(toks)
			toks = l.Fill(toks)
			if len(toks) == n {
				break
			}
		}
		end := uint32(0)
		for i, tok := range toks {
			if tok.Off < end || tok.Len == 0 || int(tok.End()) > len(src) {
				t.Fatalf("token %d [%d,%d) after %d", i, tok.Off, tok.End(), end)
			}
			onlyTrivia(t, src, int(end), int(tok.Off))
			end = tok.End()
		}
		onlyTrivia(t, src, int(end), len(src))
	})
}

// onlyTrivia lexes a gap by itself: it must hold no token. A hyphen that continues a line and a comment that
// does not close may only be judged in their place.
func onlyTrivia(t *testing.T, src []byte, lo, hi int) {
	t.Helper()
	gap := src[lo:hi]
	for i := 0; i < len(gap); i++ {
		switch c := gap[i]; {
		case c == '-' && i+1 < len(gap) && gap[i+1] == '-', c == '/' && i+1 < len(gap) && gap[i+1] == '*':
			return // a comment; what it holds is free
		case c == ' ', c == '\t', c == '\n', c == '\r', c == '\f', c == '\v', c == '-', c == 0, c == 0x1a, c >= 0x80:
		default:
			t.Fatalf("%q in the gap %q", c, gap)
		}
	}
}
