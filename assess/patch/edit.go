package patch

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/postgres/lex"
	"landfall/internal/workload"
)

// word is one token of a statement, a host variable with its colon being one.
type word struct {
	text   string
	lo, hi int
	exact  bool // upper and lower case differ
}

// words cuts a text into tokens; names with dots count as one where names says so.
func words(src string, names bool) []word {
	var list []word
	tokens := lex.Scan(src)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.Kind == lex.Comment {
			continue
		}
		w := word{text: t.Text(src), lo: t.Lo, hi: t.Hi, exact: t.Kind != lex.Word}
		if w.text == ":" && i+1 < len(tokens) && tokens[i+1].Kind == lex.Word && tokens[i+1].Lo == t.Hi {
			i++
			w.hi = tokens[i].Hi
			w.text = src[w.lo:w.hi]
		}
		if n := len(list); names && n > 1 && list[n-1].text == "." && list[n-1].hi == w.lo && list[n-2].hi == list[n-1].lo && isName(t) && isNameText(list[n-2].text) {
			list = list[:n-1]
			list[n-2].hi, list[n-2].text = w.hi, src[list[n-2].lo:w.hi]
			list[n-2].exact = list[n-2].exact || w.exact
			continue
		}
		list = append(list, w)
	}
	return list
}

func isName(t lex.Token) bool { return t.Kind == lex.Word || t.Kind == lex.Quoted }

