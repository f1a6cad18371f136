package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/json"
	"encoding/pem"
	stdio "io"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	driver "github.com/sijms/go-ora/v2"
)

// sim is a running landfall sim.
type sim struct {
	ready simReady
	errs  *bytes.Buffer // to be read when it has stopped
	text  string        // of the JSON
	ended chan int
	stop  context.CancelFunc
}

// startSim starts the command and waits until it is ready. SIM_PASSWORD holds hush/1.
func startSim(t *testing.T, args ...string) *sim {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	in, out := stdio.Pipe()
	io, _, errs := testStreams()
	io.Out = out
	io.Env = func(name string) string { return map[string]string{"SIM_PASSWORD": "hush/1"}[name] }
	s := &sim{errs: errs, ended: make(chan int, 1), stop: cancel}
	go func() {
		s.ended <- Run(ctx, append([]string{"sim", "--listen", "127.0.0.1:0", "--password-env", "SIM_PASSWORD", "--json"}, args...), io)
		out.Close()
	}()
	line, err := bufio.NewReader(in).ReadString('\n')
	if err == nil {
		err = json.Unmarshal([]byte(line), &s.ready)
	}
	if err != nil {
		code := <-s.ended
		t.Fatalf("%v, exit code %d: %s", err, code, errs)
	}
	s.text = line
	return s
}

// end stops it as ^C does and gives the exit code.
func (s *sim) end(t *testing.T) int {
	t.Helper()
	s.stop()
	select {
	case code := <-s.ended:
		if strings.Contains(s.errs.String()+s.text, "hush") {
			t.Error("the password shows")
		}
		return code
	case <-time.After(20 * time.Second):
		t.Fatal("it does not stop")
	}
	return -1
}

// open connects the unmodified driver.
func (s *sim) open(t *testing.T, user, password string) *sql.DB {
	to := url.URL{Scheme: "oracle", User: url.UserPassword(user, password), Host: s.ready.Address, Path: "/" + s.ready.Service}
	db := sql.OpenDB(driver.NewConnector(to.String()))
	t.Cleanup(func() { db.Close() })
	return db
}

// TestSimStops holds what it says and how it ends: 0 when all was loaded, 3 when not.
func TestSimStops(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "a.sql"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return filepath.Join(dir, name)
	}
	const table = "CREATE TABLE t (a NUMBER(5) PRIMARY KEY);\n"
	s := startSim(t, "--schema", write("well", table+"INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\n"))
	if want := `"executed":3,"kept":0,"passed":0,"rows":2,"tables":[{"owner":"LANDFALL","name":"T","rows":2}],"left_out":[],"short":[]}`; !strings.Contains(s.text, want) {
		t.Errorf("no %s in %s", want, s.text)
	}
	if code := s.end(t); code != ExitOK {
		t.Errorf("exit code %d: %s", code, s.errs)
	}
	for _, want := range []string{"listening on " + s.ready.Address + " (TCP), service SIM\n", "log in: oracle://LANDFALL@" + s.ready.Address + "/SIM with the password of --password-env SIM_PASSWORD"} {
		if !strings.Contains(s.errs.String(), want) {
			t.Errorf("no %q in %s", want, s.errs)
		}
	}

	s = startSim(t, "--owner", "erp", "--data", "generate:10", "--schema", write("partly", table+"CREATE VIEW v AS SELECT * FROM nothere;\nCREATE TABLE u (a NUMBER(1) PRIMARY KEY, b;\n"))
	for _, want := range []string{
		`{"owner":"ERP","name":"T","rows":`, `{"file":"a.sql","line":2,"col":1,"code":942,"message":"ORA-00942: table or view does not exist"}`,
		`{"file":"a.sql","line":3,"col":1,"code":`,
	} {
		if !strings.Contains(s.text, want) {
			t.Errorf("no %s in %s", want, s.text)
		}
	}
	if code := s.end(t); code != ExitPartly {
		t.Errorf("exit code %d: %s", code, s.errs)
	}
	if want := "a.sql:2:1: not loaded: ORA-00942"; !strings.Contains(s.errs.String(), want) {
		t.Errorf("no %q in %s", want, s.errs)
	}
}

