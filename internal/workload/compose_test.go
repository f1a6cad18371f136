package workload

import "testing"

// TestAt holds the place of a byte that the framework added, WHERE of MyBatis or what the program puts in, to be that of the text
// behind it.
func TestAt(t *testing.T) {
	text := "SELECT hole$1 FROM\nt"
	c := &Composition{
		Segments: []Segment{{Len: 7, File: "f", Lo: 10, Hi: 17}, {Len: 6, Holds: HoldsHole}, {Len: 7, File: "f", Lo: 30, Hi: 37}, {Len: 1, Holds: HoldsGlue}},
		Lines:    []int{3, 0, 5, 0},
	}
	for off, want := range map[int]int{0: 3, 6: 3, 7: 5, 9: 5, 13: 5, 19: 6, 20: 0} {
		if _, line := c.At(text, off); line != want {
			t.Errorf("byte %d: line %d, want %d", off, line, want)
		}
	}
}
