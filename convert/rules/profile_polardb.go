package rules

import (
	"strings"

	"landfall/internal/model"
)

// polarDefault is the level that is meant when none is named.
const polarDefault = "2.0"

// vendorPages are the places that the table below cites by their first word.
var vendorPages = map[string]string{
	"PO": "www.alibabacloud.com/help/en/polardb/polardb-for-oracle/",
	"PZ": "help.aliyun.com/zh/polardb/polardb-for-oracle/",
	"PE": "help.aliyun.com/en/polardb/polardb-for-oracle/",
	"PT": "www.alibabacloud.com/help/tc/polardb/polardb-for-oracle/",
	"JA": "www.alibabacloud.com/help/ja/polardb/polardb-for-oracle/",
	"PB": "www.alibabacloud.com/help/pt-br/polardb/polardb-for-oracle/",
	"DD": "help.aliyun.com/document_detail/",
	"AD": "www.alibabacloud.com/help/doc-detail/",
	"TZ": "help.aliyun.com/zh/dts/user-guide/",
	"J":  "github.com/ApsaraDB/polardb_for_jdbc/",
}

// polarRow is what the vendor's pages say about one feature, for the level 1.0 (PostgreSQL 11 underneath) and 2.0
// (PostgreSQL 14). Nothing here was run on a server: a probe (landfall doctor) stands above it.
type polarRow struct {
	feature  Feature
	one, two State
	pages    string // separated by spaces
	note     string
	inferred bool
}

const polarDriverTest = "J/pgjdbc/src/test/java/com/aliyun/polardb2/test/jdbc2/PolarIndexInfoRowidOracleCaseTest.java"

