package support_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestCrypto runs what needs pgcrypto, with the vectors of FIPS 180-4, RFC 2202 and NIST SP 800-38A.
func TestCrypto(t *testing.T) {
	db := pgtest.OpenBare(t)
	ctx := context.Background()
	if _, err := db.Exec(ctx, support.All()); err != nil {
		t.Fatal(err)
	}
	var pg *pgconn.PgError
	if _, err := db.Exec(ctx, "SELECT landfall.dbms_crypto_hash('abc', 3)"); !errors.As(err, &pg) || pg.Code != "42704" {
		t.Errorf("without pgcrypto: %v", err)
	}
	if _, err := db.Exec(ctx, "CREATE SCHEMA c; CREATE EXTENSION pgcrypto SCHEMA c"); err != nil {
		t.Skipf("needs pgcrypto (Debian, Ubuntu: apt-get install postgresql): %v", err)
	}
	const key, block, iv = `'\x2b7e151628aed2a6abf7158809cf4f3c'`, `'\x6bc1bee22e409f96e93d7e117393172a'`, `'\x000102030405060708090a0b0c0d0e0f'`
	cases := []struct{ expr, want, state string }{
		{`dbms_crypto_hash('abc', 3)`, `\xa9993e364706816aba3e25717850c26c9cd0d89d`, ""},
		{`dbms_crypto_mac('what do ya want for nothing?', 2, convert_to('Jefe', 'UTF8'))`, `\xeffcdf6ae5eb2fa2d27416d5f184df9c259a7c79`, ""},
		// AES128 6, CBC 256, ECB 768, PKCS5 4096, none 8192, zero 12288
		{`dbms_crypto_encrypt(` + block + `::bytea, 6 + 256 + 8192, ` + key + `, ` + iv + `)`, `\x7649abac8119b246cee98e9b12e9197d`, ""},
		{`dbms_crypto_encrypt(` + block + `::bytea, 6 + 768 + 8192, ` + key + `)`, `\x3ad77bb40d7a3660a89ecaf32466ef97`, ""},
		{`dbms_crypto_decrypt('\x7649abac8119b246cee98e9b12e9197d', 6 + 256 + 8192, ` + key + `, ` + iv + `)`, `\x6bc1bee22e409f96e93d7e117393172a`, ""},
		{`convert_from(landfall.dbms_crypto_decrypt(landfall.dbms_crypto_encrypt('geheim', 6 + 256 + 4096, ` + key + `), 6 + 256 + 4096, ` + key + `), 'UTF8')`, `geheim`, ""},
		{`length(landfall.dbms_crypto_encrypt('geheim', 8 + 256 + 12288, sha256('x')))`, `16`, ""},
		{`dbms_crypto_encrypt(NULL::bytea, 6 + 256 + 4096, ` + key + `)`, "", support.SQLState(-28233)},
		{`dbms_crypto_encrypt('x', 6 + 256 + 4096, '\x01')`, "", support.SQLState(-28234)},
		{`dbms_crypto_encrypt('x', 6 + 512 + 4096, ` + key + `)`, "", "0A000"},
		{`dbms_crypto_decrypt(NULL, 6 + 256 + 4096, ` + key + `)`, "", support.SQLState(-28233)},
	}
	for _, c := range cases {
		expr := c.expr
		if expr[:5] == "dbms_" {
			expr = "landfall." + expr
		}
		var got string
		err := db.QueryRow(ctx, "SELECT ("+expr+")::text").Scan(&got)
		switch {
		case c.state != "" && (!errors.As(err, &pg) || pg.Code != c.state):
			t.Errorf("%s: %v, want SQLSTATE %s", expr, err, c.state)
		case c.state == "" && (err != nil || got != c.want):
			t.Errorf("%s is %s (%v), want %s", expr, got, err, c.want)
		}
	}
}
