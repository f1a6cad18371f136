package engine

import (
	"slices"
	"strings"
)

// objectGrant is one privilege on an object, or on a column of it.
type objectGrant struct {
	grantee, grantor string
	privilege        string
	object           objectName
	column           string
	option           bool // WITH GRANT OPTION
}

// holding is what a user or role was given beside privileges on objects.
type holding struct {
	system map[string]bool // system privilege -> WITH ADMIN OPTION
	roles  map[string]bool // role -> WITH ADMIN OPTION
}

// role is a role, made by CREATE ROLE or there from the beginning.
type role struct {
	name   string
	oracle bool // Oracle's own
}

// rights are all users, roles and privileges of a database, under Database.mu.
type rights struct {
	roles    map[string]*role
	holdings map[string]*holding
	objects  []objectGrant
}

func newRights() rights {
	r := rights{roles: map[string]*role{}, holdings: map[string]*holding{}}
	for _, name := range []string{"CONNECT", "RESOURCE", "DBA", "SELECT_CATALOG_ROLE", "EXECUTE_CATALOG_ROLE", "EXP_FULL_DATABASE", "IMP_FULL_DATABASE"} {
		r.roles[name] = &role{name, true}
	}
	for name, list := range map[string]string{
		"CONNECT":  "CREATE SESSION, SET CONTAINER",
		"RESOURCE": "CREATE CLUSTER, CREATE INDEXTYPE, CREATE OPERATOR, CREATE PROCEDURE, CREATE SEQUENCE, CREATE TABLE, CREATE TRIGGER, CREATE TYPE",
		"DBA":      dbaPrivileges,
	} {
		for _, p := range strings.Split(strings.Join(strings.Fields(list), " "), ", ") {
			r.of(name).system[p] = name == "DBA"
		}
	}
	for _, name := range []string{"SELECT_CATALOG_ROLE", "EXECUTE_CATALOG_ROLE", "EXP_FULL_DATABASE", "IMP_FULL_DATABASE"} {
		r.of("DBA").roles[name] = true
	}
	r.of("SYSTEM").roles["DBA"] = true
	r.of("SYS").roles["DBA"] = true
	return r
}

// dbaPrivileges are system privileges of the role DBA (SQL Language Reference, GRANT: those of databases, sessions and schema objects).
const dbaPrivileges = `ADMINISTER DATABASE TRIGGER, ALTER ANY CLUSTER, ALTER ANY INDEX, ALTER ANY INDEXTYPE, ALTER ANY MATERIALIZED VIEW, ALTER ANY PROCEDURE, ALTER ANY ROLE, ALTER ANY SEQUENCE,
	ALTER ANY TABLE, ALTER ANY TRIGGER, ALTER ANY TYPE, ALTER DATABASE, ALTER PROFILE, ALTER SESSION, ALTER SYSTEM, ALTER TABLESPACE, ALTER USER, ANALYZE ANY, AUDIT ANY, AUDIT SYSTEM,
	BACKUP ANY TABLE, BECOME USER, COMMENT ANY TABLE, CREATE ANY CLUSTER, CREATE ANY CONTEXT, CREATE ANY DIRECTORY, CREATE ANY INDEX, CREATE ANY INDEXTYPE, CREATE ANY JOB,
	CREATE ANY LIBRARY, CREATE ANY MATERIALIZED VIEW, CREATE ANY OPERATOR, CREATE ANY PROCEDURE, CREATE ANY SEQUENCE, CREATE ANY SYNONYM, CREATE ANY TABLE, CREATE ANY TRIGGER, CREATE ANY TYPE,
	CREATE ANY VIEW, CREATE CLUSTER, CREATE DATABASE LINK, CREATE INDEXTYPE, CREATE JOB, CREATE LIBRARY, CREATE MATERIALIZED VIEW, CREATE OPERATOR, CREATE PROCEDURE, CREATE PROFILE,
	CREATE PUBLIC DATABASE LINK, CREATE PUBLIC SYNONYM, CREATE ROLE, CREATE SEQUENCE, CREATE SESSION, CREATE SYNONYM, CREATE TABLE, CREATE TABLESPACE, CREATE TRIGGER, CREATE TYPE, CREATE USER,
	CREATE VIEW, DEBUG ANY PROCEDURE, DELETE ANY TABLE, DROP ANY CLUSTER, DROP ANY CONTEXT, DROP ANY DIRECTORY, DROP ANY INDEX, DROP ANY INDEXTYPE, DROP ANY LIBRARY, DROP ANY MATERIALIZED VIEW,
	DROP ANY OPERATOR, DROP ANY PROCEDURE, DROP ANY ROLE, DROP ANY SEQUENCE, DROP ANY SYNONYM, DROP ANY TABLE, DROP ANY TRIGGER, DROP ANY TYPE, DROP ANY VIEW, DROP PROFILE,
	DROP PUBLIC DATABASE LINK, DROP PUBLIC SYNONYM, DROP TABLESPACE, DROP USER, EXECUTE ANY INDEXTYPE, EXECUTE ANY LIBRARY, EXECUTE ANY OPERATOR, EXECUTE ANY PROCEDURE, EXECUTE ANY TYPE,
	EXEMPT ACCESS POLICY, FLASHBACK ANY TABLE, FORCE ANY TRANSACTION, FORCE TRANSACTION, GLOBAL QUERY REWRITE, GRANT ANY OBJECT PRIVILEGE, GRANT ANY PRIVILEGE, GRANT ANY ROLE, INSERT ANY TABLE, LOCK ANY TABLE,
	LOGMINING, MANAGE TABLESPACE, MERGE ANY VIEW, ON COMMIT REFRESH, QUERY REWRITE, READ ANY TABLE, REDEFINE ANY TABLE, RESTRICTED SESSION, RESUMABLE, SELECT ANY DICTIONARY, SELECT ANY SEQUENCE, SELECT ANY TABLE,
	SELECT ANY TRANSACTION, SET CONTAINER, UNDER ANY TABLE, UNDER ANY TYPE, UNDER ANY VIEW, UNLIMITED TABLESPACE, UPDATE ANY TABLE`

