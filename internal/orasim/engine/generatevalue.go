package engine

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/value/charset"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

// columnLimit is what check constraints say of a single column.
type columnLimit struct {
	choices   [][]byte
	low, high *num
}

// columnPair is a check constraint that compares two columns.
type columnPair struct {
	x, y int
	op   token.Kind
}

// settle makes a row meet the comparisons of its columns: equal ones get one value, others change places where both are free.
func (g *generator) settle(row [][]byte, keyed []bool) {
	for _, p := range g.pairs {
		x, y := firstSlot+p.x, firstSlot+p.y
		switch {
		case g.t.cols[p.x].typ.kind != g.t.cols[p.y].typ.kind || row[x] == nil || row[y] == nil:
		case p.op == token.EQ:
			if keyed[p.y] {
				row[x] = row[y]
			} else {
				row[y] = row[x]
			}
		case !keyed[p.x] && !keyed[p.y] && !holds(p.op, orderOf(g.t.cols[p.x].typ, g.s.db.set)(row[x], row[y])):
			row[x], row[y] = row[y], row[x]
		}
	}
}

// domain is what a column may hold.
type domain struct {
	col   *column
	limit columnLimit
	size  int                // how many values can be told apart by nth
	nth   func(i int) []byte // value i of size, as the column stores it
	edges [][]byte
}

func newDomain(col *column, l columnLimit, set *charset.Set) *domain {
	d := &domain{col: col, limit: l, size: 1}
	value := d.counted()
	conv := fit(col.typ, false, set)
	d.nth = func(i int) []byte {
		v, err := conv(value(i))
		if err != nil {
			return nil
		}
		return v
	}
	return d
}

// counted gives the values that keys are made of.
func (d *domain) counted() func(i int) []byte {
	t := d.col.typ
	base := datetime.Time{Year: 2015, Month: 1, Day: 1}
	days := func(i int) datetime.Time {
		r, err := base.Add(int64(i), 0, 0)
		if err != nil {
			return base
		}
		return r
	}
	switch {
	case len(d.limit.choices) > 0:
		d.size = len(d.limit.choices)
		return func(i int) []byte { return d.limit.choices[i%d.size] }
	case t.kind == kNumber:
		lo, hi := d.integers()
		if hi < lo {
			return func(int) []byte { return number.FromInt(lo).Bytes() }
		}
		d.size = int(min(hi-lo+1, maxCount))
		return func(i int) []byte { return number.FromInt(lo + int64(i)).Bytes() }
	case t.kind == kVarchar, t.kind == kChar:
		width := min(t.size, 8)
		for range width {
			d.size *= 36
		}
		return func(i int) []byte {
			s := strings.ToUpper(strconv.FormatInt(int64(i), 36))
			return []byte(strings.Repeat("0", max(0, width-len(s))) + s)
		}
	case t.kind == kDate:
		d.size = 2_900_000
		return func(i int) []byte { return days(i).Date() }
	case t.kind.datetime():
		d.size = 2_900_000
		return func(i int) []byte {
			if t.kind == kZoned {
				return days(i).Zoned(0)
			}
			return days(i).Timestamp()
		}
	case t.kind == kRaw:
		width := min(t.size, 5)
		for range width {
			d.size *= 256
		}
		return func(i int) []byte {
			b := make([]byte, width)
			for k := width - 1; k >= 0; k-- {
				b[k], i = byte(i), i>>8
			}
			return b
		}
	case t.kind == kFloat, t.kind == kDouble:
		d.size = 1 << 20
		return func(i int) []byte {
			if t.kind == kFloat {
				return encodeFloat(float32(i))
			}
			return encodeDouble(float64(i))
		}
	}
	return func(int) []byte { return nil }
}

// integers are the smallest and largest whole numbers that a column of NUMBER may hold, not below 1 unless it must be.
func (d *domain) integers() (lo, hi int64) {
	t := d.col.typ
	whole := 12
	if t.prec > 0 && !t.float {
		whole = min(12, t.prec-t.scale)
	}
	hi = 1
	for range max(0, whole) {
		hi *= 10
	}
	hi--
	lo = 1
	if hi < 1 {
		lo = 0
	}
	whole0 := func(n *num, up bool) (int64, bool) {
		if n == nil {
			return 0, false
		}
		r := *n
		var err error
		if up {
			r, err = r.Ceil()
		} else {
			r, err = r.Floor()
		}
		if err != nil {
			return 0, false
		}
		return r.Int()
	}
	if v, ok := whole0(d.limit.low, true); ok && (v > lo || v < 1) {
		lo = v
	}
	if v, ok := whole0(d.limit.high, false); ok && v < hi {
		hi = v
		if hi < lo && d.limit.low == nil {
			lo = hi - 1000
		}
	}
	return lo, hi
}

