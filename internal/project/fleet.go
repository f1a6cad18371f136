package project

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"landfall/internal/model"
	"landfall/internal/spelling"
)

// FleetEntry is one database of a list: where it is read from, and what its people know of it.
type FleetEntry struct {
	Line         int
	Name         string   // of its folder in the results
	Source       string   // files:DIR or bundle:FILE; a relative path counts from the folder of the list
	Applications []string // that use it: databases of one application move together
	After        []string // databases that have to move in an earlier wave
	Aliases      []string // what links elsewhere call it: service names, TNS aliases, SIDs
	Wave         int      // that it has to move in; 0: where it fits
	Schema       string   // of objects that its scripts name without one
	Charset      string   // of its scripts; "" is found out
}

var (
	fleetFields = []string{"name", "source", "applications", "after", "aliases", "wave", "schema", "charset"}
	folderName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
)

// ParseFleet reads a list of databases: CSV with a line of headings where the file's name ends in .csv, else YAML with a
// list under the key databases. Several words in one field of a CSV are separated by semicolons. The error joins all that
// is wrong.
func ParseFleet(file string, data []byte) ([]FleetEntry, error) {
	r := &reader{file: file, what: "read fleet"}
	var list []FleetEntry
	if strings.EqualFold(filepath.Ext(file), ".csv") {
		list = r.fleetCSV(string(data))
	} else if top := r.document(data); top != nil {
		r.mapping(top, "the fleet", map[string]field{"databases": func(n *yaml.Node) {
			n = target(n)
			if n.Kind != yaml.SequenceNode {
				r.fail(n, "write a list: a line beginning with - for each database", "databases must be a list")
				return
			}
			for _, item := range n.Content {
				list = append(list, r.fleetItem(item))
			}
		}})
	}
	r.checkFleet(list)
	if err := errors.Join(r.errs...); err != nil {
		return nil, err
	}
	return list, nil
}

func (r *reader) fleetItem(n *yaml.Node) FleetEntry {
	e := FleetEntry{Line: n.Line}
	words := func(what string, into *[]string) field {
		return func(n *yaml.Node) {
			if v := target(n); v.Kind == yaml.SequenceNode {
				for _, x := range v.Content {
					if s, ok := r.text(x, what); ok {
						*into = append(*into, s)
					}
				}
			} else if s, ok := r.text(v, what); ok {
				*into = splitWords(s)
			}
		}
	}
	text := func(what string, into *string) field {
		return func(n *yaml.Node) { *into, _ = r.text(n, what) }
	}
	r.mapping(n, "a database", map[string]field{
		"name": text("name", &e.Name), "source": text("source", &e.Source), "schema": text("schema", &e.Schema), "charset": text("charset", &e.Charset),
		"applications": words("applications", &e.Applications), "after": words("after", &e.After), "aliases": words("aliases", &e.Aliases), "wave": r.number("wave", &e.Wave, 1),
	})
	return e
}

// failAt notes an error in a CSV.
func (r *reader) failAt(line, col int, hint, format string, args ...any) {
	r.fail(&yaml.Node{Line: line, Column: col}, hint, format, args...)
}

