package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseFrom reads a, b JOIN c ..., d.
func (p *parser) parseFrom() []ast.TableRef {
	list := []ast.TableRef{p.parseTableRef()}
	for p.got(token.Comma) {
		list = append(list, p.parseTableRef())
	}
	return list
}

// parseTableRef reads one item of FROM with all joins behind it.
func (p *parser) parseTableRef() ast.TableRef {
	p.enter()
	lo := p.mark()
	t := p.parseJoins(lo, p.parseTablePrimary())
	p.leave()
	return t
}

// parseTablePrimary reads a table, subquery, collection or join in parentheses with everything that belongs
// to it: partition, flashback, sample, pivots, row pattern, alias.
func (p *parser) parseTablePrimary() ast.TableRef {
	lo := p.mark()
	switch {
	case p.at(token.LParen):
		return p.parseParenTable(lo)
	case p.at(token.LBrace) && p.peek(1).Kind == token.Ident:
		p.skip(2) // {oj a LEFT OUTER JOIN b ON ...} of JDBC and ODBC
		x := p.parseTableRef()
		p.want(token.RBrace)
		return &ast.ParenTable{Span: p.since(lo), X: x}
	case p.is(token.LATERAL) && p.peek(1).Kind == token.LParen:
		p.next()
		s := p.parseSubqueryRef(lo)
		s.Lateral = true
		return p.parseTableTail(lo, s)
	case p.isSeq(token.ANALYTIC, token.VIEW) && p.peek(2).Kind == token.LParen:
		p.skip(2)
		t := &ast.TableExpr{Kind: token.ANALYTIC, External: p.parseBalanced(lo, token.ANALYTIC)}
		t.Span = p.since(lo)
		return p.parseTableTail(lo, t)
	case p.at(token.Ident) && p.peek(1).Kind == token.LParen:
		if t := p.parseWrappedTable(lo); t != nil {
			return p.parseTableTail(lo, t)
		}
	}
	return p.parseTableTail(lo, p.parseNamedTable(lo))
}

// parseWrappedTable reads ONLY (t), CONTAINERS (t), SHARDS (t), TABLE (x), THE (q), EXTERNAL (...); nil for others.
func (p *parser) parseWrappedTable(lo uint32) ast.TableRef {
	switch k := p.tok.Kw; k {
	case token.ONLY, token.CONTAINERS, token.SHARDS:
		p.skip(2)
		t := p.newTable()
		t.Wrap, t.Name = k, p.parseName()
		p.want(token.RParen)
		t.Span = p.since(lo)
		return t
	case token.TABLE, token.THE:
		p.skip(2)
		t := &ast.TableExpr{Kind: k}
		if p.startsQuery() {
			qlo := p.mark()
			q := p.parseSelect()
			t.X = &ast.Subquery{Span: p.since(qlo), Query: q}
		} else {
			t.X = p.parseExpr()
		}
		p.want(token.RParen)
		p.joinedMark(&t.Joined)
		t.Span = p.since(lo)
		return t
	case token.RELATIONAL: // RELATIONAL (t NOT XMLTYPE), how Data Pump reads object tables
		n := 2
		for p.peek(n).Name() && !p.peek(n).Is(token.NOT) || p.peek(n).Kind == token.Dot || p.peek(n).Kind == token.At {
			n++
		}
		if !p.peek(n).Is(token.NOT) {
			return nil
		}
		p.skip(2)
		t := p.newTable()
		t.Wrap, t.Name = k, p.parseName()
		p.wantKw(token.NOT, token.XMLTYPE)
		p.want(token.RParen)
		t.Span = p.since(lo)
		return t
	case token.EXTERNAL:
		p.skip(1)
		return &ast.TableExpr{Kind: k, External: p.parseInlineExternal(), Span: p.since(lo)}
	}
	return nil
}

func (p *parser) joinedMark(joined *bool) {
	if p.outerMark() {
		p.skip(3)
		*joined = true
	}
}

