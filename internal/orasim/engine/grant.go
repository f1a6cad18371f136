package engine

import (
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// allPrivileges are those that ALL stands for on a kind of object (SQL Language Reference, GRANT).
func allPrivileges(o *object) []string {
	switch {
	case o.sequence != nil:
		return []string{"ALTER", "SELECT"}
	case o.kind == "DIRECTORY":
		return []string{"EXECUTE", "READ", "WRITE"}
	case codeKinds[o.kind]:
		return []string{"DEBUG", "EXECUTE"}
	case o.view != nil:
		return []string{"DEBUG", "DELETE", "FLASHBACK", "INSERT", "MERGE VIEW", "ON COMMIT REFRESH", "QUERY REWRITE", "READ", "REFERENCES", "SELECT", "UNDER", "UPDATE"}
	}
	return []string{"ALTER", "DEBUG", "DELETE", "FLASHBACK", "INDEX", "INSERT", "ON COMMIT REFRESH", "QUERY REWRITE", "READ", "REFERENCES", "SELECT", "UPDATE"}
}

// grant executes GRANT and REVOKE.
func (s *Session) grant(c *compiler, n *ast.Grant) error {
	if len(n.GranteeUnits) > 0 || n.Delegate || n.Identified != nil && n.Revoke {
		return c.unsupported(n, "GRANT")
	}
	var grantees []string
	for _, g := range n.Grantees {
		name := c.f.Last(g)
		s.db.mu.RLock()
		ok := s.db.users[name] != nil || s.db.rights.roles[name] != nil
		s.db.mu.RUnlock()
		if !ok {
			return c.fail(g, 1917, name)
		}
		grantees = append(grantees, name)
	}
	if len(n.Objects) > 0 {
		return s.grantObject(c, n, grantees)
	}
	for _, p := range n.Privileges {
		if err := s.grantSystem(c, n, p, grantees); err != nil {
			return err
		}
	}
	return nil
}

// privilegeText is a privilege as it is stored: its words in upper case, or a role's name.
func (c *compiler) privilegeText(p *ast.Privilege) string {
	if p.Name != nil {
		return c.f.Last(p.Name)
	}
	var words []string
	for i := range c.f.Significant(p.Span) {
		if c.f.Tokens[i].Kind == token.LParen {
			break
		}
		words = append(words, upper(c.f.Text(i)))
	}
	return strings.Join(words, " ")
}

// grantSystem gives or takes a system privilege or a role.
func (s *Session) grantSystem(c *compiler, n *ast.Grant, p *ast.Privilege, grantees []string) error {
	name := c.privilegeText(p)
	db := s.db
	db.mu.RLock()
	isRole := db.rights.roles[name] != nil
	own := db.rights.holdings[s.user]
	db.mu.RUnlock()
	list := []string{name}
	switch {
	case p.All:
		list = strings.Split(strings.Join(strings.Fields(dbaPrivileges), " "), ", ")
	case isRole:
	case !slices.Contains(systemPrivileges, name):
		if p.Name != nil {
			return c.fail(p, 1919, name)
		}
		return c.fail(p, 990)
	}
	switch {
	case isRole && (s.hasPrivilege("GRANT ANY ROLE") || own != nil && own.roles[name]):
	case !isRole && (s.hasPrivilege("GRANT ANY PRIVILEGE") || own != nil && own.system[name]):
	default:
		return c.fail(p, 1031)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, to := range grantees {
		h := db.rights.of(to)
		set, missing := h.system, 1952
		if isRole {
			set, missing = h.roles, 1951
			if !n.Revoke && db.rights.enabled(name)[to] {
				return c.fail(p, 1934)
			}
		}
		for _, x := range list {
			_, has := set[x]
			switch {
			case !n.Revoke:
				set[x] = set[x] || n.Admin
			case has:
				delete(set, x)
			case !p.All:
				if isRole {
					return c.fail(p, missing, name, to)
				}
				return c.fail(p, missing)
			}
		}
	}
	db.version.Add(1)
	return nil
}

// systemPrivileges are all that are known: those of the role DBA, and some that it does not have.
var systemPrivileges = append(strings.Split(strings.Join(strings.Fields(dbaPrivileges), " "), ", "),
	"SYSDBA", "SYSOPER", "SYSBACKUP", "SYSDG", "SYSKM", "KEEP DATE TIME", "KEEP SYSGUID", "PURGE DBA_RECYCLEBIN", "EXEMPT REDACTION POLICY", "INHERIT ANY PRIVILEGES", "TRANSLATE ANY SQL",
	"DEBUG CONNECT SESSION", "DEBUG CONNECT ANY", "ADVISOR", "ADMINISTER SQL TUNING SET", "ADMINISTER ANY SQL TUNING SET", "SELECT ANY MINING MODEL", "CREATE ANY DIMENSION", "CREATE DIMENSION",
	"ALTER ANY DIMENSION", "DROP ANY DIMENSION", "MANAGE SCHEDULER", "CREATE EXTERNAL JOB", "EXECUTE ANY PROGRAM", "EXECUTE ANY CLASS", "MANAGE ANY QUEUE", "ENQUEUE ANY QUEUE", "DEQUEUE ANY QUEUE",
	"CREATE ROLLBACK SEGMENT", "ALTER ROLLBACK SEGMENT", "DROP ROLLBACK SEGMENT", "CREATE PLUGGABLE DATABASE", "CREATE CREDENTIAL", "CREATE RULE", "CREATE ANY RULE", "CREATE RULE SET",
	"CREATE EVALUATION CONTEXT", "ALTER RESOURCE COST", "UNDER ANY TABLE", "FLASHBACK ARCHIVE ADMINISTER", "CREATE ANY SQL PROFILE", "ALTER ANY SQL PROFILE", "DROP ANY SQL PROFILE")

// grantObject gives or takes privileges on objects.
func (s *Session) grantObject(c *compiler, n *ast.Grant, grantees []string) error {
	db := s.db
	for _, name := range n.Objects {
		var o *object
		switch n.OnKind {
		case token.DIRECTORY:
			o = db.objects2(objectName{owner: "SYS", name: c.f.Last(name), space: 'd'})
			if o == nil {
				return c.fail(name, 22930)
			}
		case 0, token.TYPE, token.JAVA:
			if o = db.lookup(c.schema, c.f.Parts(name)); o == nil {
				if dictionaryName(c.f.Parts(name)) || strings.HasPrefix(c.f.Last(name), "UTL_") {
					continue // Oracle's own, which is not known here
				}
				return c.fail(name, 942)
			}
		default:
			return c.unsupported(n, "GRANT")
		}
		if !s.mayGrant(o) {
			return c.fail(n, 1031)
		}
		all := allPrivileges(o)
		for _, p := range n.Privileges {
			list := []string{c.privilegeText(p)}
			if p.All {
				list = all
			} else if !slices.Contains(all, list[0]) && !(o.kind == "TYPE" && list[0] == "UNDER") {
				return c.fail(p, 2204)
			}
			cols := []string{""}
			if len(p.Columns) > 0 {
				cols = nil
				for _, col := range p.Columns {
					cols = append(cols, c.f.Last(col))
				}
			}
			for _, to := range grantees {
				taken := false
				for _, one := range list {
					for _, col := range cols {
						g := objectGrant{grantee: to, grantor: o.owner, privilege: one, object: o.objectName, column: col, option: n.GrantOption || n.Hierarchy}
						taken = s.enterGrant(g, n.Revoke) || taken
					}
				}
				if n.Revoke && !taken {
					return c.fail(n, 1927)
				}
			}
		}
	}
	return nil
}

// mayGrant reports whether a session may give privileges on an object.
func (s *Session) mayGrant(o *object) bool {
	if o.owner == s.user || s.hasPrivilege("GRANT ANY OBJECT PRIVILEGE") {
		return true
	}
	s.db.mu.RLock()
	defer s.db.mu.RUnlock()
	return slices.ContainsFunc(s.db.rights.objects, func(g objectGrant) bool {
		return g.object == o.objectName && g.option && (g.grantee == s.user || g.grantee == "PUBLIC")
	})
}

// enterGrant adds or removes one grant; it reports whether a removed one was there.
func (s *Session) enterGrant(g objectGrant, revoke bool) bool {
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	db.version.Add(1)
	same := func(x objectGrant) bool {
		return x.grantee == g.grantee && x.privilege == g.privilege && x.object == g.object && (x.column == g.column || revoke && g.column == "")
	}
	if revoke {
		before := len(db.rights.objects)
		db.rights.objects = slices.DeleteFunc(slices.Clone(db.rights.objects), same)
		return len(db.rights.objects) < before
	}
	if i := slices.IndexFunc(db.rights.objects, same); i >= 0 {
		db.rights.objects[i].option = db.rights.objects[i].option || g.option
		return true
	}
	db.rights.objects = append(db.rights.objects, g)
	return true
}

// createRole is CREATE ROLE and ALTER ROLE.
func (s *Session) createRole(c *compiler, n *ast.CreateRole) error {
	name := c.f.Last(n.Name)
	if !s.hasPrivilege(word(n.Alter, "ALTER ANY ROLE", "CREATE ROLE")) {
		return c.fail(n, 1031)
	}
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	switch there := db.rights.roles[name] != nil; {
	case n.Alter && !there:
		return c.fail(n.Name, 1919, name)
	case n.Alter, there && n.IfNotExists:
		return nil
	case there || db.users[name] != nil:
		return c.fail(n.Name, 1921, name)
	}
	db.rights.roles[name] = &role{name: name}
	db.rights.of(s.user).roles[name] = true // who creates a role has it, with ADMIN OPTION
	db.version.Add(1)
	return nil
}

// dropRole forgets a role and what it was given to.
func (s *Session) dropRole(c *compiler, n *ast.Drop) error {
	name := c.f.Last(n.Name)
	if !s.hasPrivilege("DROP ANY ROLE") {
		return c.fail(n, 1031)
	}
	db := s.db
	db.mu.Lock()
	defer db.mu.Unlock()
	if r := db.rights.roles[name]; r == nil || r.oracle {
		if r == nil && n.IfExists {
			return nil
		}
		return c.fail(n.Name, 1919, name)
	}
	delete(db.rights.roles, name)
	db.rights.forget(name)
	db.version.Add(1)
	return nil
}

// forget takes everything from a user or role that is gone, and it from everybody.
func (r *rights) forget(name string) {
	delete(r.holdings, name)
	for _, h := range r.holdings {
		delete(h.roles, name)
	}
	r.objects = slices.DeleteFunc(slices.Clone(r.objects), func(g objectGrant) bool { return g.grantee == name })
}

// dropGrants takes away the privileges on an object that is gone. The catalog must be locked.
func (r *rights) dropGrants(o objectName) {
	r.objects = slices.DeleteFunc(slices.Clone(r.objects), func(g objectGrant) bool { return g.object == o })
}
