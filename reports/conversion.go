package reports

import (
	"strings"

	"landfall/assess"
)

// outcome is one line of the loss ledger, as every report shows it.
type outcome struct {
	key        string // word of the class
	Statements int
}

func outcomes(r *assess.Result) []outcome {
	c := r.Conversion
	return []outcome{{"class.converted", c.Converted}, {"class.changed", c.Changed}, {"class.refused", c.Refused}, {"class.ignored", c.Ignored}}
}

// proofText says by whom the conversion was judged.
func proofText(r *assess.Result, t texts) string {
	c := r.Conversion
	if c.Ceiling != "" {
		return c.Ceiling + "."
	}
	var s []string
	if c.Grammar != "" {
		s = append(s, t.get("proof.grammar", c.Grammar))
	}
	if c.Server != "" {
		with := strings.Join(c.Extensions, ", ")
		if with == "" {
			with = "-"
		}
		s = append(s, t.get("proof.server", c.Server, with, group(c.NotClean)))
	}
	for _, n := range c.Needs {
		s = append(s, t.get("proof.needs", group(n.Objects), n.Extension))
	}
	if len(s) == 0 {
		return t.get("proof.none")
	}
	return strings.Join(s, " ")
}
