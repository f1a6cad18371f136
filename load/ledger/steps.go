package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"landfall/internal/postgres/lex"
	"landfall/internal/postgres/quote"
	"landfall/load/plan"
)

// Steps are the steps of a plan as they are done: foreign keys in two, sequences and ANALYZE beside the statements of the conversion.
func Steps(p *plan.Plan) []plan.Step {
	var list []plan.Step
	add := func(s plan.Step) {
		s.No = len(list)
		list = append(list, s)
	}
	of := func(phase plan.Phase) {
		for _, s := range p.Steps {
			if s.Phase == phase {
				add(s)
			}
		}
	}
	of(plan.Before)
	of(plan.Tables)
	of(plan.Indexes)
	of(plan.UniqueKeys)
	var validate []plan.Step
	for _, s := range p.Steps {
		if s.Phase != plan.ForeignKeys {
			continue
		}
		if name, table, ok := foreignKey(s.SQL); ok {
			s.SQL += "\nNOT VALID"
			v := s
			v.Phase, v.SQL = plan.Validate, "ALTER TABLE "+table+" VALIDATE CONSTRAINT "+name
			validate = append(validate, v)
		}
		add(s)
	}
	for _, s := range validate {
		add(s)
	}
	for i, q := range p.Sequences {
		name := q.Schema + "." + q.Target
		if q.Target == "" {
			name = q.Schema + "." + q.Table + "." + q.Column
		}
		add(plan.Step{Phase: plan.Sequences, Name: name, SQL: fmt.Sprint(i), Table: -1})
	}
	for i := range p.Tables {
		t := &p.Tables[i]
		add(plan.Step{Phase: plan.Analyze, Name: t.SourceName(), SQL: "ANALYZE " + quote.Qualified(t.Schema, t.Target), Table: i})
	}
	of(plan.After)
	return list
}

// foreignKey takes ALTER TABLE t ADD CONSTRAINT n FOREIGN KEY ... apart. One without a name cannot be validated by itself, and one that
// says NOT VALID is not to be.
func foreignKey(sql string) (name, table string, ok bool) {
	var t []lex.Token
	for _, x := range lex.Scan(sql) {
		if x.Kind != lex.Comment {
			t = append(t, x)
		}
	}
	at := -1
	for i := range t {
		if at < 0 && i+4 < len(t) && t[i].Is(sql, "add") && t[i+1].Is(sql, "constraint") && t[i+3].Is(sql, "foreign") {
			at = i
		}
		if i > 0 && t[i].Is(sql, "valid") && t[i-1].Is(sql, "not") {
			return "", "", false
		}
	}
	if at < 3 || !t[0].Is(sql, "alter") || !t[1].Is(sql, "table") {
		return "", "", false
	}
	return t[at+2].Text(sql), strings.TrimSpace(sql[t[2].Lo:t[at-1].Hi]), true
}

// StepState is a step and how far it is.
type StepState struct {
	No       int        `json:"no"`
	Phase    plan.Phase `json:"phase"`
	Name     string     `json:"name"`
	Table    *int       `json:"table,omitempty"`
	SQL      string     `json:"sql"`
	Needs    []string   `json:"needs,omitempty"`
	State    string     `json:"state"` // planned, running, done, skipped
	Error    *string    `json:"error,omitempty"`
	Note     *string    `json:"note,omitempty"`
	Started  *time.Time `json:"started,omitempty"`
	Finished *time.Time `json:"finished,omitempty"`
}

// Done reports whether nothing is left to do.
func (s *StepState) Done() bool { return s.State == "done" || s.State == "skipped" }

const stepColumns = "no, phase, name, tbl, sql, needs, state, error, note, started, finished"

// StepList gives the steps of a plan in order; of some phases, or of all.
func (l *Ledger) StepList(ctx context.Context, id string, phases ...plan.Phase) ([]StepState, error) {
	names := make([]string, len(phases))
	for i, p := range phases {
		names[i] = string(p)
	}
	rows, err := l.pool.Query(ctx, "SELECT "+stepColumns+" FROM landfall.load_step WHERE plan = $1 AND (cardinality($2::text[]) = 0 OR phase = ANY ($2)) ORDER BY no", id, names)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[StepState])
}

// StepBegin notes that a step is being done; what is still noted so when nobody works was cut off, and left nothing behind.
func (l *Ledger) StepBegin(ctx context.Context, id string, no int) error {
	_, err := l.pool.Exec(ctx, "UPDATE landfall.load_step SET state = 'running', attempt = attempt + 1, started = now(), error = NULL WHERE plan = $1 AND no = $2 AND state IN ('planned', 'running')", id, no)
	return err
}

// StepEnd notes, in the transaction of what the step did, that it is done, or skipped.
func StepEnd(ctx context.Context, tx pgx.Tx, id string, no int, state, note string) error {
	tag, err := tx.Exec(ctx, "UPDATE landfall.load_step SET state = $3, note = nullif($4, ''), finished = clock_timestamp() WHERE plan = $1 AND no = $2 AND state = 'running'", id, no, state, note)
	if err == nil && tag.RowsAffected() != 1 {
		err = fmt.Errorf("step %d of plan %s is not being done", no, id)
	}
	return err
}

// StepFailed notes why a step was not done; it can be tried again.
func (l *Ledger) StepFailed(ctx context.Context, id string, no int, why error) error {
	_, err := l.pool.Exec(ctx, "UPDATE landfall.load_step SET state = 'planned', error = $3 WHERE plan = $1 AND no = $2 AND state = 'running'", id, no, why.Error())
	return err
}
