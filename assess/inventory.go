package assess

import (
	"cmp"
	"path/filepath"
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

// scriptID is the object that statements belong to which create or change no object: queries, DML, blocks.
func scriptID(file string) model.ObjectID {
	return model.NewObjectID(model.KindScript, model.QName{Name: model.CatalogIdent(file)})
}

func sourceOf(estate *scripts.Estate, opt Options) Source {
	s := Source{Kind: "files", Name: opt.Name}
	if s.Name == "" {
		s.Name = filepath.Base(filepath.Clean(opt.Dir))
	}
	seen := map[string]bool{}
	for _, o := range estate.Catalog.Objects {
		if o.Schema != "" && !o.Implied && !seen[o.Schema] {
			seen[o.Schema] = true
			s.Schemas = append(s.Schemas, o.Schema)
		}
	}
	slices.Sort(s.Schemas)
	if f := opt.Facts; f != nil {
		s.Kind, s.Version, s.Charset = "bundle", cmp.Or(f.Instance.Version, f.Database.Version), cmp.Or(f.NLS["NLS_CHARACTERSET"], f.Database.Charset)
		s.Bytes = f.TotalBytes().Int()
		if opt.Name == "" && f.Database.Name != "" {
			s.Name = f.Database.Name
		}
	}
	return s
}

// inputs lists every file with how much of it was understood.
func inputs(estate *scripts.Estate, looked []look) []Input {
	at := make(map[*scripts.Source]int, len(estate.Files))
	list := make([]Input, 0, len(estate.Files))
	for _, s := range estate.Files {
		at[s] = len(list)
		list = append(list, Input{Name: s.Name, Bytes: s.Bytes, SHA256: s.SHA256, Charset: s.Charset, Lines: s.Lines})
	}
	for i, u := range estate.Units {
		if _, empty := u.Stmt.(*ast.EmptyStmt); empty {
			continue
		}
		in := &list[at[u.Source]]
		in.Statements++
		if looked[i].whole && looked[i].misprint == nil {
			in.Parsed++
		}
	}
	return list
}

// inventory lists the catalog's objects and, for the statements that belong to none, their scripts. An object is
// read when every statement that makes or changes it was read whole and prints back; an object that the source
// only mentions (altered, commented, granted, never created) is not in it: dependencies name it as external.
func inventory(estate *scripts.Estate, looked []look) []Object {
	var list []Object
	at := map[model.ObjectID]int{}
	for _, o := range estate.Catalog.Objects {
		if o.Implied {
			continue
		}
		at[o.ID()] = len(list)
		list = append(list, Object{
			ID: o.ID(), Kind: o.Kind, Schema: o.Schema, Name: o.Name, Comment: o.Comment,
			File: o.Pos.File, Line: o.Pos.Line, Lines: o.Lines, Rung: model.RungRead,
		})
	}
	for i, u := range estate.Units {
		if _, empty := u.Stmt.(*ast.EmptyStmt); empty {
			continue
		}
		id := looked[i].object
		n, ok := at[id]
		if !ok {
			if u.Object != "" { // a change of an object that is not made here belongs to the script
				id = scriptID(u.Source.Name)
				looked[i].object = id
				for k := range looked[i].findings {
					looked[i].findings[k].Object = id
				}
				n, ok = at[id]
			}
			if !ok {
				n = len(list)
				at[id] = n
				list = append(list, Object{ID: id, Kind: model.KindScript, Name: u.Source.Name, File: u.Source.Name, Line: u.Pos.Line, Rung: model.RungRead})
			}
		}
		o := &list[n]
		o.Statements++
		if o.Kind == model.KindScript {
			o.Lines += u.Lines
		}
		if !looked[i].whole || looked[i].misprint != nil {
			o.Rung = model.RungUnread
		}
		if _, wrapped := u.Stmt.(*ast.WrappedUnit); wrapped {
			o.Wrapped = true
		}
	}
	return list
}
