package engine

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"landfall/internal/orasim/ora"
)

const rowidDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// formatRowID is the 18 characters of a ROWID: object, file, block and row in base 64, or, of a restricted one, which knows no object, block,
// row and file in base 16.
func formatRowID(v []byte) string {
	if len(v) != 13 {
		return ""
	}
	b := make([]byte, 0, 18)
	if binary.BigEndian.Uint32(v[1:]) == 0 {
		return fmt.Sprintf("%08X.%04X.%04X", binary.BigEndian.Uint32(v[7:]), binary.BigEndian.Uint16(v[11:]), binary.BigEndian.Uint16(v[5:]))
	}
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
	if s[8] == '.' && s[13] == '.' {
		return restrictedRowID(s)
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

// restrictedRowID reads block, row and file in base 16: 00000DD5.0000.0001. The object is 0.
func restrictedRowID(s string) ([]byte, error) {
	var parts [3]uint64
	for i, part := range []string{s[:8], s[9:13], s[14:]} {
		n, err := strconv.ParseUint(part, 16, 32)
		if err != nil {
			return nil, ora.New(1410)
		}
		parts[i] = n
	}
	b := binary.BigEndian.AppendUint16([]byte{1, 0, 0, 0, 0}, uint16(parts[2]))
	b = binary.BigEndian.AppendUint32(b, uint32(parts[0]))
	return binary.BigEndian.AppendUint16(b, uint16(parts[1])), nil
}
