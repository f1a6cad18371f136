package dict

import (
	"cmp"
	"fmt"
	"strings"
)

// outside writes what the schemas use and DBMS_METADATA does not give with them: directories, contexts, roles, policies of row-level
// security, jobs, and what was granted to the schemas and roles as a whole. Users and tablespaces are not written: they belong to the
// database, and the extracts hold them.
func (w *writer) outside() error {
	for _, step := range []func() error{w.directories, w.contexts, w.roles, w.policies, w.oldJobs, w.schedulerObjects} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// ownDirectory reports directories that Oracle makes.
func ownDirectory(name string) bool {
	for _, p := range []string{"DATA_PUMP_DIR", "DBMS_OPTIM_", "ORACLE_", "OPATCH_", "XMLDIR", "XSDDIR", "SDO_DIR_", "JAVA$", "PREUPGRADE_DIR", "AUDIT_DIR", "MEDIA_DIR", "LOG_FILE_DIR", "DATA_FILE_DIR", "SUBDIR", "SS_OE_XMLDIR", "IDR_DIR"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

func (w *writer) directories() error {
	return w.each("directories", func(r row) {
		name := r.Get("directory_name")
		if path := r.Get("directory_path"); !ownDirectory(name) && !w.has(r.Get("owner"), "DIRECTORY", name) {
			w.putf(r.Get("owner"), "DIRECTORY", name, "CREATE OR REPLACE DIRECTORY %s AS %s;\n", quoted(name), literal(path))
		}
	})
}

// schemas are the owners of what was collected.
func (w *writer) schemas() map[string]bool {
	all := map[string]bool{}
	for k := range w.texts {
		all[k.owner] = true
	}
	for _, s := range []string{"SYS", "SYSTEM", "PUBLIC", ""} {
		delete(all, s)
	}
	return all
}

func (w *writer) contexts() error {
	own := w.schemas()
	return w.each("contexts", func(r row) {
		if own[r.Get("schema")] && r.Get("package") != "" {
			tail := ""
			if t := r.Get("type"); strings.Contains(t, "GLOBAL") {
				tail = " ACCESSED GLOBALLY"
			}
			w.putf("SYS", "CONTEXT", r.Get("namespace"), "CREATE OR REPLACE CONTEXT %s USING %s.%s%s;\n", quoted(r.Get("namespace")), quoted(r.Get("schema")), quoted(r.Get("package")), tail)
		}
	})
}

// roles are those that are not Oracle's. Before 12.1 the dictionary does not tell them apart; then they are those that hold a privilege
// on what was collected.
func (w *writer) roles() error {
	holds := map[string]bool{}
	own := w.schemas()
	if err := w.each("table_privileges", func(r row) {
		if own[r.Get("owner")] {
			holds[r.Get("grantee")] = true
		}
	}); err != nil {
		return err
	}
	given := map[string]bool{}
	if err := w.each("roles", func(r row) {
		name := r.Get("role")
		if m := r.Get("oracle_maintained"); m == "N" || m == "" && holds[name] {
			given[name] = true
			w.putf("", "ROLE", name, "CREATE ROLE %s;\n", quoted(name))
		}
	}); err != nil {
		return err
	}
	users := map[string]bool{}
	if err := w.each("users", func(r row) { users[r.Get("username")] = r.Get("oracle_maintained") == "N" }); err != nil {
		return err
	}
	users[w.b.Manifest.Database.SessionUser] = false // who collects is no part of what is moved
	grant := func(what, to string, admin bool) {
		if own[to] || given[to] || users[to] {
			w.putf("", "GRANT", "of the database", "GRANT %s TO %s%s;\n", what, quoted(to), word(admin, " WITH ADMIN OPTION", ""))
		}
	}
	if err := w.each("system_privileges", func(r row) { grant(r.Get("privilege"), r.Get("grantee"), r.yes("admin_option")) }); err != nil {
		return err
	}
	return w.each("role_privileges", func(r row) { grant(quoted(r.Get("granted_role")), r.Get("grantee"), r.yes("admin_option")) })
}

// policies are written as the calls that make them. What they hold back must not be lost on the way.
func (w *writer) policies() error {
	return w.each("policies", func(r row) {
		owner, table := r.Get("object_owner"), r.Get("object_name")
		var kinds []string
		for _, k := range []string{"sel", "ins", "upd", "del", "idx"} {
			if r.yes(k) {
				kinds = append(kinds, map[string]string{"sel": "SELECT", "ins": "INSERT", "upd": "UPDATE", "del": "DELETE", "idx": "INDEX"}[k])
			}
		}
		function := r.Get("function")
		if p := r.Get("package"); p != "" {
			function = p + "." + function
		}
		call, group := "DBMS_RLS.ADD_POLICY", ""
		if g := r.Get("policy_group"); g != "" && g != "SYS_DEFAULT" {
			call, group = "DBMS_RLS.ADD_GROUPED_POLICY", fmt.Sprintf(", policy_group => %s", literal(g))
		}
		enable := ""
		if e := r.Get("enable"); e != "" && !r.yes("enable") {
			enable = ", enable => FALSE"
		}
		w.putf(owner, "POLICY", table+"."+r.Get("policy_name"), "BEGIN\n  %s(object_schema => %s, object_name => %s%s, policy_name => %s,\n    function_schema => %s, policy_function => %s, statement_types => %s%s);\nEND;\n/\n",
			call, literal(owner), literal(table), group, literal(r.Get("policy_name")), literal(r.Get("pf_owner")), literal(function), literal(strings.Join(kinds, ",")), enable)
	})
}

// oldJobs are those of DBMS_JOB.
func (w *writer) oldJobs() error {
	return w.each("jobs", func(r row) {
		owner := r.Get("schema_user")
		interval, next := "NULL", "SYSDATE"
		if i := r.Get("interval"); i != "" && i != "null" {
			interval = literal(i)
		}
		if d := r.Get("next_date"); d != "" {
			next = "TO_DATE(" + literal(d) + `, 'YYYY-MM-DD"T"HH24:MI:SS')`
		}
		w.putf(owner, "JOB", "DBMS_JOB "+r.Get("job"), "DECLARE\n  l_job NUMBER;\nBEGIN\n  DBMS_JOB.SUBMIT(job => l_job, what => %s, next_date => %s, interval => %s);\nEND;\n/\n", literal(r.Get("what")), next, interval)
	})
}

// schedulerObjects writes those that DBMS_METADATA did not give.
func (w *writer) schedulerObjects() error {
	call := func(owner, kind, name, procedure string, args ...string) {
		if w.has(owner, kind, name) {
			return
		}
		var list []string
		for i := 0; i+1 < len(args); i += 2 {
			if args[i+1] != "" {
				list = append(list, args[i]+" => "+args[i+1])
			}
		}
		w.putf(owner, kind, name, "BEGIN\n  DBMS_SCHEDULER.%s(%s);\nEND;\n/\n", procedure, strings.Join(list, ", "))
	}
	text := func(s string) string { return word(s != "", literal(s), "") }
	name := func(owner, of, n string) string {
		if n == "" {
			return ""
		}
		return literal(cmp.Or(owner, of) + "." + n)
	}
	if err := w.each("scheduler_programs", func(r row) {
		o, n := r.Get("owner"), r.Get("program_name")
		call(o, "PROGRAM", n, "CREATE_PROGRAM", "program_name", literal(o+"."+n), "program_type", text(r.Get("program_type")), "program_action", text(r.Get("program_action")),
			"number_of_arguments", r.Get("number_of_arguments"), "enabled", word(r.yes("enabled"), "TRUE", "FALSE"))
	}); err != nil {
		return err
	}
	if err := w.each("scheduler_schedules", func(r row) {
		o, n := r.Get("owner"), r.Get("schedule_name")
		call(o, "SCHEDULE", n, "CREATE_SCHEDULE", "schedule_name", literal(o+"."+n), "repeat_interval", text(r.Get("repeat_interval")))
	}); err != nil {
		return err
	}
	return w.each("scheduler_jobs", func(r row) {
		o, n := r.Get("owner"), r.Get("job_name")
		if strings.HasPrefix(n, "DBMS_JOB$") {
			return // one of DBMS_JOB, which from 19c on is kept so
		}
		call(o, "JOB", n, "CREATE_JOB", "job_name", literal(o+"."+n), "job_type", text(r.Get("job_type")), "job_action", text(r.Get("job_action")), "program_name", name(r.Get("program_owner"), o, r.Get("program_name")),
			"schedule_name", name(r.Get("schedule_owner"), o, r.Get("schedule_name")), "repeat_interval", text(r.Get("repeat_interval")), "enabled", word(r.yes("enabled"), "TRUE", "FALSE"))
	})
}

// isOldJob reports a job of DBMS_JOB among the objects, whose text is written from the extract of those.
func (w *writer) isOldJob(kind, name string) bool {
	return kind == "JOB" && strings.HasPrefix(name, "DBMS_JOB$") && w.b.Has("jobs")
}
