package bundle

// Facts of the instance: what database this is, what it can do and what of it is in use.
var instanceExtracts = []Extract{
	{
		Name: "session", Title: "The collecting session and what every user may know of the database", Group: GroupInstance,
		Columns: columns(
			"db_name:n = SYS_CONTEXT('USERENV', 'DB_NAME')", "db_unique_name:n = SYS_CONTEXT('USERENV', 'DB_UNIQUE_NAME')",
			"container:n@12.1 = SYS_CONTEXT('USERENV', 'CON_NAME')", "con_id:#@12.1 = SYS_CONTEXT('USERENV', 'CON_ID')",
			"service_name:n = SYS_CONTEXT('USERENV', 'SERVICE_NAME')", "server_host:v = SYS_CONTEXT('USERENV', 'SERVER_HOST')",
			"session_user:n = SYS_CONTEXT('USERENV', 'SESSION_USER')", "language:w = SYS_CONTEXT('USERENV', 'LANGUAGE')",
			"product:w = p.product", "version:w = p.version", "collected_at:d = SYSDATE",
		),
		Key: []string{"db_name"}, From: "product_component_version p", Where: "p.product LIKE 'Oracle%Database%'",
	},
	{
		Name: "database", Title: "The database and its instance", Group: GroupInstance,
		Columns: columns(
			"dbid:# = d.dbid", "name:n = d.name", "db_unique_name:n = d.db_unique_name", "created:d = d.created", "resetlogs_time:d = d.resetlogs_time",
			"log_mode:w = d.log_mode", "open_mode:w = d.open_mode", "database_role:w = d.database_role", "force_logging:w = d.force_logging",
			"flashback_on:w = d.flashback_on", "supplemental_log_data_min:w = d.supplemental_log_data_min", "supplemental_log_data_pk:w = d.supplemental_log_data_pk",
			"supplemental_log_data_ui:w = d.supplemental_log_data_ui", "supplemental_log_data_fk:w = d.supplemental_log_data_fk", "supplemental_log_data_all:w = d.supplemental_log_data_all",
			"platform_name:w = d.platform_name", "current_scn:# = d.current_scn", "cdb:w@12.1 = d.cdb",
			"instance_name:n = i.instance_name", "host_name:v = i.host_name", "version:w = i.version", "version_full:w@18 = i.version_full", "startup_time:d = i.startup_time",
			"parallel:w = i.parallel", "edition:w@12.1 = i.edition",
		),
		Key: []string{"dbid"}, From: "v$database d, v$instance i", FromAll: "-",
	},
	{Name: "versions", Title: "Banners of the software", Group: GroupInstance, Columns: columns("banner:w"), Key: []string{"banner"}, From: "v$version t", FromAll: "-"},
	{
		Name: "instances", Title: "Instances of the cluster", Group: GroupInstance,
		Columns: columns("inst_id:# instance_number:# instance_name:n host_name:v version:w startup_time:d status:w thread#:#"), Key: []string{"inst_id"}, From: "gv$instance t", FromAll: "-",
	},
	{
		Name: "containers", Title: "Pluggable databases that the session can see", Group: GroupInstance, Since: 1201,
		Columns: columns("con_id:# dbid:# name:n open_mode:w restricted:w"), Key: []string{"con_id"}, From: "v$pdbs t", FromAll: "-",
	},
	{
		Name: "parameters", Title: "Initialisation parameters", Group: GroupInstance,
		Columns: columns("inst_id:# name:w isdefault:w ismodified:w isdeprecated:w value:v*"), Key: []string{"inst_id", "name"}, From: "gv$system_parameter t", FromAll: "-",
	},
	{Name: "nls", Title: "Character sets and other settings of the database", Group: GroupInstance, Columns: columns("parameter:w value:w"), Key: []string{"parameter"}, From: "nls_database_parameters t"},
	{Name: "timezone_file", Title: "Version of the time-zone file", Group: GroupInstance, Columns: columns("filename:w version:#"), Key: []string{"filename"}, From: "v$timezone_file t", FromAll: "-"},
	{Name: "options", Title: "Options of the software", Group: GroupInstance, Columns: columns("parameter:w value:w"), Key: []string{"parameter"}, From: "v$option t", FromAll: "-"},
	{Name: "components", Title: "Components that are installed", Group: GroupInstance, Columns: columns("comp_id:w comp_name:w version:w status:w schema:n"), Key: []string{"comp_id"}, From: "dba_registry t", FromAll: "-"},
	{
		Name: "patches", Title: "Patches applied to the dictionary", Group: GroupInstance, Since: 1201,
		Columns: columns("patch_id:# action:w status:w action_time:d description:w"), Key: []string{"patch_id", "action", "action_time"}, From: "dba_registry_sqlpatch t", FromAll: "-",
	},
	{
		Name: "feature_usage", Title: "Features in use, as Oracle samples them every week", Group: GroupInstance,
		Columns: columns("dbid:# name:w version:w detected_usages:# total_samples:# currently_used:w first_usage_date:d last_usage_date:d last_sample_date:d aux_count:#"),
		Key:     []string{"dbid", "name", "version"}, From: "dba_feature_usage_statistics t", FromAll: "-",
	},
	{
		Name: "high_water_marks", Title: "Largest sizes and counts seen so far", Group: GroupInstance,
		Columns: columns("dbid:# name:w version:w highwater:# last_value:# description:w"), Key: []string{"dbid", "name", "version"}, From: "dba_high_water_mark_statistics t", FromAll: "-",
	},
	{
		Name: "cpu_usage", Title: "Processors over time", Group: GroupInstance,
		Columns: columns("dbid:# version:w timestamp:d cpu_count:# cpu_core_count:# cpu_socket_count:#"), Key: []string{"dbid", "version", "timestamp"}, From: "dba_cpu_usage_statistics t", FromAll: "-",
	},
	{Name: "osstat", Title: "Figures of the operating system", Group: GroupInstance, Columns: columns("inst_id:# stat_name:w value:#"), Key: []string{"inst_id", "stat_name"}, From: "gv$osstat t", FromAll: "-"},
	{
		Name: "sga", Title: "Memory shared by all sessions", Group: GroupInstance,
		Columns: columns("inst_id:# name:w bytes:#"), Key: []string{"inst_id", "name"}, From: "gv$sgainfo t", FromAll: "-",
	},
	{Name: "pga", Title: "Memory of the sessions", Group: GroupInstance, Columns: columns("inst_id:# name:w value:# unit:w"), Key: []string{"inst_id", "name"}, From: "gv$pgastat t", FromAll: "-"},
	{
		Name: "resource_limits", Title: "Sessions and processes: now, most, allowed", Group: GroupInstance,
		Columns: columns("inst_id:# resource_name:w current_utilization:# max_utilization:# initial_allocation:w limit_value:w"), Key: []string{"inst_id", "resource_name"}, From: "gv$resource_limit t", FromAll: "-",
	},
	{Name: "sysstat", Title: "Counters since the start of the instance", Group: GroupInstance, Columns: columns("inst_id:# name:w value:#"), Key: []string{"inst_id", "name"}, From: "gv$sysstat t", FromAll: "-"},
	{
		Name: "sessions", Title: "Who is connected, by program", Group: GroupInstance,
		Columns: columns("inst_id:# username:n program:v module:v machine:v service_name:n", "sessions:# = COUNT(*)"),
		Key:     []string{"inst_id", "username", "program", "module", "machine", "service_name"}, From: "gv$session t", FromAll: "-",
		Where: "t.type = 'USER' AND t.username IS NOT NULL", GroupBy: "t.inst_id, t.username, t.program, t.module, t.machine, t.service_name",
	},
	{
		Name: "services", Title: "Services that clients connect to", Group: GroupInstance,
		Columns: columns("name:n network_name:v failover_method:w goal:w enabled:w"), Key: []string{"name"}, From: "dba_services t", FromAll: "-",
	},
}

