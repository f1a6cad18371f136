package value

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	ora "landfall/internal/oracle/value"
)

// Bits of every byte of a word.
const (
	highBits = 0x8080808080808080
	lowBits  = 0x0101010101010101
)

// scan looks for what text may not hold: ascii is true where every byte is below 0x80, and then zero says whether one is 0.
func scan(whole []byte) (ascii, zero bool) {
	b := whole
	var borrow uint64 // a high bit in it is a byte that was 0, as long as no byte has a high bit itself
	for len(b) >= 32 {
		w, x, y, z := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:])
		if (w|x|y|z)&highBits != 0 {
			return false, false
		}
		borrow |= (w - lowBits) | (x - lowBits) | (y - lowBits) | (z - lowBits)
		b = b[32:]
	}
	for len(b) >= 8 {
		w := binary.LittleEndian.Uint64(b)
		if w&highBits != 0 {
			return false, false
		}
		borrow |= w - lowBits
		b = b[8:]
	}
	if len(b) == 0 {
		return true, borrow&highBits != 0
	}
	var w uint64 = highBits >> 7 // no byte of it is 0
	if len(whole) >= 8 {         // the last word once more, from where it overlaps
		w = binary.LittleEndian.Uint64(whole[len(whole)-8:])
	} else {
		for _, x := range b {
			w = w<<8 | uint64(x)
		}
	}
	if w&highBits != 0 {
		return false, false
	}
	return true, (borrow|(w-lowBits))&highBits != 0
}

// plain reports whether text is ASCII without zeros, as nearly all is.
func plain(src []byte) bool {
	ascii, zero := scan(src)
	return ascii && !zero
}

// checked gives text that PostgreSQL takes: src itself, or what the policy makes of it.
func (e *Encoder) checked(c *column, src []byte) ([]byte, Fault) {
	ascii, zero := scan(src)
	if !ascii {
		if !utf8.Valid(src) {
			action := c.Policy.Action(BadUTF8)
			if action != Replace && action != Hex {
				return src, BadUTF8
			}
			e.mark(c, BadUTF8)
			if action == Hex {
				src = hexUTF8(src)
			} else {
				src = bytes.ToValidUTF8(src, []byte("\uFFFD"))
			}
		}
		zero = bytes.IndexByte(src, 0) >= 0
	}
	if zero {
		var with []byte
		switch c.Policy.Action(NulByte) {
		case Strip:
		case Replace:
			with = []byte("\uFFFD")
		default:
			return src, NulByte
		}
		e.mark(c, NulByte)
		src = bytes.ReplaceAll(src, []byte{0}, with)
	}
	return src, NoFault
}

// hexUTF8 writes each byte that is no UTF-8 as \xHH.
func hexUTF8(src []byte) []byte {
	out := make([]byte, 0, len(src)+16)
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		if r == utf8.RuneError && n == 1 {
			out = fmt.Appendf(out, `\x%02X`, src[0])
		} else {
			out = append(out, src[:n]...)
		}
		src = src[n:]
	}
	return out
}

// appendText writes text of any length.
func appendText(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if plain(src) {
		return append(dst, src...), NoFault
	}
	text, fault := e.checked(c, src)
	if fault != NoFault {
		return dst, fault
	}
	return append(dst, text...), NoFault
}

// appendLimitedText writes varchar(n).
func appendLimitedText(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if (len(src) <= c.limit || c.limit == 0) && plain(src) {
		return append(dst, src...), NoFault
	}
	text, fault := e.checked(c, src)
	if fault != NoFault {
		return dst, fault
	}
	if text, fault = e.fit(c, text); fault != NoFault {
		return dst, fault
	}
	return append(dst, text...), NoFault
}

// fit holds text to the column's limit. PostgreSQL itself drops blanks beyond the limit without a word; here they are as
// much too long as other text.
func (e *Encoder) fit(c *column, text []byte) ([]byte, Fault) {
	if c.limit == 0 || len(text) <= c.limit {
		return text, NoFault
	}
	end := c.limit // in bytes
	if c.Target.kind() != kindVarcharBytes {
		if end = prefix(text, c.limit); end == len(text) {
			return text, NoFault
		}
	} else {
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
	}
	if c.Policy.Action(TooLong) != Truncate {
		return text, TooLong
	}
	e.mark(c, TooLong)
	return text[:end], NoFault
}

// prefix is how many bytes the first n characters of valid text take.
func prefix(text []byte, n int) int {
	for i, b := range text {
		if b&0xc0 != 0x80 {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return len(text)
}

// appendCharText writes CHAR to a type that does not pad: with its blanks, or without.
func appendCharText(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if c.Policy.Action(Padding) == Strip {
		if trimmed := bytes.TrimRight(src, " "); len(trimmed) < len(src) {
			// a CHAR of blanks only would be '', which is no value that Oracle has: it keeps one
			e.mark(c, Padding)
			src = src[:max(len(trimmed), 1)]
		}
	}
	return appendLimitedText(e, c, dst, src)
}

// appendPaddedText writes char(n) as PostgreSQL keeps it: n characters. Oracle's CHAR(n BYTE) has fewer where some take more
// than one byte; and blanks beyond n, of a length in bytes, are none of the value's.
func appendPaddedText(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	text, fault := e.checked(c, src)
	if fault != NoFault {
		return dst, fault
	}
	if c.limit == 0 {
		return append(dst, text...), NoFault
	}
	end := len(text)
	if end > c.limit {
		if end = prefix(text, c.limit); len(bytes.TrimRight(text[end:], " ")) > 0 {
			if text, fault = e.fit(c, text); fault != NoFault {
				return dst, fault
			}
			end = len(text)
		}
	}
	dst = append(dst, text[:end]...)
	for range c.limit - utf8.RuneCount(text[:end]) {
		dst = append(dst, ' ')
	}
	return dst, NoFault
}

// appendRowIDText writes a ROWID as its characters: it names a row of the source and nothing here.
func appendRowIDText(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	at := len(dst)
	dst, err := ora.AppendRowIDText(dst, src)
	if err != nil {
		return dst, e.bad(err)
	}
	if c.limit > 0 && len(dst)-at > c.limit {
		return dst, TooLong
	}
	return dst, NoFault
}
