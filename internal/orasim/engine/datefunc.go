package engine

import (
	"strings"
	"time"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/mask"
	"landfall/internal/orasim/value/number"
)

// instant is a time of the machine, in UTC.
func instant(t time.Time) datetime.Time {
	t = t.UTC()
	return datetime.Time{
		Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(),
		Nano: t.Nanosecond() / 1000 * 1000,
	}
}

func init() {
	register(map[string]builtin{
		"SYSDATE":           {0, 0, true, nowAs(tDate, false)},
		"SYSTIMESTAMP":      {0, 1, true, nowAs(typ{kind: kZoned, scale: 6}, false)},
		"CURRENT_DATE":      {0, 0, true, nowAs(tDate, true)},
		"CURRENT_TIMESTAMP": {0, 1, true, nowAs(typ{kind: kZoned, scale: 6}, true)},
		"LOCALTIMESTAMP":    {0, 1, true, nowAs(typ{kind: kTimestamp, scale: 6}, true)},
		"SESSIONTIMEZONE": {0, 0, true, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			return computed(typ{kind: kVarchar, size: 75}, func(e *env) ([]byte, error) {
				return []byte(e.ex.s.zone.String()), nil
			}), nil
		}},
		"DBTIMEZONE": {0, 0, true, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			return fixed(typ{kind: kVarchar, size: 6}, []byte("+00:00")), nil
		}},
		"ADD_MONTHS":       {2, 2, false, addMonths},
		"MONTHS_BETWEEN":   {2, 2, false, monthsBetween},
		"LAST_DAY":         {1, 1, false, lastDay},
		"NEXT_DAY":         {2, 2, false, nextDay},
		"NUMTODSINTERVAL":  {2, 2, false, numToSpan},
		"NUMTOYMINTERVAL":  {2, 2, false, numToMonths},
		"TO_DSINTERVAL":    {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.toInterval(n, a[0], kSpan) }},
		"TO_YMINTERVAL":    {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.toInterval(n, a[0], kMonths) }},
		"FROM_TZ":          {2, 2, false, fromTZ},
		"SYS_EXTRACT_UTC":  {1, 1, false, extractUTC},
		"NEW_TIME":         {3, 3, false, unknownFunc},
		"TZ_OFFSET":        {1, 1, false, tzOffset},
		"SCN_TO_TIMESTAMP": {1, 1, false, scnToTimestamp},
		"TIMESTAMP_TO_SCN": {1, 1, false, timestampToSCN},
	})
}

func offsetText(offset int) string {
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	return sign + zeros(offset/60, 2) + ":" + zeros(offset%60, 2)
}

// nowAs is the time of the statement. The machine's own zone is UTC.
func nowAs(t typ, here bool) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		scale := t.scale
		if len(a) == 1 {
			f, err := c.integer(n, a[0])
			if err != nil {
				return expr{}, err
			}
			k, ok, err := f(c.still())
			if err != nil || !a[0].constant || !ok || k < 0 || k > 9 {
				return expr{}, c.unsupported(n, "precision")
			}
			scale = k
		}
		r := t
		r.scale = scale
		return computed(r, func(e *env) ([]byte, error) {
			now := e.ex.now.Time
			unit := 1
			for range 9 - scale {
				unit *= 10
			}
			now.Nano = now.Nano / unit * unit
			var z datetime.Zone
			if here {
				z = e.ex.s.zone
			}
			if r.kind == kZoned {
				return now.In(z), nil
			}
			w, err := local(now, z)
			if err != nil {
				return nil, err
			}
			if r.kind == kDate {
				return w.Date(), nil
			}
			return w.Timestamp(), nil
		}), nil
	}
}

func addMonths(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.date(n, a[0], kDate)
	if err != nil {
		return expr{}, err
	}
	g, err := c.integer(n, a[1])
	if err != nil {
		return expr{}, err
	}
	return computed(tDate, func(e *env) ([]byte, error) {
		t, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		k, ok, err := g(e)
		if !ok || err != nil {
			return nil, err
		}
		r, err := t.AddMonths(k)
		return r.Date(), dateErr(err)
	}), nil
}

