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
	lo := p.mark()
	s := &ast.Select{}
	if p.is(token.WITH) {
		s.With = p.parseWith()
	}
	blo := p.mark()
	s.Body = p.parseSetOps(blo, p.parseQueryPrimary())
	p.parseQueryTail(s)
	s.Span = p.since(lo)
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
	v := &ast.Values{}
	for {
		if !p.at(token.LParen) {
			p.expected(kindText(token.LParen))
		}
		v.Rows = append(v.Rows, p.parseParen(true))
		if !p.at(token.Comma) || p.peek(1).Kind != token.LParen {
			break
		}
		p.next()
	}
	v.Span = p.since(lo)
	return v
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
// BY, START WITH may precede or follow CONNECT BY, and WHERE may follow them.
func (p *parser) parseBlockClauses(q *ast.QueryBlock) {
	for p.tok.Kind == token.Ident {
		switch p.tok.Kw {
		case token.WHERE:
			p.once(q.Where == nil)
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
	for n := 1; p.peek(n).Kind == token.Dot; n += 2 {
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

// parseHierarchy reads START WITH and CONNECT BY in either order.
func (p *parser) parseHierarchy() *ast.Hierarchy {
	lo := p.mark()
	h := &ast.Hierarchy{}
	for {
		switch {
		case h.Start == nil && p.isSeq(token.START, token.WITH):
			p.skip(2)
			h.Start = p.parseExpr()
		case h.Connect == nil && p.isSeq(token.CONNECT, token.BY):
			p.skip(2)
			h.NoCycle = p.gotKw(token.NOCYCLE)
			h.Connect = p.parseExpr()
		default:
			if h.Connect == nil {
				p.expected("CONNECT BY")
			}
			h.Span = p.since(lo)
			return h
		}
	}
}

// parseGroupBy reads GROUP BY items, grouping sets and composite columns included.
func (p *parser) parseGroupBy() *ast.GroupBy {
	lo := p.mark()
	p.wantKw(token.GROUP, token.BY)
	g := &ast.GroupBy{}
	if p.gotKw(token.ALL) {
		g.All = true
	} else {
		g.Items = p.parseGroupItems()
	}
	g.Span = p.since(lo)
	return g
}

func (p *parser) parseGroupItems() []ast.Expr {
	var items []ast.Expr
	for {
		items = append(items, p.parseGroupItem())
		if !p.got(token.Comma) {
			return items
		}
	}
}

func (p *parser) parseGroupItem() ast.Expr {
	lo := p.mark()
	n := p.peek(1)
	switch {
	case p.at(token.LParen) && n.Kind == token.RParen:
		p.skip(2)
		return &ast.List{Span: p.since(lo)}
	case (p.is(token.ROLLUP) || p.is(token.CUBE)) && n.Kind == token.LParen, p.is(token.GROUPING) && n.Is(token.SETS):
		p.enter()
		g := &ast.Grouping{Kind: p.tok.Kw}
		p.next()
		p.gotKw(token.SETS)
		p.want(token.LParen)
		g.Items = p.parseGroupItems()
		p.want(token.RParen)
		g.Span = p.since(lo)
		p.leave()
		return g
	}
	return p.parseExpr()
}

// parseWindows reads WINDOW name AS (spec), ...
func (p *parser) parseWindows() []*ast.WindowDef {
	p.wantKw(token.WINDOW)
	var list []*ast.WindowDef
	for {
		lo := p.mark()
		w := &ast.WindowDef{Name: p.parseNewName()}
		p.wantKw(token.AS)
		if !p.at(token.LParen) {
			p.expected(kindText(token.LParen))
		}
		w.Spec = p.parseOver(p.mark())
		w.Span = p.since(lo)
		list = append(list, w)
		if !p.got(token.Comma) {
			return list
		}
	}
}

// parseOrderBy reads ORDER [SIBLINGS] BY items.
func (p *parser) parseOrderBy() *ast.OrderBy { return p.parseOrderByItems(precOr) }

// parseOrderByItems is parseOrderBy for items that hold no operator weaker than limit.
func (p *parser) parseOrderByItems(limit int) *ast.OrderBy {
	lo := p.mark()
	p.wantKw(token.ORDER)
	o := &ast.OrderBy{Siblings: p.gotKw(token.SIBLINGS)}
	p.wantKw(token.BY)
	for {
		o.Items = append(o.Items, p.parseOrderItem(limit))
		if !p.got(token.Comma) {
			break
		}
	}
	o.Span = p.since(lo)
	return o
}

func (p *parser) parseOrderItem(limit int) *ast.OrderItem {
	lo := p.mark()
	it := &ast.OrderItem{X: p.parsePrec(limit)}
	if p.tok.Kind == token.Ident {
		it.Dir = p.gotAny(token.ASC, token.DESC)
		if p.is(token.NULLS) {
			p.next()
			if it.Nulls = p.gotAny(token.FIRST, token.LAST); it.Nulls == 0 {
				p.expected("FIRST", "LAST")
			}
		} else {
			it.Subst = p.parseSubst()
		}
	}
	it.Span = p.since(lo)
	return it
}

// parseRowLimit reads OFFSET and FETCH.
func (p *parser) parseRowLimit() *ast.RowLimit {
	lo := p.mark()
	r := &ast.RowLimit{}
	if p.gotKw(token.OFFSET) {
		r.Offset = p.parseOperand()
		p.wantRows()
	}
	if p.is(token.FETCH) {
		p.next()
		r.Fetch = true
		r.Accuracy = p.gotAny(token.APPROX, token.APPROXIMATE, token.EXACT)
		if p.gotAny(token.FIRST, token.NEXT) == 0 {
			p.expected("FIRST", "NEXT")
		}
		if !p.isAny(token.ROW, token.ROWS) {
			p.parseRowCount(r)
		}
		p.wantRows()
		if !p.gotKw(token.ONLY) {
			p.wantKw(token.WITH, token.TIES)
			r.Ties = true
		}
		if p.isSeq(token.WITH, token.TARGET, token.ACCURACY) {
			clo := p.mark()
			p.skip(3)
			c := &ast.Clause{Head: token.TARGET}
			c.Exprs = append(c.Exprs, p.parseOperand())
			p.gotKw(token.PERCENT)
			if p.gotKw(token.PARAMETERS) {
				p.want(token.LParen)
				for {
					c.Names = append(c.Names, p.parseIdent())
					c.Exprs = append(c.Exprs, p.parseOperand())
					if !p.got(token.Comma) {
						break
					}
				}
				p.want(token.RParen)
			}
			c.Span = p.since(clo)
			r.Target = c
		}
	}
	r.Span = p.since(lo)
	return r
}

// parseRowCount reads [n PARTITION[S] BY x ,] ... n [PERCENT].
func (p *parser) parseRowCount(r *ast.RowLimit) {
	for {
		lo := p.mark()
		n := p.parseOperand()
		if p.gotAny(token.PARTITION, token.PARTITIONS) == 0 {
			r.Count = n
			r.Percent = p.gotKw(token.PERCENT)
			return
		}
		p.wantKw(token.BY)
		by := p.parseOperand()
		r.Parts = append(r.Parts, &ast.LimitPartition{Span: p.since(lo), Count: n, By: by})
		p.want(token.Comma)
	}
}

func (p *parser) wantRows() {
	if p.gotAny(token.ROW, token.ROWS) == 0 {
		p.expected("ROW", "ROWS")
	}
}

// parseForUpdate reads FOR UPDATE [OF cols] [NOWAIT | WAIT n | SKIP LOCKED].
func (p *parser) parseForUpdate() *ast.ForUpdate {
	lo := p.mark()
	p.wantKw(token.FOR, token.UPDATE)
	f := &ast.ForUpdate{}
	if p.gotKw(token.OF) {
		for {
			if p.word(wordReserved) {
				p.expected("a column")
			}
			f.Of = append(f.Of, p.parseName())
			if !p.got(token.Comma) {
				break
			}
		}
	}
	switch {
	case p.gotKw(token.NOWAIT):
		f.Mode = token.NOWAIT
	case p.gotKw(token.WAIT):
		f.Mode = token.WAIT
		f.Wait = p.parseOperand()
	case p.isSeq(token.SKIP, token.LOCKED):
		p.skip(2)
		f.Mode = token.SKIP
	}
	f.Span = p.since(lo)
	return f
}
