package scripts

import (
	"fmt"
	"strings"

	"landfall/internal/model"
)

// dump says a catalog as compact text for goldens. With pos it says where things stand, too.
func dump(c *model.Catalog, pos bool) string {
	d := &dumper{pos: pos}
	for _, o := range c.Objects {
		d.object(o)
	}
	for _, g := range c.Grants {
		on := ""
		if g.Object != "" {
			on = " on " + model.CatalogName(g.Schema, g.Object).String()
		}
		d.line(0, "grant %s%s%s to %s%s", g.Privilege, list(g.Columns), on, g.Grantee, flag(g.Option, "with option"))
	}
	return d.b.String()
}

type dumper struct {
	b   strings.Builder
	pos bool
}

func (d *dumper) line(depth int, format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	d.b.WriteString(strings.Repeat("  ", depth) + strings.TrimRight(s, " ") + "\n")
}

func flag(on bool, word string) string {
	if on {
		return " " + word
	}
	return ""
}

func opt(word, value string) string {
	if value == "" {
		return ""
	}
	return " " + word + "=" + strings.Join(strings.Fields(value), " ")
}

func list(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "(" + strings.Join(names, ",") + ")"
}

func typeText(t model.TypeRef) string {
	if t.Name == "" {
		return "?"
	}
	s := t.Name
	if t.Schema != "" {
		s = t.Schema + "." + s
	}
	if t.User {
		s = "user:" + s
	}
	if t.Ref {
		s = "ref:" + s
	}
	if t.Anchor != "" {
		s += "%" + t.Anchor
	}
	switch {
	case t.Star && t.Scale != nil:
		s += fmt.Sprintf("(*,%d)", *t.Scale)
	case t.Precision != nil && t.Scale != nil:
		s += fmt.Sprintf("(%d,%d)", *t.Precision, *t.Scale)
	case t.Precision != nil:
		s += fmt.Sprintf("(%d)", *t.Precision)
	case t.Scale != nil:
		s += fmt.Sprintf("(,%d)", *t.Scale)
	}
	return s + flag(t.Sem != "", t.Sem)
}

func (d *dumper) columns(cols []*model.Column) {
	for _, c := range cols {
		d.line(1, "%s %s%s%s%s%s%s%s%s%s", c.Name, typeText(c.Type), flag(c.NotNull, "not null"), opt("default", c.Default), flag(c.OnNull, "on null"),
			opt("virtual", c.Virtual), opt("identity", c.Identity), flag(c.Invisible, "invisible"), flag(c.Encrypted, "encrypted"), opt("comment", c.Comment))
	}
}

func (d *dumper) routine(depth int, r *model.Routine) {
	word := "procedure"
	if r.Function {
		word = "function"
	}
	var params []string
	for _, p := range r.Params {
		params = append(params, strings.TrimSpace(p.Name+" "+p.Mode+flag(p.NoCopy, "nocopy")+" "+typeText(p.Type)+opt("default", p.Default)))
	}
	ret := ""
	if r.Return != nil {
		ret = " return " + typeText(*r.Return)
	}
	over := ""
	if r.Overload > 0 {
		over = fmt.Sprintf("~%d", r.Overload)
	}
	d.line(depth, "%s %s%s(%s)%s%s%s%s%s%s%s%s%s%s%s", word, r.Name, over, strings.Join(params, ", "), ret, opt("method", r.Method), flag(r.Private, "private"),
		flag(r.Pipelined, "pipelined"), flag(r.Deterministic, "deterministic"), flag(r.ResultCache, "result_cache"), flag(r.Aggregate, "aggregate"),
		flag(r.Autonomous, "autonomous"), flag(r.External, "external"), opt("authid", r.AuthID), flag(r.Body.IsValid(), "body"))
}

func (d *dumper) typ(depth int, t *model.Type) {
	s := t.Name + " " + string(t.Form) + opt("under", t.Under) + opt("limit", t.Limit)
	if t.Elem != nil {
		s += " of " + typeText(*t.Elem)
	}
	if t.IndexBy != nil {
		s += " index by " + typeText(*t.IndexBy)
	}
	d.line(depth, "type %s%s%s", s, flag(t.Final, "final"), flag(t.Private, "private"))
	for _, a := range t.Attributes {
		d.line(depth+1, "%s %s%s%s", a.Name, typeText(a.Type), flag(a.NotNull, "not null"), opt("default", a.Default))
	}
	for _, m := range t.Methods {
		d.routine(depth+1, m)
	}
}

func partText(p *model.Partitioning) string {
	s := p.Kind + list(p.Columns) + opt("interval", p.Interval) + flag(p.Automatic, "automatic")
	if p.SubKind != "" {
		s += " sub " + p.SubKind + list(p.SubColumns)
	}
	return fmt.Sprintf("%s count=%d %s", s, p.Count, strings.Join(p.Partitions, " "))
}

