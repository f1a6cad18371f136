package query_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/load/plan"
	"landfall/load/query"
)

// text is a read as a whole statement.
func text(t *plan.Table, c *plan.Chunk, scn model.SCN, columns []plan.Column) query.Query {
	r := query.Chunk(t, c, scn, columns)
	var list []string
	for _, c := range r.Columns {
		list = append(list, c.Expr)
	}
	return query.Query{SQL: "SELECT " + strings.Join(list, ", ") + r.Tail, Binds: r.Binds}
}

func TestChunk(t *testing.T) {
	heap := &plan.Table{Owner: "HR", Name: "Emp", Kind: plan.Heap, Columns: []plan.Column{{Source: "A"}, {Source: "b c"}}}
	keyed := &plan.Table{
		Owner: "HR", Name: "IOT", Kind: plan.Keys, Key: []string{"N", "D"}, Filter: "n > 1 -- small",
		Columns: []plan.Column{{Source: "N", Type: model.TypeRef{Name: "NUMBER"}}, {Source: "D", Type: model.TypeRef{Name: "DATE"}}},
	}
	for _, c := range []struct {
		name  string
		q     query.Query
		sql   string
		binds []string
	}{
		{"whole", text(heap, &plan.Chunk{}, 7, heap.Columns), `SELECT "A", "b c", ROWID FROM "HR"."Emp" AS OF SCN 7`, nil},
		{
			"range", text(heap, &plan.Chunk{Partition: "P1", From: "AAA", To: "BBB"}, 7, heap.Columns[:1]),
			`SELECT "A", ROWID FROM "HR"."Emp" PARTITION ("P1") AS OF SCN 7 WHERE ROWID >= CHARTOROWID(:1) AND ROWID < CHARTOROWID(:2)`,
			[]string{"AAA", "BBB"},
		},
		{"subpartition", text(heap, &plan.Chunk{Partition: "P1_S", Sub: true}, 7, heap.Columns[:1]), `SELECT "A", ROWID FROM "HR"."Emp" SUBPARTITION ("P1_S") AS OF SCN 7`, nil},
		{
			"key", text(keyed, &plan.Chunk{KeyFrom: []string{"1", "2000-01-01"}, KeyTo: []string{"9", "2001-01-01"}}, 7, keyed.Columns[:1]),
			"SELECT \"N\" FROM \"HR\".\"IOT\" AS OF SCN 7 WHERE (n > 1 -- small\n) AND " +
				`(("N" > TO_NUMBER(:1)) OR ("N" = TO_NUMBER(:2) AND "D" >= TO_DATE(:3, 'SYYYY-MM-DD HH24:MI:SS'))) AND ` +
				`(("N" < TO_NUMBER(:4)) OR ("N" = TO_NUMBER(:5) AND "D" < TO_DATE(:6, 'SYYYY-MM-DD HH24:MI:SS'))) AND "N" IS NOT NULL AND "D" IS NOT NULL`,
			[]string{"1", "1", "2000-01-01", "9", "9", "2001-01-01"},
		},
		{"null key", query.Count(keyed, &plan.Chunk{KeyNull: true}, 7), "SELECT TO_CHAR(COUNT(*)) FROM \"HR\".\"IOT\" AS OF SCN 7 WHERE (n > 1 -- small\n) AND (\"N\" IS NULL OR \"D\" IS NULL)", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(query.Query{SQL: c.sql, Binds: c.binds}, c.q); diff != "" {
				t.Error(diff)
			}
		})
	}
	if q := query.Cuts(keyed, nil, 7, 100); !strings.Contains(q.SQL, "MOD(landfall_n - 1, 100) = 0") || !strings.Contains(q.SQL, "(n > 1 -- small\n)") {
		t.Error(q.SQL)
	}
	if query.CanCut(&plan.Table{Key: []string{"C"}, Columns: []plan.Column{{Source: "C", Type: model.TypeRef{Name: "CLOB"}}}}) {
		t.Error("a CLOB cannot be a key")
	}
}
