package engine

import (
	"cmp"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// securityViews are privileges on objects, and ways out of the database.
var securityViews []dictView

func init() {
	securityViews = []dictView{
		{name: "TAB_PRIVS", forms: "DBA", rows: granted(dictTabPrivs, allGrants, "owner"), columns: tabPrivs},
		{name: "TAB_PRIVS", forms: "USER", rows: granted(dictTabPrivs, (*Session).personal, "owner"), columns: tabPrivs},
		{name: "TAB_PRIVS", forms: "ALL", rows: granted(dictTabPrivs, (*Session).mine, "table_schema"), columns: strings.Replace(tabPrivs, "owner:", "table_schema:", 1)},
		{name: "COL_PRIVS", forms: "DBA", rows: granted(dictColPrivs, allGrants, "owner"), columns: colPrivs},
		{name: "COL_PRIVS", forms: "USER", rows: granted(dictColPrivs, (*Session).personal, "owner"), columns: colPrivs},
		{name: "COL_PRIVS", forms: "ALL", rows: granted(dictColPrivs, (*Session).mine, "table_schema"), columns: strings.Replace(colPrivs, "owner:", "table_schema:", 1)},
		{name: "DB_LINKS", of: "owner", rows: dictLinks, columns: "owner:i db_link:i username:i host:v created:d hidden:i@12.2 shard_internal:i@18 valid:i@18 intra_cdb:i@18"},
		{name: "DIRECTORIES", of: "owner directory_name", forms: "DBA ALL", rows: dictDirectories, columns: "owner:i directory_name:i directory_path:v origin_con_id:n@12.1"},
		{
			name: "POLICIES", of: "object_owner object_name", rows: dictPolicies,
			columns: "object_owner:i object_name:i policy_group:i policy_name:i pf_owner:i package:i function:i sel:i ins:i upd:i del:i idx:i chk_option:i enable:i static_policy:i policy_type:i long_predicate:i common:i@12.1 inherited:i@12.1",
		},
		{name: "CONTEXT", forms: "DBA", rows: dictContexts, columns: "namespace:i schema:i package:i type:i origin_con_id:n@12.1 tracking:i@18"},
		{name: "CONTEXT", forms: "ALL", rows: dictNothing, columns: "namespace:i schema:i package:i"}, // lists those that the session has set something in
	}
}

const (
	tabPrivs = "grantee:i owner:i table_name:i grantor:i privilege:i grantable:i hierarchy:i common:i@12.1 type:i@12.1 inherited:i@12.1"
	colPrivs = "grantee:i owner:i table_name:i column_name:i grantor:i privilege:i grantable:i common:i@12.1 inherited:i@12.1"
)

func allGrants(*Session, objectGrant) bool { return true }

// personal reports whether USER_TAB_PRIVS lists a grant: the user is owner, grantor or grantee.
func (s *Session) personal(g objectGrant) bool {
	return g.object.owner == s.user || g.grantor == s.user || g.grantee == s.user
}

// mine reports whether ALL_TAB_PRIVS lists a grant: that, or an enabled role or PUBLIC is the grantee.
func (s *Session) mine(g objectGrant) bool {
	return s.dba || s.personal(g) || s.rights().names[g.grantee]
}

// granted makes the rows of a view of those grants that it shows; the ALL_ views have another name for the owner.
func granted(row func(*Session, objectGrant, putRow), shows func(*Session, objectGrant) bool, owner string) func(*Session, putRow) {
	return func(s *Session, put putRow) {
		for _, g := range s.objectGrants() {
			if shows(s, g) {
				row(s, g, func(pairs ...any) { put(append(pairs, owner, g.object.owner)...) })
			}
		}
	}
}

func (s *Session) objectGrants() []objectGrant {
	s.db.mu.RLock()
	list := slices.Clone(s.db.rights.objects)
	s.db.mu.RUnlock()
	slices.SortStableFunc(list, func(a, b objectGrant) int {
		return cmp.Or(cmp.Compare(a.object.owner, b.object.owner), cmp.Compare(a.object.name, b.object.name), cmp.Compare(a.grantee, b.grantee), cmp.Compare(a.privilege, b.privilege), cmp.Compare(a.column, b.column))
	})
	return list
}

func dictTabPrivs(s *Session, g objectGrant, put putRow) {
	if g.column != "" {
		return
	}
	kind := "TABLE"
	if o := s.db.objects2(g.object); o != nil {
		kind = word(o.kind == "MATERIALIZED VIEW", "TABLE", o.kind)
	}
	put("grantee", g.grantee, "table_name", g.object.name, "grantor", g.grantor, "privilege", g.privilege, "grantable", g.option, "hierarchy", "NO", "common", "NO", "type", kind, "inherited", "NO")
}

func dictColPrivs(_ *Session, g objectGrant, put putRow) {
	if g.column != "" {
		put("grantee", g.grantee, "table_name", g.object.name, "column_name", g.column, "grantor", g.grantor, "privilege", g.privilege, "grantable", g.option, "common", "NO", "inherited", "NO")
	}
}

func dictLinks(s *Session, put putRow) {
	for _, o := range s.db.sorted('l', func(*object) bool { return true }) {
		n, ok := o.stmt.(*ast.CreateDBLink)
		if !ok {
			continue
		}
		user, host := "", ""
		switch {
		case n.User != nil:
			user = o.file.Last(n.User)
		case n.CurrentUser:
			user = "CURRENT_USER"
		}
		if n.Using != nil {
			host = literalText(o.file, n.Using)
		}
		put("owner", o.owner, "db_link", o.name, "username", user, "host", host, "created", o.created, "hidden", "NO", "shard_internal", "NO", "valid", "YES", "intra_cdb", "NO")
	}
}

func dictDirectories(s *Session, put putRow) {
	for _, o := range s.db.sorted('d', func(*object) bool { return true }) {
		path := ""
		if n, ok := o.stmt.(*ast.CreateDirectory); ok && n.Path != nil {
			path = literalText(o.file, n.Path)
		}
		put("owner", "SYS", "directory_name", o.name, "directory_path", path, "origin_con_id", 0)
	}
}

func dictPolicies(s *Session, put putRow) {
	for _, o := range s.db.sorted('p', func(o *object) bool {
		return o.kind == string(model.KindVPDPolicy) && o.facts != nil && o.facts.Policy != nil
	}) {
		p := o.facts.Policy
		parts := strings.Split(p.Function, ".")
		for len(parts) < 3 {
			parts = append([]string{""}, parts...)
		}
		if parts[0] == "" && parts[1] != "" { // SCHEMA.FUNCTION
			parts[0], parts[1] = parts[1], ""
		}
		covers := func(what string) string {
			return yesNo(p.Statements == "" && what != "INDEX" || strings.Contains(strings.ToUpper(p.Statements), what))
		}
		put("object_owner", p.TableSchema, "object_name", p.Table, "policy_group", "SYS_DEFAULT", "policy_name", strings.TrimPrefix(o.name, p.Table+"."), "pf_owner", word(parts[0] == "", p.TableSchema, parts[0]), "package", parts[1], "function", parts[2],
			"sel", covers("SELECT"), "ins", covers("INSERT"), "upd", covers("UPDATE"), "del", covers("DELETE"), "idx", covers("INDEX"), "chk_option", "NO", "enable", "YES", "static_policy", "NO", "policy_type", "DYNAMIC",
			"long_predicate", "NO", "common", "NO", "inherited", "NO")
	}
}

func dictContexts(s *Session, put putRow) {
	for _, o := range s.db.sorted('x', func(*object) bool { return true }) {
		n, ok := o.stmt.(*ast.CreateContext)
		if !ok {
			continue
		}
		var schema, pack string
		if n.Package != nil {
			parts := o.file.Parts(n.Package)
			if pack = parts[len(parts)-1]; len(parts) > 1 {
				schema = parts[0]
			}
		}
		kind := map[token.Keyword]string{token.EXTERNALLY: "EXTERNALLY INITIALIZED", token.GLOBALLY: "GLOBALLY INITIALIZED", token.ACCESSED: "ACCESSED GLOBALLY"}[n.Mode]
		put("namespace", o.name, "schema", schema, "package", pack, "type", word(kind == "", "ACCESSED LOCALLY", kind), "origin_con_id", 0, "tracking", "YES")
	}
}
