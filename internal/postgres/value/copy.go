package value

import "encoding/binary"

// header starts a stream of binary COPY: signature, flags, length of an extension.
const header = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// AppendHeader starts a stream of binary COPY.
func AppendHeader(dst []byte) []byte { return append(dst, header...) }

// AppendTrailer ends one.
func AppendTrailer(dst []byte) []byte { return binary.BigEndian.AppendUint16(dst, 0xffff) }
