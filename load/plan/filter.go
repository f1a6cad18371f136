package plan

import (
	"context"
	"fmt"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// tryFilters lets the source judge the conditions before anything is copied by them.
func (b *builder) tryFilters(ctx context.Context) {
	if b.in.Try == nil {
		return
	}
	for i := range b.p.Tables {
		t := &b.p.Tables[i]
		if t.Filter == "" {
			continue
		}
		if err := b.in.Try(ctx, t, b.in.Facts.SCN); err != nil {
			b.fail(t.SourceName(), "where: in load.tables of landfall.yaml is a condition as it stands behind WHERE in Oracle's SQL", "the source does not take %q: %w", t.Filter, err)
		}
	}
}

// checkFilter says why the condition of a table (load.tables, where) is none. It is put in parentheses before the bounds of a chunk, so
// one like "a = 1) OR (b = 2" would be a sentence of Oracle's too, which reads every row with every chunk.
func checkFilter(where string) error {
	for _, around := range [][2]string{{"SELECT 1 FROM t WHERE ", "\n"}, {"SELECT 1 FROM t WHERE (", "\n)"}} {
		f := parser.Parse("where", []byte(around[0]+where+around[1]), parser.Options{})
		if len(f.Errors) > 0 {
			e := f.Errors[0]
			at := min(max(int(e.Off)-len(around[0]), 0), len(where))
			return fmt.Errorf("%q is no condition: at character %d, %s", where, len([]rune(where[:at]))+1, e.Msg)
		}
		if len(f.Stmts) != 1 {
			return fmt.Errorf("%q is no condition", where)
		}
		if _, ok := f.Stmts[0].(*ast.SelectStmt); !ok {
			return fmt.Errorf("%q is no condition", where)
		}
	}
	return nil
}
