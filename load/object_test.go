package load

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"landfall/internal/model"
	"landfall/internal/orasim/engine"
	"landfall/internal/project"
	"landfall/load/loadtest"
	"landfall/load/plan"
	"landfall/load/query"
)

// objectsDDL is the counterpart of objectsDB: composite types and arrays as the conversion makes them, JSON beside it.
var objectsDDL = []plan.Statement{
	{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA IF NOT EXISTS hr"},
	{Phase: plan.Before, Name: "HR.ADDR", SQL: "CREATE TYPE hr.addr AS (street varchar(40), no numeric(5), since timestamp(0))"},
	{Phase: plan.Before, Name: "HR.PHONES", SQL: "CREATE DOMAIN hr.phones AS varchar(8)[]"},
	{Phase: plan.Before, Name: "HR.ADDRS", SQL: "CREATE DOMAIN hr.addrs AS hr.addr[]"},
	{Phase: plan.Before, Name: "HR.PERSON", SQL: "CREATE TYPE hr.person AS (name varchar(20), home hr.addr, phones hr.phones)"},
	{Phase: plan.Before, Name: "HR.THING", SQL: "CREATE DOMAIN hr.thing AS jsonb"},
	{Phase: plan.Before, Name: "HR.SCALARS", SQL: "CREATE TYPE hr.scalars AS (n numeric, f real, d double precision, d1 timestamp(0), ts timestamp(6), tz timestamptz, lz timestamptz, iy interval, ids interval, c char(4), nv varchar(20), r bytea, cl text)"},
	{Phase: plan.Tables, Name: "HR.P", SQL: "CREATE TABLE hr.p (id numeric, home hr.addr, phones hr.phones, others hr.addrs, boss hr.person, thing hr.thing, copy jsonb, all_of hr.scalars, lists jsonb, many text)"},
	{Phase: plan.UniqueKeys, Name: "HR.P", SQL: "ALTER TABLE hr.p ADD PRIMARY KEY (id)"},
}

func objectsDB(t *testing.T) *loadtest.Database {
	db := loadtest.New()
	db.Exec(t, "HR",
		"CREATE TYPE addr AS OBJECT (street VARCHAR2(40), no NUMBER(5), since DATE)",
		"CREATE TYPE phones AS VARRAY(3) OF VARCHAR2(8)",
		"CREATE TYPE addrs AS TABLE OF addr",
		"CREATE TYPE person AS OBJECT (name VARCHAR2(20), home addr, phones phones)",
		"CREATE TYPE thing AS OBJECT (name VARCHAR2(20)) NOT INSTANTIABLE NOT FINAL",
		"CREATE TYPE car UNDER thing (plate VARCHAR2(8)) NOT FINAL",
		"CREATE TYPE truck UNDER car (tons NUMBER)",
		"CREATE TYPE house UNDER thing (place addr, phones phones)",
		"CREATE TYPE scalars AS OBJECT (n NUMBER, f BINARY_FLOAT, d BINARY_DOUBLE, d1 DATE, ts TIMESTAMP(6), tz TIMESTAMP(6) WITH TIME ZONE, lz TIMESTAMP(6) WITH LOCAL TIME ZONE, iy INTERVAL YEAR(4) TO MONTH, ids INTERVAL DAY(4) TO SECOND(6), c CHAR(4), nv NVARCHAR2(20), r RAW(16), cl CLOB)",
		"CREATE TYPE lists AS VARRAY(9) OF phones",
		"CREATE TYPE many AS TABLE OF VARCHAR2(40)",
		"CREATE TABLE p (id NUMBER PRIMARY KEY, home addr, phones phones, others addrs, boss person, thing thing, copy person, all_of scalars, lists lists, many many) NESTED TABLE others STORE AS p_others NESTED TABLE many STORE AS p_many",
		`INSERT INTO p VALUES (1, addr('Baker "St" \ 王', 221, DATE '1887-01-02'), phones('1', NULL, '3'), addrs(addr('x', 1, NULL), NULL, addr(NULL, NULL, NULL)), person('Ada', addr('y', 2, NULL), phones()), car('Lada', 'AB-1'), person('Bob', NULL, NULL),
  scalars(12345678901234567890123456789012345678, 1.5f, 0.1d, DATE '9999-12-31' + 86399/86400, TIMESTAMP '1999-12-31 23:59:59.123456', FROM_TZ(TIMESTAMP '2024-05-06 07:08:09.000001', '+05:30'), FROM_TZ(TIMESTAMP '2024-05-06 07:08:09.5', '+00:00'), INTERVAL '-3-4' YEAR TO MONTH, INTERVAL '-5 06:07:08.5' DAY TO SECOND, 'ab', UNISTR('\00e9\4f60'), HEXTORAW('00FF'), TO_CLOB('text')),
  lists(phones('1'), NULL, phones()), CAST(MULTISET(SELECT RPAD('"' || LEVEL, 40, 'x') FROM dual CONNECT BY LEVEL <= 3000) AS many))`,
		"INSERT INTO p VALUES (2, addr(NULL, NULL, NULL), phones(), addrs(), person(NULL, NULL, NULL), truck('Tatra', 'CD-2', 12.5), person('x', addr('y', -0.5 * 2, DATE '2000-02-29'), phones(NULL)), scalars(1e-130, NULL, 1e300d, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, EMPTY_CLOB()), lists(), NULL)",
		"INSERT INTO p (id) VALUES (3)",
		"INSERT INTO p (id, thing) VALUES (4, house('Tower', addr('q', 7, NULL), phones('9')))",
		"INSERT INTO p (id, home) SELECT LEVEL + 100, addr('street ' || LEVEL, LEVEL, DATE '2020-01-01' + LEVEL) FROM dual CONNECT BY LEVEL <= 500",
	)
	return db
}

// TestObjects loads objects and collections into composite values, arrays and JSON, verifies them, and finds what differs in them.
func TestObjects(t *testing.T) {
	db := objectsDB(t)
	l := prepare(t, db, project.Load{ChunkRows: 100, Tables: map[string]project.LoadTable{"HR.P": {Where: "p.home.no > -5 OR p.home IS NULL OR p.home.no IS NULL", Objects: map[string]string{"HOME": "composite", "COPY": "json"}}}}, objectsDDL)
	db.Exec(t, "HR", "UPDATE p t SET t.others = addrs(addr('late', 1, NULL)), t.phones = phones('late') WHERE t.id = 1", "DELETE FROM p WHERE id BETWEEN 200 AND 300")
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	if s := l.one(t, "SELECT coalesce(string_agg(error, ' '), '') FROM landfall.load_chunk"); s != "" {
		t.Fatal(s)
	}
	for sql, want := range map[string]string{
		"SELECT home::text || phones::text || others::text || boss::text || thing::text FROM hr.p WHERE id = 1":                                                                  `("Baker ""St"" \\ 王",221,"1887-01-02 00:00:00"){1,NULL,3}{"(x,1,)",NULL,"(,,)"}(Ada,"(y,2,)",{}){"name": "Lada", "$type": "car", "plate": "AB-1"}`,
		"SELECT copy::text || lists::text FROM hr.p WHERE id = 1":                                                                                                                `{"home": null, "name": "Bob", "phones": null}[["1"], null, []]`,
		"SELECT all_of::text FROM hr.p WHERE id = 1":                                                                                                                             `(12345678901234567890123456789012345678,1.5,0.1,"9999-12-31 23:59:59","1999-12-31 23:59:59.123456","2024-05-06 01:38:09.000001+00","2024-05-06 07:08:09.5+00","-3 years -4 mons","-5 days -06:07:08.5","ab  ",é你,"\\x00ff",text)`,
		"SELECT home::text || phones::text || others::text || boss::text || thing::text FROM hr.p WHERE id = 2":                                                                  `(,,){}{}(,,){"name": "Tatra", "tons": 12.5, "$type": "truck", "plate": "CD-2"}`,
		"SELECT (all_of).d::text || ((all_of).n = 1e-130)::text || ((all_of).cl = '')::text || copy::text || lists::text FROM hr.p WHERE id = 2":                                 `1e+300truetrue{"home": {"no": -1, "since": "2000-02-29T00:00:00", "street": "y"}, "name": "x", "phones": [null]}[]`,
		"SELECT concat(home::text, phones::text, others::text, boss::text, thing::text, copy::text, all_of::text, lists::text) FROM hr.p WHERE id = 3":                           "",
		"SELECT jsonb_array_length(many::jsonb) || ' ' || length(many) || ' ' || substr(many, 1, 20) FROM hr.p WHERE id = 1":                                                     `3000 135000 ["\"1xxxxxxxxxxxxxxx`,
		"SELECT thing::text FROM hr.p WHERE id = 4":                                                                                                                              `{"name": "Tower", "$type": "house", "place": {"no": 7, "since": null, "street": "q"}, "phones": ["9"]}`,
		"SELECT count(*) || ' ' || sum((home).no) || ' ' || max((home).since) || ' ' || count(*) FILTER (WHERE (home).street = 'street ' || (home).no) FROM hr.p WHERE id > 100": "500 125250 2021-05-15 00:00:00 500",
	} {
		l.holds(t, sql, want)
	}
	list := l.verify(t, VerifyOptions{Samples: 100_000})
	if d := differences(t, l); len(d) > 0 || list[0].Rows != 504 || *list[0].Sampled < 50 {
		t.Fatalf("%+v %+v", list[0], d)
	}
	for _, sql := range []string{
		"UPDATE hr.p SET home.no = 222 WHERE id = 1", "UPDATE hr.p SET others = others[1:2] WHERE id = 1", "UPDATE hr.p SET home = NULL WHERE id = 2", "UPDATE hr.p SET thing = thing || '{\"name\": \"x\"}' WHERE id = 4", "DELETE FROM hr.p WHERE id = 3",
		"UPDATE hr.p SET others = ARRAY[NULL]::hr.addr[] WHERE id = 2", "UPDATE hr.p SET home.no = 7 WHERE id = 101",
	} {
		if _, err := l.pg.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	l.verify(t, VerifyOptions{Samples: 100_000})
	var got []string
	for _, d := range differences(t, l) {
		got = append(got, fmt.Sprintf("%s %s %v", d.Kind, d.Place, d.Columns))
		if _, err := l.pg.Exec(t.Context(), d.Repair); err != nil { // none for texts
			t.Errorf("%s: %v", d.Repair, err)
		}
	}
	slices.Sort(got)
	if want := []string{"different id='1' [HOME OTHERS]", "different id='101' [HOME]", "different id='2' [HOME OTHERS]", "different id='4' [THING]", "missing id='3' []", "text ID=1 [HOME]", "text ID=1 [OTHERS]", "text ID=101 [HOME]", "text ID=2 [OTHERS]", "text ID=4 [THING]"}; !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	l.verify(t, VerifyOptions{Samples: 100_000})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("mended, and still %+v", d)
	}
}

// TestObjectsRefused holds that objects which cannot be read, or not as they were asked for, are told before the first row.
func TestObjectsRefused(t *testing.T) {
	db := objectsDB(t)
	db.Exec(t, "HR", "CREATE TYPE files AS TABLE OF BFILE", "CREATE TYPE pic AS OBJECT (a NUMBER, body BLOB)", "CREATE TABLE bad (id NUMBER, f files, p pic, r REF addr, g SYS.ANYDATA) NESTED TABLE f STORE AS bad_f", "INSERT INTO bad (id) VALUES (1)")
	_, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}})
	for _, want := range []string{"LD0103", "column F is of type HR.FILES", "its elements of HR.FILES: BFILE", "attribute BODY of HR.PIC: BLOB: no text is known", "column R is of type REF", "column G", "skip-columns: [P] for HR.BAD"} {
		if err == nil || !strings.Contains(fmt.Sprintf("%+v", flat(err)), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	l := prepare(t, db, project.Load{Exclude: []string{"HR.BAD"}, Objects: "composite"}, objectsDDL)
	if err := Run(t.Context(), l.target, l.id, l.opt); err == nil || !strings.Contains(err.Error(), "column THING is to be loaded as composite") || !strings.Contains(err.Error(), "column COPY") || strings.Contains(err.Error(), "column HOME") {
		t.Error(err)
	}
}

// TestObjectQuery holds the SQL that objects are read by: that of 12.2, where JSON_OBJECT gives no CLOB, beside that of 19c.
func TestObjectQuery(t *testing.T) {
	db := objectsDB(t)
	p, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}})
	if err != nil {
		t.Fatal(err)
	}
	table := &p.Tables[0]
	expr := map[string]string{}
	for _, c := range query.Chunk(table, &p.Chunks[0], 7, table.Columns).Columns {
		expr[c.Name] = c.Expr
	}
	for name, want := range map[string]string{
		"HOME":   `CASE WHEN "P"."HOME" IS NOT NULL THEN JSON_OBJECT(KEY 'STREET' VALUE "P"."HOME"."STREET", KEY 'NO' VALUE TO_CHAR("P"."HOME"."NO", 'TM9'), KEY 'SINCE' VALUE TO_CHAR("P"."HOME"."SINCE", 'SYYYY-MM-DD HH24:MI:SS') NULL ON NULL RETURNING CLOB) END`,
		"PHONES": `CASE WHEN "P"."PHONES" IS NOT NULL THEN COALESCE((SELECT JSON_ARRAYAGG(landfall_e1.COLUMN_VALUE ORDER BY ROWNUM NULL ON NULL RETURNING CLOB) FROM TABLE("P"."PHONES") landfall_e1), TO_CLOB('[]')) END`,
		"LISTS":  `CASE WHEN "P"."LISTS" IS NOT NULL THEN COALESCE((SELECT JSON_ARRAYAGG(CASE WHEN landfall_e1.COLUMN_VALUE IS NOT NULL THEN COALESCE((SELECT JSON_ARRAYAGG(landfall_e2.COLUMN_VALUE ORDER BY ROWNUM NULL ON NULL RETURNING CLOB) FROM TABLE(landfall_e1.COLUMN_VALUE) landfall_e2), TO_CLOB('[]')) END FORMAT JSON ORDER BY ROWNUM NULL ON NULL RETURNING CLOB) FROM TABLE("P"."LISTS") landfall_e1), TO_CLOB('[]')) END`,
	} {
		if expr[name] != want {
			t.Errorf("%s: %s", name, expr[name])
		}
	}
	if s := expr["OTHERS"]; !strings.Contains(s, `FROM TABLE("P"."OTHERS") AS OF SCN 7 landfall_e1`) || !strings.Contains(s, `CASE WHEN VALUE(landfall_e1) IS NOT NULL THEN JSON_OBJECT(KEY 'STREET' VALUE landfall_e1."STREET"`) {
		t.Error(s)
	}
	if s := expr["THING"]; !strings.Contains(s, `WHEN "P"."THING" IS OF (ONLY "HR"."TRUCK") THEN JSON_OBJECT(KEY '$type' VALUE 'HR.TRUCK', KEY 'NAME' VALUE TREAT("P"."THING" AS "HR"."TRUCK")."NAME"`) || !strings.HasSuffix(s, `WHEN "P"."THING" IS NOT NULL THEN JSON_OBJECT(KEY '$type' VALUE '?' RETURNING CLOB) END`) {
		t.Error(s)
	}
	for i := range table.Columns {
		table.Columns[i].Short = true
	}
	for _, c := range query.Chunk(table, &p.Chunks[0], 7, table.Columns).Columns {
		if c.Name == "HOME" && strings.Contains(c.Expr, "CLOB") {
			t.Error(c.Expr)
		}
	}
}

