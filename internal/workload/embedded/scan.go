package embedded

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/workload"
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
	gone      map[string]bool // variables that were handed on when their block ended
	depth     int
	now       int   // token at hand
	loose     int   // token up to which a statement without braces stands under a condition
	indents   []int // of Python: the indentation of the line that a token begins, -1 within lines
	units     int
	fragments int
	prepared  map[string][]int // tokens that are names of constants which statements are prepared from; nil before the first look
	marked    []*variable      // that became parts of the text at hand
	hidden    []int            // tokens with SQL inside of what only the run knows
	seen      map[int]string   // texts by where they begin
	told      []workload.Bind  // what the program gives the variables of the text that is emitted next
}

// Scan finds the statements of one file. units is how many places hold SQL.
func Scan(src *workload.Source, lang workload.Language, sink workload.Sink) (units int, err error) {
	s := &scanner{
		src: src, s: string(src.Text), lang: lang, sink: sink, module: moduleOf(src.Name),
		consts: map[string][]workload.Piece{}, vars: map[string]*variable{}, gone: map[string]bool{}, seen: map[int]string{},
	}
	switch lang {
	case workload.Shell:
		err = s.shell()
	case workload.Properties:
		err = s.properties()
	default:
		s.list = tokenize(src, lang)
		s.measure()
		s.constants()
		err = s.walk()
	}
	slices.Sort(s.hidden)
	s.fragments += len(slices.Compact(s.hidden))
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

// walk goes over the tokens once.
func (s *scanner) walk() error {
	for i := 0; i < len(s.list); {
		s.now = i
		if err := s.place(i); err != nil {
			return err
		}
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
		s.late(s.text(i), i+2)
		return i + 2, nil
	case s.at(i).kind == word && s.vars[s.text(i)] != nil && s.is(i+1, ".") && s.is(i+2, changing...) && s.is(i+3, "("):
		return s.change(i)
	case s.at(i).kind == word && s.vars[s.text(i)] != nil:
		v := s.vars[s.text(i)]
		v.usedIn(s.use(i))
		for _, b := range s.bound(i) {
			v.binds = enter(v.binds, b)
		}
		if s.joins(i + 1) {
			return s.longer(i, s.vars[s.text(i)].at)
		}
		return i + 1, nil
	case s.at(i).kind == text, s.at(i).kind == word && s.consts[s.text(i)] != nil && s.joins(i+1):
		return s.longer(i, s.at(i).lo)
	}
	return i + 1, nil
}

// longer hands on the texts that are joined from a token on. Variables among them count as parts of a longer text only
// where that is a statement: a message that quotes one is none.
func (s *scanner) longer(i, at int) (int, error) {
	s.marked = s.marked[:0]
	units := s.units
	pieces, end, ok := s.chain(i)
	if !ok {
		return i + 1, nil
	}
	s.told = s.bound(i)
	err := s.emit(pieces, s.use(i), first(pieces, at))
	if s.units == units {
		for _, v := range s.marked {
			v.passed = false
		}
	}
	return end, err
}

func first(pieces []workload.Piece, otherwise int) int {
	for _, p := range pieces {
		if p.Hi > p.Lo {
			return p.Lo
		}
	}
	return otherwise
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
