package workload

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// Group is all statements that differ in constants only.
type Group struct {
	Digest     string // 16 hexadecimal digits of the fingerprint
	Schema     string // that parsed them, folded; "" unknown
	Text       string // of the first of them
	Parsed     bool   // the text was read as one statement without an error
	Err        *ast.Error
	Statements int64 // how many the sources told of
	Executions int64
	Elapsed    time.Duration
	Rows       int64
	Binds      []Bind
	SQLIDs     []string // the first few
	Modules    []string
	Places     []Place      // the first few
	MorePlaces int          // further ones
	Source     *Composition // of the first of them, when it comes from application source
	first      int
	by         []weight
}

// weight is what the sources of one kind say. Two kinds of sources may have watched the same executions, so a group's
// figures are those of the kind that saw most of it, never the sum over kinds.
type weight struct {
	kind             Kind
	executions, rows int64
	elapsed          time.Duration
}

func (g *Group) weigh(w weight) {
	i := slices.IndexFunc(g.by, func(o weight) bool { return o.kind == w.kind })
	if i < 0 {
		i = len(g.by)
		g.by = append(g.by, weight{kind: w.kind})
	}
	b := &g.by[i]
	b.executions = sum(b.executions, w.executions)
	b.rows = sum(b.rows, w.rows)
	b.elapsed = sum(b.elapsed, w.elapsed)
	best := slices.MaxFunc(g.by, func(a, b weight) int {
		return cmp.Or(cmp.Compare(a.executions, b.executions), cmp.Compare(a.elapsed, b.elapsed), cmp.Compare(a.rows, b.rows))
	})
	g.Executions, g.Rows, g.Elapsed = best.executions, best.rows, best.elapsed
}

// sum adds figures that are not negative; what would not fit stays at the largest.
func sum[T ~int64](a, b T) T {
	if c := a + b; c >= a {
		return c
	}
	return math.MaxInt64
}

// Place is where a statement of a group was found.
type Place struct {
	Pos              model.Pos
	Origin           string
	Branch, Branches int
}

// How much of the sources a group keeps: memory must not grow with the number of statements.
const (
	maxPlaces  = 8
	maxModules = 8
	maxSQLIDs  = 4
)

// Print is a statement's place among groups.
type Print struct {
	Digest string
	Text   string // literal-free
	Parsed bool
	Err    *ast.Error // first, when it could not be read
}

// Fingerprint reads a statement and gives its literal-free form. A text that holds several statements, or that cannot be
// read, is fingerprinted by its tokens.
func Fingerprint(text string) Print {
	f := parser.Parse("", []byte(text), parser.Options{})
	p := Print{Parsed: len(f.Errors) == 0 && len(f.Stmts) > 0}
	if !p.Parsed && len(f.Errors) > 0 {
		p.Err = f.Errors[0]
	}
	var sum uint64
	for i, s := range f.Stmts {
		if _, bad := s.(*ast.BadStmt); bad {
			p.Parsed = false
		}
		t, d := printer.Fingerprint(f, s)
		if i == 0 {
			p.Text, sum = t, d
			continue
		}
		p.Text += ";\n" + t
		sum = sum*0x100000001b3 ^ d
	}
	p.Digest = fmt.Sprintf("%016x", sum)
	return p
}

// Grouper folds statements into groups.
type Grouper struct {
	groups map[groupKey]*Group
	texts  map[textKey]*Group // of statements seen already, by the digest of their text
	whole  map[string]*Group  // by SQL id, of texts that are not cut
	cut    []Statement        // those that a source may have cut, until the whole text is met
}

type groupKey struct{ digest, schema string }

type textKey struct {
	sum    [16]byte
	schema string
}

// maxTexts is how many different texts are remembered, so that a trace which repeats them is not parsed each time.
const maxTexts = 200_000

// NewGrouper makes an empty one.
func NewGrouper() *Grouper {
	return &Grouper{groups: map[groupKey]*Group{}, texts: map[textKey]*Group{}, whole: map[string]*Group{}}
}

// known finds the group of a text that was added before, without reading it; nil when it was not.
func (g *Grouper) known(s *Statement) (textKey, *Group) {
	sum := sha256.Sum256([]byte(s.Text))
	k := textKey{[16]byte(sum[:16]), s.Schema}
	return k, g.texts[k]
}

// maxCut is how many shortened statements wait for their whole text.
const maxCut = 20_000

