// Package project knows the project folder: where its files are and what its settings say.
//
// Input -> output: landfall.yaml in, Settings out, or every error in it with line and column; nothing is ignored.
// It reads no environment, opens no connection and knows no rule by itself: names of rules are given to it. Its
// values may be read by any number of goroutines.
package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"landfall/internal/model"
)

// SettingsFile is the name of the settings in a project folder.
const SettingsFile = "landfall.yaml"

// Settings is what landfall.yaml says.
type Settings struct {
	Target string // profile: postgresql, postgresql:16, polardb-oracle; "" says nothing
	Policy Policy // of conversion
	// Figures are numbers of the assessment that are set otherwise than usual, low and high; nil when none is.
	Figures map[string][2]float64
	Load    Load
}

// Known are the names that settings may use and that this package does not know by itself.
type Known struct {
	Targets  []string // profiles
	Features []string // rules, by name and by code
	Figures  []string // numbers of the assessment
	// Fault says whether a fault of the load may have an action; nil takes all.
	Fault func(fault, action string) error
}

// Read reads the settings of a project folder; a folder without any has the default ones.
func Read(dir string, known Known) (Settings, error) {
	name := filepath.Join(dir, SettingsFile)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{Policy: DefaultPolicy()}, nil
	}
	if err != nil {
		return Settings{}, err
	}
	return Parse(name, data, known)
}

// Parse reads the text of a settings file. The error joins all that is wrong with it.
func Parse(name string, data []byte, known Known) (Settings, error) {
	r := &reader{file: name, what: "read settings"}
	s := Settings{Policy: DefaultPolicy()}
	if top := r.document(data); top != nil {
		r.mapping(top, SettingsFile, map[string]field{
			"target": word(r, "target", &s.Target, known.Targets...),
			"assess": func(n *yaml.Node) {
				r.mapping(n, "assess", map[string]field{"figures": func(n *yaml.Node) { r.figures(n, &s.Figures, known.Figures) }})
			},
			"convert": func(n *yaml.Node) { r.policy(n, &s.Policy, known) },
			"load":    func(n *yaml.Node) { r.load(n, &s.Load, known) },
		})
	}
	return s, errors.Join(r.errs...)
}

func (r *reader) policy(n *yaml.Node, p *Policy, known Known) {
	r.mapping(n, "convert", map[string]field{
		"number":           word(r, "number", &p.Number, NumberNumeric, NumberInteger, NumberByPrecision, NumberSampled),
		"date":             word(r, "date", &p.Date, DateTimestamp, DateDate),
		"empty-string":     word(r, "empty-string", &p.EmptyString, EmptyStringNull, EmptyStringKeep),
		"case":             word(r, "case", &p.Case, CaseLower, CaseKeep),
		"packages":         word(r, "packages", &p.Packages, PackagesSchema, PackagesPrefix),
		"synonyms":         word(r, "synonyms", &p.Synonyms, SynonymsViews, SynonymsSearchPath),
		"authid":           word(r, "authid", &p.Authid, AuthidCaller, AuthidOracle),
		"autonomous":       word(r, "autonomous", &p.Autonomous, AutonomousDblink, AutonomousPgBackground, AutonomousRefuse),
		"hints":            word(r, "hints", &p.Hints, HintsComment, HintsPgHintPlan, HintsDrop),
		"tablespaces":      word(r, "tablespaces", &p.Tablespaces, TablespacesIgnore, TablespacesKeep, TablespacesMapped),
		"schemas":          r.names("schemas", p.Schemas, foldOracle),
		"tablespace-map":   r.names("tablespace-map", p.TablespaceMap, foldOracle),
		"columns":          r.names("columns", p.Columns, foldOracle),
		"partitions-ahead": r.number("partitions-ahead", &p.PartitionsAhead, 1),
		"features":         func(n *yaml.Node) { r.features(n, p, known) },
	})
	if len(p.TablespaceMap) > 0 && p.Tablespaces != TablespacesMapped {
		r.fail(n, "tablespaces: map", "tablespace-map says nothing while tablespaces is %q", p.Tablespaces)
	}
}

// figures reads numbers and ranges by name.
func (r *reader) figures(n *yaml.Node, into *map[string][2]float64, known []string) {
	r.pairs(n, "figures", func(key, value *yaml.Node) {
		if !slices.Contains(known, key.Value) {
			r.fail(key, nearest(key.Value, known), "figures: there is no figure %q", key.Value)
			return
		}
		var low, high float64
		before := len(r.errs)
		if v := target(value); v.Kind == yaml.SequenceNode {
			if len(v.Content) != 2 {
				r.fail(v, "[low, high]", "figures.%s needs one number, or two", key.Value)
				return
			}
			r.float(v.Content[0], "figures."+key.Value, &low)
			r.float(v.Content[1], "figures."+key.Value, &high)
			if len(r.errs) == before && low > high {
				r.fail(v, "[low, high]", "figures.%s: %g is more than %g", key.Value, low, high)
			}
		} else {
			r.float(v, "figures."+key.Value, &low)
			high = low
		}
		if len(r.errs) > before {
			return
		}
		if *into == nil {
			*into = map[string][2]float64{}
		}
		(*into)[key.Value] = [2]float64{low, high}
	})
}

func (r *reader) features(n *yaml.Node, p *Policy, known Known) {
	r.pairs(n, "features", func(key, value *yaml.Node) {
		if !slices.Contains(known.Features, key.Value) {
			r.fail(key, meant(key.Value, known.Features), "features: there is no rule %q", key.Value)
			return
		}
		var a Action
		before := len(r.errs)
		word(r, "features."+key.Value, &a, Convert, Keep, Ignore, Fail)(value)
		if len(r.errs) == before {
			p.Features[key.Value] = a
		}
	})
}

// foldName is the dictionary's name of a plain or quoted one.
func foldName(name string) string { return model.NewIdent(name).Name }

// foldOracle gives a dotted name the spelling that catalog names have (model.QName): each part folded as Oracle
// does, in quotes where an unquoted word would not give it back.
func foldOracle(name string) string {
	var parts []string
	from, quoted := 0, false
	for i := range len(name) {
		switch {
		case name[i] == '"':
			quoted = !quoted
		case name[i] == '.' && !quoted:
			parts = append(parts, model.NewIdent(name[from:i]).String())
			from = i + 1
		}
	}
	return strings.Join(append(parts, model.NewIdent(name[from:]).String()), ".")
}
