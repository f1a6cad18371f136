package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// nestKind is a construct of PL/SQL that is open until its END.
type nestKind uint8

const (
	nestHead     nestKind = iota // routine heading: until IS, or ';' of a forward declaration
	nestDecl                     // declaration section: until BEGIN, or END of a package
	nestBlock                    // behind BEGIN
	nestHandlers                 // behind EXCEPTION of a block
	nestIf
	nestLoop
	nestCase
)

// nesting is one open construct; name is the token of a routine's name, 0 for others (a name is never token 0).
//
// The parser keeps a stack of these beside its recursion for two purposes. After an error the stack says
// which ENDs the bad statement still has to come to, so that the search for its end need not start over:
// the cost of recovery stays linear. And an END that does not fit tells from the stack which construct
// lacks its own.
type nesting struct {
	kind nestKind
	name uint32
}

// open and shut keep the stack; from moves the point behind which the stack has not counted yet.
func (p *parser) open(k nestKind, name uint32) {
	p.nest = append(p.nest, nesting{k, name})
	p.nestFrom = p.i
}

func (p *parser) shut(base int) {
	p.nest = p.nest[:base]
	p.nestFrom = p.i
}

// encloses reports whether a construct of this kind is open below level base of the stack.
// within the same routine.
func (p *parser) encloses(k nestKind, base int) bool {
	for i := base - 1; i >= 0; i-- {
		switch p.nest[i].kind {
		case k:
			return true
		case nestDecl, nestHead:
			return false
		}
	}
	return false
}

// resync moves behind the ';' that ends the statement or declaration that began at lo and failed, or before
// what belongs to the construct around it. base is the height of the stack when it began.
func (p *parser) resync(lo uint32, base int) {
	from := max(lo, p.nestFrom)
	if from < p.i {
		p.i = from
		p.load()
	}
	parens := 0
	outer := nestDecl
	if base > 0 {
		outer = p.nest[base-1].kind
	}
	afterDot := false
	for {
		switch p.tok.Kind {
		case token.EOF, token.TermSlash, token.Command:
			p.shut(base)
			return
		case token.LParen:
			parens++
		case token.RParen:
			parens--
		case token.Semi:
			parens = 0
			if n := len(p.nest); n > base && p.nest[n-1].kind == nestHead {
				p.nest = p.nest[:n-1]
			}
			if len(p.nest) == base {
				p.next()
				p.shut(base)
				return
			}
		case token.Ident:
			if p.i > lo && p.atUnitEnd() || !afterDot && p.tok.Kw != 0 && p.resyncWord(lo, base, parens, outer) {
				p.shut(base)
				return
			}
		}
		afterDot = p.tok.Kind == token.Dot
		p.next()
	}
}

// resyncWord counts one keyword; true when the bad text ends before it. It may move to the last token of
// what it has counted.
func (p *parser) resyncWord(lo uint32, base, parens int, outer nestKind) bool {
	if parens > 0 && p.tok.Flags&token.FlagNewline == 0 && p.tok.Kw != token.CASE && p.tok.Kw != token.END {
		return false // a word out of place in an expression opens nothing
	}
	n := len(p.nest)
	top := nestKind(255)
	if n > base {
		top = p.nest[n-1].kind
	}
	switch p.tok.Kw {
	case token.END:
		if n == base {
			return p.i > lo
		}
		p.resyncEnd(base)
	case token.BEGIN:
		switch {
		case top == nestDecl, top == nestHead:
			p.nest[n-1].kind = nestBlock
		case n == base && outer == nestDecl && p.i > lo:
			return true
		default:
			p.nest = append(p.nest, nesting{kind: nestBlock})
		}
	case token.DECLARE:
		p.nest = append(p.nest, nesting{kind: nestDecl})
	case token.IF:
		p.nest = append(p.nest, nesting{kind: nestIf})
	case token.LOOP:
		p.nest = append(p.nest, nesting{kind: nestLoop})
	case token.CASE:
		p.nest = append(p.nest, nesting{kind: nestCase})
	case token.IS, token.AS:
		if t := p.peek(1); top == nestHead && parens <= 0 && !t.Is(token.LANGUAGE) && !t.Is(token.EXTERNAL) && !t.Is(token.MLE) {
			p.nest[n-1].kind = nestDecl
		}
	case token.PROCEDURE, token.FUNCTION:
		if n == base && outer == nestDecl && p.i > lo && p.tok.Flags&token.FlagNewline != 0 {
			return true
		}
		if top == nestDecl || n == base && outer == nestDecl {
			p.nest = append(p.nest, nesting{kind: nestHead, name: p.i + 1})
		}
	case token.ELSE, token.ELSIF:
		return n == base && p.i > lo && (outer == nestIf || outer == nestCase)
	case token.EXCEPTION:
		t := p.peek(1)
		return n == base && p.i > lo && outer == nestBlock && t.Is(token.WHEN)
	}
	return false
}

// resyncEnd takes an END off the stack together with what it fails to close.
func (p *parser) resyncEnd(base int) {
	n := len(p.nest) - 1
	t := p.peek(1)
	want := nestKind(255)
	switch {
	case t.Is(token.IF):
		want = nestIf
	case t.Is(token.LOOP):
		want = nestLoop
	case t.Is(token.CASE):
		want = nestCase
	case t.Name():
		for i := n; i >= base; i-- {
			if name := p.nest[i].name; name != 0 && p.sameName(name, p.i+1) {
				n = i
				break
			}
		}
	}
	if want != 255 {
		p.next()
		for i := n; i >= base; i-- {
			if p.nest[i].kind == want {
				n = i
				break
			}
		}
	}
	p.nest = p.nest[:n]
}

// sameName compares two name tokens as END labels are compared. A substitution variable fits everything.
func (p *parser) sameName(a, b uint32) bool {
	if int(a) >= len(p.f.Tokens) || int(b) >= len(p.f.Tokens) {
		return false
	}
	ta, tb := p.f.Tokens[a], p.f.Tokens[b]
	if (ta.Flags|tb.Flags)&token.FlagSubst != 0 {
		return true
	}
	x, y := p.f.Src[ta.Off:ta.End()], p.f.Src[tb.Off:tb.End()]
	qx, qy := ta.Kind == token.QuotedIdent, tb.Kind == token.QuotedIdent
	if qx && len(x) >= 2 {
		x = x[1 : len(x)-1]
	}
	if qy && len(y) >= 2 {
		y = y[1 : len(y)-1]
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		a, b := x[i], y[i]
		if !qx && a-'a' < 26 {
			a -= 32
		}
		if !qy && b-'a' < 26 {
			b -= 32
		}
		if a != b {
			return false
		}
	}
	return true
}

// lastPart is the token of the last part of a name without link.
func lastPart(n *ast.Name) uint32 { return n.Hi - 1 }
