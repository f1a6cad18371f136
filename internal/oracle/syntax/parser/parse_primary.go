package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseUnary reads signs and prefix operators with their operand, and what may stand behind an operand.
func (p *parser) parseUnary() ast.Expr {
	lo := p.mark()
	switch p.tok.Kind {
	case token.Plus, token.Minus:
		op := p.tok
		p.next()
		x := p.parsePrec(precPower) // -2 ** 2 is -(2 ** 2)
		return &ast.Unary{Span: p.since(lo), Op: op, X: x}
	case token.Ident:
		if words[p.tok.Kw]&wordSpecial != 0 {
			if x := p.parseSpecial(lo); x != nil {
				return p.parsePostfix(lo, x)
			}
		}
		return p.parsePostfix(lo, p.parseNameOperand(lo))
	case token.QuotedIdent:
		return p.parsePostfix(lo, p.parseNameOperand(lo))
	case token.Number, token.String, token.QString, token.NString, token.UString:
		n := p.newLiteral()
		if p.tok.Kind != token.Number {
			n.Kind = ast.LitString
		}
		p.next()
		n.Span = ast.Span{Lo: lo, Hi: lo + 1}
		if p.tok.Kind == token.Ident && words[p.tok.Kw]&wordInfix != 0 {
			return p.parsePostfix(lo, n)
		}
		return n
	case token.LParen:
		return p.parsePostfix(lo, p.parseParen(false))
	case token.Bind, token.Question:
		return p.parsePostfix(lo, p.parseBind(lo))
	case token.Colon:
		// Oracle lets space stand between the colon and the name
		if n := p.peek(1); n.Kind == token.Number || n.Kind == token.Ident {
			p.skip(2)
			return &ast.BindExpr{Span: p.since(lo)}
		}
	case token.Inquiry:
		p.next()
		return &ast.Inquiry{Span: p.since(lo)}
	case token.LBrace:
		return p.parseEscape(lo)
	}
	p.expected("an expression")
	return nil
}

// parseBind reads :x, :x:ind, :x INDICATOR :y, ?, and :new.col, which is a name.
func (p *parser) parseBind(lo uint32) ast.Expr {
	question := p.at(token.Question)
	p.next()
	if question {
		return &ast.BindExpr{Span: p.since(lo)}
	}
	if p.at(token.Dot) && p.peek(1).Name() {
		n := p.newName()
		for p.at(token.Dot) && p.partFollows() {
			p.next()
			p.next()
		}
		n.Span = p.since(lo)
		return n
	}
	if p.at(token.Bind) {
		p.next()
	} else if p.is(token.INDICATOR) && p.peek(1).Kind == token.Bind {
		p.next()
		p.next()
	}
	return &ast.BindExpr{Span: p.since(lo)}
}

// parseNameOperand reads a name in a value place: a.b.c, seq.nextval@link, with the outer-join mark left to
// parsePostfix.
func (p *parser) parseNameOperand(lo uint32) ast.Expr {
	if !p.operandName() {
		p.expected("an expression")
	}
	n := p.newName()
	p.next()
	for p.tok.Kind == token.Dot && p.partFollows() {
		p.next()
		p.next()
	}
	if p.tok.Kind == token.At && !p.atInclude() {
		p.parseLink(n)
	}
	n.Span = p.since(lo)
	return n
}

