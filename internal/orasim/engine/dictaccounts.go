package engine

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// accountViews are users, and what they hold.
var accountViews []dictView

func init() {
	accountViews = []dictView{
		{
			name: "USERS", forms: "DBA USER", user: "username", keep: true, rows: dictUsers,
			columns: "username:i user_id:n password:i account_status:i lock_date:d expiry_date:d default_tablespace:i temporary_tablespace:i local_temp_tablespace:i@12.2 created:d profile:i initial_rsrc_consumer_group:i external_name:v password_versions:i editions_enabled:i authentication_type:i proxy_only_connect:i@12.1 common:i@12.1 last_login:z@12.1 oracle_maintained:i@12.1 inherited:i@12.1 default_collation:i@12.2 implicit:i@12.2 all_shard:i@12.2",
		},
		{name: "USERS", forms: "ALL", rows: dictUsers, columns: "username:i user_id:n created:d common:i@12.1 oracle_maintained:i@12.1 inherited:i@12.1 default_collation:i@12.2 implicit:i@12.2 all_shard:i@12.2"},
		{name: "ROLES", forms: "DBA", rows: dictRoles, columns: "role:i role_id:n@18 password_required:i authentication_type:i common:i@12.1 oracle_maintained:i@12.1 inherited:i@12.1 implicit:i@12.2 external_name:v@12.2"},
		{name: "PROFILES", forms: "DBA", rows: dictProfiles, columns: "profile:i resource_name:i resource_type:i limit:i common:i@12.1 inherited:i@12.1 implicit:i@12.2"},
		{name: "SYS_PRIVS", forms: "DBA", rows: dictSysPrivs, columns: "grantee:i privilege:i admin_option:i common:i@12.1 inherited:i@12.1"},
		{name: "SYS_PRIVS", forms: "USER", user: "username", keep: true, rows: dictSysPrivs, columns: "username:i privilege:i admin_option:i common:i@12.1 inherited:i@12.1 grantee:i"},
		{name: "ROLE_PRIVS", forms: "DBA", rows: dictRolePrivs, columns: "grantee:i granted_role:i admin_option:i delegate_option:i@12.1 default_role:i common:i@12.1 inherited:i@12.1"},
		{name: "ROLE_PRIVS", forms: "USER", user: "username", keep: true, rows: dictRolePrivs, columns: "username:i granted_role:i admin_option:i delegate_option:i@12.1 default_role:i os_granted:i common:i@12.1 inherited:i@12.1 grantee:i"},
		{name: "USERS_WITH_DEFPWD", forms: "DBA", rows: dictNothing, columns: "username:i product:i@12.2"},
		{name: "TS_QUOTAS", forms: "DBA USER", user: "username", rows: dictNothing, columns: "tablespace_name:i username:i bytes:n max_bytes:n blocks:n max_blocks:n dropped:i"},
	}
	sessionRightViews = []dictView{
		{name: "SESSION_PRIVS", columns: "privilege:i", rows: func(s *Session, put putRow) {
			list := s.rights().system
			if s.dba {
				list = map[string]bool{"SYSDBA": true}
				for _, p := range systemPrivileges {
					list[p] = true
				}
			}
			for _, p := range slices.Sorted(maps.Keys(list)) {
				put("privilege", p)
			}
		}},
		{name: "SESSION_ROLES", columns: "role:i", rows: func(s *Session, put putRow) {
			for _, r := range s.enabledRoles() {
				put("role", r)
			}
		}},
		{name: "ROLE_SYS_PRIVS", columns: "role:i privilege:i admin_option:i common:i@12.1 inherited:i@12.1", rows: func(s *Session, put putRow) {
			s.eachHolding(func(name string, isRole bool, h *holding) {
				if isRole && s.hasRole(name) {
					for _, p := range slices.Sorted(maps.Keys(h.system)) {
						put("role", name, "privilege", p, "admin_option", h.system[p], "common", "NO", "inherited", "NO")
					}
				}
			})
		}},
		{name: "ROLE_ROLE_PRIVS", columns: "role:i granted_role:i admin_option:i common:i@12.1 inherited:i@12.1", rows: func(s *Session, put putRow) {
			s.eachHolding(func(name string, isRole bool, h *holding) {
				if isRole && s.hasRole(name) {
					for _, r := range slices.Sorted(maps.Keys(h.roles)) {
						put("role", name, "granted_role", r, "admin_option", h.roles[r], "common", "NO", "inherited", "NO")
					}
				}
			})
		}},
	}
}

var sessionRightViews []dictView

