package ast

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/token"
)

// File is one parsed source: its text, tokens, statements and everything that went wrong with it.
type File struct {
	Name   string        // as the user knows it; used in positions
	Src    []byte        // UTF-8; offsets count in it
	Tokens []token.Token // all tokens in order, EOF excluded
	Stmts  []Stmt        // top-level statements in order
	Errors []*Error      // in order of position
	Notes  []*Error      // what was read but deserves a remark: a missing terminator, an undecidable directive

	linesOnce sync.Once
	lines     []uint32 // offset of each line's first byte
	foldOnce  sync.Once
	folded    []byte // Src with its small letters of ASCII made large: what folded names are cut from
}

// Error is one thing the front end could not read.
type Error struct {
	Off      uint32   // byte offset in Src
	Tok      uint32   // index of the offending token; len(Tokens) at the end of input
	Msg      string   // lower case, what is wrong
	Expected []string // what the grammar would have taken, if it is short to say
	Hint     string   // what to do about it, may be empty
	Lexical  bool     // found by the lexer: a quote or comment that does not close, a stray character
}

// Text is the source text of one token.
func (f *File) Text(tok uint32) string {
	t := f.Tokens[tok]
	return string(f.Src[t.Off:t.End()])
}

// Bytes is Text without the copy; the caller must not write to it.
func (f *File) Bytes(tok uint32) []byte {
	t := f.Tokens[tok]
	return f.Src[t.Off:t.End()]
}

// Piece is the text from one offset to another, without a copy: it keeps the whole source as long as it is kept, which is for those who
// look at very many.
func (f *File) Piece(lo, hi uint32) string {
	b := f.Src[lo:hi]
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody writes to Src
}

// Source is the text of a node from its first token to its last, comments inside included.
func (f *File) Source(n Node) string {
	s := n.Range()
	if s.Empty() {
		return ""
	}
	return string(f.Src[f.Tokens[s.Lo].Off:f.Tokens[s.Hi-1].End()])
}

// Pos is where a node begins.
func (f *File) Pos(n Node) model.Pos { return f.TokenPos(n.Range().Lo) }

// TokenPos is where a token begins; past the last token it is the end of the text.
func (f *File) TokenPos(tok uint32) model.Pos {
	if int(tok) >= len(f.Tokens) {
		return f.OffsetPos(uint32(len(f.Src)))
	}
	return f.OffsetPos(f.Tokens[tok].Off)
}

// OffsetPos turns a byte offset into a position.
func (f *File) OffsetPos(off uint32) model.Pos {
	f.linesOnce.Do(f.indexLines)
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > off })
	start := uint32(0)
	if line > 0 {
		start = f.lines[line-1]
	} else {
		line = 1
	}
	if int(off) > len(f.Src) {
		off = uint32(len(f.Src))
	}
	return model.Pos{File: f.Name, Offset: int(off), Line: line, Col: 1 + utf8.RuneCount(f.Src[start:off])}
}

func (f *File) indexLines() {
	nl := byte('\n')
	if bytes.IndexByte(f.Src, nl) < 0 {
		nl = '\r' // old Mac text
	}
	f.lines = append(f.lines, 0)
	for i := 0; ; {
		n := bytes.IndexByte(f.Src[i:], nl)
		if n < 0 {
			return
		}
		i += n + 1
		f.lines = append(f.lines, uint32(i))
	}
}

// Ident is the name a token stands for, folded as Oracle folds it: unquoted names in upper case, quoted
// names as written without the quotes. For a bind the colon is kept.
func (f *File) Ident(tok uint32) string {
	t := f.Tokens[tok]
	lo, hi := t.Off, t.End()
	switch t.Kind {
	case token.QuotedIdent:
		b := f.Src[lo+1 : hi]
		if len(b) > 0 && b[len(b)-1] == '"' {
			b = b[:len(b)-1]
		}
		return string(b)
	case token.Ident:
		if t.Kw != 0 {
			return t.Kw.String()
		}
		if t.Flags&token.FlagSubst != 0 && f.Src[hi-1] == '.' { // the dot that ends the name of a substitution variable is none of the value's
			hi--
		}
	}
	return f.upper(lo, hi)
}

// upper is strings.ToUpper of a piece of Src. It allocates nothing for ASCII: an estate has a name every four tokens, and each is asked
// for many times.
func (f *File) upper(lo, hi uint32) string {
	f.foldOnce.Do(func() {
		f.folded = make([]byte, len(f.Src))
		for i, c := range f.Src {
			if 'a' <= c && c <= 'z' {
				c -= 'a' - 'A'
			}
			f.folded[i] = c
		}
	})
	b := f.folded[lo:hi]
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return strings.ToUpper(string(f.Src[lo:hi]))
		}
	}
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody writes to folded
}

// Significant calls yield for the index of every active token of a node, in order, until it returns false.
func (f *File) Significant(s Span) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for i := s.Lo; i < s.Hi; i++ {
			if f.Tokens[i].Flags&token.FlagInactive == 0 && !yield(i) {
				return
			}
		}
	}
}

// InOrder gives the direct children of a node in source order.
func InOrder(n Node) []Node {
	var kids []Node
	n.EachChild(func(c Node) { kids = append(kids, c) })
	sortByPlace(kids)
	return kids
}

// sortByPlace sorts siblings; those of most nodes are in order already.
func sortByPlace(kids []Node) {
	if len(kids) < 2 {
		return
	}
	last := uint32(0)
	for _, c := range kids {
		lo := c.Range().Lo
		if lo < last {
			slices.SortStableFunc(kids, func(a, b Node) int { return cmp.Compare(a.Range().Lo, b.Range().Lo) })
			return
		}
		last = lo
	}
}

var (
	nameKind    = (*Name)(nil).NodeKind()
	literalKind = (*Literal)(nil).NodeKind()
	// ordered are the most frequent of those kinds whose children stand in the source as they do in the struct.
	ordered = func() (is [NodeKinds]bool) {
		for _, n := range []Node{(*Binary)(nil), (*AssignStmt)(nil), (*IfArm)(nil)} {
			is[n.NodeKind()] = true
		}
		return is
	}()
)

// Walk visits n and everything below it, parents first, children in source order. When visit returns
// false the children are left out.
func Walk(n Node, visit func(Node) bool) {
	w := walkers.Get().(*walker)
	w.visit = visit
	w.walk(n)
	w.visit = nil
	clear(w.stack[:w.high]) // what stays behind would keep its tree
	w.high = 0
	walkers.Put(w)
}

// walkers keeps walkers with the stacks that they have grown. One whose visit panics is lost to it.
var walkers = sync.Pool{New: func() any {
	w := &walker{}
	w.push = func(c Node) { w.stack = append(w.stack, c) }
	return w
}}

// walker holds the children of all nodes on the way down in one stack: large estates are walked several times, and
// a slice for each node would be most of the cost.
type walker struct {
	visit func(Node) bool
	push  func(Node)
	stack []Node
	high  int // the most that the stack has held
}

func (w *walker) walk(n Node) {
	if !w.visit(n) {
		return
	}
	kind := n.NodeKind()
	if kind == nameKind || kind == literalKind { // half of all nodes, and without children
		return
	}
	lo := len(w.stack)
	n.EachChild(w.push)
	hi := len(w.stack)
	w.high = max(w.high, hi)
	if !ordered[kind] {
		sortByPlace(w.stack[lo:hi])
	}
	for i := lo; i < hi; i++ {
		w.walk(w.stack[i])
	}
	w.stack = w.stack[:lo]
}
