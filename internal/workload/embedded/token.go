package embedded

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"landfall/internal/workload"
)

type kind uint8

const (
	word kind = iota
	sign
	text
)

// token is one token of the host language. Comments and spaces are none.
type token struct {
	kind   kind
	lo, hi int
	pieces []workload.Piece // of a text
}

// tokenizer cuts a source into tokens.
type tokenizer struct {
	src  *workload.Source
	s    string
	lang workload.Language
	at   int
	run  int
	list []token
}

func tokenize(src *workload.Source, lang workload.Language) []token {
	t := &tokenizer{src: src, s: string(src.Text), lang: lang}
	for t.at < len(t.s) {
		t.next()
	}
	return t.list
}

func (t *tokenizer) has(p string) bool { return strings.HasPrefix(t.s[t.at:], p) }

// skipTo moves behind the next end, or to the end of the source.
func (t *tokenizer) skipTo(end string) {
	if i := strings.Index(t.s[t.at:], end); i >= 0 {
		t.at += i + len(end)
	} else {
		t.at = len(t.s)
	}
}

func (t *tokenizer) next() {
	c := t.s[t.at]
	slashes := t.lang != workload.Python
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
		t.at++
	case t.lang == workload.Python && (t.has("\\\n") || t.has("\\\r\n")): // the line goes on
		t.at++
	case slashes && t.has("//"), c == '#' && (t.lang == workload.Python || t.lang == workload.PHP):
		t.skipTo("\n")
	case slashes && t.has("/*"):
		t.at += 2
		t.skipTo("*/")
	case t.literal():
	case isLetter(c):
		lo := t.at
		for t.at < len(t.s) && (isLetter(t.s[t.at]) || t.s[t.at] >= '0' && t.s[t.at] <= '9') {
			t.at++
		}
		t.list = append(t.list, token{kind: word, lo: lo, hi: t.at})
	default:
		lo := t.at
		t.at++
		for _, op := range []string{"+=", ".=", "==", "!=", "=>", "->", "<=", ">=", "&&", "||", "::"} {
			if strings.HasPrefix(t.s[lo:], op) {
				t.at = lo + len(op)
				break
			}
		}
		t.list = append(t.list, token{kind: sign, lo: lo, hi: t.at})
	}
}

