package main

import (
	"os"
	"path/filepath"
	"strings"

	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// exportTypes are the object types that ora2pg converts one at a time, in the order in which their output loads.
var exportTypes = []string{"TYPE", "TABLE", "SEQUENCE", "SYNONYM", "VIEW", "MVIEW", "FUNCTION", "PROCEDURE", "PACKAGE", "TRIGGER", "QUERY"}

// exportType says in which file a statement goes, "" for none.
func exportType(u *scripts.Unit) string {
	switch s := u.Stmt.(type) {
	case *ast.CreateTable, *ast.CreateIndex, *ast.Comment:
		return "TABLE"
	case *ast.Alter:
		if s.Kind == token.TABLE {
			return "TABLE"
		}
	case *ast.CreateType, *ast.CreateTypeBody:
		return "TYPE"
	case *ast.CreatePackage, *ast.CreatePackageBody:
		return "PACKAGE"
	case *ast.CreateRoutine:
		if s.Routine.Kind == token.FUNCTION {
			return "FUNCTION"
		}
		return "PROCEDURE"
	case *ast.CreateTrigger:
		return "TRIGGER"
	case *ast.CreateView:
		return "VIEW"
	case *ast.CreateMView:
		return "MVIEW"
	case *ast.CreateSequence:
		return "SEQUENCE"
	case *ast.CreateSynonym:
		return "SYNONYM"
	case *ast.Insert:
		if s.Query != nil {
			return "QUERY"
		}
	case *ast.SelectStmt, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		return "QUERY"
	}
	return ""
}

// splitByType writes DIR/TYPE.sql for each type that occurs and gives the number of bytes in each.
func splitByType(in *Input, dir string) (map[string]int, error) {
	texts := map[string]*strings.Builder{}
	for _, u := range in.Units {
		t := exportType(u)
		if t == "" {
			continue
		}
		w := texts[t]
		if w == nil {
			w = &strings.Builder{}
			texts[t] = w
		}
		text := strings.TrimRight(strings.ReplaceAll(u.Text(), "\r", ""), "/ \n\t")
		switch t {
		case "PACKAGE", "TYPE", "FUNCTION", "PROCEDURE", "TRIGGER":
			if !strings.HasSuffix(text, ";") {
				text += ";"
			}
			text += "\n/\n"
		default:
			text = strings.TrimSuffix(text, ";") + ";\n"
		}
		w.WriteString(text + "\n")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	sizes := map[string]int{}
	for _, t := range exportTypes {
		name := filepath.Join(dir, t+".sql")
		if texts[t] == nil {
			if err := os.RemoveAll(name); err != nil {
				return nil, err
			}
			continue
		}
		sizes[t] = texts[t].Len()
		if err := os.WriteFile(name, []byte(texts[t].String()), 0o644); err != nil {
			return nil, err
		}
	}
	return sizes, nil
}
