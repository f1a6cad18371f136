package resolve

import (
	"slices"
	"strings"
)

// pseudoColumns stand in queries without parentheses (SQL Language Reference, "Pseudocolumns").
var pseudoColumns = map[string]*Type{
	"ROWNUM": typeNumber, "LEVEL": typeNumber, "ROWID": typeRowid, "ORA_ROWSCN": typeNumber, "CONNECT_BY_ISLEAF": typeNumber,
	"CONNECT_BY_ISCYCLE": typeNumber, "COLUMN_VALUE": typeUnknown, "OBJECT_VALUE": typeUnknown,
	"SYS_NC_ROWINFO$": typeUnknown, "ORA_SHARD_ID": typeNumber,
	"VERSIONS_STARTSCN": typeNumber, "VERSIONS_ENDSCN": typeNumber, "VERSIONS_STARTTIME": typeTimestamp, "VERSIONS_ENDTIME": typeTimestamp,
	"VERSIONS_XID": typeRaw, "VERSIONS_OPERATION": typeText, "CON$NAME": typeText, "CDB$NAME": typeText,
}

// pseudoValues are functions that are called without parentheses and mean the session or the moment.
var pseudoValues = map[string]*Type{
	"SYSDATE": typeDate, "SYSTIMESTAMP": typeTimestampTZ, "CURRENT_DATE": typeDate, "CURRENT_TIMESTAMP": typeTimestampTZ,
	"LOCALTIMESTAMP": typeTimestamp, "USER": typeText, "UID": typeNumber, "SESSIONTIMEZONE": typeText, "DBTIMEZONE": typeText,
	"SQLCODE": typeInteger, "SQLERRM": typeText, "ORA_INVOKING_USER": typeText, "ORA_INVOKING_USERID": typeNumber,
	"BINARY_DOUBLE_INFINITY": typeDouble, "BINARY_DOUBLE_NAN": typeDouble, "BINARY_DOUBLE_MAX_NORMAL": typeDouble, "BINARY_DOUBLE_MIN_NORMAL": typeDouble,
	"BINARY_FLOAT_INFINITY": typeFloat, "BINARY_FLOAT_NAN": typeFloat, "BINARY_FLOAT_MAX_NORMAL": typeFloat, "BINARY_FLOAT_MIN_NORMAL": typeFloat,
}

// predefinedExceptions are declared in STANDARD (PL/SQL Language Reference, "Predefined Exceptions").
var predefinedExceptions = words(`ACCESS_INTO_NULL CASE_NOT_FOUND COLLECTION_IS_NULL CURSOR_ALREADY_OPEN DUP_VAL_ON_INDEX INVALID_CURSOR
	INVALID_NUMBER LOGIN_DENIED NO_DATA_FOUND NO_DATA_NEEDED NOT_LOGGED_ON PROGRAM_ERROR ROWTYPE_MISMATCH SELF_IS_NULL STORAGE_ERROR
	SUBSCRIPT_BEYOND_COUNT SUBSCRIPT_OUTSIDE_LIMIT SYS_INVALID_ROWID TIMEOUT_ON_RESOURCE TOO_MANY_ROWS VALUE_ERROR ZERO_DIVIDE
	USERENV_COMMITSCN_ERROR TRANSACTION_BACKED_OUT OTHERS`)

// collectionMethods with the class each returns (PL/SQL Language Reference, "Collection Methods").
var collectionMethods = map[string]*Type{
	"COUNT": typeInteger, "LIMIT": typeInteger, "FIRST": typeInteger, "LAST": typeInteger, "PRIOR": typeInteger, "NEXT": typeInteger,
	"EXISTS": typeBoolean, "DELETE": typeUnknown, "TRIM": typeUnknown, "EXTEND": typeUnknown,
}

