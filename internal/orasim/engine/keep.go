package engine

import (
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// kept tells stored code and other objects that are kept with their text only.
func (c *compiler) kept(stmt ast.Stmt) (o *object, replace, ifNotExists bool, n ast.Node) {
	f := c.f
	make := func(kind string, name *ast.Name, space byte, flags ast.UnitFlags) (*object, bool, bool, ast.Node) {
		owner, last := c.newName(name)
		switch space {
		case 'd', 'x':
			owner, last = "SYS", f.Last(name)
		}
		return &object{objectName: objectName{owner: owner, name: last, space: space}, kind: kind}, flags.Replace, flags.IfNotExists, name
	}
	switch n := stmt.(type) {
	case *ast.CreateRoutine:
		if n.Routine.Kind == token.FUNCTION {
			return make("FUNCTION", n.Routine.Name, 0, n.UnitFlags)
		}
		return make("PROCEDURE", n.Routine.Name, 0, n.UnitFlags)
	case *ast.CreatePackage:
		return make("PACKAGE", n.Name, 0, n.UnitFlags)
	case *ast.CreatePackageBody:
		return make("PACKAGE BODY", n.Name, 'b', n.UnitFlags)
	case *ast.CreateType:
		return make("TYPE", n.Name, 0, n.UnitFlags)
	case *ast.CreateTypeBody:
		return make("TYPE BODY", n.Name, 'b', n.UnitFlags)
	case *ast.CreateLibrary:
		return make("LIBRARY", n.Name, 0, n.UnitFlags)
	case *ast.CreateDirectory:
		return make("DIRECTORY", n.Name, 'd', ast.UnitFlags{Replace: n.Replace, IfNotExists: n.IfNotExists})
	case *ast.CreateContext:
		return make("CONTEXT", n.Name, 'x', ast.UnitFlags{Replace: n.Replace, IfNotExists: n.IfNotExists})
	case *ast.CreateMViewLog:
		return make("MATERIALIZED VIEW LOG", n.Table, 'm', ast.UnitFlags{IfNotExists: n.IfNotExists})
	case *ast.CreateDBLink:
		o, r, i, at := make("DATABASE LINK", n.Name, 'l', ast.UnitFlags{IfNotExists: n.IfNotExists})
		if n.Public {
			o.owner = "PUBLIC"
		}
		return o, r, i, at
	case *ast.AdminStmt:
		if kind := keptAdmin[n.Object]; kind != "" && n.Verb == token.CREATE && len(n.Names) > 0 {
			return make(kind, n.Names[0], 0, ast.UnitFlags{Replace: true})
		}
	}
	return nil, false, false, nil
}

// keptAdmin are kinds of objects of which not even the parser knows more than the name.
var keptAdmin = map[token.Keyword]string{
	token.CLUSTER: "CLUSTER", token.DIMENSION: "DIMENSION", token.OPERATOR: "OPERATOR", token.INDEXTYPE: "INDEXTYPE", token.DOMAIN: "DOMAIN",
}

// keep enters an object that is kept with its text, and what that says of it.
func (s *Session) keep(c *compiler, stmt ast.Stmt, o *object, replace, ifNotExists bool, n ast.Node) error {
	o.text, o.stmt, o.file = c.f.Source(stmt), stmt, c.f
	if !s.loading {
		o.facts = factsOf(c.f, c.schema, o)
	}
	return s.create(c, n, o, replace || s.loading, ifNotExists)
}

// factsOf reads what a statement says of the object that it makes, as the catalog of scripts has it; nil where nothing is known.
func factsOf(f *ast.File, schema string, o *object) *model.Object {
	est := scripts.FromFiles([]*ast.File{f}, scripts.Options{DefaultSchema: schema})
	return findFacts(est.Catalog, o)
}

// findFacts finds an object of ours in a catalog of scripts.
func findFacts(cat *model.Catalog, o *object) *model.Object {
	owner := o.owner
	if o.space == 'd' || o.space == 'x' {
		owner = ""
	}
	return cat.Find(model.ObjectKind(o.kind), owner, o.name)
}

// calledKinds are kinds of objects that scripts make by calls of packages, which a folder's catalog knows.
var calledKinds = map[model.ObjectKind]byte{
	model.KindJob: 'j', model.KindProgram: 'j', model.KindSchedule: 'j', model.KindChain: 'j', model.KindVPDPolicy: 'p', model.KindQueue: 'q', model.KindXMLSchema: 's',
	model.KindLibrary: 0, model.KindJavaSource: 0, model.KindJavaClass: 0,
}

// adopt takes out of the catalog of a folder what the engine has not made itself: what is known of kept objects, and the
// objects that blocks of the scripts make by calling packages.
func (s *Session) adopt(cat *model.Catalog, text func(*model.Object) string) (kept int) {
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, o := range db.objects {
		if !o.system && o.table == nil && o.sequence == nil && o.synonym == nil && o.index == nil {
			o.facts = findFacts(cat, o)
		}
	}
	for _, m := range cat.Objects {
		space, ok := calledKinds[m.Kind]
		if !ok || m.Implied {
			continue
		}
		owner := m.Schema
		if m.Policy != nil {
			owner = m.Policy.TableSchema
		}
		name := objectName{owner: owner, name: m.Name, space: space}
		if db.objects[name] != nil {
			continue
		}
		db.put(&object{objectName: name, id: db.newID(), kind: string(m.Kind), facts: m, text: text(m)})
		kept++
	}
	return kept
}
