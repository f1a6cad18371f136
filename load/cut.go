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
		cuts, err = readCuts(ctx, s, query.Cuts(t, nil, scn, rows))
		return cuts, whole, null, err
	}
}

// tryer asks a session whether it takes the conditions of tables.
func tryer(s source.Session) plan.Tryer {
	return func(ctx context.Context, t *plan.Table, scn model.SCN) error {
		_, err := number(ctx, s, query.Try(t, scn))
		return err
	}
}

// readCuts leaves out those with bytes that are no text in the database's character set, which no bind can say: the chunk before goes on to the next.
func readCuts(ctx context.Context, s source.Session, q query.Query) (cuts [][]string, err error) {
	err = eachSound(ctx, s, q, func(row [][]byte) error {
		cut := make([]string, len(row))
		for i, v := range row {
			if v == nil {
				return errors.New("a value of the key has no text")
			}
			cut[i] = string(v)
		}
		cuts = append(cuts, cut)
		return nil
	}, func(*source.ValueError) error { return nil })
	return cuts, err
}

// splitKey cuts a range of a key into smaller ones.
func splitKey(ctx context.Context, s source.Session, t *plan.Table, c *plan.Chunk, scn model.SCN) ([]plan.Chunk, error) {
	if c.KeyNull || !query.CanCut(t) {
		return []plan.Chunk{*c}, nil
	}
	n, err := number(ctx, s, query.Count(t, c, scn))
	if err != nil || n < splitInto {
		return []plan.Chunk{*c}, err
	}
	cuts, err := readCuts(ctx, s, query.Cuts(t, c, scn, (n+splitInto-1)/splitInto))
	if err != nil {
		return nil, err
	}
	list := plan.KeyRanges(t.No, c.KeyFrom, c.KeyTo, cuts)
	if len(list) > 1 && len(c.KeyFrom)+len(c.KeyTo) == 0 { // the whole table was one chunk: rows with a NULL in the key were in it
		list = append(list, plan.Chunk{Table: t.No, KeyNull: true})
	}
	for i := range list {
		list[i].Rows, list[i].Bytes = n/int64(len(list)), c.Bytes/int64(len(list))
	}
	return list, nil
}

// each runs a query of small values.
func each(ctx context.Context, s source.Session, q query.Query, do func(row [][]byte) error) (err error) {
	return eachSound(ctx, s, q, do, func(err *source.ValueError) error { return err })
}

// eachSound is each, where a row with a value that did not come through is left to another function.
func eachSound(ctx context.Context, s source.Session, q query.Query, do func(row [][]byte) error, unsound func(*source.ValueError) error) (err error) {
	rows, err := s.Query(ctx, q.SQL, q.Binds...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([][]byte, len(rows.Columns()))
	for {
		var bad *source.ValueError
		switch err := rows.Next(ctx, row); {
		case err == io.EOF: // bare: a connection that is lost may have it in its chain
			return nil
		case errors.As(err, &bad):
			if err := unsound(bad); err != nil {
				return err
			}
			continue
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
