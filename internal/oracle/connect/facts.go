package connect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Facts are what a session can know of its database. What it may not read is empty, and named in Unknown with Oracle's error.
type Facts struct {
	Banner    string   `json:"banner"`
	Version   string   `json:"version"`    // 19.3.0.0.0
	Container string   `json:"container"`  // CON_NAME; "" below 12.1
	CDB       bool     `json:"cdb"`        // the container is the root or a pluggable database
	Role      string   `json:"role"`       // PRIMARY, PHYSICAL STANDBY ...
	OpenMode  string   `json:"open_mode"`  // READ WRITE, READ ONLY WITH APPLY ...
	Charset   string   `json:"charset"`    // NLS_CHARACTERSET
	NCharset  string   `json:"ncharset"`   // NLS_NCHAR_CHARACTERSET
	DBZone    string   `json:"db_zone"`    // DBTIMEZONE
	ZoneFile  string   `json:"zone_file"`  // version of the time zone file
	User      string   `json:"user"`       // SESSION_USER
	Schema    string   `json:"schema"`     // CURRENT_SCHEMA
	Service   string   `json:"service"`    // SERVICE_NAME
	Protocol  string   `json:"protocol"`   // NETWORK_PROTOCOL: tcp, tcps
	Encrypted bool     `json:"encrypted"`  // TLS or native encryption, by the driver
	SCN       string   `json:"scn"`        // now, from V$DATABASE or DBMS_FLASHBACK
	Roles     []string `json:"roles"`      // enabled ones
	Privs     []string `json:"privileges"` // system privileges that count, through roles too
	// Catalog says that DBA_ and V$ views can be read.
	Catalog bool              `json:"catalog"`
	Unknown map[string]string `json:"unknown"` // what could not be read: why
}

// VersionNumber is 1903 of 19.3, as the registry of extracts counts; 0 when it is not known.
func (f *Facts) VersionNumber() int {
	var major, minor int
	if n, _ := fmt.Sscanf(f.Version, "%d.%d", &major, &minor); n < 1 {
		return 0
	}
	if major >= 18 { // the second number is the release update from 18 on
		minor = 0
	}
	return major*100 + minor
}

// Facts asks. An error says that the session is lost; a missing right is none.
func (s *Session) Facts(ctx context.Context) (*Facts, error) {
	f := &Facts{Unknown: map[string]string{}, Encrypted: s.Encrypted()}
	ask := func(what, sql string, into ...*string) error {
		rows, err := s.texts(ctx, sql)
		why, known := answered(err)
		switch {
		case known:
			f.Unknown[what] = why
			return nil
		case err != nil:
			return err
		case len(rows) == 0:
			f.Unknown[what] = "no rows"
			return nil
		}
		for i, p := range into {
			*p = rows[0][i]
		}
		return nil
	}
	list := func(what, sql string) (out []string, err error) {
		rows, err := s.texts(ctx, sql)
		if why, known := answered(err); known {
			f.Unknown[what] = why
			return nil, nil
		}
		for _, r := range rows {
			out = append(out, r[0])
		}
		slices.Sort(out)
		return out, err
	}
	var cdb string
	for _, q := range []struct {
		what, sql string
		into      []*string
	}{
		{"version", "SELECT version FROM product_component_version WHERE product LIKE 'Oracle%Database%'", []*string{&f.Version}},
		{"banner", "SELECT banner FROM v$version WHERE banner LIKE 'Oracle%'", []*string{&f.Banner}},
		{"charset", "SELECT value FROM nls_database_parameters WHERE parameter = 'NLS_CHARACTERSET'", []*string{&f.Charset}},
		{"ncharset", "SELECT value FROM nls_database_parameters WHERE parameter = 'NLS_NCHAR_CHARACTERSET'", []*string{&f.NCharset}},
		{"db_zone", "SELECT DBTIMEZONE FROM dual", []*string{&f.DBZone}},
		{"user", "SELECT SYS_CONTEXT('USERENV', 'SESSION_USER'), SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM dual", []*string{&f.User, &f.Schema}},
		{"service", "SELECT SYS_CONTEXT('USERENV', 'SERVICE_NAME') FROM dual", []*string{&f.Service}},
		{"protocol", "SELECT SYS_CONTEXT('USERENV', 'NETWORK_PROTOCOL') FROM dual", []*string{&f.Protocol}},
		{"container", "SELECT SYS_CONTEXT('USERENV', 'CON_NAME') FROM dual", []*string{&f.Container}},
		{"role", "SELECT database_role, open_mode FROM v$database", []*string{&f.Role, &f.OpenMode}},
		{"cdb", "SELECT cdb FROM v$database", []*string{&cdb}},
		{"zone_file", "SELECT TO_CHAR(version) FROM v$timezone_file", []*string{&f.ZoneFile}},
		{"scn", "SELECT TO_CHAR(current_scn) FROM v$database", []*string{&f.SCN}},
	} {
		if err := ask(q.what, q.sql, q.into...); err != nil {
			return nil, err
		}
	}
	if f.SCN == "" {
		if err := ask("scn", "SELECT TO_CHAR(dbms_flashback.get_system_change_number) FROM dual", &f.SCN); err != nil {
			return nil, err
		}
		if f.SCN != "" {
			delete(f.Unknown, "scn")
		}
	}
	f.CDB = cdb == "YES"
	var err error
	if f.Roles, err = list("roles", "SELECT role FROM session_roles"); err != nil {
		return nil, err
	}
	if f.Privs, err = list("privileges", "SELECT privilege FROM session_privs"); err != nil {
		return nil, err
	}
	var n string
	if err := ask("catalog", "SELECT TO_CHAR(COUNT(*)) FROM dba_objects WHERE 1 = 0", &n); err != nil {
		return nil, err
	}
	f.Catalog = f.Unknown["catalog"] == ""
	return f, nil
}

// answered says that an error is the database's answer, and not the end of the session.
func answered(err error) (why string, ok bool) {
	var (
		e *OracleError
		f *Fault
	)
	switch {
	case errors.As(err, &f):
		return f.Error(), true
	case errors.As(err, &e) && e.Code != 0 && !errors.Is(err, ErrLost) && !errors.Is(err, ErrCancelled):
		return e.Text, true
	}
	return "", false
}

// texts fetches columns of text; NULL is "".
func (s *Session) texts(ctx context.Context, sql string, args ...any) (out [][]string, err error) {
	rows, err := s.QueryWith(ctx, Query{FetchRows: 200}, sql, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next(ctx) {
		row := make([]string, len(rows.Values()))
		for i, v := range rows.Values() {
			switch v := v.(type) {
			case nil:
			case string:
				row[i] = strings.TrimRight(v, " ")
			case *Fault:
				return nil, v
			default:
				return nil, fmt.Errorf("%s is no text", rows.Columns()[i].Name)
			}
		}
		out = append(out, row)
	}
	return out, rows.Err()
}
