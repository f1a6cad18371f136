package model

import (
	"fmt"
	"strconv"
	"strings"
)

// ObjectID names one object for as long as it exists: from finding to converted object to regress case to
// cutover gate. It is made of the kind and the catalog name alone, so it does not change when a file is moved,
// a line is added or another target is chosen:
//
//	table:INS.POLICY
//	package_body:INS.PKG_CLAIM
//	package_body:INS.PKG_CLAIM.CALC~2     second overload of a routine in a package
//	view:"Mixed Case"                     no schema known; the name is quoted as Oracle quotes it
//	statement:.f3a9c0d1                   a name without schema that holds no member
type ObjectID string

// NewObjectID makes the id of a schema object.
func NewObjectID(kind ObjectKind, name QName) ObjectID {
	return ObjectID(idKind(kind) + ":" + name.String())
}

// Member makes the id of a part of an object: a routine of a package, a column of a table. Overload counts
// from 1 in source order; 0 and 1 mean the same.
func (id ObjectID) Member(name Ident, overload int) ObjectID {
	s := string(id) + "." + name.String()
	if !strings.Contains(bare(string(id)), ".") {
		kind, rest, _ := strings.Cut(string(id), ":")
		s = kind + ":." + rest + "." + name.String()
	}
	if overload > 1 {
		s += "~" + strconv.Itoa(overload)
	}
	return ObjectID(s)
}

// Kind is the kind that the id was made of.
func (id ObjectID) Kind() ObjectKind {
	kind, _, ok := strings.Cut(string(id), ":")
	if !ok {
		return ""
	}
	return ObjectKind(strings.ToUpper(strings.ReplaceAll(kind, "_", " ")))
}

// Name is the id without its kind: what a reader wants to see.
func (id ObjectID) Name() string {
	_, name, ok := strings.Cut(string(id), ":")
	if !ok {
		return string(id)
	}
	return strings.TrimPrefix(name, ".")
}

// ParseObjectID checks the form of an id that came from outside.
func ParseObjectID(s string) (ObjectID, error) {
	kind, name, ok := strings.Cut(s, ":")
	if !ok || name == "" || kind != strings.ToLower(kind) {
		return "", fmt.Errorf("%q is not an object id (kind:SCHEMA.NAME)", s)
	}
	if _, err := ParseObjectKind(kind); err != nil {
		return "", fmt.Errorf("%q is not an object id: %w", s, err)
	}
	return ObjectID(s), nil
}

func idKind(k ObjectKind) string { return strings.ToLower(strings.ReplaceAll(string(k), " ", "_")) }

// bare is the id with quoted parts blanked out, so that a dot inside a quoted name does not count.
func bare(s string) string {
	var b strings.Builder
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case !quoted:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
