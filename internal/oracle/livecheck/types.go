package livecheck

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/connect"
	"landfall/internal/oracle/value"
)

// typed is a value from DUAL with the bytes that Oracle documents for it.
type typed struct {
	name string
	expr string
	text string // expression of its text; "" asks for none
	want string // bytes in hexadecimal; a shorter one is the beginning
	// said is the text that the expression must give.
	said string
}

// edges are values at the ends of their types. Bytes: Oracle Call Interface Programmer's Guide, "External Data Types", and for NUMBER the
// database's own DUMP, which is asked too.
var edges = []typed{
	{"NUMBER 0", "0", "TO_CHAR(0)", "80", "0"},
	{"NUMBER 1", "1", "TO_CHAR(1)", "C102", "1"},
	{"NUMBER -1", "-1", "TO_CHAR(-1)", "3E6466", "-1"},
	{"NUMBER 123.45", "123.45", "TO_CHAR(123.45)", "C202182E", "123.45"},
	{"NUMBER of 38 digits", "12345678901234567890123456789012345678", "TO_CHAR(12345678901234567890123456789012345678)", "D30D23394F5B0D23394F5B0D23394F5B0D23394F", "12345678901234567890123456789012345678"},
	{"NUMBER -38 nines", "-99999999999999999999999999999999999999", "TO_CHAR(-99999999999999999999999999999999999999)", "2C0202020202020202020202020202020202020266", "-99999999999999999999999999999999999999"},
	{"NUMBER 1e125", "1e125", "", "FF0B", ""},
	{"NUMBER 9.99e125", "9.99e125", "", "FF645B", ""},
	{"NUMBER -1e-130", "-1e-130", "", "7F6466", ""},
	{"NUMBER 1e-130", "1e-130", "", "8002", ""},
	{"NUMBER one third", "1/3", "", "C02222222222222222222222222222222222222222", ""},
	{"DATE 2024-02-29 13:14:15", "TO_DATE('2024-02-29 13:14:15', 'YYYY-MM-DD HH24:MI:SS')", "", "787C021D0E0F10", ""},
	{"DATE 0001-01-01", "DATE '0001-01-01'", "TO_CHAR(DATE '0001-01-01', 'SYYYY-MM-DD')", "64650101010101", " 0001-01-01"},
	{"DATE 9999-12-31 23:59:59", "TO_DATE('9999-12-31 23:59:59', 'YYYY-MM-DD HH24:MI:SS')", "", "C7C70C1F183C3C", ""},
	{"DATE -4712-01-01", "TO_DATE('-4712-01-01', 'SYYYY-MM-DD')", "TO_CHAR(TO_DATE('-4712-01-01', 'SYYYY-MM-DD'), 'SYYYY-MM-DD')", "35580101010101", "-4712-01-01"},
	{"DATE 1500-02-29, which only the Julian calendar has", "TO_DATE('1500-02-29', 'YYYY-MM-DD')", "TO_CHAR(TO_DATE('1500-02-29', 'YYYY-MM-DD') + 1, 'YYYY-MM-DD')", "7364021D010101", "1500-03-01"},
	{"DATE 1582-10-04, the day before 1582-10-15", "TO_DATE('1582-10-04', 'YYYY-MM-DD')", "TO_CHAR(TO_DATE('1582-10-04', 'YYYY-MM-DD') + 1, 'YYYY-MM-DD')", "73B60A04010101", "1582-10-15"},
	{"TIMESTAMP(9)", "TIMESTAMP '2024-02-29 13:14:15.123456789'", "TO_CHAR(TIMESTAMP '2024-02-29 13:14:15.123456789', 'FF9')", "787C021D0E0F10075BCD15", "123456789"},
	{"TIMESTAMP WITH TIME ZONE +05:30", "TIMESTAMP '2024-02-29 13:14:15.5 +05:30'", "TO_CHAR(TIMESTAMP '2024-02-29 13:14:15.5 +05:30', 'TZH:TZM')", "787C021D082D101DCD6500195A", "+05:30"},
	{"TIMESTAMP WITH TIME ZONE -08:00", "TIMESTAMP '2024-01-01 00:00:00 -08:00'", "", "787C0101090101000000000C3C", ""},
	{"TIMESTAMP of a region, its first eleven bytes", "TIMESTAMP '2024-07-01 12:00:00 Europe/Paris'", "TO_CHAR(SYS_EXTRACT_UTC(TIMESTAMP '2024-07-01 12:00:00 Europe/Paris'), 'HH24:MI')", "787C07010B010100000000", "10:00"},
	{"INTERVAL YEAR TO MONTH -1-2", "INTERVAL '-1-2' YEAR TO MONTH", "", "7FFFFFFF3A", ""},
	{"INTERVAL DAY TO SECOND", "INTERVAL '1 2:3:4.123456789' DAY TO SECOND(9)", "", "800000013E3F40875BCD15", ""},
	{"INTERVAL DAY TO SECOND, negative", "INTERVAL '-1 2:3:4.5' DAY TO SECOND", "", "7FFFFFFF3A393862329B00", ""},
	{"BINARY_DOUBLE 1.5", "TO_BINARY_DOUBLE(1.5)", "", "BFF8000000000000", ""},
	{"BINARY_DOUBLE -2.25", "TO_BINARY_DOUBLE(-2.25)", "", "3FFDFFFFFFFFFFFF", ""},
	{"BINARY_DOUBLE infinity", "TO_BINARY_DOUBLE('INF')", "", "FFF0000000000000", ""},
	{"BINARY_DOUBLE -infinity", "TO_BINARY_DOUBLE('-INF')", "", "000FFFFFFFFFFFFF", ""},
	{"BINARY_FLOAT 1.5", "TO_BINARY_FLOAT(1.5)", "", "BFC00000", ""},
	{"RAW", "HEXTORAW('0001FFFE')", "", "0001FFFE", ""},
	{"RAW of 2000 bytes", "HEXTORAW(RPAD('AB', 4000, 'AB'))", "", strings.Repeat("AB", 2000), ""},
	{"CHAR is padded", "CAST('ab' AS CHAR(5))", "", "6162202020", ""},
	{"VARCHAR2 of 4000 bytes", "RPAD('x', 4000, 'x')", "", strings.Repeat("78", 4000), ""},
	{"NULL", "CAST(NULL AS NUMBER)", "", "NULL", ""},
}

