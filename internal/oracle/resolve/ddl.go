package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// ddl resolves statements that define schema objects; false when it is another.
func (r *resolver) ddl(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.CreateTable:
		r.createTable(x)
	case *ast.CreateIndex:
		r.createIndex(x)
	case *ast.CreateView:
		r.creates(model.KindView, x.Name)
		row := r.query(x.Query)
		if x.Under != nil {
			src, _ := r.trgTable(x.Under)
			r.depend(objectOf(src), howBase, x.Under)
		}
		r.viewColumns(x.Columns, row)
		r.constraints(x.Constraints, row)
		if x.OfType != nil {
			r.dataType(x.OfType)
		}
		if x.ObjectID != nil {
			r.wordsIn(x.ObjectID)
		}
		r.clauses(x.Props)
		if x.Body != nil {
			r.wordsIn(x.Body)
		}
		r.word(x.CheckName)
		r.annotations(x.Annotations)
	case *ast.CreateMView:
		r.creates(model.KindMaterializedView, x.Name)
		row := r.query(x.Query)
		r.viewColumns(x.Columns, row)
		r.constraints(x.Constraints, row)
		if x.OfType != nil {
			r.dataType(x.OfType)
		}
		if x.Using != nil {
			r.wordsIn(x.Using)
		}
		if x.Refresh != nil {
			r.expr(x.Refresh.Start)
			r.expr(x.Refresh.Next)
			r.clauses(x.Refresh.Props)
		}
		r.partitioning(x.Partition, row)
		r.word(x.Cluster)
		r.rowNames(x.ClusterCols, row)
		r.clauses(x.Props)
		r.annotations(x.Annotations)
	case *ast.CreateDomain:
		r.createDomain(x)
	case *ast.CreateMViewLog:
		src, _ := r.trgTable(x.Table)
		for _, n := range x.Columns {
			r.columnOf(n, src.shape, nil)
		}
		r.clauses(x.Props)
	case *ast.CreateSequence:
		r.creates(model.KindSequence, x.Name)
	case *ast.CreateSynonym:
		r.createSynonym(x)
	case *ast.CreateContext:
		r.creates(model.KindContext, x.Name)
		r.object(x.Package, howReferences)
	case *ast.CreateSchema:
		r.word(x.Name)
		r.stmts(x.Stmts)
	case *ast.Comment:
		r.comment(x)
	case *ast.Grant:
		r.grant(x)
	case *ast.Drop:
		switch x.Kind {
		case token.TABLE, token.VIEW, token.SEQUENCE, token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TYPE, token.SYNONYM, token.MATERIALIZED:
			r.object(x.Name, howReferences)
		default:
			r.word(x.Name)
		}
		r.clauses(x.Options)
	case *ast.Rename:
		r.object(x.From, howReferences)
		r.word(x.To)
	case *ast.Alter:
		r.alter(x)
	default:
		return r.unit(s)
	}
	return true
}

// object resolves the name of a schema object that is only mentioned.
func (r *resolver) object(n *ast.Name, how string) *reached {
	if n == nil {
		return nil
	}
	if n.Link != 0 {
		r.set(n, r.remoteRef(n, true))
		return nil
	}
	parts := r.parts(n)
	x, rest := r.walkObject(parts)
	switch {
	case x == nil || len(rest) > 0:
		if suppliedPackage(parts[0]) || suppliedTable(parts[len(parts)-1]) || suppliedSchemas[parts[0]] {
			r.set(n, r.builtinRef(parts[len(parts)-1], nil))
			return nil
		}
		ref := &Ref{Kind: Word}
		r.set(n, ref)
		if how != "" && x == nil {
			schema := ""
			if len(parts) > 1 {
				schema = parts[0]
			}
			r.missing("", schema, parts[len(parts)-1], how, n)
		}
		return nil
	case x.object == nil:
		r.set(n, &Ref{Kind: Remote, Link: x.link, Synonyms: x.synonyms})
	default:
		k := kindOf(x.object)
		if k == Unknown {
			k = Word
		}
		r.set(n, &Ref{Kind: k, Object: x.object, Synonyms: x.synonyms})
	}
	if how != "" {
		r.reachedBy(x, how, n)
	}
	return x
}

