package witness

import (
	"regexp"
	"strings"
)

// orafce's suite is in PostgreSQL's language and calls Oracle's functions by name. Casts of literals become Oracle's
// literals; what else is PostgreSQL's alone is not compared.

var (
	castLiteral = regexp.MustCompile(`('(?:[^']|'')*')::(date|timestamp(?:\(\d+\))?(?: with(?:out)? time zone)?|text|varchar\d?(?:\(\d+\))?|numeric|integer|int|bigint)\b`)
	schemaOra   = regexp.MustCompile(`(?i)\boracle\.(\w)`)
	pathSetting = regexp.MustCompile(`(?is)^\s*set\s+(search_path|datestyle|client_\w+|standard_conforming_strings|session_replication_role|check_function_bodies|orafce\.\w+)\b`)
)

func readOrafce(script, result string) []*Statement {
	lines := splitLines(script)
	wants := printed(lines, splitLines(result))
	var list []*Statement
	for _, p := range splitPsql(lines) {
		s := &Statement{Line: p.from + 1, Raw: p.text, Want: gather(wants, p.from, p.to)}
		bare := strings.TrimSpace(stripComments(p.text))
		s.Text = oracleLiterals(bare)
		switch {
		case bare == "":
			s.Skip = "nothing"
		case strings.HasPrefix(bare, `\`):
			s.Skip = "a command of psql"
		case pathSetting.MatchString(bare) || setAny.MatchString(bare):
			s.Skip = "a setting of PostgreSQL's"
		case transaction.MatchString(bare):
			s.Direct = bare
		case foreign.MatchString(s.Text) || strings.Contains(bare, "$$"):
			s.Skip = "PostgreSQL's language"
		}
		list = append(list, s)
	}
	return list
}

// oracleLiterals writes casts of literals as Oracle does.
func oracleLiterals(s string) string {
	s = castLiteral.ReplaceAllStringFunc(s, func(c string) string {
		m := castLiteral.FindStringSubmatch(c)
		switch t := strings.ToLower(m[2]); {
		case t == "date":
			return "DATE " + m[1]
		case strings.HasPrefix(t, "timestamp"):
			return "TIMESTAMP " + m[1]
		case t == "text":
			return m[1]
		case strings.HasPrefix(t, "varchar"):
			return "CAST(" + m[1] + " AS " + t + ")"
		}
		return "TO_NUMBER(" + m[1] + ")"
	})
	return schemaOra.ReplaceAllString(s, "$1")
}
