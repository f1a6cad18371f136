package engine

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/mask"
	"landfall/internal/orasim/value/number"
)

func (c *compiler) literal(n *ast.Literal) (expr, error) {
	switch n.Kind {
	case ast.LitNull:
		x := fixed(tNull, nil)
		x.null = true
		return x, nil
	case ast.LitNumber:
		return c.numberLiteral(n)
	case ast.LitString:
		t := c.f.Tokens[n.Lo]
		s, err := c.stringToken(n.Lo)
		if err != nil {
			return expr{}, err
		}
		national := t.Kind == token.NString || t.Kind == token.UString
		if set := c.set(); !set.Identity() && t.Kind != token.UString { // scripts have not come through Parse
			held := set.Admit([]byte(s))
			if national {
				held = set.Plain(held)
			}
			s = string(held)
		}
		size := c.set().Len([]byte(s))
		if size > c.mostText() {
			return expr{}, c.fail(n, 1704)
		}
		x := fixed(typ{kind: kChar, size: max(1, size), national: national}, str(s))
		if x.typ.national {
			x.typ.size, x.typ.charSem = max(1, utf16Len(s)), true
		}
		if s == "" {
			x.null = true
			x.typ.kind = kVarchar
		}
		return x, nil
	case ast.LitDate, ast.LitTimestamp:
		return c.datetimeLiteral(n)
	case ast.LitInterval:
		return c.intervalLiteral(n)
	}
	return expr{}, c.unsupported(n, "literal")
}

func utf16Len(s string) int { return len(utf16.Encode([]rune(s))) }

func utf16Units(r rune) []uint16 { return utf16.Encode([]rune{r}) }

func (c *compiler) numberLiteral(n *ast.Literal) (expr, error) {
	text := c.f.Source(n)
	switch last := text[len(text)-1]; last {
	case 'f', 'F':
		f, err := strconv.ParseFloat(text[:len(text)-1], 32)
		if err != nil {
			return expr{}, c.fail(n, 1722)
		}
		return fixed(tFloat, encodeFloat(float32(f))), nil
	case 'd', 'D':
		f, err := strconv.ParseFloat(text[:len(text)-1], 64)
		if err != nil {
			return expr{}, c.fail(n, 1722)
		}
		return fixed(tDouble, encodeDouble(f)), nil
	}
	v, err := number.Parse(text)
	if err != nil {
		return expr{}, ora.At(numErr(err), c.at(n))
	}
	if i, ok := v.Int(); ok && c.inPLSQL() && !strings.ContainsAny(text, ".eE") && i < 1<<31 {
		return fixed(tInteger, v.Bytes()), nil
	}
	return fixed(tNumber, v.Bytes()), nil
}

// stringToken is the text of a string literal in any of its forms.
func (c *compiler) stringToken(tok uint32) (string, error) {
	t := c.f.Tokens[tok]
	s := c.f.Text(tok)
	switch t.Kind {
	case token.String, token.NString, token.UString:
		s = s[strings.IndexByte(s, '\'')+1 : len(s)-1]
		s = strings.ReplaceAll(s, "''", "'")
		if t.Kind == token.UString {
			return unistr(s)
		}
		return s, nil
	case token.QString:
		i := strings.IndexByte(s, '\'')
		return s[i+2 : len(s)-2], nil
	}
	return "", ora.At(ora.New(1756), int(t.Off))
}

// unistr reads \hhhh as UTF-16 code units and \\ as a backslash.
func unistr(s string) (string, error) {
	var units []uint16
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			j := i
			for j < len(s) && s[j] != '\\' {
				j++
			}
			units = append(units, utf16.Encode([]rune(s[i:j]))...)
			i = j
			continue
		}
		if i+1 < len(s) && s[i+1] == '\\' {
			units = append(units, '\\')
			i += 2
			continue
		}
		if i+5 > len(s) {
			return "", ora.New(30186)
		}
		n, err := strconv.ParseUint(s[i+1:i+5], 16, 16)
		if err != nil {
			return "", ora.New(30186)
		}
		units = append(units, uint16(n))
		i += 5
	}
	return string(utf16.Decode(units)), nil
}