// suppliedPrefixes begin the names of packages, views and types that Oracle supplies.
var suppliedPrefixes = []string{"DBMS_", "UTL_", "OWA_", "CTX_", "SDO_", "APEX_", "WPG_", "ORD_", "MGMT_", "AQ$_", "ODCI", "ANYDATA", "JSON_", "XDB_", "XMLDB", "WWV_", "LT_"}

var suppliedNames = words(`OWA HTP HTF STANDARD ANYDATA ANYTYPE ANYDATASET XMLTYPE URITYPE HTTPURITYPE DBURITYPE XDBURITYPE URIFACTORY
	SYS_REFCURSOR DEBUG_EXTPROC OUTLN_PKG PLITBLM CTX_DDL DEMUTL PRVT_ILM PBSDE XMLSEQUENCETYPE ORDSYS MDSYS CTXSYS XDB APEX SDO_GEOMETRY
	XMLDOM XMLPARSER XSLPROCESSOR DBMSOUTPUT_LINESARRAY WM_CONCAT ORA_NAME_LIST_T UTL_NLA_ARRAY_DBL JAVA_XA STATUS LBACSYS HS_FDS V PLSQL_CODE_TYPE
	SQL_TXT_LIST KU$_STATUS KU$_JOBSTATUS KU$_LOGENTRY KU$_DUMPFILEINFO KU$_LOGLINE HTTP_URI JSON_KEY_LIST JSON_ELEMENT_T JSON_OBJECT_T JSON_ARRAY_T JSON_SCALAR_T`)

// suppliedTables are tables and views of SYS and SYSTEM beside the dictionary's families.
var suppliedTables = words(`DUAL DICTIONARY DICT DICT_COLUMNS CAT TAB COL COLS OBJ SEQ SYN TABS IND CLU AUDIT_ACTIONS STMT_AUDIT_OPTION_MAP PLAN_TABLE
	GLOBAL_NAME NLS_DATABASE_PARAMETERS NLS_INSTANCE_PARAMETERS NLS_SESSION_PARAMETERS PRODUCT_COMPONENT_VERSION ROLE_ROLE_PRIVS
	ROLE_SYS_PRIVS ROLE_TAB_PRIVS SESSION_PRIVS SESSION_ROLES RECYCLEBIN PUBLIC_DEPENDENCY RESOURCE_COST SESSION_CONTEXT
	COLUMN_PRIVILEGES TABLE_PRIVILEGES INDEX_STATS INDEX_HISTOGRAM DATABASE_PROPERTIES SOURCE$ OBJ$ USER$ TAB$ COL$ AUD$ LINK$
	DBA_SOURCE_ALL UNIFIED_AUDIT_TRAIL CHAINED_ROWS PSTUBTBL RESOURCE_VIEW PATH_VIEW TSTZ_VIEW X$KSPPI X$KSPPCV X$BH`)

var tablePrefixes = []string{"USER_", "ALL_", "DBA_", "CDB_", "V$", "GV$", "V_$", "GV_$", "X$", "WRH$_", "WRI$_", "WRM$_", "DBA$", "LOGMNR_", "APEX_", "CTX_", "DR$", "LOGSTDBY$"}

