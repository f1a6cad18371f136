package engine

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// tableMaker builds the definition of a table from CREATE TABLE and ALTER TABLE.
type tableMaker struct {
	s      *Session
	c      *compiler
	t      *table
	spaces map[string]*tablespace // of the indexes of constraints, by the constraint's name
}

func (s *Session) createTable(ctx context.Context, c *compiler, n *ast.CreateTable) error {
	owner, name := c.newName(n.Name)
	db := s.db
	if c.reserved(n.Name) {
		return c.fail(n.Name, 903)
	}
	if o := db.objects2(objectName{owner: owner, name: name}); o != nil {
		if n.IfNotExists {
			return nil
		}
		return c.fail(n.Name, 955)
	}
	t := &table{owner: owner, name: name, lock: &store.TableLock{}, shared: &tableShared{triggers: map[string]bool{}}, logging: true, since: db.store.Advance()}
	m := &tableMaker{s: s, c: c, t: t}
	if n.Temporary != 0 {
		t.temporary = "TRANSACTION"
		if n.OnCommit == token.PRESERVE {
			t.temporary = "SESSION"
		}
		if n.Temporary == token.PRIVATE {
			return c.unsupported(n, "private temporary table")
		}
	}
	t.iot = n.Organization == token.INDEX
	t.external = n.Organization == token.EXTERNAL || n.External != nil
	if n.OfType != nil {
		if err := m.ofType(n); err != nil {
			return err
		}
		if t.ofType == "XMLTYPE" {
			t.notLoadable, t.seg = "XMLTYPE table", db.newSegment()
			return s.create(c, n.Name, &object{objectName: objectName{owner: owner, name: name}, kind: "TABLE", table: t, text: c.f.Source(n), stmt: n, file: c.f}, false, false)
		}
	}
	switch {
	case n.Cluster != nil:
		t.cluster = c.f.Last(n.Cluster)
	case n.Immutable, n.Blockchain, n.Collection, n.Shard != 0:
		return c.unsupported(n, "table")
	}
	var q *query
	if n.Query != nil {
		var err error
		c.ddl = false
		if q, err = c.query(n.Query); err != nil {
			return err
		}
		c.ddl = true
		if len(n.Columns) > 0 && len(n.Columns) != len(q.cols) {
			return c.fail(n, 1730)
		}
		for i, col := range q.cols {
			k := &column{name: col.name, id: i + 1, internal: i, typ: asColumn(col.typ)}
			if len(n.Columns) > 0 {
				k.name = c.f.Last(n.Columns[i].Name)
			} else if col.expr.col == nil && !validColumnName(col.name) {
				return c.fail(n.Query, 998)
			}
			if t.column(k.name) != nil {
				return c.fail(n, 957)
			}
			if col.expr.col != nil && col.expr.col.col != nil && col.expr.col.col.notNull && col.expr.slot >= 0 {
				k.notNull, k.nnName, k.nnGen = true, db.generated("SYS_C"), true
			}
			t.cols = append(t.cols, k)
		}
	} else if n.OfType == nil {
		for _, def := range n.Columns {
			if err := m.addColumn(def); err != nil {
				return err
			}
		}
		if len(t.cols) == 0 {
			return c.fail(n, 904, "")
		}
	}
	space, err := c.spaceOf(n.Props)
	if err != nil {
		return err
	}
	if t.space = space; space == nil && t.temporary == "" {
		t.space = db.defaultSpace(owner)
	}
	if err := m.partition(n.Partition); err != nil {
		return err
	}
	for _, def := range n.Columns {
		for _, k := range def.Constraints {
			if err := m.addConstraint(k, c.f.Last(def.Name)); err != nil {
				return err
			}
		}
	}
	for _, k := range n.Constraints {
		if err := m.addConstraint(k, ""); err != nil {
			return err
		}
	}
	if n.Partition != nil && n.Partition.Kind == token.REFERENCE {
		if err := m.reference(n.Partition); err != nil {
			return err
		}
	}
	if t.parts == nil && t.temporary == "" {
		t.seg = db.newSegmentIn(t.space)
	}
	for _, it := range n.Items {
		if it.Head == token.SUPPLEMENTAL {
			m.supplemental(it, false)
		}
	}
	for _, p := range n.Props {
		if text := upper(c.f.Source(p)); strings.HasPrefix(text, "ENABLE ROW MOVEMENT") {
			t.movement = true
		}
	}
	o := &object{objectName: objectName{owner: owner, name: name}, kind: "TABLE", table: t, text: c.f.Source(n), stmt: n, file: c.f}
	if err := s.create(c, n.Name, o, false, false); err != nil {
		return err
	}
	t.id = o.id
	m.register()
	if q == nil {
		return nil
	}
	// CREATE TABLE AS SELECT: the rows are committed with the table
	err = s.fill(ctx, c, n, t, q)
	if err != nil {
		db.mu.Lock()
		delete(db.objects, o.objectName)
		db.version.Add(1)
		db.mu.Unlock()
	}
	return err
}

