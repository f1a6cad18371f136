package collect

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Files is the source of a folder of scripts. It knows what definitions say, and nothing of a running database.
type Files struct {
	estate  *scripts.Estate
	name    string
	newest  time.Time
	schemas map[string]bool
	tables  map[string]*bundle.Table
}

// NewFiles makes a source of an estate. Name is that of the folder; newest is the time of its newest file, zero to name
// none. Schemas restricts it; with none everything goes in.
func NewFiles(estate *scripts.Estate, name string, newest time.Time, schemas []string) *Files {
	f := &Files{estate: estate, name: name, newest: newest, tables: map[string]*bundle.Table{}, schemas: map[string]bool{}}
	for _, s := range schemas {
		f.schemas[s] = true
	}
	for _, e := range fileExtracts {
		f.tables[e] = bundle.NewTable(e)
	}
	for _, o := range estate.Catalog.Objects {
		if f.wanted(o.Schema) && !o.Implied {
			f.object(o)
		}
	}
	f.grants()
	f.units()
	f.scripts()
	return f
}

// fileExtracts are the extracts that scripts can tell.
var fileExtracts = []string{
	"objects", "tables", "object_tables", "columns", "column_defaults", "identity_columns", "encrypted_columns", "table_comments", "column_comments", "constraints", "check_conditions", "constraint_columns",
	"indexes", "index_columns", "index_expressions", "partitioned_tables", "partitioned_indexes", "partition_keys", "subpartition_keys", "views", "mviews", "sequences", "synonyms", "types",
	"source", "ddl", "scripts", "script_problems", "triggers", "procedures", "jobs", "scheduler_jobs", "db_links", "policies", "users", "roles",
	"system_privileges", "role_privileges", "table_privileges", "directories", "contexts", "libraries", "log_groups",
}

// Manifest names the folder; scripts tell neither database nor version. A schema that was asked for and has not one object
// is refused: most likely it is misspelt.
func (f *Files) Manifest(context.Context) (bundle.Manifest, error) {
	seen := map[string]bool{}
	for _, o := range f.estate.Catalog.Objects {
		if !o.Implied && o.Schema != "" {
			seen[o.Schema] = true
		}
	}
	for _, s := range sortedKeys(f.schemas) {
		if !seen[s] {
			return bundle.Manifest{}, &model.Error{
				Code: bundle.CodeUnknownName, Op: "collect", Err: fmt.Errorf("schema %s has no object here", s), Hint: "schemas with objects: " + strings.Join(sortedKeys(seen), ", "),
			}
		}
	}
	m := bundle.Manifest{Origin: bundle.FromFiles, Database: bundle.Database{Name: filepath.Base(f.name)}}
	if !f.newest.IsZero() {
		m.CollectedAt = f.newest.UTC().Format("2006-01-02T15:04:05")
	}
	return m, nil
}

// Rows gives what the catalog says.
func (f *Files) Rows(_ context.Context, e *bundle.Extract) (Rows, error) {
	t := f.tables[e.Name]
	if t == nil {
		return Rows{}, &Absent{Reason: bundle.ReasonOrigin, Detail: "scripts do not tell it"}
	}
	if e.Name == "scripts" && len(f.schemas) > 0 {
		return Rows{}, &Absent{Reason: bundle.ReasonSkipped, Detail: "only some schemas were asked for, and a script may hold several"}
	}
	return Rows{Rows: t.Rows}, nil
}

func (f *Files) wanted(schema string) bool { return len(f.schemas) == 0 || f.schemas[schema] }

func (f *Files) add(extract string, pairs ...string) { f.tables[extract].Add(pairs...) }

// scripts takes the texts as they are, and what could not be read of them.
func (f *Files) scripts() {
	if len(f.schemas) > 0 {
		return
	}
	for _, s := range f.estate.Files {
		if s.Parsed == nil {
			continue
		}
		f.add("scripts", "name", s.Name, "charset", s.Charset, "bytes", strconv.FormatInt(s.Bytes, 10), "sha256", s.SHA256, "text", string(s.Parsed.Src))
	}
	for _, p := range f.estate.Problems {
		if p.Kind != scripts.ProblemFile && p.Kind != scripts.ProblemCharset { // the others are found again when the bundle is read
			continue
		}
		f.add("script_problems", "name", p.Pos.File, "kind", string(p.Kind), "line", strconv.Itoa(p.Pos.Line), "position", strconv.Itoa(p.Pos.Col),
			"offset", strconv.Itoa(p.Pos.Offset), "note", yesNo(p.Note), "message", p.Msg, "hint", p.Hint)
	}
}

// units takes the statements that make objects: code as DBA_SOURCE holds it, the rest as definitions, in the order of the scripts.
func (f *Files) units() {
	units := slices.Clone(f.estate.Units)
	slices.SortStableFunc(units, scripts.InRunOrder)
	objects := make(map[model.ObjectID]*model.Object, len(f.estate.Catalog.Objects))
	for _, o := range f.estate.Catalog.Objects {
		objects[o.ID()] = o
	}
	part, code := map[model.ObjectID]int{}, map[model.ObjectID]string{}
	for _, u := range units {
		o := objects[u.Object]
		if o == nil || o.Implied || !f.wanted(o.Schema) || u.Class != scripts.ClassDDL && u.Class != scripts.ClassPLSQL {
			continue
		}
		if text, ok := sourceText(u); ok {
			code[u.Object] = text // CREATE OR REPLACE: the last one counts
			continue
		}
		part[u.Object]++
		f.add("ddl", "owner", o.Schema, "object_type", string(o.Kind), "object_name", o.Name, "part", pad(part[u.Object]), "text", u.Text())
	}
	for id, text := range code {
		o := objects[id]
		f.add("source", "owner", o.Schema, "type", string(o.Kind), "name", o.Name, "text", text)
	}
}

// sourceText is a unit of code as DBA_SOURCE holds it, without CREATE OR REPLACE; false for other statements.
func sourceText(u *scripts.Unit) (string, bool) {
	switch u.Stmt.(type) {
	case *ast.CreateRoutine, *ast.CreatePackage, *ast.CreatePackageBody, *ast.CreateTrigger, *ast.CreateType, *ast.CreateTypeBody, *ast.WrappedUnit:
	default:
		return "", false
	}
	p, span := u.Source.Parsed, u.Stmt.Range()
	for i := span.Lo; i < span.Hi; i++ {
		switch p.Tokens[i].Kw {
		case token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TRIGGER, token.TYPE:
			end := p.Tokens[span.Hi-1].End()
			if int(span.Hi) < len(p.Tokens) && p.Tokens[span.Hi].Kind == token.Semi { // it belongs to the code, not to the script
				end = p.Tokens[span.Hi].End()
			}
			return string(p.Src[p.Tokens[i].Off:end]), true
		}
	}
	return "", false
}

func pad(n int) string { s := strconv.Itoa(n); return strings.Repeat("0", max(0, 6-len(s))) + s }

func yesNo(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}
