package mybatis

import (
	"regexp"
	"strings"

	"landfall/internal/workload"
)

// builder puts one statement together for one combination of branches.
type builder struct {
	scan   *scanner
	space  string // namespace of the mapper at hand
	legacy bool   // iBATIS 2: #x#, $x$
	names  *workload.Names
	c      *choices
	out    []workload.Piece
	binds  map[string]*workload.Bind
	depth  int
	props  []map[string]string // of the includes around
	method string              // id of the statement: the method of the mapper's interface
	param  string              // class of its argument, as the mapper says it
	items  []item              // of the loops around
	prefix *prepend            // of the <dynamic> around whose first prepend is left out
	hollow bool                // an element that puts a keyword or a parenthesis in front has no content
	missed func(at *node, refid string)
}

type prepend struct{ dropped bool }

// maxInclude bounds includes that include each other.
const maxInclude = 20

func (b *builder) all(list []*node) {
	for _, n := range list {
		b.node(n)
	}
}

func (b *builder) node(n *node) {
	switch n.name {
	case "":
		b.text(n.pieces)
	case "if":
		b.branch(n.attr("test"), func() { b.all(n.children) })
	case "choose":
		b.choose(n)
	case "foreach":
		b.foreach(n, "separator", func() {})
	case "trim":
		b.trimmed(n, n.attr("prefix"), n.attr("suffix"), overrides(n.attr("prefixOverrides")), overrides(n.attr("suffixOverrides")))
	case "where":
		b.trimmed(n, "WHERE", "", []string{"AND ", "OR ", "AND\n", "OR\n", "AND\r", "OR\r", "AND\t", "OR\t"}, nil)
	case "set":
		b.trimmed(n, "SET", "", []string{","}, []string{","})
	case "include":
		b.include(n)
	case "bind", "selectKey", "property": // no text here: variables, a statement of its own, a setting
	default:
		b.legacyNode(n)
	}
}

func (b *builder) branch(test string, do func()) {
	b.c.reach(condition{test, true})
	b.c.reach(condition{test, false})
	if b.c.is(test) {
		b.c.under([]condition{{test, true}}, do)
	}
}

func (b *builder) choose(n *node) {
	var before []condition
	done := false
	for _, w := range n.children {
		switch w.name {
		case "when":
			test := w.attr("test")
			way := append(append([]condition{}, before...), condition{test, true})
			b.c.reach(way...)
			if !done && b.c.is(test) {
				done = true
				b.c.under(way, func() { b.all(w.children) })
			}
			before = append(before, condition{test, false})
		case "otherwise":
			b.c.reach(before...)
			if !done {
				done = true
				b.c.under(before, func() { b.all(w.children) })
			}
		}
	}
	b.c.reach(before...)
}

// glue adds what the framework writes by itself.
func (b *builder) glue(s string) {
	if s != "" {
		b.out = append(b.out, workload.Piece{Text: s, Segment: workload.Segment{Form: workload.FormFixed, Holds: workload.HoldsGlue}})
	}
}

// foreach gives two elements: open, element, separator, element, close.
func (b *builder) foreach(n *node, separator string, before func()) {
	before()
	if n.name == "foreach" {
		b.items = append(b.items, item{name: n.attr("item"), class: workload.Element(b.class(n.attr("collection")))}, item{name: n.attr("index"), class: ""})
		defer func() { b.items = b.items[:len(b.items)-2] }()
	}
	b.attribute(n.attr("open"))
	b.all(n.children)
	b.attribute(" " + n.attr(separator) + " ")
	b.all(n.children)
	b.attribute(n.attr("close"))
}

// attribute is SQL in an attribute, which may hold variables as text does.
func (b *builder) attribute(s string) {
	if s != "" {
		b.text([]workload.Piece{{Text: s, Segment: workload.Segment{Form: workload.FormFixed, Holds: workload.HoldsGlue}}})
	}
}