// flat is an error with its hints.
func flat(err error) []string {
	var list []string
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			list = append(list, flat(e)...)
		}
		return list
	}
	var e *model.Error
	if errors.As(err, &e) {
		return []string{e.Code + " " + e.Error() + " " + e.Hint}
	}
	return []string{err.Error()}
}

// TestObjectEdges holds attributes at the ends of their types against columns of the same values, which come another way, and JSON against what
// the server makes of the composite value.
func TestObjectEdges(t *testing.T) {
	scalars := []struct{ name, oracle, postgres string }{
		{"n", "NUMBER", "numeric"},
		{"n38", "NUMBER(38)", "numeric"},
		{"p", "NUMBER(10,2)", "numeric(10,2)"},
		{"q", "NUMBER(5,-2)", "numeric(7)"},
		{"fl", "FLOAT(63)", "numeric"},
		{"f", "BINARY_FLOAT", "real"},
		{"d", "BINARY_DOUBLE", "double precision"},
		{"dt", "DATE", "timestamp(0)"},
		{"ts", "TIMESTAMP(9)", "timestamp(6)"},
		{"tz", "TIMESTAMP(6) WITH TIME ZONE", "timestamptz"},
		{"lz", "TIMESTAMP(6) WITH LOCAL TIME ZONE", "timestamptz"},
		{"iy", "INTERVAL YEAR(4) TO MONTH", "interval"},
		{"ids", "INTERVAL DAY(6) TO SECOND(6)", "interval"},
		{"v", "VARCHAR2(4000)", "text"},
		{"vc", "VARCHAR2(40 CHAR)", "varchar(40)"},
		{"c", "CHAR(10 CHAR)", "char(10)"},
		{"nv", "NVARCHAR2(100)", "text"},
		{"r", "RAW(2000)", "bytea"},
		{"cl", "CLOB", "text"},
	}
	var names, attributes, columns, to, composite []string
	for _, s := range scalars {
		names = append(names, s.name)
		attributes = append(attributes, s.name+" "+s.oracle)
		columns = append(columns, s.name+" "+s.oracle)
		to = append(to, s.name+" "+s.postgres)
		composite = append(composite, s.name+" "+s.postgres)
	}
	db := loadtest.New()
	db.Exec(t, "HR",
		"CREATE TYPE all_of AS OBJECT ("+strings.Join(attributes, ", ")+")", "CREATE TYPE alls AS TABLE OF all_of",
		"CREATE TABLE s (id NUMBER PRIMARY KEY, "+strings.Join(columns, ", ")+")",
	)
	if _, err := db.GenerateData(t.Context(), engine.Generate{Rows: 200, Seed: 6, Edges: true}); err != nil {
		t.Fatal(err)
	}
	of := strings.Join(names, ", ")
	db.Exec(t, "HR",
		"CREATE TABLE e (id NUMBER PRIMARY KEY, "+strings.Join(columns, ", ")+", o all_of, j all_of, l alls) NESTED TABLE l STORE AS e_l",
		"INSERT INTO e SELECT id, "+of+", all_of("+of+"), all_of("+of+"), alls(all_of("+of+"), NULL) FROM s",
	)
	keep := map[string]string{"before-reform": "keep", "before-christ": "keep", "no-such-day": "null", "sub-second": "truncate"}
	l := prepare(t, db, project.Load{Exclude: []string{"HR.S"}, OnFault: keep}, []plan.Statement{
		{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA hr"},
		{Phase: plan.Before, Name: "HR.ALL_OF", SQL: "CREATE TYPE hr.all_of AS (" + strings.Join(composite, ", ") + ")"},
		{Phase: plan.Tables, Name: "HR.E", SQL: "CREATE TABLE hr.e (id numeric, " + strings.Join(to, ", ") + ", o hr.all_of, j jsonb, l hr.all_of[])"},
	})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT coalesce(string_agg(error, ' '), '') FROM landfall.load_chunk", "")
	if _, err := l.pg.Exec(t.Context(), "SET timezone = 'UTC'"); err != nil {
		t.Fatal(err)
	}
	l.holds(t, `SELECT count(*) || ' ' || bool_or((o).n = 1e125) || bool_or((o).n = 1e-130) || bool_or((o).d = 'NaN') || bool_or((o).f = '-Infinity') || bool_or((o).dt = '4712-01-01 00:00:00 BC') || bool_or((o).ts >= '9999-12-31 23:59:59.999999') || bool_or((o).cl = '') || bool_or(octet_length((o).r) = 2000)
		|| bool_or(octet_length((o).v) = 4000) || bool_or(length((o).cl) >= 100000) FROM hr.e`, "200 "+strings.Repeat("true", 10))
	for _, name := range names {
		same := fmt.Sprintf("%[1]s IS DISTINCT FROM (o).%[1]s OR %[1]s IS DISTINCT FROM (l[1]).%[1]s OR l[2] IS NOT NULL", name)
		l.holds(t, "SELECT coalesce(string_agg("+name+"::text || ' is ' || coalesce((o)."+name+"::text, 'NULL'), ', '), '') FROM hr.e WHERE "+same, "")
	}
	for _, name := range names { // one by one, so that it shows where they differ
		l.holds(t, fmt.Sprintf("SELECT coalesce(string_agg(DISTINCT (j -> '%[1]s')::text || ' is not ' || (to_jsonb(o) -> '%[1]s')::text, ', '), '') FROM hr.e WHERE j -> '%[1]s' IS DISTINCT FROM to_jsonb(o) -> '%[1]s'", name), "")
	}
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("%+v", d)
	}
}

