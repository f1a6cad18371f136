package engine

import (
	"context"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// addConstraint adds a constraint to the definition: inline ones with the name of their column.
func (m *tableMaker) addConstraint(k *ast.Constraint, inline string) error {
	c, t := m.c, m.t
	name, generated := "", false
	if k.Name != nil {
		name = c.f.Last(k.Name)
		if slices.Contains(t.constraintNames(), name) || m.s.db.objects2(objectName{owner: t.owner, name: name, space: 'c'}) != nil {
			return c.fail(k.Name, 2264)
		}
	} else {
		name, generated = m.s.db.generated("SYS_C"), true
	}
	disabled := k.Enabled == token.DISABLE
	novalidate := k.Validated == token.NOVALIDATE
	deferrable := k.Deferrable == token.DEFERRABLE
	deferred := k.Initially == token.DEFERRED
	if deferred && k.Deferrable == 0 {
		deferrable = true
	}
	columns := func() ([]int, error) {
		names := k.Columns
		if inline != "" {
			return []int{t.column(inline).internal}, nil
		}
		var at []int
		for _, n := range names {
			col := t.column(c.f.Last(n))
			if col == nil {
				return nil, c.invalid(n, c.f.Parts(n))
			}
			at = append(at, col.internal)
		}
		return at, nil
	}
	switch k.Kind {
	case token.NULL:
		return nil
	case token.NOT:
		col := t.column(inline)
		if col == nil {
			return c.unsupported(k, "constraint")
		}
		if !disabled && !deferrable {
			col.notNull = true
		}
		if deferrable {
			return c.unsupported(k, "deferrable NOT NULL")
		}
		if col.nnName == "" {
			col.nnName, col.nnGen = name, generated
		}
		return nil
	case token.PRIMARY, token.UNIQUE:
		at, err := columns()
		if err != nil {
			return err
		}
		q := &key{
			name: name, generated: generated, primary: k.Kind == token.PRIMARY, constraint: true, cols: at, indexName: name, disabled: disabled,
			deferrable: deferrable, deferred: deferred, novalidate: novalidate, rely: k.Rely == token.RELY, ix: store.NewIndex(),
		}
		for _, i := range at {
			q.types = append(q.types, t.cols[i].typ)
			if kd := t.cols[i].typ.kind; kd.lob() || kd == kLong || kd == kLongRaw || kd == kOther || kd == kXML {
				return c.fail(k, 2329)
			}
		}
		for _, other := range t.keys {
			if other.primary && q.primary {
				return c.fail(k, 2260)
			}
			if other.constraint && slices.Equal(other.cols, q.cols) {
				return c.fail(k, 2261)
			}
		}
		if k.Using != nil && k.Using.Name != nil {
			q.indexName = c.f.Last(k.Using.Name)
		} else if k.Using != nil && k.Using.Create != nil {
			q.indexName = c.f.Last(k.Using.Create.Name)
		}
		if q.primary && !disabled {
			for _, i := range at {
				if !t.cols[i].notNull {
					d := *t.cols[i]
					d.notNull = true
					t.cols = slices.Clone(t.cols)
					t.cols[i] = &d
				}
			}
		}
		t.keys = append(slices.Clone(t.keys), q)
		return nil
	case token.CHECK:
		sub, _ := c.tableScope(t, c.f)
		q := &check{name: name, generated: generated, text: c.f.Source(k.Check), expr: k.Check, file: c.f, disabled: disabled, novalidate: novalidate, deferrable: deferrable, deferred: deferred, rely: k.Rely == token.RELY}
		ast.Walk(k.Check, func(n ast.Node) bool {
			if nm, ok := n.(*ast.Name); ok {
				if col := t.column(c.f.Last(nm)); col != nil && !slices.Contains(q.cols, col.internal) {
					q.cols = append(q.cols, col.internal)
				}
			}
			return true
		})
		if _, err := sub.cond(k.Check); err != nil {
			if ora.Code(err) != 3001 {
				return err
			}
			if !disabled {
				t.notLoadable = "check constraint " + name
			}
			q.unknown = true
		}
		t.checks = append(slices.Clone(t.checks), q)
		return nil
	case token.FOREIGN:
		return m.addForeign(k, name, generated, columns)
	}
	return c.unsupported(k, "constraint")
}

func (m *tableMaker) addForeign(k *ast.Constraint, name string, generated bool, columns func() ([]int, error)) error {
	c, t := m.c, m.t
	at, err := columns()
	if err != nil {
		return err
	}
	f := &foreign{
		name: name, generated: generated, cols: at, disabled: k.Enabled == token.DISABLE, novalidate: k.Validated == token.NOVALIDATE,
		deferrable: k.Deferrable == token.DEFERRABLE, deferred: k.Initially == token.DEFERRED, rely: k.Rely == token.RELY, ix: store.NewIndex(),
	}
	switch k.OnDelete {
	case token.CASCADE:
		f.onDelete = "CASCADE"
	case token.SET:
		f.onDelete = "SET NULL"
	}
	parts := c.f.Parts(k.RefTable)
	var parent *table
	if o := m.s.db.lookup(c.schema, parts); o != nil && o.table != nil {
		parent = o.table
		if code := m.s.permit(o, "REFERENCES"); code != 0 {
			return c.fail(k.RefTable, code)
		}
	}
	last := parts[len(parts)-1]
	if parent == nil && last == t.name && (len(parts) == 1 && t.owner == c.schema || len(parts) == 2 && parts[0] == t.owner) {
		parent = t
	}
	if parent == nil {
		return c.fail(k.RefTable, 942)
	}
	f.refOwner, f.refTable = parent.owner, parent.name
	for _, n := range k.RefColumns {
		f.refCols = append(f.refCols, c.f.Last(n))
	}
	if len(f.refCols) == 0 {
		for _, q := range parent.keys {
			if q.primary {
				for _, i := range q.cols {
					f.refCols = append(f.refCols, parent.cols[i].name)
				}
				f.refKey = q.name
			}
		}
		if len(f.refCols) == 0 {
			return c.fail(k, 2268)
		}
	}
	if len(f.refCols) != len(f.cols) {
		return c.fail(k, 2256)
	}
	q, _, err := parent.keyFor(f.refCols, make([][]byte, len(f.refCols)))
	if err != nil {
		if f.disabled {
			t.foreign = append(slices.Clone(t.foreign), f)
			return nil
		}
		return ora.At(err, c.at(k))
	}
	f.refKey = q.name
	for i, name := range f.refCols {
		a, b := parent.column(name).typ, t.cols[f.cols[i]].typ
		if a.kind != b.kind && !(a.kind.text() && b.kind.text()) {
			return c.fail(k, 2267)
		}
		if a.kind != b.kind {
			t.notLoadable = "foreign key " + name + " between CHAR and VARCHAR2"
		}
	}
	t.foreign = append(slices.Clone(t.foreign), f)
	return nil
}

// checkExisting verifies a new constraint against the rows that are there, and builds its index.
func (m *tableMaker) checkExisting(from *table) error {
	s, t := m.s, m.t
	ex := s.execution(context.Background())
	for _, k := range t.keys {
		if k.disabled || slices.Contains(from.keys, k) {
			continue
		}
		code := 2299
		if k.primary {
			code = 2437
		}
		if err := s.buildKey(t, k, code); err != nil {
			return err
		}
	}
	for _, q := range t.checks {
		if q.disabled || q.novalidate || slices.Contains(from.checks, q) {
			continue
		}
		sub, _ := m.c.tableScope(t, q.file)
		p, err := sub.cond(q.expr)
		if err != nil {
			return err
		}
		err = s.eachStored(t, func(_ store.Ref, row [][]byte) error {
			b, err := p(&env{row: row, ex: ex})
			if err == nil && b == no {
				err = ora.New(2293, t.owner+"."+q.name)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, f := range t.foreign {
		if f.disabled || slices.Contains(from.foreign, f) {
			continue
		}
		tx := s.db.store.Begin()
		err := s.eachStored(t, func(ref store.Ref, row [][]byte) error {
			vals := f.values(row[firstSlot:])
			if vals == nil {
				return nil
			}
			f.ix.Load(f.encode(vals), ref)
			if f.novalidate {
				return nil
			}
			if err := s.checkParent(ex, tx, pendingParent{t, f, vals, ref}); err != nil {
				if ora.Code(err) == 2291 {
					return ora.New(2298, t.owner+"."+f.name)
				}
				return err
			}
			return nil
		})
		tx.Rollback()
		if err != nil {
			return err
		}
	}
	return nil
}
