package value

import (
	"bytes"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/sijms/go-ora/v2/converters"

	"landfall/internal/model"
	"landfall/internal/orasim/value/datetime"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDateTime(t *testing.T) {
	for _, c := range []struct{ bytes, text string }{
		{"77c70c1f183c3c", "1999-12-31 23:59:59.000000000"},
		{"78780101010101", "2020-01-01 00:00:00.000000000"},
		{"64650101010101", "0001-01-01 00:00:00.000000000"},
		{"c7c70c1f183c3c3b9ac9ff", "9999-12-31 23:59:59.999999999"},
		{"35580101010101", "-4712-01-01 00:00:00.000000000"},
		{"6363021c0101010000000a", "-0101-02-28 00:00:00.000000010"},
		{"7364021d010101", "1500-02-29 00:00:00.000000000"}, // of the Julian calendar only
	} {
		got, err := DecodeDateTime(unhex(t, c.bytes))
		if err != nil || string(got.AppendText(nil, 9)) != c.text {
			t.Errorf("%s: %s, %v; want %s", c.bytes, got.AppendText(nil, 9), err, c.text)
		}
		if b := got.Append(nil, true); !bytes.Equal(b, unhex(t, c.bytes)) {
			t.Errorf("%s became %x", c.bytes, b)
		}
	}
	for _, s := range []string{
		"", "787801010101", "7878010101010101", "78780001010101", "78780d01010101", "78780100010101", "78780120010101", "7878021e010101",
		"7864021e010101", "7764021d010101", "78780101000101", "78780101190101", "787801010100013d", "7878010101013d",
		"64640101010101", // year 0
		"c8640101010101", // year 10000
		"35570101010101", // year -4713
		"73b60a05010101", // 1582-10-05, which no calendar has
		"787801010101013b9aca00",
	} {
		if got, err := DecodeDateTime(unhex(t, s)); err != ErrDate {
			t.Errorf("%s: %+v, %v; want an error", s, got, err)
		}
	}
}

// TestDateTimeSecondOpinions holds random times against go-ora's converters and the embedded Oracle's.
func TestDateTimeSecondOpinions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		f := datetime.Time{Year: r.IntN(14712) - 4712, Month: 1 + r.IntN(12), Day: 1 + r.IntN(31), Hour: r.IntN(24), Minute: r.IntN(60), Second: r.IntN(60)}
		if r.IntN(2) == 0 {
			f.Nano = r.IntN(1e9)
		}
		if before := f; f.Valid() != 0 || f != before {
			continue
		}
		b := f.Timestamp()
		got, err := DecodeDateTime(b)
		if err != nil || got != DateTime(f) {
			t.Fatalf("%x: %+v, %v; the embedded Oracle %+v", b, got, err, f)
		}
		driver, err := converters.DecodeDate(b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := AppendDriver(nil, Column{Type: Timestamp}, driver)
		if err == ErrLeapDay && driver.Month() == time.March && driver.Day() == 1 {
			continue
		}
		if err != nil || !bytes.Equal(back, b) {
			t.Fatalf("%x through go-ora: %x, %v", b, back, err)
		}
		if f.Year > 1582 {
			if text := driver.Format("2006-01-02 15:04:05.000000000"); text != string(got.AppendText(nil, 9)) {
				t.Fatalf("%x: %s, go-ora %s", b, got.AppendText(nil, 9), text)
			}
		}
	}
}

func TestLeapDayOfTheDriver(t *testing.T) {
	julian := DateTime{Year: 1500, Month: 2, Day: 29}.Append(nil, false)
	driver, err := converters.DecodeDate(julian)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := AppendDriver(nil, Column{Type: Date}, driver); err != ErrLeapDay {
		t.Errorf("29 February 1500, which the driver hands out as %s, became %x, %v", driver, b, err)
	}
	if b, err := AppendText(nil, Column{Type: Date}, "1500-02-29 00:00:00"); err != nil || !bytes.Equal(b, julian) {
		t.Errorf("through text: %x, %v", b, err)
	}
}