// enabledRoles are the roles of the session, sorted.
func (s *Session) enabledRoles() []string {
	s.db.mu.RLock()
	defer s.db.mu.RUnlock()
	var list []string
	for name := range s.db.rights.enabled(s.user) {
		if s.db.rights.roles[name] != nil {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// eachHolding calls f for everybody who was given something, by name, with a copy of what it holds.
func (s *Session) eachHolding(f func(name string, isRole bool, h *holding)) {
	type entry struct {
		name   string
		isRole bool
		h      holding
	}
	var list []entry
	s.db.mu.RLock()
	for _, name := range slices.Sorted(maps.Keys(s.db.rights.holdings)) {
		h := s.db.rights.holdings[name]
		list = append(list, entry{name, s.db.rights.roles[name] != nil, holding{maps.Clone(h.system), maps.Clone(h.roles)}})
	}
	s.db.mu.RUnlock()
	for i := range list {
		f(list[i].name, list[i].isRole, &list[i].h)
	}
}

func dictUsers(s *Session, put putRow) {
	s.db.mu.RLock()
	list := make([]user, 0, len(s.db.users))
	for _, u := range s.db.users {
		if u.name != "PUBLIC" {
			list = append(list, *u)
		}
	}
	s.db.mu.RUnlock()
	slices.SortFunc(list, func(a, b user) int { return cmp.Compare(a.name, b.name) })
	or := func(a, b string) string {
		if a == "" {
			return b
		}
		return a
	}
	for _, u := range list {
		var locked time.Time
		if u.locked {
			locked = u.created
		}
		put("username", u.name, "user_id", u.id, "account_status", word(u.locked, "LOCKED", "OPEN"), "lock_date", locked, "default_tablespace", or(u.space, "USERS"), "temporary_tablespace", or(u.temp, "TEMP"),
			"local_temp_tablespace", or(u.temp, "TEMP"), "created", u.created, "profile", or(u.profile, "DEFAULT"), "initial_rsrc_consumer_group", "DEFAULT_CONSUMER_GROUP", "password_versions", "11G 12C ", "editions_enabled", "N",
			"authentication_type", "PASSWORD", "proxy_only_connect", "N", "common", "NO", "oracle_maintained", yn(u.name == "SYS" || u.name == "SYSTEM"), "inherited", "NO", "default_collation", "USING_NLS_COMP",
			"implicit", "NO", "all_shard", "NO")
	}
}

func dictRoles(s *Session, put putRow) {
	s.db.mu.RLock()
	list := make([]role, 0, len(s.db.rights.roles))
	for _, r := range s.db.rights.roles {
		list = append(list, *r)
	}
	s.db.mu.RUnlock()
	slices.SortFunc(list, func(a, b role) int { return cmp.Compare(a.name, b.name) })
	for _, r := range list {
		put("role", r.name, "password_required", "NO", "authentication_type", "NONE", "common", "NO", "oracle_maintained", yn(r.oracle), "inherited", "NO", "implicit", "NO")
	}
}

// dictProfiles is the profile DEFAULT as Oracle makes it (SQL Language Reference, CREATE PROFILE); others are not kept.
func dictProfiles(_ *Session, put putRow) {
	for _, l := range [][3]string{
		{"COMPOSITE_LIMIT", "KERNEL", "UNLIMITED"},
		{"CONNECT_TIME", "KERNEL", "UNLIMITED"},
		{"CPU_PER_CALL", "KERNEL", "UNLIMITED"},
		{"CPU_PER_SESSION", "KERNEL", "UNLIMITED"},
		{"FAILED_LOGIN_ATTEMPTS", "PASSWORD", "10"},
		{"IDLE_TIME", "KERNEL", "UNLIMITED"},
		{"INACTIVE_ACCOUNT_TIME", "PASSWORD", "UNLIMITED"},
		{"LOGICAL_READS_PER_CALL", "KERNEL", "UNLIMITED"},
		{"LOGICAL_READS_PER_SESSION", "KERNEL", "UNLIMITED"},
		{"PASSWORD_GRACE_TIME", "PASSWORD", "7"},
		{"PASSWORD_LIFE_TIME", "PASSWORD", "180"},
		{"PASSWORD_LOCK_TIME", "PASSWORD", "1"},
		{"PASSWORD_REUSE_MAX", "PASSWORD", "UNLIMITED"},
		{"PASSWORD_REUSE_TIME", "PASSWORD", "UNLIMITED"},
		{"PASSWORD_VERIFY_FUNCTION", "PASSWORD", "NULL"},
		{"PRIVATE_SGA", "KERNEL", "UNLIMITED"},
		{"SESSIONS_PER_USER", "KERNEL", "UNLIMITED"},
	} {
		put("profile", "DEFAULT", "resource_name", l[0], "resource_type", l[1], "limit", l[2], "common", "NO", "inherited", "NO", "implicit", "NO")
	}
}

func dictSysPrivs(s *Session, put putRow) {
	s.eachHolding(func(name string, _ bool, h *holding) {
		for _, p := range slices.Sorted(maps.Keys(h.system)) {
			put("username", name, "grantee", name, "privilege", p, "admin_option", h.system[p], "common", "NO", "inherited", "NO")
		}
	})
}

func dictRolePrivs(s *Session, put putRow) {
	s.eachHolding(func(name string, _ bool, h *holding) {
		for _, r := range slices.Sorted(maps.Keys(h.roles)) {
			put("username", name, "grantee", name, "granted_role", r, "admin_option", h.roles[r], "delegate_option", "NO", "default_role", "YES", "os_granted", "NO", "common", "NO", "inherited", "NO")
		}
	})
}
