package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/postgres/scratch"
)

// LoadError is one error of psql, with the statement it is about.
type LoadError struct {
	State, Msg string
	File       string
	Line       int
	Head       string // CREATE FUNCTION, ALTER TABLE ...
	Schema     string
	Name       string // in lower case
	Text       string // first lines of the statement, for constraints
}

// loadAll loads converted files into a fresh database in which every schema that they name exists, twice: the
// second pass forgives order and mutual references. It gives the errors, those of the second pass last.
func loadAll(ctx context.Context, server *scratch.Server, db string, files []string) ([]LoadError, error) {
	for _, f := range files {
		if err := prepare(filepath.Dir(f)); err != nil {
			return nil, err
		}
	}
	schemas := map[string]bool{}
	for range 2 { // a trial run tells which schemas are missing, the second time those behind the first
		found := len(schemas)
		errs, err := loadOnce(ctx, server, db, files, schemas, 1)
		if err != nil {
			return nil, err
		}
		for _, e := range errs {
			if m := missingSchema.FindStringSubmatch(e.Msg); e.State == "3F000" && m != nil && !strings.HasPrefix(m[1], "pg_") {
				schemas[m[1]] = true
			}
		}
		if len(schemas) == found {
			break
		}
	}
	return loadOnce(ctx, server, db, files, schemas, 2)
}

var (
	missingSchema = regexp.MustCompile(`^schema "([^"]+)" does not exist`)
	dropSchema    = regexp.MustCompile(`(?mi)^DROP SCHEMA[^\n]*$`)
	bodiesOff     = regexp.MustCompile(`(?i)check_function_bodies\s*(=|TO)\s*(false|off|'off'|'false')`)
	scriptPart    = regexp.MustCompile(`(?m)^\\ir? (schema/\d+_(script|data)/[^\n]*|deploy_data\.sql)$`)
	stopOnError   = regexp.MustCompile(`(?mi)^\\set ON_ERROR_STOP[^\n]*$`)
)

// prepare takes out of the files of a folder what would make two passes impossible or hide errors: DROP SCHEMA,
// stopping at the first error, unchecked bodies; and the rows, queries and blocks of scripts. Lines keep their numbers.
func prepare(dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil // nothing came out
	}
	return filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".sql") {
			if d != nil && d.IsDir() && name != dir && d.Name() == "in" {
				return filepath.SkipDir
			}
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		c := stopOnError.ReplaceAll(bodiesOff.ReplaceAll(dropSchema.ReplaceAll(b, nil), []byte("check_function_bodies = on")), nil)
		c = scriptPart.ReplaceAll(c, nil)
		if bytes.Equal(b, c) {
			return nil
		}
		return os.WriteFile(name, c, 0o644)
	})
}

