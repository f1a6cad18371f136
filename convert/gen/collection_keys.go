package gen

import (
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// keysOf is the class of the keys of a collection that is kept as jsonb: ClassText or ClassInteger. ClassUnknown is for
// those kept as arrays, and for all other types. A nested table whose elements are deleted one by one has gaps, which an
// array cannot have: it is kept as an associative array with its subscripts as keys.
func (g *gen) keysOf(t resolve.Type) resolve.TypeClass {
	if k := t.Keys(); k != resolve.ClassUnknown {
		return k
	}
	if g.sparse(t) {
		return resolve.ClassInteger
	}
	return resolve.ClassUnknown
}

// sparse reports whether a nested table of a routine or package may have gaps.
func (g *gen) sparse(t resolve.Type) bool {
	t = t.Base()
	if t.Class != resolve.ClassCollection || t.Keys() != resolve.ClassUnknown {
		return false
	}
	if d := t.Def(); d != nil && d.Name != "" {
		p := g.e.packages[t.Object]
		return d.Form == model.FormNestedTable && p != nil && p.gaps[d]
	}
	d, ok := t.Decl.(*ast.TypeDecl)
	if !ok {
		return false
	}
	if c, ok := d.Def.(*ast.CollectionType); !ok || c.Kind != ast.NestedTable {
		return false
	}
	if g.gaps == nil {
		g.gaps = map[ast.Node]bool{}
		if hasElementDelete(g.f, g.root().Range()) {
			deletesElements(g.f, g.info, g.root(), func(t resolve.Type) {
				if t.Decl != nil {
					g.gaps[t.Decl] = true
				}
			})
		}
	}
	return g.gaps[d]
}

// findGaps notes the nested tables whose elements a package's body deletes one by one. The body is open.
func (p *packageFacts) findGaps(info *resolve.Info) {
	f, s := p.body.unit.Source.Parsed, p.body.unit.Stmt
	if !hasElementDelete(f, s.Range()) {
		return
	}
	p.gaps = map[*model.Type]bool{}
	deletesElements(f, info, s, func(t resolve.Type) {
		if d := t.Def(); d != nil {
			p.gaps[d] = true
		}
	})
}

// hasElementDelete looks for .DELETE( among the tokens.
func hasElementDelete(f *ast.File, s ast.Span) bool {
	for i := s.Lo + 1; i+1 < s.Hi && int(i+1) < len(f.Tokens); i++ {
		if f.Tokens[i].Kw == token.DELETE && f.Tokens[i-1].Kind == token.Dot && f.Tokens[i+1].Kind == token.LParen {
			return true
		}
	}
	return false
}

// deletesElements tells the types of the nested tables that DELETE(i) and DELETE(i, j) are called of.
func deletesElements(f *ast.File, info *resolve.Info, root ast.Node, tell func(resolve.Type)) {
	ast.Walk(root, func(n ast.Node) bool {
		c, ok := n.(*ast.Call)
		if !ok || len(c.Args) == 0 {
			return true
		}
		switch fn := c.Fn.(type) {
		case *ast.Name:
			if info.Ref(fn).Builtin != "COLLECTION.DELETE" {
				return true
			}
			base, parts := info.Base(fn), f.Parts(fn)
			t := *base.Ref.TypeOf()
			for _, part := range parts[min(base.Parts, len(parts)-1) : len(parts)-1] {
				t = t.Field(part)
			}
			tell(t.Base())
		case *ast.Field:
			if fn.Name != nil && info.Ref(fn.Name).Builtin == "COLLECTION.DELETE" {
				tell(info.Type(fn.X).Base())
			}
		}
		return true
	})
}
