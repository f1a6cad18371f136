package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseAlterTarget reads a partition name or FOR (values); names go to Names, values to Exprs.
func (p *parser) parseAlterTarget(act *ast.AlterAction) {
	if p.is(token.FOR) && p.peek(1).Kind == token.LParen {
		p.next()
		act.Exprs = append(act.Exprs, p.parseBoundValues()...)
		return
	}
	act.Names = append(act.Names, p.parseName())
}

// parseAlterPartition reads MOVE, SPLIT, MERGE, EXCHANGE, TRUNCATE and COALESCE from that word. MOVE without a
// partition moves the table.
func (p *parser) parseAlterPartition(act *ast.AlterAction) {
	p.next()
	if act.Verb == token.MOVE {
		p.gotKw(token.ONLINE)
	}
	if k := p.gotAny(token.PARTITION, token.PARTITIONS, token.SUBPARTITION, token.SUBPARTITIONS, token.PARTITIONSET); k != 0 {
		act.Object = k
		if act.Verb != token.COALESCE || k == token.SUBPARTITION && p.tok.Name() {
			p.parseAlterTarget(act)
		}
		for p.got(token.Comma) {
			p.parseAlterTarget(act)
		}
	} else if act.Verb != token.MOVE && act.Verb != token.COALESCE {
		p.expected("PARTITION", "SUBPARTITION")
	}
	switch act.Verb {
	case token.MERGE:
		if p.gotKw(token.TO) {
			act.Through = true
			p.parseAlterTarget(act)
		}
		if p.gotKw(token.INTO) {
			act.Partitions = append(act.Partitions, p.parsePartitionDef())
		}
	case token.EXCHANGE:
		p.wantKw(token.WITH, token.TABLE)
		act.NewName = p.parseName()
	}
	for p.parsePartitionTailWord(act) {
	}
}

// parsePartitionTailWord reads one of the clauses that follow a partition operation.
func (p *parser) parsePartitionTailWord(act *ast.AlterAction) bool {
	if p.at(token.LParen) && p.peek(1).Kind == token.Ident && isPartitionWord(p.peek(1).Kw) {
		act.Partitions = append(act.Partitions, p.parsePartitionDefs()...)
		return true
	}
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next, head := p.mark(), p.peek(1), p.tok.Kw
	switch head {
	case token.AT:
		p.next()
		act.Exprs = append(act.Exprs, p.parseBoundValues()...)
		return true
	case token.VALUES:
		p.next()
		if p.gotKw(token.LESS) {
			p.wantKw(token.THAN)
		}
		act.Exprs = append(act.Exprs, p.parseBoundValues()...)
		return true
	case token.INTO:
		p.next()
		act.Partitions = append(act.Partitions, p.parsePartitionDefs()...)
		return true
	case token.UPDATE:
		p.next()
		if p.gotKw(token.GLOBAL) || !p.is(token.INDEXES) {
			p.wantKw(token.INDEXES)
		} else {
			p.next()
			if p.at(token.LParen) {
				p.skipParens()
			}
		}
	case token.INVALIDATE:
		p.next()
		p.gotKw(token.GLOBAL)
		p.wantKw(token.INDEXES)
	case token.INCLUDING, token.EXCLUDING:
		switch next.Kw {
		case token.INDEXES:
			p.next()
			p.next()
		case token.ROWS:
			p.next()
			p.next()
			p.wantKw(token.WHERE)
			act.Props = append(act.Props, &ast.Clause{Head: head, Exprs: []ast.Expr{p.parseExpr()}, Span: p.since(lo)})
			return true
		default:
			return p.appendProp(&act.Props)
		}
	case token.WITH, token.WITHOUT:
		if !next.Is(token.VALIDATION) {
			return false
		}
		p.next()
		p.next()
	case token.EXCEPTIONS:
		p.next()
		p.wantKw(token.INTO)
		act.Props = append(act.Props, &ast.Clause{Head: head, Names: []*ast.Name{p.parseName()}, Span: p.since(lo)})
		return true
	case token.CASCADE:
		p.next()
		act.Cascade = true
	case token.DROP, token.REUSE:
		if !next.Is(token.STORAGE) && !next.Is(token.ALL) {
			return false
		}
		p.next()
		p.gotKw(token.ALL)
		p.wantKw(token.STORAGE)
	case token.ALLOW, token.DISALLOW:
		p.next()
		p.wantKw(token.CLUSTERING)
	case token.MAPPING:
		return p.appendProp(&act.Props)
	case token.FILTER:
		p.next()
		p.skipParens()
	case token.PARTITIONS, token.SUBPARTITIONS:
		p.next()
		p.skipNumber()
		if p.is(token.STORE) {
			p.parseStoreIn()
		}
	case token.STORE:
		p.parseStoreIn()
	case token.FOR:
		if !next.Is(token.EXCHANGE) {
			return p.appendProp(&act.Props)
		}
		p.next()
		p.next()
	case token.MODIFY, token.ADD, token.RENAME, token.ENABLE, token.DISABLE:
		return false
	default:
		return p.appendProp(&act.Props)
	}
	act.Props = append(act.Props, p.clause(lo, head))
	return true
}

