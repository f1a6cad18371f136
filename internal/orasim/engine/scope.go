package engine

import (
	"fmt"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
)

// colInfo is a column of a source.
type colInfo struct {
	name   string
	typ    typ
	slot   int // in the row of the block
	hidden bool
	merged bool // of a USING or NATURAL join: stands for both sides, without a qualifier
	col    *column
	null   bool // may be null
}

// src is one item of a FROM clause.
type src struct {
	alias     string
	schema    string
	cols      []colInfo
	table     *table
	rowid     int // slot of the row's place, -1 when nobody asks
	index     int
	wantRowID bool
	optional  bool     // on the side of an outer join that may be missing
	bare      bool     // named by the table: without an alias
	whole     *colInfo // of a collection's elements: what VALUE gives
	flashback string   // AS OF, as written
}

// Slots that every row of a FROM clause begins with.
const (
	slotRownum = iota
	slotLevel
	slotLeaf
	slotCycle
	firstSlot
)

// scope is the names of one query block.
type scope struct {
	nested   *grouping // aggregates of aggregates: one group of all groups
	rownum   bool      // ROWNUM is asked for
	parent   *scope
	srcs     []*src
	width    int
	hier     bool
	stage    stage
	group    *grouping
	wins     *windows
	aliases  map[string]expr // select aliases, in ORDER BY
	used     map[int]bool    // sources that the expression being compiled refers to
	outer    bool            // ... or something outside of this block
	volatile bool            // ... or ROWNUM, a sequence: what must not be moved
	merged   []int           // sources that are columns of USING and NATURAL joins
}

type stage uint8

const (
	stageFrom  stage = iota // rows of the FROM clause
	stageGroup              // groups
)

// compiler turns the tree of one statement into closures.
type compiler struct {
	noteStars              bool                          // the view is being created
	stars                  map[*ast.Name]map[string]bool // of a view: what each * stands for; filled where it is new
	silent                 bool                          // rows are made, not inserted: triggers do not matter
	noSubquery, noSequence bool
	schema                 string // names without a qualifier belong to it
	s                      *Session
	f                      *ast.File
	scope                  *scope
	binds                  []bindInfo
	// bindAt counts the occurrences of placeholders by token.
	bindOf map[uint32]int
	views  int // depth of views, against circles
	ctes   []*cteDef
	// noAgg says why an aggregate must not stand here.
	inNested bool // inside of the outer aggregate of two
	inAgg    bool
	inPrior  bool
	ddl      bool // expressions of the catalog: no binds
	// outermost is the body of the query whose select list may have CURSOR expressions.
	outermost ast.QueryExpr
	collects  *udt // what COLLECT is cast to
	// names are those of the PL/SQL block around, nil outside of one; taken are the values that a statement in it takes.
	names plsql.Names
	taken *[]plsql.Expr
}

// bindInfo is a declared bind as far as compiling needs it.
type bindInfo struct{ typ typ }

func (c *compiler) at(n ast.Node) int { return c.tokenAt(n.Range().Lo) }

func (c *compiler) tokenAt(tok uint32) int {
	if int(tok) < len(c.f.Tokens) {
		return int(c.f.Tokens[tok].Off)
	}
	return len(c.f.Src)
}

func (c *compiler) fail(n ast.Node, code int, args ...any) error {
	return ora.At(ora.New(code, args...), c.at(n))
}

// unsupported is ORA-03001 with the text of the node.
func (c *compiler) unsupported(n ast.Node, what string) error {
	text := c.f.Source(n)
	if len(text) > 200 {
		text = text[:200] + "..."
	}
	return ora.At(ora.Unsupported(what+": "+text), c.at(n))
}

// parse reads one statement. Errors of the syntax become the number that Oracle gives in such places; the file comes with them, too.
func parse(sql string) (*ast.File, ast.Stmt, error) {
	f := parser.Parse("", []byte(sql), parser.Options{})
	if len(f.Errors) > 0 {
		if at := unclosedText(f); beginsBlock(f) && at >= 0 {
			return f, nil, ora.At(ora.New(1756), at)
		} else if beginsBlock(f) {
			return f, nil, plsql.SyntaxError(f, f.Errors[0])
		}
		return f, nil, syntaxError(f)
	}
	var found ast.Stmt
	for _, s := range f.Stmts {
		switch s.(type) {
		case *ast.EmptyStmt:
			continue
		}
		if found != nil {
			return nil, nil, ora.At(ora.New(933), int(f.Tokens[s.Range().Lo].Off))
		}
		found = s
	}
	if found == nil {
		return nil, nil, ora.New(900)
	}
	if n := int(found.Range().Hi); n < len(f.Tokens) {
		// a semicolon ends a script's statement, and is no part of SQL; the one of a block or stored unit is
		if f.Tokens[n].Kind == token.Semi && !plsqlStatement(found) {
			return nil, nil, ora.At(ora.New(911), int(f.Tokens[n].Off))
		}
	}
	return f, found, nil
}

