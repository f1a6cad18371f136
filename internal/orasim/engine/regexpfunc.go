package engine

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

func init() {
	register(map[string]builtin{
		"REGEXP_SUBSTR":  {2, 6, false, regexpSubstr},
		"REGEXP_INSTR":   {2, 7, false, regexpInstr},
		"REGEXP_REPLACE": {2, 6, false, regexpReplace},
		"REGEXP_COUNT":   {2, 4, false, regexpCount},
	})
}

// pattern is a regular expression in two readings: the first alternative that matches, and the longest match. Where the
// two differ it is not known which one Oracle takes, and the answer is ORA-03001.
type pattern struct {
	first, longest *regexp.Regexp
	same           bool
}

var patterns sync.Map

func patternOf(p, flags string) (*pattern, error) {
	key := flags + "\x00" + p
	if r, ok := patterns.Load(key); ok {
		switch r := r.(type) {
		case *pattern:
			return r, nil
		case error:
			return nil, r
		}
	}
	r, err := compilePattern(p, flags)
	if err != nil {
		patterns.Store(key, err)
		return nil, err
	}
	patterns.Store(key, r)
	return r, nil
}

func compilePattern(p, flags string) (*pattern, error) {
	if len(p) > 512 {
		return nil, ora.New(12733)
	}
	prefix := "(?"
	insensitive, dot, multi, extended := false, false, false, false
	for _, f := range flags {
		switch f {
		case 'i':
			insensitive = true
		case 'c':
			insensitive = false
		case 'n':
			dot = true
		case 'm':
			multi = true
		case 'x':
			extended = true
		default:
			return nil, ora.New(1760)
		}
	}
	if insensitive {
		prefix += "i"
	}
	if dot {
		prefix += "s"
	}
	if multi {
		prefix += "m"
	}
	if prefix == "(?" {
		prefix = ""
	} else {
		prefix += ")"
	}
	if extended {
		p = strings.Join(strings.Fields(p), "")
	}
	q, err := translatePattern(p)
	if err != nil {
		return nil, err
	}
	first, err := regexp.Compile(prefix + q)
	if err != nil {
		return nil, regexpError(err, p)
	}
	longest, err := regexp.Compile(prefix + q)
	if err != nil {
		return nil, regexpError(err, p)
	}
	longest.Longest()
	return &pattern{first: first, longest: longest, same: !strings.ContainsAny(q, "|?*+{")}, nil
}

func regexpError(err error, p string) error {
	if e, ok := err.(*syntax.Error); ok {
		switch e.Code {
		case syntax.ErrMissingParen, syntax.ErrUnexpectedParen:
			return ora.New(12725)
		case syntax.ErrMissingBracket:
			return ora.New(12726)
		case syntax.ErrInvalidCharRange:
			return ora.New(12728)
		case syntax.ErrInvalidRepeatSize:
			return ora.Unsupported("regular expression " + p)
		}
	}
	return ora.Unsupported("regular expression " + p)
}

