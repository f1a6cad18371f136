package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parsePartitioning reads PARTITION BY ..., PARTITIONSET BY ... or SUBPARTITION BY ...; the current token is the
// first of them.
func (p *parser) parsePartitioning() *ast.Partitioning {
	lo := p.mark()
	pt := &ast.Partitioning{}
	if p.gotKw(token.PARTITIONSET) {
		p.wantKw(token.BY)
		if pt.Set = p.gotAny(token.RANGE, token.LIST); pt.Set == 0 {
			p.expected("RANGE", "LIST")
		}
		pt.SetColumns = p.parseNameGroup()
	}
	sub := p.is(token.SUBPARTITION)
	if !sub && !p.is(token.PARTITION) {
		p.expected("PARTITION BY")
	}
	p.next()
	p.wantKw(token.BY)
	pt.Kind = p.gotAny(token.RANGE, token.LIST, token.HASH, token.REFERENCE, token.SYSTEM, token.CONSISTENT, token.COLUMN, token.DIRECTORY)
	switch pt.Kind {
	case token.CONSISTENT:
		p.wantKw(token.HASH)
	case token.COLUMN:
		p.wantKw(token.VALUE)
	case 0:
		p.expected("RANGE", "LIST", "HASH", "REFERENCE", "SYSTEM", "CONSISTENT HASH", "DIRECTORY")
	}
	if p.at(token.LParen) && !(pt.Kind == token.SYSTEM && p.peek(1).Is(token.PARTITION)) {
		pt.Columns = p.parseNameGroup()
	} else if pt.Kind != token.SYSTEM && pt.Kind != token.COLUMN {
		p.want(token.LParen)
	}
	p.parsePartitionTail(pt, sub)
	if !sub && pt.Set == 0 {
		p.checkPartitions(pt)
	}
	pt.Span = p.since(lo)
	return pt
}

// parsePartitionTail reads what follows the key: interval, automatic, counts, sub-partitioning, partitions.
func (p *parser) parsePartitionTail(pt *ast.Partitioning, sub bool) {
	for {
		switch {
		case p.is(token.INTERVAL):
			p.next()
			p.want(token.LParen)
			pt.Interval = p.parseExpr()
			p.want(token.RParen)
		case p.gotKw(token.AUTOMATIC):
			pt.Automatic = true
		case p.is(token.STORE):
			pt.StoreIn = p.parseStoreIn()
		case p.is(token.PARTITIONS), sub && p.is(token.SUBPARTITIONS):
			p.next()
			if p.gotKw(token.AUTO) {
				pt.Automatic = true
				continue
			}
			pt.Count = p.parseNumber()
		case !sub && p.is(token.SUBPARTITION) && p.peek(1).Is(token.BY):
			pt.Sub = p.parsePartitioning()
		case sub && p.is(token.SUBPARTITION) && p.peek(1).Is(token.TEMPLATE):
			p.next()
			p.next()
			if p.at(token.Number) {
				pt.Count = p.parseNumber()
				continue
			}
			pt.Template = p.parsePartitionDefs()
		case p.at(token.LParen) && p.peek(1).Kind == token.Ident && isPartitionWord(p.peek(1).Kw):
			if sub {
				return // the partitions of the outer clause
			}
			pt.Partitions = p.parsePartitionDefs()
		case pt.Kind == token.CONSISTENT && p.is(token.TABLESPACE), pt.Kind == token.HASH && p.isAny(token.TABLESPACE, token.COMPRESS, token.NOCOMPRESS, token.OVERFLOW, token.LOB) && len(pt.Partitions) == 0:
			c := p.parseProp()
			if c == nil {
				return
			}
			pt.Props = append(pt.Props, c)
			if p.is(token.STORE) {
				pt.StoreIn = p.parseStoreIn()
			}
		default:
			return
		}
	}
}

// checkPartitions holds the bounds of RANGE and LIST partitions against the kind.
func (p *parser) checkPartitions(pt *ast.Partitioning) {
	want, text := token.Keyword(0), ""
	switch pt.Kind {
	case token.RANGE:
		want, text = token.LESS, "VALUES LESS THAN"
	case token.LIST:
		want, text = token.VALUES, "VALUES ("
	default:
		return
	}
	if len(pt.Partitions) == 0 && pt.Count == nil && !pt.Automatic {
		p.expected("\"(\" and the partitions")
	}
	for _, d := range pt.Partitions {
		if d.Bound != want && !d.Set && !d.Sub {
			at := d.Hi
			if d.Name != nil {
				at = d.Name.Hi
			}
			p.failAt(at, "", []string{text}, "") // ORA-14008, ORA-14308
		}
	}
}

func isPartitionWord(k token.Keyword) bool {
	return k == token.PARTITION || k == token.SUBPARTITION || k == token.PARTITIONSET
}

