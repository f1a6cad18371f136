package value

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonbVersion stands in front of the text of jsonb.
const jsonbVersion = 1

// maxJSONDepth is how deep values may be nested; PostgreSQL's own limit depends on its stack.
const maxJSONDepth = 2000

// maxJSONDigits is how far exponents are written out: numeric has 131072 digits in front of the point and 16383 behind it.
const maxJSONDigits = 131072

// appendJSONB writes jsonb as the server prints it: members by the length of their names, then by their bytes, the last of
// those with the same name; numbers without exponents. So what is sent is what comes back.
func appendJSONB(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	text, fault := e.checked(c, src)
	if fault != NoFault {
		return dst, fault
	}
	j := &e.json
	j.in, j.at, j.keys, j.members = text, 0, j.keys[:0], j.members[:0]
	dst, ok := j.value(append(dst, jsonbVersion), 0)
	if j.space(); !ok || j.at < len(j.in) {
		return dst, Malformed
	}
	return dst, NoFault
}

// canon rewrites JSON.
type canon struct {
	in      []byte
	at      int
	keys    []byte   // names of the objects that are open, decoded
	members []member // of the objects that are open
	sorted  []byte
}

// member is one of an object: its name in keys, its canonical text in the output.
type member struct{ key, keyEnd, start, end int }

func (j *canon) space() {
	for j.at < len(j.in) && (j.in[j.at] == ' ' || j.in[j.at] == '\t' || j.in[j.at] == '\n' || j.in[j.at] == '\r') {
		j.at++
	}
}

func (j *canon) take(b byte) bool {
	if j.space(); j.at < len(j.in) && j.in[j.at] == b {
		j.at++
		return true
	}
	return false
}

func (j *canon) word(dst []byte, w string) ([]byte, bool) {
	if !bytes.HasPrefix(j.in[j.at:], []byte(w)) {
		return dst, false
	}
	j.at += len(w)
	return append(dst, w...), true
}

func (j *canon) value(dst []byte, depth int) ([]byte, bool) {
	if j.space(); j.at >= len(j.in) || depth > maxJSONDepth {
		return dst, false
	}
	switch b := j.in[j.at]; {
	case b == '{':
		return j.object(dst, depth)
	case b == '[':
		return j.array(dst, depth)
	case b == '"':
		from := len(j.keys)
		if !j.text() {
			return dst, false
		}
		dst = appendJSONText(dst, j.keys[from:])
		j.keys = j.keys[:from]
		return dst, true
	case b == 't':
		return j.word(dst, "true")
	case b == 'f':
		return j.word(dst, "false")
	case b == 'n':
		return j.word(dst, "null")
	}
	return j.number(dst)
}

func (j *canon) array(dst []byte, depth int) ([]byte, bool) {
	j.at++
	dst = append(dst, '[')
	if j.take(']') {
		return append(dst, ']'), true
	}
	for {
		var ok bool
		if dst, ok = j.value(dst, depth+1); !ok {
			return dst, false
		}
		if j.take(']') {
			return append(dst, ']'), true
		}
		if !j.take(',') {
			return dst, false
		}
		dst = append(dst, ", "...)
	}
}

func (j *canon) object(dst []byte, depth int) ([]byte, bool) {
	j.at++
	start, firstKey, first := len(dst), len(j.keys), len(j.members)
	for more := !j.take('}'); more; {
		m := member{key: len(j.keys)}
		if j.space(); j.at >= len(j.in) || j.in[j.at] != '"' || !j.text() || !j.take(':') {
			return dst, false
		}
		m.keyEnd, m.start = len(j.keys), len(dst)
		dst = append(appendJSONText(dst, j.keys[m.key:]), ": "...)
		var ok bool
		if dst, ok = j.value(dst, depth+1); !ok {
			return dst, false
		}
		m.end = len(dst)
		j.members = append(j.members, m)
		if more = !j.take('}'); more && !j.take(',') {
			return dst, false
		}
	}
	members := j.members[first:]
	slices.SortStableFunc(members, func(a, b member) int {
		if d := (a.keyEnd - a.key) - (b.keyEnd - b.key); d != 0 {
			return d
		}
		return bytes.Compare(j.keys[a.key:a.keyEnd], j.keys[b.key:b.keyEnd])
	})
	from := len(j.sorted)
	j.sorted = append(j.sorted, '{')
	for i, m := range members {
		if i+1 < len(members) && bytes.Equal(j.keys[m.key:m.keyEnd], j.keys[members[i+1].key:members[i+1].keyEnd]) {
			continue // the last one holds
		}
		if len(j.sorted) > from+1 {
			j.sorted = append(j.sorted, ", "...)
		}
		j.sorted = append(j.sorted, dst[m.start:m.end]...)
	}
	j.sorted = append(j.sorted, '}')
	dst = append(dst[:start], j.sorted[from:]...)
	j.sorted, j.keys, j.members = j.sorted[:from], j.keys[:firstKey], j.members[:first]
	return dst, true
}

