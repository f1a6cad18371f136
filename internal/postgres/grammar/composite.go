package grammar

import (
	"regexp"
	"slices"
	"strings"

	"landfall/internal/postgres/lex"
)

// The PL/pgSQL parser of libpg_query knows no types, so a variable of a row type or composite type is a scalar to
// it and r.a := 1 fails with "r.a" is not a known variable. A server knows better. So the declaration of r is
// changed to RECORD, which has fields of any name, and the routine is tried again. What was declared with a
// built-in scalar type is left alone: its fields are an error.

var unknownVariable = regexp.MustCompile(`^"([^"]+)" is not a known variable$`)

// maxRetries bounds the variables of one routine that are changed.
const maxRetries = 500

func (c checker) asComposite(text string, r routine, f *fault) *fault {
	changed := map[string]bool{}
	for range maxRetries {
		if r.body == "" {
			return f
		}
		again := ""
		if m := noCursor.FindStringSubmatch(f.message); m != nil && !changed[m[1]] {
			if t, ok := asCursor(text, r, m[1]); ok {
				changed[m[1]], again = true, t
			}
		}
		var parts []string
		if m := unknownVariable.FindStringSubmatch(f.message); m != nil {
			parts = strings.Split(m[1], ".")
		} else {
			parts = []string{""}
		}
		for _, name := range parts[:len(parts)-1] { // the first may be a label or the routine's name
			if changed[name] {
				continue
			}
			if t, ok := asRecord(text, r, name); ok {
				changed[name], again = true, t
				break
			}
		}
		if again == "" {
			return f
		}
		text = again
		r, _ = routineOf(text)
		if f = c.engine.plpgsql(text); f == nil {
			return nil
		}
	}
	return f
}

// noCursor is said of parameters: their types are not looked at, not even refcursor.
var noCursor = regexp.MustCompile(`^variable "([^"]+)" must be of type cursor or refcursor$`)

// asCursor shadows a parameter of type refcursor by a variable of that type.
func asCursor(text string, r routine, name string) (string, bool) {
	if typ := parameterType(text[:r.at], name); typ != "refcursor" {
		return text, false
	}
	body, ok := shadowed(unqualified(r.body, name), name, "refcursor")
	return text[:r.at] + body + text[r.at+len(r.body):], ok
}

// shadowed declares a variable in a body's outermost block.
func shadowed(body, name, typ string) (string, bool) {
	at := firstBlock(body)
	if at < 0 {
		return body, false
	}
	if strings.EqualFold(body[at:at+1], "d") {
		at += len("declare")
		return body[:at] + " " + quote(name) + " " + typ + ";" + body[at:], true
	}
	return body[:at] + "DECLARE " + quote(name) + " " + typ + "; " + body[at:], true
}

