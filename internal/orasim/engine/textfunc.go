package engine

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/charset"
)

func runeCount(b []byte) int { return utf8.RuneCount(b) }

func init() {
	register(map[string]builtin{
		"UPPER":   {1, 1, false, caseMap(strings.ToUpper)},
		"LOWER":   {1, 1, false, caseMap(strings.ToLower)},
		"INITCAP": {1, 1, false, caseMap(initcap)},
		"REVERSE": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			set := c.set() // bytes are reversed, not characters
			return textMap(func(s string) string { return string(set.Hold([]byte(reverse(string(set.Bytes([]byte(s))))))) })(c, n, a)
		}},
		"CONCAT":  {2, 2, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.concat(n, a[0], a[1]) }},
		"LENGTH":  {1, 1, false, lengthOf(func(v []byte, t typ) int { return runeCount(v) })},
		"LENGTHC": {1, 1, false, lengthOf(func(v []byte, t typ) int { return runeCount(v) })},
		"LENGTHB": {1, 1, false, byteLengthOf},
		"LENGTH2": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			return lengthOf(func(v []byte, _ typ) int { return len(c.set().Units(v)) })(c, n, a)
		}},
		"SUBSTR":         {2, 3, false, substr},
		"SUBSTRC":        {2, 3, false, substr},
		"SUBSTRB":        {2, 3, false, substrBytes},
		"INSTR":          {2, 4, false, instr},
		"INSTRC":         {2, 4, false, instr},
		"INSTRB":         {2, 4, false, unknownFunc},
		"LPAD":           {2, 3, false, pad(true)},
		"RPAD":           {2, 3, false, pad(false)},
		"LTRIM":          {1, 2, false, trimSide(true)},
		"RTRIM":          {1, 2, false, trimSide(false)},
		"REPLACE":        {2, 3, false, replace},
		"TRANSLATE":      {3, 3, false, translate},
		"CHR":            {1, 1, false, chr},
		"NCHR":           {1, 1, false, nchr},
		"ASCII":          {1, 1, false, ascii},
		"UNISTR":         {1, 1, false, unistrFunc},
		"ASCIISTR":       {1, 1, false, asciistr},
		"SOUNDEX":        {1, 1, false, textMap(soundex)},
		"TO_SINGLE_BYTE": {1, 1, false, unknownFunc},
		"NLSSORT":        {1, 2, false, unknownFunc},
		"NLS_UPPER":      {1, 2, false, unknownFunc},
	})
}

// unknownFunc is for functions whose results are not known well enough.
func unknownFunc(c *compiler, n ast.Node, _ []expr) (expr, error) {
	return expr{}, c.unsupported(n, "function")
}

func textMap(f func(string) string) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		x, err := c.text(n, a[0])
		if err != nil {
			return expr{}, err
		}
		t := x.typ
		return computed(t, func(e *env) ([]byte, error) {
			v, err := x.eval(e)
			if v == nil || err != nil {
				return nil, err
			}
			return []byte(f(string(v))), nil
		}), nil
	}
}

// caseMap is textMap for functions that change each character by itself: one that the set does not have stays as it was.
func caseMap(f func(string) string) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		set := c.set()
		if set.Identity() || a[0].typ.national {
			return textMap(f)(c, n, a)
		}
		return textMap(func(s string) string {
			from, to := []rune(s), []rune(f(s))
			for i, r := range to {
				if len(to) == len(from) && r >= utf8.RuneSelf && r != from[i] && !set.Says(r) {
					to[i] = from[i]
				}
			}
			return string(to)
		})(c, n, a)
	}
}

