package lex_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/postgres/lex"
)

func TestStatements(t *testing.T) {
	for _, c := range []struct {
		src  string
		want []string // line: text
	}{
		{"", nil},
		{"-- only a comment", nil},
		{"select 1; select 2", []string{"1: select 1", "1: select 2"}},
		{"/* a; b */ select ';';\n\n-- c;\nselect \";\";", []string{"1: select ';'", "4: select \";\""}},
		{"select 'it''s; so'; x", []string{"1: select 'it''s; so'", "1: x"}},
		{`select E'\';'; y`, []string{`1: select E'\';'`, "1: y"}},
		{`select '\'; y`, []string{`1: select '\'`, "1: y"}},
		{"create function f() returns int as $$ begin; end; $$ language plpgsql; z", []string{"1: create function f() returns int as $$ begin; end; $$ language plpgsql", "1: z"}},
		{"do $a$ x; $$ ; $$; $a$; z", []string{"1: do $a$ x; $$ ; $$; $a$", "1: z"}},
		{"select $1; select a$b;", []string{"1: select $1", "1: select a$b"}},
		{"create rule r as on insert to t do (select 1; select 2); z", []string{"1: create rule r as on insert to t do (select 1; select 2)", "1: z"}},
		{
			"create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end; z",
			[]string{"1: create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end", "1: z"},
		},
		{"/* /* nested; */ ; */ a; b", []string{"1: a", "1: b"}},
		{"select U&\"a;b\", U&'c;d'; b", []string{"1: select U&\"a;b\", U&'c;d'", "1: b"}},
		{"select 1 --;\n; b", []string{"1: select 1", "2: b"}},
		{"select a)); b", []string{"1: select a))", "1: b"}},
		{"select 'never closed; b", []string{"1: select 'never closed; b"}},
	} {
		var got []string
		for _, s := range lex.Statements(c.src) {
			got = append(got, fmt.Sprintf("%d: %s", s.Line, s.Text))
			if !strings.HasPrefix(c.src[s.Offset:], s.Text) {
				t.Errorf("%q: offset %d is wrong", c.src, s.Offset)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: %s", c.src, diff)
		}
	}
}

func TestScan(t *testing.T) {
	const src = `a:=1..10 "B""c"'x' $1 $$y$$ 1.5e3 1e ->>b<>c--d` + "\n" + `x'1f' /*e*/é::int`
	want := "w:a o::= n:1 o:.. n:10 q:\"B\"\"c\" s:'x' p:$1 d:$$y$$ n:1.5e3 n:1 w:e o:->> w:b o:<> w:c c:--d s:x'1f' c:/*e*/ w:é o::: w:int"
	var got []string
	for _, tok := range lex.Scan(src) {
		got = append(got, string("wqsdnpoc"[tok.Kind])+":"+tok.Text(src))
	}
	if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
		t.Error(diff)
	}
	for _, tok := range lex.Scan(src) {
		if tok.Kind == lex.Quoted && tok.Name(src) != `B"c` {
			t.Errorf("name %q", tok.Name(src))
		}
		if body, at, ok := tok.Body(src); tok.Kind == lex.Dollar && (!ok || body != "y" || src[at] != 'y') {
			t.Errorf("body %q at %d, %v", body, at, ok)
		}
	}
}

func TestPosition(t *testing.T) {
	if line, col := lex.Position("a\néé?", 6); line != 2 || col != 3 {
		t.Errorf("%d:%d, want 2:3", line, col)
	}
}

// FuzzScan holds that tokens are in order, do not overlap and leave nothing but spaces between them.
func FuzzScan(f *testing.F) {
	for _, s := range []string{"select 'a", "$a$ b $a$", "/* /* */", `E'\'`, "1.", "1..2", "a$1", "\x80;", "$", "U&'"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		at := 0
		for _, tok := range lex.Scan(src) {
			if tok.Lo < at || tok.Hi <= tok.Lo || strings.TrimSpace(strings.Map(ascii, src[at:tok.Lo])) != "" {
				t.Fatalf("token %v behind %d in %q", tok, at, src)
			}
			at = tok.Hi
			tok.Body(src)
			tok.Name(src)
		}
		if strings.TrimSpace(strings.Map(ascii, src[at:])) != "" {
			t.Fatalf("%q is left over", src[at:])
		}
		lex.Statements(src)
	})
}

// ascii keeps TrimSpace from cutting spaces that are none to PostgreSQL.
func ascii(r rune) rune {
	if r >= 0x80 {
		return 'x'
	}
	return r
}
