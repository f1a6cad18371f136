package value

// Bits of the two bytes of a time zone.
const (
	zoneRegion      = 0x80 // in the first: both hold the number of a region
	zoneLocal       = 0x40 // in the first, without a region: the fields are local time, not UTC
	zoneRegionLocal = 0x01 // in the second, with a region: the same
)

// Zone is the zone of a TIMESTAMP WITH TIME ZONE.
type Zone struct {
	Minutes int  // east of UTC, where Region is 0
	Region  int  // Oracle's number of a region, 0 for an offset. The numbers are Oracle's own; only those of UTC are known here
	Local   bool // the fields are local time; servers send UTC
}

// utcRegions are the numbers of the regions that are UTC by another name: Etc/GMT, Etc/UTC, GMT, UTC.
var utcRegions = [...]int{1, 28, 513, 5121}

// DecodeZone reads the zone of the 13 bytes of a TIMESTAMP WITH TIME ZONE. UTC by name is an offset of 0.
func DecodeZone(src []byte) (Zone, error) {
	if len(src) != 13 {
		return Zone{}, ErrZone
	}
	a, b := src[11], src[12]
	if a&zoneRegion != 0 {
		z := Zone{Region: int(a&0x7f)<<6 | int(b)>>2, Local: b&zoneRegionLocal != 0}
		for _, utc := range utcRegions {
			if z.Region == utc {
				z.Region, z.Local = 0, false
			}
		}
		return z, nil
	}
	z := Zone{Minutes: (int(a&^zoneLocal)-20)*60 + int(b) - 60, Local: a&zoneLocal != 0}
	if z.Minutes < -15*60-59 || z.Minutes > 15*60+59 || b > 119 {
		return Zone{}, ErrZone
	}
	return z, nil
}

// AppendText writes +HH:MM of an offset.
func (z Zone) AppendText(dst []byte) []byte {
	m, sign := z.Minutes, byte('+')
	if m < 0 {
		m, sign = -m, '-'
	}
	dst = appendPadded(append(dst, sign), m/60, 2)
	return appendPadded(append(dst, ':'), m%60, 2)
}
