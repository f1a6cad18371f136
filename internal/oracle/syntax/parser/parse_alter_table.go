package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseAlterTableAction reads one change of a table; several may follow each other without commas.
func (p *parser) parseAlterTableAction(a *ast.Alter) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next := p.mark(), p.peek(1)
	act := &ast.AlterAction{Verb: p.tok.Kw}
	switch p.tok.Kw {
	case token.ADD:
		p.next()
		p.parseAlterAdd(act)
	case token.MODIFY:
		p.next()
		p.parseAlterModify(act)
	case token.DROP:
		p.next()
		p.parseAlterDrop(act)
	case token.RENAME:
		p.next()
		p.parseAlterRename(act)
	case token.SET:
		p.next()
		p.parseAlterSet(act)
	case token.MOVE, token.SPLIT, token.MERGE, token.EXCHANGE, token.TRUNCATE, token.COALESCE:
		p.parseAlterPartition(act)
	case token.ENABLE, token.DISABLE:
		switch next.Kw {
		case token.ROW, token.LOGICAL:
			act.Object = next.Kw
			act.Props = append(act.Props, p.parseProp())
		case token.CONTAINER_MAP, token.CONTAINERS_DEFAULT:
			p.next()
			p.next()
			act.Object = next.Kw
		default:
			p.parseAlterEnable(act)
		}
	case token.SHRINK, token.ALLOCATE, token.DEALLOCATE:
		p.skipSpaceClause()
	case token.UPGRADE:
		p.next()
		p.gotKw(token.NOT)
		if p.gotKw(token.INCLUDING) {
			p.wantKw(token.DATA)
		}
	case token.PROJECT:
		p.next()
		p.wantKw(token.COLUMN)
		if p.gotAny(token.ALL, token.REFERENCED) == 0 {
			p.expected("ALL", "REFERENCED")
		}
	case token.DEFAULT, token.ACCESS, token.LOCATION, token.REJECT:
		if next.Is(token.COLLATION) {
			act.Props = append(act.Props, p.parseProp())
			break
		}
		x := &ast.External{}
		at := p.mark()
		if !p.parseExternalClause(x) {
			return false
		}
		x.Span = p.since(at)
		act.External = x
	case token.ANNOTATIONS:
		act.Annotations = p.parseAnnotations()
	case token.REKEY:
		p.next()
		if p.gotKw(token.USING) {
			p.parseText()
		}
	case token.REBUILD: // REBUILD UNUSABLE LOCAL INDEXES belongs to partitions
		return false
	case token.USING:
		p.parseUsingIndex()
	default:
		c := p.parseProp()
		if c == nil {
			return p.parseAlterTail(a)
		}
		act.Props = append(act.Props, c)
	}
	return p.addAction(a, lo, act)
}

// parseAlterTail reads words that may stand behind any action and belong to the last one.
func (p *parser) parseAlterTail(a *ast.Alter) bool {
	if len(a.Actions) == 0 {
		return false
	}
	last := a.Actions[len(a.Actions)-1]
	if !p.parsePartitionTailWord(last) {
		return false
	}
	last.Span = p.since(last.Lo)
	return true
}