// suppliedSchemas belong to Oracle: what lies in them is Builtin, unless the catalog holds it.
var suppliedSchemas = words(`SYS SYSTEM PUBLIC CTXSYS MDSYS ORDSYS XDB WMSYS OLAPSYS ORDDATA ORDPLUGINS LBACSYS DVSYS APEX_PUBLIC_USER OUTLN EXFSYS
	DBSNMP AUDSYS GSMADMIN_INTERNAL SI_INFORMTN_SCHEMA STANDARD DBMS_STANDARD`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

func hasPrefix(name string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

func suppliedPackage(name string) bool {
	return suppliedNames[name] || hasPrefix(name, suppliedPrefixes)
}

func suppliedTable(name string) bool { return suppliedTables[name] || hasPrefix(name, tablePrefixes) }

// suppliedReturn gives the types of members of supplied packages that are often used in expressions.
var suppliedReturn = map[string]*Type{
	"DBMS_LOB.GETLENGTH": typeInteger, "DBMS_LOB.SUBSTR": typeText, "DBMS_LOB.INSTR": typeInteger, "DBMS_LOB.COMPARE": typeInteger,
	"DBMS_RANDOM.VALUE": typeNumber, "DBMS_RANDOM.STRING": typeText, "DBMS_RANDOM.RANDOM": typeInteger, "DBMS_UTILITY.GET_TIME": typeNumber,
	"DBMS_UTILITY.GET_CPU_TIME": typeNumber, "DBMS_UTILITY.FORMAT_ERROR_BACKTRACE": typeText, "DBMS_UTILITY.FORMAT_ERROR_STACK": typeText,
	"DBMS_UTILITY.FORMAT_CALL_STACK": typeText, "DBMS_UTILITY.GET_HASH_VALUE": typeNumber, "UTL_RAW.CAST_TO_VARCHAR2": typeText,
	"UTL_RAW.CAST_TO_RAW": typeRaw, "UTL_RAW.LENGTH": typeNumber, "UTL_RAW.SUBSTR": typeRaw, "UTL_RAW.CONCAT": typeRaw, "DBMS_CRYPTO.HASH": typeRaw,
	"DBMS_CRYPTO.ENCRYPT": typeRaw, "DBMS_CRYPTO.DECRYPT": typeRaw, "DBMS_SQL.OPEN_CURSOR": typeInteger, "DBMS_SQL.EXECUTE": typeInteger,
	"DBMS_SQL.FETCH_ROWS": typeInteger, "DBMS_LOCK.REQUEST": typeInteger, "DBMS_LOCK.RELEASE": typeInteger, "DBMS_ASSERT.SIMPLE_SQL_NAME": typeText,
	"DBMS_ASSERT.ENQUOTE_LITERAL": typeText, "DBMS_ASSERT.ENQUOTE_NAME": typeText, "DBMS_ASSERT.SQL_OBJECT_NAME": typeText,
	"DBMS_ASSERT.SCHEMA_NAME": typeText, "DBMS_ASSERT.QUALIFIED_SQL_NAME": typeText, "DBMS_METADATA.GET_DDL": typeClob,
	"DBMS_TRANSACTION.LOCAL_TRANSACTION_ID": typeText, "DBMS_SESSION.UNIQUE_SESSION_ID": typeText, "DBMS_XMLGEN.GETXML": typeClob,
	"UTL_I18N.STRING_TO_RAW": typeRaw, "UTL_I18N.RAW_TO_CHAR": typeText, "UTL_ENCODE.BASE64_ENCODE": typeRaw, "UTL_ENCODE.BASE64_DECODE": typeRaw,
	"UTL_FILE.IS_OPEN": typeBoolean, "UTL_URL.ESCAPE": typeText, "UTL_URL.UNESCAPE": typeText, "UTL_INADDR.GET_HOST_NAME": typeText,
	"DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER": typeNumber, "DBMS_ROWID.ROWID_OBJECT": typeNumber, "DBMS_ROWID.ROWID_BLOCK_NUMBER": typeNumber,
	"DBMS_DB_VERSION.VERSION": typeInteger, "DBMS_DB_VERSION.RELEASE": typeInteger, "DBMS_PIPE.SEND_MESSAGE": typeInteger, "DBMS_PIPE.RECEIVE_MESSAGE": typeInteger,
	"DBMS_MVIEW.PMARKER": typeNumber, "DBMS_SQL.LAST_ERROR_POSITION": typeInteger, "UTL_CALL_STACK.SUBPROGRAM": typeUnknown,
}

// BuiltinNames are the functions, pseudo-columns and values that are known without a declaration, sorted.
func BuiltinNames() []string {
	var list []string
	for name := range functions {
		list = append(list, name)
	}
	for name := range pseudoColumns {
		list = append(list, name)
	}
	for name := range pseudoValues {
		list = append(list, name)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
