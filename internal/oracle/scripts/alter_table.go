package scripts

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (x *extractor) alterTable(s ast.Stmt, k key, a *ast.AlterAction) {
	for _, c := range a.Constraints {
		x.constraintIndex(c)
	}
	for _, d := range a.Columns {
		for _, c := range d.Constraints {
			x.constraintIndex(c)
		}
	}
	on := []key{k, {model.KindMaterializedView, k.schema, k.name}, {model.KindView, k.schema, k.name}}
	x.change(s, on, model.KindTable, func(fd *folder, o *model.Object, final bool) bool {
		if o.Table == nil {
			return true // a materialized view's container: its storage only
		}
		return x.tableAction(fd, o, a, final)
	}).what = shortText(x.text(a))
}

func (x *extractor) tableAction(fd *folder, o *model.Object, a *ast.AlterAction, final bool) bool {
	t := o.Table
	switch a.Verb {
	case token.ADD:
		return x.tableAdd(fd, o, a)
	case token.MODIFY:
		switch a.Object {
		case token.COLUMN:
			return x.modifyColumns(o, a, final)
		case token.CONSTRAINT:
			return x.constraintStates(t, a) || o.Implied
		case token.PARTITION:
			if a.Partitioning != nil {
				t.Partition = x.partitioning(a.Partitioning)
			}
		}
	case token.ENABLE, token.DISABLE:
		switch a.Object {
		case token.CONSTRAINT:
			return x.constraintStates(t, a) || o.Implied
		case token.TRIGGER:
			for _, other := range fd.objects {
				if tr := other.Trigger; tr != nil && tr.TableSchema == o.Schema && tr.Table == o.Name {
					tr.Disabled = a.Verb == token.DISABLE
				}
			}
		}
	case token.DROP:
		switch a.Object {
		case token.COLUMN:
			return x.dropColumns(fd, o, a)
		case token.CONSTRAINT:
			return x.dropConstraints(fd, o, a) || o.Implied
		case token.PARTITION, token.PARTITIONS:
			return t.Partition == nil || x.alterPartitions(t.Partition, a)
		}
	case token.SET:
		switch a.Object {
		case token.UNUSED:
			return x.dropColumns(fd, o, a)
		case token.INTERVAL:
			if t.Partition != nil {
				t.Partition.Interval = ""
				if len(a.Exprs) > 0 {
					t.Partition.Interval = x.text(a.Exprs[0])
				}
			}
		}
	case token.RENAME:
		return x.tableRename(fd, o, a)
	case token.SPLIT, token.MERGE, token.COALESCE:
		return t.Partition == nil || x.alterPartitions(t.Partition, a)
	default:
		for _, p := range a.Props {
			if a.Verb == token.MOVE && a.Object != 0 {
				break // a partition moves, not the table
			}
			x.tableClause(t, p)
		}
	}
	return true
}

func (x *extractor) tableAdd(fd *folder, o *model.Object, a *ast.AlterAction) bool {
	t := o.Table
	switch a.Object {
	case token.PARTITION:
		if t.Partition == nil {
			return o.Implied
		}
		return x.alterPartitions(t.Partition, a)
	case token.SUPPLEMENTAL:
		t.SupplementalLog = true
		return true
	}
	for _, d := range a.Columns {
		if name := x.last(d.Name); t.Column(name) != nil {
			fd.problem(Problem{
				Kind: ProblemAgain, Pos: x.pos(d), Note: true, Msg: "the column " + name + " of " + objectName(fd.keyOf[o]) + " exists already",
				Hint: "Oracle would refuse this one (ORA-01430); the first counts",
			})
			continue
		}
		x.addColumn(o, d)
	}
	for _, k := range a.Constraints {
		if name := x.last(k.Name); name != "" && slices.ContainsFunc(t.Constraints, func(c *model.Constraint) bool { return c.Name == name }) {
			fd.problem(Problem{
				Kind: ProblemAgain, Pos: x.pos(k), Note: true, Msg: "the constraint " + name + " of " + objectName(fd.keyOf[o]) + " exists already",
				Hint: "Oracle would refuse this one (ORA-02264); the first counts",
			})
			continue
		}
		x.addConstraint(o, k, nil)
	}
	for _, c := range a.Props {
		if c.Head == token.SUPPLEMENTAL {
			t.SupplementalLog = true
		}
	}
	return true
}

// modifyColumns waits for all its columns before it touches the first.
func (x *extractor) modifyColumns(o *model.Object, a *ast.AlterAction, final bool) bool {
	missing := false
	for _, d := range a.Columns {
		missing = missing || o.Table.Column(x.last(d.Name)) == nil
	}
	if missing && !final {
		return false
	}
	for _, d := range a.Columns {
		c := o.Table.Column(x.last(d.Name))
		if c == nil && o.Implied {
			c = x.addColumn(o, &ast.ColumnDef{Span: d.Span, Name: d.Name})
		}
		if c != nil {
			x.setColumn(o, c, d)
		}
	}
	return !missing || o.Implied
}

func (x *extractor) constraintMatch(k *ast.Constraint) func(*model.Constraint) bool {
	switch {
	case k.Name != nil:
		name := x.last(k.Name)
		return func(c *model.Constraint) bool { return c.Name == name }
	case k.Kind == token.PRIMARY:
		return func(c *model.Constraint) bool { return c.Kind == model.PrimaryKey }
	}
	cols := x.names(k.Columns)
	return func(c *model.Constraint) bool { return c.Kind == model.Unique && slices.Equal(c.Columns, cols) }
}