func overrides(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// trimmed builds the content, takes the first of the overrides that fits from each end and puts prefix and suffix around
// what is left, if anything is.
func (b *builder) trimmed(n *node, prefix, suffix string, front, back []string) {
	outer := b.out
	b.out = nil
	b.all(n.children)
	inner := trimSpace(b.out)
	b.out = outer
	if len(inner) == 0 {
		b.hollow = b.hollow || prefix != "" && n.name != "where"
		return
	}
	text, _ := workload.Compose(inner)
	upper := strings.ToUpper(text)
	for _, o := range front {
		if o != "" && strings.HasPrefix(upper, strings.ToUpper(o)) {
			inner = cutFront(inner, len(strings.TrimSpace(o)))
			break
		}
	}
	for _, o := range back {
		if o != "" && (strings.HasSuffix(upper, strings.ToUpper(o)) || strings.HasSuffix(upper, strings.ToUpper(strings.TrimSpace(o)))) {
			inner = cutBack(inner, len(strings.TrimSpace(o)))
			break
		}
	}
	b.glue(" ")
	if prefix != "" {
		b.attribute(prefix + " ")
	}
	b.out = append(b.out, inner...)
	if suffix != "" {
		b.attribute(" " + suffix)
	}
	b.glue(" ")
}

func trimSpace(list []workload.Piece) []workload.Piece {
	text, _ := workload.Compose(list)
	front := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	if front == len(text) {
		return nil
	}
	list = cutFront(list, front)
	return cutBack(list, len(text)-len(strings.TrimRight(text, " \t\r\n")))
}

// cutFront and cutBack leave out bytes of the text at its ends.
func cutFront(list []workload.Piece, n int) []workload.Piece {
	list = append([]workload.Piece{}, list...)
	for n > 0 && len(list) > 0 {
		p := &list[0]
		if len(p.Text) <= n {
			n -= len(p.Text)
			list = list[1:]
			continue
		}
		if p.Hi-p.Lo == len(p.Text) {
			p.Lo += n
		}
		p.Text = p.Text[n:]
		break
	}
	return list
}

func cutBack(list []workload.Piece, n int) []workload.Piece {
	list = append([]workload.Piece{}, list...)
	for n > 0 && len(list) > 0 {
		p := &list[len(list)-1]
		if len(p.Text) <= n {
			n -= len(p.Text)
			list = list[:len(list)-1]
			continue
		}
		if p.Hi-p.Lo == len(p.Text) {
			p.Hi -= n
		}
		p.Text = p.Text[:len(p.Text)-n]
		break
	}
	return list
}

func (b *builder) include(n *node) {
	refid := b.replaced(n.attr("refid"))
	f := b.scan.fragment(b.space, refid)
	if f == nil || b.depth >= maxInclude {
		b.missed(n, refid)
		return
	}
	props := map[string]string{}
	for _, p := range n.children {
		if p.name == "property" {
			props[p.attr("name")] = b.replaced(p.attr("value"))
		}
	}
	space := b.space
	b.depth++
	b.space, b.props = f.space, append(b.props, props)
	b.all(f.node.children)
	b.space, b.props = space, b.props[:len(b.props)-1]
	b.depth--
}

// replaced puts the properties of includes into a text.
func (b *builder) replaced(s string) string {
	return property.ReplaceAllStringFunc(s, func(m string) string {
		if v, ok := b.prop(strings.TrimSpace(m[2 : len(m)-1])); ok {
			return v
		}
		return m
	})
}

func (b *builder) prop(name string) (string, bool) {
	for i := len(b.props) - 1; i >= 0; i-- {
		if v, ok := b.props[i][name]; ok {
			return v, true
		}
	}
	return "", false
}

var (
	property = regexp.MustCompile(`\$\{[^{}]*\}`)
	modern   = regexp.MustCompile(`[#$]\{[^{}]*\}`)
	old      = regexp.MustCompile(`#[^#\s]*#|\$[^$\s]*\$`)
)

// text takes character data: variables in it become host variables and holes. A variable stands in one piece: an entity
// inside it would part it, which no mapper has.
func (b *builder) text(list []workload.Piece) {
	marks := modern
	if b.legacy {
		marks = old
	}
	for _, p := range list {
		at := 0
		for _, m := range marks.FindAllStringIndex(p.Text, -1) {
			b.literal(p, at, m[0])
			b.variable(p, m[0], m[1])
			at = m[1]
		}
		b.literal(p, at, len(p.Text))
	}
}

func (b *builder) literal(p workload.Piece, lo, hi int) {
	if lo < hi {
		b.out = append(b.out, workload.Part(p, lo, hi))
	}
}

func (b *builder) variable(p workload.Piece, lo, hi int) {
	q := workload.Part(p, lo, hi)
	inner := q.Text[2 : len(q.Text)-1]
	if b.legacy {
		inner = q.Text[1 : len(q.Text)-1]
		if inner == "" { // ## and $$ are the characters themselves
			q.Text, q.Holds = q.Text[:1], workload.HoldsGlue
			b.out = append(b.out, q)
			return
		}
	}
	q.Name = q.Text
	if q.Text[0] == '$' {
		if v, ok := b.prop(strings.TrimSpace(inner)); ok {
			q.Text, q.Holds = v, workload.HoldsGlue
			b.text([]workload.Piece{q})
			return
		}
		q.Holds = workload.HoldsHole
		b.out = append(b.out, q)
		return
	}
	expr, typ, out := b.parameter(inner)
	q.Holds, q.Text = workload.HoldsBind, b.names.Bind(expr)
	name := strings.ToUpper(q.Text[1:])
	if b.binds[name] == nil {
		b.binds[name] = &workload.Bind{Name: name}
	}
	if typ != "" {
		b.binds[name].Type = typ
	}
	b.binds[name].Out = b.binds[name].Out || out
	b.out = append(b.out, q)
}
