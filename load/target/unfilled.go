package target

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"landfall/load/plan"
)

// Unfilled are the tables of the target, in the schemas that a plan loads into, which neither it nor another load fills, and which it does not name as
// left out: where the source shows only what the account may SELECT, they may be tables of it that the account does not see.
func Unfilled(ctx context.Context, q Querier, p *plan.Plan) ([]string, error) {
	var schemas, tables []string
	for i := range p.Tables {
		schemas, tables = append(schemas, p.Tables[i].Schema), append(tables, p.Tables[i].Target)
	}
	for _, l := range p.LeftOut {
		if schema, table, two := strings.Cut(strings.ToLower(l.Object), "."); two {
			schemas, tables = append(schemas, schema), append(tables, table)
		}
	}
	rows, err := q.Query(ctx, `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition AND n.nspname <> 'landfall' AND n.nspname = ANY ($3::text[])
		AND NOT EXISTS (SELECT FROM unnest($1::text[], $2::text[]) AS k (s, t) WHERE k.s = n.nspname AND k.t = c.relname)
		AND NOT EXISTS (SELECT FROM landfall.load_table t WHERE t.target_schema = n.nspname AND t.target_table = c.relname)
		AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
		ORDER BY 1`, schemas, tables, schemas[:len(p.Tables)])
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
