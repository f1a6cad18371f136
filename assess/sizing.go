package assess

import (
	"fmt"
	"strings"

	"landfall/assess/phrase"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/dict"
)

// databaseFacts tells the facts of a database from those of scripts that lie in a bundle, which know no sizes.
func databaseFacts(f *dict.Facts) *dict.Facts {
	if f == nil || f.Origin == bundle.FromFiles {
		return nil
	}
	return f
}

// without says which of some extracts is missing, "" for none; each is entered once.
func without(list *[]MissingExtract, f *dict.Facts, purpose string, extracts ...string) bool {
	missing := false
	for _, name := range extracts {
		reason := string(bundle.ReasonOrigin)
		if f != nil {
			if f.Known(name) {
				continue
			}
			reason = string(f.Why(name).Reason)
		}
		missing = true
		*list = append(*list, MissingExtract{Extract: name, Reason: reason, For: purpose})
	}
	return missing
}

func gigabytes(b float64) string { return fmt.Sprintf("%.1f GB", b/(1<<30)) }

// sizing says what the target needs, as far as the facts go.
func (r *Result) sizing(f *dict.Facts, n figures, words phrase.Table) {
	s := &Sizing{Storage: []StoragePart{}, Basis: []CheckedFact{}, Missing: []MissingExtract{}}
	r.Sizing = s
	s.storage(f, n)
	s.memory(f, n)
	s.cores(f, n)
	s.connections(f, n)
	if !without(&s.Missing, f, "partitions", "partitioned_tables") {
		for _, p := range f.Partitions {
			if p.CountOpen {
				if t := f.Tables[p.Key]; t != nil && f.Known("partitions") {
					s.Partitions += t.Partitions
				}
				continue
			}
			s.Partitions += p.Count
		}
	}
	defer s.inWords(words)
	if !without(&s.Missing, f, "WAL", "redo_per_hour") {
		days, estimated := f.RedoPerDay()
		var most float64
		for _, d := range days {
			most = max(most, float64(d.Bytes))
		}
		if len(days) > 0 && !estimated {
			w := Range{most, most}.times(n.of("size.wal"))
			s.WALPerDay = &w
			s.basis("redo of the busiest day", gigabytes(most), "redo_per_hour")
		}
	}
}

func (s *Sizing) basis(name, value, extract string) {
	s.Basis = append(s.Basis, CheckedFact{name, value, extract})
}

const workingSpace = "working space"

// storageParts are the kinds of segments, with the figures that they grow or shrink by.
var storageParts = []struct{ what, figure string }{
	{"tables", "size.table"},
	{"compressed tables", "size.table.compressed"},
	{"columnar compressed tables", "size.table.columnar"},
	{"indexes", "size.index"},
	{"LOBs", "size.lob"},
}

// storage sums the segments of tables by how they are compressed.
func (s *Sizing) storage(f *dict.Facts, n figures) {
	if without(&s.Missing, f, "storage", "segments", "tables") {
		return
	}
	var plain, packed, columnar, index, lob float64
	for _, t := range f.TablesInOrder() {
		switch {
		case strings.HasPrefix(t.Compression, "QUERY"), strings.HasPrefix(t.Compression, "ARCHIVE"):
			columnar += t.Bytes.Value
		case t.Compression != "":
			packed += t.Bytes.Value
		default:
			plain += t.Bytes.Value
		}
		index += t.IndexBytes.Value
		lob += t.LOBBytes.Value
	}
	var sum Range
	for i, p := range storageParts {
		bytes := [...]float64{plain, packed, columnar, index, lob}[i]
		if bytes == 0 {
			continue
		}
		part := StoragePart{What: p.what, Source: bytes, Target: Range{bytes, bytes}.times(n.of(p.figure))}
		sum = sum.plus(part.Target)
		s.Storage = append(s.Storage, part)
	}
	work := StoragePart{What: workingSpace, Target: sum.times(n.of("size.work"))}
	s.Storage = append(s.Storage, work)
	sum = sum.plus(work.Target)
	s.Bytes = &sum
	s.basis("segments of tables, indexes and LOBs", gigabytes(plain+packed+columnar+index+lob), "segments")
}

func (s *Sizing) memory(f *dict.Facts, n figures) {
	if without(&s.Missing, f, "memory", "sga") || !f.Instance.SGABytes.Known {
		return
	}
	b := f.Instance.SGABytes.Value + f.Instance.PGABytes.Value
	m := Range{b, b}.times(n.of("size.memory"))
	s.Memory = &m
	s.basis("SGA", gigabytes(f.Instance.SGABytes.Value), "sga")
	if f.Instance.PGABytes.Known {
		s.basis("PGA", gigabytes(f.Instance.PGABytes.Value), "pga")
	}
}

// cores takes the processor time that sessions used since the instance was started, times the peak over the average.
func (s *Sizing) cores(f *dict.Facts, n figures) {
	if without(&s.Missing, f, "cores", "sysstat", "database") {
		return
	}
	used, ok := f.Counters["CPU used by this session"] // in hundredths of seconds
	up := f.Collected.Sub(f.Instance.Started).Seconds()
	if !ok || f.Instance.Started.IsZero() || up < 3600 {
		s.Missing = append(s.Missing, MissingExtract{"sysstat", "no processor time, or the instance was started within the hour", "cores"})
		return
	}
	load := used / 100 / up
	c := Range{load, load}.times(n.of("size.cores.peak"))
	least := n.one("size.cores.least")
	c = Range{round(max(c.Low, least), 1), round(max(c.High, least), 1)}
	s.Cores = &c
	s.basis("average load in cores", fmt.Sprintf("%.2f", load), "sysstat")
	if f.Instance.Cores.Known {
		s.basis("cores of the source", fmt.Sprintf("%d", f.Instance.Cores.Int()), "cpu_usage")
	}
}

func (s *Sizing) connections(f *dict.Facts, n figures) {
	if without(&s.Missing, f, "connections", "resource_limits") {
		return
	}
	for _, l := range f.Limits {
		if l.Name == "sessions" {
			s.Connections += int(l.Max.Value)
		}
	}
	s.basis("most sessions at a time", fmt.Sprint(s.Connections), "resource_limits")
	if s.Cores != nil {
		p := s.Cores.times(n.of("size.pool"))
		p = Range{round(p.Low, 0), round(p.High, 0)}
		s.Pool = &p
	}
}
