package ast

import (
	"bytes"
	"strings"

	"landfall/internal/oracle/syntax/token"
)

// CommandText is a SQL*Plus command as one line: continuation hyphens and a ';' at its end are gone.
func (f *File) CommandText(c *PlusCommand) string {
	b := []byte(f.Source(c))
	if bytes.IndexByte(b, '\n') >= 0 && c.Verb != token.DOCUMENT {
		lines := bytes.Split(b, []byte("\n"))
		for i, l := range lines[:len(lines)-1] {
			l = bytes.TrimRight(l, " \t\r")
			lines[i] = bytes.TrimSuffix(l, []byte("-"))
		}
		b = bytes.Join(lines, []byte(" "))
	}
	s := strings.TrimSpace(string(b))
	if c.Verb != token.REMARK && c.Verb != token.PROMPT && c.Verb != token.DOCUMENT {
		s = strings.TrimSpace(strings.TrimSuffix(s, ";"))
	}
	return s
}

// Args are the words of a SQL*Plus command behind the command word, quotes taken off.
func (f *File) Args(c *PlusCommand) []string {
	s := f.CommandText(c)
	switch {
	case strings.HasPrefix(s, "@@"):
		s = s[2:]
	case s != "" && !letterByte(s[0]):
		s = s[1:]
		if c.Verb != token.START && c.Verb != token.HOST {
			s = dropWord(s) // #command
		}
	default:
		s = dropWord(s)
	}
	return plusWords(s)
}

func letterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func dropWord(s string) string {
	i := 0
	for i < len(s) && letterByte(s[i]) {
		i++
	}
	return s[i:]
}

// plusWords splits at space; '...' and "..." hold a word together.
func plusWords(s string) []string {
	var words []string
	for {
		s = strings.TrimLeft(s, " \t\r")
		if s == "" {
			return words
		}
		if q := s[0]; q == '\'' || q == '"' {
			if i := strings.IndexByte(s[1:], q); i >= 0 {
				words = append(words, s[1:1+i])
				s = s[2+i:]
				continue
			}
		}
		i := strings.IndexAny(s, " \t\r")
		if i < 0 {
			return append(words, s)
		}
		words = append(words, s[:i])
		s = s[i:]
	}
}

// Include is the file a START, @ or @@ command runs and its arguments. A path without an extension gets
// SQL*Plus's default, .sql, from the caller.
func (f *File) Include(c *PlusCommand) (path string, args []string, ok bool) {
	if c.Verb != token.START {
		return "", nil, false
	}
	words := f.Args(c)
	if len(words) == 0 {
		return "", nil, false
	}
	return words[0], words[1:], true
}

// Define is the variable a DEFINE command sets; ok is false for one that only shows.
func (f *File) Define(c *PlusCommand) (name, value string, ok bool) {
	if c.Verb != token.DEFINE {
		return "", "", false
	}
	name, value, ok = strings.Cut(dropWord(f.CommandText(c)), "=")
	if !ok {
		return strings.TrimSpace(name), "", false
	}
	value = strings.TrimSpace(value)
	if n := len(value); n >= 2 && (value[0] == '\'' || value[0] == '"') && value[n-1] == value[0] {
		value = value[1 : n-1]
	}
	return strings.ToUpper(strings.TrimSpace(name)), value, true
}

// Setting is one system variable of a SET command: its name in upper case as abbreviated by the author, and
// its value as written.
type Setting struct{ Name, Value string }

// Settings are the system variables a SET command changes, several to a line: SET ECHO OFF VERIFY OFF.
func (f *File) Settings(c *PlusCommand) []Setting {
	if c.Verb != token.SET {
		return nil
	}
	words := f.Args(c)
	var out []Setting
	for i := 0; i < len(words); {
		s := Setting{Name: strings.ToUpper(words[i])}
		i++
		if i < len(words) {
			s.Value = words[i]
			i++
		}
		// the few variables that take more than one word take the rest of the line
		switch s.Name {
		case "MARKUP", "APPINFO", "APPI", "AUTOTRACE", "AUTOT", "SERVEROUTPUT", "SERVEROUT", "ERRORLOGGING", "ERRORL",
			"SQLFORMAT", "XQUERY", "SQLPROMPT", "SQLP", "DESCRIBE", "DESC", "HISTORY", "HIST", "ROWLIMIT":
			for ; i < len(words) && !knownSetting(strings.ToUpper(words[i])); i++ {
				s.Value += " " + words[i]
			}
		}
		out = append(out, s)
	}
	return out
}

func knownSetting(w string) bool {
	switch w {
	case "ECHO", "FEEDBACK", "FEED", "VERIFY", "VER", "HEADING", "HEAD", "HEA", "PAGESIZE", "PAGES", "LINESIZE", "LINES", "LIN",
		"TIMING", "TIMI", "TERMOUT", "TERM", "TRIMSPOOL", "TRIMS", "DEFINE", "DEF", "SCAN", "LONG", "SQLBLANKLINES":
		return true
	}
	return false
}

// Whenever is what a WHENEVER command watches (SQLERROR or OSERROR) and does (EXIT or CONTINUE), with the
// words behind.
func (f *File) Whenever(c *PlusCommand) (event, action string, rest []string) {
	if c.Verb != token.WHENEVER {
		return "", "", nil
	}
	words := f.Args(c)
	if len(words) < 2 {
		return "", "", nil
	}
	return strings.ToUpper(words[0]), strings.ToUpper(words[1]), words[2:]
}

// Variable is the bind variable a VARIABLE command declares and its type; ok is false for one that only shows.
func (f *File) Variable(c *PlusCommand) (name, typ string, ok bool) {
	if c.Verb != token.VARIABLE {
		return "", "", false
	}
	words := f.Args(c)
	if len(words) < 2 {
		return "", "", false
	}
	return strings.ToUpper(words[0]), strings.ToUpper(strings.Join(words[1:], " ")), true
}

// SpoolTarget is the file a SPOOL command opens, "" for OFF, OUT and a bare SPOOL.
func (f *File) SpoolTarget(c *PlusCommand) string {
	if c.Verb != token.SPOOL {
		return ""
	}
	words := f.Args(c)
	if len(words) == 0 || strings.EqualFold(words[0], "OFF") || strings.EqualFold(words[0], "OUT") {
		return ""
	}
	return words[0]
}
