package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

func (g *gen) anonymousBlock(x *ast.Block) {
	if g.hostStatement(x) {
		return
	}
	if !g.e.SourceOrder {
		made, all := g.blockDDL(x)
		if made && all {
			g.ignore(x, "ddl-in-code", "the block around constant DDL: its objects are made in their phases")
			return
		}
		if made {
			g.reportAs(x, "ddl-in-code", model.Medium, model.Review, "the objects that the block creates are made in their phases; what else it does runs behind them and may try to make them again")
		}
	}
	g.body = &routine{node: x}
	g.body.facts = g.bodyFacts(x, x)
	text := g.blockSQL(x)
	open := ""
	if g.needsUseColumn(x) {
		open = "#variable_conflict use_column\n"
	}
	g.body = nil
	if g.refusal == nil {
		text = g.withStrays(x, text)
	}
	g.script(x, PhaseScript, "DO "+dollar("\n"+open+text+";\n"))
	if n := len(g.out); n > 0 {
		g.out[n-1].Kind = model.KindAnonymousBlock
	}
}

// blockSQL is a block without the semicolon behind END. The outermost block of a body also declares what the conversion
// needs, and does what stands in body.starts.
func (g *gen) blockSQL(b *ast.Block) string {
	outermost := g.body.depth == 0
	if g.body.facts == nil {
		if g.body.node == nil {
			g.body.node = b
		}
		g.body.facts = g.bodyFacts(g.body.node, b)
	}
	if outermost && g.body.trigger {
		g.body.hasNames = g.needsUseColumn(b)
	}
	g.body.depth++
	defer func() { g.body.depth-- }()
	label := g.enterBlock(b, outermost)
	if len(b.Handlers) > 0 {
		g.lostByFunctions(b)
		if s, ok := g.cutBlock(b, outermost, label); ok {
			return s
		}
	}
	decls, inits := g.declSection(b)
	var subs []sub
	try := g.body.try
	if len(b.Handlers) > 0 {
		g.body.sub++
		g.body.try = nil
	}
	subs = append(subs, g.stmtSubs(b.Stmts)...)
	if len(b.Handlers) > 0 {
		g.body.sub--
		g.body.try = try
	}
	others := false
	for _, h := range b.Handlers {
		subs = append(subs, put(h, g.handler(b, h)))
		others = others || h.Others
	}
	if end, ok := g.endToken(b); ok && len(b.Handlers) > 0 && try != nil && !others {
		in := g.indentAt(b.Begin)
		subs = append(subs, sub{end, end + 1, "  WHEN OTHERS THEN\n" + in + "    " + try.catch(in+"    ") + "\n" + in + "END"})
	}
	if b.EndName != nil {
		subs = append(subs, put(b.EndName, ""))
	}
	if outermost {
		inits = append(append([]string{}, g.body.starts...), inits...)
	}
	begin := "BEGIN"
	in := g.stmtIndent(b)
	for _, s := range inits {
		begin += "\n" + in + s + ";"
	}
	subs = append(subs, sub{b.Begin, b.Begin + 1, begin})
	text := g.spliceRange(b.Begin, b.Hi, subs...)
	return g.blockHead(b, label, decls, outermost) + text
}

// blockHead is label and declarations in front of BEGIN.
func (g *gen) blockHead(b *ast.Block, label, decls string, outermost bool) string {
	in := g.indentAt(b.Begin)
	head := ""
	if label != "" {
		head = "<<" + label + ">>\n" + in
	}
	var extra string
	if outermost && !g.body.trigger { // a trigger's function declares them around the block
		for _, d := range g.body.decls {
			extra += in + "    " + d + ";\n"
		}
	}
	if decls == "" && extra == "" {
		return head
	}
	if decls != "" {
		decls = strings.TrimRight(decls, " \t\n") + "\n"
	}
	return head + "DECLARE\n" + decls + extra + in
}

// enterBlock notes which label qualifies the declarations of a block, and gives the label to write.
func (g *gen) enterBlock(b *ast.Block, outermost bool) string {
	label := ""
	if n := len(b.Labels); n > 0 {
		label = g.localName(g.f.Last(b.Labels[n-1]))
	}
	if outermost && label == "" && g.body.name != "" {
		for _, d := range b.Decls {
			if g.body.facts.qualify[d] {
				label = quote.Ident(g.body.name)
			}
		}
	}
	if g.body.owner == nil {
		g.body.owner = map[ast.Node]string{}
	}
	for _, d := range b.Decls {
		g.body.owner[d] = label
	}
	return label
}