// types asks for each edge by bytes, by the driver, by the server's DUMP and by its TO_CHAR.
func (c *checker) types() error {
	for _, e := range edges {
		err := c.add("types", e.name, e.want, func() (string, string, error) { return c.edge(e) })
		if err != nil {
			return err
		}
	}
	return c.add("types", "ROWID by bytes and by ROWIDTOCHAR", "same", func() (string, string, error) {
		b, _, err := c.bytes("SELECT ROWID FROM dual")
		if err != nil {
			return "", "", err
		}
		said, err := c.text("SELECT ROWIDTOCHAR(ROWID) FROM dual")
		if err != nil {
			return "", "", err
		}
		text, err := value.AppendRowIDText(nil, b)
		if err != nil || string(text) != said {
			return fmt.Sprintf("%X is %s, the server says %s", b, text, said), "", nil
		}
		return "same", "", nil
	})
}

func (c *checker) edge(e typed) (got, detail string, err error) {
	b, col, err := c.bytes("SELECT " + e.expr + " FROM dual")
	if err != nil {
		return "", "", err
	}
	if got = "NULL"; b != nil {
		got = fmt.Sprintf("%X", b)
	}
	if len(got) > len(e.want) && strings.HasPrefix(got, e.want) && strings.Contains(e.name, "first eleven") {
		got = e.want
	}
	if got != e.want {
		return got, "the bytes are others", nil
	}
	if e.text != "" {
		said, err := c.text("SELECT " + e.text + " FROM dual")
		if err != nil {
			return "", "", err
		}
		if said != e.said {
			return said, "the bytes are as expected, but the server says otherwise of the text " + e.said, nil
		}
	}
	if b == nil {
		return got, "", nil
	}
	if detail, err = c.dump(e.expr, b); err != nil {
		return "", "", err
	}
	if strings.HasPrefix(detail, "DUMP says") {
		return "DUMP", detail, nil
	}
	lost, err := c.driver(e.expr, col, b)
	if err != nil {
		return "", "", err
	}
	if lost != "" && detail != "" {
		detail += "; "
	}
	return got, detail + lost, nil
}

