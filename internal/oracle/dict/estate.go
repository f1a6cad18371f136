package dict

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/scripts"
)

// Estate gives the scripts that a bundle stands for. Of a bundle that was made of scripts they are those scripts. It fails
// when the bundle is damaged or ctx ends; what it has no text for is a Problem of the estate.
func Estate(ctx context.Context, b *bundle.Bundle, opt scripts.Options) (*scripts.Estate, error) {
	if b.Has("scripts") {
		return fromScripts(ctx, b, opt)
	}
	w := &writer{b: b, texts: map[fileKey]*strings.Builder{}}
	if err := w.all(); err != nil {
		return nil, err
	}
	texts := make([]scripts.Text, 0, len(w.texts))
	for k, t := range w.texts {
		text := t.String()
		texts = append(texts, scripts.Text{Name: k.name(), Src: []byte(text), Schema: k.owner})
		if p, ok := damaged(k.name(), text); ok {
			w.problems = append(w.problems, p)
		}
	}
	slices.SortFunc(texts, func(a, b scripts.Text) int { return cmp.Compare(a.Name, b.Name) })
	return scripts.FromTexts(ctx, texts, w.problems, opt)
}

// damaged tells of characters that were lost on the way into the bundle: code and comments would have another one in their place.
func damaged(name, text string) (p scripts.Problem, ok bool) {
	at := strings.IndexRune(text, utf8.RuneError)
	if at < 0 {
		return p, false
	}
	front := text[:at]
	return scripts.Problem{
		Kind: scripts.ProblemCharset,
		Pos:  model.Pos{File: name, Line: strings.Count(front, "\n") + 1, Col: utf8.RuneCountInString(front[strings.LastIndexByte(front, '\n')+1:]) + 1, Offset: at},
		Msg:  fmt.Sprintf("a character that could not be read when it was collected, the first of %d, is U+FFFD here", strings.Count(text, string(utf8.RuneError))),
		Hint: "a database in US7ASCII or WE8ISO8859P1 with text in another set is read with landfall collect --source-charset",
	}, true
}

