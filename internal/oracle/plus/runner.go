package plus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Database executes. Binds are text; nil is NULL.
type Database interface {
	// Query gives the rows of a query as text, one after the other.
	Query(ctx context.Context, sql string, binds map[string]*string, each func(columns []string, row []*string) error) error
	// Execute runs anything else. A block may change the binds.
	Execute(ctx context.Context, sql string, binds map[string]*string) error
	// Output gives what DBMS_OUTPUT holds, and empties it.
	Output(ctx context.Context) ([]string, error)
}

// DatabaseError is an error of the database, which is printed; any other error of a Database ends the run.
type DatabaseError struct{ Text string } // ORA-00942: table or view does not exist

func (e *DatabaseError) Error() string { return e.Text }

// Runner runs scripts.
type Runner struct {
	DB     Database
	Dir    string // of scripts and spools; names in scripts are below it
	Out    io.Writer
	Accept func(variable, prompt, otherwise string) string // nil takes the default

	defines map[string]string
	columns map[string]column
	binds   map[string]*string
	output  bool // SERVEROUTPUT
	silent  bool // TERMOUT OFF
	spool   *os.File
	buffer  *bufio.Writer
	depth   int
	ended   bool
}

type column struct {
	newValue string
	noPrint  bool
	width    int // of FORMAT; 0 is any
}

// maxDepth is how deep scripts may run each other (SQL*Plus: 20).
const maxDepth = 20

// Run runs a script to its end or EXIT. The spool file is closed whatever happens.
func (r *Runner) Run(ctx context.Context, script string, args ...string) (err error) {
	r.defines, r.columns, r.binds, r.ended = map[string]string{}, map[string]column{}, map[string]*string{}, false
	defer func() { err = errors.Join(err, r.endSpool()) }()
	return r.file(ctx, script, args)
}

// at is the place of an error.
func at(script string, line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", script, line, fmt.Errorf(format, args...))
}

func (r *Runner) file(ctx context.Context, script string, args []string) error {
	if r.depth++; r.depth > maxDepth {
		return fmt.Errorf("%s: scripts run each other deeper than %d", script, maxDepth)
	}
	defer func() { r.depth-- }()
	name, err := r.path(script)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for i, a := range args { // they stay for the scripts that follow, as in SQL*Plus
		r.defines[fmt.Sprint(i+1)] = a
	}
	lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	for i := 0; i < len(lines) && !r.ended; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		start := i
		line := strings.TrimRight(lines[i], " \t")
		word := strings.ToUpper(firstWord(line))
		switch {
		case line == "", strings.HasPrefix(line, "--"), word == "REM":
			continue
		case startsSQL[word]:
			var sql string
			if sql, i, err = r.statement(lines, i, word == "DECLARE" || word == "BEGIN"); err != nil {
				return at(script, start+1, "%w", err)
			}
			err = r.sql(ctx, word, sql)
		default:
			if !strings.EqualFold(line, "SET DEFINE '&'") {
				line, err = r.substitute(line)
			}
			if err == nil {
				err = r.command(ctx, line)
			}
		}
		if err != nil {
			return at(script, start+1, "%w", err)
		}
	}
	return nil
}

// path keeps names below the folder.
func (r *Runner) path(name string) (string, error) {
	clean := filepath.Clean(filepath.FromSlash(name))
	if !filepath.IsLocal(clean) {
		return "", fmt.Errorf("%s is not below the folder", name)
	}
	return filepath.Join(r.Dir, clean), nil
}

var startsSQL = map[string]bool{
	"SELECT": true, "WITH": true, "ALTER": true, "DECLARE": true, "BEGIN": true, "INSERT": true, "UPDATE": true, "DELETE": true, "MERGE": true, "CREATE": true, "DROP": true, "GRANT": true, "COMMIT": true, "ROLLBACK": true,
}

func firstWord(line string) string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "@") {
		return "@"
	}
	word, _, _ := strings.Cut(line, " ")
	return strings.TrimSuffix(word, ";")
}

// statement takes lines up to the semicolon at the end of one, or, of a block, up to a slash; with SQLBLANKLINES a blank line ends nothing.
func (r *Runner) statement(lines []string, from int, block bool) (string, int, error) {
	var b strings.Builder
	for i := from; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t")
		if line == "/" {
			return b.String(), i, nil
		}
		line, err := r.substitute(line)
		if err != nil {
			return "", i, err
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if rest, ok := strings.CutSuffix(line, ";"); ok && !block {
			b.WriteString(rest)
			return b.String(), i, nil
		}
		b.WriteString(line)
	}
	return "", len(lines), errors.New("the statement has no end")
}

// substitute puts values for &name; a dot behind the name ends it, and goes.
func (r *Runner) substitute(line string) (string, error) {
	if !strings.Contains(line, "&") {
		return line, nil
	}
	var b strings.Builder
	for i := 0; i < len(line); {
		if line[i] != '&' {
			b.WriteByte(line[i])
			i++
			continue
		}
		end := i + 1
		for end < len(line) && isName(line[end]) {
			end++
		}
		name := strings.ToLower(line[i+1 : end])
		value, ok := r.defines[name]
		if !ok {
			return "", fmt.Errorf("the variable %q is not defined", name)
		}
		b.WriteString(value)
		if i = end; i < len(line) && line[i] == '.' {
			i++
		}
	}
	return b.String(), nil
}

func isName(c byte) bool {
	return c == '_' || c == '$' || c == '#' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// print writes a line to the terminal, unless it is silent, and into the spool.
func (r *Runner) print(line string) error {
	line = strings.TrimRight(line, " ")
	if r.buffer != nil {
		if _, err := r.buffer.WriteString(line + "\n"); err != nil {
			return err
		}
	}
	if r.silent || r.Out == nil {
		return nil
	}
	_, err := io.WriteString(r.Out, line+"\n")
	return err
}

func (r *Runner) endSpool() error {
	if r.spool == nil {
		return nil
	}
	err := errors.Join(r.buffer.Flush(), r.spool.Close())
	r.spool, r.buffer = nil, nil
	return err
}