// parseStoreIn reads STORE IN (ts, ...).
func (p *parser) parseStoreIn() []*ast.Name {
	p.wantKw(token.STORE, token.IN)
	if p.is(token.TABLESPACE) { // STORE IN TABLESPACE SET x
		p.next()
		p.gotKw(token.SET)
		return []*ast.Name{p.parseIdent()}
	}
	if !p.at(token.LParen) {
		return []*ast.Name{p.parseIdent()} // STORE IN DEFAULT
	}
	return p.parseNameGroup()
}

// parsePartitionDefs reads ( PARTITION ... {, PARTITION ...} ).
func (p *parser) parsePartitionDefs() []*ast.PartitionDef {
	p.enter()
	p.want(token.LParen)
	var defs []*ast.PartitionDef
	for {
		defs = append(defs, p.parsePartitionDef())
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	p.leave()
	return defs
}

// parsePartitionDef reads one PARTITION, SUBPARTITION or PARTITIONSET with its bound and attributes.
func (p *parser) parsePartitionDef() *ast.PartitionDef {
	lo := p.mark()
	d := &ast.PartitionDef{}
	switch p.gotAny(token.PARTITION, token.SUBPARTITION, token.PARTITIONSET) {
	case token.SUBPARTITION:
		d.Sub = true
	case token.PARTITIONSET:
		d.Set = true
	case 0:
		p.expected("PARTITION", "SUBPARTITION")
	}
	if p.atPartitionName() {
		d.Name = p.parseIdent()
	}
	if p.is(token.VALUES) {
		p.parsePartitionBound(d)
	}
	p.parsePartitionAttributes(d)
	d.Span = p.since(lo)
	return d
}

func (p *parser) parsePartitionAttributes(d *ast.PartitionDef) {
	for {
		switch {
		case p.is(token.EXTERNAL), p.is(token.INTERNAL):
			if p.gotKw(token.INTERNAL) {
				continue
			}
			d.External = p.parseExternal()
		case p.is(token.STORE):
			d.StoreIn = p.parseStoreIn()
		case p.is(token.SUBPARTITIONS):
			p.next()
			if p.is(token.STORE) {
				continue
			}
			d.SubCount = p.parseNumber()
		case p.at(token.LParen) && p.peek(1).Kind == token.Ident && isPartitionWord(p.peek(1).Kw):
			d.Subs = p.parsePartitionDefs()
		default:
			c := p.parseProp()
			if c == nil {
				return
			}
			d.Props = append(d.Props, c)
		}
	}
}

// atPartitionName tells a name from the first word behind an unnamed partition.
func (p *parser) atPartitionName() bool {
	if p.tok.Kind == token.QuotedIdent {
		return true
	}
	if p.tok.Kind != token.Ident {
		return false
	}
	next := p.peek(1)
	switch p.tok.Kw {
	case token.VALUES:
		return !next.Is(token.LESS) && next.Kind != token.LParen
	case token.TABLESPACE:
		return !next.Name()
	case token.LOB, token.STORAGE:
		return next.Kind != token.LParen
	case token.PCTFREE, token.PCTUSED, token.INITRANS, token.SEGMENT, token.UNUSABLE, token.USABLE, token.LOGGING,
		token.NOLOGGING, token.COMPRESS, token.NOCOMPRESS, token.STORE, token.AT, token.INTO, token.PARAMETERS:
		return false
	}
	return true
}

// parsePartitionBound reads VALUES LESS THAN (...) | VALUES (...).
func (p *parser) parsePartitionBound(d *ast.PartitionDef) {
	d.Bound = token.VALUES
	p.next()
	if p.gotKw(token.LESS) {
		p.wantKw(token.THAN)
		d.Bound = token.LESS
		if !p.at(token.LParen) {
			d.Values = append(d.Values, p.parseBoundValue()) // MAXVALUE without parentheses
			return
		}
	}
	d.Values = p.parseBoundValues()
}

// parseBoundValues reads ( value {, value} ).
func (p *parser) parseBoundValues() []ast.Expr {
	p.want(token.LParen)
	xs := []ast.Expr{p.parseBoundValue()}
	for p.got(token.Comma) {
		xs = append(xs, p.parseBoundValue())
	}
	p.want(token.RParen)
	return xs
}

// parseBoundValue reads one bound: MAXVALUE, DEFAULT, a row of values, or an expression.
func (p *parser) parseBoundValue() ast.Expr {
	lo := p.mark()
	switch {
	case p.is(token.MAXVALUE):
		return p.parseIdent()
	case p.is(token.DEFAULT):
		p.next()
		return &ast.Literal{Span: p.since(lo), Kind: ast.LitDefault}
	case p.at(token.LParen):
		p.enter()
		l := &ast.List{Items: p.parseBoundValues()}
		p.leave()
		l.Span = p.since(lo)
		return l
	}
	return p.parseExpr()
}