// Facts of where data lies and how much of it there is.
var storageExtracts = []Extract{
	{
		Name: "tablespaces", Title: "Tablespaces", Group: GroupStorage,
		Columns: columns("tablespace_name:n block_size:# status:w contents:w logging:w force_logging:w extent_management:w segment_space_management:w bigfile:w encrypted:w compress_for:w"),
		Key:     []string{"tablespace_name"}, From: "dba_tablespaces t", FromAll: "user_tablespaces t",
	},
	{
		Name: "data_files", Title: "Size of the tablespaces", Group: GroupStorage,
		Columns: columns("tablespace_name:n", "files:# = COUNT(*)", "bytes:# = SUM(t.bytes)", "max_bytes:# = SUM(GREATEST(t.bytes, NVL(t.maxbytes, 0)))"),
		Key:     []string{"tablespace_name"}, From: "dba_data_files t", FromAll: "-", GroupBy: "t.tablespace_name",
	},
	{
		Name: "temp_files", Title: "Size of the temporary tablespaces", Group: GroupStorage,
		Columns: columns("tablespace_name:n", "files:# = COUNT(*)", "bytes:# = SUM(t.bytes)"), Key: []string{"tablespace_name"}, From: "dba_temp_files t", FromAll: "-", GroupBy: "t.tablespace_name",
	},
	{
		Name: "free_space", Title: "Free space in the tablespaces", Group: GroupStorage,
		Columns: columns("tablespace_name:n", "bytes:# = SUM(t.bytes)"), Key: []string{"tablespace_name"}, From: "dba_free_space t", FromAll: "user_free_space t", GroupBy: "t.tablespace_name",
	},
	{
		Name: "segments", Title: "Size of tables, indexes and LOBs on disk; partitions are summed", Group: GroupStorage, Owner: "t.owner",
		Columns: columns("owner:n segment_name:n segment_type:w", "partitions:# = COUNT(*)", "bytes:# = SUM(t.bytes)", "blocks:# = SUM(t.blocks)", "extents:# = SUM(t.extents)"),
		Key:     []string{"owner", "segment_name", "segment_type"}, From: "dba_segments t",
		FromAll: "(SELECT USER AS owner, segment_name, segment_type, bytes, blocks, extents FROM user_segments) t", GroupBy: "t.owner, t.segment_name, t.segment_type",
	},
}
