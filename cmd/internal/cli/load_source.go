package cli

import (
	"context"
	"errors"
	"io"

	"landfall/internal/model"
	"landfall/internal/oracle/connect"
	loadsource "landfall/load/source"
)

// oracleSource is a live Oracle as the load reads it.
type oracleSource struct{ src *connect.Source }

// Open implements the load's Database.
func (o oracleSource) Open(ctx context.Context) (loadsource.Session, error) {
	s, err := o.src.Session(ctx)
	if err != nil {
		return nil, fromOracle(err)
	}
	return &oracleSession{s}, nil
}

type oracleSession struct{ s *connect.Session }

// TextCharset is what --source-charset has changed.
func (o *oracleSession) TextCharset() string { return o.s.TextCharset() }

func (o *oracleSession) Close() error { return fromOracle(o.s.Close()) }

func (o *oracleSession) Query(ctx context.Context, sql string, binds ...string) (loadsource.Rows, error) {
	return o.fetch(ctx, connect.Query{}, sql, binds)
}

func (o *oracleSession) Read(ctx context.Context, columns []loadsource.Column, width int, tail string, binds ...string) (loadsource.Rows, error) {
	want := make([]connect.ReadColumn, len(columns))
	for i, c := range columns {
		want[i] = connect.ReadColumn{Name: c.Name, Expr: c.Expr, Type: c.Type.String()}
	}
	list, plan, err := connect.PlanRead(want, connect.SmallLOB)
	if err != nil {
		return nil, err
	}
	q := connect.Query{Plan: plan, Text: map[string]connect.TextPolicy{}}
	for _, c := range columns {
		switch p := connect.TextPolicy(c.BadText); p {
		case connect.ReplaceText, connect.HexText, connect.NullText:
			q.Text[c.Name] = p
		}
	}
	if width > 0 {
		q.FetchRows = connect.FetchFor(width)
	}
	return o.fetch(ctx, q, "SELECT "+list+tail, binds)
}

func (o *oracleSession) fetch(ctx context.Context, q connect.Query, sql string, binds []string) (loadsource.Rows, error) {
	args := make([]any, len(binds))
	for i, b := range binds {
		args[i] = b
	}
	w, err := o.s.Fetch(ctx, q, sql, args...)
	if err != nil {
		return nil, fromOracle(err)
	}
	return &oracleRows{s: o.s, w: w, ctx: ctx}, nil
}

type oracleRows struct {
	s   *connect.Session
	w   *connect.Wire
	ctx context.Context // the query's, which LOBs of its rows are read under
}

func (o *oracleRows) Columns() []string {
	var names []string
	for _, c := range o.w.Columns() {
		names = append(names, c.Name)
	}
	return names
}

func (o *oracleRows) Next(ctx context.Context, row [][]byte) error {
	err := o.w.Next(ctx, row)
	switch {
	case err == nil:
		return nil
	case err != io.EOF:
		return o.fault(err)
	case o.s.Broken() != nil: // an end that a lost connection has made is none
		return lostSession{o.s.Broken()}
	}
	return err
}

// fault makes of a value that did not come through what the load knows.
func (o *oracleRows) fault(err error) error {
	var f *connect.Fault
	if !errors.As(err, &f) {
		return fromOracle(err)
	}
	v := &loadsource.ValueError{Column: -1, Code: "bad-text", Why: f.Why, Raw: f.Raw}
	for i, c := range o.w.Columns() {
		if c.Name == f.Column || c.Name == model.QuoteOracle(f.Column) {
			v.Column = i
		}
	}
	return v
}

// Changed implements the load's Rows.
func (o *oracleRows) Changed() []loadsource.Changed {
	var out []loadsource.Changed
	for _, f := range o.w.TextFaults() {
		if f.Policy != connect.RejectText {
			out = append(out, loadsource.Changed{Column: f.Column, Action: string(f.Policy), Values: int64(f.Values)})
		}
	}
	return out
}

func (o *oracleRows) Large(i int) io.Reader {
	if l := o.w.LOB(o.ctx, i); l != nil {
		return oracleLOB{l, o}
	}
	return nil // not a nil pointer in an interface
}

func (o *oracleRows) Close() error { return fromOracle(o.w.Close()) }

type oracleLOB struct {
	l    *connect.LOB
	rows *oracleRows
}

func (l oracleLOB) Read(p []byte) (int, error) {
	n, err := l.l.Read(p)
	if err != nil && err != io.EOF {
		err = l.rows.fault(err)
	}
	return n, err
}

// lostSession says of an error that the session is gone.
type lostSession struct{ error }

func (e lostSession) Unwrap() []error { return []error{e.error, loadsource.ErrLost} }

func fromOracle(err error) error {
	if errors.Is(err, connect.ErrLost) || errors.Is(err, connect.ErrBusy) || errors.Is(err, connect.ErrCancelled) {
		return lostSession{err}
	}
	return err
}
