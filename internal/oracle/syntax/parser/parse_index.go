package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreateIndex reads a CREATE INDEX from its first word behind CREATE: a kind or INDEX.
func (p *parser) parseCreateIndex(lo uint32) *ast.CreateIndex {
	x := &ast.CreateIndex{}
	if x.Kind = p.gotAny(token.UNIQUE, token.BITMAP); x.Kind != 0 {
		p.gotKw(token.MULTIVALUE)
	} else if x.Kind = p.gotAny(token.MULTIVALUE, token.VECTOR, token.HYBRID, token.SEARCH); x.Kind == token.HYBRID {
		p.gotKw(token.VECTOR)
	}
	p.wantKw(token.INDEX)
	x.IfNotExists = p.gotIfNotExists()
	x.Name = p.parseName()
	p.wantKw(token.ON)
	if p.is(token.CLUSTER) && p.peek(1).Name() {
		p.next()
		x.OnCluster = true
		x.Table = p.parseName()
	} else {
		x.Table = p.parseName()
		if p.tok.Name() {
			x.Alias = p.parseIdent()
		}
		p.want(token.LParen)
		if p.lobIndex() {
			p.noteAt(int(p.tok.Off), "the index of a LOB has no columns, and DBMS_METADATA does not close their list", "leave it out: the LOB brings its own")
		} else {
			x.Items = append(x.Items, p.parseIndexItem())
			for p.got(token.Comma) {
				x.Items = append(x.Items, p.parseIndexItem())
			}
			if !p.at(token.RParen) {
				p.expected("\",\"", "\")\"")
			}
			p.next()
		}
	}
	if p.gotKw(token.FROM) {
		p.parseBitmapJoin(x)
	}
	p.parseDomainIndex(x)
	p.parseIndexTail(&x.Partition, &x.Props, false)
	p.parseDomainIndex(x)
	p.parseIndexTail(&x.Partition, &x.Props, false)
	x.Span = p.since(lo)
	return x
}

// lobIndex reports whether what follows the "(" is the physical attributes that DBMS_METADATA writes there for
// the index of a LOB segment.
func (p *parser) lobIndex() bool {
	return p.isAny(token.PCTFREE, token.INITRANS, token.COMPUTE, token.TABLESPACE) &&
		(p.peek(1).Kind == token.Number || p.peek(1).Is(token.STATISTICS) || p.is(token.TABLESPACE) && p.peek(1).Name())
}

// parseIndexItem reads expr [ASC|DESC] [NULLS FIRST|LAST].
func (p *parser) parseIndexItem() *ast.IndexItem {
	lo := p.mark()
	it := &ast.IndexItem{}
	if next := p.peek(1).Kind; p.tok.Name() && (next == token.Comma || next == token.RParen) {
		it.X = p.parseName()
	} else {
		it.X = p.parseExpr()
	}
	it.Dir = p.gotAny(token.ASC, token.DESC)
	if p.gotKw(token.NULLS) {
		it.Nulls = p.gotAny(token.FIRST, token.LAST)
	}
	it.Span = p.since(lo)
	return it
}

// parseBitmapJoin reads FROM t [a], u [b] WHERE cond of a bitmap join index.
func (p *parser) parseBitmapJoin(x *ast.CreateIndex) {
	for {
		lo := p.mark()
		t := &ast.TableAlias{Table: p.parseName()}
		if p.tok.Name() && !p.is(token.WHERE) {
			t.Alias = p.parseIdent()
		}
		t.Span = p.since(lo)
		x.From = append(x.From, t)
		if !p.got(token.Comma) {
			break
		}
	}
	p.wantKw(token.WHERE)
	x.Where = p.parseExpr()
}