func TestZone(t *testing.T) {
	at := datetime.Time{Year: 2024, Month: 6, Day: 30, Hour: 22, Minute: 15, Nano: 5}
	for _, minutes := range []int{0, 60, -330, 345, 14 * 60, -12 * 60} {
		b := at.Zoned(minutes)
		z, err := DecodeZone(b)
		if err != nil || z != (Zone{Minutes: minutes}) {
			t.Errorf("%x: %+v, %v; want %d minutes", b, z, err, minutes)
		}
		driver, err := converters.DecodeDate(b)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := AppendDriver(nil, Column{Type: TimestampTZ}, driver); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%x through go-ora: %x, %v", b, back, err)
		}
	}
	utc, err := datetime.RegionNamed("UTC")
	if err != nil {
		t.Fatal(err)
	}
	if z, err := DecodeZone(at.In(datetime.Zone{Region: utc})); err != nil || z != (Zone{}) {
		t.Errorf("UTC by name: %+v, %v", z, err)
	}
	region, err := datetime.RegionNamed("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	if z, err := DecodeZone(at.In(datetime.Zone{Region: region})); err != nil || z.Region != 383 || z.Local {
		t.Errorf("a region: %+v, %v", z, err)
	}
	for _, s := range []string{"", "78780101010101", "787801010101010000000000ff", "7878010101010100000000003c", "78780101010101000000003f3c"} {
		if z, err := DecodeZone(unhex(t, s)); err != ErrZone {
			t.Errorf("%s: %+v, %v; want an error", s, z, err)
		}
	}
	for text, want := range map[string]string{
		"2024-01-01 00:30:00.5 +02:00":   "2023-12-31 22:30:00.500000000 +02:00",
		"2024-12-31 20:00:00 -05:30":     "2025-01-01 01:30:00.000000000 -05:30",
		"2024-03-01 00:00:00.123 +00:00": "2024-03-01 00:00:00.123000000 +00:00",
	} {
		b, err := AppendText(nil, Column{Type: TimestampTZ}, text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		f, err := DecodeDateTime(b)
		if err != nil {
			t.Fatal(err)
		}
		z, err := DecodeZone(b)
		if got := string(z.AppendText(append(f.AppendText(nil, 9), ' '))); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
	}
}

func TestIntervals(t *testing.T) {
	for months, text := range map[int64]string{0: "+00-00", 14: "+01-02", -14: "-01-02", -2: "-00-02", 11: "+00-11", 999999999*12 + 11: "+999999999-11"} {
		b := AppendMonths(nil, months)
		if !bytes.Equal(b, datetime.Months(months).Bytes()) {
			t.Errorf("%d months: %x, the embedded Oracle %x", months, b, datetime.Months(months).Bytes())
		}
		if got, err := DecodeMonths(b); err != nil || got != months {
			t.Errorf("%x: %d, %v", b, got, err)
		}
		if got := string(AppendMonthsText(nil, months)); got != text {
			t.Errorf("%d months: %s, want %s", months, got, text)
		}
		if back, err := AppendText(nil, Column{Type: IntervalYM}, converters.ConvertIntervalYM_DTY(b)); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%d months through go-ora's %s: %x, %v", months, converters.ConvertIntervalYM_DTY(b), back, err)
		}
	}
	for s, text := range map[Span]string{
		{}:                        "+00 00:00:00.000000000",
		{1, 3723, 500000000}:      "+01 01:02:03.500000000",
		{-1, -3723, -500000000}:   "-01 01:02:03.500000000",
		{0, 0, -1000}:             "-00 00:00:00.000001000",
		{999999999, 86399, 0}:     "+999999999 23:59:59.000000000",
		{-999999999, -86399, 0}:   "-999999999 23:59:59.000000000",
		{12, 0, 123456000}:        "+12 00:00:00.123456000",
		{0, -59, -999999000}:      "-00 00:00:59.999999000",
		{100000, 60, 1000}:        "+100000 00:01:00.000001000",
		{0, 86399, 999999000}:     "+00 23:59:59.999999000",
		{-5, 0, 0}:                "-05 00:00:00.000000000",
		{0, 3600 * 23, 100000000}: "+00 23:00:00.100000000",
	} {
		b := s.Append(nil)
		if want := (datetime.Span{Days: s.Days, Seconds: s.Seconds, Nanos: s.Nanos}).Bytes(); !bytes.Equal(b, want) {
			t.Errorf("%v: %x, the embedded Oracle %x", s, b, want)
		}
		if got, err := DecodeSpan(b); err != nil || got != s {
			t.Errorf("%x: %v, %v", b, got, err)
		}
		if got := string(s.AppendText(nil, 9)); got != text {
			t.Errorf("%v: %s, want %s", s, got, text)
		}
		if back, err := AppendText(nil, Column{Type: IntervalDS, Scale: 6}, converters.ConvertIntervalDS_DTY(b)); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%v through go-ora's %s: %x, %v", s, converters.ConvertIntervalDS_DTY(b), back, err)
		}
		if _, err := AppendText(nil, Column{Type: IntervalDS, Scale: 9}, converters.ConvertIntervalDS_DTY(b)); err != ErrNanos {
			t.Errorf("%v of 9 digits through go-ora: %v, want %v", s, err, ErrNanos)
		}
		if back, err := AppendText(nil, Column{Type: IntervalDS, Scale: 9}, text); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%v through text: %x, %v", s, back, err)
		}
	}
	for _, s := range []string{"", "8000000a", "8000000a48", "800000010a3b", "7fffffff3d"} {
		if n, err := DecodeMonths(unhex(t, s)); err != ErrInterval {
			t.Errorf("%s: %d months, %v", s, n, err)
		}
	}
	for _, s := range []string{"", "8000000154", "800000003c3c3c800000ff00", "800000013b3c3c80000000", "80000000543c3c80000000", "800000003c3c3cbb9aca00"} {
		if n, err := DecodeSpan(unhex(t, s)); err != ErrInterval {
			t.Errorf("%s: %v, %v", s, n, err)
		}
	}
}

