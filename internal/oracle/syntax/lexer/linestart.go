package lexer

import "landfall/internal/oracle/syntax/token"

// Start says how surely a line begins a new statement by its first words alone.
type Start uint8

// Strengths of a line start. A line of PL/SQL can look like StartDML, never like the two above it.
const (
	StartNone    Start = iota
	StartDML           // INSERT INTO, UPDATE t SET, DELETE FROM, MERGE INTO, COMMIT; ...
	StartCommand       // PROMPT, REM, @@, SPOOL, SET ECHO ...
	StartDDL           // CREATE OR REPLACE, CREATE TABLE, ALTER TABLE, GRANT, COMMENT ON ...
)

// mayBegin has the words a statement of a script can begin with.
var mayBegin = func() []bool {
	t := make([]bool, token.Keywords())
	for _, k := range []token.Keyword{
		token.CREATE, token.ALTER, token.DROP, token.INSERT, token.UPDATE, token.DELETE, token.MERGE, token.SELECT,
		token.WITH, token.GRANT, token.REVOKE, token.COMMENT, token.TRUNCATE, token.COMMIT, token.ROLLBACK,
		token.SAVEPOINT, token.LOCK, token.CALL, token.EXPLAIN, token.ANALYZE, token.AUDIT, token.NOAUDIT,
		token.RENAME, token.PURGE, token.FLASHBACK, token.ASSOCIATE, token.DISASSOCIATE, token.BEGIN,
		token.DECLARE, token.ADMINISTER,
	} {
		t[k] = true
	}
	return t
}()

// isCommandWord has the keywords that begin a SQL*Plus command.
var isCommandWord = func() []bool {
	t := make([]bool, token.Keywords())
	for w := range plusWords {
		t[token.Lookup([]byte(w))] = true
	}
	t[0] = false
	return t
}()

// MayBegin reports whether a script statement can begin with this token, the first of its line, although the
// statement before has no terminator: a statement's first word or a SQL*Plus command.
func MayBegin(src []byte, t token.Token) bool {
	if t.Kind == token.Ident && mayBegin[t.Kw] {
		return true
	}
	if t.Kind != token.Ident && t.Kind != token.At {
		return false
	}
	switch v, n := Command(src, int(t.Off)); v {
	case 0:
		return false
	case token.PROMPT, token.REMARK, token.SPOOL, token.WHENEVER:
		return true
	case token.START:
		return t.Kind == token.At
	case token.SET:
		return isSetting(src, skipBlank(src, int(t.Off)+n))
	case token.SHOW, token.EXECUTE, token.EXIT, token.CONNECT, token.DISCONNECT, token.DEFINE, token.UNDEFINE, token.ACCEPT,
		token.VARIABLE, token.PRINT, token.PAUSE, token.HOST, token.DESCRIBE, token.TTITLE, token.BTITLE, token.BREAK,
		token.COMPUTE, token.CLEAR, token.COLUMN, token.TIMING, token.DOCUMENT:
		// words that may also begin a clause of the statement: COLUMN STORE COMPRESS
		w, _ := wordAt(src, skipBlank(src, int(t.Off)+n))
		return n > 2 && (t.Off == 0 || src[t.Off-1] == '\n' || src[t.Off-1] == '\r') && w != token.STORE
	}
	return false
}

// mayStart is the quick form of MayBegin for Fill: it may say yes too often, at the price of another call.
func mayStart(src []byte, t *token.Token) bool {
	switch t.Kind {
	case token.Ident:
		if t.Kw != 0 {
			return mayBegin[t.Kw] || isCommandWord[t.Kw]
		}
		if t.Len > 6 || t.Flags&token.FlagSubst != 0 {
			return false
		}
		v, _ := Command(src, int(t.Off))
		return v != 0
	case token.At:
		return true
	}
	return false
}

