package engine

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// ddl executes a statement of data definition.
func (s *Session) ddl(ctx context.Context, c *compiler, stmt ast.Stmt) error {
	c.ddl = true
	if o, replace, ifNotExists, n := c.kept(stmt); o != nil {
		return s.keep(c, stmt, o, replace, ifNotExists, n)
	}
	switch n := stmt.(type) {
	case *ast.CreateTable:
		return s.createTable(ctx, c, n)
	case *ast.CreateIndex:
		return s.createIndex(c, n)
	case *ast.CreateView:
		return s.createView(c, n)
	case *ast.CreateSequence:
		owner, name := c.newName(n.Name)
		q, err := c.sequenceOf(owner, name, n.Options, nil)
		if err != nil {
			return err
		}
		return s.create(c, n.Name, &object{objectName: objectName{owner: owner, name: name}, kind: "SEQUENCE", sequence: q}, n.Replace, n.IfNotExists)
	case *ast.CreateMView:
		return s.createMView(ctx, c, n)
	case *ast.CreateSynonym:
		return s.createSynonym(c, n)
	case *ast.CreateUser:
		return s.createUser(c, n)
	case *ast.CreateTrigger:
		return s.createTrigger(c, n)
	case *ast.Alter:
		return s.alter(ctx, c, n)
	case *ast.Drop:
		return s.drop(ctx, c, n)
	case *ast.Truncate:
		return s.truncate(ctx, c, n)
	case *ast.Rename:
		return s.rename(c, n)
	case *ast.Comment:
		return s.comment(c, n)
	case *ast.Grant:
		return s.grant(c, n)
	case *ast.CreateRole:
		return s.createRole(c, n)
	case *ast.AdminStmt:
		switch {
		case n.Verb == token.PURGE:
			return nil
		case n.Verb == token.CREATE && n.Object == token.TABLESPACE:
			return s.createTablespace(c, n)
		}
	case *ast.BadStmt:
		return ora.New(900)
	}
	return c.unsupported(stmt, "statement")
}

// newName is the owner and name of an object that is being created.
func (c *compiler) newName(n *ast.Name) (owner, name string) {
	parts := c.f.Parts(n)
	if len(parts) > 1 {
		return parts[len(parts)-2], parts[len(parts)-1]
	}
	return c.schema, parts[0]
}

// create enters an object, or replaces one of the same kind.
func (s *Session) create(c *compiler, n ast.Node, o *object, replace, ifNotExists bool) error {
	db := s.db
	may := s.mayCreate(o)
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.users[o.owner] == nil && o.owner != "PUBLIC" {
		return c.fail(n, 1918, o.owner)
	}
	if !may {
		return c.fail(n, 1031)
	}
	if len(o.name) > 128 {
		return c.fail(n, 972)
	}
	if old := db.objects[o.objectName]; old != nil {
		if ifNotExists {
			return nil
		}
		if !replace || old.kind != o.kind {
			return c.fail(n, 955)
		}
		o.id = old.id
		created := old.created
		if o.comments == nil {
			o.comments = old.comments
		}
		db.put(o)
		o.created = created
		return nil
	}
	if o.id == 0 {
		o.id = db.newID()
	}
	db.put(o)
	return nil
}

func (s *Session) createView(c *compiler, n *ast.CreateView) error {
	owner, name := c.newName(n.Name)
	o := &object{objectName: objectName{owner: owner, name: name}, kind: "VIEW", text: c.f.Source(n), stmt: n, file: c.f}
	v := &view{owner: owner, name: name, file: c.f, readOnly: n.With == token.READ, check: n.With == token.CHECK}
	if n.CheckName != nil {
		v.checkName = c.f.Last(n.CheckName)
	}
	o.view = v
	if n.OfType != nil {
		ref := typeref.Stored(typeref.Of(c.f, n.OfType))
		if v.ofType, v.ofOwner = ref.Name, ref.Schema; v.ofOwner == "" {
			v.ofOwner = owner
		}
	}
	if n.Query == nil || n.OfType != nil || n.Duality || n.Under != nil {
		if n.Query != nil {
			v.text = c.f.Source(n.Query)
		}
		v.broken = c.unsupported(n, "view")
		return s.create(c, n.Name, o, n.Replace, n.IfNotExists)
	}
	v.query, v.text = n.Query, c.f.Source(n.Query)
	for _, col := range n.Columns {
		if col.Name != nil {
			v.cols = append(v.cols, c.f.Last(col.Name))
		}
	}
	_, err := s.viewQuery(v, 1)
	if err != nil {
		if n.Force != token.FORCE && ora.Code(err) != 3001 {
			return err
		}
		clear(v.stars)
	}
	// a view that we cannot run is there all the same; whoever reads it is told why
	return s.create(c, n.Name, o, n.Replace, n.IfNotExists)
}

