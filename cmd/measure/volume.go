package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

// left out of a big estate: rows, and what is about accounts and disks.
var notCopied = []string{"data", "grants", "jobs"}

// volume writes a big estate: the schemas of a sample once, and as many renamed variants of its packages as make
// mb megabytes in all. In variant n every package P is P_n, wherever its name stands in the packages
// of that variant; local variables have names of their own, and numbers differ. The same arguments give the same files.
func volume(sample, out string, mb int) error {
	if out == "" || mb < 1 {
		return fmt.Errorf("say -out FOLDER and -mb 1 or more")
	}
	var packages []*ast.File
	names := map[string]bool{}
	root := filepath.Join(sample, "schema")
	written, bodies := 0, 0
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains(notCopied, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasPrefix(d.Name(), "00_") {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		if ext := filepath.Ext(name); ext == ".pks" || ext == ".pkb" {
			packages = append(packages, parser.Parse(rel, src, parser.Options{}))
			names[strings.ToUpper(strings.TrimSuffix(d.Name(), ext))] = true
			if ext == ".pkb" {
				bodies += len(src)
			}
		}
		written += len(src)
		return writeFile(filepath.Join(out, rel), src)
	})
	if err != nil {
		return err
	}
	if bodies == 0 {
		return fmt.Errorf("%s has no package bodies", root)
	}
	copies := 1
	for ; written < mb*1_000_000; copies++ {
		for _, f := range packages {
			text := variant(f, names, copies)
			ext := filepath.Ext(f.Name)
			if err := writeFile(filepath.Join(out, fmt.Sprintf("%s_%04d%s", strings.TrimSuffix(f.Name, ext), copies, ext)), text); err != nil {
				return err
			}
			written += len(text)
			if ext == ".pkb" {
				bodies += len(text)
			}
		}
	}
	fmt.Printf("%d variants of %d packages, %.1f MB in all, of which %.1f are package bodies, in %s\n", copies, len(names), float64(written)/1e6, float64(bodies)/1e6, out)
	return nil
}

func writeFile(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

// variant is a file with its packages and local variables renamed and its larger numbers changed. Names in string
// literals stay: dynamic SQL goes to the first variant.
func variant(f *ast.File, packages map[string]bool, n int) []byte {
	var b []byte
	last := uint32(0)
	body := strings.HasSuffix(f.Name, ".pkb")
	for i, t := range f.Tokens {
		b = append(b, f.Src[last:t.Off]...)
		last = t.End()
		text := f.Src[t.Off:t.End()]
		b = append(b, text...)
		switch {
		case t.Kind == token.Ident && packages[f.Ident(uint32(i))]:
			b = fmt.Appendf(b, "_%04d", n)
		case t.Kind == token.Ident && len(text) > 2 && (text[0]|0x20 == 'v' || text[0]|0x20 == 'l') && text[1] == '_':
			b = fmt.Appendf(b, "%d", n%100)
		case t.Kind == token.Number && body && len(text) > 2 && len(text) < 6 && !inType(f, i):
			if v, err := strconv.Atoi(string(text)); err == nil && (v < 20000 || v > 20999) { // those are error numbers
				b = fmt.Appendf(b[:len(b)-len(text)], "%d", v+n%97)
			}
		}
	}
	return append(b, f.Src[last:]...)
}

// inType is true for the length of a type, VARCHAR2(200), and for an argument of a call by position, where a
// number may be a limit.
func inType(f *ast.File, i int) bool {
	return i > 1 && f.Tokens[i-1].Kind == token.LParen && f.Tokens[i-2].Kind == token.Ident
}
