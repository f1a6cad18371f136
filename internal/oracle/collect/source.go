// Package collect makes bundles: it asks a Source for every extract of the registry and puts what it gives, and the
// reason for what it does not give, into a bundle.Content.
//
// Sources are Files (the catalog that a folder of scripts makes), Spool (what the SQL*Plus scripts of package sqlplus have
// spooled) and Oracle (a live database); whatever the source, the same database gives an equal bundle but for what the
// source cannot know.
//
// Input -> output: a Source in, a bundle.Content out, for bundle.Write. A Source is used by one goroutine.
package collect

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"landfall/internal/oracle/bundle"
)

// Source gives the rows of extracts. It is the seam for everything that bundles can be made of.
type Source interface {
	// Manifest says what database it is and when it was looked at.
	Manifest(ctx context.Context) (bundle.Manifest, error)
	// Rows gives the rows of an extract, with a field a column of the registry. *Absent says that the source does not
	// have it and why; any other error ends the collection.
	Rows(ctx context.Context, e *bundle.Extract) (Rows, error)
}

// Rows are the rows of one extract, and what is known about them as a whole.
type Rows struct {
	Rows       [][]string
	Level      string // dba, all, ""
	Incomplete string // what is known to lack; "" for nothing
	Damaged    int    // characters that the database could not read
}

// Absent is why a source does not give an extract.
type Absent struct {
	Reason bundle.Reason
	Detail string
	cause  error // of a live database
}

func (a *Absent) Error() string {
	if a.Detail == "" {
		return string(a.Reason)
	}
	return string(a.Reason) + ": " + a.Detail
}

// Options say what of a source goes into the bundle.
type Options struct {
	Schemas []string // folded names; none: all
	Tool    string   // name and version of the program
	// Progress is told how far it is in extracts; nil says nothing.
	Progress func(done, total int, extract string)
}

// Run collects everything a source has.
func Run(ctx context.Context, s Source, opt Options) (*bundle.Content, error) {
	m, err := s.Manifest(ctx)
	if err != nil {
		return nil, err
	}
	m.Tool = opt.Tool
	if len(opt.Schemas) > 0 {
		m.Schemas = slices.Clone(opt.Schemas)
		slices.Sort(m.Schemas)
	}
	c := &bundle.Content{Manifest: m, Levels: map[string]string{}, Incomplete: map[string]string{}, Damaged: map[string]int{}}
	all := bundle.Registry()
	for i := range all {
		e := &all[i]
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if opt.Progress != nil {
			opt.Progress(i, len(all), e.Name)
		}
		got, err := s.Rows(ctx, e)
		var absent *Absent
		switch {
		case errors.As(err, &absent):
			c.Manifest.NotCollected = append(c.Manifest.NotCollected, bundle.NotCollected{Name: e.Name, Reason: absent.Reason, Detail: absent.Detail})
			continue
		case err != nil:
			return nil, err
		}
		c.Tables = append(c.Tables, &bundle.Table{Extract: e, Rows: got.Rows})
		c.Levels[e.Name], c.Incomplete[e.Name] = got.Level, got.Incomplete
		if got.Damaged > 0 {
			c.Damaged[e.Name] = got.Damaged
		}
	}
	if opt.Progress != nil {
		opt.Progress(len(all), len(all), "")
	}
	return c, nil
}

func sortedKeys(m map[string]bool) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// identify says in a manifest which database its extracts are of. rows gives those of an extract, none where it is absent.
func identify(m *bundle.Manifest, rows func(extract string) [][]string) {
	get := func(extract, column string) string {
		list := rows(extract)
		if len(list) == 0 {
			return ""
		}
		_, at := bundle.Find(extract).Column(column)
		return list[0][at]
	}
	d := &m.Database
	d.Name, d.UniqueName = cmp.Or(get("database", "name"), get("session", "db_name")), cmp.Or(get("database", "db_unique_name"), get("session", "db_unique_name"))
	d.DBID, d.Platform, d.StartedAt, d.DatabaseRole = get("database", "dbid"), get("database", "platform_name"), get("database", "startup_time"), get("database", "database_role")
	d.Version = cmp.Or(get("database", "version_full"), get("database", "version"), get("session", "version"))
	d.Host, d.Container, d.SessionUser = cmp.Or(get("database", "host_name"), get("session", "server_host")), get("session", "container"), get("session", "session_user")
	d.Banner = get("versions", "banner")
	m.CollectedAt = get("session", "collected_at")
	for _, r := range rows("nls") {
		switch r[0] {
		case "NLS_CHARACTERSET":
			d.Charset = r[1]
		case "NLS_NCHAR_CHARACTERSET":
			d.NCharset = r[1]
		}
	}
}
