package reports

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxCell is what one Excel cell holds, in UTF-16 units (Excel specifications and limits).
const maxCell = 32767

// cellText makes a text fit for a cell. Characters that XML 1.0 cannot hold become their visible picture
// (U+2400 and following), bytes that are not UTF-8 are written as \xNN, and what is longer than a cell is cut
// with a note that says so and names where the whole text stands. It does not touch a leading = + - or @:
// texts are stored with the cell type "string", which a spreadsheet never takes for a formula.
func cellText(s, whole string, t texts) string {
	s = visible(s)
	units := utf16Len(s)
	if units <= maxCell {
		return s
	}
	note := func(kept int) string { return t.get("cut", kept, utf8.RuneCountInString(s), whole) }
	room := maxCell - utf16Len(note(units))
	used, end, kept := 0, 0, 0
	for i, r := range s {
		n := 1
		if r > 0xFFFF {
			n = 2
		}
		if used+n > room {
			break
		}
		used += n
		end = i + utf8.RuneLen(r)
		kept++
	}
	return s[:end] + note(kept)
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// visible replaces what a file of text cannot hold by something that can be seen. Line breaks become \n.
func visible(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] >= ' ' && s[i] < 0x7F || s[i] == '\n' || s[i] == '\t'
	}
	if clean {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			const hex = "0123456789ABCDEF"
			b.WriteString(`\x`)
			b.WriteByte(hex[s[i]>>4])
			b.WriteByte(hex[s[i]&15])
		case r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069: // would turn the text around and hide code
			fmt.Fprintf(&b, `\u%04X`, r)
		case r == '\n' || r == '\t' || r >= ' ' && r != 0x7F && r != 0xFFFE && r != 0xFFFF:
			b.WriteRune(r)
		case r < ' ':
			b.WriteRune(0x2400 + r)
		case r == 0x7F:
			b.WriteRune(0x2421)
		default: // U+FFFE, U+FFFF
			b.WriteRune(utf8.RuneError)
		}
		i += n
	}
	return b.String()
}
