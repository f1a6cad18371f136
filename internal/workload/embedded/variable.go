package embedded

import (
	"slices"
	"strings"

	"landfall/internal/workload"
)

// variable is a local variable that holds a text.
type variable struct {
	pieces []workload.Piece
	fixed  []workload.Piece // without what stands in deeper blocks
	open   []workload.Piece // with holes in place of that
	forked bool
	at     int // byte of its first literal
	depth  int
	ctx    context
	binds  []workload.Bind // that the statements it is prepared for are given
	sound  bool            // it is used for something else than to be shown
	passed bool            // a longer text was made of it
	broken bool            // it is changed in a way that is not followed
}

// usedIn notes what a variable is used for. That it is shown as well, in a log, says nothing about what it holds.
func (v *variable) usedIn(ctx context) {
	switch {
	case ctx != shown:
		v.sound = true
		if ctx != unknown && v.ctx != sent {
			v.ctx = ctx
		}
	case v.ctx == unknown:
		v.ctx = shown
	}
	if v.ctx == shown && v.sound {
		v.ctx = unknown
	}
}

// assign follows NAME = text, and NAME = new StringBuilder(text).
func (s *scanner) assign(i int) (int, error) {
	name := s.text(i)
	begin := i + 2
	if s.is(begin, "new") {
		if !s.is(begin+1, "StringBuilder", "StringBuffer", "String") || !s.is(begin+2, "(") {
			return begin, nil
		}
		v := &variable{at: s.at(i).lo, depth: s.depth}
		end := s.behind(begin + 2)
		if pieces, _, ok := s.chain(begin + 3); ok {
			v.pieces, v.at = pieces, first(pieces, v.at)
			v.fixed, v.open = pieces, pieces
		}
		if err := s.finish(name); err != nil {
			return i, err
		}
		delete(s.gone, name)
		s.vars[name] = v
		if s.is(end, ".") && s.is(end+1, changing...) && s.is(end+2, "(") {
			return s.changes(name, end)
		}
		return end, nil
	}
	old := s.vars[name]
	pieces, end, ok := s.chain(begin)
	if !ok {
		if old != nil { // it holds something else now
			return begin, s.finish(name)
		}
		return begin, nil
	}
	if old != nil && old.passed && s.is(begin, name) { // sql = sql + "..."
		old.passed = false
		s.add(old, pieces[len(old.pieces):])
		return end, nil
	}
	if err := s.finish(name); err != nil {
		return i, err
	}
	if s.consts[name] != nil && s.depth <= 1 {
		s.told = s.constantBound(name)
		return end, s.emit(pieces, unknown, first(pieces, s.at(begin).lo))
	}
	delete(s.gone, name)
	s.vars[name] = &variable{pieces: pieces, fixed: pieces, open: pieces, at: first(pieces, s.at(begin).lo), depth: s.depth}
	return end, nil
}

// add appends to a variable. What stands in a deeper block may be left out.
func (s *scanner) add(v *variable, pieces []workload.Piece) {
	if len(v.pieces) == 0 {
		v.at = first(pieces, v.at)
	}
	v.pieces = append(slices.Clip(v.pieces), pieces...)
	if s.conditional(v) {
		v.forked = true
		v.open = append(slices.Clip(v.open), unknownText(pieces)...)
	} else {
		v.fixed = append(slices.Clip(v.fixed), pieces...)
		v.open = append(slices.Clip(v.open), pieces...)
	}
}

// unknownText is a hole in place of a text.
func unknownText(pieces []workload.Piece) []workload.Piece {
	text, _ := workload.Compose(pieces)
	return []workload.Piece{{Segment: workload.Segment{Holds: workload.HoldsHole, Form: workload.FormFixed, Name: text}}}
}

// changing are the methods by which a text that is held is changed.
var changing = []string{"append", "Append", "AppendLine", "AppendFormat", "concat", "insert", "Insert", "setLength", "delete", "Remove", "Clear", "replace", "Replace", "deleteCharAt"}

// change follows NAME.append(text).append(text) and the other methods.
func (s *scanner) change(i int) (int, error) { return s.changes(s.text(i), i+1) }

