package connect

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/sijms/go-ora/v2/converters"
	"golang.org/x/text/encoding"
)

// badMark begins a string that is no text: the bytes as they came follow. No text in UTF-8 has this byte.
const badMark = 0xFF

// converter stands in for the driver's character set tables, which put a character of their own for what they do not know
// and say nothing. It gives UTF-8, or a string that begins with badMark. Each session has one for the database's set and one
// for the national set; until the driver has asked the server which they are, it takes ASCII.
type converter struct {
	set     *charset
	own     int // number of the set that the server has for it; set is another one where Options.TextCharset says so
	decoder *encoding.Decoder
	encoder *encoding.Encoder
	table   *[256]string // of a set with one byte a character; "" is a byte that is none
}

var _ converters.IStringConverter = (*converter)(nil)

func newConverter() *converter { return &converter{set: &charsets[0], own: charsets[0].id} }

// use sets the character set.
func (c *converter) use(id int) error {
	set, err := charsetOf(id)
	if err != nil {
		return err
	}
	c.set, c.own = set, id
	c.prepare()
	return nil
}

// instead reads and writes the bytes of a database by another set than its own: one whose characters have one byte takes any bytes as they are, so that they
// are often those of another.
func (c *converter) instead(name string) error {
	if !c.set.single {
		return fmt.Errorf("its character set is %s, whose bytes are no others': TextCharset is for sets of one byte a character", c.set.name)
	}
	set, err := charsetNamed(name)
	if err != nil {
		return err
	}
	c.set = set
	c.prepare()
	return nil
}

// prepare makes what the set needs.
func (c *converter) prepare() {
	set := c.set
	c.table = nil
	if set.enc != nil {
		c.decoder, c.encoder = set.enc.NewDecoder(), set.enc.NewEncoder()
		if set.single {
			c.table = tableOf(set)
		}
	}
}

// Clone gives the converter itself: the driver clones once a connection, and each connection has its own already.
func (c *converter) Clone() converters.IStringConverter { return c }

// GetLangID is the number of the character set, as the server has it: it must not convert.
func (c *converter) GetLangID() int { return c.own }

// Encode is for SQL texts and binds. A character that the database's set does not have becomes the byte 0xFF, which is
// no character in any of them, so that the server cannot take the value for another.
func (c *converter) Encode(s string) []byte {
	switch {
	case c.set.id == charsetUTF8 || c.set.id != charsetUTF16 && isASCII(s):
		return []byte(s)
	case c.set.id == charsetUTF16:
		units := utf16.Encode([]rune(s))
		out := make([]byte, 2*len(units))
		for i, u := range units {
			binary.BigEndian.PutUint16(out[2*i:], u)
		}
		return out
	case c.set.id == charsetCESU8:
		return splitSurrogates(s)
	case c.set.enc == nil:
		return notSayable(s)
	}
	out, err := c.encoder.Bytes([]byte(s))
	if err != nil {
		return notSayable(s)
	}
	return out
}

// notSayable keeps the ASCII of a text and puts 0xFF for the rest.
func notSayable(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
		} else {
			out = append(out, badMark)
		}
	}
	return out
}

// Decode gives UTF-8, or badMark and the bytes.
func (c *converter) Decode(b []byte) string {
	if c.set.id != charsetUTF16 && isASCII(b) {
		return string(b)
	}
	if s, ok := c.decode(b); ok {
		return s
	}
	return string(badMark0) + string(b)
}

var badMark0 = []byte{badMark}

// appendText gives text in UTF-8: b itself where it is that already, else bytes behind *buf, which grows.
func (c *converter) appendText(buf *[]byte, b []byte) ([]byte, bool) {
	if c.set.id == charsetUTF8 {
		return b, utf8.Valid(b)
	}
	if c.set.id != charsetUTF16 && isASCII(b) {
		return b, true
	}
	s, ok := c.decode(b)
	if !ok {
		return nil, false
	}
	at := len(*buf)
	*buf = append(*buf, s...)
	return (*buf)[at:len(*buf):len(*buf)], true
}

func (c *converter) decode(b []byte) (string, bool) {
	switch c.set.id {
	case charsetUTF8:
		return string(b), utf8.Valid(b)
	case charsetASCII:
		return "", false // the eighth bit has no meaning in US7ASCII; which set was meant, a person must say
	case charsetCESU8:
		return joinSurrogates(b)
	case charsetUTF16:
		return fromUTF16(b)
	}
	if c.table != nil {
		var out strings.Builder
		out.Grow(len(b) + len(b)/2)
		for _, x := range b {
			if c.table[x] == "" {
				return "", false
			}
			out.WriteString(c.table[x])
		}
		return out.String(), true
	}
	out, err := c.decoder.Bytes(b)
	if err != nil {
		return "", false
	}
	if bytes.Contains(out, []byte(string(utf8.RuneError))) {
		// a wrong byte, unless it is the one way in which GB18030 says this character
		back, err := c.encoder.Bytes(out)
		if err != nil || !bytes.Equal(back, b) {
			return "", false
		}
	}
	return string(out), true
}

func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func tableOf(set *charset) *[256]string {
	t := new([256]string)
	d := set.enc.NewDecoder()
	for i := range t {
		out, err := d.Bytes([]byte{byte(i)})
		if err == nil && string(out) != string(utf8.RuneError) {
			t[i] = string(out)
		}
	}
	return t
}

// joinSurrogates reads CESU-8. Characters of 4 bytes are none in it, nor are lone surrogates.
func joinSurrogates(b []byte) (string, bool) {
	if utf8.Valid(b) {
		for _, x := range b {
			if x >= 0xF0 {
				return "", false
			}
		}
		return string(b), true
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if high, ok := surrogate(b[i:]); ok {
			low, ok := surrogate(b[i+3:])
			r := utf16.DecodeRune(high, low)
			if !ok || r == utf8.RuneError {
				return "", false
			}
			out = utf8.AppendRune(out, r)
			i += 6
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 || n == 4 {
			return "", false
		}
		out = append(out, b[i:i+n]...)
		i += n
	}
	return string(out), true
}

// surrogate reads the three bytes of a surrogate.
func surrogate(b []byte) (rune, bool) {
	if len(b) < 3 || b[0] != 0xED || b[1] < 0xA0 || b[1] > 0xBF || b[2] < 0x80 || b[2] > 0xBF {
		return 0, false
	}
	return 0xD000 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F), true
}

func splitSurrogates(s string) []byte {
	out := make([]byte, 0, len(s)+8)
	for _, r := range s {
		if r < 0x10000 {
			out = utf8.AppendRune(out, r)
			continue
		}
		high, low := utf16.EncodeRune(r)
		for _, u := range []rune{high, low} {
			out = append(out, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0xBF, 0x80|byte(u)&0xBF)
		}
	}
	return out
}

// fromUTF16 reads UTF-16 big endian. Lone surrogates are no text.
func fromUTF16(b []byte) (string, bool) {
	if len(b)%2 != 0 {
		return "", false
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i += 2 {
		r := rune(binary.BigEndian.Uint16(b[i:]))
		if utf16.IsSurrogate(r) {
			if i+4 > len(b) {
				return "", false
			}
			if r = utf16.DecodeRune(r, rune(binary.BigEndian.Uint16(b[i+2:]))); r == utf8.RuneError {
				return "", false
			}
			i += 2
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), true
}
