package copyin

import (
	"encoding/binary"
	"slices"
	"sync"
)

const nullLength = 1<<32 - 1

// buffers are what a Writer grows: the rows of a batch, and a frame. A load makes a Writer for every chunk.
type buffers struct {
	batch image
	frame []byte
}

var spare = sync.Pool{New: func() any { return &buffers{frame: make([]byte, 0, frameSize+frameSize/4)} }}

// image keeps rows as they came: number, and each column with its length. Where kept is not nil it names the columns that
// are kept; the others are nil when a row comes back.
type image struct {
	bytes []byte
	rows  int
	kept  []int
}

func (m *image) reset(kept []int) { m.bytes, m.rows, m.kept = m.bytes[:0], 0, kept }

func (m *image) add(number int64, cols [][]byte) {
	size := 8
	for i, n := 0, m.columns(len(cols)); i < n; i++ {
		size += 4 + len(cols[m.column(i)])
	}
	at := len(m.bytes)
	m.bytes = slices.Grow(m.bytes, size)[:at+size]
	b := m.bytes[at:]
	binary.BigEndian.PutUint64(b, uint64(number))
	b = b[8:]
	for i, n := 0, m.columns(len(cols)); i < n; i++ {
		c := cols[m.column(i)]
		if c == nil {
			binary.BigEndian.PutUint32(b, nullLength)
			b = b[4:]
			continue
		}
		binary.BigEndian.PutUint32(b, uint32(len(c)))
		b = b[4+copy(b[4:], c):]
	}
	m.rows++
}

// columns is how many of a row's columns are kept, and column which one is the i-th of them.
func (m *image) columns(all int) int {
	if m.kept == nil {
		return all
	}
	return len(m.kept)
}

func (m *image) column(i int) int {
	if m.kept == nil {
		return i
	}
	return m.kept[i]
}

// row takes apart the row at an offset. cols has as many elements as the row has columns; they lie in the image.
func (m *image) row(at int, cols [][]byte) (number int64, next int) {
	b := m.bytes[at:]
	number = int64(binary.BigEndian.Uint64(b))
	used := 8
	for i, all := 0, m.columns(len(cols)); i < all; i++ {
		n := binary.BigEndian.Uint32(b[used:])
		used += 4
		at := m.column(i)
		if n == nullLength {
			cols[at] = nil
			continue
		}
		cols[at] = b[used : used+int(n) : used+int(n)]
		used += int(n)
	}
	return number, at + used
}

// offsets lists where each row begins, and where the last one ends.
func (m *image) offsets(columns int) []int {
	cols := make([][]byte, columns)
	list := make([]int, 0, m.rows+1)
	at := 0
	for range m.rows {
		list = append(list, at)
		_, at = m.row(at, cols)
	}
	return append(list, at)
}
