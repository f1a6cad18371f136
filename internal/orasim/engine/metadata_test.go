package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// definitions gives the DDL of all objects of the three schemas of the sample, by kind.
func definitions(t *testing.T, s *Session) string {
	t.Helper()
	must(t, s, "BEGIN DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, 'SQLTERMINATOR', TRUE); END;")
	var b strings.Builder
	for _, owner := range []string{"INS_CORE", "INS_CLAIM", "INS_FIN"} {
		fmt.Fprintf(&b, "CREATE USER %s IDENTIFIED BY x;\n", owner)
	}
	kinds := map[string]string{"TYPE": "TYPE_SPEC", "TYPE BODY": "TYPE_BODY", "PACKAGE": "PACKAGE_SPEC", "PACKAGE BODY": "PACKAGE_BODY", "MATERIALIZED VIEW": "MATERIALIZED_VIEW", "DATABASE LINK": "DB_LINK", "JOB": "PROCOBJ", "PROGRAM": "PROCOBJ", "SCHEDULE": "PROCOBJ"}
	for _, kind := range []string{"TYPE", "SEQUENCE", "TABLE", "VIEW", "MATERIALIZED VIEW", "INDEX", "SYNONYM", "PROCEDURE", "FUNCTION", "PACKAGE", "PACKAGE BODY", "TYPE BODY", "TRIGGER", "DATABASE LINK", "PROGRAM", "SCHEDULE", "JOB"} {
		name := kind
		if k := kinds[kind]; k != "" {
			name = k
		}
		list := must(t, s, `SELECT o.owner || ' ' || o.object_name FROM dba_objects o WHERE o.object_type = '`+kind+`' AND o.generated = 'N'
			AND NOT EXISTS (SELECT 1 FROM dba_constraints c WHERE c.index_owner = o.owner AND c.index_name = o.object_name AND o.object_type = 'INDEX')
			AND NOT EXISTS (SELECT 1 FROM dba_mviews m WHERE m.owner = o.owner AND m.mview_name = o.object_name AND o.object_type = 'TABLE') ORDER BY o.object_id`)
		for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
			owner, object, ok := strings.Cut(line, " ")
			if !ok {
				continue
			}
			text := must(t, s, fmt.Sprintf("SELECT DBMS_METADATA.GET_DDL('%s', '%s', '%s') FROM dual", name, object, owner))
			if !strings.Contains(text, `"`+object+`"`) {
				t.Errorf("%s %s.%s: %s", kind, owner, object, text)
			}
			b.WriteString(text + "\n")
		}
	}
	return b.String()
}

// madeUp are names that Oracle makes up, and what depends on when an object was made.
var madeUp = regexp.MustCompile(`SYS_C\d+|ISEQ\$\$_\d+|SYS_(SUB)?P\d+|SYS_(LOB|IL)\d+C`)

