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
		if t := exportType(u); t != "" {
			if texts[t] == nil {
				texts[t] = &strings.Builder{}
			}
			texts[t].WriteString(exportText(u, t))
		}
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

// exportText is a statement with its terminator.
func exportText(u *scripts.Unit, typ string) string {
	text := strings.TrimRight(strings.ReplaceAll(u.Text(), "\r", ""), "/ \n\t")
	switch typ {
	case "PACKAGE", "TYPE", "FUNCTION", "PROCEDURE", "TRIGGER":
		if !strings.HasSuffix(text, ";") {
			text += ";"
		}
		return text + "\n/\n\n"
	}
	return strings.TrimSuffix(text, ";") + ";\n\n"
}

// splitByObject gives the text of each object of a type: a package or type with its body, anything else by itself.
// Tables stay together with their keys, indexes and comments, queries in one file.
func splitByObject(in *Input, typ string) []string {
	var texts []string
	index := map[string]int{}
	for _, u := range in.Units {
		if exportType(u) != typ {
			continue
		}
		key := ""
		switch s := u.Stmt.(type) {
		case *ast.CreatePackage:
			key = u.Source.Parsed.Last(s.Name)
		case *ast.CreatePackageBody:
			key = u.Source.Parsed.Last(s.Name)
		case *ast.CreateType:
			key = u.Source.Parsed.Last(s.Name)
		case *ast.CreateTypeBody:
			key = u.Source.Parsed.Last(s.Name)
		}
		if typ == "TABLE" || typ == "QUERY" {
			key = typ
		}
		i, have := index[key]
		if !have || key == "" {
			i = len(texts)
			index[key] = i
			texts = append(texts, "")
		}
		texts[i] += exportText(u, typ)
	}
	return texts
}
