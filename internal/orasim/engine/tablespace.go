package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/store"
)

// tablespaceNamed finds a tablespace, nil where there is none.
func (db *Database) tablespaceNamed(name string) *tablespace {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.findSpace(name)
}

// findSpace is tablespaceNamed with the catalog locked.
func (db *Database) findSpace(name string) *tablespace {
	for _, s := range db.spaces {
		if s.name == name {
			return s
		}
	}
	return nil
}

// defaultSpace is where the segments of a user lie that say nothing else.
func (db *Database) defaultSpace(owner string) *tablespace {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if u := db.users[owner]; u != nil && u.space != "" {
		if s := db.findSpace(u.space); s != nil && s.files != nil {
			return s
		}
	}
	return db.findSpace("USERS")
}

// createTablespace is CREATE TABLESPACE; sizes and files mean nothing here.
func (s *Session) createTablespace(c *compiler, n *ast.AdminStmt) error {
	if !s.hasPrivilege("CREATE TABLESPACE") {
		return c.fail(n, 1031)
	}
	if len(n.Names) == 0 {
		return c.unsupported(n, "CREATE TABLESPACE")
	}
	sp := &tablespace{name: c.f.Last(n.Names[0]), contents: "PERMANENT"}
	for i := n.Lo; i < n.Hi && !c.f.Tokens[i].Is(token.TABLESPACE); i++ {
		switch c.f.Tokens[i].Kw {
		case token.BIGFILE:
			sp.big = true
		case token.TEMPORARY, token.UNDO:
			sp.contents = c.f.Tokens[i].Kw.String()
		}
	}
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.findSpace(sp.name) != nil {
		return c.fail(n.Names[0], 1543, sp.name)
	}
	if sp.contents == "PERMANENT" {
		sp.files = db.store.NewFiles()
	}
	db.spaces = append(db.spaces, sp)
	db.version.Add(1)
	return nil
}

// spaceOf reads TABLESPACE out of the properties of a table, partition or index; nil where they say nothing.
func (c *compiler) spaceOf(props []*ast.Clause) (*tablespace, error) {
	for _, p := range props {
		switch p.Head {
		case token.TABLESPACE:
			if len(p.Names) == 0 {
				continue
			}
			name := c.f.Last(p.Names[0])
			if s := c.s.db.tablespaceNamed(name); s != nil && s.files != nil {
				return s, nil
			}
			if c.s.loading { // a folder of scripts may leave the tablespaces to whoever runs it
				db := c.s.db
				db.mu.Lock()
				s := &tablespace{name: name, contents: "PERMANENT", files: db.store.NewFiles()}
				db.spaces = append(db.spaces, s)
				db.mu.Unlock()
				return s, nil
			}
			return nil, c.fail(p.Names[0], 959, name)
		case token.SEGMENT, token.STORAGE, token.PCTFREE:
			if s, err := c.spaceOf(p.Parts); s != nil || err != nil {
				return s, err
			}
		}
	}
	return nil, nil
}

// newSegmentIn makes an empty segment with a data object number of its own.
func (db *Database) newSegmentIn(s *tablespace) *store.Segment {
	db.mu.Lock()
	id := db.newID()
	db.mu.Unlock()
	return db.spaceFiles(s).NewSegment(id)
}

// spaceFiles are the files of a tablespace, or those of the default one.
func (db *Database) spaceFiles(s *tablespace) *store.Files {
	if s == nil {
		return db.store.DefaultFiles()
	}
	return s.files
}

// spaceName is the name of a tablespace for the dictionary.
func spaceName(s *tablespace) any {
	if s == nil {
		return nil
	}
	return s.name
}