func initcap(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		word := unicode.IsLetter(r) || unicode.IsDigit(r)
		defer func() { start = !word }()
		if start {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func reverse(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// soundex is Knuth's: H and W do not separate equal codes.
func soundex(s string) string {
	codes := "01230120022455012623010202" // A..Z
	var out []byte
	last := byte(0)
	for _, r := range strings.ToUpper(s) {
		if r < 'A' || r > 'Z' {
			continue
		}
		code := codes[r-'A']
		switch {
		case len(out) == 0:
			out = append(out, byte(r))
			last = code
			continue
		case r == 'H' || r == 'W':
			continue
		case code != '0' && code != last:
			out = append(out, code)
		}
		last = code
		if len(out) == 4 {
			break
		}
	}
	if len(out) == 0 {
		return ""
	}
	for len(out) < 4 {
		out = append(out, '0')
	}
	return string(out)
}

func byteLength(v []byte, t typ, set *charset.Set) int {
	switch {
	case t.national:
		return 2 * utf16Len(string(v))
	case t.kind.text() || t.kind == kLong:
		return set.Len(v)
	}
	return len(v)
}

func byteLengthOf(c *compiler, n ast.Node, a []expr) (expr, error) {
	return lengthOf(func(v []byte, t typ) int { return byteLength(v, t, c.set()) })(c, n, a)
}

func lengthOf(f func([]byte, typ) int) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		x, f := a[0], f // f is that of all calls
		var err error
		if k := x.typ.kind; k != kRaw && k != kBlob {
			if x, err = c.text(n, x); err != nil {
				return expr{}, err
			}
		} else {
			f = func(v []byte, _ typ) int { return len(v) }
			if k == kRaw {
				f = func(v []byte, _ typ) int { return 2 * len(v) } // LENGTH converts RAW to hexadecimal text
			}
		}
		t := x.typ
		return computed(tNumber, func(e *env) ([]byte, error) {
			v, err := x.eval(e)
			if v == nil || err != nil {
				return nil, err
			}
			return count(f(v, t)), nil
		}), nil
	}
}

// part cuts from a position of Oracle (from 1; negative from the end) a number of units out of n.
func part(n, pos, length int, hasLength bool) (lo, hi int) {
	if pos == 0 {
		pos = 1
	}
	if pos < 0 {
		if pos = n + pos + 1; pos < 1 {
			return 0, 0
		}
	}
	lo = pos - 1
	if lo >= n {
		return 0, 0
	}
	hi = n
	if hasLength {
		if length < 1 {
			return 0, 0
		}
		hi = min(n, lo+length)
	}
	return lo, hi
}

type ints = func(*env) (int, bool, error)

// textAndInts compiles text followed by integers; missing ones are nil.
func (c *compiler) textAndInts(n ast.Node, a []expr, from int) (x expr, nums []ints, err error) {
	if x, err = c.text(n, a[0]); err != nil {
		return x, nil, err
	}
	for _, y := range a[from:] {
		f, err := c.integer(n, y)
		if err != nil {
			return x, nil, err
		}
		nums = append(nums, f)
	}
	return x, nums, nil
}

func substrWith(cut func(v []byte, pos, length int, has bool) []byte) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		x, nums, err := c.textAndInts(n, a, 1)
		if err != nil {
			return expr{}, err
		}
		t := x.typ
		if t.kind == kChar {
			t.kind = kVarchar
		}
		if t.kind == kVarchar && !t.charSem {
			t.size = min(4000, max(1, t.size))
		}
		return computed(t, func(e *env) ([]byte, error) {
			v, err := x.eval(e)
			if v == nil || err != nil {
				return nil, err
			}
			pos, ok, err := nums[0](e)
			if !ok || err != nil {
				return nil, err
			}
			length, has := 0, len(nums) > 1
			if has {
				if length, ok, err = nums[1](e); !ok || err != nil {
					return nil, err
				}
			}
			return notEmpty(cut(v, pos, length, has), t), nil
		}), nil
	}
}

var substr = substrWith(func(v []byte, pos, length int, has bool) []byte {
	if isASCII(v) {
		lo, hi := part(len(v), pos, length, has)
		return v[lo:hi]
	}
	rs := []rune(string(v))
	lo, hi := part(len(rs), pos, length, has)
	return []byte(string(rs[lo:hi]))
})

