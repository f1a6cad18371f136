package bundle

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRegistryIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for i := range Registry() {
		e := &Registry()[i]
		if seen[e.Name] || e.Name == "" || strings.ToLower(e.Name) != e.Name {
			t.Errorf("extract %q: name is empty, not lower case or there twice", e.Name)
		}
		seen[e.Name] = true
		if e.Title == "" || e.Group == "" || len(e.Key) == 0 {
			t.Errorf("%s: title, group or key is missing", e.Name)
		}
		columns, long := map[string]bool{}, 0
		for _, c := range e.Columns {
			if columns[c.Name] {
				t.Errorf("%s: column %s stands twice", e.Name, c.Name)
			}
			columns[c.Name] = true
			if c.Long {
				long++
			}
		}
		if long > 1 {
			t.Errorf("%s: %d long columns; the scripts can fetch one", e.Name, long)
		}
		if long == 0 && (e.Form != FormRows || e.Fold != "") {
			t.Errorf("%s: a form for long text, but no long column", e.Name)
		}
		for _, k := range e.Key {
			if !columns[k] {
				t.Errorf("%s: key %s is no column", e.Name, k)
			}
		}
		if (e.From == "") != (e.Only == FromFiles) {
			t.Errorf("%s: FROM and Only contradict each other", e.Name)
		}
	}
	if len(seen) < 80 {
		t.Errorf("only %d extracts", len(seen))
	}
}

// TestExtractsPage holds docs/extracts.md against the registry; UPDATE=1 rewrites it.
func TestExtractsPage(t *testing.T) {
	const page = "../../../docs/extracts.md"
	want := extractsPage()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Errorf("docs/extracts.md is not what the registry says; UPDATE=1 go test ./internal/oracle/bundle writes it\n%s", d)
	}
}

var kindWords = map[Kind]string{Name: "name", Word: "word", Number: "number", Date: "time", Value: "value", Code: "code", Expr: "expression"}

func extractsPage() string {
	var b bytes.Buffer
	b.WriteString(`# Extracts

What a bundle can hold, made of the registry in ` + "`internal/oracle/bundle`" + `. Each extract is a table; its columns are the same for every version
of Oracle and every privilege: what a version or a view lacks is NULL. See [collect.md](collect.md) for how they are collected.

Kinds of columns: *name* is a name of the customer's (masked by ` + "`--mask identifiers`" + `), *word* is Oracle's vocabulary (never masked), *number*, *time*,
*value* is free text and *code* and *expression* are SQL or PL/SQL (all three masked by ` + "`--mask`" + `). Columns in bold are the key.
`)
	group := Group("")
	for i := range Registry() {
		e := &Registry()[i]
		if e.Group != group {
			group = e.Group
			fmt.Fprintf(&b, "\n## %s%s\n", strings.ToUpper(string(group[:1])), group[1:])
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s.", e.Name, e.Title)
		switch {
		case e.Only == FromFiles:
			b.WriteString(" Only in bundles made of scripts.")
		default:
			fmt.Fprintf(&b, " From `%s`", strings.ReplaceAll(e.From, "{p}", "dba|all"))
			if e.FromAll == "-" {
				b.WriteString("; needs the right to read that view")
			} else if e.FromAll != "" {
				fmt.Fprintf(&b, ", else `%s`", e.FromAll)
			}
			b.WriteString(".")
		}
		if e.Since > 0 {
			fmt.Fprintf(&b, " Since %s.", versionText(e.Since))
		}
		if e.Pack.Paid() {
			b.WriteString(" **Needs the Oracle Diagnostics Pack, which is paid for**; asked for before it is read.")
		} else if e.Pack != NoPack {
			fmt.Fprintf(&b, " Asked for before it is read (%s).", e.Pack)
		}
		b.WriteString("\n\n")
		for i, c := range e.Columns {
			if i > 0 {
				b.WriteString(", ")
			}
			name := c.Name
			for _, k := range e.Key {
				if k == c.Name {
					name = "**" + c.Name + "**"
				}
			}
			if c.Name == e.Fold {
				continue
			}
			b.WriteString(name + " " + kindWords[c.Kind])
			if c.Since > 0 {
				b.WriteString(" (" + versionText(c.Since) + ")")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func versionText(v int) string {
	if v%100 == 0 {
		return fmt.Sprint(v / 100)
	}
	return fmt.Sprintf("%d.%d", v/100, v%100)
}
