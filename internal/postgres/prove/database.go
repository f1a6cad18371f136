package prove

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// databasePrefix begins the name of every database that is made here.
const databasePrefix = "landfall_prove_"

// database is our database on somebody's server.
type database struct {
	config *pgx.ConnConfig // of the database that we came by
	name   string
	more   map[string]string // settings of its sessions
}

func makeDatabase(ctx context.Context, opt Options) (*database, error) {
	config, err := pgx.ParseConfig(opt.URL)
	if err != nil {
		return nil, err
	}
	var b [6]byte
	if _, err := rand.Read(b[:]); err != nil {
		return nil, err
	}
	d := &database{config: config, name: databasePrefix + hex.EncodeToString(b[:]), more: opt.Settings}
	admin, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	defer admin.Close(context.WithoutCancel(ctx))
	create := "create database " + pgx.Identifier{d.name}.Sanitize() + " template template0 encoding 'UTF8'"
	if _, err = admin.Exec(ctx, create); err != nil && isState(err, "22023") { // the server's locale is for another encoding
		_, err = admin.Exec(ctx, create+" lc_collate 'C' lc_ctype 'C'")
	}
	if err != nil {
		return nil, fmt.Errorf("make a database to prove in: %w", err)
	}
	return d, nil
}

// Reach tries whether a server can be logged in to.
func Reach(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// drop removes the database, also after the caller has been cancelled.
func (d *database) drop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	admin, err := pgx.ConnectConfig(ctx, d.config)
	if err != nil {
		return fmt.Errorf("database %s is left over: %w", d.name, err)
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, "drop database if exists "+pgx.Identifier{d.name}.Sanitize()+" with (force)"); err != nil {
		return fmt.Errorf("database %s is left over: %w", d.name, err)
	}
	return nil
}

// connect opens a connection on which notices are not heard and nothing waits for long.
func (d *database) connect(ctx context.Context) (*pgx.Conn, error) {
	config := d.config.Copy()
	config.Database = d.name
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	for name, value := range sessionSettings() {
		config.RuntimeParams[name] = value
	}
	maps.Copy(config.RuntimeParams, d.more)
	return pgx.ConnectConfig(ctx, config)
}

// sessionSettings make the same server say the same, whatever its defaults. RESET goes back to them.
func sessionSettings() map[string]string {
	return map[string]string{
		"statement_timeout": fmt.Sprint(statementTimeout.Milliseconds()), "lock_timeout": "10000", "synchronous_commit": "off", "client_min_messages": "error",
		"check_function_bodies": "on", "standard_conforming_strings": "on", "lc_messages": "C", "search_path": "public",
	}
}

// makeExtensions creates what the server offers of a list. What it does not offer, or not to us, is Absent.
func makeExtensions(ctx context.Context, conn *pgx.Conn, wanted []string, report *Report) (map[string]bool, error) {
	have := map[string]bool{"plpgsql": true}
	for _, name := range wanted {
		if have[name] {
			continue
		}
		var offered bool
		if err := conn.QueryRow(ctx, "select exists (select from pg_available_extensions where name = $1)", name).Scan(&offered); err != nil {
			return nil, err
		}
		if !offered {
			report.Absent = append(report.Absent, name)
			continue
		}
		if _, err := conn.Exec(ctx, "create extension if not exists "+pgx.Identifier{name}.Sanitize()+" cascade"); err != nil {
			var pg *pgconn.PgError
			if !errors.As(err, &pg) {
				return nil, err
			}
			report.Absent = append(report.Absent, name+": "+pg.Message)
			continue
		}
		have[name] = true
	}
	rows, err := conn.Query(ctx, "select extname, extversion from pg_extension where extname <> 'plpgsql' order by 1")
	if err != nil {
		return nil, err
	}
	var name, version string
	_, err = pgx.ForEachRow(rows, []any{&name, &version}, func() error {
		have[name] = true
		report.Extensions = append(report.Extensions, name+" "+version)
		return nil
	})
	return have, err
}

func isState(err error, states ...string) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	for _, s := range states {
		if strings.HasPrefix(pg.Code, s) {
			return true
		}
	}
	return false
}
