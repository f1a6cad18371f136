// Package target knows the PostgreSQL side of a load: what the server is fit for, what the tables are like that rows go into, and how
// indexes, constraints and sequences are made behind them.
//
// Input -> output: connections and tables of a plan in; checks with advice, column types, finished steps out. It writes no rows and
// keeps no state but what the ledger is told. Its functions may be called concurrently, each with a connection of its own.
package target

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"landfall/internal/model"
	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/value"
	"landfall/internal/project"
	"landfall/load/plan"
)

// Table is a table of the target as it is.
type Table struct {
	OID         uint32
	Partitioned bool
	Columns     []Column // those that rows are written to, in the order of the plan
	Source      []plan.Column
	Encoder     []value.Column // the same, for an encoder
	Problems    []Problem
	// Referenced is true when a foreign key of another table refers to it: then it cannot be truncated.
	Referenced bool
}

// Column is a column of the target.
type Column struct {
	Name      string
	Target    value.Target
	NotNull   bool
	Generated bool
	Identity  bool
	Default   bool
}

// Problem is what stands in the way of a table, or is worth knowing.
type Problem struct {
	Stop bool
	Text string
	Hint string
}

// Querier is what can be asked: a connection, a pool or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Name is the table in SQL.
func Name(t *plan.Table) string { return quote.Qualified(t.Schema, t.Target) }

// Look finds out what a table is like, and what stands in the way of loading it. An error says that the server could not be asked.
func Look(ctx context.Context, q Querier, s *Server, t *plan.Table) (*Table, error) {
	out := &Table{}
	stop := func(hint, format string, args ...any) {
		out.Problems = append(out.Problems, Problem{true, fmt.Sprintf(format, args...), hint})
	}
	var kind string
	var secured, logged bool
	err := q.QueryRow(ctx, `SELECT c.oid, c.relkind::text, NOT EXISTS (SELECT FROM pg_partition_tree(c.oid) p JOIN pg_class l ON l.oid = p.relid WHERE l.relpersistence <> 'p') AND c.relpersistence = 'p', c.relrowsecurity AND NOT pg_has_role(c.relowner, 'USAGE') OR c.relforcerowsecurity
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2`, t.Schema, t.Target).Scan(&out.OID, &kind, &logged, &secured)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		stop("landfall convert makes it (convert --schema OWNER where scripts name no schema); --schema of load names the folder that it wrote; a plan keeps the statements that it was made with, and landfall load discard forgets it", "the target has no table %s", Name(t))
		return out, nil
	case err != nil:
		return nil, err
	case kind != "r" && kind != "p":
		stop("name the table behind it in load.tables of landfall.yaml", "%s is no table", Name(t))
		return out, nil
	}
	out.Partitioned = kind == "p"
	if !logged { // after a crash of the server its rows are gone, and the ledger would say that they are there
		stop("ALTER TABLE "+Name(t)+" SET LOGGED", "%s, or a partition of it, is unlogged or temporary", Name(t))
	}
	if secured {
		stop("ALTER TABLE ... DISABLE ROW LEVEL SECURITY while the rows come, or load as the table's owner", "row security of %s holds for this account: COPY is not allowed there", Name(t))
	}
	have, err := columns(ctx, q, out.OID)
	if err != nil {
		return nil, err
	}
	out.match(t, have)
	if err := out.extras(ctx, q, s, t); err != nil {
		return nil, err
	}
	return out, nil
}

