package connect

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

func conv(t testing.TB, id int) *converter {
	t.Helper()
	c := newConverter()
	if err := c.use(id); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDecode(t *testing.T) {
	const bad = "\xFF"
	for _, c := range []struct {
		charset  int
		in, want string
	}{
		{873, "grüße 國 😀", "grüße 國 😀"},
		{873, "a\xFFb", bad + "a\xFFb"},
		{873, "\xED\xA0\x80", bad + "\xED\xA0\x80"}, // a lone surrogate
		{873, "\x00", "\x00"},
		{871, "grüße 國", "grüße 國"},
		{871, "x\xED\xA0\xBD\xED\xB8\x80y", "x😀y"},
		{871, "😀", bad + "😀"}, // four bytes are none in CESU-8
		{871, "\xED\xA0\xBD", bad + "\xED\xA0\xBD"},
		{871, "\xED\xA0\xBDab", bad + "\xED\xA0\xBDab"},
		{871, "\xED\xB8\x80\xED\xA0\xBD", bad + "\xED\xB8\x80\xED\xA0\xBD"},
		{871, "é\xC3", bad + "é\xC3"},
		{2000, "\x00a\x57\x0B\xD8\x3D\xDE\x00", "a國😀"},
		{2000, "\x00", bad + "\x00"},
		{2000, "\xD8\x3D", bad + "\xD8\x3D"},
		{2000, "\xD8\x3D\x00a", bad + "\xD8\x3D\x00a"},
		{2000, "\xFF\xFD", "\uFFFD"},
		{1, "abc", "abc"},
		{1, "gr\xFC\xDFe", bad + "gr\xFC\xDFe"},
		{852, "abc\xB9\xFA", "abc国"},
		{852, "\x80", "€"},
		{852, "\xB9", bad + "\xB9"},
		{852, "\xB9\x20", bad + "\xB9\x20"},
		{852, "\xFF", bad + "\xFF"},
		{854, "\xB9\xFA\x94\x39\xFC\x36", "国😀"},
		{854, "\x84\x31\xA4\x37", "\uFFFD"}, // GB18030 has a way to say it
		{854, "\x84\x31\xA4", bad + "\x84\x31\xA4"},
		{854, "\x84\x31\xA4\x37\xFF", bad + "\x84\x31\xA4\x37\xFF"},
		{178, "\x80\xE9", "€é"},
		{178, "\x81", bad + "\x81"},
		{31, "\xE9", "é"},
		{31, "\x85", "\u0085"},
		{171, "\xE9", "й"},
		{832, "\x82\xA0", "あ"},
		{832, "\x82", bad + "\x82"},
		{846, "\xB0\xA1", "가"},
		{865, "\xA4\xA4", "中"},
	} {
		got := conv(t, c.charset).Decode([]byte(c.in))
		if got != c.want {
			t.Errorf("%d: %X -> %q, want %q", c.charset, c.in, got, c.want)
		}
		if got != "" && got[0] != badMark {
			if !utf8.ValidString(got) {
				t.Errorf("%d: %X -> invalid UTF-8", c.charset, c.in)
			}
			if back := conv(t, c.charset).Encode(got); string(back) != c.in {
				t.Errorf("%d: %X -> %q -> %X", c.charset, c.in, got, back)
			}
		}
	}
}

// TestEncodeSaysWhatItCannot: what the database's set does not have becomes no other character.
func TestEncodeSaysWhatItCannot(t *testing.T) {
	for id, in := range map[int]string{1: "é", 31: "€", 178: "國", 852: "😀", 871: "", 832: "가"} {
		out := conv(t, id).Encode(in)
		if in != "" && (len(out) == 0 || bytes.IndexByte(out, badMark) < 0) {
			t.Errorf("%d: %q -> %X", id, in, out)
		}
	}
}

func TestSalvage(t *testing.T) {
	for _, c := range []struct {
		charset          int
		in, hex, replace string
	}{
		{873, "gr\xFCn \xE5\x9B\xBD\xFF\xFEx", `gr\xFCn 国\xFF\xFEx`, "gr\uFFFDn 国\uFFFDx"},
		{1, "gr\xFC\xDF", `gr\xFC\xDF`, "gr\uFFFD"},
		{852, "a\xB9\xFA\xFFb", `a国\xFFb`, "a国\uFFFDb"},
		{2000, "\x00a\xD8\x3D\x00b", `a\xD8\x3Db`, "a\uFFFDb"},
		{871, "\xED\xA0\xBDx", `\xED\xA0\xBDx`, "\uFFFDx"},
	} {
		k := conv(t, c.charset)
		if got := k.salvage([]byte(c.in), HexText); got != c.hex {
			t.Errorf("%d hex: %q, want %q", c.charset, got, c.hex)
		}
		if got := k.salvage([]byte(c.in), ReplaceText); got != c.replace {
			t.Errorf("%d replace: %q, want %q", c.charset, got, c.replace)
		}
	}
}

func TestUnknownCharset(t *testing.T) {
	if err := newConverter().use(90); err == nil { // WE8EBCDIC37C
		t.Error("EBCDIC was taken")
	}
	if CharsetName(852) != "ZHS16GBK" || CharsetName(90) != "" {
		t.Errorf("%q, %q", CharsetName(852), CharsetName(90))
	}
}

// FuzzDecode: whatever comes, the result is valid UTF-8 or marked, and what is not marked says the same bytes again where the
// set has one way to say a character.
func FuzzDecode(f *testing.F) {
	f.Add(873, []byte("grüße"))
	f.Add(852, []byte("\xB9\xFA\x80\xFF"))
	f.Add(854, []byte("\x84\x31\xA4\x37\x94\x39\xFC\x36"))
	f.Add(871, []byte("\xED\xA0\xBD\xED\xB8\x80"))
	f.Fuzz(func(t *testing.T, id int, b []byte) {
		c := newConverter()
		if c.use(id) != nil {
			return
		}
		s := c.Decode(b)
		if s != "" && s[0] == badMark {
			if s[1:] != string(b) {
				t.Fatalf("%X became %X", b, s[1:])
			}
			for _, p := range []TextPolicy{HexText, ReplaceText} {
				if !utf8.ValidString(c.salvage(b, p)) {
					t.Fatalf("%X salvaged is no UTF-8", b)
				}
			}
			return
		}
		if !utf8.ValidString(s) {
			t.Fatalf("%X became %X", b, s)
		}
		if id == 873 || id == 871 || id == 2000 || id == 1 || c.table != nil {
			if back := c.Encode(s); !bytes.Equal(back, b) {
				t.Fatalf("%X -> %q -> %X", b, s, back)
			}
		}
	})
}
