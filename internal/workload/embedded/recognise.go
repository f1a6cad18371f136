package embedded

import (
	"fmt"
	"regexp"
	"strings"

	"landfall/internal/workload"
)

var (
	// verb is how SQL that programs send begins.
	verb = regexp.MustCompile(`(?is)^\s*(/\*.*?\*/\s*|--[^\n]*\n\s*)*\(*\s*(select|insert|update|delete|merge|with|begin|declare|call|lock|truncate|alter|create|drop|grant|explain|\{\s*(\?\s*=\s*)?call|\{\s*:\w+\s*=\s*call)\b`)
	// shape is what SQL has behind the verb; prose that begins with one has not.
	shape = regexp.MustCompile(`(?is)^\s*(/\*.*?\*/\s*|--[^\n]*\n\s*)*\(*\s*(select\b.+\bfrom\s+\S|insert\s+(all|first|into)\b|update\s+\S+\s+(\w+\s+)?set\b|delete\s+(from\s+)?\S+|merge\s+into\b|with\s+\w+|(begin|declare)\b.+\bend\b|call\s+[\w.$#]+\s*\(|lock\s+table\b|truncate\s+table\b|alter\s+(session|table|index|sequence|user)\b|(create|drop)\s+(or\s+replace\s+)?(global\s+temporary\s+)?(table|view|index|sequence|procedure|function|package|trigger|synonym)\b|grant\s+\w+|explain\s+plan\b|\{)`)
	// postgres is what statements may begin with that were converted.
	postgres = regexp.MustCompile(`(?is)^\s*(do\s+\$|set\s+\w+|call\s|select\b|with\b|values\b|lock\s+table)`)
	// titled is prose: the first word alone is capitalised.
	titled = regexp.MustCompile(`^\s*(Select|Insert|Update|Delete|Merge|With|Begin|Declare|Call|Lock|Truncate|Alter|Create|Drop|Grant|Explain)\b`)
	// fragment is a literal that looks like a piece of SQL whose other pieces are elsewhere.
	fragment = regexp.MustCompile(`(?is)^\s*(where|and|or|order\s+by|group\s+by|from|having|union|set|values|left\s+join|inner\s+join|join)\b.*[=<>(:?,]`)
	// begun is a literal that begins as SQL does and ends too early for a statement; words of prose and names of actions are none.
	begun = regexp.MustCompile(`^\s*\(*\s*(SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|WITH)\s+[\w$."*(:?]|^(?i)\s*select\s+([\w.]+\s*,|\*|\w+\s*\(|\w+_\w+|\w+\.\w)`)
	// plainly is what prose that begins with a capitalised verb has not.
	plainly  = regexp.MustCompile(`[*=_]|\w\.\w|\w\(|\?`)
	numbered = regexp.MustCompile(`\{\d+\}`)
	jpaBind  = regexp.MustCompile(`\?(\d+)|:#\{[^}]*\}`)
)

// context is what is known of how a text is used.
type context uint8

const (
	unknown  context = iota // any literal
	sent                    // an argument of a call that sends SQL
	script                  // a statement of a SQL*Plus script
	jpql                    // a query in JPQL or HQL
	shown                   // a message
	template                // MyBatis annotation
)

