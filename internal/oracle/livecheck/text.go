package livecheck

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"landfall/internal/oracle/connect"
)

// samples are texts of several scripts. A database that cannot hold one is no difference: its set says so.
var samples = []struct{ name, text string }{
	{"ASCII", "The quick brown fox 0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
	{"Latin-1", "Grüße, façade, señor, ÆØÅ"},
	{"Latin-2", "Zażółć gęślą jaźń"},
	{"Cyrillic", "Съешь же ещё этих мягких булок"},
	{"Greek", "Ξεσκεπάζω την ψυχοφθόρα"},
	{"Chinese", "天地玄黃宇宙洪荒 简体字"},
	{"Japanese", "いろはにほへと ｶﾀｶﾅ"},
	{"Korean", "키스의 고유조건은"},
	{"euro", "€ 100"},
	{"beyond the BMP", "😀𠀀𝄞"},
	{"controls", "a\tb\nc\rd\x01e"},
}

// characters sends each sample and takes it back; ASCIISTR says what the server has understood, UNISTR what it sends.
func (c *checker) characters() error {
	for _, s := range samples {
		want := asciistr(s.text)
		err := c.add("text", s.name+", sent and taken back", s.text, func() (string, string, error) {
			if !c.se.Holds(s.text) {
				return "", "", &skipped{"the database's character set does not have it"}
			}
			said, err := c.text("SELECT ASCIISTR(:1) FROM dual", s.text)
			if err != nil {
				return "", "", err
			}
			if said != want {
				return said, "what the server has understood, by ASCIISTR; sent was " + want, nil
			}
			back, err := c.text("SELECT :1 FROM dual", s.text)
			return back, "", err
		})
		if err != nil {
			return err
		}
		err = c.add("text", s.name+", as national text", s.text, func() (string, string, error) {
			return c.wireText("SELECT UNISTR(:1) FROM dual", want)
		})
		if err != nil {
			return err
		}
	}
	return c.value("text", "an empty text is NULL", "NULL", "SELECT :1 FROM dual", "")
}

// wireText is a single text value by the way of bytes.
func (c *checker) wireText(sql string, args ...any) (string, string, error) {
	w, err := c.se.Fetch(c.ctx, connect.Query{FetchRows: 1}, sql, args...)
	if err != nil {
		return "", "", err
	}
	row := make([][]byte, len(w.Columns()))
	err = w.Next(c.ctx, row)
	got := "no row"
	switch {
	case err == nil && row[0] == nil:
		got = "NULL"
	case err == nil:
		got = string(row[0])
	case err == io.EOF:
		err = nil
	}
	return got, "", errors.Join(err, w.Close())
}

// asciistr is a text as Oracle's ASCIISTR writes it.
func asciistr(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		if u < 0x80 && u != '\\' {
			b.WriteByte(byte(u))
		} else {
			fmt.Fprintf(&b, `\%04X`, u)
		}
	}
	return b.String()
}