func (s *Session) createSynonym(c *compiler, n *ast.CreateSynonym) error {
	owner, name := c.newName(n.Name)
	if n.Public {
		owner = "PUBLIC"
	}
	parts := c.f.Parts(n.Target)
	target := &synonym{name: parts[len(parts)-1], owner: c.schema, public: n.Public, link: foldName(c.f.LinkName(n.Target))}
	if len(parts) > 1 {
		target.owner = parts[len(parts)-2]
	}
	return s.create(c, n.Name, &object{objectName: objectName{owner: owner, name: name}, kind: "SYNONYM", synonym: target}, n.Replace, n.IfNotExists)
}

// describeUser takes what CREATE USER and ALTER USER say beside the password; the user is made where it is not there.
func (s *Session) describeUser(c *compiler, n *ast.CreateUser) {
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	for _, nm := range n.Names {
		u := s.db.addUser(c.f.Last(nm), "")
		if n.Tablespace != nil {
			u.space = c.f.Last(n.Tablespace)
		}
		if n.Temporary != nil {
			u.temp = c.f.Last(n.Temporary)
		}
		if n.Profile != nil {
			u.profile = c.f.Last(n.Profile)
		}
	}
}

func (s *Session) createUser(c *compiler, n *ast.CreateUser) error {
	if own := n.Alter && len(n.Names) == 1 && c.f.Last(n.Names[0]) == s.user; !own && !s.hasPrivilege(word(n.Alter, "ALTER USER", "CREATE USER")) {
		return c.fail(n, 1031)
	}
	if err := s.nameUsers(c, n); err != nil {
		return err
	}
	s.describeUser(c, n)
	return nil
}

func (s *Session) nameUsers(c *compiler, n *ast.CreateUser) error {
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, nm := range n.Names {
		name := c.f.Last(nm)
		if !n.Alter && db.users[name] != nil {
			return c.fail(nm, 1920, name)
		}
		if n.Alter && db.users[name] == nil {
			return c.fail(nm, 1918, name)
		}
		password := ""
		if n.Password != nil && n.Auth == token.BY {
			password = c.f.Source(n.Password)
			if len(password) > 1 && password[0] == '"' {
				password = password[1 : len(password)-1]
			}
			if strings.HasPrefix(upper(password), "VALUES") {
				password = ""
			}
		}
		u := db.addUser(name, password)
		switch n.Account {
		case token.LOCK:
			u.locked = true
		case token.UNLOCK:
			u.locked = false
		}
	}
	return nil
}

// createTrigger notes the trigger: DML on its table is refused for as long as it is enabled.
func (s *Session) createTrigger(c *compiler, n *ast.CreateTrigger) error {
	owner, name := c.newName(n.Name)
	tr := &trigger{enabled: n.State != token.DISABLE, text: c.f.Source(n)}
	o := &object{objectName: objectName{owner: owner, name: name, space: 't'}, kind: "TRIGGER", trigger: tr, text: tr.text, stmt: n, file: c.f}
	if !s.loading {
		o.facts = factsOf(c.f, c.schema, o)
	}
	var t *table
	if n.On != nil && n.Scope == token.TABLE {
		if target := s.db.lookup(owner, c.f.Parts(n.On)); target != nil && (target.table != nil || target.view != nil) {
			t = target.table
			tr.table = target.objectName
		} else {
			return c.fail(n.On, 942)
		}
	}
	if err := s.create(c, n.Name, o, n.Replace, n.IfNotExists); err != nil {
		return err
	}
	if t != nil {
		s.db.mu.Lock()
		t.shared.triggers[owner+"."+name] = tr.enabled
		s.db.version.Add(1)
		s.db.mu.Unlock()
	}
	return nil
}

// changeTable replaces the definition of a table, with nobody else writing to it.
func (s *Session) changeTable(ctx context.Context, c *compiler, n *ast.Name, verb string, f func(t *table) error) error {
	o := s.db.lookup(c.schema, c.f.Parts(n))
	if o == nil || o.table == nil || o.system {
		return c.fail(n, 942)
	}
	if err := s.changeable(c, n, o, verb, 942); err != nil {
		return err
	}
	tx := s.db.store.Begin()
	defer tx.Rollback()
	if err := tx.LockTable(ctx, o.table.lock, store.Exclusive, store.Wait{}); err != nil {
		return err
	}
	t := *s.db.current(o.table)
	if err := f(&t); err != nil {
		return err
	}
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	o.table = &t
	o.changed = s.db.clock()
	s.db.version.Add(1)
	return nil
}

// changeable refuses what a session may not do with an object that is there; missing is the error where it must not even know of it.
func (s *Session) changeable(c *compiler, n ast.Node, o *object, verb string, missing int) error {
	switch {
	case verb == "" || s.mayChange(o, verb):
		return nil
	case s.sees(o.objectName):
		return c.fail(n, 1031)
	case missing == 4043 || missing == 4080:
		return c.fail(n, missing, o.name)
	}
	return c.fail(n, missing)
}

func (s *Session) truncate(ctx context.Context, c *compiler, n *ast.Truncate) error {
	if n.Cluster {
		return c.unsupported(n, "TRUNCATE")
	}
	return s.changeTable(ctx, c, n.Name, "DROP", func(t *table) error {
		for _, ch := range s.db.children(t) {
			if ch.table.shared != t.shared {
				return c.fail(n.Name, 2266)
			}
		}
		return s.db.empty(s, t)
	})
}

