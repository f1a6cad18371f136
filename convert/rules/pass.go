package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// Pass is one run of the table over one statement. Functions of rules get it and report through it.
type Pass struct {
	File    *ast.File
	Info    *resolve.Info
	Catalog *model.Catalog
	Object  model.ObjectID // the object the statement creates, or the statement itself
	Target  *Profile

	rule    *Rule
	parents []ast.Node     // from the statement down to the parent of the node at hand
	kids    []ast.Node     // children of all nodes on the way down, as a stack
	collect func(ast.Node) // adds to kids; made once
	found   *[]model.Finding
}

// Parent is the n-th node above the one at hand; Parent(0) is its direct parent, nil above the statement.
func (p *Pass) Parent(n int) ast.Node {
	if i := len(p.parents) - 1 - n; i >= 0 {
		return p.parents[i]
	}
	return nil
}

// Report adds a finding at a node with the rule's usual severity and effort.
func (p *Pass) Report(n ast.Node, message string) {
	p.ReportAs(n, p.rule.Severity, p.rule.Effort, message)
}

// ReportAs adds a finding with a severity and effort of its own, where the place tells more than the rule.
func (p *Pass) ReportAs(n ast.Node, s model.Severity, e model.Effort, message string) {
	*p.found = append(*p.found, newFinding(p.rule, p.Object, p.File, n, s, e, message))
}

// NewFinding makes a finding of a rule at a node, for those who find out something while they convert.
func NewFinding(r *Rule, object model.ObjectID, f *ast.File, n ast.Node, s model.Severity, e model.Effort, message string) model.Finding {
	return newFinding(r, object, f, n, s, e, message)
}

func newFinding(r *Rule, object model.ObjectID, f *ast.File, n ast.Node, s model.Severity, e model.Effort, message string) model.Finding {
	fd := model.Finding{Code: r.Code, Rule: r.Name, Severity: s, Effort: e, Object: object, Message: message}
	if f == nil || n == nil || n.Range().Empty() {
		return fd
	}
	span := n.Range()
	fd.Pos = f.Pos(n)
	lo, hi := f.Tokens[span.Lo].Off, f.Tokens[span.Hi-1].End()
	fd.Snippet = cut(f, int(lo), int(hi), fd.Pos.Line)
	return fd
}

// maxSnippet keeps a finding on a whole package from carrying the package: the first line marks the place.
const maxSnippet = 2000

func cut(f *ast.File, lo, hi, line int) model.Snippet {
	src, from, to := f.Src, lo, hi
	if hi-lo > maxSnippet {
		hi = lo + maxSnippet
		for hi > lo && src[hi]&0xC0 == 0x80 { // not inside a character
			hi--
		}
	}
	for i := 0; i < 2 && from > 0; from-- {
		if src[from-1] == '\n' {
			i++
			if i == 2 {
				break
			}
		}
		if lo-from > maxSnippet {
			break
		}
	}
	for to = hi; to < len(src) && to-hi < maxSnippet && src[to] != '\n'; to++ {
	}
	for from < lo && src[from]&0xC0 == 0x80 {
		from++
	}
	for to < len(src) && src[to]&0xC0 == 0x80 {
		to++
	}
	part := f.Piece(uint32(from), uint32(to)) // findings are as many as lines
	first := line
	for i := from; i < lo; i++ {
		if src[i] == '\n' {
			first--
		}
	}
	sn := model.NewSnippet(part, lo-from, hi-from, line, 1)
	sn.Line = max(sn.Line, first)
	return sn
}

// ObjectPass is one run of the table's object rules over one catalog object.
type ObjectPass struct {
	Catalog *model.Catalog
	Object  *model.Object
	File    *ast.File // of the statement that creates it; nil when the source has none
	Stmt    ast.Stmt
	Target  *Profile

	rule  *Rule
	found *[]model.Finding
}

// Report adds a finding about the object at a position of the catalog (a column, a constraint, the object).
func (p *ObjectPass) Report(at model.Pos, message string) {
	p.ReportAs(at, p.rule.Severity, p.rule.Effort, message)
}

// ReportAs is Report with a severity and effort of its own.
func (p *ObjectPass) ReportAs(at model.Pos, s model.Severity, e model.Effort, message string) {
	fd := model.Finding{Code: p.rule.Code, Rule: p.rule.Name, Severity: s, Effort: e, Object: p.Object.ID(), Pos: at, Message: message}
	if p.File != nil && at.File == p.File.Name {
		lo := at.Offset
		hi := lo
		for hi < len(p.File.Src) && p.File.Src[hi] != '\n' && hi-lo < maxSnippet {
			hi++
		}
		fd.Snippet = cut(p.File, lo, hi, at.Line)
	}
	*p.found = append(*p.found, fd)
}
