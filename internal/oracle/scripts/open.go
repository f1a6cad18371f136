package scripts

import (
	"sync"
	"sync/atomic"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// DefaultMaxTrees is Options.MaxTrees of programs that may meet large sources: some 400 MB of trees.
const DefaultMaxTrees = 8 << 20

// trees counts the tokens whose whole trees an estate keeps.
type trees struct {
	max  int64 // 0 is all
	kept atomic.Int64
}

// parse reads a text as the options say, without keeping the bodies of its packages once enough is kept.
func (t *trees) parse(name string, src []byte, opt Options) *ast.File {
	thin := t.max > 0 && t.kept.Load() >= t.max
	f := parser.Parse(name, src, parser.Options{CCFlags: opt.CCFlags, Thin: thin})
	if !thin {
		t.kept.Add(int64(len(f.Tokens)))
	}
	return f
}

// reading is how many hold the tree of a unit whose bodies are put away when nobody does.
type reading struct {
	mu    sync.Mutex
	count int
}

// thinUnit makes a unit one that has to be opened, when something of it is put away.
func thinUnit(u *Unit) {
	if s, ok := u.Stmt.(*ast.CreatePackageBody); ok && parser.Away(s) {
		u.reading = &reading{}
	}
}

// Open sees to it that the whole tree of the unit is there until Close; see Options.MaxTrees. Whoever looks into the
// body of a package's routine calls it first. Open without Close keeps the tree.
func (u *Unit) Open() {
	if u.reading == nil {
		return
	}
	u.reading.mu.Lock()
	defer u.reading.mu.Unlock()
	if u.reading.count++; u.reading.count == 1 {
		parser.ReadBack(u.Source.Parsed, u.Stmt.(*ast.CreatePackageBody))
	}
}

// Close ends what Open began.
func (u *Unit) Close() {
	if u.reading == nil {
		return
	}
	u.reading.mu.Lock()
	defer u.reading.mu.Unlock()
	if u.reading.count--; u.reading.count == 0 {
		parser.PutAway(u.Stmt.(*ast.CreatePackageBody))
	}
}
