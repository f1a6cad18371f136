package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// rename reads RENAME old TO new: a table, view, sequence or private synonym.
func (x *extractor) rename(s *ast.Rename) {
	schema, name := x.qualified(s.From)
	on := []key{{model.KindTable, schema, name}, {model.KindView, schema, name}, {model.KindSequence, schema, name}, {model.KindSynonym, schema, name}}
	x.change(s, on, "", func(fd *folder, o *model.Object, _ bool) bool {
		fd.rename(o, x.last(s.To), x.u.at)
		return true
	})
}

// rename gives an object a new name. What Oracle carries over is carried over: indexes, triggers, foreign keys
// and the like that were made before; views and PL/SQL keep the old name, as they do there.
func (fd *folder) rename(o *model.Object, to string, at place) {
	from := fd.keyOf[o]
	now := key{from.kind, from.schema, to}
	if fd.objects[from] == o {
		delete(fd.objects, from)
	}
	fd.renamed[from] = now
	delete(fd.renamed, now)
	if o.Type != nil {
		o.Type.Name = to
	}
	for _, other := range fd.objects {
		if fd.born[other].run == at.run && at.before(fd.born[other]) {
			continue
		}
		if ix := other.Index; ix != nil && ix.TableSchema == from.schema && ix.Table == from.name && o.Table != nil {
			ix.Table = to
		}
		if tr := other.Trigger; tr != nil && tr.TableSchema == from.schema && tr.Table == from.name && (o.Table != nil || o.View != nil) {
			tr.Table = to
		}
		if other.Table != nil && o.Table != nil {
			renameTarget(other.Table, from, to)
		}
	}
	if o.Table != nil {
		renameTarget(o.Table, from, to)
	}
	o.Name = to
	fd.objects[now], fd.keyOf[o] = o, now
}

func renameTarget(t *model.Table, from key, to string) {
	for _, c := range t.Constraints {
		if c.Kind == model.ForeignKey && c.RefSchema == from.schema && c.RefTable == from.name {
			c.RefTable = to
		}
	}
}

// renameColumn carries a new column name to what names the column.
func (fd *folder) renameColumn(o *model.Object, from, to string) {
	swap := func(list []string) {
		for i := range list {
			if list[i] == from {
				list[i] = to
			}
		}
	}
	for _, c := range o.Table.Constraints {
		swap(c.Columns)
	}
	if p := o.Table.Partition; p != nil {
		swap(p.Columns)
		swap(p.SubColumns)
	}
	for _, other := range fd.objects {
		if other.Table != nil {
			for _, c := range other.Table.Constraints {
				if c.Kind == model.ForeignKey && c.RefSchema == o.Schema && c.RefTable == o.Name {
					swap(c.RefColumns)
				}
			}
		}
		if ix := other.Index; ix != nil && ix.TableSchema == o.Schema && ix.Table == o.Name {
			for i := range ix.Keys {
				if ix.Keys[i].Column == from {
					ix.Keys[i].Column = to
				}
			}
		}
	}
}
