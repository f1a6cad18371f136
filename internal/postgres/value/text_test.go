package value

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	ora "landfall/internal/oracle/value"
)

// TestTexts has values go through the encoder, and reads source and target by ways that share nothing with it: the texts must be
// the same, unless the target is another kind of thing.
func TestTexts(t *testing.T) {
	compared := 0
	for _, c := range cases {
		if c.fault != "" || c.marks != "" || c.bytes == nil || strings.Contains(c.name, " as ") || c.target == "jsonb" || c.target == "xml" ||
			c.source == "TIMESTAMP WITH LOCAL TIME ZONE" || c.name == "zoned, local" || c.target == "timestamptz" && c.source == "TIMESTAMP" {
			continue
		}
		src := sourceType(t, c.source)
		col := Column{Name: "v", Source: src, Target: target(t, c.target)}
		e, err := Plan([]Column{col}, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		row, err := e.AppendTuple(nil, [][]byte{c.bytes})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		fields, err := Split(nil, row)
		if err != nil {
			t.Fatal(err)
		}
		want, err := ora.AppendValueText(nil, src, c.bytes)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got, err := AppendValueText(nil, col.Target, fields[0])
		if err != nil || string(got) != string(want) {
			t.Errorf("%s: %s, %v; Oracle's is %s", c.name, got, err, want)
		}
		compared++
	}
	if compared < 40 {
		t.Errorf("only %d compared", compared)
	}
}

func TestTextForms(t *testing.T) {
	for _, c := range []struct {
		source, target, want string
		bytes                []byte
		policy               string
	}{
		{"NUMBER", "numeric(10,4)", "-0.05", num("-0.05"), ""},
		{"NUMBER", "numeric", "1000000", num("1e6"), ""},
		{"NUMBER", "integer", "-7", num("-7"), ""},
		{"DATE", "timestamp(0)", "-4712-01-01 00:00:00", date("-4712-01-01 00:00:00"), "before-christ: keep"},
		{"TIMESTAMP", "timestamp(6)", "1999-12-31 23:59:59.5", stamp("1999-12-31 23:59:59.5"), ""},
		{"INTERVAL YEAR TO MONTH", "interval", "-0-02", months("-00-02"), ""},
		{"INTERVAL DAY TO SECOND", "interval", "-1 02:03:04.5", span("-01 02:03:04.500000"), ""},
		{"INTERVAL DAY TO SECOND", "interval", "+0 00:00:00", span("+00 00:00:00.000000"), ""},
		{"RAW", "bytea", "00FF", []byte{0, 255}, ""},
		{"CHAR", "char(5)", "ab", []byte("ab   "), ""},
	} {
		col := Column{Name: "v", Source: sourceType(t, c.source), Target: target(t, c.target), Policy: policyOf(t, c.policy)}
		e, err := Plan([]Column{col}, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		row, err := e.AppendTuple(nil, [][]byte{c.bytes})
		if err != nil {
			t.Fatal(err)
		}
		fields, err := Split(nil, row)
		if err != nil {
			t.Fatal(err)
		}
		a, err1 := ora.AppendValueText(nil, col.Source, c.bytes)
		b, err2 := AppendValueText(nil, col.Target, fields[0])
		if string(a) != c.want || string(b) != c.want || err1 != nil || err2 != nil {
			t.Errorf("%s, %v and %s, %v; want %s", a, err1, b, err2, c.want)
		}
	}
	for _, name := range []string{"numeric", "integer", "real", "double precision", "jsonb", "boolean", "timestamp", "date", "interval"} {
		if s, err := AppendValueText(nil, target(t, name), []byte{2, 2, 3}); err == nil {
			t.Errorf("three bytes of %s are %s", name, s)
		}
	}
	element := target(t, "text")
	if s, err := AppendValueText(nil, Target{Name: "_text", Typmod: -1, Element: &element}, nil); err == nil {
		t.Errorf("an array is %s", s)
	}
}

// TestRandomTexts does so for random numbers and times.
func TestRandomTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	columns := []Column{
		{Name: "n", Source: sourceType(t, "NUMBER"), Target: target(t, "numeric")},
		{Name: "t", Source: sourceType(t, "TIMESTAMP"), Target: target(t, "timestamp"), Policy: policyOf(t, "before-reform: keep, before-christ: keep")},
	}
	e, err := Plan(columns, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 20000 {
		digits := strconv.FormatInt(r.Int64()-1<<62, 10) + "e" + strconv.Itoa(r.IntN(100)-80)
		at := ora.DateTime{Year: 1 + r.IntN(9999), Month: 1 + r.IntN(12), Day: 1 + r.IntN(28), Hour: r.IntN(24), Minute: r.IntN(60), Second: r.IntN(60), Nano: r.IntN(1e6) * 1000}
		if r.IntN(3) == 0 {
			at.Year = -1 - r.IntN(4712)
		}
		if at.Year == 1582 && at.Month == 10 {
			continue
		}
		row := [][]byte{num(digits), at.Append(nil, true)}
		tuple, err := e.AppendTuple(nil, row)
		if err != nil {
			t.Fatalf("%s, %+v: %v", digits, at, err)
		}
		fields, err := Split(nil, tuple)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range columns {
			want, err1 := ora.AppendValueText(nil, c.Source, row[i])
			got, err2 := AppendValueText(nil, c.Target, fields[i])
			if err1 != nil || err2 != nil || string(got) != string(want) {
				t.Fatalf("%s, %v; Oracle's is %s, %v", got, err2, want, err1)
			}
		}
	}
}
