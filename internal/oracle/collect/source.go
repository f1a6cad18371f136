// Package collect makes bundles: it asks a Source for every extract of the registry and puts what it gives, and the
// reason for what it does not give, into a bundle.Content.
//
// Sources are Files (the catalog that a folder of scripts makes) and Spool (what the SQL*Plus scripts of package sqlplus
// have spooled). A live connection is a third one, which its own package will bring; whatever the source, the same
// database gives an equal bundle but for what the source cannot know.
//
// Input -> output: a Source in, a bundle.Content out, for bundle.Write. A Source is used by one goroutine.
package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
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

// Live is the place of the source that a connection will be. Until it is there, asking for it is an error.
func Live(url string) (Source, error) {
	return nil, &model.Error{
		Code: bundle.CodeLive, Op: "collect", Err: fmt.Errorf("cannot collect from %s: a live connection is not there yet", hideUser(url)),
		Hint: "landfall collect script writes scripts that SQL*Plus runs; landfall collect --source spool:DIR makes the bundle of what they spool",
	}
}

// hideUser takes everything before the host out of an address: a password may stand there.
func hideUser(url string) string {
	scheme, rest, _ := strings.Cut(url, ":")
	rest = strings.TrimPrefix(rest, "//")
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	return scheme + "://" + rest
}