func TestFloats(t *testing.T) {
	for _, f := range []float64{0, 1, -1, 0.1, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(1), math.Inf(-1)} {
		b := AppendDouble(nil, f)
		u, err := DecodeDouble(b)
		if err != nil || math.Float64frombits(u) != f {
			t.Errorf("%v: %x is %v, %v", f, b, math.Float64frombits(u), err)
		}
		if got := converters.ConvertBinaryDouble(bytes.Clone(b)); got != f {
			t.Errorf("%v: %x is %v for go-ora", f, b, got)
		}
		f := float32(f)
		b = AppendFloat(nil, f)
		v, err := DecodeFloat(b)
		if err != nil || math.Float32frombits(v) != f {
			t.Errorf("%v: %x is %v, %v", f, b, math.Float32frombits(v), err)
		}
		if got := converters.ConvertBinaryFloat(bytes.Clone(b)); got != f {
			t.Errorf("%v: %x is %v for go-ora", f, b, got)
		}
	}
	for _, f := range []float64{math.NaN(), -math.NaN(), math.Copysign(0, -1)} {
		b := AppendDouble(nil, f)
		u, err := DecodeDouble(b)
		if got := math.Float64frombits(u); err != nil || (got != got) != (f != f) || math.Signbit(got) {
			t.Errorf("%v: %x is %v, %v", f, b, got, err)
		}
	}
	if _, err := DecodeDouble([]byte{1}); err != ErrFloat {
		t.Error(err)
	}
	if _, err := DecodeFloat(nil); err != ErrFloat {
		t.Error(err)
	}
}

