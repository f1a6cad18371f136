package checks

import (
	"slices"
	"strings"
	"testing"

	"landfall/assess/phrase/phrasetest"
)

// TestPhrases holds everything that judges say to having a Chinese form with the same arguments.
func TestPhrases(t *testing.T) {
	formats, open, err := phrasetest.Uses(".", map[string][]int{"say": {0}, "item": {1}, "named": {1}, "fact": {0, 1}, "factOf": {1}, "Say": {0}})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range open { // these say what the tables below hold, or pass a format on
		if !slices.ContainsFunc([]string{"say(format)", "Say(format)", "factOf(format)", "say(name)", "say(what)", "say(was.what)", "say(m.says)", "say(d.says)", "say(lacking[best].says)", "fact(n)", "fact(m.name)", `fact(d.Day.Format("2006-01-02"))`}, func(s string) bool { return strings.HasSuffix(o, ": "+s) }) {
			t.Errorf("%s: a test cannot see what it says", o)
		}
	}
	for _, m := range meaningful {
		if m.says != "" {
			formats = append(formats, m.says)
		}
	}
	for _, l := range lacking {
		formats = append(formats, l.says)
	}
	for _, d := range nlsDefaults {
		formats = append(formats, d.says)
	}
	for _, h := range heavy {
		formats = append(formats, h)
	}
	formats = append(formats, "column", "constraint")
	formats = slices.DeleteFunc(formats, func(f string) bool { return oracleNames[f] })
	for _, p := range phrasetest.Compare(phrases("zh"), formats) {
		t.Error(p)
	}
	if len(formats) < 200 {
		t.Errorf("only %d phrases found: the pattern is stale", len(formats))
	}
}

// oracleNames are names that stay as Oracle writes them.
var oracleNames = map[string]bool{
	"NLS_CHARACTERSET": true, "NLS_NCHAR_CHARACTERSET": true, "force_logging": true, "log_mode": true, "database_role": true, "open_mode": true,
	"CHAR: %s": true, "Oracle Text": true, "Spatial": true, "Multimedia": true, "OLAP": true, "OLAP API": true, "OLAP catalog": true, "Workspace Manager": true, "Application Express": true, "Label Security": true,
	"Database Vault": true, "Expression Filter": true, "Rules Manager": true, "Data Mining": true, "PostGIS": true, "landfall regress": true,
}
