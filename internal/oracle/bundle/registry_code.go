package bundle

// Facts of code and of what calls it.
var codeExtracts = []Extract{
	{
		Name: "source", Title: "PL/SQL source, one row a unit", Group: GroupCode, Owner: "t.owner", Fold: "line",
		Columns: columns("owner:n type:w name:n line:# text:s*"), Key: []string{"owner", "type", "name"}, From: "{p}_source t",
	},
	{
		Name: "ddl", Title: "Definitions as DBMS_METADATA writes them, one row an object", Group: GroupCode, Owner: "t.owner", Form: FormDDL,
		Columns: columns("owner:n object_type:w object_name:n part:w text:s*"), Key: []string{"owner", "object_type", "object_name", "part"}, From: "{p}_objects t",
	},
	{
		Name: "scripts", Title: "Script files as they are", Group: GroupCode, Only: FromFiles,
		Columns: columns("name:n charset:w bytes:# sha256:w text:s*"), Key: []string{"name"},
	},
	{
		Name: "script_problems", Title: "Script files that could not be read, and what was assumed of others", Group: GroupCode, Only: FromFiles,
		Columns: columns("name:n kind:w line:# position:# offset:# note:w message:v hint:v"), Key: []string{"name", "offset", "kind", "message"},
	},
	{
		Name: "triggers", Title: "Triggers", Group: GroupCode, Owner: "t.owner",
		Columns: columns("owner:n trigger_name:n trigger_type:w triggering_event:w table_owner:n base_object_type:w table_name:n referencing_names:w status:w action_type:w when_clause:x*"),
		Key:     []string{"owner", "trigger_name"}, From: "{p}_triggers t",
	},
	{
		Name: "procedures", Title: "Procedures and functions, in packages too", Group: GroupCode, Owner: "t.owner",
		Columns: columns("owner:n object_name:n procedure_name:n subprogram_id:# overload:w object_type:w aggregate:w pipelined:w parallel:w interface:w deterministic:w authid:w"),
		Key:     []string{"owner", "object_name", "subprogram_id", "procedure_name"}, From: "{p}_procedures t",
	},
	{
		Name: "errors", Title: "Errors of invalid objects", Group: GroupCode, Owner: "t.owner",
		Columns: columns("owner:n name:n type:w sequence:# line:# position:# attribute:w text:v*"), Key: []string{"owner", "type", "name", "sequence"}, From: "{p}_errors t",
	},
	{
		Name: "dependencies", Title: "What names what", Group: GroupCode, Owner: "t.owner",
		Columns: columns("owner:n name:n type:w referenced_owner:n referenced_name:n referenced_type:w referenced_link_name:n dependency_type:w"),
		Key:     []string{"owner", "type", "name", "referenced_owner", "referenced_type", "referenced_name", "referenced_link_name"}, From: "{p}_dependencies t",
	},
	{
		Name: "libraries", Title: "Libraries of external code", Group: GroupCode, Owner: "t.owner",
		Columns: columns("owner:n library_name:n dynamic:w status:w file_spec:v*"), Key: []string{"owner", "library_name"}, From: "{p}_libraries t",
	},
	{
		Name: "jobs", Title: "Jobs of DBMS_JOB", Group: GroupCode, Owner: "t.schema_user",
		Columns: columns("job:# log_user:n priv_user:n schema_user:n last_date:d next_date:d total_time:# broken:w failures:#", "interval:x = t.interval", "what:s*"), Key: []string{"job"}, From: "dba_jobs t", FromAll: "user_jobs t",
	},
	{
		Name: "scheduler_jobs", Title: "Jobs of the scheduler", Group: GroupCode, Owner: "t.owner",
		Columns: columns(
			"owner:n job_name:n program_owner:n program_name:n job_type:w schedule_owner:n schedule_name:n schedule_type:w start_date:d end_date:d job_class:n enabled:w auto_drop:w state:w",
			"run_count:# failure_count:# last_start_date:d next_run_date:d", "repeat_interval:x = SUBSTR(t.repeat_interval, 1, 600)", "job_action:s*",
		),
		Key: []string{"owner", "job_name"}, From: "{p}_scheduler_jobs t",
	},
	{
		Name: "scheduler_programs", Title: "Programs of the scheduler", Group: GroupCode, Owner: "t.owner",
		Columns: columns("owner:n program_name:n program_type:w number_of_arguments:# enabled:w program_action:s*"), Key: []string{"owner", "program_name"}, From: "{p}_scheduler_programs t",
	},
	{
		Name: "scheduler_schedules", Title: "Schedules of the scheduler", Group: GroupCode, Owner: "t.owner",
		Columns: columns("owner:n schedule_name:n schedule_type:w start_date:d end_date:d", "repeat_interval:x = SUBSTR(t.repeat_interval, 1, 600)"), Key: []string{"owner", "schedule_name"}, From: "{p}_scheduler_schedules t",
	},
}

