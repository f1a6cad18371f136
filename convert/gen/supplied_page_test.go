package gen

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"landfall/convert/rules"
	"landfall/convert/support"
)

const suppliedPageHead = `# Supplied packages

What becomes of the members of the packages that Oracle supplies, by what the generator has for them. This page is written from
its tables: ` + "`UPDATE=1 go test ./convert/gen -run TestSuppliedPage`" + `.

- *PostgreSQL*: a statement or expression of plain PostgreSQL.
- *orafce*: a function of the extension orafce.
- *schema*: a function of [the support schema](support-schema.md), which says where it differs. Also where the plain form of a
  member does not take the arguments.
- A call of a member that is not listed raises the code of the finding of its package when it runs; that finding says which route
  to take.

`

// TestSuppliedPage holds docs/supplied-packages.md against the generator.
func TestSuppliedPage(t *testing.T) {
	// which of our own forms lean on orafce tells their text
	leans := map[string]bool{}
	files, err := filepath.Glob("supplied*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	entry := regexp.MustCompile(`(?m)^\s*supplied(?:Funcs|Procs)\["([A-Z_0-9.]+)"(?:\] = |\+)|^\tfor `)
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		at := entry.FindAllSubmatchIndex(src, -1)
		for i, m := range at {
			end := len(src)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			if m[2] < 0 {
				continue
			}
			text := src[m[0]:end]
			if k := bytes.Index(text, []byte("\n}\n")); k >= 0 {
				text = text[:k]
			}
			leans[string(src[m[2]:m[3]])] = bytes.Contains(text, []byte("orafce")) || bytes.Contains(text, []byte("printed("))
		}
	}
	routes := map[string]string{}
	for _, name := range append(slices.Collect(maps.Keys(suppliedFuncs)), slices.Collect(maps.Keys(suppliedProcs))...) {
		routes[name] = "PostgreSQL"
		if leans[name] || strings.HasPrefix(name, "DBMS_ASSERT.") && !strings.HasSuffix(name, ".ENQUOTE_NAME") {
			routes[name] = "orafce"
		}
	}
	for name := range suppliedStmts {
		routes[name] = "PostgreSQL"
		if !strings.HasPrefix(name, "DBMS_TRANSACTION.") {
			routes[name] = "orafce"
		}
	}
	for name := range builtins {
		if pkg, _, ok := strings.Cut(name, "."); ok && suppliedRules[pkg] != "" && routes[name] == "" {
			routes[name] = "PostgreSQL"
		}
	}
	for name := range orafce {
		if routes[name] == "" {
			routes[name] = "orafce"
		}
	}
	for _, name := range support.Names() {
		for pkg := range suppliedRules {
			last, ok := strings.CutPrefix(name, strings.ToLower(pkg)+"_")
			if !ok {
				continue
			}
			member := pkg + "." + strings.ToUpper(last)
			route := "schema: `landfall." + name + "`"
			if routes[member] != "" {
				route = routes[member] + "; " + route
			}
			if needs := support.Needs(name); len(needs) > 0 {
				route += " (needs " + strings.Join(needs, ", ") + ")"
			}
			routes[member] = route
		}
	}
	var b strings.Builder
	b.WriteString(suppliedPageHead)
	b.WriteString("| member | becomes |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(routes)) {
		fmt.Fprintf(&b, "| %s | %s |\n", name, routes[name])
	}
	b.WriteString("\n| package | finding of what is not listed |\n|---|---|\n")
	for _, pkg := range slices.Sorted(maps.Keys(suppliedRules)) {
		for _, r := range rules.Table() {
			if r.Name == suppliedRules[pkg] {
				fmt.Fprintf(&b, "| %s | %s %s |\n", pkg, r.Code, r.Name)
			}
		}
	}
	const page = "../../docs/supplied-packages.md"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Errorf("%s is stale; run: UPDATE=1 go test ./convert/gen -run TestSuppliedPage", page)
	}
}
