package gen

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// packageFacts is what the conversion knows of a package beyond the catalog: the trees of its two halves. Maps and slices
// are read-only once NewEstate is done; Infos are made when they are first asked for.
type packageFacts struct {
	e      *Estate
	object *model.Object
	packagePlace
	spec, body half
	vars       []*packageVar // those of the specification first, in source order
	byName     map[string]*packageVar
	cursors    map[string]*packageCursor
	init       *ast.Block // of the body
	needsInit  bool

	gaps   map[*model.Type]bool // nested tables whose elements the body deletes one by one
	naming sync.Once
	named  map[*model.Routine]string // PostgreSQL names of overloads that need one of their own
}

// half is a specification or body.
type half struct {
	unit  *scripts.Unit // nil where the source has none
	decls []ast.Decl
	once  sync.Once
	info  *resolve.Info
}

// packageVar is a variable or constant of a package.
type packageVar struct {
	name    string // folded
	decl    *ast.VarDecl
	half    *half
	private bool
	pure    bool // a constant whose value hangs on nothing but constants
}

// packageCursor is a cursor that a package declares; query is the half with its query.
type packageCursor struct {
	name string
	decl *ast.CursorDecl
	half *half
}

func (e *Estate) packageFacts() {
	e.packages = map[*model.Object]*packageFacts{}
	for _, u := range e.units {
		var (
			name  *ast.Name
			decls []ast.Decl
			body  bool
			init  *ast.Block
		)
		switch x := u.Stmt.(type) {
		case *ast.CreatePackage:
			name, decls = x.Name, x.Decls
		case *ast.CreatePackageBody:
			name, decls, init, body = x.Name, x.Decls, x.Init, true
		default:
			continue
		}
		o := e.packageObject(u, name)
		if o == nil || e.creator[u.Object] != u {
			continue
		}
		p := e.packages[o]
		if p == nil {
			p = &packageFacts{e: e, object: o, packagePlace: e.names.pkg(o.Schema, o.Name), byName: map[string]*packageVar{}, cursors: map[string]*packageCursor{}}
			e.packages[o] = p
		}
		if body {
			p.body.unit, p.body.decls, p.init = u, decls, init
		} else {
			p.spec.unit, p.spec.decls = u, decls
		}
	}
	for _, p := range e.packages {
		p.collect(&p.spec, false)
		p.collect(&p.body, true)
		for _, v := range p.vars {
			v.pure = v.decl.Constant && v.decl.Default != nil && p.pure(v.half, v.decl.Default, 0)
		}
		p.needsInit = p.init != nil
		for _, v := range p.vars {
			p.needsInit = p.needsInit || v.decl.Default != nil && !v.pure
		}
	}
}

// packageObject is the catalog's package that a specification or body belongs to.
func (e *Estate) packageObject(u *scripts.Unit, n *ast.Name) *model.Object {
	parts := u.Source.Parsed.Parts(n)
	if len(parts) == 0 {
		return nil
	}
	schema := u.Schema
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	o := e.Catalog.Find(model.KindPackage, schema, parts[len(parts)-1])
	if o == nil && schema != "" {
		o = e.Catalog.Find(model.KindPackage, "", parts[len(parts)-1])
	}
	return o
}

func (p *packageFacts) collect(h *half, private bool) {
	if h.unit == nil {
		return
	}
	f := h.unit.Source.Parsed
	for _, d := range h.decls {
		switch x := d.(type) {
		case *ast.VarDecl:
			v := &packageVar{name: f.Last(x.Name), decl: x, half: h, private: private}
			p.vars = append(p.vars, v)
			if p.byName[v.name] == nil {
				p.byName[v.name] = v
			}
		case *ast.CursorDecl:
			c := &packageCursor{name: f.Last(x.Name), decl: x, half: h}
			if old := p.cursors[c.name]; old == nil || old.decl.Query == nil {
				p.cursors[c.name] = c
			}
		}
	}
}

// maxPure bounds the chain of constants that name each other.
const maxPure = 20