// parseAlterAdd reads what follows ADD.
func (p *parser) parseAlterAdd(act *ast.AlterAction) {
	next := p.peek(1)
	switch {
	case p.at(token.LParen) && p.peek(1).Is(token.PARTITION) && p.peek(2).Name():
		p.next()
		p.parseAddPartitions(act)
		p.want(token.RParen)
	case p.at(token.LParen):
		p.parseTableItems(&act.Columns, &act.Constraints, &act.Props)
		act.Object = token.COLUMN
		if len(act.Columns) == 0 {
			act.Object = token.CONSTRAINT
		}
		if len(act.Constraints) == 0 {
			for _, c := range act.Columns {
				p.checkColumnType(c)
			}
		}
		p.parseColumnProps(act)
		for act.Object == token.CONSTRAINT && p.startsConstraint() {
			act.Constraints = append(act.Constraints, p.parseConstraint(true))
		}
	case p.startsConstraint():
		act.Object = token.CONSTRAINT
		for p.startsConstraint() {
			act.Constraints = append(act.Constraints, p.parseConstraint(true))
			if p.at(token.Comma) {
				p.next()
			}
		}
	case p.isAny(token.PARTITION, token.SUBPARTITION, token.PARTITIONSET) && (next.Name() || next.Kind == token.EOF || next.Kind == token.Comma):
		p.parseAddPartitions(act)
	case p.is(token.PARTITION) && p.atEndNext():
		p.parseAddPartitions(act)
	case p.is(token.SUPPLEMENTAL) && next.Is(token.LOG):
		act.Object = token.SUPPLEMENTAL
		act.Props = append(act.Props, p.parseProp())
		for p.got(token.Comma) {
			if !p.is(token.SUPPLEMENTAL) {
				p.expected("SUPPLEMENTAL LOG")
			}
			act.Props = append(act.Props, p.parseProp())
		}
	case p.is(token.PERIOD) && next.Is(token.FOR):
		act.Object = token.PERIOD
		act.Props = append(act.Props, p.parsePeriod())
	case p.is(token.OVERFLOW) && (!next.Name() || next.Is(token.TABLESPACE) || next.Is(token.PCTFREE) || next.Is(token.INITRANS)):
		act.Object = token.OVERFLOW
		act.Props = append(act.Props, p.parseProp())
		if p.at(token.LParen) {
			act.Partitions = p.parsePartitionDefs()
		}
	case p.is(token.CLUSTERING):
		act.Object = token.CLUSTERING
		act.Props = append(act.Props, p.parseProp())
	default:
		p.gotIfNotExists()
		act.Object = token.COLUMN
		c := p.parseColumnDef()
		p.checkColumnType(c)
		act.Columns = append(act.Columns, c)
		p.parseColumnProps(act)
	}
}

// atEndNext reports whether the statement ends behind the current token.
func (p *parser) atEndNext() bool {
	switch p.peek(1).Kind {
	case token.EOF, token.Semi, token.TermSlash:
		return true
	}
	return false
}

// parseColumnProps reads the storage of added columns.
func (p *parser) parseColumnProps(act *ast.AlterAction) {
	for p.isAny(token.LOB, token.VARRAY, token.NESTED, token.XMLTYPE, token.COLUMN, token.JSON, token.OPAQUE) {
		if !p.appendProp(&act.Props) {
			return
		}
	}
	for p.at(token.LParen) && p.peek(1).Is(token.PARTITION) { // ( PARTITION p LOB (c) STORE AS ... )
		act.Partitions = append(act.Partitions, p.parsePartitionDefs()...)
	}
}

func (p *parser) parseAddPartitions(act *ast.AlterAction) {
	act.Object = p.tok.Kw
	for {
		act.Partitions = append(act.Partitions, p.parsePartitionDef())
		if !p.got(token.Comma) {
			break
		}
	}
	if p.gotKw(token.BEFORE) { // of system partitioning
		p.parseAlterTarget(act)
	}
	for p.parsePartitionTailWord(act) {
	}
}