// asRecord changes every declaration of a name in a routine to RECORD. A parameter is shadowed by such a variable,
// because the parser keeps parameters scalars whatever their type; the routine's name before it is taken away,
// since it would lead to the parameter again. Lines stay where they are.
func asRecord(text string, r routine, name string) (string, bool) {
	var b strings.Builder
	at := 0
	spans := declarations(r.body, name)
	for _, s := range spans {
		b.WriteString(r.body[at:s.lo] + " RECORD" + strings.Repeat("\n", strings.Count(r.body[s.lo:s.hi], "\n")))
		at = s.hi
	}
	b.WriteString(r.body[at:])
	body := b.String()
	if parameter(text[:r.at], name) {
		var ok bool
		if body, ok = shadowed(unqualified(body, name), name, "RECORD"); !ok {
			return text, false
		}
	} else if len(spans) == 0 {
		return text, false
	}
	return text[:r.at] + body + text[r.at+len(r.body):], true
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// firstBlock is where a body's outermost DECLARE or BEGIN stands, behind its label; -1 when there is none.
func firstBlock(body string) int {
	for _, t := range code(body) {
		if t.Is(body, "declare") || t.Is(body, "begin") {
			return t.Lo
		}
	}
	return -1
}

// unqualified blanks the qualifier of name.field out: x.name.field.
func unqualified(body, name string) string {
	tokens := code(body)
	out := []byte(body)
	for i := 2; i+2 < len(tokens); i++ {
		if tokens[i].Name(body) == name && tokens[i-1].Is(body, ".") && tokens[i+1].Is(body, ".") && (i < 3 || !tokens[i-3].Is(body, ".")) {
			for k := tokens[i-2].Lo; k < tokens[i].Lo; k++ {
				out[k] = ' '
			}
		}
	}
	return string(out)
}

// span is a piece of text, in bytes.
type span struct{ lo, hi int }

// declarations finds what stands between a declared name and the end of its declaration, in every DECLARE section
// of a body.
func declarations(body, name string) []span {
	var (
		found   []span
		tokens  = code(body)
		section bool // inside DECLARE
		start   bool // at the start of a declaration
	)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		switch {
		case t.Is(body, "declare") && startsStatement(body, tokens, i):
			section, start = true, true
			continue
		case section && start && t.Is(body, "begin"):
			section = false
		case section && start && t.Name(body) == name && i+1 < len(tokens) && !scalarTypes[tokens[i+1].Name(body)]:
			end := i + 1
			for end < len(tokens) && !tokens[end].Is(body, ";") {
				end++
			}
			if end == len(tokens) {
				return found
			}
			found = append(found, span{t.Hi, tokens[end].Lo})
			i = end
			continue // start holds: the next declaration follows
		}
		start = section && t.Is(body, ";")
	}
	return found
}

// parameter reports whether the head of CREATE FUNCTION or PROCEDURE has a parameter of that name with a type that
// may have fields.
func parameter(head, name string) bool {
	typ := parameterType(head, name)
	return typ != "" && !scalarTypes[typ]
}

// parameterType is the first word of the type of a parameter; "" when there is none of that name.
func parameterType(head, name string) string {
	tokens := code(head)
	depth, start := 0, false
	for i, t := range tokens {
		switch {
		case t.Is(head, "("):
			depth++
			start = depth == 1
			continue
		case t.Is(head, ")"):
			depth--
		case depth == 1 && t.Is(head, ","):
			start = true
			continue
		case start && (t.Is(head, "in") || t.Is(head, "out") || t.Is(head, "inout") || t.Is(head, "variadic")):
			continue
		case start && depth == 1 && t.Name(head) == name && i+1 < len(tokens):
			return tokens[i+1].Name(head)
		}
		start = false
	}
	return ""
}

// code is the tokens without comments.
func code(src string) []lex.Token {
	all := lex.Scan(src)
	return slices.DeleteFunc(all, func(t lex.Token) bool { return t.Kind == lex.Comment })
}

// startsStatement tells DECLARE that opens a section from a column of that name.
func startsStatement(body string, tokens []lex.Token, i int) bool {
	if i == 0 {
		return true
	}
	prev := tokens[i-1]
	if i >= 3 && tokens[i-3].Is(body, "#") { // #variable_conflict use_column
		return true
	}
	for _, word := range []string{";", "begin", "then", "else", "loop", "declare", ">>"} {
		if prev.Is(body, word) {
			return true
		}
	}
	return false
}

// scalarTypes are the built-in types that have no fields, by the first word of their name; also what a
// declaration of something else begins with.
var scalarTypes = map[string]bool{
	"bigint": true, "bigserial": true, "bit": true, "boolean": true, "bool": true, "bytea": true, "char": true, "character": true, "date": true, "decimal": true, "double": true,
	"float": true, "float4": true, "float8": true, "int": true, "int2": true, "int4": true, "int8": true, "integer": true, "interval": true, "json": true, "jsonb": true, "money": true,
	"name": true, "numeric": true, "oid": true, "real": true, "refcursor": true, "regclass": true, "serial": true, "smallint": true, "text": true, "time": true, "timestamp": true,
	"timestamptz": true, "timetz": true, "uuid": true, "varchar": true, "xml": true, "cursor": true, "record": true,
}