// translatePattern turns Oracle's syntax into that of the library: inside of brackets a backslash is a character like
// any other, and \d, \w, \s and the classes are ASCII here and there. Back references are not known.
func translatePattern(p string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(p); {
		switch c := p[i]; {
		case c == '\\':
			if i+1 == len(p) {
				return "", ora.Unsupported("regular expression " + p)
			}
			d := p[i+1]
			switch {
			case d >= '1' && d <= '9':
				return "", ora.Unsupported("back reference in regular expression " + p)
			case strings.IndexByte("dDwWsSAzZ", d) >= 0:
				if d == 'Z' {
					return "", ora.Unsupported("regular expression " + p)
				}
				b.WriteString(p[i : i+2])
			case d >= utf8.RuneSelf:
				b.WriteByte(d)
			case 'a' <= d|0x20 && d|0x20 <= 'z' || '0' <= d && d <= '9':
				return "", ora.Unsupported("regular expression " + p)
			default:
				b.WriteByte('\\')
				b.WriteByte(d)
			}
			i += 2
		case c == '[':
			n, err := bracket(&b, p[i:])
			if err != nil {
				return "", err
			}
			i += n
		case c == '(' && strings.HasPrefix(p[i:], "(?"):
			return "", ora.Unsupported("regular expression " + p)
		case (c == '*' || c == '+' || c == '?') && i > 0 && p[i-1] == '+' && c == '+':
			return "", ora.Unsupported("regular expression " + p)
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String(), nil
}

// bracket translates a bracket expression and gives its length.
func bracket(b *strings.Builder, p string) (int, error) {
	i := 1
	b.WriteByte('[')
	if i < len(p) && p[i] == '^' {
		b.WriteByte('^')
		i++
	}
	first := true
	for i < len(p) {
		switch {
		case p[i] == ']' && !first:
			b.WriteByte(']')
			return i + 1, nil
		case strings.HasPrefix(p[i:], "[:"):
			n := strings.Index(p[i:], ":]")
			if n < 0 {
				return 0, ora.New(12726)
			}
			class := p[i : i+n+2]
			switch class {
			case "[:alpha:]", "[:digit:]", "[:alnum:]", "[:upper:]", "[:lower:]", "[:space:]", "[:punct:]", "[:xdigit:]", "[:cntrl:]", "[:print:]", "[:graph:]":
			case "[:blank:]":
			default:
				return 0, ora.New(12729)
			}
			switch class {
			case "[:alpha:]":
				b.WriteString(`\p{L}`)
			case "[:alnum:]":
				b.WriteString(`\p{L}0-9`)
			case "[:upper:]":
				b.WriteString(`\p{Lu}`)
			case "[:lower:]":
				b.WriteString(`\p{Ll}`)
			default:
				b.WriteString(class)
			}
			i += n + 2
		case strings.HasPrefix(p[i:], "[.") || strings.HasPrefix(p[i:], "[="):
			return 0, ora.Unsupported("regular expression " + p)
		case strings.IndexByte(`\[]`, p[i]) >= 0:
			b.WriteByte('\\')
			b.WriteByte(p[i])
			i++
		default:
			b.WriteByte(p[i])
			i++
		}
		first = false
	}
	return 0, ora.New(12726)
}

// matches are all matches from a character position on.
func (p *pattern) matches(s string, pos int) ([][]int, error) {
	from := byteAt(s, pos-1)
	if from < 0 {
		return nil, nil
	}
	// Oracle's ^ matches at the position where the search begins only if that is the beginning
	a := p.first.FindAllStringSubmatchIndex(s[from:], -1)
	if from > 0 && strings.Contains(p.first.String(), "^") {
		return nil, ora.Unsupported("regular expression with ^ from a position on")
	}
	if !p.same {
		b := p.longest.FindAllStringSubmatchIndex(s[from:], -1)
		if len(a) != len(b) {
			return nil, ora.Unsupported("regular expression whose first and longest match differ: " + p.first.String())
		}
		for i := range a {
			for k := range a[i] {
				if a[i][k] != b[i][k] {
					return nil, ora.Unsupported("regular expression whose first and longest match differ: " + p.first.String())
				}
			}
		}
	}
	for i := range a {
		for k := range a[i] {
			if a[i][k] >= 0 {
				a[i][k] += from
			}
		}
	}
	return a, nil
}

// byteAt is where a character begins, -1 behind the end.
func byteAt(s string, chars int) int {
	for i := range s {
		if chars == 0 {
			return i
		}
		chars--
	}
	if chars == 0 {
		return len(s)
	}
	return -1
}

// regexpArgs evaluates source, pattern, and what else there is.
type regexpArgs struct {
	src, pat expr
	rest     []expr
}

func (c *compiler) regexpArgs(n ast.Node, a []expr) (*regexpArgs, error) {
	src, err := c.text(n, a[0])
	if err != nil {
		return nil, err
	}
	pat, err := c.text(n, a[1])
	return &regexpArgs{src, pat, a[2:]}, err
}

func (r *regexpArgs) eval(e *env, flags expr) (s string, p *pattern, ok bool, err error) {
	v, err := r.src.eval(e)
	if v == nil || err != nil {
		return "", nil, false, err
	}
	q, err := r.pat.eval(e)
	if q == nil || err != nil {
		return "", nil, false, err
	}
	f := []byte(nil)
	if flags.eval != nil {
		if f, err = flags.eval(e); err != nil {
			return "", nil, false, err
		}
	}
	p, err = patternOf(string(q), string(f))
	return string(v), p, err == nil, err
}

func (c *compiler) regexpLike(n *ast.Call) (cond, error) {
	var a []expr
	for _, x := range n.Args {
		y, err := c.expr(x.X)
		if err != nil {
			return nil, err
		}
		a = append(a, y)
	}
	if len(a) < 2 || len(a) > 3 {
		return nil, c.fail(n, 909)
	}
	r, err := c.regexpArgs(n, a)
	if err != nil {
		return nil, err
	}
	var flags expr
	if len(a) > 2 {
		if flags, err = c.text(n, a[2]); err != nil {
			return nil, err
		}
	}
	return func(e *env) (tri, error) {
		s, p, ok, err := r.eval(e, flags)
		if !ok || err != nil {
			return unknown, err
		}
		return truth(p.first.MatchString(s)), nil
	}, nil
}

// regexpInts compiles integer arguments with what they are when missing.
func (c *compiler) regexpInts(n ast.Node, a []expr, def ...int) ([]ints, error) {
	out := make([]ints, len(def))
	for i, d := range def {
		out[i] = func(*env) (int, bool, error) { return d, true, nil }
		if i < len(a) && a[i].eval != nil {
			f, err := c.integer(n, a[i])
			if err != nil {
				return nil, err
			}
			out[i] = f
		}
	}
	return out, nil
}

func evalInts(e *env, fs []ints) ([]int, bool, error) {
	out := make([]int, len(fs))
	for i, f := range fs {
		k, ok, err := f(e)
		if !ok || err != nil {
			return nil, false, err
		}
		out[i] = k
	}
	return out, true, nil
}

func pick(a []expr, i int) expr {
	if i < len(a) {
		return a[i]
	}
	return expr{}
}

func regexpSubstr(c *compiler, n ast.Node, a []expr) (expr, error) {
	r, err := c.regexpArgs(n, a)
	if err != nil {
		return expr{}, err
	}
	nums, err := c.regexpInts(n, []expr{pick(a, 2), pick(a, 3), pick(a, 5)}, 1, 1, 0)
	if err != nil {
		return expr{}, err
	}
	t := r.src.typ
	if t.kind == kChar {
		t.kind = kVarchar
	}
	return computed(t, func(e *env) ([]byte, error) {
		s, p, ok, err := r.eval(e, pick(a, 4))
		if !ok || err != nil {
			return nil, err
		}
		k, ok, err := evalInts(e, nums)
		if !ok || err != nil {
			return nil, err
		}
		m, err := p.nth(s, k[0], k[1])
		if m == nil || err != nil {
			return nil, err
		}
		g := k[2]
		if g < 0 {
			return nil, ora.New(1428, g)
		}
		if 2*g+1 >= len(m) || m[2*g] < 0 {
			return nil, nil
		}
		return str(s[m[2*g]:m[2*g+1]]), nil
	}), nil
}

func (p *pattern) nth(s string, pos, nth int) ([]int, error) {
	if pos < 1 {
		return nil, ora.New(1428, pos)
	}
	if nth < 1 {
		return nil, ora.New(1428, nth)
	}
	all, err := p.matches(s, pos)
	if err != nil || nth > len(all) {
		return nil, err
	}
	return all[nth-1], nil
}

func regexpInstr(c *compiler, n ast.Node, a []expr) (expr, error) {
	r, err := c.regexpArgs(n, a)
	if err != nil {
		return expr{}, err
	}
	nums, err := c.regexpInts(n, []expr{pick(a, 2), pick(a, 3), pick(a, 4), pick(a, 6)}, 1, 1, 0, 0)
	if err != nil {
		return expr{}, err
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		s, p, ok, err := r.eval(e, pick(a, 5))
		if !ok || err != nil {
			return nil, err
		}
		k, ok, err := evalInts(e, nums)
		if !ok || err != nil {
			return nil, err
		}
		m, err := p.nth(s, k[0], k[1])
		if err != nil {
			return nil, err
		}
		g := k[3]
		for _, v := range k[2:4] { // the return option and the subexpression
			if v < 0 {
				return nil, ora.New(1428, v)
			}
		}
		if m == nil || 2*g+1 >= len(m) || m[2*g] < 0 {
			return count(0), nil
		}
		at := m[2*g]
		if k[2] != 0 {
			at = m[2*g+1]
		}
		return count(utf8.RuneCountInString(s[:at]) + 1), nil
	}), nil
}

func regexpCount(c *compiler, n ast.Node, a []expr) (expr, error) {
	r, err := c.regexpArgs(n, a)
	if err != nil {
		return expr{}, err
	}
	nums, err := c.regexpInts(n, []expr{pick(a, 2)}, 1)
	if err != nil {
		return expr{}, err
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		s, p, ok, err := r.eval(e, pick(a, 3))
		if !ok || err != nil {
			return nil, err
		}
		k, ok, err := evalInts(e, nums)
		if !ok || err != nil {
			return nil, err
		}
		if k[0] < 1 {
			return nil, ora.New(1428, k[0])
		}
		all, err := p.matches(s, k[0])
		return count(len(all)), err
	}), nil
}

