package connect

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Numbers of character sets whose bytes are read by our own hand (Globalization Support Guide, appendix A; numbers: NLS_CHARSET_ID).
const (
	charsetASCII = 1    // US7ASCII
	charsetCESU8 = 871  // UTF8: characters beyond the BMP as two surrogates of 3 bytes each
	charsetUTF8  = 873  // AL32UTF8
	charsetUTF16 = 2000 // AL16UTF16, big endian
)

// charset is one of Oracle's character sets that can be read without a loss.
type charset struct {
	id   int
	name string
	// one byte a character: enc is a table. Others are read by enc's decoder, with what it puts for wrong bytes looked at.
	single bool
	enc    encoding.Encoding // nil for those with numbers above
}

var charsets = []charset{
	{id: charsetASCII, name: "US7ASCII", single: true},
	{id: charsetUTF8, name: "AL32UTF8"},
	{id: charsetCESU8, name: "UTF8"},
	{id: charsetUTF16, name: "AL16UTF16"},
	{id: 4, name: "US8PC437", single: true, enc: charmap.CodePage437},
	{id: 10, name: "WE8PC850", single: true, enc: charmap.CodePage850},
	{id: 28, name: "WE8PC858", single: true, enc: charmap.CodePage858},
	{id: 31, name: "WE8ISO8859P1", single: true, enc: charmap.ISO8859_1},
	{id: 32, name: "EE8ISO8859P2", single: true, enc: charmap.ISO8859_2},
	{id: 33, name: "SE8ISO8859P3", single: true, enc: charmap.ISO8859_3},
	{id: 34, name: "NEE8ISO8859P4", single: true, enc: charmap.ISO8859_4},
	{id: 35, name: "CL8ISO8859P5", single: true, enc: charmap.ISO8859_5},
	{id: 36, name: "AR8ISO8859P6", single: true, enc: charmap.ISO8859_6},
	{id: 37, name: "EL8ISO8859P7", single: true, enc: charmap.ISO8859_7},
	{id: 38, name: "IW8ISO8859P8", single: true, enc: charmap.ISO8859_8},
	{id: 39, name: "WE8ISO8859P9", single: true, enc: charmap.ISO8859_9},
	{id: 46, name: "WE8ISO8859P15", single: true, enc: charmap.ISO8859_15},
	{id: 150, name: "EE8PC852", single: true, enc: charmap.CodePage852},
	{id: 152, name: "RU8PC866", single: true, enc: charmap.CodePage866},
	{id: 155, name: "RU8PC855", single: true, enc: charmap.CodePage855},
	{id: 170, name: "EE8MSWIN1250", single: true, enc: charmap.Windows1250},
	{id: 171, name: "CL8MSWIN1251", single: true, enc: charmap.Windows1251},
	{id: 174, name: "EL8MSWIN1253", single: true, enc: charmap.Windows1253},
	{id: 175, name: "IW8MSWIN1255", single: true, enc: charmap.Windows1255},
	{id: 177, name: "TR8MSWIN1254", single: true, enc: charmap.Windows1254},
	{id: 178, name: "WE8MSWIN1252", single: true, enc: charmap.Windows1252},
	{id: 179, name: "BLT8MSWIN1257", single: true, enc: charmap.Windows1257},
	{id: 196, name: "CL8KOI8R", single: true, enc: charmap.KOI8R},
	{id: 51, name: "CL8KOI8U", single: true, enc: charmap.KOI8U},
	{id: 560, name: "AR8MSWIN1256", single: true, enc: charmap.Windows1256},
	{id: 45, name: "VN8MSWIN1258", single: true, enc: charmap.Windows1258},
	{id: 830, name: "JA16EUC", enc: japanese.EUCJP},
	{id: 837, name: "JA16EUCTILDE", enc: japanese.EUCJP},
	{id: 832, name: "JA16SJIS", enc: japanese.ShiftJIS},
	{id: 838, name: "JA16SJISTILDE", enc: japanese.ShiftJIS},
	{id: 846, name: "KO16MSWIN949", enc: korean.EUCKR},
	{id: 852, name: "ZHS16GBK", enc: simplifiedchinese.GBK},
	{id: 854, name: "ZHS32GB18030", enc: simplifiedchinese.GB18030},
	{id: 865, name: "ZHT16BIG5", enc: traditionalchinese.Big5},
	{id: 867, name: "ZHT16MSWIN950", enc: traditionalchinese.Big5},
}

func charsetOf(id int) (*charset, error) {
	for i := range charsets {
		if charsets[i].id == id {
			return &charsets[i], nil
		}
	}
	return nil, fmt.Errorf("character set %d is none that can be read without a loss", id)
}

// charsetNamed finds a set that the bytes of a database may be in, whatever it says: any but UTF-16, and UTF8, whose
// characters can be cut in their middle: AL32UTF8 reads what is written by programs that know nothing of it.
func charsetNamed(name string) (*charset, error) {
	for i := range charsets {
		if strings.EqualFold(charsets[i].name, name) && charsets[i].id != charsetUTF16 && charsets[i].id != charsetCESU8 {
			return &charsets[i], nil
		}
	}
	return nil, fmt.Errorf("%q is no character set that text can be read by (ZHS16GBK, ZHS32GB18030 and AL32UTF8 are)", name)
}

// tail is how many bytes at the end of a piece of text are the beginning of a character.
func (c *charset) tail(b []byte) int {
	switch {
	case c.single || c.enc == nil && c.id != charsetUTF8:
		return 0
	case c.id == charsetUTF8:
		return cutRune(b)
	}
	for i := 0; i < len(b); {
		n := 1
		switch {
		case b[i] < 0x80 || c.id == 832 && b[i] >= 0xA1 && b[i] <= 0xDF || c.id == 838 && b[i] >= 0xA1 && b[i] <= 0xDF: // ASCII; half-width katakana of Shift JIS
		case c.id == 854 && i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '9':
			n = 4
		case (c.id == 830 || c.id == 837) && b[i] == 0x8F: // EUC's third set
			n = 3
		default:
			n = 2
		}
		if i+n > len(b) {
			return len(b) - i
		}
		i += n
	}
	return 0
}

// CharsetName is Oracle's name of a character set by its number; "" when it is not known here.
func CharsetName(id int) string {
	if cs, err := charsetOf(id); err == nil {
		return cs.name
	}
	return ""
}
