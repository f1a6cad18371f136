package engine

import (
	"context"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// drop is DROP of every kind.
func (s *Session) drop(ctx context.Context, c *compiler, n *ast.Drop) error {
	if n.Kind == token.USER {
		if !s.hasPrivilege("DROP USER") {
			return c.fail(n, 1031)
		}
		return s.dropUser(c, n)
	}
	owner, name := c.newName(n.Name)
	if n.Public {
		owner = "PUBLIC"
	}
	key := objectName{owner: owner, name: name}
	missing := 4043
	switch n.Kind {
	case token.TABLE:
		missing = 942
	case token.VIEW:
		missing = 942
	case token.SEQUENCE:
		missing = 2289
	case token.INDEX:
		key.space, missing = 'i', 1418
	case token.TRIGGER:
		key.space, missing = 't', 4080
	case token.SYNONYM:
		missing = 1434
	case token.MATERIALIZED, token.PROCEDURE, token.FUNCTION, token.PACKAGE, token.TYPE:
		if n.Second == token.BODY {
			key.space = 'b'
		}
	case token.ROLE:
		return s.dropRole(c, n)
	case token.DIRECTORY:
		key = objectName{owner: "SYS", name: name, space: 'd'}
	case token.CONTEXT:
		key = objectName{owner: "SYS", name: name, space: 'x'}
	case token.DATABASE:
		key.space, missing = 'l', 2024
	default:
		return c.unsupported(n, "DROP")
	}
	s.db.mu.RLock()
	o := s.db.objects[key]
	s.db.mu.RUnlock()
	kindOK := o != nil && (n.Kind != token.TABLE || o.kind == "TABLE") && (n.Kind != token.VIEW || o.kind == "VIEW") &&
		(n.Kind != token.SEQUENCE || o.kind == "SEQUENCE") && (n.Kind != token.SYNONYM || o.kind == "SYNONYM")
	if !kindOK || o.system {
		if n.IfExists {
			return nil
		}
		text := ora.New(missing)
		if missing == 4043 {
			text = ora.New(missing, name)
		} else if missing == 4080 {
			text = ora.New(missing, name)
		}
		return ora.At(text, c.at(n.Name))
	}
	if err := s.changeable(c, n.Name, o, "DROP", missing); err != nil {
		return err
	}
	if o.table != nil {
		if err := s.dropTable(ctx, c, n, o); err != nil {
			return err
		}
	}
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	if o.index != nil {
		if t := s.db.objects[o.index.table]; t != nil && t.table != nil {
			for _, k := range t.table.keys {
				if k.indexName == name && k.constraint && !k.disabled {
					return c.fail(n, 2429)
				}
			}
			t2 := *t.table
			t2.keys = nil
			for _, k := range t.table.keys {
				if k.indexName != name || k.constraint {
					t2.keys = append(t2.keys, k)
				}
			}
			t.table = &t2
		}
	}
	if o.trigger != nil {
		if t := s.db.objects[o.trigger.table]; t != nil && t.table != nil {
			delete(t.table.shared.triggers, owner+"."+name)
		}
	}
	delete(s.db.objects, key)
	if o.kind == "PACKAGE" || o.kind == "TYPE" { // the body goes with it
		delete(s.db.objects, objectName{owner: owner, name: name, space: 'b'})
	}
	s.db.rights.dropGrants(key)
	s.db.version.Add(1)
	return nil
}

func (s *Session) dropTable(ctx context.Context, c *compiler, n *ast.Drop, o *object) error {
	t := o.table
	tx := s.db.store.Begin()
	defer tx.Rollback()
	if err := tx.LockTable(ctx, t.lock, store.Exclusive, store.Wait{}); err != nil {
		return err
	}
	for _, ch := range s.db.children(t) {
		if ch.table.shared == t.shared {
			continue
		}
		if !n.Cascade {
			return c.fail(n, 2449)
		}
	}
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	for key, other := range s.db.objects {
		switch {
		case other.index != nil && other.index.table == o.objectName, other.trigger != nil && other.trigger.table == o.objectName:
			delete(s.db.objects, key)
		case other.table != nil && n.Cascade:
			var keep []*foreign
			for _, f := range other.table.foreign {
				if f.refOwner != t.owner || f.refTable != t.name {
					keep = append(keep, f)
				}
			}
			if len(keep) != len(other.table.foreign) {
				t2 := *other.table
				t2.foreign = keep
				other.table = &t2
			}
		}
	}
	for _, k := range t.constraintNames() {
		delete(s.db.objects, objectName{owner: t.owner, name: k, space: 'c'})
	}
	if t.seg != nil {
		s.db.store.DropSegment(t.seg)
	}
	for _, p := range t.parts {
		for _, l := range p.leaves() {
			s.db.store.DropSegment(l.seg)
		}
	}
	s.db.rights.dropGrants(o.objectName)
	return nil
}

func (t *table) constraintNames() []string {
	var names []string
	for _, k := range t.keys {
		if k.constraint {
			names = append(names, k.name)
		}
	}
	for _, k := range t.checks {
		names = append(names, k.name)
	}
	for _, f := range t.foreign {
		names = append(names, f.name)
	}
	for _, col := range t.cols {
		if col.nnName != "" {
			names = append(names, col.nnName)
		}
	}
	return names
}

func (s *Session) dropUser(c *compiler, n *ast.Drop) error {
	name := c.f.Last(n.Name)
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	if s.db.users[name] == nil {
		if n.IfExists {
			return nil
		}
		return c.fail(n.Name, 1918, name)
	}
	for key := range s.db.objects {
		if key.owner == name {
			if !n.Cascade {
				return c.fail(n.Name, 1922, name)
			}
			delete(s.db.objects, key)
		}
	}
	delete(s.db.users, name)
	s.db.rights.forget(name)
	s.db.version.Add(1)
	return nil
}
