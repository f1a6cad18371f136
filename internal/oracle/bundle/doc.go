// Package bundle holds what is collected from one Oracle database: which facts (the registry of extracts), and the one
// file they travel in.
//
// An extract is a table of facts with a fixed list of columns, such as "tables" or "sql". Registry lists all of them as
// data: where each comes from in every version of Oracle, with DBA and with ALL views, which paid pack it needs, and
// what is masked in it. docs/extracts.md is made of it. The SQL*Plus scripts (package sqlplus), the reader of scripts
// (package collect) and a live connection all write the same extracts; a Bundle does not tell who wrote it but for
// Manifest.Origin.
//
// A bundle is a zip with manifest.json and one text file an extract:
//
//	manifest.json             format, database, what was collected and what was not and why, sums
//	extracts/tables.txt       line 1: names of columns; then one row a line
//
// Fields are separated by a tab. Inside a field \\, \t, \n, \r and \0 stand for backslash, tab, line feed, carriage
// return and NUL. An empty field is Oracle's NULL (which has no empty text). Text is UTF-8. Numbers are as TO_CHAR
// writes them with a point; times are 2026-11-29T13:45:00, without a zone in that of the database, with one where Oracle has one.
// Rows are sorted by the extract's key. Entries of the zip bear no times: the same facts give the same bytes.
//
// Input -> output: rows of extracts in, a zip out (Write), and back (Open). Open believes nothing: sums, row counts,
// columns, text encoding, sizes and names are checked, and what is wrong is an Error with code and hint. The package
// talks to no database and does not interpret what it carries; package dict does. All functions may be called concurrently;
// a Bundle is read-only once opened.
//
// # For readers of the workload
//
// SQL text with figures is in these extracts (columns in Registry and docs/extracts.md):
//
//	sql             cursor cache, one row an instance, statement and parsing schema: sql_id, force_matching_signature,
//	                parsing_schema_name, module, executions, elapsed_time (microseconds, total), ..., sql_text
//	sql_binds       captured binds: sql_id, child_number, position, name, datatype_string, value_string
//	awr_sql         text of the workload repository: dbid, sql_id, command_type, sql_text
//	awr_sqlstat     its figures, summed over the window: dbid, sql_id, parsing_schema_name, module, executions ...
//	awr_binds       its binds
//	statspack_sql   Statspack's figures, last minus first snapshot; statspack_text its text
//	audit_unified, audit_standard   audited statements: sql_text, sql_binds, user, time, return code
//	workload        statements that came as files (origin files): id, module, executions, elapsed_ms, binds, sql_text
package bundle
