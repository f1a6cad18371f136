package sqlplus

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/oracle/bundle"
)

// lib writes the scripts that all extracts share.
func (s *set) lib() {
	s.add("lib/settings.sql", fmt.Sprintf(`-- What SQL*Plus has to be like for the spools to be exact.
WHENEVER SQLERROR CONTINUE
WHENEVER OSERROR CONTINUE
SET DEFINE '&'
SET CONCAT '.'
SET ESCAPE OFF
SET ECHO OFF
SET VERIFY OFF
SET FEEDBACK OFF
SET HEADING OFF
SET PAGESIZE 0
SET NEWPAGE NONE
SET LINESIZE 32767
SET TRIMSPOOL ON
SET TRIMOUT ON
SET TAB OFF
SET WRAP ON
SET RECSEP OFF
SET COLSEP ' '
SET NULL ''
SET LONG 2000000000
SET LONGCHUNKSIZE 32767
SET ARRAYSIZE 200
SET TIMING OFF
SET AUTOTRACE OFF
SET SERVEROUTPUT OFF
SET SQLBLANKLINES ON
SET SQLCASE MIXED
SET SUFFIX sql
SET APPINFO OFF
COLUMN rec FORMAT A4000
COLUMN lf_end NEW_VALUE lf_end NOPRINT
COLUMN lf_next NEW_VALUE lf_next NOPRINT
COLUMN lf_ver NEW_VALUE lf_ver NOPRINT
COLUMN lf_db NEW_VALUE lf_db NOPRINT
COLUMN lf_con NEW_VALUE lf_con NOPRINT
COLUMN lf_deadline NEW_VALUE lf_deadline NOPRINT
VARIABLE lf_end VARCHAR2(10)
VARIABLE lf_rows NUMBER
VARIABLE lf_good NUMBER
VARIABLE lf_ver NUMBER
DEFINE lf_set = %s
DEFINE lf_limit = %d
DEFINE lf_end = todo
DEFINE lf_next = lib/no_view
DEFINE lf_con = -
DEFINE lf_db = -
@lib/session.sql
`, s.id, s.opt.Minutes))
	s.add("lib/session.sql", `-- How the server writes numbers and times, and that it answers in one process.
ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,';
ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS';
ALTER SESSION SET NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS';
ALTER SESSION SET NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS';
ALTER SESSION SET NLS_COMP = BINARY;
ALTER SESSION SET NLS_SORT = BINARY;
ALTER SESSION DISABLE PARALLEL QUERY;
`)
	s.add("lib/detect.sql", `-- Which database and version this is. DBMS_DB_VERSION and USERENV are there for everybody.
SET TERMOUT OFF
EXECUTE :lf_ver := DBMS_DB_VERSION.VERSION * 100 + DBMS_DB_VERSION.RELEASE;
SELECT TRIM(TO_CHAR(:lf_ver)) AS lf_ver FROM dual;
SELECT SYS_CONTEXT('USERENV', 'DB_UNIQUE_NAME') AS lf_db FROM dual;
SELECT SYS_CONTEXT('USERENV', 'CON_NAME') AS lf_con FROM dual WHERE &lf_ver >= 1201;
SELECT TO_CHAR(SYSDATE + &lf_limit / 1440, 'YYYYMMDDHH24MISS') AS lf_deadline FROM dual;
SELECT DECODE('&lf_con', 'CDB$ROOT', 'lib/root', 'lib/nothing') AS lf_next FROM dual;
SET TERMOUT ON
PROMPT database &lf_db, container &lf_con, version &lf_ver
@&lf_next..sql
`)
	s.add("lib/root.sql", `PROMPT This is the root of a container database: it holds no application. Connect to each pluggable
PROMPT database by its own service, or write the scripts with --pdb NAME.
`)
	s.add("lib/nothing.sql", "-- nothing to say\n")
	s.ask()
	s.add("lib/step.sql", `-- One extract: &1 is its name, &2 what has to be allowed for it.
SET TERMOUT OFF
DEFINE lf_x = &1
DEFINE lf_pack = &2
DEFINE lf_state = todo
DEFINE lf_next = lib/no_view
@state/&lf_x..sql
SELECT CASE
  WHEN '&lf_state' = 'done' THEN 'lib/done'
  WHEN '&lf_pack' = 'diagnostics' AND UPPER(SUBSTR('&lf_diagnostics', 1, 1)) <> 'Y' THEN 'lib/no_pack'
  WHEN '&lf_pack' = 'statspack' AND UPPER(SUBSTR('&lf_statspack', 1, 1)) <> 'Y' THEN 'lib/no_pack'
  WHEN '&lf_pack' = 'audit' AND UPPER(SUBSTR('&lf_audit', 1, 1)) <> 'Y' THEN 'lib/no_pack'
  WHEN SYSDATE > TO_DATE('&lf_deadline', 'YYYYMMDDHH24MISS') THEN 'lib/late'
  ELSE 'x/' || '&lf_x' END AS lf_next
FROM dual;
@&lf_next..sql
`)
	s.add("lib/open.sql", `-- Begins the spool of an extract: &1 is the level of its views, &2 the version it was written for.
SET TERMOUT OFF
DEFINE lf_end = todo
EXECUTE :lf_end := 'todo';
SPOOL spool/&lf_x..txt REPLACE
PROMPT H|landfall-spool|1|&lf_x|&1|&2|&lf_db|&lf_con|&lf_set|;
SET SERVEROUTPUT ON SIZE UNLIMITED FORMAT WRAPPED
`)
	s.add("lib/close_block.sql", `-- Ends the spool of an extract that a block wrote.
SPOOL OFF
SET SERVEROUTPUT OFF
SELECT :lf_end AS lf_end FROM dual;
@lib/close.sql
`)
	s.add("lib/close.sql", `-- Ends the spool of an extract and keeps whether it is finished.
SPOOL OFF
SET SERVEROUTPUT OFF
SPOOL state/&lf_x..sql REPLACE
PROMPT DEFINE lf_state = &lf_end
SPOOL OFF
SET TERMOUT ON
PROMPT &lf_x: &lf_end
`)
	s.add("lib/done.sql", "SET TERMOUT ON\nPROMPT &lf_x: done before\n")
	for name, reason := range map[string]bundle.Reason{"no_view": bundle.ReasonPrivilege, "no_version": bundle.ReasonVersion, "no_pack": bundle.ReasonPack, "late": bundle.ReasonTime} {
		s.add("lib/"+name+".sql", fmt.Sprintf(`@lib/open.sql none 0
PROMPT N|&lf_x|%s|;
SPOOL OFF
SET TERMOUT ON
PROMPT &lf_x: %s
`, reason, reason))
	}
}