// TestGeometry loads SDO_GEOMETRY into the composite type that the conversion makes for it.
func TestGeometry(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "MDSYS",
		"CREATE TYPE sdo_point_type AS OBJECT (x NUMBER, y NUMBER, z NUMBER)", "CREATE TYPE sdo_elem_info_array AS VARRAY(1048576) OF NUMBER", "CREATE TYPE sdo_ordinate_array AS VARRAY(1048576) OF NUMBER",
		"CREATE TYPE sdo_geometry AS OBJECT (sdo_gtype NUMBER, sdo_srid NUMBER, sdo_point sdo_point_type, sdo_elem_info sdo_elem_info_array, sdo_ordinates sdo_ordinate_array)",
	)
	db.Exec(t, "HR", "CREATE TABLE g (id NUMBER PRIMARY KEY, at MDSYS.SDO_GEOMETRY)",
		"INSERT INTO g VALUES (1, MDSYS.SDO_GEOMETRY(2001, 4326, MDSYS.SDO_POINT_TYPE(13.4050, 52.52, NULL), NULL, NULL))",
		"INSERT INTO g VALUES (2, MDSYS.SDO_GEOMETRY(2003, NULL, NULL, MDSYS.SDO_ELEM_INFO_ARRAY(1, 1003, 3), MDSYS.SDO_ORDINATE_ARRAY(1, 1, 5.25, 7)))", "INSERT INTO g VALUES (3, NULL)",
	)
	l := prepare(t, db, project.Load{}, []plan.Statement{
		{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA hr; CREATE SCHEMA mdsys; CREATE TYPE mdsys.sdo_point_type AS (x numeric, y numeric, z numeric); CREATE TYPE mdsys.sdo_geometry AS (sdo_gtype numeric, sdo_srid numeric, sdo_point mdsys.sdo_point_type, sdo_elem_info numeric[], sdo_ordinates numeric[])"},
		{Phase: plan.Tables, Name: "HR.G", SQL: "CREATE TABLE hr.g (id numeric, at mdsys.sdo_geometry)"},
	})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT string_agg(id || ' ' || coalesce(at::text, 'NULL'), ', ' ORDER BY id) FROM hr.g", `1 (2001,4326,"(13.405,52.52,)",,), 2 (2003,,,"{1,1003,3}","{1,1,5.25,7}"), 3 NULL`)
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("%+v", d)
	}
}
