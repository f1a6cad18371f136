package tui

import (
	"slices"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
	"landfall/reports/highlight"
)

// colourBytes is how long a text may be to be coloured: a script of inserts of many megabytes is shown plain.
const colourBytes = 2 << 20

// sideRow is one row of both texts: a line of each, as far as there is one.
type sideRow struct {
	source, target     line
	sourceNo, targetNo int // 0: none
	file               string
	head               bool // names the file, above the first row of a statement
	marks              []int
}

// sideDoc is the source of one object beside its conversion, ready to be shown.
type sideDoc struct {
	object int
	rows   []sideRow
	why    string // there are no texts
	only   bool   // source only: the snippets of the findings
	wide   [2]int // longest line of each side
}

func (x *index) sideDoc(object int) *sideDoc {
	d := &sideDoc{object: object}
	if object < 0 {
		d.why = "Choose an object or a finding."
		return d
	}
	o := &x.r.Objects[object]
	files := map[string]map[int][]int{} // findings by file and line
	for _, k := range x.findings[object] {
		p := x.r.Findings[k].Pos
		if files[p.File] == nil {
			files[p.File] = map[int][]int{}
		}
		files[p.File][p.Line] = append(files[p.File][p.Line], k)
	}
	side := x.sides[o.ID]
	if side == nil {
		d.why = x.noSides
		if d.why == "" {
			d.why = "Nothing in the scripts makes this object by itself; it comes with another one."
		}
		d.only = true
		side = x.snippets(object)
	}
	for _, p := range side.Parts {
		d.add(p, files[p.File])
	}
	for _, r := range d.rows {
		d.wide[0], d.wide[1] = max(d.wide[0], r.source.width()), max(d.wide[1], r.target.width())
	}
	return d
}

// snippets make a side of what the findings quote, for when there is nothing better.
func (x *index) snippets(object int) *assess.Side {
	s := &assess.Side{}
	seen := map[model.Snippet]bool{}
	list := slices.Clone(x.findings[object])
	slices.Sort(list) // by position
	for _, k := range list {
		f := &x.r.Findings[k]
		if f.Snippet.Text != "" && !seen[f.Snippet] {
			seen[f.Snippet] = true
			s.Parts = append(s.Parts, assess.SidePart{File: f.Pos.File, Line: max(f.Snippet.Line, 1), Source: f.Snippet.Text})
		}
	}
	return s
}

func (d *sideDoc) add(p assess.SidePart, marks map[int][]int) {
	source, target := colouredLines(p.Source, highlight.Oracle), colouredLines(p.Target, highlight.Postgres)
	d.rows = append(d.rows, sideRow{head: true, file: p.File, source: plain("%s:%d", p.File, p.Line)})
	if p.Source != "" && p.Target == "" && !d.only {
		d.rows[len(d.rows)-1].target = line{{lookFaint, "(nothing: left out, or part of another statement)"}}
	}
	for _, r := range p.Rows() {
		row := sideRow{file: p.File}
		if r.Source >= 0 && r.Source < len(source) {
			row.source, row.sourceNo = source[r.Source], p.Line+r.Source
			row.marks = marks[row.sourceNo]
		}
		if r.Target >= 0 && r.Target < len(target) {
			row.target, row.targetNo = target[r.Target], r.Target+1
		}
		d.rows = append(d.rows, row)
	}
}

// colouredLines cuts a text into lines of coloured runs.
func colouredLines(text string, cut func(string) []highlight.Run) []line {
	text = strings.TrimSuffix(text, "\n")
	if text == "" {
		return nil
	}
	var runs []highlight.Run
	if len(text) <= colourBytes {
		runs = cut(text)
	} else {
		runs = []highlight.Run{{Class: highlight.Other, Lo: 0, Hi: len(text)}}
	}
	lines := []line{nil}
	for _, r := range runs {
		rest := text[r.Lo:r.Hi]
		for {
			before, after, more := strings.Cut(rest, "\n")
			if s := clean(before); s != "" {
				last := &lines[len(lines)-1]
				*last = append(*last, span{classLooks[r.Class], s})
			}
			if !more {
				break
			}
			lines = append(lines, nil)
			rest = after
		}
	}
	return lines
}

// rowOf is the row that shows a place of the source, or the one before it.
func (d *sideDoc) rowOf(p model.Pos) int {
	best := 0
	for i, r := range d.rows {
		if r.file == p.File && r.sourceNo > 0 && r.sourceNo <= p.Line && r.sourceNo >= d.rows[best].sourceNo {
			best = i
		}
	}
	return best
}
