// Package support holds the schema "landfall": the SQL and PL/pgSQL functions that converted code calls where
// neither PostgreSQL (14 or newer) nor orafce does what Oracle does.
//
// Input -> output: names of functions in, a self-contained SQL script of those and of all they need out, in an
// order in which it loads into a bare database. What a function needs is read from its text. It connects to
// nothing and knows nothing of the code that is converted. Everything here is computed once from embedded text
// and may be called by any number of goroutines.
package support

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Version is what landfall.version() returns. It changes with every change of a function's result or signature.
const Version = "1.0"

//go:embed sql/*.sql
var sqlFiles embed.FS

// unit is one function with all its overloads that stand together in one file, or one file's part of them.
type unit struct {
	Area       string   // name of the file, without .sql
	Name       string   // without the schema
	Kind       string   // function, procedure, aggregate, type
	Title      string   // how it is called, from the header
	For        string   // what of Oracle it stands for, with the place in the manuals
	Notes      []string // where it differs, and what else to know
	Needs      []string // extensions
	Signatures []string // argument types of each overload: "text, numeric"
	Text       string   // header and statements
	Uses       []string // names of other functions of the schema that the statements mention

	overloads []Signature
}

// checked is true when PostgreSQL looks at what a unit calls as soon as it is made.
func (u *unit) checked() bool {
	return strings.Contains(u.Text, "LANGUAGE sql") || u.Kind == "aggregate"
}

func (u *unit) internal() bool { return strings.HasPrefix(u.Name, "_") }

// areas says in which order the files are documented; files that are not named follow by name.
var areas = []string{
	"schema", "exception_codes", "exception", "number", "number_format", "datetime", "datetime_format", "datetime_parse", "interval",
	"conversion_error", "text", "bytes", "regexp", "json", "aggregate", "collection", "assoc", "state", "transaction",
}

var schemaSQL = `CREATE SCHEMA IF NOT EXISTS landfall;
COMMENT ON SCHEMA landfall IS 'Oracle behaviour that PostgreSQL lacks; made by landfall, version ` + Version + `. Converted code calls its functions; the ledgers of loads lie here too (load_*).';
`

// Remove takes everything out of the schema that support has put there, with what uses it, and nothing else: the ledgers of loads lie in the
// same schema, under names that begin with load_ and river_.
const Remove = `DO $$
DECLARE
    x oid;
BEGIN
    FOREACH x IN ARRAY ARRAY(SELECT oid FROM pg_proc WHERE pronamespace = 'landfall'::regnamespace AND proname !~ '^(load|river)_') LOOP
        IF EXISTS (SELECT FROM pg_proc WHERE oid = x) THEN -- another one has not taken it along
            EXECUTE 'DROP ROUTINE ' || x::regprocedure || ' CASCADE';
        END IF;
    END LOOP;
    FOREACH x IN ARRAY ARRAY(SELECT t.oid FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
            WHERE t.typnamespace = 'landfall'::regnamespace AND t.typname !~ '^(load|river)_' AND (t.typtype IN ('d', 'e') OR c.relkind = 'c')) LOOP
        IF EXISTS (SELECT FROM pg_type WHERE oid = x) THEN
            EXECUTE 'DROP TYPE ' || x::regtype || ' CASCADE';
        END IF;
    END LOOP;
END $$;`

