package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// startsQuery reports whether a query without parentheses begins here. VALUES counts only before "(".
func (p *parser) startsQuery() bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	switch p.tok.Kw {
	case token.SELECT, token.WITH:
		return true
	case token.VALUES:
		return p.peek(1).Kind == token.LParen
	}
	return false
}

// continuesQuery reports whether the current token can follow a query in parentheses as part of a larger query.
func (p *parser) continuesQuery() bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	switch p.tok.Kw {
	case token.UNION, token.INTERSECT, token.MINUS, token.ORDER:
		return true
	case token.EXCEPT, token.OFFSET, token.FETCH:
		return p.clauseFollows(false)
	}
	return false
}

// parseSelect reads a whole query: [WITH ...] body [ORDER BY ...] [row limit] [FOR UPDATE ...].
func (p *parser) parseSelect() *ast.Select {
	p.enter()
	sql := p.sql
	p.sql = true
	lo := p.mark()
	s := &ast.Select{}
	if p.is(token.WITH) {
		s.With = p.parseWith()
	}
	blo := p.mark()
	s.Body = p.parseSetOps(blo, p.parseQueryPrimary())
	p.parseQueryTail(s)
	s.Span = p.since(lo)
	p.sql = sql
	p.leave()
	return s
}

// continueSelect is parseSelect for a query whose first operand, begun at lo, has been read.
func (p *parser) continueSelect(lo uint32, first ast.QueryExpr) *ast.Select {
	s := &ast.Select{Body: p.parseSetOps(lo, first)}
	p.parseQueryTail(s)
	s.Span = p.since(lo)
	return s
}

// parseSetOps reads the set operators behind an operand, from left to right: in Oracle they all bind equally.
func (p *parser) parseSetOps(lo uint32, left ast.QueryExpr) ast.QueryExpr {
	for chain := 0; ; chain++ {
		if chain > MaxChain {
			p.fail("too many set operators in one query", "")
		}
		if p.tok.Kind != token.Ident {
			return left
		}
		switch p.tok.Kw {
		case token.UNION, token.INTERSECT, token.MINUS:
		case token.EXCEPT:
			if !p.clauseFollows(true) {
				return left
			}
		default:
			return left
		}
		op := &ast.SetOp{Left: left, Op: p.tok.Kw}
		p.next()
		op.Quant = p.gotAny(token.ALL, token.DISTINCT)
		op.Right = p.parseQueryPrimary()
		op.Span = p.since(lo)
		left = op
	}
}

func (p *parser) parseQueryPrimary() ast.QueryExpr {
	lo := p.mark()
	switch {
	case p.at(token.LParen):
		p.enter()
		p.next()
		q := p.parseSelect()
		p.want(token.RParen)
		p.leave()
		return &ast.ParenQuery{Span: p.since(lo), Query: q}
	case p.is(token.SELECT):
		return p.parseQueryBlock()
	case p.is(token.VALUES):
		return p.parseValues()
	}
	p.expected("SELECT")
	return nil
}

// parseValues reads a table value constructor (23ai): VALUES (1, 'a'), (2, 'b').
func (p *parser) parseValues() *ast.Values {
	lo := p.mark()
	p.wantKw(token.VALUES)
	v := &ast.Values{Rows: p.parseRows()}
	v.Span = p.since(lo)
	return v
}

// parseRows reads the rows behind VALUES.
func (p *parser) parseRows() []ast.Expr {
	from := len(p.exprs)
	for {
		if !p.at(token.LParen) {
			p.expected(kindText(token.LParen))
		}
		x := p.parseParen(true)
		p.exprs = append(p.exprs, x)
		if !p.at(token.Comma) || p.peek(1).Kind != token.LParen {
			break
		}
		p.next()
	}
	rows := cut(p, &p.slab.exprs, p.exprs[from:])
	p.exprs = p.exprs[:from]
	return rows
}

// parseQueryTail reads ORDER BY, row limiting and FOR UPDATE. Oracle takes FOR UPDATE before ORDER BY too.
func (p *parser) parseQueryTail(s *ast.Select) {
	for p.tok.Kind == token.Ident {
		switch p.tok.Kw {
		case token.ORDER:
			if s.OrderBy != nil {
				p.fail("a second ORDER BY", "")
			}
			s.OrderBy = p.parseOrderBy()
		case token.OFFSET, token.FETCH:
			if s.Limit != nil || !p.clauseFollows(true) {
				return
			}
			s.Limit = p.parseRowLimit()
		case token.FOR:
			if s.Lock != nil || !p.peek(1).Is(token.UPDATE) {
				return
			}
			s.Lock = p.parseForUpdate()
		default:
			c := p.parseSubst()
			if c == nil {
				return
			}
			s.Subst = append(s.Subst, c)
		}
	}
}

