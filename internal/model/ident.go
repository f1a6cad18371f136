package model

import (
	"strings"
	"unicode"
)

// Ident is one identifier in its three forms: as the source wrote it, as the catalog holds it, and whether it
// was quoted. Two identifiers name the same thing when their Name is equal; Written is for messages and for
// giving the source back. The zero Ident is "no name".
type Ident struct {
	Written string `json:"written,omitempty"` // with its quotes, if it has any
	Name    string `json:"name"`              // folded: upper case unless quoted, without quotes
	Quoted  bool   `json:"quoted,omitempty"`
}

// NewIdent reads an identifier as a source writes it: "Foo" in double quotes keeps its case, anything else
// folds to upper case, as Oracle does.
func NewIdent(written string) Ident {
	if n := len(written); n >= 2 && written[0] == '"' && written[n-1] == '"' {
		return Ident{Written: written, Name: strings.ReplaceAll(written[1:n-1], `""`, `"`), Quoted: true}
	}
	return Ident{Written: written, Name: strings.ToUpper(written)}
}

// CatalogIdent makes an identifier from a name that the dictionary holds. It counts as quoted when Oracle
// would not give the name back from an unquoted word.
func CatalogIdent(name string) Ident {
	if name == "" {
		return Ident{}
	}
	if plainName(name) {
		return Ident{Written: name, Name: name}
	}
	return Ident{Written: QuoteOracle(name), Name: name, Quoted: true}
}

// IsZero reports whether there is no name.
func (i Ident) IsZero() bool { return i.Name == "" }

// Same reports whether both identifiers name the same thing.
func (i Ident) Same(o Ident) bool { return i.Name == o.Name }

// String is the shortest spelling that Oracle reads back as this name: bare where that folds to it, quoted
// otherwise.
func (i Ident) String() string { return oracleSpelling(i.Name) }

// QuoteOracle puts a name into double quotes as Oracle SQL writes it.
func QuoteOracle(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func oracleSpelling(name string) string {
	if name == "" || plainName(name) {
		return name
	}
	return QuoteOracle(name)
}

// plainName reports whether an unquoted word can stand for the name: a letter first, then letters, digits,
// _ $ #, nothing in lower case (SQL Language Reference, "Database Object Naming Rules"). Reserved words are
// not looked at: this package knows no grammar.
func plainName(name string) bool {
	for i, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
		case i > 0 && (r >= '0' && r <= '9' || r == '_' || r == '$' || r == '#'):
		case r > unicode.MaxASCII && unicode.IsLetter(r) && unicode.ToUpper(r) == r:
		default:
			return false
		}
	}
	return name != ""
}

// QName is the name of a schema object: SCHEMA.NAME, with @LINK where it lives in another database. An empty
// Schema means that the source did not say; the catalog fills in the current schema.
type QName struct {
	Schema Ident `json:"schema,omitzero"`
	Name   Ident `json:"name"`
	Link   Ident `json:"link,omitzero"`
}

// CatalogName makes a qualified name from dictionary values; schema may be empty.
func CatalogName(schema, name string) QName {
	return QName{Schema: CatalogIdent(schema), Name: CatalogIdent(name)}
}

// In gives the name with the schema filled in where it has none.
func (q QName) In(schema Ident) QName {
	if q.Schema.IsZero() && q.Link.IsZero() {
		q.Schema = schema
	}
	return q
}

// Same reports whether both names are equal as the catalog sees them.
func (q QName) Same(o QName) bool {
	return q.Schema.Same(o.Schema) && q.Name.Same(o.Name) && q.Link.Same(o.Link)
}

// Key is the catalog form of the name, fit for a map: equal keys, equal names.
func (q QName) Key() string { return q.String() }

// String is SCHEMA.NAME@LINK in Oracle's spelling.
func (q QName) String() string {
	s := q.Name.String()
	if !q.Schema.IsZero() {
		s = q.Schema.String() + "." + s
	}
	if !q.Link.IsZero() {
		s += "@" + q.Link.String()
	}
	return s
}