// parseModifyPartitionWord reads what MODIFY PARTITION and MODIFY SUBPARTITION can do.
func (p *parser) parseModifyPartitionWord(act *ast.AlterAction) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next, head := p.mark(), p.peek(1), p.tok.Kw
	switch head {
	case token.ADD:
		p.next()
		if p.is(token.VALUES) {
			act.Props = append(act.Props, p.parseValuesChange(lo, head))
			return true
		}
		if !p.is(token.SUBPARTITION) && !p.is(token.PARTITION) {
			p.expected("VALUES", "SUBPARTITION")
		}
		for {
			act.Partitions = append(act.Partitions, p.parsePartitionDef())
			if !p.got(token.Comma) {
				return true
			}
		}
	case token.DROP:
		if !next.Is(token.VALUES) {
			return p.parsePartitionTailWord(act)
		}
		p.next()
		act.Props = append(act.Props, p.parseValuesChange(lo, head))
		return true
	case token.COALESCE:
		p.next()
		p.gotKw(token.SUBPARTITION)
	case token.UNUSABLE, token.REBUILD:
		p.next()
		if head == token.REBUILD {
			p.wantKw(token.UNUSABLE)
		}
		if p.gotKw(token.LOCAL) {
			p.wantKw(token.INDEXES)
		}
	case token.SHRINK, token.ALLOCATE, token.DEALLOCATE:
		p.skipSpaceClause()
	case token.ACCESS, token.LOCATION, token.REJECT:
		x := &ast.External{}
		p.parseExternalClauses(x)
		x.Span = p.since(lo)
		act.External = x
		return true
	default:
		return p.parsePartitionTailWord(act)
	}
	act.Props = append(act.Props, p.clause(lo, head))
	return true
}

// parseValuesChange reads VALUES (...) behind ADD or DROP of a list partition; Head tells which.
func (p *parser) parseValuesChange(lo uint32, head token.Keyword) *ast.Clause {
	p.wantKw(token.VALUES)
	c := &ast.Clause{Head: head, Exprs: p.parseBoundValues()}
	c.Span = p.since(lo)
	return c
}

// skipSpaceClause reads SHRINK SPACE, ALLOCATE EXTENT and DEALLOCATE UNUSED, which say how a segment takes its space.
func (p *parser) skipSpaceClause() {
	switch {
	case p.gotKw(token.SHRINK):
		p.wantKw(token.SPACE)
		p.gotKw(token.CHECK)
		p.gotKw(token.COMPACT)
		p.gotKw(token.CASCADE)
	case p.gotKw(token.ALLOCATE):
		p.wantKw(token.EXTENT)
		if p.at(token.LParen) {
			p.skipParens()
		}
	case p.gotKw(token.DEALLOCATE):
		p.wantKw(token.UNUSED)
		if p.gotKw(token.KEEP) {
			p.skipSize()
		}
	}
}
