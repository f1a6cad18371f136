package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
)

// route is what becomes of a call to one member of a package that Oracle supplies.
type route struct {
	severity model.Severity
	effort   model.Effort
	how      string
}

// supplied makes the rule on one or several packages that Oracle supplies. usual is the route of every member that
// members does not name. The example is a call in a block.
func supplied(code, name string, usual route, call, after string, members map[string]route, packages ...string) *Rule {
	names := make([]string, 0, len(packages)+len(members))
	for _, pkg := range packages {
		names = append(names, pkg+".*")
	}
	needs := Feature("")
	if len(packages) == 1 && packages[0] != "*" {
		needs = Package(packages[0])
	}
	return &Rule{
		Code: code, Name: name, Since: first, Group: groupBuiltins, Severity: usual.severity, Effort: usual.effort, Needs: needs,
		Before: "BEGIN " + call + "; END;\n/", After: after,
		On: []Matcher{Builtin(func(p *Pass, u Use) {
			pkg, member, _ := strings.Cut(u.Name, ".")
			if needs == "" && p.Target.Has(Package(pkg)) {
				limit := p.Target.Capability(Package(pkg))
				if limit.State == Partial {
					from := len(*p.found)
					p.Report(u.Node(), u.Name)
					p.limited(from, &limit)
				}
				return
			}
			r, ok := members[member]
			if !ok {
				r = usual
			}
			p.ReportAs(u.Node(), r.severity, r.effort, fmt.Sprintf("%s: %s", u.Name, r.how))
		}, names...)},
	}
}

var (
	outputLine = route{model.Low, model.Auto, "becomes RAISE NOTICE, or orafce's dbms_output where a program reads the lines"}
	cryptoName = route{model.Low, model.Auto, "becomes a name in the text that pgcrypto takes: 'sha256', 'aes-cbc/pad:pkcs'"}
	noTwin     = route{model.High, model.Manual, "PostgreSQL has nothing of the kind"}
)

var dbmsOutput = supplied("CV0901", "dbms-output", outputLine, "DBMS_OUTPUT.PUT_LINE('a')", "DO $$ BEGIN RAISE NOTICE 'a'; END $$", map[string]route{
	"ENABLE": {model.Info, model.Auto, "is left out"}, "DISABLE": {model.Info, model.Auto, "is left out"},
	"GET_LINE":  {model.Medium, model.Auto, "orafce's dbms_output.get_line; with RAISE NOTICE there are no lines to get"},
	"GET_LINES": {model.Medium, model.Auto, "orafce's dbms_output.get_lines; with RAISE NOTICE there are no lines to get"},
}, "DBMS_OUTPUT")

var dbmsLOB = supplied("CV0902", "dbms-lob", route{model.Medium, model.Auto, "works on text or bytea as a whole value instead of a locator; changes are assigned back"}, "DBMS_LOB.APPEND(a, b)",
	"DO $$ DECLARE a text := 'x'; BEGIN a := a || 'y'; END $$", map[string]route{
		"GETLENGTH": {model.Low, model.Auto, "becomes length or octet_length"}, "SUBSTR": {model.Low, model.Auto, "becomes substr, with position and length changed round"},
		"INSTR": {model.Low, model.Auto, "becomes strpos or a function for a start and a count"}, "CREATETEMPORARY": {model.Info, model.Auto, "becomes an empty value"},
		"FREETEMPORARY": {model.Info, model.Auto, "is left out"}, "OPEN": {model.Info, model.Auto, "is left out"}, "CLOSE": {model.Info, model.Auto, "is left out"},
		"COMPARE":      {model.Low, model.Auto, "becomes a comparison of values"},
		"LOADFROMFILE": {model.High, model.Manual, "reads files of the server: pg_read_binary_file for superusers, else the program loads them"},
		"FILEOPEN":     {model.High, model.Manual, "reads files of the server: pg_read_binary_file for superusers, else the program loads them"},
	}, "DBMS_LOB")

var dbmsSQL = supplied("CV0903", "dbms-sql", route{model.High, model.Review, "becomes EXECUTE with USING, or orafce's dbms_sql; describing and binding by name at run time have no counterpart in PL/pgSQL"},
	"DBMS_SQL.CLOSE_CURSOR(c)", "DO $$ BEGIN EXECUTE 'SELECT 1'; END $$", map[string]route{
		"DESCRIBE_COLUMNS":  {model.High, model.Manual, "asks for the columns of a query at run time; rows as jsonb (to_jsonb) show theirs"},
		"DESCRIBE_COLUMNS2": {model.High, model.Manual, "asks for the columns of a query at run time; rows as jsonb (to_jsonb) show theirs"},
		"TO_REFCURSOR":      {model.Medium, model.Auto, "becomes OPEN ... FOR EXECUTE"},
	}, "DBMS_SQL")

