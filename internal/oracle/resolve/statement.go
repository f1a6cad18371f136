package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// statement resolves any statement, of a script or of a block.
func (r *resolver) statement(s ast.Stmt) {
	if s == nil || r.plStatement(s) || r.sqlStatement(s) || r.ddl(s) {
		return
	}
	r.node(s)
}

func (r *resolver) sqlStatement(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.SelectStmt:
		r.query(x.Query)
	case *ast.Insert:
		r.insert(x)
	case *ast.MultiInsert:
		r.multiInsert(x)
	case *ast.Update:
		r.update(x)
	case *ast.Delete:
		r.delete(x)
	case *ast.Merge:
		r.merge(x)
	case *ast.LockTable:
		for _, t := range x.Tables {
			_, acc := r.table(t.Table, t, howWrites)
			acc.write("LOCK")
			r.word(t.PartName)
			r.exprs(t.Keys)
		}
		r.expr(x.Wait)
	case *ast.Truncate:
		_, acc := r.table(x.Name, x, howWrites)
		acc.write("TRUNCATE")
		r.clauses(x.Options)
	case *ast.ExplainPlan:
		if x.Into != nil {
			_, acc := r.table(x.Into, x, howWrites)
			acc.write("INSERT")
		}
		r.statement(x.Stmt)
	case *ast.SQLCall:
		r.callStmt(x.Call)
		r.expr(x.Into)
	case *ast.Commit, *ast.Savepoint, *ast.SetTransaction, *ast.SetRole, *ast.SetConstraints:
		r.wordsIn(s)
	case *ast.Rollback:
		r.word(x.To)
		r.expr(x.Force)
	case *ast.PlusCommand:
		r.stmts(x.Body)
	default:
		return false
	}
	return true
}

// node resolves what has no rules of its own: expressions and queries in it are resolved as such, other names
// are not looked up.
func (r *resolver) node(n ast.Node) {
	switch x := n.(type) {
	case nil:
	case *ast.Name:
		r.word(x)
	case *ast.Select:
		r.query(x)
	case *ast.SelectStmt:
		r.query(x.Query)
	case *ast.OrderItem:
		r.expr(x.X)
	case *ast.DataType:
		r.dataType(x)
	case *ast.Clause:
		r.clause(x)
	case *ast.Block:
		r.nested(x)
	case *ast.SelectItem:
		r.expr(x.X)
		r.word(x.Alias)
	case *ast.TableColumn:
		r.tableColumns([]*ast.TableColumn{x}, nil)
	case *ast.FuncOptions:
		r.options(x)
	case *ast.Arg:
		r.argument(x, nil)
	case ast.Expr:
		r.expr(x)
	default:
		n.EachChild(r.node)
	}
}

// creates makes the object that a statement creates the one dependencies count from, and its schema the current one.
func (r *resolver) creates(kind model.ObjectKind, n *ast.Name) *model.Object {
	parts := r.parts(n)
	if len(parts) == 0 {
		return nil
	}
	name, schema := parts[len(parts)-1], r.schema
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
		r.schema = schema
	}
	var o *model.Object
	if r.cat != nil {
		o = r.cat.Find(kind, schema, name)
		if o == nil && (len(parts) == 1 || schema == r.schema) {
			o = r.cat.Find(kind, "", name)
		}
	}
	r.self = o
	ref := &Ref{Kind: Word, Object: o}
	if o != nil {
		if k := kindOf(o); k != Unknown {
			ref.Kind = k
		}
		if o.Kind == model.KindType {
			ref.typ = r.objectType(o)
		}
	}
	r.set(n, ref)
	return o
}

// unit resolves stored PL/SQL.
func (r *resolver) unit(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.CreatePackage:
		o := r.creates(model.KindPackage, x.Name)
		r.unitScope(o, x.Name)
		r.props(x.Props)
		r.decls(x.Decls)
		r.word(x.EndName)
		r.pop()
	case *ast.CreatePackageBody:
		o := r.creates(model.KindPackage, x.Name)
		r.unitScope(o, x.Name)
		r.props(x.Props)
		r.decls(x.Decls)
		if x.Init != nil {
			r.last++
			r.routine = r.last
			r.nested(x.Init)
		}
		r.word(x.EndName)
		r.pop()
	case *ast.CreateRoutine:
		kind := model.KindProcedure
		if x.Routine.Kind == token.FUNCTION {
			kind = model.KindFunction
		}
		o := r.creates(kind, x.Routine.Name)
		s := r.push(unitScope)
		s.unit = o
		if r.declare(x.Routine) {
			r.body(x.Routine)
		}
		r.pop()
	case *ast.CreateTypeBody:
		o := r.creates(model.KindType, x.Name)
		r.typeScope(o, x.Name)
		r.props(x.Props)
		r.decls(x.Decls)
		r.word(x.EndName)
		r.pop()
	case *ast.CreateType:
		r.createType(x)
	case *ast.CreateTrigger:
		r.createTrigger(x)
	default:
		return false
	}
	return true
}

