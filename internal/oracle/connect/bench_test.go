package connect

import (
	"io"
	"testing"
	"time"

	"landfall/internal/orasim/tns"
)

// BenchmarkFetch reads 100,000 rows of 12 columns, about 150 bytes, as the driver's values and as bytes. Server and client share the process:
// what the server costs is in both.
func BenchmarkFetch(b *testing.B) {
	s := newSim(
		b, tns.Options{},
		"create table t (a number(12), b number(14,2), c number(14,2), d number(14,2), e varchar2(40), f varchar2(40), g varchar2(40), h varchar2(40), i date, j timestamp, k char(1), l varchar2(200))",
		`insert into t select level, level / 100, level * 3, -level, 'policy ' || level, 'holder', 'abcdefghij', 'x', date '2024-01-01' + mod(level, 1000), timestamp '2024-01-01 10:11:12.5', 'Y', rpad('t', 60, 'x')
			from dual connect by level <= 100000`,
	)
	se := s.session(b, Options{})
	ctx := within(b, 10*time.Minute)
	perRow := func(b *testing.B, n int) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/row")
		if n != b.N*100000 {
			b.Fatal(n)
		}
	}
	b.Run("driver", func(b *testing.B) {
		n := 0
		b.ReportAllocs()
		for range b.N {
			rows, err := se.Query(ctx, "select * from t")
			if err != nil {
				b.Fatal(err)
			}
			for rows.Next(ctx) {
				n++
			}
			if rows.Err() != nil {
				b.Fatal(rows.Err())
			}
		}
		perRow(b, n)
	})
	b.Run("bytes", func(b *testing.B) {
		n := 0
		b.ReportAllocs()
		row := make([][]byte, 12)
		for range b.N {
			w, err := se.Fetch(ctx, Query{}, "select * from t")
			if err != nil {
				b.Fatal(err)
			}
			for {
				if err := w.Next(ctx, row); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
				n++
			}
		}
		perRow(b, n)
	})
}
