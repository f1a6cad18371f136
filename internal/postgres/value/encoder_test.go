package value

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/scratch/pgtest"
)

// sourceType reads the Oracle type of a case: NUMBER, TIMESTAMP(9) and so on.
func sourceType(t testing.TB, name string) ora.Column {
	t.Helper()
	for typ := ora.Varchar2; typ <= ora.Object; typ++ {
		if typ.String() == name {
			return ora.Column{Type: typ}
		}
	}
	t.Fatalf("no type %s", name)
	return ora.Column{}
}

func target(t testing.TB, name string) Target {
	t.Helper()
	x, err := ParseTarget(name)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// num, date and the like make the bytes of values from text.
func num(s string) []byte { return must(ora.AppendNumber(nil, s)) }

func text(typ ora.Type, s string) []byte {
	return must(ora.AppendText(nil, ora.Column{Type: typ, Scale: 6}, s))
}
func date(s string) []byte   { return text(ora.Date, s) }
func stamp(s string) []byte  { return text(ora.Timestamp, s) }
func zoned(s string) []byte  { return text(ora.TimestampTZ, s) }
func span(s string) []byte   { return text(ora.IntervalDS, s) }
func months(s string) []byte { return text(ora.IntervalYM, s) }

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// policyOf makes a policy of words: "sub-second: round, nul-byte: strip".
func policyOf(t testing.TB, s string) Policy {
	t.Helper()
	var p Policy
	for _, part := range strings.Split(s, ", ") {
		if part == "" {
			continue
		}
		fault, action, _ := strings.Cut(part, ": ")
		if err := p.SetByName(fault, action); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// cases say what a server must hold of Oracle's bytes: a value as PostgreSQL prints it, or the fault that stops it.
var cases = []struct {
	name   string
	source string
	bytes  []byte
	target string
	policy string
	want   string // text, "" for NULL
	fault  string
	marks  string // faults that are counted
}{
	{"null", "NUMBER", nil, "numeric", "", "", "", ""},
	{"zero", "NUMBER", num("0"), "numeric(14,2)", "", "0.00", "", ""},
	{"zero of no scale", "NUMBER", num("0"), "numeric", "", "0", "", ""},
	{"money", "NUMBER", num("-1234567.5"), "numeric(14,2)", "", "-1234567.50", "", ""},
	{"fraction", "NUMBER", num("0.000123"), "numeric", "", "0.000123", "", ""},
	{"hundreds", "NUMBER", num("1200"), "numeric", "", "1200", "", ""},
	{"odd and even", "NUMBER", num("123456.789"), "numeric", "", "123456.789", "", ""},
	{"38 digits", "NUMBER", num(strings.Repeat("9", 38)), "numeric(38)", "", strings.Repeat("9", 38), "", ""},
	{"40 digits", "NUMBER", num("-" + strings.Repeat("9", 40)), "numeric", "", "-" + strings.Repeat("9", 40), "", ""},
	{"the most", "NUMBER", num("9.99e125"), "numeric", "", "999" + strings.Repeat("0", 123), "", ""},
	{"the least", "NUMBER", num("-1e-130"), "numeric", "", "-0." + strings.Repeat("0", 129) + "1", "", ""},
	{"infinity", "NUMBER", []byte{0xff, 0x65}, "numeric", "", "Infinity", "", ""},
	{"negative infinity", "NUMBER", []byte{0}, "numeric", "", "-Infinity", "", ""},
	{"infinity of a size", "NUMBER", []byte{0}, "numeric(10,2)", "", "", "infinite", ""},
	{"infinity as null", "NUMBER", []byte{0}, "numeric(10,2)", "infinite: null", "", "", "infinite"},
	{"too large", "NUMBER", num("100000000"), "numeric(10,2)", "", "", "overflow", ""},
	{"just fits", "NUMBER", num("99999999.99"), "numeric(10,2)", "", "99999999.99", "", ""},
	{"too fine", "NUMBER", num("1.005"), "numeric(10,2)", "", "", "fraction", ""},
	{"rounded", "NUMBER", num("1.005"), "numeric(10,2)", "fraction: round", "1.01", "", "fraction"},
	{"cut", "NUMBER", num("1.009"), "numeric(10,2)", "fraction: truncate", "1.00", "", "fraction"},
	{"rounded away", "NUMBER", num("0.001"), "numeric(10,2)", "fraction: round", "0.00", "", "fraction"},
	{"rounded out", "NUMBER", num("99999999.995"), "numeric(10,2)", "fraction: round", "", "overflow", ""},
	{"scale above precision", "NUMBER", num("0.00012"), "numeric(2,5)", "", "0.00012", "", ""},
	{"scale above precision, too large", "NUMBER", num("0.0012"), "numeric(2,5)", "", "", "overflow", ""},
	{"negative scale", "NUMBER", num("1200"), "numeric(2,-2)", "", "1200", "", ""},
	{"negative scale, too fine", "NUMBER", num("1210"), "numeric(2,-2)", "", "", "fraction", ""},
	{"bad number", "NUMBER", []byte{0xc1, 0}, "numeric", "", "", "bad-bytes", ""},
	{"bad number as null", "NUMBER", []byte{0xc1, 0}, "numeric", "bad-bytes: null", "", "", "bad-bytes"},
	{"no bytes", "NUMBER", []byte{}, "numeric", "", "", "bad-bytes", ""},
	{"smallint", "NUMBER", num("-32768"), "smallint", "", "-32768", "", ""},
	{"smallint, too large", "NUMBER", num("32768"), "smallint", "", "", "overflow", ""},
	{"integer", "NUMBER", num("2147483647"), "integer", "", "2147483647", "", ""},
	{"integer, too large", "NUMBER", num("2147483648"), "integer", "", "", "overflow", ""},
	{"integer, broken", "NUMBER", num("0.5"), "integer", "", "", "fraction", ""},
	{"integer, rounded", "NUMBER", num("-0.5"), "integer", "fraction: round", "-1", "", "fraction"},
	{"bigint", "NUMBER", num("-9223372036854775808"), "bigint", "", "-9223372036854775808", "", ""},
	{"bigint, too large", "NUMBER", num("9223372036854775808"), "bigint", "", "", "overflow", ""},
	{"bigint, infinite", "NUMBER", []byte{0xff, 0x65}, "bigint", "", "", "infinite", ""},
	{"number as double", "NUMBER", num("0.1"), "double precision", "", "0.1", "", ""},
	{"number as double, too fine", "NUMBER", num("0.12345678901234567890"), "double precision", "", "", "fraction", ""},
	{"number as double, rounded", "NUMBER", num("0.12345678901234567890"), "double precision", "fraction: round", "0.12345678901234568", "", "fraction"},
	{"number as text", "NUMBER", num("-.5"), "text", "", "-0.5", "", ""},
	{"number as boolean", "NUMBER", num("1"), "boolean", "", "true", "", ""},
	{"2 as boolean", "NUMBER", num("2"), "boolean", "", "", "malformed", ""},

	{"double", "BINARY_DOUBLE", ora.AppendDouble(nil, 1.5), "double precision", "", "1.5", "", ""},
	{"double NaN", "BINARY_DOUBLE", ora.AppendDouble(nil, math.NaN()), "double precision", "", "NaN", "", ""},
	{"double infinity", "BINARY_DOUBLE", ora.AppendDouble(nil, math.Inf(-1)), "double precision", "", "-Infinity", "", ""},
	{"double as numeric", "BINARY_DOUBLE", ora.AppendDouble(nil, 0.1), "numeric", "", "0.1", "", ""},
	{"double NaN as numeric", "BINARY_DOUBLE", ora.AppendDouble(nil, math.NaN()), "numeric", "", "NaN", "", ""},
	{"double as numeric, too large", "BINARY_DOUBLE", ora.AppendDouble(nil, 1e300), "numeric", "", "", "overflow", ""},
	{"float", "BINARY_FLOAT", ora.AppendFloat(nil, 0.1), "real", "", "0.1", "", ""},
	{"float as double", "BINARY_FLOAT", ora.AppendFloat(nil, 0.5), "double precision", "", "0.5", "", ""},
	{"float as numeric", "BINARY_FLOAT", ora.AppendFloat(nil, 0.1), "numeric", "", "0.1", "", ""},

	{"text", "VARCHAR2", []byte("Grüße 你好 😀"), "varchar(20)", "", "Grüße 你好 😀", "", ""},
	{"text that just fits", "VARCHAR2", []byte("éééé"), "varchar(4)", "", "éééé", "", ""},
	{"text too long", "VARCHAR2", []byte("ééééé"), "varchar(4)", "", "", "too-long", ""},
	{"text cut", "VARCHAR2", []byte("ééééé"), "varchar(4)", "too-long: truncate", "éééé", "", "too-long"},
	{"blanks too long", "VARCHAR2", []byte("ab  "), "varchar(2)", "", "", "too-long", ""},
	{"chr(0)", "VARCHAR2", []byte("a\x00b"), "text", "", "", "nul-byte", ""},
	{"chr(0) far in", "VARCHAR2", []byte("abcdefgh\x00b"), "text", "", "", "nul-byte", ""},
	{"chr(0) among others", "VARCHAR2", []byte("é\x00b"), "text", "", "", "nul-byte", ""},
	{"chr(0) left out", "VARCHAR2", []byte("a\x00b\x00"), "text", "nul-byte: strip", "ab", "", "nul-byte"},
	{"chr(0) replaced", "VARCHAR2", []byte("a\x00b"), "text", "nul-byte: replace", "a\uFFFDb", "", "nul-byte"},
	{"bad UTF-8", "VARCHAR2", []byte("a\xffb"), "text", "", "", "bad-utf8", ""},
	{"bad UTF-8 in hex", "VARCHAR2", []byte("ä\xffb\xc3"), "text", "bad-utf8: hex", `ä\xFFb\xC3`, "", "bad-utf8"},
	{"surrogates", "VARCHAR2", []byte("\xed\xa0\xbd\xed\xb8\x80"), "text", "", "", "bad-utf8", ""},
	{"bad UTF-8 replaced", "VARCHAR2", []byte("a\xffb\x00"), "text", "bad-utf8: replace, nul-byte: strip", "a\uFFFDb", "", "nul-byte bad-utf8"},
	{"text as boolean", "VARCHAR2", []byte("Y"), "boolean", "", "true", "", ""},
	{"text as uuid", "VARCHAR2", []byte("A0EEBC999C0B4EF8BB6D6BB9BD380A11"), "uuid", "", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "", ""},
	{"text as uuid with hyphens", "VARCHAR2", []byte("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), "uuid", "", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "", ""},
	{"no uuid", "VARCHAR2", []byte("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g"), "uuid", "", "", "malformed", ""},
	{"32 KB", "VARCHAR2", bytes.Repeat([]byte("x"), 32767), "varchar(32767)", "", strings.Repeat("x", 32767), "", ""},
	{"long", "LONG", []byte("long"), "text", "", "long", "", ""},
	{"char", "CHAR", []byte("ab  "), "char(4)", "", "ab  ", "", ""},
	{"char of bytes", "CHAR", []byte("é "), "char(3)", "", "é  ", "", ""},
	{"char of two bytes", "CHAR", []byte("éé"), "char(4)", "", "éé  ", "", ""},
	{"char, blanks beyond", "CHAR", []byte("ab  "), "char(2)", "", "ab", "", ""},
	{"char too long", "CHAR", []byte("abc "), "char(2)", "", "", "too-long", ""},
	{"char as text", "CHAR", []byte("ab  "), "text", "", "ab  ", "", ""},
	{"char as text, stripped", "CHAR", []byte("ab  "), "varchar(2)", "padding: strip", "ab", "", "padding"},
	{"blank char stripped", "CHAR", []byte("   "), "varchar(3)", "padding: strip", " ", "", "padding"},
	{"char as boolean", "CHAR", []byte("N   "), "boolean", "", "false", "", ""},
	{"clob", "CLOB", []byte("text"), "text", "", "text", "", ""},
	{"empty clob", "CLOB", []byte{}, "text", "", "''", "", ""},
	{"empty clob as null", "CLOB", []byte{}, "text", "empty-lob: null", "", "", "empty-lob"},
	{"empty varchar2", "VARCHAR2", []byte{}, "text", "", "", "bad-bytes", ""},
	{"bfile", "BFILE", []byte("DOCS/a.pdf"), "text", "", "DOCS/a.pdf", "", ""},
	{"rowid", "ROWID", must(ora.AppendRowID(nil, "AAATxeAAEAAAACXAAK")), "text", "", "AAATxeAAEAAAACXAAK", "", ""},
	{"urowid", "UROWID", must(ora.AppendRowID(nil, "*BAFAB8wCwQL+")), "text", "", "*BAFAB8wCwQL+", "", ""},
	{"bad rowid", "ROWID", []byte{1, 2}, "text", "", "", "bad-bytes", ""},

	{"json", "JSON", []byte(`{"b": 1.50, "a": {}}`), "json", "", `{"b": 1.50, "a": {}}`, "", ""},
	{"jsonb", "JSON", []byte(` {"bb":1.50,"a":[true , false,null,"x"],"c":{},"b":[]} `), "jsonb", "", `{"a": [true, false, null, "x"], "b": [], "c": {}, "bb": 1.50}`, "", ""},
	{"jsonb, a name twice", "CLOB", []byte(`{"a":1,"b":2,"a":{"a":3,"a":4}}`), "jsonb", "", `{"a": {"a": 4}, "b": 2}`, "", ""},
	{"jsonb numbers", "JSON", []byte(`[0,-0,-0.0,1e2,1.5e3,1.50e1,1E-3,-12.3e+1,0e5,0.00e1,123e-5,1.0]`), "jsonb", "", `[0, 0, 0.0, 100, 1500, 15.0, 0.001, -123, 0, 0.0, 0.00123, 1.0]`, "", ""},
	{"jsonb text", "JSON", []byte(`"\u00e9\ud83d\ude00\/\\\"\b\f\n\r\t\u0001\u001f\u007f"`), "jsonb", "", "\"é😀/\\\\\\\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"", "", ""},
	{"jsonb scalar", "VARCHAR2", []byte(`true`), "jsonb", "", `true`, "", ""},
	{"jsonb of an object", "OBJECT", []byte(`{"STREET":"x","NO":1}`), "jsonb", "", `{"NO": 1, "STREET": "x"}`, "", ""},
	{"jsonb, chr(0) within", "JSON", []byte(`"\u0000"`), "jsonb", "", "", "malformed", ""},
	{"jsonb, half a surrogate", "JSON", []byte(`"\ud83d"`), "jsonb", "", "", "malformed", ""},
	{"jsonb, lax", "JSON", []byte(`{a: 1}`), "jsonb", "", "", "malformed", ""},
	{"jsonb, cut", "JSON", []byte(`{"a": [1, 2`), "jsonb", "", "", "malformed", ""},
	{"jsonb, more behind", "JSON", []byte(`1 2`), "jsonb", "", "", "malformed", ""},
	{"jsonb, too deep", "JSON", bytes.Repeat([]byte(`[`), 5000), "jsonb", "", "", "malformed", ""},
	{"jsonb, exponent", "JSON", []byte(`1e999999999`), "jsonb", "", "", "malformed", ""},
	{"no json", "JSON", []byte(`{a`), "jsonb", "malformed: null", "", "", "malformed"},
	{"xml", "XMLTYPE", []byte("<a>é</a>"), "xml", "", "<a>é</a>", "", ""},
	{"xml in its own encoding", "XMLTYPE", []byte("<?xml version=\"1.0\" encoding='GBK'?>\n\n<a>你好</a>"), "xml", "", "<a>你好</a>", "", ""},
	{"xml alone", "XMLTYPE", []byte("<?xml version='1.0' encoding='UTF-8' standalone = 'yes' ?>\n<a/>"), "xml", "", "<?xml version=\"1.0\" standalone=\"yes\"?>\n<a/>", "", ""},
	{"xml with a style", "XMLTYPE", []byte("<?xml-stylesheet href='a'?><a/>"), "xml", "", "<?xml-stylesheet href='a'?><a/>", "", ""},
	{"xml fragment", "XMLTYPE", []byte("\n<a/>text<b/>"), "xml", "", "<a/>text<b/>", "", ""},
	{"xml, bad declaration", "XMLTYPE", []byte("<?xml encoding='UTF-8'?><a/>"), "xml", "", "", "malformed", ""},
	{"xml, open declaration", "XMLTYPE", []byte("<?xml version='1.0'"), "xml", "", "", "malformed", ""},
	{"xml as text", "XMLTYPE", []byte("<?xml version='1.0'?><a/>"), "text", "", "<?xml version='1.0'?><a/>", "", ""},

	{"raw", "RAW", []byte{0, 255}, "bytea", "", `\x00ff`, "", ""},
	{"raw as uuid", "RAW", bytes.Repeat([]byte{0xab}, 16), "uuid", "", "abababab-abab-abab-abab-abababababab", "", ""},
	{"short raw as uuid", "RAW", bytes.Repeat([]byte{0xab}, 15), "uuid", "", "", "malformed", ""},
	{"blob", "BLOB", []byte{0, 1}, "bytea", "", `\x0001`, "", ""},
	{"empty blob", "BLOB", []byte{}, "bytea", "", `\x`, "", ""},
	{"boolean", "BOOLEAN", []byte{1}, "boolean", "", "true", "", ""},
	{"boolean of two bytes", "BOOLEAN", []byte{1, 0}, "boolean", "", "false", "", ""},
	{"bad boolean", "BOOLEAN", []byte{2}, "boolean", "", "", "bad-bytes", ""},

	{"date", "DATE", date("2024-02-29 13:14:15"), "timestamp(0)", "", "2024-02-29 13:14:15", "", ""},
	{"date before 2000", "DATE", date("1999-12-31 23:59:59"), "timestamp(0)", "", "1999-12-31 23:59:59", "", ""},
	{"date before 1900", "DATE", date("1582-10-15 00:00:00"), "timestamp(0)", "", "1582-10-15 00:00:00", "", ""},
	{"last date", "DATE", date("9999-12-31 23:59:59"), "timestamp(0)", "", "9999-12-31 23:59:59", "", ""},
	{"julian date", "DATE", date("1582-10-04 00:00:00"), "timestamp(0)", "", "", "before-reform", ""},
	{"julian date kept", "DATE", date("0001-01-01 00:00:00"), "timestamp(0)", "before-reform: keep", "0001-01-01 00:00:00", "", "before-reform"},
	{"julian date's day", "DATE", date("1582-10-04 06:00:00"), "timestamp(0)", "before-reform: same-day", "1582-10-14 06:00:00", "", "before-reform"},
	{"first julian date's day", "DATE", date("0001-01-01 00:00:00"), "timestamp(0)", "before-reform: same-day", "0001-12-30 00:00:00 BC", "", "before-reform"},
	{"julian date as null", "DATE", date("0001-01-01 00:00:00"), "timestamp(0)", "before-reform: null", "", "", "before-reform"},
	{"julian leap day", "DATE", date("1500-02-29 00:00:00"), "timestamp(0)", "before-reform: keep", "", "no-such-day", ""},
	{"julian leap day as null", "DATE", date("1500-02-29 00:00:00"), "timestamp(0)", "before-reform: keep, no-such-day: null", "", "", "before-reform no-such-day"},
	{"julian leap day's day", "DATE", date("1500-02-29 00:00:00"), "timestamp(0)", "before-reform: same-day", "1500-03-10 00:00:00", "", "before-reform"},
	{"before christ", "DATE", date("-4712-01-01 00:00:00"), "timestamp(0)", "before-reform: keep", "", "before-christ", ""},
	{"before christ kept", "DATE", date("-4712-01-01 00:00:00"), "timestamp(0)", "before-christ: keep", "4712-01-01 00:00:00 BC", "", "before-christ"},
	{"1 BC", "DATE", date("-0001-12-31 00:00:00"), "timestamp(0)", "before-christ: keep", "0001-12-31 00:00:00 BC", "", "before-christ"},
	{"date as date", "DATE", date("2024-02-29 00:00:00"), "date", "", "2024-02-29", "", ""},
	{"date as date, with time", "DATE", date("2024-02-29 00:00:01"), "date", "", "", "time-of-day", ""},
	{"date as date, time cut", "DATE", date("2024-02-29 00:00:01"), "date", "time-of-day: truncate", "2024-02-29", "", "time-of-day"},
	{"timestamp", "TIMESTAMP", stamp("2024-02-29 13:14:15.123456"), "timestamp", "", "2024-02-29 13:14:15.123456", "", ""},
	{"timestamp(3)", "TIMESTAMP", stamp("2024-02-29 13:14:15.123"), "timestamp(3)", "", "2024-02-29 13:14:15.123", "", ""},
	{"timestamp(3), too fine", "TIMESTAMP", stamp("2024-02-29 13:14:15.1234"), "timestamp(3)", "", "", "sub-second", ""},
	{"timestamp(9)", "TIMESTAMP", stamp("9999-12-31 23:59:59.999999999"), "timestamp(6)", "", "", "sub-second", ""},
	{"timestamp(9) cut", "TIMESTAMP", stamp("9999-12-31 23:59:59.999999999"), "timestamp(6)", "sub-second: truncate", "9999-12-31 23:59:59.999999", "", "sub-second"},
	{"timestamp(9) rounded", "TIMESTAMP", stamp("1999-12-31 23:59:59.9999995"), "timestamp(6)", "sub-second: round", "2000-01-01 00:00:00", "", "sub-second"},
	{"timestamp as timestamptz", "TIMESTAMP", stamp("2024-07-01 12:00:00"), "timestamptz", "", "2024-07-01 10:00:00+00", "", ""},
	{"skipped by a zone", "TIMESTAMP", stamp("2024-03-31 02:30:00"), "timestamptz", "", "", "unknown-zone", ""},
	{"twice in a zone", "TIMESTAMP", stamp("2024-10-27 02:30:00"), "timestamptz", "", "", "unknown-zone", ""},
	{"just before twice", "TIMESTAMP", stamp("2024-10-27 01:59:59"), "timestamptz", "", "2024-10-26 23:59:59+00", "", ""},
	{"just after twice", "TIMESTAMP", stamp("2024-10-27 03:00:00"), "timestamptz", "", "2024-10-27 02:00:00+00", "", ""},
	{"zoned", "TIMESTAMP WITH TIME ZONE", zoned("2024-07-01 12:00:00.5 -05:30"), "timestamptz(6)", "", "2024-07-01 17:30:00.5+00", "", ""},
	{"zoned by name", "TIMESTAMP WITH TIME ZONE", append(zoned("2024-07-01 12:00:00 +00:00")[:11], 0x85, 0xc4), "timestamptz", "", "2024-07-01 12:00:00+00", "", ""},
	{"zoned by name, local", "TIMESTAMP WITH TIME ZONE", append(zoned("2024-07-01 12:00:00 +00:00")[:11], 0x85, 0xc5), "timestamptz", "", "", "unknown-zone", ""},
	{"zoned, local", "TIMESTAMP WITH TIME ZONE", append(zoned("2024-07-01 12:00:00 +00:00")[:11], 0x40|22, 60), "timestamptz", "", "2024-07-01 10:00:00+00", "", ""},
	{"bad zone", "TIMESTAMP WITH TIME ZONE", append(zoned("2024-07-01 12:00:00 +00:00")[:11], 63, 60), "timestamptz", "", "", "bad-bytes", ""},
	{"local zone", "TIMESTAMP WITH LOCAL TIME ZONE", stamp("2024-07-01 12:00:00"), "timestamptz", "", "2024-07-01 04:00:00+00", "", ""},

	{"months", "INTERVAL YEAR TO MONTH", months("-01-02"), "interval", "", "-1 years -2 mons", "", ""},
	{"months only", "INTERVAL YEAR TO MONTH", months("-01-02"), "interval year to month", "", "-1 years -2 mons", "", ""},
	{"days to seconds", "INTERVAL DAY TO SECOND", span("+40 02:03:04.500000"), "interval day to second(3)", "", "40 days 02:03:04.5", "", ""},
	{"days to seconds, too fine", "INTERVAL DAY TO SECOND", span("+40 02:03:04.500100"), "interval day to second(3)", "", "", "sub-second", ""},
	{"too many years", "INTERVAL YEAR TO MONTH", months("+999999999-11"), "interval", "", "", "overflow", ""},
	{"days", "INTERVAL DAY TO SECOND", span("+01 02:03:04.500000"), "interval", "", "1 day 02:03:04.5", "", ""},
	{"negative days", "INTERVAL DAY TO SECOND", span("-01 02:03:04.500000"), "interval", "", "-1 days -02:03:04.5", "", ""},
	{"nanoseconds", "INTERVAL DAY TO SECOND", span("+01 02:03:04.500000001"), "interval", "", "", "sub-second", ""},
	{"negative nanoseconds rounded", "INTERVAL DAY TO SECOND", span("-00 00:00:00.000000500"), "interval", "sub-second: round", "-00:00:00.000001", "", "sub-second"},
}

var testOptions = func() Options {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return Options{DBZone: time.FixedZone("", 8*3600), LocalZone: berlin}
}()

// TestCases sends every value to a server, looks at what it holds, and reads it back: the fingerprint must be the encoder's.
func TestCases(t *testing.T) {
	db := pgtest.Open(t)
	for _, c := range cases {
		t.Run(strings.ReplaceAll(c.name, " ", "-"), func(t *testing.T) {
			col := Column{Name: "v", Source: sourceType(t, c.source), Target: target(t, c.target), Policy: policyOf(t, c.policy)}
			e, err := Plan([]Column{col}, testOptions)
			if err != nil {
				t.Fatal(err)
			}
			before := []byte("before")
			row, err := e.AppendTuple(before, [][]byte{c.bytes})
			if c.fault != "" {
				var bad *RowError
				if !errors.As(err, &bad) || bad.Fault.String() != c.fault || bad.Column != 0 || bad.Name != "v" {
					t.Fatalf("error is %v, want %s", err, c.fault)
				}
				if string(row) != "before" || len(e.Counts()) > 0 || e.Fingerprint() != (Fingerprint{}) {
					t.Errorf("left %q, %v, %s behind", row, e.Counts(), e.Fingerprint())
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var marks []string
			for _, n := range e.Counts() {
				if n.Values != 1 || n.Action != col.Policy.Action(n.Fault) {
					t.Errorf("%+v", n)
				}
				marks = append(marks, n.Fault.String())
			}
			if got := strings.Join(marks, " "); got != c.marks {
				t.Errorf("counted %q, want %q", got, c.marks)
			}
			stream := AppendTrailer(append(AppendHeader(nil), row[len(before):]...))
			got, back := roundTrip(t, db, c.target, stream, 1)
			if got != c.want {
				t.Errorf("the server holds %s, want %s", got, c.want)
			}
			if back != e.Fingerprint() {
				t.Errorf("the tuple read back has %s, the one written %s: %x", back, e.Fingerprint(), row[len(before):])
			}
		})
	}
}

// roundTrip copies a stream into a table of one column, and gives its first value as text and the fingerprint of what the
// server sends back. char(n) is printed with its blanks, ” as ”.
func roundTrip(t *testing.T, db *pgtest.DB, typ string, stream []byte, fields int) (string, Fingerprint) {
	t.Helper()
	ctx := context.Background()
	exec := func(sql string) {
		t.Helper()
		if _, err := db.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	exec("DROP TABLE IF EXISTS edge")
	exec("CREATE TABLE edge (v " + typ + ")")
	if _, err := db.PgConn().CopyFrom(ctx, bytes.NewReader(stream), "COPY edge FROM STDIN BINARY"); err != nil {
		t.Fatalf("COPY: %v", err)
	}
	expr := "v::text"
	if strings.HasPrefix(typ, "char") {
		expr = "concat(v)"
	}
	var s string
	if err := db.QueryRow(ctx, "SELECT CASE WHEN v IS NULL THEN '' WHEN "+expr+" = '' THEN '''''' ELSE "+expr+" END FROM edge").Scan(&s); err != nil {
		t.Fatal(err)
	}
	var back Fingerprint
	r := NewReader(fields, 0)
	w := feeder(func(b []byte) error {
		return r.Feed(b, func(tuple []byte) error { back.Add(tuple); return nil })
	})
	if _, err := db.PgConn().CopyTo(ctx, w, "COPY edge TO STDOUT BINARY"); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return s, back
}

type feeder func([]byte) error

func (f feeder) Write(b []byte) (int, error) { return len(b), f(b) }

func TestPlanRefuses(t *testing.T) {
	for _, c := range []struct{ source, target, want string }{
		{"NUMBER", "bytea", "no encoding is known of Oracle's NUMBER as PostgreSQL's bytea"},
		{"DATE", "numeric(3,1)", "no encoding is known of Oracle's DATE as PostgreSQL's numeric(3,1)"},
		{"TIMESTAMP WITH TIME ZONE", "timestamp(3)", "no encoding is known of Oracle's TIMESTAMP WITH TIME ZONE as PostgreSQL's timestamp(3)"},
		{"TIMESTAMP WITH LOCAL TIME ZONE", "timestamptz", "TIMESTAMP WITH LOCAL TIME ZONE needs the time zone of the database"},
		{"DATE", "timestamptz", "DATE as timestamptz needs the time zone that its values are meant in"},
	} {
		_, err := Plan([]Column{{Name: "c", Source: sourceType(t, c.source), Target: target(t, c.target)}}, Options{})
		if want := "column c: " + c.want; err == nil || err.Error() != want {
			t.Errorf("%s to %s: %v, want %s", c.source, c.target, err, want)
		}
	}
	if _, err := Plan([]Column{{Name: "c", Source: sourceType(t, "NUMBER"), Target: Target{Name: "money", Typmod: -1}}}, Options{}); err == nil {
		t.Error("money was taken")
	}
	if _, err := Plan([]Column{{Name: "c", Source: sourceType(t, "INTERVAL DAY TO SECOND"), Target: Target{Name: "interval", Typmod: 0x1c00<<16 | 6}}}, Options{}); err == nil {
		t.Error("an interval of hours to seconds was taken")
	}
	if _, err := Plan(nil, Options{}); err == nil {
		t.Error("no columns were taken")
	}
}

func TestPolicy(t *testing.T) {
	var p Policy
	for _, f := range Faults() {
		if got, want := p.Action(f), f.Choices()[0]; got != want {
			t.Errorf("%s: %s by default, want %s", f, got, want)
		}
		for _, a := range f.Choices() {
			if err := p.SetByName(f.String(), a.String()); err != nil || p.Action(f) != a {
				t.Errorf("%s: set to %s, is %s, %v", f, a, p.Action(f), err)
			}
		}
	}
	for _, s := range [][2]string{{"overflow", "round"}, {"none", "stop"}, {"overflw", "null"}, {"overflow", "nul"}} {
		if err := p.SetByName(s[0], s[1]); err == nil {
			t.Errorf("%v was taken", s)
		}
	}
}

// TestRow holds that a row with a bad value leaves nothing behind, and that others count.
func TestRow(t *testing.T) {
	e, err := Plan([]Column{
		{Name: "a", Source: ora.Column{Type: ora.Varchar2}, Target: target(t, "text"), Policy: policyOf(t, "nul-byte: strip")},
		{Name: "b", Source: ora.Column{Type: ora.Number}, Target: target(t, "integer"), Policy: policyOf(t, "fraction: round")},
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	good := [][]byte{[]byte("x\x00"), num("1.5")}
	one, err := e.AppendTuple(nil, good)
	if err != nil {
		t.Fatal(err)
	}
	want := []byte("\x00\x02\x00\x00\x00\x01x\x00\x00\x00\x04\x00\x00\x00\x02")
	if !bytes.Equal(one, want) {
		t.Errorf("%x, want %x", one, want)
	}
	two, err := e.AppendTuple(one, [][]byte{[]byte("y\x00"), num("1e20")})
	if err == nil || !bytes.Equal(two, want) || err.Error() != "column b: overflow" {
		t.Errorf("%x, %v", two, err)
	}
	if _, err := e.AppendTuple(one, good[:1]); err == nil {
		t.Error("a row of one column was taken")
	}
	if _, err := e.AppendTuple(two, good); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]Count{{0, "a", NulByte, Strip, 2}, {1, "b", Fraction, Round, 2}}, e.Counts()); diff != "" {
		t.Error(diff)
	}
	var twice Fingerprint
	twice.Add(want)
	twice.Add(want)
	if e.Fingerprint() != twice {
		t.Errorf("%s, want %s", e.Fingerprint(), twice)
	}
	clone := e.Clone()
	if e.Reset(); e.Fingerprint() != (Fingerprint{}) || len(e.Counts()) > 0 || clone.Fingerprint() != (Fingerprint{}) {
		t.Error("something is left")
	}
	if again, err := clone.AppendTuple(nil, good); err != nil || !bytes.Equal(again, want) {
		t.Errorf("the clone: %x, %v", again, err)
	}
}

func TestAppendTupleDoesNotAllocate(t *testing.T) {
	var columns []Column
	var row [][]byte
	for i, c := range cases {
		if c.fault != "" || c.marks != "" {
			continue
		}
		columns = append(columns, Column{Name: fmt.Sprint(i), Source: sourceType(t, c.source), Target: target(t, c.target)})
		row = append(row, c.bytes)
	}
	e, err := Plan(columns, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 0, 1<<20)
	if a := testing.AllocsPerRun(100, func() {
		var err error
		if buf, err = e.AppendTuple(buf[:0], row); err != nil {
			t.Fatal(err)
		}
	}); a != 0 {
		t.Errorf("%v allocations a row", a)
	}
}

// TestJSONB holds random values against the server's own form.
func TestJSONB(t *testing.T) {
	db := pgtest.Open(t)
	r := rand.New(rand.NewPCG(7, 8))
	col := Column{Name: "j", Source: sourceType(t, "JSON"), Target: target(t, "jsonb")}
	e, err := Plan([]Column{col}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var docs []string
	for range 2000 {
		docs = append(docs, string(randomJSON(nil, r, 0)))
	}
	var want []string
	if err := db.QueryRow(context.Background(), "SELECT array_agg(d::jsonb::text ORDER BY n) FROM unnest($1::text[]) WITH ORDINALITY AS x(d, n)", docs).Scan(&want); err != nil {
		t.Fatal(err)
	}
	for i, d := range docs {
		row, err := e.AppendTuple(nil, [][]byte{[]byte(d)})
		if err != nil {
			t.Fatalf("%s: %v", d, err)
		}
		if got := string(row[7:]); got != want[i] {
			t.Fatalf("%s:\n%s\n%s", d, got, want[i])
		}
	}
}

func randomJSON(b []byte, r *rand.Rand, depth int) []byte {
	blank := func() {
		if r.IntN(4) == 0 {
			b = append(b, " \t\n\r"[r.IntN(4)])
		}
	}
	name := func() {
		b = append(b, '"')
		for range r.IntN(4) {
			b = append(b, []string{"a", "b", "é", `\n`, `\u0041`, `\\`, "B", "\x7f", `\u001e`}[r.IntN(9)]...)
		}
		b = append(b, '"')
	}
	blank()
	switch k := r.IntN(9); {
	case k < 3 && depth < 5:
		b = append(b, '{')
		for i := range r.IntN(6) {
			if i > 0 {
				b = append(b, ',')
			}
			blank()
			name()
			blank()
			b = append(b, ':')
			b = randomJSON(b, r, depth+1)
		}
		blank()
		b = append(b, '}')
	case k < 5 && depth < 5:
		b = append(b, '[')
		for i := range r.IntN(4) {
			if i > 0 {
				b = append(b, ',')
			}
			b = randomJSON(b, r, depth+1)
		}
		blank()
		b = append(b, ']')
	case k == 5:
		name()
	case k == 6:
		b = append(b, []string{"true", "false", "null"}[r.IntN(3)]...)
	default:
		if r.IntN(2) == 0 {
			b = append(b, '-')
		}
		b = strconv.AppendInt(b, r.Int64N(1000), 10)
		if r.IntN(2) == 0 {
			b = fmt.Appendf(b, ".%03d", r.IntN(1000))
		}
		if r.IntN(2) == 0 {
			b = fmt.Appendf(b, "%c%d", "eE"[r.IntN(2)], r.IntN(40)-20)
		}
	}
	blank()
	return b
}

// FuzzEncode has any bytes go into any column: nothing panics, and what comes out is a whole tuple.
func FuzzEncode(f *testing.F) {
	for i, c := range cases {
		f.Add(i, c.bytes)
	}
	f.Fuzz(func(t *testing.T, i int, b []byte) {
		c := cases[uint(i)%uint(len(cases))]
		e, err := Plan([]Column{{Name: "v", Source: sourceType(t, c.source), Target: target(t, c.target), Policy: policyOf(t, c.policy)}}, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		row, err := e.AppendTuple(nil, [][]byte{b})
		var bad *RowError
		if err != nil {
			if !errors.As(err, &bad) || len(row) > 0 {
				t.Fatalf("%x left by %v", row, err)
			}
			return
		}
		if fields, err := Split(nil, row); err != nil || len(fields) != 1 {
			t.Fatalf("%x: %v", row, err)
		}
		if again, err := e.AppendTuple(nil, [][]byte{b}); err != nil || !bytes.Equal(again, row) || e.Fingerprint().Rows != 2 {
			t.Fatalf("%x, and then %x, %v", row, again, err)
		}
	})
}

// TestScan puts a byte of note at every place of texts of every length up to some words.
func TestScan(t *testing.T) {
	for n := range 80 {
		b := bytes.Repeat([]byte{1}, n)
		if ascii, zero := scan(b); !ascii || zero {
			t.Fatalf("%d bytes of 1: %v, %v", n, ascii, zero)
		}
		for i := range b {
			b[i] = 0
			if ascii, zero := scan(b); !ascii || !zero {
				t.Fatalf("0 at %d of %d: %v, %v", i, n, ascii, zero)
			}
			b[i] = 0x80
			if ascii, _ := scan(b); ascii {
				t.Fatalf("0x80 at %d of %d was not seen", i, n)
			}
			b[i] = 0x7f
			if ascii, zero := scan(b); !ascii || zero {
				t.Fatalf("0x7f at %d of %d: %v, %v", i, n, ascii, zero)
			}
			b[i] = 1
		}
	}
}

// TestOrafce has orafce's varchar2, whose length counts bytes.
func TestOrafce(t *testing.T) {
	pgtest.Extension(t, "orafce")
	db := pgtest.Open(t)
	for _, c := range []struct{ typ, value, fault string }{
		{"oracle.varchar2(4)", "éé", ""},
		{"oracle.varchar2(4)", "ééé", "too-long"},
		{"oracle.nvarchar2(3)", "ééé", ""},
		{"oracle.nvarchar2(3)", "éééé", "too-long"},
	} {
		var x Target
		if err := db.QueryRow(context.Background(), "SELECT t, m FROM (SELECT to_regtype($1)::oid AS t, $2::int AS m) x", strings.Split(c.typ, "(")[0], int(c.typ[len(c.typ)-2]-'0')+4).Scan(&x.OID, &x.Typmod); err != nil {
			t.Fatal(err)
		}
		x.Name = strings.Split(c.typ, "(")[0]
		e, err := Plan([]Column{{Name: "v", Source: sourceType(t, "VARCHAR2"), Target: x}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		row, err := e.AppendTuple(nil, [][]byte{[]byte(c.value)})
		if c.fault != "" {
			var bad *RowError
			if !errors.As(err, &bad) || bad.Fault.String() != c.fault {
				t.Errorf("%s in %s: %v", c.value, c.typ, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, back := roundTrip(t, db, c.typ, AppendTrailer(append(AppendHeader(nil), row...)), 1); got != c.value || back != e.Fingerprint() {
			t.Errorf("%s in %s: %s, %s", c.value, c.typ, got, back)
		}
	}
}

// TestCivilDays holds every day from 4713 BC to 10000 AD against package time.
func TestCivilDays(t *testing.T) {
	at := time.Date(-4713, 1, 1, 0, 0, 0, 0, time.UTC)
	day := (at.Unix() - time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()) / 86400
	for ; at.Year() <= 10000; at, day = at.AddDate(0, 0, 1), day+1 {
		if got := civilDays(at.Year(), int(at.Month()), at.Day()); got != day {
			t.Fatalf("%s is day %d, not %d", at.Format(time.DateOnly), got, day)
		}
	}
}
