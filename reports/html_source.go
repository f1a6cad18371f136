package reports

import (
	"html"
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"

	"landfall/internal/model"
	"landfall/reports/highlight"
)

// Limits of a snippet on the page; what is cut shows an ellipsis.
const (
	snippetBytes = 6000 // lexed at most, around the offending part
	snippetLine  = 170  // characters of one line
	snippetLines = 9
)

// segment is a run of source characters of one look.
type segment struct {
	class byte // k keyword, s string, n number, c comment, h hint, q quoted name, b bind, o rest, e ellipsis
	mark  bool // part of what the finding points at
	text  string
}

// sourceLine is one line of a snippet, ready to be shown.
type snippetLineOut struct {
	number int
	parts  []segment
}

// snippetLinesOf cuts a snippet into lines of segments. Offsets that do not fit the text mark nothing.
func snippetLinesOf(s model.Snippet) []snippetLineOut {
	text, lo, hi := s.Text, 0, 0
	if _, _, _, ok := s.Parts(); ok {
		lo, hi = s.Off, s.Off+s.Len
	}
	line := max(s.Line, 1)
	text, lo, hi, line = window(text, lo, hi, line)
	out := linesOf(colour(text, lo, hi), line)
	for i := range out {
		out[i].parts = clip(out[i].parts)
	}
	return around(out)
}

// linesOf cuts segments at line breaks; first is the number of the first line.
func linesOf(ss []segment, first int) []snippetLineOut {
	var out []snippetLineOut
	cur := snippetLineOut{number: first}
	for _, p := range ss {
		for {
			before, after, more := strings.Cut(p.text, "\n")
			if before = strings.TrimSuffix(before, "\r"); before != "" {
				cur.parts = append(cur.parts, segment{p.class, p.mark, visible(strings.ReplaceAll(before, "\t", "    "))})
			}
			if !more {
				break
			}
			out = append(out, cur)
			cur = snippetLineOut{number: cur.number + 1}
			p.text = after
		}
	}
	return append(out, cur)
}

// window keeps at most snippetBytes of a text, around the part from lo to hi.
func window(text string, lo, hi, line int) (string, int, int, int) {
	if len(text) <= snippetBytes {
		return text, lo, hi, line
	}
	from := max(0, lo-snippetBytes/2)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	to := min(len(text), from+snippetBytes)
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	line += strings.Count(text[:from], "\n")
	return text[from:to], lo - from, min(hi, to) - from, line
}

// around keeps the lines next to the marked ones.
func around(lines []snippetLineOut) []snippetLineOut {
	if len(lines) <= snippetLines {
		return lines
	}
	first := 0
	for i, l := range lines {
		if marked(l.parts) {
			first = max(0, min(i-snippetLines/3, len(lines)-snippetLines))
			break
		}
	}
	return lines[first : first+snippetLines]
}

func marked(ps []segment) bool {
	for _, p := range ps {
		if p.mark {
			return true
		}
	}
	return false
}

// clip cuts a line to snippetLine characters so that its marked part stays in sight.
func clip(ps []segment) []segment {
	total, mark := 0, -1
	for _, p := range ps {
		if p.mark && mark < 0 {
			mark = total
		}
		total += utf8.RuneCountInString(p.text)
	}
	if total <= snippetLine {
		return ps
	}
	from := 0
	if mark > snippetLine*2/3 {
		from = min(mark-snippetLine/3, total-snippetLine)
	}
	to := from + snippetLine
	ellipsis := segment{class: 'e', text: "\u2026"}
	var out []segment
	if from > 0 {
		out = append(out, ellipsis)
	}
	at := 0
	for _, p := range ps {
		rs := []rune(p.text)
		lo, hi := max(from-at, 0), min(to-at, len(rs))
		if lo < hi {
			out = append(out, segment{p.class, p.mark, string(rs[lo:hi])})
		}
		at += len(rs)
	}
	if to < total {
		out = append(out, ellipsis)
	}
	return out
}

// colour splits the runs of a piece of source where the marked part begins and ends.
func colour(text string, lo, hi int) []segment {
	var out []segment
	for _, r := range highlight.Oracle(text) {
		from := r.Lo
		for _, cut := range []int{lo, hi, r.Hi} {
			if cut = min(cut, r.Hi); from < cut {
				out = append(out, segment{r.Class, from >= lo && from < hi, text[from:cut]})
				from = cut
			}
		}
	}
	return out
}

// sourceHTML writes a snippet as the page shows it.
func sourceHTML(lines []snippetLineOut, numbers bool) template.HTML {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		class := "l"
		if numbers && marked(l.parts) { // beside another text only the words stand out, not the line
			class = "l hit"
		}
		b.WriteString(`<span class="` + class + `">`)
		if numbers {
			b.WriteString(`<i>` + strconv.Itoa(l.number) + `</i>`)
		}
		for _, p := range l.parts {
			s := html.EscapeString(p.text)
			if p.class != 'o' {
				s = `<b class="` + string(p.class) + `">` + s + `</b>`
			}
			if p.mark {
				s = `<mark>` + s + `</mark>`
			}
			b.WriteString(s)
		}
		b.WriteString(`</span>`)
	}
	return template.HTML(b.String()) //nolint:gosec // every text is escaped above
}

// packed is a snippet as the page's data holds it: the number of the first line, the text, and its runs. A run is
// a letter, capital where marked, and a length in UTF-16 units, as the browser counts.
func packed(lines []snippetLineOut) (first int, text, runs string) {
	var t, r strings.Builder
	for i, l := range lines {
		if i == 0 {
			first = l.number
		} else {
			t.WriteByte('\n')
			r.WriteString("o1")
		}
		for _, p := range l.parts {
			c := p.class
			if p.mark {
				c -= 'a' - 'A'
			}
			t.WriteString(p.text)
			r.WriteByte(c)
			r.WriteString(strconv.Itoa(utf16Len(p.text)))
		}
	}
	return first, t.String(), r.String()
}
