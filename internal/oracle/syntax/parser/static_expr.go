package parser

import (
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// ccValue is a value of a static expression. Oracle's inquiry directives that are not set are NULL; what
// only the database knows (constants of the user's packages) is unknown.
type ccValue struct {
	kind ccKind
	b    bool
	n    float64
	s    string
}

type ccKind uint8

const (
	ccNull ccKind = iota
	ccBool
	ccNumber
	ccString
	ccUnknown
)

// ccEval evaluates the static expression in tokens [i, hi).
type ccEval struct {
	p      *parser
	i, hi  uint32
	depth  int
	unsure string // what made it undecidable
	bad    bool
}

// evalCondition decides a condition. One that cannot be decided selects its branch, with a note.
func (p *parser) evalCondition(lo, hi uint32) bool {
	e := ccEval{p: p, i: lo, hi: hi}
	v := e.or()
	switch {
	case e.bad || e.i < e.hi || lo == hi:
		p.record(min(e.i, hi), "the condition of $IF cannot be read", nil, "use a static expression")
		return true
	case v.kind == ccUnknown:
		p.noteAt(int(p.f.Tokens[lo].Off), "conditional compilation depends on "+e.unsure+", which the text does not tell: this branch is read", "")
		return true
	case v.kind == ccBool:
		return v.b
	}
	return false
}

func (e *ccEval) tok() token.Token {
	if e.i < e.hi {
		return e.p.f.Tokens[e.i]
	}
	return token.Token{}
}

func (e *ccEval) got(k token.Keyword) bool {
	if !e.tok().Is(k) {
		return false
	}
	e.i++
	return true
}

func (e *ccEval) or() ccValue {
	v := e.and()
	for e.got(token.OR) {
		w := e.and()
		switch {
		case v.is(true) || w.is(true):
			v = ccValue{kind: ccBool, b: true}
		case v.kind == ccUnknown || w.kind == ccUnknown:
			v = ccValue{kind: ccUnknown}
		case v.kind == ccNull || w.kind == ccNull:
			v = ccValue{}
		default:
			v = ccValue{kind: ccBool}
		}
	}
	return v
}

func (e *ccEval) and() ccValue {
	v := e.not()
	for e.got(token.AND) {
		w := e.not()
		switch {
		case v.is(false) || w.is(false):
			v = ccValue{kind: ccBool}
		case v.kind == ccUnknown || w.kind == ccUnknown:
			v = ccValue{kind: ccUnknown}
		case v.kind == ccNull || w.kind == ccNull:
			v = ccValue{}
		default:
			v = ccValue{kind: ccBool, b: true}
		}
	}
	return v
}

func (v ccValue) is(b bool) bool { return v.kind == ccBool && v.b == b }

func (e *ccEval) not() ccValue {
	if e.got(token.NOT) {
		e.depth++
		if e.depth > MaxDepth {
			e.bad = true
			return ccValue{}
		}
		v := e.not()
		e.depth--
		if v.kind == ccBool {
			v.b = !v.b
		}
		return v
	}
	return e.compare()
}

func (e *ccEval) compare() ccValue {
	v := e.sum()
	if e.got(token.IS) {
		not := e.got(token.NOT)
		if !e.got(token.NULL) {
			e.bad = true
		}
		if v.kind == ccUnknown {
			return v
		}
		return ccValue{kind: ccBool, b: (v.kind == ccNull) != not}
	}
	op := e.tok().Kind
	switch op {
	case token.EQ, token.NE, token.LT, token.GT, token.LE, token.GE:
	default:
		return v
	}
	e.i++
	w := e.sum()
	switch {
	case v.kind == ccUnknown || w.kind == ccUnknown:
		return ccValue{kind: ccUnknown}
	case v.kind == ccNull || w.kind == ccNull:
		return ccValue{}
	}
	var cmp int
	switch {
	case v.kind == ccNumber && w.kind == ccNumber:
		cmp = compareFloat(v.n, w.n)
	case v.kind == ccBool && w.kind == ccBool:
		if v.b != w.b {
			cmp = 1
		}
	default:
		cmp = strings.Compare(v.text(), w.text())
	}
	b := false
	switch op {
	case token.EQ:
		b = cmp == 0
	case token.NE:
		b = cmp != 0
	case token.LT:
		b = cmp < 0
	case token.GT:
		b = cmp > 0
	case token.LE:
		b = cmp <= 0
	case token.GE:
		b = cmp >= 0
	}
	return ccValue{kind: ccBool, b: b}
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (v ccValue) text() string {
	if v.kind == ccNumber {
		return strconv.FormatFloat(v.n, 'f', -1, 64)
	}
	return v.s
}

func (e *ccEval) sum() ccValue {
	v := e.primary()
	for {
		op := e.tok().Kind
		if op != token.Plus && op != token.Minus && op != token.Concat {
			return v
		}
		e.i++
		w := e.primary()
		switch {
		case v.kind == ccUnknown || w.kind == ccUnknown:
			v = ccValue{kind: ccUnknown}
		case op == token.Concat:
			v = ccValue{kind: ccString, s: v.text() + w.text()}
		case v.kind == ccNumber && w.kind == ccNumber:
			if op == token.Minus {
				w.n = -w.n
			}
			v.n += w.n
		default:
			v = ccValue{}
		}
	}
}

func (e *ccEval) primary() ccValue {
	t := e.tok()
	switch t.Kind {
	case token.LParen:
		e.depth++
		if e.depth > MaxDepth {
			e.bad = true
			return ccValue{}
		}
		e.i++
		v := e.or()
		e.depth--
		if e.tok().Kind != token.RParen {
			e.bad = true
			return v
		}
		e.i++
		return v
	case token.Minus:
		e.i++
		if e.tok().Kind == token.Number {
			v := e.primary()
			v.n = -v.n
			return v
		}
	case token.Number:
		text := e.p.f.Text(e.i)
		e.i++
		n, err := strconv.ParseFloat(strings.TrimRight(text, "fFdD"), 64)
		if err != nil {
			return ccValue{kind: ccUnknown}
		}
		return ccValue{kind: ccNumber, n: n}
	case token.String:
		s := e.p.f.Text(e.i)
		e.i++
		return ccValue{kind: ccString, s: strings.ReplaceAll(strings.Trim(s, "'"), "''", "'")}
	case token.Inquiry:
		name := strings.ToUpper(e.p.f.Text(e.i)[2:])
		e.i++
		return e.inquiry(name)
	case token.Ident, token.QuotedIdent:
		return e.constant()
	}
	e.bad = true
	return ccValue{}
}

// inquiry is the value of $$name.
func (e *ccEval) inquiry(name string) ccValue {
	if v, ok := e.p.cond.flags[name]; ok {
		return literal(v)
	}
	switch name {
	case "PLSQL_OPTIMIZE_LEVEL":
		return ccValue{kind: ccNumber, n: 2}
	case "PLSQL_DEBUG":
		return ccValue{kind: ccBool}
	case "PLSQL_CODE_TYPE":
		return ccValue{kind: ccString, s: "INTERPRETED"}
	case "NLS_LENGTH_SEMANTICS":
		return ccValue{kind: ccString, s: "BYTE"}
	case "PLSQL_LINE", "PLSQL_UNIT", "PLSQL_UNIT_OWNER", "PLSQL_UNIT_TYPE", "PLSQL_WARNINGS", "PLSQL_CCFLAGS", "PLSCOPE_SETTINGS":
		e.unsure = "$$" + name
		return ccValue{kind: ccUnknown}
	}
	return ccValue{}
}

func literal(v string) ccValue {
	switch strings.ToUpper(v) {
	case "TRUE":
		return ccValue{kind: ccBool, b: true}
	case "FALSE":
		return ccValue{kind: ccBool}
	case "NULL", "":
		return ccValue{}
	}
	if n, err := strconv.ParseFloat(v, 64); err == nil {
		return ccValue{kind: ccNumber, n: n}
	}
	return ccValue{kind: ccString, s: strings.Trim(v, "'")}
}

// constant is TRUE, FALSE, NULL, a constant of DBMS_DB_VERSION, or one of a package that is not known here.
func (e *ccEval) constant() ccValue {
	n := &ast.Name{Span: ast.Span{Lo: e.i, Hi: e.i + 1}}
	e.i++
	for e.tok().Kind == token.Dot && e.i+1 < e.hi && e.p.f.Tokens[e.i+1].Name() {
		e.i += 2
		n.Hi = e.i
	}
	var parts []string
	for i := n.Lo; i < n.Hi; i += 2 {
		parts = append(parts, e.p.f.Ident(i))
	}
	if len(parts) == 3 && parts[0] == "SYS" {
		parts = parts[1:]
	}
	switch {
	case len(parts) == 1 && parts[0] == "TRUE":
		return ccValue{kind: ccBool, b: true}
	case len(parts) == 1 && parts[0] == "FALSE":
		return ccValue{kind: ccBool}
	case len(parts) == 1 && parts[0] == "NULL":
		return ccValue{}
	case len(parts) == 2 && parts[0] == "DBMS_DB_VERSION":
		if v, ok := e.p.cond.dbVersion(parts[1]); ok {
			return v
		}
	}
	e.unsure = strings.Join(parts, ".")
	return ccValue{kind: ccUnknown}
}

func (c *conditional) dbVersion(name string) (ccValue, bool) {
	switch name {
	case "VERSION":
		return ccValue{kind: ccNumber, n: float64(c.version)}, true
	case "RELEASE":
		return ccValue{kind: ccNumber, n: float64(c.release)}, true
	}
	rest, ok := strings.CutPrefix(name, "VER_LE_")
	if !ok {
		return ccValue{}, false
	}
	vs, rs, both := strings.Cut(rest, "_")
	v, err := strconv.Atoi(vs)
	if err != nil {
		return ccValue{}, false
	}
	le := c.version <= v
	if both {
		r, err := strconv.Atoi(rs)
		if err != nil {
			return ccValue{}, false
		}
		le = c.version < v || c.version == v && c.release <= r
	}
	return ccValue{kind: ccBool, b: le}, true
}