// polarTable: pages marked as documents of 1.0 speak for 2.0 only where another page does too.
var polarTable = []polarRow{
	// Types.
	{FeatureNumber, Native, Native, "PZ/field-mapping-with-oracle AD/116365", "", false},
	{FeatureNumberScale, Unknown, Unknown, "", "numeric of PostgreSQL 11 and 14 takes no negative scale", false},
	{FeatureInteger38, Absent, Absent, "PE/data-types-1", "INTEGER and PLS_INTEGER have four bytes: NUMBER(38) for Oracle's INTEGER", false},
	{FeatureVarchar2, Native, Native, "PE/character-types AD/116365", "", false},
	{FeatureVarchar2Bytes, Absent, Absent, "PE/character-types", "the length counts characters, and blanks beyond it are cut in silence", false},
	{FeatureDate, Native, Native, "PO/64-bit-date-types PO/date-and-time-types", "64 bits on new clusters from 1.1.29, and on 2.0", false},
	{FeatureDateArithmetic, Partial, Partial, "PO/64-bit-date-types", "date minus date is a number with the 64-bit type; older clusters give an interval", false},
	{FeatureLong, Partial, Partial, "PZ/field-mapping-with-oracle PE/character-type", "text, up to about 1 GB", false},
	{FeatureRaw, Partial, Partial, "PE/data-types-1 PE/binary-data-type", "a name for bytea: the length is not held", false},
	{FeatureLob, Partial, Partial, "PZ/field-mapping-with-oracle PE/character-type PE/binary-data-type", "CLOB up to about 1 GB; one page caps BLOB at 16 MB", false},
	{FeatureRowidType, Unknown, Partial, "PT/2024-oracle2-0", "UROWID from 2.0.14.13.27.0", false},
	{FeatureBfile, Unknown, Unknown, "", "", false},
	{FeatureXMLType, Partial, Partial, "PE/xml-type PE/xmltype-type", "a value on 1.0; createXML, getStringVal, getClobVal, getNumberVal and extract from 2.0.14.17.32.0", false},
	{FeatureTimeZoneKept, Absent, Absent, "PZ/field-mapping-with-oracle", "timestamptz: an instant without its zone", true},
	{FeatureLocalTimeZone, Partial, Partial, "PZ/field-mapping-with-oracle", "timestamptz", false},
	{FeatureTimestampNano, Absent, Absent, "AD/2398454 PO/date-and-time-types", "microseconds", false},
	{FeatureIntervals, Native, Native, "PZ/field-mapping-with-oracle PO/date-and-time-types", "", false},
	{FeatureBinaryFloat, Native, Native, "PZ/field-mapping-with-oracle", "", false},
	{FeatureDecimalFloat, Absent, Absent, "PE/data-types-1", "FLOAT(1) to FLOAT(24) is real, above it is double precision", false},
	{FeatureNationalText, Native, Native, "PE/character-types AD/116365", "", false},
	{FeatureCharPadding, Native, Native, "PE/character-types", "", false},
	{FeatureObjectTypes, Partial, Partial, "PO/create-type-body PB/create-an-object-type", "member, static and constructor methods; MAP, ORDER and OVERRIDING are not in the syntax", false},
	{FeatureTypeInheritance, Unknown, Unknown, "", "UNDER is not in the syntax of the page on CREATE TYPE", false},
	{FeatureNestedTables, Unknown, Partial, "www.alibabacloud.com/help/zh/doc-detail/2866238.html", "several NESTED TABLE clauses from 2.0.14.19.38.0", false},
	{FeatureJSONType, Unknown, Unknown, "", "", false},
	{FeatureEmptyStringNull, Unknown, Unknown, "", "no page or parameter found: probe", false},
	{FeatureImplicitConvert, Unknown, Unknown, "", "", false},
	{FeatureNumberDivision, Unknown, Partial, "DD/2875615 PT/2024-oracle2-0", "from 2.0.14.13.27.0, on clusters made since", false},
	{FeatureStatementRevert, Partial, Native, "DD/148964 PZ/default-values-of-cluster-parameters", "1.0: polar_comp_stmt_level_tx, off by default; 2.0: polar_enable_stmt_transaction_rollback, on by default", false},
	{FeatureVirtualColumns, Unknown, Unknown, "", "", false},
	{FeatureIdentity, Unknown, Native, "PO/guidelines-for-using-sequences-and-auto-generated-columns", "BY DEFAULT ON NULL too, from 2.0.14.17.36.0", false},
	{FeatureDefaultOnNull, Unknown, Unknown, "", "", false},
	{FeatureInvisibleColumns, Unknown, Native, polarDriverTest, "", false},

	// Schema objects.
	{FeatureGlobalTemporary, Partial, Partial, "AD/2398504 DD/142368", "shared definition, private rows; btree indexes only, no ON COMMIT DROP", false},
	{FeaturePrivateTemporary, Unknown, Unknown, "", "", false},
	{FeatureIndexOrganized, Absent, Absent, "DD/184060", "", false},
	{FeatureClusters, Absent, Absent, "DD/184060", "", false},
	{FeaturePartitions, Native, Native, "AD/116365", "", false},
	{FeatureIntervalPartitions, Partial, Partial, "PZ/interval-range-partition-oracle", "one key, a number or a date, with at least one range; not for subpartitions, no MAXVALUE or DEFAULT", false},
	{FeaturePartitionKeyFree, Absent, Native, "www.alibabacloud.com/help/zh/polardb/polardb-for-oracle/flashback-delete-1 PT/2024-oracle2-0", "primary keys from 2.0.14.10.17.0; unique ones become global indexes", false},
	{FeaturePartitionWork, Partial, Partial, "PZ/split-partition-2-0 PO/merge-partitions", "SPLIT not for hash partitions, MERGE for list and range only", false},
	{FeatureGlobalIndex, Absent, Partial, "PO/global-index-overview PO/self-developed-kernel-capability-oracle DD/602513", "CREATE INDEX ... GLOBAL, btree, without expressions; LOCAL is the default", false},
	{FeatureBitmapIndex, Absent, Absent, "DD/184060", "a note on 2.0 mentions them: probe", false},
	{FeatureFunctionIndex, Unknown, Native, polarDriverTest, "", false},
	{FeatureConstraintState, Unknown, Unknown, "PO/2024", "ENABLE is taken from 1.1.43; no page about DISABLE was found", false},
	{FeatureMaterializedViews, Unknown, Partial, polarDriverTest, "the statement; nothing was found about refresh clauses", false},
	{FeatureSynonyms, Partial, Partial, "PO/synonyms AD/135408 AD/116365", "public ones live in the schema public and are found by search_path", false},
	{FeatureDatabaseLinks, Partial, Partial, "PO/create-public-database-link PO/create-a-database-link-between-polardb-for-oracle-clusters", "to the same product, or to Oracle by oracle_fdw; at most ten a cluster", false},
	{FeatureSequenceOptions, Partial, Partial, "PO/sequence-manipulation-functions", "MAXVALUE beyond bigint has to be cut", true},
	{FeatureCreateUser, Partial, Partial, "DD/148961 PO/limits", "no superusers: the role polar_superuser", false},
	{FeatureTriggers, Native, Native, "PB/create-a-trigger AD/116365", "", false},
	{FeatureCompoundTriggers, Unknown, Unknown, "PB/create-a-trigger", "not in the syntax of the page: probe", false},
	{FeatureSystemTriggers, Absent, Partial, "PZ/system-trigger TZ/trigger-does-not-support-non-dml-events", "CREATE, ALTER, DROP and DDL on schema or database from 2.0.14.15.31.0; LOGON is not listed", false},
	{FeatureDictionaryViews, Partial, Partial, "PO/dba-tables PO/v-session AD/2701836", "some columns are constant; schema_name comes in addition", false},
	{FeatureVPD, Native, Native, "AD/116365 JA/oracle-compatibility", "", false},

	// Queries, functions, DML.
	{FeatureOuterJoin, Unknown, Native, "PZ/compatible-with-oracle-2-0-202504-202509", "", false},
	{FeatureConnectBy, Partial, Partial, "AD/148967 AD/116365", "CONNECT BY takes only AND between its conditions", false},
	{FeatureConnectByExtras, Native, Native, "AD/148967 PO/hierarchical-query-pseudo-column", "", false},
	{FeatureLevel, Native, Native, "PO/hierarchical-query-pseudo-column", "", false},
	{FeatureRownum, Native, Native, "AD/116365 JA/oracle-compatibility JA/keywords", "", false},
	{FeatureDual, Native, Native, "JA/oracle-compatibility", "", false},
	{FeatureMinus, Native, Native, "JA/keywords", "a reserved word of the list", true},
	{FeaturePivot, Unknown, Native, "PZ/pivot-6", "", false},
	{FeatureUnpivot, Absent, Absent, "AD/184074", "rewritten in the vendor's guide, written for 1.0", false},
	{FeatureKeep, Absent, Absent, "DD/184060", "list of 1.0", false},
	{FeatureHints, Partial, Partial, "DD/149039 PO/pg-hint-plan-o", "a hint that is not known is left out without an error", false},
	{FeatureForUpdateOf, Absent, Absent, "TZ/for-update-of-is-not-supported", "guide of 1.0", false},
	{FeatureMultiset, Absent, Absent, "PZ/collection-type/", "", false},
	{FeatureRowid, Unknown, Partial, "JA/keywords PZ/compatible-with-oracle-2-0-202504-202509", "a hidden column, where the table was made with row ids", false},
	{FeatureNvl, Native, Native, "AD/116365 JA/oracle-compatibility", "", false},
	{FeatureNvl2, Native, Native, "AD/116365 JA/oracle-compatibility", "", false},
	{FeatureDecode, Native, Native, "AD/116365 JA/oracle-compatibility", "", false},
	{FeatureSysdate, Native, Native, "AD/116365 JA/oracle-compatibility", "", false},
	{FeatureSystimestamp, Native, Native, "AD/116365 JA/oracle-compatibility", "", false},
	{FeatureFormatMasks, Partial, Partial, "AD/116868", "the masks that the page lists; others are as PostgreSQL reads them", false},
	{FeatureStorageFunction, Unknown, Partial, "PZ/compatible-with-oracle-2-0-202504-202509 DD/2875615 PO/2025-o-2", "STANDARD_HASH; nothing was found about VSIZE and DUMP", false},
	{FeatureNextval, Native, Native, "PO/sequence-manipulation-functions", "", false},
	{FeatureMerge, Partial, Partial, "PO/merge-oracle", "no WHERE in the branches (WHEN MATCHED AND instead), no subquery as target, not at SERIALIZABLE", false},
	{FeatureSubqueryDML, Partial, Partial, "AD/162231", "polar_enable_dml_from_subquery, on by default from 1.1.25", false},

	// PL/SQL.
	{FeaturePackages, Native, Native, "PO/create-package-2-0 PO/create-package-body", "", false},
	{FeaturePackageState, Native, Native, "PO/create-package-2-0 PT/2024-oracle2-0", "of the session: a pool that shares sessions mixes it up", false},
	{FeaturePackageInit, Native, Native, "PO/create-package-body", "", false},
	{FeatureOverloads, Partial, Native, "PT/2024-oracle2-0", "2.0 tells routines apart by OUT arguments too", false},
	{FeatureAnchoredTypes, Native, Native, "PE/statement", "", false},
	{FeatureRecordTypes, Native, Native, "PE/statement PE/pl-sql/", "", true},
	{FeatureAssociativeArrays, Partial, Partial, "PZ/collection-type/ PT/2024-oracle2-0", "not nested, no qualified expressions; as arguments from 2.0.14.13.27.0", false},
	{FeatureCollections, Partial, Partial, "PZ/collection-type/", "not nested, no MULTISET operators, = says nothing", false},
	{FeatureBulk, Partial, Partial, "AD/2667874 DD/184161 JA/oracle-compatibility", "FORALL over ranges, INDICES OF on 2.0; SAVE EXCEPTIONS was not seen", false},
	{FeatureCursorAttributes, Native, Native, "JA/cursor-attributes", "", false},
	{FeatureRefCursors, Native, Native, "AD/116365 PO/ref-cursor-and-cursor-variable PE/cursor", "", false},
	{FeatureExecuteImmediate, Native, Native, "AD/253916", "", false},
	{FeatureExceptions, Native, Native, "PO/error-handling AD/116365", "", false},
	{FeatureNestedSubprograms, Native, Native, "PE/pl-sql/ PZ/compatible-with-oracle-2-0-202504-202509", "", false},
	{FeatureGoto, Native, Native, "AD/253916", "", false},
	{FeatureSubtypes, Native, Native, "PE/pl-sql/ PO/user-defined-pl-or-sql-subtypes", "", false},
	{FeaturePipelined, Absent, Unknown, "TZ/the-pipelined-keyword-is-not-supported", "guide of 1.0: SETOF; probe on 2.0", false},
	{FeatureFunctionOut, Unknown, Partial, "J/PolardbRealease.md", "polar_enable_call_function_syntax, from kernels later than 2025-04-30", false},
	{FeatureExternalCalls, Absent, Absent, "DD/184060", "list of 1.0", false},
	{FeatureSavepoints, Native, Native, "AD/253916", "", false},
	{FeatureAutonomous, Partial, Partial, "PO/pragma-autonomous-transaction DD/149172", "by a second connection for each call; not in triggers on 2.0, the pragma first in the declarations", false},
	{FeatureConditionalCompile, Unknown, Unknown, "", "", false},
}