// parseNamedTable reads a table name, or a call that yields rows.
func (p *parser) parseNamedTable(lo uint32) ast.TableRef {
	if p.tok.Kind == token.Bind || p.tok.Kind == token.Question {
		// a collection bound by the client is read as TABLE(:b); a bare bind is a name in dynamic SQL templates
		x := p.parseBind(lo)
		return &ast.TableExpr{Span: p.since(lo), X: x}
	}
	if p.word(wordReserved) {
		p.expected("a table")
	}
	n := p.parseName()
	if p.at(token.LParen) && !p.outerMark() {
		t := &ast.TableExpr{X: p.parseNameChain(lo, n)}
		p.joinedMark(&t.Joined)
		t.Span = p.since(lo)
		return t
	}
	return p.tableName(lo, n)
}

// parseTableName reads a table name that no argument list can follow.
func (p *parser) parseTableName(lo uint32) ast.TableRef {
	if p.word(wordReserved) {
		p.expected("a table")
	}
	return p.tableName(lo, p.parseName())
}

func (p *parser) tableName(lo uint32, n *ast.Name) ast.TableRef {
	t := p.newTable()
	t.Name = n
	t.Partition = p.parsePartitionRef()
	if p.is(token.HIERARCHIES) && p.peek(1).Kind == token.LParen {
		hlo := p.mark()
		p.skip(2)
		h := &ast.Clause{Head: token.HIERARCHIES}
		for !p.at(token.RParen) {
			h.Names = append(h.Names, p.parseName())
			if !p.got(token.Comma) {
				break
			}
		}
		p.want(token.RParen)
		h.Span = p.since(hlo)
		t.Special = h
	}
	if p.is(token.EXTERNAL) && p.peek(1).Is(token.MODIFY) {
		clo := p.mark()
		p.skip(2)
		t.Special = p.parseBalanced(clo, token.MODIFY)
	}
	t.Span = p.since(lo)
	return t
}

// parsePartitionRef reads PARTITION (p) | PARTITION FOR (values) | SUBPARTITION ...; nil without one.
func (p *parser) parsePartitionRef() *ast.Clause {
	if !p.isAny(token.PARTITION, token.SUBPARTITION) {
		return nil
	}
	n := p.peek(1)
	if n.Kind != token.LParen && !n.Is(token.FOR) {
		return nil
	}
	lo := p.mark()
	c := &ast.Clause{Head: p.tok.Kw}
	p.next()
	isFor := p.gotKw(token.FOR)
	p.want(token.LParen)
	if isFor {
		c.Exprs = p.parseExprList()
	} else {
		for {
			c.Names = append(c.Names, p.parseIdent())
			if !p.got(token.Comma) {
				break
			}
		}
	}
	p.want(token.RParen)
	c.Span = p.since(lo)
	return c
}

// parseParenTable reads what begins with "(" in FROM: a subquery or a join in parentheses. Which of the two
// ((SELECT ...) ...) is shows only behind the inner parenthesis, so the inner one is read first.
func (p *parser) parseParenTable(lo uint32) ast.TableRef {
	n := p.peek(1)
	if n.Is(token.SELECT) || n.Is(token.WITH) || n.Is(token.VALUES) && p.peek(2).Kind == token.LParen {
		return p.parseTableTail(lo, p.parseSubqueryRef(lo))
	}
	p.enter()
	p.next()
	ilo := p.mark()
	inner := p.parseTablePrimary()
	if s, ok := inner.(*ast.SubqueryRef); ok && plainSubquery(s) && (p.continuesQuery() || p.at(token.RParen)) {
		q := p.continueSelect(ilo, &ast.ParenQuery{Span: s.Span, Query: s.Query})
		r := &ast.SubqueryRef{Query: q}
		p.parseRestriction(r)
		p.want(token.RParen)
		r.Span = p.since(lo)
		p.leave()
		return p.parseTableTail(lo, r)
	}
	t := &ast.ParenTable{X: p.parseJoins(ilo, inner)}
	if p.at(token.Comma) {
		p.expected("a join")
	}
	p.want(token.RParen)
	t.Span = p.since(lo)
	p.leave()
	return p.parseTableTail(lo, t)
}

func plainSubquery(s *ast.SubqueryRef) bool {
	return !s.Lateral && s.Restrict == nil && !s.Joined && s.Flashback == nil && s.Sample == nil && s.Alias == nil
}

