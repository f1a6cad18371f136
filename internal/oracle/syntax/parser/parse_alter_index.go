package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseAlterIndexAction reads one change of an index.
func (p *parser) parseAlterIndexAction(a *ast.Alter) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next := p.mark(), p.peek(1)
	act := &ast.AlterAction{Verb: p.tok.Kw}
	switch p.tok.Kw {
	case token.REBUILD:
		p.next()
		if k := p.gotAny(token.PARTITION, token.SUBPARTITION); k != 0 {
			act.Object = k
			p.parseAlterTarget(act)
		}
		act.Props = p.parseProps()
	case token.RENAME:
		p.next()
		p.parseAlterRename(act)
	case token.COALESCE:
		p.next()
		if p.gotKw(token.PARTITION) {
			act.Object = token.PARTITION
			if p.tok.Name() && !p.is(token.PARALLEL) && !p.is(token.NOPARALLEL) {
				p.parseAlterTarget(act)
			}
		}
		p.gotKw(token.CLEANUP)
		p.gotKw(token.ONLY)
		act.Props = p.parseProps()
	case token.MONITORING, token.NOMONITORING:
		p.next()
		p.wantKw(token.USAGE)
	case token.COMPILE, token.ENABLE, token.DISABLE:
		p.next()
	case token.UPDATE:
		p.next()
		p.wantKw(token.BLOCK, token.REFERENCES)
	case token.MODIFY:
		p.next()
		switch {
		case p.gotKw(token.DEFAULT):
			act.Object = token.DEFAULT
			p.wantKw(token.ATTRIBUTES)
			if p.gotKw(token.FOR) {
				p.wantKw(token.PARTITION)
				p.parseAlterTarget(act)
			}
			act.Props = p.parseProps()
		case p.is(token.PARTITION), p.is(token.SUBPARTITION):
			act.Object = p.tok.Kw
			p.next()
			p.parseAlterTarget(act)
			for p.is(token.COMPILE) || p.parseModifyPartitionWord(act) {
				p.gotKw(token.COMPILE)
				if p.gotSeq(token.UPDATE, token.BLOCK, token.REFERENCES) {
					continue
				}
			}
		default:
			p.expected("DEFAULT ATTRIBUTES", "PARTITION", "SUBPARTITION")
		}
	case token.ADD:
		p.next()
		if !p.is(token.PARTITION) {
			p.expected("PARTITION")
		}
		p.parseAddPartitions(act)
	case token.DROP:
		p.next()
		p.wantKw(token.PARTITION)
		act.Object = token.PARTITION
		p.parseAlterTarget(act)
	case token.SPLIT:
		p.parseAlterPartition(act)
	case token.SHRINK, token.ALLOCATE, token.DEALLOCATE:
		return p.parseAlterTableAction(a)
	case token.UNUSABLE:
		p.next()
		p.gotKw(token.ONLINE)
	case token.PARAMETERS:
		act.Props = append(act.Props, p.parseProp())
	case token.ANNOTATIONS:
		act.Annotations = p.parseAnnotations()
	case token.ILM:
		if next.Kind == token.EOF {
			return false
		}
		act.Props = append(act.Props, p.parseProp())
	default:
		c := p.parseProp()
		if c == nil {
			return false
		}
		act.Props = append(act.Props, c)
	}
	return p.addAction(a, lo, act)
}
