package mask

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/scripts"
)

var testKey = []byte("0123456789abcdef0123456789abcdef")

func masker(t testing.TB, identifiers bool) *Masker {
	t.Helper()
	m, err := New(testKey, identifiers, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTextIsAPermutation holds that different texts stay different, keep their shape, and change.
func TestTextIsAPermutation(t *testing.T) {
	seen := map[string]string{}
	same := 0
	for i := range 100000 {
		s := fmt.Sprintf("AB-%05d 张", i)
		got := text(testKey, s)
		if other, twice := seen[got]; twice {
			t.Fatalf("%q and %q both became %q", s, other, got)
		}
		seen[got] = s
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) || got[2] != '-' || len(got) != len(s) {
			t.Fatalf("%q became %q: another shape", s, got)
		}
		if got == s {
			same++
		}
	}
	if same > 1 {
		t.Errorf("%d texts stayed as they were", same)
	}
	if one, again := text(testKey, "secret"), text(testKey, "secret"); one != again || one == text([]byte("x"), "secret") {
		t.Error("the key does not decide")
	}
}

func TestCode(t *testing.T) {
	m := masker(t, false)
	for _, c := range []struct{ in, keep, gone string }{
		{"SELECT * FROM emp WHERE name = 'Müller' AND id = 4711 -- call Smith", "SELECT * FROM emp WHERE name =", "Müller,4711,Smith"},
		{"SELECT /*+ INDEX(e x) */ /* for Meier */ TO_CHAR(d, 'YYYY-MM-DD HH24:MI:SS') FROM e", "/*+ INDEX(e x) */,'YYYY-MM-DD HH24:MI:SS'", "Meier"},
		{"x := q'[it's secret]'; y := N'geheim'; z := '';", "q'[,N',''", "secret,geheim"},
		{"EXECUTE IMMEDIATE 'UPDATE emp SET pay = 99999 WHERE name = ''Smith'''", "'UPDATE emp SET pay = ,WHERE name = ''", "Smith,99999"},
		{"d := DATE '1987-06-05'; i := INTERVAL '12345' DAY(5);", "DATE ',INTERVAL '12345' DAY(5)", "1987-06-05"},
		{"CREATE TABLE t (a VARCHAR2(4000), n NUMBER(10,2) DEFAULT 123456) STORAGE (INITIAL 65536)", "VARCHAR2(4000),NUMBER(10,2),INITIAL 65536", "123456"},
		{"RAISE_APPLICATION_ERROR(-20123, 'no such customer')", "-20123", "customer"},
		{"DECODE(s, 'Y', 1, 'N', 0, 'active', 2)", "'Y', 1, 'N', 0", "active"},
		{`CREATE DATABASE LINK l CONNECT TO scott IDENTIFIED BY "Tiger99" USING 'db'`, `CONNECT TO scott IDENTIFIED BY ",USING '`, "Tiger99"},
		{"ALTER USER scott IDENTIFIED BY tiger REPLACE lion", "ALTER USER scott IDENTIFIED BY, REPLACE", "tiger,lion"},
		{"GRANT CONNECT TO a, b IDENTIFIED BY tiger, lion", "GRANT CONNECT TO a, b IDENTIFIED BY", "tiger,lion"},
		{"CREATE USER a IDENTIFIED BY VALUES 'S:ABCDEF'", "IDENTIFIED BY VALUES '", "ABCDEF"},
		{"x := 'ALTER USER a IDENTIFIED BY tiger'", "IDENTIFIED BY", "tiger"},
		{"PACKAGE BODY p wrapped \na000000\nb2\nabcd\n7d2aS3cretBase64==\n", "PACKAGE BODY p wrapped", "7d2aS3cretBase64"},
	} {
		got, err := m.code(c.in, 0)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		for _, k := range strings.Split(c.keep, ",") {
			if !strings.Contains(got, k) && !strings.Contains(c.keep, got) && !strings.Contains(got, strings.TrimSpace(k)) {
				t.Errorf("%s\nbecame %s\nwithout %q", c.in, got, k)
			}
		}
		for _, g := range strings.Split(c.gone, ",") {
			if strings.Contains(got, g) {
				t.Errorf("%s\nbecame %s\nwith %q", c.in, got, g)
			}
		}
	}
	a, _ := m.code("SELECT 'Smith' FROM dual", 0)
	b, _ := m.code("UPDATE t SET x = 'Smith'", 0)
	if literal := a[strings.IndexByte(a, '\''):strings.LastIndexByte(a, '\'')]; !strings.Contains(b, literal) {
		t.Errorf("equal literals became different: %s, %s", a, b)
	}
}

// TestInsuranceStaysReadable masks the whole sample, names too, and reads it again: every statement parses, every object is there,
// and neither a name nor a literal of the customer's is left.
func TestInsuranceStaysReadable(t *testing.T) {
	ctx := context.Background()
	estate, err := scripts.Load(ctx, "../../../../testdata/insurance", scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, identifiers := range []bool{false, true} {
		c, err := collect.Run(ctx, collect.NewFiles(estate, "insurance", time.Time{}, nil), collect.Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := masker(t, identifiers)
		masked, err := m.Content(c)
		if err != nil {
			t.Fatal(err)
		}
		var texts []scripts.Text
		for _, table := range masked.Tables {
			for _, row := range table.Rows {
				all := strings.Join(row, "\x00")
				for _, secret := range []string{"安禾", "待理算"} {
					if strings.Contains(all, secret) {
						t.Errorf("identifiers %v: %s still holds %q: %.200s", identifiers, table.Extract.Name, secret, all)
					}
				}
				if identifiers && strings.Contains(strings.ToUpper(all), "PKG_UNDERWRITING") {
					t.Errorf("%s still holds a name: %.300s", table.Extract.Name, all)
				}
			}
			if table.Extract.Name == "scripts" {
				for _, r := range table.Rows {
					texts = append(texts, scripts.Text{Name: r[0], Src: []byte(r[4])})
				}
			}
		}
		back, err := scripts.FromTexts(ctx, texts, nil, scripts.Options{})
		if err != nil {
			t.Fatal(err)
		}
		bad := 0
		for _, f := range back.Files {
			for _, e := range f.Parsed.Errors {
				if bad++; bad < 10 {
					t.Errorf("identifiers %v: %s: %s", identifiers, f.Parsed.OffsetPos(e.Off), e.Msg)
				}
			}
		}
		count := map[string]int{}
		for _, o := range estate.Catalog.Objects {
			count[string(o.Kind)]++
		}
		for _, o := range back.Catalog.Objects {
			count[string(o.Kind)]--
		}
		for kind, n := range count {
			if n != 0 {
				t.Errorf("identifiers %v: %d %s lost", identifiers, n, kind)
			}
		}
		if got, want := len(back.Catalog.Objects), len(estate.Catalog.Objects); got != want {
			t.Errorf("identifiers %v: %d objects, want %d", identifiers, got, want)
		}
		if masked.Manifest.Mask == nil || masked.Manifest.Mask.KeyID == "" || identifiers != (len(m.Names) > 0) {
			t.Errorf("manifest %+v, %d names", masked.Manifest.Mask, len(m.Names))
		}
	}
}

// TestNamesLikeOraclesAreMasked masks names of objects that only begin as Oracle's do, and of what has no name of its own.
func TestNamesLikeOraclesAreMasked(t *testing.T) {
	objects, constraints := bundle.NewTable("objects"), bundle.NewTable("constraints")
	for _, n := range []string{"SYS_KUNDEN", "DBMS_KUNDEN"} {
		objects.Add("owner", "ERP", "object_name", n, "object_type", "TABLE")
	}
	objects.Add("owner", "SYS", "object_name", "DBMS_OUTPUT", "object_type", "PACKAGE")
	for _, n := range []string{"SYS_C_KUNDEN_1", "SYS_C0012345"} {
		constraints.Add("owner", "ERP", "constraint_name", n, "table_name", "SYS_KUNDEN")
	}
	got, err := masker(t, true).Content(&bundle.Content{Tables: []*bundle.Table{objects, constraints}})
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprint(got.Tables[0].Rows, got.Tables[1].Rows)
	if strings.Contains(all, "KUNDEN") || !strings.Contains(all, "DBMS_OUTPUT") || !strings.Contains(all, "SYS_C0012345") {
		t.Error(all)
	}
}
