package bundle

// Facts of schema objects that hold data.
var objectExtracts = []Extract{
	{
		Name: "objects", Title: "All objects", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n object_name:n subobject_name:n object_type:w object_id:# data_object_id:# status:w created:d last_ddl_time:d temporary:w generated:w secondary:w edition_name:n"),
		Key:     []string{"owner", "object_type", "object_name", "subobject_name"}, From: "{p}_objects t",
	},
	{
		Name: "tables", Title: "Tables: how they are stored, and their statistics", Group: GroupObjects, Owner: "t.owner",
		Columns: columns(
			"owner:n table_name:n tablespace_name:n cluster_name:n iot_name:n iot_type:w status:w logging:w num_rows:# blocks:# avg_row_len:# chain_cnt:# sample_size:# last_analyzed:d",
			"partitioned:w temporary:w duration:w nested:w secondary:w row_movement:w compression:w compress_for:w dependencies:w read_only:w degree:w",
			"dropped:w has_identity:w@12.1 external:w@12.2 sharded:w@12.2 default_collation:w@12.2",
		),
		Key: []string{"owner", "table_name"}, From: "{p}_tables t",
	},
	{
		Name: "object_tables", Title: "Tables of object types", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n table_type_owner:n table_type:n object_id_type:w nested:w"), Key: []string{"owner", "table_name"}, From: "{p}_object_tables t",
	},
	{
		Name: "nested_tables", Title: "Nested tables and the columns they belong to", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n table_type_owner:n table_type_name:n parent_table_name:n parent_table_column:n"), Key: []string{"owner", "table_name"}, From: "{p}_nested_tables t",
	},
	{
		Name: "columns", Title: "Columns of tables and views, hidden ones too", Group: GroupObjects, Owner: "t.owner",
		Columns: columns(
			"owner:n table_name:n column_name:n column_id:# internal_column_id:# data_type:w data_type_mod:w data_type_owner:n data_length:# data_precision:# data_scale:# nullable:w",
			"char_length:# char_used:w hidden_column:w virtual_column:w num_distinct:# num_nulls:# avg_col_len:# histogram:w",
			"user_generated:w@12.1 default_on_null:w@12.1 identity_column:w@12.1 collation:w@12.2",
		),
		Key: []string{"owner", "table_name", "internal_column_id"}, From: "{p}_tab_cols t",
	},
	{
		Name: "column_defaults", Title: "Defaults and expressions of columns", Group: GroupObjects, Owner: "t.owner", Form: FormLong,
		Columns: columns("owner:n table_name:n column_name:n data_default:x*"), Key: []string{"owner", "table_name", "column_name"}, From: "{p}_tab_cols t", Where: "t.default_length > 0",
	},
	{
		Name: "identity_columns", Title: "Identity columns", Group: GroupObjects, Owner: "t.owner", Since: 1201,
		Columns: columns("owner:n table_name:n column_name:n generation_type:w sequence_name:n identity_options:w"), Key: []string{"owner", "table_name", "column_name"}, From: "{p}_tab_identity_cols t",
	},
	{
		Name: "encrypted_columns", Title: "Columns that are encrypted", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n column_name:n encryption_alg:w salt:w integrity_alg:w"), Key: []string{"owner", "table_name", "column_name"}, From: "{p}_encrypted_columns t",
	},
	{
		Name: "table_comments", Title: "Comments on tables and views", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n table_type:w comments:v*"), Key: []string{"owner", "table_name"}, From: "{p}_tab_comments t", Where: "t.comments IS NOT NULL",
	},
	{
		Name: "column_comments", Title: "Comments on columns", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n column_name:n comments:v*"), Key: []string{"owner", "table_name", "column_name"}, From: "{p}_col_comments t", Where: "t.comments IS NOT NULL",
	},
	{
		Name: "constraints", Title: "Constraints", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n constraint_name:n constraint_type:w table_name:n r_owner:n r_constraint_name:n delete_rule:w status:w deferrable:w deferred:w validated:w generated:w rely:w index_owner:n index_name:n invalid:w view_related:w"),
		Key:     []string{"owner", "constraint_name", "table_name"}, From: "{p}_constraints t",
	},
	{
		Name: "check_conditions", Title: "Conditions of check constraints", Group: GroupObjects, Owner: "t.owner", Form: FormLong,
		Columns: columns("owner:n constraint_name:n table_name:n search_condition:x*"), Key: []string{"owner", "constraint_name", "table_name"}, From: "{p}_constraints t", Where: "t.constraint_type = 'C'",
	},
	{
		Name: "constraint_columns", Title: "Columns of constraints", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n constraint_name:n table_name:n position:# column_name:n*"), Key: []string{"owner", "constraint_name", "table_name", "position", "column_name"}, From: "{p}_cons_columns t",
	},
	{
		Name: "indexes", Title: "Indexes and their statistics", Group: GroupObjects, Owner: "t.owner",
		Columns: columns(
			"owner:n index_name:n index_type:w table_owner:n table_name:n table_type:w uniqueness:w compression:w prefix_length:# tablespace_name:n logging:w status:w",
			"blevel:# leaf_blocks:# distinct_keys:# clustering_factor:# num_rows:# last_analyzed:d degree:w partitioned:w temporary:w generated:w secondary:w",
			"ityp_owner:n ityp_name:n domidx_status:w funcidx_status:w join_index:w visibility:w parameters:v*",
		),
		Key: []string{"owner", "index_name"}, From: "{p}_indexes t",
	},
	{
		Name: "index_columns", Title: "Columns of indexes", Group: GroupObjects, Owner: "t.index_owner",
		Columns: columns("index_owner:n index_name:n table_owner:n table_name:n column_position:# descend:w column_name:n*"), Key: []string{"index_owner", "index_name", "column_position"}, From: "{p}_ind_columns t",
	},
	{
		Name: "index_expressions", Title: "Expressions of function-based indexes", Group: GroupObjects, Owner: "t.index_owner", Form: FormLong,
		Columns: columns("index_owner:n index_name:n table_owner:n table_name:n column_position:# column_expression:x*"), Key: []string{"index_owner", "index_name", "column_position"}, From: "{p}_ind_expressions t",
	},
	{
		Name: "partitioned_tables", Title: "How tables are partitioned", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n partitioning_type:w subpartitioning_type:w partition_count:# def_subpartition_count:# partitioning_key_count:# subpartitioning_key_count:# status:w ref_ptn_constraint_name:n interval:x* autolist:w@12.2"),
		Key:     []string{"owner", "table_name"}, From: "{p}_part_tables t",
	},
	{
		Name: "partitioned_indexes", Title: "How indexes are partitioned", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n index_name:n table_name:n partitioning_type:w subpartitioning_type:w partition_count:# locality:w alignment:w"), Key: []string{"owner", "index_name"}, From: "{p}_part_indexes t",
	},
	{
		Name: "partition_keys", Title: "Columns that partition", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n name:n object_type:w column_position:# column_name:n*"), Key: []string{"owner", "object_type", "name", "column_position"}, From: "{p}_part_key_columns t",
	},
	{
		Name: "subpartition_keys", Title: "Columns that sub-partition", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n name:n object_type:w column_position:# column_name:n*"), Key: []string{"owner", "object_type", "name", "column_position"}, From: "{p}_subpart_key_columns t",
	},
	{
		Name: "partitions", Title: "Partitions of tables with their bounds", Group: GroupObjects, Owner: "t.table_owner", Form: FormLong,
		Columns: columns("table_owner:n table_name:n partition_name:n partition_position:# subpartition_count:# composite:w tablespace_name:n num_rows:# blocks:# avg_row_len:# compression:w last_analyzed:d high_value:x*"),
		Key:     []string{"table_owner", "table_name", "partition_position", "partition_name"}, From: "{p}_tab_partitions t",
	},
	{
		Name: "lobs", Title: "LOB columns and how they are stored", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n segment_name:n tablespace_name:n index_name:n chunk:# pctversion:# retention:# cache:w logging:w encrypt:w compression:w deduplication:w in_row:w partitioned:w securefile:w column_name:n*"),
		Key:     []string{"owner", "table_name", "column_name"}, From: "{p}_lobs t",
	},
	{
		Name: "lob_partitions", Title: "LOBs of partitions and how they are stored", Group: GroupObjects, Owner: "t.table_owner",
		Columns: columns("table_owner:n table_name:n lob_name:n partition_name:n lob_partition_name:n partition_position:# composite:w chunk:# cache:w in_row:w tablespace_name:n logging:w encrypt:w compression:w deduplication:w securefile:w column_name:n*"),
		Key:     []string{"table_owner", "table_name", "column_name", "partition_position", "partition_name"}, From: "{p}_lob_partitions t",
	},
	{
		Name: "lob_subpartitions", Title: "LOBs of subpartitions and how they are stored", Group: GroupObjects, Owner: "t.table_owner",
		Columns: columns("table_owner:n table_name:n lob_name:n lob_partition_name:n subpartition_name:n lob_subpartition_name:n subpartition_position:# chunk:# cache:w in_row:w tablespace_name:n logging:w encrypt:w compression:w deduplication:w securefile:w column_name:n*"),
		Key:     []string{"table_owner", "table_name", "column_name", "lob_partition_name", "subpartition_position", "subpartition_name"}, From: "{p}_lob_subpartitions t",
	},
	{
		Name: "histograms", Title: "Histograms of columns that have one; ends are numbers that encode values, and are masked like values", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n endpoint_number:# endpoint_value:v endpoint_repeat_count:#@12.1 column_name:n*"), Key: []string{"owner", "table_name", "column_name", "endpoint_number"},
		From: "{p}_tab_histograms t", Where: "EXISTS (SELECT 1 FROM {p}_tab_col_statistics c WHERE c.owner = t.owner AND c.table_name = t.table_name AND c.column_name = t.column_name AND c.histogram <> 'NONE')",
	},
	{
		Name: "external_tables", Title: "External tables", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n type_owner:n type_name:w default_directory_owner:n default_directory_name:n reject_limit:w access_type:w property:w access_parameters:v*"),
		Key:     []string{"owner", "table_name"}, From: "{p}_external_tables t",
	},
	{
		Name: "xml_columns", Title: "Columns of XMLTYPE", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n column_name:n* xmlschema:v element_name:n storage_type:w"), Key: []string{"owner", "table_name", "column_name"}, From: "{p}_xml_tab_cols t",
	},
	{
		Name: "xml_tables", Title: "Tables of XMLTYPE", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n table_name:n xmlschema:v schema_owner:n element_name:n storage_type:w"), Key: []string{"owner", "table_name"}, From: "{p}_xml_tables t",
	},
	{
		Name: "xml_schemas", Title: "Registered XML schemas", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n schema_url:v* local:w"), Key: []string{"owner", "schema_url"}, From: "{p}_xml_schemas t",
	},
	{
		Name: "views", Title: "Views with their queries", Group: GroupObjects, Owner: "t.owner", Form: FormLong,
		Columns: columns("owner:n view_name:n text_length:# read_only:w view_type_owner:n view_type:n superview_name:n editioning_view:w text:s*"), Key: []string{"owner", "view_name"}, From: "{p}_views t",
	},
	{
		Name: "mviews", Title: "Materialized views with their queries", Group: GroupObjects, Owner: "t.owner", Form: FormLong,
		Columns: columns("owner:n mview_name:n container_name:n rewrite_enabled:w refresh_mode:w refresh_method:w build_mode:w fast_refreshable:w last_refresh_type:w last_refresh_date:d staleness:w compile_state:w query:s*"),
		Key:     []string{"owner", "mview_name"}, From: "{p}_mviews t",
	},
	{
		Name: "mview_logs", Title: "Logs of materialized views", Group: GroupObjects, Owner: "t.log_owner",
		Columns: columns("log_owner:n master:n log_table:n rowids:w primary_key:w object_id:w filter_columns:w sequence:w include_new_values:w"), Key: []string{"log_owner", "master"}, From: "{p}_mview_logs t",
	},
	{
		Name: "sequences", Title: "Sequences and how far they are", Group: GroupObjects, Owner: "t.sequence_owner",
		Columns: columns("sequence_owner:n sequence_name:n min_value:# max_value:# increment_by:# cycle_flag:w order_flag:w cache_size:# last_number:#"), Key: []string{"sequence_owner", "sequence_name"}, From: "{p}_sequences t",
	},
	{
		Name: "synonyms", Title: "Synonyms of the schemas, and public ones for their objects", Group: GroupObjects, Owner: "t.owner", Other: "t.table_owner",
		Columns: columns("owner:n synonym_name:n table_owner:n table_name:n db_link:n"), Key: []string{"owner", "synonym_name"}, From: "{p}_synonyms t",
	},
	{
		Name: "types", Title: "Object and collection types", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n type_name:n typecode:w attributes:# methods:# predefined:w incomplete:w final:w instantiable:w supertype_owner:n supertype_name:n"),
		Key:     []string{"owner", "type_name"}, From: "{p}_types t", Where: "t.owner IS NOT NULL",
	},
	{
		Name: "queues", Title: "Queues", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n name:n queue_table:n queue_type:w max_retries:# retry_delay:# enqueue_enabled:w dequeue_enabled:w retention:w"), Key: []string{"owner", "name"}, From: "{p}_queues t",
	},
	{
		Name: "queue_tables", Title: "Queue tables and their payloads", Group: GroupObjects, Owner: "t.owner",
		Columns: columns("owner:n queue_table:n type:w object_type:n sort_order:w recipients:w message_grouping:w"), Key: []string{"owner", "queue_table"}, From: "{p}_queue_tables t",
	},
	{
		Name: "ilm_objects", Title: "Objects under information lifecycle policies", Group: GroupObjects, Owner: "t.object_owner", Since: 1201,
		Columns: columns("policy_name:n object_owner:n object_name:n subobject_name:n object_type:w enabled:w"), Key: []string{"object_owner", "object_name", "subobject_name", "policy_name"}, From: "dba_ilmobjects t", FromAll: "-",
	},
}
