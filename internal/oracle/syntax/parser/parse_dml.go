package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseInsert reads a single-table or multi-table INSERT.
func (p *parser) parseInsert() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.INSERT)
	if p.isAny(token.ALL, token.FIRST) && (p.peek(1).Is(token.INTO) || p.peek(1).Is(token.WHEN)) {
		return p.parseMultiInsert(lo)
	}
	p.wantKw(token.INTO)
	s := p.newInsert()
	s.Target = p.parseTargetTable()
	if p.at(token.LParen) && !p.queryInParens() {
		s.Cols = p.parseColumns()
	}
	flo := p.mark()
	switch {
	case p.is(token.VALUES) && p.peek(1).Kind == token.LParen:
		p.next()
		s.Rows = p.parseRows()
	case p.is(token.VALUES):
		p.next()
		s.Form = &ast.InsertForm{Record: p.parseOperand()}
		s.Form.Span = p.since(flo)
	case p.is(token.SET):
		p.next()
		s.Form = &ast.InsertForm{Set: p.parseAssigns()}
		s.Form.Span = p.since(flo)
	default:
		if p.gotSeq(token.BY, token.NAME) {
			s.Form = &ast.InsertForm{ByName: true, Span: p.since(flo)}
		} else if p.gotSeq(token.BY, token.POSITION) {
			s.Form = &ast.InsertForm{Span: p.since(flo)}
		}
		if !p.startsQuery() && !p.at(token.LParen) {
			p.expected("VALUES", "SELECT")
		}
		s.Query = p.parseSelect()
	}
	s.Returning = p.parseReturning()
	s.LogErrors = p.parseLogErrors()
	s.Span = p.since(lo)
	return s
}

// queryInParens reports whether the "(" here opens a query. It looks no further than nesting may go: looking at token n
// takes n steps.
func (p *parser) queryInParens() bool {
	n := 0
	for n <= MaxDepth && p.peek(n).Kind == token.LParen {
		n++
	}
	t := p.peek(n)
	return t.Is(token.SELECT) || t.Is(token.WITH)
}

// parseTargetTable reads the table, view, subquery or collection that DML changes, with its alias.
func (p *parser) parseTargetTable() ast.TableRef {
	lo := p.mark()
	if p.at(token.LParen) {
		t := p.parseParenTable(lo)
		if _, ok := t.(*ast.SubqueryRef); !ok {
			p.failAt(lo, "only a table or a subquery can be changed", nil, "")
		}
		return t
	}
	if p.at(token.Ident) && p.peek(1).Kind == token.LParen {
		switch p.tok.Kw {
		case token.ONLY, token.TABLE, token.THE:
			return p.parseTableTail(lo, p.parseWrappedTable(lo))
		}
	}
	return p.parseTableTail(lo, p.parseTableName(lo))
}

// parseColumns reads the (qualified) columns of an INSERT: (a, t.b, obj.attr).
func (p *parser) parseColumns() []*ast.Name {
	p.want(token.LParen)
	var names []*ast.Name
	for {
		if p.word(wordReserved) {
			p.expected("a column")
		}
		names = append(names, p.parseName())
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	return names
}

func (p *parser) parseMultiInsert(lo uint32) ast.Stmt {
	s := &ast.MultiInsert{First: p.is(token.FIRST)}
	p.next()
	switch {
	case p.is(token.WHEN):
	case s.First:
		p.expected("WHEN")
	default:
		s.Into = p.parseInsertIntos()
		if p.is(token.WHEN) {
			p.expected("SELECT")
		}
	}
	for p.is(token.WHEN) {
		wlo := p.mark()
		p.next()
		w := &ast.InsertWhen{Cond: p.parseExpr()}
		p.wantKw(token.THEN)
		w.Into = p.parseInsertIntos()
		w.Span = p.since(wlo)
		s.Whens = append(s.Whens, w)
	}
	if len(s.Whens) > 0 && p.gotKw(token.ELSE) {
		s.Else = p.parseInsertIntos()
	}
	if !p.startsQuery() && !p.at(token.LParen) {
		p.expected("SELECT")
	}
	s.Query = p.parseSelect()
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseInsertIntos() []*ast.InsertInto {
	var list []*ast.InsertInto
	for p.is(token.INTO) {
		lo := p.mark()
		p.next()
		in := &ast.InsertInto{Target: p.parseTargetTable()}
		if p.at(token.LParen) && !p.queryInParens() {
			in.Cols = p.parseColumns()
		}
		if p.is(token.VALUES) {
			p.next()
			if !p.at(token.LParen) {
				p.expected(kindText(token.LParen))
			}
			in.Values = p.parseParen(true)
		}
		in.LogErrors = p.parseLogErrors()
		in.Span = p.since(lo)
		list = append(list, in)
	}
	if len(list) == 0 {
		p.expected("INTO")
	}
	return list
}

// parseUpdate reads UPDATE.
func (p *parser) parseUpdate() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.UPDATE)
	s := &ast.Update{Target: p.parseTargetTable()}
	p.wantKw(token.SET)
	s.Set = p.parseAssigns()
	if p.gotKw(token.FROM) {
		s.From = p.parseFrom()
	}
	s.Where, s.CurrentOf = p.parseDMLWhere()
	for c := p.parseSubst(); c != nil; c = p.parseSubst() {
		s.Subst = append(s.Subst, c)
	}
	s.Returning = p.parseReturning()
	s.LogErrors = p.parseLogErrors()
	s.Span = p.since(lo)
	return s
}

