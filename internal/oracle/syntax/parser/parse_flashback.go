package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseFlashback reads VERSIONS ... and AS OF ...; nil when neither follows.
func (p *parser) parseFlashback() *ast.Flashback {
	versions := p.is(token.VERSIONS) && p.clauseFollows(true)
	if !versions && !(p.is(token.AS) && p.peek(1).Is(token.OF)) {
		return nil
	}
	lo := p.mark()
	f := &ast.Flashback{}
	if versions {
		p.next()
		if p.gotSeq(token.PERIOD, token.FOR) {
			f.Versions = token.PERIOD
			f.VersionsName = p.parseIdent()
			p.wantKw(token.BETWEEN)
		} else {
			p.wantKw(token.BETWEEN)
			if f.Versions = p.gotAny(token.SCN, token.TIMESTAMP); f.Versions == 0 {
				p.expected("SCN", "TIMESTAMP")
			}
		}
		f.From = p.parseOperand()
		p.wantKw(token.AND)
		f.To = p.parseOperand()
	}
	if p.is(token.AS) && p.peek(1).Is(token.OF) {
		p.skip(2)
		if p.gotSeq(token.PERIOD, token.FOR) {
			f.AsOf = token.PERIOD
			f.AsOfName = p.parseIdent()
		} else if f.AsOf = p.gotAny(token.SCN, token.TIMESTAMP, token.SNAPSHOT); f.AsOf == 0 {
			p.expected("SCN", "TIMESTAMP")
		}
		f.At = p.parseOperand()
	}
	f.Span = p.since(lo)
	return f
}

func setFlashback(t ast.TableRef, f *ast.Flashback) bool {
	var at **ast.Flashback
	switch t := t.(type) {
	case *ast.TableName:
		at = &t.Flashback
	case *ast.SubqueryRef:
		at = &t.Flashback
	case *ast.TableExpr:
		at = &t.Flashback
	default:
		return false
	}
	if *at != nil {
		return false
	}
	*at = f
	return true
}

// parseSample reads SAMPLE [BLOCK] (percent) [SEED (n)].
func (p *parser) parseSample() *ast.Sample {
	lo := p.mark()
	p.wantKw(token.SAMPLE)
	s := &ast.Sample{Block: p.gotKw(token.BLOCK)}
	p.want(token.LParen)
	s.Percent = p.parseExpr()
	if p.got(token.Comma) {
		s.Group = p.parseExpr()
	}
	p.want(token.RParen)
	if p.is(token.SEED) && p.peek(1).Kind == token.LParen {
		p.skip(2)
		s.Seed = p.parseExpr()
		p.want(token.RParen)
	}
	s.Span = p.since(lo)
	return s
}

func setSample(t ast.TableRef, s *ast.Sample) bool {
	switch t := t.(type) {
	case *ast.TableName:
		t.Sample = s
	case *ast.SubqueryRef:
		t.Sample = s
	case *ast.TableExpr:
		t.Sample = s
	default:
		return false
	}
	return true
}