func (r *resolver) createTable(x *ast.CreateTable) {
	current := r.schema
	o := r.creates(model.KindTable, x.Name)
	r.ddlSchema(current)
	row := &shape{open: true}
	if o != nil && o.Table != nil {
		row = r.rowOf(o)
	}
	if x.OfType != nil {
		r.dataType(x.OfType)
	}
	if x.Query != nil {
		q := r.query(x.Query)
		if o == nil {
			row = q
		}
	}
	r.columns(x.Columns, row, o)
	r.constraints(x.Constraints, row)
	for _, c := range x.Items {
		r.tableItem(c, row)
	}
	if x.External != nil {
		r.wordsIn(x.External)
	}
	r.word(x.Cluster)
	r.rowNames(x.ClusterCols, row)
	r.partitioning(x.Partition, row)
	for _, c := range x.Props {
		r.wordsIn(c)
	}
	r.annotations(x.Annotations)
	if x.ForExchange != nil {
		r.object(x.ForExchange, howReferences)
	}
}

// ddlSchema goes back to the current schema: table DDL looks names up there and not in the new table's schema.
// What is not found there is looked for in the table's, which is how export files are run.
func (r *resolver) ddlSchema(current string) {
	if current == "" {
		return
	}
	r.also = r.schema
	r.schema = current
}

func (r *resolver) tableItem(c *ast.Clause, row *shape) {
	for _, n := range c.Names {
		if f := row.find(r.name(n)); f != nil && n.Hi-n.Lo == 1 {
			r.set(n, f.ref)
			continue
		}
		r.word(n)
	}
	for _, e := range c.Exprs {
		r.rowExpr(e, row)
	}
	for _, p := range c.Parts {
		r.tableItem(p, row)
	}
	for _, n := range c.Items {
		r.wordsIn(n)
	}
}

// rowNames resolves names that are columns of a row where it is known.
func (r *resolver) rowNames(names []*ast.Name, row *shape) {
	for _, n := range names {
		if parts := r.parts(n); len(parts) > 1 { // an attribute of an object column
			if f := row.find(parts[0]); f != nil {
				r.set(n, r.below(found{ref: f.ref, typ: f.typ}, parts[1:]).ref)
				continue
			}
		}
		r.columnOf(n, row, nil)
	}
}

// rowExpr resolves an expression over the columns of one table.
func (r *resolver) rowExpr(e ast.Expr, row *shape) {
	if e == nil {
		return
	}
	r.sql++
	s := r.push(queryScope)
	s.sources = []*source{{shape: row}}
	r.expr(e)
	r.pop()
	r.sql--
}

func (r *resolver) columns(cols []*ast.ColumnDef, row *shape, o *model.Object) {
	// columns of a statement whose object the catalog lacks
	if row.open && len(row.fields) == 0 && len(cols) > 0 {
		row.open = false
		for _, c := range cols {
			row.add(&field{name: r.name(c.Name), typ: typeUnknown, ref: &Ref{Kind: Column, Decl: c, Object: o}})
		}
	}
	for _, c := range cols {
		t := r.dataType(c.Type)
		if f := row.find(r.name(c.Name)); f != nil {
			if f.typ.Class == ClassUnknown && f.ref.Decl == c {
				f.typ, f.ref.typ = t, t
			}
			r.set(c.Name, f.ref)
		} else {
			r.set(c.Name, &Ref{Kind: Column, Decl: c, Object: o, typ: t})
		}
	}
	for _, c := range cols {
		r.word(c.Domain, c.Collation)
		r.rowExpr(c.Default, row)
		r.rowExpr(c.Generated, row)
		r.constraints(c.Constraints, row)
		for _, cl := range c.Options {
			r.wordsIn(cl)
		}
		r.annotations(c.Annotations)
	}
}

func (r *resolver) constraints(list []*ast.Constraint, row *shape) {
	for _, c := range list {
		r.word(c.Name)
		r.rowNames(c.Columns, row)
		r.rowExpr(c.Check, row)
		if c.RefTable != nil {
			src, _ := r.trgTable(c.RefTable)
			for _, n := range c.RefColumns {
				r.columnOf(n, src.shape, nil)
			}
		}
		if u := c.Using; u != nil {
			r.word(u.Name)
			if u.Create != nil {
				r.createIndex(u.Create)
			}
			r.partitioning(u.Partition, row)
			for _, p := range u.Props {
				r.wordsIn(p)
			}
		}
		r.word(c.Exceptions)
	}
}

