package collect_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/scripts"
)

// unlike is what the bundle of the scripts and that of a database that has run them cannot have alike: an extract, and in it a column,
// or rows by their keys. only says on which side rows stand alone: files, live, "" for a column.
type unlike struct {
	extract, column, only string
	rows                  string // pattern of keys
	why                   string
}

const (
	made     = "Oracle makes it, and gives it a name"
	ofOthers = "what Oracle itself has"
)

var unlikes = []unlike{
	{"objects", "", "files", `.*\|JOB\|DBMS_JOB\$[0-9A-F]{8}\|`, "jobs of DBMS_JOB have numbers, given at run time"},
	{"objects", "", "files", `PUBLIC\|.*`, "the filter by schema leaves PUBLIC's objects out; its synonyms and links have extracts of their own"},
	{"objects", "", "files", `\|(CONTEXT|DIRECTORY)\|.*`, "they are SYS's, which the filter by schema leaves out; they have extracts of their own"},
	{"objects", "", "live", `.*\|(INDEX|LOB|SEQUENCE)\|(PK_|UK_|UQ_|SYS_|ISEQ\$\$_|AK_|AQ\$|UX_|IX_|BX_).*`, made},
	{"objects", "", "live", `.*\|(TABLE|INDEX|LOB) (SUB)?PARTITION\|.*`, "partitions are objects of the dictionary"},
	{"objects", "", "live", `.*\|(TABLE|INDEX|TYPE)\|.*`, "containers of materialized views and their indexes, types of collections"},
	{"tables", "", "live", `.*\|(MV_.*|CLAIM_RESERVE_MV|MLOG\$_.*|RUPD\$_.*)`, "containers of materialized views"},
	{"tables", "tablespace_name", "", `.*`, "of index-organised and temporary tables it is that of the index, or none"},
	{"columns", "column_name", "", `INS_CORE\|ADDRESS_BOOK\|.*`, "of an object table scripts name only the columns that they change, so these have other places"},
	{"columns", "", "live", `.*\|ADDRESS_BOOK\|.*|.*\|(MV_.*|CLAIM_RESERVE_MV)\|.*`, "the columns of its type; those of containers"},
	{"columns", "", "live", `.*`, "hidden columns of expressions in indexes"},
	{"columns", "", "files", `.*\|V_.*\|.*`, "views over what is not there have no columns in the dictionary"},
	{"columns", "nullable", "", `.*`, "the columns of views, and of keys"},
	{"column_defaults", "", "live", `.*\|(SYS_NC\d+\$|[A-Z_]+)`, "expressions of indexes, sequences of identity columns, containers"},
	{"column_comments", "", "files", `INS_CORE\|POLICY\|LEGACY_NO`, "DBA_COL_COMMENTS leaves invisible columns out"},
	{"constraints", "", "files", `.*\|SYS_C_.*\|.*`, made},
	{"constraints", "", "live", `.*`, "NOT NULL is a constraint of the dictionary, and what has no name gets one"},
	{"constraints", "r_constraint_name", "", `.*`, made},
	{"check_conditions", "", "live", `.*`, "NOT NULL is a check to the dictionary"},
	{"constraint_columns", "", "files", `.*\|SYS_C_.*`, made},
	{"constraint_columns", "", "live", `.*`, "those of NOT NULL, and the columns of checks that are no inline ones"},
	{"indexes", "", "live", `.*`, "indexes of keys, LOBs and containers"},
	{"index_columns", "", "live", `.*`, "the same"},
	{"index_columns", "column_name", "", `.*`, "the hidden column of an expression: " + made},
	{"index_expressions", "", "live", `.*`, "a descending key is an expression to Oracle"},
	{"partitioned_tables", "partitioning_key_count", "", `.*\|(CLAIM_ITEM|MEDICAL_BILL_ITEM|POLICY_COVERAGE)`, "the constraint of partitioning by reference is no column"},
	{"partitioned_tables", "partition_count", "", `.*`, "1048575 is what Oracle says of interval partitioning"},
	{"partitioned_indexes", "partition_count", "", `.*`, "local indexes have the partitions of their table"},
	{"partition_keys", "", "files", `.*\|TABLE\|(CLAIM_ITEM|MEDICAL_BILL_ITEM|POLICY_COVERAGE)\|1`, "the constraint of partitioning by reference is no column"},
	{"partition_keys", "", "live", `.*\|INDEX\|.*`, "those of local indexes"},
	{"subpartition_keys", "", "live", `.*\|INDEX\|.*`, "those of local indexes"},
	{"sequences", "last_number", "", `INS_CORE\|SEQ_ADDRESS`, "rows of the scripts take numbers of it"},
	{"sequences", "", "live", `.*\|ISEQ\$\$_\d+`, made},
	{"types", "attributes", "", `.*`, "attributes of the supertype count in the dictionary"},
	{"ddl", "", "files", `.*`, "code is no definition to DBMS_METADATA, grants and comments are not asked for, and what alters comes as one text"},
	{"ddl", "", "live", `.*`, "the same"},
	{"ddl", "text", "", `.*`, "DBMS_METADATA's own style"},
	{"procedures", "", "files", `.*`, "subprogram_id is a number that the compiler gives; with it the keys differ"},
	{"procedures", "", "live", `.*`, "the same; and members of types"},
	{"users", "", "live", `SYS|SYSTEM|COLLECTOR`, ofOthers},
	{"roles", "", "live", `CONNECT|RESOURCE|DBA|.*_CATALOG_ROLE|...?_FULL_DATABASE`, ofOthers},
	{"system_privileges", "", "live", `.*`, ofOthers},
	{"role_privileges", "", "live", `.*`, ofOthers},
	{"table_privileges", "", "files", `.*\|`, "who granted is not known from scripts; it is part of the key"},
	{"table_privileges", "", "live", `.*`, "the same"},
}

