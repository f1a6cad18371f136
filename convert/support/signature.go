package support

import (
	"strings"
)

// Param is one parameter of a function of the schema.
type Param struct {
	Name    string // lower case, without the quotes of "offset"; "" for one without a name
	Mode    string // IN, OUT, INOUT, VARIADIC
	Type    string
	Default bool
}

// Signature is one overload of a function of the schema.
type Signature struct {
	Procedure bool
	Params    []Param
	Returns   string // type of a function's result
}

// Signatures gives the overloads of a function, in the order of the schema; nil for unknown names. Their parameters are
// not the caller's.
func Signatures(name string) []Signature {
	var list []Signature
	for _, u := range named(name) {
		list = append(list, u.overloads...)
	}
	return list
}

// readSignature reads what stands behind the opening bracket of a routine's parameters.
func readSignature(kind, text string) Signature {
	s := Signature{Procedure: kind == "PROCEDURE"}
	for _, a := range arguments(text) {
		s.Params = append(s.Params, readParam(a))
	}
	if _, rest, ok := strings.Cut(text, " RETURNS "); ok && !s.Procedure {
		rest, _, _ = strings.Cut(rest, "\n")
		s.Returns = strings.TrimSpace(rest)
	}
	return s
}

// arguments splits a list of parameters up to its closing bracket.
func arguments(list string) []string {
	depth, start := 0, 0
	var args []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			args = append(args, s)
		}
	}
	for i, c := range list {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			add(list[start:i])
			return args
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			add(list[start:i])
			start = i + 1
		}
	}
	return args
}

func readParam(arg string) Param {
	p := Param{Mode: "IN"}
	head, _, hasDefault := strings.Cut(arg, " DEFAULT ")
	p.Default = hasDefault
	words := strings.Fields(head)
	switch words[0] {
	case "IN", "OUT", "INOUT", "VARIADIC":
		p.Mode, words = words[0], words[1:]
	}
	if len(words) > 1 && !(words[0] == "double" && words[1] == "precision") {
		p.Name, words = strings.Trim(strings.ToLower(words[0]), `"`), words[1:]
	}
	p.Type = strings.Join(words, " ")
	return p
}

// argumentTypes are the types of the arguments that go in, which tell overloads apart.
func argumentTypes(list string) string {
	var types []string
	for _, a := range arguments(list) {
		if p := readParam(a); p.Mode != "OUT" {
			types = append(types, p.Type)
		}
	}
	return strings.Join(types, ", ")
}

// Has reports whether the schema has a function of a name.
func Has(name string) bool { return len(named(name)) > 0 }

// Changing reports whether no overload of a function is IMMUTABLE, so that PostgreSQL takes it in no index and no generated
// column. Unknown names are not.
func Changing(name string) bool {
	units := named(name)
	for _, u := range units {
		if strings.Contains(u.Text, "IMMUTABLE") {
			return false
		}
	}
	return len(units) > 0
}