func (r *resolver) partitioning(p *ast.Partitioning, row *shape) {
	if p == nil {
		return
	}
	if p.Kind == token.REFERENCE {
		r.word(p.Columns...)
	} else {
		r.rowNames(p.Columns, row)
	}
	r.rowNames(p.SetColumns, row)
	r.expr(p.Interval)
	r.word(p.StoreIn...)
	r.expr(p.Count)
	r.partitioning(p.Sub, row)
	r.partitions(p.Template)
	r.partitions(p.Partitions)
	for _, c := range p.Props {
		r.wordsIn(c)
	}
}

func (r *resolver) partitions(list []*ast.PartitionDef) {
	for _, d := range list {
		r.word(d.Name)
		for _, v := range d.Values {
			r.bound(v)
		}
		r.partitions(d.Subs)
		r.word(d.StoreIn...)
		if d.External != nil {
			r.wordsIn(d.External)
		}
		for _, c := range d.Props {
			r.wordsIn(c)
		}
	}
}

// bound resolves a partition bound; MAXVALUE and DEFAULT are words.
func (r *resolver) bound(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Name:
		r.word(x)
	case *ast.List:
		for _, it := range x.Items {
			r.bound(it)
		}
	default:
		r.expr(e)
	}
}

func (r *resolver) createIndex(x *ast.CreateIndex) {
	current := r.schema
	r.creates(model.KindIndex, x.Name)
	r.ddlSchema(current)
	if x.OnCluster {
		r.word(x.Table)
		return
	}
	src, _ := r.trgTable(x.Table)
	if x.Alias != nil {
		src.alias = r.name(x.Alias)
		r.set(x.Alias, r.sourceRef(src))
	}
	r.sql++
	s := r.push(queryScope)
	s.sources = []*source{src}
	for _, t := range x.From {
		other, _ := r.trgTable(t.Table)
		if t.Alias != nil {
			other.alias = r.name(t.Alias)
			r.set(t.Alias, r.sourceRef(other))
		}
		s.sources = append(s.sources, other)
	}
	for _, it := range x.Items {
		r.expr(it.X)
	}
	r.expr(x.Where)
	r.pop()
	r.sql--
	if x.IndexType != nil {
		r.object(x.IndexType, "")
	}
	for _, c := range x.Params {
		r.wordsIn(c)
	}
	r.partitioning(x.Partition, src.shape)
	for _, c := range x.Props {
		r.wordsIn(c)
	}
}

func (r *resolver) annotations(a *ast.Annotations) {
	if a != nil {
		r.wordsIn(a)
	}
}

func (r *resolver) viewColumns(cols []*ast.ColumnDef, row *shape) {
	for i, c := range cols {
		ref := &Ref{Kind: Column, Decl: c, Object: r.self}
		if i < len(row.fields) && !row.open {
			ref.typ = row.fields[i].typ
		}
		r.set(c.Name, ref)
		if c.Type != nil {
			r.dataType(c.Type)
		}
		own := &shape{open: true}
		r.constraints(c.Constraints, own)
		for _, cl := range c.Options {
			r.wordsIn(cl)
		}
		r.annotations(c.Annotations)
	}
}

func (r *resolver) createSynonym(x *ast.CreateSynonym) {
	parts := r.parts(x.Name)
	if len(parts) > 1 {
		r.schema = parts[0]
	}
	var self *model.Object
	if r.cat != nil && len(parts) > 0 {
		schema := r.schema
		if x.Public {
			schema = "PUBLIC"
		}
		self = r.cat.Find(model.KindSynonym, schema, parts[len(parts)-1])
	}
	r.self = self
	r.set(x.Name, &Ref{Kind: Word, Object: self})
	if x.Sharing != nil {
		r.wordsIn(x.Sharing)
	}
	if x.Target == nil {
		return
	}
	if x.Target.Link != 0 {
		r.set(x.Target, r.remoteRef(x.Target, true))
		return
	}
	// the target is looked up without the synonym itself, which may have the same name
	target := r.parts(x.Target)
	schema := r.schema
	if len(target) > 1 {
		schema = target[0]
	}
	name := target[len(target)-1]
	if r.cat != nil {
		if o := r.own(schema, name); o != nil && o != self {
			r.set(x.Target, &Ref{Kind: refKindOf(o), Object: o})
			r.depend(o, howReferences, x.Target)
			return
		}
	}
	if suppliedPackage(name) || suppliedTable(name) || suppliedSchemas[schema] {
		r.set(x.Target, r.builtinRef(name, nil))
		return
	}
	r.set(x.Target, &unknownRef)
	r.missing("", schema, name, howReferences, x.Target)
}

