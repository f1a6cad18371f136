package cli

import (
	"os"
	"path/filepath"
	"strings"

	"landfall/internal/oracle/files"
	"landfall/internal/oracle/syntax/ast"
)

// checkInclude looks for the file that an @, @@ or START command names: beside the script, below the path
// argument that led to it, and in the current folder, where SQL*Plus looks for @. It fails when the file is in
// none of them and notes when the name cannot be known from the script alone.
func checkInclude(f files.File, tree *ast.File, cmd *ast.PlusCommand) (*parseFailure, string) {
	name, _, ok := tree.Include(cmd)
	pos := tree.Pos(cmd)
	switch {
	case !ok:
		return nil, ""
	case strings.ContainsAny(name, "&$%?*") || strings.HasPrefix(name, "~"):
		return nil, pos.String() + ": the file of @" + name + " is not known before the script runs, so nothing was looked for"
	case strings.Contains(name, "://"):
		return nil, pos.String() + ": " + name + " lies on another machine, nothing was looked for"
	}
	target := filepath.FromSlash(includePath(name))
	if filepath.IsAbs(target) {
		if exists(target) {
			return nil, ""
		}
	} else {
		root := f.Root
		if root == f.Path {
			root = filepath.Dir(root)
		}
		for _, dir := range []string{filepath.Dir(f.Path), root, "."} {
			if exists(filepath.Join(dir, target)) {
				return nil, ""
			}
		}
	}
	hint := "add the file, or give the folder it lies in as a PATH"
	return &parseFailure{
		File: pos.File, Line: pos.Line, Col: pos.Col,
		Message: withHint("included file not found: "+includePath(name), hint), hint: hint, excerpt: lineAt(tree, pos.Offset),
	}, ""
}

func exists(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}