// pure reports whether an expression hangs on nothing but literals and constants of this package that are so themselves.
func (p *packageFacts) pure(h *half, e ast.Expr, depth int) bool {
	if depth > maxPure {
		return false
	}
	switch x := e.(type) {
	case *ast.Literal:
		return x.Kind != ast.LitDefault
	case *ast.Paren:
		return p.pure(h, x.X, depth+1)
	case *ast.Unary:
		return p.pure(h, x.X, depth+1)
	case *ast.Binary:
		return p.pure(h, x.X, depth+1) && p.pure(h, x.Y, depth+1)
	case *ast.Name:
		parts := h.unit.Source.Parsed.Parts(x)
		if len(parts) != 1 && (len(parts) != 2 || parts[0] != p.object.Name) {
			return false
		}
		v := p.byName[parts[len(parts)-1]]
		return v != nil && v.decl.Constant && v.decl.Default != nil && p.pure(v.half, v.decl.Default, depth+1)
	}
	return false
}

// resolved is the Info of a half.
func (h *half) resolved(e *Estate) *resolve.Info {
	h.once.Do(func() {
		h.unit.Open() // for good
		h.info = e.resolver.Resolve(h.unit.Source.Parsed, h.unit.Stmt, h.unit.Schema)
	})
	return h.info
}

// inHalf runs f with the half of a package in place of the statement at hand.
func (g *gen) inHalf(h *half, f func()) {
	if h.unit == nil || h.unit == g.unit {
		f()
		return
	}
	file, info, seen := g.f, g.info, g.seen
	g.f, g.info, g.seen = h.unit.Source.Parsed, h.resolved(g.e), tokenSet{}
	f()
	g.f, g.info, g.seen = file, info, seen
}

// packageOf is the package that a name's thing is a member of, nil for all else.
func (g *gen) packageOf(ref *resolve.Ref) *packageFacts {
	if ref == nil || ref.Object == nil || ref.Object.Kind != model.KindPackage {
		return nil
	}
	return g.e.packages[ref.Object]
}

// inlined is the literal that stands for a constant wherever it is used: its value is a literal of the declared type, so
// that no conversion or rounding comes between (PL/SQL Language Reference, "Declaring Constants"). nil for all others.
func (v *packageVar) inlined() ast.Expr {
	if !v.decl.Constant || v.decl.Default == nil || v.decl.Bounds != nil || v.decl.Type == nil || v.decl.Type.Name != nil {
		return nil
	}
	e := v.decl.Default
	if u, ok := e.(*ast.Unary); ok && u.Op.Kind == token.Minus {
		e = u.X
	}
	l, ok := e.(*ast.Literal)
	if !ok {
		return nil
	}
	number := e != v.decl.Default
	f := v.half.unit.Source.Parsed
	text := f.Source(l)
	switch v.decl.Type.Kw {
	case token.NUMBER:
		if l.Kind == ast.LitNumber && len(v.decl.Type.Args) == 0 && plainNumber(text, true) {
			return v.decl.Default
		}
	case token.PLS_INTEGER, token.BINARY_INTEGER, token.INTEGER, token.POSITIVE, token.NATURAL, token.SIMPLE_INTEGER:
		if l.Kind == ast.LitNumber && plainNumber(text, false) && len(text) < 10 {
			return v.decl.Default
		}
	case token.VARCHAR2, token.VARCHAR:
		if l.Kind == ast.LitString && !number && len(text) > 2 {
			return l
		}
	case token.CHAR: // as long as it is, so that nothing is padded
		if l.Kind == ast.LitString && !number && len(text) > 2 && !strings.Contains(text, "''") {
			n := 1
			if a := v.decl.Type.Args; len(a) > 0 {
				n, _ = strconv.Atoi(f.Source(a[0]))
			}
			if utf8.RuneCountInString(text) == n+2 {
				return l
			}
		}
	case token.BOOLEAN:
		if l.Kind == ast.LitTrue || l.Kind == ast.LitFalse {
			return l
		}
	case token.DATE:
		if l.Kind == ast.LitDate {
			return l
		}
	}
	return nil
}

func plainNumber(s string, point bool) bool {
	for _, c := range s {
		if (c < '0' || c > '9') && (c != '.' || !point) {
			return false
		}
	}
	return s != ""
}
