package files

import (
	"bytes"
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

// decodeAs reads raw in a charset that the user has named.
func decodeAs(name string, raw []byte, charset string) ([]byte, *Problem) {
	enc, ok := lookupCharset(charset)
	if !ok {
		return nil, &Problem{Pos: rawPos(name, raw, 0), Msg: "unknown character set " + charset, Hint: charsetHint}
	}
	if enc == nil {
		if off := invalidUTF8(raw); off >= 0 {
			return nil, notIn(name, raw, off, charset)
		}
		return raw, nil
	}
	if _, is := enc.(ascii); is {
		for off, c := range raw {
			if c >= utf8.RuneSelf {
				return nil, notIn(name, raw, off, charset)
			}
		}
		return raw, nil
	}
	src, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, &Problem{Pos: rawPos(name, raw, 0), Msg: "cannot be decoded from " + charset, Hint: charsetHint, Err: err}
	}
	// x/text's decoders put U+FFFD where bytes stand for nothing and say no word
	if at := bytes.Index(src, []byte("\uFFFD")); at >= 0 {
		p := &Problem{Msg: "bytes that are not valid in " + charset, Hint: charsetHint}
		p.Pos.File = name
		p.Pos.Line, p.Pos.Col = place(src[:at])
		return nil, p
	}
	return src, nil
}

// detect names the charset of text that is not UTF-8. It tells Chinese (GBK, GB18030) from the western pages by
// how the bytes above 127 pair up; "" means that the text is UTF-8 with damage in it. It is a guess and Text says
// so.
func detect(raw []byte) string {
	if mostlyUTF8(raw) {
		return ""
	}
	pairs, likely, four, broken := 0, 0, 0, false
	for i := 0; i < len(raw) && !broken; i++ {
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
			broken = true
		}
	}
	switch {
	case !broken && four > 0 && likely*10 >= pairs*8:
		return "GB18030"
	case !broken && likely*10 >= pairs*8:
		return "GBK"
	case undefined1252(raw):
		return "ISO-8859-1"
	}
	return "windows-1252"
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

// mostlyUTF8 reports whether nine in ten of the bytes above 127 are parts of UTF-8 characters.
func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
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
	return good >= 9*bad
}

func byteAt(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}
