package mask

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"unicode"
)

// class is a sort of character that is replaced by another of its sort.
type class struct {
	first rune
	size  int
}

// classOf gives the sort of a character; false for what stays as it is.
func classOf(r rune) (class, bool) {
	switch {
	case r >= 'a' && r <= 'z':
		return class{'a', 26}, true
	case r >= 'A' && r <= 'Z':
		return class{'A', 26}, true
	case r >= '0' && r <= '9':
		return class{'0', 10}, true
	case r >= 0x4E00 && r <= 0x9FA5: // CJK unified ideographs: all of one length in every charset that has them
		return class{0x4E00, 0x9FA5 - 0x4E00 + 1}, true
	case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return class{}, true // replaced by a letter: see text
	}
	return class{}, false
}

const rounds = 8

// text replaces a text by one of the same shape. It is a permutation of the texts of a shape: a Feistel network whose
// halves are the even and the odd places, each place counted modulo the size of its class. HMAC-SHA-256 with the key mixes.
func text(key []byte, s string) string {
	in := []rune(s)
	var places []int // in in
	var values []int
	var classes []class
	for i, r := range in {
		c, ok := classOf(r)
		switch {
		case !ok:
			continue
		case c.size == 0: // letters beyond: told apart by their number, shown as hanzi so that the length in characters stays
			c = class{0x4E00, 0x9FA5 - 0x4E00 + 1}
			r = 0x4E00 + r%rune(c.size)
		}
		places, classes, values = append(places, i), append(classes, c), append(values, int(r-c.first))
	}
	if len(places) == 0 {
		return s
	}
	shape := make([]byte, 0, 4*len(in))
	for _, r := range in {
		if c, ok := classOf(r); ok {
			shape = binary.BigEndian.AppendUint32(shape, uint32(c.first)|1<<31)
		} else {
			shape = binary.BigEndian.AppendUint32(shape, uint32(r))
		}
	}
	for round := range rounds {
		half := round % 2
		mix := stream{mac: hmac.New(sha256.New, key)}
		mix.mac.Write([]byte{byte(round)})
		mix.mac.Write(shape)
		for i := 1 - half; i < len(values); i += 2 {
			var b [4]byte
			binary.BigEndian.PutUint32(b[:], uint32(values[i]))
			mix.mac.Write(b[:])
		}
		mix.seed = mix.mac.Sum(nil)
		for i := half; i < len(values); i += 2 {
			values[i] = (values[i] + mix.next(classes[i].size)) % classes[i].size
		}
	}
	for k, i := range places {
		in[i] = classes[k].first + rune(values[k])
	}
	return string(in)
}

// stream gives numbers made of a seed.
type stream struct {
	mac interface {
		Write(p []byte) (int, error)
		Sum(b []byte) []byte
	}
	seed []byte
	n    uint64
	buf  []byte
}

func (s *stream) next(size int) int {
	if len(s.buf) < 8 {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], s.n)
		s.n++
		sum := sha256.Sum256(append(append([]byte(nil), s.seed...), b[:]...))
		s.buf = sum[:]
	}
	v := binary.BigEndian.Uint64(s.buf)
	s.buf = s.buf[8:]
	return int(v % uint64(size))
}

// number replaces the digits of a number; the first stays other than 0.
func number(key []byte, s string) string {
	masked := []byte(text(key, s))
	if len(masked) > 0 && masked[0] == '0' && s[0] != '0' {
		masked[0] = s[0]
	}
	return string(masked)
}
