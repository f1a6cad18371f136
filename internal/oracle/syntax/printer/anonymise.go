package printer

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Anonymiser replaces names and constants in source text, so that it can leave a customer's house: the same
// name becomes the same other name in every file and every run with the same key, and nothing of the
// original can be told from it without the key. Keywords, built-in functions, supplied packages, dictionary
// views, format models, 0 and 1 stay; comments go. Text that cannot be looked into (wrapped units, Java,
// SQL*Plus prompts) is left out.
type Anonymiser struct {
	key []byte
	mu  sync.Mutex
	out map[string]string // new name by folded old name
	old map[string]string // and back, to keep two names from becoming one
}

// NewAnonymiser makes an anonymiser; the key decides all replacements.
func NewAnonymiser(key []byte) *Anonymiser {
	return &Anonymiser{key: append([]byte(nil), key...), out: map[string]string{}, old: map[string]string{}}
}

// File writes all statements of a file.
func (a *Anonymiser) File(f *ast.File) []byte {
	w := a.formatter(f)
	for _, s := range f.Stmts {
		a.keepArguments(w, s)
	}
	w.formatter.file(func(s ast.Stmt) bool { return a.special(w, s) })
	return w.out
}

// Node writes one statement.
func (a *Anonymiser) Node(f *ast.File, n ast.Node) string {
	w := a.formatter(f)
	a.keepArguments(w, n)
	if s, ok := n.(ast.Stmt); !ok || !a.special(w, s) {
		w.node(n)
	}
	return strings.TrimSpace(string(w.out))
}

// anonWriter is a formatter that knows which literals stay.
type anonWriter struct {
	formatter
	keep map[uint32]bool // literals by token
	date map[uint32]bool // string tokens of date and time literals
}

func (a *Anonymiser) formatter(f *ast.File) *anonWriter {
	w := &anonWriter{formatter: formatter{f: f}, keep: map[uint32]bool{}, date: map[uint32]bool{}}
	w.text = func(i uint32) (string, bool) { return a.token(w, i) }
	return w
}

// keepArguments marks the literals that are syntax rather than data: lengths and precisions of types.
func (a *Anonymiser) keepArguments(w *anonWriter, n ast.Node) {
	switch n := n.(type) {
	case *ast.DataType, *ast.Clause:
		s := n.Range()
		for i := s.Lo; i < s.Hi; i++ {
			if w.f.Tokens[i].Kind == token.Number {
				w.keep[i] = true
			}
		}
	case *ast.Literal:
		switch n.Kind {
		case ast.LitDate, ast.LitTimestamp, ast.LitTime, ast.LitInterval:
			for i := n.Lo; i < n.Hi; i++ {
				w.date[i] = true
			}
		}
	}
	n.EachChild(func(c ast.Node) { a.keepArguments(w, c) })
}

// special writes the statements that are not made of tokens.
func (a *Anonymiser) special(w *anonWriter, s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.PlusCommand:
		if s.Verb == token.EXECUTE {
			w.out = append(w.out, "EXECUTE "...)
			for i := s.Lo + 1; i < s.Hi; i++ {
				w.inline(i)
			}
			return true
		}
		w.out = append(w.out, a.command(w.f, s)...)
		return true
	case *ast.WrappedUnit, *ast.ForeignUnit:
		r := s.Range()
		for i := r.Lo; i < r.Hi; i++ {
			if w.f.Tokens[i].Kind != token.Raw {
				w.token(i)
			}
		}
		w.line("")
		w.out = append(w.out, "-- text left out"...)
		return true
	}
	return false
}

// inline writes a token without the line break behind ';'.
func (w *anonWriter) inline(i uint32) {
	w.token(i)
	if n := len(w.out); n > 0 && w.out[n-1] == '\n' {
		w.out[n-1] = ' '
	}
}

// command writes a SQL*Plus command: settings stay, everything that can name something is replaced or goes.
func (a *Anonymiser) command(f *ast.File, c *ast.PlusCommand) string {
	verb := c.Verb.String()
	switch c.Verb {
	case token.SET, token.SHOW, token.WHENEVER, token.CLEAR, token.TIMING:
		return strings.ToUpper(f.CommandText(c))
	case token.START:
		path, args, _ := f.Include(c)
		for i := range args {
			args[i] = a.words(args[i])
		}
		if c.Nested {
			verb = "@@"
		} else {
			verb = "@"
		}
		return strings.TrimSpace(verb + a.words(path) + " " + strings.Join(args, " "))
	case token.DEFINE:
		if name, value, ok := f.Define(c); ok {
			return verb + " " + a.Name(name) + " = '" + a.words(value) + "'"
		}
	case token.VARIABLE:
		if name, typ, ok := f.Variable(c); ok {
			return verb + " " + a.Name(name) + " " + typ
		}
	case token.EXIT, token.PROMPT, token.REMARK:
		return verb
	}
	return "REMARK " + verb
}

