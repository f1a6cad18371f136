package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"landfall/internal/model"
	"landfall/load/plan"
	"landfall/load/query"
	"landfall/load/source"
)

// cutter asks a session where to cut tables by their keys.
func cutter(s source.Session) plan.Cutter {
	return func(ctx context.Context, t *plan.Table, scn model.SCN, rows int64) (cuts [][]string, whole, null int64, err error) {
		if null, err = number(ctx, s, query.Nulls(t, scn)); err != nil {
			return nil, 0, 0, err
		}
		all, err := number(ctx, s, query.Count(t, nil, scn))
		if err != nil {
			return nil, 0, 0, err
		}
		whole = all - null
		if !query.CanCut(t) || whole <= rows {
			return nil, whole, null, nil
		}
		err = each(ctx, s, query.Cuts(t, scn, rows), func(row [][]byte) error {
			cut := make([]string, len(row))
			for i, v := range row {
				if v == nil {
					return errors.New("a value of the key has no text")
				}
				cut[i] = string(v)
			}
			cuts = append(cuts, cut)
			return nil
		})
		return cuts, whole, null, err
	}
}

// each runs a query of small values.
func each(ctx context.Context, s source.Session, q query.Query, do func(row [][]byte) error) (err error) {
	rows, err := s.Query(ctx, q.SQL, q.Binds...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([][]byte, len(rows.Columns()))
	for {
		switch err := rows.Next(ctx, row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := do(row); err != nil {
			return err
		}
	}
}

// number is the one value of a query that gives a number as text.
func number(ctx context.Context, s source.Session, q query.Query) (n int64, err error) {
	found := false
	err = each(ctx, s, q, func(row [][]byte) error {
		if found {
			return errors.New("more than one row")
		}
		found = true
		n, err = strconv.ParseInt(string(row[0]), 10, 64)
		return err
	})
	if err == nil && !found {
		err = fmt.Errorf("no row: %s", q.SQL)
	}
	return n, err
}
