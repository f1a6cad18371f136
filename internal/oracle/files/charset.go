package files

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"landfall/internal/model"
)

// oracleCharsets are Oracle's names (Database Globalization Support Guide, appendix A) of the character sets
// that script files come in. nil is UTF-8, which needs no decoder.
var oracleCharsets = map[string]encoding.Encoding{
	"AL32UTF8": nil, "UTF8": nil, "US7ASCII": ascii{},
	"AL16UTF16":   unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"AL16UTF16LE": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),

	"ZHS16GBK": simplifiedchinese.GBK, "ZHS32GB18030": simplifiedchinese.GB18030, "ZHS16CGB231280": simplifiedchinese.GBK,
	"ZHT16BIG5": traditionalchinese.Big5, "ZHT16MSWIN950": traditionalchinese.Big5, "ZHT16HKSCS": traditionalchinese.Big5,
	"JA16SJIS": japanese.ShiftJIS, "JA16SJISTILDE": japanese.ShiftJIS, "JA16EUC": japanese.EUCJP, "JA16EUCTILDE": japanese.EUCJP,
	"KO16KSC5601": korean.EUCKR, "KO16MSWIN949": korean.EUCKR,

	"WE8ISO8859P1": charmap.ISO8859_1, "EE8ISO8859P2": charmap.ISO8859_2, "CL8ISO8859P5": charmap.ISO8859_5,
	"EL8ISO8859P7": charmap.ISO8859_7, "WE8ISO8859P9": charmap.ISO8859_9, "WE8ISO8859P15": charmap.ISO8859_15,
	"EE8MSWIN1250": charmap.Windows1250, "CL8MSWIN1251": charmap.Windows1251, "WE8MSWIN1252": charmap.Windows1252,
	"EL8MSWIN1253": charmap.Windows1253, "TR8MSWIN1254": charmap.Windows1254, "IW8MSWIN1255": charmap.Windows1255,
	"AR8MSWIN1256": charmap.Windows1256, "BLT8MSWIN1257": charmap.Windows1257, "VN8MSWIN1258": charmap.Windows1258,
	"WE8PC850": charmap.CodePage850, "US8PC437": charmap.CodePage437, "RU8PC866": charmap.CodePage866, "CL8KOI8R": charmap.KOI8R,
	"TH8TISASCII": charmap.Windows874,
}

// KnownCharset reports whether a name given by a user is one that Read can decode.
func KnownCharset(name string) bool {
	_, ok := lookupCharset(name)
	return ok
}

func lookupCharset(name string) (encoding.Encoding, bool) {
	upper := strings.ToUpper(strings.TrimSpace(name))
	if e, ok := oracleCharsets[upper]; ok {
		return e, true
	}
	switch upper {
	case "UTF-8":
		return nil, true
	case "ASCII", "US-ASCII":
		return ascii{}, true
	case "CP936":
		return simplifiedchinese.GBK, true
	}
	e, err := ianaindex.IANA.Encoding(name)
	return e, err == nil && e != nil
}

// ascii only serves as a mark: decodeAs checks it without a decoder.
type ascii struct{ encoding.Encoding }

// decodeAs reads raw in a charset that the user has named or detect has found. Bytes that stand for nothing become
// U+FFFD each and are counted.
func decodeAs(name string, raw []byte, charset string) (src []byte, damage *Damage, p *Problem) {
	enc, ok := lookupCharset(charset)
	if !ok {
		return nil, nil, &Problem{Pos: rawPos(name, raw, 0), Msg: "unknown character set " + charset, Hint: charsetHint}
	}
	if enc == nil {
		src, damage = replaceBad(name, raw, charset, false)
		return src, damage, nil
	}
	if _, is := enc.(ascii); is {
		src, damage = replaceBad(name, raw, charset, true)
		return src, damage, nil
	}
	src, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, nil, &Problem{Pos: rawPos(name, raw, 0), Msg: "cannot be decoded from " + charset, Hint: charsetHint, Err: err}
	}
	return src, replaced(name, src, charset), nil
}

// replaced finds what a decoder of x/text has put U+FFFD for; they say no word.
func replaced(name string, src []byte, charset string) *Damage {
	at := bytes.Index(src, []byte("\uFFFD"))
	if at < 0 {
		return nil
	}
	d := &Damage{Count: bytes.Count(src, []byte("\uFFFD")), First: model.Pos{File: name}, Charset: charset}
	d.First.Line, d.First.Col = place(src[:at])
	return d
}

// replaceBad puts U+FFFD for each byte that is not UTF-8 (or not ASCII). Text without such bytes is not copied.
func replaceBad(name string, raw []byte, charset string, asciiOnly bool) ([]byte, *Damage) {
	off := invalidUTF8(raw)
	if asciiOnly {
		off = bytes.IndexFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf })
	}
	if off < 0 {
		return raw, nil
	}
	d := &Damage{First: rawPos(name, raw, off), Byte: raw[off], HasByte: true, Charset: charset}
	out := append(make([]byte, 0, len(raw)+64), raw[:off]...)
	for rest := raw[off:]; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		switch {
		case asciiOnly && rest[0] >= utf8.RuneSelf:
			n = 1
			fallthrough
		case r == utf8.RuneError && n == 1:
			d.Count++
			out = utf8.AppendRune(out, utf8.RuneError)
		default:
			out = append(out, rest[:n]...)
		}
		rest = rest[n:]
	}
	return out, d
}

// detect names the charset of text that is not UTF-8, says how surely and by which rule. It tells Chinese (GBK,
// GB18030) from the western pages by how the bytes above 127 pair up. Text that is UTF-8 but for a few bytes is
// UTF-8 with damage.
func detect(raw []byte) (charset string, sure Sureness, why string) {
	if why, is := mixed(raw); is {
		return mixedCharset, Guess, why
	}
	if good, bad := countUTF8(raw); good >= 9*bad {
		return "UTF-8", Likely, fmt.Sprintf("%d of its bytes above 127 are UTF-8, %d are not", good, bad)
	}
	pairs, likely, four, broken := countPairs(raw)
	if !broken && likely*10 >= pairs*8 {
		sure, why = Guess, fmt.Sprintf("all its bytes above 127 pair up, %d of %d pairs to characters of GB 2312", likely, pairs)
		if pairs >= 16 {
			sure = Likely
		}
		if four > 0 {
			return "GB18030", sure, fmt.Sprintf("%s, and %d to characters of four bytes", why, four)
		}
		return "GBK", sure, why
	}
	if undefined1252(raw) {
		return "ISO-8859-1", Guess, "its bytes above 127 do not pair up as Chinese, and Windows-1252 leaves some of them open"
	}
	return "windows-1252", Guess, "its bytes above 127 do not pair up as Chinese"
}

// undefined1252 reports bytes that Windows-1252 leaves open; ISO 8859-1 gives every byte a meaning.
func undefined1252(raw []byte) bool {
	for _, c := range []byte{0x81, 0x8D, 0x8F, 0x90, 0x9D} {
		if bytes.IndexByte(raw, c) >= 0 {
			return true
		}
	}
	return false
}

// countUTF8 counts the bytes above 127 that are parts of UTF-8 characters, and those that are not.
func countUTF8(raw []byte) (good, bad int) {
	for len(raw) > 0 {
		if raw[0] < utf8.RuneSelf {
			raw = raw[1:]
			continue
		}
		r, n := utf8.DecodeRune(raw)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good += n
		}
		raw = raw[n:]
	}
	return good, bad
}

func byteAt(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}
