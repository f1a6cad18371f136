package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var reservedName = &Rule{
	Code: "CV0227", Name: "reserved-name", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE TABLE booking (user_id INTEGER, limit INTEGER)`,
	After:  `CREATE TABLE booking (user_id integer, "limit" integer)`,
	On:     declares(reservedNameUse),
}

// postgresReserved are the words that PostgreSQL reserves and Oracle does not (pg_get_keywords, categories R and
// T, of version 18, without those that Oracle reserves too).
var postgresReserved = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(`ANALYSE ANALYZE ARRAY ASYMMETRIC AUTHORIZATION BINARY BOTH CASE CAST COLLATE COLLATION COLUMN
		CONCURRENTLY CONSTRAINT CROSS CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP
		CURRENT_USER DEFERRABLE DO END EXCEPT FALSE FETCH FOREIGN FREEZE FULL ILIKE INITIALLY INNER ISNULL JOIN LATERAL LEADING
		LEFT LIMIT LOCALTIME LOCALTIMESTAMP NATURAL NOTNULL OFFSET ONLY OUTER OVERLAPS PLACING PRIMARY REFERENCES RETURNING RIGHT
		SESSION_USER SIMILAR SOME SYMMETRIC SYSTEM_USER TABLESAMPLE TRAILING TRUE USER USING VARIADIC VERBOSE WHEN WINDOW`) {
		words[w] = true
	}
	return words
}()

func reservedNameUse(p *Pass, n *ast.Name, what string) {
	t := p.File.Tokens[n.Hi-1]
	if t.Kind == token.Ident && postgresReserved[p.File.Ident(n.Hi-1)] {
		p.Report(n, fmt.Sprintf("the %s name %s is reserved in PostgreSQL and has to be quoted wherever it is used, also in SQL that programs build", what, p.name(n)))
	}
}
