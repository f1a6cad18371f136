package scripts

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// vars are the substitution variables that are known at a place of a script: an immutable chain, the last
// definition first, so that every statement can keep its own at no cost.
type vars struct {
	name, value string
	known       bool
	up          *vars
}

func (v *vars) set(name, value string) *vars {
	return &vars{name: strings.ToUpper(name), value: value, known: !strings.Contains(value, "&"), up: v}
}

func (v *vars) forget(name string) *vars { return &vars{name: strings.ToUpper(name), up: v} }

// without puts the arguments of an include back to what they were outside of it.
func (v *vars) without(outer *vars, args int) *vars {
	for i := range min(args, 9) {
		n := string(rune('1' + i))
		if val, ok := outer.get(n); ok {
			v = v.set(n, val)
		} else {
			v = v.forget(n)
		}
	}
	return v
}

func (v *vars) get(name string) (string, bool) {
	for ; v != nil; v = v.up {
		if v.name == name {
			return v.value, v.known
		}
	}
	return "", false
}

// define follows the commands that set variables. ACCEPT and COLUMN ... NEW_VALUE give them values that only the
// run knows.
func define(f *ast.File, c *ast.PlusCommand, v *vars) *vars {
	switch c.Verb {
	case token.DEFINE:
		if name, value, ok := f.Define(c); ok {
			return v.set(name, v.replace(value))
		}
	case token.UNDEFINE:
		for _, name := range f.Args(c) {
			v = v.forget(name)
		}
	case token.ACCEPT:
		if args := f.Args(c); len(args) > 0 {
			return v.forget(args[0])
		}
	case token.COLUMN:
		args := f.Args(c)
		for i := 1; i+1 < len(args); i++ {
			if word := strings.ToUpper(args[i]); strings.HasPrefix("NEW_VALUE", word) && len(word) >= 5 {
				return v.forget(args[i+1])
			}
		}
	}
	return v
}

// replace puts known variables into a text; the others stay as they are written.
func (v *vars) replace(text string) string {
	if strings.IndexByte(text, '&') < 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if text[i] != '&' {
			b.WriteByte(text[i])
			i++
			continue
		}
		j := i + 1
		if j < len(text) && text[j] == '&' {
			j++
		}
		k := j
		for k < len(text) && wordByte(text[k]) {
			k++
		}
		val, ok := v.get(strings.ToUpper(text[j:k]))
		if !ok {
			b.WriteString(text[i:max(k, i+1)])
			i = max(k, i+1)
			continue
		}
		b.WriteString(val)
		if k < len(text) && text[k] == '.' {
			k++
		}
		i = k
	}
	return b.String()
}

func wordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '#' || c >= 0x80
}

// nameParts are the folded parts of a name, variables replaced where they are known.
func nameParts(f *ast.File, n *ast.Name, v *vars) []string {
	if n == nil {
		return nil
	}
	subst := false
	for i := n.Lo; i < n.Hi; i++ {
		if f.Tokens[i].Flags&token.FlagSubst != 0 {
			subst = true
		}
	}
	if !subst {
		return f.Parts(n)
	}
	// as one text: a variable may hold a dot, and the dot behind &x belongs to it
	var b strings.Builder
	for i := range f.Significant(n.Span) {
		if f.Tokens[i].Kind == token.At {
			break
		}
		b.WriteString(f.Text(i))
	}
	return splitName(strings.ReplaceAll(v.replace(b.String()), "&&", "&"))
}

// splitName folds a dotted name that stands in a text.
func splitName(text string) (parts []string) {
	start, quoted := 0, false
	for i := 0; i <= len(text); i++ {
		switch {
		case i == len(text) || text[i] == '.' && !quoted:
			// the dot that ends an unknown variable is part of it: &x..t
			if i < len(text) && strings.HasPrefix(text[start:i], "&") && i+1 < len(text) && text[i+1] == '.' {
				parts = append(parts, fold1(text[start:i]))
				i++
				start = i + 1
				continue
			}
			if p := fold1(text[start:i]); p != "" {
				parts = append(parts, p)
			}
			start = i + 1
		case text[i] == '"':
			quoted = !quoted
		}
	}
	return parts
}

func fold1(name string) string { return model.NewIdent(strings.TrimSpace(name)).Name }

// unknownVariable tells of the variable in a part of a name, once a file.
func unknownVariable(pos model.Pos, part string) Problem {
	i := strings.IndexByte(part, '&')
	end := i + 1
	for end < len(part) && wordByte(part[end]) {
		end++
	}
	return Problem{
		Kind: ProblemVariable, Pos: pos, Note: true, Msg: "names hold the substitution variable " + part[i:end] + ", which the scripts do not define",
		Hint: "DEFINE it in the script that includes this one; the names are kept as written",
	}
}

// stringValue is the text of a string literal.
func stringValue(f *ast.File, l *ast.Literal) (string, bool) {
	if l.Kind != ast.LitString || l.Empty() {
		return "", false
	}
	return unquote(f.Text(l.Hi - 1))
}

// unquote reads '...', N'...', q'[...]', nq'[...]' and U'...'.
func unquote(s string) (string, bool) {
	q := false
	for s != "" && s[0] != '\'' {
		switch s[0] | 0x20 {
		case 'q':
			q = true
		case 'n', 'u':
		default:
			return "", false
		}
		s = s[1:]
	}
	switch {
	case len(s) < 2 || s[len(s)-1] != '\'':
		return "", false
	case q && len(s) >= 4:
		body := []rune(s[1 : len(s)-1])
		return string(body[1 : len(body)-1]), true
	}
	return strings.ReplaceAll(s[1:len(s)-1], "''", "'"), true
}