// loaded reads the files once.
var loaded = sync.OnceValues(func() ([]*unit, error) {
	var all []*unit
	names, err := fs.Glob(sqlFiles, "sql/*.sql")
	if err != nil {
		return nil, err
	}
	texts := map[string]string{"exception_codes": codesSQL()}
	for _, name := range names {
		text, err := sqlFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		area := strings.TrimSuffix(strings.TrimPrefix(name, "sql/"), ".sql")
		texts[area] = strings.ReplaceAll(string(text), "@VERSION@", Version)
	}
	order := slices.Clone(areas)
	for area := range texts {
		if !slices.Contains(order, area) {
			order = append(order, area)
		}
	}
	slices.Sort(order[len(areas):])
	for _, area := range order {
		if text, ok := texts[area]; ok {
			units, err := split(area, text)
			if err != nil {
				return nil, err
			}
			all = append(all, units...)
		}
	}
	known, types := map[string]bool{}, map[string]bool{}
	first := map[string]*unit{}
	for _, u := range all {
		known[u.Name] = true
		if u.Kind == "type" {
			types[u.Name] = true
		}
		for _, signature := range u.Signatures {
			// CREATE OR REPLACE would let the later one win in silence
			key := u.Name + signature
			if before := first[key]; before != nil && before.Kind == u.Kind {
				return nil, fmt.Errorf("sql/%s.sql: %s is defined in sql/%s.sql already", u.Area, key, before.Area)
			}
			first[key] = u
		}
	}
	for _, u := range all {
		for _, m := range mentions(withoutComments(u.Text)) {
			if m.name == u.Name || slices.Contains(u.Uses, m.name) || !m.call && !types[m.name] {
				continue
			}
			if !known[m.name] {
				return nil, fmt.Errorf("sql/%s.sql: %s uses landfall.%s, which is nowhere", u.Area, u.Name, m.name)
			}
			u.Uses = append(u.Uses, m.name)
		}
		slices.Sort(u.Uses)
	}
	return all, nil
})

var typeDefinition = regexp.MustCompile(`(?m)^CREATE (?:TYPE|DOMAIN) landfall\.([a-z_][a-z0-9_]*) AS`)

// split cuts a file into its functions. A function begins with a header: a block of comment lines behind an
// empty line, whose second line begins with "-- for:". Other comment blocks at the margin are heads of files.
func split(area, text string) ([]*unit, error) {
	var units []*unit
	lines := strings.SplitAfter(text, "\n")
	at, from := 0, -1 // of the line, of the function at hand
	for i, line := range lines {
		if strings.HasPrefix(line, "-- ") && (i == 0 || strings.TrimSpace(lines[i-1]) == "") &&
			i+1 < len(lines) && strings.HasPrefix(lines[i+1], "-- for:") {
			if from >= 0 {
				units[len(units)-1].Text = text[from:at]
			}
			units = append(units, &unit{Area: area})
			from = at
		}
		at += len(line)
	}
	if from >= 0 {
		units[len(units)-1].Text = text[from:]
	}
	for _, u := range units {
		u.Text = strings.TrimRight(u.Text, "\n") + "\n"
		if err := u.read(); err != nil {
			return nil, fmt.Errorf("sql/%s.sql: %w", area, err)
		}
	}
	return units, nil
}

func (u *unit) read() error {
	item := &u.Title
	for line := range strings.Lines(u.Text) {
		line = strings.TrimSpace(line)
		rest, ok := strings.CutPrefix(line, "-- ")
		if !ok {
			break
		}
		key, value, found := strings.Cut(rest, ": ")
		switch {
		case u.Title == "":
			u.Title = rest
			continue
		case found && key == "for":
			item, rest = &u.For, value
		case found && key == "note":
			u.Notes = append(u.Notes, "")
			item, rest = &u.Notes[len(u.Notes)-1], value
		case found && key == "needs":
			u.Needs = append(u.Needs, strings.Split(value, ", ")...)
			continue
		}
		if *item != "" {
			*item += " "
		}
		*item += rest
	}
	for _, h := range heads(u.Text) {
		if u.Name != "" && u.Name != h.name {
			return fmt.Errorf("%s and %s stand under one header", u.Name, h.name)
		}
		u.Name = h.name
		if u.Kind == "" {
			u.Kind = strings.ToLower(h.kind)
		}
		u.Signatures = append(u.Signatures, argumentTypes(u.Text[h.behind:]))
		u.overloads = append(u.overloads, readSignature(h.kind, u.Text[h.behind:]))
	}
	if u.Name == "" {
		if m := typeDefinition.FindStringSubmatch(u.Text); m != nil {
			u.Name, u.Kind = m[1], "type"
		}
	}
	if u.Name == "" {
		return fmt.Errorf("nothing is created below the header %q", u.Title)
	}
	return nil
}

