package patch

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/workload"
)

// Unit is one place of the source that holds SQL: a mapped statement, a literal.
type Unit struct {
	File     string
	Line     int
	Offset   int // byte at which it begins
	Name     string
	Partial  bool // it makes more statements than these
	Variants []Variant
}

// Variant is one statement that a unit makes.
type Variant struct {
	Text      string
	Segments  []workload.Segment
	Binds     []workload.Bind
	Converted string // with host variables as in Text; "" when there is none
	Why       string // there is none
	Hollow    bool   // it may be no statement at all
}

// Outcome is what becomes of a unit.
type Outcome struct {
	Changed  bool
	Needless bool // all its statements run as they are
	Edits    int
	Why      string // it has to be changed by hand
}

// Expected is the text that a variant is to have in the changed source.
func (o Outcome) Expected(v Variant) string {
	if o.Changed {
		return v.Converted
	}
	return v.Text
}

// planned is a unit with its edits.
type planned struct {
	unit   *Unit
	edits  [][]edit // by variant
	covers [][]cover
	why    string
}

// cover is bytes of a file that a variant is made of.
type cover struct {
	file   string
	lo, hi int
}

// File is the edited text of a file.
type File struct {
	Text  string
	edits []edit // by place
}

// Moved is where a byte of the file as it was stands in the edited text; inside of what was replaced, where that begins.
func (f *File) Moved(off int) int {
	moved := off
	for _, e := range f.edits {
		if e.hi > off || e.lo >= off {
			if e.lo < off {
				moved -= off - e.lo
			}
			break
		}
		moved += len(e.text) - (e.hi - e.lo)
	}
	return moved
}

// Plan decides for every unit whether it can be changed, and gives every file that is. Sources are by name.
func Plan(units []Unit, files map[string]*workload.Source) ([]Outcome, map[string]*File) {
	all := make([]*planned, len(units))
	for i := range units {
		all[i] = edits(&units[i], files)
	}
	for again := true; again; {
		again = conflicts(all)
	}
	out := make([]Outcome, len(units))
	byFile := map[string][]edit{}
	for i, p := range all {
		o := &out[i]
		o.Why = p.why
		if p.why != "" {
			continue
		}
		seen := map[edit]bool{}
		for _, list := range p.edits {
			for _, e := range list {
				if !seen[e] {
					seen[e] = true
					o.Edits++
				}
				if !slices.Contains(byFile[e.file], e) {
					byFile[e.file] = append(byFile[e.file], e)
				}
			}
		}
		o.Changed, o.Needless = o.Edits > 0, o.Edits == 0
	}
	texts := map[string]*File{}
	for file, list := range byFile {
		slices.SortFunc(list, func(a, b edit) int { return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(a.hi, b.hi)) })
		texts[file] = &File{Text: apply(string(files[file].Text), list), edits: list}
	}
	return out, texts
}

// edits makes the edits of one unit.
func edits(u *Unit, files map[string]*workload.Source) *planned {
	p := &planned{unit: u}
	for i := range u.Variants {
		v := &u.Variants[i]
		p.covers = append(p.covers, coversOf(v))
		var list []edit
		if v.Converted == "" {
			p.why = cmp.Or(p.why, v.Why, "it has no converted form")
		} else {
			for _, c := range changes(v.Text, v.Converted) {
				e, err := place(c, v, files)
				if err != nil {
					p.why = cmp.Or(p.why, err.Error())
					break
				}
				list = append(list, e)
			}
			if p.why == "" && !SameWords(applyChanges(v.Text, changes(v.Text, v.Converted)), v.Converted) {
				p.why = "the change cannot be made token by token"
			}
		}
		p.edits = append(p.edits, list)
	}
	return p
}

func applyChanges(text string, list []change) string {
	for i := len(list) - 1; i >= 0; i-- {
		text = text[:list[i].lo] + list[i].text + text[list[i].hi:]
	}
	return text
}

func coversOf(v *Variant) []cover {
	var list []cover
	for _, s := range v.Segments {
		if s.Hi > s.Lo {
			list = append(list, cover{s.File, s.Lo, s.Hi})
		}
	}
	return list
}

// touches reports whether a change of e's bytes is seen by who is made of c.
func (c cover) touches(e edit) bool {
	if c.file != e.file {
		return false
	}
	if e.lo == e.hi {
		return c.lo < e.lo && e.lo <= c.hi || c.lo == e.lo
	}
	return c.lo < e.hi && e.lo < c.hi
}

// conflicts gives up one or more units whose edits another statement does not want; true when there were any.
func conflicts(all []*planned) bool {
	type reader struct{ unit, variant int }
	readers := map[string][]reader{} // by file
	for i, p := range all {
		for v, list := range p.covers {
			seen := map[string]bool{}
			for _, c := range list {
				if !seen[c.file] {
					seen[c.file] = true
					readers[c.file] = append(readers[c.file], reader{i, v})
				}
			}
		}
	}
	found := false
	for _, p := range all {
		if p.why != "" {
			continue
		}
		checked := map[edit]bool{}
	unit:
		for _, list := range p.edits {
			for _, e := range list {
				if checked[e] {
					continue
				}
				checked[e] = true
				for _, r := range readers[e.file] {
					o := all[r.unit]
					if !slices.ContainsFunc(o.covers[r.variant], func(c cover) bool { return c.touches(e) }) {
						continue
					}
					if o.why == "" && slices.Contains(o.edits[r.variant], e) {
						continue
					}
					found = true
					switch {
					case o == p:
						p.why = fmt.Sprintf("its branches want different changes of %q", clip(e.text))
					case o.why != "":
						p.why = fmt.Sprintf("it shares text with %s, which is not patched", o.unit.Name)
					default:
						p.why = fmt.Sprintf("it shares text with %s, which wants no such change", o.unit.Name)
					}
					break unit
				}
			}
		}
	}
	return found
}

// apply makes edits, in the order of their places, in a text. They do not overlap: those of one place are the same.
func apply(text string, list []edit) string {
	var b strings.Builder
	at := 0
	for _, e := range list {
		b.WriteString(text[at:max(at, e.lo)])
		b.WriteString(e.text)
		at = max(at, e.hi)
	}
	b.WriteString(text[at:])
	return b.String()
}
