package engine

import (
	"strconv"
	"strings"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/mask"
)

// wall is a datetime as the wall clock shows it.
func (s *Session) wall(v []byte, t typ) (mask.Moment, error) {
	d, err := datetime.Decode(v)
	if err != nil {
		return mask.Moment{}, err
	}
	m := mask.Moment{Time: d, Fraction: t.scale}
	switch t.kind {
	case kDate:
		m.Fraction = -1
	case kZoned:
		z, err := zoneOf(v)
		if err != nil {
			return m, err
		}
		return wallIn(m, z)
	case kLocal:
		return wallIn(m, s.zone)
	}
	return m, nil
}

// wallIn moves an instant into a zone.
func wallIn(m mask.Moment, z datetime.Zone) (mask.Moment, error) {
	var err error
	m.HasZone = true
	if m.Offset, m.Abbreviation, err = z.At(m.Time); err != nil {
		return m, zoneErr(err, z)
	}
	if z.Region != nil {
		m.Region = z.Region.Name
		if !letters(m.Abbreviation) {
			m.Abbreviation = ""
		}
	}
	if m.Offset != 0 {
		m.Time, err = m.Add(0, int64(m.Offset)*60, 0)
	}
	return m, dateErr(err)
}

func (s *Session) formatDate(v []byte, t typ, model string) ([]byte, error) {
	m, err := s.wall(v, t)
	if err != nil {
		return nil, err
	}
	text, err := mask.FormatDate(m, model, s.nls)
	return str(text), err
}

// here is a moment as the session's wall clock shows it.
func (m moment) here(z datetime.Zone) (mask.Moment, error) {
	return wallIn(mask.Moment{Time: m.Time, Fraction: 9}, z)
}

func (s *Session) parseDate(e *env, text, model string, into mask.Target, to kind) ([]byte, error) {
	now, err := e.ex.now.here(s.zone)
	if err != nil {
		return nil, err
	}
	m, err := mask.ParseDate(text, model, into, now, s.nls)
	if err != nil {
		return nil, err
	}
	switch to {
	case kDate:
		return m.Date(), nil
	case kTimestamp:
		return m.Timestamp(), nil
	}
	zone := s.zone
	switch {
	case m.Region != "":
		if zone, err = parseZone(m.Region); err != nil {
			return nil, err
		}
	case m.HasZone:
		zone = datetime.Zone{Minutes: m.Offset}
	}
	if m.Abbreviation != "" && zone.Region == nil {
		return nil, ora.New(1857)
	}
	utc, err := s.instantOf(m.Time, zone, m.Abbreviation)
	if err != nil {
		return nil, err
	}
	if to == kLocal {
		return utc.Timestamp(), nil
	}
	return utc.In(zone), nil
}

// formatMonths is +YY-MM.
func formatMonths(v []byte, prec int) ([]byte, error) {
	m, err := datetime.DecodeMonths(v)
	if err != nil {
		return nil, err
	}
	sign := "+"
	if m < 0 {
		sign, m = "-", -m
	}
	return []byte(sign + zeros(int(m)/12, prec) + "-" + zeros(int(m)%12, 2)), nil
}

func zeros(n, width int) string {
	s := strconv.Itoa(n)
	if len(s) < width {
		s = strings.Repeat("0", width-len(s)) + s
	}
	return s
}

// formatSpan is +DD HH:MI:SS.FF.
func formatSpan(v []byte, prec, scale int) ([]byte, error) {
	s, err := datetime.DecodeSpan(v)
	if err != nil {
		return nil, err
	}
	sign := "+"
	if s.Negative() {
		sign, s = "-", s.Neg()
	}
	text := sign + zeros(int(s.Days), prec) + " " + zeros(int(s.Seconds)/3600, 2) + ":" + zeros(int(s.Seconds)/60%60, 2) + ":" + zeros(int(s.Seconds)%60, 2)
	if scale > 0 {
		text += "." + zeros(int(s.Nanos), 9)[:scale]
	}
	return []byte(text), nil
}

// parseMonths reads [+-]Y-M.
func parseMonths(s string) ([]byte, error) {
	s = strings.TrimSpace(s)
	neg := strings.HasPrefix(s, "-")
	if neg || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	y, m, ok := strings.Cut(s, "-")
	years, err1 := strconv.Atoi(y)
	months, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || years < 0 || months < 0 || len(y) > 9 {
		return nil, ora.New(1867)
	}
	if months > 11 {
		return nil, ora.New(1843)
	}
	total := datetime.Months(years*12 + months)
	if neg {
		total = -total
	}
	return total.Bytes(), nil
}

// parseSpan reads [+-]D H:M:S[.F].
func parseSpan(s string) ([]byte, error) {
	s = strings.TrimSpace(s)
	neg := strings.HasPrefix(s, "-")
	if neg || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	d, rest, ok := strings.Cut(s, " ")
	if !ok {
		return nil, ora.New(1867)
	}
	days, err := strconv.Atoi(d)
	if err != nil || days < 0 || len(d) > 9 {
		return nil, ora.New(1867)
	}
	span, err := clock(strings.TrimSpace(rest), 3)
	if err != nil {
		return nil, err
	}
	span.Days = int64(days)
	if neg {
		span = span.Neg()
	}
	return span.Bytes(), nil
}

// clock reads H:M:S.F, or its beginning with fewer parts.
func clock(s string, parts int) (datetime.Span, error) {
	bad := ora.New(1867)
	frac := ""
	s, frac, _ = strings.Cut(s, ".")
	fields := strings.Split(s, ":")
	if len(fields) != parts {
		return datetime.Span{}, bad
	}
	limits := []int{23, 59, 59}
	codes := []int{1850, 1851, 1852}
	seconds := 0
	for i, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || n < 0 {
			return datetime.Span{}, bad
		}
		if n > limits[i] {
			return datetime.Span{}, ora.New(codes[i])
		}
		seconds = seconds*60 + n
	}
	for range 3 - len(fields) {
		seconds *= 60
	}
	nanos := int64(0)
	if frac != "" {
		if len(frac) > 9 {
			frac = frac[:9]
		}
		n, err := strconv.Atoi(frac)
		if err != nil || n < 0 {
			return datetime.Span{}, bad
		}
		for range 9 - len(frac) {
			n *= 10
		}
		nanos = int64(n)
	}
	return datetime.Span{Seconds: int64(seconds), Nanos: nanos}, nil
}
