package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

// sampledDigits are the digits that every bigint holds.
const sampledDigits = 18

// sample is what the rows that scripts insert say of a column.
type sample struct {
	whole int  // values that are whole numbers of 18 digits at most
	other bool // there is a value that is none, or that is known only when the statement runs
}

// sampledColumns finds the columns of type NUMBER that are bigint by the policy number: sampled, with the number of values
// that say so: every value that a script inserts is a whole number, and no foreign key ties the column to one for which
// that does not hold.
func sampledColumns(cat *model.Catalog, units []*scripts.Unit) map[columnKey]int {
	samples := map[columnKey]*sample{}
	for _, u := range units {
		switch x := u.Stmt.(type) {
		case *ast.Insert:
			sampleRows(cat, u, x, samples)
		case *ast.Update:
			if o := insertedTable(cat, u, x.Target); o != nil {
				for _, a := range x.Set {
					sampleUpdate(u.Source.Parsed, o, a, samples)
				}
			}
		case *ast.MultiInsert, *ast.Merge:
			for _, o := range changedTables(cat, u, x) { // what they write is known only when they run
				for _, c := range o.Table.Columns {
					sampleOf(samples, columnKey{o, c.Name}).other = true
				}
			}
		}
	}
	found := map[columnKey]int{}
	for k, s := range samples {
		if s.whole > 0 && !s.other && plainNumberColumn(k) {
			found[k] = s.whole
		}
	}
	withoutFractionalKin(cat, samples, found)
	return found
}

func sampleOf(samples map[columnKey]*sample, k columnKey) *sample {
	if samples[k] == nil {
		samples[k] = &sample{}
	}
	return samples[k]
}

// plainNumberColumn reports whether a column is a NUMBER without precision.
func plainNumberColumn(k columnKey) bool {
	for _, c := range k.table.Table.Columns {
		if c.Name == k.column {
			return c.Type.Name == "NUMBER" && c.Type.Precision == nil && c.Type.Scale == nil && !c.Type.Star && c.Virtual == ""
		}
	}
	return false
}

// withoutFractionalKin takes out columns that refer to what is not bigint, and keys to which something refers that has other
// values: a foreign key needs one type.
func withoutFractionalKin(cat *model.Catalog, samples map[columnKey]*sample, found map[columnKey]int) {
	for changed := true; changed; {
		changed = false
		eachForeignKey(cat, func(from, to columnKey) {
			_, child := found[from]
			_, parent := found[to]
			switch {
			case parent && (samples[from] != nil && samples[from].other || !plainNumberColumn(from)):
				delete(found, to)
				changed = true
			case child && !parent:
				delete(found, from)
				changed = true
			}
		})
	}
}

// sampleRows counts the values of INSERT ... VALUES.
func sampleRows(cat *model.Catalog, u *scripts.Unit, x *ast.Insert, samples map[columnKey]*sample) {
	o := insertedTable(cat, u, x.Target)
	if o == nil {
		return
	}
	var names []string
	for _, c := range x.Cols {
		names = append(names, u.Source.Parsed.Last(c))
	}
	if len(names) == 0 {
		for _, c := range o.Table.Columns {
			if !c.Invisible {
				names = append(names, c.Name)
			}
		}
	}
	note := func(i int, value ast.Expr) {
		sampleOf(samples, columnKey{o, names[i]}).add(valueOf(u.Source.Parsed, value))
	}
	for _, row := range x.Rows {
		values := []ast.Expr{row}
		if l, ok := row.(*ast.List); ok {
			values = l.Items
		}
		if len(values) != len(names) {
			continue // an error in Oracle
		}
		for i, v := range values {
			note(i, v)
		}
	}
	if len(x.Rows) == 0 {
		for i := range names {
			note(i, nil)
		}
	}
}

type valueKind uint8

const (
	valueNull valueKind = iota
	valueWhole
	valueOther
)

// add counts a value.
func (s *sample) add(kind valueKind) {
	switch kind {
	case valueWhole:
		s.whole++
	case valueOther:
		s.other = true
	}
}

// valueOf tells what a value that is written down is.
func valueOf(f *ast.File, e ast.Expr) valueKind {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		text := strings.Trim(f.Source(x), "'")
		switch {
		case strings.EqualFold(text, "NULL"), text == "":
			return valueNull
		case len(text) <= sampledDigits && strings.Trim(text, "0123456789") == "":
			return valueWhole
		}
	case *ast.Unary:
		return valueOf(f, x.X)
	case *ast.Name:
		if strings.EqualFold(f.Last(x), "NEXTVAL") {
			return valueWhole
		}
	}
	return valueOther
}

// insertedTable is the table of the catalog that a statement names, nil for everything else.
func insertedTable(cat *model.Catalog, u *scripts.Unit, target ast.TableRef) *model.Object {
	t, ok := target.(*ast.TableName)
	if !ok {
		return nil
	}
	parts := u.Source.Parsed.Parts(t.Name)
	schema := u.Schema
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	o := cat.Find(model.KindTable, schema, parts[len(parts)-1])
	if o == nil || o.Table == nil {
		return nil
	}
	return o
}

// changedTables are the tables of the catalog that a statement names as a target.
func changedTables(cat *model.Catalog, u *scripts.Unit, s ast.Stmt) []*model.Object {
	var list []*model.Object
	add := func(t ast.TableRef) {
		if o := insertedTable(cat, u, t); o != nil {
			list = append(list, o)
		}
	}
	switch x := s.(type) {
	case *ast.MultiInsert:
		ast.Walk(x, func(n ast.Node) bool {
			if t, ok := n.(*ast.TableName); ok {
				add(t)
			}
			return true
		})
	case *ast.Merge:
		add(x.Target)
	}
	return list
}

// sampleUpdate counts what UPDATE sets a column to.
func sampleUpdate(f *ast.File, o *model.Object, a *ast.Assign, samples map[columnKey]*sample) {
	kind := valueOther
	targets := []ast.Expr{a.Target}
	if l, ok := a.Target.(*ast.List); ok {
		targets = l.Items
	} else {
		kind = valueOf(f, a.X)
	}
	for _, t := range targets {
		n, ok := t.(*ast.Name)
		if !ok {
			continue
		}
		sampleOf(samples, columnKey{o, f.Last(n)}).add(kind)
	}
}
