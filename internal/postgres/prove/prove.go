// Package prove creates converted objects on a real PostgreSQL and says which of them it takes: rung 4 of the ladder
// of evidence.
//
// Input -> output: units of SQL in order of deployment and a server in; for each unit what was created, what failed
// and where, and what plpgsql_check says about its routines, out. Everything happens in a database of its own, named
// landfall_prove_..., which is dropped at the end: nothing that exists is touched, and what would change the whole
// server (roles, tablespaces) is not run on a server that is not ours. Statements that only work with data (queries,
// DML, calls, blocks) are analysed or compiled, never run.
//
// Run may be called concurrently; each call has its own database and connections.
package prove

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Unit is one object's statements, created in one go.
type Unit struct {
	Key       string   // what DependsOn names; several units may share one
	Schema    string   // made before, when it is not there
	SQL       string   // complete statements
	Needs     []string // extensions
	DependsOn []string // keys of other units
}

// Options say where and how. URL is required.
type Options struct {
	URL string // of any database of the server, to make ours from
	// Own says that the server is a throw-away one: roles and tablespaces may be made on it.
	Own bool
	// Extensions are made when the server has them, beside those that units need.
	Extensions []string
	// Before is a script that runs first: the support schema.
	Before string
	// Settings hold in every session, beside those that make servers alike.
	Settings map[string]string
	// BeforeChecks is run in every session that checks routines: to estimate a condition the planner calls the STABLE functions
	// in it, and what they would do there costs time and writes.
	BeforeChecks string
	// Progress is told how many units are done, one call at a time; nil says nothing.
	Progress func(done, total int)
}

// Report is what a server said.
type Report struct {
	Server     string    // "PostgreSQL 15.18"
	Extensions []string  // made in our database, with versions: "orafce 4.1"
	Absent     []string  // asked for and not there, or not allowed to us, with the reason
	Checker    bool      // plpgsql_check was there
	Outcomes   []Outcome // of the units, in their order
}

// Outcome is what became of one unit.
type Outcome struct {
	Created  bool      // every statement was taken
	Failures []Failure // of statements, in order
	Routines []Routine // in order
	Missing  []string  // extensions that it needs, by itself or by what it depends on, and that are not there
	NotRun   string    // why it was not run, "" when it was
	Late     bool      // a statement was taken only after what stands behind it: the order is wrong
}

// Clean reports whether the unit was created and every routine in it passed its check.
func (o Outcome) Clean() bool {
	if !o.Created || o.NotRun != "" || len(o.Missing) > 0 {
		return false
	}
	for _, r := range o.Routines {
		if !r.Clean() {
			return false
		}
	}
	return true
}

// Routine is one CREATE FUNCTION, CREATE PROCEDURE or block of a unit.
type Routine struct {
	Name     string // as written, folded: pay.run; "" for a block
	Line     int    // in the unit's SQL
	Created  bool
	Checked  bool      // plpgsql_check looked at it, or it is not PL/pgSQL
	Problems []Failure // errors of plpgsql_check
	Warnings []Failure
	Aside    []Failure // errors that plpgsql_check announces as false alarms, see leaveAside
}

// Clean reports whether the routine was created and its check found no error.
func (r Routine) Clean() bool { return r.Created && r.Checked && len(r.Problems) == 0 }

// Failure is one message of the server. Line and Col count from 1 in the unit's SQL; 0 is unknown.
type Failure struct {
	Line, Col int
	State     string // SQLSTATE
	Message   string // with detail and hint where they say more
}

// String is message (SQLSTATE).
func (f Failure) String() string {
	if f.State == "" {
		return f.Message
	}
	return fmt.Sprintf("%s (SQLSTATE %s)", f.Message, f.State)
}

// statementTimeout bounds each statement: creating things is quick, and nothing else is run.
const statementTimeout = time.Minute

// checkers is the number of connections that run plpgsql_check, which changes nothing.
const checkers = 2

// Run creates the units in a new database and drops it. An error means that there is no report: no connection, no
// right to make a database, the support script does not run, ctx has ended.
func Run(ctx context.Context, units []Unit, opt Options) (report *Report, err error) {
	db, err := makeDatabase(ctx, opt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.drop()) }()
	conn, err := db.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	report = &Report{Outcomes: make([]Outcome, len(units))}
	if report.Server, err = serverVersion(ctx, conn); err != nil {
		return nil, err
	}
	have, err := makeExtensions(ctx, conn, wantedExtensions(units, opt), report)
	if err != nil {
		return nil, err
	}
	report.Checker = have["plpgsql_check"]
	if strings.TrimSpace(opt.Before) != "" {
		if _, err := conn.PgConn().Exec(ctx, opt.Before).ReadAll(); err != nil {
			return nil, fmt.Errorf("the support schema cannot be made on %s: %w", report.Server, err)
		}
	}
	c := &creator{conn: conn, units: units, outcomes: report.Outcomes, have: have, own: opt.Own, progress: opt.Progress}
	if err := c.run(ctx); err != nil {
		return nil, err
	}
	if report.Checker {
		if err := db.check(ctx, c.made, report.Outcomes, opt.BeforeChecks); err != nil {
			return nil, err
		}
	}
	spreadMissing(units, report.Outcomes)
	return report, nil
}

func wantedExtensions(units []Unit, opt Options) []string {
	list := append([]string{"plpgsql_check"}, opt.Extensions...)
	for _, u := range units {
		list = append(list, u.Needs...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func serverVersion(ctx context.Context, conn *pgx.Conn) (string, error) {
	var v string
	if err := conn.QueryRow(ctx, "show server_version").Scan(&v); err != nil {
		return "", err
	}
	v, _, _ = strings.Cut(v, " ") // "15.18 (Debian 15.18-0+deb12u1)"
	return "PostgreSQL " + v, nil
}

// spreadMissing tells units that failed because something they depend on was not made for want of an extension.
func spreadMissing(units []Unit, outcomes []Outcome) {
	byKey := map[string][]int{}
	for i, u := range units {
		byKey[u.Key] = append(byKey[u.Key], i)
	}
	for changed := true; changed; {
		changed = false
		for i := range units {
			if outcomes[i].Clean() || outcomes[i].NotRun != "" {
				continue
			}
			for _, key := range units[i].DependsOn {
				for _, j := range byKey[key] {
					for _, m := range outcomes[j].Missing {
						if i != j && !slices.Contains(outcomes[i].Missing, m) {
							outcomes[i].Missing = append(outcomes[i].Missing, m)
							changed = true
						}
					}
				}
			}
			slices.Sort(outcomes[i].Missing)
		}
	}
}
