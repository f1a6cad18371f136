package source_test

import (
	"testing"

	"landfall/load/loadtest"
	"landfall/load/source"
)

// TestReadFacts reads the dictionary of an embedded database.
func TestReadFacts(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR",
		"CREATE TABLE emp (empno NUMBER(4) PRIMARY KEY, ename VARCHAR2(10 CHAR) NOT NULL, hired DATE, pay NUMBER(7,2), doubled NUMBER GENERATED ALWAYS AS (pay * 2) VIRTUAL)",
		"CREATE TABLE log (at TIMESTAMP(6), what CLOB)",
		"CREATE TABLE sales (id NUMBER, y NUMBER(4)) PARTITION BY RANGE (y) (PARTITION p1 VALUES LESS THAN (2020), PARTITION p2 VALUES LESS THAN (MAXVALUE))",
		"CREATE TABLE pairs (a NUMBER NOT NULL, b NUMBER NOT NULL, c VARCHAR2(3), CONSTRAINT u1 UNIQUE (a, b), CONSTRAINT u2 UNIQUE (c))",
		"CREATE GLOBAL TEMPORARY TABLE gtt (x NUMBER) ON COMMIT DELETE ROWS",
		"CREATE SEQUENCE seq START WITH 100 CACHE 50",
		"CREATE VIEW v AS SELECT empno, ename FROM emp",
		"INSERT INTO emp (empno, ename) SELECT LEVEL, 'E' || LEVEL FROM dual CONNECT BY LEVEL <= 2000",
		"INSERT INTO sales SELECT LEVEL, 2019 FROM dual CONNECT BY LEVEL <= 10",
	)
	s, err := db.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	before := db.SCN()
	f, err := source.ReadFacts(t.Context(), s, source.Want{Schemas: []string{"HR"}, Views: []source.Name{{Owner: "HR", Table: "V"}}})
	if err != nil {
		t.Fatal(err)
	}
	if uint64(f.SCN) < before || !f.Wide || f.Database.Name != "SIM" || f.Database.Charset != "AL32UTF8" {
		t.Errorf("SCN %d (before %d), wide %v, %+v", f.SCN, before, f.Wide, f.Database)
	}
	if f.OpenSCN == 0 && f.OpenUnknown == "" {
		t.Error("nothing is said of open transactions")
	}
	at := map[string]source.Table{}
	for _, table := range f.Tables {
		at[table.Name] = table
	}
	if len(at) != 6 {
		t.Errorf("%d tables", len(at))
	}
	emp := at["EMP"]
	if len(emp.Key) != 1 || emp.Key[0] != "EMPNO" || len(emp.Columns) != 5 || !emp.Columns[4].Virtual || emp.Columns[1].Nullable || emp.Columns[3].Type.String() != "NUMBER(7,2)" {
		t.Errorf("%+v", emp)
	}
	blocks := 0
	for _, e := range emp.Segments[0].Extents {
		blocks += int(e.Blocks)
	}
	if len(emp.Segments) != 1 || emp.Segments[0].DataObjectID == 0 || blocks < 8 {
		t.Errorf("%+v", emp.Segments)
	}
	if p := at["PAIRS"]; len(p.Key) != 2 {
		t.Errorf("a nullable unique key was taken, or none: %v", p.Key)
	}
	if p := at["SALES"]; !p.Partitioned || len(p.Segments) != 2 || p.Segments[0].Partition != "P1" {
		t.Errorf("%+v", p)
	}
	if !at["GTT"].Temporary || !at["V"].View || len(at["V"].Columns) != 2 {
		t.Errorf("%+v %+v", at["GTT"], at["V"])
	}
	if len(f.Sequences) != 1 || f.Sequences[0].LastNum != "100" || f.Sequences[0].Cache != 50 {
		t.Errorf("%+v", f.Sequences)
	}
}

// TestReadFactsMissing holds that what was asked for and is not there is an error.
func TestReadFactsMissing(t *testing.T) {
	s, err := loadtest.New().Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := source.ReadFacts(t.Context(), s, source.Want{Views: []source.Name{{Owner: "HR", Table: "NOTHERE"}}}); err == nil {
		t.Error("no error for a view that is not there")
	}
}