// TestSimTLS logs in over TCPS; a client that speaks plainly gets nowhere.
func TestSimTLS(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		Subject: pkix.Name{CommonName: "127.0.0.1"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, text []byte) string {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
		return filepath.Join(dir, name)
	}
	s := startSim(
		t, "--schema", write("a.sql", []byte("CREATE TABLE t (a NUMBER(5));\n")),
		"--tls-cert", write("cert.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})),
		"--tls-key", write("key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})),
	)
	if !s.ready.TLS {
		t.Error("the report does not say that it is TCPS")
	}
	within, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	to := "oracle://landfall:hush%2F1@" + s.ready.Address + "/"
	dial := func(rest string) (n int, err error) {
		db := sql.OpenDB(driver.NewConnector(to + rest))
		defer db.Close()
		err = db.QueryRowContext(within, "SELECT COUNT(*) FROM t").Scan(&n)
		return n, err
	}
	if n, err := dial("SIM?SSL=true&SSL%20Verify=false"); err != nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := dial("OTHER?SSL=true&SSL%20Verify=false"); err == nil || !strings.Contains(err.Error(), "ORA-12514") {
		t.Errorf("%v, want ORA-12514", err)
	}
	if _, err := dial("SIM?CONNECTION%20TIMEOUT=5"); err == nil {
		t.Error("it logs in without TLS")
	}
	if code := s.end(t); code != ExitOK {
		t.Errorf("exit code %d: %s", code, s.errs)
	}
	if want := "listening on " + s.ready.Address + " (TCPS)"; !strings.Contains(s.errs.String(), want) {
		t.Errorf("no %q in %s", want, s.errs)
	}
}

// TestSim serves the sample and reads it through the driver.
func TestSim(t *testing.T) {
	s := startSim(t, "--schema", "../../../testdata/insurance", "--data", "generate:4000", "--user", "ins_core", "--service", "ins", "--fault", "error=60@rows=40")
	ready := s.ready
	if ready.Service != "INS" || ready.User != "INS_CORE" || ready.Charset != "AL32UTF8" || ready.TLS || ready.Rows < 3000 || len(ready.Tables) < 100 {
		t.Errorf("%s %s %s %v: %d rows, %d tables", ready.Service, ready.User, ready.Charset, ready.TLS, ready.Rows, len(ready.Tables))
	}
	for _, r := range ready.LeftOut {
		if r.File == "" || r.Line == 0 || !strings.HasPrefix(r.Message, "ORA-") {
			t.Errorf("%s:%d:%d: %s", r.File, r.Line, r.Col, r.Message)
		}
	}
	within, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	db := s.open(t, "ins_core", "hush/1")
	var tables, rows int64
	if err := db.QueryRowContext(within, "SELECT COUNT(*) FROM (SELECT owner FROM dba_tables UNION ALL SELECT owner FROM dba_object_tables) WHERE owner LIKE 'INS~_%' ESCAPE '~'").Scan(&tables); err != nil {
		t.Fatal(err)
	}
	if tables != int64(len(ready.Tables)) {
		t.Errorf("the dictionary has %d tables, the report %d", tables, len(ready.Tables))
	}
	checked := 0
	for _, table := range ready.Tables {
		if table.Name == "GL_VOUCHER" && table.Rows == 0 && !slices.ContainsFunc(ready.Short, func(x simShort) bool { return x.Name == table.Name }) {
			t.Error("nothing says that GL_VOUCHER, whose constraint the engine cannot hold, was not filled")
		}
		if table.Rows == 0 || table.Owner != "INS_CORE" || checked == 20 {
			continue
		}
		checked++
		if err := db.QueryRowContext(within, "SELECT COUNT(*) FROM "+table.Name).Scan(&rows); err != nil || rows != table.Rows {
			t.Errorf("%s has %d rows, the report says %d; %v", table.Name, rows, table.Rows, err)
		}
	}
	if checked < 20 {
		t.Errorf("only %d tables have rows", checked)
	}
	for user, password := range map[string]string{"ins_core": "hush", "ins_fin": "hush/1", "sys": "hush/1"} {
		if err := s.open(t, user, password).PingContext(within); err == nil || !strings.Contains(err.Error(), "ORA-01017") {
			t.Errorf("%s: %v, want ORA-01017", user, err)
		}
	}
	var fault error
	for range 100 {
		if fault = db.QueryRowContext(within, "SELECT 1 FROM dual").Scan(&rows); fault != nil {
			break
		}
	}
	if fault == nil || !strings.Contains(fault.Error(), "ORA-00060") {
		t.Errorf("%v, want ORA-00060", fault)
	}
	if code := s.end(t); code != ExitPartly {
		t.Errorf("exit code %d, want %d", code, ExitPartly)
	}
}
