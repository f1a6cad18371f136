package embedded

import (
	"slices"
	"strings"

	"landfall/internal/workload"
)

// Classes knows what the Java source of an application declares: fields of classes and parameters of methods. Mappers take
// the types of their variables from there. Nothing is compiled: a name that two classes have tells nothing.
type Classes struct {
	byName map[string][]*class // by simple name in lower case: aliases of mappers are written so
}

type class struct {
	full    string // with package
	super   string
	fields  map[string]string // name -> type as it is written, with its import where there is one
	methods map[string][]param
}

type param struct {
	name, typ string
	named     bool // by @Param
}

// Add reads one file.
func (c *Classes) Add(src *workload.Source) {
	if c.byName == nil {
		c.byName = map[string][]*class{}
	}
	r := &classReader{s: &scanner{src: src, s: string(src.Text), lang: workload.Java}, all: c, imports: map[string]string{}}
	r.s.list = tokenize(src, workload.Java)
	r.read()
}

// Field is the class of what a path of properties of a class leads to, "" where that is not known.
func (c *Classes) Field(name, path string) string {
	first, rest, more := strings.Cut(path, ".")
	for range 10 { // up the superclasses
		k := c.find(name)
		if k == nil {
			return ""
		}
		typ := k.fields[strings.TrimSuffix(first, "[0]")]
		switch {
		case typ == "":
			name = k.super
			continue
		case more:
			return c.Field(typ, rest)
		}
		return typ
	}
	return ""
}

// Argument is the class of what a path leads to that begins with a parameter of a mapper's method.
func (c *Classes) Argument(mapper, method, path string) string {
	k := c.find(mapper)
	if k == nil {
		return ""
	}
	params := k.methods[method]
	first, rest, more := strings.Cut(path, ".")
	if i := slices.IndexFunc(params, func(p param) bool { return p.name == first }); i >= 0 && (len(params) > 1 || params[i].named) {
		if more {
			return c.Field(params[i].typ, rest)
		}
		return params[i].typ
	}
	if len(params) == 1 && !params[0].named {
		if workload.JavaType(params[0].typ) != "" {
			return params[0].typ // whatever it is called
		}
		if t := c.Field(params[0].typ, path); t != "" || params[0].name != first {
			return t
		}
		return params[0].typ
	}
	return ""
}

func (c *Classes) find(name string) *class {
	if name, _, _ = strings.Cut(name, "<"); c == nil || name == "" {
		return nil
	}
	list := c.byName[strings.ToLower(name[strings.LastIndexAny(name, ".$")+1:])]
	if i := slices.IndexFunc(list, func(k *class) bool { return k.full == name }); i >= 0 {
		return list[i]
	}
	if len(list) == 1 && !strings.Contains(name, ".") {
		return list[0]
	}
	return nil
}

// classReader reads the declarations of one file.
type classReader struct {
	s       *scanner
	all     *Classes
	pkg     string
	imports map[string]string
}

func (r *classReader) read() {
	for i := 0; i < len(r.s.list); {
		switch {
		case r.s.is(i, "package", "import"):
			name, end := "", i+1
			for ; end < len(r.s.list) && !r.s.is(end, ";"); end++ {
				name += r.s.text(end)
			}
			if r.s.is(i, "package") {
				r.pkg = name
			} else {
				r.imports[name[strings.LastIndexByte(name, '.')+1:]] = name
			}
			i = end + 1
		case r.isClass(i):
			i = r.class(i)
		default:
			i++
		}
	}
}

func (r *classReader) isClass(i int) bool {
	return r.s.is(i, "class", "interface", "record") && r.s.at(i+1).kind == word && !r.s.is(i-1, ".")
}

// class reads a declaration from its keyword on and gives the token behind it.
func (r *classReader) class(i int) int {
	name := r.s.text(i + 1)
	k := &class{full: name, fields: map[string]string{}, methods: map[string][]param{}}
	if r.pkg != "" {
		k.full = r.pkg + "." + name
	}
	key := strings.ToLower(name)
	r.all.byName[key] = append(r.all.byName[key], k)
	at := i + 2
	if r.s.is(i, "record") && r.s.is(at, "(") {
		for _, p := range r.params(at) {
			k.fields[p.name] = p.typ
		}
	}
	for ; at < len(r.s.list) && !r.s.is(at, "{", ";"); at++ {
		if r.s.is(at, "extends") && k.super == "" {
			k.super, _ = r.typ(at + 1)
		}
	}
	if !r.s.is(at, "{") {
		return at + 1
	}
	end := r.s.behind(at)
	for at++; at < end-1; {
		at = r.member(k, at, end-1)
	}
	return end
}

