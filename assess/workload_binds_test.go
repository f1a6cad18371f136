package assess_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/assess"
)

// TestBindTypes assesses statements whose meaning hangs on what programs send: the same text converts otherwise for a date
// and a number, and where nothing tells, or several types were seen, a finding says so.
func TestBindTypes(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("src/t.sql", "CREATE TABLE t (id NUMBER(9), d DATE, s VARCHAR2(10), n NUMBER, c CHAR(4));\n")
	lines := []struct{ sql, binds, want string }{
		{"SELECT TRUNC(:a1) FROM dual", `{"name":"A1","type":"DATE"}`, "SELECT date_trunc('day', CAST(:a1 AS timestamp))"},
		{"SELECT TRUNC(:a2) FROM t", `{"name":"A2","type":"NUMBER(22)"}`, "SELECT trunc(CAST(:a2 AS numeric)) FROM t"},
		{"SELECT :a3 + :b3 FROM dual", `{"name":"A3","type":"DATE"},{"name":"B3","type":"NUMBER"}`, "SELECT (CAST(:a3 AS timestamp) + CAST(:b3 AS numeric) * interval '1 day')::timestamp(0)"},
		{"SELECT :a4 - 1 FROM t", `{"name":"A4","type":"NUMBER"}`, "SELECT CAST(:a4 AS numeric) - 1 FROM t"},
		{"SELECT :a5 / :b5 FROM t", `{"name":"A5","type":"NUMBER"},{"name":"B5","type":"NUMBER"}`, "SELECT CAST(:a5 AS numeric) / CAST(:b5 AS numeric) FROM t"},
		{"SELECT id FROM t WHERE d = :a6", `{"name":"A6","type":"VARCHAR2(32)"}`, "SELECT id FROM t WHERE d = landfall.to_date(:a6, 'DD-MON-RR')"},
		{"SELECT ? - ? FROM t WHERE id = ?", `{"name":"1","type":"DATE"},{"name":"2","type":"NUMBER"}`, "SELECT (CAST(? AS timestamp) - CAST(? AS numeric) * interval '1 day')::timestamp(0) FROM t WHERE id = ?"},
		{`SELECT s, :"SYS_B_0" - 1 FROM t`, `{"name":"SYS_B_0","type":"DATE"}`, `SELECT s, CAST(:"SYS_B_0" AS timestamp) - interval '1 day' FROM t`},
		{"SELECT n, :a10 - 1 FROM t", `{"name":"A10","type":"DATE"}`, "finding"},
		{"SELECT n, :b10 - 1 FROM t", `{"name":"B10","type":"NUMBER"}`, ""},
		{"UPDATE t SET d = :a7 + 1, n = n + :b7", ``, "UPDATE t SET d = CAST(:a7 AS timestamp) + interval '1 day', n = n + :b7"},
		{"SELECT d FROM t WHERE s = :a11", `{"name":"A11","type":"CHAR(20)"}`, "SELECT d FROM t WHERE s = :a11"},
		{"SELECT d FROM t WHERE c = :a12", `{"name":"A12","type":"CHAR(20)"}`, "SELECT d FROM t WHERE c = :a12"},
		{"SELECT TRUNC(:a8), s FROM t", ``, "finding"},
		{"SELECT s FROM t WHERE :a9 - 1 > 0", ``, "finding"},
		{"SELECT id FROM t WHERE d < :b9", `{"name":"B9","type":"DATE"}`, "finding"},
		{"SELECT id FROM t WHERE d < :b9", `{"name":"B9","type":"VARCHAR2(9)"}`, "finding"},
	}
	var file strings.Builder
	want := map[string]string{}
	for _, l := range lines {
		file.WriteString(`{"sql":` + quoted(l.sql) + `,"executions":1,"binds":[` + l.binds + "]}\n")
		if l.want != "" { // else it joins the group of the one before
			want[l.sql] = l.want
		}
	}
	path := write("w.jsonl", file.String())
	r, err := assess.Run(context.Background(), assess.Options{Dir: filepath.Join(dir, "src"), Version: "test", Workload: assess.WorkloadOptions{Files: []string{path}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range r.Workload.Groups {
		told := false
		for _, f := range g.Findings {
			told = told || f.Rule == "bind-type"
		}
		switch w := want[g.Text]; {
		case w == "":
			t.Errorf("nobody asked for %s", g.Text)
		case w == "finding" && !told:
			t.Errorf("%s: no finding about the type, converted to %s", g.Text, g.Converted)
		case w != "finding" && (told || g.Converted != w):
			t.Errorf("%s (finding: %v)\n got %s\nwant %s", g.Text, told, g.Converted, w)
		}
		delete(want, g.Text)
	}
	for sql := range want {
		t.Errorf("%s is in no group", sql)
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// TestApplicationTypes takes the types of variables from the source of an application: classes and methods of Java beside
// mappers, setters, declarations of C.
func TestApplicationTypes(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"src/t.sql":         "CREATE TABLE t (id NUMBER(9), d DATE);\n",
		"app/Filter.java":   "package a.b;\nimport java.sql.Date;\npublic class Filter extends Base {\n  private Date until;\n  private java.util.Date asked;\n  private List<Long> ids;\n  public Date getUntil() { return until; }\n}\n",
		"app/Base.java":     "package a.b;\nclass Base { protected int days; }\n",
		"app/TMapper.java":  "package a.b;\npublic interface TMapper {\n  int byDay(@Param(\"day\") java.util.Date day, @Param(\"n\") int n);\n  int plain(long x);\n}\n",
		"app/Untyped.java":  "class Untyped { void run(java.sql.Connection c, java.util.List<Object> l) throws Exception {\n  java.sql.PreparedStatement p = c.prepareStatement(\"SELECT ? - 2 FROM t t2\");\n  int i = 1; for (Object o : l) p.setObject(i++, o);\n } }\n",
		"app/Dao.java":      "class Dao { void run(java.sql.Connection c) throws Exception {\n  try (java.sql.PreparedStatement p = c.prepareStatement(\"SELECT ? - 3 FROM t WHERE id = ?\")) {\n    p.setTimestamp(1, null); p.setLong(2, 1);\n  } } }\n",
		"app/renew.pc":      "EXEC SQL BEGIN DECLARE SECTION;\nint days; char name[20];\nEXEC SQL VAR day IS DATE;\nchar day[7];\nEXEC SQL END DECLARE SECTION;\nvoid f() { EXEC SQL SELECT d INTO :name FROM t WHERE d > :day - :days; EXEC SQL DELETE FROM t WHERE :day - 4 > d; }\n",
		"app/TMapper.xml":   mapper("a.b.TMapper", `<select id="byDay">SELECT #{day} - #{n} FROM t</select><select id="plain">SELECT #{whatever} - 5 FROM t t5</select>`),
		"app/Filter.xml":    mapper("f", `<select id="q" parameterType="a.b.Filter">SELECT #{until} - #{days} FROM t WHERE id IN <foreach collection="ids" item="i" open="(" separator="," close=")">#{i} - 6</foreach></select><select id="u" parameterType="map">SELECT #{u} - 7 FROM t t7</select>`),
		"app/jdbcTypes.xml": mapper("j", `<select id="q">SELECT #{a,jdbcType=DATE} - 8, #{b,jdbcType=NUMERIC} - 8, #{c,javaType=string,jdbcType=DATE} FROM t</select>`),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := assess.Run(context.Background(), assess.Options{Dir: filepath.Join(dir, "src"), Version: "test", Workload: assess.WorkloadOptions{Apps: []string{filepath.Join(dir, "app")}}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"SELECT :day - :n FROM t":                                    "date_trunc('second', CAST(:day AS timestamp)) - CAST(:n AS numeric) * interval '1 day'",
		"SELECT :whatever - 5 FROM t t5":                             "SELECT CAST(:whatever AS numeric) - 5 FROM t t5",
		"SELECT :until - :days FROM t WHERE id IN (:i - 6 , :i - 6)": "CAST(:until AS timestamp) - CAST(:days AS numeric) * interval '1 day'",
		"SELECT :u - 7 FROM t t7":                                    "finding",
		"SELECT :a - 8, :b - 8, :c FROM t":                           "SELECT CAST(:a AS timestamp) - interval '8 days', CAST(:b AS numeric) - 8, :c FROM t",
		"SELECT ? - 2 FROM t t2":                                     "finding",
		"SELECT ? - 3 FROM t WHERE id = ?":                           "CAST(? AS timestamp)",
		"SELECT d FROM t WHERE d > :day - :days":                     "CAST(:days AS numeric) * interval '1 day'",
		"DELETE FROM t WHERE :day - 4 > d":                           "CAST(:day AS timestamp) - interval",
	}
	for _, g := range r.Workload.Groups {
		text := strings.Join(strings.Fields(g.Text), " ")
		told := false
		for _, f := range g.Findings {
			told = told || f.Rule == "bind-type"
		}
		switch w := want[text]; {
		case w == "":
			t.Errorf("nobody asked for %s", text)
		case (w == "finding") != told, !told && !strings.Contains(g.Converted, w):
			t.Errorf("%s (finding: %v, binds %+v)\n got %s\nwant %s", text, told, g.Binds, g.Converted, w)
		}
		delete(want, text)
	}
	for sql := range want {
		t.Errorf("%s is in no group", sql)
	}
}

func mapper(space, inner string) string {
	return `<?xml version="1.0"?><!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd"><mapper namespace="` + space + `">` + inner + `</mapper>`
}
