package cli

import (
	"fmt"
	"strings"

	"landfall/assess"
	"landfall/convert/rules"
)

// allTargets is the value of --target that compares them.
const allTargets = "all"

// profiles are the targets that --target all compares, each as profile gives it.
func (o *projectOptions) profiles(io *IOStreams, quiet bool) ([]*rules.Profile, error) {
	var list []*rules.Profile
	for _, name := range assess.ComparedTargets() {
		one := *o
		one.target = name
		target, err := one.profile(io, quiet)
		if err != nil {
			return nil, err
		}
		o.policy = one.policy
		o.figures = one.figures
		list = append(list, target)
	}
	return list, nil
}

// printTargets writes the comparison as lines: one a target, then the recommendation with its reasons.
func printTargets(b *strings.Builder, t *assess.Targets) {
	if t == nil {
		return
	}
	for _, f := range t.Compared {
		fmt.Fprintf(b, "%-15s %d of %d objects refused", f.Target.Profile, f.Refused, f.Objects)
		if f.Hours != nil {
			fmt.Fprintf(b, ", %.0f to %.0f hours", f.Hours.Low, f.Hours.High)
		}
		for _, s := range f.Scores {
			if s.Of > 0 && (s.Name == assess.ScoreObjects || s.Name == assess.ScoreLines || s.Name == assess.ScoreSQL) {
				fmt.Fprintf(b, ", %s %.1f %%", s.Name, s.Percent())
			}
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(b, "recommended: %s\n", t.Recommended)
	for _, r := range t.Reasons {
		fmt.Fprintf(b, "  %s\n", r)
	}
}