// Add reads a statement and enters it. A statement that its source has cut waits for another source that has all of it.
func (g *Grouper) Add(s Statement) {
	if s.Cut && len(g.cut) < maxCut {
		g.cut = append(g.cut, s)
		return
	}
	group := g.add(s)
	if s.SQLID != "" && !s.Cut {
		g.whole[s.SQLID] = group
	}
}

func (g *Grouper) add(s Statement) *Group {
	k, group := g.known(&s)
	if group == nil {
		p := Fingerprint(s.Text)
		key := groupKey{p.Digest, s.Schema}
		if group = g.groups[key]; group == nil {
			group = &Group{Digest: p.Digest, Schema: s.Schema, Text: s.Text, Parsed: p.Parsed, Err: p.Err, Source: s.Source, first: len(g.groups)}
			g.groups[key] = group
		}
		if len(g.texts) < maxTexts {
			g.texts[k] = group
		}
	}
	group.enter(&s)
	return group
}

func (g *Group) enter(s *Statement) {
	g.Statements++
	g.weigh(weight{s.Kind, s.Executions, s.Rows, s.Elapsed})
	g.SQLIDs = keep(g.SQLIDs, s.SQLID, maxSQLIDs)
	g.Modules = keep(g.Modules, s.Module, maxModules)
	p := Place{Pos: s.Pos, Origin: s.Origin}
	if s.Source != nil {
		p.Branch, p.Branches = s.Source.Branch, s.Source.Branches
	}
	switch {
	case slices.Contains(g.Places, p):
	case len(g.Places) < maxPlaces:
		g.Places = append(g.Places, p)
	default:
		g.MorePlaces++
	}
	for _, b := range g.own(s) {
		g.bind(b)
	}
}

// own are the variables of a statement by the names that the group's text has for the same places: statements of one group
// may call them otherwise, and what one sends as a date another may send as a number.
func (g *Group) own(s *Statement) []Bind {
	if len(s.Binds) == 0 || s.Text == g.Text {
		return s.Binds
	}
	theirs, ours := bindNames(s.Text), bindNames(g.Text)
	if len(theirs) != len(ours) || slices.Equal(theirs, ours) {
		return s.Binds
	}
	var list []Bind
	for _, b := range s.Binds {
		met := false
		for i, name := range theirs {
			if name == b.Name || strings.Trim(name, `"`) == b.Name {
				met = true
				o := b
				o.Name = ours[i]
				list = append(list, o)
			}
		}
		if !met {
			list = append(list, b)
		}
	}
	return list
}

func (g *Group) bind(b Bind) {
	i := slices.IndexFunc(g.Binds, func(o Bind) bool { return o.Name == b.Name })
	if i < 0 {
		b.Values = slices.Clone(b.Values[:min(len(b.Values), maxValues)])
		g.Binds = append(g.Binds, b)
		return
	}
	have := &g.Binds[i]
	have.Join(b)
	for _, v := range b.Values {
		have.Values = keep(have.Values, v, maxValues)
	}
}

func keep(list []string, s string, most int) []string {
	if s == "" || len(list) >= most || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// Groups are all groups in the order in which they were first met. A group without a schema joins the one group that
// has the same text and a schema, where there is exactly one: application source does not tell who runs it.
func (g *Grouper) Groups() []*Group {
	for _, s := range g.cut {
		if group := g.whole[s.SQLID]; group != nil && s.SQLID != "" {
			group.enter(&s)
			continue
		}
		g.add(s)
	}
	g.cut = nil
	all := make([]*Group, 0, len(g.groups))
	byDigest := map[string][]*Group{}
	for _, x := range g.groups {
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b *Group) int { return cmp.Compare(a.first, b.first) })
	for _, x := range all {
		if x.Schema != "" {
			byDigest[x.Digest] = append(byDigest[x.Digest], x)
		}
	}
	return slices.DeleteFunc(all, func(x *Group) bool {
		same := byDigest[x.Digest]
		if x.Schema != "" || len(same) != 1 {
			return false
		}
		same[0].join(x)
		return true
	})
}

func (g *Group) join(o *Group) {
	g.Statements += o.Statements
	for _, w := range o.by {
		g.weigh(w)
	}
	for _, s := range o.SQLIDs {
		g.SQLIDs = keep(g.SQLIDs, s, maxSQLIDs)
	}
	for _, s := range o.Modules {
		g.Modules = keep(g.Modules, s, maxModules)
	}
	for _, b := range o.Binds {
		g.bind(b)
	}
	g.MorePlaces += o.MorePlaces
	for _, p := range o.Places {
		if len(g.Places) < maxPlaces {
			g.Places = append(g.Places, p)
		} else {
			g.MorePlaces++
		}
	}
}
