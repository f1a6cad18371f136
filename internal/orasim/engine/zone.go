package engine

import (
	"errors"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
)

// Time zones of values and sessions: an offset, or a region, whose offset depends on the instant. Source: SQL Language
// Reference, "Datetime and Interval Data Types"; Globalization Support Guide, chapter 4.

// parseZone reads a zone as FROM_TZ, AT TIME ZONE and ALTER SESSION take it: +hh:mm, or a region's name.
func parseZone(s string) (datetime.Zone, error) {
	s = strings.TrimSpace(s)
	if s == "" || s[0] == '+' || s[0] == '-' || '0' <= s[0] && s[0] <= '9' {
		minutes, err := parseOffset(s)
		return datetime.Zone{Minutes: minutes}, err
	}
	r, err := datetime.RegionNamed(s)
	switch err {
	case nil:
		return datetime.Zone{Region: r}, nil
	case datetime.ErrNoRegion:
		return datetime.Zone{}, ora.New(1882)
	}
	return datetime.Zone{}, ora.Unsupported("the time zone region " + s)
}

// zoneErr turns an error about a zone into Oracle's.
func zoneErr(err error, z datetime.Zone) error {
	switch {
	case errors.Is(err, datetime.ErrUnsure) && z.Region != nil:
		return ora.Unsupported("what clocks showed in " + z.String() + " at that time")
	case errors.Is(err, datetime.ErrUnsure):
		return ora.Unsupported("a time zone region whose number is not known")
	case errors.Is(err, datetime.ErrGap):
		return ora.New(1878)
	case errors.Is(err, datetime.ErrAbbreviation):
		return ora.New(1857)
	}
	return dateErr(err)
}

// zoneOf is the zone of a TIMESTAMP WITH TIME ZONE.
func zoneOf(v []byte) (datetime.Zone, error) {
	z, err := datetime.ZoneOf(v)
	return z, zoneErr(err, z)
}

// local is what the clocks of a zone show at an instant.
func local(utc datetime.Time, z datetime.Zone) (datetime.Time, error) {
	minutes, _, err := z.At(utc)
	if err == nil && minutes != 0 {
		utc, err = utc.Add(0, int64(minutes)*60, 0)
	}
	return utc, zoneErr(err, z)
}

// instantOf is the instant of local time in a zone; an hour that comes twice is the one of standard time, or ORA-01883
// where the session wants that.
func (s *Session) instantOf(t datetime.Time, z datetime.Zone, abbreviation string) (datetime.Time, error) {
	utc, overlap, err := z.UTC(t, abbreviation)
	if err == nil && overlap && s.overlapFails {
		return utc, ora.New(1883)
	}
	return utc, zoneErr(err, z)
}

// tzOffset is TZ_OFFSET(zone), now.
func tzOffset(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.text(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kVarchar, size: 7}, unaryFunc(x, func(e *env, v []byte) ([]byte, error) {
		z, err := parseZone(string(v))
		if err != nil {
			return nil, err
		}
		minutes, _, err := z.At(e.ex.now.Time)
		return []byte(offsetText(minutes)), zoneErr(err, z)
	})), nil
}

// zoneText is EXTRACT of TIMEZONE_REGION and TIMEZONE_ABBR; an offset has neither.
func zoneText(v []byte, field string) ([]byte, error) {
	z, err := zoneOf(v)
	if err != nil {
		return nil, err
	}
	if z.Region == nil {
		return []byte(map[string]string{"TIMEZONE_REGION": "UNKNOWN", "TIMEZONE_ABBR": "UNK"}[field]), nil
	}
	if field == "TIMEZONE_REGION" {
		return []byte(z.Region.Name), nil
	}
	t, err := datetime.Decode(v)
	if err != nil {
		return nil, err
	}
	_, abbreviation, err := z.At(t)
	if err == nil && !letters(abbreviation) {
		return nil, ora.Unsupported("the abbreviation of " + z.String())
	}
	return []byte(abbreviation), zoneErr(err, z)
}

// letters reports whether an abbreviation is one: where there is none, newer time zone data has an offset in its place.
func letters(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}
