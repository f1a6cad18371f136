package parser

import (
	"landfall/internal/oracle/syntax/token"
)

// skipCompression reads what may follow COMPRESS in any of its generations: n (index prefix),
// BASIC, FOR OLTP | FOR ALL OPERATIONS | FOR DIRECT_LOAD OPERATIONS | FOR QUERY|ARCHIVE [LOW|HIGH],
// ADVANCED [LOW|HIGH], LOW|MEDIUM|HIGH (LOBs).
func (p *parser) skipCompression() {
	switch {
	case p.at(token.Number):
		p.next()
	case p.is(token.FOR):
		p.next()
		switch p.gotAny(token.OLTP, token.ALL, token.DIRECT_LOAD, token.QUERY, token.ARCHIVE) {
		case token.ALL, token.DIRECT_LOAD:
			p.wantKw(token.OPERATIONS)
		case token.QUERY, token.ARCHIVE:
			p.gotAny(token.LOW, token.HIGH)
		case 0:
			p.expected("OLTP", "ALL OPERATIONS", "DIRECT_LOAD OPERATIONS", "QUERY", "ARCHIVE")
		}
	case p.gotKw(token.ADVANCED):
		p.gotAny(token.LOW, token.HIGH)
	default:
		p.gotAny(token.BASIC, token.LOW, token.MEDIUM, token.HIGH)
	}
}

// skipInmemory reads the options behind INMEMORY in any order.
func (p *parser) skipInmemory() {
	for {
		switch {
		case p.is(token.MEMCOMPRESS), p.is(token.NO) && p.peek(1).Is(token.MEMCOMPRESS):
			if p.gotKw(token.NO) {
				p.next()
				continue
			}
			p.next()
			if p.gotKw(token.AUTO) {
				continue
			}
			p.wantKw(token.FOR)
			if p.gotAny(token.QUERY, token.CAPACITY) != 0 {
				p.gotAny(token.LOW, token.HIGH)
			} else {
				p.wantKw(token.DML)
			}
		case p.gotKw(token.PRIORITY):
			if p.gotAny(token.NONE, token.LOW, token.MEDIUM, token.HIGH, token.CRITICAL) == 0 {
				p.expected("NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL")
			}
		case p.gotKw(token.DISTRIBUTE):
			if !p.gotKw(token.AUTO) && p.gotKw(token.BY) {
				if !p.gotSeq(token.ROWID, token.RANGE) && p.gotAny(token.PARTITION, token.SUBPARTITION) == 0 {
					p.expected("ROWID RANGE", "PARTITION", "SUBPARTITION")
				}
			}
			if p.gotSeq(token.FOR, token.SERVICE) {
				p.parseIdent()
			}
		case p.gotKw(token.DUPLICATE):
			p.gotKw(token.ALL)
		case p.gotSeq(token.NO, token.DUPLICATE), p.gotKw(token.ALL):
		case p.is(token.TEXT), p.is(token.SPATIAL):
			p.next()
			if p.at(token.LParen) {
				p.skipParens()
			} else {
				p.parseIdent()
			}
		case p.at(token.LParen):
			p.skipParens()
		default:
			return
		}
	}
}

// skipDegree reads what may follow PARALLEL: n | DEFAULT | AUTO | (DEGREE n [INSTANCES n]).
func (p *parser) skipDegree() {
	switch {
	case p.at(token.Number), p.atSubst(), p.is(token.DEFAULT) && !p.peek(1).Is(token.COLLATION), p.is(token.AUTO):
		p.next()
		if p.gotKw(token.INSTANCES) && !p.gotKw(token.DEFAULT) {
			p.skipNumber()
		}
	case p.at(token.LParen):
		p.skipParens()
	case p.is(token.DEGREE), p.is(token.INSTANCES):
		for p.gotAny(token.DEGREE, token.INSTANCES) != 0 {
			if !p.gotKw(token.DEFAULT) {
				p.skipNumber()
			}
		}
	}
}

// skipILM reads ADD POLICY ... | DELETE|ENABLE|DISABLE POLICY name | DELETE_ALL|ENABLE_ALL|DISABLE_ALL. The policy
// itself is free text of keywords: it ends where the next attribute or the statement does.
func (p *parser) skipILM() {
	switch {
	case p.gotKw(token.ADD):
		p.gotKw(token.POLICY)
		for !p.atEnd() && !p.at(token.RParen) && !p.at(token.Comma) && !p.is(token.AS) && !p.is(token.PARTITION) && !p.is(token.ILM) {
			if p.at(token.LParen) {
				p.skipParens()
				continue
			}
			p.next()
		}
	case p.gotAny(token.DELETE_ALL, token.ENABLE_ALL, token.DISABLE_ALL) != 0:
	case p.gotAny(token.DELETE, token.ENABLE, token.DISABLE) != 0:
		p.wantKw(token.POLICY)
		p.parseIdent()
	default:
		p.expected("ADD", "DELETE", "ENABLE", "DISABLE")
	}
}

// skipClustering reads attribute clustering: [t JOIN u ON (cond), ...] BY {LINEAR|INTERLEAVED} ORDER (...)
// [{YES|NO} ON LOAD] [{YES|NO} ON DATA MOVEMENT] [WITH|WITHOUT MATERIALIZED ZONEMAP [(...)]].
func (p *parser) skipClustering() {
	for !p.is(token.BY) {
		switch {
		case p.at(token.LParen):
			p.skipParens()
		case p.tok.Name(), p.at(token.Dot), p.at(token.Comma):
			p.next()
		default:
			p.expected("BY")
		}
	}
	p.next()
	p.gotAny(token.LINEAR, token.INTERLEAVED)
	p.wantKw(token.ORDER)
	p.skipParens()
	p.skipClusteringWords()
}
