package cli

import (
	"strings"
	"testing"
)

func TestRedactURL(t *testing.T) {
	for in, want := range map[string]string{
		"postgres://me:hush@h:5432/d":             "postgres://me@h:5432/d",
		"postgres://me@h/d":                       "postgres://me@h/d",
		"postgres://me:hu%2Fsh@h/d?sslmode=off":   "postgres://me@h/d?sslmode=off",
		"postgres://me:hush@h:port/d":             "postgres://me@h:port/d",
		"host=h password=hush user=me":            "host=h password=*** user=me",
		"host=h password = 'hu sh\\' x' user=me":  "host=h password = *** user=me",
		"postgres://h/d?user=me&password=hush&x=": "postgres://h/d?user=me&password=***&x=",
	} {
		got := redactURL(in)
		if got != want || strings.Contains(got, "hush") {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