var dbmsRandom = supplied("CV0904", "dbms-random", route{model.Low, model.Auto, "becomes random(), or orafce's dbms_random; another series of numbers for a seed"}, "x := DBMS_RANDOM.VALUE",
	"DO $$ DECLARE x float8; BEGIN x := random(); END $$", map[string]route{
		"STRING": {model.Low, model.Auto, "becomes orafce's dbms_random.string or a query over generate_series"},
	}, "DBMS_RANDOM")

var dbmsLock = supplied("CV0905", "dbms-lock", route{model.High, model.Review, "becomes an advisory lock (pg_advisory_lock), with a number made from the name; modes other than exclusive and shared, and waiting times, have to be built"},
	"DBMS_LOCK.SLEEP(1)", "DO $$ BEGIN PERFORM pg_sleep(1); END $$", map[string]route{
		"SLEEP": {model.Low, model.Auto, "becomes pg_sleep"},
	}, "DBMS_LOCK")

var dbmsSession = supplied("CV0906", "dbms-session", route{model.Medium, model.Review, "changes Oracle's session; settings (set_config) cover parts"}, "DBMS_SESSION.SET_CONTEXT('a', 'b', 'c')",
	"DO $$ BEGIN PERFORM set_config('a.b', 'c', false); END $$", map[string]route{
		"SET_CONTEXT":    {model.Medium, model.Auto, "becomes set_config('namespace.attribute', value, false)"},
		"SET_IDENTIFIER": {model.Low, model.Auto, "becomes a setting of its own"}, "SET_NLS": {model.Medium, model.Review, "becomes SET of lc_* or datestyle; masks are safer"},
		"SLEEP": {model.Low, model.Auto, "becomes pg_sleep"}, "RESET_PACKAGE": {model.Medium, model.Auto, "clears the settings that hold package variables"},
		"SET_ROLE": {model.Medium, model.Review, "becomes SET ROLE"}, "UNIQUE_SESSION_ID": {model.Low, model.Auto, "becomes pg_backend_pid() with the start time"},
	}, "DBMS_SESSION")

var dbmsApplicationInfo = supplied("CV0907", "dbms-application-info", route{model.Low, model.Auto, "becomes SET application_name, one text for module and action"}, "DBMS_APPLICATION_INFO.SET_MODULE('m', 'a')",
	"SET application_name = 'm a'", map[string]route{
		"SET_SESSION_LONGOPS": {model.Low, model.Manual, "reports progress; PostgreSQL has no view for it, a table or NOTICE has to serve"},
	}, "DBMS_APPLICATION_INFO")

var dbmsUtility = supplied("CV0908", "dbms-utility", route{model.High, model.Manual, "has no counterpart"}, "x := DBMS_UTILITY.GET_TIME",
	"DO $$ DECLARE x bigint; BEGIN x := extract(epoch FROM clock_timestamp()) * 100; END $$", map[string]route{
		"GET_TIME": {model.Low, model.Auto, "becomes extract(epoch FROM clock_timestamp()) * 100"}, "GET_CPU_TIME": {model.Low, model.Review, "becomes clock time; CPU time is not told"},
		"FORMAT_ERROR_BACKTRACE": {model.Medium, model.Auto, "becomes GET STACKED DIAGNOSTICS ... PG_EXCEPTION_CONTEXT, with other text"},
		"FORMAT_ERROR_STACK":     {model.Low, model.Auto, "becomes SQLERRM"},
		"FORMAT_CALL_STACK":      {model.Medium, model.Auto, "becomes GET DIAGNOSTICS ... PG_CONTEXT, with other text"},
		"COMMA_TO_TABLE":         {model.Low, model.Auto, "becomes string_to_array"}, "TABLE_TO_COMMA": {model.Low, model.Auto, "becomes array_to_string"},
		"COMPILE_SCHEMA": {model.Low, model.Manual, "PostgreSQL has nothing to compile again"}, "ANALYZE_SCHEMA": {model.Low, model.Auto, "becomes ANALYZE"},
		"GET_HASH_VALUE":      {model.Medium, model.Auto, "becomes hashtext with modulo, other numbers than Oracle's"},
		"GET_PARAMETER_VALUE": {model.Medium, model.Review, "becomes current_setting, with other names"},
	}, "DBMS_UTILITY")