// emit hands on a text if it is SQL. unit names the place.
func (s *scanner) emit(pieces []workload.Piece, ctx context, at int) error {
	told := s.told
	s.told = nil
	pieces = jpaBinds(pieces)
	raw := shaped(pieces)
	pos := s.src.Pos(at)
	unit := fmt.Sprintf("line %d", pos.Line)
	origin := fmt.Sprintf("%s, %s", s.lang, unit)
	switch ctx {
	case shown:
		if verb.MatchString(raw) && shape.MatchString(raw) && firm(raw) && s.readable(pieces) {
			s.fragments++
		}
		return nil
	case template:
		s.units++
		return mybatisText(s, at, unit, pieces)
	case jpql:
		s.units++
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.NotOracle, Reason: "a query in JPQL or HQL: the persistence framework makes the SQL of it", Hint: "a trace or V$SQL has the SQL that it makes", Head: strings.Join(strings.Fields(raw), " ")})
		return nil
	}
	if len(raw) > workload.MaxText {
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.TooLong, Reason: "a literal is too long"})
		return nil
	}
	switch {
	case ctx == script:
	case s.sink.Lenient && postgres.MatchString(raw) && !titled.MatchString(raw):
	case !verb.MatchString(raw):
		if fragment.MatchString(raw) {
			s.fragments++
		}
		return nil
	case !shape.MatchString(raw):
		if ctx == sent || begun.MatchString(raw) {
			s.fragments++
		}
		return nil
	case ctx == unknown && titled.MatchString(raw) && !(plainly.MatchString(raw) && s.readable(pieces)):
		if s.readable(pieces) {
			s.fragments++ // "Select a file from the list" reads as SQL too
		}
		return nil
	}
	filled, ok := workload.FillHoles(pieces)
	if !ok && (s.lang == workload.CSharp && numbered.MatchString(raw) || s.lang == workload.Python && placeholder.MatchString(raw)) { // parameters of ExecuteSqlRaw and its like
		filled, ok = workload.FillHoles(formats(pieces))
	}
	text, segments := workload.Compose(filled)
	text, segments = workload.Endless(text, segments)
	if text == "" || s.seen[at] == text {
		return nil
	}
	if !ok && ctx == unknown && !firm(raw) && !s.sink.Lenient {
		s.fragments++
		return nil
	}
	s.seen[at] = text
	s.units++
	return s.sink.Statement(workload.Statement{
		Text: text, Module: s.module, Pos: pos, Kind: workload.KindSource, Origin: origin, Binds: withTypes(bindsOf(segments, text), told),
		Source: &workload.Composition{Unit: unit, Branch: 1, Branches: 1, Segments: segments},
	})
}

// shaped is the text with something in place of its holes.
func shaped(pieces []workload.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Holds == workload.HoldsHole && p.Text == "" {
			b.WriteString("hole$")
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// firm tells SQL that the parser cannot read from prose: what only SQL has.
func firm(raw string) bool {
	if strings.Contains(raw, "...") || strings.Contains(raw, "—") { // a text about SQL
		return false
	}
	upper := strings.ToUpper(raw)
	for _, w := range []string{" WHERE ", " VALUES", " SET ", "FROM DUAL", "ORDER BY ", "GROUP BY ", "CONNECT BY ", "INSERT INTO ", ":=", "(+)", " JOIN "} {
		if strings.Contains(strings.Join(strings.Fields(upper), " "), w) {
			return true
		}
	}
	return false
}

func bindsOf(segments []workload.Segment, text string) []workload.Bind {
	var list []workload.Bind
	at := 0
	for _, g := range segments {
		if g.Holds == workload.HoldsBind {
			name := strings.ToUpper(strings.TrimPrefix(text[at:at+g.Len], ":"))
			known := false
			for _, b := range list {
				known = known || b.Name == name
			}
			if !known {
				list = append(list, workload.Bind{Name: name})
			}
		}
		at += g.Len
	}
	return list
}

// jpaBinds makes host variables of ?1 and :#{...}, which JPA and Spring have.
func jpaBinds(pieces []workload.Piece) []workload.Piece {
	var list []workload.Piece
	for _, p := range pieces {
		at := 0
		if p.Holds == workload.HoldsText && p.Hi-p.Lo == len(p.Text) {
			for _, m := range jpaBind.FindAllStringIndex(p.Text, -1) {
				name := p.Text[m[0]:m[1]]
				if m[0] > at {
					list = append(list, workload.Part(p, at, m[0]))
				}
				q := workload.Part(p, m[0], m[1])
				q.Holds, q.Name = workload.HoldsBind, name
				q.Text = ":p" + strings.TrimPrefix(name, "?")
				if strings.HasPrefix(name, ":#") {
					var n workload.Names
					q.Text = n.Bind(name)
				}
				list = append(list, q)
				at = m[1]
			}
		}
		if at < len(p.Text) || len(p.Text) == 0 {
			list = append(list, workload.Part(p, at, len(p.Text)))
		}
	}
	return list
}
