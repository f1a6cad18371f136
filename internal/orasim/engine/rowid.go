package engine

import (
	"encoding/binary"

	"landfall/internal/orasim/ora"
)

const rowidDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// formatRowID is the 18 characters of a ROWID: object, file, block and row in base 64.
func formatRowID(v []byte) string {
	if len(v) != 13 {
		return ""
	}
	b := make([]byte, 0, 18)
	put := func(n uint32, digits int) {
		for i := digits - 1; i >= 0; i-- {
			b = append(b, rowidDigits[n>>(6*i)&63])
		}
	}
	put(binary.BigEndian.Uint32(v[1:]), 6)
	put(uint32(binary.BigEndian.Uint16(v[5:])), 3)
	put(binary.BigEndian.Uint32(v[7:]), 6)
	put(uint32(binary.BigEndian.Uint16(v[11:])), 3)
	return string(b)
}

func parseRowID(s string) ([]byte, error) {
	if len(s) != 18 {
		return nil, ora.New(1410)
	}
	var bad bool
	get := func(part string) uint32 {
		n := uint64(0)
		for i := range len(part) {
			d := -1
			for j := range len(rowidDigits) {
				if rowidDigits[j] == part[i] {
					d = j
				}
			}
			bad = bad || d < 0
			n = n<<6 | uint64(d&63)
		}
		bad = bad || n > 0xffffffff
		return uint32(n)
	}
	object, file, block, row := get(s[:6]), get(s[6:9]), get(s[9:15]), get(s[15:])
	if bad || file > 0xffff || row > 0xffff {
		return nil, ora.New(1410)
	}
	b := make([]byte, 0, 13)
	b = binary.BigEndian.AppendUint32(append(b, 1), object)
	b = binary.BigEndian.AppendUint16(b, uint16(file))
	b = binary.BigEndian.AppendUint32(b, block)
	return binary.BigEndian.AppendUint16(b, uint16(row)), nil
}
