package charset

import (
	"bytes"
	"testing"
)

// TestHoldKeepsBytes holds that any bytes of any set come back, whatever they are.
func TestHoldKeepsBytes(t *testing.T) {
	samples := [][]byte{
		{},
		[]byte("plain"),
		{0xc4, 0xe3, 0xba, 0xc3},
		{0x80},
		{0x81},
		{0xff},
		{0xc4},
		{'a', 0xc4, 'b'},
		{0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80},
		{0xed, 0xa0, 0xbd},
		{0xf0, 0x9f, 0x98, 0x80},
		{0x94, 0x39, 0xfc, 0x36},
		{0xf4, 0x8f, 0xbe, 0x80},
		{0xe3, 0x32, 0x9a, 0x35},
		{0xe3, 0x32, 0x99, 0x32},
		{0, 0xfe, 0xfe},
	}
	for lead := 0x80; lead <= 0xff; lead++ {
		for trail := 0x30; trail <= 0xff; trail += 7 {
			samples = append(samples, []byte{byte(lead), byte(trail), 'x'})
		}
	}
	for _, s := range sets {
		if s.ID == AL16UTF16 {
			continue
		}
		for _, b := range samples {
			h := s.Hold(b)
			if got := s.Bytes(h); !bytes.Equal(got, b) {
				t.Errorf("%s: % x is held as %q and comes back as % x", s.Name, b, h, got)
			}
			if got := s.Admit(h); !bytes.Equal(got, h) {
				t.Errorf("%s: held %q is admitted as %q", s.Name, h, got)
			}
			if !s.Multi {
				if got := s.HoldUnits(s.Units(h)); !bytes.Equal(got, h) {
					t.Errorf("%s: % x comes back from a CLOB as %q, held as %q", s.Name, b, got, h)
				}
			}
		}
	}
}

// TestLost holds what stands for characters that a set does not have.
func TestLost(t *testing.T) {
	for _, c := range []struct{ set, text, bytes string }{
		{"US7ASCII", "é", "?"},
		{"WE8ISO8859P1", "a你", "a\xbf"},
		{"WE8ISO8859P1", "€", "\xbf"},
		{"WE8MSWIN1252", "€é你", "\x80\xe9\xbf"},
		{"CL8MSWIN1251", "Жé", "\xc6?"},
		{"ZHS16GBK", "你😀", "\xc4\xe3?"},
		{"ZHS32GB18030", "你😀", "\xc4\xe3\x94\x39\xfc\x36"},
		{"UTF8", "😀", "\xed\xa0\xbd\xed\xb8\x80"},
		{"JA16EUC", "日😀", "\xc6\xfc\xa1\xa9"},
	} {
		s, ok := ByName(c.set)
		if !ok {
			t.Fatalf("no set %s", c.set)
		}
		if got := s.FromUTF8([]byte(c.text)); string(got) != c.bytes {
			t.Errorf("%s says %q as % x, not % x", c.set, c.text, got, c.bytes)
		}
		if got := s.Bytes(s.Admit([]byte(c.text))); string(got) != c.bytes {
			t.Errorf("%s admits %q as % x, not % x", c.set, c.text, got, c.bytes)
		}
	}
}

// TestWrong holds that the byte of the fault "text" is no character.
func TestWrong(t *testing.T) {
	for _, s := range sets {
		b, ok := s.Wrong()
		if !ok {
			continue
		}
		if h := s.Hold([]byte{'a', b, 'b'}); s.ID != AL32UTF8 && !Held(h) {
			t.Errorf("%s: %x is a character: %q", s.Name, b, h)
		}
	}
	if s, _ := Of(31); s != nil {
		if _, ok := s.Wrong(); ok {
			t.Error("every byte is a character of WE8ISO8859P1")
		}
	}
}
