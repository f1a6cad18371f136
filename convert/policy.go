package convert

import (
	"fmt"
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/project"
)

// PolicyOf is a project's policy as the generator takes it.
func PolicyOf(p project.Policy) gen.Policy {
	g := gen.Policy{
		Number: string(p.Number), Date: string(p.Date), Schemas: p.Schemas, KeepCase: p.Case == project.CaseKeep, PackagePrefix: p.Packages == project.PackagesPrefix,
		Tablespaces: p.Tablespaces != project.TablespacesIgnore, TablespaceMap: p.TablespaceMap, Columns: p.Columns, MaxPartitions: p.PartitionsAhead,
		Autonomous: string(p.Autonomous), Synonyms: string(p.Synonyms), Hints: string(p.Hints), KeepEmptyText: p.EmptyString == project.EmptyStringKeep,
		Features: map[string]string{},
	}
	if p.Authid == project.AuthidOracle {
		g.AuthID = "definer"
	}
	if p.Synonyms == project.SynonymsSearchPath {
		g.Synonyms = "ignore"
	}
	for _, r := range rules.Table() {
		if a := p.Action(r.Name, r.Code); a != project.Convert {
			g.Features[r.Name] = string(a)
		}
	}
	return g
}

// TargetOf is a target as a project takes it: features that its policy keeps count as native. A rule that makes up for
// nothing that a target could have cannot be kept.
func TargetOf(target *rules.Profile, p project.Policy) (*rules.Profile, error) {
	kept := map[rules.Feature]rules.State{}
	for _, r := range rules.Table() {
		if p.Action(r.Name, r.Code) != project.Keep {
			continue
		}
		if r.Needs == "" {
			return nil, fmt.Errorf("features: %s (%s) cannot be kept: there is no feature of a target that it makes up for", r.Name, r.Code)
		}
		kept[r.Needs] = rules.Native
	}
	if len(kept) == 0 {
		return target, nil
	}
	return target.With(kept), nil
}

// Probed is a target with what a server answered above its table. The answers are not for it when the server was another
// product or, where the target was named with a version, another version: ok is false then.
func Probed(target *rules.Profile, named string, p *project.Probe) (probed *rules.Profile, ok bool) {
	if p == nil {
		return target, true
	}
	name, _, _ := strings.Cut(p.Target, ":")
	if name != target.Name || strings.Contains(named, ":") && named != p.Target {
		return target, false
	}
	states := map[rules.Feature]rules.State{}
	for _, a := range p.Answers {
		if f := rules.Feature(a.Feature); a.Answer != project.AnswerOpen {
			states[f] = rules.Answered(target.State(f), a.Answer == project.AnswerYes)
		}
	}
	return target.With(states), true
}

// KnownSettings are the names that a project's settings may use.
func KnownSettings() project.Known {
	k := project.Known{Targets: rules.ProfileNames()}
	for _, r := range rules.Table() {
		k.Features = append(k.Features, r.Name, r.Code)
	}
	slices.Sort(k.Features)
	return k
}
