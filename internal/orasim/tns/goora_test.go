package tns_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/pem"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	driver "github.com/sijms/go-ora/v2"
	"github.com/sijms/go-ora/v2/network"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/simtest"
	"landfall/internal/orasim/tns"
)

// serve starts a server of a backend, and stops it when the test is over; all sessions must be closed then.
func serve(t testing.TB, b session.Backend, o tns.Options) (*tns.Server, *net.TCPAddr) {
	t.Helper()
	t.Cleanup(func() { // behind the end of the server
		if b, ok := b.(*scripted); ok && b.opened() != 0 {
			t.Errorf("%d sessions are still open", b.opened())
		}
	})
	s, port := simtest.Serve(t, b, o)
	return s, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}
}

func goora(t testing.TB, addr *net.TCPAddr, options string) *sql.DB {
	t.Helper()
	// a connector of its own: the driver that sql.Open finds keeps the character set of the first database for all others
	db := sql.OpenDB(driver.NewConnector(fmt.Sprintf("oracle://scott:tiger@127.0.0.1:%d/demo?%s", addr.Port, options)))
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func within(t testing.TB, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestGoOraLogin(t *testing.T) {
	for _, verifier := range []int{18453, 6949} {
		t.Run(fmt.Sprint(verifier), func(t *testing.T) {
			b := newScripted()
			_, addr := serve(t, b, tns.Options{Verifier: verifier})
			db := goora(t, addr, "")
			if err := db.PingContext(within(t, 20*time.Second)); err != nil {
				t.Fatal(err)
			}
			if got := b.logins[0]; got.User != "scott" || got.Target.Service != "demo" || got.Program == "" || got.Driver != "OracleClientGo" {
				t.Errorf("login: %+v", got)
			}
		})
	}
}

func TestGoOraRefused(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	for _, c := range []struct{ dsn, want string }{
		{"scott:wrong@%s/demo", "ORA-01017"},
		{"nobody:tiger@%s/demo", "ORA-01017"},
		{"locked:tiger@%s/demo", "ORA-28000"},
		{"scott:tiger@%s/other", "ORA-12514"},
		{"scott:tiger@%s/?SID=other", "ORA-12505"},
	} {
		db, err := sql.Open("oracle", "oracle://"+fmt.Sprintf(c.dsn, addr))
		if err != nil {
			t.Fatal(err)
		}
		err = db.PingContext(within(t, 20*time.Second))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.dsn, err, c.want)
		}
		_ = db.Close()
	}
	// a SID, and a descriptor too long for the CONNECT packet
	long := fmt.Sprintf("(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=127.0.0.1)(PORT=%d))(CONNECT_DATA=(SID=demo1)(CID=(PROGRAM=%s))))", addr.Port, strings.Repeat("x", 300))
	for _, dsn := range []string{fmt.Sprintf("oracle://scott:tiger@%s/?SID=demo1", addr), "oracle://scott:tiger@:0/?connStr=" + url.QueryEscape(long)} {
		db, err := sql.Open("oracle", dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.PingContext(within(t, 20*time.Second)); err != nil {
			t.Errorf("%s: %v", dsn, err)
		}
		_ = db.Close()
	}
}

// TestGoOraNativeServices: there is no native encryption. A client that insists on it gives up; one that only would like
// it goes without. Told in the first answer that there is none, go-ora goes without in any case.
func TestGoOraNativeServices(t *testing.T) {
	for _, ask := range []bool{true, false} {
		_, addr := serve(t, newScripted(), tns.Options{NativeServices: ask})
		for _, level := range []string{"accepted", "requested", "required"} {
			db := goora(t, addr, "encryption="+level+"&data integrity="+level)
			err := db.PingContext(within(t, 20*time.Second))
			if works := !ask || level != "required"; (err == nil) != works {
				t.Errorf("asked %v, %s: %v", ask, level, err)
			}
		}
	}
}

// selfSigned is a certificate for 127.0.0.1, and a folder that the drivers of other languages take for a wallet that trusts it.
func selfSigned(t *testing.T) (config *tls.Config, wallet string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		Subject: pkix.Name{CommonName: "127.0.0.1"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	wallet = t.TempDir()
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	trust := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}) // node-oracledb does not go without one
	trust = append(trust, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	if err := os.WriteFile(filepath.Join(wallet, "ewallet.pem"), trust, 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, wallet
}

func TestGoOraTCPS(t *testing.T) {
	config, _ := selfSigned(t)
	_, addr := serve(t, newScripted(), tns.Options{TLS: config})
	db := goora(t, addr, "SSL=true&SSL Verify=false")
	if err := db.PingContext(within(t, 20*time.Second)); err != nil {
		t.Fatal(err)
	}
	for _, row := range table(t, db, "select * from generate 3") {
		if len(row) != 10 {
			t.Errorf("%v", row)
		}
	}
}

// table fetches all rows as text.
func table(t testing.TB, db interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string, args ...any,
) [][]string {
	t.Helper()
	out, err := fetch(within(t, 60*time.Second), db, query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out
}

func fetch(ctx context.Context, db interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string, args ...any,
) (out [][]string, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	cols, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		row := make([]any, len(cols))
		ptr := make([]any, len(cols))
		for i := range row {
			ptr[i] = &row[i]
		}
		if err := rows.Scan(ptr...); err != nil {
			return out, err
		}
		text := make([]string, len(cols))
		for i, v := range row {
			switch v := v.(type) {
			case nil:
				text[i] = "NULL"
			case time.Time:
				text[i] = v.Format("2006-01-02T15:04:05.999999999Z07:00")
			case []byte:
				text[i] = fmt.Sprintf("%X", v)
			default:
				text[i] = fmt.Sprint(v)
			}
		}
		out = append(out, text)
	}
	return out, rows.Err()
}

func TestGoOraScalars(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "")
	got := table(t, db, "select * from scalars")
	want := [][]string{
		{
			"1", "12345678901234567890123456789012345678", "-12.5", "grüße 😀", "ab        ", "國 😀", "2024-02-29T13:14:15Z",
			"2024-02-29T13:14:15.123456789Z", "2024-02-29T07:44:15.123456789-05:30", "0001FF", "AAAR3sAAEAAAATSAAH", "1.5", "-2.25",
		},
		{
			"2", "1" + strings.Repeat("0", 125), "9999999999.99", longText, "cd        ", "x", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
			"2024-02-29T22:14:15.123456789+09:00", "01", "AAAAABAABAAAAABAAA", "-0.5", "1e+300",
		},
		{
			"3", "-0.00000000012", "0", "x", "ef        ", "y", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999999Z",
			"2024-02-29T13:14:15.123456789Z", strings.Repeat("AB", 2000), "D/////AP/AAP///P//", "0", "0",
		},
		append([]string{"4"}, slices.Repeat([]string{"NULL"}, 12)...),
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	got = table(t, db, "select * from intervals")
	want = [][]string{
		{"1", "+01-02", "+03 04:05:06.700000", "2024-05-06T07:08:09.123456Z", "AAAR3sAAEAAAATSAAH"},
		{"2", "-01-02", "-03 04:05:06.700000", "1999-12-31T23:59:59Z", "AAAAABAACAAAAADAAE"},
		{"3", "NULL", "NULL", "NULL", "NULL"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	got = table(t, db, "select * from longs")
	want = [][]string{
		{"1", strings.Repeat("long ä ", 5000), strings.Repeat("00FF", 20000)}, {"2", "NULL", "NULL"}, {"3", "x", "01"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestGoOraColumns(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "")
	rows, err := db.QueryContext(within(t, 20*time.Second), "select * from scalars")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	types, err := rows.ColumnTypes()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range types {
		precision, scale, _ := c.DecimalSize()
		nullable, _ := c.Nullable()
		length, _ := c.Length()
		got = append(got, fmt.Sprint(c.Name(), " ", c.DatabaseTypeName(), " ", precision, " ", scale, " ", length, " ", nullable))
	}
	want := []string{
		"ID NUMBER 10 0 0 false", "N NUMBER 38 255 0 true", "P NUMBER 12 2 0 true", "V NCHAR 0 0 32767 true", "C CHAR 0 0 10 true", "NV NCHAR 0 0 100 true",
		"D DATE 0 0 0 true", "TS TimeStampDTY 0 0 0 true", "TZ TimeStampTZ_DTY 0 0 0 true", "R RAW 0 0 0 true", "RID ROWID 0 0 0 true",
		"BF IBFloat 0 0 0 true", "BD IBDouble 0 0 0 true",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestGoOraLOBs(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	want := [][]string{{"1", bigText, fmt.Sprintf("%X", bigData), "國 😀"}, {"2", "NULL", "NULL", "NULL"}, {"3", "short", "010203", "n"}}
	for _, options := range []string{"", "lob fetch=post"} {
		db := goora(t, addr, options)
		for range 2 {
			if d := cmp.Diff(want, table(t, db, "select * from lobs")); d != "" {
				t.Errorf("%q: %s", options, d)
			}
		}
	}
	var file driver.BFile
	rows, err := goora(t, addr, "").QueryContext(within(t, 20*time.Second), "select f from files")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		t.Fatal(rows.Err())
	}
	if err := rows.Scan(&file); err != nil || file.GetDirName() != "DIR" || file.GetFileName() != "a.bin" {
		t.Errorf("%+v, %v", file, err)
	}
	if err := file.Open(); err != nil {
		t.Error(err)
	}
	if data, err := file.Read(); err != nil || string(data) != "in a file" {
		t.Errorf("%q, %v", data, err)
	}
	got := table(t, goora(t, addr, ""), "select doc from xml")
	if d := cmp.Diff([][]string{{"1", "<a>ä</a>"}, {"2", "<b>" + strings.Repeat("long ä ", 1000) + "</b>"}}, got); d != "" {
		t.Error(d)
	}
}

func TestGoOraBinds(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "")
	at := time.Date(2024, 2, 29, 13, 14, 15, 123456789, time.FixedZone("", 3600))
	for _, c := range []struct {
		in   any
		want string
	}{
		{42, "42"},
		{int64(math.MinInt64), "-9223372036854775808"},
		{"grüße 😀", "grüße 😀"},
		{strings.Repeat("ä", 2000), strings.Repeat("ä", 2000)},
		{1.25, "1.25"},
		{nil, "NULL"},
		{"", "NULL"},
		{[]byte{0, 1, 2}, "000102"},
		{driver.NVarChar("國 😀"), "國 😀"},
		{at, "2024-02-29T13:14:15.123456789+01:00"},
		{strings.Repeat("x", 40000), strings.Repeat("x", 40000)},
	} {
		got := table(t, db, "select :1 from dual", c.in)
		if len(got) != 1 || len(got[0]) != 1 || got[0][0] != c.want {
			t.Errorf("%v: got %.60v", c.in, got)
		}
	}
	// a name that comes again
	got := table(t, db, "select :a, :b, :a from dual", sql.Named("a", "x"), sql.Named("b", "y"))
	if d := cmp.Diff([][]string{{"x", "y", "x"}}, got); d != "" {
		t.Error(d)
	}
	// temporary LOBs
	for _, in := range []any{driver.Clob{String: bigText, Valid: true}, driver.Blob{Data: []byte(bigText)}} {
		if _, err := db.Exec("delete from t"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("insert into t (id, name) values (:1, :2)", 1, in); err != nil {
			t.Fatal(err)
		}
		if got := table(t, db, "select id, name from t order by id"); got[0][1] != bigText {
			t.Errorf("%T: %.60v", in, got)
		}
	}
}

func execute(t testing.TB, db interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, text string, args ...any,
) int64 {
	t.Helper()
	res, err := db.ExecContext(within(t, 60*time.Second), text, args...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestGoOraDML(t *testing.T) {
	b := newScripted()
	_, addr := serve(t, b, tns.Options{})
	db := goora(t, addr, "")
	execute(t, db, "create table t (id number(10), name varchar2(20))")
	if n := execute(t, db, "insert into t (id, name) values (:1, :2)", 1, "one"); n != 1 {
		t.Errorf("inserted %d", n)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	execute(t, tx, "insert into t (id, name) values (:1, :2)", 2, "two")
	if got := table(t, tx, "select id, name from t order by id"); len(got) != 2 {
		t.Errorf("inside: %v", got)
	}
	if got := table(t, db, "select id, name from t order by id"); len(got) != 1 {
		t.Errorf("outside: %v", got)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got := table(t, db, "select id, name from t order by id"); len(got) != 1 {
		t.Errorf("rolled back: %v", got)
	}
	if tx, err = db.Begin(); err != nil {
		t.Fatal(err)
	}
	execute(t, tx, "insert into t (id, name) values (:1, :2)", 3, "three")
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if n := execute(t, db, "update t set name = :1 where id >= :2", "new", 0); n != 2 {
		t.Errorf("updated %d", n)
	}
	// array DML
	ids, names := make([]int64, 10000), make([]string, 10000)
	for i := range ids {
		ids[i], names[i] = int64(1000+i), fmt.Sprint("name ", i)
	}
	if n := execute(t, db, "insert into t (id, name) values (:1, :2)", ids, names); n != 10000 {
		t.Errorf("inserted %d", n)
	}
	if got := table(t, db, "select id, name from t order by id"); len(got) != 10002 || got[10001][1] != "name 9999" {
		t.Errorf("%d rows", len(got))
	}
	// with an error among them: go-ora always asks for batch errors with arrays, and tells the first
	_, err = db.Exec("insert into t (id, name) values (:1, :2)", []int64{1, 20001, -5, 20002}, []string{"a", "b", "c", "d"})
	if err == nil || !strings.Contains(err.Error(), "ORA-00001") {
		t.Errorf("array with errors: %v", err)
	}
	// a prepared statement is executed again
	st, err := db.Prepare("insert into t (id, name) values (:1, :2)")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if _, err := st.Exec(30000+i, "again"); err != nil {
			t.Fatal(err)
		}
	}
	_ = st.Close()
	q, err := db.Prepare("select :1 from dual")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		var got int
		if err := q.QueryRow(i).Scan(&got); err != nil || got != i {
			t.Errorf("executed again: %d, %v", got, err)
		}
	}
	_ = q.Close()
	// RETURNING
	var id int64
	var name string
	execute(t, db, "insert into t (id, name) values (:1, :2) returning id, name into :3, :4", 40000, "back", sql.Out{Dest: &id}, driver.Out{Dest: &name, Size: 100})
	if id != 40000 || name != "back" {
		t.Errorf("returned %d, %q", id, name)
	}
	st, err = db.Prepare("insert into t (id, name) values (:1, :2) returning id, name into :3, :4")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if _, err := st.Exec(40001+i, "back"+strconv.Itoa(i), sql.Out{Dest: &id}, driver.Out{Dest: &name, Size: 100}); err != nil {
			t.Fatal(err)
		}
		if id != int64(40001+i) || name != "back"+strconv.Itoa(i) {
			t.Errorf("returned %d, %q", id, name)
		}
	}
	_ = st.Close()
}

func TestGoOraBlocks(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "")
	var n int64
	v := "ab"
	st, err := db.Prepare("begin twice(:1, :2, :3); end;")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		v = "ab"
		if _, err := st.Exec(21+i, sql.Out{Dest: &n}, driver.Out{Dest: &v, Size: 100, In: true}); err != nil {
			t.Fatal(err)
		}
		if n != int64(42+2*i) || v != "abab" {
			t.Errorf("%d, %q", n, v)
		}
	}
	_ = st.Close()
	// REF CURSOR
	conn, err := db.Conn(within(t, 20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for range 2 {
		var cur driver.RefCursor
		execute(t, conn, "begin open :1 for select 1 from dual; end;", sql.Out{Dest: &cur})
		rows, err := driver.WrapRefCursor(within(t, 20*time.Second), conn, &cur)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for rows.Next() {
			var id int
			var name sql.NullString
			if err := rows.Scan(&id, &name); err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(id, name.String))
		}
		if d := cmp.Diff([]string{"1one", "2two", "3"}, got); d != "" || rows.Err() != nil {
			t.Error(d, rows.Err())
		}
		_ = rows.Close()
	}
	var cur driver.RefCursor
	if _, err := conn.ExecContext(within(t, 20*time.Second), "begin closed :1; end;", sql.Out{Dest: &cur}); err == nil || !strings.Contains(err.Error(), "ORA-01001") {
		t.Errorf("a cursor that is not open: %v", err)
	}
	// arrays
	var out []int64
	execute(t, db, "begin reverse(:1, :2); end;", []int64{1, 2, 3}, driver.Out{Dest: &out, Size: 10})
	if d := cmp.Diff([]int64{3, 2, 1}, out); d != "" {
		t.Error(d)
	}
	var lob driver.Clob
	execute(t, db, "begin makelob(:1); end;", driver.Out{Dest: &lob, Size: 1000})
	if lob.String != "made by a block 😀" {
		t.Errorf("%q", lob.String)
	}
}

func TestGoOraErrors(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "")
	for text, want := range map[string]int{
		"select * from nope":            942,
		"begin nope; end;":              6550,
		"begin raise; end;":             20001,
		"garbage":                       900,
		"select * from fails after 250": 1555,

		"insert into t (id, name) values (null, 'x')": 1008,
	} {
		_, err := fetch(within(t, 20*time.Second), db, text)
		var ora *network.OracleError
		if !errors.As(err, &ora) || ora.ErrCode != want {
			t.Errorf("%s: %v, want %d", text, err, want)
		}
	}
	if _, err := fetch(within(t, 20*time.Second), db, "select * from nope"); err == nil || !strings.Contains(err.Error(), "table or view does not exist") {
		t.Errorf("%v", err)
	}
	if got := table(t, db, "select :1 from dual", 1); got[0][0] != "1" {
		t.Error("the session is of no use after an error")
	}
}

func TestGoOraFetchSizes(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	for _, size := range []int{1, 7, 25, 100, 1000, 5000} {
		db := goora(t, addr, fmt.Sprint("PREFETCH_ROWS=", size))
		n := 2500
		if size == 1 {
			n = 50
		}
		got := table(t, db, fmt.Sprint("select * from generate ", n))
		if len(got) != n || got[n-1][0] != strconv.Itoa(n) {
			t.Errorf("%d a time: %d rows", size, len(got))
		}
	}
}

func TestGoOraCancel(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "")
	db.SetMaxOpenConns(1)
	for _, text := range []string{"select * from sleep", "select * from generate 50000000"} {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		start := time.Now()
		_, err := fetch(ctx, db, text)
		cancel()
		if err == nil || time.Since(start) > 10*time.Second {
			t.Errorf("%s: %v after %v", text, err, time.Since(start))
		}
		if got := table(t, db, "select :1 from dual", 5); got[0][0] != "5" {
			t.Errorf("after %s: %v", text, got)
		}
	}
}

func TestGoOraConcurrent(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "")
	db.SetMaxOpenConns(8)
	var wg sync.WaitGroup
	for g := range 16 {
		wg.Go(func() {
			for i := range 15 {
				if _, err := db.Exec("insert into t (id, name) values (:1, :2)", g*1000+i, "x"); err != nil {
					t.Error(err)
				}
				if got, err := fetch(within(t, time.Minute), db, "select * from generate 30"); err != nil || len(got) != 30 {
					t.Errorf("%d rows, %v", len(got), err)
				}
			}
		})
	}
	wg.Wait()
	if got := table(t, db, "select id, name from t order by id"); len(got) != 240 {
		t.Errorf("%d rows", len(got))
	}
}