func (d *dumper) object(o *model.Object) {
	at := ""
	if d.pos {
		at = " at " + o.Pos.String()
		for _, p := range o.Also {
			at += " +" + p.String()
		}
		for _, p := range o.Again {
			at += " again " + p.String()
		}
	}
	d.line(0, "%s%s%s%s%s%s", o.ID(), flag(o.Implied, "implied"), flag(o.Wrapped, "wrapped"), opt("invalid", o.Invalid), opt("comment", o.Comment), at)
	switch {
	case o.Table != nil:
		t := o.Table
		if s := opt("temporary", t.Temporary) + opt("on_commit", t.OnCommit) + flag(t.IOT, "iot") + flag(t.External, "external") + opt("cluster", t.Cluster) +
			opt("of", t.OfType) + flag(t.AsQuery, "as_query") + opt("tablespace", t.Tablespace) + opt("queue", t.Queue) + flag(t.SupplementalLog, "supplemental_log"); s != "" {
			d.line(1, "%s", strings.TrimSpace(s))
		}
		if len(t.Triggers) > 0 {
			d.line(1, "triggers%s", list(t.Triggers))
		}
		d.columns(t.Columns)
		for _, k := range t.Constraints {
			ref := ""
			if k.RefTable != "" {
				ref = " -> " + model.CatalogName(k.RefSchema, k.RefTable).String() + list(k.RefColumns) + opt("on_delete", k.OnDelete)
			}
			d.line(1, "%s %s%s%s%s%s%s%s%s%s", k.Kind, k.Name, list(k.Columns), opt("expr", k.Expr), ref, flag(k.Deferrable, "deferrable"), flag(k.Deferred, "deferred"),
				flag(k.Disabled, "disabled"), flag(k.NoValidate, "novalidate"), flag(k.Rely, "rely"))
		}
		if t.Partition != nil {
			d.line(1, "partition %s", partText(t.Partition))
		}
	case o.Index != nil:
		ix := o.Index
		var keys []string
		for _, k := range ix.Keys {
			keys = append(keys, k.Column+k.Expr+flag(k.Desc, "desc"))
		}
		d.line(1, "on %s%s%s%s%s%s%s%s%s", model.CatalogName(ix.TableSchema, ix.Table), list(keys), opt("kind", ix.Kind), flag(ix.Reverse, "reverse"),
			flag(ix.Invisible, "invisible"), flag(ix.Unusable, "unusable"), flag(ix.Join, "join"), opt("type", ix.IndexType), flag(ix.Local, "local"))
		if ix.Partition != nil {
			d.line(1, "partition %s", partText(ix.Partition))
		}
	case o.View != nil:
		v := o.View
		if s := flag(v.Force, "force") + flag(v.ReadOnly, "read_only") + flag(v.CheckOption, "check_option") + opt("of", v.OfType) + opt("refresh", v.Refresh) +
			flag(v.Prebuilt, "prebuilt") + opt("query", v.Query); s != "" {
			d.line(1, "%s", strings.TrimSpace(s))
		}
		d.columns(v.Columns)
	case o.Sequence != nil:
		q := o.Sequence
		d.line(1, "%s", strings.TrimSpace(opt("start", q.Start)+opt("increment", q.Increment)+opt("min", q.Min)+opt("max", q.Max)+opt("cache", q.Cache)+
			flag(q.Cycle, "cycle")+flag(q.Order, "order")+flag(q.Session, "session")))
	case o.Synonym != nil:
		d.line(1, "for %s%s%s", model.CatalogName(o.Synonym.TargetSchema, o.Synonym.Target), opt("link", o.Synonym.Link), flag(o.Synonym.Public, "public"))
	case o.Routine != nil:
		d.routine(1, o.Routine)
	case o.Package != nil:
		p := o.Package
		if s := flag(p.Init, "init") + flag(p.Serially, "serially") + opt("authid", p.AuthID) + flag(p.Body.IsValid(), "body"); s != "" {
			d.line(1, "%s", strings.TrimSpace(s))
		}
		for _, v := range p.Variables {
			d.line(1, "%s %s %s%s%s", v.What, v.Name, typeText(v.Type), opt("default", v.Default), flag(v.Private, "private"))
		}
		for _, t := range p.Types {
			d.typ(1, t)
		}
		for _, r := range p.Routines {
			d.routine(1, r)
		}
	case o.Type != nil:
		d.typ(1, o.Type)
	case o.Trigger != nil:
		t := o.Trigger
		d.line(1, "%s %s on %s %s%s%s%s%s%s", t.Timing, strings.Join(t.Events, " or "), t.On, model.CatalogName(t.TableSchema, t.Table), flag(t.Row, "row"),
			opt("when", t.When), opt("follows", strings.Join(t.Follows, ",")), flag(t.Disabled, "disabled"), flag(t.Autonomous, "autonomous"))
	case o.Link != nil:
		d.line(1, "user=%s using=%s%s", o.Link.User, o.Link.Using, flag(o.Link.Public, "public"))
	case o.Job != nil:
		d.line(1, "%s", strings.TrimSpace(opt("type", o.Job.Type)+opt("action", o.Job.Action)+opt("program", o.Job.Program)+opt("schedule", o.Job.Schedule)+opt("repeat", o.Job.Repeat)))
	case o.Policy != nil:
		d.line(1, "on %s%s%s", model.CatalogName(o.Policy.TableSchema, o.Policy.Table), opt("function", o.Policy.Function), opt("statements", o.Policy.Statements))
	}
}
