package assess

import (
	"sync"

	"landfall/assess/checks"
	"landfall/assess/phrase"
	"landfall/internal/oracle/scripts"
)

// aside is the part of a result that hangs on the source and on what was seen of its units alone. It is made beside what only one
// goroutine can do: of a large source both take seconds.
type aside struct {
	start  func()         // begins the work, once all units have been looked at
	listed chan struct{}  // closed when the objects of the result are there
	all    sync.WaitGroup // of everything

	inputs     []Input
	datatypes  []DatatypeUse
	features   []FeatureUse
	notCovered []NotCovered
	graph      Dependencies
	checks     []checks.Checked
}

// startAside prepares the work. It sets r.Objects, and before all is done it reads them.
func startAside(r *Result, estate *scripts.Estate, looked []look, opt Options, words phrase.Table) *aside {
	a := &aside{listed: make(chan struct{})}
	a.start = func() {
		a.all.Go(func() {
			r.Objects = inventory(estate, looked)
			close(a.listed)
			a.all.Go(func() { a.graph = dependencies(r, estate, looked) })
			a.inputs = inputs(estate, looked)
			a.datatypes, a.features = datatypes(estate, looked, opt.Target), features(looked, words)
			a.notCovered, a.checks = notCovered(estate, looked, words), runChecks(estate, opt)
		})
	}
	return a
}
