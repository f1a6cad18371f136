package dict

import "strings"

func (l *loader) oldJob(r row) {
	l.f.Jobs = append(l.f.Jobs, Job{
		Owner: r.Get("schema_user"), Name: r.Get("job"), Type: "DBMS_JOB", Action: r.Get("what"), Repeat: r.Get("interval"), Old: true,
		Enabled: !r.yes("broken"), Failures: r.number("failures"), Last: r.time("last_date"), Next: r.time("next_date"),
	})
}

func (l *loader) job(r row) {
	l.f.Jobs = append(l.f.Jobs, Job{
		Owner: r.Get("owner"), Name: r.Get("job_name"), Type: r.Get("job_type"), Action: r.Get("job_action"), Program: dotted(r.Get("program_owner"), r.Get("program_name")),
		Repeat: r.Get("repeat_interval"), Schedule: dotted(r.Get("schedule_owner"), r.Get("schedule_name")), State: r.Get("state"), Enabled: r.yes("enabled"),
		Runs: r.number("run_count"), Failures: r.number("failure_count"), Last: r.time("last_start_date"), Next: r.time("next_run_date"),
	})
}

// dotted joins what is there.
func dotted(parts ...string) string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, ".")
}

func (l *loader) link(r row) {
	l.f.Links = append(l.f.Links, Link{r.Get("owner"), r.Get("db_link"), r.Get("username"), r.Get("host")})
}

func (l *loader) synonym(r row) {
	l.f.Synonyms = append(l.f.Synonyms, Synonym{r.key("owner", "synonym_name"), r.Get("table_owner"), r.Get("table_name"), r.Get("db_link")})
}

func (l *loader) user(r row) {
	l.f.Users = append(l.f.Users, User{
		Name: r.Get("username"), Status: r.Get("account_status"), DefaultSpace: r.Get("default_tablespace"), TempSpace: r.Get("temporary_tablespace"), Profile: r.Get("profile"),
		Authentication: r.Get("authentication_type"), Created: r.time("created"), LastLogin: r.time("last_login"), Common: r.yes("common"), Oracle: r.yes("oracle_maintained"),
	})
}

func (l *loader) role(r row) {
	l.f.Roles = append(l.f.Roles, Role{r.Get("role"), r.Get("authentication_type"), r.yes("common"), r.yes("oracle_maintained")})
}

func (l *loader) sysPriv(r row) {
	l.f.SysPrivs = append(l.f.SysPrivs, SysPriv{r.Get("grantee"), r.Get("privilege"), r.yes("admin_option")})
}

func (l *loader) rolePriv(r row) {
	l.f.RolePrivs = append(l.f.RolePrivs, RolePriv{r.Get("grantee"), r.Get("granted_role"), r.yes("admin_option"), r.yes("default_role")})
}

func (l *loader) tabPriv(r row) {
	l.f.TabPrivs = append(l.f.TabPrivs, TabPriv{r.Get("grantee"), r.Get("owner"), r.Get("table_name"), r.Get("type"), r.Get("privilege"), r.Get("grantor"), r.yes("grantable")})
}

func (l *loader) defaultPassword(r row) {
	l.f.DefaultPasswords = append(l.f.DefaultPasswords, r.Get("username"))
}

func (l *loader) policy(r row) {
	l.f.Policies = append(l.f.Policies, Policy{
		Object: r.key("object_owner", "object_name"), Name: r.Get("policy_name"), FunctionOwner: r.Get("pf_owner"), Function: dotted(r.Get("package"), r.Get("function")),
		Select: r.yes("sel"), Insert: r.yes("ins"), Update: r.yes("upd"), Delete: r.yes("del"), Idx: r.yes("idx"), Enabled: r.yes("enable"), Kind: r.Get("policy_type"),
	})
}

func (l *loader) context(r row) {
	l.f.Contexts = append(l.f.Contexts, Context{r.Get("namespace"), r.Get("schema"), r.Get("package"), r.Get("type")})
}

func (l *loader) directory(r row) {
	l.f.Dirs = append(l.f.Dirs, Directory{r.Get("directory_name"), r.Get("directory_path")})
}

func (l *loader) logGroup(r row) {
	l.f.LogGroups = append(l.f.LogGroups, LogGroup{r.key("owner", "table_name"), r.Get("log_group_name"), r.Get("log_group_type"), r.Get("always") == "ALWAYS"})
}

func (l *loader) noCapture(r row) {
	l.f.NoCapture = append(l.f.NoCapture, NoCapture{r.key("owner", "table_name"), r.Get("column_name"), r.Get("data_type"), r.Get("attributes")})
}

func (l *loader) dependency(r row) {
	l.f.Depends = append(l.f.Depends, Dependency{
		r.Get("owner"), r.Get("name"), r.Get("type"), r.Get("referenced_owner"), r.Get("referenced_name"), r.Get("referenced_type"), r.Get("referenced_link_name"),
	})
}
