package convert

import (
	"strings"

	"landfall/convert/gen"
	"landfall/convert/mysql"
	"landfall/convert/native"
	"landfall/convert/rules"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
)

// Engine converts single units and statements against what a whole source holds. Making one costs a look at every
// unit; after that it is read-only and may be used by any number of goroutines.
type Engine struct {
	resolve   func(u *scripts.Unit) *resolve.Info
	unit      func(u *scripts.Unit, info *resolve.Info) gen.Result
	statement func(u *scripts.Unit) gen.Statement
}

// NewEngine prepares the conversion of everything that source holds and of what programs send to it.
func NewEngine(source *scripts.Estate, opt Options) *Engine {
	if opt.Target == nil {
		opt.Target = rules.PostgreSQL()
	}
	if mysql.Speaks(opt.Target) {
		c := mysql.New(source, opt.Target, opt.Policy)
		return &Engine{resolve: c.Resolve, unit: c.ConvertInfo, statement: c.ConvertStatement}
	}
	if native.Speaks(opt.Target) {
		n := native.New(source, opt.Target, opt.Policy)
		return &Engine{resolve: n.Resolve, unit: n.ConvertInfo, statement: func(u *scripts.Unit) gen.Statement { return kept(n.Convert(u)) }}
	}
	e := gen.NewEstate(source, opt.Target, opt.Policy)
	e.SourceOrder = opt.SourceOrder
	return &Engine{resolve: e.Resolve, unit: e.ConvertInfo, statement: e.ConvertStatement}
}

// Statement converts a statement that a program sends, host variables and all. The unit need not be of the source.
func (e *Engine) Statement(u *scripts.Unit) gen.Statement { return e.statement(u) }

// kept is a statement of a target that speaks Oracle's language: host variables stay as they are.
func kept(r gen.Result) gen.Statement {
	s := gen.Statement{Result: r}
	for _, o := range r.Outputs {
		if o.Refused {
			return s
		}
	}
	if n := len(r.Outputs); n > 0 {
		s.Text = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(r.Outputs[n-1].SQL), "/"), ";")
		s.Text = strings.TrimSpace(s.Text)
	}
	return s
}