// units is the schema. The embedded files are fixed when the program is built and read by every test, so that a
// mistake in them cannot come up first in use.
func units() []*unit {
	all, err := loaded()
	if err != nil {
		panic("support schema: " + err.Error())
	}
	return all
}

// byName are the units of each name, in the order of the schema.
var byName = sync.OnceValue(func() map[string][]*unit {
	names := map[string][]*unit{}
	for _, u := range units() {
		names[u.Name] = append(names[u.Name], u)
	}
	return names
})

// All is the whole schema as one script.
func All() string {
	return render(units())
}

// render puts what a function in SQL calls ahead of it: its text is checked when it is made. PL/pgSQL is read when it runs,
// so that circles can go through it. Types come ahead of all that takes them. Otherwise the order is that of the list.
func render(list []*unit) string {
	var b strings.Builder
	b.WriteString(schemaSQL)
	written := map[*unit]bool{}
	var write func(u *unit)
	write = func(u *unit) {
		if written[u] {
			return
		}
		written[u] = true
		for _, name := range u.Uses {
			for _, v := range named(name) {
				if slices.Contains(list, v) && (u.checked() || v.Kind == "type") {
					write(v)
				}
			}
		}
		b.WriteString("\n")
		b.WriteString(u.Text)
	}
	for _, u := range list {
		write(u)
	}
	return b.String()
}

// Names are the functions, procedures and aggregates that converted code may call, sorted, without the schema.
func Names() []string {
	var names []string
	for _, u := range units() {
		if !u.internal() && u.Kind != "type" && !slices.Contains(names, u.Name) {
			names = append(names, u.Name)
		}
	}
	slices.Sort(names)
	return names
}

// named finds the units of "instr", "landfall.instr" or, with argument types as PostgreSQL names them,
// "to_char(numeric)". The list is not the caller's.
func named(name string) []*unit {
	name = strings.TrimPrefix(name, "landfall.")
	base, args, exact := strings.Cut(name, "(")
	args = strings.TrimSuffix(args, ")")
	list := byName()[base]
	if !exact {
		return list
	}
	var found []*unit
	for _, u := range list {
		if slices.Contains(u.Signatures, args) {
			found = append(found, u)
		}
	}
	return found
}

// Script is the part of the schema that code needs which calls the functions named: those, what they call, the
// schema and version(). The order of names has no influence. A name may be limited to one overload:
// "to_char(numeric)". A name that is not there is an error.
func Script(used []string) (string, error) {
	want := map[*unit]bool{}
	var add func(u *unit)
	add = func(u *unit) {
		if want[u] {
			return
		}
		want[u] = true
		for _, name := range u.Uses {
			for _, v := range named(name) {
				add(v)
			}
		}
	}
	var unknown []string
	for _, name := range append([]string{"version"}, used...) {
		found := named(name)
		if len(found) == 0 {
			unknown = append(unknown, name)
		}
		for _, u := range found {
			add(u)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return "", fmt.Errorf("not in the support schema: %s", strings.Join(slices.Compact(unknown), ", "))
	}
	var list []*unit
	for _, u := range units() {
		if want[u] {
			list = append(list, u)
		}
	}
	return render(list), nil
}

// Doc is the header of a function: what it stands for and where it differs. ok is false for unknown names.
func Doc(name string) (doc string, ok bool) {
	var parts []string
	for _, u := range named(name) {
		parts = append(parts, strings.Join(append([]string{u.Title, "for: " + u.For}, u.Notes...), "\n"))
	}
	return strings.Join(parts, "\n\n"), len(parts) > 0
}

// Needs are the extensions that a function calls, by itself or through others, sorted. The schema loads without them.
func Needs(name string) []string {
	var needs []string
	seen := map[*unit]bool{}
	var visit func(u *unit)
	visit = func(u *unit) {
		if seen[u] {
			return
		}
		seen[u] = true
		for _, n := range u.Needs {
			if !slices.Contains(needs, n) {
				needs = append(needs, n)
			}
		}
		for _, name := range u.Uses {
			for _, v := range named(name) {
				visit(v)
			}
		}
	}
	for _, u := range named(name) {
		visit(u)
	}
	slices.Sort(needs)
	return needs
}
