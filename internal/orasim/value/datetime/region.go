package datetime

import (
	_ "embed"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the rules of regions, on machines without them too
)

// Errors of time zone regions.
var (
	// ErrNoRegion is a name that is no region: ORA-01882.
	ErrNoRegion = errors.New("timezone region not found")
	// ErrUnsure is a region whose number, or whose offset at a time, is not known surely.
	ErrUnsure = errors.New("a time zone region, or its offset at that time, that is not known surely")
	// ErrGap is local time that the clocks of a region skip: ORA-01878.
	ErrGap = errors.New("specified field not found in datetime or interval")
	// ErrAbbreviation is an abbreviation that a region does not have at a time: ORA-01857.
	ErrAbbreviation = errors.New("not a valid time zone")
)

//go:embed regions.txt
var regionsText string

// Region is a time zone with a name.
type Region struct {
	ID   int // Oracle's number
	Name string
	loc  *time.Location
}

type regionTable struct {
	byID   map[int]*Region
	byName map[string]*Region // in capitals
	unsure map[string]bool
}

var regions = sync.OnceValue(func() *regionTable {
	t := &regionTable{map[int]*Region{}, map[string]*Region{}, map[string]bool{}}
	for line := range strings.Lines(regionsText) {
		f := strings.Fields(line)
		switch {
		case f[0] == "#":
		case f[0] == "?":
			for _, name := range f[1:] {
				t.unsure[strings.ToUpper(name)] = true
			}
		default:
			base, _ := strconv.Atoi(f[0])
			for _, name := range f[1:] {
				name, step, _ := strings.Cut(name, ":")
				k, _ := strconv.Atoi(step)
				r := &Region{ID: base + 512*k, Name: name}
				t.byID[r.ID], t.byName[strings.ToUpper(name)] = r, r
			}
		}
	}
	return t
})

var loading sync.Mutex

// rules loads what is known of a region; those that Go does not have are not known surely.
func (r *Region) rules() (*time.Location, error) {
	loading.Lock()
	defer loading.Unlock()
	if r.loc == nil {
		l, err := time.LoadLocation(r.Name)
		if err != nil {
			return nil, ErrUnsure
		}
		r.loc = l
	}
	return r.loc, nil
}

// RegionNamed finds a region by its name, in any case.
func RegionNamed(name string) (*Region, error) {
	t := regions()
	if r := t.byName[strings.ToUpper(name)]; r != nil {
		_, err := r.rules()
		return r, err
	}
	if t.unsure[strings.ToUpper(name)] {
		return nil, ErrUnsure
	}
	if _, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		return nil, ErrUnsure // newer than both lists
	}
	return nil, ErrNoRegion
}

// RegionNames lists the regions whose numbers are known, with their numbers.
func RegionNames() map[string]int {
	out := map[string]int{}
	for _, r := range regions().byID {
		out[r.Name] = r.ID
	}
	return out
}

// Zone is the zone of a TIMESTAMP WITH TIME ZONE or of a session: a region, or minutes east of UTC.
type Zone struct {
	Region  *Region
	Minutes int
}

// String is the region's name, or +hh:mm.
func (z Zone) String() string {
	if z.Region != nil {
		return z.Region.Name
	}
	m, sign := z.Minutes, "+"
	if m < 0 {
		m, sign = -m, "-"
	}
	two := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	return sign + two(m/60) + ":" + two(m%60)
}

// ZoneOf reads the zone of 13 bytes.
func ZoneOf(b []byte) (Zone, error) {
	if len(b) != 13 {
		return Zone{}, ErrBytes
	}
	if b[11]&0x80 == 0 {
		return Zone{Minutes: (int(b[11])-20)*60 + int(b[12]) - 60}, nil
	}
	r := regions().byID[int(b[11]&0x7f)<<6|int(b[12])>>2]
	if r == nil {
		return Zone{}, ErrUnsure
	}
	_, err := r.rules()
	return Zone{Region: r}, err
}

