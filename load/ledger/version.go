package ledger

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"landfall/internal/model"
)

// needed are the columns of each table that this program works with, as the schema's text has them, read once.
var needed = sync.OnceValues(func() (tables, columns []string) {
	tableText := regexp.MustCompile(`(?ms)^CREATE TABLE IF NOT EXISTS landfall\.(\w+) \(\n(.*?)^\);`)
	columnText := regexp.MustCompile(`(?m)^    ([a-z_]+) +[a-z]`)
	for _, t := range tableText.FindAllStringSubmatch(schema, -1) {
		for _, c := range columnText.FindAllStringSubmatch(t[2], -1) {
			tables, columns = append(tables, t[1]), append(columns, c[1])
		}
	}
	return tables, columns
})

// check refuses a ledger that another version has made with less in it: CREATE TABLE IF NOT EXISTS leaves its tables as they are. Tables that are not there
// at all, and columns of a later version, are no hindrance.
func check(ctx context.Context, q interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
},
) error {
	tables, columns := needed()
	rows, err := q.Query(ctx, `SELECT n.t, n.c FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS n (t, c, no)
		WHERE to_regclass('landfall.' || n.t) IS NOT NULL
		AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('landfall.' || n.t) AND attname = n.c AND attnum > 0 AND NOT attisdropped)
		ORDER BY n.no`, tables, columns)
	if err != nil {
		return err
	}
	missing, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		var t, c string
		err := row.Scan(&t, &c)
		return t + "." + c, err
	})
	if err != nil || len(missing) == 0 {
		return err
	}
	made := "another version of landfall"
	if rows, err = q.Query(ctx, "SELECT DISTINCT to_jsonb(p) ->> 'tool' FROM landfall.load_plan p WHERE to_jsonb(p) ->> 'tool' <> '' ORDER BY 1"); err == nil {
		if tools, err := pgx.CollectRows(rows, pgx.RowTo[string]); err == nil && len(tools) > 0 {
			made += ", whose loads are of " + strings.Join(tools, ", ")
		}
	}
	all := slices.Compact(slices.Clone(tables))
	return &model.Error{
		Code: "LD0202", Op: "look at the ledger", Err: fmt.Errorf("its tables in the schema landfall are those of %s: there is no %s", made, strings.Join(missing[:min(3, len(missing))], ", ")),
		Hint: "finish the load with that version; or forget it, whose rows stay, with DROP TABLE landfall." + strings.Join(all, ", landfall.") + " CASCADE, and plan anew",
	}
}
