// Package lex cuts PostgreSQL's SQL and PL/pgSQL into tokens and scripts into statements.
//
// Input -> output: text in; tokens with byte offsets, or statements with their place, out. It takes
// standard_conforming_strings as on, knows no grammar beyond what decides where a statement ends, and refuses
// nothing: what is never closed reaches to the end. Its functions are pure and may run at the same time.
//
// Source: PostgreSQL documentation, "Lexical Structure" (4.1), and psql's rules for the end of a statement.
package lex

import (
	"strings"
	"unicode/utf8"
)

// Kind is what a token is.
type Kind uint8

// Kinds of tokens. Spaces are no tokens.
const (
	Word    Kind = iota // identifier or keyword without quotes
	Quoted              // "identifier", U&"..." too
	String              // '...', E'...', B'...', X'...', U&'...'
	Dollar              // $tag$...$tag$
	Number              // 1, 1.5, 1e10
	Param               // $1
	Op                  // anything else; each of ( ) [ ] , ; : . is a token of its own, := too
	Comment             // -- ... or /* ... */
)

// Token is a piece of the text.
type Token struct {
	Kind   Kind
	Lo, Hi int // bytes
}

// Text is the token as it is written.
func (t Token) Text(src string) string { return src[t.Lo:t.Hi] }

// Is reports whether the token is this word or operator, words in any case.
func (t Token) Is(src, word string) bool {
	return (t.Kind == Word || t.Kind == Op) && strings.EqualFold(src[t.Lo:t.Hi], word)
}

// Name is what an identifier names: folded to lower case, or what stands in its quotes; "" for other tokens.
func (t Token) Name(src string) string {
	s := src[t.Lo:t.Hi]
	switch t.Kind {
	case Word:
		return strings.ToLower(s)
	case Quoted:
		s = s[strings.IndexByte(s, '"')+1:]
		return strings.ReplaceAll(strings.TrimSuffix(s, `"`), `""`, `"`)
	}
	return ""
}

// Body is the text inside a dollar-quoted or plain string, and the offset where it begins in src; ok is false for
// other tokens and for strings that hold escapes or doubled quotes, whose offsets do not match their value.
func (t Token) Body(src string) (body string, at int, ok bool) {
	s := src[t.Lo:t.Hi]
	switch t.Kind {
	case Dollar:
		tag := strings.IndexByte(s[1:], '$') + 2
		if len(s) < 2*tag || s[len(s)-tag:] != s[:tag] {
			return "", 0, false
		}
		return s[tag : len(s)-tag], t.Lo + tag, true
	case String:
		if len(s) >= 2 && s[0] == '\'' && s[len(s)-1] == '\'' && !strings.Contains(s[1:len(s)-1], "'") {
			return s[1 : len(s)-1], t.Lo + 1, true
		}
	}
	return "", 0, false
}

// Scan gives all tokens, comments included.
func Scan(src string) []Token {
	var list []Token
	for at := 0; at < len(src); {
		t := next(src, at)
		if t.Hi <= at {
			break
		}
		if t.Lo < t.Hi {
			list = append(list, t)
		}
		at = t.Hi
	}
	return list
}

// next is the token at or behind at; an empty one at the end of the text.
func next(src string, at int) Token {
	for at < len(src) && isSpace(src[at]) {
		at++
	}
	if at == len(src) {
		return Token{Lo: at, Hi: at}
	}
	c := src[at]
	switch {
	case c == '\'':
		return Token{String, at, closing(src, at+1, '\'', false)}
	case c == '"':
		return Token{Quoted, at, closing(src, at+1, '"', false)}
	case strings.HasPrefix(src[at:], "--"):
		if i := strings.IndexByte(src[at:], '\n'); i >= 0 {
			return Token{Comment, at, at + i}
		}
		return Token{Comment, at, len(src)}
	case strings.HasPrefix(src[at:], "/*"):
		return Token{Comment, at, blockComment(src, at)}
	case c == '$':
		return dollar(src, at)
	case c >= '0' && c <= '9' || c == '.' && at+1 < len(src) && src[at+1] >= '0' && src[at+1] <= '9':
		return Token{Number, at, number(src, at)}
	case isWordStart(c):
		return word(src, at)
	}
	return Token{Op, at, operator(src, at)}
}

