package reports

import (
	"fmt"
	"strings"

	"landfall/assess/checks"
)

// cellItems is how many things one cell lists; report.json has all.
const cellItems = 200

var verdictColour = map[checks.Verdict]string{checks.Pass: "1E8E5A", checks.Informational: "3C7FC0", checks.Warning: "DE9A1B", checks.Blocker: "8F1D36", checks.NotCollected: "8594A6"}

// verdictClass is the class of a verdict in the page: a word without spaces.
func verdictClass(v checks.Verdict) string {
	return strings.ReplaceAll(strings.ToLower(string(v)), " ", "-")
}

// verdict is the word of a verdict; "" for none.
func (t texts) verdict(v checks.Verdict) string {
	if v == "" {
		return ""
	}
	return t.get("verdict." + verdictClass(v))
}

// passed is the word for what a gate said.
func (t texts) passed(ok bool) string {
	if ok {
		return t.get("gate.passed")
	}
	return t.get("gate.failed")
}

func itemLines(c *checks.Checked) []string {
	list := make([]string, 0, min(len(c.Items), cellItems+1))
	for _, it := range c.Items[:min(len(c.Items), cellItems+1)] {
		name := it.Name
		if it.Object != "" {
			name = it.Object.Name()
		}
		list = append(list, strings.TrimSuffix(name+": "+it.What, ": "))
	}
	for range len(c.Items) - len(list) {
		list = append(list, "")
	}
	return list
}

func factLines(c *checks.Checked) []string {
	var list []string
	for _, f := range c.Facts {
		list = append(list, f.Name+": "+f.Value)
	}
	return list
}

func missingLines(c *checks.Checked) []string {
	var list []string
	for _, m := range c.Missing {
		list = append(list, strings.TrimSuffix(m.Extract+": "+m.Reason, ": "))
	}
	return list
}

// joined puts lines into one text, n at most; it says how many are left.
func joined(lines []string, n int) string {
	if len(lines) <= n {
		return strings.Join(lines, "\n")
	}
	return strings.Join(lines[:n], "\n") + fmt.Sprintf("\n+%d", len(lines)-n)
}