// LineStart says how surely a statement begins at off, the first byte of a line.
func LineStart(src []byte, off int) Start {
	if off >= len(src) {
		return StartNone
	}
	switch c := src[off]; {
	case c == '@':
		// @file and @@file; a database link never begins a line with its name right behind
		if off+1 < len(src) && (src[off+1] == '@' || identPart(src[off+1]) || src[off+1] == '&' || src[off+1] == '.' || src[off+1] == '/') {
			return StartCommand
		}
		return StartNone
	case !identStart(c):
		return StartNone
	}
	k, i := wordAt(src, off)
	w, j := wordAt(src, skipBlank(src, i))
	if skipBlank(src, i) == i && i < len(src) && src[i] != '\n' && src[i] != '\r' && src[i] != ';' {
		return StartNone
	}
	switch k {
	case token.CREATE:
		if w == token.OR {
			if r, _ := wordAt(src, skipBlank(src, j)); r == token.REPLACE {
				return StartDDL
			}
			return StartNone
		}
		if ddlObject(w) {
			return StartDDL
		}
	case token.ALTER:
		if ddlObject(w) || w == token.SESSION || w == token.SYSTEM {
			return StartDDL
		}
	case token.DROP:
		if ddlObject(w) && w != token.COLUMN {
			return StartDDL
		}
	case token.TRUNCATE:
		if w == token.TABLE || w == token.CLUSTER {
			return StartDDL
		}
	case token.COMMENT:
		if w == token.ON {
			return StartDDL
		}
	case token.GRANT, token.REVOKE:
		if skipBlank(src, i) > i && w != token.OPTION {
			return StartDDL
		}
	case token.INSERT:
		if w == token.INTO || w == token.ALL || w == token.FIRST {
			return StartDML
		}
	case token.DELETE:
		if w == token.FROM {
			return StartDML
		}
	case token.MERGE:
		if w == token.INTO {
			return StartDML
		}
	case token.COMMIT, token.ROLLBACK:
		if n := skipBlank(src, i); n < len(src) && src[n] == ';' {
			return StartDML
		}
	case token.SET:
		if isSetting(src, skipBlank(src, i)) {
			return StartCommand
		}
		if w == token.DEFINE || w == token.TRANSACTION {
			return StartCommand
		}
	case token.SHOW:
		if w == token.ERRORS || w == token.ERROR {
			return StartCommand
		}
	case token.EXECUTE, token.EXEC:
		if w != token.IMMEDIATE && skipBlank(src, i) > i {
			return StartDML
		}
	default:
		verb, n := Command(src, off)
		if n < 3 || skipBlank(src, i) == i && verb != token.PROMPT && verb != token.REMARK {
			return StartNone
		}
		switch verb {
		case token.PROMPT, token.REMARK, token.SPOOL, token.WHENEVER, token.UNDEFINE, token.TTITLE, token.BTITLE:
			return StartCommand
		}
	}
	return StartNone
}

func skipBlank(src []byte, i int) int {
	for i < len(src) && (src[i] == ' ' || src[i] == '\t') {
		i++
	}
	return i
}

// ddlObject has the words that follow CREATE, ALTER and DROP.
func ddlObject(k token.Keyword) bool {
	switch k {
	case token.TABLE, token.INDEX, token.UNIQUE, token.BITMAP, token.VIEW, token.SEQUENCE, token.SYNONYM, token.PUBLIC,
		token.TYPE, token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TRIGGER, token.USER, token.ROLE, token.DATABASE,
		token.DIRECTORY, token.GLOBAL, token.PRIVATE, token.MATERIALIZED, token.CLUSTER, token.CONTEXT, token.FORCE,
		token.EDITIONABLE, token.NONEDITIONABLE, token.TABLESPACE, token.PROFILE, token.JAVA, token.LIBRARY,
		token.OPERATOR, token.SNAPSHOT, token.DIMENSION, token.INDEXTYPE, token.EDITION, token.UNDO, token.TEMPORARY,
		token.BIGFILE, token.SMALLFILE, token.SCHEMA, token.OUTLINE, token.ROLLBACK, token.AND:
		return true
	}
	return false
}

// isSetting reports whether a SQL*Plus system variable stands at off, by its usual spellings.
func isSetting(src []byte, off int) bool {
	var buf [16]byte
	n := 0
	for off+n < len(src) && fold[src[off+n]] != 0 && n < len(buf) {
		buf[n] = fold[src[off+n]]
		n++
	}
	switch string(buf[:n]) {
	case "ECHO", "DEFINE", "DEF", "SCAN", "FEEDBACK", "FEED", "VERIFY", "VER", "HEADING", "HEA", "HEAD", "PAGESIZE", "PAGES",
		"LINESIZE", "LINES", "LIN", "SERVEROUTPUT", "SERVEROUT", "TERMOUT", "TERM", "TRIMSPOOL", "TRIMS", "TRIMOUT", "TIMING",
		"TIMI", "TIME", "TI", "LONG", "LONGCHUNKSIZE", "ESCAPE", "ESC", "SQLBLANKLINES", "SQLBL", "SQLTERMINATOR", "SQLT",
		"AUTOTRACE", "AUTOT", "AUTOCOMMIT", "AUTO", "ARRAYSIZE", "COLSEP", "CONCAT", "NUMFORMAT", "NUMWIDTH", "NUM",
		"UNDERLINE", "WRAP", "TAB", "NEWPAGE", "PAUSE", "CMDSEP", "SQLPROMPT", "SQLP", "SUFFIX", "EXITCOMMIT", "MARKUP",
		"SQLFORMAT", "FLUSH", "XMLOPTIMIZATIONCHECK", "APPINFO", "APPI", "ERRORLOGGING", "COPYCOMMIT", "SHIFTINOUT":
		return true
	}
	return false
}