// parseAlterModify reads what follows MODIFY.
func (p *parser) parseAlterModify(act *ast.AlterAction) {
	lo, next := p.mark(), p.peek(1)
	switch {
	case p.at(token.LParen):
		p.parseTableItems(&act.Columns, &act.Constraints, &act.Props)
		act.Object = token.COLUMN
		p.parseColumnProps(act)
	case p.is(token.CONSTRAINT), p.is(token.PRIMARY) && next.Is(token.KEY), p.is(token.UNIQUE) && next.Kind == token.LParen:
		p.parseAlterConstraint(act)
	case p.is(token.PARTITION) && next.Is(token.BY), p.is(token.PARTITIONSET) && next.Is(token.BY):
		act.Object = token.PARTITION
		act.Partitioning = p.parsePartitioning()
		for p.parsePartitionTailWord(act) {
		}
	case p.is(token.PARTITION) || p.is(token.SUBPARTITION):
		act.Object = p.tok.Kw
		p.next()
		p.parseAlterTarget(act)
		for p.parseModifyPartitionWord(act) {
		}
	case p.is(token.DEFAULT):
		act.Object = token.DEFAULT
		p.next()
		p.wantKw(token.ATTRIBUTES)
		if p.gotKw(token.FOR) {
			p.wantKw(token.PARTITION)
			p.parseAlterTarget(act)
		}
		act.Props = p.parseProps()
	case p.is(token.NESTED) && next.Is(token.TABLE):
		act.Object = token.NESTED
		p.next()
		p.next()
		act.Names = append(act.Names, p.parseName())
		at := p.mark()
		p.wantKw(token.RETURN)
		p.gotKw(token.AS)
		if p.gotAny(token.LOCATOR, token.VALUE) == 0 {
			p.expected("LOCATOR", "VALUE")
		}
		act.Props = append(act.Props, p.clause(at, token.RETURN))
	case p.is(token.LOB) && next.Kind == token.LParen, p.is(token.VARRAY) && next.Name(), p.is(token.OPAQUE) && next.Is(token.TYPE):
		act.Object = p.tok.Kw
		act.Props = append(act.Props, p.parseProp())
	case p.is(token.COLUMN) && next.Name():
		act.Object = token.COLUMN
		act.Props = append(act.Props, p.parseProp())
	case p.is(token.CLUSTERING):
		act.Object = token.CLUSTERING
		p.next()
		p.skipClusteringWords()
		act.Props = append(act.Props, p.clause(lo, token.CLUSTERING))
	default:
		act.Object = token.COLUMN
		c := p.parseColumnDef()
		if c.Span == c.Name.Span {
			p.expected("a data type", "DEFAULT", "a constraint")
		}
		act.Columns = append(act.Columns, c)
		p.parseColumnProps(act)
	}
}

// skipClusteringWords reads {YES|NO} ON {LOAD|DATA MOVEMENT} and WITH|WITHOUT MATERIALIZED ZONEMAP.
func (p *parser) skipClusteringWords() {
	for {
		switch {
		case p.gotAny(token.YES, token.NO) != 0:
			p.wantKw(token.ON)
			if !p.gotKw(token.LOAD) {
				p.wantKw(token.DATA, token.MOVEMENT)
			}
		case p.gotAny(token.WITH, token.WITHOUT) != 0:
			p.wantKw(token.MATERIALIZED, token.ZONEMAP)
			if p.at(token.LParen) {
				p.skipParens()
			}
		default:
			return
		}
	}
}

// parseAlterConstraint reads CONSTRAINT name states | PRIMARY KEY states | UNIQUE (cols) states, and for ADD a
// whole constraint; for DROP what may follow there.
func (p *parser) parseAlterConstraint(act *ast.AlterAction) {
	act.Object = token.CONSTRAINT
	lo := p.mark()
	if act.Verb == token.ADD {
		act.Constraints = append(act.Constraints, p.parseConstraint(true))
		return
	}
	c := &ast.Constraint{}
	switch k := p.gotAny(token.CONSTRAINT, token.PRIMARY, token.UNIQUE); k {
	case token.CONSTRAINT:
		p.gotIfExists()
		c.Name = p.parseName()
	case token.PRIMARY:
		p.wantKw(token.KEY)
		c.Kind = k
	case token.UNIQUE:
		c.Kind = k
		c.Columns = p.parseNameGroup()
	default:
		p.expected("CONSTRAINT", "PRIMARY KEY", "UNIQUE")
	}
	if act.Verb != token.DROP {
		p.parseConstraintStates(c)
	}
	c.Span = p.since(lo)
	act.Constraints = append(act.Constraints, c)
	p.parseConstraintTail(act)
}