// token is the text of one token, replaced where it has to be.
func (a *Anonymiser) token(w *anonWriter, i uint32) (string, bool) {
	f, t := w.f, w.f.Tokens[i]
	text := f.TokenText(i)
	switch t.Kind {
	case token.Ident:
		switch {
		case t.Flags&token.FlagSubst != 0:
			return a.words(text), false
		case t.Kw != 0 || builtin(text):
			return text, false
		case len(text) == 1 && strings.Contains("KMGTPE", text) && i > 0 && f.Tokens[i-1].Kind == token.Number:
			return text, false // a size: 10 M
		}
		return a.Name(text), false
	case token.QuotedIdent:
		name := f.Ident(i)
		if builtin(name) {
			return text, false
		}
		return `"` + a.Name(name) + `"`, false
	case token.Bind:
		name := strings.Trim(strings.TrimSpace(text[1:]), `"`)
		if up := strings.ToUpper(name); up == "NEW" || up == "OLD" || up == "PARENT" || name == "" || name[0] >= '0' && name[0] <= '9' {
			return text, false
		}
		return ":" + a.Name(strings.ToUpper(name)), false
	case token.Inquiry:
		return "$$" + a.Name(strings.TrimPrefix(text, "$$")), false
	case token.Number:
		if w.keep[i] || text == "0" || text == "1" {
			return text, false
		}
		return a.number(text), false
	case token.String, token.NString, token.UString:
		q := strings.IndexByte(text, '\'')
		body := strings.TrimSuffix(text[q+1:], "'")
		if w.date[i] {
			return text[:q] + "'" + a.date(body) + "'", false
		}
		if formatModel(body) {
			return text, false
		}
		return text[:q] + "'" + strings.ReplaceAll(a.words(strings.ReplaceAll(body, "''", " ")), "'", " ") + "'", false
	case token.QString:
		body := text[strings.IndexByte(text, '\'')+1:]
		_, n := utf8.DecodeRuneInString(body)
		body = body[n:]
		if len(body) > n {
			body = body[:len(body)-n-1]
		}
		return "'" + strings.ReplaceAll(a.words(body), "'", " ") + "'", false
	case token.Raw, token.Illegal:
		return "", true
	}
	return text, false
}

// Name is the replacement of a name, given folded: a letter and 10 characters from A-Z and 2-7. A name with
// lower-case letters, which needs quotes, keeps needing them.
func (a *Anonymiser) Name(folded string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if s, ok := a.out[folded]; ok {
		return s
	}
	for n := byte(0); ; n++ {
		s := "X" + base32.StdEncoding.EncodeToString(a.sum(folded, n)[:8])[:10]
		if strings.ToUpper(folded) != folded {
			s = strings.ToLower(s)
		}
		if _, taken := a.old[s]; !taken {
			a.out[folded], a.old[s] = s, folded
			return s
		}
	}
}

func (a *Anonymiser) sum(s string, n byte) []byte {
	h := hmac.New(sha256.New, a.key)
	h.Write([]byte{n})
	h.Write([]byte(s))
	return h.Sum(nil)
}

// stream gives pseudo-random numbers that depend on the key and a text.
type stream struct {
	a    *Anonymiser
	text string
	n    byte
	buf  []byte
}

func (s *stream) next(below uint32) uint32 {
	if len(s.buf) < 4 {
		s.buf = s.a.sum(s.text, 'a'+s.n)
		s.n++
	}
	v := binary.BigEndian.Uint32(s.buf)
	s.buf = s.buf[4:]
	return v % below
}

// number replaces every digit; the first stays what it is to zero, so that length and scale stay.
func (a *Anonymiser) number(text string) string {
	r := &stream{a: a, text: text}
	b := []byte(text)
	for i, c := range b {
		if c == 'E' || c == 'e' {
			break // an exponent of another size may overflow
		}
		if c >= '1' && c <= '9' {
			b[i] = byte('1' + r.next(9))
		}
	}
	return string(b)
}

// words replaces letters by letters of their kind and digits by digits, word by word, so that the same word is
// replaced the same way in whatever text it stands.
func (a *Anonymiser) words(text string) string {
	var b strings.Builder
	runes := []rune(text)
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j])) {
			j++
		}
		if j == i {
			b.WriteRune(runes[i])
			i++
			continue
		}
		word := string(runes[i:j])
		r := &stream{a: a, text: strings.ToUpper(word)}
		for _, c := range word {
			switch {
			case c >= '0' && c <= '9':
				b.WriteByte(byte('0' + r.next(10)))
			case c < utf8.RuneSelf && unicode.IsUpper(c):
				b.WriteByte(byte('A' + r.next(26)))
			case c < utf8.RuneSelf:
				b.WriteByte(byte('a' + r.next(26)))
			case unicode.Is(unicode.Han, c):
				b.WriteRune(rune(0x4E00 + r.next(0x51A0)))
			case unicode.IsUpper(c):
				b.WriteRune([]rune("ÄÖÜÉÈÀÇÑ")[r.next(8)])
			default:
				b.WriteRune([]rune("äöüéèàçñ")[r.next(8)])
			}
		}
		i = j
	}
	return b.String()
}

// date keeps a date or time valid: month and day change within what every month has, the rest of the digits
// of a time stay.
func (a *Anonymiser) date(text string) string {
	if len(text) < 10 || text[4] != '-' || text[7] != '-' {
		return text
	}
	r := &stream{a: a, text: text}
	month, day := 1+r.next(12), 1+r.next(28)
	return text[:5] + string([]byte{byte('0' + month/10), byte('0' + month%10), '-', byte('0' + day/10), byte('0' + day%10)}) + text[10:]
}
