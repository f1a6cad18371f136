package charset

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// Characters of the last private plane stand for what is no character by itself. Where such a character comes in, its
// bytes are held one by one, so that it goes out as it came.
const (
	heldByte      = 0x10ff00 // + a byte from 80 on that is no character of the set
	heldSurrogate = 0x10f000 // + a surrogate's lower 11 bits: each is a character of UTF8 (CESU-8)
)

func isHeldByte(r rune) bool      { return r >= heldByte+0x80 && r <= heldByte+0xff }
func isHeldSurrogate(r rune) bool { return r >= heldSurrogate && r < heldSurrogate+0x800 }

// Held reports whether text has a character that stands for something else in held text.
func Held(b []byte) bool {
	for i := bytes.IndexByte(b, 0xf4); i >= 0 && i < len(b); i++ {
		if r, _ := utf8.DecodeRune(b[i:]); isHeldByte(r) || isHeldSurrogate(r) {
			return true
		}
	}
	return false
}

// Identity reports whether bytes are held as they are: in AL32UTF8, whose faulty bytes are then faulty UTF-8.
func (s *Set) Identity() bool { return s.ID == AL32UTF8 }

// Hold gives text of the set in the form that the engine works on: UTF-8, in which characters are Oracle's. Bytes gives
// back the same bytes.
func (s *Set) Hold(b []byte) []byte {
	if s.ID == AL32UTF8 || isASCII(b) {
		return b
	}
	if s.enc != nil {
		out, err := s.enc.NewDecoder().Bytes(b)
		if err == nil && !Held(out) && !bytes.Contains(out, []byte("\ufffd")) {
			if back, err := s.enc.NewEncoder().Bytes(out); err == nil && bytes.Equal(back, b) {
				return out
			}
		}
	}
	out := make([]byte, 0, 2*len(b))
	for i := 0; i < len(b); {
		r, n := s.one(b[i:])
		if n == 0 {
			r, n = heldByte+rune(b[i]), 1
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	return out
}

// one reads the first character; n is 0 when there is none.
func (s *Set) one(b []byte) (r rune, n int) {
	if b[0] < utf8.RuneSelf {
		return rune(b[0]), 1
	}
	if s.ID == CESU8 || s.ID == AL32UTF8 {
		if u, ok := surrogateAt(b, 0); ok {
			return heldSurrogate + u&0x7ff, 3
		}
		if r, n := utf8.DecodeRune(b); n > 1 && (n < 4 || s.ID == AL32UTF8) {
			return r, n
		}
		return 0, 0
	}
	if s.enc == nil {
		return 0, 0
	}
	for n := 1; n <= min(s.Widest, len(b)); n++ {
		out, err := s.enc.NewDecoder().Bytes(b[:n])
		if err != nil || utf8.RuneCount(out) != 1 {
			continue
		}
		if r, _ := utf8.DecodeRune(out); !isHeldByte(r) && !isHeldSurrogate(r) && bytes.Equal(s.say(r), b[:n]) {
			return r, n
		}
	}
	return 0, 0
}

// Bytes gives held text in the set.
func (s *Set) Bytes(held []byte) []byte {
	if s.ID == AL32UTF8 || isASCII(held) {
		return held
	}
	if s.ID != CESU8 && !Held(held) {
		return s.FromUTF8(held)
	}
	out := make([]byte, 0, len(held))
	for _, r := range string(held) {
		switch {
		case isHeldByte(r):
			out = append(out, byte(r))
		case isHeldSurrogate(r):
			out = appendSurrogate(out, 0xd800+r-heldSurrogate)
		default:
			if one := s.say(r); one != nil {
				out = append(out, one...)
			} else {
				out = append(out, s.substitute()...)
			}
		}
	}
	return out
}

// Cut is the longest beginning of text in the set that has no more than n bytes and ends with a whole character.
func (s *Set) Cut(b []byte, n int) []byte {
	at := 0
	for at < len(b) {
		_, k := s.one(b[at:])
		if at+k > n {
			break
		}
		at += k
	}
	return b[:at]
}

// Len is how many bytes held text has in the set.
func (s *Set) Len(held []byte) int {
	if s.ID == AL32UTF8 || isASCII(held) {
		return len(held)
	}
	return len(s.Bytes(held))
}

// Admit makes held text of UTF-8: what the set does not have is replaced. Held text stays as it is.
func (s *Set) Admit(text []byte) []byte {
	if s.ID == AL32UTF8 || isASCII(text) {
		return text
	}
	return s.Hold(s.Bytes(text))
}

// Says reports whether the set has a character.
func (s *Set) Says(r rune) bool { return s.say(r) != nil }

// Plain gives held text as UTF-8: bytes that are no character are U+FFFD, pairs of surrogates are one character.
func (s *Set) Plain(held []byte) []byte {
	if s.ID == AL32UTF8 || !Held(held) {
		return held
	}
	return []byte(string(utf16.Decode(s.units(held, false))))
}

// Units gives held text as the units in which a CLOB counts. In a set of single bytes, a byte that is no character is the
// lone surrogate DC00 + byte, so that it is not lost; elsewhere CLOBs are kept in UTF-16, which has no place for it.
func (s *Set) Units(held []byte) []uint16 { return s.units(held, !s.Multi) }

func (s *Set) units(held []byte, keep bool) []uint16 {
	out := make([]uint16, 0, len(held))
	for _, r := range string(held) {
		switch {
		case s.ID != AL32UTF8 && isHeldByte(r) && keep:
			out = append(out, 0xdc00+uint16(r&0xff))
		case s.ID != AL32UTF8 && isHeldByte(r):
			out = append(out, utf8.RuneError)
		case s.ID != AL32UTF8 && isHeldSurrogate(r):
			out = append(out, 0xd800+uint16(r-heldSurrogate))
		default:
			out = utf16.AppendRune(out, r)
		}
	}
	return out
}

// HoldUnits makes held text of a CLOB's units.
func (s *Set) HoldUnits(units []uint16) []byte {
	out := make([]byte, 0, len(units))
	for i := 0; i < len(units); i++ {
		u := rune(units[i])
		if utf16.IsSurrogate(u) {
			if i+1 < len(units) {
				if r := utf16.DecodeRune(u, rune(units[i+1])); r != utf8.RuneError {
					out = utf8.AppendRune(out, r)
					i++
					continue
				}
			}
			if !s.Multi && u >= 0xdc80 && u <= 0xdcff {
				u = heldByte + u&0xff
			}
		}
		out = utf8.AppendRune(out, u)
	}
	return s.Admit(out)
}

// ToUnits gives text of the set as UTF-16BE, with what Units makes of bytes that are no characters.
func (s *Set) ToUnits(b []byte) []byte {
	out := make([]byte, 0, 2*len(b))
	for _, u := range s.Units(s.Hold(b)) {
		out = binary.BigEndian.AppendUint16(out, u)
	}
	return out
}

// FromUnits says UTF-16BE in the set, with what Units made of bytes that are no characters.
func (s *Set) FromUnits(b []byte) []byte {
	if s.Multi {
		return s.FromUTF8(UTF16ToUTF8(b))
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return s.Bytes(s.HoldUnits(units))
}

// Compare orders held text by its bytes in the set, which is the order of NLS_SORT BINARY.
func (s *Set) Compare(a, b []byte) int {
	if s.ID == AL32UTF8 || isASCII(a) && isASCII(b) {
		return bytes.Compare(a, b)
	}
	return bytes.Compare(s.Bytes(a), s.Bytes(b))
}