// ask asks for what is paid for or large, unless it was said when the scripts were written.
func (s *set) ask() {
	var b strings.Builder
	b.WriteString("-- What is not read without being asked for.\nSET TERMOUT ON\n")
	one := func(name string, a Answer, said string, lines ...string) {
		switch a {
		case Yes:
			fmt.Fprintf(&b, "DEFINE lf_%s = Y\nPROMPT %s: allowed when the scripts were written\n", name, said)
		case No:
			fmt.Fprintf(&b, "DEFINE lf_%s = N\nPROMPT %s: left out when the scripts were written\n", name, said)
		default:
			for _, l := range lines {
				fmt.Fprintf(&b, "PROMPT %s\n", l)
			}
			fmt.Fprintf(&b, "ACCEPT lf_%s CHAR DEFAULT 'N' PROMPT '%s (Y/N, default N)? '\n", name, said)
		}
	}
	b.WriteString("PROMPT\n")
	one("diagnostics", s.opt.Diagnostics, "Read the workload repository", append([]string{"These views belong to the Oracle Diagnostics Pack, which is PAID FOR. Say Y only if this database is licensed for it:"}, s.viewsOf(bundle.Diagnostics)...)...)
	one("statspack", s.opt.Statspack, "Read Statspack", append([]string{"Statspack is free, if it is installed (schema PERFSTAT):"}, s.viewsOf(bundle.Statspack)...)...)
	one("audit", s.opt.Audit, "Read audited statements", append([]string{"Audit trails are large, and hold statements of users with their values:"}, s.viewsOf(bundle.Audit)...)...)
	s.add("lib/ask.sql", b.String())
}