// ofType gives an object table the columns of its type: its attributes. What stands in parentheses adds defaults and constraints to them.
func (m *tableMaker) ofType(n *ast.CreateTable) error {
	c, t := m.c, m.t
	ref := typeref.Stored(typeref.Of(c.f, n.OfType))
	if t.ofType, t.ofOwner = ref.Name, ref.Schema; t.ofType == "XMLTYPE" {
		return nil
	}
	if t.ofOwner == "" {
		t.ofOwner = t.owner
	}
	o := m.s.db.objects2(objectName{owner: t.ofOwner, name: t.ofType})
	if o == nil || o.kind != "TYPE" {
		return c.fail(n.OfType, 902)
	}
	facts := o.typeFacts()
	if facts == nil {
		return c.unsupported(n, "object table")
	}
	attributes, _ := m.s.attributes(o, facts, 0)
	for i, a := range attributes {
		ref := typeref.Stored(a.Type)
		t.cols = append(t.cols, &column{name: a.Name, id: i + 1, internal: i, typ: m.s.settled(t.ofOwner, ref, typeOf(ref, m.s.charSem))})
	}
	for _, def := range n.Columns {
		col := t.column(c.f.Last(def.Name))
		if col == nil {
			return c.invalid(def.Name, c.f.Parts(def.Name))
		}
		if def.Default != nil {
			col.def, col.defText, col.file = def.Default, c.f.Source(def.Default), c.f
		}
	}
	return nil
}

func (s *Session) fill(ctx context.Context, c *compiler, n ast.Node, t *table, q *query) error {
	w, err := c.writer(n, t)
	if err != nil {
		return err
	}
	tx := s.transaction()
	ex := s.execution(ctx)
	p := &pending{}
	r, err := q.open(&env{ex: ex})
	if err != nil {
		return err
	}
	defer r.close()
	for {
		got, err := r.next()
		if err != nil {
			s.rollback()
			return err
		}
		if got == nil {
			break
		}
		row := make([][]byte, firstSlot+len(t.cols))
		copy(row[firstSlot:], got)
		if _, err := w.insert(ex, tx, row, p); err != nil {
			s.rollback()
			return err
		}
	}
	if err := s.verify(ex, tx, p, false); err != nil {
		s.rollback()
		return err
	}
	return s.commit(ctx)
}

func (db *Database) objects2(name objectName) *object {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.objects[name]
}

func (db *Database) newSegment() *store.Segment {
	db.mu.Lock()
	id := db.newID()
	db.mu.Unlock()
	return db.store.NewSegment(id)
}

// asColumn is the type that CREATE TABLE AS SELECT gives a column.
func asColumn(t typ) typ {
	switch t.kind {
	case kNull:
		return typ{kind: kVarchar, size: 1}
	case kTimestamp, kZoned, kLocal:
		if t.scale > 9 || t.scale < 0 {
			t.scale = 6
		}
	}
	return t
}

