package tui

import (
	"fmt"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
)

// filter says which objects and findings are shown. The zero value shows all.
type filter struct {
	words    []string // lower case; each must be there
	without  []string // none of these
	codes    []string // prefixes, upper case; one of them
	kinds    []string // parts of kinds, upper case; one of them
	schemas  []string
	severity model.Severity // least; only where worst is set
	least    bool
	rungs    []string
	refused  bool
	waived   bool
}

// filterHelp is what can be written; it stands in the help and in docs/tui.md.
var filterHelp = [][2]string{
	{"word", "in the object's name, or in the finding's code, message or place"},
	{"!word", "not there"},
	{"sev:high", "this severity or worse: info, low, medium, high, blocker"},
	{"code:CV01", "codes that begin so"},
	{"kind:table", "objects of this kind; a part of the name is enough"},
	{"schema:INS", "objects of this schema"},
	{"rung:accepted", "objects on this rung: unread, read, converted, accepted, compiled, equal, refused"},
	{"is:refused", "objects that the conversion refuses"},
	{"is:waived", "findings that are waived"},
}

// parseFilter reads a filter line. Words apart narrow; the same key twice widens.
func parseFilter(line string) (filter, error) {
	var f filter
	for _, w := range strings.Fields(line) {
		key, value, has := strings.Cut(w, ":")
		if has && value == "" {
			return filter{}, fmt.Errorf("%s: needs a value", key)
		}
		switch {
		case !has && strings.HasPrefix(w, "!") && len(w) > 1:
			f.without = append(f.without, strings.ToLower(w[1:]))
		case !has:
			f.words = append(f.words, strings.ToLower(w))
		case key == "sev":
			if err := f.severity.UnmarshalText([]byte(strings.ToLower(value))); err != nil {
				return filter{}, fmt.Errorf("unknown severity %q: info, low, medium, high, blocker", value)
			}
			f.least = true
		case key == "code":
			f.codes = append(f.codes, strings.ToUpper(value))
		case key == "kind":
			f.kinds = append(f.kinds, strings.ToUpper(strings.ReplaceAll(value, "_", " ")))
		case key == "schema":
			f.schemas = append(f.schemas, value)
		case key == "rung":
			var r model.Rung
			if value != "refused" && r.UnmarshalText([]byte(value)) != nil {
				return filter{}, fmt.Errorf("unknown rung %q: unread, read, converted, accepted, compiled, equal, refused", value)
			}
			f.rungs = append(f.rungs, value)
		case w == "is:refused":
			f.refused = true
		case w == "is:waived":
			f.waived = true
		default:
			return filter{}, fmt.Errorf("unknown filter %q: sev, code, kind, schema, rung, is:refused, is:waived", w)
		}
	}
	return f, nil
}

// ofFindings is true where the filter asks for something that only a finding has.
func (f filter) ofFindings() bool { return f.least || f.waived || len(f.codes) > 0 }

// ofObjects is true where it asks for something that only an object has.
func (f filter) ofObjects() bool {
	return f.refused || len(f.kinds) > 0 || len(f.schemas) > 0 || len(f.rungs) > 0
}

func (f filter) object(o *assess.Object) bool {
	if f.refused && !o.Refused {
		return false
	}
	if len(f.rungs) > 0 && !slices.Contains(f.rungs, o.Standing().String()) {
		return false
	}
	if len(f.schemas) > 0 && !slices.ContainsFunc(f.schemas, func(s string) bool { return strings.EqualFold(s, o.Schema) }) {
		return false
	}
	return len(f.kinds) == 0 || slices.ContainsFunc(f.kinds, func(k string) bool { return strings.Contains(string(o.Kind), k) })
}

func (f filter) finding(x *model.Finding) bool {
	if f.least && x.Severity < f.severity {
		return false
	}
	if f.waived && x.Waiver == nil {
		return false
	}
	return len(f.codes) == 0 || slices.ContainsFunc(f.codes, func(c string) bool { return strings.HasPrefix(x.Code, c) })
}

// text holds the words against lower-case text.
func (f filter) text(s ...string) bool {
	has := func(w string) bool {
		return slices.ContainsFunc(s, func(t string) bool { return strings.Contains(strings.ToLower(t), w) })
	}
	for _, w := range f.words {
		if !has(w) {
			return false
		}
	}
	return !slices.ContainsFunc(f.without, has)
}

// shown is what a filter leaves: an object is there by itself or by a finding of it.
type shown struct {
	objects  []bool  // by place in Result.Objects
	findings [][]int // by object: places in Result.Findings
	strays   []int   // of findings without an object in the inventory
	// statements and checks are by place in Workload.Groups and Checks.
	statements []bool
	checks     []bool
	nObjects   int
	nFinding   int
}

func (d *index) apply(f filter) shown {
	s := shown{objects: make([]bool, len(d.r.Objects)), findings: make([][]int, len(d.r.Objects))}
	for i := range d.r.Objects {
		o := &d.r.Objects[i]
		if !f.object(o) {
			continue
		}
		own := f.text(o.Name, o.Schema, string(o.ID))
		for _, k := range d.findings[i] {
			x := &d.r.Findings[k]
			if f.finding(x) && (own && len(f.without) == 0 || f.text(o.Name, o.Schema, string(o.ID), x.Code, x.Message, x.Pos.File)) {
				s.findings[i] = append(s.findings[i], k)
			}
		}
		s.objects[i] = len(s.findings[i]) > 0 || own && !f.ofFindings()
		if s.objects[i] {
			s.nObjects++
			s.nFinding += len(s.findings[i])
		}
	}
	d.applyItems(f, &s)
	if !f.ofObjects() {
		for _, k := range d.strays {
			x := &d.r.Findings[k]
			if f.finding(x) && f.text(x.Code, x.Message, x.Pos.File, string(x.Object)) {
				s.strays = append(s.strays, k)
			}
		}
		s.nFinding += len(s.strays)
	}
	return s
}
