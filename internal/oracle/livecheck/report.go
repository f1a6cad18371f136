package livecheck

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"landfall/internal/oracle/connect"
)

// Status is how a check ended.
type Status string

// The ways.
const (
	OK      Status = "ok"
	Differs Status = "differs" // the server answers otherwise than this program expects
	Failed  Status = "failed"  // the server, or the way to it, gave an error
	Denied  Status = "denied"  // a right is missing
	Skipped Status = "skipped" // it was not asked: a pack, a version or a table is missing
)

// Check is one question and its answer.
type Check struct {
	Group  string `json:"group"` // login, session, text, types, lobs, flashback, dictionary, cancel, fetch
	Name   string `json:"name"`
	Status Status `json:"status"`
	Want   string `json:"want,omitempty"`
	Got    string `json:"got,omitempty"`
	Detail string `json:"detail,omitempty"` // an error of Oracle, or a remark
	Millis int64  `json:"millis"`
}

// Rate is how fast rows of a table came.
type Rate struct {
	Table   string  `json:"table"`
	Way     string  `json:"way"`  // bytes, driver
	Rows    int     `json:"rows"` // a call
	Read    int     `json:"read"`
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	PerSec  float64 `json:"rows_per_second"`
}

// Report is everything.
type Report struct {
	Target   string         `json:"target"` // the URL, without a password
	Driver   string         `json:"driver"`
	Verifier int            `json:"verifier"` // of the password: 18453 is 12c, 6949 is 11g
	Fields   int            `json:"fields"`   // version of the protocol's fields that both sides speak
	Facts    *connect.Facts `json:"facts"`
	Checks   []Check        `json:"checks"`
	Rates    []Rate         `json:"rates"`
	Counts   map[Status]int `json:"counts"`
}

// Options say what is asked beyond DUAL.
type Options struct {
	Schemas  []string // whose dictionary is read; none: all but Oracle's own
	Table    string   // OWNER.NAME to fetch from and to read AS OF; "" takes the largest by its statistics that may be read
	Rows     int      // at most so many are fetched for a rate; 0 is 100,000
	Progress func(group string, done, total int)
}

// checker collects answers.
type checker struct {
	ctx context.Context
	src *connect.Source
	se  *connect.Session
	opt Options
	r   *Report
}

// add times a question. The function gives what came, and a remark; an error of the database is an answer, one of the way ends the run.
func (c *checker) add(group, name, want string, ask func() (got, detail string, err error)) error {
	start := time.Now()
	got, detail, err := ask()
	k := Check{Group: group, Name: name, Status: OK, Want: want, Got: got, Detail: detail, Millis: time.Since(start).Milliseconds()}
	var (
		e    *connect.OracleError
		skip *skipped
	)
	switch {
	case err == nil:
		if got != want {
			k.Status = Differs
		}
	case c.ctx.Err() != nil:
		return c.ctx.Err()
	case errors.As(err, &skip):
		k.Status, k.Got, k.Detail = Skipped, "", skip.why
	case errors.As(err, &e):
		k.Status, k.Got, k.Detail = Failed, "", e.Text
		if errors.Is(err, connect.ErrNoRights) {
			k.Status = Denied
		}
	default:
		k.Status, k.Got, k.Detail = Failed, "", err.Error()
	}
	k.Want, k.Got = shortly(k.Want), shortly(k.Got)
	c.record(k)
	if c.se != nil && c.se.Broken() != nil {
		return c.reopen()
	}
	return nil
}

func (c *checker) record(k Check) {
	c.r.Checks = append(c.r.Checks, k)
	c.r.Counts[k.Status]++
}

// reopen logs in again after a session was lost by a question.
func (c *checker) reopen() error {
	err := c.se.Close()
	c.se = nil
	if err != nil {
		return err
	}
	c.se, err = c.src.Session(c.ctx)
	return err
}

// skipped is why something was not asked.
type skipped struct{ why string }

func (s *skipped) Error() string { return s.why }

// text is a single value as text; NULL is "NULL".
func (c *checker) text(sql string, args ...any) (string, error) {
	rows, err := c.se.QueryWith(c.ctx, connect.Query{FetchRows: 1}, sql, args...)
	if err != nil {
		return "", err
	}
	out := "no row"
	if rows.Next(c.ctx) {
		out = shown(rows.Values()[0])
	}
	return out, errors.Join(rows.Err(), rows.Close())
}

func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case []byte:
		return fmt.Sprintf("%X", v)
	case time.Time:
		return v.Format("2006-01-02 15:04:05.999999999 -07:00")
	case *connect.Fault:
		return v.Error()
	}
	return strings.TrimRight(fmt.Sprint(v), " ")
}