// reserved reports whether the last part of a name is a word that Oracle reserves, and is not quoted. The grammar lets it pass where nothing
// else can stand.
func (c *compiler) reserved(n *ast.Name) bool {
	last := c.f.Tokens[n.Range().Hi-1]
	return last.Kind == token.Ident && last.Kw.ReservedSQL()
}

func validColumnName(s string) bool {
	for i, r := range s {
		switch {
		case r >= 'A' && r <= 'Z', i > 0 && (r >= '0' && r <= '9' || r == '_' || r == '$' || r == '#'), r > 127:
		default:
			return false
		}
	}
	return s != ""
}

// addColumn adds a column without its constraints.
func (m *tableMaker) addColumn(def *ast.ColumnDef) error {
	c, t := m.c, m.t
	name := c.f.Last(def.Name)
	if c.reserved(def.Name) {
		return c.fail(def.Name, 904, "")
	}
	if t.column(name) != nil {
		return c.fail(def, 957)
	}
	if len(name) > 128 {
		return c.fail(def, 972)
	}
	col := &column{name: name, internal: len(t.cols), file: c.f, hidden: def.Visibility == token.INVISIBLE}
	for _, k := range t.cols {
		if !k.unused && !k.hidden {
			col.id = k.id
		}
	}
	col.id++
	if def.Type == nil && def.Generated == nil && def.Identity == nil {
		return c.fail(def, 902)
	}
	if def.Type != nil {
		ref := typeref.Stored(typeref.Of(c.f, def.Type))
		col.typ = m.s.settled(m.t.owner, ref, typeOf(ref, m.s.charSem))
		switch {
		case ref.Name == "CHAR" && col.typ.size > 2000, ref.Name == "VARCHAR2" && col.typ.size > 32767, ref.Name == "RAW" && col.typ.size > 32767:
			return c.fail(def.Type, 910)
		case ref.Name == "VARCHAR2" && ref.Precision == nil, ref.Name == "RAW" && ref.Precision == nil:
			return c.fail(def.Type, 906)
		case col.typ.kind == kNumber && !col.typ.float && (col.typ.prec > 38 || ref.Precision != nil && *ref.Precision < 1):
			return c.fail(def.Type, 1727)
		case col.typ.kind == kNumber && (col.typ.scale > 127 || col.typ.scale < -84) && col.typ.scale != noScale:
			return c.fail(def.Type, 1728)
		case !c.timePrecisions(def.Type):
			return c.fail(def.Type, 30088)
		case col.typ.size == 0 && (col.typ.kind.text() || col.typ.kind == kRaw):
			return c.fail(def.Type, 1723)
		}
	}
	col.encrypted = def.Encrypt != nil && def.Encrypt.Head == token.ENCRYPT
	if def.Domain != nil {
		return c.unsupported(def, "column")
	}
	if def.Default != nil {
		col.def, col.defText = def.Default, c.f.Source(def.Default)
		col.onNull = def.DefaultOnNull
		if def.OnNullUpdate {
			return c.unsupported(def, "column")
		}
		if def.DefaultOnNull {
			col.notNull, col.nnName, col.nnGen = true, m.s.db.generated("SYS_C"), true
		}
	}
	if def.Identity != nil {
		q, err := c.sequenceOf(t.owner, strings.Replace(m.s.db.generated("ISEQ$$_"), "_0", "_", 1), def.Identity.Options, nil)
		if err != nil {
			return err
		}
		col.identity, col.always, col.onNull = q, def.Identity.Always, def.Identity.OnNull
		col.notNull, col.nnName, col.nnGen = true, m.s.db.generated("SYS_C"), true
		if def.Type == nil {
			col.typ = tNumber
		}
	}
	t.cols = append(slices.Clone(t.cols), col)
	if def.Generated != nil {
		col.virtual, col.defText, col.isVirtual = def.Generated, c.f.Source(def.Generated), true
		sub, _ := c.tableScope(t, c.f)
		x, err := sub.expr(def.Generated)
		if err != nil {
			if ora.Code(err) != 3001 {
				return err
			}
			// there is a column that cannot be computed: rows cannot be written
			t.notLoadable = "virtual column " + name
			if def.Type == nil {
				col.typ = typ{kind: kVarchar, size: 4000}
			}
			col.virtual = nil
			return nil
		}
		if def.Type == nil {
			col.typ = asColumn(x.typ)
		}
	}
	return nil
}

