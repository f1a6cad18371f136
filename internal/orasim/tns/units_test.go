package tns_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/orasim/tns"
)

func TestConvert(t *testing.T) {
	const utf8, cesu, gbk, gb18030, ascii, latin, utf16 = 873, 871, 852, 854, 1, 178, 2000
	for _, c := range []struct {
		in       string
		from, to int
		want     string // hex
	}{
		{"中文", utf8, gbk, "d6d0cec4"},
		{"\xd6\xd0\xce\xc4", gbk, utf8, "e4b8ade69687"},
		{"a😀", utf8, gbk, "613f"},
		{"😀", utf8, gb18030, "9439fc36"},
		{"😀", utf8, cesu, "eda0bdedb880"},
		{"\xed\xa0\xbd\xed\xb8\x80", cesu, utf8, "f09f9880"},
		{"x\xed\xa0\xbd", cesu, utf8, "78eda0bd"}, // half of one stays as it is
		{"ä", utf8, latin, "e4"},
		{"€", utf8, latin, "80"},
		{"中", utf8, latin, "bf"},
		{"\xe4", ascii, utf8, "efbfbd"},
		{"\xe4", ascii, ascii, "e4"}, // nothing is converted: 8-bit data in US7ASCII arrives
		{"ä", utf8, ascii, "3f"},
		{"\xff\xfe", utf8, utf8, "fffe"},
		{"a😀", utf8, utf16, "0061d83dde00"},
		{"\x00a\xd8\x3d\xde\x00", utf16, utf8, "61f09f9880"},
		{"\xd8\x3d", utf16, utf8, "efbfbd"},
		{"", utf8, gbk, ""},
	} {
		if got := hex.EncodeToString(tns.Convert([]byte(c.in), c.from, c.to)); got != c.want {
			t.Errorf("%q from %d to %d: %s, want %s", c.in, c.from, c.to, got, c.want)
		}
	}
}

func TestNormalZone(t *testing.T) {
	for in, want := range map[string]string{
		"787c021d0e0f10075bcd15143c": "787c021d0e0f10075bcd15143c", // +00:00
		"787c021d0e0f10075bcd15d004": "787c021d0e0f10075bcd15d004", // the region UTC
		"787c021d0e0f10075bcd15d005": "787c021d0e0f10075bcd15d004", // and its fields called local
		"787c021d0e0f10075bcd150f3c": "787c021d0e0f10075bcd150f3c", // -05:00
		"787c021d090f10075bcd154f3c": "787c021d0e0f10075bcd150f3c", // the same moment in local fields
		"787c021d082d10075bcd154f1e": "787c021d0e0f10075bcd150f1e", // -05:30
		"787c0301010101000000005d3c": "787c021d100101000000001d3c", // over midnight, and a month, in a leap year: +09:00
		"787c021d0e0f10075bcd1583e8": "787c021d0e0f10075bcd1583e8", // Asia/Shanghai
		"787c021d160f10075bcd1583e9": "787c021d0e0f10075bcd1583e8", // the same moment in local fields
		"787c021d160f10075bcd15fffd": "787c021d160f10075bcd15fffd", // local time in a region that is none, for the backend to refuse
	} {
		b, err := hex.DecodeString(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(tns.NormalZone(b)); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func FuzzConvert(f *testing.F) {
	f.Add([]byte("中文 😀 \xff\xed\xa0\xbd"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, id := range []int{871, 2000, 1, 31, 178, 832, 846, 852, 854, 865} {
			text := tns.Convert(b, id, 873)
			tns.Convert(text, 873, id)
			if !bytes.Equal(tns.Convert(b, id, id), b) {
				t.Fatal("the same set on both sides changes something")
			}
		}
	})
}

func TestPlaceholders(t *testing.T) {
	for sql, want := range map[string]string{
		"select :a, :b, :A from dual":                                            ":A :B :A",
		"begin p(:a, :b, :a); end;":                                              ":A :B",
		"declare x number; begin x := :a; :b := x; end;":                         ":A :B",
		"insert into t values (:1, :2) returning a into :3":                      ":1 :2 :3*",
		"update t set a = :1 return b, c into :2, :3":                            ":1 :2* :3*",
		"select ':x', q'[:y]', \":z\" /* :c */ -- :d\n, :e":                      ":E",
		"insert into t (a) select b from x where c = :1":                         ":1",
		"merge into t using s on (t.a = :1) when matched then update set b = :2": ":1 :2",
		"select a into :x from t":                                                ":X",
		"call p(:a, :a)":                                                         ":A",
		"(select :a from dual)":                                                  ":A",
		"select '&x' from t where a = :b":                                        ":B",
		"unfinished 'text :a":                                                    "",
	} {
		if d := cmp.Diff(want, strings.Join(tns.Placeholders(sql), " ")); d != "" {
			t.Errorf("%s: %s", sql, d)
		}
	}
}

func TestChallengeRefusesAnything(t *testing.T) {
	long := strings.Repeat("AB", 48)
	for _, kind := range []int{18453, 6949} {
		for _, c := range [][2]string{{"", ""}, {"zz", long}, {long, ""}, {long, "AB"}, {long[:32], long}, {long, long}, {long + "A", long}, {strings.Repeat(long, 100), long}} {
			if err := tns.OpenChallenge(kind, "tiger", c[0], c[1]); err == nil {
				t.Errorf("%d %q: taken", kind, c)
			}
		}
	}
	if err := tns.OpenChallenge(1, "", "", ""); err == nil {
		t.Error("a verifier that there is none of")
	}
}

func TestParseFault(t *testing.T) {
	good := map[string]tns.Fault{
		"drop@rows=20000x50":     {Kind: tns.FaultDrop, Count: tns.CountRows, After: 20000, Times: 50},
		"drop@bytes=1000":        {Kind: tns.FaultDrop, Count: tns.CountBytes, After: 1000, Times: 1},
		"slow=20ms@calls=1x0":    {Kind: tns.FaultSlow, Count: tns.CountCalls, After: 1, Delay: 20e6},
		"error=ORA-01555@rows=5": {Kind: tns.FaultError, Count: tns.CountRows, After: 5, Times: 1, Code: 1555},
		"kill@calls=30":          {Kind: tns.FaultKill, Count: tns.CountCalls, After: 30, Times: 1},
		"text@rows=7x0":          {Kind: tns.FaultText, Count: tns.CountRows, After: 7},
	}
	for s, want := range good {
		got, err := tns.ParseFault(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", s, d)
		}
	}
	for _, s := range []string{
		"", "drop", "drop@", "drop@rows", "drop@rows=0", "drop@rows=-1", "drop@rows=1x", "drop@pages=1", "drop=1@rows=1", "slow@rows=1",
		"slow=fast@rows=1", "error@rows=1", "error=0@rows=1", "error=99999@rows=1", "error=1@bytes=1", "text@calls=1", "text=1@rows=1", "crash@rows=1",
	} {
		if f, err := tns.ParseFault(s); err == nil {
			t.Errorf("%q is taken: %+v", s, f)
		} else if !strings.Contains(err.Error(), "KIND[=VALUE]@") {
			t.Errorf("%q: no hint: %v", s, err)
		}
	}
}
