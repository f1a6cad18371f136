package support

import (
	"regexp"
	"slices"
	"testing"
)

// What the scanners find is what the patterns say that describe it.
func TestMentionsFollowTheirPatterns(t *testing.T) {
	var (
		calls   = regexp.MustCompile(`(?:FUNC = landfall\.([a-z_][a-z0-9_]*)|\blandfall\.([a-z_][a-z0-9_]*)\s*\()`)
		types   = regexp.MustCompile(`\blandfall\.([a-z_][a-z0-9_]*)\b`)
		create  = regexp.MustCompile(`(?m)^CREATE OR REPLACE (FUNCTION|PROCEDURE|AGGREGATE) landfall\.([a-z_][a-z0-9_]*)\(`)
		comment = regexp.MustCompile(`(?m)--.*$`)
	)
	texts := []string{
		"", "landfall.", "landfall.a", "xlandfall.a(", "landfall.a (b) landfall.b\n(", "landfall.A", "landfall.aB(", "(landfall.a,landfall.b)",
		"-- landfall.x(\nlandfall.y( -- z\n", "a -- b", "SFUNC = landfall.s,", "CREATE OR REPLACE FUNCTION landfall.f(a", " CREATE OR REPLACE FUNCTION landfall.f(",
		"CREATE OR REPLACE VIEW landfall.v(", "\nCREATE OR REPLACE PROCEDURE landfall.p2(x)\nCREATE OR REPLACE AGGREGATE landfall.g (",
	}
	for _, u := range units() {
		texts = append(texts, u.Text)
	}
	for _, text := range texts {
		sql := withoutComments(text)
		if want := comment.ReplaceAllString(text, ""); sql != want {
			t.Fatalf("without comments:\n%s\nwant\n%s", sql, want)
		}
		var called, wantCalled, named, wantNamed []string
		for _, m := range mentions(sql) {
			named = append(named, m.name)
			if m.call {
				called = append(called, m.name)
			}
		}
		for _, m := range calls.FindAllStringSubmatch(sql, -1) {
			wantCalled = append(wantCalled, m[1]+m[2])
		}
		for _, m := range types.FindAllStringSubmatch(sql, -1) {
			wantNamed = append(wantNamed, m[1])
		}
		if !slices.Equal(called, wantCalled) || !slices.Equal(named, wantNamed) {
			t.Errorf("%s\ncalls %v, want %v; names %v, want %v", text, called, wantCalled, named, wantNamed)
		}
		var made, wantMade []head
		made = heads(text)
		for _, m := range create.FindAllStringSubmatchIndex(text, -1) {
			wantMade = append(wantMade, head{text[m[2]:m[3]], text[m[4]:m[5]], m[1]})
		}
		if !slices.Equal(made, wantMade) {
			t.Errorf("%s\ncreates %v, want %v", text, made, wantMade)
		}
	}
}
