package engine_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	go_ora "github.com/sijms/go-ora/v2"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/simtest"
	"landfall/internal/orasim/tns"
)

// dial serves a database on the loopback and connects the unmodified go-ora to it.
func dial(t *testing.T) (*engine.Database, *sql.DB) {
	t.Helper()
	db := simtest.New(simtest.AL32UTF8, nil)
	db.AddUser("hr", "secret")
	_, port := simtest.Serve(t, db, tns.Options{})
	pool, err := sql.Open("oracle", go_ora.BuildUrl("127.0.0.1", port, simtest.Service, "hr", "secret", nil))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return db, pool
}

// TestOverTheWire goes the whole way: driver, protocol, engine, rows.
func TestOverTheWire(t *testing.T) {
	db, pool := dial(t)
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	exec := func(q string, args ...any) int64 {
		t.Helper()
		r, err := pool.ExecContext(ctx, q, args...)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		n, _ := r.RowsAffected()
		return n
	}
	exec("CREATE TABLE t (id NUMBER(10) PRIMARY KEY, v VARCHAR2(40), d DATE, ts TIMESTAMP(6), n NUMBER, c CLOB, r RAW(8), nv NVARCHAR2(10))")
	when := time.Date(2024, 5, 17, 10, 11, 12, 0, time.UTC)
	for i := 1; i <= 50; i++ {
		exec("INSERT INTO t VALUES (:1, :2, :3, :4, :5, :6, :7, :8)", i, fmt.Sprint("v", i, " é😀"), when, when.Add(time.Millisecond), "12345678901234567890.123", strings.Repeat("x", i*100), []byte{1, 2, byte(i)}, "né")
	}
	if n := exec("UPDATE t SET n = n + 1 WHERE id <= :1", 10); n != 10 {
		t.Errorf("%d rows updated", n)
	}
	scn := db.SCN()
	exec("DELETE FROM t WHERE id > 40")
	rows, err := pool.QueryContext(ctx, "SELECT id, v, d, n, c, r, nv, ROWID FROM t AS OF SCN :1 WHERE id BETWEEN 5 AND 45 ORDER BY id", scn)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	id := 5
	for rows.Next() {
		var got int
		var v, n, c, nv, rowid string
		var d time.Time
		var r []byte
		if err := rows.Scan(&got, &v, &d, &n, &c, &r, &nv, &rowid); err != nil {
			t.Fatal(err)
		}
		wantN := "12345678901234567890.123"
		if id <= 10 {
			wantN = "12345678901234567891.123"
		}
		if got != id || v != fmt.Sprint("v", id, " é😀") || n != wantN || len(c) != id*100 || r[2] != byte(id) || nv != "né" || len(rowid) != 18 || d.Format(time.DateTime) != "2024-05-17 10:11:12" {
			t.Fatalf("row %d: %d %q %s %d %x %q %s %v", id, got, v, n, len(c), r, nv, rowid, d)
		}
		id++
	}
	if err := rows.Err(); err != nil || id != 46 {
		t.Fatalf("%d rows, %v", id, err)
	}
	_, err = pool.ExecContext(ctx, "INSERT INTO t (id) VALUES (1)")
	if err == nil || !strings.Contains(err.Error(), "ORA-00001") {
		t.Errorf("duplicate: %v", err)
	}
	_, err = pool.QueryContext(ctx, "SELECT * FROM nothere")
	if err == nil || !strings.Contains(err.Error(), "ORA-00942") {
		t.Errorf("unknown table: %v", err)
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM t"); err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := pool.QueryRowContext(ctx, "SELECT COUNT(*) FROM t").Scan(&left); err != nil || left != 40 {
		t.Errorf("%d rows left, %v", left, err)
	}
	var blocks int
	if err := pool.QueryRowContext(ctx, "SELECT SUM(blocks) FROM dba_extents WHERE owner = 'HR' AND segment_name = 'T'").Scan(&blocks); err != nil || blocks < 8 {
		t.Errorf("%d blocks, %v", blocks, err)
	}
}
