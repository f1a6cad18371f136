package tns_test

import (
	"database/sql"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	driver "github.com/sijms/go-ora/v2"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/tns"
)

// blocksServer is the engine with a table of 300 rows.
func blocksServer(t *testing.T) *net.TCPAddr {
	t.Helper()
	e := engine.New(newScripted().Info(), time.Now)
	e.AddUser("scott", "tiger")
	_, addr := serve(t, one{e}, tns.Options{})
	db := goora(t, addr, "")
	execute(t, db, "create table emp (id number primary key, name varchar2(20))")
	execute(t, db, "create type place_t as object (street varchar2(30), nr number, since date)")
	execute(t, db, "create type places_t as varray(3) of place_t")
	execute(t, db, "create type words_t as table of nvarchar2(20)")
	execute(t, db, "create type person_t as object (name varchar2(20), home place_t, homes places_t, words words_t, photo raw(300), born timestamp(9) with time zone)")
	execute(t, db, "create type noted_t as object (note clob, copy nclob)")
	execute(t, db, "create table people (id number primary key, who person_t) nested table who.words store as people_words")
	execute(t, db, "insert into emp select level, 'name ' || level from dual connect by level <= 300")
	return addr
}

// TestBlocks runs blocks of PL/SQL through each client: what the engine makes of binds must be what it takes them for.
func TestBlocks(t *testing.T) {
	addr := blocksServer(t)
	t.Run("node", func(t *testing.T) {
		node, err := exec.LookPath("node")
		if err != nil {
			absent(t, "node")
		}
		dir := clientsDir()
		if _, err := os.Stat(filepath.Join(dir, "node_modules", "oracledb", "package.json")); err != nil {
			absent(t, "node-oracledb")
		}
		runCases(t, 12, addr, []string{"ORACLEDB=" + dir}, node, "testdata/clients/blocks.cjs")
	})
	t.Run("python", func(t *testing.T) {
		env := []string{"PYTHONPATH=" + filepath.Join(clientsDir(), "python")}
		probe := exec.CommandContext(t.Context(), "python3", "-c", "import oracledb; print(oracledb.__file__)")
		probe.Env = append(os.Environ(), env...)
		if out, err := probe.Output(); err != nil || !strings.Contains(string(out), clientsDir()) {
			absent(t, "python-oracledb")
		}
		runCases(t, 19, addr, env, "python3", "testdata/clients/blocks.py")
	})
}

