package plus_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"landfall/internal/oracle/plus"
)

// recorder answers a few statements and keeps what it was asked.
type recorder struct {
	asked []string
	out   []string
}

func (r *recorder) Query(_ context.Context, sql string, binds map[string]*string, each func([]string, []*string) error) error {
	r.asked = append(r.asked, sql)
	text := func(s string) *string { return &s }
	switch {
	case strings.Contains(sql, "missing"):
		return &plus.DatabaseError{Text: "ORA-00942: table or view does not exist\nno such view"}
	case strings.Contains(sql, "gone"):
		return errors.New("the connection is gone")
	case strings.Contains(sql, ":v"):
		return each([]string{"REC"}, []*string{binds["v"]})
	case strings.Contains(sql, "two"):
		return each([]string{"A", "B"}, []*string{text("1"), text("2")})
	case strings.Contains(sql, "wide"):
		return each([]string{"REC"}, []*string{text("12345678901")})
	}
	for _, row := range [][]*string{{text("first"), text("R|1|  ")}, {text("last"), nil}} {
		if err := each([]string{"STATE", "REC"}, row); err != nil {
			return err
		}
	}
	return nil
}

func (r *recorder) Execute(_ context.Context, sql string, binds map[string]*string) error {
	r.asked = append(r.asked, sql)
	if strings.Contains(sql, "missing") {
		return &plus.DatabaseError{Text: "ORA-06550: line 1"}
	}
	r.out = append(r.out, "said by a block")
	for name := range binds {
		value := "set"
		binds[name] = &value
	}
	return nil
}

func (r *recorder) Output(context.Context) ([]string, error) {
	out := r.out
	r.out = nil
	return out, nil
}

// unpack writes the files of an archive into a folder.
func unpack(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(text)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRun(t *testing.T) {
	dir := unpack(t, `
-- main.sql --
-- a comment, and &nothing in it
REM another
WHENEVER SQLERROR CONTINUE
SET DEFINE '&'
COLUMN rec FORMAT A10
COLUMN state NEW_VALUE state NOPRINT
VARIABLE v VARCHAR2(10)
DEFINE name = 'lib/part'
ACCEPT answer CHAR DEFAULT 'N' PROMPT 'Well? '
PROMPT it is &answer
@&name..sql one two
PROMPT &state &1 &2.
SELECT x

FROM missing;
EXECUTE :v := 'a';
SELECT :v AS rec FROM dual;
SET SERVEROUTPUT ON SIZE UNLIMITED FORMAT WRAPPED
BEGIN
  x;
END;
/
SET TERMOUT OFF
PROMPT not seen
SET TERMOUT ON
EXIT
PROMPT never
-- lib/part.sql --
SPOOL out.txt REPLACE
SELECT state, rec FROM t WHERE a = '&1';
PROMPT end of &2
SPOOL OFF
`)
	db, talk := &recorder{}, strings.Builder{}
	r := plus.Runner{DB: db, Dir: dir, Out: &talk, Accept: func(variable, prompt, otherwise string) string {
		return variable + "/" + prompt + "/" + otherwise
	}}
	if err := r.Run(context.Background(), "main.sql"); err != nil {
		t.Fatal(err)
	}
	want := `it is answer/Well? /N
R|1|

end of two
last one two
ERROR at line 1:
ORA-00942: table or view does not exist
no such view
set
said by a block
`
	// the output of EXECUTE was there before SERVEROUTPUT was on
	if d := cmp.Diff(strings.Replace(want, "said by a block\n", "said by a block\nsaid by a block\n", 1), talk.String()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"SELECT state, rec FROM t WHERE a = 'one'", "SELECT x\n\nFROM missing", "BEGIN :v := 'a'; END;", "SELECT :v AS rec FROM dual", "BEGIN\n  x;\nEND;"}, db.asked); d != "" {
		t.Error(d)
	}
	spool, err := os.ReadFile(filepath.Join(dir, "out.txt"))
	if err != nil || string(spool) != "R|1|\n\nend of two\n" {
		t.Errorf("%q, %v", spool, err)
	}
}

func TestRefused(t *testing.T) {
	for script, want := range map[string]string{
		"PROMPT a\nHOST ls":                    "main.sql:2: HOST is not known here",
		"@/etc/passwd.sql":                     "main.sql:1: /etc/passwd.sql is not below the folder",
		"@../x":                                "main.sql:1: ../x.sql is not below the folder",
		"SPOOL ../x.txt REPLACE":               "main.sql:1: ../x.txt is not below the folder",
		"SPOOL x.txt APPEND":                   "main.sql:1: SPOOL x.txt APPEND",
		"SELECT 1\nFROM t":                     "main.sql:1: the statement has no end",
		"BEGIN\nx;\nEND;":                      "main.sql:1: the statement has no end",
		"\nSELECT &x FROM t;":                  `main.sql:2: the variable "x" is not defined`,
		"PROMPT &x":                            `main.sql:1: the variable "x" is not defined`,
		"SET DEFINE OFF":                       "main.sql:1: SET DEFINE OFF is not known here",
		"SET PAUSE ON":                         "main.sql:1: SET PAUSE ON is not known here",
		"WHENEVER SQLERROR EXIT":               "main.sql:1: WHENEVER SQLERROR EXIT",
		"COLUMN rec HEADING x":                 "main.sql:1: COLUMN ... HEADING is not known here",
		"COLUMN rec FORMAT 999":                "main.sql:1: COLUMN ... FORMAT 999 is not known here",
		"COLUMN rec NEW_VALUE":                 "main.sql:1: COLUMN rec NEW_VALUE",
		"VARIABLE c CLOB":                      "main.sql:1: VARIABLE c CLOB",
		"DEFINE x":                             "main.sql:1: DEFINE x",
		"@":                                    "main.sql:1: @ names no script",
		"@main":                                "scripts run each other deeper than 20",
		"SELECT two;":                          "main.sql:1: a query prints several columns, which is not known here",
		"COLUMN rec FORMAT A10\nSELECT wide;":  "main.sql:2: a value of REC is wider than 10 characters: it would be wrapped, which is not known here",
		"SPOOL x.txt REPLACE\nSELECT 1; gone;": "main.sql:2: the connection is gone",
	} {
		dir := unpack(t, "-- main.sql --\n"+script+"\n")
		r := plus.Runner{DB: &recorder{}, Dir: dir}
		if err := r.Run(context.Background(), "main.sql"); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", script, err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := plus.Runner{DB: &recorder{}, Dir: unpack(t, "-- main.sql --\nPROMPT a\n")}
	if err := r.Run(ctx, "main.sql"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := r.Run(context.Background(), "none.sql"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
