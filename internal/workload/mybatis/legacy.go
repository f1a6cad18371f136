package mybatis

import (
	"strings"

	"landfall/internal/workload"
)

// legacyTests are the elements of iBATIS 2 that hold text under a condition (Developer Guide, "Dynamic Mapped Statements"),
// each with the one that denies it as the same test.
var legacyTests = map[string]string{
	"isNull": "null", "isNotNull": "!null", "isEmpty": "empty", "isNotEmpty": "!empty", "isEqual": "equal", "isNotEqual": "!equal",
	"isGreaterThan": "greater", "isLessEqual": "!greater", "isLessThan": "less", "isGreaterEqual": "!less",
	"isPropertyAvailable": "available", "isNotPropertyAvailable": "!available", "isParameterPresent": "present", "isNotParameterPresent": "!present",
}

// legacyNode builds the dynamic elements of iBATIS 2. Others have no text of their own, and their content counts.
func (b *builder) legacyNode(n *node) {
	switch {
	case n.name == "dynamic":
		b.enclosed(n, true)
	case n.name == "iterate":
		inner := b.inner(func() { b.foreach(n, "conjunction", func() {}) })
		if len(inner) > 0 {
			b.prepended(n.attr("prepend"))
			b.out = append(b.out, inner...)
		}
	case legacyTests[n.name] != "":
		what := legacyTests[n.name]
		test := strings.TrimPrefix(what, "!") + "(" + strings.Join([]string{n.attr("property"), n.attr("compareProperty"), n.attr("compareValue")}, ",") + ")"
		if strings.HasPrefix(what, "!") {
			test = "!" + test
		}
		b.branch(test, func() {
			b.enclosed(n, n.attr("removeFirstPrepend") == "true")
		})
	default:
		b.all(n.children)
	}
}

// prepended adds a prepend; the first one inside <dynamic> is left out.
func (b *builder) prepended(s string) {
	if s == "" {
		return
	}
	if b.prefix != nil && !b.prefix.dropped {
		b.prefix.dropped = true
		b.glue(" ")
		return
	}
	b.attribute(" " + s + " ")
}

// inner builds something apart; nothing comes back where it has no text but spaces.
func (b *builder) inner(do func()) []workload.Piece {
	outer := b.out
	b.out = nil
	do()
	made := b.out
	b.out = outer
	if len(trimSpace(made)) == 0 {
		return nil
	}
	return made
}

// enclosed puts the content of an element, if it has any, between its prepend and open and its close; fresh leaves out the first prepend inside.
func (b *builder) enclosed(n *node, fresh bool) {
	outer := b.prefix
	if fresh {
		b.prefix = &prepend{}
	}
	inner := b.inner(func() { b.all(n.children) })
	b.prefix = outer
	if len(inner) == 0 {
		b.hollow = b.hollow || n.name == "dynamic" && n.attr("prepend") != ""
		return
	}
	b.prepended(n.attr("prepend"))
	b.attribute(n.attr("open"))
	b.out = append(b.out, inner...)
	b.attribute(n.attr("close"))
}
