package bundle

// sqlFigures are the totals of a statement; times are in microseconds.
const sqlFigures = "executions:# elapsed_time:# cpu_time:# buffer_gets:# disk_reads:# rows_processed:# fetches:# parse_calls:# sorts:#"

// The statements that applications run, with how often and how long.
var workloadExtracts = []Extract{
	{
		Name: "sql", Title: "Statements in the cursor cache", Group: GroupWorkload, Owner: "t.parsing_schema_name",
		Columns: columns(
			"inst_id:# sql_id:w force_matching_signature:# exact_matching_signature:# plan_hash_value:# parsing_schema_name:n", "module:v = SUBSTR(t.module, 1, 64)", "action:v = SUBSTR(t.action, 1, 64)",
			"command_type:# program_id:# program_line#:# first_load_time:w last_active_time:d "+sqlFigures, "sql_text:s* = t.sql_fulltext",
		),
		Key: []string{"inst_id", "sql_id", "parsing_schema_name"}, From: "gv$sqlarea t", FromAll: "-",
	},
	{
		Name: "sql_binds", Title: "Binds that the cursor cache sampled", Group: GroupWorkload,
		Columns: columns("inst_id:# sql_id:w child_number:# position:# name:w datatype_string:w max_length:# was_captured:w last_captured:d value_string:v*"),
		Key:     []string{"inst_id", "sql_id", "child_number", "position"}, From: "gv$sql_bind_capture t", FromAll: "-", Where: "t.was_captured = 'YES'",
	},
	{
		Name: "awr_snapshots", Title: "Snapshots of the workload repository", Group: GroupWorkload, Pack: Diagnostics,
		Columns: columns("dbid:# instance_number:# snap_id:# begin_interval_time:d end_interval_time:d startup_time:d"), Key: []string{"dbid", "instance_number", "snap_id"},
		From: "dba_hist_snapshot t", FromAll: "-", Where: "t.begin_interval_time >= SYSDATE - {days}",
	},
	{
		Name: "awr_sql", Title: "Statements of the workload repository", Group: GroupWorkload, Pack: Diagnostics,
		Columns: columns("dbid:# sql_id:w command_type:# sql_text:s*"), Key: []string{"dbid", "sql_id"}, From: "dba_hist_sqltext t", FromAll: "-",
		Where: "EXISTS (SELECT 1 FROM dba_hist_sqlstat s, dba_hist_snapshot n WHERE s.dbid = t.dbid AND s.sql_id = t.sql_id AND n.dbid = s.dbid AND n.instance_number = s.instance_number AND n.snap_id = s.snap_id AND n.begin_interval_time >= SYSDATE - {days})",
	},
	{
		Name: "awr_sqlstat", Title: "Figures of the statements of the workload repository, summed over the window", Group: GroupWorkload, Pack: Diagnostics, Owner: "t.parsing_schema_name",
		Columns: columns(
			"dbid:# instance_number:# sql_id:w parsing_schema_name:n", "module:v = SUBSTR(t.module, 1, 64)", "force_matching_signature:# = MAX(t.force_matching_signature)",
			"executions:# = SUM(t.executions_delta)", "elapsed_time:# = SUM(t.elapsed_time_delta)", "cpu_time:# = SUM(t.cpu_time_delta)", "buffer_gets:# = SUM(t.buffer_gets_delta)",
			"disk_reads:# = SUM(t.disk_reads_delta)", "rows_processed:# = SUM(t.rows_processed_delta)", "fetches:# = SUM(t.fetches_delta)", "parse_calls:# = SUM(t.parse_calls_delta)", "sorts:# = SUM(t.sorts_delta)",
		),
		Key:  []string{"dbid", "instance_number", "sql_id", "parsing_schema_name", "module"},
		From: "dba_hist_sqlstat t, dba_hist_snapshot n", FromAll: "-",
		Where:   "n.dbid = t.dbid AND n.instance_number = t.instance_number AND n.snap_id = t.snap_id AND n.begin_interval_time >= SYSDATE - {days}",
		GroupBy: "t.dbid, t.instance_number, t.sql_id, t.parsing_schema_name, SUBSTR(t.module, 1, 64)",
	},
	{
		Name: "awr_binds", Title: "Binds that the workload repository kept", Group: GroupWorkload, Pack: Diagnostics,
		Columns: columns("dbid:# instance_number:# snap_id:# sql_id:w position:# name:w datatype_string:w max_length:# was_captured:w last_captured:d value_string:v*"),
		Key:     []string{"dbid", "instance_number", "snap_id", "sql_id", "position"}, From: "dba_hist_sqlbind t", FromAll: "-", Where: "t.was_captured = 'YES' AND t.last_captured >= SYSDATE - {days}",
	},
	{
		Name: "statspack_sql", Title: "Statspack's statements: figures of the last snapshot in the window minus the first", Group: GroupWorkload, Pack: Statspack,
		Columns: columns(
			"dbid:# instance_number:# old_hash_value:#", "sql_id:w = MAX(t.sql_id)", "module:v = MAX(SUBSTR(t.module, 1, 64))", "force_matching_signature:# = MAX(t.force_matching_signature)", "first_snap_id:# = MIN(t.snap_id)", "last_snap_id:# = MAX(t.snap_id)",
			"executions:# = MAX(t.executions) - MIN(t.executions)", "elapsed_time:# = MAX(t.elapsed_time) - MIN(t.elapsed_time)", "cpu_time:# = MAX(t.cpu_time) - MIN(t.cpu_time)",
			"buffer_gets:# = MAX(t.buffer_gets) - MIN(t.buffer_gets)", "disk_reads:# = MAX(t.disk_reads) - MIN(t.disk_reads)", "rows_processed:# = MAX(t.rows_processed) - MIN(t.rows_processed)",
		),
		Key: []string{"dbid", "instance_number", "old_hash_value"}, From: "perfstat.stats$sql_summary t, perfstat.stats$snapshot n", FromAll: "-",
		Where:   "n.dbid = t.dbid AND n.instance_number = t.instance_number AND n.snap_id = t.snap_id AND n.snap_time >= SYSDATE - {days}",
		GroupBy: "t.dbid, t.instance_number, t.old_hash_value",
	},
	{
		Name: "statspack_text", Title: "Statspack's texts", Group: GroupWorkload, Pack: Statspack, Fold: "piece",
		Columns: columns("old_hash_value:# piece:# sql_id:w command_type:# sql_text:s*"), Key: []string{"old_hash_value"}, From: "perfstat.stats$sqltext t", FromAll: "-",
	},
	{
		Name: "audit_unified", Title: "Statements of the unified audit trail", Group: GroupWorkload, Pack: Audit, Since: 1201, Owner: "t.dbusername",
		Columns: columns(
			"event_timestamp:d dbusername:n", "userhost:v = SUBSTR(t.userhost, 1, 128)", "client_program_name:v = SUBSTR(t.client_program_name, 1, 128)", "action_name:w object_schema:n object_name:n return_code:# sessionid:# entry_id:# statement_id:# scn:#",
			"sql_binds:v = TO_CHAR(SUBSTR(t.sql_binds, 1, 400))", "sql_text:s*",
		),
		Key: []string{"sessionid", "entry_id", "statement_id"}, From: "unified_audit_trail t", FromAll: "-", Where: "t.event_timestamp >= SYSDATE - {days} AND t.sql_text IS NOT NULL",
	},
	{
		Name: "audit_standard", Title: "Statements of the standard audit trail", Group: GroupWorkload, Pack: Audit, Owner: "t.username",
		Columns: columns(
			"timestamp:d username:n", "userhost:v = SUBSTR(t.userhost, 1, 128)", "action_name:w owner:n obj_name:n returncode:# sessionid:# entryid:# statementid:# scn:#", "sql_bind:v = TO_CHAR(SUBSTR(t.sql_bind, 1, 400))", "sql_text:s*",
		),
		Key: []string{"sessionid", "entryid", "statementid"}, From: "dba_audit_trail t", FromAll: "-", Where: "t.timestamp >= SYSDATE - {days} AND t.sql_text IS NOT NULL",
	},
	{
		Name: "workload", Title: "Statements of workload files, with the figures their comments give", Group: GroupWorkload, Only: FromFiles,
		Columns: columns("id:w file:n line:# module:v executions:# elapsed_ms:# binds:v sql_text:s*"), Key: []string{"file", "line", "id"},
	},
}