var modifiers = []string{"public", "protected", "private", "static", "final", "transient", "volatile", "abstract", "default", "synchronized", "native"}

// member reads one declaration of a body.
func (r *classReader) member(k *class, at, end int) int {
	at = r.plain(at)
	switch {
	case at >= end:
		return end
	case r.isClass(at):
		return r.class(at)
	case r.s.is(at, "{"), r.s.is(at, "enum"):
		for at < end && !r.s.is(at, "{") {
			at++
		}
		return r.s.behind(at)
	case r.s.is(at, "<"): // type parameters of a method
		at = r.angle(at)
	}
	typ, next := r.typ(at)
	if typ == "" || r.s.at(next).kind != word { // a constructor, a semicolon
		for at < end && !r.s.is(at, ";", "{") {
			at++
		}
		if r.s.is(at, "{") {
			return r.s.behind(at)
		}
		return at + 1
	}
	name := r.s.text(next)
	if r.s.is(next+1, "(") {
		k.methods[name] = r.params(next + 1)
		at = r.s.behind(next + 1)
	} else {
		k.fields[name] = typ
		at = next + 1
	}
	for at < end && !r.s.is(at, ";") {
		if r.s.is(at, ",") && r.s.at(at+1).kind == word && r.s.is(at+2, ",", ";", "=") { // int a, b;
			k.fields[r.s.text(at+1)] = typ
		}
		if r.s.is(at, "{", "(", "[") {
			block := r.s.is(at, "{") && !r.s.is(at-1, "=", "]")
			if at = r.s.behind(at); block {
				return at
			}
			continue
		}
		at++
	}
	return at + 1
}

// plain is the token behind annotations and modifiers.
func (r *classReader) plain(at int) int {
	for {
		switch {
		case r.s.is(at, "@") && !r.s.is(at+1, "interface"):
			for at += 2; r.s.is(at, "."); at += 2 {
			}
			if r.s.is(at, "(") {
				at = r.s.behind(at)
			}
		case r.s.is(at, modifiers...):
			at++
		default:
			return at
		}
	}
}

// typ reads a type and gives the token behind it.
func (r *classReader) typ(at int) (string, int) {
	if r.s.at(at).kind != word {
		return "", at
	}
	name := r.s.text(at)
	at++
	for r.s.is(at, ".") && r.s.at(at+1).kind == word {
		name += "." + r.s.text(at+1)
		at += 2
	}
	if full := r.imports[name]; full != "" {
		name = full
	}
	if r.s.is(at, "<") {
		end := r.angle(at)
		if inner, behind := r.typ(at + 1); behind == end-1 {
			name += "<" + inner + ">"
		} else {
			name += "<?>"
		}
		at = end
	}
	for r.s.is(at, "[") && r.s.is(at+1, "]") {
		name += "[]"
		at += 2
	}
	if r.s.is(at, ".") && r.s.is(at+1, ".") && r.s.is(at+2, ".") {
		name, at = name+"[]", at+3
	}
	return name, at
}

// angle is the token behind <...>.
func (r *classReader) angle(at int) int {
	depth := 0
	for ; at < len(r.s.list); at++ {
		switch {
		case r.s.is(at, "<"):
			depth++
		case r.s.is(at, ">"):
			if depth--; depth == 0 {
				return at + 1
			}
		case r.s.is(at, ";", "{"):
			return at
		}
	}
	return at
}

// params reads the parameters between parentheses.
func (r *classReader) params(at int) []param {
	end := r.s.behind(at) - 1
	var list []param
	for at++; at < end; {
		var p param
		for r.s.is(at, "@") || r.s.is(at, "final") {
			if r.s.is(at, "@") && r.s.is(at+1, "Param") && r.s.is(at+2, "(") {
				for n := at + 3; n < r.s.behind(at+2); n++ {
					if t := r.s.at(n); t.kind == text {
						p.name, _ = workload.Compose(t.pieces)
						p.named = true
					}
				}
			}
			at = r.plain(at)
		}
		typ, next := r.typ(at)
		if typ == "" {
			return list
		}
		if p.typ = typ; p.name == "" {
			p.name = r.s.text(next)
		}
		list = append(list, p)
		for at = next; at < end && !r.s.is(at, ","); at++ {
		}
		at++
	}
	return list
}
