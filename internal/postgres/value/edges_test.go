package value

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/scratch/pgtest"
)

// edges are values at the edges of each type: what the reader sees of them, their bytes, and where they go.
var edges = []struct {
	source, shown string
	bytes         []byte
	target        string
	policy        string // beside the default
}{
	{"NUMBER", "0", num("0"), "numeric", ""},
	{"NUMBER", "1e125", num("1e125"), "numeric", ""},
	{"NUMBER", "-1e-130", num("-1e-130"), "numeric", ""},
	{"NUMBER", "38 nines", num(strings.Repeat("9", 38)), "numeric(38)", ""},
	{"NUMBER", "-(40 nines)", num("-" + strings.Repeat("9", 40)), "numeric", ""},
	{"NUMBER", "0.1 and 37 zeros and 1", num("0.1" + strings.Repeat("0", 37) + "1"), "numeric", ""},
	{"NUMBER", "infinity", []byte{0xff, 0x65}, "numeric", ""},
	{"NUMBER", "infinity", []byte{0xff, 0x65}, "numeric(10,2)", "infinite: null"},
	{"NUMBER", "1.005", num("1.005"), "numeric(10,2)", "fraction: round"},
	{"NUMBER", "123456789.01", num("123456789.01"), "numeric(10,2)", "overflow: null"},
	{"NUMBER", "1200", num("1200"), "numeric(2,-2)", ""},
	{"NUMBER", "2147483648", num("2147483648"), "integer", "overflow: null"},
	{"NUMBER", "-9223372036854775808", num("-9223372036854775808"), "bigint", ""},
	{"NUMBER", "0.5", num("0.5"), "bigint", "fraction: truncate"},
	{"NUMBER", "1/3 (38 digits)", num("0." + strings.Repeat("3", 38)), "double precision", "fraction: round"},
	{"BINARY_DOUBLE", "1.7976931348623157E+308", ora.AppendDouble(nil, math.MaxFloat64), "double precision", ""},
	{"BINARY_DOUBLE", "4.9406564584124654E-324", ora.AppendDouble(nil, math.SmallestNonzeroFloat64), "double precision", ""},
	{"BINARY_DOUBLE", "-Inf", ora.AppendDouble(nil, math.Inf(-1)), "double precision", ""},
	{"BINARY_DOUBLE", "NaN", ora.AppendDouble(nil, math.NaN()), "double precision", ""},
	{"BINARY_FLOAT", "3.40282347E+38", ora.AppendFloat(nil, math.MaxFloat32), "real", ""},
	{"BINARY_FLOAT", "NaN", ora.AppendFloat(nil, float32(math.NaN())), "real", ""},

	{"VARCHAR2", "😀 (one character, 4 bytes)", []byte("😀"), "varchar(1)", ""},
	{"VARCHAR2", "你好, of a ZHS16GBK database", []byte("你好"), "varchar(4)", ""},
	{"VARCHAR2", "32767 times x", bytes.Repeat([]byte("x"), 32767), "varchar(32767)", ""},
	{"VARCHAR2", "a, chr(0), b", []byte("a\x00b"), "text", "nul-byte: strip"},
	{"VARCHAR2", "a, byte FF, b", []byte("a\xffb"), "text", "bad-utf8: replace"},
	{"VARCHAR2", "a, byte FF, b", []byte("a\xffb"), "text", "bad-utf8: hex"},
	{"VARCHAR2", "5 characters", []byte("ÄÖÜßé"), "varchar(4)", "too-long: truncate"},
	{"CHAR", "'ab' and 2 blanks", []byte("ab  "), "char(4)", ""},
	{"CHAR", "'é' and 2 blanks, CHAR(4 BYTE)", []byte("é  "), "char(4)", ""},
	{"CHAR", "'ab' and 2 blanks", []byte("ab  "), "text", "padding: strip"},
	{"LONG", "text", []byte("text"), "text", ""},
	{"CLOB", "EMPTY_CLOB()", []byte{}, "text", ""},
	{"CLOB", "EMPTY_CLOB()", []byte{}, "text", "empty-lob: null"},
	{"BLOB", "EMPTY_BLOB()", []byte{}, "bytea", ""},
	{"RAW", "00FF", []byte{0, 0xff}, "bytea", ""},
	{"RAW", "16 bytes", []byte("0123456789abcdef"), "uuid", ""},
	{"BFILE", "BFILENAME('DOCS', 'a.pdf')", []byte("DOCS/a.pdf"), "text", ""},
	{"ROWID", "AAATxeAAEAAAACXAAK", must(ora.AppendRowID(nil, "AAATxeAAEAAAACXAAK")), "text", ""},
	{"UROWID", "*BAFAB8wCwQL+ (of an IOT)", must(ora.AppendRowID(nil, "*BAFAB8wCwQL+")), "text", ""},
	{"BOOLEAN", "TRUE", []byte{1}, "boolean", ""},
	{"VARCHAR2", "'Y'", []byte("Y"), "boolean", ""},
	{"VARCHAR2", "'maybe'", []byte("maybe"), "boolean", "malformed: null"},

	{"DATE", "9999-12-31 23:59:59", date("9999-12-31 23:59:59"), "timestamp(0)", ""},
	{"DATE", "1582-10-15 00:00:00", date("1582-10-15 00:00:00"), "timestamp(0)", ""},
	{"DATE", "1582-10-04 00:00:00", date("1582-10-04 00:00:00"), "timestamp(0)", "before-reform: same-day"},
	{"DATE", "0001-01-01 00:00:00", date("0001-01-01 00:00:00"), "timestamp(0)", "before-reform: keep"},
	{"DATE", "1500-02-29 00:00:00", date("1500-02-29 00:00:00"), "timestamp(0)", "before-reform: same-day"},
	{"DATE", "1500-02-29 00:00:00", date("1500-02-29 00:00:00"), "timestamp(0)", "before-reform: keep"},
	{"DATE", "-4712-01-01 00:00:00", date("-4712-01-01 00:00:00"), "timestamp(0)", "before-christ: keep"},
	{"DATE", "year 10000", []byte{200, 100, 1, 1, 1, 1, 1}, "timestamp(0)", "bad-bytes: null"},
	{"DATE", "2024-02-29 00:00:01", date("2024-02-29 00:00:01"), "date", "time-of-day: truncate"},
	{"TIMESTAMP", "9999-12-31 23:59:59.999999", stamp("9999-12-31 23:59:59.999999"), "timestamp(6)", ""},
	{"TIMESTAMP", "9999-12-31 23:59:59.999999999", stamp("9999-12-31 23:59:59.999999999"), "timestamp(6)", "sub-second: truncate"},
	{"TIMESTAMP", "9999-12-31 23:59:59.999999999", stamp("9999-12-31 23:59:59.999999999"), "timestamp(6)", "sub-second: round"},
	{"TIMESTAMP WITH TIME ZONE", "2024-07-01 12:00:00.5 -05:30", zoned("2024-07-01 12:00:00.5 -05:30"), "timestamptz(6)", ""},
	{"TIMESTAMP WITH TIME ZONE", "2024-07-01 12:00:00 UTC, by name", append(zoned("2024-07-01 12:00:00 +00:00")[:11], 0xd0, 0x04), "timestamptz(6)", ""},
	{"TIMESTAMP WITH TIME ZONE", "2024-07-01 12:00:00 Asia/Shanghai", append(zoned("2024-07-01 04:00:00 +00:00")[:11], 0x83, 0xe8), "timestamptz(6)", ""},
	{"TIMESTAMP WITH TIME ZONE", "2024-07-01 12:00:00 Asia/Kolkata", append(zoned("2024-07-01 06:30:00 +00:00")[:11], 0x8c, 0x10), "timestamptz(6)", ""},
	{"TIMESTAMP WITH TIME ZONE", "2024-10-27 02:30:00 Europe/Berlin, the first time", append(zoned("2024-10-27 00:30:00 +00:00")[:11], 0x85, 0xfc), "timestamptz(6)", ""},
	{"TIMESTAMP WITH TIME ZONE", "2024-10-27 02:30:00 Europe/Berlin, an hour later", append(zoned("2024-10-27 01:30:00 +00:00")[:11], 0x85, 0xfc), "timestamptz(6)", ""},
	{"TIMESTAMP WITH TIME ZONE", "local time in a region, as clients send it", append(zoned("2024-07-01 12:00:00 +00:00")[:11], 0x85, 0xfd), "timestamptz(6)", "unknown-zone: null"},
	{"TIMESTAMP WITH LOCAL TIME ZONE", "2024-07-01 12:00:00 (DBTIMEZONE +08:00)", stamp("2024-07-01 12:00:00"), "timestamptz(6)", ""},
	{"TIMESTAMP", "2024-10-27 02:30:00 (Berlin, twice)", stamp("2024-10-27 02:30:00"), "timestamptz", "unknown-zone: null"},
	{"INTERVAL YEAR TO MONTH", "-178956970-08", months("-178956970-08"), "interval", ""},
	{"INTERVAL YEAR TO MONTH", "+999999999-11", months("+999999999-11"), "interval", "overflow: null"},
	{"INTERVAL DAY TO SECOND", "-999999999 23:59:59.999999", span("-999999999 23:59:59.999999"), "interval", ""},
	{"INTERVAL DAY TO SECOND", "+00 00:00:00.000000001", must(ora.AppendText(nil, ora.Column{Type: ora.IntervalDS, Scale: 9}, "+00 00:00:00.000000001")), "interval", "sub-second: round"},

	{"JSON", `{"b": 1.50, "a": 1e2, "b": 2}`, []byte(`{"b": 1.50, "a": 1e2, "b": 2}`), "jsonb", ""},
	{"JSON", `{"b": 1.50, "a": 1e2, "b": 2}`, []byte(`{"b": 1.50, "a": 1e2, "b": 2}`), "json", ""},
	{"JSON", `"\u0000"`, []byte(`"\u0000"`), "jsonb", "malformed: null"},
	{"XMLTYPE", `<?xml version="1.0" encoding="GBK"?><a>你好</a>`, []byte(`<?xml version="1.0" encoding="GBK"?><a>你好</a>`), "xml", ""},
	{"OBJECT", `{"STREET": "Baker St", "NO": 221}`, []byte(`{"STREET": "Baker St", "NO": 221}`), "jsonb", ""},
}