// parseConstraintTail reads CASCADE, {KEEP|DROP} INDEX and ONLINE.
func (p *parser) parseConstraintTail(act *ast.AlterAction) {
	for {
		lo := p.mark()
		switch {
		case p.gotKw(token.CASCADE):
			act.Cascade = true
			p.gotKw(token.CONSTRAINTS)
		case p.isAny(token.KEEP, token.DROP) && p.peek(1).Is(token.INDEX):
			k := p.tok.Kw
			p.next()
			p.next()
			act.Props = append(act.Props, p.clause(lo, k))
		case p.gotKw(token.ONLINE):
			act.Props = append(act.Props, p.clause(lo, token.ONLINE))
		default:
			return
		}
	}
}

// parseAlterEnable reads ENABLE|DISABLE [[NO]VALIDATE] of constraints, triggers and the table lock.
func (p *parser) parseAlterEnable(act *ast.AlterAction) {
	lo := p.mark()
	enabled := p.tok.Kw
	p.next()
	if p.gotKw(token.TABLE) {
		p.wantKw(token.LOCK)
		act.Object = token.LOCK
		return
	}
	if p.gotKw(token.ALL) {
		p.wantKw(token.TRIGGERS)
		act.Object, act.All = token.TRIGGER, true
		return
	}
	c := &ast.Constraint{Enabled: enabled}
	c.Validated = p.gotAny(token.VALIDATE, token.NOVALIDATE)
	act.Object = token.CONSTRAINT
	switch k := p.gotAny(token.CONSTRAINT, token.PRIMARY, token.UNIQUE); k {
	case token.CONSTRAINT:
		c.Name = p.parseName()
	case token.PRIMARY:
		p.wantKw(token.KEY)
		c.Kind = k
	case token.UNIQUE:
		c.Kind = k
		c.Columns = p.parseNameGroup()
	default:
		p.expected("CONSTRAINT", "PRIMARY KEY", "UNIQUE", "ALL TRIGGERS", "ROW MOVEMENT", "TABLE LOCK")
	}
	if p.is(token.USING) {
		c.Using = p.parseUsingIndex()
	}
	if p.gotSeq(token.EXCEPTIONS, token.INTO) {
		c.Exceptions = p.parseName()
	}
	c.Span = p.since(lo)
	act.Constraints = append(act.Constraints, c)
	p.parseConstraintTail(act)
}

// parseAlterDrop reads what follows DROP.
func (p *parser) parseAlterDrop(act *ast.AlterAction) {
	next := p.peek(1)
	switch {
	case p.is(token.COLUMN):
		p.next()
		p.gotIfExists()
		act.Object = token.COLUMN
		act.Names = append(act.Names, p.parseName())
		p.parseDropColumnTail(act)
	case p.at(token.LParen) && next.Is(token.PERIOD):
		p.next()
		act.Object = token.PERIOD
		act.Props = append(act.Props, p.parsePeriod())
		p.want(token.RParen)
	case p.at(token.LParen):
		act.Object = token.COLUMN
		act.Names = p.parseNameGroup()
		p.parseDropColumnTail(act)
	case p.is(token.UNUSED), p.is(token.COLUMNS):
		act.Object = token.UNUSED
		if p.gotKw(token.UNUSED) {
			if p.gotAny(token.COLUMNS, token.COLUMN) == 0 {
				p.expected("COLUMNS")
			}
		} else {
			p.wantKw(token.COLUMNS, token.CONTINUE)
		}
		p.parseDropColumnTail(act)
	case p.is(token.CONSTRAINT), p.is(token.PRIMARY), p.is(token.UNIQUE):
		p.parseAlterConstraint(act)
	case p.isAny(token.PARTITION, token.PARTITIONS, token.SUBPARTITION, token.SUBPARTITIONS, token.PARTITIONSET):
		act.Object = p.tok.Kw
		p.next()
		p.gotIfExists()
		p.parseAlterTarget(act)
		for p.got(token.Comma) {
			p.gotAny(token.PARTITION, token.SUBPARTITION)
			p.parseAlterTarget(act)
		}
		for p.parsePartitionTailWord(act) {
		}
	case p.is(token.SUPPLEMENTAL):
		act.Object = token.SUPPLEMENTAL
		act.Props = append(act.Props, p.parseProp())
		for p.got(token.Comma) {
			if !p.is(token.SUPPLEMENTAL) {
				p.expected("SUPPLEMENTAL LOG")
			}
			act.Props = append(act.Props, p.parseProp())
		}
	case p.is(token.PERIOD) && next.Is(token.FOR):
		act.Object = token.PERIOD
		act.Props = append(act.Props, p.parsePeriod())
	case p.gotKw(token.CLUSTERING):
		act.Object = token.CLUSTERING
	default:
		p.expected("COLUMN", "CONSTRAINT", "PRIMARY KEY", "UNIQUE", "PARTITION", "\"(\"")
	}
}

