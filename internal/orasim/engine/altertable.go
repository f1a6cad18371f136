package engine

import (
	"context"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

func (s *Session) alter(ctx context.Context, c *compiler, n *ast.Alter) error {
	owner, name := c.newName(n.Name)
	switch n.Kind {
	case token.TABLE:
		return s.alterTable(ctx, c, n)
	case token.SEQUENCE:
		o := s.db.objects2(objectName{owner: owner, name: name})
		if o == nil || o.sequence == nil {
			return c.fail(n.Name, 2289)
		}
		if err := s.changeable(c, n.Name, o, "ALTER", 2289); err != nil {
			return err
		}
		for _, a := range n.Actions {
			q, err := c.sequenceOf(owner, name, a.Options, o.sequence)
			if err != nil {
				return err
			}
			s.db.mu.Lock()
			o.sequence = q
			o.changed = s.db.clock()
			s.db.version.Add(1)
			s.db.mu.Unlock()
		}
		return nil
	case token.TRIGGER:
		o := s.db.objects2(objectName{owner: owner, name: name, space: 't'})
		if o == nil {
			return c.fail(n.Name, 4080, name)
		}
		if err := s.changeable(c, n.Name, o, "ALTER", 4080); err != nil {
			return err
		}
		for _, a := range n.Actions {
			switch a.Verb {
			case token.ENABLE, token.DISABLE:
				s.enableTrigger(o, a.Verb == token.ENABLE)
			case token.COMPILE:
			default:
				return c.unsupported(a, "ALTER TRIGGER")
			}
		}
		return nil
	case token.INDEX:
		return s.alterIndex(c, n, objectName{owner: owner, name: name, space: 'i'})
	case token.VIEW, token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TYPE, token.SYNONYM:
		for _, a := range n.Actions {
			if a.Verb != token.COMPILE {
				return c.unsupported(n, "ALTER")
			}
		}
		return nil
	}
	return c.unsupported(n, "ALTER")
}

// alterIndex is ALTER INDEX: what changes nothing but storage is taken as it is.
func (s *Session) alterIndex(c *compiler, n *ast.Alter, name objectName) error {
	o := s.db.objects2(name)
	if o == nil {
		return c.fail(n.Name, 1418)
	}
	if err := s.changeable(c, n.Name, o, "ALTER", 1418); err != nil {
		return err
	}
	ix := *o.index
	for _, a := range n.Actions {
		switch a.Verb {
		case token.RENAME:
			if a.NewName == nil || a.Object != token.TO {
				return c.unsupported(n, "ALTER INDEX")
			}
			return s.renameIndex(c, n, o, c.f.Last(a.NewName))
		case token.INVISIBLE:
			ix.invisible = true
		case token.VISIBLE:
			ix.invisible = false
		case token.UNUSABLE:
			ix.unusable = true
		case token.REBUILD:
			ix.unusable = false
		}
	}
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	o.index, o.changed = &ix, s.db.clock()
	s.db.version.Add(1)
	return nil
}

// renameIndex gives an index another name, also in the constraint that it belongs to.
func (s *Session) renameIndex(c *compiler, n ast.Node, o *object, to string) error {
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	from := o.objectName
	target := from
	if target.name = to; db.objects[target] != nil {
		return c.fail(n, 955)
	}
	if t := db.objects[o.index.table]; t != nil && t.table != nil {
		t2 := *t.table
		t2.keys = slices.Clone(t2.keys)
		for i, k := range t2.keys {
			if k.indexName == from.name {
				d := *k
				if d.indexName = to; !d.constraint {
					d.name = to
				}
				t2.keys[i] = &d
			}
		}
		t.table = &t2
	}
	ix := *o.index
	ix.name = to
	delete(db.objects, from)
	o.objectName, o.index, o.changed = target, &ix, db.clock()
	db.objects[target] = o
	db.version.Add(1)
	return nil
}

func (s *Session) enableTrigger(o *object, on bool) {
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	o.trigger.enabled = on
	if t := s.db.objects[o.trigger.table]; t != nil && t.table != nil {
		t.table.shared.triggers[o.owner+"."+o.name] = on
	}
	s.db.version.Add(1)
}

func (s *Session) alterTable(ctx context.Context, c *compiler, n *ast.Alter) error {
	if len(n.Actions) == 1 && n.Actions[0].Verb == token.RENAME && n.Actions[0].Object == token.TO {
		o := s.db.lookup(c.schema, c.f.Parts(n.Name))
		if o == nil || o.table == nil {
			return c.fail(n.Name, 942)
		}
		if err := s.changeable(c, n.Name, o, "ALTER", 942); err != nil {
			return err
		}
		return s.renameObject(c, n, o.objectName, c.f.Last(n.Actions[0].NewName))
	}
	return s.changeTable(ctx, c, n.Name, "ALTER", func(t *table) error {
		before := *t
		m := &tableMaker{s: s, c: c, t: t}
		t.cols = slices.Clone(t.cols)
		for _, a := range n.Actions {
			if err := m.action(a); err != nil {
				return err
			}
		}
		if err := m.checkExisting(&before); err != nil {
			return err
		}
		t.since = s.db.store.Advance()
		m.register()
		return nil
	})
}

func (m *tableMaker) action(a *ast.AlterAction) error {
	c, t := m.c, m.t
	switch {
	case (a.Verb == token.ADD || a.Verb == token.DROP) && a.Object == token.SUPPLEMENTAL:
		m.supplemental(a, a.Verb == token.DROP)
		return nil
	case a.Verb == token.ADD && len(a.Columns) > 0:
		for _, def := range a.Columns {
			if err := m.addNew(def); err != nil {
				return err
			}
		}
		for _, k := range a.Constraints {
			if err := m.addConstraint(k, ""); err != nil {
				return err
			}
		}
		return nil
	case a.Verb == token.ADD && len(a.Constraints) > 0:
		for _, k := range a.Constraints {
			if err := m.addConstraint(k, ""); err != nil {
				return err
			}
		}
		return nil
	case a.Verb == token.MODIFY && len(a.Columns) > 0:
		for _, def := range a.Columns {
			if err := m.modify(def); err != nil {
				return err
			}
		}
		return nil
	case a.Verb == token.DROP && a.Object == token.COLUMN, a.Verb == token.SET && a.Object == token.UNUSED:
		for _, n := range a.Names {
			if err := m.dropColumn(n, a.Cascade); err != nil {
				return err
			}
		}
		return nil
	case a.Verb == token.DROP && (a.Object == token.UNUSED):
		return nil
	case a.Verb == token.DROP && len(a.Constraints) > 0:
		for _, k := range a.Constraints {
			if err := m.dropConstraint(k, a.Cascade); err != nil {
				return err
			}
		}
		return nil
	case a.Verb == token.RENAME && a.Object == token.COLUMN:
		name, to := c.f.Last(a.Names[0]), c.f.Last(a.NewName)
		col := t.column(name)
		if col == nil {
			return c.invalid(a.Names[0], []string{name})
		}
		if t.column(to) != nil {
			return c.fail(a.NewName, 957)
		}
		for _, k := range t.checks {
			if slices.Contains(k.cols, col.internal) {
				return c.unsupported(a, "renaming a column with a check constraint")
			}
		}
		d := *col
		d.name = to
		t.cols[col.internal] = &d
		return nil
	case (a.Verb == token.ENABLE || a.Verb == token.DISABLE || a.Verb == token.MODIFY) && len(a.Constraints) > 0:
		for _, k := range a.Constraints {
			on := a.Verb == token.ENABLE || a.Verb == token.MODIFY && k.Enabled != token.DISABLE
			if err := m.enable(k, on, a.Verb == token.MODIFY); err != nil {
				return err
			}
		}
		return nil
	case (a.Verb == token.ENABLE || a.Verb == token.DISABLE) && strings.HasSuffix(upper(c.f.Source(a)), "ROW MOVEMENT"):
		t.movement = a.Verb == token.ENABLE
		return nil
	case (a.Verb == token.ENABLE || a.Verb == token.DISABLE) && a.Object == token.TRIGGER, a.All:
		m.s.db.mu.Lock()
		for name := range t.shared.triggers {
			t.shared.triggers[name] = a.Verb == token.ENABLE
		}
		m.s.db.version.Add(1)
		m.s.db.mu.Unlock()
		return nil
	}
	switch a.Verb {
	case token.PCTFREE, token.LOGGING, token.NOLOGGING, token.CACHE, token.NOCACHE, token.PARALLEL, token.NOPARALLEL, token.INITRANS, token.STORAGE, token.ROW, token.ALLOCATE,
		token.COMPRESS, token.NOCOMPRESS, token.MONITORING, token.ENABLE, token.DISABLE, token.INMEMORY:
		return nil
	}
	if len(a.Props) > 0 && len(a.Partitions) == 0 && a.Object == 0 {
		return nil // storage and the like
	}
	return c.unsupported(a, "ALTER TABLE")
}

// addNew adds a column to a table that may have rows: they get the default without being written.
func (m *tableMaker) addNew(def *ast.ColumnDef) error {
	c, t := m.c, m.t
	if t.column(c.f.Last(def.Name)) != nil {
		return c.fail(def, 1430)
	}
	if err := m.addColumn(def); err != nil {
		return err
	}
	col := t.cols[len(t.cols)-1]
	for _, k := range def.Constraints {
		if err := m.addConstraint(k, col.name); err != nil {
			return err
		}
	}
	col = t.cols[len(t.cols)-1]
	rows := false
	stop := ora.New(1)
	if err := m.s.eachStored(t, func(store.Ref, [][]byte) error { rows = true; return stop }); err != nil && err != error(stop) {
		return err
	}
	if !rows {
		return nil
	}
	switch {
	case col.virtual != nil, col.identity != nil:
		return c.unsupported(def, "adding such a column to a table with rows")
	case col.def != nil:
		x, err := c.columnExprOf(t, col, col.def)
		if err != nil {
			return err
		}
		v, err := x.eval(&env{ex: m.s.execution(context.Background())})
		if err != nil {
			return err
		}
		col.missing = v
	}
	if col.notNull && col.missing == nil {
		return c.fail(def, 1758)
	}
	return nil
}

// modify changes type, default and NOT NULL of a column.
func (m *tableMaker) modify(def *ast.ColumnDef) error {
	c, t := m.c, m.t
	old := t.column(c.f.Last(def.Name))
	if old == nil {
		return c.invalid(def.Name, c.f.Parts(def.Name))
	}
	if def.Generated != nil || def.Identity != nil || def.DropIdentity || def.Domain != nil {
		return c.unsupported(def, "MODIFY")
	}
	d := *old
	col := &d
	if def.Type != nil {
		ref := typeref.Stored(typeref.Of(c.f, def.Type))
		col.typ = m.s.settled(m.t.owner, ref, typeOf(ref, m.s.charSem))
	}
	if def.Default != nil {
		col.def, col.defText, col.file, col.onNull = def.Default, c.f.Source(def.Default), c.f, def.DefaultOnNull
	}
	switch def.Visibility {
	case token.INVISIBLE:
		col.hidden = true
	case token.VISIBLE:
		col.hidden = false
	}
	t.cols[old.internal] = col
	for _, k := range def.Constraints {
		if k.Kind == token.NULL {
			col.notNull, col.nnName = false, ""
			continue
		}
		if k.Kind == token.NOT && old.notNull && old.nnName != "" {
			return c.fail(k, 1442)
		}
		if err := m.addConstraint(k, col.name); err != nil {
			return err
		}
		col = t.column(col.name)
	}
	if def.Type == nil && !(col.notNull && !old.notNull) {
		return nil
	}
	sameKind := old.typ.kind == col.typ.kind && old.typ.national == col.typ.national
	f := fit(col.typ, false, c.set())
	return m.s.eachStored(t, func(_ store.Ref, row [][]byte) error {
		v := row[firstSlot+col.internal]
		switch {
		case v == nil:
			if col.notNull && !old.notNull {
				return ora.New(2296, t.owner+"."+col.nnName)
			}
			return nil
		case !sameKind:
			if old.typ.kind.text() && col.typ.kind.text() && old.typ.national == col.typ.national {
				return c.unsupported(def, "changing between CHAR and VARCHAR2 of a table with rows")
			}
			return ora.New(1439)
		}
		if col.typ.kind == kNumber && col.typ != old.typ {
			// a smaller precision or scale needs an empty column
			if col.typ.prec != 0 && (old.typ.prec == 0 || col.typ.prec < old.typ.prec || col.typ.scale < old.typ.scale || col.typ.prec-col.typ.scale < old.typ.prec-old.typ.scale) {
				return ora.New(1440)
			}
		}
		if col.typ.kind == kChar && col.typ.size != old.typ.size {
			return c.unsupported(def, "changing the length of CHAR of a table with rows")
		}
		if _, err := f(v); err != nil {
			return ora.New(1441)
		}
		return nil
	})
}

func (m *tableMaker) dropColumn(n *ast.Name, cascade bool) error {
	c, t := m.c, m.t
	col := t.column(c.f.Last(n))
	if col == nil {
		return c.invalid(n, c.f.Parts(n))
	}
	var keys []*key
	for _, k := range t.keys {
		if !slices.Contains(k.cols, col.internal) {
			keys = append(keys, k)
			continue
		}
		if len(k.cols) > 1 && k.constraint && !cascade {
			return c.fail(n, 12991)
		}
	}
	var checks []*check
	for _, k := range t.checks {
		if !slices.Contains(k.cols, col.internal) {
			checks = append(checks, k)
			continue
		}
		if len(k.cols) > 1 && !cascade {
			return c.fail(n, 12991)
		}
	}
	var foreign []*foreign
	for _, f := range t.foreign {
		if !slices.Contains(f.cols, col.internal) {
			foreign = append(foreign, f)
		}
	}
	if t.partBy != nil && slices.Contains(t.partBy.cols, col.internal) {
		return c.fail(n, 12984)
	}
	t.keys, t.checks, t.foreign = keys, checks, foreign
	d := *col
	d.unused, d.notNull, d.def, d.virtual, d.identity = true, false, nil, nil, nil
	t.cols[col.internal] = &d
	id := 0
	for i, k := range t.cols {
		if k.unused || k.hidden {
			continue
		}
		id++
		if k.id != id {
			e := *k
			e.id = id
			t.cols[i] = &e
		}
	}
	return nil
}

// named reports whether a constraint is the one that a clause means.
func (c *compiler) named(k *ast.Constraint, name string, primary, unique bool, cols []int, t *table) bool {
	if k.Name != nil {
		return c.f.Last(k.Name) == name
	}
	switch k.Kind {
	case token.PRIMARY:
		return primary
	case token.UNIQUE:
		if !unique || len(k.Columns) != len(cols) {
			return false
		}
		for i, n := range k.Columns {
			if t.cols[cols[i]].name != c.f.Last(n) {
				return false
			}
		}
		return true
	}
	return false
}

func (m *tableMaker) dropConstraint(k *ast.Constraint, cascade bool) error {
	c, t := m.c, m.t
	for i, q := range t.keys {
		if !q.constraint || !c.named(k, q.name, q.primary, !q.primary, q.cols, t) {
			continue
		}
		for _, ch := range m.s.db.children(t) {
			if ch.foreign.refKey == q.name {
				if !cascade {
					return c.fail(k, 2273)
				}
				return c.unsupported(k, "DROP CONSTRAINT ... CASCADE")
			}
		}
		t.keys = slices.Delete(slices.Clone(t.keys), i, i+1)
		if q.primary {
			for _, at := range q.cols {
				if t.cols[at].nnName == "" {
					d := *t.cols[at]
					d.notNull = false
					t.cols[at] = &d
				}
			}
		}
		m.forget(q.name, q.indexName)
		return nil
	}
	for i, q := range t.checks {
		if k.Name != nil && c.f.Last(k.Name) == q.name {
			t.checks = slices.Delete(slices.Clone(t.checks), i, i+1)
			m.forget(q.name, "")
			return nil
		}
	}
	for i, f := range t.foreign {
		if k.Name != nil && c.f.Last(k.Name) == f.name {
			t.foreign = slices.Delete(slices.Clone(t.foreign), i, i+1)
			m.forget(f.name, "")
			return nil
		}
	}
	for i, col := range t.cols {
		if k.Name != nil && col.nnName == c.f.Last(k.Name) {
			d := *col
			d.notNull, d.nnName = false, ""
			t.cols[i] = &d
			m.forget(col.nnName, "")
			return nil
		}
	}
	return c.fail(k, 2443)
}

func (m *tableMaker) forget(constraint, index string) {
	db := m.s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	delete(db.objects, objectName{owner: m.t.owner, name: constraint, space: 'c'})
	if index != "" {
		delete(db.objects, objectName{owner: m.t.owner, name: index, space: 'i'})
	}
}

// enable turns a constraint on or off. What is turned on is checked like a new one.
func (m *tableMaker) enable(k *ast.Constraint, on, modify bool) error {
	c, t := m.c, m.t
	novalidate := k.Validated == token.NOVALIDATE
	if modify && k.Enabled == 0 {
		return c.unsupported(k, "MODIFY CONSTRAINT")
	}
	missing := 2430
	if !on {
		missing = 2431
	}
	for i, q := range t.keys {
		if q.constraint && c.named(k, q.name, q.primary, !q.primary, q.cols, t) {
			if !on {
				for _, ch := range m.s.db.children(t) {
					if ch.foreign.refKey == q.name {
						return c.fail(k, 2297, t.owner+"."+q.name)
					}
				}
			}
			d := *q
			d.disabled, d.novalidate, d.ix = !on, novalidate, store.NewIndex()
			t.keys = slices.Clone(t.keys)
			t.keys[i] = &d
			return nil
		}
	}
	if k.Name == nil {
		return c.fail(k, missing, "")
	}
	name := c.f.Last(k.Name)
	for i, q := range t.checks {
		if q.name == name {
			d := *q
			d.disabled, d.novalidate = !on, novalidate
			t.checks = slices.Clone(t.checks)
			t.checks[i] = &d
			return nil
		}
	}
	for i, f := range t.foreign {
		if f.name == name {
			d := *f
			d.disabled, d.novalidate, d.ix = !on, novalidate, store.NewIndex()
			t.foreign = slices.Clone(t.foreign)
			t.foreign[i] = &d
			return nil
		}
	}
	for i, col := range t.cols {
		if col.nnName == name {
			d := *col
			d.notNull = on
			t.cols[i] = &d
			if !on {
				return nil
			}
			return m.s.eachStored(t, func(_ store.Ref, row [][]byte) error {
				if row[firstSlot+i] == nil {
					return ora.New(2296, t.owner+"."+name)
				}
				return nil
			})
		}
	}
	return c.fail(k, missing, name)
}
