package connect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseTarget(t *testing.T) {
	for text, want := range map[string]Target{
		"oracle://scott@db1/orcl":                                  {User: "scott", Host: "db1", Port: 1521, Service: "orcl"},
		"oracle://scott@db1:1522/orcl.example.com":                 {User: "scott", Host: "db1", Port: 1522, Service: "orcl.example.com"},
		"oracle://scott@[::1]:1522/orcl":                           {User: "scott", Host: "::1", Port: 1522, Service: "orcl"},
		"oracle://scott@db1:1522?sid=ORCL":                         {User: "scott", Host: "db1", Port: 1522, SID: "ORCL"},
		"oracle://scott@erp_prod":                                  {User: "scott", Alias: "erp_prod"},
		"oracle://scott@db1/orcl?tls=on&wallet=/w":                 {User: "scott", Host: "db1", Port: 2484, Service: "orcl", TLS: true, Wallet: "/w"},
		"oracle://gate[ERP]@db1/orcl":                              {User: "gate", Proxy: "ERP", Host: "db1", Port: 1521, Service: "orcl"},
		"oracle://gate@db1/orcl?proxy=ERP":                         {User: "gate", Proxy: "ERP", Host: "db1", Port: 1521, Service: "orcl"},
		"oracle://sys@db1/orcl?role=sysdba":                        {User: "sys", Host: "db1", Port: 1521, Service: "orcl", SYSDBA: true},
		"oracle://a@db1/o?encryption=required&integrity=REQUESTED": {User: "a", Host: "db1", Port: 1521, Service: "o", Encryption: Required, Integrity: Requested},
	} {
		got, err := ParseTarget(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", text, d)
		}
		if again, err := ParseTarget(got.String()); err != nil || again != got {
			t.Errorf("%s -> %s -> %+v, %v", text, got, again, err)
		}
	}
	for text, want := range map[string]string{
		"oracle://scott:tiger@db1/orcl": "password", "oracle://db1/orcl": "user", "oracle://@db1/orcl": "user", "oracle:///orcl": "user", "oracle://scott@/orcl": "host",
		"postgres://scott@db1/orcl": "oracle://", "oracle://scott@db1:1521": "service", "oracle://scott@db1/orcl?sid=x": "not both", "oracle://scott@db1:0/orcl": "port",
		"oracle://scott@db1/orcl?tls=maybe": "tls", "oracle://scott@db1/orcl?role=sysoper": "sysdba", "oracle://scott@db1/orcl?colour=red": "colour",
		"oracle://scott@db1/orcl?sid=a&sid=b": "twice", "oracle://scott@db1/orcl?encryption=some": "accepted",
	} {
		if _, err := ParseTarget(text); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "tiger") {
			t.Errorf("%s: %v, want %q in it", text, err, want)
		}
	}
}

func TestAliases(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("tnsnames.ora", `# a comment (with = signs
IFILE = more.ora
erp, ERP_OLD =
  (DESCRIPTION =
    (ADDRESS = (PROTOCOL = TCP)(HOST = db1)(PORT = 1521)) # here too
    (CONNECT_DATA = (SERVICE_NAME = erp.example.com)))
erp = (DESCRIPTION=(ADDRESS=(HOST=second)))
crm.world=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db2)(PORT=2484))(CONNECT_DATA=(SID=CRM)))
`)
	write("more.ora", "HR = (DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db3)(PORT=1521))(CONNECT_DATA=(SID=HR)))")
	erp := "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db1)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=erp.example.com)))"
	crm := "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db2)(PORT=2484))(CONNECT_DATA=(SID=CRM)))"
	for alias, want := range map[string]string{
		"ERP": erp, "erp_old": erp, "crm.world": crm, "crm": crm, "hr": "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db3)(PORT=1521))(CONNECT_DATA=(SID=HR)))",
	} {
		if got, err := resolveAlias(dir, alias); err != nil || got != want {
			t.Errorf("%s: %s, %v", alias, got, err)
		}
	}
	if _, err := resolveAlias(dir, "nope"); err == nil || !strings.Contains(err.Error(), "CRM.WORLD, ERP, ERP_OLD, HR") {
		t.Errorf("%v", err)
	}
	for name, text := range map[string]string{"open": "A = (DESCRIPTION=(X=", "no descriptor": "A = db1", "no name": "= (A)", "text": "hello", "loop": "IFILE=tnsnames.ora"} {
		write("tnsnames.ora", text)
		if _, err := resolveAlias(dir, "A"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := resolveAlias(filepath.Join(dir, "none"), "A"); err == nil {
		t.Error("no file, no error")
	}
}