// datetimeLiteral is DATE '...' and TIMESTAMP '...', whose formats are fixed.
func (c *compiler) datetimeLiteral(n *ast.Literal) (expr, error) {
	text, err := c.stringToken(n.Hi - 1)
	if err != nil {
		return expr{}, err
	}
	fail := func(err error) (expr, error) { return expr{}, ora.At(err, c.tokenAt(n.Hi-1)) }
	if digits := strings.IndexFunc(strings.TrimLeft(text, "+- "), func(r rune) bool { return r < '0' || r > '9' }); digits > 4 {
		return fail(ora.New(1841))
	}
	nls := mask.American()
	now := mask.Moment{Time: datetime.Time{Year: 2000, Month: 1, Day: 1}}
	if n.Kind == ast.LitDate {
		m, err := mask.ParseDate(text, "SYYYY-MM-DD", mask.IntoDate, now, nls)
		if err != nil {
			return fail(err)
		}
		return fixed(tDate, m.Date()), nil
	}
	body, zone := strings.TrimSpace(text), ""
	if i := strings.LastIndexAny(body, "+-"); i > strings.IndexByte(body, ':') && strings.Contains(body, ":") {
		body, zone = strings.TrimSpace(body[:i]), body[i:]
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' }); i > 0 {
		body, zone = strings.TrimSpace(text[:i]), strings.TrimSpace(text[i:]) // a region's name may have a sign: Etc/GMT+5
	}
	model := "SYYYY-MM-DD HH24:MI:SS"
	if strings.Contains(body, ".") {
		model += ".FF"
	}
	m, err := mask.ParseDate(body, model, mask.IntoTimestamp, now, nls)
	if err != nil {
		return fail(err)
	}
	if zone == "" {
		return fixed(typ{kind: kTimestamp, scale: 9}, m.Timestamp()), nil
	}
	zone, abbreviation, _ := strings.Cut(zone, " ")
	z, err := parseZone(zone)
	if err != nil {
		return fail(err)
	}
	utc, err := c.s.instantOf(m.Time, z, strings.TrimSpace(abbreviation))
	if err != nil {
		return fail(err)
	}
	return fixed(typ{kind: kZoned, scale: 9}, utc.In(z)), nil
}

// parseOffset reads +hh:mm.
func parseOffset(s string) (int, error) {
	s = strings.TrimSpace(s)
	sign := 1
	switch {
	case s == "":
		return 0, ora.New(1882)
	case s[0] == '-':
		sign = -1
		s = s[1:]
	case s[0] == '+':
		s = s[1:]
	case s[0] < '0' || s[0] > '9':
		return 0, ora.New(1882)
	}
	h, m, ok := strings.Cut(s, ":")
	if !ok {
		return 0, ora.New(1882)
	}
	hours, err1 := strconv.Atoi(h)
	minutes, err2 := strconv.Atoi(m)
	if err1 != nil || err2 != nil {
		return 0, ora.New(1882)
	}
	if hours < 0 || hours > 15 {
		return 0, ora.New(1874)
	}
	if minutes < 0 || minutes > 59 {
		return 0, ora.New(1875)
	}
	return sign * (hours*60 + minutes), nil
}

// intervalLiteral reads the fields of an interval from its tokens.
func (c *compiler) intervalLiteral(n *ast.Literal) (expr, error) {
	var fields []string
	var text string
	precs := []int{-1, -1, -1}
	at := 0
	inParens := false
	for i := range c.f.Significant(n.Span) {
		t := c.f.Tokens[i]
		switch {
		case t.Kind == token.String:
			s, err := c.stringToken(i)
			if err != nil {
				return expr{}, err
			}
			text = s
		case t.Kind == token.LParen:
			inParens = true
			at = len(fields) - 1
		case t.Kind == token.RParen:
			inParens = false
		case t.Kind == token.Number && inParens:
			v, err := strconv.Atoi(c.f.Text(i))
			if err != nil || at < 0 || v > 9 {
				return expr{}, c.fail(n, 30088)
			}
			if at == 0 && precs[0] >= 0 {
				precs[2] = v // SECOND(p, s)
			} else {
				precs[at] = v
			}
		case t.Kind == token.Comma:
		default:
			w := c.f.Ident(i)
			if w != "INTERVAL" && w != "TO" {
				fields = append(fields, w)
			}
		}
	}
	return c.interval(n, text, fields, precs)
}

