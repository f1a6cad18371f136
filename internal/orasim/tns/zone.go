package tns

import "time"

// Bits of the two bytes of a time zone.
const (
	zoneRegion      = 0x80 // in the first: the rest of both is the number of a region
	zoneLocal       = 0x40 // in the first: the fields are local time, not UTC
	zoneRegionLocal = 0x01 // in the second, with a region: the same
)

// utcRegions are the numbers of the regions that are UTC by another name.
var utcRegions = map[int]bool{1: true, 28: true, 513: true, 5121: true} // Etc/GMT, Etc/UTC, GMT, UTC

// normalZone makes a bound TIMESTAMP WITH TIME ZONE what the seam says one is: fields in UTC. go-ora sends local ones to a
// server whose time zone file differs from its own. It also names the region of every time.Time that has one; UTC by name
// becomes the offset it is, so that a backend without regions can take it. Other regions stay.
func normalZone(v []byte) []byte {
	if len(v) != 13 || v[11]&(zoneRegion|zoneLocal) == 0 {
		return v
	}
	out := append([]byte(nil), v...)
	if v[11]&zoneRegion != 0 {
		if utcRegions[int(v[11]&0x7f)<<6|int(v[12])>>2] {
			out[11], out[12] = 20, 60
		}
		return out
	}
	out[11] &^= zoneLocal
	offset := time.Duration(int(out[11])-20)*time.Hour + time.Duration(int(out[12])-60)*time.Minute
	year := (int(v[0])-100)*100 + int(v[1]) - 100
	if year < 1 { // calendars differ before; nobody sends those with a zone
		return v
	}
	t := time.Date(year, time.Month(v[2]), int(v[3]), int(v[4])-1, int(v[5])-1, int(v[6])-1, 0, time.UTC).Add(-offset)
	out[0], out[1] = byte(t.Year()/100+100), byte(t.Year()%100+100)
	out[2], out[3] = byte(t.Month()), byte(t.Day())
	out[4], out[5], out[6] = byte(t.Hour()+1), byte(t.Minute()+1), byte(t.Second()+1)
	return out
}
