package grammar

import "github.com/pingcap/tidb/pkg/parser"

// Digest is what TiDB groups a statement under: 64 hexadecimal digits of its text without constants, as STATEMENTS_SUMMARY, the slow
// log and plan bindings show it.
func Digest(sql string) string {
	_, d := parser.NormalizeDigest(sql)
	if d == nil {
		return ""
	}
	return d.String()
}
