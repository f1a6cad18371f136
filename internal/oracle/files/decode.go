package files

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"landfall/internal/model"
)

// decode turns a file's bytes into UTF-8. A byte order mark decides; else the charset that was asked for.
// Positions of problems count in the raw bytes.
func decode(name string, raw []byte, charset string) (src []byte, from string, guessed bool, p *Problem) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		raw, charset = raw[3:], "UTF-8" // the mark outweighs what the user says of all files together
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		src, p = fromUTF16(name, raw[2:], binary.LittleEndian)
		return src, "UTF-16LE", false, p
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		src, p = fromUTF16(name, raw[2:], binary.BigEndian)
		return src, "UTF-16BE", false, p
	}
	if charset != "" && strings.Contains(strings.ToUpper(charset), "UTF16") || strings.EqualFold(charset, "UTF-16") {
		src, p = decodeAs(name, raw, charset)
		return src, charset, false, p
	}
	if off := binaryAt(raw); off >= 0 {
		return nil, "", false, &Problem{
			Pos:  rawPos(name, raw, off),
			Msg:  fmt.Sprintf("binary file (byte 0x%02X at offset %d)", raw[off], off),
			Hint: binaryHint(raw),
		}
	}
	if charset != "" {
		src, p = decodeAs(name, raw, charset)
		return src, charset, false, p
	}
	off := invalidUTF8(raw)
	if off < 0 {
		return raw, "UTF-8", true, nil
	}
	if charset = detect(raw); charset == "" {
		return nil, "", false, notIn(name, raw, off, "UTF-8, which the rest of the file is in")
	}
	src, p = decodeAs(name, raw, charset)
	return src, charset, true, p
}

const charsetHint = "name the character set the file was written in with --charset, for example GBK, GB18030, WE8MSWIN1252 or WE8ISO8859P1"

func notIn(name string, raw []byte, off int, charset string) *Problem {
	return &Problem{
		Pos:  rawPos(name, raw, off),
		Msg:  fmt.Sprintf("byte 0x%02X is not valid in %s", raw[off], charset),
		Hint: charsetHint,
	}
}

func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for off := 0; off < len(b); {
		r, n := utf8.DecodeRune(b[off:])
		if r == utf8.RuneError && n == 1 {
			return off
		}
		off += n
	}
	return -1
}

func fromUTF16(name string, raw []byte, order binary.ByteOrder) ([]byte, *Problem) {
	out := make([]byte, 0, len(raw))
	broken := func(i int, what string) *Problem {
		line, col := place(out)
		return &Problem{
			Pos: model.Pos{File: name, Offset: i, Line: line, Col: col},
			Msg: what + " in UTF-16 text", Hint: "the file is damaged or its byte order mark is wrong",
		}
	}
	for i := 0; i < len(raw); i += 2 {
		if i+1 == len(raw) {
			return nil, broken(i, "half a character at the end")
		}
		r := rune(order.Uint16(raw[i:]))
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+3 < len(raw) {
				low = rune(order.Uint16(raw[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return nil, broken(i, "unpaired surrogate")
			}
			i += 2
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}

// place is where the end of decoded text lies.
func place(text []byte) (line, col int) {
	return 1 + bytes.Count(text, []byte{'\n'}), 1 + utf8.RuneCount(text[bytes.LastIndexByte(text, '\n')+1:])
}

// rawPos is a position in bytes that could not be decoded, so columns count bytes from the line's start where
// they are not UTF-8.
func rawPos(name string, raw []byte, off int) model.Pos {
	line, col := place(raw[:off])
	return model.Pos{File: name, Offset: off, Line: line, Col: col}
}

// binaryAt is the offset of the first byte that text does not hold, when the beginning of the file holds too
// many of them for text with a stray control character; -1 for text.
func binaryAt(raw []byte) int {
	head := raw[:min(len(raw), 64<<10)]
	first, n := -1, 0
	for i, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1a && c != 0x1b {
			if first < 0 {
				first = i
			}
			n++
		}
	}
	if n*100 <= len(head) {
		return -1
	}
	return first
}

var magics = []struct{ prefix, what string }{
	{"PK\x03\x04", "it is a zip archive: unpack it first"},
	{"\x1F\x8B", "it is gzip-compressed: unpack it first"},
	{"%PDF", "it is a PDF document"},
	{"\x7FELF", "it is a program"},
	{"\x03\x01\x01", "it looks like an export dump: write its DDL with impdp SQLFILE= and read that"},
	{"\x03\x02\x01", "it looks like an export dump: write its DDL with impdp SQLFILE= and read that"},
}

func binaryHint(raw []byte) string {
	for _, m := range magics {
		if strings.HasPrefix(string(raw[:min(len(raw), 8)]), m.prefix) {
			return m.what
		}
	}
	return "leave it out, or name its character set with --charset if it is text in UTF-16"
}