// parseQueryBlock reads SELECT ... up to ORDER BY.
func (p *parser) parseQueryBlock() *ast.QueryBlock {
	lo := p.mark()
	p.wantKw(token.SELECT)
	q := &ast.QueryBlock{Distinct: p.distinct()}
	for {
		q.Items = append(q.Items, p.parseSelectItem())
		if !p.got(token.Comma) {
			break
		}
	}
	q.Into = p.parseInto()
	if p.gotKw(token.FROM) {
		q.From = p.parseFrom()
	}
	p.parseBlockClauses(q)
	q.Span = p.since(lo)
	return q
}

// parseBlockClauses reads the clauses behind FROM. Oracle is free with their order: HAVING may precede GROUP
// BY, START WITH may precede or follow CONNECT BY, and WHERE may follow them, but not GROUP BY or HAVING (ORA-00933).
func (p *parser) parseBlockClauses(q *ast.QueryBlock) {
	for p.tok.Kind == token.Ident {
		switch p.tok.Kw {
		case token.WHERE:
			p.once(q.Where == nil)
			if q.GroupBy != nil || q.Having != nil {
				p.fail("WHERE behind GROUP BY or HAVING", "put it in front of them")
			}
			p.next()
			q.Where = p.parseExpr()
		case token.START, token.CONNECT:
			if p.is(token.START) && !p.peek(1).Is(token.WITH) || p.is(token.CONNECT) && !p.peek(1).Is(token.BY) {
				return
			}
			p.once(q.Hier == nil)
			q.Hier = p.parseHierarchy()
		case token.GROUP:
			p.once(q.GroupBy == nil)
			q.GroupBy = p.parseGroupBy()
		case token.HAVING:
			p.once(q.Having == nil)
			p.next()
			q.Having = p.parseExpr()
		case token.QUALIFY:
			if !p.clauseFollows(true) {
				return
			}
			p.once(q.Qualify == nil)
			p.next()
			q.Qualify = p.parseExpr()
		case token.WINDOW:
			if !p.clauseFollows(true) {
				return
			}
			p.once(q.Windows == nil)
			q.Windows = p.parseWindows()
		case token.MODEL:
			if !p.clauseFollows(true) {
				return
			}
			p.once(q.Model == nil)
			q.Model = p.parseModel()
		default:
			c := p.parseSubst()
			if c == nil {
				return
			}
			q.Subst = append(q.Subst, c)
		}
	}
}

// parseSubst takes a substitution variable that stands where nothing else can: its text may be a whole clause.
func (p *parser) parseSubst() *ast.Clause {
	if p.tok.Kind != token.Ident || p.tok.Flags&token.FlagSubst == 0 {
		return nil
	}
	lo := p.mark()
	p.next()
	return &ast.Clause{Span: p.since(lo)}
}

// once fails at the first word of a clause that stands twice.
func (p *parser) once(first bool) {
	if !first {
		p.fail("a second "+p.tok.Kw.String()+" clause", "")
	}
}

// parseSelectItem reads one item of a select list.
func (p *parser) parseSelectItem() *ast.SelectItem {
	lo := p.mark()
	it := &ast.SelectItem{}
	if n := p.starItem(); n > 0 {
		p.skip(n)
		name := p.newName()
		name.Star = true
		name.Span = p.since(lo)
		it.X = name
		it.Span = name.Span
		return it
	}
	it.X = p.parseExpr()
	if p.tok.Kind == token.Ident || p.tok.Kind == token.QuotedIdent {
		it.Alias, it.As = p.parseItemAlias()
		it.Subst = p.parseSubst()
	}
	it.Span = p.since(lo)
	return it
}

// starItem is the number of tokens of *, t.* or s.t.* when one stands here, else 0.
func (p *parser) starItem() int {
	if p.tok.Kind == token.Star {
		return 1
	}
	if !p.tok.Name() {
		return 0
	}
	for n := 1; n < 16 && p.peek(n).Kind == token.Dot; n += 2 { // no name has more parts; peek counts from the start
		t := p.peek(n + 1)
		if t.Kind == token.Star {
			return n + 2
		}
		if !t.Name() {
			return 0
		}
	}
	return 0
}

// parseInto reads [BULK COLLECT] INTO targets; nil when there is none.
func (p *parser) parseInto() *ast.Into {
	lo := p.mark()
	in := &ast.Into{}
	switch {
	case p.isSeq(token.BULK, token.COLLECT, token.INTO):
		p.skip(3)
		in.Bulk = true
	case p.is(token.INTO):
		if p.plsql == 0 && p.peek(1).Kind != token.Bind {
			p.fail("INTO outside PL/SQL", "in embedded SQL its targets are host variables")
		}
		p.next()
	default:
		return nil
	}
	for {
		in.Targets = append(in.Targets, p.parseTarget())
		if !p.got(token.Comma) {
			break
		}
	}
	in.Span = p.since(lo)
	return in
}

// parseTarget reads what can be assigned to: a variable, field, collection element or host variable.
func (p *parser) parseTarget() ast.Expr {
	lo := p.mark()
	if p.at(token.Bind) || p.at(token.Question) {
		return p.parseNameChain(lo, p.parseBind(lo))
	}
	return p.parseNameChain(lo, p.parseNameOperand(lo))
}
