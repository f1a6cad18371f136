package rules

import (
	"fmt"
	"io"
	"strings"
)

// WritePage writes RULES.md: the table with its English texts.
func WritePage(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Rules\n\nEverything that differs between Oracle and the target, by code. This page is written from the rule table\n(`UPDATE=1 go test ./convert/rules`); `landfall explain CODE` shows the same. A finding may be milder or worse than\nthe usual severity of its rule where the place tells more.\n")
	group := ""
	for _, r := range Table() {
		if r.Group != group {
			group = r.Group
			fmt.Fprintf(&b, "\n## %s\n", group)
		}
		t, _ := Text("en", r.Code)
		fmt.Fprintf(&b, "\n### %s %s: %s\n\n%s severity, effort %s, since %s.\n\n%s\n\n%s\n", r.Code, r.Name, t.Title, r.Severity, r.Effort, r.Since, strings.TrimSpace(t.Why), strings.TrimSpace(t.Advice))
		fmt.Fprintf(&b, "\n```sql\n-- Oracle\n%s\n", strings.TrimSpace(r.Before))
		if r.After != "" {
			fmt.Fprintf(&b, "-- PostgreSQL\n%s\n", strings.TrimSpace(r.After))
		}
		b.WriteString("```\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