// Facts of users, rights and ways out of the database.
var securityExtracts = []Extract{
	{
		Name: "users", Title: "Users; no passwords or hashes", Group: GroupSecurity,
		Columns: columns("username:n user_id:# created:d account_status:w~ default_tablespace:n~ temporary_tablespace:n~ profile:n~ authentication_type:w~ expiry_date:d~ lock_date:d~ common:w@12.1 oracle_maintained:w@12.1 last_login:d~@12.1"),
		Key:     []string{"username"}, From: "{p}_users t",
	},
	{
		Name: "default_passwords", Title: "Users that still have the password that Oracle gives them; the password itself is not read", Group: GroupSecurity,
		Columns: columns("username:n product:w@12.2"), Key: []string{"username"}, From: "dba_users_with_defpwd t", FromAll: "-",
	},
	{Name: "roles", Title: "Roles", Group: GroupSecurity, Columns: columns("role:n authentication_type:w common:w@12.1 oracle_maintained:w@12.1"), Key: []string{"role"}, From: "dba_roles t", FromAll: "-"},
	{Name: "profiles", Title: "Profiles and their limits", Group: GroupSecurity, Columns: columns("profile:n resource_name:w resource_type:w limit:w"), Key: []string{"profile", "resource_name"}, From: "dba_profiles t", FromAll: "-"},
	{
		Name: "system_privileges", Title: "System privileges", Group: GroupSecurity, Columns: columns("grantee:n privilege:w admin_option:w"),
		Key: []string{"grantee", "privilege"}, From: "dba_sys_privs t", FromAll: "(SELECT username AS grantee, privilege, admin_option FROM user_sys_privs) t",
	},
	{
		Name: "role_privileges", Title: "Roles given to users and roles", Group: GroupSecurity, Columns: columns("grantee:n granted_role:n admin_option:w default_role:w"),
		Key: []string{"grantee", "granted_role"}, From: "dba_role_privs t", FromAll: "(SELECT username AS grantee, granted_role, admin_option, default_role FROM user_role_privs) t",
	},
	{
		Name: "table_privileges", Title: "Privileges on objects", Group: GroupSecurity, Owner: "t.owner",
		Columns: columns("grantee:n owner:n table_name:n grantor:n privilege:w grantable:w hierarchy:w type:w@12.1"), Key: []string{"owner", "table_name", "grantee", "privilege", "grantor"},
		From: "dba_tab_privs t", FromAll: "(SELECT grantee, table_schema AS owner, table_name, grantor, privilege, grantable, hierarchy, NULL AS type FROM all_tab_privs) t",
	},
	{
		Name: "column_privileges", Title: "Privileges on columns", Group: GroupSecurity, Owner: "t.owner",
		Columns: columns("grantee:n owner:n table_name:n column_name:n grantor:n privilege:w grantable:w"), Key: []string{"owner", "table_name", "column_name", "grantee", "privilege", "grantor"},
		From: "dba_col_privs t", FromAll: "(SELECT grantee, table_schema AS owner, table_name, column_name, grantor, privilege, grantable FROM all_col_privs) t",
	},
	{
		Name: "db_links", Title: "Database links", Group: GroupSecurity, Columns: columns("owner:n db_link:n username:n created:d host:v*"), Key: []string{"owner", "db_link"}, From: "{p}_db_links t",
	},
	{Name: "directories", Title: "Directories of the server", Group: GroupSecurity, Columns: columns("owner:n directory_name:n directory_path:v*"), Key: []string{"directory_name"}, From: "{p}_directories t"},
	{
		Name: "policies", Title: "Row-level security policies", Group: GroupSecurity, Owner: "t.object_owner",
		Columns: columns("object_owner:n object_name:n policy_group:n policy_name:n pf_owner:n package:n function:n sel:w ins:w upd:w del:w idx:w enable:w static_policy:w policy_type:w"),
		Key:     []string{"object_owner", "object_name", "policy_group", "policy_name"}, From: "{p}_policies t",
	},
	{Name: "contexts", Title: "Application contexts", Group: GroupSecurity, Columns: columns("namespace:n schema:n package:n type:w"), Key: []string{"namespace"}, From: "dba_context t", FromAll: "(SELECT namespace, schema, package, NULL AS type FROM all_context) t"},
}

