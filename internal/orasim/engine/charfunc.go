package engine

import (
	"strings"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// chr is CHR(n): the bytes of the number, in the database's character set.
func chr(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.integer(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kVarchar, size: 4}, func(e *env) ([]byte, error) {
		k, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		if k < 0 || k > 0xffffffff {
			return nil, ora.New(1426)
		}
		var b []byte
		for shift := 24; shift >= 0; shift -= 8 {
			if d := byte(k >> shift); d != 0 || len(b) > 0 || shift == 0 {
				b = append(b, d)
			}
		}
		if set := c.set(); !set.Identity() {
			return set.Hold(b), nil
		}
		if !utf8.Valid(b) {
			return nil, ora.Unsupported("CHR of bytes that are no character")
		}
		return b, nil
	}), nil
}

func nchr(c *compiler, n ast.Node, a []expr) (expr, error) {
	f, err := c.integer(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kVarchar, size: 1, national: true, charSem: true}, func(e *env) ([]byte, error) {
		k, ok, err := f(e)
		if !ok || err != nil {
			return nil, err
		}
		if k < 0 || k > 0xffff || k >= 0xd800 && k < 0xe000 {
			return nil, ora.Unsupported("NCHR beyond the basic plane")
		}
		return []byte(string(rune(k))), nil
	}), nil
}

func ascii(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.text(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		if x.typ.national && v[0] >= utf8.RuneSelf {
			return nil, ora.Unsupported("ASCII of national text")
		}
		_, size := utf8.DecodeRune(v)
		k := 0
		for _, d := range c.set().Bytes(v[:size]) {
			k = k<<8 | int(d)
		}
		return count(k), nil
	}), nil
}

func unistrFunc(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.text(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kVarchar, size: max(1, x.typ.size), national: true, charSem: true}, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		s, err := unistr(string(v))
		if err == nil {
			err = c.s.plainNational([]byte(s))
		}
		return str(s), err
	}), nil
}

func asciistr(c *compiler, n ast.Node, a []expr) (expr, error) {
	const digits = "0123456789ABCDEF"
	set := c.set()
	return textMap(func(s string) string {
		var b strings.Builder
		for _, r := range string(set.Plain([]byte(s))) {
			if r < utf8.RuneSelf && r != '\\' {
				b.WriteRune(r)
				continue
			}
			for _, u := range utf16Units(r) {
				b.WriteByte('\\')
				for shift := 12; shift >= 0; shift -= 4 {
					b.WriteByte(digits[u>>shift&15])
				}
			}
		}
		return b.String()
	})(c, n, a)
}
