package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (p *parser) parseOwnCall(lo uint32, fn ast.Expr, kw token.Keyword) ast.Expr { return nil }
func (p *parser) parseModel() *ast.Model                                         { p.expected("a query"); return nil }
func (p *parser) parseModelFor() ast.Expr                                        { p.expected("a query"); return nil }
func (p *parser) parseMatch(lo uint32, t ast.TableRef) ast.TableRef {
	p.expected("a query")
	return nil
}
func (p *parser) parsePivot(lo uint32, t ast.TableRef) ast.TableRef {
	p.expected("a query")
	return nil
}
func (p *parser) parseUnpivot(lo uint32, t ast.TableRef) ast.TableRef {
	p.expected("a query")
	return nil
}
func (p *parser) parseInlineExternal() *ast.Clause { p.expected("a query"); return nil }
func (p *parser) parseIsJSONOptions() *ast.Clause  { return nil }
