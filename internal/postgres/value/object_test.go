package value

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"landfall/internal/model"
	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/scratch/pgtest"
)

// objectTarget describes the type of a column as a server has it, domains followed.
func objectTarget(t *testing.T, db *pgtest.DB, oid uint32, typmod int32) Target {
	t.Helper()
	x := Target{OID: oid, Typmod: typmod}
	for base := oid; ; {
		var class, element, behind uint32
		var mod int32
		if err := db.QueryRow(context.Background(), `SELECT typname, typrelid, CASE typcategory WHEN 'A' THEN typelem ELSE 0 END, typbasetype, typtypmod FROM pg_type WHERE oid = $1`,
			base).Scan(&x.Name, &class, &element, &behind, &mod); err != nil {
			t.Fatal(err)
		}
		switch {
		case behind != 0:
			base = behind
			if mod >= 0 {
				x.Typmod = mod
			}
			continue
		case element != 0:
			e := objectTarget(t, db, element, x.Typmod)
			x.Element = &e
		case class != 0:
			rows, err := db.Query(context.Background(), "SELECT attname, atttypid, atttypmod FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum", class)
			if err != nil {
				t.Fatal(err)
			}
			type attr struct {
				name string
				oid  uint32
				mod  int32
			}
			var list []attr
			for rows.Next() {
				var a attr
				if err := rows.Scan(&a.name, &a.oid, &a.mod); err != nil {
					t.Fatal(err)
				}
				list = append(list, a)
			}
			if rows.Err() != nil {
				t.Fatal(rows.Err())
			}
			for _, a := range list {
				x.Attributes = append(x.Attributes, Attribute{a.name, objectTarget(t, db, a.oid, a.mod)})
			}
		}
		return x
	}
}

// part and the like describe object types.
func part(name, typ string, size ...int) ora.Part {
	p := ora.Part{Name: strings.ToUpper(name), Key: name, Type: model.TypeRef{Name: typ}}
	if len(size) > 0 {
		p.Type.Precision = &size[0]
	}
	if len(size) > 1 {
		p.Type.Scale = &size[1]
	}
	return p
}

func shaped(name string, s *ora.Shape) ora.Part {
	return ora.Part{Name: strings.ToUpper(name), Key: name, Type: model.TypeRef{Name: s.Name, Schema: s.Owner, User: true}, Shape: s}
}

func objectOf(name string, attributes ...ora.Part) *ora.Shape {
	return &ora.Shape{Owner: "O", Name: strings.ToUpper(name), Key: name, Attributes: attributes}
}

func listOf(name string, element ora.Part) *ora.Shape {
	return &ora.Shape{Owner: "O", Name: strings.ToUpper(name), Key: name, Element: &element}
}

var (
	addressShape = objectOf("address", part("street", "VARCHAR2", 30), part("no", "NUMBER", 5), part("since", "DATE"), part("seen", "TIMESTAMP WITH LOCAL TIME ZONE"), part("photo", "RAW", 10), part("ratio", "BINARY_DOUBLE"))
	phonesShape  = listOf("phones", part("", "VARCHAR2", 20))
	numbersShape = listOf("numbers", part("", "NUMBER"))
	personShape  = objectOf("person", part("name", "VARCHAR2", 30), shaped("home", addressShape), shaped("phones", phonesShape), part("waits", "INTERVAL DAY TO SECOND"), part("since", "INTERVAL YEAR TO MONTH"), part("note", "CLOB"))
	carShape     = objectOf("car", part("name", "VARCHAR2", 30), part("seats", "NUMBER", 2))
	houseShape   = objectOf("house", part("name", "VARCHAR2", 30), shaped("place", addressShape))
	thingShape   = &ora.Shape{Owner: "O", Name: "THING", Key: "thing", Attributes: []ora.Part{part("name", "VARCHAR2", 30)}, Family: []*ora.Shape{carShape, houseShape}}
)

const (
	address = `{"STREET":"Baker St","NO":"221","SINCE":" 2020-01-02 03:04:05","SEEN":" 2020-01-02 03:04:05.500000000 +02:00","PHOTO":"00FF","RATIO":"3FF8000000000000"}`
	nowhere = `{"STREET":null,"NO":null,"SINCE":null,"SEEN":null,"PHOTO":null,"RATIO":null}`
)