const edgesHead = `# Types at their edges

What PostgreSQL holds of values at the edges of Oracle's types, after they have gone through the encoder and a binary COPY. The test
that makes this page (` + "`go test ./internal/postgres/value -run TestEdges`" + `) sends every value to a server and reads it back; it fails when the page
says something else, and when the tuple that COPY TO gives back is not the one that was sent.

By default a value that the target cannot hold as it is stops its row: it is refused, with the fault that the table names. The last column is what happens
under another policy for that fault; each such value is counted. The columns of the source are given to the encoder as the bytes that Oracle
sends, text in UTF-8. These bytes are made by landfall and checked against go-ora's converters and the embedded Oracle; they were never compared
with those of a real Oracle.

| Oracle | value | PostgreSQL | holds by default | holds under a policy |
|---|---|---|---|---|
`

const edgesTail = `
Faults and what can be done about each (the first is the default):

| fault | means | choices |
|---|---|---|
`

var faultMeanings = map[Fault]string{
	BadBytes: "the bytes are no value of the type: years outside of -4712 to 9999, digits that no NUMBER has", NulByte: "chr(0) in text",
	BadUTF8: "bytes that are no text in the database's character set", TooLong: "more characters than varchar(n) or char(n), blanks included", Padding: "the blanks of CHAR, where the target does not pad",
	BeforeReform: "a date before 1582-10-15, which Oracle counts by the Julian calendar and PostgreSQL by the Gregorian: kept, it has the same year, month and day; by same-day it is the same day, and shows another date",
	BeforeChrist: "a year before 1", NoSuchDay: "29 February of a year that is a leap year in the Julian calendar only, where dates are kept", SubSecond: "digits of a second that the target does not keep",
	TimeOfDay: "a time of day, where the target is date", Fraction: "digits behind the point that the target does not keep", Overflow: "more than the target holds",
	Infinite: "an infinite number, where the target has none", UnknownZone: "local time in a region whose rules are not known, or that the zone has twice or not at all",
	Malformed: "not what the target reads: boolean, uuid, JSON, XML, attributes of an object", EmptyLOB: "an empty LOB",
}

