// Package probe asks a server of the PostgreSQL family what it is and what it can do.
//
// Input -> output: a connection string and a list of probes in; the server's kind and version, its settings and
// extensions, and the answer to each probe, out. Probes that make something run in a database of their own, which is
// dropped at the end; where none can be made, only those that read are run and the others are said to be open. Nothing
// that exists is touched. What an answer means for a conversion is not known here.
//
// A Target may be asked by any number of goroutines.
package probe

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Probe is one question.
type Probe struct {
	Name    string
	Feature string   // what the answer is about
	Setup   []string // statements before; one that fails is the answer no
	SQL     string   // a query with one value; "" when Setup is all
	Want    string   // the value, as text
	Fails   bool     // the last statement has to fail
}

// makes reports whether the probe leaves anything behind.
func (p Probe) makes() bool { return len(p.Setup) > 0 }

// Answer is what a server said.
type Answer struct {
	Name    string `json:"name"`
	Feature string `json:"feature"`
	Yes     bool   `json:"yes"`
	Open    string `json:"open,omitempty"` // why the question was not asked; Yes says nothing then
	Want    string `json:"want,omitempty"`
	Got     string `json:"got,omitempty"` // the value, or the server's message
}

// probeTimeout bounds each statement.
const probeTimeout = 20 * time.Second

// databasePrefix begins the name of every database that is made here.
const databasePrefix = "landfall_probe_"

// Target is a server and how to log in to it.
type Target struct{ config *pgx.ConnConfig }

// NewTarget reads a connection string; password, unless empty, stands above what it, PGPASSWORD and ~/.pgpass say.
func NewTarget(url, password string) (*Target, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if password != "" {
		config.Password = password
	}
	return &Target{config}, nil
}

// LoginError says that the server could not be reached, or did not let us in.
type LoginError struct{ Err error }

func (e *LoginError) Error() string { return e.Err.Error() }

// Unwrap gives the driver's error.
func (e *LoginError) Unwrap() error { return e.Err }

// Identify reads what the server is. It only reads.
func (t *Target) Identify(ctx context.Context) (*Server, error) {
	conn, err := pgx.ConnectConfig(ctx, t.config)
	if err != nil {
		return nil, &LoginError{err}
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return identify(ctx, conn)
}

// Ask asks all questions, one after the other, each in a schema of its own.
func (t *Target) Ask(ctx context.Context, probes []Probe) (answers []Answer, err error) {
	config := t.config
	name, noDatabase := makeDatabase(ctx, config)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	own := config.Copy()
	if noDatabase == nil {
		own.Database = name
		defer func() { err = errors.Join(err, dropDatabase(config, name)) }()
	}
	own.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	own.RuntimeParams["statement_timeout"] = fmt.Sprint(probeTimeout.Milliseconds())
	conn, err := pgx.ConnectConfig(ctx, own)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for i, p := range probes {
		a := Answer{Name: p.Name, Feature: p.Feature, Want: p.Want}
		if p.Fails {
			a.Want = "an error"
		}
		if noDatabase != nil && p.makes() {
			a.Open = "no database can be made to ask in: " + message(noDatabase)
		} else if err := ask(ctx, conn, p, noDatabase == nil, fmt.Sprintf("probe_%d", i), &a); err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	return answers, nil
}

// ask asks one question; an error is that of the connection.
func ask(ctx context.Context, conn *pgx.Conn, p Probe, own bool, schema string, a *Answer) error {
	if own {
		if _, err := conn.Exec(ctx, "create schema "+schema); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, "select set_config('search_path', $1 || ',' || (select setting from pg_settings where name = 'search_path'), false)", schema); err != nil {
			return err
		}
		defer func() { _, _ = conn.Exec(context.WithoutCancel(ctx), "reset search_path") }() // the next probe sets its own
	}
	var err error
	for _, s := range p.Setup {
		if _, err = conn.PgConn().Exec(ctx, s).ReadAll(); err != nil {
			break
		}
	}
	got := "done"
	if err == nil && p.SQL != "" {
		got, err = value(ctx, conn, p.SQL)
	}
	var pg *pgconn.PgError
	switch {
	case err != nil && (!errors.As(err, &pg) || conn.IsClosed()):
		return err
	case err != nil:
		a.Yes, a.Got = p.Fails, message(err)
	default:
		a.Yes, a.Got = !p.Fails && (p.SQL == "" || got == p.Want), got
	}
	_, err = conn.PgConn().Exec(ctx, "rollback").ReadAll() // of what a probe has begun; a warning when it has not
	return err
}

// value is the first column of the first row as text; no row and NULL have names of their own.
func value(ctx context.Context, conn *pgx.Conn, sql string) (string, error) {
	results, err := conn.PgConn().Exec(ctx, sql).ReadAll()
	if err != nil {
		return "", err
	}
	for _, r := range results {
		if len(r.FieldDescriptions) == 0 {
			continue
		}
		switch {
		case len(r.Rows) == 0 || len(r.Rows[0]) == 0:
			return "no row", nil
		case r.Rows[0][0] == nil:
			return "NULL", nil
		}
		return strings.TrimSpace(string(r.Rows[0][0])), nil
	}
	return "no result", nil
}

func message(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return fmt.Sprintf("%s (SQLSTATE %s)", pg.Message, pg.Code)
	}
	return err.Error()
}