// any makes a value of a column that no key needs: the ends of its type first where these are wanted.
func (d *domain) any(g *generator, i, attempt int) []byte {
	if c := d.limit.choices; len(c) > 0 {
		return c[g.r.IntN(len(c))]
	}
	if g.edges && attempt == 0 {
		if d.edges == nil {
			d.edges = edgesOf(d.col.typ, d.limit, g.db.set)
		}
		if i < len(d.edges) {
			return d.edges[i]
		}
	}
	t := d.col.typ
	switch t.kind {
	case kNumber:
		return d.number(g)
	case kVarchar, kChar, kLong, kClob:
		return g.text(t)
	case kDate:
		return g.date().Midnight().Date()
	case kTimestamp, kLocal:
		return g.date().Timestamp()
	case kZoned:
		return g.date().Zoned((g.r.IntN(27) - 12) * 60)
	case kFloat:
		return encodeFloat(g.r.Float32() * 1000)
	case kDouble:
		return encodeDouble(g.r.NormFloat64() * 1e6)
	case kMonths:
		years := 1
		for range min(t.prec, 2) {
			years *= 10
		}
		return datetime.Months(g.r.IntN(24*years-23) - 12*(years-1)).Bytes()
	case kSpan:
		days := 1
		for range min(t.prec, 3) {
			days *= 10
		}
		return datetime.NewSpan(int64(g.r.IntN(2*days-1)-days+1), 0, 0).Bytes()
	case kRaw, kBlob, kLongRaw:
		size := 64
		if t.kind == kRaw {
			size = t.size
		}
		b := make([]byte, 1+g.r.IntN(size))
		for k := range b {
			b[k] = byte(g.r.Uint32())
		}
		return b
	case kRowID:
		return []byte{1, 0, 0, 0, 142, 0, 7, 0, 0, byte(i >> 16), byte(i >> 8), 0, byte(i)} // the form is what counts: nothing lies there
	case kXML:
		return []byte(fmt.Sprintf("<row n=\"%d\"><text>%s</text></row>", i, g.text(typ{kind: kVarchar, size: 40})))
	}
	return g.object(t, i, attempt)
}

// limits reads what check constraints say of single columns.
func (g *generator) limits() []columnLimit {
	all := make([]columnLimit, len(g.t.cols))
	for _, k := range g.t.checks {
		if !k.disabled && !k.unknown {
			g.limit(k, k.expr, all)
		}
	}
	return all
}

func (g *generator) limit(k *check, e ast.Expr, all []columnLimit) {
	sub := &compiler{s: g.s, f: k.file, ddl: true}
	at := func(e ast.Expr) int {
		if n, ok := ast.Unparen(e).(*ast.Name); ok {
			if col := g.t.column(k.file.Last(n)); col != nil {
				return col.internal
			}
		}
		return -1
	}
	value := func(e ast.Expr, i int) []byte {
		x, err := sub.expr(e)
		if err == nil && x.constant {
			if x, err = sub.convert(e, x, g.t.cols[i].typ.kind); err == nil {
				if v, err := x.eval(&env{ex: g.s.execution(context.Background())}); err == nil {
					return v
				}
			}
		}
		return nil
	}
	bound := func(to **num, i int, e ast.Expr, shift int64) {
		if v := value(e, i); v != nil && g.t.cols[i].typ.kind == kNumber {
			if d, err := number.Decode(v); err == nil {
				if shift != 0 {
					if s, err := d.Add(number.FromInt(shift)); err == nil {
						d = s
					}
				}
				*to = &d
			}
		}
	}
	switch n := ast.Unparen(e).(type) {
	case *ast.Binary:
		switch {
		case n.Op.Is(token.AND):
			g.limit(k, n.X, all)
			g.limit(k, n.Y, all)
		case at(n.X) >= 0:
			i := at(n.X)
			if j := at(n.Y); j >= 0 {
				g.pairs = append(g.pairs, columnPair{i, j, n.Op.Kind})
				return
			}
			switch n.Op.Kind {
			case token.GE:
				bound(&all[i].low, i, n.Y, 0)
			case token.GT:
				bound(&all[i].low, i, n.Y, 1)
			case token.LE:
				bound(&all[i].high, i, n.Y, 0)
			case token.LT:
				bound(&all[i].high, i, n.Y, -1)
			case token.EQ:
				if v := value(n.Y, i); v != nil {
					all[i].choices = [][]byte{v}
				}
			}
		}
	case *ast.Is:
		if i := at(n.X); i >= 0 && n.What == token.JSON && !n.Not {
			all[i].choices = [][]byte{[]byte(`{}`), []byte(`{"k": [1, 2.5, null], "s": "é\u00e9"}`), []byte(`[]`)}
		}
	case *ast.Between:
		if i := at(n.X); i >= 0 && !n.Not {
			bound(&all[i].low, i, n.Low, 0)
			bound(&all[i].high, i, n.Top, 0)
		}
	case *ast.In:
		i := at(n.X)
		l, ok := ast.Unparen(n.Set).(*ast.List)
		if i < 0 || !ok || n.Not {
			if p, one := n.Set.(*ast.Paren); one && i >= 0 && !n.Not {
				if v := value(p.X, i); v != nil {
					all[i].choices = [][]byte{v}
				}
			}
			return
		}
		var vals [][]byte
		for _, it := range l.Items {
			if v := value(it, i); v != nil {
				vals = append(vals, v)
			}
		}
		all[i].choices = vals
	}
}