func TestRowID(t *testing.T) {
	physical := unhex(t, "0100013c5e000400000097000a")
	got, err := AppendRowIDText(nil, physical)
	if err != nil || string(got) != "AAATxeAAEAAAACXAAK" {
		t.Errorf("%x: %s, %v", physical, got, err)
	}
	for _, b := range [][]byte{physical, unhex(t, "02c102fe"), unhex(t, "0204c10304c104fe"), unhex(t, "020102"), unhex(t, "0200ff80")} {
		text, err := AppendRowIDText(nil, b)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := AppendRowID(nil, string(text)); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%x: %s: %x, %v", b, text, back, err)
		}
		if back, err := AppendText(nil, Column{Type: URowID}, "\x00"+string(text)); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%x with a byte in front, as go-ora has it: %x, %v", b, back, err)
		}
	}
	for _, s := range []string{"", "AAATxeAAEAAAACXAA", "AAATxeAAEAAAACXAA!", "AAAAAAAAEAAAACXAAK", "AAATxe/AEAAAACXAAK", "*A", "*BAB", "*B!"} {
		if b, err := AppendRowID(nil, s); err != ErrRowID || len(b) > 0 {
			t.Errorf("%q: %x, %v; want an error", s, b, err)
		}
	}
	for _, s := range []string{"", "01", "0100000000000400000097000a", "0300"} {
		if _, err := AppendRowIDText(nil, unhex(t, s)); err != ErrRowID {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestDriverValues(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	for _, c := range []struct {
		name string
		col  Column
		v    any
		want string
		err  error
	}{
		{"number", Column{Type: Number}, "-12", "3e5966", nil},
		{"integer", Column{Type: Number}, int64(12345), "c302182e", nil},
		{"zero", Column{Type: Number}, int64(0), "80", nil},
		{"lowest integer", Column{Type: Number}, int64(math.MinInt64), "355c4f441d6221" + "2f182b5d66", nil},
		{"infinity", Column{Type: Number}, "Infinity", "", ErrSign},
		{"text", Column{Type: Varchar2}, "é", "c3a9", nil},
		{"no text", Column{Type: Varchar2}, "", "", ErrEmpty},
		{"empty CLOB", Column{Type: CLOB}, "", "", nil},
		{"raw", Column{Type: Raw}, []byte{1, 2}, "0102", nil},
		{"empty BLOB", Column{Type: BLOB}, []byte{}, "", nil},
		{"date of a server in Shanghai", Column{Type: Date}, time.Date(2020, 1, 1, 8, 0, 0, 0, shanghai), "78780101090101", nil},
		{"timestamp likewise", Column{Type: Timestamp}, time.Date(2020, 1, 1, 8, 0, 0, 7, shanghai), "7878010109010100000007", nil},
		{"instant", Column{Type: TimestampTZ}, time.Date(2020, 1, 1, 8, 0, 0, 0, shanghai), "78780101010101000000001c3c", nil},
		{"seconds of an offset", Column{Type: TimestampTZ}, time.Date(2020, 1, 1, 8, 0, 0, 0, time.FixedZone("", 29143)), "", ErrZone},
		{"date with nanoseconds", Column{Type: Date}, time.Date(2020, 1, 1, 8, 0, 0, 1, time.UTC), "", ErrDriver},
		{"year 0", Column{Type: Date}, time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), "", ErrDate},
		{"float", Column{Type: BinaryFloat}, float32(1), "bf800000", nil},
		{"float as double", Column{Type: BinaryFloat}, 0.1, "", ErrDriver},
		{"double", Column{Type: BinaryDouble}, 1.0, "bff0000000000000", nil},
		{"boolean", Column{Type: Boolean}, true, "01", nil},
		{"boolean as number", Column{Type: Boolean}, int64(2), "", ErrDriver},
		{"bytes for a number", Column{Type: Number}, []byte("1.5"), "c10233", nil},
		{"a type of its own", Column{Type: Number}, struct{}{}, "", ErrDriver},
		{"double for a number", Column{Type: Number}, 1.5, "", ErrDriver},
		{"time for a number", Column{Type: Number}, time.Time{}, "", ErrDriver},
		{"text for RAW", Column{Type: Raw}, "00", "", ErrDriver},
		{"date as text", Column{Type: Date}, "-4712-01-01 00:00:00", "35580101010101", nil},
		{"date as bad text", Column{Type: Date}, "2020-01-01", "", ErrDriver},
		{"timestamp as text with a zone", Column{Type: Timestamp}, "2020-01-01 00:00:00 +01:00", "", ErrDriver},
	} {
		got, err := AppendDriver(nil, c.col, c.v)
		if err != c.err || err == nil && !bytes.Equal(got, unhex(t, c.want)) {
			t.Errorf("%s: %x, %v; want %s, %v", c.name, got, err, c.want, c.err)
		}
		if err != nil && len(got) > 0 {
			t.Errorf("%s: left %x behind", c.name, got)
		}
	}
}

func TestOf(t *testing.T) {
	n := func(i int) *int { return &i }
	for _, c := range []struct {
		ref  model.TypeRef
		want Column
	}{
		{model.TypeRef{Name: "NUMBER"}, Column{Type: Number}},
		{model.TypeRef{Name: "NUMBER", Star: true}, Column{Type: Number}},
		{model.TypeRef{Name: "NUMBER", Star: true, Scale: n(2)}, Column{Type: Number, Precision: 38, Scale: 2, Sized: true}},
		{model.TypeRef{Name: "NUMBER", Precision: n(10), Scale: n(-2)}, Column{Type: Number, Precision: 10, Scale: -2, Sized: true}},
		{model.TypeRef{Name: "DECIMAL"}, Column{Type: Number, Precision: 38, Sized: true}},
		{model.TypeRef{Name: "INTEGER"}, Column{Type: Number, Precision: 38, Sized: true}},
		{model.TypeRef{Name: "FLOAT", Precision: n(126)}, Column{Type: Number}},
		{model.TypeRef{Name: "VARCHAR2", Precision: n(20)}, Column{Type: Varchar2, Length: 20}},
		{model.TypeRef{Name: "DATE"}, Column{Type: Date}},
		{model.TypeRef{Name: "TIMESTAMP"}, Column{Type: Timestamp, Scale: 6}},
		{model.TypeRef{Name: "TIMESTAMP WITH TIME ZONE", Precision: n(9)}, Column{Type: TimestampTZ, Scale: 9}},
		{model.TypeRef{Name: "INTERVAL DAY TO SECOND", Precision: n(2), Scale: n(9)}, Column{Type: IntervalDS, Scale: 9}},
		{model.TypeRef{Name: "ADDRESS", User: true}, Column{Type: Object}},
	} {
		if got, err := Of(c.ref); err != nil || got != c.want {
			t.Errorf("%+v: %+v, %v; want %+v", c.ref, got, err, c.want)
		}
	}
	for _, name := range []string{"", "SYS_REFCURSOR", "NUMBRE"} {
		if got, err := Of(model.TypeRef{Name: name}); err == nil {
			t.Errorf("%s: %+v, want an error", name, got)
		}
	}
}

func FuzzDecoders(f *testing.F) {
	for _, s := range []string{"77c70c1f183c3c", "c7c70c1f183c3c3b9ac9ff", "78780101010101000000001c3c", "800000013e", "800000013d3e3f80000001", "0100013c5e000400000097000a"} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, err := DecodeDateTime(b); err == nil {
			if sim, err := datetime.Decode(b); err != nil && d.Year > 0 || err == nil && DateTime(sim) != d {
				t.Fatalf("%x: %+v, the embedded Oracle %+v, %v", b, d, sim, err)
			}
			text := string(d.AppendText(nil, 9))
			if back, err := AppendText(nil, Column{Type: Timestamp}, text); err != nil || !bytes.Equal(back, d.Append(nil, true)) {
				t.Fatalf("%x: %s: %x, %v", b, text, back, err)
			}
		} else if sim, err := datetime.Decode(b); err == nil {
			t.Fatalf("%x: no date, the embedded Oracle %+v", b, sim)
		}
		if z, err := DecodeZone(b); err == nil && z.Region == 0 && z.AppendText(nil) == nil {
			t.Fatal(z)
		}
		if n, err := DecodeMonths(b); err == nil && !bytes.Equal(AppendMonths(nil, n), b) {
			t.Fatalf("%x: %d months are %x", b, n, AppendMonths(nil, n))
		}
		if s, err := DecodeSpan(b); err == nil && !bytes.Equal(s.Append(nil), b) {
			t.Fatalf("%x: %v is %x", b, s, s.Append(nil))
		}
		if text, err := AppendRowIDText(nil, b); err == nil {
			if back, err := AppendRowID(nil, text); err != nil || !bytes.Equal(back, b) {
				t.Fatalf("%x: %s is %x, %v", b, text, back, err)
			}
		}
	})
}

func TestDecodersDoNotAllocate(t *testing.T) {
	num, date, zoned := unhex(t, "c302182e"), unhex(t, "c7c70c1f183c3c3b9ac9ff"), unhex(t, "78780101010101000000001c3c")
	span, rowid := Span{1, 2, 3}.Append(nil), unhex(t, "0100013c5e000400000097000a")
	var n Decimal
	buf := make([]byte, 0, 256)
	if a := testing.AllocsPerRun(100, func() {
		_ = n.Decode(num)
		buf = n.AppendText(buf[:0])
		d, _ := DecodeDateTime(date)
		buf = d.AppendText(buf[:0], 9)
		_, _ = DecodeZone(zoned)
		s, _ := DecodeSpan(span)
		buf = s.AppendText(buf[:0], 9)
		buf, _ = AppendRowIDText(buf[:0], rowid)
		buf, _ = AppendNumber(buf[:0], "-123.456")
	}); a != 0 {
		t.Errorf("%v allocations", a)
	}
}
