package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// dml converts INSERT, UPDATE, DELETE and MERGE; ok is false for other statements.
func (g *gen) dml(s ast.Stmt) (text string, ok bool) {
	g.sql++
	defer func() { g.sql-- }()
	switch x := s.(type) {
	case *ast.Insert:
		return g.insert(x), true
	case *ast.Update:
		return g.update(x), true
	case *ast.Delete:
		return g.delete(x), true
	case *ast.Merge:
		g.refuse(x, "merge", "MERGE is not converted")
		return "", true
	case *ast.MultiInsert:
		g.refuse(x, "insert-all", "INSERT ALL is not converted")
		return "", true
	}
	return "", false
}

func (g *gen) insert(x *ast.Insert) string {
	subs := []sub{put(x.Target, g.tableRef(x.Target))}
	for _, c := range x.Cols {
		subs = append(subs, put(c, g.word(c)))
	}
	for _, r := range x.Rows {
		subs = append(subs, put(r, g.text(r)))
	}
	if x.Query != nil {
		subs = append(subs, put(x.Query, g.query(x.Query)))
	}
	if x.Form != nil || x.LogErrors != nil {
		g.refuse(x, "not-converted", "this form of INSERT is not converted")
	}
	if x.Returning != nil {
		subs = append(subs, put(x.Returning, g.returning(x.Returning)))
	}
	return g.splice(x, subs...)
}

func (g *gen) update(x *ast.Update) string {
	subs := []sub{put(x.Target, g.tableRef(x.Target))}
	for _, a := range x.Set {
		subs = append(subs, put(a.Target, g.text(a.Target)), put(a.X, g.text(a.X)))
	}
	if x.Where != nil {
		subs = append(subs, put(x.Where, g.cond(x.Where)))
	}
	if x.Returning != nil {
		subs = append(subs, put(x.Returning, g.returning(x.Returning)))
	}
	return g.splice(x, subs...)
}

func (g *gen) delete(x *ast.Delete) string {
	subs := []sub{put(x.Target, g.tableRef(x.Target))}
	if x.Target.Range().Lo == x.Lo+1 { // DELETE t
		subs[0].text = "FROM " + subs[0].text
	}
	if x.Where != nil {
		subs = append(subs, put(x.Where, g.cond(x.Where)))
	}
	if x.Returning != nil {
		subs = append(subs, put(x.Returning, g.returning(x.Returning)))
	}
	return g.splice(x, subs...)
}

func (g *gen) returning(x *ast.Returning) string {
	var subs []sub
	for _, it := range x.Items {
		subs = append(subs, put(it.X, g.text(it.X)))
	}
	if x.Into != nil && g.noInto {
		subs = append(subs, put(x.Into, ""))
	} else if x.Into != nil {
		var in []sub
		for _, t := range x.Into.Targets {
			in = append(in, put(t, g.target(t)))
		}
		subs = append(subs, put(x.Into, g.splice(x.Into, in...)))
	}
	return g.splice(x, subs...)
}
