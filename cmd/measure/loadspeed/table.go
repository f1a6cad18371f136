package loadspeed

import (
	"fmt"
	"io"
	"slices"
	"time"
)

func median(list []time.Duration) time.Duration {
	list = slices.Sorted(slices.Values(list))
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}

// medians by way: wall, client, server; and the best wall time.
func medians(samples []sample) map[string][4]time.Duration {
	by := map[string][3][]time.Duration{}
	for _, s := range samples {
		l := by[s.way]
		by[s.way] = [3][]time.Duration{append(l[0], s.wall), append(l[1], s.client), append(l[2], s.server)}
	}
	m := map[string][4]time.Duration{}
	for k, l := range by {
		m[k] = [4]time.Duration{median(l[0]), median(l[1]), median(l[2]), slices.Min(l[0])}
	}
	return m
}

// ratios are what the load is held to: how often the second way fits into the first, by wall time and by the CPU of client and server.
var ratios = []struct{ title, first, second, demand string }{
	{"rows/s of wire, of those of file", "file", "wire", "at least 0.90"},
	{"rows/s of rejects, of those of wire", "wire", "rejects", "none"},
	{"rows/s of wire, of those of pgx", "pgx", "wire", "at least 4"},
	{"rows/s of driver, of those of pgx", "pgx", "driver", "none"},
	{"rows/s of after, of those of in-place", "in-place", "after", "at least 1.6"},
	{"time of chunks, of that of wire", "chunks", "wire", "at most 1.15"},
	{"rows/s of verify, of those of md5", "md5", "verify", "at least 2"},
}

func table(out io.Writer, samples []sample, rows int) {
	m := medians(samples)
	fmt.Fprintln(out, "| way | | wall s | best | client CPU s | server CPU s | krows/s | client µs/row |\n|---|---|---:|---:|---:|---:|---:|---:|")
	for _, w := range ways {
		d, ok := m[w.name]
		if !ok {
			continue
		}
		fmt.Fprintf(out, "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.0f | %.2f |\n", w.name, w.title, d[0].Seconds(), d[3].Seconds(), d[1].Seconds(), d[2].Seconds(),
			float64(rows)/d[0].Seconds()/1e3, d[1].Seconds()*1e6/float64(rows))
	}
	fmt.Fprintln(out, "\n| ratio | by wall | by best wall | by CPU of both | demanded |\n|---|---:|---:|---:|---|")
	for _, r := range ratios {
		a, ok1 := m[r.first]
		b, ok2 := m[r.second]
		if ok1 && ok2 {
			fmt.Fprintf(out, "| %s | %.2f | %.2f | %.2f | %s |\n", r.title, a[0].Seconds()/b[0].Seconds(), a[3].Seconds()/b[3].Seconds(), (a[1]+a[2]).Seconds()/(b[1]+b[2]).Seconds(), r.demand)
		}
	}
}
