package tns

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charset is one of Oracle's character sets. What cannot be said in it becomes its replacement, silently, as a server
// does it.
type charset struct {
	id    int
	name  string
	multi bool // characters of several bytes: CLOBs are kept in UTF-16 then
	enc   encoding.Encoding
}

const (
	idUTF8    = 873 // AL32UTF8
	idCESU8   = 871 // UTF8: characters beyond the BMP as two surrogates of 3 bytes
	idUTF16   = 2000
	idUSASCII = 1
)

var charsets = []charset{
	{id: idUTF8, name: "AL32UTF8", multi: true},
	{id: idCESU8, name: "UTF8", multi: true},
	{id: idUTF16, name: "AL16UTF16", multi: true},
	{id: idUSASCII, name: "US7ASCII"},
	{id: 31, name: "WE8ISO8859P1", enc: charmap.ISO8859_1},
	{id: 32, name: "EE8ISO8859P2", enc: charmap.ISO8859_2},
	{id: 35, name: "CL8ISO8859P5", enc: charmap.ISO8859_5},
	{id: 46, name: "WE8ISO8859P15", enc: charmap.ISO8859_15},
	{id: 170, name: "EE8MSWIN1250", enc: charmap.Windows1250},
	{id: 171, name: "CL8MSWIN1251", enc: charmap.Windows1251},
	{id: 178, name: "WE8MSWIN1252", enc: charmap.Windows1252},
	{id: 832, name: "JA16SJIS", multi: true, enc: japanese.ShiftJIS},
	{id: 838, name: "JA16SJISTILDE", multi: true, enc: japanese.ShiftJIS},
	{id: 830, name: "JA16EUC", multi: true, enc: japanese.EUCJP},
	{id: 846, name: "KO16MSWIN949", multi: true, enc: korean.EUCKR},
	{id: 852, name: "ZHS16GBK", multi: true, enc: simplifiedchinese.GBK},
	{id: 854, name: "ZHS32GB18030", multi: true, enc: simplifiedchinese.GB18030},
	{id: 865, name: "ZHT16BIG5", multi: true, enc: traditionalchinese.Big5},
	{id: 867, name: "ZHT16MSWIN950", multi: true, enc: traditionalchinese.Big5},
}

func charsetOf(id int) (*charset, bool) {
	for i := range charsets {
		if charsets[i].id == id {
			return &charsets[i], true
		}
	}
	return nil, false
}

func charsetName(id int) string {
	if cs, ok := charsetOf(id); ok {
		return cs.name
	}
	return fmt.Sprintf("CHARSET%d", id)
}

// toUTF8 gives what b says; invalid bytes become U+FFFD.
func (cs *charset) toUTF8(b []byte) []byte {
	switch {
	case cs.id == idUTF8:
		return b
	case cs.id == idCESU8:
		return joinSurrogates(b)
	case cs.id == idUTF16:
		return utf16ToUTF8(b)
	case cs.enc == nil: // US7ASCII: the eighth bit has no meaning
		if isASCII(b) {
			return b
		}
		out := make([]byte, 0, len(b)+8)
		for _, x := range b {
			if x < 0x80 {
				out = append(out, x)
			} else {
				out = utf8.AppendRune(out, utf8.RuneError)
			}
		}
		return out
	case isASCII(b):
		return b
	}
	out, err := cs.enc.NewDecoder().Bytes(b)
	if err != nil {
		return []byte(string(utf8.RuneError))
	}
	return out
}

// fromUTF8 says b in the character set.
func (cs *charset) fromUTF8(b []byte) []byte {
	switch {
	case cs.id == idUTF8:
		return b
	case cs.id == idCESU8:
		return splitSurrogates(b)
	case cs.id == idUTF16:
		return utf8ToUTF16(nil, b)
	case isASCII(b):
		return b
	case cs.enc == nil:
		out := make([]byte, 0, len(b))
		for _, r := range string(b) {
			if r < 0x80 {
				out = append(out, byte(r))
			} else {
				out = append(out, '?')
			}
		}
		return out
	}
	out := make([]byte, 0, len(b))
	enc := cs.enc.NewEncoder()
	if whole, err := enc.Bytes(b); err == nil {
		return whole
	}
	for _, r := range string(b) { // one of them has no place in it
		enc.Reset()
		if one, err := enc.String(string(r)); err == nil {
			out = append(out, one...)
		} else {
			out = append(out, '?')
		}
	}
	return out
}

// convert says b, which is in from, in to. The same set on both sides passes everything, valid or not.
func convert(b []byte, from, to *charset) []byte {
	if from.id == to.id || len(b) == 0 {
		return b
	}
	return to.fromUTF8(from.toUTF8(b))
}

func isASCII(b []byte) bool {
	for _, x := range b {
		if x >= 0x80 {
			return false
		}
	}
	return true
}

func utf16ToUTF8(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) >= 2 {
		u := rune(binary.BigEndian.Uint16(b))
		b = b[2:]
		if utf16.IsSurrogate(u) && len(b) >= 2 {
			if r := utf16.DecodeRune(u, rune(binary.BigEndian.Uint16(b))); r != utf8.RuneError {
				u = r
				b = b[2:]
			}
		}
		out = utf8.AppendRune(out, u) // a lone surrogate becomes U+FFFD
	}
	return out
}

func utf8ToUTF16(out, b []byte) []byte {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		b = b[n:]
		if r >= 0x10000 {
			hi, lo := utf16.EncodeRune(r)
			out = binary.BigEndian.AppendUint16(out, uint16(hi))
			r = lo
		}
		out = binary.BigEndian.AppendUint16(out, uint16(r))
	}
	return out
}

func joinSurrogates(b []byte) []byte {
	if !hasSurrogates(b) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if hi, ok := surrogateAt(b, i); ok {
			if lo, ok := surrogateAt(b, i+3); ok {
				if r := utf16.DecodeRune(hi, lo); r != utf8.RuneError {
					out = utf8.AppendRune(out, r)
					i += 6
					continue
				}
			}
		}
		out = append(out, b[i])
		i++
	}
	return out
}

func hasSurrogates(b []byte) bool {
	for i := range b {
		if _, ok := surrogateAt(b, i); ok {
			return true
		}
	}
	return false
}

// surrogateAt reads a surrogate that is written like a character: ED, then A0 to BF.
func surrogateAt(b []byte, i int) (rune, bool) {
	if i+3 > len(b) || b[i] != 0xed || b[i+1] < 0xa0 || b[i+2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | rune(b[i+1]&0x3f)<<6 | rune(b[i+2]&0x3f), true
}

func splitSurrogates(b []byte) []byte {
	var out []byte
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r >= 0x10000 {
			if out == nil {
				out = append(make([]byte, 0, len(b)+16), b[:i]...)
			}
			hi, lo := utf16.EncodeRune(r)
			for _, s := range []rune{hi, lo} {
				out = append(out, 0xe0|byte(s>>12), 0x80|byte(s>>6&0x3f), 0x80|byte(s&0x3f))
			}
		} else if out != nil {
			out = append(out, b[i:i+n]...)
		}
		i += n
	}
	if out == nil {
		return b
	}
	return out
}

// chooseCharset looks up both sides' sets once the client has said its own.
func (c *connection) chooseCharset() error {
	db, ok := charsetOf(c.info.Charset)
	if !ok {
		return fmt.Errorf("the database's character set %d is not known", c.info.Charset)
	}
	client, ok := charsetOf(c.dialect.charset)
	if !ok {
		return fmt.Errorf("%w: the client's character set %d is not known", errMalformed, c.dialect.charset)
	}
	c.dbSet, c.clientSet = db, client
	return nil
}
