package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseLoop, parseWhile and parseFor read loops whose labels, which begin at lo, have been read.
func (p *parser) parseLoop(lo uint32, labels []*ast.Name) ast.Stmt {
	s := &ast.Loop{Labels: labels}
	base := len(p.nest)
	s.Stmts, s.EndLabel = p.parseLoopBody(lo, base)
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseWhile(lo uint32, labels []*ast.Name) ast.Stmt {
	s := &ast.While{Labels: labels}
	base := len(p.nest)
	p.next()
	s.Cond = p.parseExpr()
	s.Stmts, s.EndLabel = p.parseLoopBody(lo, base)
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseFor(lo uint32, labels []*ast.Name) ast.Stmt {
	s := &ast.For{Labels: labels}
	base := len(p.nest)
	p.next()
	s.Iter = p.parseIterator()
	s.Stmts, s.EndLabel = p.parseLoopBody(lo, base)
	s.Span = p.since(lo)
	return s
}

// parseLoopBody reads LOOP ... END LOOP [label].
func (p *parser) parseLoopBody(lo uint32, base int) (stmts []ast.Stmt, end *ast.Name) {
	p.enter()
	p.wantKw(token.LOOP)
	p.open(nestLoop, 0)
	stmts = p.parseStmts()
	p.closeWord(token.LOOP, base, lo)
	if !p.unclosed && p.tok.Name() && p.tok.Flags&token.FlagNewline == 0 {
		// "the compiler does not check" that it is the label of the loop (Language Reference, "LOOP")
		end = p.parseIdent()
	}
	p.leave()
	return stmts, end
}

// parseIterator reads iterand [, iterand] IN control {, control}, of a FOR loop or of an iterator choice in a
// qualified expression.
func (p *parser) parseIterator() *ast.Iterator {
	lo := p.mark()
	it := &ast.Iterator{}
	for {
		at := p.mark()
		v := &ast.Iterand{Name: p.parseIdent()}
		v.Mutable = p.gotAny(token.MUTABLE, token.IMMUTABLE)
		if !p.is(token.IN) && !p.at(token.Comma) {
			v.Type = p.parseDataType()
		}
		v.Span = p.since(at)
		it.Iterands = append(it.Iterands, v)
		if !p.got(token.Comma) {
			break
		}
	}
	p.wantKw(token.IN)
	for {
		it.Controls = append(it.Controls, p.parseIterControl())
		if !p.got(token.Comma) {
			break
		}
	}
	it.Span = p.since(lo)
	return it
}

// parseIterControl reads one iteration control (PL/SQL Language Reference 21c, "FOR LOOP Statement").
func (p *parser) parseIterControl() *ast.IterControl {
	lo := p.mark()
	c := &ast.IterControl{}
	if p.is(token.REVERSE) && !p.endsOperand(1) {
		c.Reverse = true
		p.next()
	}
	t := p.peek(1)
	switch of := t.Is(token.OF); {
	case of && p.is(token.VALUES):
		p.parseCollectionControl(c, ast.IterValues)
	case of && p.is(token.INDICES):
		p.parseCollectionControl(c, ast.IterIndices)
	case of && p.is(token.PAIRS):
		p.parseCollectionControl(c, ast.IterPairs)
	case p.parenQueryAt(0):
		c.Kind, c.Query = ast.IterQuery, p.parseSelect()
	case p.isDynamicSource():
		c.Kind = ast.IterDynamic
		p.parseDynamicSource(c)
	default:
		if p.is(token.REPEAT) && !p.endsOperand(1) {
			c.Repeat = true
			p.next()
		}
		x := p.parseExpr()
		if p.got(token.DotDot) {
			c.Kind, c.Low, c.High = ast.IterRange, x, p.parseExpr()
			if p.gotKw(token.BY) {
				c.Step = p.parseExpr()
			}
		} else {
			c.Kind, c.X = ast.IterExpr, x
		}
	}
	if p.gotKw(token.WHILE) {
		c.While = p.parseExpr()
	}
	if p.gotKw(token.WHEN) {
		c.When = p.parseExpr()
	}
	c.Span = p.since(lo)
	return c
}

// endsOperand reports whether the n-th token on shows that the one before it is a value, not a keyword.
func (p *parser) endsOperand(n int) bool {
	t := p.peek(n)
	switch t.Kind {
	case token.DotDot, token.Dot, token.Plus, token.Minus, token.Star, token.Slash, token.Comma, token.Percent:
		return true
	}
	return t.Is(token.LOOP)
}

func (p *parser) parseCollectionControl(c *ast.IterControl, kind ast.IterKind) {
	c.Kind = kind
	p.next()
	p.next()
	switch {
	case p.parenQueryAt(0):
		c.Query = p.parseSelect()
	case p.isDynamicSource():
		p.parseDynamicSource(c)
	default:
		c.X = p.parseExpr()
	}
}

// isDynamicSource reports whether (EXECUTE IMMEDIATE ...) stands here.
func (p *parser) isDynamicSource() bool {
	t, u := p.peek(1), p.peek(2)
	return p.at(token.LParen) && t.Is(token.EXECUTE) && u.Is(token.IMMEDIATE)
}

func (p *parser) parseDynamicSource(c *ast.IterControl) {
	p.next()
	c.Dynamic = p.parseExecImmediate()
	p.want(token.RParen)
}

// parseForAll reads FORALL i IN bounds [SAVE EXCEPTIONS] statement.
func (p *parser) parseForAll() ast.Stmt {
	lo := p.mark()
	p.next()
	s := &ast.ForAll{Index: p.parseIdent()}
	p.wantKw(token.IN)
	switch {
	case p.gotSeq(token.INDICES, token.OF):
		s.Kind, s.Of = ast.IterIndices, p.parseChain("a collection")
		if p.gotKw(token.BETWEEN) {
			s.Low = p.parseOperand()
			p.wantKw(token.AND)
			s.High = p.parseOperand()
		}
	case p.gotSeq(token.VALUES, token.OF):
		s.Kind, s.Of = ast.IterValues, p.parseChain("a collection")
	default:
		s.Kind, s.Low = ast.IterRange, p.parseOperand()
		p.want(token.DotDot)
		s.High = p.parseOperand()
	}
	if p.gotKw(token.SAVE) {
		p.wantKw(token.EXCEPTIONS)
		s.Save = true
	}
	switch {
	case p.isSeq(token.EXECUTE, token.IMMEDIATE):
		s.Action = p.parseExecImmediate()
	case p.isAny(token.INSERT, token.UPDATE, token.DELETE, token.MERGE):
		p.sql = true
		s.Action = p.parseSQLStmt()
		p.sql = false
	}
	if s.Action == nil {
		p.expected("INSERT", "UPDATE", "DELETE", "MERGE", "EXECUTE IMMEDIATE")
	}
	s.Span = p.since(lo)
	return s
}
