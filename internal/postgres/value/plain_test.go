package value

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	ora "landfall/internal/oracle/value"
)

// numbers gives NUMBERs as Oracle has them, and now and then bytes that are none.
func numbers(r *rand.Rand, yield func(src []byte)) {
	for range 200000 {
		text := make([]byte, 0, 42)
		if r.IntN(8) == 0 {
			text = append(text, '-')
		}
		size := 1 + r.IntN(38)
		if r.IntN(2) == 0 {
			size = 1 + r.IntN(8)
		}
		for range size {
			text = append(text, "0123456789"[r.IntN(10)])
		}
		if r.IntN(3) == 0 {
			text = append(text, "000000000000"[:r.IntN(12)]...)
		}
		if r.IntN(2) == 0 {
			text = strconv.AppendInt(append(text, '.'), r.Int64N(1000000), 10)
		}
		src, err := ora.AppendNumber(nil, text)
		if err != nil || len(src) == 0 {
			continue
		}
		yield(src)
		src[r.IntN(len(src))] = byte(r.Uint32())
		yield(src)
		yield(src[:r.IntN(len(src)+1)])
	}
	for _, src := range [][]byte{{0x80}, {0}, {0xff, 101}, {0xff, 100}, {0xc1, 1}, {0xc1, 101}, {0xc1, 100}, {0xc9, 100, 100, 100, 100, 100, 100, 100, 100, 100}, {0xca, 2}} {
		yield(src)
	}
}

// held holds the short way of a column to the long one, and reports whether it took src.
func held(t *testing.T, e *Encoder, c *column, src []byte) bool {
	t.Helper()
	before := slices.Clip([]byte("before"))
	got, ok := c.appendPlain(before, src)
	if !ok {
		if string(got) != "before" {
			t.Fatalf("%x as %s: not taken, and %q is left", src, c.Name, got)
		}
		return false
	}
	e.marks = e.marks[:0]
	want, fault := e.appendAny(c, before, src)
	if fault != NoFault || len(e.marks) > 0 || !bytes.Equal(got, want) {
		t.Fatalf("%x as %s: %x, by the long way %x, fault %v", src, c.Name, got, want, fault)
	}
	return true
}

// planned makes columns of one source type ready.
func planned(t *testing.T, source ora.Column, targets ...string) []*column {
	t.Helper()
	var columns []*column
	for _, target := range targets {
		typ, err := ParseTarget(target)
		if err != nil {
			t.Fatal(err)
		}
		c, err := plan(Column{Name: target, Source: source, Target: typ}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		columns = append(columns, c)
	}
	return columns
}

// TestPlainNumbers holds the short ways for common numbers to the long ones for all.
func TestPlainNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	columns := planned(t, ora.Column{Type: ora.Number},
		"numeric(12)", "numeric(14,2)", "numeric(38)", "numeric(38,20)", "numeric(5,-2)", "numeric(3,7)", "numeric", "smallint", "integer", "bigint")
	e := &Encoder{}
	short := map[string]int{}
	numbers(r, func(src []byte) {
		for _, c := range columns {
			if held(t, e, c, src) {
				short[c.Name]++
			}
		}
	})
	for _, c := range columns {
		if n := short[c.Name]; n < 40 && c.Name != "numeric" {
			t.Errorf("the short way of %s took only %d", c.Name, n)
		}
	}
}

// TestPlainInstants does so for times.
func TestPlainInstants(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 13))
	columns := planned(t, ora.Column{Type: ora.Timestamp, Scale: 9}, "timestamp(0)", "timestamp(3)", "timestamp")
	e := &Encoder{}
	short := 0
	check := func(src []byte) {
		for _, c := range columns {
			if held(t, e, c, src) {
				short++
			}
		}
	}
	for range 300000 {
		at := ora.DateTime{
			Year: r.IntN(2) * (1500 + r.IntN(9000)), Month: r.IntN(14), Day: r.IntN(33), Hour: r.IntN(25), Minute: r.IntN(61), Second: r.IntN(61),
			Nano: r.IntN(3) * r.IntN(5) * []int{1, 1000, 1e6, 1e8}[r.IntN(4)],
		}
		src := at.Append(nil, true)
		check(src)
		src[r.IntN(len(src))] = byte(r.Uint32())
		check(src)
		check(src[:r.IntN(len(src)+1)])
	}
	if short < 100000 {
		t.Errorf("the short way took only %d", short)
	}
}

// TestPlainText does so for text: of all lengths about the steps in which it is copied, with bytes of all sorts at every place.
func TestPlainText(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 17))
	columns := append(planned(t, ora.Column{Type: ora.Varchar2, Length: 400}, "text", "varchar", "varchar(1)", "varchar(9)", "varchar(64)", "char(1)", "char(8)", "char(33)"),
		planned(t, ora.Column{Type: ora.Char, Length: 400}, "text", "varchar(9)", "char(1)", "char(8)", "char(33)")...)
	e := &Encoder{}
	short := make([]int, len(columns))
	check := func(src []byte) {
		for i, c := range columns {
			if held(t, e, c, src) {
				short[i]++
			}
		}
	}
	pieces := []string{"a", " ", "\x7f", "\x01", "é", "王", "😀", "\x00", "\x80", "\xff", "\xc3"}
	for n := range 80 {
		text := bytes.Repeat([]byte("x"), n)
		check(text)
		for at := range n {
			for _, p := range pieces {
				check(append(append(bytes.Clone(text[:at]), p...), text[at+1:]...))
			}
		}
	}
	for range 50000 {
		var text []byte
		for range r.IntN(70) {
			text = append(text, pieces[r.IntN(1+r.IntN(len(pieces)))]...)
		}
		check(text)
	}
	for i, c := range columns {
		if fromChar := c.Source.Type == ora.Char && c.Target.kind() != kindChar; (short[i] > 0) == fromChar {
			t.Errorf("the short way of %s from %s took %d", c.Name, c.Source.Type, short[i])
		}
	}
}
