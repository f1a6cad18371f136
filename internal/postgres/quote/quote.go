// Package quote writes names and constants as PostgreSQL reads them.
//
// Input -> output: a name or text in, its SQL spelling out. It knows PostgreSQL's key words (PG, appendix C, "SQL Key
// Words", versions 14 to 18 together) and no catalog. All functions are pure.
package quote

import (
	"strings"
	"unicode/utf8"
)

// MaxName is the number of bytes of a name that PostgreSQL keeps (NAMEDATALEN - 1).
const MaxName = 63

// Ident writes a name so that PostgreSQL reads exactly it: bare where that is possible, else in double quotes.
func Ident(name string) string {
	if bare(name) && !reserved[name] {
		return name
	}
	return Always(name)
}

// Always writes a name in double quotes.
func Always(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Qualified writes schema.name; schema may be empty.
func Qualified(schema, name string) string {
	if schema == "" {
		return Ident(name)
	}
	return Ident(schema) + "." + Ident(name)
}

// Literal writes a text constant for standard_conforming_strings = on.
func Literal(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// Reserved reports whether a lower-case word needs quotes as a name of a column, table, function or type.
func Reserved(word string) bool { return reserved[word] }

func bare(name string) bool {
	if name == "" {
		return false
	}
	ascii := true
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z', c == '_':
		case c >= utf8.RuneSelf:
			ascii = false
		case i > 0 && (c >= '0' && c <= '9' || c == '$'):
		default:
			return false
		}
	}
	return ascii || utf8.ValidString(name) && strings.ToLower(name) == name
}

// reserved are the words that cannot stand bare for every sort of name: reserved words, those reserved for functions and
// types, and those that cannot name a function or type.
var reserved = words(`
all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char
character check coalesce collate collation column concurrently constraint create cross current_catalog current_date
current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do
else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike
in initially inner inout int integer intersect interval into is isnull join json json_array json_arrayagg json_exists
json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left like limit localtime
localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on only or order
out outer overlaps overlay placing position precision primary real references returning right row select session_user
setof similar smallint some substring symmetric system_user table tablesample then time timestamp to trailing treat trim
true union unique user using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement
xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
