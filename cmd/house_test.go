// Package cmd_test holds the rules of the house that a compiler does not know: who may import whom, where the
// process is touched, how files are named and how long they are. The table is policy; ARCHITECTURE.md says why.
package cmd_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "landfall/"

// mayImport says which of our packages a package may import. The row with the longest matching prefix holds.
// "leaves" stands for everything below internal/ but internal/orasim, which only cmd may start: the stages talk
// to it as they do to an Oracle.
var mayImport = []struct {
	pkg  string
	list []string
}{
	{"cmd/landfall", []string{"cmd/internal/cli"}},
	{"cmd", []string{""}},

	{"assess", []string{"leaves", "assess", "convert"}},
	{"convert", []string{"leaves", "convert"}},
	{"load", []string{"leaves", "load"}},
	{"cdc", []string{"leaves", "cdc"}},
	{"regress", []string{"leaves", "regress"}},
	{"cutover", []string{"leaves", "cutover"}},
	{"reports", []string{"internal/model", "assess", "convert", "load", "cdc", "regress", "cutover", "reports"}},

	{"reports/highlight", []string{"internal/oracle/syntax/lexer", "internal/oracle/syntax/token", "internal/postgres/lex"}},

	{"internal/model", nil},
	{"internal/oracle/syntax/token", nil},
	{"internal/oracle/syntax/ast", []string{"internal/oracle/syntax/token", "internal/model"}},
	{"internal/oracle/syntax/lexer", []string{"internal/oracle/syntax/token", "internal/model"}},
	{"internal/oracle/syntax", []string{"internal/oracle/syntax", "internal/model"}},
	{"internal/oracle/files", []string{"internal/model"}},
	{"internal/oracle/resolve", []string{"internal/oracle/resolve", "internal/oracle/syntax", "internal/model"}},
	{"internal/oracle/value", []string{"internal/model"}},
	{"internal/oracle", []string{"internal/oracle", "internal/model"}},
	{"internal/postgres/value", []string{"internal/oracle/value", "internal/postgres", "internal/model"}}, // Oracle's bytes are what it encodes
	{"internal/postgres", []string{"internal/postgres", "internal/model"}},
	{"internal/mysql", []string{"internal/mysql", "internal/model"}},
	{"internal/workload", []string{"internal/workload", "internal/oracle/syntax", "internal/oracle/files", "internal/oracle/bundle", "internal/model"}},
	{"internal/project", []string{"internal/project", "internal/spelling", "internal/model"}},
	{"internal/spelling", nil},
	{"internal/parallel", nil},
	{"internal/orasim", []string{"internal/orasim", "internal/oracle/syntax", "internal/oracle/scripts", "internal/model"}},
}

// testsMayImport are packages open to every test file: those made for tests, what makes a catalog of the sample
// scripts, the embedded Oracle, which tests log in to or use without a wire, and its values, which are the second opinion
// on decoders; and the makers of Oracle's bytes.
var testsMayImport = []string{
	"internal/postgres/scratch/pgtest", "internal/golden", "internal/cputime", "internal/oracle/scripts", "internal/orasim/engine",
	"internal/orasim/session", "internal/orasim/simtest", "internal/orasim/tns", "internal/orasim/value/number", "internal/orasim/value/datetime",
	"internal/oracle/value",
}

// thirdParty says where a foreign module may be imported. A module that is not here is not used at all: adding
// one means a row here and a reason in docs/dependencies.md.
var thirdParty = []struct {
	module string
	in     []string
}{
	{"github.com/spf13/cobra", []string{"cmd"}},
	{"github.com/spf13/pflag", []string{"cmd"}},
	{"github.com/schollz/progressbar/", []string{"cmd"}},
	{"charm.land/", []string{"cmd/internal/tui"}},
	{"github.com/charmbracelet/x/ansi", []string{"cmd/internal/tui"}},
	{"github.com/xuri/excelize/", []string{"reports"}},
	{"github.com/klauspost/compress/", []string{"reports"}},
	{"github.com/cespare/xxhash/", []string{"internal/postgres"}},
	{"github.com/jackc/pgx/", []string{"internal/postgres", "load", "cdc", "regress", "cmd/measure"}},
	{"github.com/sijms/go-ora/", []string{"internal/oracle/connect"}},
	{"github.com/pingcap/tidb/", []string{"internal/mysql", "internal/workload"}},
	{"github.com/twmb/franz-go", []string{"cdc/kafka"}},
	{"github.com/riverqueue/river", []string{"load"}},
	{"github.com/pganalyze/pg_query_go/", []string{"internal/postgres/grammar"}},
	{"github.com/wasilibs/go-pgquery", []string{"internal/postgres/grammar"}},
	{"golang.org/x/term", []string{"cmd"}},
	{"golang.org/x/text/", []string{"cmd", "internal/oracle", "internal/workload", "internal/orasim"}},
	{"gopkg.in/yaml.v3", []string{"convert/rules", "assess", "internal/project"}},
}

