package assess

import (
	"slices"
	"sort"
	"strings"

	"landfall/convert"
	"landfall/convert/gen"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
)

// Side is the source of one object of the inventory beside what conversion made of it, for whoever shows both.
type Side struct {
	Object model.ObjectID `json:"object"`
	Parts  []SidePart     `json:"parts"` // in source order
}

// SidePart is one statement of the source and what became of it. One of both may be empty: a statement that is left out
// on purpose has no target, what only the target needs has no source.
type SidePart struct {
	File   string            `json:"file"`
	Line   int               `json:"line"` // of the first line of Source in File
	Source string            `json:"source,omitempty"`
	Target string            `json:"target,omitempty"`
	Map    []convert.LineMap `json:"map,omitempty"` // lines of Target, from 1, to lines of File
}

// SideRow puts a line of the source beside a line of the target; both count from 0, -1 is none.
type SideRow struct{ Source, Target int }

// Rows lines both texts up: lines that come from each other stand beside each other as far as their order allows. Every
// line of both is in exactly one row, in order.
func (p SidePart) Rows() []SideRow {
	sources, targets := countLines(p.Source), countLines(p.Target)
	rows := make([]SideRow, 0, max(sources, targets))
	s, t := 0, 0
	fill := func(s2, t2 int) {
		for s < s2 || t < t2 {
			row := SideRow{-1, -1}
			if s < s2 {
				row.Source = s
				s++
			}
			if t < t2 {
				row.Target = t
				t++
			}
			rows = append(rows, row)
		}
	}
	for _, m := range p.anchors(sources, targets) {
		fill(m.Source, m.Target)
	}
	fill(sources, targets)
	return rows
}

// anchors are the longest run of the map that ascends on both sides, from line 0. What conversion moves about (a type
// that a routine declares) stands outside of it.
func (p SidePart) anchors(sources, targets int) []convert.LineMap {
	var list []convert.LineMap
	for _, m := range p.Map {
		m.Source, m.Target = m.Source-p.Line, m.Target-1
		if m.Source >= 0 && m.Source < sources && m.Target >= 0 && m.Target < targets {
			list = append(list, m)
		}
	}
	var tails []int // tails[n] is the place in list where the best ascending run of n+1 ends
	before := make([]int, len(list))
	for i, m := range list {
		n := sort.Search(len(tails), func(k int) bool { return list[tails[k]].Source >= m.Source })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	var run []convert.LineMap
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		run = append(run, list[i])
	}
	slices.Reverse(run)
	return run
}

func countLines(s string) int {
	if s == "" {
		return 0
	}
	return strings.Count(strings.TrimSuffix(s, "\n"), "\n") + 1
}

// sides collects the texts of all objects, in the order of r.Objects. Statements that belong to no object of the
// inventory go to their scripts.
func (r *Result) sides(c *convert.Result, estate *scripts.Estate) []Side {
	type place struct {
		file string
		off  int
	}
	made := map[place][]*convert.Output{}
	for _, o := range c.Outputs {
		p := place{o.Pos.File, o.Pos.Offset}
		made[p] = append(made[p], o)
	}
	at := make(map[model.ObjectID]int, len(r.Objects))
	for i := range r.Objects {
		at[r.Objects[i].ID] = i
	}
	parts := make([][]SidePart, len(r.Objects))
	home := func(id model.ObjectID, file string) (int, bool) {
		i, ok := at[id]
		if !ok {
			i, ok = at[scriptID(file)]
		}
		return i, ok
	}
	for _, u := range estate.Units {
		id := u.Object
		if id == "" {
			id = gen.StatementID(u)
		}
		i, ok := home(id, u.Pos.File)
		if !ok || u.Source.Parsed == nil {
			continue
		}
		p := place{u.Pos.File, u.Pos.Offset}
		part := SidePart{File: u.Pos.File, Line: u.Pos.Line, Source: u.Source.Parsed.Source(u.Stmt)}
		part.add(made[p])
		delete(made, p)
		parts[i] = append(parts[i], part)
	}
	for _, o := range c.Outputs { // what is left has no statement that begins where it says
		p := place{o.Pos.File, o.Pos.Offset}
		list, left := made[p]
		i, ok := home(o.ID, o.Pos.File)
		if !left || !ok {
			continue
		}
		delete(made, p)
		part := SidePart{File: o.Pos.File, Line: o.Pos.Line}
		part.add(list)
		parts[i] = append(parts[i], part)
	}
	var all []Side
	for i := range parts {
		if len(parts[i]) > 0 {
			all = append(all, Side{r.Objects[i].ID, parts[i]})
		}
	}
	return all
}

// add puts what was made behind each other, an empty line between.
func (p *SidePart) add(outputs []*convert.Output) {
	var b strings.Builder
	line := 0
	for i, o := range outputs {
		if i > 0 {
			b.WriteByte('\n')
			line++
		}
		for _, m := range o.Lines {
			m.Target += line
			p.Map = append(p.Map, m)
		}
		b.WriteString(o.SQL)
		line += strings.Count(o.SQL, "\n")
	}
	p.Target = b.String()
}
