package embedded

import (
	"regexp"

	"landfall/internal/workload"
)

// chain reads texts that are joined, beginning at a token; ok is false where no text begins there.
func (s *scanner) chain(i int) (pieces []workload.Piece, end int, ok bool) {
	n := len(s.hidden)
	if pieces, end, ok = s.chainIn(i, 0); !ok {
		s.hidden = s.hidden[:n] // its tokens are looked at one by one
	}
	return pieces, end, ok
}

// maxNested bounds parentheses within parentheses that are looked into.
const maxNested = 20

func (s *scanner) chainIn(i, depth int) (pieces []workload.Piece, end int, ok bool) {
	for {
		part, next, isText := s.joined(i, depth)
		ok = ok || isText
		if next == i {
			return nil, i, false
		}
		pieces, i = append(pieces, part...), next
		if s.lang == workload.Python && isText && (s.is(i, "%") || s.is(i, ".") && s.is(i+1, "format") && s.is(i+2, "(")) {
			if s.is(i, "%") {
				i = s.behind(i + 1)
			} else {
				i = s.behind(i + 2)
			}
			pieces = formats(pieces)
		}
		switch {
		case s.joins(i):
			i++
		case s.lang == workload.Python && s.at(i).kind == text && s.at(i-1).kind == text: // literals side by side
		default:
			return pieces, i, ok
		}
	}
}

// joined is an operand, or texts in parentheses. What else stands in parentheses only the run knows.
func (s *scanner) joined(i, depth int) (pieces []workload.Piece, next int, isText bool) {
	if !s.is(i, "(") {
		return s.operand(i)
	}
	end := s.behind(i)
	if depth < maxNested {
		if pieces, next, ok := s.chainIn(i+1, depth+1); ok && next == end-1 && s.is(next, ")") {
			return pieces, end, true
		}
		if cast := end < len(s.list) && end == i+3 && (s.at(end).kind != sign || s.is(end, "(")) && s.lang != workload.Python; cast {
			return s.joined(end, depth+1)
		}
	}
	return s.hole(i, end), end, false
}

// hole is what tokens stand for that are no text. SQL in literals among them is remembered: it is looked at nowhere else.
func (s *scanner) hole(from, to int) []workload.Piece {
	for i := from; i < to; i++ {
		if raw, _ := workload.Compose(s.at(i).pieces); s.at(i).kind == text && verb.MatchString(raw) && shape.MatchString(raw) {
			s.hidden = append(s.hidden, i)
		}
	}
	name := s.s[s.at(from).lo:s.at(to-1).hi]
	return []workload.Piece{{Segment: workload.Segment{Holds: workload.HoldsHole, Form: workload.FormFixed, Name: name}}}
}

// operand is one of the joined: a literal, a name whose text is known, or something that only the run knows.
func (s *scanner) operand(i int) (pieces []workload.Piece, next int, isText bool) {
	t := s.at(i)
	ends := s.joins(i+1) || s.is(i+1, ")", ";", ",", "}", "]") || i+1 >= len(s.list) || s.lang == workload.Python
	switch {
	case t.kind == text:
		i++
		pieces = t.pieces
		if s.is(i, ".") && s.is(i+1, "formatted", "format", "strip", "stripIndent", "trim", "intern", "Trim", "toString", "Replace") || s.lang == workload.Python && s.is(i, "%") {
			formatted := s.is(i, "%") || s.is(i+1, "formatted", "format")
			if s.is(i, "%") {
				i++
			} else {
				i += 2
			}
			if i = s.behind(i); formatted {
				pieces = formats(pieces)
			}
		}
		return pieces, i, true
	case t.kind == word && ends && s.consts[s.text(i)] != nil:
		return s.consts[s.text(i)], i + 1, true
	case t.kind == word && ends && s.vars[s.text(i)] != nil:
		v := s.vars[s.text(i)]
		if !v.passed {
			v.passed = true
			s.marked = append(s.marked, v)
		}
		return v.pieces, i + 1, true
	case t.kind == word && s.is(i, "String", "string") && s.is(i+1, ".") && s.is(i+2, "format", "Format") && s.is(i+3, "(") && s.at(i+4).kind == text:
		inner, _, ok := s.chain(i + 4)
		if ok {
			return formats(inner), s.behind(i + 3), true
		}
	case t.kind == word && s.is(i, "String", "string") && s.is(i+1, ".") && s.is(i+2, "join", "Join", "concat", "Concat") && s.is(i+3, "("):
		if pieces, ok := s.strung(i+4, s.is(i+2, "join", "Join")); ok {
			return pieces, s.behind(i + 3), true
		}
	}
	// whatever it is: up to the sign that joins or ends it
	from := i
	depth := 0
	for ; i < len(s.list); i++ {
		if s.at(i).kind == text && depth == 0 && i > from {
			break
		}
		if s.is(i, "(", "[", "{") {
			depth++
		}
		if s.is(i, ")", "]", "}") {
			if depth == 0 {
				break
			}
			depth--
		}
		if depth == 0 && (s.joins(i) && i > from && !(s.lang == workload.PHP && s.is(i, "->")) || s.is(i, ",", ";", "=", "+=", ".=", ":", "?")) {
			break
		}
	}
	if i == from {
		return nil, from, false
	}
	return s.hole(from, i), i, false
}

// strung puts the arguments of a call together, with the first of them between the others where separated says so; ok is
// false where one is no text: a list, whose texts stand elsewhere.
func (s *scanner) strung(i int, separated bool) (pieces []workload.Piece, ok bool) {
	var between []workload.Piece
	for n := 0; ; n++ {
		part, end, ok := s.chain(i)
		if !ok {
			return nil, false
		}
		if separated && n == 0 {
			between = part
		} else {
			if separated && n > 1 {
				pieces = append(pieces, between...)
			}
			pieces = append(pieces, part...)
		}
		if !s.is(end, ",") {
			return pieces, s.is(end, ")") && len(pieces) > 0
		}
		i = end + 1
	}
}

// behind is the token behind the parentheses that begin at a token; the token itself where none do.
func (s *scanner) behind(i int) int {
	if !s.is(i, "(", "[", "{") {
		return min(i+1, len(s.list))
	}
	depth := 0
	for ; i < len(s.list); i++ {
		if s.is(i, "(", "[", "{") {
			depth++
		}
		if s.is(i, ")", "]", "}") {
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return i
}

var placeholder = regexp.MustCompile(`%[-+ 0,#]*\d*(?:\.\d+)?(?:\d+\$)?[sdnxfeS]|%\(\w+\)s|\{\w*\}`)

// formats makes holes of the places of a format.
func formats(pieces []workload.Piece) []workload.Piece {
	var list []workload.Piece
	for _, p := range pieces {
		at := 0
		for _, m := range placeholder.FindAllStringIndex(p.Text, -1) {
			if m[0] > at {
				list = append(list, workload.Part(p, at, m[0]))
			}
			hole := workload.Part(p, m[0], m[1])
			hole.Holds, hole.Name, hole.Text = workload.HoldsHole, hole.Text, ""
			list = append(list, hole)
			at = m[1]
		}
		if at < len(p.Text) || p.Text == "" {
			list = append(list, workload.Part(p, at, len(p.Text)))
		}
	}
	return list
}