// bytes is a single value as it is sent, with its column.
func (c *checker) bytes(sql string) ([]byte, connect.Column, error) {
	w, err := c.se.Fetch(c.ctx, connect.Query{FetchRows: 1}, sql)
	if err != nil {
		return nil, connect.Column{}, err
	}
	row := make([][]byte, len(w.Columns()))
	err = w.Next(c.ctx, row)
	var b []byte
	if err == nil && row[0] != nil {
		b = append([]byte{}, row[0]...)
	}
	if err == io.EOF {
		err = errors.New("no row")
	}
	return b, w.Columns()[0], errors.Join(err, w.Close())
}

var dumped = regexp.MustCompile(`^Typ=(\d+) Len=\d+: ([0-9a-f,]+)$`)

// sentAsStored are the types whose bytes DUMP shows as they are sent.
var sentAsStored = map[string]bool{"1": true, "2": true, "12": true, "23": true, "96": true, "100": true, "101": true, "180": true}

// dump compares with the server's own view of the bytes. A remark says that it could not.
func (c *checker) dump(expr string, b []byte) (string, error) {
	if len(b) > 500 {
		return "", nil // the text of DUMP would be cut
	}
	said, err := c.text("SELECT DUMP(" + expr + ", 16) FROM dual")
	var e *connect.OracleError
	if errors.As(err, &e) && e.Code != 0 && c.se.Broken() == nil {
		return "not compared with DUMP: " + e.Text, nil
	}
	if err != nil {
		return "", err
	}
	m := dumped.FindStringSubmatch(said)
	if m == nil || !sentAsStored[m[1]] {
		return "", nil
	}
	var hex []string
	for _, x := range b {
		hex = append(hex, fmt.Sprintf("%x", x))
	}
	if m[2] != strings.Join(hex, ",") {
		return "DUMP says " + m[2], nil
	}
	return "", nil
}

// driver compares with the driver's value. What it is known to lose is a remark; any other difference is an error.
func (c *checker) driver(expr string, col connect.Column, b []byte) (string, error) {
	rows, err := c.se.QueryWith(c.ctx, connect.Query{FetchRows: 1}, "SELECT "+expr+" FROM dual")
	if err != nil {
		return "", err
	}
	var v any
	if rows.Next(c.ctx) {
		v = rows.Values()[0]
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return "", err
	}
	if f, ok := v.(*connect.Fault); ok {
		return "the driver's value is lost: " + f.Why, nil
	}
	as, err := value.Of(model.TypeRef{Name: col.OracleType})
	if err != nil {
		return "", err
	}
	if as.Type == value.IntervalDS {
		as.Scale = 9
	}
	got, err := value.AppendDriver(nil, as, v)
	switch {
	case err != nil:
		return "the driver's value is lost: " + err.Error(), nil
	case as.Type == value.Number && b[0] == 0x80 && len(b) > 1:
		return "the driver takes numbers below 1e-128 for 0", nil
	case string(got) != string(b) && as.Type == value.TimestampTZ:
		return "the driver keeps the instant, not the region", nil
	case string(got) != string(b):
		return "", fmt.Errorf("the driver's value %s has the bytes %X, sent were %X", shown(v), got, b)
	}
	return "", nil
}
