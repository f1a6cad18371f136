package gen

// tokenSet is a set of tokens of one file. The tokens of a statement stand beside each other, so it has a bit for each from the first
// to the last that is in it.
type tokenSet struct {
	from uint32 // token of the first bit, a multiple of 64
	bits []uint64
}

func (s *tokenSet) has(tok uint32) bool {
	i := int(tok>>6) - int(s.from>>6)
	return i >= 0 && i < len(s.bits) && s.bits[i]&(1<<(tok&63)) != 0
}

func (s *tokenSet) add(tok uint32) {
	if len(s.bits) == 0 {
		s.from = tok &^ 63
	}
	i := int(tok>>6) - int(s.from>>6)
	if i < 0 {
		s.bits = append(make([]uint64, -i, -i+len(s.bits)), s.bits...)
		s.from, i = tok&^63, 0
	}
	for i >= len(s.bits) {
		s.bits = append(s.bits, 0)
	}
	s.bits[i] |= 1 << (tok & 63)
}