var dbmsScheduler = supplied("CV0909", "jobs", route{model.High, model.Review, "jobs become entries of pg_cron or pg_timetable, or of the system's scheduler; chains, windows and events have to be built"},
	"DBMS_SCHEDULER.RUN_JOB('nightly')", "", map[string]route{
		"CREATE_JOB": {model.High, model.Review, "becomes cron.schedule of pg_cron; calendars (FREQ=...) become cron lines where they can, DBMS_JOB intervals too"},
		"SUBMIT":     {model.High, model.Review, "becomes cron.schedule of pg_cron; the interval, an expression evaluated after each run, becomes a cron line where it can"},
		"REMOVE":     {model.Medium, model.Auto, "becomes cron.unschedule"}, "DROP_JOB": {model.Medium, model.Auto, "becomes cron.unschedule"},
	}, "DBMS_SCHEDULER", "DBMS_JOB", "DBMS_ISCHED")

var dbmsCrypto = supplied("CV0910", "dbms-crypto", route{model.High, model.Review, "becomes encrypt, decrypt or digest of pgcrypto; padding and key lengths must be the same for old data to be read"}, "x := DBMS_CRYPTO.HASH(a, 2)",
	"", map[string]route{
		"HASH": {model.Medium, model.Auto, "becomes digest of pgcrypto, or md5 and sha256 of the core"}, "MAC": {model.Medium, model.Auto, "becomes hmac of pgcrypto"},
		"RANDOMBYTES": {model.Low, model.Auto, "becomes gen_random_bytes of pgcrypto"},
		"HASH_MD5":    cryptoName, "HASH_SH1": cryptoName, "HASH_SH256": cryptoName, "HASH_SH384": cryptoName, "HASH_SH512": cryptoName,
		"HMAC_SH1": cryptoName, "HMAC_SH256": cryptoName, "HMAC_SH512": cryptoName, "ENCRYPT_AES128": cryptoName, "ENCRYPT_AES192": cryptoName,
		"ENCRYPT_AES256": cryptoName, "CHAIN_CBC": cryptoName, "PAD_PKCS5": cryptoName, "AES_CBC_PKCS5": cryptoName,
	}, "DBMS_CRYPTO", "DBMS_OBFUSCATION_TOOLKIT")

var dbmsStats = supplied("CV0911", "dbms-stats", route{model.Low, model.Auto, "becomes ANALYZE; exported, locked or hand-set statistics have no counterpart"}, "DBMS_STATS.GATHER_TABLE_STATS('HR', 'EMP')",
	"ANALYZE emp", nil, "DBMS_STATS")

var dbmsMetadata = supplied("CV0912", "dbms-metadata", route{model.High, model.Manual, "gives the DDL of objects; pg_get_viewdef, pg_get_functiondef and the like do for some, pg_dump for all"}, "x := DBMS_METADATA.GET_DDL('TABLE', 'EMP')",
	"", nil, "DBMS_METADATA", "DBMS_METADATA_DIFF", "DBMS_DESCRIBE")

var dbmsXML = supplied("CV0913", "dbms-xml", route{model.High, model.Manual, "works on XML as a tree in memory; xpath(), XMLTABLE and building by XMLELEMENT replace it, not call by call"}, "DBMS_XMLDOM.FREEDOCUMENT(d)",
	"", map[string]route{
		"GETXML": {model.High, model.Review, "becomes query_to_xml, whose tags differ"}, "GETXMLTYPE": {model.High, model.Review, "becomes query_to_xml, whose tags differ"},
	}, "DBMS_XMLGEN", "DBMS_XMLDOM", "DBMS_XMLPARSER", "DBMS_XMLQUERY", "DBMS_XMLSAVE", "DBMS_XMLSTORE", "DBMS_XSLPROCESSOR", "DBMS_XMLSCHEMA", "DBMS_XDB", "DBMS_XDBZ")

