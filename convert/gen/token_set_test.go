package gen

import (
	"math/rand/v2"
	"testing"
)

func TestTokenSet(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var s tokenSet
		want := map[uint32]bool{}
		base := r.Uint32N(5000)
		for range 50 {
			tok := base + r.Uint32N(400)
			s.add(tok)
			want[tok] = true
		}
		for tok := range base + 600 {
			if s.has(tok) != want[tok] {
				t.Fatalf("token %d: %v, want %v", tok, s.has(tok), want[tok])
			}
		}
	}
}