// polarPackages are the supplied packages of the list for 2.0. Of the list for 1.0 only what differs was read.
var polarPackages = []polarRow{
	{"DBMS_ALERT", Unknown, Native, "", "", false},
	{"DBMS_APPLICATION_INFO", Unknown, Native, "", "", false},
	{"DBMS_ASSERT", Unknown, Native, "", "", false},
	{"DBMS_AQ", Native, Absent, "", "", false},
	{"DBMS_AQADM", Native, Absent, "", "", false},
	{"DBMS_CRYPTO", Unknown, Native, "", "", false},
	{"DBMS_DESCRIBE", Unknown, Native, "", "", false},
	{"DBMS_JOB", Unknown, Partial, "AD/2793516", "off by default from 2.0.14.19.39.1; the vendor advises pg_cron", false},
	{"DBMS_LOCK", Unknown, Native, "", "", false},
	{"DBMS_LOB", Unknown, Native, "", "", false},
	{"DBMS_METADATA", Unknown, Native, "", "", false},
	{"DBMS_MVIEW", Unknown, Native, "", "", false},
	{"DBMS_OBFUSCATION_TOOLKIT", Unknown, Native, "", "", false},
	{"DBMS_OUTPUT", Unknown, Native, "", "", false},
	{"DBMS_PIPE", Unknown, Native, "", "", false},
	{"DBMS_PROFILER", Native, Absent, "", "", false},
	{"DBMS_RANDOM", Unknown, Native, "", "", false},
	{"DBMS_REDACT", Unknown, Native, "", "", false},
	{"DBMS_RLS", Unknown, Native, "", "", false},
	{"DBMS_SESSION", Unknown, Native, "", "", false},
	{"DBMS_SQL", Native, Native, "AD/116934", "", false},
	{"DBMS_STATS", Unknown, Native, "", "", false},
	{"DBMS_UTILITY", Unknown, Native, "", "", false},
	{"DBMS_TYPES", Unknown, Native, "PO/dbms-types", "from 2.0.14.17.34.0", false},
	{"DBMS_TRANSACTION", Unknown, Partial, "PO/dbms-transaction", "SAVEPOINT, ROLLBACK_SAVEPOINT, COMMIT and ROLLBACK only, from 2.0.14.17.34.0", false},
	{"DBMS_XMLGEN", Unknown, Native, "", "", false},
	{"UTL_ENCODE", Native, Native, "AD/116365", "", false},
	{"UTL_I18N", Unknown, Native, "", "", false},
	{"UTL_MATCH", Unknown, Native, "", "", false},
	{"UTL_RAW", Unknown, Native, "", "", false},
	{"UTL_URL", Unknown, Native, "", "", false},

	{"UTL_FILE", Unknown, Unknown, "", "in neither list: probe", false},
	{"UTL_HTTP", Unknown, Unknown, "", "in neither list: probe", false},
	{"UTL_SMTP", Unknown, Unknown, "", "in neither list: probe", false},
	{"UTL_TCP", Unknown, Unknown, "", "in neither list: probe", false},
	{"DBMS_SCHEDULER", Unknown, Unknown, "", "in neither list: probe", false},
	{"DBMS_XMLDOM", Unknown, Unknown, "", "in neither list: probe", false},
	{"DBMS_ROWID", Unknown, Unknown, "", "in neither list: probe", false},
	{"DBMS_FLASHBACK", Unknown, Unknown, "", "in neither list: probe", false},
	{"DBMS_PARALLEL_EXECUTE", Unknown, Unknown, "", "in neither list: probe", false},
}