// plsqlStatement reports whether a statement is PL/SQL, which ends in a semicolon of its own.
func plsqlStatement(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.Block, *ast.CreateRoutine, *ast.CreatePackage, *ast.CreatePackageBody, *ast.CreateType, *ast.CreateTypeBody, *ast.CreateTrigger, *ast.CreateLibrary:
		return true
	}
	return false
}

// beginsBlock reports whether a text is that of an anonymous block.
func beginsBlock(f *ast.File) bool {
	if len(f.Tokens) == 0 {
		return false
	}
	t := f.Tokens[0]
	return t.Is(token.BEGIN) || t.Is(token.DECLARE) || t.Kind == token.LLabel
}

// unclosedText is where a text begins that has no end, -1 when there is none.
func unclosedText(f *ast.File) int {
	for _, t := range f.Tokens {
		if t.Flags&token.FlagUnclosed != 0 && t.Kind != token.QuotedIdent {
			return int(t.Off)
		}
	}
	return -1
}

func syntaxError(f *ast.File) error {
	e := f.Errors[0]
	code := 900
	expected := ""
	if len(e.Expected) > 0 {
		expected = e.Expected[0]
	}
	switch {
	case e.Lexical:
		code = 911
		if unclosedText(f) == int(e.Off) {
			code = 1756 // also N'..., q'[...
		} else if len(f.Src) > int(e.Off) && f.Src[e.Off] == '\'' {
			code = 1756
		} else if len(f.Src) > int(e.Off) && f.Src[e.Off] == '"' {
			code = 1740
		}
	case expected == "an expression":
		code = 936
	case expected == "the end of the statement":
		code = 933
	case expected == ")":
		code = 907
	case expected == "(":
		code = 906
	case expected == "BY":
		code = 924
	case expected == "FROM":
		code = 923
	case expected == "INTO":
		code = 925
	case expected == "VALUES":
		code = 926
	case expected == "a statement":
		code = 900
	case expected == "a name":
		code = 931
	case expected == "=":
		code = 927
	case expected == "SELECT":
		code = 928
	case expected == "a table":
		code = 903
	default:
		code = 905
	}
	return ora.At(ora.New(code), int(e.Off))
}

// found is what a name stands for.
type found struct {
	depth int
	scope *scope
	src   *src
	col   *colInfo
}

// column looks a name up in the block and those around it.
func (c *compiler) column(n ast.Node, parts []string) (*found, error) {
	depth := 0
	for s := c.scope; s != nil; s = s.parent {
		hit, err := s.find(parts)
		if err != nil {
			return nil, ora.At(err, c.at(n))
		}
		if hit != nil {
			hit.depth = depth
			return hit, nil
		}
		depth++
	}
	return nil, nil
}

// find looks a name up among the sources of one block.
func (s *scope) find(parts []string) (*found, error) {
	var hit *found
	name := parts[len(parts)-1]
	for _, src := range s.srcs {
		if !src.is(parts[:len(parts)-1]) {
			continue
		}
		for i := range src.cols {
			col := &src.cols[i]
			if col.name != name || col.hidden && col.merged && len(parts) == 1 {
				continue
			}
			if hit != nil {
				return nil, ora.New(918)
			}
			hit = &found{scope: s, src: src, col: col}
		}
	}
	return hit, nil
}

// source finds a source by its qualifier.
func (s *scope) source(parts []string) *src {
	for _, src := range s.srcs {
		if src.is(parts) {
			return src
		}
	}
	return nil
}

func (x *src) is(qualifier []string) bool {
	switch len(qualifier) {
	case 0:
		return true
	case 1:
		return x.alias == qualifier[0]
	case 2:
		return x.alias == qualifier[1] && x.schema == qualifier[0]
	}
	return false
}

// invalid is ORA-00904 with the name as Oracle shows it.
func (c *compiler) invalid(n ast.Node, parts []string) error {
	name := ""
	for i, p := range parts {
		if i > 0 {
			name += "."
		}
		name += `"` + p + `"`
	}
	return c.fail(n, 904, name)
}

// slots reserves places in the row of the block.
func (s *scope) slots(n int) int {
	at := s.width
	s.width += n
	return at
}

// touch notes that an expression refers to a source.
func (c *compiler) touch(depth int, index int) {
	s := c.scope
	for range depth {
		s.outer = true
		s = s.parent
	}
	if s.used != nil {
		s.used[index] = true
	}
}

func (c *compiler) volatile() {
	for s := c.scope; s != nil; s = s.parent {
		s.volatile = true
	}
}

func quoted(schema, name string) string { return fmt.Sprintf("%q.%q", schema, name) }

// quotedName is a name as SQL must write it to mean it.
func quotedName(name string) string { return `"` + name + `"` }