// viewsOf lists the views of a pack, some a line.
func (s *set) viewsOf(p bundle.Pack) []string {
	var names []string
	for i := range bundle.Registry() {
		e := &bundle.Registry()[i]
		if e.Pack != p {
			continue
		}
		for _, v := range (variant{e, "dba", 0}).views() {
			if !slices.Contains(names, strings.ToUpper(v)) {
				names = append(names, strings.ToUpper(v))
			}
		}
	}
	var lines []string
	for chunk := range slices.Chunk(names, 4) {
		lines = append(lines, "  "+strings.Join(chunk, ", "))
	}
	return lines
}

// grants writes the script of a DBA that shows each grant before it is given.
func (s *set) grants() {
	var b strings.Builder
	b.WriteString(`-- Grants that let a user run collect.sql. A DBA starts it: sqlplus / as sysdba @grants.sql
-- Each grant is shown before it is given. SELECT_CATALOG_ROLE with SELECT ANY DICTIONARY would do as well, and gives more.
SET DEFINE '&'
SET VERIFY OFF
SET FEEDBACK ON
SET ECHO OFF
WHENEVER SQLERROR CONTINUE
ACCEPT lf_user CHAR PROMPT 'User that will collect: '
PROMPT These grants will be given to &lf_user:
`)
	var all, paid []string
	for i := range bundle.Registry() {
		e := &bundle.Registry()[i]
		if !collected(e) {
			continue
		}
		for _, v := range (variant{e, "dba", 0}).views() {
			name := granted(v)
			switch {
			case name == "" || slices.Contains(all, name) || slices.Contains(paid, name):
			case e.Pack.Paid():
				paid = append(paid, name)
			default:
				all = append(all, name)
			}
		}
	}
	slices.Sort(all)
	slices.Sort(paid)
	statements := []string{"CREATE SESSION"}
	fmt.Fprintf(&b, "PROMPT   GRANT CREATE SESSION TO &lf_user\n")
	for _, v := range all {
		statements = append(statements, "SELECT ON "+v)
		fmt.Fprintf(&b, "PROMPT   GRANT SELECT ON %s TO &lf_user\n", v)
	}
	b.WriteString("PROMPT   GRANT SELECT_CATALOG_ROLE TO &lf_user   (DBMS_METADATA asks for it to show objects of others)\n")
	statements = append(statements, "SELECT_CATALOG_ROLE")
	b.WriteString("PAUSE Return gives them, Ctrl-C stops here.\n")
	for _, g := range statements {
		fmt.Fprintf(&b, "PROMPT GRANT %s TO &lf_user\nGRANT %s TO &lf_user;\n", g, g)
	}
	b.WriteString("PROMPT\nPROMPT The following views belong to the Oracle Diagnostics Pack, which is paid for. Stop here (Ctrl-C) if this\nPROMPT database is not licensed for it.\n")
	for _, v := range paid {
		fmt.Fprintf(&b, "PROMPT   GRANT SELECT ON %s TO &lf_user\n", v)
	}
	b.WriteString("PAUSE Return gives them, Ctrl-C stops here.\n")
	for _, v := range paid {
		fmt.Fprintf(&b, "PROMPT GRANT SELECT ON %s TO &lf_user\nGRANT SELECT ON %s TO &lf_user;\n", v, v)
	}
	s.add("grants.sql", b.String())
}

