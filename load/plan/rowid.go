package plan

// digits are those of a ROWID's text, in the order of their values.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// rowID is the 18 characters of an extended ROWID: data object, relative file, block, row. In a bigfile tablespace the file
// number that the dictionary shows, 1024, is none: its bits belong to the block (Concepts, "Rowid Format").
func rowID(object, file, block uint32, row uint16) string {
	const bigfile = 1024
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
