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

// Sureness says how much is behind the character set that a file was read in.
type Sureness string

// Certain is a byte order mark, the user's word, or text that is valid UTF-8; Likely is a count that speaks for
// itself; Guess is what is left.
const (
	Certain Sureness = "certain"
	Likely  Sureness = "likely"
	Guess   Sureness = "guess"
)

// Damage is about bytes that stand for nothing in a file's character set and were read as U+FFFD, one for each.
type Damage struct {
	Count   int
	First   model.Pos
	Charset string
	Byte    byte // the first one
	HasByte bool // Byte is known
	What    string
}

// Problem is what is said of the damage.
func (d *Damage) Problem() *Problem {
	msg := "bytes that are not valid in " + d.Charset
	switch {
	case d.What != "":
		msg = d.What
	case d.HasByte:
		msg = fmt.Sprintf("byte 0x%02X is not valid in %s", d.Byte, d.Charset)
	}
	if d.Count > 1 {
		msg += fmt.Sprintf(", the first of %d", d.Count)
	}
	return &Problem{Pos: d.First, Msg: msg + "; read as U+FFFD", Hint: charsetHint}
}

// decoded is a file's text with what is known of its character set.
type decoded struct {
	src    []byte
	from   string
	sure   Sureness
	why    string
	damage *Damage
}

// decode turns a file's bytes into UTF-8. A byte order mark decides; else the charset that was asked for; else what
// the bytes look like. Positions of damage count in the raw bytes, or in the decoded text where those have none.
func decode(name string, raw []byte, charset string) (d decoded, p *Problem) {
	const mark = "byte order mark"
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")): // the mark outweighs what the user says of all files together
		d = decoded{from: "UTF-8", sure: Certain, why: mark}
		d.src, d.damage, p = decodeAs(name, raw[3:], "UTF-8")
		return d, p
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		d = decoded{from: "UTF-16LE", sure: Certain, why: mark}
		d.src, d.damage = fromUTF16(name, raw[2:], binary.LittleEndian)
		return d, nil
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		d = decoded{from: "UTF-16BE", sure: Certain, why: mark}
		d.src, d.damage = fromUTF16(name, raw[2:], binary.BigEndian)
		return d, nil
	}
	wide := strings.Contains(strings.ReplaceAll(strings.ToUpper(charset), "-", ""), "UTF16")
	if off := binaryAt(raw); off >= 0 && !wide {
		return d, &Problem{
			Pos:  rawPos(name, raw, off),
			Msg:  fmt.Sprintf("binary file (byte 0x%02X at offset %d)", raw[off], off),
			Hint: binaryHint(raw),
		}
	}
	switch {
	case charset != "":
		d = decoded{from: charset, sure: Certain, why: "named"}
	case isASCII(raw):
		d = decoded{from: "UTF-8", sure: Certain, why: "nothing but ASCII"}
	case invalidUTF8(raw) < 0:
		d = decoded{from: "UTF-8", sure: Certain, why: "valid UTF-8"}
	default:
		if d.from, d.sure, d.why = detect(raw); d.from == mixedCharset {
			d.src = decodeMixed(raw)
			d.damage = replaced(name, d.src, mixedCharset)
			return d, nil
		}
	}
	d.src, d.damage, p = decodeAs(name, raw, d.from)
	return d, p
}

func isASCII(raw []byte) bool {
	for _, c := range raw {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

const charsetHint = "name the character set the file was written in with --charset, for example GBK, GB18030, WE8MSWIN1252 or WE8ISO8859P1"

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

func fromUTF16(name string, raw []byte, order binary.ByteOrder) ([]byte, *Damage) {
	out := make([]byte, 0, len(raw))
	var d *Damage
	broken := func(i int, what string) {
		if d == nil {
			line, col := place(out)
			d = &Damage{First: model.Pos{File: name, Offset: i + 2, Line: line, Col: col}, Charset: "UTF-16", What: what + " in UTF-16 text"}
		}
		d.Count++
		out = utf8.AppendRune(out, utf8.RuneError)
	}
	for i := 0; i < len(raw); i += 2 {
		if i+1 == len(raw) {
			broken(i, "half a character at the end")
			break
		}
		r := rune(order.Uint16(raw[i:]))
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+3 < len(raw) {
				low = rune(order.Uint16(raw[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				broken(i, "unpaired surrogate")
				continue
			}
			i += 2
		}
		out = utf8.AppendRune(out, r)
	}
	return out, d
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
