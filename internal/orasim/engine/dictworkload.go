package engine

// workloadViews are repositories of past work, which are empty here: nothing takes snapshots, and nothing is audited.
var workloadViews = []dictView{
	{
		name: "HIST_SNAPSHOT", forms: "DBA", rows: dictNothing,
		columns: "snap_id:n dbid:n instance_number:n startup_time:t begin_interval_time:t end_interval_time:t snap_level:n error_count:n snap_flag:n con_id:n@12.1",
	},
	{name: "HIST_SQLTEXT", forms: "DBA", rows: dictNothing, columns: "dbid:n sql_id:i sql_text:c command_type:n con_dbid:n@12.1 con_id:n@12.1"},
	{
		name: "HIST_SQLSTAT", forms: "DBA", rows: dictNothing,
		columns: "snap_id:n dbid:n instance_number:n sql_id:i plan_hash_value:n optimizer_cost:n module:i action:i force_matching_signature:n parsing_schema_name:i fetches_delta:n sorts_delta:n executions_delta:n parse_calls_delta:n disk_reads_delta:n buffer_gets_delta:n rows_processed_delta:n cpu_time_delta:n elapsed_time_delta:n con_id:n@12.1",
	},
	{
		name: "HIST_SQLBIND", forms: "DBA", rows: dictNothing,
		columns: "snap_id:n dbid:n instance_number:n sql_id:i name:i position:n dup_position:n datatype:n datatype_string:i max_length:n was_captured:i last_captured:d value_string:v con_id:n@12.1",
	},
	{
		name: "AUDIT_TRAIL", forms: "DBA", rows: dictNothing,
		columns: "os_username:i username:i userhost:i terminal:i timestamp:d owner:i obj_name:i action:n action_name:i sessionid:n entryid:n statementid:n returncode:n priv_used:i scn:n sql_bind:c sql_text:c",
	},
	{name: "REGISTRY", forms: "DBA", columns: "comp_id:i comp_name:v version:i version_full:i@18 status:i modified:i namespace:i control:i schema:i procedure:i startup:i parent_id:i other_schemas:v", rows: func(s *Session, put putRow) {
		for _, c := range [][2]string{{"CATALOG", "Oracle Database Catalog Views"}, {"CATPROC", "Oracle Database Packages and Types"}} {
			put("comp_id", c[0], "comp_name", c[1], "version", s.db.versionText(), "version_full", s.db.versionText(), "status", "VALID", "namespace", "SERVER", "control", "SYS", "schema", "SYS")
		}
	}},
	{
		name: "REGISTRY_SQLPATCH", forms: "DBA", since: 1201, rows: dictNothing,
		columns: "install_id:n patch_id:n patch_uid:n patch_type:i action:i status:i action_time:t description:v",
	},
	{
		name: "FEATURE_USAGE_STATISTICS", forms: "DBA", rows: dictNothing, // sampled once a week, and the database is younger
		columns: "dbid:n name:i version:i detected_usages:n total_samples:n currently_used:i first_usage_date:d last_usage_date:d aux_count:n feature_info:c last_sample_date:d last_sample_period:n sample_interval:n description:v",
	},
	{name: "HIGH_WATER_MARK_STATISTICS", forms: "DBA", rows: dictNothing, columns: "dbid:n name:i version:i highwater:n last_value:n description:v"},
	{name: "CPU_USAGE_STATISTICS", forms: "DBA", rows: dictNothing, columns: "dbid:n version:i timestamp:d cpu_count:n cpu_core_count:n cpu_socket_count:n"},
	{
		name: "SERVICES", forms: "DBA", columns: "service_id:n name:i name_hash:n network_name:v creation_date:d failover_method:i failover_type:i goal:i dtp:i enabled:i aq_ha_notifications:i clb_goal:i edition:i pdb:i@12.1",
		rows: func(s *Session, put putRow) {
			put("service_id", 1, "name", s.db.info.Service, "network_name", s.db.info.Service, "creation_date", s.db.start, "enabled", "NO")
		},
	},
}

func init() {
	systemViews = append(systemViews, dictView{
		name: "UNIFIED_AUDIT_TRAIL", since: 1201, rows: dictNothing,
		columns: "audit_type:i sessionid:n os_username:i userhost:i terminal:i instance_id:n dbid:n dbusername:i client_program_name:v entry_id:n statement_id:n event_timestamp:t action_name:i return_code:n scn:n object_schema:i object_name:i sql_text:c sql_binds:c",
	})
}