// register enters indexes and constraint names of a new table.
func (m *tableMaker) register() {
	db := m.s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, name := range m.t.constraintNames() {
		db.objects[objectName{owner: m.t.owner, name: name, space: 'c'}] = &object{objectName: objectName{owner: m.t.owner, name: name, space: 'c'}, kind: "CONSTRAINT"}
	}
	for _, k := range m.t.keys {
		if k.disabled {
			continue
		}
		m.registerIndex(k)
	}
	db.version.Add(1)
}

func (m *tableMaker) registerIndex(k *key) {
	db := m.s.db
	name := objectName{owner: m.t.owner, name: k.indexName, space: 'i'}
	if db.objects[name] != nil {
		return
	}
	ix := &index{name: k.indexName, table: objectName{owner: m.t.owner, name: m.t.name}, unique: true, keyName: k.name, generated: k.generated, space: m.spaces[k.name]}
	for _, at := range k.cols {
		ix.cols = append(ix.cols, m.t.cols[at].name)
		ix.desc = append(ix.desc, false)
	}
	o := &object{objectName: name, kind: "INDEX", index: ix, id: db.newID()}
	db.put(o)
}

// indexProps reads what stands behind the keys of CREATE INDEX.
func (c *compiler) indexProps(ix *index, n *ast.CreateIndex) error {
	var err error
	if ix.space, err = c.spaceOf(n.Props); err != nil {
		return err
	}
	for _, p := range n.Props {
		switch p.Head {
		case token.REVERSE:
			ix.reverse = true
		case token.INVISIBLE:
			ix.invisible = true
		case token.UNUSABLE:
			ix.unusable = true
		case token.COMPRESS:
			if ix.prefix = max(1, len(n.Items)); n.Kind == token.UNIQUE {
				ix.prefix = max(1, len(n.Items)-1)
			}
			for i := p.Lo; i < p.Hi; i++ {
				if c.f.Tokens[i].Kind == token.Number {
					if k, err := strconv.Atoi(c.f.Text(i)); err == nil {
						ix.prefix = k
					}
				}
			}
		}
	}
	ix.join = len(n.From) > 0
	if n.IndexType != nil {
		parts := c.f.Parts(n.IndexType)
		if ix.typeName = parts[len(parts)-1]; len(parts) > 1 {
			ix.typeOwner = parts[0]
		}
		for _, p := range n.Params {
			if len(p.Exprs) == 1 && p.Head == token.PARAMETERS {
				if lit, ok := p.Exprs[0].(*ast.Literal); ok {
					if ix.params, err = c.stringToken(lit.Lo); err != nil {
						return err
					}
				}
			}
		}
	}
	if p := n.Partition; p != nil {
		if ix.local = p.Kind == token.LOCAL; !ix.local {
			ix.global = p
			m := &tableMaker{s: c.s, c: c}
			if ix.globalCount, err = m.partitionCount(p.Count); err != nil {
				return err
			}
		}
	}
	return nil
}