func (x *extractor) constraintStates(t *model.Table, a *ast.AlterAction) bool {
	found := true
	for _, k := range a.Constraints {
		is, any := x.constraintMatch(k), false
		for _, c := range t.Constraints {
			if is(c) {
				x.setStates(c, k)
				any = true
			}
		}
		found = found && any
	}
	return found
}

func (x *extractor) dropColumns(fd *folder, o *model.Object, a *ast.AlterAction) bool {
	t, names := o.Table, x.names(a.Names)
	for _, n := range names {
		if t.Column(n) == nil {
			return o.Implied
		}
	}
	dropped := func(c string) bool { return slices.Contains(names, c) }
	t.Columns = slices.DeleteFunc(t.Columns, func(c *model.Column) bool { return dropped(c.Name) })
	t.Constraints = slices.DeleteFunc(t.Constraints, func(c *model.Constraint) bool { return slices.ContainsFunc(c.Columns, dropped) })
	// indexes over a dropped column go with it
	for k, other := range fd.objects {
		ix := other.Index
		if ix == nil || ix.TableSchema != o.Schema || ix.Table != o.Name {
			continue
		}
		if slices.ContainsFunc(ix.Keys, func(c model.IndexKey) bool { return c.Column != "" && dropped(c.Column) }) {
			delete(fd.objects, k)
		}
	}
	return true
}

func (x *extractor) dropConstraints(fd *folder, o *model.Object, a *ast.AlterAction) bool {
	found := true
	for _, k := range a.Constraints {
		is, n := x.constraintMatch(k), len(o.Table.Constraints)
		var gone *model.Constraint
		o.Table.Constraints = slices.DeleteFunc(o.Table.Constraints, func(c *model.Constraint) bool {
			if is(c) {
				gone = c
			}
			return is(c)
		})
		found = found && len(o.Table.Constraints) < n
		if a.Cascade && gone != nil && (gone.Kind == model.PrimaryKey || gone.Kind == model.Unique) {
			fd.dropReferences(o, gone)
		}
	}
	return found
}

// dropReferences takes out the foreign keys that refer to a dropped key.
func (fd *folder) dropReferences(o *model.Object, to *model.Constraint) {
	for _, other := range fd.objects {
		if other.Table == nil {
			continue
		}
		other.Table.Constraints = slices.DeleteFunc(other.Table.Constraints, func(c *model.Constraint) bool {
			return c.Kind == model.ForeignKey && c.RefSchema == o.Schema && c.RefTable == o.Name &&
				(slices.Equal(c.RefColumns, to.Columns) || len(c.RefColumns) == 0 && to.Kind == model.PrimaryKey)
		})
	}
}

func (x *extractor) tableRename(fd *folder, o *model.Object, a *ast.AlterAction) bool {
	t, to := o.Table, x.last(a.NewName)
	if a.Object == token.TO {
		fd.rename(o, to, x.u.at)
		return true
	}
	if len(a.Names) == 0 {
		return true
	}
	from := x.last(a.Names[0])
	switch a.Object {
	case token.COLUMN:
		c := t.Column(from)
		if c == nil {
			return o.Implied
		}
		c.Name = to
		fd.renameColumn(o, from, to)
	case token.CONSTRAINT:
		for _, c := range t.Constraints {
			if c.Name == from {
				c.Name = to
				return true
			}
		}
		return o.Implied
	case token.PARTITION:
		if t.Partition != nil {
			i := slices.Index(t.Partition.Partitions, from)
			if i < 0 {
				return false
			}
			t.Partition.Partitions[i] = to
		}
	}
	return true
}

// alterPartitions changes a list of partitions; false while a partition it names is not there.
func (x *extractor) alterPartitions(p *model.Partitioning, a *ast.AlterAction) bool {
	if a.Object != token.PARTITION && a.Object != token.PARTITIONS {
		return true
	}
	names := x.names(a.Names)
	var added []string
	for _, d := range a.Partitions {
		if !d.Sub {
			added = append(added, x.partitionName(d))
		}
	}
	if a.Verb == token.ADD {
		if len(added) == 0 {
			added = []string{"SYS_P"}
		}
		p.Partitions = append(p.Partitions, added...)
		p.Count = len(p.Partitions)
		return true
	}
	if len(p.Partitions) == 0 && p.Count > 0 { // PARTITIONS n: the names are Oracle's
		return true
	}
	at := -1
	for _, n := range names {
		i := slices.Index(p.Partitions, n)
		if i < 0 {
			return p.Interval != "" // made by inserted rows, perhaps
		}
		if at < 0 || i < at {
			at = i
		}
	}
	if at < 0 {
		return true // FOR (values): which one that is, only the bounds tell
	}
	switch a.Verb {
	case token.DROP, token.SPLIT, token.MERGE:
		if a.Through && len(names) == 2 {
			end := slices.Index(p.Partitions, names[1])
			for i := slices.Index(p.Partitions, names[0]) + 1; i < end; i++ {
				names = append(names, p.Partitions[i])
			}
		}
		p.Partitions = slices.DeleteFunc(p.Partitions, func(n string) bool { return slices.Contains(names, n) })
		if a.Verb == token.SPLIT && len(added) == 0 {
			added = []string{"SYS_P", "SYS_P"}
		}
		if a.Verb == token.MERGE && len(added) == 0 {
			added = []string{"SYS_P"}
		}
		if a.Verb == token.DROP {
			added = nil
		}
		p.Partitions = slices.Insert(p.Partitions, min(at, len(p.Partitions)), added...)
		p.Count = len(p.Partitions)
	}
	return true
}