// In is the 13 bytes of a time in a zone; t is in UTC.
func (t Time) In(z Zone) []byte {
	b := t.Zoned(z.Minutes)
	if z.Region != nil {
		b[11], b[12] = 0x80|byte(z.Region.ID>>6), byte(z.Region.ID&0x3f)<<2
	}
	return b
}

// lastSure is the last year for which the rules of regions with summer time are taken to be Oracle's: time zone files
// list transitions up to 2037.
const lastSure = 2037

// At is the offset in minutes, and the abbreviation, that a zone has at an instant. An offset with seconds, as before
// standard time, is not known surely, nor is summer time of years after 2037.
func (z Zone) At(utc Time) (minutes int, abbreviation string, err error) {
	if z.Region == nil {
		return z.Minutes, "", nil
	}
	seconds, abbreviation, err := z.Region.at(utc)
	if err == nil && seconds%60 != 0 {
		err = ErrUnsure
	}
	return seconds / 60, abbreviation, err
}

func (r *Region) at(utc Time) (seconds int, abbreviation string, err error) {
	l, err := r.rules()
	if err != nil {
		return 0, "", err
	}
	u, err := utc.unix()
	if err != nil {
		return 0, "", err
	}
	abbreviation, seconds = u.In(l).Zone()
	if u.Year() > lastSure {
		_, winter := time.Date(u.Year(), 1, 1, 0, 0, 0, 0, time.UTC).In(l).Zone()
		_, summer := time.Date(u.Year(), 7, 1, 0, 0, 0, 0, time.UTC).In(l).Zone()
		if winter != summer {
			return 0, "", ErrUnsure
		}
	}
	return seconds, abbreviation, nil
}

// unix counts days in the two calendars, which are the same instant.
func (t Time) unix() (time.Time, error) {
	days, err := t.Days()
	if err != nil {
		return time.Time{}, err
	}
	const epoch = 2440588 // 1970-01-01
	return time.Unix(int64(days-epoch)*SecondsPerDay+int64(t.SecondOfDay()), 0).UTC(), nil
}

// UTC is the instant of local time in a zone. Where the clocks are put back, an hour comes twice: without an
// abbreviation it is the one of standard time, the later one (SQL Language Reference, "Datetime Data Types", ERROR_ON_OVERLAP_TIME);
// overlap says so. Local time that the clocks skip is ErrGap.
func (z Zone) UTC(local Time, abbreviation string) (utc Time, overlap bool, err error) {
	if z.Region == nil {
		utc, err = local.Add(0, -int64(z.Minutes)*60, 0)
		return utc, false, err
	}
	type candidate struct {
		utc    Time
		abbr   string
		summer bool
	}
	var found []candidate
	seen := map[int]bool{}
	for _, day := range []int64{-1, 1} { // the offsets around are the only ones that can hold
		near, err := local.Add(day, 0, 0)
		if err != nil {
			near = local // at the ends of the calendar
		}
		seconds, _, err := z.Region.at(near)
		if err != nil {
			return Time{}, false, err
		}
		if seen[seconds] {
			continue
		}
		seen[seconds] = true
		u, err := local.Add(0, -int64(seconds), 0)
		if err != nil {
			return Time{}, false, err
		}
		back, abbr, err := z.Region.at(u)
		if err != nil {
			return Time{}, false, err
		}
		instant, err := u.unix()
		if err != nil {
			return Time{}, false, err
		}
		if back == seconds {
			if seconds%60 != 0 {
				return Time{}, false, ErrUnsure
			}
			found = append(found, candidate{u, abbr, instant.In(z.Region.loc).IsDST()})
		}
	}
	if len(found) == 0 {
		return Time{}, false, ErrGap
	}
	if abbreviation != "" {
		for _, c := range found {
			if strings.EqualFold(c.abbr, abbreviation) {
				return c.utc, false, nil
			}
		}
		return Time{}, false, ErrAbbreviation
	}
	if len(found) > 1 && found[0].summer == found[1].summer {
		return Time{}, false, ErrUnsure // the zone was given another offset: which of the two is standard time, the manual does not say
	}
	return found[len(found)-1].utc, len(found) > 1, nil
}