// fromScripts reads the scripts as they were.
func fromScripts(ctx context.Context, b *bundle.Bundle, opt scripts.Options) (*scripts.Estate, error) {
	var (
		texts    []scripts.Text
		problems []scripts.Problem
	)
	err := b.Each("scripts", func(r bundle.Row) error {
		bytes, _ := strconv.ParseInt(r.Get("bytes"), 10, 64) // NULL is 0
		texts = append(texts, scripts.Text{Name: r.Get("name"), Charset: r.Get("charset"), SHA256: r.Get("sha256"), Bytes: bytes, Src: []byte(r.Get("text"))})
		return nil
	})
	if err == nil && b.Has("script_problems") {
		err = b.Each("script_problems", func(br bundle.Row) error {
			r := row{br}
			problems = append(problems, scripts.Problem{
				Kind: scripts.ProblemKind(r.Get("kind")), Msg: r.Get("message"), Hint: r.Get("hint"), Note: r.yes("note"),
				Pos: model.Pos{File: r.Get("name"), Line: r.int("line"), Col: r.int("position"), Offset: r.int("offset")},
			})
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	return scripts.FromTexts(ctx, texts, problems, opt)
}

// fileKey names the file of one object.
type fileKey struct{ owner, kind, object string }

// name is OWNER/KIND/NAME.sql; what would mislead in a path is replaced.
func (k fileKey) name() string {
	owner := k.owner
	if owner == "" {
		owner = "-"
	}
	clean := strings.NewReplacer("/", "_", "\\", "_", "\x00", "_")
	return clean.Replace(owner) + "/" + strings.ReplaceAll(clean.Replace(k.kind), " ", "_") + "/" + clean.Replace(k.object) + ".sql"
}

// writer writes the text of every object from what the extracts hold of it.
type writer struct {
	b        *bundle.Bundle
	texts    map[fileKey]*strings.Builder
	problems []scripts.Problem
	made     *made
}

func (w *writer) problem(k fileKey, msg, hint string) {
	w.problems = append(w.problems, scripts.Problem{Kind: scripts.ProblemFile, Pos: model.Pos{File: k.name(), Line: 1, Col: 1}, Msg: msg, Hint: hint})
}

func (w *writer) has(owner, kind, name string) bool {
	return w.texts[fileKey{owner, kind, name}] != nil
}

// put appends a statement to the file of an object.
func (w *writer) put(owner, kind, name, text string) {
	k := fileKey{owner, kind, name}
	t := w.texts[k]
	if t == nil {
		t = &strings.Builder{}
		w.texts[k] = t
	}
	t.WriteString(text)
}

func (w *writer) putf(owner, kind, name, format string, args ...any) {
	w.put(owner, kind, name, fmt.Sprintf(format, args...))
}

// each goes over an extract where it was collected.
func (w *writer) each(extract string, f func(row)) error {
	if !w.b.Has(extract) {
		return nil
	}
	return w.b.Each(extract, func(r bundle.Row) error {
		f(row{r})
		return nil
	})
}

func (w *writer) all() error {
	for _, step := range []func() error{w.ddl, w.source, w.synthesize, w.outside, w.comments, w.grants, w.missing} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// ddl takes the definitions. DBMS_METADATA ends them itself, with ; or a slash; what scripts held is ended here.
func (w *writer) ddl() error {
	return w.each("ddl", func(r row) {
		text := strings.TrimSpace(r.Get("text"))
		if text == "" {
			return
		}
		w.put(r.Get("owner"), r.Get("object_type"), r.Get("object_name"), ended(text)+"\n\n")
	})
}

func ended(text string) string {
	switch {
	case strings.HasSuffix(text, ";"), strings.HasSuffix(text, "\n/"):
		return text
	}
	return text + ";"
}

// source takes the code. DBA_SOURCE holds it from the kind on.
func (w *writer) source() error {
	err := w.each("source", func(r row) {
		owner, kind, name := r.Get("owner"), r.Get("type"), r.Get("name")
		head := "CREATE OR REPLACE "
		if kind == "JAVA SOURCE" {
			head = "CREATE OR REPLACE AND COMPILE JAVA SOURCE NAMED " + quoted(name) + " AS\n"
		}
		text := strings.TrimRight(r.Get("text"), " \t\r\n\x00")
		w.put(owner, kind, name, head+text+"\n/\n")
	})
	if err != nil {
		return err
	}
	return w.each("triggers", func(r row) {
		owner, name := r.Get("owner"), r.Get("trigger_name")
		text := w.texts[fileKey{owner, "TRIGGER", name}]
		switch status := r.Get("status"); {
		case text == nil:
		case status == "DISABLED":
			w.putf(owner, "TRIGGER", name, "\nALTER TRIGGER %s.%s DISABLE;\n", quoted(owner), quoted(name))
		case status == "ENABLED" && strings.Contains(strings.ToUpper(text.String()), "DISABLE"): // it may have been made disabled, and enabled since
			w.putf(owner, "TRIGGER", name, "\nALTER TRIGGER %s.%s ENABLE;\n", quoted(owner), quoted(name))
		}
	})
}

// quoted is a name as Oracle must read it to find it again.
func quoted(name string) string { return `"` + name + `"` }

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// comments belong to the file of the table or view they are on.
func (w *writer) comments() error {
	err := w.each("table_comments", func(r row) {
		owner, name := r.Get("owner"), r.Get("table_name")
		if kind := w.relation(owner, name); kind != "" {
			what := "TABLE"
			if kind == "MATERIALIZED VIEW" {
				what = kind
			}
			w.putf(owner, kind, name, "\nCOMMENT ON %s %s.%s IS %s;\n", what, quoted(owner), quoted(name), literal(r.Get("comments")))
		}
	})
	if err != nil {
		return err
	}
	return w.each("column_comments", func(r row) {
		owner, name := r.Get("owner"), r.Get("table_name")
		if kind := w.relation(owner, name); kind != "" {
			w.putf(owner, kind, name, "\nCOMMENT ON COLUMN %s.%s.%s IS %s;\n", quoted(owner), quoted(name), quoted(r.Get("column_name")), literal(r.Get("comments")))
		}
	})
}

// relation is the kind of the table or view of a name that there is a text of.
func (w *writer) relation(owner, name string) string {
	for _, kind := range []string{"TABLE", "VIEW", "MATERIALIZED VIEW"} {
		if w.has(owner, kind, name) {
			return kind
		}
	}
	return ""
}

// grants lie in one file an owner, behind all objects. What other users hold on objects that were not collected is left out.
func (w *writer) grants() error {
	if err := w.each("column_privileges", func(r row) {
		owner, name := r.Get("owner"), r.Get("table_name")
		if w.any(owner, name) {
			w.putf(owner, "GRANT", "grants", "GRANT %s (%s) ON %s.%s TO %s%s;\n", r.Get("privilege"), quoted(r.Get("column_name")), quoted(owner), quoted(name), grantee(r), word(r.yes("grantable"), " WITH GRANT OPTION", ""))
		}
	}); err != nil {
		return err
	}
	return w.each("table_privileges", func(r row) {
		owner, name := r.Get("owner"), r.Get("table_name")
		if !w.any(owner, name) || strings.HasPrefix(name, "BIN$") {
			return
		}
		tail := ""
		if r.yes("grantable") {
			tail = " WITH GRANT OPTION"
		}
		on := quoted(owner) + "." + quoted(name)
		if r.Get("type") == "DIRECTORY" {
			on = "DIRECTORY " + quoted(name)
		}
		w.putf(owner, "GRANT", "grants", "GRANT %s ON %s TO %s%s;\n", r.Get("privilege"), on, grantee(r), tail)
	})
}

func grantee(r row) string {
	if r.Get("grantee") == "PUBLIC" {
		return "PUBLIC"
	}
	return quoted(r.Get("grantee"))
}

// any reports whether there is a text of an object of that name, whatever its kind.
func (w *writer) any(owner, name string) bool {
	for _, kind := range []string{"TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "PACKAGE", "PROCEDURE", "FUNCTION", "TYPE", "SYNONYM", "DIRECTORY", "LIBRARY", "OPERATOR", "INDEXTYPE", "JAVA SOURCE"} {
		if w.has(owner, kind, name) {
			return true
		}
	}
	return false
}

// withoutText are kinds of objects that no text is expected for: parts of others, and what Oracle makes by itself.
var withoutText = map[string]bool{
	"TABLE PARTITION": true, "TABLE SUBPARTITION": true, "INDEX PARTITION": true, "INDEX SUBPARTITION": true, "LOB": true, "LOB PARTITION": true, "LOB SUBPARTITION": true,
	"UNDEFINED": true, "JAVA DATA": true, "CREDENTIAL": true, "DESTINATION": true,
}

// missing reports the objects that the dictionary lists and of which there is no text.
func (w *writer) missing() error {
	return w.each("objects", func(r row) {
		owner, kind, name := r.Get("owner"), r.Get("object_type"), r.Get("object_name")
		switch {
		case withoutText[kind], w.has(owner, kind, name), w.isOldJob(kind, name), strings.HasPrefix(name, "BIN$"), r.Get("subobject_name") != "":
			return
		case r.yes("secondary"), r.yes("generated") && kind != "TYPE", w.implied(owner, kind, name):
			return
		}
		w.problem(fileKey{owner, kind, name}, fmt.Sprintf("the dictionary lists %s %s.%s, but its definition was not collected", strings.ToLower(kind), owner, name),
			"see what landfall bundle show says of the extracts ddl and source, and collect them again")
	})
}

// implied reports objects that are made by the definition of another: indexes of constraints, containers of materialized views,
// tables of nested tables.
func (w *writer) implied(owner, kind, name string) bool {
	k := Key{owner, name}
	switch kind {
	case "INDEX":
		return w.madeIndexes()[k]
	case "TABLE":
		return w.madeTables()[k]
	}
	return false
}