func isASCII(v []byte) bool {
	for _, c := range v {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func substrBytes(c *compiler, n ast.Node, a []expr) (expr, error) {
	if a[0].typ.national {
		return expr{}, c.unsupported(n, "SUBSTRB of national text")
	}
	set := c.set()
	return substrWith(func(v []byte, pos, length int, has bool) []byte {
		if !set.Identity() {
			v = set.Bytes(v)
			lo, hi := part(len(v), pos, length, has)
			return set.Hold(halfChars(set, v, lo, hi))
		}
		lo, hi := part(len(v), pos, length, has)
		b := bytes.Clone(v[lo:hi])
		// halves of characters become blanks
		for i := 0; i < len(b) && !utf8.RuneStart(b[i]); i++ {
			b[i] = ' '
		}
		for i := len(b) - 1; i >= 0 && i >= len(b)-4; i-- {
			if utf8.RuneStart(b[i]) {
				if !utf8.FullRune(b[i:]) {
					for ; i < len(b); i++ {
						b[i] = ' '
					}
				}
				break
			}
		}
		return b
	})(c, n, a)
}

// instr is INSTR(s, part, position, occurrence); a negative position searches backwards.
func instr(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.text(n, a[0])
	if err != nil {
		return expr{}, err
	}
	y, err := c.text(n, a[1])
	if err != nil {
		return expr{}, err
	}
	var nums []ints
	for _, z := range a[2:] {
		f, err := c.integer(n, z)
		if err != nil {
			return expr{}, err
		}
		nums = append(nums, f)
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		w, err := y.eval(e)
		if w == nil || err != nil {
			return nil, err
		}
		pos, nth := 1, 1
		for i, to := range []*int{&pos, &nth} {
			if i < len(nums) {
				k, ok, err := nums[i](e)
				if !ok || err != nil {
					return nil, err
				}
				*to = k
			}
		}
		if nth < 1 {
			return nil, ora.New(1428, nth)
		}
		return count(find([]rune(string(v)), []rune(string(w)), pos, nth)), nil
	}), nil
}

func find(s, p []rune, pos, nth int) int {
	if pos == 0 || len(p) == 0 {
		return 0
	}
	match := func(i int) bool {
		for k := range p {
			if s[i+k] != p[k] {
				return false
			}
		}
		return true
	}
	if pos > 0 {
		for i := pos - 1; i+len(p) <= len(s); i++ {
			if match(i) {
				if nth--; nth == 0 {
					return i + 1
				}
			}
		}
		return 0
	}
	for i := min(len(s)+pos, len(s)-len(p)); i >= 0; i-- {
		if match(i) {
			if nth--; nth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// width is how many columns of a terminal a character takes: what LPAD counts in.
func width(r rune) int {
	if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6) {
		return 2
	}
	return 1
}

func pad(left bool) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		x, nums, err := c.textAndInts(n, a[:2], 1)
		if err != nil {
			return expr{}, err
		}
		fill := fixed(typ{kind: kChar, size: 1}, []byte(" "))
		if len(a) > 2 {
			if fill, err = c.text(n, a[2]); err != nil {
				return expr{}, err
			}
		}
		t, most := x.typ, c.mostText()
		if t.kind != kClob {
			t = typ{kind: kVarchar, size: 4000, national: t.national, charSem: t.national}
			if a[1].constant {
				if k, ok, err := nums[0](c.still()); err == nil && ok && !t.national {
					t.size = min(4000, max(1, k*4))
				}
			}
		}
		return computed(t, func(e *env) ([]byte, error) {
			v, err := x.eval(e)
			if v == nil || err != nil {
				return nil, err
			}
			k, ok, err := nums[0](e)
			if !ok || err != nil {
				return nil, err
			}
			f, err := fill.eval(e)
			if f == nil || err != nil {
				return nil, err
			}
			if k < 1 {
				return nil, nil
			}
			rs, fs := []rune(string(v)), []rune(string(f))
			for _, r := range append(append([]rune{}, rs...), fs...) {
				if width(r) != 1 {
					return nil, ora.Unsupported("LPAD and RPAD of characters that are two columns wide")
				}
			}
			if len(rs) >= k {
				return []byte(string(rs[:k])), nil
			}
			more := make([]rune, 0, k)
			for i := 0; len(rs)+len(more) < k; i++ {
				more = append(more, fs[i%len(fs)])
				if len(more) > 32767 && t.kind != kClob {
					break
				}
			}
			out := string(more) + string(rs)
			if !left {
				out = string(rs) + string(more)
			}
			if t.kind != kClob && c.set().Len([]byte(out)) > most {
				out = string(cutText([]byte(out), typ{kind: kVarchar, size: most}, c.set()))
			}
			return []byte(out), nil
		}), nil
	}
}

func trimSide(left bool) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		x, err := c.text(n, a[0])
		if err != nil {
			return expr{}, err
		}
		chars := fixed(typ{kind: kChar, size: 1}, []byte(" "))
		if len(a) > 1 {
			if chars, err = c.text(n, a[1]); err != nil {
				return expr{}, err
			}
		}
		t := x.typ
		if t.kind == kChar {
			t.kind = kVarchar
		}
		return computed(t, func(e *env) ([]byte, error) {
			v, err := x.eval(e)
			if v == nil || err != nil {
				return nil, err
			}
			k, err := chars.eval(e)
			if k == nil || err != nil {
				return nil, err
			}
			cut := func(r rune) bool { return strings.ContainsRune(string(k), r) }
			if left {
				return notEmpty(bytes.TrimLeftFunc(v, cut), t), nil
			}
			return notEmpty(bytes.TrimRightFunc(v, cut), t), nil
		}), nil
	}
}

