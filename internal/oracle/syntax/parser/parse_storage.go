package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// The physical and storage attributes of tables, indexes, partitions, clusters, materialized views and logs
// share one vocabulary. parseProp reads one of them into a Clause; which of them Oracle takes at which object
// is not checked. Source: SQL Language Reference, "physical_attributes_clause", "storage_clause",
// "table_properties", "LOB_storage_clause", "inmemory_table_clause" and their neighbours.

// parseProp reads one attribute, nil when none begins here.
func (p *parser) parseProp() *ast.Clause {
	if p.tok.Kind != token.Ident {
		return nil
	}
	lo, head := p.mark(), p.tok.Kw
	if p.slab.clause == nil {
		p.slab.clause = &ast.Clause{}
	}
	c := p.slab.clause
	c.Head = head
	if head == 0 {
		if !p.atSubst() {
			return nil
		}
		p.slab.clause = nil
		p.next() // a variable that stands for whole clauses
		c.Span = p.since(lo)
		return c
	}
	p.slab.clause = nil // attributes nest
	if !p.readProp(c) {
		p.slab.clause = c
		return nil
	}
	c.Span = p.since(lo)
	return c
}

// parseProps reads all attributes that stand here.
func (p *parser) parseProps() []*ast.Clause {
	var cs []*ast.Clause
	for {
		c := p.parseProp()
		if c == nil {
			return cs
		}
		cs = append(cs, c)
	}
}

