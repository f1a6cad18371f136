package loadspeed

import "testing"

// BenchmarkEncode is the encoder alone: a row of 12 columns from Oracle's bytes in memory to a tuple, with its fingerprint.
func BenchmarkEncode(b *testing.B) {
	w := &bench{rows: makeRows(chunkRows)}
	var err error
	if w.values, err = w.rows.decoded(chunkRows); err != nil {
		b.Fatal(err)
	}
	if err := w.measureRows(); err != nil {
		b.Fatal(err)
	}
	for name, source := range map[string]func() source{
		"wire":   func() source { return w.fromWire(0, w.rows.count) },
		"driver": w.fromDriver,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			next := source()
			cols := make([][]byte, len(columns)+1)
			var buf []byte
			begun, err := clientCPU()
			if err != nil {
				b.Fatal(err)
			}
			for range b.N {
				ok, err := next(cols)
				if err == nil && !ok {
					next = source()
					_, err = next(cols)
				}
				if err == nil {
					buf, err = w.encoder.AppendTuple(buf[:0], cols[:len(columns)])
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			ended, err := clientCPU()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(ended-begun)/float64(b.N), "cpu-ns/op")
		})
	}
}
