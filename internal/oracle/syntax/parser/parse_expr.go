package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Binding strength, weakest first (SQL Language Reference, "SQL Operators" and "About SQL Conditions";
// PL/SQL Language Reference, "Operator Precedence").
const (
	precOr = iota + 1
	precAnd
	precNot
	precCompare
	precMultiset
	precAdd
	precMul
	precPower
)

var kindPrec = [...]uint8{
	token.Plus: precAdd, token.Minus: precAdd, token.Concat: precAdd, token.Bar: precAdd,
	token.Star: precMul, token.Slash: precMul,
	token.Power: precPower,
	token.EQ:    precCompare, token.NE: precCompare, token.LT: precCompare, token.GT: precCompare,
	token.LE: precCompare, token.GE: precCompare, token.Caret: precCompare,
	token.Illegal: 0, // the last kind; gives the table its length
}

// parseExpr reads any expression or condition.
func (p *parser) parseExpr() ast.Expr { return p.parsePrec(precOr) }

// parseOperand reads an expression that holds no condition: the bounds of BETWEEN, an ESCAPE character.
func (p *parser) parseOperand() ast.Expr { return p.parsePrec(precMultiset) }

// parseExprList reads a, b, c.
func (p *parser) parseExprList() []ast.Expr {
	return p.parseExprs(p.parseExpr())
}

// parsePrec is precedence climbing: it reads an operand and every operator that binds at least as strongly as
// limit. Chains of equal operators are read in the loop, so their length costs no stack.
func (p *parser) parsePrec(limit int) ast.Expr {
	p.enter()
	lo := p.mark()
	var x ast.Expr
	top := precPower // strongest operator that may still follow: comparisons do not chain
	if p.tok.Kw == token.NOT && p.tok.Kind == token.Ident {
		if limit > precNot {
			p.expected("an expression")
		}
		op := p.tok
		p.next()
		x = &ast.Unary{Op: op, X: p.parsePrec(precNot)}
		x.(*ast.Unary).Span = p.since(lo)
		top = precAnd
	} else {
		x = p.parseUnary()
	}
	x = p.climb(lo, x, limit, top)
	p.leave()
	return x
}

// climb reads the operators behind x, an operand that began at lo.
func (p *parser) climb(lo uint32, x ast.Expr, limit, top int) ast.Expr {
	for chain := 0; ; chain++ {
		if chain > MaxChain {
			p.fail("too many operators in one expression", "")
		}
		prec := int(kindPrec[p.tok.Kind])
		if prec == 0 {
			if p.tok.Kind != token.Ident || words[p.tok.Kw]&wordInfix == 0 {
				return x
			}
			switch p.tok.Kw {
			case token.AND:
				prec = precAnd
			case token.OR:
				prec = precOr
			default:
				y, np := p.parseWordOperator(lo, x, limit, top)
				if np == 0 {
					return x
				}
				x = y
				top = np
				continue
			}
		}
		if prec == precCompare && p.vectorDistance() {
			if limit > precMultiset || top < precMultiset {
				return x
			}
			x = p.parseVectorDistance(lo, x)
			top = precMultiset
			continue
		}
		if prec < limit || prec > top {
			return x
		}
		op, width := p.operator(prec)
		if op.Kind == token.Bar {
			return x // a row pattern or a choice of a qualified expression
		}
		if op.Kind == token.Minus && p.continuesLine() {
			p.next()
			continue
		}
		for range width {
			p.next()
		}
		if prec == precCompare {
			if q := p.quantifier(); q != 0 {
				set := p.parseQuantifiedSet()
				x = &ast.Quantified{Span: p.since(lo), X: x, Op: op, Quant: q, Set: set}
				top = precCompare - 1
				continue
			}
		}
		next := prec + 1
		if prec == precPower {
			next = precPower // a sign may stand before an exponent; parseUnary takes it
		}
		y := p.parsePrec(next)
		b := p.newBinary()
		b.Op, b.X, b.Y = op, x, y
		b.Span = p.since(lo)
		x = b
		top = prec
		if prec == precCompare {
			top = precCompare - 1
		}
	}
}

// vectorDistance reports whether one of the distance operators of 23ai comes next, <-> or <=>. The lexer knows
// them as several tokens, because a<-b is a comparison with a sign; > without a space behind it makes the operator.
func (p *parser) vectorDistance() bool {
	a, b := p.tok, p.peek(1)
	switch {
	case a.Kind == token.LT && b.Kind == token.Minus:
		c := p.peek(2)
		return c.Kind == token.GT && a.End() == b.Off && b.End() == c.Off
	case a.Kind == token.LE && b.Kind == token.GT:
		return a.End() == b.Off
	}
	return false
}

func (p *parser) parseVectorDistance(lo uint32, x ast.Expr) ast.Expr {
	op := p.tok
	for !p.at(token.GT) {
		p.next()
	}
	op.Len = p.tok.End() - op.Off
	p.next()
	y := p.parsePrec(precMultiset + 1)
	return &ast.Binary{Span: p.since(lo), Op: op, X: x, Y: y}
}

// continuesLine reports whether the minus here is SQL*Plus' mark of a continued line: the last character of its
// line, with nothing behind it that could be an operand.
func (p *parser) continuesLine() bool {
	n := p.peek(1)
	if n.Flags&token.FlagNewline == 0 {
		return false
	}
	switch n.Kind {
	case token.Comma, token.RParen, token.Semi, token.Concat, token.EQ:
		return true
	}
	return n.Is(token.FROM) || n.Is(token.WHERE) || n.Is(token.AND) || n.Is(token.OR) || n.Is(token.AS) || n.Is(token.ORDER) || n.Is(token.GROUP)
}

// operator is the operator at the current token and how many tokens it takes: Oracle lets the two
// characters of < >, > =, ^ = and | | stand apart.
func (p *parser) operator(prec int) (token.Token, int) {
	op := p.tok
	var second token.Kind
	var kind token.Kind
	switch op.Kind {
	case token.LT:
		if n := p.peek(1).Kind; n == token.GT {
			second, kind = n, token.NE
		} else if n == token.EQ {
			second, kind = n, token.LE
		}
	case token.GT:
		second, kind = token.EQ, token.GE
	case token.Caret:
		second, kind = token.EQ, token.NE
	case token.Bar:
		second, kind = token.Bar, token.Concat
	default:
		return op, 1
	}
	if n := p.peek(1); kind != 0 && n.Kind == second {
		op.Kind, op.Len = kind, n.End()-op.Off
		return op, 2
	}
	if op.Kind == token.Caret && prec == precCompare {
		p.expected("an operator")
	}
	return op, 1
}

// quantifier takes ANY, SOME or ALL before a parenthesis.
func (p *parser) quantifier() token.Keyword {
	if p.tok.Kind != token.Ident {
		return 0
	}
	switch k := p.tok.Kw; k {
	case token.ANY, token.SOME, token.ALL:
		if p.peek(1).Kind == token.LParen {
			p.next()
			return k
		}
	}
	return 0
}

func (p *parser) parseQuantifiedSet() ast.Expr {
	if !p.at(token.LParen) {
		p.expected(kindText(token.LParen))
	}
	return p.parseParen(true)
}

// parseWordOperator reads an operator that is spelled as a word, with its right side. It returns 0 when the
// word is no operator here; otherwise the strongest operator that may follow.
func (p *parser) parseWordOperator(lo uint32, x ast.Expr, limit, top int) (ast.Expr, int) {
	const after = precCompare - 1
	not, at := false, 0
	k := p.tok.Kw
	if k == token.NOT {
		not, at = true, 1
		t := p.peek(1)
		if t.Kind != token.Ident {
			return x, 0
		}
		k = t.Kw
	}
	switch k {
	case token.MOD, token.REM:
		if not || p.plsql == 0 || limit > precMul || top < precMul || !startsOperand(p.peek(1)) {
			return x, 0
		}
		op := p.tok
		p.next()
		y := p.parsePrec(precMul + 1)
		return &ast.Binary{Span: p.since(lo), Op: op, X: x, Y: y}, precMul
	case token.MULTISET:
		if not || limit > precMultiset || top < precMultiset {
			return x, 0
		}
		switch p.peek(1).Kw {
		case token.UNION, token.INTERSECT, token.EXCEPT:
		default:
			return x, 0
		}
		p.next()
		m := &ast.Multiset{X: x, Op: p.tok.Kw}
		p.next()
		m.Dist = p.gotAny(token.ALL, token.DISTINCT)
		m.Y = p.parsePrec(precMultiset + 1)
		m.Span = p.since(lo)
		return m, precMultiset
	case token.COLLATE, token.AT, token.DAY, token.YEAR:
		return x, 0 // read with the operand, see parsePostfix
	}
	if limit > precCompare {
		return x, 0
	}
	if k == token.IS && !not {
		// a predicate may be tested in its turn (a > b IS TRUE, 23ai)
		if top < after {
			return x, 0
		}
		return p.parseIs(lo, x), after
	}
	if top < precCompare {
		return x, 0
	}
	switch k {
	case token.IN:
		p.skip(at + 1)
		set := p.parseInSet()
		return &ast.In{Span: p.since(lo), X: x, Not: not, Set: set}, after
	case token.BETWEEN:
		p.skip(at + 1)
		low := p.parseOperand()
		p.wantKw(token.AND)
		high := p.parseOperand()
		return &ast.Between{Span: p.since(lo), X: x, Not: not, Low: low, Top: high}, after
	case token.LIKE, token.LIKE2, token.LIKE4, token.LIKEC:
		p.skip(at + 1)
		l := &ast.Like{X: x, Not: not, Op: k, Pattern: p.parseOperand()}
		if p.gotKw(token.ESCAPE) {
			l.Escape = p.parseOperand()
		}
		l.Span = p.since(lo)
		return l, after
	case token.MEMBER, token.SUBMULTISET:
		n := p.peek(at + 1)
		if !not && !n.Is(token.OF) && !startsOperand(n) {
			return x, 0
		}
		p.skip(at + 1)
		p.gotKw(token.OF)
		y := p.parseOperand()
		return &ast.Member{Span: p.since(lo), X: x, Not: not, Op: k, Y: y}, after
	case token.OVERLAPS:
		if not || p.peek(1).Kind != token.LParen {
			return x, 0
		}
		p.next()
		y := p.parseOperand()
		return &ast.Overlaps{Span: p.since(lo), X: x, Y: y}, after
	}
	return x, 0
}

func (p *parser) skip(n int) {
	for range n {
		p.next()
	}
}

// startsOperand reports whether a token can begin an operand and is no reserved word; it decides whether a
// word before it is an operator or an alias.
func startsOperand(t token.Token) bool {
	switch t.Kind {
	case token.Number, token.String, token.QString, token.NString, token.UString, token.QuotedIdent, token.Bind,
		token.Question, token.LParen:
		return true
	case token.Ident:
		return words[t.Kw]&(wordReserved|wordPLSQLStop) == 0
	}
	return false
}

// parseInSet reads what follows IN: a list, a subquery, or (PL/SQL and nested tables) one operand.
func (p *parser) parseInSet() ast.Expr {
	if !p.at(token.LParen) {
		return p.parseOperand()
	}
	lo := p.mark()
	set := p.parseParen(true)
	if !p.at(token.RParen) && !p.at(token.Comma) && kindPrec[p.tok.Kind] > precCompare {
		// IN (a) + 1 is an operand that begins with a parenthesis
		return p.climb(lo, set, precMultiset, precPower)
	}
	return set
}

// parseIs reads IS [NOT] what.
func (p *parser) parseIs(lo uint32, x ast.Expr) ast.Expr {
	p.wantKw(token.IS)
	n := &ast.Is{X: x, Not: p.gotKw(token.NOT)}
	if p.tok.Kind != token.Ident {
		p.expected("NULL")
	}
	n.What = p.tok.Kw
	switch p.tok.Kw {
	case token.NULL, token.NAN, token.INFINITE, token.EMPTY, token.PRESENT, token.DANGLING, token.TRUE,
		token.FALSE, token.ANY:
		p.next()
	case token.A:
		p.next()
		n.What = token.SET
		p.wantKw(token.SET)
	case token.OF:
		p.next()
		p.gotKw(token.TYPE)
		p.want(token.LParen)
		for {
			p.gotKw(token.ONLY)
			n.Types = append(n.Types, p.parseDataType())
			if !p.got(token.Comma) {
				break
			}
		}
		p.want(token.RParen)
	case token.JSON:
		p.next()
		n.Opts = p.parseIsJSONOptions()
	default:
		p.expected("NULL")
	}
	n.Span = p.since(lo)
	return n
}
