// Package highlight cuts SQL into runs of one look, for reports and screens.
//
// Input -> output: Oracle or PostgreSQL text in; its runs, which put together are the text again, out. It knows tokens
// and no grammar: text that begins inside a literal or a comment is coloured wrongly and is all there. Its functions are
// pure and may be called concurrently.
package highlight

import (
	"strings"

	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/lex"
)

// Classes of runs.
const (
	Keyword byte = 'k'
	String  byte = 's'
	Number  byte = 'n'
	Comment byte = 'c'
	Hint    byte = 'h'
	Quoted  byte = 'q' // a quoted name
	Bind    byte = 'b'
	Other   byte = 'o'
)

// Run is a piece of the text of one class.
type Run struct {
	Class byte
	Lo    int // bytes
	Hi    int
}

// Oracle cuts Oracle SQL, PL/SQL and SQL*Plus.
func Oracle(text string) []Run {
	var out []Run
	add := func(class byte, from, to int) {
		if from < to {
			out = append(out, Run{class, from, to})
		}
	}
	lx := lexer.New([]byte(text))
	at := 0
	for at < len(text) {
		tok := lx.One()
		start, end := int(tok.Off), int(tok.End())
		if tok.Kind == token.EOF || end <= at || start < at {
			break
		}
		trivia(text, at, start, add)
		add(tokenClass(tok), start, end)
		at = end
	}
	trivia(text, at, len(text), add)
	return out
}

// trivia colours the comments between two tokens.
func trivia(text string, from, to int, add func(byte, int, int)) {
	for from < to {
		rest := text[from:to]
		i := strings.IndexAny(rest, "-/")
		if i < 0 || i+1 >= len(rest) {
			add(Other, from, to)
			return
		}
		end := -1
		switch {
		case strings.HasPrefix(rest[i:], "--"):
			if end = strings.IndexByte(rest[i:], '\n'); end >= 0 {
				end += i
			} else {
				end = len(rest)
			}
		case strings.HasPrefix(rest[i:], "/*"):
			if end = strings.Index(rest[i+2:], "*/"); end >= 0 {
				end += i + 4
			} else {
				end = len(rest)
			}
		default:
			add(Other, from, from+i+1)
			from += i + 1
			continue
		}
		class := Comment
		if strings.HasPrefix(rest[i+2:], "+") {
			class = Hint
		}
		add(Other, from, from+i)
		add(class, from+i, from+end)
		from += end
	}
}

func tokenClass(t token.Token) byte {
	switch t.Kind {
	case token.Ident:
		if t.Kw.ReservedSQL() || t.Kw.ReservedPLSQL() || plsqlWord[t.Kw] {
			return Keyword
		}
	case token.Directive, token.Inquiry, token.Command:
		return Keyword
	case token.String, token.QString, token.NString, token.UString:
		return String
	case token.Number:
		return Number
	case token.QuotedIdent:
		return Quoted
	case token.Bind:
		return Bind
	}
	return Other
}

// unreserved are words that Oracle does not reserve and that read as keywords all the same.
const unreserved = "REPLACE BODY PACKAGE RETURN LOOP WHILE MERGE USING MATCHED OPEN CLOSE COMMIT ROLLBACK SAVEPOINT EXECUTE BULK COLLECT FORALL PRAGMA RAISE EXIT OVER PARTITION JOIN LEFT RIGHT FULL OUTER INNER CROSS ELSIF DECLARE BEGIN PRIOR CONSTANT"

var plsqlWord = words(token.Lookup, unreserved)

func words(lookup func([]byte) token.Keyword, list string) map[token.Keyword]bool {
	m := map[token.Keyword]bool{}
	for w := range strings.FieldsSeq(list) {
		if k := lookup([]byte(w)); k != 0 {
			m[k] = true
		}
	}
	return m
}

// Postgres cuts PostgreSQL's SQL; the bodies of routines, which are dollar-quoted text to it, are cut too.
func Postgres(text string) []Run { return postgres(nil, text, 0, 0) }

// deepest is how many dollar quotes inside each other are cut.
const deepest = 4

func postgres(out []Run, text string, base, depth int) []Run {
	at := 0
	add := func(class byte, from, to int) {
		if from < to {
			out = append(out, Run{class, base + from, base + to})
		}
	}
	for _, t := range lex.Scan(text) {
		add(Other, at, t.Lo)
		at = t.Hi
		class := Other
		switch t.Kind {
		case lex.Word:
			if postgresWord[strings.ToUpper(t.Text(text))] {
				class = Keyword
			}
		case lex.Quoted:
			class = Quoted
		case lex.String:
			class = String
		case lex.Number:
			class = Number
		case lex.Param:
			class = Bind
		case lex.Comment:
			class = Comment
		case lex.Dollar:
			body, from, ok := t.Body(text)
			if !ok || depth == deepest {
				class = String
				break
			}
			add(String, t.Lo, from)
			out = postgres(out, body, base+from, depth+1)
			add(String, from+len(body), t.Hi)
			continue
		}
		add(class, t.Lo, t.Hi)
	}
	add(Other, at, len(text))
	return out
}

// postgresWord are the words that stand out: PostgreSQL's reserved ones, PL/pgSQL's, and what DDL is made of.
var postgresWord = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(unreserved + ` ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC BOTH CASE CAST CHECK COLLATE COLUMN CONSTRAINT CREATE
		CURRENT_DATE CURRENT_ROLE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEFAULT DEFERRABLE DESC DISTINCT DO ELSE END EXCEPT FALSE FETCH
		FOR FOREIGN FROM GRANT GROUP HAVING IN INITIALLY INTERSECT INTO LATERAL LEADING LIMIT LOCALTIME LOCALTIMESTAMP NOT NULL OFFSET ON ONLY
		OR ORDER PLACING PRIMARY REFERENCES RETURNING SELECT SESSION_USER SOME SYMMETRIC TABLE THEN TO TRAILING TRUE UNION UNIQUE USER VARIADIC
		WHEN WHERE WINDOW WITH ALTER ADD DROP INSERT UPDATE DELETE VALUES SET FUNCTION PROCEDURE TRIGGER RETURNS LANGUAGE VIEW MATERIALIZED INDEX
		SEQUENCE TYPE SCHEMA COMMENT IS IF EXISTS KEY CALL PERFORM EXCEPTION GET DIAGNOSTICS STRICT FOREACH ALIAS SETOF IMMUTABLE STABLE VOLATILE
		SECURITY DEFINER INVOKER BEFORE AFTER INSTEAD OF EACH ROW STATEMENT REVOKE CONTINUE REVERSE BY LIKE ILIKE BETWEEN NOTICE RECURSIVE
		GENERATED ALWAYS IDENTITY STORED CASCADE RESTRICT DOMAIN EXTENSION INHERITS RANGE LIST HASH ATTACH NULLS FIRST LAST FILTER WITHIN NATURAL`) {
		m[w] = true
	}
	return m
}()