// parseSpecial reads a primary that begins with a keyword of its own grammar; nil when the word is a plain
// name here.
func (p *parser) parseSpecial(lo uint32) ast.Expr {
	next := p.peek(1)
	switch p.tok.Kw {
	case token.NULL:
		return p.parseWordLiteral(lo, ast.LitNull)
	case token.TRUE, token.FALSE:
		if next.Kind == token.Dot || next.Kind == token.LParen {
			return nil
		}
		if p.is(token.TRUE) {
			return p.parseWordLiteral(lo, ast.LitTrue)
		}
		return p.parseWordLiteral(lo, ast.LitFalse)
	case token.DEFAULT: // a value only in VALUES (...) and behind the "=" of SET
		if lo > 0 {
			switch p.f.Tokens[lo-1].Kind {
			case token.EQ, token.LParen, token.Comma:
				return p.parseWordLiteral(lo, ast.LitDefault)
			}
		}
		p.expected("an expression")
	case token.DATE:
		return p.parseTypedLiteral(lo, next, ast.LitDate)
	case token.TIMESTAMP:
		return p.parseTypedLiteral(lo, next, ast.LitTimestamp)
	case token.TIME:
		return p.parseTypedLiteral(lo, next, ast.LitTime)
	case token.INTERVAL:
		if isString(next.Kind) || next.Kind == token.Bind {
			return p.parseIntervalLiteral(lo)
		}
	case token.SET:
		if next.Kind == token.LParen { // SET(nested_table), the function
			n := p.newName()
			p.next()
			n.Span = p.since(lo)
			return n
		}
	case token.CASE:
		switch next.Kind {
		case token.Comma, token.RParen, token.Dot, token.EQ, token.EOF:
			return nil
		}
		return p.parseCase(lo)
	case token.PRIOR, token.CONNECT_BY_ROOT:
		op := p.tok
		p.next()
		x := p.parsePrec(precPower)
		return &ast.Unary{Span: p.since(lo), Op: op, X: x}
	case token.EXISTS:
		if next.Kind == token.LParen {
			p.next()
			p.want(token.LParen)
			q := p.parseSelect()
			p.want(token.RParen)
			return &ast.Exists{Span: p.since(lo), Query: q}
		}
	case token.CURSOR:
		if next.Kind == token.LParen {
			p.next()
			p.want(token.LParen)
			q := p.parseSelect()
			p.want(token.RParen)
			return &ast.CursorExpr{Span: p.since(lo), Query: q}
		}
	case token.NEW:
		if next.Name() && !wordOf(next, wordReserved) {
			n := p.peek(2).Kind
			bare := p.plsql > 0 && (n == token.Semi || n == token.RParen) // NEW t; without arguments
			if n == token.LParen || n == token.Dot || bare {
				p.next()
				clo := p.mark()
				call := p.parseNameChain(clo, p.parseNameOperand(clo))
				return &ast.New{Span: p.since(lo), Call: call}
			}
		}
	case token.CAST, token.TREAT, token.XMLCAST:
		if next.Kind == token.LParen {
			return p.parseCast(lo)
		}
	case token.EXTRACT:
		if next.Kind == token.LParen && p.peek(2).Kind == token.Ident && p.peek(3).Is(token.FROM) {
			return p.parseExtract(lo)
		}
	case token.JSON:
		if next.Kind == token.LBrace || next.Kind == token.LBracket {
			return p.parseJSONValue(lo)
		}
	case token.FINAL, token.RUNNING:
		if next.Kind == token.Ident && p.peek(2).Kind == token.LParen && words[next.Kw]&wordInfix == 0 {
			op := p.tok
			p.next()
			clo := p.mark()
			x := p.parseNameChain(clo, p.parseNameOperand(clo))
			return &ast.Unary{Span: p.since(lo), Op: op, X: x}
		}
	}
	return nil
}

func (p *parser) parseWordLiteral(lo uint32, kind ast.LitKind) ast.Expr {
	n := p.newLiteral()
	n.Kind = kind
	p.next()
	n.Span = p.since(lo)
	return n
}

func isString(k token.Kind) bool {
	return k == token.String || k == token.QString || k == token.NString || k == token.UString
}

func (p *parser) parseTypedLiteral(lo uint32, next token.Token, kind ast.LitKind) ast.Expr {
	if !isString(next.Kind) {
		return nil
	}
	n := p.newLiteral()
	n.Kind = kind
	p.next()
	p.next()
	n.Span = p.since(lo)
	return n
}

// parseIntervalLiteral reads INTERVAL '1-2' YEAR(2) TO MONTH and its shorter forms.
func (p *parser) parseIntervalLiteral(lo uint32) ast.Expr {
	p.next()
	p.next()
	p.parseIntervalQualifier()
	n := p.newLiteral()
	n.Kind = ast.LitInterval
	n.Span = p.since(lo)
	return n
}

// parseIntervalQualifier reads field[(n[,m])] [TO field[(n)]].
func (p *parser) parseIntervalQualifier() *ast.Clause {
	c := &ast.Clause{Head: p.tok.Kw}
	lo := p.mark()
	p.intervalField(c)
	if p.gotKw(token.TO) {
		p.intervalField(c)
	}
	c.Span = p.since(lo)
	return c
}

func (p *parser) intervalField(c *ast.Clause) {
	if p.gotAny(token.YEAR, token.MONTH, token.DAY, token.HOUR, token.MINUTE, token.SECOND) == 0 {
		p.expected("YEAR, MONTH, DAY, HOUR, MINUTE or SECOND")
	}
	if p.got(token.LParen) {
		c.Exprs = append(c.Exprs, p.parseExprList()...)
		p.want(token.RParen)
	}
}

// parseCase reads CASE [x] WHEN ... THEN ... [ELSE ...] END.
func (p *parser) parseCase(lo uint32) ast.Expr {
	p.next()
	c := &ast.Case{}
	if !p.is(token.WHEN) {
		c.Operand = p.parseExpr()
	}
	for p.is(token.WHEN) {
		wlo := p.mark()
		p.next()
		w := &ast.When{}
		w.Cond = p.parseWhenChoices(c.Operand != nil)
		p.wantKw(token.THEN)
		w.Then = p.parseExpr()
		w.Span = p.since(wlo)
		c.Whens = append(c.Whens, w)
	}
	if len(c.Whens) == 0 {
		p.expected("WHEN")
	}
	if p.gotKw(token.ELSE) {
		c.Else = p.parseExpr()
	}
	p.wantKw(token.END)
	c.Span = p.since(lo)
	return c
}

