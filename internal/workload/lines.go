package workload

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"landfall/internal/model"
)

// lines reads text line by line, a bounded part of each.
type lines struct {
	ctx  context.Context //nolint:containedctx // lives for the reading of one file
	name string
	r    *bufio.Reader
	n    int    // number of the line that was read last
	text string // it, without its end
	cut  bool   // it is longer than MaxText, and the rest was skipped
	held bool   // it is to be given once more
	err  error
}

func newLines(ctx context.Context, name string, r io.Reader) *lines {
	return &lines{ctx: ctx, name: name, r: bufio.NewReaderSize(r, 1<<16)}
}

// next reads a line; false at the end or after an error.
func (l *lines) next() bool {
	if l.held {
		l.held = false
		return true
	}
	if l.n%1024 == 0 && l.ctx.Err() != nil {
		l.err = l.ctx.Err()
	}
	if l.err != nil {
		return false
	}
	var b []byte
	l.cut = false
	for {
		piece, err := l.r.ReadSlice('\n')
		if room := MaxText - len(b); len(piece) > room {
			piece, l.cut = piece[:room], true
		}
		b = append(b, piece...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			l.err = err
			return false
		}
		if err != nil && len(b) == 0 {
			l.err = io.EOF
			return false
		}
		break
	}
	l.n++
	l.text = strings.TrimRight(string(b), "\r\n")
	return true
}

// back has next give the same line again.
func (l *lines) back() { l.held = true }

// pos is the place of the line that was read last.
func (l *lines) pos() model.Pos { return model.Pos{File: l.name, Line: l.n, Col: 1} }

// failure is what ended the reading before the end of the file, nil at the end.
func (l *lines) failure() error {
	if l.err == nil || errors.Is(l.err, io.EOF) {
		return nil
	}
	return l.err
}

const maxHead = 100

func head(text string) string { return Head(text, maxHead) }

// Head is how a text begins, on one line of at most so many characters.
func Head(text string, most int) string {
	if len(text) > 4*most {
		text = strings.ToValidUTF8(text[:4*most], "")
	}
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

func tooLong(pos model.Pos, text string) Problem {
	return Problem{Pos: pos, Kind: TooLong, Reason: fmt.Sprintf("the statement is longer than %d MiB", MaxText>>20), Hint: "convert it by itself: landfall convert -i FILE", Head: head(text)}
}

func sortBy[T any](list []T, key func(T) int) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}