// parseAssigns reads a = 1, (b, c) = (SELECT ...), ROW = rec, VALUE(t) = x.
func (p *parser) parseAssigns() []*ast.Assign {
	var list []*ast.Assign
	for {
		list = append(list, p.parseAssign())
		if !p.got(token.Comma) {
			return list
		}
	}
}

func (p *parser) parseAssign() *ast.Assign {
	lo := p.mark()
	a := &ast.Assign{}
	switch {
	case p.is(token.ROW) && p.peek(1).Kind == token.EQ:
		a.Row = true
		p.next()
	case p.at(token.LParen):
		a.Target = p.parseParen(true)
	default:
		tlo := p.mark()
		a.Target = p.parseNameChain(tlo, p.parseNameOperand(tlo))
	}
	p.want(token.EQ)
	if _, columns := a.Target.(*ast.List); columns && !p.queryInParens() && p.at(token.LParen) {
		p.next()
		p.expected("a subquery") // ORA-01767
	}
	a.X = p.parseExpr()
	a.Span = p.since(lo)
	return a
}

// parseDMLWhere reads WHERE condition | WHERE CURRENT OF cursor.
func (p *parser) parseDMLWhere() (where, currentOf ast.Expr) {
	if !p.gotKw(token.WHERE) {
		return nil, nil
	}
	if p.gotSeq(token.CURRENT, token.OF) {
		return nil, p.parseTarget()
	}
	return p.parseExpr(), nil
}

// parseDelete reads DELETE.
func (p *parser) parseDelete() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.DELETE)
	p.gotKw(token.FROM)
	s := &ast.Delete{Target: p.parseTargetTable()}
	if p.gotKw(token.FROM) {
		s.From = p.parseFrom()
	}
	s.Where, s.CurrentOf = p.parseDMLWhere()
	for c := p.parseSubst(); c != nil; c = p.parseSubst() {
		s.Subst = append(s.Subst, c)
	}
	s.Returning = p.parseReturning()
	s.LogErrors = p.parseLogErrors()
	s.Span = p.since(lo)
	return s
}

// parseReturning reads RETURNING|RETURN [OLD|NEW] exprs [BULK COLLECT] INTO targets; nil without it.
func (p *parser) parseReturning() *ast.Returning {
	if !p.isAny(token.RETURNING, token.RETURN) {
		return nil
	}
	lo := p.mark()
	p.next()
	r := &ast.Returning{}
	for {
		ilo := p.mark()
		it := &ast.ReturnItem{}
		if p.isAny(token.OLD, token.NEW) && startsOperand(p.peek(1)) && p.peek(1).Kind != token.LParen {
			it.State = p.tok.Kw
			p.next()
		}
		it.X = p.parseExpr()
		it.Span = p.since(ilo)
		r.Items = append(r.Items, it)
		if !p.got(token.Comma) {
			break
		}
	}
	// EXECUTE IMMEDIATE texts and OCI programs bind the targets too, so that INTO needs no block around
	p.plsql++
	r.Into = p.parseInto()
	p.plsql--
	if r.Into == nil {
		p.expected("INTO")
	}
	r.Span = p.since(lo)
	return r
}

// parseLogErrors reads LOG ERRORS [INTO t] [(tag)] [REJECT LIMIT n|UNLIMITED]; nil without it.
func (p *parser) parseLogErrors() *ast.LogErrors {
	if !p.isSeq(token.LOG, token.ERRORS) {
		return nil
	}
	lo := p.mark()
	p.skip(2)
	l := &ast.LogErrors{}
	if p.gotKw(token.INTO) {
		l.Into = p.parseName()
	}
	if p.got(token.LParen) {
		l.Tag = p.parseExpr()
		p.want(token.RParen)
	}
	if p.gotSeq(token.REJECT, token.LIMIT) {
		l.Reject = true
		if l.Unlimited = p.gotKw(token.UNLIMITED); !l.Unlimited {
			l.Limit = p.parseOperand()
		}
	}
	l.Span = p.since(lo)
	return l
}
