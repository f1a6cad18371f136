package probe

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Kinds of servers.
const (
	PostgreSQL        = "postgresql"
	PolarDBPostgreSQL = "polardb-postgresql" // PolarDB in PostgreSQL's mode: speaks as PostgreSQL does
	PolarDBOracle     = "polardb-oracle"     // PolarDB in Oracle's mode
)

// Server is what a server says about itself.
type Server struct {
	Kind       string      `json:"kind"`
	Version    string      `json:"version"`         // of PostgreSQL: 15.18
	Major      int         `json:"major"`           // 15
	Level      string      `json:"level,omitempty"` // of PolarDB's Oracle mode: 1.0, 2.0
	Product    string      `json:"product"`         // in its own words
	Database   string      `json:"database"`
	User       string      `json:"user"`
	Superuser  bool        `json:"superuser"`
	Encoding   string      `json:"encoding"`
	Collate    string      `json:"collate"`
	Ctype      string      `json:"ctype"`
	Settings   []Setting   `json:"settings"`
	Extensions []Extension `json:"extensions"`
}

// Setting is one parameter that matters.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	What  string `json:"what"` // it matters for
}

// Extension is one extension that conversion may use.
type Extension struct {
	Name      string `json:"name"`
	Installed string `json:"installed,omitempty"` // version, in this database
	Available string `json:"available,omitempty"` // version that CREATE EXTENSION would make
	What      string `json:"what"`
}

// settingsThatMatter are read when the server has them. Those of PolarDB switch behaviour of its Oracle mode
// (documents of the vendor: default values of cluster parameters, DBMS_TRANSACTION, 64-bit DATE).
var settingsThatMatter = []Setting{
	{Name: "standard_conforming_strings", What: "backslashes in texts: must be on"},
	{Name: "TimeZone", What: "what CURRENT_TIMESTAMP and timestamptz show"},
	{Name: "DateStyle", What: "text of dates where no mask says"},
	{Name: "IntervalStyle", What: "text of intervals"},
	{Name: "default_transaction_isolation", What: "read committed is Oracle's default"},
	{Name: "default_transaction_read_only", What: "on: nothing can be made"},
	{Name: "search_path", What: "what names without a schema mean"},
	{Name: "wal_level", What: "logical: changes can be streamed back"},
	{Name: "max_connections", What: "workers of the load"},
	{Name: "max_locks_per_transaction", What: "many partitions in one transaction"},
	{Name: "shared_preload_libraries", What: "pg_cron, pg_hint_plan, pg_stat_statements"},
	{Name: "statement_timeout", What: "0: long statements of a load are not cut"},
	{Name: "idle_in_transaction_session_timeout", What: "0: sessions that wait are not cut"},
	{Name: "check_function_bodies", What: "on: syntax of routines is checked when they are made"},
	{Name: "polar_compatibility_mode", What: "ora: Oracle's mode"},
	{Name: "polardb_version", What: "version of PolarDB"},
	{Name: "polar_version", What: "version of PolarDB"},
	{Name: "polar_comp_stmt_level_tx", What: "on (1.0): an error undoes only its own statement"},
	{Name: "polar_enable_stmt_transaction_rollback", What: "on (2.0): an error undoes only its own statement, a later COMMIT keeps what came before"},
	{Name: "polar_default_pl_stmt_transaction_rollback", What: "on: savepoints of DBMS_TRANSACTION work"},
	{Name: "polar_enable_commit_in_execute_immediate", What: "COMMIT inside EXECUTE IMMEDIATE"},
	{Name: "polar_enable_ddl_implicit_commit", What: "on: DDL commits"},
	{Name: "polar_comp_redwood_date", What: "on (1.0): DATE columns have a time"},
	{Name: "polar_comp_redwood_raw_names", What: "off: dictionary views show names in upper case"},
	{Name: "polar_default_with_rowid", What: "on: new tables have a row id column"},
	{Name: "polar_create_table_with_full_replica_identity", What: "on: new tables log whole rows"},
	{Name: "polar_enable_call_function_syntax", What: "functions with OUT arguments can be called"},
	{Name: "nls_date_format", What: "text of DATE in and out"},
	{Name: "nls_timestamp_format", What: "text of TIMESTAMP in and out"},
	{Name: "nls_timestamp_tz_format", What: "text of TIMESTAMP WITH TIME ZONE in and out"},
}

