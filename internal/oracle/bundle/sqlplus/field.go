package sqlplus

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// asciistr is a text as Oracle's ASCIISTR writes it.
func asciistr(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && r != '\\':
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\%04X`, r)
		default:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\%04X\%04X`, hi, lo)
		}
	}
	return b.String()
}

var fieldEscapes = strings.NewReplacer("|", `\007C`, "\n", `\000A`, "\r", `\000D`, "\t", `\0009`, "\x00", `\0000`)

// Escape is a text as a field of a spooled line.
func Escape(s string) string { return fieldEscapes.Replace(asciistr(s)) }

// Unescape reads a field. Damaged counts the characters that the database could not read itself (U+FFFD) and halves of
// surrogate pairs, which become U+FFFD.
func Unescape(s string) (text string, damaged int, err error) {
	if strings.IndexByte(s, '\\') < 0 {
		for i := range len(s) {
			if s[i] >= utf8.RuneSelf {
				return "", 0, errors.New("bytes that are not ASCII")
			}
		}
		return s, 0, nil
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		switch {
		case s[i] >= utf8.RuneSelf:
			return "", 0, errors.New("bytes that are not ASCII")
		case s[i] != '\\':
			b.WriteByte(s[i])
			i++
			continue
		}
		r, err := unit(s[i:])
		if err != nil {
			return "", 0, err
		}
		i += 5
		if utf16.IsSurrogate(r) {
			var low rune
			if i < len(s) && s[i] == '\\' {
				if low, err = unit(s[i:]); err != nil {
					return "", 0, err
				}
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i += 5
			}
		}
		if r == utf8.RuneError {
			damaged++
		}
		b.WriteRune(r)
	}
	return b.String(), damaged, nil
}

// unit reads \XXXX.
func unit(s string) (rune, error) {
	if len(s) < 5 {
		return 0, fmt.Errorf("an escape that is cut off: %s", s)
	}
	v, err := strconv.ParseUint(s[1:5], 16, 16)
	if err != nil {
		return 0, fmt.Errorf("an escape that is none: %s", s[:5])
	}
	return rune(v), nil
}
