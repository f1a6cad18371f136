package workload

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// sniffed is how much of a file is looked at to tell its kind and character set.
const sniffed = 1 << 16

// charset is what a text was read in, where there is something to say: its name in the Encoding Standard, and what was
// assumed.
type charset struct{ name, note string }

// oracleNames are Oracle's names of character sets that the Encoding Standard calls otherwise.
var oracleNames = map[string]string{"ZHS16GBK": "gbk", "ZHS32GB18030": "gb18030", "AL32UTF8": "utf-8", "UTF8": "utf-8", "ZHT16BIG5": "big5", "WE8MSWIN1252": "windows-1252", "WE8ISO8859P1": "iso-8859-1", "US7ASCII": "utf-8"}

// decoder gives r as UTF-8. Byte order marks tell; without one and without a name it is UTF-8 when its beginning is, and
// GB18030 otherwise, which is said.
func decoder(r io.Reader, start []byte, name string) (io.Reader, charset, error) {
	switch {
	case bytes.HasPrefix(start, []byte{0xEF, 0xBB, 0xBF}):
		return unicode.UTF8BOM.NewDecoder().Reader(r), charset{}, nil
	case bytes.HasPrefix(start, []byte{0xFF, 0xFE}), bytes.HasPrefix(start, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r), charset{}, nil
	}
	if name != "" {
		if n, ok := oracleNames[upper(name)]; ok {
			name = n
		}
		e, err := htmlindex.Get(name)
		if err != nil {
			return nil, charset{}, fmt.Errorf("character set %q is not known", name)
		}
		return clean(e, r), charset{name: name}, nil
	}
	whole := start
	for i := 0; i < utf8.UTFMax && len(whole) > 0 && len(start) == sniffed && !utf8.Valid(whole); i++ { // a character may be cut
		whole = whole[:len(whole)-1]
	}
	if utf8.Valid(whole) {
		return clean(unicode.UTF8, r), charset{}, nil
	}
	return clean(simplifiedchinese.GB18030, r), charset{name: "gb18030", note: "read as GB18030: it is not UTF-8"}, nil
}

// clean decodes; bytes that stand for nothing become U+FFFD.
func clean(e encoding.Encoding, r io.Reader) io.Reader { return e.NewDecoder().Reader(r) }

func upper(s string) string { return string(bytes.ToUpper([]byte(s))) }

// lossy counts the characters that a decoder could not tell, as they are read.
type lossy struct {
	r    io.Reader
	lost int
	tail []byte // of the last piece, where a character may be cut
}

func (l *lossy) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	seen := append(l.tail, p[:n]...)
	l.lost += bytes.Count(seen, replacement)
	l.tail = append([]byte(nil), seen[max(0, len(seen)-len(replacement)+1):]...)
	if bytes.HasSuffix(seen, replacement) {
		l.tail = nil
	}
	return n, err
}

// replacement is U+FFFD.
var replacement = []byte("\uFFFD")
