package tns

import (
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// placeholder is one place of a text where a bind goes.
type placeholder struct {
	name      string // upper case, with the colon
	returning bool   // behind RETURNING ... INTO of DML: the server sends its value, some clients send none
}

// placeholders finds the binds of a text, in the order in which clients declare them: in SQL every occurrence, in PL/SQL
// every name once. The engine parses the text properly; but a request must be read to its end also when it cannot be parsed,
// and where that is depends on the binds.
func placeholders(sql string) (list []placeholder, block bool) {
	l := lexer.New([]byte(sql))
	l.Define = 0
	var first token.Keyword
	returning, into := false, false
	for n := 0; ; n++ {
		t := l.One()
		if t.Kind == token.EOF {
			return list, block
		}
		if n == 0 || first == 0 && t.Kind == token.LParen {
			if first = t.Kw; t.Kind == token.LParen {
				first = 0
			}
		}
		if n == 0 {
			block = t.Is(token.BEGIN) || t.Is(token.DECLARE) || t.Is(token.CALL) || t.Kind == token.LLabel
		}
		switch {
		case t.Kind == token.Bind:
			p := placeholder{name: upperASCII(sql[t.Off:t.End()]), returning: into}
			if block && seen(list, p.name) {
				continue
			}
			list = append(list, p)
			if len(list) > maxBinds {
				return list, block
			}
		case block:
		case t.Is(token.RETURNING), t.Is(token.RETURN):
			returning = first == token.INSERT || first == token.UPDATE || first == token.DELETE || first == token.MERGE
		case t.Is(token.INTO) && returning:
			into = true
		}
	}
}

func seen(list []placeholder, name string) bool {
	for _, p := range list {
		if p.name == name {
			return true
		}
	}
	return false
}

func upperASCII(s string) string {
	if len(s) > 1 && s[1] == '"' {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 32
		}
	}
	return string(b)
}