func (s *scanner) changes(name string, i int) (int, error) {
	for s.is(i, ".") && s.is(i+1, changing...) && s.is(i+2, "(") {
		v := s.vars[name]
		arg, end := i+3, s.behind(i+2)
		switch {
		case s.is(i+1, "append", "Append", "AppendLine", "AppendFormat", "concat"):
			pieces, _, ok := s.appended(arg)
			if !ok {
				break
			}
			if s.is(i+1, "AppendFormat") {
				pieces = formats(pieces)
			}
			if s.is(i+1, "AppendLine") {
				pieces = append(slices.Clone(pieces), workload.Piece{Text: "\n", Segment: workload.Segment{Form: workload.FormFixed, Holds: workload.HoldsGlue}})
			}
			s.add(v, pieces)
		case s.is(i+1, "insert", "Insert") && s.is(arg, "0") && s.is(arg+1, ","):
			if pieces, _, ok := s.appended(arg + 2); ok {
				s.prefix(v, pieces)
			}
		case s.is(i+1, "Clear"), s.is(i+1, "setLength") && s.is(arg, "0") && s.is(arg+1, ")"), s.is(i+1, "delete") && s.is(arg, "0") && s.is(arg+1, ","): // begun anew
			fresh := &variable{at: v.at, depth: v.depth}
			if err := s.finish(name); err != nil {
				return end, err
			}
			delete(s.gone, name)
			s.vars[name] = fresh
		case s.is(i+1, "setLength", "deleteCharAt"): // a last comma is taken away
			v.pieces, v.fixed, v.open = endless(v.pieces), endless(v.fixed), endless(v.open)
		default:
			v.broken = true
		}
		i = end
	}
	return i, nil
}

// prefix puts a text in front of what a variable holds.
func (s *scanner) prefix(v *variable, pieces []workload.Piece) {
	held, fixed, open := v.pieces, v.fixed, v.open
	v.pieces = append(slices.Clip(pieces), held...)
	if s.conditional(v) {
		v.forked = true
		v.open = append(unknownText(pieces), open...)
		return
	}
	v.fixed, v.open = append(slices.Clip(pieces), fixed...), append(slices.Clip(pieces), open...)
}

// late counts what is added to a variable that was handed on when its block ended.
func (s *scanner) late(name string, i int) {
	if !s.gone[name] {
		return
	}
	if pieces, _, ok := s.chain(i); ok {
		if text, _ := workload.Compose(pieces); !verb.MatchString(text) && !fragment.MatchString(text) { // those are counted where they stand
			s.fragments++
		}
	}
}

// leave finishes the variables of the blocks that have ended.
func (s *scanner) leave(depth int) error {
	var names []string
	for n, v := range s.vars {
		if v.depth > depth {
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return s.vars[a].at - s.vars[b].at })
	for _, n := range names {
		if err := s.finish(n); err != nil {
			return err
		}
	}
	return nil
}

// finish hands on what a variable holds.
func (s *scanner) finish(name string) error {
	v := s.vars[name]
	if v == nil {
		return nil
	}
	delete(s.vars, name)
	text, _ := workload.Compose(v.pieces)
	if v.passed && !workload.Readable(text) {
		return nil
	}
	s.gone[name] = true
	sql := verb.MatchString(text) && v.ctx != jpql && v.ctx != shown
	told := func(how string) {
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(v.at), Kind: workload.Enumeration, Reason: how})
	}
	if sql && v.broken {
		told("the text is changed by calls that are not followed: the statement was made without them")
	}
	s.told = v.binds
	if sql && v.forked && !s.readable(v.pieces) && !s.readable(v.fixed) && s.readable(v.open) {
		told("parts of the text are added under conditions or in loops: the statement was made with something unknown in their places")
		return s.emit(v.open, v.ctx, v.at)
	}
	if err := s.emit(v.pieces, v.ctx, v.at); err != nil || !v.forked {
		return err
	}
	if text, _ := workload.Compose(v.fixed); verb.MatchString(text) && sql {
		told("parts of the text are added under conditions: the statement was made with all of them and with none")
		s.told = v.binds
		return s.emit(v.fixed, v.ctx, v.at)
	}
	return nil
}

// readable reports whether pieces make a statement, with names or nothing in their holes.
func (s *scanner) readable(pieces []workload.Piece) bool {
	_, ok := workload.FillHoles(pieces)
	return ok
}

// endless takes a comma from the end.
func endless(pieces []workload.Piece) []workload.Piece {
	n := len(pieces) - 1
	if n < 0 {
		return pieces
	}
	last := pieces[n]
	cut := strings.TrimRight(last.Text, " \t\r\n")
	if !strings.HasSuffix(cut, ",") {
		return pieces
	}
	return append(slices.Clone(pieces[:n]), workload.Part(last, 0, len(cut)-1))
}

// appended is an argument that is added to a text: joined texts, or something that only the run knows.
func (s *scanner) appended(i int) ([]workload.Piece, int, bool) {
	if pieces, end, ok := s.chain(i); ok {
		return pieces, end, true
	}
	pieces, end, _ := s.operand(i)
	return pieces, end, end > i
}
