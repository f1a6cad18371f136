package store

import "encoding/binary"

// A row is its columns one behind the other: a length byte up to 250 and the bytes; 254, a length of four bytes and the
// bytes; or 255 for NULL. Columns missing at the end are NULL, as in Oracle's blocks.
const (
	maxShort = 250
	isLong   = 254
	isNull   = 255
)

// Encode makes a row of columns.
func Encode(cols [][]byte) []byte {
	n := 0
	for _, c := range cols {
		n += 1 + len(c)
		if len(c) > maxShort {
			n += 4
		}
	}
	row := make([]byte, 0, n)
	for _, c := range cols {
		switch {
		case c == nil:
			row = append(row, isNull)
		case len(c) <= maxShort:
			row = append(append(row, byte(len(c))), c...)
		default:
			row = append(binary.BigEndian.AppendUint32(append(row, isLong), uint32(len(c))), c...)
		}
	}
	return row
}

// Decode points cols at the columns of a row, without copying: they must not be written to. It gives how many columns
// the row has; those behind are set to nil.
func Decode(row []byte, cols [][]byte) int {
	i := 0
	for ; i < len(cols) && len(row) > 0; i++ {
		switch n := int(row[0]); n {
		case isNull:
			cols[i] = nil
			row = row[1:]
		case isLong:
			n = int(binary.BigEndian.Uint32(row[1:]))
			cols[i] = row[5 : 5+n : 5+n]
			row = row[5+n:]
		default:
			cols[i] = row[1 : 1+n : 1+n]
			row = row[1+n:]
		}
	}
	clear(cols[i:])
	return i
}
