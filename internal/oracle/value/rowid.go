package value

import "encoding/binary"

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// base64Values has 1 more than the value of each digit, 0 for what is none.
var base64Values = func() (v [256]byte) {
	for i := range len(base64Digits) {
		v[base64Digits[i]] = byte(i + 1)
	}
	return v
}()

// The bytes in front of a UROWID.
const (
	physicalRowID = 1
	logicalRowID  = 2
)

// AppendRowIDText writes a ROWID as its 18 characters, a logical one as an asterisk and base 64. A ROWID without an object
// is one of Oracle 7, of which nothing is known here: ErrRowID.
func AppendRowIDText(dst, src []byte) ([]byte, error) {
	if len(src) < 2 {
		return dst, ErrRowID
	}
	switch {
	case src[0] == physicalRowID && len(src) == 13:
		object := binary.BigEndian.Uint32(src[1:])
		if object == 0 {
			return dst, ErrRowID
		}
		dst = appendBase64(dst, object, 6)
		dst = appendBase64(dst, uint32(binary.BigEndian.Uint16(src[5:])), 3)
		dst = appendBase64(dst, binary.BigEndian.Uint32(src[7:]), 6)
		return appendBase64(dst, uint32(binary.BigEndian.Uint16(src[11:])), 3), nil
	case src[0] == logicalRowID:
		dst = append(dst, '*')
		rest := src[1:]
		for ; len(rest) >= 3; rest = rest[3:] {
			dst = appendBase64(dst, uint32(rest[0])<<16|uint32(rest[1])<<8|uint32(rest[2]), 4)
		}
		switch len(rest) {
		case 1:
			dst = appendBase64(dst, uint32(rest[0])<<4, 2)
		case 2:
			dst = appendBase64(dst, uint32(rest[0])<<10|uint32(rest[1])<<2, 3)
		}
		return dst, nil
	}
	return dst, ErrRowID
}

func appendBase64(dst []byte, n uint32, digits int) []byte {
	for i := digits - 1; i >= 0; i-- {
		dst = append(dst, base64Digits[n>>(6*i)&63])
	}
	return dst
}

// AppendRowID reads the text of a ROWID, or of a logical one, and appends its bytes.
func AppendRowID[T ~string | ~[]byte](dst []byte, text T) ([]byte, error) {
	if len(text) > 1 && text[0] == '*' {
		return appendLogical(dst, text)
	}
	if len(text) != 18 {
		return dst, ErrRowID
	}
	var parts [4]uint64
	at := 0
	for i, width := range [4]int{6, 3, 6, 3} {
		for range width {
			v := base64Values[text[at]]
			if v == 0 {
				return dst, ErrRowID
			}
			parts[i] = parts[i]<<6 | uint64(v-1)
			at++
		}
	}
	if parts[0] == 0 || parts[0] > 1<<32-1 || parts[1] > 1<<16-1 || parts[2] > 1<<32-1 || parts[3] > 1<<16-1 {
		return dst, ErrRowID
	}
	dst = binary.BigEndian.AppendUint32(append(dst, physicalRowID), uint32(parts[0]))
	dst = binary.BigEndian.AppendUint16(dst, uint16(parts[1]))
	dst = binary.BigEndian.AppendUint32(dst, uint32(parts[2]))
	return binary.BigEndian.AppendUint16(dst, uint16(parts[3])), nil
}

func appendLogical[T ~string | ~[]byte](dst []byte, text T) ([]byte, error) {
	mark := len(dst)
	dst = append(dst, logicalRowID)
	var bits uint32
	n := 0
	for i := 1; i < len(text); i++ {
		v := base64Values[text[i]]
		if v == 0 {
			return dst[:mark], ErrRowID
		}
		bits = bits<<6 | uint32(v-1)
		if n += 6; n >= 8 {
			n -= 8
			dst = append(dst, byte(bits>>n))
		}
	}
	if n >= 6 || bits&(1<<n-1) != 0 {
		return dst[:mark], ErrRowID
	}
	return dst, nil
}