func TestObjects(t *testing.T) {
	db := pgtest.Open(t)
	ctx := context.Background()
	if _, err := db.Exec(ctx, `
		CREATE DOMAIN phone AS varchar(20);
		CREATE DOMAIN phones AS phone[];
		CREATE TYPE address AS (no numeric(5), street varchar(30), since timestamp(0), seen timestamptz, photo bytea, ratio double precision);
		CREATE DOMAIN thing AS jsonb;
		CREATE TYPE person AS (name text, home address, phones phones, waits interval, since interval, note text);
		CREATE DOMAIN numbers AS numeric(6,1)[];
		CREATE DOMAIN things AS thing[];`); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, typ         string
		shape             *ora.Shape
		json, want, fault string
	}{
		{"object, by name", "address", addressShape, address, `(221,"Baker St","2020-01-02 03:04:05","2020-01-02 01:04:05.5+00","\\x00ff",1.5)`, ""},
		{"object of NULLs", "address", addressShape, nowhere, "", ""}, // for SQL a row of NULLs is NULL
		{"nested", "person", personShape, `{"NAME":"王","HOME":` + address + `,"PHONES":["1","2",null],"WAITS":"-03 04:05:06.000000","SINCE":"+01-02","NOTE":""}`, `(王,"(221,""Baker St"",""2020-01-02 03:04:05"",""2020-01-02 01:04:05.5+00"",""\\\\x00ff"",1.5)","{1,2,NULL}","-3 days -04:05:06","1 year 2 mons","")`, ""},
		{"nested NULLs", "person", personShape, `{"NAME":null,"HOME":null,"PHONES":null,"WAITS":null,"SINCE":null,"NOTE":null}`, "", ""},
		{"numbers", "numbers", numbersShape, `["1", "-2.5", "1E+3", ".1"]`, `{1.0,-2.5,1000.0,0.1}`, ""},
		{"no elements", "numbers", numbersShape, `[]`, `{}`, ""},
		{"NULLs only", "phones", phonesShape, `[null]`, `{NULL}`, ""},
		{"missing", "address", addressShape, `{"STREET":"x"}`, "", "malformed"},
		{"no list", "phones", phonesShape, `{"a":1}`, "", "malformed"},
		{"too long", "phones", phonesShape, `["123456789012345678901"]`, "", "too-long"},
		{"overflow", "address", addressShape, strings.Replace(address, "221", "221000", 1), "", "overflow"},
		{"fraction", "numbers", numbersShape, `["0.25"]`, "", "fraction"},
		{"no number", "numbers", numbersShape, `["x"]`, "", "malformed"},
		{"infinite", "numbers", numbersShape, `["-~"]`, "", "infinite"},
		{"no JSON", "numbers", numbersShape, `["1"`, "", "malformed"},
		{"more JSON", "numbers", numbersShape, `["1"] ["2"]`, "", "malformed"},
		{"half a pair", "phones", phonesShape, `["\ud83d"]`, "", "malformed"},
		{"a backslash", "phones", phonesShape, `["\\ud83d"]`, `{"\\ud83d"}`, ""},
		{"chr(0)", "phones", phonesShape, `["a\u0000"]`, "", "nul-byte"},
		{"JSON", "jsonb", addressShape, address, `{"no": 221, "seen": "2020-01-02T01:04:05.5+00:00", "photo": "\\x00ff", "ratio": 1.5, "since": "2020-01-02T03:04:05", "street": "Baker St"}`, ""},
		{"JSON of NULLs", "jsonb", addressShape, nowhere, `{"no": null, "seen": null, "photo": null, "ratio": null, "since": null, "street": null}`, ""},
		{"JSON, nested", "json", personShape, `{"NAME":"\"","HOME":null,"PHONES":["1",null],"WAITS":"-03 04:05:06.000000","SINCE":"+00-00","NOTE":""}`, `{"name": "\"", "home": null, "phones": ["1", null], "waits": "-3 days -04:05:06", "since": "00:00:00", "note": ""}`, ""},
		{"JSON as text", "text", numbersShape, `["1","~",".5",null]`, `[1, "Infinity", 0.5, null]`, ""},
		{"one of a family", "thing", thingShape, `{"$type":"O.CAR","NAME":"Lada","SEATS":"4"}`, `{"name": "Lada", "$type": "car", "seats": 4}`, ""},
		{"another of a family", "thing", thingShape, `{"$type":"O.HOUSE","NAME":null,"PLACE":null}`, `{"name": null, "$type": "house", "place": null}`, ""},
		{"a family's elements", "things", listOf("things", shaped("", thingShape)), `[{"$type":"O.CAR","NAME":"Lada","SEATS":"4"},null]`, `{"{\"name\": \"Lada\", \"$type\": \"car\", \"seats\": 4}",NULL}`, ""},
		{"none of a family", "thing", thingShape, `{"$type":"?"}`, "", "malformed"},
		{"JSON, overflow", "jsonb", listOf("b", part("", "TIMESTAMP", 9)), `[" 2020-01-02 03:04:05.123456789"]`, "", "sub-second"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var oid uint32
			if err := db.QueryRow(ctx, "SELECT $1::regtype::oid", c.typ).Scan(&oid); err != nil {
				t.Fatal(err)
			}
			e, err := Plan([]Column{{Name: "v", Source: sourceType(t, "OBJECT"), Shape: c.shape, Target: objectTarget(t, db, oid, -1)}}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			row, err := e.AppendTuple(nil, [][]byte{[]byte(c.json)})
			if c.fault != "" {
				var bad *RowError
				if !errors.As(err, &bad) || bad.Fault.String() != c.fault {
					t.Fatalf("%v, want %s", err, c.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, back := roundTrip(t, db, c.typ, AppendTrailer(append(AppendHeader(nil), row...)), 1)
			if got != c.want {
				t.Errorf("the server holds %s, want %s", got, c.want)
			}
			if back != e.Fingerprint() {
				t.Errorf("the tuple read back has another fingerprint than %x", row)
			}
		})
	}
}

// TestObjectsLikeTheServer holds that JSON of an object is what the server makes of the same composite value.
func TestObjectsLikeTheServer(t *testing.T) {
	db := pgtest.Open(t)
	ctx := context.Background()
	if _, err := db.Exec(ctx, `
		CREATE TYPE address AS (street varchar(30), no numeric, since timestamp(0), seen timestamptz, photo bytea, ratio double precision);
		CREATE TYPE person AS (name text, home address, phones varchar[], waits interval, since interval, note text);`); err != nil {
		t.Fatal(err)
	}
	for _, json := range []string{
		`{"NAME":"王 \"\\ \n","HOME":` + address + `,"PHONES":["1",null],"WAITS":"-03 04:05:06.500000","SINCE":"-01-02","NOTE":""}`,
		`{"NAME":null,"HOME":` + nowhere + `,"PHONES":[],"WAITS":"+00 00:00:00.000000","SINCE":"+00-01","NOTE":null}`,
		`{"NAME":"x","HOME":` + strings.NewReplacer("221", "-.000001", "3FF8000000000000", "7FEFFFFFFFFFFFFF").Replace(address) + `,"PHONES":null,"WAITS":"+100 00:00:00.000000","SINCE":"+10-00","NOTE":"n"}`,
	} {
		var texts [2]string
		for i, typ := range []string{"person", "jsonb"} {
			var oid uint32
			if err := db.QueryRow(ctx, "SELECT $1::regtype::oid", typ).Scan(&oid); err != nil {
				t.Fatal(err)
			}
			e, err := Plan([]Column{{Name: "v", Source: sourceType(t, "OBJECT"), Shape: personShape, Target: objectTarget(t, db, oid, -1)}}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			row, err := e.AppendTuple(nil, [][]byte{[]byte(json)})
			if err != nil {
				t.Fatal(err)
			}
			texts[i], _ = roundTrip(t, db, typ, AppendTrailer(append(AppendHeader(nil), row...)), 1)
		}
		var want string
		if err := db.QueryRow(ctx, "SELECT to_jsonb($1::text::person)::text", texts[0]).Scan(&want); err != nil {
			t.Fatal(err)
		}
		if texts[1] != want {
			t.Errorf("%s\nthe server makes %s", texts[1], want)
		}
	}
}

// TestObjectPlans holds that objects and targets that do not fit are told before the first row.
func TestObjectPlans(t *testing.T) {
	text := target(t, "text")
	for _, c := range []struct {
		shape  *ora.Shape
		target Target
		want   string
	}{
		{nil, Target{OID: 1, Name: "x", Typmod: -1, Element: &text}, "needs the attributes"},
		{phonesShape, Target{OID: 1, Name: "x", Typmod: -1, Attributes: []Attribute{{"a", text}}}, "no encoding is known of O.PHONES"},
		{addressShape, Target{OID: 1, Name: "x", Typmod: -1, Attributes: []Attribute{{"a", text}}}, "6 attributes"},
		{carShape, Target{OID: 1, Name: "x", Typmod: -1, Attributes: []Attribute{{"name", text}, {"chairs", text}}}, "no attribute for chairs"},
		{carShape, Target{OID: 1, Name: "x", Typmod: -1, Attributes: []Attribute{{"name", text}, {"seats", target(t, "bytea")}}}, "attribute SEATS"},
		{thingShape, Target{OID: 1, Name: "x", Typmod: -1, Attributes: []Attribute{{"name", text}}}, "of several types"},
		{listOf("b", part("", "BFILE")), target(t, "jsonb"), "no JSON is known of BFILE"},
	} {
		_, err := Plan([]Column{{Name: "v", Source: sourceType(t, "OBJECT"), Shape: c.shape, Target: c.target}}, Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// TestObjectPolicy holds that an attribute's fault is its column's, and that the policy makes the attribute NULL.
func TestObjectPolicy(t *testing.T) {
	element := target(t, "numeric(3)")
	e, err := Plan([]Column{
		{Name: "a", Source: sourceType(t, "NUMBER"), Target: target(t, "numeric")},
		{Name: "v", Source: sourceType(t, "OBJECT"), Shape: numbersShape, Target: Target{OID: 1231, Name: "_numeric", Typmod: -1, Element: &element}, Policy: policyOf(t, "overflow: null")},
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	row, err := e.AppendTuple(nil, [][]byte{nil, []byte(`["1", "5000"]`)})
	if err != nil {
		t.Fatal(err)
	}
	if counts := e.Counts(); len(counts) != 1 || counts[0].Column != 1 || counts[0].Fault != Overflow {
		t.Errorf("%+v", counts)
	}
	if !bytes.Equal(row[10:18], []byte{0, 0, 0, 1, 0, 0, 0, 1}) || !bytes.HasSuffix(row, null[:]) {
		t.Errorf("%x", row)
	}
}
