package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreateMaterialized reads CREATE MATERIALIZED VIEW [LOG] | ZONEMAP and the old word SNAPSHOT [LOG].
func (p *parser) parseCreateMaterialized(lo uint32, replace bool) ast.Stmt {
	if !p.gotKw(token.SNAPSHOT) {
		p.wantKw(token.MATERIALIZED)
		if p.gotKw(token.ZONEMAP) {
			return p.parseAdmin(lo, token.CREATE, token.ZONEMAP)
		}
		p.wantKw(token.VIEW)
	}
	if p.gotKw(token.LOG) {
		return p.parseMViewLog(lo)
	}
	m := &ast.CreateMView{Replace: replace, IfNotExists: p.gotIfNotExists()}
	m.Name = p.parseName()
	if p.gotKw(token.OF) {
		m.OfType = p.parseOfType()
	}
	if p.at(token.LParen) {
		p.parseTableItems(&m.Columns, &m.Constraints, &m.Props)
	}
	for p.parseMViewClause(m) {
	}
	p.wantKw(token.AS)
	m.Query = p.parseSelect()
	m.Span = p.since(lo)
	return m
}

// parseMViewClause reads one clause between the name and AS; Oracle takes them in more orders than it documents.
func (p *parser) parseMViewClause(m *ast.CreateMView) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next := p.mark(), p.peek(1)
	switch p.tok.Kw {
	case token.ON:
		p.next()
		p.wantKw(token.PREBUILT, token.TABLE)
		m.Prebuilt = true
		if m.Reduced = p.gotAny(token.WITH, token.WITHOUT); m.Reduced != 0 {
			p.wantKw(token.REDUCED, token.PRECISION)
		}
	case token.BUILD:
		p.next()
		if m.Build = p.gotAny(token.IMMEDIATE, token.DEFERRED); m.Build == 0 {
			p.expected("IMMEDIATE", "DEFERRED")
		}
	case token.USING:
		if next.Is(token.NO) {
			p.next()
			p.next()
			p.wantKw(token.INDEX)
			m.NoIndex = true
		} else {
			m.Using = p.parseUsingIndex()
		}
	case token.REFRESH, token.NEVER:
		m.Refresh = p.parseRefresh()
	case token.FOR:
		if !next.Is(token.UPDATE) {
			return p.appendProp(&m.Props)
		}
		p.next()
		p.next()
		m.ForUpdate = true
	case token.ENABLE, token.DISABLE:
		switch next.Kw {
		case token.QUERY:
			m.Rewrite = p.tok.Kw
			p.next()
			p.next()
			p.wantKw(token.REWRITE)
		case token.ON:
			m.Computation = p.tok.Kw
			p.next()
			p.next()
			p.wantKw(token.QUERY, token.COMPUTATION)
		case token.CONCURRENT:
			head := p.tok.Kw
			p.next()
			p.next()
			p.wantKw(token.REFRESH)
			m.Props = append(m.Props, p.clause(lo, head))
		default:
			return p.appendProp(&m.Props)
		}
	case token.PARTITION:
		m.Partition = p.parsePartitioning()
	case token.CLUSTER:
		p.next()
		m.Cluster = p.parseName()
		m.ClusterCols = p.parseNameGroup()
	case token.ANNOTATIONS:
		m.Annotations = p.parseAnnotations()
	case token.EVALUATE, token.UNUSABLE:
		m.Props = append(m.Props, p.parseEditionUse())
	case token.SCOPE:
		m.Constraints = append(m.Constraints, p.parseConstraint(true))
	case token.ORGANIZATION:
		p.next()
		p.gotAny(token.HEAP, token.INDEX)
		m.Props = append(m.Props, p.clause(lo, token.ORGANIZATION))
	default:
		return p.appendProp(&m.Props)
	}
	return true
}

// parseRefresh reads REFRESH {options} | NEVER REFRESH.
func (p *parser) parseRefresh() *ast.Refresh {
	lo := p.mark()
	r := &ast.Refresh{}
	if p.gotKw(token.NEVER) {
		p.wantKw(token.REFRESH)
		r.Never = true
		r.Span = p.since(lo)
		return r
	}
	p.wantKw(token.REFRESH)
	for p.parseRefreshOption(r) {
	}
	r.Span = p.since(lo)
	return r
}

