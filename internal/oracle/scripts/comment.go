package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (x *extractor) comment(s *ast.Comment) {
	text, ok := x.constant(s.Text)
	if !ok {
		text = x.text(s.Text)
	}
	set := func(_ *folder, o *model.Object, _ bool) bool {
		o.Comment = text
		return true
	}
	p := x.parts(s.Object)
	if s.Kind == token.COLUMN {
		x.commentColumn(s, p, text)
		return
	}
	schema, name := x.qualified(s.Object)
	switch s.Kind {
	case token.TABLE, token.VIEW:
		x.change(s, relationKeys(schema, name), model.KindTable, set)
	case token.MATERIALIZED:
		x.change(s, []key{{model.KindMaterializedView, schema, name}}, model.KindMaterializedView, set)
	default:
		kind := model.ObjectKind(word(s.Kind))
		switch s.Kind {
		case token.MINING:
			kind = model.KindMiningModel
		case token.AUDIT:
			kind = model.KindUnifiedPolicy
		case token.PROPERTY:
			kind = model.KindPropertyGraph
		}
		if s.Kind == token.EDITION || s.Kind == token.AUDIT {
			schema = ""
		}
		x.change(s, []key{{kind, schema, name}}, kind, set)
	}
}

func (x *extractor) commentColumn(s *ast.Comment, p []string, text string) {
	if len(p) < 2 {
		return
	}
	schema, name, column := x.schema, p[len(p)-2], p[len(p)-1]
	if len(p) > 2 {
		schema = p[len(p)-3]
	}
	x.change(s, relationKeys(schema, name), model.KindTable, func(_ *folder, o *model.Object, final bool) bool {
		cols := columnsOf(o)
		for _, c := range *cols {
			if c.Name == column {
				c.Comment = text
				return true
			}
		}
		// the columns of this object are not all known: the comment tells of one
		if final && (o.Implied || o.Table == nil || o.Table.OfType != "" || o.Table.AsQuery) {
			*cols = append(*cols, &model.Column{Name: column, Comment: text, Pos: x.pos(s)})
			return true
		}
		return false
	})
}

func columnsOf(o *model.Object) *[]*model.Column {
	if o.Table != nil {
		return &o.Table.Columns
	}
	if o.View == nil {
		o.View = &model.View{}
	}
	return &o.View.Columns
}