var spanFields = map[string]int{"DAY": 0, "HOUR": 1, "MINUTE": 2, "SECOND": 3}

func (c *compiler) interval(n ast.Node, text string, fields []string, precs []int) (expr, error) {
	bad := func(code int) (expr, error) { return expr{}, c.fail(n, code) }
	if len(fields) == 0 {
		return bad(30089)
	}
	first, last := fields[0], fields[len(fields)-1]
	text = strings.TrimSpace(text)
	neg := strings.HasPrefix(text, "-")
	if neg || strings.HasPrefix(text, "+") {
		text = text[1:]
	}
	leading := precs[0]
	if leading < 0 {
		leading = 2
	}
	num := func(s string) (int, bool) {
		v, err := strconv.Atoi(strings.TrimSpace(s))
		return v, err == nil && v >= 0
	}
	tooLong := func(v int) bool { return len(strconv.Itoa(v)) > leading }
	if first == "YEAR" || first == "MONTH" {
		years, months := 0, 0
		ok := true
		switch {
		case first == "YEAR" && last == "MONTH" && len(fields) == 2:
			y, m, both := strings.Cut(text, "-")
			var ok1, ok2 bool
			years, ok1 = num(y)
			months, ok2 = num(m)
			ok = both && ok1 && ok2
			if ok && months > 11 {
				return bad(1843)
			}
		case first == "YEAR":
			years, ok = num(text)
		default:
			months, ok = num(text)
		}
		if !ok {
			return bad(1867)
		}
		if tooLong(years + months/12) { // 500 months are 41 years
			return bad(1873)
		}
		v := datetime.Months(years*12 + months)
		if neg {
			v = -v
		}
		return fixed(typ{kind: kMonths, prec: max(leading, 2)}, v.Bytes()), nil
	}
	lo, ok1 := spanFields[first]
	hi, ok2 := spanFields[last]
	if !ok1 || !ok2 || hi < lo {
		return bad(30089)
	}
	var days, lead int
	var span datetime.Span
	if lo == 0 {
		d, rest, _ := strings.Cut(text, " ")
		v, ok := num(d)
		if !ok {
			return bad(1867)
		}
		days, lead = v, v
		if hi > 0 {
			s, err := clock(strings.TrimSpace(rest), hi)
			if err != nil {
				return expr{}, ora.At(err, c.at(n))
			}
			span = s
		} else if rest != "" {
			return bad(1867)
		}
	} else {
		// the leading field may be as large as its precision says: 400 seconds, 72 hours
		parts := strings.Split(text, ":")
		if len(parts) != hi-lo+1 {
			return bad(1867)
		}
		frac := ""
		if hi == 3 {
			parts[len(parts)-1], frac, _ = strings.Cut(parts[len(parts)-1], ".")
		}
		unit := []int{0, 3600, 60, 1}
		seconds := 0
		for i, p := range parts {
			v, ok := num(p)
			if !ok {
				return bad(1867)
			}
			if i == 0 {
				lead = v
			} else if v > 59 {
				return bad([]int{0, 1850, 1851, 1852}[lo+i])
			}
			seconds += v * unit[lo+i]
		}
		nanos := 0
		if frac != "" {
			v, ok := num((frac + "000000000")[:9])
			if !ok {
				return bad(1867)
			}
			nanos = v
		}
		span = datetime.Span{Seconds: int64(seconds), Nanos: int64(nanos)}
	}
	if tooLong(lead) {
		return bad(1873)
	}
	s := datetime.NewSpan(int64(days)+span.Days, span.Seconds, span.Nanos)
	if neg {
		s = s.Neg()
	}
	t := typ{kind: kSpan, prec: max(leading, 2), scale: 0}
	if hi == 3 {
		t.scale = 6
		if len(fields) == 1 && precs[2] >= 0 {
			t.scale = precs[2]
		} else if len(fields) == 2 && precs[1] >= 0 {
			t.scale = precs[1]
		}
	}
	return fixed(t, s.Bytes()), nil
}