// extensionsThatMatter are those that converted code can use, or that check it.
var extensionsThatMatter = []Extension{
	{Name: "orafce", What: "functions and packages by Oracle's names"},
	{Name: "plpgsql_check", What: "checks converted routines"},
	{Name: "dblink", What: "autonomous transactions"},
	{Name: "pg_background", What: "autonomous transactions, the other way"},
	{Name: "pg_cron", What: "jobs"},
	{Name: "pgcrypto", What: "DBMS_CRYPTO"},
	{Name: "tablefunc", What: "PIVOT over values that are not known before"},
	{Name: "fuzzystrmatch", What: "UTL_MATCH"},
	{Name: "oracle_fdw", What: "database links to Oracle"},
	{Name: "postgres_fdw", What: "database links to PostgreSQL"},
	{Name: "file_fdw", What: "external tables"},
	{Name: "pg_hint_plan", What: "optimizer hints"},
	{Name: "pg_trgm", What: "indexes for LIKE and Oracle Text"},
	{Name: "postgis", What: "Oracle Spatial"},
	{Name: "vector", What: "VECTOR columns"},
	{Name: "pg_stat_statements", What: "compares the workload after the move"},
}

func identify(ctx context.Context, conn *pgx.Conn) (*Server, error) {
	s := &Server{}
	err := conn.QueryRow(ctx, `select version(), current_database(), current_user, coalesce((select rolsuper from pg_roles where rolname = current_user), false),
		current_setting('server_encoding'), datcollate, datctype from pg_database where datname = current_database()`).
		Scan(&s.Product, &s.Database, &s.User, &s.Superuser, &s.Encoding, &s.Collate, &s.Ctype)
	if err != nil {
		return nil, err
	}
	have := map[string]string{}
	rows, err := conn.Query(ctx, "select name, coalesce(setting, '') from pg_settings")
	if err != nil {
		return nil, err
	}
	var name, value string
	if _, err = pgx.ForEachRow(rows, []any{&name, &value}, func() error { have[name] = value; return nil }); err != nil {
		return nil, err
	}
	for _, m := range settingsThatMatter {
		if v, ok := have[m.Name]; ok {
			s.Settings = append(s.Settings, Setting{m.Name, v, m.What})
		}
	}
	if err := s.classify(have); err != nil {
		return nil, err
	}
	return s, s.readExtensions(ctx, conn)
}

// classify tells the kind by settings alone: version() and names of products differ from release to release.
func (s *Server) classify(have map[string]string) error {
	num, err := strconv.Atoi(have["server_version_num"])
	if err != nil || num < 10000 {
		return fmt.Errorf("the server does not say which version of PostgreSQL it speaks as (server_version_num is %q)", have["server_version_num"])
	}
	s.Major = num / 10000
	s.Version = fmt.Sprintf("%d.%d", s.Major, num%10000)
	_, one := have["polar_comp_stmt_level_tx"]
	_, redwood := have["polar_comp_redwood_date"]
	_, polar := have["polardb_version"]
	_, older := have["polar_version"]
	switch mode := strings.ToLower(have["polar_compatibility_mode"]); {
	case mode == "ora" && s.Major <= 11, mode == "" && (one || redwood) && s.Major <= 11:
		s.Kind, s.Level = PolarDBOracle, "1.0"
	case mode == "ora":
		s.Kind, s.Level = PolarDBOracle, "2.0"
	case mode != "" || polar || older:
		s.Kind = PolarDBPostgreSQL
	default:
		s.Kind = PostgreSQL
	}
	return nil
}

func (s *Server) readExtensions(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, "select name, coalesce(installed_version, ''), coalesce(default_version, '') from pg_available_extensions")
	if err != nil {
		return err
	}
	found := map[string]Extension{}
	var e Extension
	if _, err := pgx.ForEachRow(rows, []any{&e.Name, &e.Installed, &e.Available}, func() error { found[e.Name] = e; return nil }); err != nil {
		return err
	}
	for _, m := range extensionsThatMatter {
		f := found[m.Name]
		f.Name, f.What = m.Name, m.What
		s.Extensions = append(s.Extensions, f)
	}
	return nil
}

// Profile is the target profile that fits the server, with its version.
func (s *Server) Profile() string {
	if s.Kind == PolarDBOracle {
		return PolarDBOracle + ":" + s.Level
	}
	return fmt.Sprintf("%s:%d", PostgreSQL, s.Major)
}

// Remarks are what stands in the way of a move to this server, worst first.
func (s *Server) Remarks() []string {
	var list []string
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if s.Kind != PolarDBOracle && s.Major < 14 {
		say("PostgreSQL %s is older than 14: converted code needs OUT parameters of procedures and CYCLE in recursive queries", s.Version)
	}
	if s.Encoding != "UTF8" {
		say("the database is encoded in %s: texts that it cannot hold will be refused; make it with ENCODING 'UTF8'", s.Encoding)
	}
	for _, v := range s.Settings {
		switch {
		case v.Name == "standard_conforming_strings" && v.Value != "on":
			say("standard_conforming_strings is %s: backslashes in texts would be read as escapes", v.Value)
		case v.Name == "default_transaction_read_only" && v.Value == "on":
			say("the server takes no changes (default_transaction_read_only)")
		}
	}
	return list
}