const (
	polarPackageList1 = "DD/116919 PZ/built-in-package-12/"
	polarPackageList2 = "PZ/system-package/"
)

// polarDBOracle is PolarDB for PostgreSQL (Compatible with Oracle). No server of it is at hand, so nothing above
// converted can be proven for it here.
func polarDBOracle(level string) (*Profile, bool) {
	p := &Profile{
		Name: "polardb-oracle", Title: "PolarDB for PostgreSQL (Compatible with Oracle)", Version: level, Ceiling: model.RungConverted,
		capabilities: map[Feature]Capability{},
	}
	two := level == "2.0"
	switch level {
	case "1.0":
		p.Base = 11
	case "2.0":
		p.Base = 14
	default:
		return nil, false
	}
	addPostgreSQL(p, p.Base)
	for _, row := range polarTable {
		p.capabilities[row.feature] = row.capability(two)
	}
	for _, row := range polarPackages {
		list := polarPackageList1
		if two {
			list = polarPackageList2
		}
		row.pages = strings.TrimSpace(row.pages + " " + list)
		p.capabilities[Package(string(row.feature))] = row.capability(two)
	}
	return p, true
}

func (r polarRow) capability(two bool) Capability {
	c := Capability{State: r.one, Note: r.note, Inferred: r.inferred}
	if two {
		c.State = r.two
	}
	for _, page := range strings.Fields(r.pages) {
		key, rest, _ := strings.Cut(page, "/")
		if base, known := vendorPages[key]; known {
			page = base + rest
		}
		c.Pages = append(c.Pages, page)
	}
	return c
}
