package gen

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// Install scripts create objects from blocks: IF the table is not there THEN EXECUTE IMMEDIATE 'CREATE TABLE ...'. The
// catalog has such objects as if the text stood in the script, and so has the result: the target is empty, so the object
// is made, in its phase.

// blockDDL emits the objects that constant text in a block creates; all tells that the block does nothing else.
func (g *gen) blockDDL(x *ast.Block) (made, all bool) {
	all = true
	static := map[ast.Node]bool{}
	for i := range g.info.Dynamic {
		d := &g.info.Dynamic[i]
		s := g.createdBy(d)
		if s == nil {
			continue
		}
		sub := g.inside(d, s)
		sub.host, sub.inDynamic = false, false
		if o := sub.createdObject(s); o != nil {
			if slices.Contains(o.Again, g.f.Pos(d.Node)) {
				g.ignore(d.Node, "not-converted", "%s: replaced by %s", sub.what(s), o.Pos)
				static[d.Node], made = true, true
				continue
			}
			sub.object = o.ID()
		}
		sub.topLevel(s)
		g.adopt(d.Node, sub)
		for _, o := range sub.out {
			o.Pos, o.Lines = g.f.Pos(d.Node), nil
			g.out = append(g.out, o)
			made = true
		}
		if sub.refusal != nil && g.refusal == nil {
			g.refusal = sub.refusal
		}
		static[d.Node] = true
	}
	if !made {
		return false, false
	}
	ast.Walk(x, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.ExecImmediate:
			all = all && static[s]
		case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert, *ast.Commit, *ast.Rollback:
			all = false
		case *ast.CallStmt:
			c, _ := callParts(s.Call)
			all = all && c != nil && g.ref(c).Kind == resolve.Builtin
		}
		return true
	})
	return made, all
}

// createdBy is the CREATE statement of constant dynamic text that makes an object of the catalog, nil for other text.
func (g *gen) createdBy(d *resolve.Dynamic) ast.Stmt {
	if !d.Constant || d.Parsed == nil || len(d.Parsed.Stmts) != 1 {
		return nil
	}
	switch s := d.Parsed.Stmts[0].(type) {
	case *ast.CreateTable, *ast.CreateSequence, *ast.CreateIndex, *ast.CreateView:
		return s
	case *ast.Alter, *ast.Comment:
		return s
	}
	return nil
}

// createdObject is the catalog's object of a CREATE.
func (g *gen) createdObject(s ast.Stmt) *model.Object {
	switch x := s.(type) {
	case *ast.CreateTable:
		return g.catalogObject(model.KindTable, x.Name)
	case *ast.CreateSequence:
		return g.catalogObject(model.KindSequence, x.Name)
	case *ast.CreateIndex:
		return g.catalogObject(model.KindIndex, x.Name)
	case *ast.CreateView:
		return g.catalogObject(model.KindView, x.Name)
	}
	return nil
}
