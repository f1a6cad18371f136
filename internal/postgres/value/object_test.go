package value

import (
	"bytes"
	"context"
	"errors"
	"testing"

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
			e := objectTarget(t, db, element, -1)
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

func TestObjects(t *testing.T) {
	db := pgtest.Open(t)
	ctx := context.Background()
	if _, err := db.Exec(ctx, `
		CREATE DOMAIN phone AS varchar(20);
		CREATE DOMAIN phones AS phone[];
		CREATE TYPE address AS (street varchar(30), no numeric(5), since timestamp(0), seen timestamptz, flags boolean, photo bytea, ratio double precision);
		CREATE TYPE person AS (name text, home address, phones phones, extra jsonb);
		CREATE DOMAIN numbers AS numeric[];`); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, typ, json, want, fault string }{
		{"object", "address", `{"STREET":"Baker St","NO":221,"SINCE":"2020-01-02T03:04:05","SEEN":"2020-01-02T03:04:05.5+02:00","FLAGS":true,"PHOTO":"00FF","RATIO":1.5}`, `("Baker St",221,"2020-01-02 03:04:05","2020-01-02 01:04:05.5+00",t,"\\x00ff",1.5)`, ""},
		{"object of NULLs", "address", `{"STREET":null,"NO":null,"SINCE":"","SEEN":null,"FLAGS":null,"PHOTO":null,"RATIO":null}`, "", ""}, // for SQL a row of NULLs is NULL
		{"nested", "person", `{"NAME":"王","HOME":{"STREET":"x","NO":"1","SINCE":"2020-01-02","SEEN":"2020-01-02T00:00:00Z","FLAGS":false,"PHOTO":"","RATIO":"0.25"},"PHONES":["1","2",null],"EXTRA":{"b":1,"a":[]}}`, `(王,"(x,1,""2020-01-02 00:00:00"",""2020-01-02 00:00:00+00"",f,,0.25)","{1,2,NULL}","{""a"": [], ""b"": 1}")`, ""},
		{"numbers", "numbers", `[1, -2.50, 1e3, "0.1"]`, `{1,-2.5,1000,0.1}`, ""},
		{"no elements", "numbers", `[]`, `{}`, ""},
		{"NULLs only", "phones", `[null]`, `{NULL}`, ""},
		{"missing", "address", `{"STREET":"x"}`, "", "malformed"},
		{"one too many", "phones", `{"a":1}`, "", "malformed"},
		{"too long", "phones", `["123456789012345678901"]`, "", "too-long"},
		{"overflow", "address", `{"STREET":"Baker St","NO":221000,"SINCE":null,"SEEN":null,"FLAGS":null,"PHOTO":null,"RATIO":null}`, "", "overflow"},
		{"a zone too many", "address", `{"STREET":"x","NO":1,"SINCE":"2020-01-02T03:04:05Z","SEEN":null,"FLAGS":null,"PHOTO":null,"RATIO":null}`, "", "malformed"},
		{"a zone missing", "address", `{"STREET":"x","NO":1,"SINCE":null,"SEEN":"2020-01-02T03:04:05","FLAGS":null,"PHOTO":null,"RATIO":null}`, "", "malformed"},
		{"no JSON", "numbers", `[1`, "", "malformed"},
		{"more JSON", "numbers", `[1] [2]`, "", "malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var oid uint32
			if err := db.QueryRow(ctx, "SELECT $1::regtype::oid", c.typ).Scan(&oid); err != nil {
				t.Fatal(err)
			}
			e, err := Plan([]Column{{Name: "v", Source: sourceType(t, "OBJECT"), Target: objectTarget(t, db, oid, -1)}}, Options{})
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
	if _, err := Plan([]Column{{Name: "v", Source: sourceType(t, "OBJECT"), Target: Target{OID: 1, Name: "x", Typmod: -1, Attributes: []Attribute{{"a", Target{Name: "money", Typmod: -1}}}}}}, Options{}); err == nil {
		t.Error("an attribute of type money was taken")
	}
}

// TestObjectPolicy holds that an attribute's fault is its column's, and that the policy makes the attribute NULL.
func TestObjectPolicy(t *testing.T) {
	element := target(t, "numeric(3)")
	e, err := Plan([]Column{
		{Name: "a", Source: sourceType(t, "NUMBER"), Target: target(t, "numeric")},
		{Name: "v", Source: sourceType(t, "OBJECT"), Target: Target{OID: 1231, Name: "_numeric", Typmod: -1, Element: &element}, Policy: policyOf(t, "overflow: null")},
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	row, err := e.AppendTuple(nil, [][]byte{nil, []byte("[1, 5000]")})
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
