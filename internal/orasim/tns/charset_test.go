package tns_test

import (
	"encoding/json"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	driver "github.com/sijms/go-ora/v2"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/tns"
	"landfall/internal/orasim/value/charset"
)

// mixed is text that no set but those of Unicode and GB18030 has as a whole.
const mixed = "aé€ß中😀"

// setCase is what a database of a character set makes of mixed.
type setCase struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Want    string `json:"want"`
	Bytes   int    `json:"bytes"` // LENGTHB
	Chars   int    `json:"chars"` // LENGTH
}

// charsetDatabases serves an engine in each set.
func charsetDatabases(t *testing.T) []setCase {
	t.Helper()
	list := []setCase{
		{"ZHS16GBK", "", "aé€?中?", 8, 6},
		{"ZHS32GB18030", "", mixed, 1 + 2 + 2 + 4 + 2 + 4, 6},
		{"UTF8", "", mixed, 1 + 2 + 3 + 2 + 3 + 6, 7},
		{"US7ASCII", "", "a?????", 6, 6},
		{"WE8ISO8859P1", "", "aé¿ß¿¿", 6, 6},
		{"WE8MSWIN1252", "", "aé€ß¿¿", 6, 6},
	}
	for i := range list {
		set, ok := charset.ByName(list[i].Name)
		if !ok {
			t.Fatal(list[i].Name)
		}
		info := newScripted().Info()
		info.Charset = set.ID
		e := engine.New(info, time.Now)
		e.AddUser("scott", "tiger")
		_, addr := serve(t, one{e}, tns.Options{})
		list[i].Address = addr.String()
		if set.ID == 854 { // go-ora does not connect to such a database
			continue
		}
		execute(t, goora(t, addr, ""), "create table texts (k number, v varchar2(40), n nvarchar2(20), c clob)")
	}
	return list
}

// charsetEnv tells a client's suite of the databases.
func charsetEnv(t *testing.T) string {
	b, err := json.Marshal(charsetDatabases(t))
	if err != nil {
		t.Fatal(err)
	}
	return "SETS=" + string(b)
}

// TestCharsets writes and reads text through go-ora in databases of all sets that it knows.
func TestCharsets(t *testing.T) {
	for _, c := range charsetDatabases(t) {
		t.Run(c.Name, func(t *testing.T) {
			addr, err := net.ResolveTCPAddr("tcp", c.Address)
			if err != nil {
				t.Fatal(err)
			}
			db := goora(t, addr, "")
			if c.Name == "ZHS32GB18030" {
				if err := db.Ping(); err == nil || !strings.Contains(err.Error(), "charset") {
					t.Errorf("go-ora connects to ZHS32GB18030: %v", err)
				}
				return
			}
			if c.Name == "UTF8" { // go-ora makes no surrogates
				c.Want, c.Bytes, c.Chars = strings.TrimSuffix(c.Want, "😀"), c.Bytes-6, c.Chars-2
			}
			// what go-ora has no place for it replaces itself, in binds as in statements
			execute(t, db, "insert into texts values (1, :1, :2, :3)", c.Want, driver.NVarChar(mixed), driver.Clob{String: c.Want, Valid: true})
			execute(t, db, "insert into texts values (2, '"+c.Want+"', n'a', '"+c.Want+"')")
			for _, options := range []string{"", "lob fetch=post"} {
				for k, row := range table(t, goora(t, addr, options), "select v, n, c, lengthb(v), length(v) from texts order by k") {
					if row[0] != c.Want || k == 0 && row[1] != mixed {
						t.Errorf("%q: row %d: %q %q", options, k, row[0], row[1])
					}
					if row[3] != strconv.Itoa(c.Bytes) || row[4] != strconv.Itoa(c.Chars) {
						t.Errorf("%q: row %d: %v bytes, %v characters", options, k, row[3], row[4])
					}
					if row[2] != c.Want {
						t.Errorf("%q: row %d: CLOB %q", options, k, row[2])
					}
				}
			}
			if got := table(t, db, "select value from nls_database_parameters where parameter = 'NLS_CHARACTERSET'"); got[0][0] != c.Name {
				t.Errorf("NLS_CHARACTERSET %v", got)
			}
		})
	}
}
