package store

import (
	"encoding/binary"
	"sort"
	"sync"
	"sync/atomic"
)

// BlockSize is the size of a block in bytes; BlockSpace what rows may fill of it, PCTFREE and heads taken off.
const (
	BlockSize  = 8192
	BlockSpace = 7200
	rowHead    = 5 // directory entry and head of a row
	maxRows    = 700
	segHead    = 3 // blocks of the first extent that hold the segment's own map
	fileBlocks = 4194303
)

// file hands out blocks.
type file struct {
	number uint16
	next   uint32
}

// Files are the data files of one tablespace; a new one is begun when the last is full.
type Files struct {
	db   *DB
	list []*file // under db.mu
}

// File says how much of a data file is in use.
type File struct {
	Number uint16
	Blocks uint32 // handed out so far, and those of its head
}

// DefaultFiles are those that NewSegment puts segments into.
func (db *DB) DefaultFiles() *Files { return db.files }

// NewFiles begins another tablespace, with one data file.
func (db *DB) NewFiles() *Files {
	db.mu.Lock()
	defer db.mu.Unlock()
	f := &Files{db: db}
	f.add()
	return f
}

// add begins a file. Called with db.mu held.
func (f *Files) add() *file {
	f.db.lastFile++
	n := &file{number: f.db.lastFile, next: 128}
	f.list = append(f.list, n)
	return n
}

// All lists the files of the tablespace.
func (f *Files) All() []File {
	f.db.mu.RLock()
	defer f.db.mu.RUnlock()
	list := make([]File, len(f.list))
	for i, x := range f.list {
		list[i] = File{x.number, x.next}
	}
	return list
}

// Extent is a run of blocks of a segment.
type Extent struct {
	File   uint16
	Block  uint32
	Blocks uint32
}

// Segment is the rows of one data object: a table, or one partition of it.
type Segment struct {
	db         *DB
	files      *Files
	DataObject uint32

	mu      sync.RWMutex
	extents []Extent
	blocks  []*block // those with rows, in order
	room    uint32   // blocks of the last extent that are not used yet
	rows    atomic.Int64
}

// block is one block of rows. Slots are made when it is opened and never move.
type block struct {
	seg   *Segment
	file  uint16
	no    uint32
	space int
	slots []slot
	n     int // slots in use, under seg.mu
}

// Ref is a row's place.
type Ref struct {
	b *block
	n uint16
}

func (r Ref) slot() *slot { return &r.b.slots[r.n] }

// Valid reports whether it is a place at all.
func (r Ref) Valid() bool { return r.b != nil }

// Segment is where the row lies.
func (r Ref) Segment() *Segment { return r.b.seg }

// NewSegment makes an empty segment, which gets its first extent with its first row.
func (db *DB) NewSegment(dataObject uint32) *Segment { return db.files.NewSegment(dataObject) }

// NewSegment makes an empty segment in the tablespace.
func (f *Files) NewSegment(dataObject uint32) *Segment {
	db := f.db
	s := &Segment{db: db, files: f, DataObject: dataObject}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.segments[dataObject] = s
	return s
}

// DropSegment forgets a segment. Readers that hold it go on.
func (db *DB) DropSegment(s *Segment) {
	db.mu.Lock()
	defer db.mu.Unlock()
	delete(db.segments, s.DataObject)
}

// grow adds an extent: 16 of 64 KB, then 63 of 1 MB, then 8 MB. Called with s.mu held.
func (s *Segment) grow() {
	blocks := uint32(8)
	switch n := len(s.extents); {
	case n >= 79:
		blocks = 1024
	case n >= 16:
		blocks = 128
	}
	db := s.db
	db.mu.Lock()
	f := s.files.list[len(s.files.list)-1]
	if f.next+blocks > fileBlocks {
		f = s.files.add()
	}
	e := Extent{File: f.number, Block: f.next, Blocks: blocks}
	f.next += blocks
	db.mu.Unlock()
	s.extents = append(s.extents, e)
	s.room = blocks
	if len(s.extents) == 1 {
		s.room -= segHead
	}
}

// place finds room for a row of a size. Called with s.mu held.
func (s *Segment) place(size int) Ref {
	size += rowHead
	if n := len(s.blocks); n > 0 {
		b := s.blocks[n-1]
		if b.n < len(b.slots) && (b.space+size <= BlockSpace || b.n == 0) {
			b.space += size
			b.n++
			return Ref{b, uint16(b.n - 1)}
		}
	}
	if s.room == 0 {
		s.grow()
	}
	e := s.extents[len(s.extents)-1]
	slots := min(maxRows, max(1, BlockSpace/size*9/8))
	b := &block{seg: s, file: e.File, no: e.Block + e.Blocks - s.room, space: size, slots: make([]slot, slots), n: 1}
	s.room -= min(s.room, uint32((size+BlockSpace-1)/BlockSpace)) // a chained row takes further blocks
	s.blocks = append(s.blocks, b)
	return Ref{b, 0}
}

