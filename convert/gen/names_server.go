package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/postgres/quote"
)

// A name without a schema is looked for in pg_catalog first: a type or function of the source that is named as one of
// PostgreSQL's would not be found, or be another one in silence. Such a one is called with its schema, which is public where
// the source names none.

var serverTypes = words(
	"point line lseg box path polygon circle money bit varbit name text date time timetz timestamp timestamptz interval",
	"json jsonb jsonpath xml uuid inet cidr macaddr macaddr8 oid xid xid8 cid tid bool bytea char bpchar varchar numeric int2 int4 int8 float4 float8",
	"record trigger void any unknown internal refcursor tsvector tsquery aclitem regclass regproc regtype regrole txid_snapshot",
)

// serverFunctions are those of PostgreSQL 15 whose names are words that others may use, too.
var serverFunctions = words(
	"abbrev abs aclcontains acldefault aclexplode aclinsert aclitemeq aclitemin aclitemout aclremove acos acosd acosh age amvalidate area array_agg",
	"array_append array_length array_to_string arraycontained arraycontains arrayoverlap ascii asin asind asinh atan atan2 atan2d atand atanh avg bernoulli",
	"binary_upgrade_create_empty_extension binary_upgrade_set_missing_value binary_upgrade_set_next_array_pg_type_oid",
	"binary_upgrade_set_next_heap_pg_class_oid binary_upgrade_set_next_heap_relfilenode binary_upgrade_set_next_index_pg_class_oid",
	"binary_upgrade_set_next_index_relfilenode binary_upgrade_set_next_multirange_array_pg_type_oid binary_upgrade_set_next_multirange_pg_type_oid",
	"binary_upgrade_set_next_pg_authid_oid binary_upgrade_set_next_pg_enum_oid binary_upgrade_set_next_pg_tablespace_oid",
	"binary_upgrade_set_next_pg_type_oid binary_upgrade_set_next_toast_pg_class_oid binary_upgrade_set_next_toast_relfilenode",
	"binary_upgrade_set_record_init_privs bit bitand bitcat bitcmp biteq bitge bitgt bitle bitlt bitne bitnot bitor bitshiftleft bitshiftright bitxor",
	"bool_and bool_or bound_box box broadcast cardinality cbrt ceil ceiling center char_length chr cideq cidin cidout circle clock_timestamp close_ls",
	"close_lseg close_pb close_ps close_sb col_description concat concat_ws convert convert_from convert_to corr cos cosd cosh cot cotd count covar_pop",
	"covar_samp cume_dist cume_dist_final current_database current_query current_schema current_schemas current_setting current_user currtid2 currval",
	"cursor_to_xml cursor_to_xmlschema database_to_xml database_to_xml_and_xmlschema database_to_xmlschema date date_part date_trunc datemultirange",
	"daterange daterange_canonical daterange_subdiff dcbrt decode degrees dense_rank dense_rank_final dexp diagonal diameter dist_bp dist_bs dist_cpoint",
	"dist_cpoly dist_lp dist_ls dist_pathp dist_pb dist_pc dist_polyc dist_polyp dist_ppath dist_ppoly dist_ps dist_sb dist_sl dist_sp div dlog1 dlog10",
	"dpow dround dsqrt dtrunc encode enum_first every exp extract factorial family first_value floor flt4_mul_cash flt8_mul_cash fmgr_c_validator",
	"fmgr_internal_validator fmgr_sql_validator format format_type gcd gen_random_uuid generate_series generate_subscripts get_bit get_byte",
	"get_current_ts_config getdatabaseencoding getpgusername gtsquery_consistent gtsquery_union gtsvector_consistent gtsvector_options gtsvector_union",
	"gtsvectorin gtsvectorout has_table_privilege height host hostmask initcap integer_pl_date inter_lb inter_sb inter_sl interval is_normalized isclosed",
	"isempty isfinite ishorizontal isparallel isperp isvertical json_agg justify_days justify_hours justify_interval lag last_value lastval lcm lead left",
	"length like like_escape line log log10 loread lower lower_inc lower_inf lowrite lpad ltrim make_date make_interval make_time make_timestamp",
	"make_timestamptz makeaclitem masklen max md5 min min_scale mod mode mode_final money mul_d_interval mxid_age name netmask nextval normalize notlike",
	"now npoints nth_value ntile num_nonnulls num_nulls numeric nummultirange numnode numrange numrange_subdiff obj_description octet_length on_pb on_ppath",
	"on_ps on_sb on_sl overlaps overlay parse_ident path pclose percent_rank percent_rank_final percentile_cont percentile_cont_float8_final",
	"percentile_cont_float8_multi_final percentile_cont_interval_final percentile_cont_interval_multi_final percentile_disc percentile_disc_final",
	"percentile_disc_multi_final plpgsql_validator point polygon popen position postgresql_fdw_validator pow power pt_contained_circle pt_contained_poly",
	"query_to_xml query_to_xml_and_xmlschema query_to_xmlschema querytree quote_ident quote_literal quote_nullable radians radius random rank rank_final",
	"repeat replace reverse right round row_number row_security_active row_to_json rpad rtrim satisfies_hash_partition scale schema_to_xml",
	"schema_to_xml_and_xmlschema schema_to_xmlschema session_user set_bit set_byte set_config set_masklen setseed setval setweight sha224 sha256 sha384",
	"sha512 shobj_description sign similar_escape similar_to_escape sin sind sinh slope split_part sqrt starts_with statement_timestamp stddev stddev_pop",
	"stddev_samp string_agg string_agg_finalfn string_to_array string_to_table strip strpos substr substring suppress_redundant_updates_trigger system",
	"table_to_xml table_to_xml_and_xmlschema table_to_xmlschema tan tand tanh text textanycat textcat texteq texteqname textgename textgtname texticlike",
	"texticnlike texticregexeq texticregexne textin textlen textlename textlike textltname textne textnename textnlike textout textregexeq textregexne time",
	"timeofday timetz timetz_hash_extended timetz_mi_interval timetz_pl_interval timezone to_ascii to_char to_date to_hex to_json to_jsonb to_number",
	"to_regclass to_regcollation to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure to_regrole to_regtype to_timestamp",
	"transaction_timestamp translate trim_array trim_scale trunc tsq_mcontained tsq_mcontains tsrange tsrange_subdiff tstzmultirange tstzrange",
	"tstzrange_subdiff unique_key_recheck unistr unnest upper upper_inc upper_inf var_pop var_samp variance version width_bucket xmlagg xpath xpath_exists",
)

func words(lines ...string) map[string]bool {
	m := map[string]bool{}
	for _, l := range lines {
		for _, s := range strings.Fields(l) {
			m[s] = true
		}
	}
	return m
}

// hidden is the qualified name of an object without a schema that PostgreSQL's own would hide, "" for all others.
func (n *namer) hidden(o *model.Object) string {
	if n.schema(o.Schema) != "" {
		return ""
	}
	name := n.fold(o.Name)
	if o.Kind == model.KindType && serverTypes[name] || o.Kind == model.KindFunction && serverFunctions[name] {
		return quote.Qualified("public", name)
	}
	return ""
}