// readProp consumes one attribute whose head is the current token; it consumes nothing when it returns false.
func (p *parser) readProp(c *ast.Clause) bool {
	next := p.peek(1)
	switch c.Head {
	case token.PCTFREE, token.PCTUSED, token.INITRANS, token.MAXTRANS, token.PCTTHRESHOLD, token.HASHKEYS,
		token.PCTVERSION, token.FREEPOOLS:
		p.next()
		p.skipNumber()
	case token.SIZE, token.CHUNK:
		p.next()
		p.skipSize()
	case token.STORAGE:
		if next.Kind != token.LParen {
			return false
		}
		p.next()
		p.skipParens()
	case token.TABLESPACE:
		p.next()
		p.gotKw(token.SET)
		c.Names = append(c.Names, p.parseIdent())
	case token.LOGGING, token.NOLOGGING, token.FILESYSTEM_LIKE_LOGGING, token.RECOVERABLE, token.UNRECOVERABLE,
		token.CACHE, token.NOCACHE, token.NOPARALLEL, token.NOCOMPRESS, token.ROWDEPENDENCIES,
		token.NOROWDEPENDENCIES, token.MONITORING, token.NOMONITORING, token.REVERSE, token.NOREVERSE,
		token.SORT, token.NOSORT, token.ONLINE, token.VISIBLE, token.INVISIBLE, token.USABLE, token.UNUSABLE,
		token.NOMAPPING, token.KEEP_DUPLICATES, token.DEDUPLICATE, token.DECRYPT:
		p.next()
	case token.OVERFLOW:
		p.next()
		c.Parts = p.parseSegmentProps()
	case token.SEGMENT:
		p.next()
		p.wantKw(token.CREATION)
		if p.gotAny(token.IMMEDIATE, token.DEFERRED) == 0 {
			p.expected("IMMEDIATE", "DEFERRED")
		}
	case token.COMPRESS:
		p.next()
		p.skipCompression()
	case token.ROW:
		return p.readRowProp(next)
	case token.COLUMN:
		return p.readColumnProp(c, next)
	case token.INMEMORY:
		p.next()
		p.skipInmemory()
	case token.NO:
		return p.readNoProp(next)
	case token.PARALLEL:
		p.next()
		p.skipDegree()
	case token.RESULT_CACHE:
		p.next()
		p.skipParens()
	case token.ENABLE, token.DISABLE:
		if next.Is(token.ROW) {
			p.next()
			p.next()
			p.wantKw(token.MOVEMENT)
		} else if next.Is(token.LOGICAL) {
			p.next()
			p.next()
			p.wantKw(token.REPLICATION)
			if p.gotSeq(token.ALL, token.KEYS) || p.gotSeq(token.ALLOW, token.NOVALIDATE, token.KEYS) ||
				p.gotSeq(token.PARTIAL, token.JSON) || p.gotSeq(token.NO, token.PARTIAL, token.JSON) {
				return true
			}
		} else {
			return false
		}
	case token.FLASHBACK:
		p.next()
		p.wantKw(token.ARCHIVE)
		if p.tok.Kind == token.QuotedIdent || p.tok.Kind == token.Ident && p.tok.Kw == 0 {
			c.Names = append(c.Names, p.parseIdent())
		}
	case token.ILM:
		p.next()
		p.skipILM()
	case token.CLUSTERING:
		p.next()
		p.skipClustering()
	case token.READ:
		p.next()
		if p.gotAny(token.ONLY, token.WRITE) == 0 {
			p.expected("ONLY", "WRITE")
		}
	case token.INDEXING:
		p.next()
		if p.gotAny(token.ON, token.OFF, token.PARTIAL, token.FULL) == 0 {
			p.expected("ON", "OFF", "PARTIAL", "FULL")
		}
	case token.LOB:
		if next.Kind != token.LParen {
			return false
		}
		p.readLOBStorage(c)
	case token.VARRAY, token.XMLTYPE, token.JSON, token.NESTED, token.OPAQUE:
		p.readTypedStorage(c)
	case token.USAGE:
		p.next()
		p.wantKw(token.QUEUE)
	case token.SUPPLEMENTAL:
		p.readSupplemental(c)
	case token.MAPPING:
		p.next()
		p.wantKw(token.TABLE)
	case token.INCLUDING:
		p.next()
		c.Names = append(c.Names, p.parseIdent())
	case token.MEMOPTIMIZE:
		p.next()
		p.wantKw(token.FOR)
		if p.gotAny(token.READ, token.WRITE) == 0 {
			p.expected("READ", "WRITE")
		}
	case token.OBJECT:
		p.next()
		if p.gotAny(token.ID, token.OID) == 0 {
			p.wantKw(token.IDENTIFIER)
		}
		p.gotKw(token.IS)
		if !p.gotSeq(token.SYSTEM, token.GENERATED) {
			p.wantKw(token.PRIMARY, token.KEY)
		}
	case token.OIDINDEX:
		p.next()
		if !p.at(token.LParen) {
			c.Names = append(c.Names, p.parseIdent())
		}
		p.want(token.LParen)
		c.Parts = p.parseSegmentProps()
		p.want(token.RParen)
	case token.DEFAULT:
		if !next.Is(token.COLLATION) {
			return false
		}
		p.next()
		p.next()
		c.Names = append(c.Names, p.parseIdent())
	case token.SHARING:
		p.next()
		p.want(token.EQ)
		p.parseIdent()
	case token.CONTAINER_MAP, token.CONTAINERS_DEFAULT:
		p.next()
	case token.HASHING:
		p.next()
		p.wantKw(token.USING)
		p.skipNameOrText()
		if p.gotSeq(token.WITH, token.ROW, token.VERSION) { // [AND USER CHAIN] name (columns)
			if p.gotKw(token.AND) {
				p.wantKw(token.USER, token.CHAIN)
			}
			p.parseName()
			p.parseNameGroup()
		}
		p.wantKw(token.VERSION)
		p.skipNameOrText()
	case token.COMPUTE:
		p.next()
		p.wantKw(token.STATISTICS)
	case token.PARAMETERS:
		p.next()
		p.want(token.LParen)
		c.Exprs = append(c.Exprs, p.parseText())
		p.want(token.RParen)
	case token.DEFERRED, token.IMMEDIATE:
		if !next.Is(token.INVALIDATION) {
			return false
		}
		p.next()
		p.next()
	case token.HASH:
		if !next.Is(token.IS) {
			return false
		}
		p.next()
		p.next()
		c.Exprs = append(c.Exprs, p.parseExpr())
	case token.SINGLE:
		p.next()
		p.wantKw(token.TABLE)
	case token.BUFFER_POOL, token.FLASH_CACHE, token.CELL_FLASH_CACHE:
		p.next()
		p.parseIdent()
	case token.RETENTION:
		p.next()
		if p.gotKw(token.MIN) {
			p.skipNumber()
		} else {
			p.gotAny(token.MAX, token.AUTO, token.NONE)
		}
	case token.ENCRYPT:
		p.parseEncrypt()
	case token.RECORDS_PER_BLOCK:
		p.next()
	case token.MINIMIZE, token.NOMINIMIZE:
		p.next()
		p.wantKw(token.RECORDS_PER_BLOCK)
	case token.PARENT:
		p.next()
		c.Names = append(c.Names, p.parseName())
	case token.FOR:
		if !next.Is(token.STAGING) {
			return false
		}
		p.next()
		p.next()
	case token.NOT:
		if !next.Is(token.FOR) {
			return false
		}
		p.next()
		p.next()
		p.wantKw(token.STAGING)
	default:
		return false
	}
	return true
}