func (c *compiler) texts(n ast.Node, a []expr) ([]expr, error) {
	out := make([]expr, len(a))
	for i, x := range a {
		y, err := c.text(n, x)
		if err != nil {
			return nil, err
		}
		out[i] = y
	}
	return out, nil
}

func replace(c *compiler, n ast.Node, a []expr) (expr, error) {
	xs, err := c.texts(n, a)
	if err != nil {
		return expr{}, err
	}
	t, most := xs[0].typ, c.mostText()
	if t.kind != kClob {
		t = typ{kind: kVarchar, size: 4000, national: t.national, charSem: t.national}
	}
	return computed(t, func(e *env) ([]byte, error) {
		v, err := xs[0].eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		from, err := xs[1].eval(e)
		if err != nil {
			return nil, err
		}
		var to []byte
		if len(xs) > 2 {
			if to, err = xs[2].eval(e); err != nil {
				return nil, err
			}
		}
		if len(from) == 0 {
			return v, nil
		}
		out := bytes.ReplaceAll(v, from, to)
		if t.kind != kClob && c.set().Len(out) > most {
			return nil, ora.New(1489)
		}
		return notEmpty(out, t), nil
	}), nil
}

// translate is TRANSLATE(s, from, to): a character without a partner is removed.
func translate(c *compiler, n ast.Node, a []expr) (expr, error) {
	xs, err := c.texts(n, a)
	if err != nil {
		return expr{}, err
	}
	t := xs[0].typ
	if t.kind == kChar {
		t.kind = kVarchar
	}
	return computed(t, func(e *env) ([]byte, error) {
		var v [3][]byte
		for i := range v {
			var err error
			if v[i], err = xs[i].eval(e); v[i] == nil || err != nil {
				return nil, err
			}
		}
		to := []rune(string(v[2]))
		table := map[rune]rune{}
		for i, r := range []rune(string(v[1])) {
			if _, ok := table[r]; ok {
				continue
			}
			table[r] = -1
			if i < len(to) {
				table[r] = to[i]
			}
		}
		return notEmpty([]byte(strings.Map(func(r rune) rune {
			if x, ok := table[r]; ok {
				return x
			}
			return r
		}, string(v[0]))), t), nil
	}), nil
}
