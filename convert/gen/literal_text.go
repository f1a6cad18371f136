package gen

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func firstRune(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

func lastSize(s string) int {
	_, n := utf8.DecodeLastRuneInString(s)
	return n
}

// unescapeUnicode reads the body of U'...': \XXXX is a UTF-16 unit, \\ a backslash (SQL Language Reference, "Text Literals").
func unescapeUnicode(s string) (string, bool) {
	var b strings.Builder
	s = strings.ReplaceAll(s, "''", "'")
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '\\' {
			b.WriteByte('\\')
			i++
			continue
		}
		if i+4 >= len(s) {
			return "", false
		}
		n, err := strconv.ParseUint(s[i+1:i+5], 16, 16)
		if err != nil {
			return "", false
		}
		i += 4
		r := rune(n)
		if n >= 0xD800 && n < 0xDC00 && i+6 <= len(s)-1+1 && i+1 < len(s) && s[i+1] == '\\' {
			if lo, err := strconv.ParseUint(s[i+2:min(i+6, len(s))], 16, 16); err == nil && lo >= 0xDC00 && lo < 0xE000 {
				r = 0x10000 + (r-0xD800)<<10 + rune(lo-0xDC00)
				i += 5
			}
		}
		b.WriteRune(r)
	}
	return b.String(), true
}
