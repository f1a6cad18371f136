package support

import "strings"

// Overload is one form of a function, procedure or aggregate.
type Overload struct {
	Kind    string // function, procedure, aggregate
	Params  []Param
	Returns string // PostgreSQL's name of the type; "" for procedures
}

// Param is one of its parameters.
type Param struct {
	Name     string // as Oracle calls it, in lower case, in members of supplied packages
	Type     string // PostgreSQL's name of the type
	Out      bool   // comes back (INOUT, OUT)
	In       bool   // goes in (IN, INOUT, VARIADIC)
	Optional bool   // has a default value
	Variadic bool
}

// Overloads are the forms of a function, in the order of the schema; nil for unknown names.
func Overloads(name string) []Overload {
	var list []Overload
	for _, u := range named(name) {
		list = append(list, u.Overloads...)
	}
	return list
}

// signature is what tells overloads apart: the types of the arguments that go in.
func (o Overload) signature() string {
	var types []string
	for _, p := range o.Params {
		if p.In {
			types = append(types, p.Type)
		}
	}
	return strings.Join(types, ", ")
}

// overload reads what stands behind the opening bracket of a CREATE.
func overload(kind, text string) Overload {
	o := Overload{Kind: kind}
	depth, start := 0, 0
	for i, c := range text {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case (c == ',' || c == ')') && depth == 0:
			if p, ok := param(text[start:i]); ok {
				o.Params = append(o.Params, p)
			}
			start = i + 1
			if c == ')' {
				if rest, ok := strings.CutPrefix(text[start:], " RETURNS "); ok {
					line, _, _ := strings.Cut(rest, "\n")
					o.Returns = strings.TrimSpace(line)
				}
				return o
			}
		}
	}
	return o
}

func param(text string) (p Param, ok bool) {
	text, _, p.Optional = strings.Cut(text, " DEFAULT ")
	words := strings.Fields(text)
	if len(words) == 0 {
		return p, false
	}
	p.In = words[0] != "OUT"
	p.Out = words[0] == "OUT" || words[0] == "INOUT"
	p.Variadic = words[0] == "VARIADIC"
	if p.Out || p.Variadic {
		words = words[1:]
	}
	if len(words) > 1 && !(words[0] == "double" && words[1] == "precision") {
		p.Name, words = strings.Trim(words[0], `"`), words[1:]
	}
	p.Type = strings.Join(words, " ")
	return p, true
}
