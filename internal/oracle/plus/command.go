package plus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// settings are the SET commands that are understood: those that change something here, and those whose value is how this package
// works anyway.
var settings = map[string][]string{
	"DEFINE": {"'&'"}, "CONCAT": {"'.'"}, "ESCAPE": {"OFF"}, "ECHO": {"OFF"}, "VERIFY": {"OFF"}, "FEEDBACK": {"OFF"}, "HEADING": {"OFF"}, "PAGESIZE": {"0"}, "NEWPAGE": {"NONE"}, "LINESIZE": {"32767"},
	"TRIMSPOOL": {"ON"}, "TRIMOUT": {"ON"}, "TAB": {"OFF"}, "WRAP": {"ON"}, "RECSEP": {"OFF"}, "COLSEP": {"' '"}, "NULL": {"''"}, "LONG": nil, "LONGCHUNKSIZE": nil, "ARRAYSIZE": nil, "TIMING": {"OFF"},
	"AUTOTRACE": {"OFF"}, "SERVEROUTPUT": nil, "SQLBLANKLINES": {"ON"}, "SQLCASE": {"MIXED"}, "SUFFIX": {"SQL"}, "APPINFO": {"OFF"}, "TERMOUT": {"ON", "OFF"},
}

func (r *Runner) command(ctx context.Context, line string) error {
	word := strings.ToUpper(firstWord(line))
	rest := strings.TrimSpace(line[min(len(line), len(firstWord(line))):])
	rest = strings.TrimSpace(strings.TrimPrefix(rest, ";"))
	switch word {
	case "@":
		f := strings.Fields(strings.TrimLeft(strings.TrimSpace(line), "@"))
		if len(f) == 0 {
			return errors.New("@ names no script")
		}
		if filepath.Ext(f[0]) == "" {
			f[0] += ".sql"
		}
		return r.file(ctx, f[0], f[1:])
	case "PROMPT":
		return r.print(rest)
	case "SET":
		return r.set(rest)
	case "SPOOL":
		return r.spoolTo(rest)
	case "DEFINE":
		name, value, ok := strings.Cut(rest, "=")
		if !ok {
			return fmt.Errorf("DEFINE %s", rest)
		}
		r.defines[strings.ToLower(strings.TrimSpace(name))] = unquote(strings.TrimSpace(value))
		return nil
	case "COLUMN":
		return r.column(rest)
	case "VARIABLE":
		f := strings.Fields(rest)
		if len(f) != 2 || !strings.HasPrefix(strings.ToUpper(f[1]), "VARCHAR2(") && !strings.EqualFold(f[1], "NUMBER") {
			return fmt.Errorf("VARIABLE %s", rest)
		}
		r.binds[strings.ToLower(f[0])] = nil
		return nil
	case "EXECUTE":
		return r.sql(ctx, "BEGIN", "BEGIN "+strings.TrimSuffix(rest, ";")+"; END;")
	case "ACCEPT":
		return r.accept(rest)
	case "WHENEVER":
		if f := strings.Fields(strings.ToUpper(rest)); len(f) != 2 || f[1] != "CONTINUE" {
			return fmt.Errorf("WHENEVER %s", rest)
		}
		return nil
	case "EXIT", "QUIT":
		r.ended = true
		return nil
	}
	return fmt.Errorf("%s is not known here", word)
}

func (r *Runner) set(rest string) error {
	name, value, _ := strings.Cut(rest, " ")
	name, value = strings.ToUpper(name), strings.ToUpper(strings.TrimSpace(value))
	allowed, known := settings[name]
	if !known || allowed != nil && !slices.Contains(allowed, value) {
		return fmt.Errorf("SET %s is not known here", rest)
	}
	switch name {
	case "TERMOUT":
		r.silent = value == "OFF"
	case "SERVEROUTPUT":
		r.output = strings.HasPrefix(value, "ON")
	}
	return nil
}

