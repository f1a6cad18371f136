// Package quote writes names and literals as MySQL and TiDB read them.
//
// Input -> output: plain text in, SQL out. Which words are reserved is asked of TiDB's parser. Names are not folded and
// not shortened: that is the caller's decision. All functions may be called concurrently.
package quote

import (
	"strings"
	"sync"

	"github.com/pingcap/tidb/pkg/parser"
)

// MaxName is how many characters a name may have.
const MaxName = 64

// beside are words of the grammar that the parser's list lacks or calls free, and that are no names where a value may begin.
var beside = []string{"SCHEMA", "SCHEMAS", "DEC", "SQL_BUFFER_RESULT", "SQL_CACHE", "SQL_NO_CACHE"}

var reserved = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool, len(parser.Keywords))
	for _, k := range parser.Keywords {
		m[k.Word] = k.Reserved
	}
	for _, w := range beside {
		m[w] = true
	}
	return m
})

// Reserved reports whether a word cannot be a name without quotes.
func Reserved(word string) bool { return reserved()[strings.ToUpper(word)] }

// Ident writes a name, in backquotes where it needs them.
func Ident(name string) string {
	if plain(name) && !Reserved(name) {
		return name
	}
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

func plain(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || (c != '$' && (c < '0' || c > '9'))) {
			return false
		}
	}
	return name != ""
}

// Text writes a text literal. A backslash escapes what follows it unless NO_BACKSLASH_ESCAPES is set, which it is not
// by default.
func Text(s string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(s) + "'"
}