var syllables = strings.Fields("an ba cor del en fi ga hol in ju ka lo mi nor os pel qui ra sen tu ul va wen xi yor zel 北 保 险 é ß")

// number makes a number within the bounds of a column; most are small.
func (d *domain) number(g *generator) []byte {
	t := d.col.typ
	prec, scale := t.prec, t.scale
	if prec == 0 || t.float {
		prec, scale = 12, 2
	}
	lo, hi := d.limit.low, d.limit.high
	if lo != nil && hi != nil {
		if width, err := hi.Sub(*lo); err == nil {
			if k, ok := width.Trunc(0).Int(); ok && k >= 0 {
				if s, err := lo.Add(number.FromInt(g.r.Int64N(k + 1))); err == nil {
					return s.Bytes()
				}
			}
		}
	}
	most := int64(1)
	for range max(min(prec-max(scale, 0), 12), 0) {
		most *= 10
	}
	n := g.r.Int64N(max(1, most))
	if g.r.IntN(3) > 0 {
		n %= 100000
	}
	v := number.FromInt(n)
	if lo == nil && g.r.IntN(20) == 0 {
		v = v.Neg()
	}
	if scale > 0 {
		unit, err := number.FromDecimal(false, "1", -min(scale, 20))
		if err == nil {
			if f, err := number.FromInt(g.r.Int64N(100)).Mul(unit); err == nil {
				if s, err := v.Add(f); err == nil && s.Fits(prec, scale) {
					v = s
				}
			}
		}
	}
	if lo != nil && v.Cmp(*lo) < 0 {
		v = *lo
	}
	if hi != nil && v.Cmp(*hi) > 0 {
		v = *hi
	}
	return v.Bytes()
}

// text makes words, in full length now and then.
func (g *generator) text(t typ) []byte {
	size := t.size
	if t.kind == kLong || t.kind == kClob {
		size = 200
		if g.r.IntN(50) == 0 {
			size = 6000
		}
	}
	want := 1 + g.r.IntN(min(size, 30))
	if g.r.IntN(40) == 0 {
		want = size
	}
	words := syllables
	if !g.db.set.Identity() && !t.national { // those that the character set has
		words = slices.DeleteFunc(slices.Clone(syllables), func(s string) bool { r, _ := utf8.DecodeRuneInString(s); return !g.db.set.Says(r) })
	}
	b := make([]byte, 0, want)
	for n := 0; ; {
		s := words[g.r.IntN(len(words))]
		long := g.db.set.Len([]byte(s))
		if t.charSem || t.national {
			long = utf8.RuneCountInString(s)
		}
		if n += long; n > want {
			break
		}
		b = append(b, s...)
		if n < want && g.r.IntN(4) == 0 {
			b = append(b, ' ')
			n++
		}
	}
	if len(b) == 0 {
		b = []byte("x")
	}
	return b
}

func (g *generator) date() datetime.Time {
	base := datetime.Time{Year: 2015, Month: 1, Day: 1}
	t, err := base.Add(int64(g.r.IntN(3650)), int64(g.r.IntN(datetime.SecondsPerDay)), int64(g.r.IntN(1000))*1000000)
	if err != nil {
		return base
	}
	return t
}