// text reads a string and appends what it means to keys. Surrogates without their other half and \u0000 are refused, as
// PostgreSQL refuses them.
func (j *canon) text() bool {
	j.at++
	for j.at < len(j.in) {
		switch b := j.in[j.at]; {
		case b == '"':
			j.at++
			return true
		case b < 0x20:
			return false
		case b != '\\':
			j.keys = append(j.keys, b)
			j.at++
		default:
			if !j.escape() {
				return false
			}
		}
	}
	return false
}

func (j *canon) escape() bool {
	if j.at+1 >= len(j.in) {
		return false
	}
	b := j.in[j.at+1]
	j.at += 2
	switch b {
	case '"', '\\', '/':
	case 'b':
		b = '\b'
	case 'f':
		b = '\f'
	case 'n':
		b = '\n'
	case 'r':
		b = '\r'
	case 't':
		b = '\t'
	case 'u':
		r, ok := j.hex()
		if !ok || r == 0 {
			return false
		}
		if utf16.IsSurrogate(r) {
			if !bytes.HasPrefix(j.in[j.at:], []byte(`\u`)) {
				return false
			}
			j.at += 2
			low, ok := j.hex()
			if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
				return false
			}
		}
		j.keys = utf8.AppendRune(j.keys, r)
		return true
	default:
		return false
	}
	j.keys = append(j.keys, b)
	return true
}

func (j *canon) hex() (rune, bool) {
	if j.at+4 > len(j.in) {
		return 0, false
	}
	var r rune
	for range 4 {
		d, ok := hexDigit(j.in[j.at])
		if !ok {
			return 0, false
		}
		r = r<<4 | rune(d)
		j.at++
	}
	return r, true
}

// appendJSONText writes a string as escape_json does.
func appendJSONText(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, b := range text {
		switch {
		case b == '"', b == '\\':
			dst = append(dst, '\\', b)
		case b == '\b':
			dst = append(dst, `\b`...)
		case b == '\f':
			dst = append(dst, `\f`...)
		case b == '\n':
			dst = append(dst, `\n`...)
		case b == '\r':
			dst = append(dst, `\r`...)
		case b == '\t':
			dst = append(dst, `\t`...)
		case b < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', '0'+b>>4, "0123456789abcdef"[b&15])
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}

// number writes a number as numeric prints it: without an exponent, and with as many digits behind the point as were there.
func (j *canon) number(dst []byte) ([]byte, bool) {
	neg := j.in[j.at] == '-'
	if neg {
		j.at++
	}
	digits := func() []byte {
		from := j.at
		for j.at < len(j.in) && j.in[j.at] >= '0' && j.in[j.at] <= '9' {
			j.at++
		}
		return j.in[from:j.at]
	}
	whole := digits()
	if len(whole) == 0 || len(whole) > 1 && whole[0] == '0' {
		return dst, false
	}
	var fraction []byte
	if j.at < len(j.in) && j.in[j.at] == '.' {
		j.at++
		if fraction = digits(); len(fraction) == 0 {
			return dst, false
		}
	}
	exp := 0
	if j.at < len(j.in) && j.in[j.at]|0x20 == 'e' {
		j.at++
		from := j.at
		if j.at < len(j.in) && (j.in[j.at] == '+' || j.in[j.at] == '-') {
			j.at++
		}
		if len(digits()) == 0 {
			return dst, false
		}
		var err error
		if exp, err = strconv.Atoi(string(j.in[from:j.at])); err != nil || exp > maxJSONDigits || exp < -maxJSONDigits {
			return dst, false
		}
	}
	at := len(dst)
	// point is where the decimal point falls in the digits of whole and fraction
	n, point := len(whole)+len(fraction), len(whole)+exp
	digit := func(i int) byte {
		switch {
		case i < 0 || i >= n:
			return '0'
		case i < len(whole):
			return whole[i]
		}
		return fraction[i-len(whole)]
	}
	zero := true
	for i := range n {
		zero = zero && digit(i) == '0'
	}
	if neg && !zero {
		dst = append(dst, '-')
	}
	start := len(dst)
	for i := min(0, point); i < point; i++ {
		if d := digit(i); d != '0' || len(dst) > start {
			dst = append(dst, d)
		}
	}
	if len(dst) == start {
		dst = append(dst, '0')
	}
	if scale := n - point; scale > 0 {
		dst = append(dst, '.')
		for i := point; i < n; i++ {
			dst = append(dst, digit(i))
		}
	}
	return dst, len(dst)-at <= 2*maxJSONDigits
}
