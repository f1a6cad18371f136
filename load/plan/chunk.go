package plan

import (
	"context"
	"fmt"

	"landfall/load/source"
)

// Sizes of chunks. A chunk is one transaction: 50,000 rows of one cost a tenth of the time in commits, and what a broken load does
// again is at most one chunk a stream.
const (
	blockSize    = 8192
	usualRows    = 250_000
	usualMB      = 256
	unknownRows  = 60  // rows of a block where no statistics say
	unknownWidth = 110 // bytes of a row, likewise
)

// chunks cuts a table.
func (b *builder) chunks(ctx context.Context, t *Table, f *source.Table) error {
	size := b.size(t, f)
	if t.Kind == Keys {
		return b.byKey(ctx, t, size)
	}
	first := len(b.p.Chunks)
	for _, s := range f.Segments {
		for _, c := range cut(s, size) {
			c.Table = t.No
			b.p.Chunks = append(b.p.Chunks, c)
		}
	}
	if len(b.p.Chunks) == first {
		// nothing is known of where its rows are: it is read whole, so that none is passed over
		b.p.Chunks = append(b.p.Chunks, Chunk{Table: t.No, Rows: t.Rows, Bytes: t.Rows * size.width})
	}
	return nil
}

// sizes are estimates for one table.
type sizes struct {
	blocks   int64 // of a chunk
	rows     int64 // of a chunk
	perBlock float64
	width    int64 // bytes of a row
}

func (b *builder) size(t *Table, f *source.Table) sizes {
	rows, mb := b.in.Settings.ChunkRows, b.in.Settings.ChunkMB
	if rows == 0 {
		rows = usualRows
	}
	if mb == 0 {
		mb = usualMB
	}
	s := sizes{width: f.AvgRowLen, perBlock: unknownRows, rows: int64(rows)}
	blocks := t.Blocks
	if f.Blocks > 0 {
		blocks = f.Blocks // below the high-water mark, where the rows are
	}
	if f.NumRows > 0 && blocks > 0 {
		s.perBlock = float64(f.NumRows) / float64(blocks)
	}
	if s.width == 0 {
		s.width = unknownWidth
		if f.NumRows > 0 && blocks > 0 {
			s.width = max(1, blocks*blockSize*9/10/f.NumRows)
		}
	}
	s.rows = max(1, min(s.rows, int64(mb)<<20/s.width))
	s.blocks = max(1, min(int64(float64(s.rows)/s.perBlock), int64(mb)<<20/blockSize))
	t.Bytes = t.Rows * s.width
	if t.Rows == 0 {
		t.Bytes = t.Blocks * blockSize
	}
	return s
}

// cut makes ranges of equal blocks of one data object. They touch each other, and the first and the last are open, so that together they
// are the whole object whatever the list of extents lacks.
func cut(s source.Segment, size sizes) []Chunk {
	var total int64
	for _, e := range s.Extents {
		total += int64(e.Blocks)
	}
	n := max(1, (total+size.blocks-1)/size.blocks)
	if s.DataObjectID == 0 {
		n = 1
	}
	var list []Chunk
	from := ""
	var done int64 // blocks in front of extent i
	i := 0
	for k := range n {
		start, end := total*k/n, total*(k+1)/n
		c := Chunk{Partition: s.Partition, Sub: s.Sub, Object: s.DataObjectID, From: from, Blocks: end - start}
		if k < n-1 {
			for done+int64(s.Extents[i].Blocks) <= end {
				done += int64(s.Extents[i].Blocks)
				i++
			}
			from = rowID(s.DataObjectID, s.Extents[i].File, s.Extents[i].Block+uint32(end-done), 0)
			c.To = from
		}
		c.Rows = int64(float64(c.Blocks) * size.perBlock)
		c.Bytes = c.Rows * size.width
		list = append(list, c)
	}
	return list
}

// byKey makes ranges of a key.
func (b *builder) byKey(ctx context.Context, t *Table, size sizes) error {
	whole := Chunk{Table: t.No, Blocks: t.Blocks, Rows: t.Rows, Bytes: t.Bytes}
	if b.in.Cut == nil || len(t.Key) == 0 {
		b.p.Chunks = append(b.p.Chunks, whole)
		return nil
	}
	cuts, rows, null, err := b.in.Cut(ctx, t, b.in.Facts.SCN, size.rows)
	if err != nil {
		return fmt.Errorf("cut %s by its key: %w", t.SourceName(), err)
	}
	t.Rows = rows + null
	t.Bytes = t.Rows * size.width
	list := KeyRanges(t.No, nil, nil, cuts)
	for i := range list {
		list[i].Rows = size.rows
		if i == len(list)-1 {
			list[i].Rows = max(0, rows-size.rows*int64(len(cuts)))
		}
		list[i].Bytes = list[i].Rows * size.width
	}
	b.p.Chunks = append(b.p.Chunks, list...)
	if len(cuts) > 0 { // one range that is open at both ends takes them anyway
		b.p.Chunks = append(b.p.Chunks, Chunk{Table: t.No, KeyNull: true, Rows: null, Bytes: null * size.width})
	}
	return nil
}

// KeyRanges are the ranges between two ends, each open when empty, that cuts make.
func KeyRanges(table int, from, to []string, cuts [][]string) []Chunk {
	var list []Chunk
	for _, cut := range cuts {
		list = append(list, Chunk{Table: table, KeyFrom: from, KeyTo: cut})
		from = cut
	}
	return append(list, Chunk{Table: table, KeyFrom: from, KeyTo: to})
}

// SplitRange cuts a chunk into up to n smaller ones by the extents of its data object, in the order of their places. One piece, or none,
// says that it cannot be cut.
func SplitRange(c *Chunk, extents []source.Extent, n int64) []Chunk {
	inside := source.Segment{Partition: c.Partition, Sub: c.Sub, DataObjectID: c.Object}
	low, high := uint64(0), uint64(1)<<63
	if c.From != "" {
		low = placeOf(c.From)
	}
	if c.To != "" {
		high = placeOf(c.To)
	}
	for _, e := range extents {
		start := place(e.File, e.Block)
		end := start + uint64(e.Blocks)
		start, end = max(start, low), min(end, high)
		if start < end {
			inside.Extents = append(inside.Extents, source.Extent{File: e.File, Block: uint32(start), Blocks: uint32(end - start)})
		}
	}
	var total int64
	for _, e := range inside.Extents {
		total += int64(e.Blocks)
	}
	if total == 0 {
		return nil
	}
	list := cut(inside, sizes{blocks: max(1, (total+n-1)/n)})
	list[0].From, list[len(list)-1].To = c.From, c.To
	for i := range list {
		list[i].Table = c.Table
		list[i].Rows, list[i].Bytes = c.Rows/int64(len(list)), c.Bytes/int64(len(list))
	}
	return list
}
