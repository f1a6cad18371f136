package gen

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// triggerNames gives triggers that FOLLOW others names that sort behind those: leader$follower.
func (n *namer) triggerNames(e *Estate) {
	n.triggers = map[*model.Object]string{}
	leaders := map[*model.Object]*model.Object{}
	find := func(of *model.Object, schema, name string) *model.Object {
		if o := e.Catalog.Find(model.KindTrigger, schema, name); o != nil {
			return o
		}
		return e.Catalog.Find(model.KindTrigger, of.Schema, name)
	}
	for _, o := range e.Catalog.Objects {
		if o.Trigger == nil {
			continue
		}
		u := e.creator[o.ID()]
		if u == nil {
			continue
		}
		x, ok := u.Stmt.(*ast.CreateTrigger)
		if !ok || len(x.OrderNames) == 0 {
			continue
		}
		for _, other := range x.OrderNames {
			parts := u.Source.Parsed.Parts(other)
			schema := o.Schema
			if len(parts) > 1 {
				schema = parts[0]
			}
			to := find(o, schema, parts[len(parts)-1])
			switch {
			case to == nil || to == o:
			case x.Order == token.PRECEDES:
				leaders[to] = o
			default:
				leaders[o] = to
			}
		}
	}
	var name func(o *model.Object, depth int) string
	name = func(o *model.Object, depth int) string {
		own := n.fold(o.Name)
		if l := leaders[o]; l != nil && depth < 20 {
			first := name(l, depth+1)
			if first < own {
				return own
			}
			return short(first + "$" + own)
		}
		return own
	}
	for _, o := range e.Catalog.Objects {
		if o.Trigger != nil {
			n.triggers[o] = name(o, 0)
		}
	}
}

// trigger is the PostgreSQL name, unquoted, of a trigger.
func (n *namer) trigger(o *model.Object) string {
	if s, ok := n.triggers[o]; ok {
		return s
	}
	return n.fold(o.Name)
}
