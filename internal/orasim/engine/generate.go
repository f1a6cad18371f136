package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/mask"
	"landfall/internal/orasim/value/number"
)

// Generated says what GenerateData made of a table.
type Generated struct {
	Owner, Table string
	Rows         int
	Err          error // why there are fewer than wanted
}

// GenerateData fills the tables that are empty with about so many rows in all, the same for the same seed: keys are unique,
// foreign keys refer to rows that are there, check constraints hold (their lists and bounds are read, what else they say is
// tried), columns use the whole of their types. Triggers do not fire: the rows are there as if they had always been. What
// cannot be filled is reported.
func (db *Database) GenerateData(ctx context.Context, rows int, seed uint64) ([]Generated, error) {
	s := &Session{db: db, user: "SYS", schema: "SYS", nls: mask.American(), territory: "AMERICA", constraintMode: map[string]bool{}, currvals: map[*sequence][]byte{}}
	s.params = defaultParams()
	var tables []*table
	var out []Generated
	weight := 0
	depth := map[*table]int{}
	for _, o := range db.tables() {
		t := o.table
		if t.temporary != "" || t.external || t.mview {
			continue
		}
		if t.notLoadable != "" {
			out = append(out, Generated{t.owner, t.name, 0, ora.Unsupported("rows of a table with " + t.notLoadable)})
			continue
		}
		empty := true
		for _, seg := range t.segments(s) {
			empty = empty && seg.Rows() == 0
		}
		if empty {
			tables = append(tables, t)
		}
	}
	level := func(t *table) int { return db.depthOf(t, depth, 0) }
	slices.SortStableFunc(tables, func(a, b *table) int { return cmp.Compare(level(a), level(b)) })
	for _, t := range tables {
		weight += 1 + 3*level(t)
	}
	for i, t := range tables {
		n := max(1, rows*(1+3*level(t))/max(1, weight))
		g := &generator{db: db, s: s, t: t, r: rand.New(rand.NewPCG(seed, uint64(i))), parents: map[*foreign][][][]byte{}}
		made, err := g.fill(ctx, n)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		out = append(out, Generated{t.owner, t.name, made, err})
	}
	return out, nil
}

// depthOf is how many tables lie above a table by foreign keys.
func (db *Database) depthOf(t *table, known map[*table]int, steps int) int {
	if d, ok := known[t]; ok {
		return d
	}
	if steps > 30 {
		return 0
	}
	d := 0
	for _, f := range t.foreign {
		if o := db.objects2(objectName{owner: f.refOwner, name: f.refTable}); o != nil && o.table != nil && o.table.shared != t.shared {
			d = max(d, 1+db.depthOf(o.table, known, steps+1))
		}
	}
	known[t] = d
	return d
}

type generator struct {
	db      *Database
	s       *Session
	t       *table
	r       *rand.Rand
	parents map[*foreign][][][]byte
	choices map[int][][]byte // of a column: what IN lists allow
	low     map[int]num
	high    map[int]num
	inKey   map[int]bool
}

func (g *generator) fill(ctx context.Context, rows int) (int, error) {
	c := &compiler{s: g.s, schema: g.t.owner, f: &ast.File{}, ddl: true, silent: true}
	w, err := c.writer(nil2{}, g.t)
	if err != nil {
		return 0, err
	}
	g.limits(c)
	for _, f := range g.t.foreign {
		if err := g.readParents(f); err != nil {
			return 0, err
		}
	}
	made := 0
	var last error
	tx := g.db.store.Begin()
	for i := 0; i < rows; i++ {
		if ctx.Err() != nil {
			break
		}
		ok := false
		for attempt := range 12 {
			ex := g.s.execution(ctx)
			ex.snap.Tx, ex.snap.Seq = tx, tx.Statement()
			mark := tx.Mark()
			row, err := g.row(ex, w, i, attempt)
			if err == nil {
				p := &pending{}
				if _, err = w.insert(ex, tx, row, p); err == nil {
					err = g.s.verify(ex, tx, p, true)
				}
			}
			if err == nil {
				ok = true
				break
			}
			tx.RollbackTo(mark)
			last = err
			var e *ora.Error
			if !errors.As(err, &e) || e.Code == 3001 {
				break
			}
			if cur := g.db.current(g.t); cur != nil && cur != g.t {
				g.t, w.t = cur, cur // a partition was added
			}
		}
		if !ok {
			if made == 0 && i > 20 || i > 100 && made < i/10 {
				break
			}
			continue
		}
		made++
		if made%10000 == 0 {
			tx.Commit()
			tx = g.db.store.Begin()
		}
	}
	tx.Commit()
	if made < rows {
		return made, fmt.Errorf("%d rows wanted: %w", rows, last)
	}
	return made, nil
}

