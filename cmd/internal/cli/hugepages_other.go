//go:build !linux || race

package cli

// askHugePages is for Linux; see there.
func askHugePages(int64) {}