func (p *parser) parseRefreshOption(r *ast.Refresh) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next := p.mark(), p.peek(1)
	switch k := p.tok.Kw; k {
	case token.FAST, token.COMPLETE, token.FORCE:
		r.Method = k
		p.next()
	case token.ON:
		if !next.Is(token.DEMAND) && !next.Is(token.COMMIT) && !next.Is(token.STATEMENT) {
			return false
		}
		r.On = next.Kw
		p.next()
		p.next()
	case token.START:
		p.next()
		p.wantKw(token.WITH)
		r.Start = p.parseExpr()
	case token.NEXT:
		p.next()
		r.Next = p.parseExpr()
	case token.WITH:
		if !next.Is(token.PRIMARY) && !next.Is(token.ROWID) && !next.Is(token.OBJECT) {
			return false
		}
		r.With = next.Kw
		p.next()
		p.next()
		if r.With == token.PRIMARY {
			p.wantKw(token.KEY)
		} else if r.With == token.OBJECT {
			p.wantKw(token.ID)
		}
	case token.USING:
		if next.Is(token.INDEX) || next.Is(token.NO) {
			return false
		}
		p.next()
		if p.gotAny(token.ENFORCED, token.TRUSTED) != 0 {
			p.wantKw(token.CONSTRAINTS)
		} else {
			def := p.gotKw(token.DEFAULT)
			p.gotAny(token.MASTER, token.LOCAL)
			p.wantKw(token.ROLLBACK, token.SEGMENT)
			if !def {
				p.parseIdent()
			}
		}
		r.Props = append(r.Props, p.clause(lo, token.USING))
	default:
		return false
	}
	return true
}

// parseMViewLog reads what follows CREATE MATERIALIZED VIEW LOG.
func (p *parser) parseMViewLog(lo uint32) ast.Stmt {
	m := &ast.CreateMViewLog{IfNotExists: p.gotIfNotExists()}
	p.wantKw(token.ON)
	m.Table = p.parseName()
	for p.tok.Kind == token.Ident {
		at := p.mark()
		switch p.tok.Kw {
		case token.WITH:
			p.next()
			p.parseMViewLogWith(m)
		case token.INCLUDING, token.EXCLUDING:
			m.NewValues = p.tok.Kw
			p.next()
			p.wantKw(token.NEW, token.VALUES)
		case token.PURGE:
			m.Purge = p.parsePurge()
		case token.PARTITION:
			m.Partition = p.parsePartitioning()
		case token.FOR:
			p.next()
			if !p.gotSeq(token.FAST, token.REFRESH) {
				p.wantKw(token.SYNCHRONOUS, token.REFRESH, token.USING)
				p.parseName()
			}
			m.Props = append(m.Props, p.clause(at, token.FOR))
		default:
			if !p.appendProp(&m.Props) {
				m.Span = p.since(lo)
				return m
			}
		}
	}
	m.Span = p.since(lo)
	return m
}

// parseMViewLogWith reads PRIMARY KEY, ROWID, OBJECT ID, SEQUENCE, COMMIT SCN and (columns), with or without commas.
func (p *parser) parseMViewLogWith(m *ast.CreateMViewLog) {
	for {
		switch {
		case p.gotKw(token.PRIMARY):
			p.wantKw(token.KEY)
			m.PrimaryKey = true
		case p.gotKw(token.ROWID):
			m.RowID = true
		case p.gotKw(token.OBJECT):
			p.wantKw(token.ID)
			m.ObjectID = true
		case p.gotKw(token.SEQUENCE):
			m.Sequence = true
		case p.gotKw(token.COMMIT):
			p.wantKw(token.SCN)
			m.CommitSCN = true
		case p.at(token.LParen):
			m.Columns = p.parseNameGroup()
		default:
			return
		}
		p.got(token.Comma)
	}
}

// parsePurge reads PURGE {IMMEDIATE [[A]SYNCHRONOUS] | [START WITH e] [NEXT e | REPEAT INTERVAL e]}.
func (p *parser) parsePurge() *ast.Clause {
	lo := p.mark()
	c := &ast.Clause{Head: token.PURGE}
	p.wantKw(token.PURGE)
	if p.gotKw(token.IMMEDIATE) {
		p.gotAny(token.SYNCHRONOUS, token.ASYNCHRONOUS)
	} else {
		if p.gotSeq(token.START, token.WITH) {
			c.Exprs = append(c.Exprs, p.parseExpr())
		}
		if p.gotKw(token.NEXT) || p.gotKw(token.REPEAT) { // REPEAT's operand is an interval, mostly the literal INTERVAL '5' DAY
			c.Exprs = append(c.Exprs, p.parseExpr())
		}
	}
	c.Span = p.since(lo)
	return c
}