// limits reads what check constraints say of single columns.
func (g *generator) limits(*compiler) {
	g.choices, g.low, g.high, g.inKey = map[int][][]byte{}, map[int]num{}, map[int]num{}, map[int]bool{}
	for _, k := range g.t.keys {
		if len(k.cols) == 1 {
			g.inKey[k.cols[0]] = true
		}
	}
	for _, k := range g.t.checks {
		if k.disabled {
			continue
		}
		g.limit(k, k.expr)
	}
}

func (g *generator) limit(k *check, e ast.Expr) {
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
	bound := func(m map[int]num, i int, e ast.Expr, shift int64) {
		if v := value(e, i); v != nil && g.t.cols[i].typ.kind == kNumber {
			if d, err := number.Decode(v); err == nil {
				if shift != 0 {
					if s, err := d.Add(number.FromInt(shift)); err == nil {
						d = s
					}
				}
				m[i] = d
			}
		}
	}
	switch n := ast.Unparen(e).(type) {
	case *ast.Binary:
		switch {
		case n.Op.Is(token.AND):
			g.limit(k, n.X)
			g.limit(k, n.Y)
		case at(n.X) >= 0:
			i := at(n.X)
			switch n.Op.Kind {
			case token.GE:
				bound(g.low, i, n.Y, 0)
			case token.GT:
				bound(g.low, i, n.Y, 1)
			case token.LE:
				bound(g.high, i, n.Y, 0)
			case token.LT:
				bound(g.high, i, n.Y, -1)
			case token.EQ:
				if v := value(n.Y, i); v != nil {
					g.choices[i] = [][]byte{v}
				}
			}
		}
	case *ast.Is:
		if i := at(n.X); i >= 0 && n.What == token.JSON && !n.Not {
			g.choices[i] = [][]byte{[]byte(`{}`), []byte(`{"k": [1, 2.5, null], "s": "é\u00e9"}`), []byte(`[]`)}
		}
	case *ast.Between:
		if i := at(n.X); i >= 0 && !n.Not {
			bound(g.low, i, n.Low, 0)
			bound(g.high, i, n.Top, 0)
		}
	case *ast.In:
		i := at(n.X)
		l, ok := ast.Unparen(n.Set).(*ast.List)
		if i < 0 || !ok || n.Not {
			if p, one := n.Set.(*ast.Paren); one && i >= 0 && !n.Not {
				if v := value(p.X, i); v != nil {
					g.choices[i] = [][]byte{v}
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
		g.choices[i] = vals
	}
}

// readParents keeps up to 5000 keys that a foreign key may refer to.
func (g *generator) readParents(f *foreign) error {
	if f.disabled {
		return nil
	}
	o := g.db.objects2(objectName{owner: f.refOwner, name: f.refTable})
	if o == nil || o.table == nil || o.table.shared == g.t.shared {
		return nil
	}
	var cols []int
	for _, name := range f.refCols {
		cols = append(cols, o.table.column(name).internal)
	}
	stop := errors.New("enough")
	err := g.s.eachStored(o.table, func(_ store.Ref, row [][]byte) error {
		key := make([][]byte, len(cols))
		for i, at := range cols {
			if key[i] = row[firstSlot+at]; key[i] == nil {
				return nil
			}
		}
		g.parents[f] = append(g.parents[f], key)
		if len(g.parents[f]) == 5000 {
			return stop
		}
		return nil
	})
	if err != nil && err != error(stop) {
		return err
	}
	return nil
}

// row makes a row without looking at what it must not collide with.
func (g *generator) row(ex *execution, w *writer, i, attempt int) ([][]byte, error) {
	row := make([][]byte, firstSlot+len(g.t.cols))
	set := make([]bool, len(g.t.cols))
	n := i + attempt*7919
	for _, f := range g.t.foreign {
		if f.disabled {
			continue
		}
		optional := true
		for _, at := range f.cols {
			optional = optional && !g.t.cols[at].notNull
		}
		keys := g.parents[f]
		if len(keys) == 0 || optional && g.r.IntN(10) == 0 {
			if !optional {
				return nil, fmt.Errorf("no rows in %s.%s to refer to", f.refOwner, f.refTable)
			}
			for _, at := range f.cols {
				set[at] = true
			}
			continue
		}
		// walk through the parents, so that keys made of several of them do not repeat
		key := keys[n%len(keys)]
		n = n / len(keys)
		for k, at := range f.cols {
			row[firstSlot+at], set[at] = key[k], true
		}
	}
	for at, col := range g.t.cols {
		if c := g.choices[at]; len(c) > 0 && !set[at] && g.keyPart(at) {
			row[firstSlot+at], set[at] = c[n%len(c)], true
			n /= len(c)
		} else if size := smallNumber(col.typ); size > 0 && !set[at] && g.keyPart(at) {
			row[firstSlot+at], set[at] = count(n%size), true
			n /= size
		}
	}
	for at, col := range g.t.cols {
		if set[at] || col.virtual != nil || col.unused {
			continue
		}
		if col.identity != nil {
			v, err := w.defaults[at].eval(&env{ex: ex})
			if err != nil {
				return nil, err
			}
			row[firstSlot+at] = v
			continue
		}
		if !col.notNull && g.r.IntN(12) == 0 {
			continue
		}
		v, err := w.fits[at](g.value(col, at, i))
		if err != nil {
			return nil, ora.New(1438)
		}
		row[firstSlot+at] = v
	}
	return row, nil
}

// smallNumber is how many values a column of up to three digits has, 0 for any other.
func smallNumber(t typ) int {
	if t.kind != kNumber || t.prec == 0 || t.prec-t.scale > 3 || t.scale < 0 {
		return 0
	}
	n := 1
	for range t.prec - t.scale {
		n *= 10
	}
	return n
}

var syllables = strings.Fields("an ba cor del en fi ga hol in ju ka lo mi nor os pel qui ra sen tu ul va wen xi yor zel 北 保 险 é ß")

// value makes a value of a column's type, in full width now and then.
func (g *generator) value(col *column, at, i int) []byte {
	if c := g.choices[at]; len(c) > 0 {
		return c[g.r.IntN(len(c))]
	}
	t := col.typ
	key := g.inKey[at] || g.keyPart(at)
	switch t.kind {
	case kNumber:
		return g.number(t, at, i, key)
	case kVarchar, kChar, kLong, kClob:
		return g.text(t, i, key)
	case kDate:
		return g.date(i, key).Midnight().Date()
	case kTimestamp:
		return g.date(i, key).Timestamp()
	case kZoned:
		return g.date(i, key).Zoned((g.r.IntN(27) - 12) * 60)
	case kLocal:
		return g.date(i, key).Timestamp()
	case kFloat:
		return encodeFloat(g.r.Float32() * 1000)
	case kDouble:
		return encodeDouble(g.r.NormFloat64() * 1e6)
	case kMonths:
		return datetime.Months(g.r.IntN(240) - 120).Bytes()
	case kSpan:
		return datetime.NewSpan(int64(g.r.IntN(18)-9), int64(g.r.IntN(86400)), 0).Bytes()
	case kRaw, kBlob, kLongRaw:
		size := 64
		if t.kind == kRaw {
			size = t.size
		}
		b := make([]byte, max(1, 1+g.r.IntN(size)))
		for k := range b {
			b[k] = byte(g.r.Uint32())
		}
		if key {
			b = append([]byte(fmt.Sprintf("%08x", i)), b...)
			b = b[:min(len(b), max(8, size))]
		}
		return b
	}
	return nil // XMLTYPE and object types stay NULL
}

// keyPart reports whether a column that is no foreign key belongs to a key of several columns.
func (g *generator) keyPart(at int) bool {
	for _, k := range g.t.keys {
		if slices.Contains(k.cols, at) {
			return true
		}
	}
	return false
}

func (g *generator) number(t typ, at, i int, key bool) []byte {
	prec, scale := t.prec, t.scale
	if prec == 0 || t.float {
		prec, scale = 12, 2
	}
	whole := min(prec-max(scale, 0), 12)
	lo, hasLo := g.low[at]
	hi, hasHi := g.high[at]
	if key {
		limit := 1
		for range whole {
			limit *= 10
		}
		v := number.FromInt(int64(i%max(1, limit-1)) + 1)
		if hasLo && lo.Sign() > 0 {
			v, _ = v.Add(lo)
		}
		return v.Bytes()
	}
	limit := int64(1)
	for range max(whole, 0) {
		limit *= 10
	}
	n := g.r.Int64N(max(1, limit))
	if g.r.IntN(3) > 0 {
		n %= 100000
	}
	v := number.FromInt(n)
	if !hasLo && g.r.IntN(20) == 0 {
		v = v.Neg()
	}
	if scale > 0 {
		unit, _ := number.FromDecimal(false, "1", -min(scale, 20))
		if f, err := number.FromInt(g.r.Int64N(100)).Mul(unit); err == nil {
			if s, err := v.Add(f); err == nil {
				v = s
			}
		}
	}
	if hasLo && hasHi {
		width, err := hi.Sub(lo)
		if err == nil {
			if k, ok := width.Trunc(0).Int(); ok && k >= 0 {
				if s, err := lo.Add(number.FromInt(g.r.Int64N(k + 1))); err == nil {
					return s.Bytes()
				}
			}
		}
	}
	if hasLo && v.Cmp(lo) < 0 {
		v = lo
	}
	if hasHi && v.Cmp(hi) > 0 {
		v = hi
	}
	return v.Bytes()
}

func (g *generator) text(t typ, i int, key bool) []byte {
	size := t.size
	if t.kind == kLong || t.kind == kClob {
		size = 200
		if g.r.IntN(50) == 0 {
			size = 6000
		}
	}
	if key {
		s := strings.ToUpper(fmt.Sprintf("%x", i+1))
		if pad := min(size, 8) - len(s); pad > 0 {
			s = strings.Repeat("0", pad) + s
		}
		return []byte(s)
	}
	want := 1 + g.r.IntN(min(size, 30))
	if g.r.IntN(40) == 0 {
		want = size
	}
	var b []byte
	room := typ{kind: kVarchar, size: want, charSem: t.charSem, national: t.national}
	for {
		next := append(slices.Clone(b), syllables[g.r.IntN(len(syllables))]...)
		if g.r.IntN(4) == 0 {
			next = append(next, ' ')
		}
		if textLength(next, room) > want {
			break
		}
		b = next
	}
	if len(b) == 0 {
		b = []byte("x")
	}
	return b
}

func (g *generator) date(i int, key bool) datetime.Time {
	base := datetime.Time{Year: 2015, Month: 1, Day: 1}
	days := int64(g.r.IntN(3650))
	if key {
		days = int64(i)
	}
	t, err := base.Add(days, int64(g.r.IntN(datetime.SecondsPerDay)), int64(g.r.IntN(1000))*1000000)
	if err != nil {
		return base
	}
	return t
}
