package prove

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"landfall/internal/postgres/lex"
)

// A routine that makes a temporary table and works on it has a table only when it runs. plpgsql_check's manual ("Limits")
// advises to have one while the check looks: it is made from the routine's own text, in a transaction that is taken back,
// so that the columns are checked like those of any other table.

// temporaryTables are the CREATE TEMPORARY TABLE statements of a routine's body, as they stand or as constant dynamic SQL.
func (s *step) temporaryTables() []string {
	var list []string
	for _, t := range code(s.text) {
		if body, _, ok := t.Body(s.text); ok && t.Kind == lex.Dollar {
			list = append(list, temporaryIn(body)...)
		}
	}
	return list
}

func temporaryIn(body string) []string {
	var list []string
	tokens := code(body)
	for i, t := range tokens {
		switch {
		case t.Kind == lex.String && i > 0 && tokens[i-1].Is(body, "execute"):
			text := t.Text(body)
			if len(text) > 1 && text[0] == '\'' {
				if sql := strings.ReplaceAll(text[1:len(text)-1], "''", "'"); makesTemporary(sql, code(sql), 0) {
					list = append(list, sql)
				}
			}
		case makesTemporary(body, tokens, i):
			end := i
			for end < len(tokens) && !tokens[end].Is(body, ";") {
				end++
			}
			if end < len(tokens) {
				list = append(list, body[t.Lo:tokens[end].Lo])
			}
		}
	}
	return list
}

func makesTemporary(src string, tokens []lex.Token, i int) bool {
	return i+2 < len(tokens) && tokens[i].Is(src, "create") && (tokens[i+1].Is(src, "temporary") || tokens[i+1].Is(src, "temp")) && tokens[i+2].Is(src, "table")
}

// withTemporary runs a check while the routine's temporary tables are there.
func withTemporary(ctx context.Context, conn *pgx.Conn, tables []string, check func() error) error {
	if len(tables) == 0 {
		return check()
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	for _, sql := range tables {
		one, err := tx.Begin(ctx) // one that cannot be made here, of a query over variables, must not end the others
		if err != nil {
			return err
		}
		if _, err := one.Exec(ctx, sql); err != nil {
			if err := one.Rollback(ctx); err != nil {
				return err
			}
			continue
		}
		if err := one.Commit(ctx); err != nil {
			return err
		}
	}
	return check()
}