// testOnly modules may be imported by test files everywhere and by nothing else.
var testOnly = []string{"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "github.com/santhosh-tekuri/jsonschema", "golang.org/x/tools/txtar", "pgregory.net/rapid"}

// processOnly are the doors to the process, open below cmd only: a stage gets streams and settings passed in.
var processOnly = map[string][]string{
	"os":  {"Exit", "Stdin", "Stdout", "Stderr", "Getenv", "LookupEnv", "Environ", "Args", "ExpandEnv"},
	"fmt": {"Print", "Printf", "Println"},
	"log": {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln"},
}

// vagueNames say nothing about what a file or package holds.
var vagueNames = regexp.MustCompile(`(?i)^(utils?|helpers?|common|misc|managers?|stuff)$`)

var leftovers = regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)

// maxLines is how long a file may be without saying in its head why it is longer ("longer than 600 lines
// because ..."); hardMaxLines is how long in any case.
const (
	maxLines     = 600
	hardMaxLines = 2500
)

type goFile struct {
	path      string // from the module's root, with slashes
	pkg       string // its folder
	test      bool
	generated bool
	program   bool // package main outside cmd: a generator
	src       []byte
	ast       *ast.File
	fset      *token.FileSet
}

// forTests is true for packages that serve tests and say so by importing testing.
func (f goFile) forTests() bool {
	return f.test || slices.Contains(f.imports(), "testing")
}

func (f goFile) imports() []string {
	var list []string
	for _, spec := range f.ast.Imports {
		list = append(list, strings.Trim(spec.Path.Value, `"`))
	}
	return list
}

// goFiles reads the module's files itself: what go list says may come from a cache that does not see a change.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))
		if d.IsDir() {
			base := d.Name()
			if rel != ".." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "tools" || base == "out" || base == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		f := goFile{path: rel, pkg: path.Dir(rel), test: strings.HasSuffix(rel, "_test.go"), fset: token.NewFileSet()}
		if f.src, err = os.ReadFile(name); err != nil {
			return err
		}
		if f.ast, err = parser.ParseFile(f.fset, rel, f.src, parser.ParseComments); err != nil {
			return err
		}
		f.generated = ast.IsGenerated(f.ast)
		f.program = f.ast.Name.Name == "main" && !strings.HasPrefix(rel, "cmd/")
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("found only %d files: wrong folder?", len(files))
	}
	return files
}

func below(pkg, prefix string) bool {
	return prefix == "" || pkg == prefix || strings.HasPrefix(pkg, prefix+"/")
}

func allowed(from, to string) (ok, known bool) {
	best := -1
	for i, row := range mayImport {
		if below(from, row.pkg) && (best < 0 || len(row.pkg) > len(mayImport[best].pkg)) {
			best = i
		}
	}
	if best < 0 {
		return false, false
	}
	for _, p := range mayImport[best].list {
		if p == "leaves" && below(to, "internal") && !below(to, "internal/orasim") || p != "leaves" && below(to, p) {
			return true, true
		}
	}
	return from == to, true
}

func TestImports(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, imp := range f.imports() {
			switch first, _, _ := strings.Cut(imp, "/"); {
			case strings.HasPrefix(imp, module):
				to := strings.TrimPrefix(imp, module)
				if f.forTests() && slices.Contains(testsMayImport, to) {
					continue
				}
				ok, known := allowed(f.pkg, to)
				if !known {
					t.Errorf("%s: package %s has no row in the import rule (cmd/house_test.go)", f.path, f.pkg)
				} else if !ok {
					t.Errorf("%s: %s may not import %s", f.path, f.pkg, to)
				}
			case strings.Contains(first, "."):
				checkForeign(t, f, imp)
			}
		}
	}
}

func checkForeign(t *testing.T, f goFile, imp string) {
	t.Helper()
	for _, m := range testOnly {
		if below(imp, m) {
			if !f.forTests() {
				t.Errorf("%s: %s is for tests only", f.path, imp)
			}
			return
		}
	}
	for _, row := range thirdParty {
		if strings.HasPrefix(imp, row.module) {
			if !slices.ContainsFunc(row.in, func(p string) bool { return below(f.pkg, p) }) && !f.test {
				t.Errorf("%s: %s may be imported only below %v", f.path, imp, row.in)
			}
			return
		}
	}
	t.Errorf("%s: %s is in no row of the third-party table (cmd/house_test.go, docs/dependencies.md)", f.path, imp)
}

