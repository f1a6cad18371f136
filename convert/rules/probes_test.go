package rules_test

import (
	"slices"
	"strings"
	"testing"

	"landfall/convert/rules"
	"landfall/internal/oracle/syntax/parser"
)

// TestProbes holds that probes ask for features that the profile knows, in words that Oracle's grammar takes.
func TestProbes(t *testing.T) {
	target := profile(t, "polardb-oracle")
	names := map[string]bool{}
	for _, p := range rules.Probes(target) {
		if names[p.Name+string(p.Feature)] {
			t.Errorf("%s is there twice", p.Name)
		}
		names[p.Name+string(p.Feature)] = true
		if !slices.Contains(target.Features(), p.Feature) {
			t.Errorf("%s asks for %s, which the profile does not know", p.Name, p.Feature)
		}
		if p.SQL == "" && len(p.Setup) == 0 || p.SQL == "" && p.Want != "" || p.SQL != "" && p.Want == "" {
			t.Errorf("%s asks for nothing, or for no value", p.Name)
		}
		if strings.HasPrefix(string(p.Feature), "pg-") {
			continue
		}
		for _, s := range append(slices.Clone(p.Setup), p.SQL) {
			if s == "" {
				continue
			}
			f := parser.Parse("probe.sql", []byte(s+terminator(s)), parser.Options{})
			for _, e := range f.Errors {
				t.Errorf("%s: %s: %s\n%s", p.Name, f.OffsetPos(e.Off), e.Msg, s)
			}
		}
	}
	if n := len(rules.Probes(rules.PostgreSQL())); n < 15 || n > 30 {
		t.Errorf("%d probes for PostgreSQL", n)
	}
	if len(names) < 100 {
		t.Errorf("only %d probes", len(names))
	}
}