// TestEdges holds docs/load-types.md against a server.
func TestEdges(t *testing.T) {
	db := pgtest.Open(t)
	var b strings.Builder
	b.WriteString(edgesHead)
	for _, c := range edges {
		col := Column{Name: "v", Source: sourceType(t, c.source), Target: target(t, c.target)}
		byDefault := holds(t, db, col, c.target, c.bytes)
		under := ""
		if c.policy != "" {
			col.Policy = policyOf(t, c.policy)
			under = "`" + c.policy + "`: " + holds(t, db, col, c.target, c.bytes)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", c.source, code(c.shown), c.target, byDefault, under)
	}
	b.WriteString(edgesTail)
	for _, f := range Faults() {
		meaning, ok := faultMeanings[f]
		if !ok {
			t.Errorf("%s has no meaning", f)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", f, meaning, names(f.Choices()))
	}
	const page = "../../../docs/load-types.md"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s is not what a server holds (UPDATE=1 writes it anew):\n%s", page, diff)
	}
}

// holds is what a server has of a value, in words for the table.
func holds(t *testing.T, db *pgtest.DB, col Column, typ string, value []byte) string {
	t.Helper()
	e, err := Plan([]Column{col}, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	row, err := e.AppendTuple(nil, [][]byte{value})
	var bad *RowError
	if errors.As(err, &bad) {
		return "refused: " + bad.Fault.String()
	}
	if err != nil {
		t.Fatal(err)
	}
	got, back := roundTrip(t, db, typ, AppendTrailer(append(AppendHeader(nil), row...)), 1)
	if back != e.Fingerprint() {
		t.Errorf("%s as %s: what comes back has another fingerprint", col.Source.Type, typ)
	}
	switch {
	case len(got) > 100:
		var n int
		if err := db.QueryRow(context.Background(), "SELECT length(v::text) FROM edge").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s ... %s (%d characters)", code(got[:8]), code(got[len(got)-8:]), n)
	case got == "":
		return "NULL"
	case got == "''":
		return "an empty text"
	}
	return code(got)
}

func code(s string) string { return "`" + strings.ReplaceAll(s, "|", `\|`) + "`" }
