package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// SELECT * FROM t gives the rows of t even where the source does not have t: a loop over it, a cursor of it and its
// %ROWTYPE have the row type of t, which the server knows. A variable of type record could be no argument and no element.

// starTable is the table of a query that gives its whole rows and nothing else, nil where there is none or the source has it.
func (g *gen) starTable(q *ast.Select) *ast.TableName {
	if q == nil || q.With != nil {
		return nil
	}
	body := q.Body
	for {
		p, ok := body.(*ast.ParenQuery)
		if !ok || p.Query.With != nil {
			break
		}
		body = p.Query.Body
	}
	b, ok := body.(*ast.QueryBlock)
	if !ok || len(b.Items) != 1 || len(b.From) != 1 || b.GroupBy != nil || b.Hier != nil || b.Model != nil {
		return nil
	}
	n, ok := b.Items[0].X.(*ast.Name)
	if !ok || !n.Star {
		return nil
	}
	t, ok := b.From[0].(*ast.TableName)
	if !ok || t.Name == nil || t.Name.Link != 0 || g.ref(t.Name).Kind == resolve.Query {
		return nil
	}
	if o := g.ref(t.Name).Object; o != nil && !(o.Implied && o.Table == nil && o.View == nil) {
		return nil
	}
	if k := g.ref(t.Name).Kind; k != resolve.Unknown && k != resolve.Table {
		return nil
	}
	return t
}

// starRow is the row type of a cursor or loop over such a table, where something stands in for it.
func (g *gen) starRow(q *ast.Select) (string, bool) {
	t := g.starTable(q)
	if t == nil {
		return "", false
	}
	key, _, ok := absentName(g.f.Parts(t.Name), true)
	if !ok || g.e.absent[key] == nil || g.e.absent[key].known {
		return "", false
	}
	return g.tableName(t.Name), true
}

// usedWhole reports whether statements use a variable of a row as one value.
func (g *gen) usedWhole(list []ast.Stmt, decl ast.Node) bool {
	found := false
	for _, s := range list {
		ast.Walk(s, func(n ast.Node) bool {
			if x, ok := n.(*ast.Name); ok && !found {
				base := g.info.Base(x)
				found = base.Ref != nil && base.Ref.Decl == decl && base.Parts == g.f.NumParts(x)
			}
			return !found
		})
	}
	return found
}

// starRow notes that the rows of a cursor are needed as a type.
func (s *absentScan) starRow(d *ast.CursorDecl, q *ast.Select) {
	t := s.g.starTable(q)
	if t == nil {
		return
	}
	name := s.g.f.Last(d.Name)
	for i := d.Hi; i+2 < uint32(len(s.g.f.Tokens)); i++ {
		if s.g.f.Tokens[i+2].Kw == token.ROWTYPE && s.g.f.Ident(i) == name {
			s.needRow(t)
			return
		}
	}
}

func (s *absentScan) starLoop(x *ast.For) {
	if x.Iter == nil || len(x.Iter.Controls) != 1 || len(x.Iter.Iterands) != 1 {
		return
	}
	if t := s.g.starTable(x.Iter.Controls[0].Query); t != nil && s.g.usedWhole(x.Stmts, x.Iter.Iterands[0]) {
		s.needRow(t)
	}
}

func (s *absentScan) needRow(t *ast.TableName) {
	if key, _, ok := absentName(s.g.f.Parts(t.Name), true); ok {
		s.use.anchors = append(s.use.anchors, absentRef{table: key})
	}
}