// of is what a grantee holds; it is made where there is nothing yet.
func (r *rights) of(grantee string) *holding {
	h := r.holdings[grantee]
	if h == nil {
		h = &holding{map[string]bool{}, map[string]bool{}}
		r.holdings[grantee] = h
	}
	return h
}

// enabled are a user, PUBLIC, and the roles that these have, directly and through others.
func (r *rights) enabled(user string) map[string]bool {
	set := map[string]bool{user: true, "PUBLIC": true}
	list := []string{user, "PUBLIC"}
	for len(list) > 0 {
		name := list[0]
		list = list[1:]
		if h := r.holdings[name]; h != nil {
			for role := range h.roles {
				if !set[role] {
					set[role] = true
					list = append(list, role)
				}
			}
		}
	}
	return set
}

// sessionRights are the rights of a session as of a version of the catalog.
type sessionRights struct {
	version uint64
	names   map[string]bool // whose grants count
	system  map[string]bool
	objects map[objectName][]string // privileges
}

// rights are looked up once for each version of the catalog.
func (s *Session) rights() *sessionRights {
	v := s.db.version.Load()
	if s.held != nil && s.held.version == v {
		return s.held
	}
	db := s.db
	db.mu.RLock()
	defer db.mu.RUnlock()
	h := &sessionRights{version: v, names: db.rights.enabled(s.user), system: map[string]bool{}, objects: map[objectName][]string{}}
	for name := range h.names {
		if x := db.rights.holdings[name]; x != nil {
			for p := range x.system {
				h.system[p] = true
			}
		}
	}
	for _, g := range db.rights.objects {
		if h.names[g.grantee] {
			h.objects[g.object] = append(h.objects[g.object], g.privilege)
		}
	}
	s.held = h
	return h
}

// hasPrivilege reports whether a session has a system privilege.
func (s *Session) hasPrivilege(p string) bool { return s.dba || s.rights().system[p] }

func (s *Session) hasRole(name string) bool { return s.dba || s.rights().names[name] }

// may reports whether a session has a privilege on an object of SQL: it is its own, it was granted, or a system privilege covers all.
// What is Oracle's own is covered by none of those.
func (s *Session) may(name objectName, privilege string) bool {
	if s.dba || name.owner == s.user {
		return true
	}
	held := s.rights()
	list := held.objects[name]
	if slices.Contains(list, privilege) || privilege == "SELECT" && slices.Contains(list, "READ") {
		return true
	}
	if name.owner == "SYS" {
		return false
	}
	o := s.db.objects2(name)
	any := privilege + " ANY TABLE"
	switch {
	case o == nil:
	case o.sequence != nil:
		any = privilege + " ANY SEQUENCE"
	case codeKinds[o.kind]:
		any = privilege + " ANY PROCEDURE"
		if strings.HasPrefix(o.kind, "TYPE") {
			any = privilege + " ANY TYPE"
		}
	}
	return held.system[any] || privilege == "SELECT" && held.system["READ ANY TABLE"] && any == "SELECT ANY TABLE"
}

