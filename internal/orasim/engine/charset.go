package engine

import (
	"bytes"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/charset"
)

// The character set of the database. Inside of the engine text is UTF-8 in which every character of the set is one (see
// charset.Set.Hold), so that functions count as in the set; what counts, orders or shows bytes asks the set.

// setOf finds the set of a database; one that is not known is served as AL32UTF8 by nobody, so it is a fault of ours.
func setOf(id int) *charset.Set {
	s, ok := charset.Of(id)
	if !ok || id == charset.AL16UTF16 {
		panic("no character set of a database: " + charset.NameOf(id))
	}
	return s
}

func (c *compiler) set() *charset.Set { return c.s.db.set }

// inForm converts text between the database's set and the national one, silently replacing what the first does not have.
func (c *compiler) inForm(x expr, national bool) expr {
	set := c.set()
	if set.Identity() || x.typ.national == national || !x.typ.kind.text() && x.typ.kind != kClob {
		return x
	}
	turn := set.Admit
	if national {
		turn = set.Plain
	}
	y := x
	y.typ.national = national
	y.eval = func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		return turn(v), nil
	}
	return y
}

// seamText is text as the seam has it.
func (s *Session) seamText(v []byte, national bool) []byte {
	if national {
		return toUTF16(s.db.set.Plain(v))
	}
	return s.db.set.Bytes(v)
}

// heldText is text that came through the seam. National text may have no character that stands for something else here.
func (s *Session) heldText(v []byte, national bool) ([]byte, error) {
	if !national {
		return s.db.set.Hold(v), nil
	}
	v = fromUTF16(v)
	return v, s.plainNational(v)
}

func (s *Session) plainNational(v []byte) error {
	if !s.db.set.Identity() && charset.Held(v) {
		return ora.Unsupported("private characters from U+10F000 on in national text of a database that is not AL32UTF8")
	}
	return nil
}

// comparePaddedIn ignores blanks at the end, in the order of a set's bytes.
func comparePaddedIn(set *charset.Set) order {
	if set.Identity() {
		return comparePadded
	}
	return func(a, b []byte) int { return comparePadded(set.Bytes(a), set.Bytes(b)) }
}

// halfChars makes blanks of what is cut off at both ends of bytes of the set, which are part of a text.
func halfChars(set *charset.Set, whole []byte, lo, hi int) []byte {
	out := bytes.Clone(whole[lo:hi])
	at := 0
	for _, r := range string(set.Hold(whole)) {
		n := len(set.Bytes([]byte(string(r))))
		if at < lo && at+n > lo || at < hi && at+n > hi {
			for i := max(at, lo); i < min(at+n, hi); i++ {
				out[i-lo] = ' '
			}
		}
		at += n
	}
	return out
}

// dumpHead is what DUMP says of the character set with a format above 1000.
func (c *compiler) dumpHead(n ast.Node, t typ) (string, error) {
	switch {
	case t.national:
		return " CharacterSet=AL16UTF16", nil
	case t.kind.text():
		return " CharacterSet=" + c.set().Name, nil
	}
	return "", nil
}