// match brings the columns of the plan and those of the target together.
func (o *Table) match(t *plan.Table, have map[string]Column) {
	stop := func(hint, format string, args ...any) {
		o.Problems = append(o.Problems, Problem{true, fmt.Sprintf(format, args...), hint})
	}
	filled := map[string]bool{}
	for _, c := range t.Columns {
		to, ok := have[c.Target]
		filled[c.Target] = true
		switch {
		case !ok && c.Virtual:
			continue // the target does without it, and nothing is lost: the source computes it
		case !ok:
			stop("load.tables in landfall.yaml can give it another name, or leave it out with skip-columns", "%s has no column for %s (%s)", Name(t), c.Source, c.Target)
			continue
		case to.Generated && c.Virtual:
			continue // both sides compute it
		case to.Generated:
			stop("skip-columns in load.tables of landfall.yaml leaves it to the target", "%s computes %s itself, and the values that the source has in %s would be lost", Name(t), to.Name, c.Source)
			continue
		}
		src, err := ora.Of(c.Type)
		if err != nil {
			stop("", "column %s: %v", c.Source, err)
			continue
		}
		if c.As != "" && c.As != formOf(&to.Target) {
			stop("load.object-columns in landfall.yaml says so; without it, what the target has is filled", "column %s is to be loaded as %s, and %s is of type %s", c.Source, c.As, to.Name, to.Target)
			continue
		}
		e := value.Column{Name: c.Source, Source: src, Shape: c.Object, Target: to.Target}
		for fault, action := range c.Policy {
			// what a type cannot have is no mistake of a policy for all columns
			if err := e.Policy.SetByName(fault, action); err != nil {
				stop("docs/load.md lists faults and actions", "column %s: %v", c.Source, err)
			}
		}
		o.Columns, o.Source, o.Encoder = append(o.Columns, to), append(o.Source, c), append(o.Encoder, e)
	}
	for _, name := range sortedNames(have) {
		c := have[name]
		if filled[name] || c.Generated || c.Identity || c.Default || !c.NotNull {
			continue
		}
		stop("give it a default, or drop NOT NULL", "column %s of %s gets no values, and takes no NULL", name, Name(t))
	}
	if len(o.Columns) == 0 && len(o.Problems) == 0 {
		stop("", "no column of %s is left to be written", Name(t))
	}
}

// formOf is what a column of the target holds of an object.
func formOf(t *value.Target) string {
	if t.Element != nil || len(t.Attributes) > 0 {
		return project.ObjectsComposite
	}
	return project.ObjectsJSON
}

func sortedNames(m map[string]Column) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// extras looks for what would change, refuse or slow down rows.
func (o *Table) extras(ctx context.Context, q Querier, s *Server, t *plan.Table) error {
	var triggers, rules []string
	var keys, indexes, foreign int
	firing := []string{"O", "A"}
	if s.Replica { // as our sessions run then, only those fire that are made for it
		firing = []string{"R", "A"}
	}
	err := q.QueryRow(ctx, `SELECT
		(SELECT coalesce(array_agg(tgname::text ORDER BY tgname), '{}') FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal AND tgenabled::text = ANY ($2)),
		(SELECT coalesce(array_agg(rulename::text ORDER BY rulename), '{}') FROM pg_rewrite WHERE ev_class = $1 AND ev_enabled <> 'D'),
		(SELECT count(*) FROM pg_constraint WHERE conrelid = $1 AND contype = 'f'),
		(SELECT count(*) FROM pg_index WHERE indrelid = $1),
		(SELECT count(*) FROM pg_constraint WHERE confrelid = $1 AND contype = 'f')`, o.OID, firing).Scan(&triggers, &rules, &foreign, &indexes, &keys)
	if err != nil {
		return err
	}
	o.Referenced = keys > 0
	if len(triggers) > 0 {
		o.Problems = append(o.Problems, Problem{true, fmt.Sprintf("%s has triggers that are enabled: %s. They would change or refuse rows, or do their work a second time", Name(t), strings.Join(triggers, ", ")), "ALTER TABLE " + Name(t) + " DISABLE TRIGGER USER, and enable them when the move is done"})
	}
	if len(rules) > 0 {
		o.Problems = append(o.Problems, Problem{true, fmt.Sprintf("%s has rules: %s", Name(t), strings.Join(rules, ", ")), "COPY does not follow rules: drop them"})
	}
	if foreign > 0 {
		o.Problems = append(o.Problems, Problem{true, fmt.Sprintf("%s has %d foreign keys: rows come in any order and would be refused", Name(t), foreign), "drop them, and let landfall load make them behind the rows (--schema)"})
	}
	if indexes > 0 {
		o.Problems = append(o.Problems, Problem{false, fmt.Sprintf("%s has %d indexes already: loading it takes about twice as long", Name(t), indexes), "drop them, and let landfall load make them behind the rows (--schema)"})
	}
	return nil
}

// Empty reports whether a table has no rows.
func Empty(ctx context.Context, q Querier, t *plan.Table) (bool, error) {
	var some bool
	err := q.QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+Name(t)+")").Scan(&some)
	return !some, err
}

// Err is what stops a table; nil when nothing does.
func (o *Table) Err(t *plan.Table) error {
	var errs []error
	for _, p := range o.Problems {
		if p.Stop {
			errs = append(errs, &model.Error{Code: "LD0301", Op: "load " + t.SourceName(), Err: errors.New(p.Text), Hint: p.Hint})
		}
	}
	return errors.Join(errs...)
}
