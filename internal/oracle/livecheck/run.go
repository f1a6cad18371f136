package livecheck

import (
	"context"
	"errors"

	"landfall/internal/oracle/connect"
)

// Run asks everything. Its error is the login's, or that of a way to the database that did not hold; whatever the database itself
// answers is in the report.
func Run(ctx context.Context, src *connect.Source, opt Options) (r *Report, err error) {
	if opt.Rows <= 0 {
		opt.Rows = 100_000
	}
	c := &checker{ctx: ctx, src: src, opt: opt, r: &Report{Target: src.Target().String(), Driver: connect.Driver, Checks: []Check{}, Rates: []Rate{}, Counts: map[Status]int{}}}
	if c.se, err = src.Session(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if c.se != nil {
			err = errors.Join(err, c.se.Close())
		}
	}()
	c.r.Verifier, c.r.Fields = c.se.Verifier(), c.se.Fields()
	if c.r.Facts, err = c.se.Facts(ctx); err != nil {
		return nil, err
	}
	groups := []struct {
		name string
		ask  func() error
	}{
		{"session", c.session}, {"text", c.characters}, {"types", c.types}, {"lobs", c.lobs}, {"flashback", c.flashback}, {"objects", c.objects}, {"dictionary", c.dictionary}, {"cancel", c.cancel}, {"fetch", c.fetch},
	}
	for i, g := range groups {
		if opt.Progress != nil {
			opt.Progress(g.name, i, len(groups))
		}
		if err := g.ask(); err != nil {
			return c.r, err
		}
	}
	if opt.Progress != nil {
		opt.Progress("", len(groups), len(groups))
	}
	return c.r, nil
}
