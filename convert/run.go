package convert

import (
	"cmp"
	"context"
	"slices"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/parallel"
)

// Options say how an estate is converted. The zero value is usable.
type Options struct {
	Target *rules.Profile // nil is PostgreSQL
	Policy gen.Policy
	Jobs   int // statements converted at the same time; 0 is one a processor
	// SourceOrder keeps the order of the source as far as what needs what allows; false orders by phase.
	SourceOrder bool
	// Engine is one that was made for the same source with the same options, to be used again; nil makes one.
	Engine *Engine
	// Resolved is told what the names of the i-th unit mean, ahead of its conversion, several units at a time; nil: nobody asks.
	Resolved func(i int, info *resolve.Info)
	// Converted is called when every unit is converted, before the results are put together; nil: nobody asks.
	Converted func()
	// Brief is for those who only want to know what became of the objects: the text of routines, findings that are no manual work and
	// the ledger's lines of parts are left out of the result, and Object.Codes are those of what is left.
	Brief bool
	// Progress is told how many statements are done, one call at a time; nil says nothing.
	Progress func(done, total int)
}

// Run converts everything an estate holds. It fails only when ctx ends: what cannot be converted is in the result.
func Run(ctx context.Context, source *scripts.Estate, opt Options) (*Result, error) {
	if opt.Target == nil {
		opt.Target = rules.PostgreSQL()
	}
	engine := opt.Engine
	if engine == nil {
		engine = NewEngine(source, opt)
	}
	done, err := convertAll(ctx, engine, source.Units, opt)
	if err != nil {
		return nil, err
	}
	if opt.Converted != nil {
		opt.Converted()
	}
	r := &Result{Target: opt.Target.Name}
	var outputs, findings, lines int
	for i := range done {
		outputs, findings, lines = outputs+len(done[i].Outputs), findings+len(done[i].Findings), lines+len(done[i].Ledger)
	}
	r.Outputs = slices.Grow(r.Outputs, outputs)
	r.Findings = slices.Grow(r.Findings, findings)
	r.Ledger = slices.Grow(r.Ledger, lines)
	for i := range done {
		r.Outputs = append(r.Outputs, done[i].Outputs...)
		r.Findings = append(r.Findings, done[i].Findings...)
		r.Ledger = append(r.Ledger, done[i].Ledger...)
	}
	r.Ledger = append(r.Ledger, commands(source)...)
	slices.SortStableFunc(r.Ledger, func(a, b LedgerEntry) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Offset, b.Pos.Offset), cmp.Compare(boolInt(a.Part), boolInt(b.Part)))
	})
	r.Outputs = order(r.Outputs, opt.SourceOrder)
	model.SortFindings(r.Findings)
	model.SetFingerprints(r.Findings)
	r.stand(source, done)
	return r, nil
}

// shorten leaves of a result what Options.Brief says.
func shorten(r *gen.Result) {
	for _, o := range r.Outputs {
		if o.Phase == gen.PhaseRoutine {
			o.SQL = ""
		}
	}
	var findings []model.Finding
	for i := range r.Findings {
		if r.Findings[i].Effort == model.Manual {
			findings = append(findings, r.Findings[i])
		}
	}
	var lines []gen.Line
	for i := range r.Ledger {
		if !r.Ledger[i].Part {
			lines = append(lines, r.Ledger[i])
		}
	}
	r.Findings, r.Ledger = findings, lines
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// convertAll converts every unit, several at a time. Results are in the order of units.
func convertAll(ctx context.Context, engine *Engine, units []*scripts.Unit, opt Options) ([]gen.Result, error) {
	done := make([]gen.Result, len(units))
	err := parallel.Each(ctx, len(units), opt.Jobs, opt.Progress, func(i int) {
		units[i].Open()
		defer units[i].Close()
		info := engine.resolve(units[i])
		if opt.Resolved != nil {
			opt.Resolved(i, info)
		}
		done[i] = engine.unit(units[i], info)
		if opt.Brief {
			shorten(&done[i])
		}
	})
	return done, err
}

// commands are the ledger lines of SQL*Plus commands: they steer the client and have no place on the server.
func commands(source *scripts.Estate) []LedgerEntry {
	var list []LedgerEntry
	for _, s := range source.Files {
		if s.Parsed == nil {
			continue
		}
		for _, st := range s.Parsed.Stmts {
			if c, ok := st.(*ast.PlusCommand); ok && len(c.Body) == 0 {
				list = append(list, LedgerEntry{Class: gen.Ignored, Pos: s.Parsed.Pos(c), What: "SQL*Plus command " + c.Verb.String()})
			}
		}
	}
	return list
}