func regexpReplace(c *compiler, n ast.Node, a []expr) (expr, error) {
	r, err := c.regexpArgs(n, a)
	if err != nil {
		return expr{}, err
	}
	var with expr
	if len(a) > 2 {
		if with, err = c.text(n, a[2]); err != nil {
			return expr{}, err
		}
	}
	nums, err := c.regexpInts(n, []expr{pick(a, 3), pick(a, 4)}, 1, 0)
	if err != nil {
		return expr{}, err
	}
	t, most := r.src.typ, c.mostText()
	if t.kind != kClob {
		t = typ{kind: kVarchar, size: 4000, national: t.national, charSem: t.national}
	}
	return computed(t, func(e *env) ([]byte, error) {
		k, ok, err := evalInts(e, nums)
		if !ok || err != nil {
			return nil, err
		}
		if k[0] < 1 {
			return nil, ora.New(1428, k[0])
		}
		if k[1] < 0 {
			return nil, ora.New(1428, k[1])
		}
		s, p, ok, err := r.eval(e, pick(a, 5))
		if err != nil {
			return nil, err
		}
		if !ok {
			v, err := r.src.eval(e) // a NULL pattern changes nothing
			return v, err
		}
		var w []byte
		if with.eval != nil {
			if w, err = with.eval(e); err != nil {
				return nil, err
			}
		}
		all, err := p.matches(s, k[0])
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		last := 0
		for i, m := range all {
			if k[1] > 0 && i != k[1]-1 {
				continue
			}
			b.WriteString(s[last:m[0]])
			expand(&b, string(w), s, m)
			last = m[1]
		}
		b.WriteString(s[last:])
		if t.kind != kClob && c.set().Len([]byte(b.String())) > most {
			return nil, ora.New(1489)
		}
		return notEmpty([]byte(b.String()), t), nil
	}), nil
}

// expand writes a replacement: \1 to \9 are groups, \\ a backslash.
func expand(b *strings.Builder, w, s string, m []int) {
	for i := 0; i < len(w); i++ {
		if w[i] == '\\' && i+1 < len(w) {
			if d := w[i+1]; d >= '1' && d <= '9' {
				if g := int(d - '0'); 2*g+1 < len(m) && m[2*g] >= 0 {
					b.WriteString(s[m[2*g]:m[2*g+1]])
				}
				i++
				continue
			} else if d == '\\' {
				b.WriteByte('\\')
				i++
				continue
			}
		}
		b.WriteByte(w[i])
	}
}
