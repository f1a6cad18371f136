// Package printer writes parsed Oracle source out again, in four modes.
//
// Input -> output: an *ast.File, or one node of it, in; text out.
//
//   - as is (Print, RoundTrip): byte for byte what was read, put together by walking the tree, so that a tree
//     that lost, doubled or misplaced a token cannot print;
//   - normalised (Normalise): one spelling for all that means the same to the parser;
//   - literal-free (Fingerprint): the normalised text without constants, and its digest;
//   - anonymised (Anonymiser): names and constants replaced, the same way everywhere.
//
// It changes no tree and reads no names: what an identifier refers to is not its business. All functions may
// be called concurrently; an Anonymiser too.
package printer

import (
	"fmt"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Print puts a file together from its tree. The result is the source itself, or an error that names the node
// whose tokens do not fit.
func Print(f *ast.File) ([]byte, error) {
	w := start(f, 0, true)
	w.out = make([]byte, 0, len(f.Src))
	if err := w.file(); err != nil {
		return nil, err
	}
	return append(w.out, f.Src[w.end:]...), nil
}

// RoundTrip reports whether a file prints back to what it was read from. It walks the tree as Print does but
// keeps no text: tokens that come in order and each once, with what stands between them, are the source.
func RoundTrip(f *ast.File) error {
	return start(f, 0, false).file()
}

// Source prints one node as is, from its first token to its last, comments between them included.
func Source(f *ast.File, n ast.Node) ([]byte, error) {
	s := n.Range()
	if s.Empty() {
		return nil, nil
	}
	if int(s.Hi) > len(f.Tokens) {
		return nil, fmt.Errorf("%T covers tokens [%d,%d) of %d", n, s.Lo, s.Hi, len(f.Tokens))
	}
	w := start(f, s.Lo, true)
	w.end = f.Tokens[s.Lo].Off
	if err := w.node(n); err != nil {
		return nil, err
	}
	return w.out, nil
}

// Check is RoundTrip for one statement.
func Check(f *ast.File, n ast.Node) error {
	s := n.Range()
	if s.Empty() {
		return nil
	}
	return start(f, s.Lo, false).node(n)
}

// walker emits tokens in the order of the tree and checks that this is the order of the text.
type walker struct {
	f     *ast.File
	write bool
	out   []byte
	at    uint32 // next token to emit
	end   uint32 // source offset up to which text is out
	err   error
	spine []*ast.Binary // of the chains being emitted

	parent      ast.Node // whose children are being emitted
	look, visit func(ast.Node)
	last        uint32 // of order: where the child before begins, how many there are, whether one is out of order
	count       int
	shuffled    bool
}

// Checker is RoundTrip for one statement after the other, as parser.ParseEach gives them.
type Checker struct{ w *walker }

// NewChecker makes a Checker for a file that is being parsed.
func NewChecker(f *ast.File) *Checker { return &Checker{w: start(f, 0, false)} }

// Between checks what stands between the statement before and s, which may only be terminators; nil for s asks
// for what is left at the end of the file.
func (c *Checker) Between(s ast.Stmt) error {
	hi := uint32(len(c.w.f.Tokens))
	if s != nil {
		hi = s.Range().Lo
	}
	err := c.w.between(hi)
	c.w.at = max(c.w.at, hi)
	return err
}

// Stmt checks one statement.
func (c *Checker) Stmt(s ast.Stmt) error {
	c.w.at, c.w.err = s.Range().Lo, nil
	err := c.w.node(s)
	c.w.at = max(c.w.at, s.Range().Hi)
	return err
}

func start(f *ast.File, at uint32, write bool) *walker {
	w := &walker{f: f, at: at, write: write}
	w.look, w.visit = w.order, w.child // once: a method value is an allocation
	return w
}

func (w *walker) file() error {
	for _, s := range w.f.Stmts {
		if err := w.between(s.Range().Lo); err != nil {
			return err
		}
		if err := w.node(s); err != nil {
			return err
		}
	}
	return w.between(uint32(len(w.f.Tokens)))
}

// upTo emits the tokens before index hi, each with the space and comments in front of it.
func (w *walker) upTo(hi uint32) {
	if hi <= w.at {
		return
	}
	if !w.write {
		w.at = hi
		return
	}
	for ; w.at < hi; w.at++ {
		t := w.f.Tokens[w.at]
		w.out = append(w.out, w.f.Src[w.end:t.Off]...)
		w.out = append(w.out, w.f.Src[t.Off:t.End()]...)
		w.end = t.End()
	}
}

// between emits what stands between statements, which may only be terminators and inactive tokens.
func (w *walker) between(hi uint32) error {
	if hi < w.at || int(hi) > len(w.f.Tokens) {
		return fmt.Errorf("%s: a statement begins inside the one before", w.f.TokenPos(hi))
	}
	for i := w.at; i < hi; i++ {
		t := w.f.Tokens[i]
		if t.Kind != token.Semi && t.Kind != token.TermSlash && t.Flags&token.FlagInactive == 0 {
			return fmt.Errorf("%s: \"%s\" belongs to no statement", w.f.TokenPos(i), w.f.Text(i))
		}
	}
	w.upTo(hi)
	return nil
}

func (w *walker) node(n ast.Node) error {
	s := n.Range()
	if s.Lo != w.at && !s.Empty() {
		return w.misplaced(n, "begins out of order")
	}
	if int(s.Hi) > len(w.f.Tokens) {
		return w.misplaced(n, "reaches beyond the text")
	}
	switch x := n.(type) {
	case *ast.Binary:
		return w.chain(x)
	case *ast.Name, *ast.Literal: // half of all nodes, and without children
		w.upTo(s.Hi)
		return nil
	}
	w.last, w.count, w.shuffled = 0, 0, false
	n.EachChild(w.look)
	if w.count > 0 {
		parent := w.parent
		w.parent = n
		if w.shuffled {
			for _, k := range ast.InOrder(n) {
				w.child(k)
			}
		} else {
			n.EachChild(w.visit)
		}
		w.parent = parent
		if w.err != nil {
			return w.err
		}
	}
	w.upTo(s.Hi)
	return nil
}

// chain emits a OR b OR c ...: its left operands are nested as deep as it has terms, and there may be a hundred
// thousand of them, which is no depth to call oneself to.
func (w *walker) chain(b *ast.Binary) error {
	base := len(w.spine)
	x := ast.Expr(b)
	for {
		b, ok := x.(*ast.Binary)
		if !ok {
			break
		}
		if b.Lo != w.at || int(b.Hi) > len(w.f.Tokens) || len(w.spine) > base && b.Hi > w.spine[len(w.spine)-1].Hi {
			return w.misplaced(b, "does not fit")
		}
		w.spine = append(w.spine, b)
		x = b.X
	}
	parent := w.parent
	w.parent = w.spine[len(w.spine)-1]
	if x != nil { // nil in CASE x WHEN < 5
		w.child(x)
	}
	for i := len(w.spine) - 1; i >= base && w.err == nil; i-- {
		b := w.spine[i]
		w.spine, w.parent = w.spine[:i], b
		w.child(b.Y)
		if w.err == nil {
			w.upTo(b.Hi)
		}
	}
	w.spine, w.parent = w.spine[:base], parent
	return w.err
}

// order notes whether the children come in the order of the text. They nearly always do, and then they need not
// be collected: a list may have millions.
func (w *walker) order(k ast.Node) {
	lo := k.Range().Lo
	w.count++
	w.shuffled = w.shuffled || lo < w.last
	w.last = lo
}

// child emits one child of w.parent and what stands before it.
func (w *walker) child(k ast.Node) {
	if w.err != nil {
		return
	}
	s, ks := w.parent.Range(), k.Range()
	switch {
	case ks.Empty():
		if ks.Lo < s.Lo || ks.Hi > s.Hi {
			w.err = w.misplaced(k, fmt.Sprintf("lies outside its %T", w.parent))
		}
	case ks.Lo < w.at:
		w.err = w.misplaced(k, "overlaps what stands before it")
	case ks.Hi > s.Hi:
		w.err = w.misplaced(k, fmt.Sprintf("reaches beyond its %T", w.parent))
	default:
		w.upTo(ks.Lo)
		w.err = w.node(k)
	}
}

func (w *walker) misplaced(n ast.Node, what string) error {
	s := n.Range()
	lo := min(s.Lo, uint32(len(w.f.Tokens)))
	return fmt.Errorf("%s: %T [%d,%d) %s (token %d)", w.f.TokenPos(lo), n, s.Lo, s.Hi, what, w.at)
}