// TestRuleBites feeds the rule violations, so that it cannot be green by looking at nothing.
func TestRuleBites(t *testing.T) {
	cases := []struct {
		from, to string
		want     bool
	}{
		{"assess", "convert/rules", true},
		{"assess", "load", false},
		{"convert", "assess", false},
		{"load", "internal/orasim/tns", false},
		{"cmd/internal/cli", "internal/orasim", true},
		{"internal/model", "internal/oracle/files", false},
		{"internal/oracle/syntax/parser", "internal/oracle/syntax/lexer", true},
		{"internal/oracle/syntax/parser", "internal/oracle/resolve", false},
		{"internal/orasim/engine", "internal/oracle/value", false},
		{"internal/postgres/scratch", "internal/oracle/syntax/ast", false},
		{"reports", "assess", true},
		{"assess", "reports", false},
		{"assessor", "internal/model", false},
	}
	for _, c := range cases {
		if got, _ := allowed(c.from, c.to); got != c.want {
			t.Errorf("%s -> %s: allowed is %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

func TestProcessIsTouchedByCmdOnly(t *testing.T) {
	for _, f := range goFiles(t) {
		if below(f.pkg, "cmd") || f.forTests() || f.program {
			continue
		}
		local := map[string]string{} // name in the file -> package
		for _, spec := range f.ast.Imports {
			p := strings.Trim(spec.Path.Value, `"`)
			name := path.Base(p)
			if spec.Name != nil {
				name = spec.Name.Name
			}
			local[name] = p
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if ok && x.Obj == nil && slices.Contains(processOnly[local[x.Name]], sel.Sel.Name) {
				t.Errorf("%s: %s.%s belongs below cmd; pass it in", f.fset.Position(sel.Pos()), x.Name, sel.Sel.Name)
			}
			return true
		})
	}
}

func TestFilesAreInOrder(t *testing.T) {
	documented := map[string]bool{}
	packages := map[string]string{}
	for _, f := range goFiles(t) {
		stem := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.path), ".go"), "_test")
		for _, name := range append(strings.Split(f.pkg, "/"), stem) {
			if vagueNames.MatchString(name) {
				t.Errorf("%s: %q says nothing about what is in it", f.path, name)
			}
		}
		if m := leftovers.Find(f.src); m != nil && f.path != "cmd/house_test.go" {
			t.Errorf("%s: left over: %s", f.path, m)
		}
		if !f.test {
			packages[f.pkg] = f.path
			documented[f.pkg] = documented[f.pkg] || f.ast.Doc != nil && len(f.ast.Doc.Text()) > 40
		}
		if f.generated {
			continue
		}
		lines := bytes.Count(f.src, []byte{'\n'})
		head, _, _ := bytes.Cut(f.src, []byte("\nimport "))
		if lines > hardMaxLines || lines > maxLines && !bytes.Contains(head, []byte("onger than 600 lines because")) && !f.test {
			t.Errorf("%s: %d lines; cut it, or say in its head that it is longer than 600 lines because ...", f.path, lines)
		}
	}
	for pkg, file := range packages {
		if !documented[pkg] {
			t.Errorf("%s: package %s has no doc comment: input, output, what it does not do, what may run at once", file, pkg)
		}
	}
}

// TestDependenciesAreExplained holds docs/dependencies.md against go.mod.
func TestDependenciesAreExplained(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	direct := regexp.MustCompile(`(?m)^(?:require )?\t?([a-z0-9.-]+\.[a-z]+/\S+) (v\S+)$`)
	found := direct.FindAllSubmatch(mod, -1)
	if len(found) == 0 {
		t.Fatal("no requirements found in go.mod")
	}
	for _, m := range found {
		row := regexp.MustCompile(`(?m)^\|.*` + regexp.QuoteMeta(string(m[1])) + `.*\|.*` + regexp.QuoteMeta(string(m[2])) + `\b.*\|.*\|.*\|`)
		if !row.Match(doc) {
			t.Errorf("docs/dependencies.md has no row for %s %s", m[1], m[2])
		}
	}
}

// TestDocLinks follows the relative links of the manual.
func TestDocLinks(t *testing.T) {
	pages, err := filepath.Glob("../*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)
	followed := 0
	for _, page := range append(pages, more...) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllSubmatch(text, -1) {
			target := string(m[1])
			if strings.Contains(target, "://") {
				continue
			}
			followed++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), target)); err != nil {
				t.Errorf("%s: link to %s leads nowhere", page, target)
			}
		}
	}
	if followed < 5 {
		t.Errorf("followed only %d links", followed)
	}
}
