package lexer

import (
	"bytes"

	"landfall/internal/oracle/syntax/token"
)

// plusCommand is a SQL*Plus (SQLcl, SQL Developer) command: its full name and how many letters it needs.
type plusCommand struct {
	name string
	min  int
	verb token.Keyword
}

// The commands and their abbreviations: SQL*Plus User's Guide and Reference, chapter 12 (19c and 23ai), and
// the further commands of the SQLcl command reference that cannot be mistaken for SQL.
var plusCommands = []plusCommand{
	{"ACCEPT", 3, token.ACCEPT},
	{"APPEND", 1, token.APPEND},
	{"ARCHIVE", 7, token.ARCHIVE},
	{"ATTRIBUTE", 4, token.ATTRIBUTE},
	{"BREAK", 3, token.BREAK},
	{"BTITLE", 3, token.BTITLE},
	{"CD", 2, token.CD},
	{"CHANGE", 1, token.CHANGE},
	{"CLEAR", 2, token.CLEAR},
	{"COLUMN", 3, token.COLUMN},
	{"COMPUTE", 4, token.COMPUTE},
	{"CONNECT", 4, token.CONNECT},
	{"COPY", 4, token.COPY},
	{"CTAS", 4, token.CTAS},
	{"DDL", 3, token.DDL},
	{"DEFINE", 3, token.DEFINE},
	{"DEL", 3, token.DEL},
	{"DESCRIBE", 4, token.DESCRIBE},
	{"DISCONNECT", 4, token.DISCONNECT},
	{"DOCUMENT", 3, token.DOCUMENT},
	{"EDIT", 2, token.EDIT},
	{"EXECUTE", 4, token.EXECUTE},
	{"EXIT", 4, token.EXIT},
	{"GET", 3, token.GET},
	{"HELP", 4, token.HELP},
	{"HISTORY", 4, token.HISTORY},
	{"HOST", 2, token.HOST},
	{"INFORMATION", 4, token.INFORMATION},
	{"INPUT", 1, token.INPUT},
	{"LIQUIBASE", 9, token.LIQUIBASE},
	{"LB", 2, token.LIQUIBASE},
	{"LIST", 1, token.LIST},
	{"LOAD", 4, token.LOAD}, // SQLcl; LOAD DATA is SQL*Loader's
	{"OERR", 4, token.OERR},
	{"ORADEBUG", 8, token.ORADEBUG},
	{"PASSWORD", 5, token.PASSWORD},
	{"PAUSE", 3, token.PAUSE},
	{"PRINT", 3, token.PRINT},
	{"PROMPT", 3, token.PROMPT},
	{"QUIT", 4, token.EXIT},
	{"RECOVER", 7, token.RECOVER},
	{"REMARK", 3, token.REMARK},
	{"REPFOOTER", 4, token.REPFOOTER},
	{"REPHEADER", 4, token.REPHEADER},
	{"RUN", 1, token.RUN},
	{"SAVE", 3, token.SAVE},
	{"SCRIPT", 6, token.SCRIPT},
	{"SET", 3, token.SET},
	{"SHOW", 3, token.SHOW},
	{"SHUTDOWN", 8, token.SHUTDOWN},
	{"SPOOL", 3, token.SPOOL},
	{"START", 3, token.START},
	{"STARTUP", 7, token.STARTUP},
	{"STORE", 5, token.STORE},
	{"TIMING", 4, token.TIMING},
	{"TNSPING", 7, token.TNSPING},
	{"TTITLE", 3, token.TTITLE},
	{"UNDEFINE", 5, token.UNDEFINE},
	{"VARIABLE", 3, token.VARIABLE},
	{"WHENEVER", 8, token.WHENEVER},
	{"XQUERY", 6, token.XQUERY},
}

const longestCommand = 11

// plusWords has every abbreviation of every command.
var plusWords = func() map[string]token.Keyword {
	m := map[string]token.Keyword{}
	for _, c := range plusCommands {
		for n := c.min; n <= len(c.name); n++ {
			m[c.name[:n]] = c.verb
		}
	}
	return m
}()

// Command tells which SQL*Plus command stands at a place where a statement may begin, 0 if none does. An
// @ or @@ is token.START, ! and $ are token.HOST, QUIT is token.EXIT. size is the length of the command word.
func Command(src []byte, off int) (verb token.Keyword, size int) {
	if off >= len(src) {
		return 0, 0
	}
	switch src[off] {
	case '@':
		if off+1 < len(src) && src[off+1] == '@' {
			return token.START, 2
		}
		return token.START, 1
	case '!':
		if off+1 < len(src) && src[off+1] != '=' {
			return token.HOST, 1
		}
		return 0, 0
	case '$':
		// $ is HOST on Windows; $IF and $$x are directives
		if off+1 >= len(src) || class[src[off+1]] <= clsCR {
			return token.HOST, 1
		}
		if w, end := wordAt(src, off+1); end > off+1 && src[off+1] != '$' && (end >= len(src) || class[src[end]] <= clsCR) {
			switch w {
			case token.IF, token.ELSIF, token.ELSE, token.THEN, token.END, token.ERROR:
			default:
				return token.HOST, 1
			}
		}
		return 0, 0
	case '?':
		return token.HELP, 1
	case '#':
		// SQLPREFIX: a command in the midst of a statement
		if v, n := Command(src, off+1); v != 0 && v != token.HELP && v != token.HOST {
			return v, n + 1
		}
		return 0, 0
	}
	if digit(src[off]) {
		return lineNumber(src, off)
	}
	var buf [longestCommand]byte
	n := 0
	for off+n < len(src) {
		u := fold[src[off+n]]
		if u == 0 {
			break
		}
		if n == longestCommand {
			return 0, 0
		}
		buf[n] = u
		n++
	}
	verb = plusWords[string(buf[:n])]
	if verb == 0 || off+n < len(src) && src[off+n] >= 0x80 {
		return 0, 0
	}
	if !commandFits(src, off+n, verb, n) {
		return 0, 0
	}
	return verb, n
}

