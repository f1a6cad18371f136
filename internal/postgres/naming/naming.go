// Package naming gives names of Oracle's dictionary the names that they have in PostgreSQL.
//
// Input -> output: a folded Oracle name in, a PostgreSQL name without quotes out; the same one in conversion, load and
// everything that compares the two sides. It knows single names only: which of two objects gets a taken name is
// decided by who sees them all. Names is read only after it is made, so any number of goroutines may ask it.
package naming

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"landfall/internal/postgres/quote"
)

// Names is the policy of a project for names. The zero value folds to lower case and renames no schema.
type Names struct {
	KeepCase bool              // names stay as Oracle's dictionary has them
	Schemas  map[string]string // Oracle's schema, folded: PostgreSQL's
}

// Fold gives the name of an object, column or the like: in lower case where Oracle would not need quotes, as it is
// otherwise, and no longer than PostgreSQL keeps.
func (n Names) Fold(name string) string {
	if n.KeepCase || hasLower(name) {
		return Short(name)
	}
	return Short(toLower(name))
}

// toLower is strings.ToLower, in half the time for ASCII: every name of an estate comes here, over and over.
func toLower(name string) string {
	b := make([]byte, len(name))
	for i := range b {
		c := name[i]
		if c >= utf8.RuneSelf {
			return strings.ToLower(name)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody writes to b
}

// hasLower reports whether a lower case letter stands in a name.
func hasLower(name string) bool {
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= utf8.RuneSelf: // few names are not ASCII
			return strings.IndexFunc(name[i:], unicode.IsLower) >= 0
		case 'a' <= c && c <= 'z':
			return true
		}
	}
	return false
}

// Schema gives the name of a schema; "" stays "".
func (n Names) Schema(name string) string {
	if to, ok := n.Schemas[name]; ok {
		return to
	}
	if name == "" {
		return ""
	}
	return n.Fold(name)
}

// Short cuts names that PostgreSQL would cut, so that two of them stay two: the end becomes a hash.
func Short(name string) string {
	if len(name) <= quote.MaxName {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	cut := quote.MaxName - 9
	for cut > 0 && name[cut]&0xC0 == 0x80 {
		cut--
	}
	return name[:cut] + "_" + hex.EncodeToString(sum[:4])
}
