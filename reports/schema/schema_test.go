package schema

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
)

// roots are the folders whose types make up the result.
var roots = map[string]string{"assess": "../../assess", "checks": "../../assess/checks", "fleet": "../../assess/fleet", "model": "../../internal/model"}

// enums are the types that are written as words.
var enums = map[string][]string{
	"Severity": words(model.Info, model.Low, model.Medium, model.High, model.Blocker),
	"Effort":   words(model.Efforts()...),
	"Rung":     words(model.Rungs()...),
}

func words[T interface{ String() string }](vs ...T) (w []string) {
	for _, v := range vs {
		w = append(w, v.String())
	}
	return w
}

// TestSchemasAreFresh builds the schemas from the source of the types and compares them with the published files.
func TestSchemasAreFresh(t *testing.T) {
	for _, c := range []struct {
		file, pkg, id, title string
		published            []byte
	}{
		{"report.schema.json", "assess", "urn:landfall:report:1", "Landfall assessment report", JSONSchema},
		{"fleet.schema.json", "fleet", "urn:landfall:fleet:1", "Landfall fleet", FleetSchema},
	} {
		m := maker{specs: map[string]*ast.TypeSpec{}, docs: map[string]string{}, from: map[string]string{}, defs: map[string]any{}}
		for pkg, dir := range roots {
			files, err := filepath.Glob(filepath.Join(dir, "*.go"))
			if err != nil || len(files) == 0 {
				t.Fatalf("no source in %s: %v", dir, err)
			}
			for _, f := range files {
				if !strings.HasSuffix(f, "_test.go") {
					m.read(t, pkg, f)
				}
			}
		}
		m.use(c.pkg, "Result")
		top := map[string]any{
			"$schema": "https://json-schema.org/draft/2020-12/schema",
			"$id":     c.id,
			"title":   c.title,
			"$ref":    "#/$defs/Result",
			"$defs":   m.defs,
		}
		var got bytes.Buffer
		e := json.NewEncoder(&got)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(top); err != nil {
			t.Fatal(err)
		}
		if os.Getenv("UPDATE") == "1" {
			if err := os.WriteFile(c.file, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(string(c.published), got.String()); diff != "" {
			t.Errorf("%s is stale (UPDATE=1 refreshes it):\n%s", c.file, diff)
		}
	}
}

type maker struct {
	specs map[string]*ast.TypeSpec
	docs  map[string]string
	from  map[string]string // package of each definition
	defs  map[string]any
}

func (m *maker) read(t *testing.T, pkg, path string) {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, s := range g.Specs {
			s := s.(*ast.TypeSpec)
			m.specs[pkg+"."+s.Name.Name] = s
			m.docs[pkg+"."+s.Name.Name] = text(g.Doc)
		}
	}
}

// use makes the definition of a named type, once.
func (m *maker) use(pkg, name string) {
	key := pkg + "." + name
	if was, ok := m.from[name]; ok {
		if was != pkg {
			panic(name + " is used from two packages: rename one")
		}
		return
	}
	m.from[name] = pkg
	def := map[string]any{}
	m.defs[name] = def
	if d := m.docs[key]; d != "" {
		def["description"] = d
	}
	if e, ok := enums[name]; ok {
		def["type"], def["enum"] = "string", e
		return
	}
	st, ok := m.specs[key].Type.(*ast.StructType)
	if !ok {
		for k, v := range m.schema(pkg, m.specs[key].Type) {
			def[k] = v
		}
		return
	}
	props, required := map[string]any{}, []string{}
	for _, f := range st.Fields.List {
		raw, _ := strconv.Unquote(f.Tag.Value)
		tag, opts, _ := strings.Cut(reflect.StructTag(raw).Get("json"), ",")
		if tag == "-" {
			continue
		}
		p := m.schema(pkg, f.Type)
		if c := text(f.Comment); c != "" {
			p["description"] = c
		}
		props[tag] = p
		if !strings.Contains(opts, "omit") {
			required = append(required, tag)
		}
	}
	def["type"], def["properties"] = "object", props
	if len(required) > 0 {
		def["required"] = required
	}
}

func (m *maker) schema(pkg string, x ast.Expr) map[string]any {
	switch x := x.(type) {
	case *ast.StarExpr:
		return m.schema(pkg, x.X)
	case *ast.ArrayType:
		return map[string]any{"type": "array", "items": m.schema(pkg, x.Elt)}
	case *ast.SelectorExpr:
		return m.schema(x.X.(*ast.Ident).Name, x.Sel)
	case *ast.Ident:
		switch x.Name {
		case "string":
			return map[string]any{"type": "string"}
		case "int", "int64":
			return map[string]any{"type": "integer"}
		case "float64":
			return map[string]any{"type": "number"}
		case "bool":
			return map[string]any{"type": "boolean"}
		}
		m.use(pkg, x.Name)
		return map[string]any{"$ref": "#/$defs/" + x.Name}
	}
	panic("a type that the schema has no word for")
}

func text(g *ast.CommentGroup) string { return strings.Join(strings.Fields(g.Text()), " ") }