func isLetter(c byte) bool {
	return c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

// literal takes a string literal; false when none stands here.
func (t *tokenizer) literal() bool {
	switch t.lang {
	case workload.Java, workload.CSharp:
		sharp := t.lang == workload.CSharp
		switch {
		case sharp && (t.has(`$@"`) || t.has(`@$"`)):
			t.quoted(3, 1, workload.FormVerbatim, "{")
		case sharp && t.has(`@"`):
			t.quoted(2, 1, workload.FormVerbatim, "")
		case sharp && t.has(`$"`) && !t.has(`$"""`):
			t.quoted(2, 1, workload.FormJava, "{")
		case t.has(`"""`):
			t.block(3)
		case t.has(`"`):
			t.quoted(1, 1, workload.FormJava, "")
		case t.has("'"):
			t.char()
		default:
			return false
		}
		return true
	case workload.Python:
		return t.python()
	case workload.PHP:
		switch {
		case t.has("<<<"):
			return t.phpDocument()
		case t.has("'"):
			t.quoted(1, 1, workload.FormSingle, "")
		case t.has(`"`):
			t.quoted(1, 1, workload.FormDouble, "$")
		default:
			return false
		}
		return true
	}
	return false
}

func (t *tokenizer) char() {
	for t.at++; t.at < len(t.s) && t.s[t.at] != '\'' && t.s[t.at] != '\n'; t.at++ {
		if t.s[t.at] == '\\' {
			t.at++
		}
	}
	t.at = min(t.at+1, len(t.s))
}

func (t *tokenizer) python() bool {
	n := 0
	format, raw := false, false
	for n < 3 && t.at+n < len(t.s) && strings.IndexByte("rRbBuUfF", t.s[t.at+n]) >= 0 {
		format = format || t.s[t.at+n]|0x20 == 'f'
		raw = raw || t.s[t.at+n]|0x20 == 'r'
		n++
	}
	if t.at+n >= len(t.s) || t.s[t.at+n] != '"' && t.s[t.at+n] != '\'' || n > 0 && t.at > 0 && isLetter(t.s[t.at-1]) {
		return false
	}
	q := t.s[t.at+n]
	width, form := 1, workload.FormDouble
	if q == '\'' {
		form = workload.FormSingle
	}
	if strings.HasPrefix(t.s[t.at+n:], strings.Repeat(string(q), 3)) {
		width, form = 3, workload.FormTriple
	}
	if raw {
		form = workload.FormFixed
	}
	holes := ""
	if format {
		holes = "{"
	}
	t.quoted(n+width, width, form, holes)
	return true
}

// quoted reads a literal whose opening has open bytes and whose closing the last width of them. holes is what begins a
// piece that the run fills: "{" or "$".
func (t *tokenizer) quoted(open, width int, form workload.Form, holes string) {
	lo := t.at
	closing := t.s[t.at+open-width : t.at+open]
	t.at += open
	t.run++
	p := piecer{t: t, form: form}
	escapes := form != workload.FormVerbatim
	raw := form == workload.FormFixed
	start := t.at
	for t.at < len(t.s) {
		c := t.s[t.at]
		switch {
		case form == workload.FormVerbatim && t.has(`""`):
			p.flush(start, t.at)
			p.escape(`"`, t.at, t.at+2)
			t.at += 2
			start = t.at
			continue
		case t.has(closing):
			p.flush(start, t.at)
			t.at += width
			t.list = append(t.list, token{kind: text, lo: lo, hi: t.at, pieces: p.list})
			return
		case c == '\n' && width == 1 && t.lang != workload.PHP && form != workload.FormVerbatim: // never closed: no literal
			t.list = append(t.list, token{kind: sign, lo: lo, hi: t.at})
			return
		case c == '\\' && escapes:
			if raw {
				t.at += 2
				continue
			}
			p.flush(start, t.at)
			at := t.at
			value := t.unescape(form)
			p.escape(value, at, t.at)
			start = t.at
			continue
		case holes == "{" && (t.has("{{") || t.has("}}")):
			p.flush(start, t.at)
			p.escape(t.s[t.at:t.at+1], t.at, t.at+2)
			t.at += 2
			start = t.at
			continue
		case holes == "{" && c == '{':
			p.flush(start, t.at)
			start = p.hole()
			continue
		case holes == "$" && (t.has("{$") || t.has("${")):
			p.flush(start, t.at)
			start = p.hole()
			continue
		case holes == "$" && c == '$' && t.at+1 < len(t.s) && isLetter(t.s[t.at+1]):
			p.flush(start, t.at)
			at := t.at
			for t.at++; t.at < len(t.s) && (isLetter(t.s[t.at]) && t.s[t.at] != '$' || t.s[t.at] >= '0' && t.s[t.at] <= '9'); t.at++ {
			}
			p.inside(at, t.at)
			start = t.at
			continue
		}
		t.at++
	}
	t.at = len(t.s)
	t.list = append(t.list, token{kind: sign, lo: lo, hi: t.at})
}

// unescape reads an escape and moves behind it.
func (t *tokenizer) unescape(form workload.Form) string {
	lo := t.at
	t.at = min(t.at+2, len(t.s))
	if t.at-lo < 2 {
		return `\`
	}
	c := t.s[lo+1]
	if form == workload.FormSingle && t.lang == workload.PHP {
		if c == '\\' || c == '\'' {
			return string(c)
		}
		return t.s[lo:t.at]
	}
	switch c {
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case 'r':
		return "\r"
	case 'b', 'f', '0':
		return " "
	case 's':
		if t.lang == workload.Java {
			return " "
		}
	case '\n':
		return ""
	case '\r':
		if t.has("\n") {
			t.at++
		}
		return ""
	case 'u', 'x', 'U':
		size := map[byte]int{'u': 4, 'x': 2, 'U': 8}[c]
		if t.at+size <= len(t.s) {
			if n, err := strconv.ParseUint(t.s[t.at:t.at+size], 16, 32); err == nil {
				t.at += size
				return string(rune(n))
			}
		}
	case '\\', '"', '\'', '$':
		return string(c)
	}
	return t.s[lo:t.at]
}

// block reads a text block of Java, or a raw literal of C#: the indentation that all lines share is not part of it.
func (t *tokenizer) block(width int) {
	lo := t.at
	t.at += width
	begin := t.at
	if i := strings.IndexByte(t.s[t.at:], '\n'); i >= 0 && strings.TrimSpace(t.s[t.at:t.at+i]) == "" {
		begin = t.at + i + 1
	}
	end := begin
	for end < len(t.s) && !strings.HasPrefix(t.s[end:], `"""`) {
		if t.s[end] == '\\' && t.lang == workload.Java {
			end++
		}
		end++
	}
	if end >= len(t.s) {
		t.at = len(t.s)
		t.list = append(t.list, token{kind: sign, lo: lo, hi: t.at})
		return
	}
	t.run++
	p := piecer{t: t, form: workload.FormJavaBlock}
	if t.lang == workload.CSharp {
		p.form = workload.FormFixed
	}
	lines := strings.SplitAfter(t.s[begin:end], "\n")
	indent := -1
	for i, l := range lines {
		if body := strings.TrimLeft(l, " \t"); strings.TrimSpace(body) != "" || i == len(lines)-1 {
			if n := len(l) - len(body); indent < 0 || n < indent {
				indent = n
			}
		}
	}
	off := begin
	for i, l := range lines {
		cut := min(max(indent, 0), len(l)-len(strings.TrimLeft(l, " \t")))
		body := strings.TrimRight(l[cut:], " \t\r\n")
		if i > 0 { // the line break and the indentation behind it are one line break of the text
			p.escape("\n", off-1, off+cut)
		}
		p.unescaped(off+cut, off+cut+len(body))
		off += len(l)
	}
	t.at = end + width
	t.list = append(t.list, token{kind: text, lo: lo, hi: t.at, pieces: p.list})
}

func (t *tokenizer) phpDocument() bool {
	rest := t.s[t.at+3:]
	line := strings.IndexByte(rest, '\n')
	if line < 0 {
		return false
	}
	name := strings.TrimSpace(rest[:line])
	form := workload.FormDouble
	if strings.HasPrefix(name, "'") {
		form = workload.FormPlain
	}
	name = strings.Trim(name, `'"`)
	if name == "" || strings.ContainsAny(name, " \t;(") {
		return false
	}
	lo, begin := t.at, t.at+3+line+1
	off := begin
	for off < len(t.s) {
		end := strings.IndexByte(t.s[off:], '\n')
		if end < 0 {
			end = len(t.s) - off
		}
		if body := strings.TrimLeft(t.s[off:off+end], " \t"); strings.HasPrefix(body, name) && (len(body) == len(name) || !isLetter(body[len(name)])) {
			t.run++
			p := piecer{t: t, form: form}
			p.flush(begin, max(begin, off-1))
			if form == workload.FormDouble && strings.ContainsAny(t.s[begin:off], "$\\") {
				p.list = nil // put together at run time
				p.add(workload.Piece{Segment: workload.Segment{Holds: workload.HoldsHole, Form: workload.FormFixed, Name: "<<<" + name}})
			}
			t.at = off + (end - len(body)) + len(name)
			t.at = min(t.at, len(t.s))
			t.list = append(t.list, token{kind: text, lo: lo, hi: t.at, pieces: p.list})
			return true
		}
		off += end + 1
	}
	return false
}

// piecer collects the pieces of one literal.
type piecer struct {
	t    *tokenizer
	form workload.Form
	list []workload.Piece
}

func (p *piecer) add(x workload.Piece) { p.list = append(p.list, x) }

func (p *piecer) flush(lo, hi int) {
	if lo < hi {
		p.add(workload.Piece{Text: p.t.s[lo:hi], Segment: workload.Segment{File: p.t.src.Name, Lo: lo, Hi: hi, Form: p.form, Run: p.t.run}})
	}
}

func (p *piecer) escape(value string, lo, hi int) {
	p.add(workload.Piece{Text: value, Segment: workload.Segment{File: p.t.src.Name, Lo: lo, Hi: hi, Form: p.form, Run: p.t.run}})
}

// unescaped adds a line of a text block.
func (p *piecer) unescaped(lo, hi int) {
	at := p.t.at
	defer func() { p.t.at = at }()
	start := lo
	for p.t.at = lo; p.t.at < hi; {
		if p.t.s[p.t.at] != '\\' || p.t.lang != workload.Java {
			p.t.at++
			continue
		}
		p.flush(start, p.t.at)
		from := p.t.at
		p.escape(p.t.unescape(p.form), from, p.t.at)
		start = p.t.at
	}
	p.flush(start, hi)
}

// hole adds what stands up to the closing brace, and gives where the text goes on.
func (p *piecer) hole() int {
	lo := p.t.at
	depth := 0
	for p.t.at < len(p.t.s) {
		c := p.t.s[p.t.at]
		if c == '{' {
			depth++
		}
		p.t.at++
		if c == '}' {
			if depth--; depth <= 0 {
				break
			}
		}
		if c == '\n' {
			break
		}
	}
	p.inside(lo, p.t.at)
	return p.t.at
}

// inside adds a hole that is written inside the literal.
func (p *piecer) inside(lo, hi int) {
	p.add(workload.Piece{Segment: workload.Segment{File: p.t.src.Name, Lo: lo, Hi: hi, Run: p.t.run, Holds: workload.HoldsHole, Form: p.form, Name: p.t.s[lo:hi]}})
}