// parseDomainIndex reads INDEXTYPE IS t and the clauses only domain, vector and search indexes have.
func (p *parser) parseDomainIndex(x *ast.CreateIndex) {
	for p.tok.Kind == token.Ident {
		lo := p.mark()
		switch p.tok.Kw {
		case token.INDEXTYPE:
			p.next()
			p.wantKw(token.IS)
			x.IndexType = p.parseName()
		case token.PARAMETERS:
			x.Params = append(x.Params, p.parseProp())
		case token.FILTER, token.ORDER:
			head := p.tok.Kw
			p.next()
			p.wantKw(token.BY)
			for {
				p.parseIdent()
				p.gotAny(token.ASC, token.DESC)
				if !p.got(token.Comma) {
					break
				}
			}
			x.Params = append(x.Params, p.clause(lo, head))
		case token.INCLUDE:
			p.next()
			p.skipParens()
			x.Params = append(x.Params, p.clause(lo, token.INCLUDE))
		case token.ORGANIZATION, token.DISTANCE, token.WITH, token.FOR:
			if x.Kind != token.VECTOR && x.Kind != token.HYBRID && x.Kind != token.SEARCH {
				return
			}
			p.skipVectorWords()
			x.Params = append(x.Params, p.clause(lo, token.ORGANIZATION))
		default:
			return
		}
	}
}

// skipVectorWords reads ORGANIZATION {INMEMORY [NEIGHBOR] GRAPH | [NEIGHBOR] PARTITIONS}, DISTANCE metric,
// WITH TARGET ACCURACY n [PARAMETERS (...)] of vector indexes and FOR JSON of search indexes.
func (p *parser) skipVectorWords() {
	switch p.gotAny(token.ORGANIZATION, token.DISTANCE, token.WITH, token.FOR) {
	case token.ORGANIZATION:
		for p.tok.Kind == token.Ident && !p.isAny(token.WITH, token.DISTANCE, token.PARALLEL) {
			p.next()
		}
	case token.WITH:
		for p.tok.Kind == token.Ident && !p.is(token.PARALLEL) || p.at(token.Number) {
			params := p.is(token.PARAMETERS)
			p.next()
			if params && p.at(token.LParen) {
				p.skipParens()
				return
			}
		}
	default:
		p.parseIdent()
	}
}

// startsIndexAttribute tells the first attribute behind USING INDEX from an index name.
func (p *parser) startsIndexAttribute() bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	next := p.peek(1)
	switch p.tok.Kw {
	case token.PCTFREE, token.PCTUSED, token.INITRANS, token.MAXTRANS, token.COMPRESS:
		return true
	case token.TABLESPACE:
		return next.Name()
	case token.STORAGE:
		return next.Kind == token.LParen
	case token.LOCAL, token.GLOBAL, token.LOGGING, token.NOLOGGING, token.NOCOMPRESS, token.REVERSE, token.NOREVERSE,
		token.NOSORT, token.SORT, token.ONLINE, token.PARALLEL, token.NOPARALLEL, token.COMPUTE, token.INVISIBLE,
		token.VISIBLE, token.UNUSABLE, token.INDEXING:
		return true
	}
	return false
}

// parseIndexTail reads attributes and partitioning of an index. Inside a constraint the words that may
// belong to the table or the constraint are left alone.
func (p *parser) parseIndexTail(pt **ast.Partitioning, props *[]*ast.Clause, constraint bool) {
	for p.tok.Kind == token.Ident {
		switch p.tok.Kw {
		case token.LOCAL:
			*pt = p.parseLocalIndex()
		case token.GLOBAL:
			*pt = p.parseGlobalIndex()
		default:
			if constraint && !p.startsIndexAttribute() {
				return
			}
			if p.is(token.UNUSABLE) && p.peek(1).Is(token.BEFORE) {
				return
			}
			if !p.appendProp(props) {
				return
			}
		}
	}
}

// parseLocalIndex reads LOCAL [STORE IN (...)] [( PARTITION ... )].
func (p *parser) parseLocalIndex() *ast.Partitioning {
	lo := p.mark()
	p.wantKw(token.LOCAL)
	pt := &ast.Partitioning{Kind: token.LOCAL}
	if p.is(token.STORE) {
		pt.StoreIn = p.parseStoreIn()
	}
	if p.at(token.LParen) {
		pt.Partitions = p.parsePartitionDefs()
	}
	pt.Span = p.since(lo)
	return pt
}

// parseGlobalIndex reads GLOBAL [PARTITION BY ...].
func (p *parser) parseGlobalIndex() *ast.Partitioning {
	lo := p.mark()
	p.wantKw(token.GLOBAL)
	pt := &ast.Partitioning{}
	if p.is(token.PARTITION) {
		pt = p.parsePartitioning()
	}
	pt.Global = true
	pt.Span = p.since(lo)
	return pt
}
