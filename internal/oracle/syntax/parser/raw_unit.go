package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// rawUnit reads a wrapped PL/SQL unit or a Java or MLE source: text that is not tokenised. It returns nil,
// with nothing changed, when the statement at off is something else.
func (p *parser) rawUnit(off int) ast.Stmt {
	switch p.f.Src[off] | 0x20 {
	case 'c', 'p', 'f', 't': // CREATE, or the bare unit
	default:
		return nil
	}
	flags := p.lx.Pending()
	p.lx.Seek(off, flags)
	report, note := p.lx.Report, p.lx.Note
	p.lx.Report, p.lx.Note = nil, nil
	h := rawHead{p: p}
	ok := h.read()
	end := p.lx.Offset()
	p.lx.Report, p.lx.Note = report, note
	if !ok {
		p.lx.Seek(off, flags)
		return nil
	}
	p.script.afterUnit, p.script.afterSQL = true, false
	base := uint32(len(p.f.Tokens))
	p.f.Tokens = append(p.f.Tokens, h.toks...)
	lo := end
	for lo < len(p.f.Src) && (p.f.Src[lo] == ' ' || p.f.Src[lo] == '\t' || p.f.Src[lo] == '\r' || p.f.Src[lo] == '\n') {
		lo++
	}
	hi := p.lx.TermLine(max(end, lo-1))
	for hi > lo && (p.f.Src[hi-1] == '\n' || p.f.Src[hi-1] == '\r' || p.f.Src[hi-1] == ' ') {
		hi--
	}
	text := uint32(len(p.f.Tokens))
	if hi > lo {
		p.f.Tokens = append(p.f.Tokens, token.Token{Off: uint32(lo), Len: uint32(hi - lo), Kind: token.Raw})
		end = hi
	} else {
		p.f.Tokens = append(p.f.Tokens, token.Token{Off: uint32(end), Kind: token.Raw})
	}
	p.lx.Seek(end, 0)
	p.i = uint32(len(p.f.Tokens))
	span := ast.Span{Lo: base, Hi: p.i}
	var name *ast.Name
	if h.nameHi > h.nameLo {
		name = &ast.Name{Span: ast.Span{Lo: base + h.nameLo, Hi: base + h.nameHi}}
	}
	if h.wrapped {
		return &ast.WrappedUnit{Span: span, Replace: h.replace, Kind: h.kind, Body: h.body, Name: name, Text: text}
	}
	return &ast.ForeignUnit{Span: span, Replace: h.replace, Kind: h.kind, Name: name, Text: text}
}

// rawHead is the head of a unit whose text is not tokenised.
type rawHead struct {
	p              *parser
	toks           []token.Token
	tok            token.Token
	replace        bool
	wrapped        bool
	kind           token.Keyword
	body           bool
	nameLo, nameHi uint32 // relative to toks
}

func (h *rawHead) next() {
	h.toks = append(h.toks, h.tok)
	h.tok = h.p.lx.One()
}

func (h *rawHead) got(k token.Keyword) bool {
	if !h.tok.Is(k) {
		return false
	}
	h.next()
	return true
}

func (h *rawHead) name() {
	h.nameLo = uint32(len(h.toks))
	for h.tok.Name() || h.tok.Kind == token.String {
		h.next()
		if h.tok.Kind != token.Dot {
			break
		}
		h.next()
	}
	h.nameHi = uint32(len(h.toks))
}

// read scans the head and reports whether raw text follows; the lexer then stands at it.
func (h *rawHead) read() bool {
	h.toks = make([]token.Token, 0, 12)
	h.tok = h.p.lx.One()
	if h.got(token.CREATE) && h.got(token.OR) {
		h.replace = h.got(token.REPLACE)
	}
	for h.got(token.EDITIONABLE) || h.got(token.NONEDITIONABLE) || h.got(token.AND) || h.got(token.RESOLVE) || h.got(token.COMPILE) || h.got(token.NOFORCE) {
	}
	if h.got(token.IF) {
		h.got(token.NOT)
		h.got(token.EXISTS)
	}
	switch h.kind = h.tok.Kw; {
	case h.tok.Is(token.PACKAGE), h.tok.Is(token.TYPE), h.tok.Is(token.PROCEDURE), h.tok.Is(token.FUNCTION), h.tok.Is(token.TRIGGER):
		h.next()
		if (h.kind == token.PACKAGE || h.kind == token.TYPE) && h.tok.Is(token.BODY) {
			h.body = true
			h.next()
		}
		if h.got(token.IF) {
			h.got(token.NOT)
			h.got(token.EXISTS)
		}
		h.name()
		h.wrapped = h.tok.Is(token.WRAPPED)
		if h.wrapped {
			h.toks = append(h.toks, h.tok)
		}
		return h.wrapped
	case h.tok.Is(token.JAVA):
		h.next()
		h.kind = h.tok.Kw
		if !h.got(token.SOURCE) && !h.got(token.CLASS) && !h.got(token.RESOURCE) {
			return false
		}
		if h.got(token.NAMED) {
			h.name()
		}
	case h.tok.Is(token.MLE):
		h.next()
		h.kind = h.tok.Kw
		if !h.got(token.MODULE) {
			return false
		}
		h.name()
	default:
		return false
	}
	// options up to AS; USING names a file instead of text
	for n := 0; n < 100; n++ {
		switch {
		case h.tok.Is(token.AS):
			h.toks = append(h.toks, h.tok)
			return true
		case h.tok.Is(token.USING), h.tok.Kind == token.Semi, h.tok.Kind == token.TermSlash, h.tok.Kind == token.EOF:
			return false
		}
		h.next()
	}
	return false
}
