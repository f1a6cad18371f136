package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (p *parser) parseCreateSequence(lo uint32, replace bool) ast.Stmt {
	p.wantKw(token.SEQUENCE)
	s := &ast.CreateSequence{Replace: replace, IfNotExists: p.gotIfNotExists()}
	s.Name = p.parseName()
	s.Options = p.parseSeqOptions()
	s.Span = p.since(lo)
	return s
}

// parseSeqOptions reads the options of sequences and identity columns in any order.
func (p *parser) parseSeqOptions() []*ast.SeqOption {
	var opts []*ast.SeqOption
	for {
		o := p.parseSeqOption()
		if o == nil {
			return opts
		}
		for _, before := range opts {
			if before.Kind == o.Kind {
				p.failAt(o.Lo, "a second "+o.Kind.String(), nil, "")
			}
		}
		opts = append(opts, o)
	}
}

func (p *parser) parseSeqOption() *ast.SeqOption {
	if p.tok.Kind != token.Ident {
		return nil
	}
	lo := p.mark()
	o := &ast.SeqOption{Kind: p.tok.Kw}
	switch o.Kind {
	case token.INCREMENT:
		p.next()
		p.wantKw(token.BY)
		o.Value = p.parseNumber()
	case token.START:
		p.next()
		p.wantKw(token.WITH)
		if p.gotSeq(token.LIMIT, token.VALUE) {
			o.Kind = token.LIMIT
		} else {
			o.Value = p.parseNumber()
		}
	case token.RESTART:
		p.next()
		if p.gotSeq(token.START, token.WITH) || p.gotKw(token.WITH) {
			o.Value = p.parseNumber()
		}
	case token.MAXVALUE, token.MINVALUE, token.CACHE:
		p.next()
		o.Value = p.parseNumber()
	case token.NO:
		switch p.peek(1).Kw {
		case token.MAXVALUE:
			o.Kind = token.NOMAXVALUE
		case token.MINVALUE:
			o.Kind = token.NOMINVALUE
		case token.CYCLE:
			o.Kind = token.NOCYCLE
		case token.CACHE:
			o.Kind = token.NOCACHE
		case token.ORDER:
			o.Kind = token.NOORDER
		default:
			return nil
		}
		p.next()
		p.next()
	case token.NOMAXVALUE, token.NOMINVALUE, token.CYCLE, token.NOCYCLE, token.NOCACHE, token.ORDER, token.NOORDER,
		token.KEEP, token.NOKEEP, token.NOSCALE, token.NOSHARD, token.SESSION, token.GLOBAL,
		token.NOPARTITION: // the last is what DBMS_METADATA of 12.1 writes
		p.next()
	case token.SCALE, token.SHARD:
		p.next()
		o.Mode = p.gotAny(token.EXTEND, token.NOEXTEND)
	case token.SHARING:
		p.next()
		p.want(token.EQ)
		p.parseIdent()
	default:
		return nil
	}
	o.Span = p.since(lo)
	return o
}
