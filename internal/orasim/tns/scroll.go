package tns

import (
	"context"
	"errors"
	"io"
	"math"

	"landfall/internal/orasim/session"
)

// Where the rows of a scrollable cursor are wanted from. The position that comes with it is the number of a row, counted from 1, for relative
// moves too: the driver has added the distance.
const (
	scrollFirst = 0x04
	scrollLast  = 0x08
)

// scrolled is a result that can be read from any of its rows: those that were read are kept.
type scrolled struct {
	rows  session.Rows
	kept  [][][]byte
	ended bool
	at    int // rows before the next one
}

// Next implements session.Rows.
func (s *scrolled) Next(ctx context.Context, row [][]byte) error {
	if err := s.read(ctx, s.at+1, len(row)); err != nil {
		return err
	}
	if s.at >= len(s.kept) {
		return io.EOF
	}
	copy(row, s.kept[s.at])
	s.at++
	return nil
}

// read keeps n rows, or all when there are fewer.
func (s *scrolled) read(ctx context.Context, n, columns int) error {
	for !s.ended && len(s.kept) < n {
		row := make([][]byte, columns)
		err := s.rows.Next(ctx, row)
		if errors.Is(err, io.EOF) {
			s.ended = true
			return nil
		}
		if err != nil {
			return err
		}
		for i, v := range row {
			if v != nil {
				row[i] = append([]byte{}, v...)
			}
		}
		s.kept = append(s.kept, row)
	}
	return nil
}

// move goes in front of a row; behind the last one where there is no such row.
func (s *scrolled) move(ctx context.Context, orientation, position, columns int) error {
	switch orientation {
	case scrollFirst:
		position = 1
	case scrollLast:
		if err := s.read(ctx, math.MaxInt, columns); err != nil {
			return err
		}
		position = max(len(s.kept), 1)
	default:
		if err := s.read(ctx, position, columns); err != nil {
			return err
		}
	}
	s.at = min(max(position-1, 0), len(s.kept))
	return nil
}

// Close implements session.Rows.
func (s *scrolled) Close() error { return s.rows.Close() }

// scroll moves a scrollable cursor to where the call wants its rows from.
func (c *connection) scroll(ctx context.Context, cur *cursor, orientation, position int) error {
	if s, ok := cur.rows.(*scrolled); ok {
		return s.move(ctx, orientation, position, len(cur.columns))
	}
	return nil
}