// Extents are all extents so far. A segment has its first one from its first row on.
func (s *Segment) Extents() []Extent {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.extents[:len(s.extents):len(s.extents)]
}

// Rows is about how many rows there are: inserted less deleted, committed or not.
func (s *Segment) Rows() int64 { return s.rows.Load() }

// RowID is 13 bytes: 01, data object, file, block, row.
func (r Ref) RowID() []byte { return r.AppendRowID(make([]byte, 0, 13)) }

// AppendRowID adds the 13 bytes of RowID.
func (r Ref) AppendRowID(b []byte) []byte {
	b = append(b, 1)
	b = binary.BigEndian.AppendUint32(b, r.b.seg.DataObject)
	b = binary.BigEndian.AppendUint16(b, r.b.file)
	b = binary.BigEndian.AppendUint32(b, r.b.no)
	return binary.BigEndian.AppendUint16(b, r.n)
}

// Find gives the place of a ROWID; false where there is none.
func (db *DB) Find(rowid []byte) (Ref, bool) {
	if len(rowid) != 13 || rowid[0] != 1 {
		return Ref{}, false
	}
	db.mu.RLock()
	s := db.segments[binary.BigEndian.Uint32(rowid[1:])]
	db.mu.RUnlock()
	if s == nil {
		return Ref{}, false
	}
	file, no, n := binary.BigEndian.Uint16(rowid[5:]), binary.BigEndian.Uint32(rowid[7:]), binary.BigEndian.Uint16(rowid[11:])
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := sort.Search(len(s.blocks), func(i int) bool {
		b := s.blocks[i]
		return b.file > file || b.file == file && b.no >= no
	})
	if i == len(s.blocks) || s.blocks[i].file != file || s.blocks[i].no != no || int(n) >= s.blocks[i].n {
		return Ref{}, false
	}
	return Ref{s.blocks[i], n}, true
}

// Scan is a full scan, or one of the blocks between two ROWIDs.
type Scan struct {
	db     *DB
	snap   Snapshot
	blocks []*block
	counts []int32
	bi, ri int
}

// Scan begins a scan of the rows that are there now; rows that come later are newer than any snapshot in use. From and
// to are the lowest and highest ROWID to read, of 13 bytes, nil for no limit.
func (s *Segment) Scan(snap Snapshot, from, to []byte) *Scan {
	s.mu.RLock()
	defer s.mu.RUnlock()
	sc := &Scan{db: s.db, snap: snap}
	blocks := s.blocks[:len(s.blocks):len(s.blocks)]
	if from != nil {
		lo := sort.Search(len(blocks), func(i int) bool {
			return string(Ref{blocks[i], 0xffff}.RowID()) >= string(from)
		})
		blocks = blocks[lo:]
	}
	if to != nil {
		hi := sort.Search(len(blocks), func(i int) bool { return string(Ref{blocks[i], 0}.RowID()) > string(to) })
		blocks = blocks[:hi]
	}
	sc.blocks = blocks
	// only the last block still fills up
	sc.counts = make([]int32, len(blocks))
	for i, b := range blocks {
		sc.counts[i] = int32(b.n)
	}
	// within the blocks at both ends the row decides; those between are read whole
	if len(blocks) > 0 {
		last := len(blocks) - 1
		if id := (Ref{blocks[0], 0}).RowID(); from != nil && string(id[:11]) == string(from[:11]) {
			sc.ri = int(binary.BigEndian.Uint16(from[11:]))
		}
		if id := (Ref{blocks[last], 0}).RowID(); to != nil && string(id[:11]) == string(to[:11]) {
			sc.counts[last] = min(sc.counts[last], int32(binary.BigEndian.Uint16(to[11:]))+1)
		}
	}
	return sc
}

// Next gives the next row, and false at the end.
func (sc *Scan) Next() (Ref, []byte, bool, error) {
	for sc.bi < len(sc.blocks) {
		b := sc.blocks[sc.bi]
		for sc.ri < int(sc.counts[sc.bi]) {
			r := Ref{b, uint16(sc.ri)}
			sc.ri++
			v, err := sc.db.visible(&b.slots[r.n], sc.snap)
			if err != nil {
				return Ref{}, nil, false, err
			}
			if v != nil && v.row != nil {
				return r, v.row, true, nil
			}
		}
		sc.bi++
		sc.ri = 0
	}
	return Ref{}, nil, false, nil
}

// Used is how many blocks hold rows.
func (s *Segment) Used() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.blocks)
}

// Bytes is about how many bytes the rows take that were ever put in.
func (s *Segment) Bytes() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := int64(0)
	for _, b := range s.blocks {
		n += int64(b.space)
	}
	return n
}