// stmtIndent is the space in front of the statements of a block.
func (g *gen) stmtIndent(b *ast.Block) string {
	if len(b.Stmts) > 0 {
		return g.indent(b.Stmts[0])
	}
	return g.indent(b) + "    "
}

// declSection converts the declarations of a block. What cannot be said in a declaration comes back as statements to stand
// behind BEGIN.
func (g *gen) declSection(b *ast.Block) (text string, inits []string) {
	if len(b.Decls) == 0 {
		return "", nil
	}
	outer := g.body.starts
	g.body.starts = nil
	var subs []sub
	kept := 0
	again := map[string]bool{}
	for _, d := range b.Decls {
		s := ""
		if n := storedName(d); n != nil && again[g.f.Last(n)] {
			// Oracle minds only when the name is used (PLS-00371)
			g.ignore(d, "not-converted", "%s is declared twice", g.source(n))
		} else {
			s = g.decl(d)
			if n != nil {
				again[g.f.Last(n)] = true
			}
		}
		if s == "" {
			hi := d.Range().Hi
			if int(hi) < len(g.f.Tokens) && g.f.Text(hi) == ";" {
				hi++
			}
			subs = append(subs, sub{d.Range().Lo, hi, ""})
			continue
		}
		kept++
		subs = append(subs, put(d, s))
	}
	inits = g.body.starts
	g.body.starts = outer
	lo := b.Decls[0].Range().Lo
	if !b.Declare {
		if len(comments(g.trivia(lo))) == 0 {
			g.seen.add(lo)
		}
	}
	text = g.spliceRange(lo, b.Begin, subs...)
	if kept == 0 && len(comments(text)) == 0 {
		return "", inits
	}
	lead := g.indent(b.Decls[0])
	if b.Declare && !g.seen.has(lo) {
		g.seen.add(lo)
		for _, c := range comments(g.trivia(lo)) {
			lead += c + "\n" + g.indent(b.Decls[0])
		}
	}
	tail := "\n" + g.indent(b)
	if g.f.Tokens[b.Begin].Flags != 0 {
		g.seen.add(b.Begin)
		for _, c := range comments(g.trivia(b.Begin)) {
			tail += c + "\n" + g.indent(b)
		}
	}
	return lead + strings.TrimLeft(text, " \n") + tail, inits
}

// storedName is the name of a declaration that PL/pgSQL has too, nil of another.
func storedName(d ast.Decl) *ast.Name {
	switch x := d.(type) {
	case *ast.VarDecl:
		return x.Name
	case *ast.CursorDecl:
		if x.Query != nil {
			return x.Name
		}
	}
	return nil
}

// unnamed refuses a handler whose exceptions could not be read.
func (g *gen) unnamed(h *ast.Handler) bool {
	if len(h.Names) > 0 {
		return false
	}
	g.refuse(h, "not-converted", "a handler of what is no exception: %s", oneLine(g.source(h)))
	return true
}

// handlerOf is a handler and the block whose errors it handles.
type handlerOf struct {
	block *ast.Block
	*ast.Handler
}

// handler converts one handler of an exception section.
func (g *gen) handler(b *ast.Block, h *ast.Handler) string {
	if g.unnamed(h) {
		return g.source(h)
	}
	cond := g.handlerCondition(h)
	body := g.handlerBody(b, h)
	lo, hi := h.Names[0].Lo, h.Names[len(h.Names)-1].Hi
	return g.splice(h, append(body, sub{lo, hi, cond})...)
}

// handlerBody converts the statements of a handler and what they need ahead of them.
func (g *gen) handlerBody(b *ast.Block, h *ast.Handler) []sub {
	g.body.errors = append(g.body.errors, nil)
	g.body.handlers = append(g.body.handlers, handlerOf{b, h})
	defer func() {
		g.body.errors = g.body.errors[:len(g.body.errors)-1]
		g.body.handlers = g.body.handlers[:len(g.body.handlers)-1]
	}()
	first := g.errorContext(h)
	undone := g.undoneRollback(b, h)
	subs := g.stmtSubs(h.Stmts)
	if undone > 0 && len(subs) > 0 {
		subs[0].text = "BEGIN\n" + g.indent(h.Stmts[0]) + subs[0].text
	}
	if len(subs) > 0 && first != "" {
		subs[0].text = first + ";\n" + g.indent(h.Stmts[0]) + subs[0].text
	}
	return subs
}
