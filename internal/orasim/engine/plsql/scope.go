package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

type tok = token.Token

// scope is the names of a block, loop or routine.
type scope struct {
	up      *scope
	above   int // how many names of the scope around are visible: what is declared later is not
	level   int // how deep the routine lies that the scope belongs to
	label   string
	entries []*entry
	routine *routine // the routine whose body it begins
}

// entry is one name.
type entry struct {
	name string
	kind entryKind
	typ  *Type // of variables, and of type names
	// slot in the frame of the scope's level.
	slot     int
	readonly bool // constants, IN parameters, indexes of loops
	routine  []*routine
	cursor   *declaredCursor
	exc      *exceptionDef
}

type entryKind uint8

const (
	isVar entryKind = iota
	isType
	isRoutine
	isCursor
	isException
	isLabel
)

// compiler compiles one unit.
type compiler struct {
	host     Host
	f        *ast.File
	scope    *scope
	slots    []int // how many each open level has
	binds    []*bindVar
	bindOf   map[string]int
	mistakes []*mistake
	fatal    error
	loops    []*loopScope
	lastLoop int
	labels   []map[string]bool // of the open lists of statements, for GOTO
	handlers int               // exception handlers around
	current  *routine          // nil in the block itself
	sql      int               // inside of SQL
	sqlTypes map[Scalar]*Type  // of the schema
	tables   map[string]*Type  // those that Oracle's packages declare

	lobSources map[*entry]bool // variables that hold LOBs of rows
	lobFlows   [][2]*entry
	lobWrites  []lobWrite
}

// bindVar is a variable of the client.
type bindVar struct {
	name          string
	typ           *Type
	size          int
	read, written bool
	made          bool // the block makes a temporary LOB of it
}

// loopScope is a loop that EXIT and CONTINUE may leave.
type loopScope struct {
	label string
	id    int
}

func (c *compiler) push() *scope {
	s := &scope{up: c.scope}
	if c.scope != nil {
		s.above, s.level = len(c.scope.entries), c.scope.level
	}
	c.scope = s
	return s
}

func (c *compiler) pop(s *scope) { c.scope = s.up }

// newSlot takes a place in the frame of the routine being compiled.
func (c *compiler) newSlot() int {
	at := len(c.slots) - 1
	c.slots[at]++
	return c.slots[at] - 1
}

// declare enters a name; one that is there already is PLS-00371 when it is used, and is complained of at once here.
func (c *compiler) declare(n ast.Node, e *entry) error {
	for _, x := range c.scope.entries {
		if x.name == e.name && x.kind != isLabel {
			return c.wrong(n, 371, "at most one declaration for '%s' is permitted", e.name)
		}
	}
	c.scope.entries = append(c.scope.entries, e)
	return nil
}

// view is the names as they are visible at one place of the source.
type view struct {
	c       *compiler
	s       *scope
	visible int
	sql     bool
	routine *routine
}

func (c *compiler) view(sql bool) *view {
	return &view{c: c, s: c.scope, visible: len(c.scope.entries), sql: sql, routine: c.current}
}

// enter makes the compiler look from a view; the engine may compile again later, when the catalog has changed.
func (v *view) enter() func() {
	c := v.c
	scope, current, sql := c.scope, c.current, c.sql
	cut := &scope0{v.s, v.visible}
	c.scope, c.current, c.sql = cut.scope(), v.routine, 0
	if v.sql {
		c.sql = 1
	}
	return func() { c.scope, c.current, c.sql = scope, current, sql }
}

// scope0 is a scope of which only the first names are visible.
type scope0 struct {
	s *scope
	n int
}

func (x *scope0) scope() *scope {
	if len(x.s.entries) == x.n {
		return x.s
	}
	s := *x.s
	s.entries = s.entries[:x.n:x.n]
	return &s
}

// find looks a name up from the inside out.
func (c *compiler) find(name string) (*entry, *scope) {
	visible := -1
	for s := c.scope; s != nil; s = s.up {
		list := s.entries
		if visible >= 0 {
			list = list[:min(visible, len(list))]
		}
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].name == name {
				return list[i], s
			}
		}
		visible = s.above
	}
	return nil, nil
}

// in looks a name up in one scope, which a label or the name of a routine stands for.
func (s *scope) in(name string) *entry {
	for _, e := range s.entries {
		if e.name == name {
			return e
		}
	}
	return nil
}

// labelled finds the scope of a label or routine that a qualified name begins with.
func (c *compiler) labelled(name string) *scope {
	for s := c.scope; s != nil; s = s.up {
		if s.label == name && name != "" {
			return s
		}
	}
	return nil
}

// depth is how many frames lie between the routine being compiled and a scope.
func (c *compiler) depth(s *scope) int { return c.scope.level - s.level }

// Frame is the variables of one activation of a routine.
type Frame struct {
	Run   *Run
	up    *Frame
	slots []any
	ret   any
}

func (fr *Frame) at(depth int) *Frame {
	for range depth {
		fr = fr.up
	}
	return fr
}