func monthsBetween(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.date(n, a[0], kDate)
	if err != nil {
		return expr{}, err
	}
	g, err := c.date(n, a[1], kDate)
	if err != nil {
		return expr{}, err
	}
	month := number.FromInt(31 * datetime.SecondsPerDay)
	return computed(tNumber, func(e *env) ([]byte, error) {
		t, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		u, ok, err := g(e)
		if !ok || err != nil {
			return nil, err
		}
		m, s := datetime.MonthsBetween(t, u)
		r, err := number.FromInt(int64(s)).Div(month)
		if err == nil {
			r, err = r.Add(number.FromInt(int64(m)))
		}
		return r.Bytes(), numErr(err)
	}), nil
}

func lastDay(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.date(n, a[0], kDate)
	if err != nil {
		return expr{}, err
	}
	return computed(tDate, func(e *env) ([]byte, error) {
		t, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		return t.LastDay().Date(), nil
	}), nil
}

func nextDay(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.date(n, a[0], kDate)
	if err != nil {
		return expr{}, err
	}
	day := a[1]
	if day.typ.kind.numeric() {
		return expr{}, c.unsupported(n, "NEXT_DAY with a number")
	}
	if day, err = c.text(n, day); err != nil {
		return expr{}, err
	}
	return computed(tDate, func(e *env) ([]byte, error) {
		t, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		v, err := day.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		w, err := mask.DayOfWeek(string(v), e.ex.s.nls)
		if err != nil {
			return nil, err
		}
		r, err := t.NextDay(w)
		return r.Date(), dateErr(err)
	}), nil
}

// roundDate is ROUND and TRUNC of a datetime: always a DATE.
func (c *compiler) roundDate(n ast.Node, a []expr, round bool) (expr, error) {
	f, err := c.date(n, a[0], kDate)
	if err != nil {
		return expr{}, err
	}
	model := fixed(typ{kind: kChar, size: 2}, []byte("DD"))
	if len(a) > 1 {
		if model, err = c.text(n, a[1]); err != nil {
			return expr{}, err
		}
	}
	return computed(tDate, func(e *env) ([]byte, error) {
		t, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		v, err := model.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		u := datetime.UnitOf(string(v))
		if u == datetime.NoUnit {
			return nil, ora.New(1898)
		}
		if u == datetime.StartDay && e.ex.s.territory != "AMERICA" {
			return nil, ora.Unsupported("weeks of territory " + e.ex.s.territory)
		}
		var r datetime.Time
		if round {
			r, err = t.Round(u)
		} else {
			r, err = t.Trunc(u)
		}
		return r.Date(), dateErr(err)
	}), nil
}

func (c *compiler) toInterval(n ast.Node, x expr, to kind) (expr, error) {
	if x.typ.kind == to {
		return x, nil
	}
	y, err := c.text(n, x)
	if err != nil {
		return expr{}, err
	}
	return c.convert(n, y, to)
}

func numToSpan(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.number(n, a[0])
	if err != nil {
		return expr{}, err
	}
	unit, err := c.text(n, a[1])
	if err != nil {
		return expr{}, err
	}
	units := map[string]int64{"DAY": 86400, "HOUR": 3600, "MINUTE": 60, "SECOND": 1}
	return computed(tSpan, func(e *env) ([]byte, error) {
		x, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		v, err := unit.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		k, ok := units[upper(string(v))]
		if !ok {
			return nil, ora.New(1760)
		}
		x, err = x.Mul(number.FromInt(k * 1e9))
		if err != nil {
			return nil, numErr(err)
		}
		return numberSpan(x)
	}), nil
}