func word(src string, at int) Token {
	if at+1 < len(src) {
		switch src[at] {
		case 'e', 'E':
			if src[at+1] == '\'' {
				return Token{String, at, closing(src, at+2, '\'', true)}
			}
		case 'b', 'B', 'x', 'X', 'n', 'N':
			if src[at+1] == '\'' {
				return Token{String, at, closing(src, at+2, '\'', false)}
			}
		case 'u', 'U':
			if at+2 < len(src) && src[at+1] == '&' && (src[at+2] == '\'' || src[at+2] == '"') {
				kind := String
				if src[at+2] == '"' {
					kind = Quoted
				}
				return Token{kind, at, closing(src, at+3, src[at+2], false)}
			}
		}
	}
	hi := at
	for hi < len(src) && isWordPart(src[hi]) {
		hi++
	}
	return Token{Word, at, hi}
}

// closing is the end of a quoted piece: doubled quotes go on, backslashes escape where they do.
func closing(src string, at int, quote byte, escapes bool) int {
	for at < len(src) {
		switch {
		case escapes && src[at] == '\\':
			at++
		case src[at] == quote:
			if at+1 >= len(src) || src[at+1] != quote {
				return at + 1
			}
			at++
		}
		at++
	}
	return len(src)
}

// blockComment is the end of a comment; they nest.
func blockComment(src string, at int) int {
	depth := 0
	for at < len(src) {
		switch {
		case strings.HasPrefix(src[at:], "/*"):
			depth++
			at += 2
		case strings.HasPrefix(src[at:], "*/"):
			at += 2
			if depth--; depth == 0 {
				return at
			}
		default:
			at++
		}
	}
	return len(src)
}

func dollar(src string, at int) Token {
	hi := at + 1
	for hi < len(src) && src[hi] >= '0' && src[hi] <= '9' {
		hi++
	}
	if hi > at+1 {
		return Token{Param, at, hi}
	}
	for hi < len(src) && isWordPart(src[hi]) && src[hi] != '$' {
		hi++
	}
	if hi == len(src) || src[hi] != '$' {
		return Token{Op, at, at + 1}
	}
	tag := src[at : hi+1]
	if i := strings.Index(src[hi+1:], tag); i >= 0 {
		return Token{Dollar, at, hi + 1 + i + len(tag)}
	}
	return Token{Dollar, at, len(src)}
}

func number(src string, at int) int {
	hi := at
	digits := func() {
		for hi < len(src) && (src[hi] >= '0' && src[hi] <= '9' || src[hi] == '_') {
			hi++
		}
	}
	digits()
	if hi+1 < len(src) && src[hi] == '.' && src[hi+1] != '.' || hi+1 == len(src) && src[hi] == '.' { // 1..10 is a range
		hi++
		digits()
	}
	if hi < len(src) && (src[hi] == 'e' || src[hi] == 'E') {
		mark := hi
		hi++
		if hi < len(src) && (src[hi] == '+' || src[hi] == '-') {
			hi++
		}
		first := hi
		if digits(); hi == first {
			hi = mark
		}
	}
	return hi
}

const opChars = "+-*/<>=~!@#%^&|`?"

func operator(src string, at int) int {
	switch {
	case strings.HasPrefix(src[at:], ":="), strings.HasPrefix(src[at:], "::"), strings.HasPrefix(src[at:], ".."):
		return at + 2
	case strings.IndexByte(opChars, src[at]) < 0:
		_, n := utf8.DecodeRuneInString(src[at:])
		return at + n
	}
	hi := at
	for hi < len(src) && strings.IndexByte(opChars, src[hi]) >= 0 {
		if hi > at && (strings.HasPrefix(src[hi:], "--") || strings.HasPrefix(src[hi:], "/*")) {
			break
		}
		hi++
	}
	return hi
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func isWordStart(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func isWordPart(c byte) bool { return isWordStart(c) || c >= '0' && c <= '9' || c == '$' }
