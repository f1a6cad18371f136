package workload

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// parseBinds reads the own form of bind values, as workload files have it:
//
//	:name:TYPE:value[:OUT], :name:TYPE:value ...
//
// A value is a number, a word or a text in single quotes with doubled quotes inside; values of the same name follow one
// another. Source: testdata/insurance/workload.
func parseBinds(s string) ([]Bind, error) {
	var list []Bind
	for s = strings.TrimSpace(s); s != ""; {
		if s[0] != ':' {
			return nil, fmt.Errorf("a bind begins with a colon, this does not: %s", head(s))
		}
		name, rest, ok := strings.Cut(s[1:], ":")
		if !ok || strings.TrimSpace(name) == "" {
			return nil, fmt.Errorf("a bind is :name:TYPE:value, this is not: %s", head(s))
		}
		b := Bind{Name: strings.ToUpper(strings.TrimSpace(name))}
		typ, rest, ok := cutType(rest)
		if !ok {
			return nil, fmt.Errorf("bind :%s has no value: write :%s:%s:value", name, name, typ)
		}
		b.Type = typ
		value, rest, err := cutValue(rest)
		if err != nil {
			return nil, fmt.Errorf("bind :%s: %w", name, err)
		}
		rest = strings.TrimSpace(rest)
		if r, ok := strings.CutPrefix(rest, ":OUT"); ok {
			b.Out, rest = true, strings.TrimSpace(r)
		}
		if value != "" || !b.Out {
			b.Values = []string{value}
		}
		list = addBind(list, b)
		if rest == "" {
			break
		}
		if rest[0] != ',' {
			return nil, fmt.Errorf("a comma parts binds, found %s behind :%s", head(rest), name)
		}
		s = strings.TrimSpace(rest[1:])
	}
	return list, nil
}

// cutType takes a type, which may have a length in parentheses, up to the colon.
func cutType(s string) (typ, rest string, ok bool) {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ':':
			if depth <= 0 {
				return strings.ToUpper(strings.TrimSpace(s[:i])), s[i+1:], true
			}
		}
	}
	return strings.TrimSpace(s), "", false
}

func cutValue(s string) (value, rest string, err error) {
	if s = strings.TrimLeft(s, " "); !strings.HasPrefix(s, "'") {
		i := strings.IndexAny(s, ",")
		if i < 0 {
			i = len(s)
		}
		if o := strings.Index(s[:i], ":OUT"); o >= 0 {
			i = o
		}
		return strings.TrimSpace(s[:i]), s[i:], nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		return b.String(), s[i+1:], nil
	}
	return "", "", fmt.Errorf("the quote of its value is not closed: %s", head(s))
}

func addBind(list []Bind, b Bind) []Bind {
	for i := range list {
		if list[i].Name == b.Name {
			list[i].sentAs(b.Type)
			for _, v := range b.Values {
				if len(list[i].Values) < maxValues && !slices.Contains(list[i].Values, v) {
					list[i].Values = append(list[i].Values, v)
				}
			}
			return list
		}
	}
	return append(list, b)
}

// auditBinds reads SQL_BINDS of an audit trail: " #1(4):1234 #2(2):ab", each with its number and the length of its value
// in characters (Database Reference, UNIFIED_AUDIT_TRAIL).
func auditBinds(s string, names []string) ([]Bind, error) {
	var list []Bind
	r := []rune(strings.TrimSpace(s))
	for len(r) > 0 {
		var n, size int
		if used, err := fmt.Sscanf(string(r[:min(len(r), 40)]), "#%d(%d):", &n, &size); err != nil || used != 2 || n < 1 || size < 0 {
			return nil, fmt.Errorf("binds of an audit trail are #n(length):value, this is not: %s", head(string(r)))
		}
		at := 0
		for r[at] != ':' {
			at++
		}
		r = r[at+1:]
		if size > len(r) {
			return nil, fmt.Errorf("bind #%d is to have %d characters and has %d", n, size, len(r))
		}
		list = addBind(list, Bind{Name: nameOf(names, n), Values: []string{string(r[:size])}})
		if r = r[size:]; len(r) > 0 && r[0] == ' ' {
			r = r[1:]
		}
	}
	return list, nil
}

// nameOf is the name of the n-th variable of a text, from 1; its number where the text has none there.
func nameOf(names []string, n int) string {
	if n <= len(names) {
		return names[n-1]
	}
	return fmt.Sprint(n)
}

// bindNames are the host variables of a statement in the order in which the server numbers them: in SQL by place, in a
// block each name once (PL/SQL Language Reference, "Repeated Placeholder Names in Dynamic SQL Statements").
func bindNames(text string) []string {
	var (
		list  []string
		block bool
		first = true
		seen  = map[string]bool{}
		lx    = lexer.New([]byte(text))
		buf   []token.Token
	)
	for {
		n := len(buf)
		if buf = lx.Fill(buf); len(buf) == n {
			return list
		}
		for _, t := range buf[n:] {
			word := string(text[t.Off:t.End()])
			if first {
				first = false
				block = t.Is(token.BEGIN) || t.Is(token.DECLARE)
			}
			if t.Kind != token.Bind && t.Kind != token.Question {
				continue
			}
			name := strings.ToUpper(strings.TrimSpace(strings.TrimPrefix(word, ":")))
			if t.Kind == token.Question {
				name = strconv.Itoa(len(list) + 1)
			}
			if block && t.Kind == token.Bind && seen[name] {
				continue
			}
			seen[name] = true
			list = append(list, name)
		}
		if len(buf) > 1<<16 {
			buf = buf[:0]
		}
	}
}