func numToMonths(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.number(n, a[0])
	if err != nil {
		return expr{}, err
	}
	unit, err := c.text(n, a[1])
	if err != nil {
		return expr{}, err
	}
	return computed(tMonths, func(e *env) ([]byte, error) {
		x, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		v, err := unit.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		switch upper(string(v)) {
		case "YEAR":
			if x, err = x.Mul(number.FromInt(12)); err != nil {
				return nil, numErr(err)
			}
		case "MONTH":
		default:
			return nil, ora.New(1760)
		}
		if x, err = x.Round(0); err != nil {
			return nil, numErr(err)
		}
		k, fits := x.Int()
		if !fits || k >= 12e9 || k <= -12e9 {
			return nil, ora.New(1873)
		}
		return datetime.Months(k).Bytes(), nil
	}), nil
}

func fromTZ(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.convert(n, a[0], kTimestamp)
	if err != nil {
		return expr{}, err
	}
	z, err := c.text(n, a[1])
	if err != nil {
		return expr{}, err
	}
	s := c.s
	return computed(typ{kind: kZoned, scale: max(x.typ.scale, 0)}, both(x, z, func(p, q []byte) ([]byte, error) {
		t, err := datetime.Decode(p)
		if err != nil {
			return nil, err
		}
		name, abbreviation, _ := strings.Cut(strings.TrimSpace(string(q)), " ")
		zone, err := parseZone(name)
		if err != nil {
			return nil, err
		}
		u, err := s.instantOf(t, zone, strings.TrimSpace(abbreviation))
		return u.In(zone), err
	})), nil
}

func extractUTC(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.convert(n, a[0], kZoned)
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kTimestamp, scale: x.typ.scale}, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		t, err := datetime.Decode(v)
		return t.Timestamp(), err
	}), nil
}

// atTimeZone is x AT TIME ZONE z.
func (c *compiler) atTimeZone(n *ast.AtTimeZone) (expr, error) {
	x, err := c.expr(n.X)
	if err != nil {
		return expr{}, err
	}
	if x, err = c.convert(n, x, kZoned); err != nil {
		return expr{}, err
	}
	var zone expr
	if n.Zone != nil {
		if zone, err = c.exprText(n.Zone); err != nil {
			return expr{}, err
		}
	}
	return computed(x.typ, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		t, err := datetime.Decode(v)
		if err != nil {
			return nil, err
		}
		to := e.ex.s.zone
		if zone.eval != nil {
			z, err := zone.eval(e)
			if z == nil || err != nil {
				return nil, err
			}
			if to, err = parseZone(string(z)); err != nil {
				return nil, err
			}
		}
		if _, _, err := to.At(t); err != nil {
			return nil, zoneErr(err, to)
		}
		return t.In(to), nil
	}), nil
}

// intervalOf is (a - b) DAY TO SECOND.
func (c *compiler) intervalOf(n *ast.IntervalOf) (expr, error) {
	b, ok := ast.Unparen(n.X).(*ast.Binary)
	if !ok {
		return expr{}, c.unsupported(n, "interval")
	}
	first := upper(c.f.Source(n.Qual))
	x, err := c.expr(b.X)
	if err != nil {
		return expr{}, err
	}
	y, err := c.expr(b.Y)
	if err != nil {
		return expr{}, err
	}
	if len(first) < 3 || first[:3] != "DAY" || !x.typ.kind.datetime() || !y.typ.kind.datetime() {
		return expr{}, c.unsupported(n, "interval")
	}
	if x, err = c.convert(n, x, kTimestamp); err != nil {
		return expr{}, err
	}
	if y, err = c.convert(n, y, kTimestamp); err != nil {
		return expr{}, err
	}
	return c.datetimeDifference(n, x, y)
}

