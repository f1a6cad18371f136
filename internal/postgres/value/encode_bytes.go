package value

import (
	ora "landfall/internal/oracle/value"
)

func appendBytes(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	return append(dst, src...), NoFault
}

func appendBoolean(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	last := src[len(src)-1]
	if len(src) > 2 || last > 1 || len(src) == 2 && src[0] != 1 {
		return dst, e.bad(ora.ErrBoolean)
	}
	return append(dst, last), NoFault
}

// appendNumberBoolean takes 0 and 1.
func appendNumberBoolean(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if err := e.number.Decode(src); err != nil {
		return dst, e.bad(err)
	}
	if v, err := e.number.Int64(); err == nil && (v == 0 || v == 1) {
		return append(dst, byte(v)), NoFault
	}
	return dst, Malformed
}

// appendTextBoolean takes the words that Oracle's TO_BOOLEAN does, in any case and with the blanks of CHAR behind them.
func appendTextBoolean(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	var word [5]byte
	n := len(src)
	for n > 0 && src[n-1] == ' ' {
		n--
	}
	if n > len(word) {
		return dst, Malformed
	}
	for i, b := range src[:n] {
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		word[i] = b
	}
	switch string(word[:n]) {
	case "1", "t", "true", "y", "yes", "on":
		return append(dst, 1), NoFault
	case "0", "f", "false", "n", "no", "off":
		return append(dst, 0), NoFault
	}
	return dst, Malformed
}

func appendRawUUID(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if len(src) != 16 {
		return dst, Malformed
	}
	return append(dst, src...), NoFault
}

// appendTextUUID takes 32 digits to base 16, with or without the four hyphens of a UUID.
func appendTextUUID(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	for len(src) > 0 && src[len(src)-1] == ' ' {
		src = src[:len(src)-1]
	}
	hyphens := len(src) == 36
	if !hyphens && len(src) != 32 {
		return dst, Malformed
	}
	var high byte
	n := 0
	for i, b := range src {
		if hyphens && (i == 8 || i == 13 || i == 18 || i == 23) {
			if b != '-' {
				return dst, Malformed
			}
			continue
		}
		d, ok := hexDigit(b)
		if !ok {
			return dst, Malformed
		}
		if n&1 == 0 {
			high = d << 4
		} else {
			dst = append(dst, high|d)
		}
		n++
	}
	return dst, NoFault
}

func hexDigit(b byte) (byte, bool) {
	switch {
	case b >= '0' && b <= '9':
		return b - '0', true
	case b >= 'a' && b <= 'f':
		return b - 'a' + 10, true
	case b >= 'A' && b <= 'F':
		return b - 'A' + 10, true
	}
	return 0, false
}
