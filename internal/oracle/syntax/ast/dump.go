package ast

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"landfall/internal/oracle/syntax/token"
)

// Dump writes a tree as indented text for goldens and for comparing two trees: types, fields and names,
// without positions. Space, comments and the case of names and keywords make no difference to it.
func Dump(w io.Writer, f *File, n Node) error {
	d := dumper{f: f}
	d.node("", n, 0)
	_, err := io.WriteString(w, d.b.String())
	return err
}

// DumpString is Dump into a string.
func DumpString(f *File, n Node) string {
	d := dumper{f: f}
	d.node("", n, 0)
	return d.b.String()
}

// DumpFile is the dump of all statements of a file.
func DumpFile(f *File) string {
	d := dumper{f: f}
	for _, s := range f.Stmts {
		d.node("", s, 0)
	}
	return d.b.String()
}

type dumper struct {
	f *File
	b strings.Builder
}

var nodeType = reflect.TypeFor[Node]()

func (d *dumper) node(label string, n Node, depth int) {
	v := reflect.ValueOf(n).Elem()
	t := v.Type()
	d.b.WriteString(strings.Repeat("  ", depth))
	if label != "" {
		d.b.WriteString(label + ": ")
	}
	d.b.WriteString(t.Name())
	leaf := true
	var later []func()
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Name == "Span" || field.Name == "Err" {
			continue
		}
		if kids := d.children(field.Name, v.Field(i), depth+1); kids != nil {
			leaf = false
			later = append(later, kids)
			continue
		}
		if holdsNodes(field.Type) {
			continue
		}
		d.scalar(field.Name, v.Field(i))
	}
	if c, ok := n.(*PlusCommand); ok {
		fmt.Fprintf(&d.b, " %q", d.f.CommandText(c))
	} else if leaf || keepsWords(n) {
		fmt.Fprintf(&d.b, " %q", d.words(n))
	}
	d.b.WriteByte('\n')
	for _, f := range later {
		f()
	}
}

// keepsWords reports whether a node's own tokens say more than its fields.
func keepsWords(n Node) bool {
	switch n.(type) {
	case *Clause, *AdminStmt:
		return true
	}
	return false
}

// holdsNodes reports whether a field's type can hold children.
func holdsNodes(t reflect.Type) bool {
	for t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t.Implements(nodeType)
}

// children gives a function that dumps what a field holds, nil when it holds no node.
func (d *dumper) children(label string, v reflect.Value, depth int) func() {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() || !v.Type().Implements(nodeType) {
			return nil
		}
		n := v.Interface().(Node)
		return func() { d.node(label, n, depth) }
	case reflect.Slice:
		if v.Len() == 0 || !holdsNodes(v.Type()) {
			return nil
		}
		return func() {
			for i := range v.Len() {
				if f := d.children(fmt.Sprintf("%s[%d]", label, i), v.Index(i), depth); f != nil {
					f()
				}
			}
		}
	}
	return nil
}

func (d *dumper) scalar(name string, v reflect.Value) {
	if v.IsZero() {
		return
	}
	switch x := v.Interface().(type) {
	case token.Keyword:
		fmt.Fprintf(&d.b, " %s=%s", name, x)
	case token.Token:
		fmt.Fprintf(&d.b, " %s=%q", name, d.f.canonical(x))
	case bool:
		d.b.WriteString(" " + name)
	case uint32: // index of a token
		if int(x) < len(d.f.Tokens) {
			fmt.Fprintf(&d.b, " %s=%q", name, d.f.TokenText(x))
		}
	case []token.Keyword:
		fmt.Fprintf(&d.b, " %s=", name)
		for i, k := range x {
			if i > 0 {
				d.b.WriteByte(',')
			}
			d.b.WriteString(k.String())
		}
	case []uint32:
		fmt.Fprintf(&d.b, " %s=", name)
		for i, k := range x {
			if i > 0 {
				d.b.WriteByte(',')
			}
			d.b.WriteString(d.f.TokenText(k))
		}
	default:
		fmt.Fprintf(&d.b, " %s=%v", name, x)
	}
}

// words are a node's active tokens in canonical form, a child each as an underscore.
func (d *dumper) words(n Node) string {
	var parts []string
	kids := InOrder(n)
	s := n.Range()
	for i := s.Lo; i < s.Hi; i++ {
		for len(kids) > 0 && (kids[0].Range().Hi <= i || kids[0].Range().Empty()) {
			kids = kids[1:]
		}
		if len(kids) > 0 && kids[0].Range().Lo <= i {
			parts = append(parts, "_")
			i = kids[0].Range().Hi - 1
			continue
		}
		if d.f.Tokens[i].Flags&token.FlagInactive == 0 {
			parts = append(parts, d.f.TokenText(i))
		}
	}
	return strings.Join(parts, " ")
}

// TokenText is a token in canonical form: names and keywords folded (a quoted name keeps its quotes only
// where it needs them), literals as written, the four spellings of not-equal as one.
func (f *File) TokenText(i uint32) string {
	if f.Tokens[i].Kind == token.QuotedIdent {
		if name := f.Ident(i); plainName(name) {
			return name
		}
	}
	return f.canonical(f.Tokens[i])
}

// AppendTokenText appends TokenText to b.
func (f *File) AppendTokenText(b []byte, i uint32) []byte {
	if t := f.Tokens[i]; t.Kind == token.String {
		return append(b, f.Src[t.Off:t.End()]...)
	}
	return append(b, f.TokenText(i)...)
}

func (f *File) canonical(t token.Token) string {
	switch {
	case t.Kind == token.Ident && t.Flags&token.FlagSubst == 0, t.Kind == token.Number:
		return f.upper(t.Off, t.End())
	}
	text := string(f.Src[t.Off:t.End()])
	switch t.Kind {
	case token.Ident, token.Bind, token.Inquiry, token.Directive:
		if t.Kind == token.Bind && len(text) > 1 && text[1] == '"' {
			return text
		}
		if t.Kind == token.Bind {
			text = ":" + strings.TrimSpace(text[1:])
		}
		if t.Flags&token.FlagSubst != 0 {
			return text
		}
		return strings.ToUpper(text)
	case token.NE:
		return "<>"
	case token.NString, token.UString, token.QString:
		if j := strings.IndexByte(text, '\''); j > 0 {
			return strings.ToUpper(text[:j]) + text[j:]
		}
	case token.LE:
		return "<="
	case token.GE:
		return ">="
	}
	return text
}

// plainName reports whether a quoted name means the same without its quotes.
func plainName(s string) bool {
	if s == "" || s[0] < 'A' || s[0] > 'Z' || token.Lookup([]byte(s)) != 0 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '$' && c != '#' {
			return false
		}
	}
	return true
}
