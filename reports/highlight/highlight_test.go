package highlight

import (
	"strings"
	"testing"
)

// shown writes runs as class{text}, plain text bare.
func shown(text string, runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Class == Other {
			b.WriteString(text[r.Lo:r.Hi])
			continue
		}
		b.WriteString(string(r.Class) + "{" + text[r.Lo:r.Hi] + "}")
	}
	return b.String()
}

func TestRuns(t *testing.T) {
	cases := []struct {
		cut        func(string) []Run
		text, want string
	}{
		{Oracle, "select /*+ full(t) */ nvl(a, 'x') from \"T\" where b = :b -- end", "k{select} h{/*+ full(t) */} nvl(a, s{'x'}) k{from} q{\"T\"} k{where} b = b{:b} c{-- end}"},
		{Oracle, "x := 1.5;", "x := n{1.5};"},
		{Postgres, "CREATE FUNCTION f() RETURNS int AS $x$\nBEGIN\n  RETURN 'a'; -- b\nEND $x$;", "k{CREATE} k{FUNCTION} f() k{RETURNS} int k{AS} s{$x$}\nk{BEGIN}\n  k{RETURN} s{'a'}; c{-- b}\nk{END} s{$x$};"},
		{Postgres, `select "A", $1, 12 /* c */`, `k{select} q{"A"}, b{$1}, n{12} c{/* c */}`},
		{Postgres, "select 'never closed", "k{select} s{'never closed}"},
	}
	for _, c := range cases {
		if got := shown(c.text, c.cut(c.text)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// FuzzRunsAreTheText holds that no byte is lost or shown twice, whatever the text.
func FuzzRunsAreTheText(f *testing.F) {
	for _, s := range []string{"select 1 -- x", "$a$ $b$ x $b$ $a$", "q'[it's]' /* ", "\x00\xff'", "$$$$", "a--b\n/*+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, cut := range map[string]func(string) []Run{"Oracle": Oracle, "Postgres": Postgres} {
			at := 0
			for _, r := range cut(s) {
				if r.Lo != at || r.Hi <= r.Lo {
					t.Fatalf("%s: run %+v behind %d of %q", name, r, at, s)
				}
				at = r.Hi
			}
			if at != len(s) {
				t.Fatalf("%s: runs end at %d of %q", name, at, s)
			}
		}
	})
}
