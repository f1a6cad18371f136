package connect

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"landfall/internal/orasim/tns"
)

// selfSigned is a certificate for 127.0.0.1, and a pool that trusts it.
func selfSigned(t *testing.T) (*tls.Config, *x509.CertPool) {
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
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, pool
}

func TestTCPS(t *testing.T) {
	config, pool := selfSigned(t)
	s := newSim(t, tns.Options{TLS: config}, many(2000)...)
	target := s.target()
	target.TLS = true
	open := func(opt Options) (*Session, error) {
		opt.Password = secret("secret")
		src, err := New(target, opt)
		if err != nil {
			t.Fatal(err)
		}
		return src.Session(within(t, 20*time.Second))
	}
	if _, err := open(Options{}); !errors.Is(err, ErrLogin) {
		t.Errorf("a certificate that nobody knows: %v", err)
	}
	trust := Options{TLS: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	target.Encryption, target.Integrity = Required, Required // TLS is both
	se, err := open(trust)
	if err != nil {
		t.Fatal(err)
	}
	if !se.Encrypted() {
		t.Error("not encrypted")
	}
	if _, rows := wireRows(t, se, Query{FetchRows: 300}, "select id, v from many"); len(rows) != 2000 {
		t.Errorf("%d rows", len(rows))
	}
	if err := se.Close(); err != nil {
		t.Error(err)
	}
}

func TestAlias(t *testing.T) {
	config, pool := selfSigned(t)
	plain, secure := newSim(t, tns.Options{}), newSim(t, tns.Options{TLS: config})
	dir := t.TempDir()
	text := fmt.Sprintf(`PLAIN = (DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = 127.0.0.1)(PORT = %d)) (CONNECT_DATA = (SERVICE_NAME = SIM)))
SECOND = (DESCRIPTION = (ADDRESS_LIST = (ADDRESS = (PROTOCOL = TCP)(HOST = 127.0.0.1)(PORT = 1)) (ADDRESS = (PROTOCOL = TCP)(HOST = 127.0.0.1)(PORT = %d))) (CONNECT_DATA = (SID = SIM)))
SECURE = (DESCRIPTION = (ADDRESS = (PROTOCOL = TCPS)(HOST = 127.0.0.1)(PORT = %d)) (CONNECT_DATA = (SERVICE_NAME = SIM)))
`, plain.port, plain.port, secure.port)
	if err := os.WriteFile(filepath.Join(dir, "tnsnames.ora"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, alias := range []string{"plain", "second", "secure"} {
		src, err := New(Target{User: "app", Alias: alias}, Options{Password: secret("secret"), TNSAdmin: dir, TLS: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}})
		if err != nil {
			t.Fatal(err)
		}
		se, err := src.Session(within(t, 20*time.Second))
		if err != nil {
			t.Errorf("%s: %v", alias, err)
			continue
		}
		if got := all(t, se, "select 1 from dual"); got[0][0] != "1" || se.Encrypted() != (alias == "secure") {
			t.Errorf("%s: %v, encrypted %v", alias, got, se.Encrypted())
		}
		if err := se.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestHungServer: a server that accepts and says nothing does not hold a login longer than told, nor does one that falls silent
// hold a fetch.
func TestHungServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	src, err := New(Target{User: "app", Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Service: "SIM"}, Options{Password: secret("x"), ConnectTimeout: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := src.Session(within(t, 20*time.Second)); !errors.Is(err, ErrLogin) || !errors.Is(err, ErrTimeout) {
		t.Errorf("%v", err)
	}
}
