package value

import (
	"bytes"
	"math/rand/v2"
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

// TestPlainNumbers holds the short ways for common numbers to the long ones for all.
func TestPlainNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	var columns []*column
	for _, target := range []string{"numeric(12)", "numeric(14,2)", "numeric(38)", "numeric(38,20)", "numeric(5,-2)", "numeric(3,7)", "numeric"} {
		typ, err := ParseTarget(target)
		if err != nil {
			t.Fatal(err)
		}
		c, err := plan(Column{Name: target, Source: ora.Column{Type: ora.Number}, Target: typ}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		columns = append(columns, c)
	}
	e := &Encoder{}
	short := 0
	numbers(r, func(src []byte) {
		if len(src) == 0 {
			return
		}
		for _, c := range columns {
			got, ok := appendPositive(c, nil, src)
			if !ok {
				continue
			}
			short++
			e.marks = e.marks[:0]
			want, fault := appendAnyNumeric(e, c, nil, src)
			if fault != NoFault || len(e.marks) > 0 || !bytes.Equal(got, want) {
				t.Fatalf("%x as %s: %x, by the long way %x, fault %v", src, c.Name, got, want, fault)
			}
		}
		if got, ok := plainInteger(src); ok {
			short++
			var n ora.Decimal
			if err := n.Decode(src); err != nil {
				t.Fatalf("%x: %d, by the long way %v", src, got, err)
			}
			if want, err := n.Int64(); err != nil || got != want {
				t.Fatalf("%x: %d, by the long way %d, %v", src, got, want, err)
			}
		}
	})
	if short < 100000 {
		t.Errorf("the short ways took only %d", short)
	}
}

// TestPlainInstants does so for times.
func TestPlainInstants(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 13))
	var columns []*column
	for _, target := range []string{"timestamp(0)", "timestamp(3)", "timestamp"} {
		typ, err := ParseTarget(target)
		if err != nil {
			t.Fatal(err)
		}
		c, err := plan(Column{Name: target, Source: ora.Column{Type: ora.Timestamp, Scale: 9}, Target: typ}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		columns = append(columns, c)
	}
	e := &Encoder{}
	short := 0
	check := func(src []byte) {
		for _, c := range columns {
			got, ok := plainInstant(c, src)
			if !ok {
				continue
			}
			short++
			e.marks = e.marks[:0]
			if want, fault := e.anyInstant(c, src); fault != NoFault || len(e.marks) > 0 || got != want {
				t.Fatalf("%x as %s: %d, by the long way %d, fault %v", src, c.Name, got, want, fault)
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
