package embedded

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"landfall/internal/workload"
	"landfall/internal/workload/mybatis"
)

// scanner reads one file.
type scanner struct {
	src    *workload.Source
	s      string
	lang   workload.Language
	sink   workload.Sink
	list   []token
	module string

	consts    map[string][]workload.Piece
	vars      map[string]*variable
	depth     int
	units     int
	fragments int
	seen      map[int]string  // texts by where they begin
	told      []workload.Bind // what the program gives the variables of the text that is emitted next
}

// variable is a local variable that holds a text.
type variable struct {
	pieces []workload.Piece
	fixed  []workload.Piece // without what stands in deeper blocks
	forked bool
	at     int // byte of its first literal
	depth  int
	ctx    context
	binds  []workload.Bind // that the statements it is prepared for are given
	passed bool            // a longer text was made of it
}

// Scan finds the statements of one file. units is how many places hold SQL.
func Scan(src *workload.Source, lang workload.Language, sink workload.Sink) (units int, err error) {
	s := &scanner{
		src: src, s: string(src.Text), lang: lang, sink: sink, module: moduleOf(src.Name),
		consts: map[string][]workload.Piece{}, vars: map[string]*variable{}, seen: map[int]string{},
	}
	switch lang {
	case workload.Shell:
		err = s.shell()
	case workload.Properties:
		err = s.properties()
	default:
		s.list = tokenize(src, lang)
		s.constants()
		err = s.walk()
	}
	if s.fragments > 0 {
		sink.Problem(workload.Problem{
			Pos: src.Pos(0), Kind: workload.Unresolved, Reason: fmt.Sprintf("%d literals look like pieces of SQL that are put together where it is not followed", s.fragments),
			Hint: "a trace or V$SQL has the whole statements",
		})
	}
	return s.units, err
}

