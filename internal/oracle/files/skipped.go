package files

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A folder walk takes files by their endings. One that it does not know may still hold source, by some firm's own convention: to pass
// it over without a word would lose it. So the walk looks into some files of each such ending and tells of endings that have source.

// looksInto is how many files of one ending are looked into, and how much of each.
const (
	looksInto = 20
	looksAt   = 16 << 10
)

// otherFiles are endings of files that quote Oracle's language or hold what it printed, and old copies.
var otherFiles = []string{
	"md", "rst", "adoc", "html", "htm", "xhtml", "css", "xml", "json", "yaml", "yml", "csv", "tsv", "ini", "properties", "log", "lst", "lis", "out", "err", "trc",
	"java", "kt", "scala", "groovy", "py", "pl", "pm", "rb", "php", "js", "ts", "jsx", "tsx", "go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "vb", "pc", "pcc", "cob", "cbl",
	"sh", "bash", "ksh", "bat", "cmd", "ps1", "awk", "expected", "golden", "txtar", "ipynb", "tex",
	"bak", "old", "orig", "tmp", "swp", "diff", "patch", "rej",
}

// sourceText is how statements begin that make or change what a conversion is about.
var sourceText = regexp.MustCompile(`(?im)^[ \t]*(create\s+(or\s+replace\s+)?((no\s*)?force\s+|(non)?editionable\s+|unique\s+|bitmap\s+|public\s+|global\s+temporary\s+|materialized\s+)*` +
	`(table|view|index|sequence|synonym|package|procedure|function|trigger|type)\s+["\w]|alter\s+table\s+["\w]|comment\s+on\s+(table|column)\s+["\w])`)

// skipped are the files of one ending that a walk did not take.
type skipped struct {
	count, looked int
	source        string // the first that holds source
}

// skip notes a file that the walk does not take.
func (w *walker) skip(path string) {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	if ending == "" || slices.Contains(otherFiles, ending) {
		return
	}
	if w.skipped == nil {
		w.skipped = map[string]*skipped{}
	}
	s := w.skipped[ending]
	if s == nil {
		s = &skipped{}
		w.skipped[ending] = s
	}
	s.count++
	if s.source == "" && s.looked < looksInto {
		s.looked++
		if hasSource(path) {
			s.source = path
		}
	}
}

// hasSource reports whether a file begins as one of Oracle's language. One that cannot be opened is no loss to tell of here.
func hasSource(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, looksAt))
	return err == nil && bytes.IndexByte(b, 0) < 0 && sourceText.Match(b)
}

// tellSkipped makes a problem of every ending whose files hold source.
func (w *walker) tellSkipped() {
	for _, ending := range slices.Sorted(maps.Keys(w.skipped)) {
		if s := w.skipped[ending]; s.source != "" {
			files := "1 file that ends in ." + ending + " is"
			if s.count > 1 {
				files = fmt.Sprintf("%d files that end in .%s are", s.count, ending)
			}
			w.problem(s.source, "holds Oracle source, but its ending is not known: "+files+" not taken, unless a script calls them", "add --ext "+ending, nil)
			w.problems[len(w.problems)-1].Skipped = true
		}
	}
}
