package main

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Overloads that clash with different ones have the same number, and a package's routine is no method of the type that it
// takes first.
func TestOverloadsAreFoundUnderTheirNumbers(t *testing.T) {
	target := &Target{}
	err := json.Unmarshal([]byte(`{"procs": [
		{"oid": 1, "schema": "p", "name": "f", "lang": "plpgsql", "src": "1", "first": "text"},
		{"oid": 2, "schema": "p", "name": "f", "lang": "plpgsql", "src": "2", "first": "timestamp"},
		{"oid": 3, "schema": "p", "name": "f$2", "lang": "plpgsql", "src": "3", "first": "text"},
		{"oid": 4, "schema": "p", "name": "f$2", "lang": "plpgsql", "src": "LFREF CV0123", "first": "timestamp"},
		{"oid": 5, "schema": "p", "name": "get", "lang": "plpgsql", "src": "5", "first": "shape"},
		{"oid": 6, "schema": "public", "name": "area", "lang": "plpgsql", "src": "6", "first": "shape"}]}`), target)
	if err != nil {
		t.Fatal(err)
	}
	var items []Item
	for i := range 5 {
		items = append(items, Item{Kind: "member", Owner: "P", Name: "F", Nth: i + 1})
	}
	items = append(items, Item{Kind: "method", Owner: "SHAPE", Name: "GET", Nth: 1}, Item{Kind: "method", Owner: "SHAPE", Name: "AREA", Nth: 1},
		Item{Kind: "member", Owner: "P", Name: "GET", Nth: 1})
	var got []string
	for _, o := range outcomes(items, target) {
		s := "not there"
		switch {
		case o.Accepted:
			s = "accepted"
		case o.Refused != "":
			s = o.Refused
		}
		got = append(got, s)
	}
	want := []string{"accepted", "accepted", "accepted", "CV0123", "not there", "not there", "accepted", "accepted"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