// parseSubqueryRef reads (query [WITH READ ONLY|CHECK OPTION]).
func (p *parser) parseSubqueryRef(lo uint32) *ast.SubqueryRef {
	p.want(token.LParen)
	s := &ast.SubqueryRef{Query: p.parseSelect()}
	p.parseRestriction(s)
	p.want(token.RParen)
	p.joinedMark(&s.Joined)
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseRestriction(s *ast.SubqueryRef) {
	if !p.is(token.WITH) {
		return
	}
	lo := p.mark()
	p.next()
	c := &ast.Clause{Head: p.tok.Kw}
	if p.gotKw(token.READ) {
		p.wantKw(token.ONLY)
	} else {
		p.wantKw(token.CHECK, token.OPTION)
		if p.gotKw(token.CONSTRAINT) {
			c.Names = append(c.Names, p.parseIdent())
		}
	}
	c.Span = p.since(lo)
	s.Restrict = c
}

// parseTableTail reads what may follow any item of FROM: flashback, sample, alias, and any number of pivots
// and row patterns, each of which makes a new item with its own alias.
func (p *parser) parseTableTail(lo uint32, t ast.TableRef) ast.TableRef {
	for {
		if p.tok.Kind != token.Ident && p.tok.Kind != token.QuotedIdent {
			return t
		}
		if f := p.parseFlashback(); f != nil {
			if !setFlashback(t, f) {
				p.fail("a flashback clause cannot stand here", "")
			}
		}
		if p.is(token.SAMPLE) && p.clauseFollows(true) {
			if !setSample(t, p.parseSample()) {
				p.fail("a sample clause cannot stand here", "")
			}
			if f := p.parseFlashback(); f != nil && !setFlashback(t, f) {
				p.fail("a flashback clause cannot stand here", "")
			}
		}
		if a := p.parseTableAlias(); a != nil {
			p.setAlias(lo, t, a)
		} else {
			p.respan(lo, t)
		}
		switch {
		case p.is(token.PIVOT) && p.clauseFollows(true):
			t = p.parsePivot(lo, t)
		case p.is(token.UNPIVOT) && p.clauseFollows(true):
			t = p.parseUnpivot(lo, t)
		case p.is(token.MATCH_RECOGNIZE) && p.clauseFollows(true):
			t = p.parseMatch(lo, t)
		case p.is(token.NESTED) && p.clauseFollows(true):
			t = p.parseNestedJSON(lo, t)
		default:
			return t
		}
	}
}

// setAlias gives an item its alias and the span that covers it.
func (p *parser) setAlias(lo uint32, t ast.TableRef, a *ast.Name) {
	switch t := t.(type) {
	case *ast.TableName:
		t.Alias = a
	case *ast.SubqueryRef:
		t.Alias = a
		if v, ok := t.Query.Body.(*ast.Values); ok && v != nil && p.at(token.LParen) {
			t.Cols = p.parseNameList()
		}
	case *ast.TableExpr:
		t.Alias = a
	case *ast.ParenTable:
		t.Alias = a
	case *ast.Pivot:
		t.Alias = a
	case *ast.Unpivot:
		t.Alias = a
	case *ast.MatchRecognize:
		t.Alias = a
	case *ast.NestedJSON:
		t.Alias = a
	}
	p.respan(lo, t)
}

func (p *parser) respan(lo uint32, t ast.TableRef) {
	s := p.since(lo)
	switch t := t.(type) {
	case *ast.TableName:
		t.Span = s
	case *ast.SubqueryRef:
		t.Span = s
	case *ast.TableExpr:
		t.Span = s
	case *ast.ParenTable:
		t.Span = s
	case *ast.Pivot:
		t.Span = s
	case *ast.Unpivot:
		t.Span = s
	case *ast.MatchRecognize:
		t.Span = s
	case *ast.NestedJSON:
		t.Span = s
	}
}

// parseBalanced reads a parenthesised run of words whole and checks that its parentheses balance.
func (p *parser) parseBalanced(lo uint32, head token.Keyword) *ast.Clause {
	p.want(token.LParen)
	for depth := 1; depth > 0; p.next() {
		switch p.tok.Kind {
		case token.LParen:
			depth++
		case token.RParen:
			depth--
		case token.EOF, token.Semi, token.TermSlash:
			p.expected(kindText(token.RParen))
		}
	}
	return &ast.Clause{Span: p.since(lo), Head: head}
}