func (r *resolver) unitScope(o *model.Object, n *ast.Name) *scope {
	s := r.push(unitScope)
	s.unit = o
	s.labels = []string{r.name(n)}
	return s
}

// typeScope is that of a type body: the attributes and SELF are visible in it.
func (r *resolver) typeScope(o *model.Object, n *ast.Name) {
	s := r.unitScope(o, n)
	t := openRow
	if o != nil {
		t = r.objectType(o)
	}
	s.put("SELF", &entry{ref: &Ref{Kind: Parameter, Builtin: "SELF", Object: o, typ: t}, typ: t})
	if t.shape != nil {
		for _, f := range t.shape.fields {
			s.put(f.name, &entry{ref: f.ref, typ: f.typ})
		}
	}
}

func (r *resolver) createType(x *ast.CreateType) {
	o := r.creates(model.KindType, x.Name)
	r.typeScope(o, x.Name)
	r.expr(x.OID)
	r.props(x.Props)
	switch d := x.Def.(type) {
	case *ast.ObjectType:
		if d.Under != nil {
			f := r.findType(r.parts(d.Under), d.Under)
			r.set(d.Under, f.ref)
			if f.ref.Object != nil {
				r.depend(f.ref.Object, howBase, d.Under)
			}
		}
		r.word(d.Using)
		r.decls(d.Elems)
	case *ast.CollectionType:
		r.typeDef(d, &Type{})
	case *ast.OpaqueType:
		r.clause(d.Words)
		r.decls(d.Elems)
	}
	r.pop()
}

func (r *resolver) createTrigger(x *ast.CreateTrigger) {
	r.creates(model.KindTrigger, x.Name)
	r.props(x.Props)
	t := &triggerRows{names: map[string]bool{":NEW": true, ":OLD": true, ":PARENT": true}, row: &shape{open: true}, ref: &Ref{Kind: PseudoRecord}}
	if x.On != nil && x.Scope == token.TABLE {
		src, _ := r.trgTable(x.On)
		t.row = src.shape
		if src.ref != nil && src.ref.Object != nil {
			t.ref = &Ref{Kind: PseudoRecord, Object: src.ref.Object}
		}
		for _, e := range x.Events {
			for _, n := range e.Cols {
				r.columnOf(n, t.row, nil)
			}
		}
	} else {
		r.word(x.On)
	}
	r.word(x.NestedCol)
	for _, a := range x.Referencing {
		r.word(a.Alias)
		t.names[":"+r.name(a.Alias)] = true
	}
	r.word(x.OrderNames...)
	r.trigger = t
	s := r.push(blockScope)
	if x.When != nil {
		w := r.push(blockScope)
		row := &Type{Class: ClassRecord, Object: t.ref.Object, shape: pseudoRow(t.row)}
		for name := range t.names {
			w.put(name[1:], &entry{ref: t.ref, typ: row})
		}
		r.expr(x.When)
		r.pop()
	}
	s.labels = []string{r.name(x.Name)}
	if x.Body != nil {
		r.last++
		r.routine = r.last
		r.nested(x.Body)
	}
	if c := x.Compound; c != nil {
		r.decls(c.Decls)
		for _, p := range c.Sections {
			if p.Body != nil {
				r.last++
				r.routine = r.last
				r.nested(p.Body)
			}
		}
		r.word(c.EndName)
	}
	if x.Call != nil {
		r.callStmt(x.Call)
	}
	r.pop()
}

// trgTable is the table a trigger hangs on: a dependency, no access.
func (r *resolver) trgTable(n *ast.Name) (*source, *access) {
	k := len(r.accesses)
	src, acc := r.table(n, n, howReferences)
	r.accesses = r.accesses[:k]
	return src, acc
}

// pseudoRow is a trigger's row with its fields as fields of :new and :old.
func pseudoRow(s *shape) *shape {
	out := &shape{open: s.open}
	for _, f := range s.fields {
		ref := *f.ref
		ref.Kind = PseudoRecord
		out.add(&field{name: f.name, typ: f.typ, ref: &ref})
	}
	return out
}
