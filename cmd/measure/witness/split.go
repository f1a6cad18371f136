package witness

import (
	"regexp"
	"strings"
)

// piece is a statement of a script for psql: its lines, counted from 0, and its text without what ends it.
type piece struct {
	from, to int
	text     string
}

var (
	unitStart = regexp.MustCompile(`(?is)^(declare\b|begin\b\s*[^;\s]|<<|create\s+(or\s+replace\s+)?((non)?editionable\s+)?(function|procedure|package|trigger|type\s+body|library)\b)`)
	openBegin = regexp.MustCompile(`(?is)^begin(\s+(work|transaction|isolation|read)\b[^;]*)?;`)
	sqlBody   = regexp.MustCompile(`(?i)\blanguage\s+'?(sql|c|internal|plpgsql)\b`)
)

// splitPsql takes a script apart as IvorySQL's psql does: units of PL/iSQL reach to a line with a slash, other statements
// to a semicolon outside of quotes, dollars, comments and brackets. Several statements on a line come out as several.
func splitPsql(lines []string) []piece {
	var list []piece
	for i := 0; i < len(lines); {
		line := strings.TrimSpace(lines[i])
		if line == "" || strings.HasPrefix(line, "--") || line == "/" {
			i++
			continue
		}
		if strings.HasPrefix(line, `\`) {
			list = append(list, piece{i, i, line})
			i++
			continue
		}
		rest := strings.Join(lines[i:], "\n")
		start := strings.TrimSpace(stripLeading(rest))
		ends := semicolons(rest)
		if unitStart.MatchString(start) && !openBegin.MatchString(start) {
			if to := slashLine(lines, i); to >= 0 && !plainRoutine(rest, ends) {
				list = append(list, piece{i, to, strings.Join(lines[i:to], "\n")})
				i = to + 1
				continue
			}
		}
		if len(ends) == 0 {
			list = append(list, piece{i, len(lines) - 1, rest})
			break
		}
		// all statements that end on the line on which the first one ends
		from, last := 0, i+strings.Count(rest[:ends[0]], "\n")
		for _, end := range ends {
			if i+strings.Count(rest[:end], "\n") > last {
				break
			}
			text := rest[from : end+1]
			list = append(list, piece{i + strings.Count(rest[:from]+leadingBlank(text), "\n"), last, strings.TrimSpace(text)})
			from = end + 1
		}
		i = last + 1
	}
	return list
}

// plainRoutine is a routine in PostgreSQL's form that a semicolon ends: its body is in a language without a slash.
func plainRoutine(rest string, ends []int) bool {
	return len(ends) > 0 && strings.Contains(rest[:ends[0]], "$") && sqlBody.MatchString(rest[:ends[0]])
}

// slashLine is the next line with nothing but a slash; a new unit before it says that there is none.
func slashLine(lines []string, from int) int {
	for i := from; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "/" {
			return i
		}
	}
	return -1
}

func leadingBlank(s string) string { return s[:len(s)-len(strings.TrimLeft(s, " \t\n"))] }

// stripLeading takes comments and blanks off the beginning.
func stripLeading(s string) string {
	for {
		s = strings.TrimLeft(s, " \t\n")
		switch {
		case strings.HasPrefix(s, "--"):
			_, s, _ = strings.Cut(s, "\n")
		case strings.HasPrefix(s, "/*"):
			_, after, ok := strings.Cut(s, "*/")
			if !ok {
				return ""
			}
			s = after
		default:
			return s
		}
	}
}

// stripComments takes comments off, for looking at what a statement is.
func stripComments(s string) string {
	var b strings.Builder
	scan(s, func(kind byte, text string) {
		if kind != 'c' {
			b.WriteString(text)
		}
	})
	return b.String()
}

// semicolons are the places of the semicolons that end statements.
func semicolons(s string) (list []int) {
	at, depth := 0, 0
	scan(s, func(kind byte, text string) {
		switch {
		case kind != 't':
		case text == "(":
			depth++
		case text == ")":
			depth--
		case text == ";" && depth <= 0:
			list = append(list, at)
		}
		at += len(text)
	})
	return list
}

var dollarTag = regexp.MustCompile(`^\$\w*\$`)

// scan gives the pieces of a text: comments ('c'), quoted texts ('q') and single characters ('t').
func scan(s string, each func(kind byte, text string)) {
	for len(s) > 0 {
		kind, n := byte('t'), 1
		switch {
		case strings.HasPrefix(s, "--"):
			kind, n = 'c', upTo(s, "\n", 0)
		case strings.HasPrefix(s, "/*"):
			kind, n = 'c', upTo(s[2:], "*/", 2)+2
		case s[0] == '\'' || s[0] == '"':
			kind, n = 'q', upTo(s[1:], s[:1], 1)+1
		case s[0] == '$':
			if tag := dollarTag.FindString(s); tag != "" {
				kind, n = 'q', upTo(s[len(tag):], tag, len(tag))+len(tag)
			}
		}
		each(kind, s[:n])
		s = s[n:]
	}
}

// upTo is how many bytes there are to the end of mark, keep of it included; all of them without one.
func upTo(s, mark string, keep int) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + keep
	}
	return len(s)
}

// gather puts together what was printed behind the lines of a statement.
func gather(wants map[int]*Want, from, to int) (all Want) {
	for i := from; i <= to; i++ {
		w := wants[i]
		if w == nil {
			continue
		}
		all.Tables = append(all.Tables, w.Tables...)
		all.Notices = append(all.Notices, w.Notices...)
		all.Other = append(all.Other, w.Other...)
		if w.Error != "" {
			all.Error = w.Error
		}
	}
	return all
}

func splitLines(s string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(s, "\r\n", "\n"), "\n"), "\n")
}