func moduleOf(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func (s *scanner) at(i int) token {
	if i < 0 || i >= len(s.list) {
		return token{kind: sign, lo: len(s.s), hi: len(s.s)}
	}
	return s.list[i]
}

func (s *scanner) text(i int) string { t := s.at(i); return s.s[t.lo:t.hi] }

func (s *scanner) is(i int, words ...string) bool {
	return s.at(i).kind != text && slices.Contains(words, s.text(i))
}

// joins reports whether the token joins texts.
func (s *scanner) joins(i int) bool {
	if s.lang == workload.PHP {
		return s.is(i, ".")
	}
	return s.is(i, "+")
}

// constants finds the texts that the file gives to names once: fields and module variables.
func (s *scanner) constants() {
	given := map[string]int{}
	for i := range s.list {
		if s.at(i).kind == word && s.is(i+1, "=", "+=", ".=") {
			given[s.text(i)]++
		}
	}
	for range 3 { // constants of constants
		for i := range s.list {
			if s.at(i).kind != word || !s.is(i+1, "=") || given[s.text(i)] != 1 {
				continue
			}
			if pieces, end, ok := s.chain(i + 2); ok && whole(pieces) && (s.is(end, ";", ",") || s.lang == workload.Python) {
				s.consts[s.text(i)] = pieces
			}
		}
	}
}

func whole(pieces []workload.Piece) bool {
	return !slices.ContainsFunc(pieces, func(p workload.Piece) bool { return p.Holds == workload.HoldsHole })
}

// chain reads texts that are joined, beginning at a token; ok is false where no text begins there.
func (s *scanner) chain(i int) (pieces []workload.Piece, end int, ok bool) {
	open := 0
	for s.is(i, "(") {
		open++
		i++
	}
	literals := 0
	for {
		part, next, isText := s.operand(i)
		if isText {
			literals++
		}
		if next == i {
			return nil, i, false
		}
		pieces, i = append(pieces, part...), next
		for open > 0 && s.is(i, ")") {
			open--
			i++
		}
		switch {
		case s.joins(i):
			i++
			for s.is(i, "(") {
				open++
				i++
			}
		case s.lang == workload.Python && s.at(i).kind == text && s.at(i-1).kind == text: // literals side by side
		default:
			return pieces, i, literals > 0
		}
	}
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
		v.passed = true
		return v.pieces, i + 1, true
	case t.kind == word && s.is(i, "String", "string") && s.is(i+1, ".") && s.is(i+2, "format", "Format", "join", "Concat") && s.is(i+3, "(") && s.at(i+4).kind == text:
		inner, _, ok := s.chain(i + 4)
		if ok {
			return formats(inner), s.behind(i + 3), true
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
	name := s.s[s.at(from).lo:s.at(i-1).hi]
	return []workload.Piece{{Segment: workload.Segment{Holds: workload.HoldsHole, Form: workload.FormFixed, Name: name}}}, i, false
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

// walk goes over the tokens once.
func (s *scanner) walk() error {
	for i := 0; i < len(s.list); {
		next, err := s.step(i)
		if err != nil {
			return err
		}
		i = max(next, i+1)
	}
	return s.leave(-1)
}

func (s *scanner) step(i int) (int, error) {
	switch {
	case s.is(i, "{") && s.lang != workload.Python:
		s.depth++
		return i + 1, nil
	case s.is(i, "}") && s.lang != workload.Python:
		s.depth--
		return i + 1, s.leave(s.depth)
	case s.is(i, "@"):
		return s.annotation(i)
	case s.at(i).kind == word && s.is(i+1, "="):
		return s.assign(i)
	case s.at(i).kind == word && s.is(i+1, "+=", ".="):
		if v := s.vars[s.text(i)]; v != nil {
			if pieces, end, ok := s.appended(i + 2); ok {
				s.add(v, pieces)
				return end, nil
			}
		}
		return i + 2, nil
	case s.at(i).kind == word && s.is(i+1, ".") && s.is(i+2, "append", "Append", "AppendLine", "concat") && s.vars[s.text(i)] != nil:
		v := s.vars[s.text(i)]
		for i++; s.is(i, ".") && s.is(i+1, "append", "Append", "AppendLine", "concat") && s.is(i+2, "("); {
			if pieces, _, ok := s.appended(i + 3); ok {
				if s.is(i+1, "AppendLine") {
					pieces = append(slices.Clone(pieces), workload.Piece{Text: "\n", Segment: workload.Segment{Form: workload.FormFixed, Holds: workload.HoldsGlue}})
				}
				s.add(v, pieces)
			}
			i = s.behind(i + 2)
		}
		return i, nil
	case s.at(i).kind == word && s.vars[s.text(i)] != nil:
		if ctx := s.use(i); ctx != unknown {
			s.vars[s.text(i)].ctx = ctx
		}
		v := s.vars[s.text(i)]
		for _, b := range s.bound(i) {
			v.binds = enter(v.binds, b)
		}
		if s.joins(i + 1) {
			if pieces, end, ok := s.chain(i); ok {
				s.told = s.bound(i)
				return end, s.emit(pieces, s.use(i), s.vars[s.text(i)].at)
			}
		}
		return i + 1, nil
	case s.at(i).kind == text, s.at(i).kind == word && s.consts[s.text(i)] != nil && s.joins(i+1):
		pieces, end, ok := s.chain(i)
		if !ok {
			return i + 1, nil
		}
		s.told = s.bound(i)
		return end, s.emit(pieces, s.use(i), first(pieces, s.at(i).lo))
	}
	return i + 1, nil
}

// appended is an argument that is added to a text: joined texts, or something that only the run knows.
func (s *scanner) appended(i int) ([]workload.Piece, int, bool) {
	if pieces, end, ok := s.chain(i); ok {
		return pieces, end, true
	}
	pieces, end, _ := s.operand(i)
	return pieces, end, end > i
}

func first(pieces []workload.Piece, otherwise int) int {
	for _, p := range pieces {
		if p.Hi > p.Lo {
			return p.Lo
		}
	}
	return otherwise
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
			v.fixed = pieces
		}
		if err := s.finish(name); err != nil {
			return i, err
		}
		s.vars[name] = v
		for s.is(end, ".") && s.is(end+1, "append", "Append") && s.is(end+2, "(") {
			if pieces, _, ok := s.appended(end + 3); ok {
				s.add(v, pieces)
			}
			end = s.behind(end + 2)
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
	s.vars[name] = &variable{pieces: pieces, fixed: pieces, at: first(pieces, s.at(begin).lo), depth: s.depth}
	return end, nil
}

// add appends to a variable. What stands in a deeper block may be left out.
func (s *scanner) add(v *variable, pieces []workload.Piece) {
	if len(v.pieces) == 0 {
		v.at = first(pieces, v.at)
	}
	v.pieces = append(slices.Clip(v.pieces), pieces...)
	if s.depth > v.depth {
		v.forked = true
	} else {
		v.fixed = append(slices.Clip(v.fixed), pieces...)
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
	if text, _ := workload.Compose(v.pieces); v.passed && !workload.Readable(text) {
		return nil
	}
	s.told = v.binds
	if err := s.emit(v.pieces, v.ctx, v.at); err != nil || !v.forked {
		return err
	}
	if text, _ := workload.Compose(v.fixed); verb.MatchString(text) && v.ctx != jpql && v.ctx != shown {
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(v.at), Kind: workload.Enumeration, Reason: "parts of the text are added under conditions: the statement was made with all of them and with none"})
		return s.emit(v.fixed, v.ctx, v.at)
	}
	return nil
}

var (
	sends = []string{
		"prepareStatement", "prepareCall", "executeQuery", "executeUpdate", "execute", "addBatch", "query", "queryForObject", "queryForList", "queryForMap", "queryForRowSet", "queryForInt", "queryForLong",
		"queryForStream", "update", "batchUpdate", "createNativeQuery", "createSQLQuery", "createSqlQuery", "CommandText", "OracleCommand", "SqlQuery", "ExecuteSqlRaw", "executemany", "callproc", "oci_parse", "prepare", "exec", "Query", "Execute", "ExecuteScalar", "QueryFirst", "sql",
	}
	asks  = []string{"createQuery", "createNamedQuery", "NamedQuery"}
	shows = []string{
		"print", "println", "printf", "info", "warn", "error", "debug", "trace", "log", "fatal", "warning", "exception", "Exception", "RuntimeException", "IllegalArgumentException", "IllegalStateException", "WriteLine", "echo", "getMessage", "addError", "setText", "setTitle",
	}
)

// use tells from the call around a token what its text is for.
func (s *scanner) use(i int) context {
	for n := 1; n < 4; n++ {
		switch {
		case s.is(i-n, "(") && s.at(i-n-1).kind == word:
			name := s.text(i - n - 1)
			switch {
			case slices.Contains(asks, name):
				return jpql
			case slices.Contains(sends, name):
				return sent
			case slices.Contains(shows, name) || strings.HasSuffix(name, "Exception") || strings.HasSuffix(name, "Error"):
				return shown
			}
			return unknown
		case s.is(i-n, "echo", "print", "throw", "raise"):
			return shown
		case s.is(i-n, "=") && s.is(i-n-1, "CommandText"):
			return sent
		case s.is(i-n, "(", "+", ".", "$"):
		default:
			return unknown
		}
	}
	return unknown
}

// annotation reads what Java annotations hold: Spring Data's @Query and MyBatis's @Select and its like.
func (s *scanner) annotation(i int) (int, error) {
	name := s.text(i + 1)
	if s.lang != workload.Java || s.at(i+1).kind != word || !s.is(i+2, "(") {
		return i + 1, nil
	}
	end := s.behind(i + 2)
	ctx := unknown
	switch name {
	case "Query", "NamedNativeQuery", "NamedQuery":
		if ctx = jpql; name == "NamedNativeQuery" {
			ctx = sent
		}
		for n := i + 3; n < end; n++ {
			if s.is(n, "nativeQuery") && s.is(n+1, "=") && s.is(n+2, "true") {
				ctx = sent
			}
		}
	case "NativeQuery", "SQLInsert", "SQLUpdate", "SQLDelete", "Subselect", "Formula":
		ctx = sent
		if name == "Formula" {
			return end, nil
		}
	case "Select", "Insert", "Update", "Delete":
		ctx = template
	case "SelectProvider", "InsertProvider", "UpdateProvider", "DeleteProvider":
		s.units++
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(s.at(i).lo), Kind: workload.Unresolved, Reason: "@" + name + ": a method makes the SQL", Hint: "a trace or V$SQL has it"})
		return end, nil
	default:
		return i + 2, nil
	}
	var all []workload.Piece
	for n := i + 3; n < end; {
		if s.at(n).kind == word && s.is(n+1, "=") {
			if !s.is(n, "value", "query") {
				for n += 2; n < end-1 && !s.is(n, ","); n++ {
				}
				continue
			}
			n += 2
			continue
		}
		if s.at(n).kind == text || s.at(n).kind == word && s.consts[s.text(n)] != nil {
			if pieces, next, ok := s.chain(n); ok {
				if len(all) > 0 {
					if ctx != template {
						break
					}
					all = append(all, workload.Piece{Text: " ", Segment: workload.Segment{Form: workload.FormFixed, Holds: workload.HoldsGlue}})
				}
				all = append(all, pieces...)
				n = max(next, n+1)
				continue
			}
		}
		n++
	}
	if len(all) == 0 {
		return end, nil
	}
	return end, s.emit(all, ctx, first(all, s.at(i).lo))
}

func mybatisText(s *scanner, at int, unit string, pieces []workload.Piece) error {
	return mybatis.ScanScript(s.src, at, unit, "MyBatis annotation, "+unit, pieces, s.sink)
}