func (r *Runner) spoolTo(rest string) error {
	if err := r.endSpool(); err != nil {
		return err
	}
	if strings.EqualFold(rest, "OFF") {
		return nil
	}
	f := strings.Fields(rest)
	if len(f) != 2 || !strings.EqualFold(f[1], "REPLACE") {
		return fmt.Errorf("SPOOL %s", rest)
	}
	name, err := r.path(f[0])
	if err != nil {
		return err
	}
	if r.spool, err = os.Create(name); err != nil {
		return err
	}
	r.buffer = bufio.NewWriter(r.spool)
	return nil
}

// column takes NEW_VALUE, NOPRINT and FORMAT An.
func (r *Runner) column(rest string) error {
	f := strings.Fields(rest)
	if len(f) < 2 {
		return fmt.Errorf("COLUMN %s", rest)
	}
	c := r.columns[strings.ToLower(f[0])]
	for i := 1; i < len(f); i++ {
		switch strings.ToUpper(f[i]) {
		case "NEW_VALUE":
			if i++; i == len(f) {
				return fmt.Errorf("COLUMN %s", rest)
			}
			c.newValue = strings.ToLower(f[i])
		case "NOPRINT":
			c.noPrint = true
		case "FORMAT":
			if i++; i == len(f) {
				return fmt.Errorf("COLUMN %s", rest)
			}
			if _, err := fmt.Sscanf(strings.ToUpper(f[i]), "A%d", &c.width); err != nil || c.width < 1 {
				return fmt.Errorf("COLUMN ... FORMAT %s is not known here", f[i])
			}
		default:
			return fmt.Errorf("COLUMN ... %s is not known here", f[i])
		}
	}
	r.columns[strings.ToLower(f[0])] = c
	return nil
}

// accept is ACCEPT name CHAR DEFAULT 'x' PROMPT 'text'.
func (r *Runner) accept(rest string) error {
	name, rest, _ := strings.Cut(rest, " ")
	word := func(key string) string {
		_, after, ok := strings.Cut(rest, key+" '")
		if !ok {
			return ""
		}
		value, _, _ := strings.Cut(after, "'")
		return value
	}
	value := word("DEFAULT")
	if r.Accept != nil {
		value = r.Accept(name, word("PROMPT"), value)
	}
	r.defines[strings.ToLower(name)] = value
	return nil
}

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '\'' || s[0] == '"') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// sql runs a statement and prints what comes of it.
func (r *Runner) sql(ctx context.Context, word, sql string) error {
	binds := map[string]*string{}
	for name := range r.binds {
		if uses(sql, name) {
			binds[name] = r.binds[name]
		}
	}
	var err error
	if word == "SELECT" || word == "WITH" {
		err = r.DB.Query(ctx, sql, binds, r.row)
	} else if err = r.DB.Execute(ctx, sql, binds); err == nil {
		for name, v := range binds {
			r.binds[name] = v
		}
	}
	var said *DatabaseError
	if errors.As(err, &said) {
		err = r.print("ERROR at line 1:")
		for _, line := range strings.Split(said.Text, "\n") {
			err = errors.Join(err, r.print(line))
		}
	}
	if err != nil || !r.output {
		return err
	}
	lines, err := r.DB.Output(ctx)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if err := r.print(line); err != nil {
			return err
		}
	}
	return nil
}

// uses reports a bind in a statement.
func uses(sql, name string) bool {
	sql = strings.ToLower(sql)
	for {
		_, after, ok := strings.Cut(sql, ":"+name)
		if !ok {
			return false
		}
		if after == "" || !isName(after[0]) {
			return true
		}
		sql = after
	}
}

// row takes a row: values of columns go into variables, and one that is printed is a line.
func (r *Runner) row(columns []string, row []*string) error {
	printed := false
	for i, name := range columns {
		c := r.columns[strings.ToLower(name)]
		value := ""
		if row[i] != nil {
			value = *row[i]
		}
		if c.newValue != "" {
			r.defines[c.newValue] = value
		}
		if c.noPrint {
			continue
		}
		if printed {
			return errors.New("a query prints several columns, which is not known here")
		}
		printed = true
		if c.width > 0 && utf8.RuneCountInString(value) > c.width {
			return fmt.Errorf("a value of %s is wider than %d characters: it would be wrapped, which is not known here", name, c.width)
		}
		if err := r.print(value); err != nil {
			return err
		}
	}
	return nil
}
