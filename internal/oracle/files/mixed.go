package files

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// mixedCharset is what is said of a file in which some lines are UTF-8 and the others GBK, as scripts become that
// are put together from others.
const mixedCharset = "UTF-8 and GBK by line"

// mixed reports whether the lines of a text that is not UTF-8 as a whole are Chinese in UTF-8 or in GBK each.
func mixed(raw []byte) (why string, is bool) {
	utf, gbk := 0, 0
	for line := range bytes.Lines(raw) {
		switch {
		case isASCII(line):
		case utf8.Valid(line):
			if !hanzi(line) {
				return "", false
			}
			utf++
		default:
			pairs, likely, four, broken := countPairs(line)
			if broken || four > 0 || likely*10 < pairs*8 {
				return "", false
			}
			gbk++
		}
	}
	return fmt.Sprintf("of its lines with bytes above 127, %d are Chinese in UTF-8 and %d in GBK", utf, gbk), utf > 0 && gbk > 0
}

// hanzi reports whether a line holds a Chinese character in UTF-8.
func hanzi(line []byte) bool {
	return bytes.ContainsFunc(line, func(r rune) bool {
		return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
	})
}

// decodeMixed reads each line that is not UTF-8 as GBK.
func decodeMixed(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+len(raw)/4)
	dec := simplifiedchinese.GBK.NewDecoder()
	for line := range bytes.Lines(raw) {
		if !utf8.Valid(line) {
			if text, err := dec.Bytes(line); err == nil {
				line = text
			}
		}
		out = append(out, line...)
	}
	return out
}

// countPairs counts, in text that may be GBK or GB18030, the pairs of bytes, those of them that GB 2312 has, and the
// characters of four bytes; broken says that some byte above 127 belongs to none.
func countPairs(raw []byte) (pairs, likely, four int, broken bool) {
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c < utf8.RuneSelf {
			continue
		}
		d := byteAt(raw, i+1)
		switch {
		case c >= 0x81 && c <= 0xFE && d >= '0' && d <= '9' && byteAt(raw, i+2) >= 0x81 && byteAt(raw, i+3) >= '0' && byteAt(raw, i+3) <= '9':
			four++
			i += 3
		case c >= 0x81 && c <= 0xFE && d >= 0x40 && d != 0x7F && d != 0xFF:
			pairs++
			// GB 2312's rows: punctuation and full-width forms, then the hanzi by frequency
			if d >= 0xA1 && (c >= 0xA1 && c <= 0xA3 || c >= 0xB0 && c <= 0xF7) {
				likely++
			}
			i++
		default:
			return pairs, likely, four, true
		}
	}
	return pairs, likely, four, false
}