// createIndex is CREATE INDEX. Only unique ones are used; of the others, the catalog knows.
func (s *Session) createIndex(c *compiler, n *ast.CreateIndex) error {
	owner, name := c.newName(n.Name)
	ix := &index{name: name, unique: n.Kind == token.UNIQUE}
	if n.OnCluster {
		return nil
	}
	if err := c.indexProps(ix, n); err != nil {
		return err
	}
	o := s.db.lookup(c.schema, c.f.Parts(n.Table))
	if o == nil || o.table == nil && o.view == nil {
		return c.fail(n.Table, 942)
	}
	ix.table = o.objectName
	ix.kind = map[token.Keyword]string{token.BITMAP: "BITMAP"}[n.Kind]
	if n.IndexType != nil {
		ix.kind = "DOMAIN"
	}
	entry := &object{objectName: objectName{owner: owner, name: name, space: 'i'}, kind: "INDEX", index: ix, text: c.f.Source(n), stmt: n, file: c.f}
	var exprs []expr
	plain := true
	var cols []int
	for _, it := range n.Items {
		ix.desc = append(ix.desc, it.Dir == token.DESC)
		nm, ok := ast.Unparen(it.X).(*ast.Name)
		if ok && o.table != nil && o.table.column(c.f.Last(nm)) != nil {
			ix.cols = append(ix.cols, c.f.Last(nm))
			cols = append(cols, o.table.column(c.f.Last(nm)).internal)
		} else if ok && o.table != nil {
			return c.invalid(nm, c.f.Parts(nm))
		} else {
			plain = false
			ix.cols = append(ix.cols, c.f.Source(it.X))
		}
	}
	if ix.unique && o.table != nil && !o.system {
		k := &key{name: name, indexName: name, ix: store.NewIndex()}
		sub, _ := c.tableScope(o.table, c.f)
		if plain {
			k.cols = cols
			for _, at := range cols {
				k.types = append(k.types, o.table.cols[at].typ)
			}
		} else {
			for _, it := range n.Items {
				x, err := sub.expr(it.X)
				if err != nil {
					return err
				}
				exprs = append(exprs, x)
				k.types = append(k.types, x.typ)
			}
			k.exprs = exprs
		}
		if err := s.create(c, n.Name, entry, false, n.IfNotExists); err != nil {
			return err
		}
		err := s.changeTable(context.Background(), c, n.Table, "", func(t *table) error {
			if err := s.buildKey(t, k, 1452); err != nil {
				return err
			}
			t.keys = append(slices.Clone(t.keys), k)
			return nil
		})
		if err != nil {
			s.db.mu.Lock()
			delete(s.db.objects, entry.objectName)
			s.db.mu.Unlock()
		}
		return err
	}
	return s.create(c, n.Name, entry, false, n.IfNotExists)
}

// buildKey fills the index of a key with the rows that are there; code is the error for duplicates.
func (s *Session) buildKey(t *table, k *key, code int) error {
	ex := s.execution(context.Background())
	w := &writer{t: t, s: s}
	seen := map[string]bool{}
	k.since = s.db.SCN()
	return s.eachStored(t, func(ref store.Ref, row [][]byte) error {
		if k.primary {
			for _, at := range k.cols {
				if row[firstSlot+at] == nil {
					return ora.New(1449)
				}
			}
		}
		vals, err := w.keyValues(ex, k, row)
		if vals == nil || err != nil {
			return err
		}
		enc := k.encode(vals)
		if seen[enc] {
			if code == 1452 {
				return ora.New(1452)
			}
			return ora.New(code, t.owner+"."+k.name)
		}
		seen[enc] = true
		k.ix.Load(enc, ref)
		return nil
	})
}

// eachStored calls f for every committed row of a table.
func (s *Session) eachStored(t *table, f func(store.Ref, [][]byte) error) error {
	snap := store.Snapshot{SCN: s.db.store.SCN()}
	for _, seg := range t.segments(s) {
		if seg == nil {
			continue
		}
		sc := seg.Scan(snap, nil, nil)
		for {
			ref, stored, ok, err := sc.Next()
			if err != nil {
				return err
			}
			if !ok {
				break
			}
			row := make([][]byte, firstSlot+len(t.cols))
			n := store.Decode(stored, row[firstSlot:])
			t.complete(row[firstSlot:], n)
			if err := f(ref, row); err != nil {
				return err
			}
		}
	}
	return nil
}
