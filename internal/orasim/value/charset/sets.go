// Package charset knows the character sets of Oracle's databases by number and name, and converts text between them as a
// server does: what a set cannot say becomes its replacement character, silently.
//
// It also gives text the form in which the engine holds it, see Set.Hold: UTF-8 in which every byte of the set that is
// no character, and every surrogate of UTF8 (CESU-8), is a character of its own, so that functions count as Oracle
// counts and no byte is lost. Tables are those of golang.org/x/text; the package shares nothing with the converter of
// internal/oracle/connect on purpose, so that the two can disagree.
//
// Sources: Database Globalization Support Guide, appendix A (names); numbers and replacement characters are those that
// Oracle's clients carry in their tables. Oracle also has look-alikes (CONVERT in the SQL Reference makes A of Ä in
// US7ASCII, and ? of Ø); they are not known completely, so none are made here.
package charset

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

// Numbers of the sets that others name.
const (
	ASCII     = 1 // US7ASCII
	AL32UTF8  = 873
	CESU8     = 871 // UTF8: characters beyond the BMP as two surrogates of 3 bytes
	AL16UTF16 = 2000
	gb18030   = 854
)

// Set is one of Oracle's character sets.
type Set struct {
	ID     int
	Name   string
	Multi  bool // characters of several bytes: CLOBs are kept in UTF-16 then
	Widest int  // most bytes of a character
	enc    encoding.Encoding
	lost   string // what stands for a character that the set does not have; "" is ?
}

const inverted = "\u00bf" // stands for what is lost in the Latin sets

var sets = []*Set{
	{ID: AL32UTF8, Name: "AL32UTF8", Multi: true, Widest: 4, lost: "\ufffd"},
	{ID: CESU8, Name: "UTF8", Multi: true, Widest: 3, lost: "\ufffd"},
	{ID: AL16UTF16, Name: "AL16UTF16", Multi: true, Widest: 4, lost: "\ufffd"},
	{ID: ASCII, Name: "US7ASCII", Widest: 1},
	{ID: 31, Name: "WE8ISO8859P1", Widest: 1, enc: charmap.ISO8859_1, lost: inverted},
	{ID: 32, Name: "EE8ISO8859P2", Widest: 1, enc: charmap.ISO8859_2},
	{ID: 35, Name: "CL8ISO8859P5", Widest: 1, enc: charmap.ISO8859_5},
	{ID: 46, Name: "WE8ISO8859P15", Widest: 1, enc: charmap.ISO8859_15, lost: inverted},
	{ID: 170, Name: "EE8MSWIN1250", Widest: 1, enc: charmap.Windows1250},
	{ID: 171, Name: "CL8MSWIN1251", Widest: 1, enc: charmap.Windows1251},
	{ID: 178, Name: "WE8MSWIN1252", Widest: 1, enc: charmap.Windows1252, lost: inverted},
	{ID: 832, Name: "JA16SJIS", Multi: true, Widest: 2, enc: japanese.ShiftJIS},
	{ID: 838, Name: "JA16SJISTILDE", Multi: true, Widest: 2, enc: japanese.ShiftJIS},
	{ID: 830, Name: "JA16EUC", Multi: true, Widest: 3, enc: japanese.EUCJP, lost: "\uff1f"},
	{ID: 846, Name: "KO16MSWIN949", Multi: true, Widest: 2, enc: korean.EUCKR},
	{ID: 852, Name: "ZHS16GBK", Multi: true, Widest: 2, enc: simplifiedchinese.GBK},
	{ID: gb18030, Name: "ZHS32GB18030", Multi: true, Widest: 4, enc: simplifiedchinese.GB18030},
	{ID: 865, Name: "ZHT16BIG5", Multi: true, Widest: 2, enc: traditionalchinese.Big5},
	{ID: 867, Name: "ZHT16MSWIN950", Multi: true, Widest: 2, enc: traditionalchinese.Big5},
}

// Of finds a set by Oracle's number.
func Of(id int) (*Set, bool) {
	for _, s := range sets {
		if s.ID == id {
			return s, true
		}
	}
	return nil, false
}

// ByName finds a set by Oracle's name, in any case.
func ByName(name string) (*Set, bool) {
	for _, s := range sets {
		if strings.EqualFold(s.Name, name) {
			return s, true
		}
	}
	return nil, false
}

// Database lists the names of the sets that can be a database's.
func Database() []string {
	var out []string
	for _, s := range sets {
		if s.ID != AL16UTF16 {
			out = append(out, s.Name)
		}
	}
	return out
}

// NameOf is the name of a number, also of one that is not known.
func NameOf(id int) string {
	if s, ok := Of(id); ok {
		return s.Name
	}
	return fmt.Sprintf("CHARSET%d", id)
}

// Wrong is a byte that is no character of the set wherever it stands; ok is false for sets in which every byte is one.
func (s *Set) Wrong() (b byte, ok bool) {
	if s.enc == nil || s.Multi {
		return 0xff, s.ID != AL16UTF16
	}
	for b := 0xff; b >= 0x80; b-- {
		if _, n := s.one([]byte{byte(b)}); n == 0 {
			return byte(b), true
		}
	}
	return 0, false
}