func TestGoOraEngineBlocks(t *testing.T) {
	addr := blocksServer(t)
	db := goora(t, addr, "")
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	n, s := int64(0), ""
	for i := range 3 {
		n, s = int64(i), "ab"
		execute(t, conn, "DECLARE k NUMBER := :1; BEGIN :2 := :2 * 2 + k; :3 := :3 || :2; END;", 100, sql.Out{Dest: &n, In: true}, driver.Out{Dest: &s, Size: 40, In: true})
		if want := int64(100 + 2*i); n != want || s != "ab"+strconv.FormatInt(want, 10) {
			t.Errorf("%d %q", n, s)
		}
	}
	var at time.Time
	var data []byte
	execute(t, conn, "BEGIN :1 := TIMESTAMP '2024-02-29 13:14:15.5'; :2 := HEXTORAW('00FF'); END;", sql.Out{Dest: &at}, driver.Out{Dest: &data, Size: 20})
	if at.Format("2006-01-02 15:04:05.9") != "2024-02-29 13:14:15.5" || string(data) != "\x00\xff" {
		t.Errorf("%v %x", at, data)
	}
	var clob driver.Clob
	execute(t, conn, "DECLARE c CLOB := RPAD('x', 30000, 'y'); BEGIN c := c || c; :1 := c; END;", driver.Out{Dest: &clob, Size: 100000})
	if len(clob.String) != 60000 {
		t.Errorf("a CLOB of %d", len(clob.String))
	}
	var cur driver.RefCursor
	execute(t, conn, "BEGIN OPEN :1 FOR SELECT id, name FROM emp WHERE id > :2 ORDER BY id; END;", sql.Out{Dest: &cur}, 100)
	rows, err := driver.WrapRefCursor(t.Context(), conn, &cur)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for rows.Next() {
		count++
	}
	if count != 200 || rows.Err() != nil {
		t.Errorf("%d rows, %v", count, rows.Err())
	}
	_ = rows.Close()
	var out []int64
	execute(t, conn, "DECLARE a DBMS_SQL.NUMBER_TABLE := :1; b DBMS_SQL.NUMBER_TABLE; BEGIN FOR i IN 1 .. a.COUNT LOOP b(i) := a(a.COUNT + 1 - i); END LOOP; :2 := b; END;", []int64{1, 2, 3}, driver.Out{Dest: &out, Size: 10})
	if d := cmp.Diff([]int64{3, 2, 1}, out); d != "" {
		t.Error(d)
	}
	for text, want := range map[string]string{
		"BEGIN nope; END;": "PLS-00201",
		"DECLARE n NUMBER; BEGIN SELECT id INTO n FROM emp; END;": "ORA-01422",
		"BEGIN RAISE_APPLICATION_ERROR(-20101, 'mine'); END;":     "ORA-20101: mine",
		"BEGIN dbms_pipe.purge('x'); END;":                        "ORA-03001",
	} {
		if _, err := conn.ExecContext(t.Context(), text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// TestGoOraNestedCursors fetches from the cursor of each row of a query.
func TestGoOraNestedCursors(t *testing.T) {
	db := goora(t, blocksServer(t), "")
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	rows, err := conn.QueryContext(t.Context(), "SELECT x.id, CURSOR(SELECT name FROM emp e WHERE e.id BETWEEN x.id AND x.id + :1 ORDER BY id) FROM emp x WHERE x.id <= 3 ORDER BY x.id", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var got [][]string
	for rows.Next() {
		var id string
		var in sql.Rows
		if err := rows.Scan(&id, &in); err != nil {
			t.Fatal(err)
		}
		line := []string{id}
		for in.Next() {
			var name string
			if err := in.Scan(&name); err != nil {
				t.Fatal(err)
			}
			line = append(line, name)
		}
		if err := in.Close(); err != nil {
			t.Error(err)
		}
		got = append(got, line)
	}
	want := [][]string{{"1", "name 1", "name 2"}, {"2", "name 2", "name 3"}, {"3", "name 3", "name 4"}}
	if d := cmp.Diff(want, got); d != "" || rows.Err() != nil {
		t.Error(d, rows.Err())
	}
}

type place struct {
	Street string    `udt:"STREET"`
	Nr     int64     `udt:"NR"`
	Since  time.Time `udt:"SINCE"`
}

// TestGoOraObjects binds and reads objects through go-ora, which knows those without collections in them.
func TestGoOraObjects(t *testing.T) {
	db := goora(t, blocksServer(t), "")
	if err := driver.RegisterType(db, "place_t", "", place{}); err != nil {
		t.Fatal(err)
	}
	execute(t, db, "create table places (id number, at place_t)")
	want := place{"Elm", 7, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)}
	execute(t, db, "insert into places values (:1, :2)", 1, want)
	var got place
	if err := db.QueryRowContext(t.Context(), "select at from places where id = 1").Scan(&got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	execute(t, db, "update places p set p.at.nr = :1 where p.id = 1", 8)
	if err := db.QueryRowContext(t.Context(), "select at from places where id = 1").Scan(&got); err != nil || got.Nr != 8 || got.Street != want.Street {
		t.Errorf("%+v, %v", got, err)
	}
	execute(t, db, "update places p set p.at.nr = 7")
	got = place{}
	execute(t, db, "DECLARE p place_t := :1; BEGIN p.nr := p.nr + 2; :2 := p; END;", want, sql.Out{Dest: &got})
	if got.Nr != 9 || got.Street != "Elm" || !got.Since.Equal(want.Since) {
		t.Errorf("out of a block: %+v", got)
	}
	nr := 0
	if err := db.QueryRowContext(t.Context(), "select p.at.nr from places p where p.at.street = 'Elm'").Scan(&nr); err != nil || nr != 7 {
		t.Errorf("%d, %v", nr, err)
	}
}
