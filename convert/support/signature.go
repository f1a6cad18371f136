package support

import (
	"strings"
)

// Param is one parameter of a function of the schema.
type Param struct {
	Name    string // lower case; "" for one without a name
	Mode    string // IN, OUT, INOUT, VARIADIC
	Type    string
	Default bool
}

// Signature is one overload of a function of the schema.
type Signature struct {
	Procedure bool
	Params    []Param
}

// Signatures gives the overloads of a function, in the order of the schema; nil for unknown names.
func Signatures(name string) []Signature {
	var list []Signature
	for _, u := range named(name) {
		for _, m := range definition.FindAllStringSubmatchIndex(u.Text, -1) {
			s := Signature{Procedure: u.Text[m[2]:m[3]] == "PROCEDURE"}
			for _, a := range arguments(u.Text[m[1]:]) {
				s.Params = append(s.Params, readParam(a))
			}
			list = append(list, s)
		}
	}
	return list
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
		p.Name, words = strings.ToLower(words[0]), words[1:]
	}
	p.Type = strings.Join(words, " ")
	return p
}

// Has reports whether the schema has a function of a name.
func Has(name string) bool { return len(named(name)) > 0 }
