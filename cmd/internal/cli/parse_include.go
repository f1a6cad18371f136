package cli

import (
	"landfall/internal/oracle/files"
	"landfall/internal/oracle/syntax/ast"
)

// checkInclude looks for the file that an @, @@ or START command names. It fails when the file is nowhere and
// notes when the name cannot be known from the script alone.
func checkInclude(f files.File, tree *ast.File, cmd *ast.PlusCommand) (*parseFailure, parseNote) {
	name, _, ok := tree.Include(cmd)
	if !ok {
		return nil, parseNote{}
	}
	pos := tree.Pos(cmd)
	switch _, state := files.Include(f, name); state {
	case files.IncludeUnknown:
		return nil, parseNote{pos.String(), "the file of @" + name + " is not known before the script runs, so nothing was looked for"}
	case files.IncludeRemote:
		return nil, parseNote{pos.String(), name + " lies on another machine, nothing was looked for"}
	case files.IncludeMissing:
		hint := "add the file, or give the folder it lies in as a PATH"
		return &parseFailure{
			File: pos.File, Line: pos.Line, Col: pos.Col,
			Message: withHint("included file not found: "+files.IncludePath(name), hint), hint: hint, excerpt: lineAt(tree, pos.Offset),
		}, parseNote{}
	}
	return nil, parseNote{}
}