func isNameText(s string) bool {
	return s != "" && s[0] != ':' && (s[0] == '"' || s[0] == '_' || s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z' || s[0] >= 0x80)
}

func (w word) same(o word) bool {
	return w.text == o.text || !w.exact && !o.exact && strings.EqualFold(w.text, o.text)
}

// SameWords reports whether two texts have the same tokens.
func SameWords(a, b string) bool { return slices.EqualFunc(words(a, true), words(b, true), word.same) }

// change replaces bytes of a statement's text.
type change struct {
	lo, hi int
	text   string
	next   int  // of text that comes in between two tokens: where the second begins; -1 at the end
	glued  bool // it touches that token
}

// changes are what makes to out of from, token by token, with the spaces of to where words would run together.
func changes(from, to string) []change {
	a, b := words(from, true), words(to, true)
	var list []change
	for _, m := range differing(a, b) {
		c := change{next: -1}
		if m.a1 < len(a) {
			c.next = a[m.a1].lo
			c.glued = m.b1 < len(b) && m.b1 > m.b0 && b[m.b1-1].hi == b[m.b1].lo
		}
		switch {
		case m.a1 > m.a0:
			c.lo, c.hi = a[m.a0].lo, a[m.a1-1].hi
		case m.a0 > 0:
			c.lo, c.hi = a[m.a0-1].hi, a[m.a0-1].hi
		case len(a) > 0:
			c.lo, c.hi = a[0].lo, a[0].lo
		}
		if m.b1 > m.b0 {
			c.text = to[b[m.b0].lo:b[m.b1-1].hi]
			if m.b0 > 0 && spaced(to, b[m.b0-1].hi, b[m.b0].lo) && (c.lo == c.hi && m.a0 > 0 || m.a0 > 0 && a[m.a0-1].hi == c.lo) {
				c.text = " " + c.text
			}
			if next := m.a1; m.b1 < len(b) && next < len(a) && spaced(to, b[m.b1-1].hi, b[m.b1].lo) && a[next].lo == c.hi {
				c.text += " "
			}
		} else if m.a0 > 0 && m.a1 < len(a) && a[m.a0-1].hi == c.lo && a[m.a1].lo == c.hi {
			c.text = " "
		}
		list = append(list, c)
	}
	return list
}

func spaced(s string, lo, hi int) bool { return lo < hi && strings.TrimSpace(s[lo:hi]) != s[lo:hi] }

// region is a run of tokens that differ: a[a0:a1] becomes b[b0:b1].
type region struct{ a0, a1, b0, b1 int }

// maxCells bounds the table of the comparison; longer statements are changed in one piece between what is equal at both
// ends.
const maxCells = 4 << 20

func differing(a, b []word) []region {
	front := 0
	for front < len(a) && front < len(b) && a[front].same(b[front]) {
		front++
	}
	back := 0
	for back < len(a)-front && back < len(b)-front && a[len(a)-1-back].same(b[len(b)-1-back]) {
		back++
	}
	n, m := len(a)-front-back, len(b)-front-back
	if n == 0 && m == 0 {
		return nil
	}
	if n*m == 0 || n*m > maxCells {
		return []region{{front, front + n, front, front + m}}
	}
	// longest common subsequence, from the end
	length := make([]int32, (n+1)*(m+1))
	at := func(i, j int) *int32 { return &length[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[front+i].same(b[front+j]) {
				*at(i, j) = *at(i+1, j+1) + 1
			} else {
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			}
		}
	}
	var list []region
	open := region{-1, -1, -1, -1}
	i, j := 0, 0
	flush := func() {
		if open.a0 >= 0 {
			list = append(list, region{front + open.a0, front + i, front + open.b0, front + j})
			open.a0 = -1
		}
	}
	for i < n || j < m {
		if i < n && j < m && a[front+i].same(b[front+j]) {
			flush()
			i, j = i+1, j+1
			continue
		}
		if open.a0 < 0 {
			open.a0, open.b0 = i, j
		}
		if j == m || i < n && *at(i+1, j) >= *at(i, j+1) {
			i++
		} else {
			j++
		}
	}
	flush()
	return list
}

// edit replaces bytes of a file.
type edit struct {
	file   string
	lo, hi int
	text   string
}

// place finds where a change of a statement's text goes in the source.
func place(c change, v *Variant, files map[string]*workload.Source) (edit, error) {
	if c.lo == c.hi {
		return insertion(c, v, files)
	}
	var used []workload.Segment
	var from, to int
	at := 0
	for _, s := range v.Segments {
		lo, hi := at, at+s.Len
		at = hi
		if hi <= c.lo || lo >= c.hi || s.Len == 0 {
			continue
		}
		oneToOne := s.Holds == workload.HoldsText && s.Hi-s.Lo == s.Len
		switch {
		case s.Hi <= s.Lo || s.Form == workload.FormFixed || s.Holds == workload.HoldsGlue:
			return edit{}, fmt.Errorf("%q is not written in the source as it is: it is put together there", clip(v.Text[c.lo:c.hi]))
		case !oneToOne && (c.lo > lo || c.hi < hi):
			return edit{}, fmt.Errorf("%q begins or ends inside %s", clip(v.Text[c.lo:c.hi]), s.Name)
		case len(used) > 0 && (used[len(used)-1].Run != s.Run || used[len(used)-1].File != s.File || used[len(used)-1].Hi != s.Lo):
			return edit{}, fmt.Errorf("%q spreads over several pieces of the source", clip(v.Text[c.lo:c.hi]))
		}
		if len(used) == 0 {
			from = s.Lo
			if oneToOne {
				from += max(0, c.lo-lo)
			}
		}
		to = s.Hi
		if oneToOne {
			to = s.Lo + min(s.Len, c.hi-lo)
		}
		used = append(used, s)
	}
	if len(used) == 0 {
		return edit{}, fmt.Errorf("%q has no place in the source", clip(v.Text[c.lo:c.hi]))
	}
	text, err := written(c.text, formOf(used), v, files)
	return edit{used[0].File, from, to, text}, err
}

// formOf is the form of the pieces: that of the text around variables.
func formOf(used []workload.Segment) workload.Form {
	for _, s := range used {
		if s.Holds == workload.HoldsText {
			return s.Form
		}
	}
	return used[0].Form
}

// insertion finds the place of text that comes in: behind the text in front of it or, when it touches what follows or there is
// none, in front of the text behind it. All branches have to find the same place.
func insertion(c change, v *Variant, files map[string]*workload.Source) (edit, error) {
	var before, after *edit
	var forms [2]workload.Form
	at := 0
	for _, s := range v.Segments {
		lo, hi := at, at+s.Len
		at = hi
		if s.Form == workload.FormFixed || s.Holds == workload.HoldsGlue || s.Hi <= s.Lo || s.Len == 0 {
			continue
		}
		oneToOne := s.Holds == workload.HoldsText && s.Hi-s.Lo == s.Len
		switch {
		case lo < c.lo && c.lo <= hi && oneToOne:
			before, forms[0] = &edit{s.File, s.Lo + c.lo - lo, s.Lo + c.lo - lo, ""}, s.Form
		case hi == c.lo:
			before, forms[0] = &edit{s.File, s.Hi, s.Hi, ""}, s.Form
		}
		switch {
		case c.next < 0 || after != nil:
		case lo <= c.next && c.next < hi && oneToOne:
			after, forms[1] = &edit{s.File, s.Lo + c.next - lo, s.Lo + c.next - lo, ""}, s.Form
		case lo == c.next:
			after, forms[1] = &edit{s.File, s.Lo, s.Lo, ""}, s.Form
		}
	}
	switch {
	case after != nil && (c.glued || before == nil):
		text := strings.TrimSpace(c.text)
		if !c.glued {
			text += " "
		}
		text, err := written(text, forms[1], v, files)
		after.text = text
		return *after, err
	case before != nil:
		text, err := written(c.text, forms[0], v, files)
		before.text = text
		return *before, err
	}
	return edit{}, fmt.Errorf("%q has to come in where the source holds no text", clip(c.text))
}

func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