func (r *reader) fleetCSV(text string) []FleetEntry {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		r.failAt(1, 1, "save it as CSV UTF-8", "the list is in UTF-16")
		return nil
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	in.FieldsPerRecord, in.TrimLeadingSpace, in.Comment = -1, true, '#'
	var (
		head []string
		list []FleetEntry
	)
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			var p *csv.ParseError
			if errors.As(err, &p) {
				r.failAt(p.Line, p.Column, "put quotes around a field that holds commas or quotes", "%w", p.Err)
			} else {
				r.failAt(1, 1, "", "%w", err)
			}
			return list
		}
		line, _ := in.FieldPos(0)
		if head == nil {
			for i, h := range row {
				h = strings.ToLower(strings.TrimSpace(h))
				if len(row) == 1 && strings.ContainsAny(h, ";\t") {
					r.failAt(line, 1, "part the fields by commas; semicolons part words in a field", "the fields are parted by something else than commas: %q", h)
					return nil
				}
				if _, col := in.FieldPos(i); !slices.Contains(fleetFields, h) {
					r.failAt(line, col, meant(h, fleetFields), "there is no column %q", h)
				}
				if slices.Contains(head, h) {
					r.failAt(line, 1, "", "column %q stands twice", h)
				}
				head = append(head, h)
			}
			if len(r.errs) > 0 {
				return nil
			}
			continue
		}
		if len(row) != len(head) {
			r.failAt(line, 1, "every line needs a field for each heading; an empty one is fine", "%d fields, the headings are %d", len(row), len(head))
			continue
		}
		e := FleetEntry{Line: line}
		for i, v := range row {
			_, col := in.FieldPos(i)
			r.fleetField(&e, head[i], strings.TrimSpace(v), line, col)
		}
		list = append(list, e)
	}
}

func (r *reader) fleetField(e *FleetEntry, name, v string, line, col int) {
	switch name {
	case "name":
		e.Name = v
	case "source":
		e.Source = v
	case "applications":
		e.Applications = splitWords(v)
	case "after":
		e.After = splitWords(v)
	case "aliases":
		e.Aliases = splitWords(v)
	case "schema":
		e.Schema = v
	case "charset":
		e.Charset = v
	case "wave":
		if v == "" {
			return
		}
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			r.failAt(line, col, "", "wave must be a whole number, at least 1, not %q", v)
		}
		e.Wave = n
	}
}

func splitWords(s string) []string {
	var list []string
	for _, w := range strings.Split(s, ";") {
		if w = strings.TrimSpace(w); w != "" {
			list = append(list, w)
		}
	}
	return list
}

// checkFleet looks at what single lines do not tell.
func (r *reader) checkFleet(list []FleetEntry) {
	if len(list) == 0 && len(r.errs) == 0 {
		r.failAt(1, 1, "a heading name,source and a line for each database", "the list names no database")
	}
	first := map[string]int{}
	var names []string
	for _, e := range list {
		names = append(names, e.Name)
	}
	for _, e := range list {
		kind, path, ok := strings.Cut(e.Source, ":")
		line, twice := first[strings.ToLower(e.Name)]
		switch {
		case e.Name == "":
			r.failAt(e.Line, 1, "name: what its folder is to be called", "a database needs a name")
		case !folderName.MatchString(e.Name):
			r.failAt(e.Line, 1, "letters, digits, - _ . are fine, the first being a letter or digit; it becomes the name of a folder", "name %q cannot be used", e.Name)
		case twice:
			r.failAt(e.Line, 1, "give each a name of its own", "name %q stands in line %d already", e.Name, line)
		case e.Source == "":
			r.failAt(e.Line, 1, "files:DIR or bundle:FILE", "%s needs a source", e.Name)
		case !ok || kind != "files" && kind != "bundle" || path == "":
			r.failAt(e.Line, 1, "files:DIR or bundle:FILE", "source of %s cannot be %q", e.Name, e.Source)
		}
		first[strings.ToLower(e.Name)] = e.Line
		for _, a := range e.After {
			if a == e.Name || !slices.Contains(names, a) {
				r.failAt(e.Line, 1, meantOf(a, names), "%s is to move after %q, which is no other database of the list", e.Name, a)
			}
		}
	}
}

// At gives an entry's place, for errors about it.
func (e FleetEntry) At(file string) model.Pos { return model.Pos{File: file, Line: e.Line, Col: 1} }

// Path is where the entry's source lies: relative paths count from the folder of the list.
func (e FleetEntry) Path(file string) (kind, path string, err error) {
	kind, path, ok := strings.Cut(e.Source, ":")
	if !ok {
		return "", "", fmt.Errorf("source %q", e.Source)
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(file), path)
	}
	return kind, path, nil
}

// meantOf is a hint at which database of a list may have been meant.
func meantOf(typed string, names []string) string {
	if near := spelling.Nearest(typed, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name another line of the list"
}