// TestDefinitionsMakeTheSame builds a second database of what DBMS_METADATA says of the first: their dictionaries must agree.
func TestDefinitionsMakeTheSame(t *testing.T) {
	first := newDatabase(t)
	if _, err := first.LoadScripts(bg, "../../../testdata/insurance/schema", "INS_CORE"); err != nil {
		t.Fatal(err)
	}
	a := login(t, first, "hr")
	dir := t.TempDir()
	text := definitions(t, a)
	if err := os.WriteFile(filepath.Join(dir, "all.sql"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	second := newDatabase(t)
	rep, err := second.LoadScripts(bg, dir, "INS_CORE")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rep.Refused {
		if ora.Code(r.Err) == 3001 && strings.Contains(r.Err.Error(), "dbms_scheduler") {
			continue // blocks are not run: what they make is read from their text
		}
		t.Errorf("%s: %v: %.300s", r.Pos, r.Err, strings.Join(strings.Split(text, "\n")[r.Pos.Line-1:][:3], "\n"))
	}
	b := login(t, second, "hr")
	for view, columns := range map[string]string{
		"dba_objects":             "owner, object_type, object_name, subobject_name, temporary",
		"dba_tables":              "owner, table_name, partitioned, temporary, duration, iot_type, row_movement, external, has_identity, cluster_name",
		"dba_object_tables":       "owner, table_name, table_type_owner, table_type",
		"dba_tab_cols":            "owner, table_name, internal_column_id, column_name, column_id, data_type, data_type_owner, data_length, data_precision, data_scale, char_length, char_used, nullable, hidden_column, virtual_column, default_on_null, identity_column",
		"dba_constraints":         "owner, table_name, constraint_name, constraint_type, r_owner, delete_rule, status, deferrable, deferred, validated, generated, rely, index_name",
		"dba_cons_columns":        "owner, table_name, constraint_name, column_name, position",
		"dba_indexes":             "owner, index_name, index_type, table_owner, table_name, uniqueness, compression, prefix_length, partitioned, visibility, ityp_owner, ityp_name, join_index",
		"dba_ind_columns":         "index_owner, index_name, column_position, column_name, descend",
		"dba_part_tables":         "owner, table_name, partitioning_type, subpartitioning_type, partition_count, def_subpartition_count, partitioning_key_count, subpartitioning_key_count, interval",
		"dba_tab_partitions":      "table_owner, table_name, partition_position, partition_name, subpartition_count, interval",
		"dba_part_key_columns":    "owner, name, object_type, column_position, column_name",
		"dba_part_indexes":        "owner, index_name, partitioning_type, locality, alignment",
		"dba_views":               "owner, view_name, read_only, view_type",
		"dba_mviews":              "owner, mview_name, refresh_mode, refresh_method, build_mode, rewrite_enabled",
		"dba_sequences":           "sequence_owner, sequence_name, min_value, max_value, increment_by, cycle_flag, order_flag, cache_size, last_number",
		"dba_synonyms":            "owner, synonym_name, table_owner, table_name, db_link",
		"dba_triggers":            "owner, trigger_name, trigger_type, triggering_event, table_owner, table_name, status, when_clause",
		"dba_types":               "owner, type_name, typecode, attributes, methods, supertype_name, final",
		"dba_procedures":          "owner, object_name, procedure_name, subprogram_id, overload, object_type, authid, pipelined, deterministic",
		"dba_external_tables":     "owner, table_name, type_name, default_directory_name, reject_limit, access_parameters",
		"dba_scheduler_jobs":      "owner, job_name, job_type, job_action, program_owner, program_name, schedule_owner, schedule_name, repeat_interval, comments",
		"dba_scheduler_programs":  "owner, program_name, program_type, program_action",
		"dba_scheduler_schedules": "owner, schedule_name, repeat_interval",
		"dba_dependencies":        "owner, name, type, referenced_owner, referenced_name, referenced_type",
	} {
		where := " WHERE SUBSTR(" + strings.Split(columns, ",")[0] + ", 1, 4) IN ('INS_', 'PUBL')"
		switch view { // what calls and rows make is not in definitions
		case "dba_objects":
			where += " AND NOT EXISTS (SELECT 1 FROM dba_tab_partitions p WHERE p.interval = 'YES' AND p.table_owner = owner AND p.table_name = object_name AND p.partition_name = subobject_name)"
		case "dba_tab_partitions":
			where += " AND interval = 'NO'"
		}
		sql := "SELECT " + columns + " FROM " + view + where + " ORDER BY " + columns
		want, got := madeUp.ReplaceAllString(must(t, a, sql), "MADE_UP"), madeUp.ReplaceAllString(must(t, b, sql), "MADE_UP")
		if want == "" {
			t.Errorf("%s: nothing to compare", view)
		}
		diff(t, view, want, got)
	}
}

// diff reports the lines that are in one text only.
func diff(t *testing.T, what, want, got string) {
	t.Helper()
	count := map[string]int{}
	for _, l := range strings.Split(want, "\n") {
		count[l]++
	}
	for _, l := range strings.Split(got, "\n") {
		count[l]--
	}
	shown := 0
	for l, n := range count {
		if n != 0 && shown < 5 {
			shown++
			t.Errorf("%s: %+d: %s", what, n, l)
		}
	}
}

// TestGetDDL holds the form of definitions, and what may not be seen.
func TestGetDDL(t *testing.T) {
	db := newDatabase(t)
	s := login(t, db, "hr")
	for _, sql := range []string{
		"CREATE TABLE dep (id NUMBER(4) CONSTRAINT dep_pk PRIMARY KEY)",
		`CREATE TABLE emp (id NUMBER GENERATED BY DEFAULT AS IDENTITY, "Name" VARCHAR2(20 CHAR) DEFAULT 'x' NOT NULL, pay NUMBER(8,2), yearly NUMBER AS (pay * 12), dep NUMBER(4) CONSTRAINT emp_dep REFERENCES dep ON DELETE CASCADE, CONSTRAINT emp_pay CHECK (pay > 0) DISABLE)`,
		"CREATE INDEX emp_name ON emp (UPPER(\"Name\"), pay DESC)",
		"CREATE SEQUENCE sq START WITH 5 NOCACHE",
		"COMMENT ON COLUMN emp.pay IS 'it''s monthly'",
		"GRANT SELECT ON emp TO oe WITH GRANT OPTION",
	} {
		must(t, s, sql)
	}
	for _, p := range []string{"SEGMENT_ATTRIBUTES", "STORAGE"} {
		must(t, s, "BEGIN DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, '"+p+"', FALSE); END;")
	}
	must(t, s, "BEGIN dbms_metadata.set_transform_param(transform_handle => dbms_metadata.session_transform, name => 'SQLTERMINATOR', value => TRUE); END;")
	for call, want := range map[string]string{
		"GET_DDL('TABLE', 'EMP')": `CREATE TABLE "HR"."EMP" ( "ID" NUMBER GENERATED BY DEFAULT AS IDENTITY MINVALUE 1 MAXVALUE 9999999999999999999999999999 INCREMENT BY 1 START WITH 1 CACHE 20 NOORDER NOCYCLE NOKEEP NOSCALE NOT NULL ENABLE, ` +
			`"Name" VARCHAR2(20 CHAR) DEFAULT 'x' NOT NULL ENABLE, "PAY" NUMBER(8,2), "YEARLY" NUMBER GENERATED ALWAYS AS (pay * 12) VIRTUAL , "DEP" NUMBER(4,0), CONSTRAINT "EMP_PAY" CHECK (pay > 0) DISABLE, ` +
			`CONSTRAINT "EMP_DEP" FOREIGN KEY ("DEP") REFERENCES "HR"."DEP" ("ID") ON DELETE CASCADE ENABLE );`,
		"GET_DDL('INDEX', 'EMP_NAME', 'HR')":          `CREATE INDEX "HR"."EMP_NAME" ON "HR"."EMP" (UPPER("Name"), "PAY" DESC) ;`,
		"GET_DDL('SEQUENCE', 'SQ')":                   `CREATE SEQUENCE "HR"."SQ" MINVALUE 1 MAXVALUE 9999999999999999999999999999 INCREMENT BY 1 START WITH 5 NOCACHE NOORDER NOCYCLE NOKEEP NOSCALE GLOBAL;`,
		"GET_DDL('REF_CONSTRAINT', 'EMP_DEP')":        `ALTER TABLE "HR"."EMP" ADD CONSTRAINT "EMP_DEP" FOREIGN KEY ("DEP") REFERENCES "HR"."DEP" ("ID") ON DELETE CASCADE ENABLE;`,
		"GET_DEPENDENT_DDL('COMMENT', 'EMP')":         `COMMENT ON COLUMN "HR"."EMP"."PAY" IS 'it''s monthly';`,
		"GET_DEPENDENT_DDL('OBJECT_GRANT', 'EMP')":    `GRANT SELECT ON "HR"."EMP" TO "OE" WITH GRANT OPTION;`,
		"GET_GRANTED_DDL('ROLE_GRANT', 'HR')":         `GRANT "DBA" TO "HR";`,
		"GET_DDL('USER', 'OE')":                       `CREATE USER "OE" IDENTIFIED BY VALUES ':1' DEFAULT TABLESPACE "USERS" TEMPORARY TABLESPACE "TEMP";`,
		"GET_DEPENDENT_DDL('CONSTRAINT','DEP', 'HR')": `ALTER TABLE "HR"."DEP" ADD CONSTRAINT "DEP_PK" PRIMARY KEY ("ID") ENABLE;`,
	} {
		got := strings.Join(strings.Fields(must(t, s, "SELECT DBMS_METADATA."+call+" FROM dual")), " ")
		if got != want {
			t.Errorf("%s:\n%s\nwant\n%s", call, got, want)
		}
	}
	if err := db.AddAccount(bg, "rita", "x", "CREATE SESSION", "SELECT ON hr.emp"); err != nil {
		t.Fatal(err)
	}
	rita := login(t, db, "rita")
	for sql, code := range map[string]int{
		"SELECT DBMS_METADATA.GET_DDL('TABLE', 'EMP', 'HR') FROM dual":           31603, // no SELECT_CATALOG_ROLE
		"SELECT DBMS_METADATA.GET_DDL('TABLE', 'NOTHING') FROM dual":             31603,
		"SELECT DBMS_METADATA.GET_DDL('THING', 'EMP') FROM dual":                 31600,
		"SELECT DBMS_METADATA.GET_DEPENDENT_DDL('COMMENT', 'EMP') FROM dual":     31608,
		"SELECT DBMS_METADATA.GET_DDL('PROFILE', 'DEFAULT') FROM dual":           3001,
		"BEGIN DBMS_METADATA.SET_TRANSFORM_PARAM(1, 'STORAGE', FALSE); END;":     3001,
		"SELECT DBMS_METADATA.GET_DDL('TABLE', 'EMP', 'HR', '11.2') x FROM dual": 3001,
	} {
		_, err := run(rita, sql)
		if e, ok := err.(*session.Error); !ok || e.Code != code {
			t.Errorf("%s: %v, want ORA-%05d", sql, err, code)
		}
	}
}
