package plan

import "strings"

// digits are those of a ROWID's text, in the order of their values.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

const bigfile = 1024

// rowID is the 18 characters of an extended ROWID: data object, relative file, block, row. In a bigfile tablespace the file
// number that the dictionary shows, 1024, is none: its bits belong to the block (Concepts, "Rowid Format").
func rowID(object, file, block uint32, row uint16) string {
	b := make([]byte, 0, 18)
	put := func(n uint64, width int) {
		for i := width - 1; i >= 0; i-- {
			b = append(b, digits[n>>(6*i)&63])
		}
	}
	put(uint64(object), 6)
	put(uint64(file%bigfile), 3)
	put(uint64(block), 6)
	put(uint64(row), 3)
	return string(b)
}

// place orders blocks as ROWIDs of one data object are ordered.
func place(file, block uint32) uint64 { return uint64(file%bigfile)<<32 | uint64(block) }

// placeOf is the place of a ROWID's block.
func placeOf(id string) uint64 {
	get := func(text string) (n uint64) {
		for i := range len(text) {
			n = n<<6 | uint64(strings.IndexByte(digits, text[i]))
		}
		return n
	}
	return place(uint32(get(id[6:9])), uint32(get(id[9:15])))
}
