package files

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// IncludeState says what became of the search for an included file.
type IncludeState uint8

// Outcomes of Include.
const (
	IncludeFound IncludeState = iota
	IncludeMissing
	IncludeUnknown // the name holds a variable, so only the run tells
	IncludeRemote  // an address on another machine
)

// Include looks for the file that an @, @@ or START command of the script f names: beside the script, in the
// further folders, below the path argument that led to it, and in the current folder, where SQL*Plus looks for @.
func Include(f File, name string, further ...string) (found string, state IncludeState) {
	switch {
	case strings.ContainsAny(name, "&$%?*") || strings.HasPrefix(name, "~"):
		return "", IncludeUnknown
	case strings.Contains(name, "://"):
		return "", IncludeRemote
	}
	target := filepath.FromSlash(IncludePath(name))
	if filepath.IsAbs(target) {
		if isFile(target) {
			return target, IncludeFound
		}
		return "", IncludeMissing
	}
	root := f.Root
	if root == f.Path {
		root = filepath.Dir(root)
	}
	for _, dir := range append(append([]string{filepath.Dir(f.Path)}, further...), root, ".") {
		if p := filepath.Join(dir, target); isFile(p) {
			return p, IncludeFound
		}
	}
	return "", IncludeMissing
}

// IncludePath is an included file's name with slashes and with SQL*Plus's default ending where it has none.
func IncludePath(name string) string {
	name = strings.ReplaceAll(name, "\\", "/")
	if path.Ext(name) == "" {
		name += ".sql"
	}
	return name
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}