// lineNumber tells the editing commands "n", which makes line n of the buffer the current one, and "n text", which
// puts text in its place. No statement begins with a number.
func lineNumber(src []byte, off int) (verb token.Keyword, size int) {
	i := off
	for i < len(src) && digit(src[i]) {
		i++
	}
	n := skipBlank(src, i)
	eol := n >= len(src) || src[n] == '\n' || src[n] == '\r' || class[src[n]] == clsControl
	switch {
	case i-off > 7:
		return 0, 0
	case eol:
		return token.LIST, i - off
	case n > i:
		return token.CHANGE, i - off
	}
	return 0, 0
}

// commandFits looks at what follows a command word, for the words that SQL or PL/SQL text could begin with.
func commandFits(src []byte, off int, verb token.Keyword, size int) bool {
	i := off
	for i < len(src) && class[src[i]] == clsSpace {
		i++
	}
	eol := i >= len(src) || src[i] == '\n' || src[i] == '\r' || class[src[i]] == clsControl
	next := byte(0)
	if !eol {
		next = src[i]
	}
	if next == ':' && i+1 < len(src) && src[i+1] == '=' || next == '.' && i == off && verb != token.REMARK && verb != token.PROMPT {
		return false // an assignment or a qualified name: PL/SQL that has lost its block
	}
	switch verb {
	case token.SET:
		w, _ := wordAt(src, i)
		return !eol && w != token.TRANSACTION && w != token.ROLE && w != token.CONSTRAINT && w != token.CONSTRAINTS
	case token.CHANGE:
		if next == '*' && i+1 < len(src) && src[i+1] == '/' {
			return false // what is left of a comment in a comment
		}
		return size > 1 || next > ' ' && next < 0x7f && fold[next] == 0 && next != '(' && next != ',' && next != '=' && next != ';'
	case token.HOST:
		return eol || i > off && next != '=' && next != '('
	case token.LIST, token.RUN, token.EDIT, token.CLEAR:
		if size > 2 {
			return true
		}
		return eol || next == ';' || verb != token.RUN && (fold[next] != 0 || next == '*') && i > off
	case token.APPEND, token.INPUT:
		return size > 1 || eol && verb == token.INPUT || i > off && fold[next] != 0
	case token.ARCHIVE:
		w, _ := wordAt(src, i)
		return w == token.LOG
	case token.CONNECT:
		w, _ := wordAt(src, i)
		return w != token.BY
	case token.START:
		w, _ := wordAt(src, i)
		return !eol && w != token.WITH
	case token.COPY:
		w, _ := wordAt(src, i)
		return w == token.FROM || w == token.TO
	case token.LOAD:
		w, _ := wordAt(src, i)
		return !eol && w != token.DATA && i > off
	case token.WHENEVER:
		w, _ := wordAt(src, i)
		return w == token.SQLERROR || w == token.OSERROR
	case token.DDL, token.CTAS, token.SCRIPT, token.OERR, token.TNSPING, token.CD, token.INFORMATION, token.LIQUIBASE:
		return eol || i > off
	}
	return true
}

// wordAt is the keyword at an offset and the offset behind the word.
func wordAt(src []byte, off int) (token.Keyword, int) {
	i := off
	for i < len(src) && fold[src[i]] != 0 {
		i++
	}
	return token.Lookup(src[off:i]), i
}

// CommandEnd is the offset behind a SQL*Plus command: the end of its line, of its last line where lines are
// continued with a hyphen, or of the line with # that closes DOCUMENT. Space at the end is left out. banner
// is the offset of a row of hyphens at the end of a REMARK or PROMPT line that SQL*Plus itself would take as a
// continuation, -1 without one.
func (l *Lexer) CommandEnd(off int, verb token.Keyword) (end, banner int) {
	banner = -1
	if verb == token.DOCUMENT {
		for i := l.LineEnd(off); i < len(l.src); {
			line := i + 1
			i = l.LineEnd(line)
			if line < len(l.src) && l.src[line] == '#' {
				return trimRight(l.src, line, i), banner
			}
		}
		return trimRight(l.src, off, len(l.src)), banner
	}
	for first := true; ; first = false {
		eol := l.LineEnd(off)
		line := trimRight(l.src, off, eol)
		if line == off && !first {
			return end, banner // the hyphen before continues nothing
		}
		end = line
		if l.src[end-1] != '-' || eol >= len(l.src) {
			return end, banner
		}
		if (verb == token.REMARK || verb == token.PROMPT) && end-2 >= off && l.src[end-2] == '-' {
			return end, end - 2
		}
		off = eol + 1
	}
}

func trimRight(src []byte, lo, hi int) int {
	for hi > lo && (class[src[hi-1]] <= clsCR || src[hi-1] == 0x1a) {
		hi--
	}
	return hi
}

// TermLine is the offset of the next line that holds nothing but a slash, or of the next line that must
// begin a statement, or the length of the text: where text that is not tokenised (wrapped units, Java) ends.
func (l *Lexer) TermLine(off int) int {
	for i := l.LineEnd(off); i < len(l.src); {
		line := i + 1
		i = l.LineEnd(line)
		text := bytes.TrimSpace(l.src[line:i])
		if len(text) == 1 && (text[0] == '/' || text[0] == '.') || LineStart(l.src, line) >= StartCommand {
			return line
		}
	}
	return len(l.src)
}