// Facts of how much changes, and whether changes can be captured.
var changeExtracts = []Extract{
	{
		Name: "redo_logs", Title: "Online redo logs", Group: GroupChange,
		Columns: columns("group#:# thread#:# sequence#:# bytes:# members:# archived:w status:w first_time:d"), Key: []string{"thread#", "group#"}, From: "v$log t", FromAll: "-",
	},
	{
		Name: "redo_per_hour", Title: "Redo archived per hour", Group: GroupChange,
		Columns: columns("hour:d = TRUNC(t.first_time, 'HH24')", "thread#:# = t.thread#", "logs:# = COUNT(*)", "bytes:# = SUM(t.blocks * t.block_size)"),
		Key:     []string{"hour", "thread#"}, From: "v$archived_log t", FromAll: "-", GroupBy: "TRUNC(t.first_time, 'HH24'), t.thread#",
		Where: "t.standby_dest = 'NO' AND t.first_time >= TRUNC(SYSDATE) - {days} AND t.dest_id = (SELECT MIN(m.dest_id) FROM v$archived_log m WHERE m.standby_dest = 'NO' AND m.thread# = t.thread# AND m.sequence# = t.sequence# AND m.resetlogs_change# = t.resetlogs_change#)",
	},
	{
		Name: "log_switches", Title: "Log switches per hour", Group: GroupChange,
		Columns: columns("hour:d = TRUNC(t.first_time, 'HH24')", "thread#:# = t.thread#", "switches:# = COUNT(*)"), Key: []string{"hour", "thread#"},
		From: "v$log_history t", FromAll: "-", Where: "t.first_time >= TRUNC(SYSDATE) - {days}", GroupBy: "TRUNC(t.first_time, 'HH24'), t.thread#",
	},
	{
		Name: "archive_destinations", Title: "Where redo is archived to", Group: GroupChange,
		Columns: columns("dest_id:# dest_name:w status:w target:w archiver:w schedule:w", "destination:v = SUBSTR(t.destination, 1, 500)"), Key: []string{"dest_id"}, From: "v$archive_dest t", FromAll: "-", Where: "t.status <> 'INACTIVE'",
	},
	{
		Name: "backups", Title: "Backups of the window", Group: GroupChange,
		Columns: columns("session_key:# input_type:w status:w start_time:d end_time:d elapsed_seconds:# input_bytes:# output_bytes:#"), Key: []string{"session_key"},
		From: "v$rman_backup_job_details t", FromAll: "-", Where: "t.start_time >= SYSDATE - {days}",
	},
	{
		Name: "log_groups", Title: "Supplemental log groups", Group: GroupChange, Owner: "t.owner",
		Columns: columns("owner:n log_group_name:n table_name:n log_group_type:w always:w generated:w"), Key: []string{"owner", "table_name", "log_group_name"}, From: "{p}_log_groups t",
	},
	{
		Name: "log_group_columns", Title: "Columns of supplemental log groups", Group: GroupChange, Owner: "t.owner",
		Columns: columns("owner:n log_group_name:n table_name:n position:# logging_property:w column_name:n*"), Key: []string{"owner", "table_name", "log_group_name", "position", "column_name"}, From: "{p}_log_group_columns t",
	},
	{
		Name: "modifications", Title: "Rows changed since statistics were gathered", Group: GroupChange, Owner: "t.table_owner",
		Columns: columns("table_owner:n table_name:n partition_name:n subpartition_name:n inserts:# updates:# deletes:# timestamp:d truncated:w drop_segments:#"),
		Key:     []string{"table_owner", "table_name", "partition_name", "subpartition_name"}, From: "{p}_tab_modifications t",
	},
	{
		Name: "unsupported_capture", Title: "Columns whose changes SQL apply cannot carry", Group: GroupChange, Owner: "t.owner",
		Columns: columns("owner:n table_name:n column_name:n data_type:w attributes:w"), Key: []string{"owner", "table_name", "column_name"}, From: "dba_logstdby_unsupported t", FromAll: "-",
	},
	{
		Name: "skipped_schemas", Title: "Schemas that SQL apply skips because they are Oracle's own", Group: GroupChange,
		Columns: columns("name:n action:#"), Key: []string{"name", "action"}, From: "system.logstdby$skip_support t", FromAll: "-", Where: "t.action IN (0, -1)",
	},
}
