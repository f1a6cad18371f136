package livecheck

import (
	"errors"
	"fmt"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/bundle/sqlplus"
	"landfall/internal/oracle/connect"
)

// dictionary begins every statement that a collection would run in this version, with the views that may be read, and takes a few
// rows. Statements of packs that must be paid for are not run.
func (c *checker) dictionary() error {
	version := c.r.Facts.VersionNumber()
	all := bundle.Registry()
	for i := range all {
		e := &all[i]
		if e.Only == bundle.FromFiles {
			continue
		}
		if e.Pack != bundle.NoPack {
			c.record(Check{Group: "dictionary", Name: e.Name, Status: Skipped, Detail: string(e.Pack) + " is read only when it is asked for"})
			continue
		}
		queries := sqlplus.Queries(e, sqlplus.Options{Schemas: c.opt.Schemas}, version)
		if len(queries) == 0 {
			c.record(Check{Group: "dictionary", Name: e.Name, Status: Skipped, Detail: "not in " + c.r.Facts.Version})
			continue
		}
		err := c.add("dictionary", e.Name, "answered", func() (string, string, error) {
			var denied error
			for _, q := range queries {
				n, err := c.few(q.SQL)
				if err == nil {
					return "answered", fmt.Sprintf("%s views, %d rows looked at", q.Level, n), nil
				}
				if !errors.Is(err, connect.ErrNoRights) {
					return "", "", err
				}
				denied = err
			}
			return "", "", denied
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// few reads a few rows.
func (c *checker) few(sql string) (n int, err error) {
	rows, err := c.se.QueryWith(c.ctx, connect.Query{FetchRows: 5, AllText: connect.HexText}, sql)
	if err != nil {
		return 0, err
	}
	for n < 5 && rows.Next(c.ctx) {
		n++
	}
	return n, errors.Join(rows.Err(), rows.Close())
}
