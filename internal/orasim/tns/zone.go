package tns

import "landfall/internal/orasim/value/datetime"

// Bits of the two bytes of a time zone.
const (
	zoneRegion      = 0x80 // in the first: the rest of both is the number of a region
	zoneLocal       = 0x40 // in the first: the fields are local time, not UTC
	zoneRegionLocal = 0x01 // in the second, with a region: the same
)

// normalZone makes a bound TIMESTAMP WITH TIME ZONE what the seam says one is: fields in UTC. go-ora sends local ones to a
// server whose time zone file differs from its own, and names the region of every time.Time that has one. Local time in a
// region that is not known stays as it is, for the backend to refuse.
func normalZone(v []byte) []byte {
	if len(v) != 13 {
		return v
	}
	isLocal := v[11]&zoneLocal != 0
	plain := append([]byte(nil), v...)
	if v[11]&zoneRegion != 0 {
		isLocal = v[12]&zoneRegionLocal != 0
		plain[12] &^= zoneRegionLocal
	} else {
		plain[11] &^= zoneLocal
	}
	if !isLocal {
		return v
	}
	z, err := datetime.ZoneOf(plain)
	if err != nil {
		return v
	}
	t, err := datetime.Decode(v)
	if err != nil {
		return v
	}
	utc, _, err := z.UTC(t, "")
	if err != nil { // calendars differ before year 1; the backend finds an hour that there is not
		return v
	}
	return utc.In(z)
}
