package assess

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"landfall/assess/checks"
	"landfall/assess/phrase"
)

//go:embed figures.yaml
var figureFile []byte

// figureRecord is one entry of figures.yaml.
type figureRecord struct {
	Value  yaml.Node `yaml:"value"`
	Unit   string    `yaml:"unit"`
	Reason string    `yaml:"reason"`
}

var usualFigures = sync.OnceValue(func() map[string]Figure {
	records := map[string]figureRecord{}
	if err := yaml.Unmarshal(figureFile, &records); err != nil {
		panic(fmt.Sprintf("assess: figures.yaml: %v", err))
	}
	all := make(map[string]Figure, len(records))
	for name, rec := range records {
		var list []float64
		if rec.Value.Kind == yaml.SequenceNode {
			if err := rec.Value.Decode(&list); err != nil || len(list) != 2 || list[0] > list[1] {
				panic(fmt.Sprintf("assess: figures.yaml: %s is no range", name))
			}
		} else {
			var v float64
			if err := rec.Value.Decode(&v); err != nil {
				panic(fmt.Sprintf("assess: figures.yaml: %s is no number", name))
			}
			list = []float64{v, v}
		}
		all[name] = Figure{Name: name, Low: list[0], High: list[1], Unit: rec.Unit, Reason: rec.Reason}
	}
	return all
})

// FigureNames lists the numbers that settings may change, sorted.
func FigureNames() []string { return slices.Sorted(maps.Keys(usualFigures())) }

// figures are the numbers of one run.
type figures map[string]Figure

// figuresWith are the usual figures with some changed.
func figuresWith(changed map[string]Range) figures {
	f := figures(maps.Clone(usualFigures()))
	for name, r := range changed {
		was, ok := f[name]
		if !ok {
			continue // settings name known figures only; see FigureNames
		}
		was.Low, was.High, was.Changed = r.Low, r.High, true
		f[name] = was
	}
	return f
}

// FigureOf is one figure, with changes; see FigureNames.
func FigureOf(name string, changed map[string]Range) Range { return figuresWith(changed).of(name) }

// of gives a figure; a name that is not in the file is a mistake of the program.
func (f figures) of(name string) Range {
	v, ok := f[name]
	if !ok {
		panic("assess: no figure " + name)
	}
	return Range{v.Low, v.High}
}

// one gives a figure that is no range.
func (f figures) one(name string) float64 { return f.of(name).High }

// list gives all in the order of names, in a language.
func (f figures) list(words phrase.Table) []Figure {
	list := make([]Figure, 0, len(f))
	for _, name := range slices.Sorted(maps.Keys(f)) {
		x := f[name]
		x.Unit, x.Reason = words.Say(x.Unit), words.Say(x.Reason)
		list = append(list, x)
	}
	return list
}

// NeedBundle lists the checks without a verdict that scripts can never give one, by code.
func (r *Result) NeedBundle() []string {
	var list []string
	needs := checks.NeedsBundle()
	for _, c := range r.Checks {
		if c.Verdict == checks.NotCollected && slices.Contains(needs, c.Code) {
			list = append(list, c.Code)
		}
	}
	return list
}

// limits are the thresholds of the checks.
func (f figures) limits() checks.Limits {
	return checks.Limits{
		LargeTableBytes: f.one("limit.table.bytes"), LargeLOBBytes: f.one("limit.lob.bytes"), Partitions: f.one("limit.partitions"), RedoPerDay: f.one("limit.redo.day"),
		RedoPeakHour: f.one("limit.redo.hour"), SwitchesPerHour: f.one("limit.switches"), Sessions: f.one("limit.sessions"),
	}
}

func (r Range) times(o Range) Range { return Range{r.Low * o.Low, r.High * o.High} }

func (r Range) plus(o Range) Range { return Range{r.Low + o.Low, r.High + o.High} }
