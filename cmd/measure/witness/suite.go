package witness

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Statement is one statement of a suite and what its database printed for it.
type Statement struct {
	Line   int    // of its first line
	Text   string // as Oracle's language has it: what only the client or the form of the suite needs is taken off
	Raw    string // as it stands there
	Skip   string // why it is not compared, "" where it is
	Direct string // PostgreSQL text that is run as it is: settings and transactions of the client
	Want   Want

	echo, start int // where its repetition in MariaDB's results begins, and the line behind that
}

// Want is what the witness printed.
type Want struct {
	Tables  [][][]string // rows of cells, a table for each result
	Error   string       // message, "" for none
	Notices []string
	Other   []string // lines of no known form
}

// Empty is a statement that printed nothing.
func (w *Want) Empty() bool {
	return len(w.Tables) == 0 && w.Error == "" && len(w.Notices) == 0 && len(w.Other) == 0
}

// File is one file of a suite.
type File struct {
	Name       string
	Statements []*Statement
}

// Read reads the suite in a folder: kind is ivorysql, orafce or mariadb. Files whose results are not there are left out.
func Read(kind, dir string) ([]*File, error) {
	var scripts, results, from, to string
	var read func(script, result string) []*Statement
	switch kind {
	case "ivorysql":
		scripts, results, from, to, read = "sql", "expected", ".sql", ".out", readIvory
	case "orafce":
		scripts, results, from, to, read = "sql", "expected", ".sql", ".out", readOrafce
	case "mariadb":
		scripts, results, from, to, read = "t", "r", ".test", ".result", readMariaDB
	default:
		return nil, fmt.Errorf("no witness is called %q: say ivorysql, orafce or mariadb", kind)
	}
	names, err := filepath.Glob(filepath.Join(dir, scripts, "*"+from))
	if err != nil {
		return nil, err
	}
	var files []*File
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), from)
		script, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		result, err := os.ReadFile(filepath.Join(dir, results, base+to))
		if err != nil {
			continue
		}
		files = append(files, &File{Name: base, Statements: read(string(script), string(result))})
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s has no %s/*%s with results in %s", dir, scripts, from, results)
	}
	return files, nil
}
