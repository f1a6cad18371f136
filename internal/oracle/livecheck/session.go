package livecheck

import (
	"fmt"
	"strings"

	"landfall/internal/oracle/connect"
)

// session asks whether the session is as it was made.
func (c *checker) session() error {
	for name, want := range map[string]string{
		"NLS_LANGUAGE": "AMERICAN", "NLS_TERRITORY": "AMERICA", "NLS_CALENDAR": "GREGORIAN", "NLS_SORT": "BINARY", "NLS_COMP": "BINARY", "NLS_NUMERIC_CHARACTERS": ".,",
		"NLS_DATE_FORMAT": "YYYY-MM-DD HH24:MI:SS", "NLS_TIMESTAMP_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF9",
	} {
		if err := c.value("session", name, want, "SELECT value FROM nls_session_parameters WHERE parameter = :1", name); err != nil {
			return err
		}
	}
	for _, q := range [][3]string{
		{"time zone", "+00:00", "SELECT SESSIONTIMEZONE FROM dual"},
		{"module", "landfall doctor", "SELECT SYS_CONTEXT('USERENV', 'MODULE') FROM dual"},
		{"binds", "7.25|a'b|NULL", "SELECT TO_CHAR(:1) || '|' || :2 || '|' || NVL(:3, 'NULL') FROM dual"},
		{"repeated names", "x-x", "SELECT :a || '-' || :a FROM dual"},
	} {
		var args []any
		switch q[0] {
		case "binds":
			args = []any{7.25, "a'b", nil}
		case "repeated names":
			args = []any{"x", "x"}
		}
		if err := c.value("session", q[0], q[1], q[2], args...); err != nil {
			return err
		}
	}
	if err := c.add("session", "character set by the protocol and by the dictionary", c.r.Facts.Charset, func() (string, string, error) {
		return connect.CharsetName(c.se.Charset()), fmt.Sprintf("number %d", c.se.Charset()), nil
	}); err != nil {
		return err
	}
	if err := c.add("session", "national character set by the protocol and by the dictionary", c.r.Facts.NCharset, func() (string, string, error) {
		return connect.CharsetName(c.se.NCharset()), fmt.Sprintf("number %d", c.se.NCharset()), nil
	}); err != nil {
		return err
	}
	return c.add("session", "encrypted as V$SESSION_CONNECT_INFO says", "same", func() (string, string, error) {
		got, err := c.text("SELECT COUNT(*) FROM v$session_connect_info WHERE sid = SYS_CONTEXT('USERENV', 'SID') AND network_service_banner LIKE '%encryption%adapter%'")
		if err != nil {
			return "", "", err
		}
		native := got != "0"
		tls := strings.EqualFold(c.r.Facts.Protocol, "tcps")
		if (native || tls) == c.se.Encrypted() {
			return "same", "", nil
		}
		return fmt.Sprintf("the server: native %v, TLS %v; the driver: %v", native, tls, c.se.Encrypted()), "", nil
	})
}

// value is a check of a single value.
func (c *checker) value(group, name, want, sql string, args ...any) error {
	return c.add(group, name, want, func() (string, string, error) {
		got, err := c.text(sql, args...)
		return got, "", err
	})
}