// parseDropColumnTail reads CASCADE CONSTRAINTS, INVALIDATE, CHECKPOINT n, ONLINE.
func (p *parser) parseDropColumnTail(act *ast.AlterAction) {
	for {
		lo := p.mark()
		switch {
		case p.gotKw(token.CASCADE):
			p.gotAny(token.CONSTRAINTS, token.CONSTRAINT)
			act.Cascade = true
		case p.gotKw(token.INVALIDATE):
			act.Props = append(act.Props, p.clause(lo, token.INVALIDATE))
		case p.gotKw(token.CHECKPOINT):
			if p.at(token.Number) {
				p.next()
			}
			act.Props = append(act.Props, p.clause(lo, token.CHECKPOINT))
		case p.gotKw(token.ONLINE):
			act.Props = append(act.Props, p.clause(lo, token.ONLINE))
		default:
			return
		}
	}
}

// parseAlterRename reads what follows RENAME.
func (p *parser) parseAlterRename(act *ast.AlterAction) {
	switch {
	case p.gotKw(token.TO):
		act.Object = token.TO
		act.NewName = p.parseName()
		return
	case p.isAny(token.COLUMN, token.CONSTRAINT):
		act.Object = p.tok.Kw
		p.next()
		act.Names = append(act.Names, p.parseName())
	case p.isAny(token.PARTITION, token.SUBPARTITION):
		act.Object = p.tok.Kw
		p.next()
		p.parseAlterTarget(act)
	default:
		p.expected("TO", "COLUMN", "CONSTRAINT", "PARTITION")
	}
	p.wantKw(token.TO)
	act.NewName = p.parseName()
}

// parseAlterSet reads what follows SET.
func (p *parser) parseAlterSet(act *ast.AlterAction) {
	switch {
	case p.gotKw(token.UNUSED):
		act.Object = token.UNUSED
		if p.at(token.LParen) {
			act.Names = p.parseNameGroup()
		} else {
			p.wantKw(token.COLUMN)
			act.Names = append(act.Names, p.parseName())
		}
		p.parseDropColumnTail(act)
	case p.gotKw(token.INTERVAL):
		act.Object = token.INTERVAL
		p.want(token.LParen)
		if !p.at(token.RParen) {
			act.Exprs = append(act.Exprs, p.parseExpr())
		}
		p.want(token.RParen)
	case p.is(token.STORE):
		act.Object = token.STORE
		act.Names = p.parseStoreIn()
	case p.gotKw(token.SUBPARTITION):
		p.wantKw(token.TEMPLATE)
		act.Object = token.SUBPARTITION
		p.want(token.LParen)
		if !p.at(token.RParen) {
			for {
				act.Partitions = append(act.Partitions, p.parsePartitionDef())
				if !p.got(token.Comma) {
					break
				}
			}
		}
		p.want(token.RParen)
	case p.gotKw(token.PARTITIONING):
		act.Object = token.PARTITIONING
		if p.gotAny(token.AUTOMATIC, token.MANUAL) == 0 {
			p.expected("AUTOMATIC", "MANUAL")
		}
	default:
		p.expected("UNUSED", "INTERVAL", "STORE IN", "SUBPARTITION TEMPLATE", "PARTITIONING")
	}
}