// parseWhenChoices reads what stands between WHEN and THEN. In a simple CASE (dangling) 23ai takes a list of
// values and predicates without their left side: WHEN < 5, BETWEEN 7 AND 9, 11.
func (p *parser) parseWhenChoices(dangling bool) ast.Expr {
	lo := p.mark()
	x := p.parseWhenChoice(dangling)
	if !dangling || !p.at(token.Comma) {
		return x
	}
	l := &ast.List{Items: []ast.Expr{x}}
	for p.got(token.Comma) {
		l.Items = append(l.Items, p.parseWhenChoice(true))
	}
	l.Span = p.since(lo)
	return l
}

func (p *parser) parseWhenChoice(dangling bool) ast.Expr {
	if dangling {
		op := false
		switch p.tok.Kind {
		case token.EQ, token.NE, token.LT, token.GT, token.LE, token.GE:
			op = true
		case token.Ident:
			switch p.tok.Kw {
			case token.IS, token.IN, token.BETWEEN, token.LIKE, token.LIKE2, token.LIKE4, token.LIKEC:
				op = true
			case token.NOT:
				switch p.peek(1).Kw {
				case token.IN, token.BETWEEN, token.LIKE, token.LIKE2, token.LIKE4, token.LIKEC:
					op = true
				}
			}
		}
		if op {
			lo := p.mark()
			return p.climb(lo, nil, precCompare, precCompare)
		}
	}
	return p.parseExpr()
}

// parseParen reads what begins with "(" in a value place: an expression, a row of values, a query. With set
// it is a List even of one item.
func (p *parser) parseParen(set bool) ast.Expr {
	p.enter()
	lo := p.mark()
	p.next()
	var x ast.Expr
	if p.startsQuery() {
		q := p.parseSelect()
		p.want(token.RParen)
		x = &ast.Subquery{Span: p.since(lo), Query: q}
		p.leave()
		return x
	}
	ilo := p.mark()
	x = p.parseExpr()
	if sub, ok := x.(*ast.Subquery); ok && p.continuesQuery() {
		// ((SELECT ...) UNION ...): what looked like a value was the first operand
		q := p.continueSelect(ilo, &ast.ParenQuery{Span: sub.Span, Query: sub.Query})
		p.want(token.RParen)
		p.leave()
		return &ast.Subquery{Span: p.since(lo), Query: q}
	}
	if p.at(token.Comma) || set {
		l := p.newList()
		l.Items = p.parseExprs(x)
		p.want(token.RParen)
		l.Span = p.since(lo)
		p.leave()
		return l
	}
	if p.plsql > 0 && p.gotKw(token.AS) {
		t := p.parseName()
		p.want(token.RParen)
		p.leave()
		return &ast.AsType{Span: p.since(lo), X: x, Type: t}
	}
	p.want(token.RParen)
	p.leave()
	return &ast.Paren{Span: p.since(lo), X: x}
}

// parseCast reads CAST, TREAT and XMLCAST.
func (p *parser) parseCast(lo uint32) ast.Expr {
	c := &ast.Cast{Fn: p.tok.Kw}
	p.next()
	p.want(token.LParen)
	if p.is(token.MULTISET) && p.peek(1).Kind == token.LParen {
		p.next()
		p.want(token.LParen)
		c.Multiset = p.parseSelect()
		p.want(token.RParen)
	} else if p.startsQuery() {
		qlo := p.mark()
		q := p.parseSelect()
		c.X = &ast.Subquery{Span: p.since(qlo), Query: q}
	} else {
		c.X = p.parseExpr()
	}
	p.wantKw(token.AS)
	if p.is(token.REF) && p.peek(1).Name() {
		c.Ref = true
		p.next()
	}
	if p.is(token.DOMAIN) && p.peek(1).Name() { // CAST(x AS DOMAIN d VALIDATE) of 23ai
		p.next()
	}
	c.Type = p.parseDataType()
	p.gotAny(token.VALIDATE, token.NOVALIDATE)
	if p.gotKw(token.DEFAULT) {
		c.Default = p.parseExpr()
		p.wantKw(token.ON, token.CONVERSION, token.ERROR)
	}
	for p.got(token.Comma) {
		c.Format = append(c.Format, p.parseExpr())
	}
	p.want(token.RParen)
	c.Span = p.since(lo)
	return c
}

// parseExtract reads EXTRACT(field FROM x).
func (p *parser) parseExtract(lo uint32) ast.Expr {
	p.next()
	p.want(token.LParen)
	e := &ast.Extract{Field: p.tok}
	if p.gotAny(token.YEAR, token.MONTH, token.DAY, token.HOUR, token.MINUTE, token.SECOND, token.TIMEZONE_HOUR,
		token.TIMEZONE_MINUTE, token.TIMEZONE_REGION, token.TIMEZONE_ABBR) == 0 {
		if p.tok.Flags&token.FlagSubst == 0 {
			p.expected("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "a field of the time zone")
		}
		p.next()
	}
	p.wantKw(token.FROM)
	e.X = p.parseExpr()
	p.want(token.RParen)
	e.Span = p.since(lo)
	return e
}
