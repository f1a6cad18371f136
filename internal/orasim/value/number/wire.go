package number

// Append adds the bytes of the wire: an exponent byte and digits, memory order being the order of the numbers.
func (a Number) Append(b []byte) []byte {
	if a.n == 0 {
		return append(b, 0x80)
	}
	if !a.neg {
		b = append(b, byte(193+int(a.exp)))
		for _, d := range a.d[:a.n] {
			b = append(b, d+1)
		}
		return b
	}
	b = append(b, ^byte(193+int(a.exp)))
	for _, d := range a.d[:a.n] {
		b = append(b, 101-d)
	}
	if a.n < maxDigits {
		b = append(b, 102)
	}
	return b
}

// Bytes are the bytes of the wire.
func (a Number) Bytes() []byte { return a.Append(make([]byte, 0, int(a.n)+2)) }

// Decode reads the bytes of the wire. Bytes that are no number are ErrInvalid.
func Decode(b []byte) (Number, error) {
	if len(b) == 0 || len(b) > maxDigits+2 {
		return Number{}, ErrInvalid
	}
	if len(b) == 1 && b[0] == 0x80 { // with digits behind it the byte is the least exponent: 1e-130 is 80 02
		return Number{}, nil
	}
	var r Number
	head, digits := b[0], b[1:]
	if head&0x80 != 0 {
		r.exp = int8(int(head) - 193)
		if len(digits) > maxDigits {
			return Number{}, ErrInvalid
		}
		for i, d := range digits {
			if d < 1 || d > 100 {
				return Number{}, ErrInvalid
			}
			r.d[i] = d - 1
		}
	} else {
		r.neg = true
		r.exp = int8(int(^head) - 193)
		if n := len(digits); n > 0 && digits[n-1] == 102 {
			digits = digits[:n-1]
		} else if n != maxDigits {
			return Number{}, ErrInvalid
		}
		if len(digits) > maxDigits {
			return Number{}, ErrInvalid
		}
		for i, d := range digits {
			if d < 2 || d > 101 {
				return Number{}, ErrInvalid
			}
			r.d[i] = 101 - d
		}
	}
	r.n = uint8(len(digits))
	if r.n == 0 || r.d[0] == 0 || r.d[r.n-1] == 0 {
		return Number{}, ErrInvalid
	}
	return r, nil
}