// empty gives a table new segments and indexes. AS OF an SCN before that is ORA-01466.
func (db *Database) empty(s *Session, t *table) error {
	if t.temporary != "" {
		if seg := s.temps[t.shared]; seg != nil {
			db.store.DropSegment(seg)
			delete(s.temps, t.shared)
			s.dropTempIndexes(t.shared)
		}
		return nil
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if t.parts == nil {
		db.store.DropSegment(t.seg)
		t.seg = db.spaceFiles(t.space).NewSegment(db.newID())
	} else {
		parts := make([]*partition, len(t.parts))
		for i, p := range t.parts {
			q := *p
			q.subs = nil
			for _, l := range p.leaves() {
				db.store.DropSegment(l.seg)
				fresh := *l
				fresh.seg = db.spaceFiles(l.space).NewSegment(db.newID())
				if p.subs == nil {
					q = fresh
				} else {
					q.subs = append(q.subs, &fresh)
				}
			}
			parts[i] = &q
		}
		t.parts = parts
	}
	keys := make([]*key, len(t.keys))
	for i, k := range t.keys {
		q := *k
		q.ix = store.NewIndex()
		keys[i] = &q
	}
	t.keys = keys
	foreign := make([]*foreignKey, len(t.foreign))
	for i, f := range t.foreign {
		q := *f
		q.ix = store.NewIndex()
		foreign[i] = &q
	}
	t.foreign = foreign
	t.since = db.store.Advance()
	return nil
}

type foreignKey = foreign

func (s *Session) rename(c *compiler, n *ast.Rename) error {
	from, to := c.f.Last(n.From), c.f.Last(n.To)
	return s.renameObject(c, n, objectName{owner: c.schema, name: from}, to)
}

func (s *Session) renameObject(c *compiler, n ast.Node, from objectName, to string) error {
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	o := db.objects[from]
	if o == nil {
		return c.fail(n, 4043, from.name)
	}
	target := from
	target.name = to
	if db.objects[target] != nil {
		return c.fail(n, 955)
	}
	for i := range db.rights.objects {
		if db.rights.objects[i].object == from {
			db.rights.objects[i].object = target
		}
	}
	delete(db.objects, from)
	o.objectName = target
	if o.table != nil {
		t := *o.table
		t.name = to
		o.table = &t
		for _, other := range db.objects {
			if other.index != nil && other.index.table == from {
				other.index.table = target
			}
			if other.trigger != nil && other.trigger.table == from {
				other.trigger.table = target
			}
			if other.table == nil {
				continue
			}
			changed := false
			var list []*foreign
			for _, f := range other.table.foreign {
				if f.refOwner == from.owner && f.refTable == from.name {
					g := *f
					g.refTable = to
					f, changed = &g, true
				}
				list = append(list, f)
			}
			if changed {
				t2 := *other.table
				t2.foreign = list
				other.table = &t2
			}
		}
	}
	if o.view != nil {
		v := *o.view
		v.name = to
		o.view = &v
	}
	db.objects[target] = o
	o.changed = db.clock()
	db.version.Add(1)
	return nil
}

func (s *Session) comment(c *compiler, n *ast.Comment) error {
	lit, ok := n.Text.(*ast.Literal)
	if !ok {
		return c.unsupported(n, "COMMENT")
	}
	text, err := c.stringToken(lit.Lo)
	if err != nil {
		return err
	}
	parts := c.f.Parts(n.Object)
	col := ""
	if n.Kind == token.COLUMN {
		col = parts[len(parts)-1]
		parts = parts[:len(parts)-1]
	}
	o := s.db.lookup(c.schema, parts)
	if o == nil || o.table == nil && o.view == nil || o.system {
		return c.fail(n.Object, 942)
	}
	if err := s.changeable(c, n.Object, o, "COMMENT", 942); err != nil {
		return err
	}
	s.db.mu.Lock()
	defer s.db.mu.Unlock()
	if o.table == nil {
		o.comments = maps.Clone(o.comments)
		if o.comments == nil {
			o.comments = map[string]string{}
		}
		o.comments[col] = text
		s.db.version.Add(1)
		return nil
	}
	t := *o.table
	if col == "" {
		t.comment = text
	} else {
		found := false
		t.cols = append([]*column{}, t.cols...)
		for i, k := range t.cols {
			if k.name == col && !k.unused {
				d := *k
				d.comment = text
				t.cols[i], found = &d, true
			}
		}
		if !found {
			return c.invalid(n.Object, []string{col})
		}
	}
	o.table = &t
	s.db.version.Add(1)
	return nil
}

// generated makes a name as Oracle gives to what has none.
func (db *Database) generated(prefix string) string {
	db.mu.Lock()
	defer db.mu.Unlock()
	return fmt.Sprintf("%s%06d", prefix, db.newID())
}

// generatedName is the same for partitions, which Oracle numbers without zeros in front.
func (db *Database) generatedName(prefix string) string {
	db.mu.Lock()
	defer db.mu.Unlock()
	return fmt.Sprintf("%s%d", prefix, db.newID())
}