// extract is EXTRACT(field FROM x).
func (c *compiler) extract(n *ast.Extract) (expr, error) {
	x, err := c.expr(n.X)
	if err != nil {
		return expr{}, err
	}
	field := n.Field.Kw.String()
	k := x.typ.kind
	if k.text() {
		return expr{}, c.fail(n, 30076)
	}
	dateField := field == "YEAR" || field == "MONTH" || field == "DAY"
	timeField := field == "HOUR" || field == "MINUTE" || field == "SECOND"
	zoneField := field == "TIMEZONE_HOUR" || field == "TIMEZONE_MINUTE"
	if zoneName := field == "TIMEZONE_REGION" || field == "TIMEZONE_ABBR"; zoneName && k == kZoned {
		return computed(typ{kind: kVarchar, size: 64}, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) { return zoneText(v, field) })), nil
	}
	ok := false
	switch k {
	case kDate:
		ok = dateField
	case kTimestamp, kLocal:
		ok = dateField || timeField
	case kZoned:
		ok = dateField || timeField || zoneField
	case kMonths:
		ok = field == "YEAR" || field == "MONTH"
	case kSpan:
		ok = field == "DAY" || timeField
	case kNull:
		return fixed(tNumber, nil), nil
	}
	if !ok {
		return expr{}, c.fail(n, 30076)
	}
	seconds := func(whole, nanos int64) ([]byte, error) {
		f, err := number.FromInt(nanos).Div(number.FromInt(1e9))
		if err == nil {
			f, err = f.Add(number.FromInt(whole))
		}
		return f.Bytes(), numErr(err)
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		switch k {
		case kMonths:
			m, err := datetime.DecodeMonths(v)
			if field == "YEAR" {
				return count(int(m) / 12), err
			}
			return count(int(m) % 12), err
		case kSpan:
			s, err := datetime.DecodeSpan(v)
			if err != nil {
				return nil, err
			}
			switch field {
			case "DAY":
				return count(int(s.Days)), nil
			case "HOUR":
				return count(int(s.Seconds / 3600)), nil
			case "MINUTE":
				return count(int(s.Seconds / 60 % 60)), nil
			}
			return seconds(s.Seconds%60, s.Nanos)
		}
		// of a TIMESTAMP WITH TIME ZONE, the fields of date and time are those in UTC
		t, err := datetime.Decode(v)
		if err != nil {
			return nil, err
		}
		if k == kLocal {
			if t, err = local(t, e.ex.s.zone); err != nil {
				return nil, err
			}
		}
		switch field {
		case "YEAR":
			return count(t.Year), nil
		case "MONTH":
			return count(t.Month), nil
		case "DAY":
			return count(t.Day), nil
		case "HOUR":
			return count(t.Hour), nil
		case "MINUTE":
			return count(t.Minute), nil
		case "SECOND":
			return seconds(int64(t.Second), int64(t.Nano))
		}
		z, err := zoneOf(v)
		if err != nil {
			return nil, err
		}
		off, _, err := z.At(t)
		if err != nil {
			return nil, zoneErr(err, z)
		}
		if field == "TIMEZONE_HOUR" {
			return count(off / 60), nil
		}
		return count(off % 60), nil
	}), nil
}

func scnToTimestamp(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.convert(n, a[0], kNumber)
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kTimestamp, scale: 9}, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		scn, err := scnValue(v)
		if err != nil {
			return nil, err
		}
		at, err := e.ex.s.db.timeOf(scn)
		return at.Timestamp(), err
	}), nil
}

func timestampToSCN(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.convert(n, a[0], kZoned)
	if err != nil {
		return expr{}, err
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		scn, err := e.ex.s.db.scnAt(v)
		return number.FromUint(scn).Bytes(), err
	}), nil
}

// timeOf is when an SCN was current.
func (db *Database) timeOf(scn uint64) (datetime.Time, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if scn > db.store.SCN() {
		return datetime.Time{}, ora.New(8181)
	}
	for i := len(db.scnTimes) - 1; i >= 0; i-- {
		if db.scnTimes[i].scn <= scn {
			return instant(db.scnTimes[i].at), nil
		}
	}
	return datetime.Time{}, ora.New(8181)
}
