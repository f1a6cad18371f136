package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (x *extractor) createTrigger(s *ast.CreateTrigger) {
	t := &model.Trigger{On: word(s.Scope), Row: s.Row, Disabled: s.State == token.DISABLE}
	switch s.Timing {
	case token.INSTEAD:
		t.Timing = "INSTEAD OF"
	case token.FOR:
		t.Timing = "COMPOUND"
	default:
		t.Timing = word(s.Timing)
	}
	if s.Scope == token.PLUGGABLE {
		t.On = "PLUGGABLE DATABASE"
	}
	if s.On != nil && s.Scope == token.TABLE {
		t.TableSchema, t.Table = x.qualified(s.On)
	}
	if s.Scope == token.SCHEMA && s.On != nil {
		t.TableSchema = x.last(s.On)
	}
	for _, e := range s.Events {
		t.Events = append(t.Events, word(e.Kind))
	}
	if s.When != nil {
		t.When = x.text(s.When)
	}
	if s.Order == token.FOLLOWS {
		for _, n := range s.OrderNames {
			t.Follows = append(t.Follows, x.last(n))
		}
	}
	if s.Body != nil {
		t.Autonomous = autonomous(s.Body.Decls)
	}
	if s.Compound != nil {
		for _, p := range s.Compound.Sections {
			t.Row = t.Row || p.Row
			t.Autonomous = t.Autonomous || p.Body != nil && autonomous(p.Body.Decls)
		}
		t.Autonomous = t.Autonomous || autonomous(s.Compound.Decls)
	}
	schema, name := x.beside(s.Name, t.TableSchema)
	x.createAs(s, key{model.KindTrigger, schema, name}, s.Replace, s.IfNotExists).obj.Trigger = t
}
