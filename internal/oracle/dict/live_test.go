package dict

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/connect"
	"landfall/internal/oracle/scripts"
	"landfall/internal/orasim/simtest"
	"landfall/internal/orasim/tns"
)

// liveContent collects the sample's schema over the wire from a simulated Oracle that has run its scripts.
func liveContent(t *testing.T, dir string) *bundle.Content {
	t.Helper()
	db := simtest.New(simtest.AL32UTF8, nil)
	if _, err := db.LoadScripts(context.Background(), dir, "INS_CORE"); err != nil {
		t.Fatal(err)
	}
	db.AddUser("COLLECTOR", "secret")
	_, port := simtest.Serve(t, db, tns.Options{})
	src, err := connect.New(connect.Target{User: "collector", Host: "127.0.0.1", Port: port, Service: simtest.Service}, connect.Options{
		Password: func(context.Context) (string, error) { return "secret", nil }, StatementTimeout: time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	o, err := collect.NewOracle(context.Background(), src, collect.OracleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	c, err := collect.Run(context.Background(), o, collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// difference is one that cannot be helped, with its reason. Object and path are patterns for the whole.
type difference struct{ object, path, why string }

// always are the differences of scripts and dictionary, whatever the definitions are made from.
var always = []difference{
	{`(tablespace|user):.*`, "", "users and tablespaces belong to the database; the extracts of those names hold them"},
	{`index:INS_FIN\.PK_PAYMENT_ORDER`, "", "made by the USING INDEX of a key: the dictionary tells it as the key's index, not as one of its own"},
	{`(program|schedule):.*`, `\.comment`, "DBMS_METADATA writes comments of the scheduler by SET_ATTRIBUTE; the extract does not have them"},
	{`table:INS_CORE\.POLICY`, `\.table\.columns\[LEGACY_NO\]\.comment`, "DBA_COL_COMMENTS leaves invisible columns out"},
	{`table:INS_CLAIM\.ERR\$_CLAIM_ITEM`, `\.table\.columns\[ORA_ERR_ROWID\$\]\.type\.precision`, "UROWID without a size is one of 4000 bytes, which the dictionary writes out"},
	{`table:.*`, `\.table\.tablespace`, "a default tablespace is written out by the dictionary, and none for partitioned tables"},
	{`grants`, `EXECUTE ON SYS\.DBMS_.*|(READ|WRITE) ON \.[A-Z_]+_DIR TO .*`, "privileges on what SYS owns: the extract holds those on the schemas that are collected"},
	{`sequence:INS_CORE\.SEQ_ADDRESS`, `\.sequence\.start`, "rows of the scripts take numbers of it, and the dictionary tells the next one"},
	{`view:.*`, `\.view\.columns\[.*`, "the dictionary knows columns and types of every view, the reader of scripts only where it finds the tables"},
}

// withoutMetadata are those of definitions that are made of columns and constraints, where DBMS_METADATA may not be called.
var withoutMetadata = []difference{
	{`table:.*\.(EXT_GROUP_MEMBER|CLAIM_IMPORT_EXT)`, "", "external tables: only DBMS_METADATA tells enough; reported as not covered"},
	{`table:INS_CORE\.ADDRESS_BOOK`, "", "object tables: only DBMS_METADATA tells enough; reported as not covered"},
	{`index:INS_CORE\.IX_MV_BRANCH_MONTH`, "", "an index of a materialized view: reported as not covered"},
	{`index:INS_CLAIM\.IX_MED_BILL_HOSP`, `\.index\.partitioning\..*`, "bounds of the partitions of global indexes are in no extract; reported"},
	{`job:.*`, `\.comment`, "the extract has no comments of jobs"},
}

// withMetadata are those of definitions by DBMS_METADATA.
var withMetadata = []difference{
	{`table:.*\.(CLAIM_ITEM|MEDICAL_BILL_ITEM|POLICY_COVERAGE)`, `\.table\.partitioning\.(count|partitions\[\d+\])`, "partitions by reference are those of the parent; the dictionary names them"},
}

// TestLiveGivesTheCatalog: the catalog of the scripts, and that of the live dictionary of a database that has run them, are
// equal, but for what is listed, and every entry of the lists is there for something.
func TestLiveGivesTheCatalog(t *testing.T) {
	dir := filepath.Join(insuranceDir, "schema")
	want, err := scripts.Load(context.Background(), dir, scripts.Options{DefaultSchema: "INS_CORE"})
	if err != nil {
		t.Fatal(err)
	}
	live := liveContent(t, dir)
	for name, c := range map[string]*bundle.Content{"DBMS_METADATA": live, "columns and constraints": without(live, "ddl")} {
		t.Run(name, func(t *testing.T) {
			got, err := Estate(context.Background(), opened(t, c), scripts.Options{})
			if err != nil {
				t.Fatal(err)
			}
			list := slices.Clone(always)
			if name != "DBMS_METADATA" {
				list = append(list, withoutMetadata...)
			} else {
				list = append(list, withMetadata...)
				if len(got.Problems) > 0 {
					t.Errorf("%d problems, the first: %+v", len(got.Problems), got.Problems[0])
				}
			}
			compareCatalogs(t, canonical(t, want.Catalog), canonical(t, got.Catalog), list)
		})
	}
}

func compareCatalogs(t *testing.T, want, got map[string]map[string]string, list []difference) {
	t.Helper()
	used := make([]bool, len(list))
	listed := func(id, path string) bool {
		for i, d := range list {
			if regexp.MustCompile("^(?:"+d.object+")$").MatchString(id) && (path == "" && d.path == "" || d.path != "" && regexp.MustCompile("^(?:"+d.path+")$").MatchString(path)) {
				used[i] = true
				return true
			}
		}
		return false
	}
	shown := 0
	report := func(format string, args ...any) {
		if shown++; shown <= 60 {
			t.Errorf(format, args...)
		}
	}
	for _, id := range keysOf(want, got) {
		w, inWant := want[id]
		g, inGot := got[id]
		if inWant != inGot {
			if !listed(id, "") {
				report("%s: in the scripts %v, in the dictionary %v", id, inWant, inGot)
			}
			continue
		}
		for _, path := range keysOf(w, g) {
			if w[path] != g[path] && !listed(id, path) {
				report("%s %s: %.150q in the scripts, %.150q in the dictionary", id, path, w[path], g[path])
			}
		}
	}
	for i, d := range list {
		if !used[i] {
			t.Errorf("nothing differs any more as %s %s", d.object, d.path)
		}
	}
	if len(want) < 500 {
		t.Errorf("only %d objects", len(want))
	}
}

func keysOf[V any](maps ...map[string]V) []string {
	all := map[string]bool{}
	for _, m := range maps {
		for k := range m {
			all[k] = true
		}
	}
	list := make([]string, 0, len(all))
	for k := range all {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// canonical flattens a catalog: for each object its facts by path. Places in files go, and what is left out in DDL gets the value
// that Oracle gives it, since a dictionary always tells that.
func canonical(t *testing.T, c *model.Catalog) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	for _, o := range c.Objects {
		b, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		var v map[string]any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		settle(v)
		out := map[string]string{}
		flatten("", v, out)
		all[string(o.ID())] = out
	}
	grants := map[string]string{}
	for _, g := range c.Grants {
		grants[fmt.Sprintf("%s ON %s.%s TO %s", g.Privilege, g.Schema, g.Object, g.Grantee)] = fmt.Sprint(g.Option)
	}
	all["grants"] = grants
	return all
}

// settle fills in defaults, and takes out what is no fact of the object.
func settle(v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			settle(x)
		}
	case map[string]any:
		for _, k := range []string{"pos", "also", "again", "lines", "depends_on", "body"} {
			delete(v, k)
		}
		settleType(v["type"])
		settleType(v["return"])
		if s, ok := v["sequence"].(map[string]any); ok {
			settleSequence(s)
		}
		if x, ok := v["view"].(map[string]any); ok {
			delete(x, "force") // DBMS_METADATA writes it always
			if x["materialized"] == true {
				if r, _ := x["refresh"].(string); r != "" && !strings.Contains(r, " ON ") {
					x["refresh"] = r + " ON DEMAND"
				}
			}
		}
		if x, ok := v["index"].(map[string]any); ok && x["local"] == true {
			delete(x, "partitioning") // as the table
		}
		if p, ok := v["partitioning"].(map[string]any); ok {
			settlePartitions(p)
		}
		if list, ok := v["constraints"].([]any); ok {
			settleConstraints(list)
		}
		for _, x := range v {
			settle(x)
		}
	}
}

func settleType(v any) {
	t, ok := v.(map[string]any)
	if !ok {
		return
	}
	name, _ := t["name"].(string)
	set := func(k string, value any) {
		if t[k] == nil {
			t[k] = value
		}
	}
	switch {
	case name == "NUMBER" && t["precision"] != nil:
		set("scale", 0.0)
	case strings.HasPrefix(name, "TIMESTAMP"):
		set("precision", 6.0)
	case name == "VARCHAR2" || name == "CHAR":
		set("semantics", "BYTE")
		set("precision", 1.0)
	}
}

func settleSequence(s map[string]any) {
	set := func(k, value string) {
		if x, _ := s[k].(string); x == "" {
			s[k] = value
		}
	}
	set("increment", "1")
	set("min", "1")
	set("max", "9999999999999999999999999999")
	set("cache", "20")
	set("start", "1")
}

// settlePartitions takes out names that Oracle has made up.
func settlePartitions(p map[string]any) {
	list, _ := p["partitions"].([]any)
	for _, x := range list {
		if n, _ := x.(string); strings.HasPrefix(n, "SYS_P") {
			delete(p, "partitions")
			return
		}
	}
}

// settleConstraints puts them in an order that their places do not make, and takes out the columns of checks, which only
// the place of an inline one tells.
func settleConstraints(list []any) {
	key := func(x any) string {
		c := x.(map[string]any)
		if c["kind"] == "check" {
			delete(c, "columns")
		}
		delete(c, "pos")
		b, _ := json.Marshal(c)
		return fmt.Sprint(c["name"], string(b))
	}
	slices.SortFunc(list, func(a, b any) int { return strings.Compare(key(a), key(b)) })
}

func flatten(path string, v any, out map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			flatten(path+"."+k, x, out)
		}
	case []any:
		for i, x := range v {
			place := fmt.Sprint(i)
			if m, ok := x.(map[string]any); ok {
				if n, _ := m["name"].(string); n != "" {
					place = n
				}
			}
			flatten(path+"["+place+"]", x, out)
		}
	default:
		out[path] = fmt.Sprint(v)
	}
}
