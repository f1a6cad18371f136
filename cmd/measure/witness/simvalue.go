package witness

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"unicode/utf16"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/datetime"
	wirenumber "landfall/internal/orasim/value/number"
)

// likeType is the type of PostgreSQL's whose print form is compared as that of the type is (value.go).
func likeType(t session.Type) uint32 {
	switch t {
	case session.Number:
		return 1700
	case session.BinaryFloat:
		return float4Type
	case session.BinaryDouble:
		return float8Type
	case session.Date, session.Timestamp, session.TimestampLTZ:
		return stampType
	case session.TimestampTZ:
		return stampTZ
	case session.IntervalYM, session.IntervalDS:
		return spanType
	case session.Raw, session.LongRaw, session.BLOB:
		return byteaType
	}
	return 25 // text
}

// simText is a value of the seam in the form in which sameValue takes one of likeType.
func simText(ctx context.Context, s session.Session, c session.Column, b []byte) (string, error) {
	switch c.Type {
	case session.Number:
		n, err := wirenumber.Decode(b)
		return n.Fixed(), err
	case session.BinaryFloat, session.BinaryDouble:
		f, err := simFloat(b)
		return strconv.FormatFloat(f, 'g', -1, 8*len(b)), err
	case session.Date, session.Timestamp, session.TimestampLTZ, session.TimestampTZ:
		return simMoment(b)
	case session.IntervalYM:
		m, err := datetime.DecodeMonths(b)
		return fmt.Sprintf("P%dM", int(m)), err
	case session.IntervalDS:
		d, err := datetime.DecodeSpan(b)
		return fmt.Sprintf("P%dDT%sS", d.Days, strconv.FormatFloat(float64(d.Seconds)+float64(d.Nanos)/1e9, 'f', 9, 64)), err
	case session.Raw, session.LongRaw:
		return fmt.Sprintf("%x", b), nil
	case session.PLSQLBoolean:
		return strconv.Itoa(int(b[len(b)-1])), nil
	case session.CLOB, session.BLOB:
		size, err := s.LOBLength(ctx, b)
		if err != nil {
			return "", err
		}
		data, err := s.ReadLOB(ctx, nil, b, 0, size)
		if c.Type == session.BLOB {
			return fmt.Sprintf("%x", data), err
		}
		return utf16Text(data), err
	case session.Varchar2, session.Char, session.Long:
		if c.National {
			return utf16Text(b), nil
		}
		return string(b), nil
	}
	return fmt.Sprintf("type %d: %x", c.Type, b), nil
}

// simMoment is a date or time in ISO's form, a TIMESTAMP WITH TIME ZONE in its own zone.
func simMoment(b []byte) (string, error) {
	t, err := datetime.Decode(b)
	if err != nil {
		return "", err
	}
	zone := ""
	if len(b) == 13 {
		z, err := datetime.ZoneOf(b)
		if err != nil {
			return "", err
		}
		minutes, _, err := z.At(t)
		if err != nil {
			return "", err
		}
		if t, err = t.Add(0, int64(minutes)*60, 0); err != nil {
			return "", err
		}
		sign := '+'
		if minutes < 0 {
			sign, minutes = '-', -minutes
		}
		zone = fmt.Sprintf("%c%02d:%02d", sign, minutes/60, minutes%60)
	}
	text := fmt.Sprintf("%04d-%02d-%02d %02d:%02d:%02d", t.Year, t.Month, t.Day, t.Hour, t.Minute, t.Second)
	if t.Nano > 0 {
		text += fmt.Sprintf(".%09d", t.Nano)
	}
	return text + zone, nil
}

// simFloat reads a float of the wire: the sign bit is set when it is positive, all bits are inverted when it is not.
func simFloat(b []byte) (float64, error) {
	switch len(b) {
	case 4:
		u := binary.BigEndian.Uint32(b)
		if u>>31 == 1 {
			u ^= 1 << 31
		} else {
			u = ^u
		}
		return float64(math.Float32frombits(u)), nil
	case 8:
		u := binary.BigEndian.Uint64(b)
		if u>>63 == 1 {
			u ^= 1 << 63
		} else {
			u = ^u
		}
		return math.Float64frombits(u), nil
	}
	return 0, fmt.Errorf("a float of %d bytes", len(b))
}

func utf16Text(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