// granted is the object that a grant on a view names; "" where everybody may read it.
func granted(view string) string {
	switch {
	case strings.HasPrefix(view, "all_"), strings.HasPrefix(view, "user_"), view == "nls_database_parameters", view == "product_component_version":
		return ""
	case strings.HasPrefix(view, "v$"), strings.HasPrefix(view, "gv$"):
		prefix, rest, _ := strings.Cut(view, "$")
		return "sys." + prefix + "_$" + rest
	case strings.HasPrefix(view, "perfstat."), strings.HasPrefix(view, "system."):
		return view
	case view == "unified_audit_trail":
		return "audsys." + view
	}
	return "sys." + view
}

// shells writes the wrappers and the README.
func (s *set) shells() {
	s.files = append(s.files, File{Name: "collect.sh", Exec: true, Text: `#!/bin/sh
# Runs collect.sql in its folder and packs what it spooled: ./collect.sh user@database
# SQL*Plus asks for the password. LANDFALL_MINUTES ends the whole run after so many minutes; start it again to go on.
cd "$(dirname "$0")" || exit 1
if [ -z "$1" ]; then echo "usage: ./collect.sh user@database" >&2; exit 2; fi
if ! command -v sqlplus >/dev/null 2>&1; then echo "sqlplus is not in PATH" >&2; exit 1; fi
if [ -n "$LANDFALL_MINUTES" ] && command -v timeout >/dev/null 2>&1; then
  timeout --foreground "${LANDFALL_MINUTES}m" sqlplus -L "$@" @collect.sql
else
  sqlplus -L "$@" @collect.sql
fi
rc=$?
if [ $rc -ne 0 ]; then echo "sqlplus ended with $rc; start it again to go on" >&2; fi
if command -v zip >/dev/null 2>&1; then
  zip -q -r spool.zip spool && echo "packed: spool.zip"
else
  tar czf spool.tar.gz spool && echo "packed: spool.tar.gz"
fi
exit $rc
`})
	s.add("collect.cmd", strings.ReplaceAll(`@echo off
rem Runs collect.sql in its folder: collect.cmd user@database
cd /d "%~dp0"
if "%~1"=="" (
  echo usage: collect.cmd user@database
  exit /b 2
)
sqlplus -L %* @collect.sql
`, "\n", "\r\n"))
	schemas := "all schemas but Oracle's own"
	if len(s.opt.Schemas) > 0 {
		names := make([]string, len(s.opt.Schemas))
		for i, n := range s.opt.Schemas {
			names[i] = asciistr(n)
		}
		schemas = "the schemas " + strings.Join(names, ", ")
	}
	s.add("README.txt", fmt.Sprintf(`Collecting for landfall %s

These scripts ask an Oracle database (11.2 to 23ai) about itself: %s.
They only read, need nothing but SQL*Plus, and run from any machine with it, Windows too.

  cd this-folder
  sqlplus user@database @collect.sql      or ./collect.sh user@database, or collect.cmd user@database

- Start it in this folder: spools go to the folder spool, what is finished is noted in the folder state.
- Without SELECT_CATALOG_ROLE it takes the ALL_ views and leaves out what only DBA_ and V$ views tell. grants.sql lets a
  DBA give the rights one by one; it shows each.
- Before it reads anything of a pack that is PAID FOR (Diagnostics Pack: DBA_HIST views), of Statspack or of the audit
  trails it asks. The default is no.
- Broken off, start it again: finished extracts are skipped. To collect one anew, write
  DEFINE lf_state = todo into state/NAME.sql.
- After %d minutes no further extract is begun, and a PL/SQL block of its own ends. SQL*Plus cannot end a statement that
  runs: break it off with Ctrl-C, or let LANDFALL_MINUTES of collect.sh do it.
- In a container database connect to each pluggable database; the root holds no application.
- Extracts lie in memory and TEMP of the database while they are made: some are as large as the source code or the
  cursor cache. Run it outside of busy hours.
- What is spooled holds SQL text, source code and, if bind values were captured, values. landfall collect --mask masks them when
  the bundle is made; nothing leaves this folder by itself.

Then, where landfall is:

  landfall collect --source spool:spool --out NAME.zip
  landfall bundle show NAME.zip
`, s.opt.Version, schemas, s.opt.Minutes))
}
