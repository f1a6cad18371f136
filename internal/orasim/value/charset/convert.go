package charset

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// ToUTF8 gives what b says; invalid bytes become U+FFFD.
func (s *Set) ToUTF8(b []byte) []byte {
	switch {
	case s.ID == AL32UTF8:
		return b
	case s.ID == CESU8:
		return joinSurrogates(b)
	case s.ID == AL16UTF16:
		return UTF16ToUTF8(b)
	case isASCII(b):
		return b
	case s.enc == nil: // US7ASCII: the eighth bit has no meaning
		out := make([]byte, 0, len(b)+8)
		for _, x := range b {
			if x < 0x80 {
				out = append(out, x)
			} else {
				out = utf8.AppendRune(out, utf8.RuneError)
			}
		}
		return out
	}
	out, err := s.enc.NewDecoder().Bytes(b)
	if err != nil {
		return []byte(string(utf8.RuneError))
	}
	return out
}

// FromUTF8 says b in the character set.
func (s *Set) FromUTF8(b []byte) []byte {
	switch {
	case s.ID == AL32UTF8:
		return b
	case s.ID == CESU8:
		return splitSurrogates(b)
	case s.ID == AL16UTF16:
		return UTF8ToUTF16(nil, b)
	case isASCII(b):
		return b
	}
	if s.enc != nil && (s.ID == gb18030 || !bytes.Contains(b, []byte("\ufffd"))) {
		if whole, err := s.enc.NewEncoder().Bytes(b); err == nil {
			return whole
		}
	}
	out := make([]byte, 0, len(b))
	for _, r := range string(b) { // one of them has no place in it
		if one := s.say(r); one != nil {
			out = append(out, one...)
		} else {
			out = append(out, s.substitute()...)
		}
	}
	return out
}

// say gives the bytes of a character, nil when the set does not have it.
func (s *Set) say(r rune) []byte {
	switch {
	case r < utf8.RuneSelf && s.ID != AL16UTF16:
		return []byte{byte(r)}
	case s.ID == AL32UTF8, s.ID == CESU8, s.ID == AL16UTF16:
		return s.FromUTF8(utf8.AppendRune(nil, r))
	case s.enc == nil, r == utf8.RuneError && s.ID != gb18030:
		return nil
	}
	out, err := s.enc.NewEncoder().Bytes(utf8.AppendRune(nil, r))
	if err != nil {
		return nil
	}
	return out
}

// substitute stands for a character that the set does not have.
func (s *Set) substitute() []byte {
	if s.lost == "" {
		return []byte{'?'}
	}
	return s.FromUTF8([]byte(s.lost))
}

// Convert says b, which is in from, in to. The same set on both sides passes everything, valid or not.
func Convert(b []byte, from, to *Set) []byte {
	if from.ID == to.ID || len(b) == 0 {
		return b
	}
	return to.FromUTF8(from.ToUTF8(b))
}

func isASCII(b []byte) bool {
	for _, x := range b {
		if x >= 0x80 {
			return false
		}
	}
	return true
}

// UTF16ToUTF8 turns UTF-16BE into UTF-8; a lone surrogate becomes U+FFFD.
func UTF16ToUTF8(b []byte) []byte {
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
		out = utf8.AppendRune(out, u)
	}
	return out
}

// UTF8ToUTF16 appends b as UTF-16BE.
func UTF8ToUTF16(out, b []byte) []byte {
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
	if i+3 > len(b) || b[i] != 0xed || b[i+1] < 0xa0 || b[i+1] > 0xbf || b[i+2]&0xc0 != 0x80 {
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
			out = appendSurrogate(appendSurrogate(out, hi), lo)
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

func appendSurrogate(out []byte, s rune) []byte {
	return append(out, 0xe0|byte(s>>12), 0x80|byte(s>>6&0x3f), 0x80|byte(s&0x3f))
}
