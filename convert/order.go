package convert

import (
	"slices"
)

// order puts outputs into the order of deployment: by phase, and inside a phase as the source has them.
func order(outputs []*Output, sourceOrder bool) []*Output {
	list := slices.Clone(outputs)
	if sourceOrder {
		return list
	}
	slices.SortStableFunc(list, func(a, b *Output) int { return int(a.Phase) - int(b.Phase) })
	return list
}
