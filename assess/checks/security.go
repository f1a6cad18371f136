package checks

import (
	"maps"
	"slices"
	"strings"

	"landfall/internal/model"
)

var anyPrivileges = &Check{
	Code: "DC0501", Name: "any-privileges", Scope: ScopeSecurity, Needs: []string{"system_privileges", "role_privileges"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		ofOracle := map[string]bool{}
		for _, u := range in.Facts.Users {
			ofOracle[u.Name] = u.Oracle
		}
		for _, r := range in.Facts.Roles {
			ofOracle[r.Name] = r.Oracle
		}
		skip := func(name string) bool { return ofOracle[name] || ownedByOracle(name) || oracleRoles[name] }
		wide := map[string][]string{}
		for _, p := range in.Facts.SysPrivs {
			if !skip(p.Grantee) && (strings.Contains(p.Privilege, " ANY ") || p.Privilege == "UNLIMITED TABLESPACE" && p.Admin || p.Privilege == "EXEMPT ACCESS POLICY" || p.Privilege == "BECOME USER" || p.Privilege == "ALTER SYSTEM") {
				wide[p.Grantee] = append(wide[p.Grantee], p.Privilege)
			}
		}
		for _, p := range in.Facts.RolePrivs {
			switch p.Role {
			case "DBA", "IMP_FULL_DATABASE", "EXP_FULL_DATABASE", "DATAPUMP_IMP_FULL_DATABASE", "SYSDBA", "JAVASYSPRIV", "EXECUTE_CATALOG_ROLE", "DELETE_CATALOG_ROLE":
				if !skip(p.Grantee) {
					wide[p.Grantee] = append(wide[p.Grantee], "role "+p.Role)
				}
			}
		}
		for _, g := range slices.Sorted(maps.Keys(wide)) {
			o.named(g, "%s", strings.Join(wide[g], ", "))
		}
		return wideRights(o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		if in.Catalog == nil {
			return o
		}
		wide := map[string][]string{}
		for _, g := range in.Catalog.Grants {
			if g.Object == "" && (strings.Contains(g.Privilege, " ANY ") || g.Privilege == "DBA") {
				wide[g.Grantee] = append(wide[g.Grantee], g.Privilege)
			}
		}
		for _, g := range slices.Sorted(maps.Keys(wide)) {
			o.Of++
			o.named(g, "%s", strings.Join(wide[g], ", "))
		}
		return wideRights(o)
	},
}

func wideRights(o Outcome) Outcome {
	return o.some(Warning, say("%d users or roles have privileges on objects of everybody", len(o.Items)), say("no user has privileges on objects of everybody"))
}

var oracleRoles = map[string]bool{
	"DBA": true, "IMP_FULL_DATABASE": true, "EXP_FULL_DATABASE": true, "DATAPUMP_IMP_FULL_DATABASE": true, "DATAPUMP_EXP_FULL_DATABASE": true, "SCHEDULER_ADMIN": true, "OEM_MONITOR": true,
	"AQ_ADMINISTRATOR_ROLE": true, "JAVADEBUGPRIV": true, "SELECT_CATALOG_ROLE": true, "EXECUTE_CATALOG_ROLE": true, "OLAP_DBA": true, "CDB_DBA": true, "PDB_DBA": true, "EM_EXPRESS_ALL": true,
	"OWB$CLIENT": true, "DV_REALM_OWNER": true, "MGMT_USER": true, "XDBADMIN": true, "OEM_ADVISOR": true, "HS_ADMIN_ROLE": true, "RESOURCE": true, "CONNECT": true,
}

var accounts = &Check{
	Code: "DC0502", Name: "accounts", Scope: ScopeSecurity, Needs: []string{"users"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.Users))}
		v := Informational
		open := 0
		for _, u := range in.Facts.Users {
			if u.Oracle || ownedByOracle(u.Name) {
				continue
			}
			if u.Status == "OPEN" {
				open++
			}
			auth := u.Authentication
			switch auth {
			case "EXTERNAL", "GLOBAL":
				v = Warning
				o.named(u.Name, "%s, authenticated outside the database (%s)", orUnknown(u.Status), strings.ToLower(auth))
			default:
				o.named(u.Name, "%s, profile %s", orUnknown(u.Status), orUnknown(u.Profile))
			}
		}
		o.fact("open accounts", "%d", open)
		return o.some(v, say("%d accounts, %d of them open: passwords do not come along", len(o.Items), open), say("no account beyond Oracle's own"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.KindUser) {
			o.Of++
			o.item(x.ID(), "account")
		}
		return o.some(Informational, say("%d accounts: passwords do not come along", len(o.Items)), say(""))
	},
}

var defaultPasswords = &Check{
	Code: "DC0505", Name: "default-passwords", Scope: ScopeSecurity, Needs: []string{"default_passwords", "users"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.Users))}
		status := map[string]string{}
		for _, u := range in.Facts.Users {
			status[u.Name] = u.Status
		}
		v := Informational
		for _, name := range in.Facts.DefaultPasswords {
			o.named(name, "%s, with the password that Oracle gives", orUnknown(status[name]))
			if status[name] == "OPEN" || status[name] == "" {
				v = Warning
				o.sql("ALTER USER %s PASSWORD EXPIRE ACCOUNT LOCK;", model.CatalogName("", name))
			}
		}
		return o.some(v, say("%d accounts have a password that everybody can look up", len(o.Items)), say("no account has the password that Oracle gives it"))
	},
}

var publicGrants = &Check{
	Code: "DC0503", Name: "public-grants", Scope: ScopeSecurity, Needs: []string{"table_privileges"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.TabPrivs))}
		for _, p := range in.Facts.TabPrivs {
			if p.Grantee == "PUBLIC" && !ownedByOracle(p.Owner) {
				o.item(object(model.ObjectKind(p.Type), p.Owner, p.Object), "%s is granted to PUBLIC", p.Privilege)
			}
		}
		return openToAll(o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		if in.Catalog == nil {
			return o
		}
		for _, g := range in.Catalog.Grants {
			if g.Grantee == "PUBLIC" && g.Object != "" {
				o.Of++
				o.named(model.CatalogName(g.Schema, g.Object).String(), "%s is granted to PUBLIC", g.Privilege)
			}
		}
		return openToAll(o)
	},
}

func openToAll(o Outcome) Outcome {
	return o.some(Informational, say("%d privileges are granted to everybody", len(o.Items)), say("no privilege on the application's objects is granted to everybody"))
}

var grantOptions = &Check{
	Code: "DC0504", Name: "grant-options", Scope: ScopeSecurity, Needs: []string{"table_privileges"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.TabPrivs))}
		for _, p := range in.Facts.TabPrivs {
			if p.Grantor != p.Owner && !ownedByOracle(p.Owner) && !ownedByOracle(p.Grantor) {
				o.item(object(model.ObjectKind(p.Type), p.Owner, p.Object), "%s was granted to %s by %s, not by the owner", p.Privilege, p.Grantee, p.Grantor)
			}
		}
		return o.some(Informational, say("%d privileges were handed on by others than the owner: they have to be granted in the same order", len(o.Items)), say("all privileges were granted by the owners"))
	},
}