func refKindOf(o *model.Object) RefKind {
	if k := kindOf(o); k != Unknown {
		return k
	}
	return Word
}

func (r *resolver) comment(x *ast.Comment) {
	n := x.Object
	switch x.Kind {
	case token.COLUMN:
		parts := r.parts(n)
		if len(parts) < 2 {
			r.word(n)
			return
		}
		schema := ""
		if len(parts) > 2 {
			schema = parts[0]
		}
		t := r.lookup(schema, parts[len(parts)-2])
		if t == nil || t.object == nil {
			r.word(n)
			return
		}
		r.reachedBy(t, howReferences, n)
		if f := r.rowOf(t.object).find(parts[len(parts)-1]); f != nil {
			r.set(n, f.ref)
			return
		}
		r.word(n)
	case token.TABLE, token.MATERIALIZED:
		r.object(n, howReferences)
	default:
		r.word(n)
	}
}

func (r *resolver) grant(x *ast.Grant) {
	row := &shape{open: true}
	for i, n := range x.Objects {
		if x.OnKind != 0 && x.OnKind != token.TYPE {
			r.word(n)
			continue
		}
		if y := r.object(n, howReferences); y != nil && y.object != nil && i == 0 {
			row = r.rowOf(y.object)
		}
	}
	for _, p := range x.Privileges {
		r.word(p.Name)
		r.rowNames(p.Columns, row)
	}
	r.word(x.Grantees...)
	for _, c := range [...]*ast.Clause{x.Identified, x.Container} {
		if c != nil {
			r.wordsIn(c)
		}
	}
}

func (r *resolver) alter(x *ast.Alter) {
	row := &shape{open: true}
	var o *model.Object
	switch x.Kind {
	case token.TABLE, token.VIEW, token.MATERIALIZED, token.SEQUENCE, token.TYPE, token.PACKAGE, token.PROCEDURE, token.FUNCTION:
		if y := r.object(x.Name, howReferences); y != nil && y.object != nil {
			o = y.object
			if o.Table != nil || o.View != nil {
				row = r.rowOf(o)
			}
		}
	default:
		r.word(x.Name)
	}
	for _, a := range x.Actions {
		r.alterAction(a, row, o, x.Kind)
	}
}

func (r *resolver) alterAction(a *ast.AlterAction, row *shape, o *model.Object, kind token.Keyword) {
	r.columns(a.Columns, row, o)
	r.constraints(a.Constraints, row)
	for _, n := range a.Names {
		if f := row.find(r.name(n)); f != nil && (a.Object == token.COLUMN || a.Verb == token.SET) {
			r.set(n, f.ref)
			continue
		}
		r.word(n)
	}
	switch {
	case a.NewName == nil:
	case a.Verb == token.EXCHANGE:
		r.object(a.NewName, howReferences)
	default:
		r.word(a.NewName)
	}
	r.partitions(a.Partitions)
	for _, e := range a.Exprs {
		r.bound(e)
	}
	if len(a.Decls) > 0 {
		s := r.push(unitScope)
		s.unit = o
		r.decls(a.Decls)
		r.pop()
	}
	if a.Query != nil {
		r.query(a.Query)
	}
	if a.Refresh != nil {
		r.expr(a.Refresh.Start)
		r.expr(a.Refresh.Next)
	}
	r.partitioning(a.Partitioning, row)
	if a.External != nil {
		r.wordsIn(a.External)
	}
	r.annotations(a.Annotations)
	for _, c := range a.Props {
		r.wordsIn(c)
	}
}