func loadOnce(ctx context.Context, server *scratch.Server, db string, files []string, schemas map[string]bool, passes int) ([]LoadError, error) {
	if err := server.DropDatabase(ctx, db); err != nil {
		return nil, err
	}
	if _, err := server.CreateDatabase(ctx, db, false); err != nil {
		return nil, err
	}
	conn, err := server.Connect(ctx, db)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	names := []string{"public"} // without "$user": the superuser of scratch servers is called like our support schema
	for _, s := range sortedKeys(schemas) {
		q := `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		if _, err := conn.Exec(ctx, "create schema if not exists "+q); err != nil {
			return nil, err
		}
		names = append(names, q)
	}
	names = append(names, "oracle")
	for _, set := range []string{"search_path = " + strings.Join(names, ", "), "statement_timeout = '20s'", "check_function_bodies = on"} {
		if _, err := conn.Exec(ctx, `alter database "`+db+`" set `+set); err != nil {
			return nil, err
		}
	}
	var all []LoadError
	for pass := 1; pass <= passes; pass++ {
		for _, f := range files {
			base := filepath.Base(f)
			if base == "QUERY.sql" || pass == 2 && (base == "TABLE.sql" || base == "SEQUENCE.sql") {
				continue // queries make nothing, and those of a corpus may run for hours
			}
			if _, err := os.Stat(f); err != nil {
				continue // nothing came out
			}
			errs, err := psql(ctx, server.URL(db), f)
			if err != nil {
				return nil, err
			}
			all = append(all, errs...)
		}
	}
	return all, nil
}

var errorLine = regexp.MustCompile(`^psql:(.+?):(\d+): (?:ERROR|FATAL|error):\s+(?:([0-9A-Z]{5}): )?(.*)$`)

// psql runs one file and reads what it says.
func psql(ctx context.Context, url, file string) ([]LoadError, error) {
	cmd := exec.CommandContext(ctx, "psql", "-X", "-q", "-d", url, "-v", "ON_ERROR_STOP=0", "-v", "VERBOSITY=verbose", "-f", filepath.Base(file))
	cmd.Dir = filepath.Dir(file)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil && stderr.Len() == 0 {
		return nil, fmt.Errorf("psql %s: %w", file, err)
	}
	var errs []LoadError
	text := map[string][]string{}
	sc := bufio.NewScanner(bytes.NewReader(stderr.Bytes()))
	sc.Buffer(nil, 1<<26)
	for sc.Scan() {
		m := errorLine.FindStringSubmatch(sc.Text())
		if m == nil {
			continue
		}
		e := LoadError{File: filepath.Join(cmd.Dir, m[1]), State: m[3], Msg: m[4]}
		if filepath.IsAbs(m[1]) {
			e.File = m[1]
		}
		e.Line, _ = strconv.Atoi(m[2])
		lines, ok := text[e.File]
		if !ok {
			b, err := os.ReadFile(e.File)
			if err != nil {
				return nil, err
			}
			lines = strings.Split(string(b), "\n")
			text[e.File] = lines
		}
		e.locate(lines)
		errs = append(errs, e)
	}
	if err := os.WriteFile(file+".err", stderr.Bytes(), 0o644); err != nil {
		return nil, err
	}
	return errs, sc.Err()
}

var head = regexp.MustCompile(`(?i)^\s*(CREATE|ALTER|COMMENT ON|CALL|DO|SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|GRANT|DROP)\b\s*(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+|TEMP\s+|TEMPORARY\s+|UNLOGGED\s+|FOREIGN\s+|CONSTRAINT\s+)*` +
	`((?:UNIQUE\s+)?INDEX|FUNCTION|PROCEDURE|EVENT TRIGGER|TRIGGER|TABLE|COLUMN|MATERIALIZED\s+VIEW|VIEW|SEQUENCE|TYPE|DOMAIN|AGGREGATE|SCHEMA|CAST)?\s*(?:CONCURRENTLY\s+)?(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?((?:"[^"]+"|[\w$#]+)(?:\s*\.\s*(?:"[^"]+"|[\w$#]+))*)?`)

// locate finds the statement that ends at e.Line: the nearest line above that begins one at its left margin.
func (e *LoadError) locate(lines []string) {
	for i := min(e.Line, len(lines)) - 1; i >= 0 && i > e.Line-20000; i-- {
		l := lines[i]
		if l == "" || l[0] == ' ' || l[0] == '\t' {
			continue
		}
		m := head.FindStringSubmatch(l)
		if m == nil || m[2] == "" && !slices.Contains([]string{"SELECT", "CALL", "DO", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH"}, strings.ToUpper(m[1])) {
			continue
		}
		if m[2] == "" && i < e.Line-1 { // a query above, which the failing statement may not belong to
			continue
		}
		e.Head = strings.ToUpper(strings.Join(strings.Fields(m[1]+" "+m[2]), " "))
		parts := strings.Split(strings.ToLower(strings.ReplaceAll(m[3], `"`, "")), ".")
		for k := range parts {
			parts[k] = strings.TrimSpace(parts[k])
		}
		e.Name = parts[len(parts)-1]
		if len(parts) > 1 {
			e.Schema = parts[len(parts)-2]
		}
		e.Text = strings.ToLower(strings.Join(lines[i:min(len(lines), e.Line, i+12)], " "))
		return
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
