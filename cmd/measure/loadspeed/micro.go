package loadspeed

import (
	"fmt"
	"io"
	"runtime"
	"time"
)

// micro measures the encoder alone: rows from memory to tuples that are thrown away, in the CPU time of this process, which says
// something on a machine with other work, too.
func (b *bench) micro(out io.Writer) error {
	cols := make([][]byte, len(columns)+1)
	var buf []byte
	alone := func(next source) (perRow time.Duration, allocs float64, err error) {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		begun, err := clientCPU()
		if err != nil {
			return 0, 0, err
		}
		for {
			ok, err := next(cols)
			if err != nil {
				return 0, 0, err
			}
			if !ok {
				break
			}
			if buf, err = b.encoder.AppendTuple(buf[:0], cols[:len(columns)]); err != nil {
				return 0, 0, err
			}
		}
		ended, err := clientCPU()
		runtime.ReadMemStats(&after)
		n := b.rows.count
		return (ended - begun) / time.Duration(n), float64(after.Mallocs-before.Mallocs) / float64(n), err
	}
	wire, wireAllocs, err := alone(b.fromWire(0, b.rows.count))
	if err != nil {
		return err
	}
	driver, driverAllocs, err := alone(b.fromDriver())
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nThe encoder alone, with fingerprint, CPU: %d ns and %.2f allocations a row from Oracle's bytes, %d ns and %.2f allocations from a driver's values.\n",
		wire.Nanoseconds(), wireAllocs, driver.Nanoseconds(), driverAllocs)
	return nil
}
