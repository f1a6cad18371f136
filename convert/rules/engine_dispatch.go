package rules

import (
	"fmt"
	"strings"
	"sync"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// Engine runs a rule table for one target. It is read-only after NewEngine and may be shared.
type Engine struct {
	target   *Profile
	byKind   [ast.NodeKinds][]dispatch
	builtins map[string][]builtinDispatch // by folded name; packages as "DBMS_OUTPUT.*"
	objects  []*Rule
}

type dispatch struct {
	rule  *Rule
	run   func(*Pass, ast.Node)
	limit *Capability // of a target that has the feature in part
}

type builtinDispatch struct {
	rule  *Rule
	run   func(*Pass, Use)
	limit *Capability
}

// NewEngine prepares the rules that the target does not have natively. Of what it has in part, each use is reported
// with the condition instead of with what the rule would do about it.
func NewEngine(target *Profile, table []*Rule) *Engine {
	e := &Engine{target: target, builtins: map[string][]builtinDispatch{}}
	for _, r := range table {
		if r.Family != target.Family {
			continue
		}
		var limit *Capability
		if r.Needs != "" {
			switch c := target.Capability(r.Needs); c.State {
			case Native:
				continue
			case Partial:
				limit = &c
			}
		}
		for _, m := range r.On {
			if m.use != nil {
				for _, name := range m.names {
					e.builtins[name] = append(e.builtins[name], builtinDispatch{r, m.use, limit})
				}
				continue
			}
			k := m.key.NodeKind()
			e.byKind[k] = append(e.byKind[k], dispatch{r, m.run, limit})
		}
		if r.OnObject != nil {
			e.objects = append(e.objects, r)
		}
	}
	return e
}

// Statement runs the table over one resolved statement and gives the findings in order of the tree.
func (e *Engine) Statement(cat *model.Catalog, in *resolve.Info, object model.ObjectID) []model.Finding {
	room := rooms.Get().(*[]model.Finding)
	found := (*room)[:0]
	p := &Pass{File: in.File, Info: in, Catalog: cat, Object: object, Target: e.target, found: &found}
	p.collect = func(c ast.Node) { p.kids = append(p.kids, c) }
	e.visit(p, in.Stmt)
	for i := range in.Dynamic {
		found = append(found, e.dynamic(cat, in, &in.Dynamic[i], object)...)
	}
	list := append([]model.Finding(nil), found...)
	clear(found)
	*room = found
	rooms.Put(room)
	return list
}

// rooms are where the findings of a statement collect until their number is known: a package has thousands.
var rooms = sync.Pool{New: func() any { return new([]model.Finding) }}

// dynamic runs the table over SQL that is put together at run time, as far as its text could be parsed. What it
// finds is reported once, at the statement that runs the text.
func (e *Engine) dynamic(cat *model.Catalog, in *resolve.Info, d *resolve.Dynamic, object model.ObjectID) []model.Finding {
	if d.Parsed == nil || len(d.Parsed.Errors) > 0 || d.Node == nil {
		return nil
	}
	var inner []model.Finding
	for _, s := range d.Parsed.Stmts {
		inner = append(inner, e.Statement(cat, &resolve.Info{File: d.Parsed, Stmt: s}, object)...)
	}
	told := map[string]bool{}
	kept := inner[:0]
	for _, f := range inner {
		if told[f.Code+f.Message] {
			continue
		}
		told[f.Code+f.Message] = true
		place := newFinding(&Rule{}, object, in.File, d.Node, 0, 0, "")
		f.Pos, f.Snippet, f.Message = place.Pos, place.Snippet, "in dynamic SQL: "+f.Message
		kept = append(kept, f)
	}
	return kept
}

func (e *Engine) visit(p *Pass, n ast.Node) {
	for _, d := range e.byKind[n.NodeKind()] {
		p.rule = d.rule
		if d.limit != nil && d.rule.Within != nil && d.rule.Within(p, n) {
			continue
		}
		from := len(*p.found)
		d.run(p, n)
		p.limited(from, d.limit)
	}
	switch x := n.(type) { // those without children
	case *ast.Name:
		e.builtin(p, x)
		return
	case *ast.Literal:
		return
	}
	p.parents = append(p.parents, n)
	from := len(p.kids)
	n.EachChild(p.collect)
	to := len(p.kids)
	sortBySource(p.kids[from:to])
	for i := from; i < to; i++ {
		e.visit(p, p.kids[i])
	}
	p.kids = p.kids[:from]
	p.parents = p.parents[:len(p.parents)-1]
}

// sortBySource is an insertion sort: children nearly always come in order, and there are few.
func sortBySource(kids []ast.Node) {
	for i := 1; i < len(kids); i++ {
		for j := i; j > 0 && kids[j].Range().Lo < kids[j-1].Range().Lo; j-- {
			kids[j], kids[j-1] = kids[j-1], kids[j]
		}
	}
}

// builtin runs the rules on built-in names, if the name may be one.
func (e *Engine) builtin(p *Pass, n *ast.Name) {
	name := p.builtinName(n)
	if name == "" {
		return
	}
	rules := e.builtins[name]
	if rules == nil {
		pkg, _, member := strings.Cut(name, ".")
		if !member {
			return
		}
		if rules = e.builtins[pkg+".*"]; rules == nil && !dictionaryNames.MatchString(pkg) {
			rules = e.builtins["*.*"]
		}
	}
	u := Use{Name: name, At: n}
	if c, ok := p.Parent(0).(*ast.Call); ok && c.Fn == ast.Expr(n) {
		u.Call = c
	}
	for _, d := range rules {
		p.rule = d.rule
		from := len(*p.found)
		d.run(p, u)
		p.limited(from, d.limit)
	}
}

// limited turns what a rule has just found into the condition under which the target does it by itself: one finding
// a place. Where the place is within the condition a reader has nothing to do, hence low.
func (p *Pass) limited(from int, limit *Capability) {
	if limit == nil || len(*p.found) == from {
		return
	}
	f := &(*p.found)[from]
	f.Severity, f.Effort = model.Low, model.Review
	f.Message = fmt.Sprintf("%s has this by itself, with a condition: %s", p.Target.Title, limit.Note)
	*p.found = (*p.found)[:from+1]
}

// Object runs the table's object rules over one catalog object.
func (e *Engine) Object(cat *model.Catalog, o *model.Object, f *ast.File, s ast.Stmt) []model.Finding {
	var found []model.Finding
	p := &ObjectPass{Catalog: cat, Object: o, File: f, Stmt: s, Target: e.target, found: &found}
	for _, r := range e.objects {
		p.rule = r
		from := len(found)
		r.OnObject(p)
		if c := e.target.Capability(r.Needs); r.Needs != "" && c.State == Partial {
			(&Pass{Target: e.target, found: &found}).limited(from, &c)
		}
	}
	return found
}