// sees reports whether an object shows in the ALL_ views: some privilege on it is enough, and so are system privileges that
// reach it (Reference, ALL_OBJECTS).
func (s *Session) sees(name objectName) bool {
	if s.dba || name.owner == s.user || name.owner == "PUBLIC" {
		return true
	}
	held := s.rights()
	if len(held.objects[name]) > 0 {
		return true
	}
	if name.owner == "SYS" {
		return name.name == "XMLTYPE" // PUBLIC may execute it
	}
	o := s.db.objects2(name)
	if o == nil {
		for _, space := range []byte{'i', 't', 'b'} { // an index shows with its table, a body does not show with its specification
			name.space = space
			switch x := s.db.objects2(name); {
			case x == nil:
			case x.index != nil:
				return s.sees(x.index.table)
			case x.trigger != nil && x.trigger.table.name != "":
				return held.system["CREATE ANY TRIGGER"] || s.sees(x.trigger.table)
			}
		}
		return held.system["CREATE ANY PROCEDURE"]
	}
	var reach []string
	switch {
	case o.sequence != nil:
		reach = []string{"SELECT ANY SEQUENCE", "CREATE ANY SEQUENCE", "ALTER ANY SEQUENCE", "DROP ANY SEQUENCE"}
	case o.synonym != nil:
		return s.sees(objectName{owner: o.synonym.owner, name: o.synonym.name}) || held.system["CREATE ANY SYNONYM"]
	case strings.HasPrefix(o.kind, "TYPE"):
		reach = []string{"EXECUTE ANY TYPE", "CREATE ANY TYPE", "ALTER ANY TYPE", "DROP ANY TYPE"}
	case codeKinds[o.kind]:
		reach = []string{"EXECUTE ANY PROCEDURE", "CREATE ANY PROCEDURE", "ALTER ANY PROCEDURE", "DROP ANY PROCEDURE", "DEBUG ANY PROCEDURE"}
	default:
		reach = []string{"SELECT ANY TABLE", "READ ANY TABLE", "INSERT ANY TABLE", "UPDATE ANY TABLE", "DELETE ANY TABLE", "ALTER ANY TABLE", "CREATE ANY TABLE", "LOCK ANY TABLE", "DROP ANY TABLE", "COMMENT ANY TABLE"}
	}
	return slices.ContainsFunc(reach, func(p string) bool { return held.system[p] })
}

// seesBody reports whether ALL_ views show bodies of others: to execute the specification is not enough (Reference, ALL_SOURCE).
func (s *Session) seesBody(kind string) bool {
	what := word(kind == "TYPE BODY", "TYPE", "PROCEDURE")
	held := s.rights().system
	return s.dba || held["CREATE ANY "+what] || held["ALTER ANY "+what] || held["DROP ANY "+what] || held["DEBUG ANY PROCEDURE"]
}

// codeKinds are the kinds of objects whose text is PL/SQL.
var codeKinds = map[string]bool{
	"PROCEDURE": true, "FUNCTION": true, "PACKAGE": true, "PACKAGE BODY": true, "TYPE": true, "TYPE BODY": true, "TRIGGER": true, "LIBRARY": true, "JAVA SOURCE": true,
}

// permit refuses what a session may not do with an object. Where it may do nothing at all, the object is not there for it.
func (s *Session) permit(o *object, privilege string) int {
	switch {
	case s.may(o.objectName, privilege):
		return 0
	case s.sees(o.objectName):
		return 1031
	}
	return 942
}

// privilegeKind is the kind of object that privileges name: those of code are for procedures, those of a type for its body, too.
func privilegeKind(kind string) string {
	switch kind {
	case "FUNCTION", "PACKAGE", "PACKAGE BODY":
		return "PROCEDURE"
	case "TYPE BODY":
		return "TYPE"
	}
	return kind
}

// mayCreate reports whether a session may make an object of this kind in this schema.
func (s *Session) mayCreate(o *object) bool {
	if s.dba {
		return true
	}
	kind := privilegeKind(o.kind)
	switch kind {
	case "INDEX":
		if o.index.table.owner == s.user && o.owner == s.user {
			return true
		}
		return s.hasPrivilege("CREATE ANY INDEX") || o.owner == s.user && s.may(o.index.table, "INDEX")
	case "DIRECTORY", "CONTEXT":
		return s.hasPrivilege("CREATE ANY " + kind)
	case "MATERIALIZED VIEW LOG":
		return o.owner == s.user && s.hasPrivilege("CREATE TABLE") || s.hasPrivilege("CREATE ANY TABLE")
	case "DOMAIN", "DIMENSION":
		return o.owner == s.user || s.hasPrivilege("CREATE ANY TABLE")
	}
	switch o.owner {
	case s.user:
		return s.hasPrivilege("CREATE "+kind) || s.hasPrivilege("CREATE ANY "+kind)
	case "PUBLIC":
		return s.hasPrivilege("CREATE PUBLIC " + kind)
	}
	return s.hasPrivilege("CREATE ANY " + kind)
}

// mayChange refuses ALTER and DROP of what belongs to others, COMMENT and the like too.
func (s *Session) mayChange(o *object, verb string) bool {
	if s.dba || o.owner == s.user {
		return true
	}
	kind := privilegeKind(o.kind)
	if kind == "MATERIALIZED VIEW LOG" {
		kind = "TABLE"
	}
	switch {
	case o.owner == "PUBLIC":
		return s.hasPrivilege(verb + " PUBLIC " + kind)
	case verb == "COMMENT":
		return s.hasPrivilege("COMMENT ANY TABLE")
	case verb == "ALTER" && o.table != nil && s.may(o.objectName, "ALTER"):
		return true
	}
	return s.hasPrivilege(verb + " ANY " + kind)
}