// readRowProp reads ROW ARCHIVAL [VISIBILITY] and ROW STORE COMPRESS [BASIC|ADVANCED].
func (p *parser) readRowProp(next token.Token) bool {
	switch next.Kw {
	case token.ARCHIVAL:
		p.next()
		p.next()
		p.gotKw(token.VISIBILITY)
	case token.STORE:
		p.next()
		p.next()
		p.wantKw(token.COMPRESS)
		p.gotAny(token.BASIC, token.ADVANCED)
	default:
		return false
	}
	return true
}

// readColumnProp reads COLUMN STORE COMPRESS ... and the substitutable column clause COLUMN c ... .
func (p *parser) readColumnProp(c *ast.Clause, next token.Token) bool {
	if next.Is(token.STORE) && p.peek(2).Is(token.COMPRESS) {
		p.next()
		p.next()
		p.next()
		p.skipCompression()
		if p.gotKw(token.NO) {
			p.wantKw(token.ROW, token.LEVEL, token.LOCKING)
		} else if p.gotKw(token.ROW) {
			p.wantKw(token.LEVEL, token.LOCKING)
		}
		return true
	}
	if !next.Name() {
		return false
	}
	p.next()
	c.Names = append(c.Names, p.parseName())
	p.readSubstitutable(c)
	if p.isAny(token.STORE) {
		p.readStore()
	}
	return true
}

// readSubstitutable reads [ELEMENT] IS OF [TYPE] ([ONLY] t) | [NOT] SUBSTITUTABLE AT ALL LEVELS.
func (p *parser) readSubstitutable(c *ast.Clause) {
	elem := p.gotKw(token.ELEMENT)
	switch {
	case p.gotKw(token.IS):
		p.wantKw(token.OF)
		p.gotKw(token.TYPE)
		p.want(token.LParen)
		p.gotKw(token.ONLY)
		c.Types = append(c.Types, p.parseDataType())
		p.want(token.RParen)
	case p.is(token.NOT) || p.is(token.SUBSTITUTABLE):
		p.gotKw(token.NOT)
		p.parseSubstitutable()
	case elem:
		p.expected("IS OF")
	}
}

// readNoProp reads the attributes that begin with NO.
func (p *parser) readNoProp(next token.Token) bool {
	switch next.Kw {
	case token.INMEMORY:
		p.next()
		p.next()
		if p.at(token.LParen) {
			p.skipParens()
		}
	case token.FLASHBACK:
		p.next()
		p.next()
		p.wantKw(token.ARCHIVE)
	case token.MEMOPTIMIZE:
		p.next()
		p.next()
		p.wantKw(token.FOR)
		if p.gotAny(token.READ, token.WRITE) == 0 {
			p.expected("READ", "WRITE")
		}
	case token.ROW:
		p.next()
		p.next()
		p.wantKw(token.ARCHIVAL)
	case token.DUPLICATE, token.CLUSTERING:
		p.next()
		p.next()
	case token.DROP, token.DELETE:
		// blockchain and immutable tables: NO DROP [UNTIL n DAYS IDLE], NO DELETE [UNTIL n DAYS AFTER INSERT] [LOCKED]
		p.next()
		p.next()
		if p.gotKw(token.UNTIL) {
			p.skipNumber()
			p.wantKw(token.DAYS)
			if !p.gotKw(token.IDLE) {
				p.wantKw(token.AFTER, token.INSERT)
			}
		}
		p.gotKw(token.LOCKED)
	default:
		return false
	}
	return true
}

// readSupplemental reads SUPPLEMENTAL LOG GROUP g (col [NO LOG], ...) [ALWAYS] | DATA (ALL, ...) COLUMNS.
func (p *parser) readSupplemental(c *ast.Clause) {
	p.next()
	p.wantKw(token.LOG)
	if p.gotKw(token.GROUP) {
		c.Names = append(c.Names, p.parseIdent())
		if !p.at(token.LParen) {
			return // DROP SUPPLEMENTAL LOG GROUP g
		}
		p.want(token.LParen)
		for {
			c.Names = append(c.Names, p.parseIdent())
			p.gotSeq(token.NO, token.LOG)
			if !p.got(token.Comma) {
				break
			}
		}
		p.want(token.RParen)
		p.gotKw(token.ALWAYS)
		return
	}
	p.wantKw(token.DATA)
	if !p.at(token.LParen) {
		if p.gotKw(token.FOR) {
			p.wantKw(token.PROCEDURAL, token.REPLICATION)
		}
		return
	}
	p.next()
	for {
		if p.gotAny(token.PRIMARY, token.FOREIGN) != 0 {
			p.wantKw(token.KEY)
		} else if p.gotAny(token.ALL, token.UNIQUE) == 0 {
			p.expected("ALL", "PRIMARY KEY", "UNIQUE", "FOREIGN KEY")
		}
		p.gotKw(token.INDEX)
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	p.wantKw(token.COLUMNS)
}
