package reports

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// longest is the length of a longest common subsequence, the slow way.
func longest(a, b []string) int {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for k := range b {
			t[i+1][k+1] = max(t[i][k+1], t[i+1][k])
			if a[i] == b[k] {
				t[i+1][k+1] = max(t[i+1][k+1], t[i][k]+1)
			}
		}
	}
	return t[len(a)][len(b)]
}

func TestCommonIsLongest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	draw := func() []string {
		s := make([]string, rnd.IntN(14))
		for i := range s {
			s[i] = string(rune('a' + rnd.IntN(4)))
		}
		return s
	}
	for range 3000 {
		a, b := draw(), draw()
		ka, kb := common(a, b)
		var sa, sb []string
		for i, k := range ka {
			if k {
				sa = append(sa, a[i])
			}
		}
		for i, k := range kb {
			if k {
				sb = append(sb, b[i])
			}
		}
		if strings.Join(sa, "") != strings.Join(sb, "") || len(sa) != longest(a, b) {
			t.Fatalf("%v and %v: kept %v and %v, longest is %d", a, b, sa, sb, longest(a, b))
		}
	}
}

func TestCommonGivesUpOnTooManyEdits(t *testing.T) {
	a, b := []string{"begin"}, []string{"begin"}
	for range diffEdits {
		a, b = append(a, "x"), append(b, "y")
	}
	a, b = append(a, "end"), append(b, "end")
	ka, kb := common(a, b)
	if !ka[0] || !kb[0] || !ka[len(ka)-1] || !kb[len(kb)-1] || ka[1] || kb[1] {
		t.Error("the common beginning and end must be kept, and nothing between")
	}
}

func TestSidesMarkWhatChanged(t *testing.T) {
	marks := func(ls []snippetLineOut) (text, marked string) {
		for i, l := range ls {
			if i > 0 {
				text += "\n"
			}
			for _, p := range l.parts {
				text += p.text
				if p.mark {
					marked += "[" + p.text + "]"
				}
			}
		}
		return text, marked
	}
	l, r := sides("SELECT NVL(a, 0) x\n  FROM t -- why\n WHERE ROWNUM <= 5", "select coalesce(a, 0) x\nFROM t\nLIMIT 5")
	lt, lm := marks(l)
	rt, rm := marks(r)
	if lt != "SELECT NVL(a, 0) x\n  FROM t -- why\n WHERE ROWNUM <= 5" || rt != "select coalesce(a, 0) x\nFROM t\nLIMIT 5" {
		t.Errorf("texts changed: %q, %q", lt, rt)
	}
	if lm != "[NVL][-- why][WHERE][ROWNUM][<=]" || rm != "[coalesce][LIMIT]" {
		t.Errorf("marked %s and %s", lm, rm)
	}
}
