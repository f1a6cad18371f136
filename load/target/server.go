package target

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Connect makes a pool of connections to the target, each set up for the rows of a load, and examines the server.
func Connect(ctx context.Context, url, password string, conns int) (*pgxpool.Pool, *Server, []Problem, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, nil, nil, err
	}
	if password != "" {
		config.ConnConfig.Password = password
	}
	first, err := pgx.ConnectConfig(ctx, config.ConnConfig.Copy())
	if err != nil {
		return nil, nil, nil, err
	}
	server, problems, err := Examine(ctx, first)
	_ = first.Close(ctx) // it has said what it had to
	if err != nil {
		return nil, nil, nil, err
	}
	config.MaxConns = int32(conns)
	config.ConnConfig.RuntimeParams["application_name"] = "landfall load"
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.PgConn().Exec(ctx, server.Setup()).ReadAll()
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	return pool, server, problems, err
}

// Server is what the target says of itself.
type Server struct {
	Major      int
	Version    string
	Encoding   string
	WALLevel   string
	MaxWAL     int64 // bytes
	Collate    string
	InRecovery bool
	LZ4        bool // values can be compressed with it
	Replica    bool // triggers and foreign keys can be passed over (session_replication_role)
	Cores      int  // that workers may use: max_worker_processes is the nearest thing that can be asked
	Workers    int  // max_parallel_maintenance_workers may go up to it
	MaxConns   int
	Settings   map[string]string
}

// Examine asks the server, and says what stands in the way of a load and what is worth knowing.
func Examine(ctx context.Context, q Querier) (*Server, []Problem, error) {
	s := &Server{Settings: map[string]string{}}
	var num int
	var methods []string
	err := q.QueryRow(ctx, `SELECT current_setting('server_version_num')::int, current_setting('server_version'), current_setting('server_encoding'), (SELECT datcollate FROM pg_database WHERE datname = current_database()), pg_is_in_recovery(),
		coalesce((SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'), '{}'),
		(SELECT rolsuper FROM pg_roles WHERE rolname = current_user), current_setting('max_worker_processes')::int, current_setting('max_parallel_workers')::int, current_setting('max_connections')::int`).
		Scan(&num, &s.Version, &s.Encoding, &s.Collate, &s.InRecovery, &methods, &s.Replica, &s.Cores, &s.Workers, &s.MaxConns)
	if err != nil {
		return nil, nil, err
	}
	s.Major = num / 10000
	for _, m := range methods {
		s.LZ4 = s.LZ4 || m == "lz4"
	}
	rows, err := q.Query(ctx, `SELECT name, setting FROM pg_settings WHERE name IN ('wal_level', 'max_wal_size', 'fsync', 'full_page_writes', 'default_transaction_read_only', 'synchronous_standby_names', 'checkpoint_timeout')`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, v string
		if err := rows.Scan(&name, &v); err != nil {
			return nil, nil, err
		}
		s.Settings[name] = v
	}
	if err := rows.Err(); err != nil {
		return nil, nil, err
	}
	s.WALLevel = s.Settings["wal_level"]
	if _, err := fmt.Sscan(s.Settings["max_wal_size"], &s.MaxWAL); err == nil {
		s.MaxWAL <<= 20
	}
	return s, s.problems(), nil
}

func (s *Server) problems() []Problem {
	var list []Problem
	add := func(stop bool, hint, format string, args ...any) {
		list = append(list, Problem{stop, fmt.Sprintf(format, args...), hint})
	}
	if s.Encoding != "UTF8" {
		add(true, "CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0", "the database is encoded in %s, which cannot hold what Oracle's can", s.Encoding)
	}
	if s.Major < 14 {
		add(true, "PostgreSQL 14 or newer", "PostgreSQL %s is too old", s.Version)
	}
	switch s.Collate {
	case "C", "POSIX", "C.UTF-8", "C.utf8":
	default:
		add(false, "CREATE DATABASE ... LC_COLLATE 'C' TEMPLATE template0", "text is sorted by %s: Oracle's NLS_SORT BINARY sorts by bytes, and indexes of text are made slower", s.Collate)
	}
	if s.InRecovery {
		add(true, "name the primary", "the server is a standby")
	}
	if s.Settings["default_transaction_read_only"] == "on" {
		add(true, "ALTER DATABASE ... SET default_transaction_read_only = off", "the server takes no changes (default_transaction_read_only)")
	}
	if s.Settings["fsync"] == "off" {
		add(false, "fsync = on", "fsync is off: after a crash of the machine the ledger and the rows may not be there")
	}
	if s.MaxWAL > 0 && s.MaxWAL < 4<<30 {
		add(false, "ALTER SYSTEM SET max_wal_size = '16GB'; SELECT pg_reload_conf()", "max_wal_size is %d MB: a load makes a checkpoint every time that much is written", s.MaxWAL>>20)
	}
	if s.WALLevel == "logical" {
		add(false, "wal_level = replica while the rows come, unless a subscriber needs them", "wal_level is logical: every row is written to the log for subscribers too")
	}
	if v := s.Settings["synchronous_standby_names"]; v != "" {
		add(false, "SET synchronous_commit = local for the account while the rows come", "synchronous standbys (%s) are waited for at every chunk", v)
	}
	return list
}

// Setup are the settings of a session that rows are written by.
func (s *Server) Setup() string {
	list := []string{
		"SET client_encoding = 'UTF8'", "SET statement_timeout = 0", "SET lock_timeout = 0", "SET idle_in_transaction_session_timeout = 0", "SET DateStyle = 'ISO, YMD'", "SET IntervalStyle = 'postgres'", "SET extra_float_digits = 1", "SET bytea_output = 'hex'", // texts of values must be exact
		// a client whose machine is gone must not hold its chunk for hours
		"SET tcp_keepalives_idle = 10", "SET tcp_keepalives_interval = 5", "SET tcp_keepalives_count = 4",
	}
	if s.LZ4 {
		list = append(list, "SET default_toast_compression = 'lz4'")
	}
	if s.Replica {
		list = append(list, "SET session_replication_role = 'replica'")
	}
	return strings.Join(list, "; ")
}
