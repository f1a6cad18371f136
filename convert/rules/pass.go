package rules

import (
	"reflect"

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
	parents []ast.Node // from the statement down to the parent of the node at hand
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

func newFinding(r *Rule, object model.ObjectID, f *ast.File, n ast.Node, s model.Severity, e model.Effort, message string) model.Finding {
	fd := model.Finding{Code: r.Code, Rule: r.Name, Severity: s, Effort: e, Object: object, Message: message}
	if f == nil || n == nil || n.Range().Empty() {
		return fd
	}
	span := n.Range()
	fd.Pos = f.Pos(n)
	lo, hi := f.Tokens[span.Lo].Off, f.Tokens[span.Hi-1].End()
	fd.Snippet = cut(f.Src, int(lo), int(hi), fd.Pos.Line)
	return fd
}

// maxSnippet keeps a finding on a whole package from carrying the package: the first line marks the place.
const maxSnippet = 2000

func cut(src []byte, lo, hi, line int) model.Snippet {
	from, to := lo, hi
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
	part := string(src[from:to])
	first := line
	for i := from; i < lo; i++ {
		if src[i] == '\n' {
			first--
		}
	}
	sn := model.NewSnippet(part, lo-from, hi-from, line, 1)
	if sn.Line == 0 {
		sn.Line = first
	}
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
		fd.Snippet = cut(p.File.Src, lo, hi, at.Line)
	}
	*p.found = append(*p.found, fd)
}

// Engine runs a rule table for one target. It is read-only after NewEngine and may be shared.
type Engine struct {
	target  *Profile
	byType  map[reflect.Type][]dispatch
	objects []*Rule
}

type dispatch struct {
	rule *Rule
	run  func(*Pass, ast.Node)
}

// NewEngine prepares the rules that the target does not have natively.
func NewEngine(target *Profile, table []*Rule) *Engine {
	e := &Engine{target: target, byType: map[reflect.Type][]dispatch{}}
	for _, r := range table {
		if r.Needs != "" && target.Has(r.Needs) {
			continue
		}
		for _, m := range r.On {
			t := reflect.TypeOf(m.key)
			e.byType[t] = append(e.byType[t], dispatch{r, m.run})
		}
		if r.OnObject != nil {
			e.objects = append(e.objects, r)
		}
	}
	return e
}

// Statement runs the table over one resolved statement and gives the findings in order of the tree.
func (e *Engine) Statement(cat *model.Catalog, in *resolve.Info, object model.ObjectID) []model.Finding {
	var found []model.Finding
	p := &Pass{File: in.File, Info: in, Catalog: cat, Object: object, Target: e.target, found: &found}
	e.visit(p, in.Stmt)
	return found
}

func (e *Engine) visit(p *Pass, n ast.Node) {
	for _, d := range e.byType[reflect.TypeOf(n)] {
		p.rule = d.rule
		d.run(p, n)
	}
	p.parents = append(p.parents, n)
	for _, c := range ast.InOrder(n) {
		e.visit(p, c)
	}
	p.parents = p.parents[:len(p.parents)-1]
}

// Object runs the table's object rules over one catalog object.
func (e *Engine) Object(cat *model.Catalog, o *model.Object, f *ast.File, s ast.Stmt) []model.Finding {
	var found []model.Finding
	p := &ObjectPass{Catalog: cat, Object: o, File: f, Stmt: s, Target: e.target, found: &found}
	for _, r := range e.objects {
		p.rule = r
		r.OnObject(p)
	}
	return found
}