var dbmsAQ = supplied("CV0914", "advanced-queuing", route{model.Blocker, model.Manual, "queues inside the database: a table read with FOR UPDATE SKIP LOCKED and NOTIFY, the extension pgmq, or a message broker"},
	"DBMS_AQADM.START_QUEUE('q')", "", nil, "DBMS_AQ", "DBMS_AQADM", "DBMS_AQELM", "DBMS_AQIN", "DBMS_TRANSFORM")

var dbmsRLS = supplied("CV0915", "row-level-security", route{model.High, model.Review, "a policy of Virtual Private Database becomes row level security (CREATE POLICY); its function builds a condition as text, which has to be written out"},
	"DBMS_RLS.ADD_POLICY('HR', 'EMP', 'p', 'HR', 'f')", "ALTER TABLE emp ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON emp USING (deptno = 10)", nil, "DBMS_RLS", "DBMS_FGA", "DBMS_REDACT")

var utlFile = supplied("CV0916", "utl-file", route{model.High, model.Review, "reads and writes files of the database server: orafce's utl_file does, within folders that are listed in a table"}, "UTL_FILE.FCLOSE(f)",
	"", map[string]route{
		"FRENAME": {model.High, model.Review, "orafce has utl_file.frename; the folders must be listed"}, "GET_RAW": {model.High, model.Manual, "orafce's utl_file reads text only"},
		"PUT_RAW": {model.High, model.Manual, "orafce's utl_file writes text only"},
	}, "UTL_FILE")

var utlRaw = supplied("CV0917", "utl-raw", route{model.Medium, model.Auto, "works on RAW; functions on bytea do it"}, "x := UTL_RAW.CAST_TO_RAW('a')",
	"DO $$ DECLARE x bytea; BEGIN x := convert_to('a', 'UTF8'); END $$", map[string]route{
		"CAST_TO_RAW":      {model.Low, model.Auto, "becomes convert_to(x, 'UTF8'); in another character set the bytes were others"},
		"CAST_TO_VARCHAR2": {model.Low, model.Auto, "becomes convert_from(x, 'UTF8'); bytes that are no UTF8 raise an error"},
		"LENGTH":           {model.Low, model.Auto, "becomes octet_length"}, "SUBSTR": {model.Low, model.Auto, "becomes substr on bytea"}, "CONCAT": {model.Low, model.Auto, "becomes ||"},
		"BIT_AND": {model.Medium, model.Auto, "bytea has no bit operators; bit strings have"}, "BIT_XOR": {model.Medium, model.Auto, "bytea has no bit operators; bit strings have"},
	}, "UTL_RAW", "UTL_ENCODE")

var utlNetwork = supplied("CV0918", "network", route{model.Blocker, model.Manual, "speaks to the network from inside the database, which PostgreSQL does not do: a service outside that reads a queue table, or the extension http"}, "UTL_SMTP.QUIT(c)",
	"", map[string]route{
		"REQUEST": {model.High, model.Review, "the extension http can fetch a page, inside the transaction; a service outside is better"},
	}, "UTL_HTTP", "UTL_SMTP", "UTL_TCP", "UTL_MAIL", "UTL_INADDR", "UTL_URL", "UTL_DBWS", "DBMS_LDAP", "APEX_WEB_SERVICE")

var utlI18N = supplied("CV0919", "utl-i18n", route{model.Medium, model.Review, "depends on Oracle's character sets; convert_to, convert_from and normalize cover the usual"}, "x := UTL_I18N.STRING_TO_RAW('a')",
	"DO $$ DECLARE x bytea; BEGIN x := convert_to('a', 'UTF8'); END $$", nil, "UTL_I18N", "UTL_LMS", "UTL_GDK")

var utlMatch = supplied("CV0920", "utl-match", route{model.Low, model.Auto, "becomes levenshtein of the extension fuzzystrmatch; Jaro-Winkler has no function"}, "x := UTL_MATCH.EDIT_DISTANCE('a', 'b')", "", nil, "UTL_MATCH")

var dbmsAlert = supplied("CV0921", "alerts-pipes", route{model.High, model.Review, "messages between sessions: LISTEN and NOTIFY, or orafce's dbms_alert and dbms_pipe"}, "DBMS_ALERT.SIGNAL('a', 'b')",
	"NOTIFY a, 'b'", nil, "DBMS_ALERT", "DBMS_PIPE")

var dbmsMview = supplied("CV0922", "dbms-mview", route{model.Medium, model.Auto, "becomes REFRESH MATERIALIZED VIEW, always complete"}, "DBMS_MVIEW.REFRESH('TOTALS')", "", nil, "DBMS_MVIEW", "DBMS_SNAPSHOT", "DBMS_REFRESH")