// TestLiveEqualsFiles: what scripts tell, a database that has run them tells too, in the same rows and words, but for the list; and
// every entry of the list is there for something.
func TestLiveEqualsFiles(t *testing.T) {
	const dir = "../../../testdata/insurance/schema"
	_, _, target := insurance(t, dir)
	live := run(t, source(t, target, collect.OracleOptions{}), collect.Options{})
	estate, err := scripts.Load(context.Background(), dir, scripts.Options{DefaultSchema: "INS_CORE"})
	if err != nil {
		t.Fatal(err)
	}
	files := run(t, collect.NewFiles(estate, dir, time.Time{}, nil), collect.Options{})
	used := make([]bool, len(unlikes))
	listed := func(extract, column, only, key string) bool {
		for i, u := range unlikes {
			if u.extract == extract && u.column == column && u.only == only && regexp.MustCompile("^(?:"+u.rows+")$").MatchString(key) {
				used[i] = true
				return true
			}
		}
		return false
	}
	equal, tables := 0, 0
	for _, ft := range files.Tables {
		e := ft.Extract
		if e.Only == bundle.FromFiles {
			continue
		}
		tables++
		want, got := byKey(e, ft.Rows), byKey(e, rowsOf(live, e.Name))
		for _, key := range sortedNames(want, got) {
			w, inFiles := want[key]
			g, inLive := got[key]
			switch {
			case !inLive && !listed(e.Name, "", "files", key):
				t.Errorf("%s: %s stands in the scripts only", e.Name, key)
			case !inFiles && !listed(e.Name, "", "live", key):
				t.Errorf("%s: %s stands in the dictionary only", e.Name, key)
			}
			if !inFiles || !inLive {
				continue
			}
			for i, c := range e.Columns {
				if w[i] == "" || w[i] == g[i] { // what scripts do not tell is empty
					equal++
				} else if !listed(e.Name, c.Name, "", key) {
					t.Errorf("%s: %s: %s is %q in the scripts, %q in the dictionary", e.Name, key, c.Name, w[i], g[i])
				}
			}
		}
	}
	for i, u := range unlikes {
		if !used[i] {
			t.Errorf("nothing differs any more as %+v", u)
		}
	}
	t.Logf("%d extracts, %d equal fields", tables, equal)
	if tables < 35 || equal < 50_000 {
		t.Errorf("only %d extracts with %d equal fields", tables, equal)
	}
}

func byKey(e *bundle.Extract, rows [][]string) map[string][]string {
	m := map[string][]string{}
	for _, r := range rows {
		var key []string
		for _, c := range e.Key {
			_, at := e.Column(c)
			key = append(key, r[at])
		}
		k := strings.Join(key, "|")
		for n := 2; m[k] != nil; n++ { // the key does not always tell rows apart in scripts
			k = fmt.Sprintf("%s (%d)", strings.Join(key, "|"), n)
		}
		m[k] = r
	}
	return m
}

func sortedNames(maps ...map[string][]string) []string {
	all := map[string]bool{}
	for _, m := range maps {
		for k := range m {
			all[k] = true
		}
	}
	var list []string
	for k := range all {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
