package model

import "strconv"

// SCN is an Oracle system change number: the position of a commit, a snapshot or a redo record. 0 is "none".
type SCN uint64

// String is the number in decimal, as Oracle's views show it.
func (s SCN) String() string { return strconv.FormatUint(uint64(s), 10) }