var dbmsFlashback = supplied("CV0923", "dbms-flashback", route{model.Blocker, model.Manual, "reads or restores the past, which PostgreSQL does not keep"}, "DBMS_FLASHBACK.DISABLE", "", map[string]route{
	"GET_SYSTEM_CHANGE_NUMBER": {model.Medium, model.Review, "becomes pg_current_wal_lsn() or txid_current(), by what it is used for"},
}, "DBMS_FLASHBACK")

var dbmsAssert = supplied("CV0924", "dbms-assert", route{model.Low, model.Auto, "becomes quote_ident, quote_literal or format(); orafce has dbms_assert"}, "x := DBMS_ASSERT.SIMPLE_SQL_NAME('a')",
	"DO $$ DECLARE x text; BEGIN x := quote_ident('a'); END $$", nil, "DBMS_ASSERT")

var dbmsRowid = supplied("CV0925", "dbms-rowid", route{model.High, model.Manual, "takes row addresses apart; ctid has page and line only"}, "x := DBMS_ROWID.ROWID_BLOCK_NUMBER(r)", "", nil, "DBMS_ROWID", "DBMS_PARALLEL_EXECUTE")

var dbmsTransaction = supplied("CV0926", "dbms-transaction", route{model.High, model.Review, "ends or describes transactions: COMMIT, ROLLBACK and txid_current() under the rules of PostgreSQL"}, "DBMS_TRANSACTION.ADVISE_COMMIT", "", map[string]route{
	"LOCAL_TRANSACTION_ID": {model.Low, model.Auto, "becomes txid_current_if_assigned()"},
}, "DBMS_TRANSACTION", "DBMS_XA")

var dbmsTextIndex = supplied("CV0927", "text-spatial", route{model.High, model.Manual, "belongs to Oracle Text or Spatial: full text search of PostgreSQL, or PostGIS, with other functions"}, "CTX_DDL.SYNC_INDEX('i')", "", nil,
	"CTX_DDL", "CTX_DOC", "CTX_QUERY", "CTX_OUTPUT", "CTX_ADM", "CTX_THES", "CTX_CLS", "CTX_REPORT", "SDO_GEOM", "SDO_UTIL", "SDO_CS", "SDO_NET", "SDO_GEOR")

var dbmsProfiler = supplied("CV0928", "tuning-tools", route{model.Low, model.Manual, "measures or tunes Oracle; pg_stat_statements, auto_explain and plprofiler are the tools there: left out"}, "DBMS_PROFILER.FLUSH_DATA", "", nil,
	"DBMS_PROFILER", "DBMS_HPROF", "DBMS_TRACE", "DBMS_MONITOR", "DBMS_WORKLOAD_REPOSITORY", "DBMS_SQLTUNE", "DBMS_XPLAN", "DBMS_SPM", "DBMS_SHARED_POOL", "DBMS_RESULT_CACHE", "DBMS_RESOURCE_MANAGER",
	"DBMS_SYSTEM", "DBMS_SPACE", "DBMS_REPAIR", "DBMS_ERRLOG", "DBMS_REDEFINITION", "DBMS_COMPRESSION", "DBMS_ADVISOR", "DBMS_WARNING", "DBMS_DEBUG", "DBMS_PREPROCESSOR")

var webToolkit = supplied("CV0929", "web-toolkit", route{model.Blocker, model.Manual, "writes web pages from inside the database (mod_plsql, APEX); PostgreSQL serves none, a program in front has to"}, "HTP.P('a')", "", nil,
	"HTP", "HTF", "OWA", "OWA_UTIL", "OWA_COOKIE", "OWA_TEXT", "OWA_PATTERN", "OWA_SEC", "OWA_CACHE", "OWA_OPT_LOCK", "WPG_DOCLOAD", "APEX_UTIL", "APEX_APPLICATION", "APEX_MAIL", "APEX_JSON",
	"APEX_COLLECTION", "APEX_ITEM", "APEX_STRING", "APEX_ESCAPE", "APEX_PLUGIN", "APEX_JAVASCRIPT", "APEX_CSS", "APEX_DEBUG")

var otherPackage = supplied("CV0930", "other-package", noTwin, "DBMS_PCLXUTIL.BUILD_PART_INDEX(1)", "", nil, "*")
