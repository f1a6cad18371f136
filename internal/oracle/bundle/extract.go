package bundle

import (
	"fmt"
	"strings"
)

// Extract is one kind of facts: a table with fixed columns, and how Oracle is asked for it. It is a record; nothing in
// it depends on a database.
type Extract struct {
	Name  string // lower case, of letters, digits and _; also the name of its file
	Title string // one line for people
	Group Group
	// Columns of the extract in their order, the same for every version and privilege: a column that a version lacks is NULL.
	Columns []Column
	// Key names the columns that tell rows apart; rows are sorted by them. Merge and diff match by it.
	Key []string
	// From is the FROM clause (and WHERE where Where is empty). {p} stands for dba or all.
	From string
	// FromAll replaces From without DBA views; "-" says there is no such form, "" that From serves with {p} = all.
	FromAll string
	Where   string // condition, without WHERE; {days} is the window, {p} as in From
	GroupBy string
	// Owner is the expression to filter by schema; "" collects the whole database. Public keeps PUBLIC too, where
	// Other (a second expression) is of a wanted schema.
	Owner, Other string
	Since, Until int  // first and last version that has it, as 1102 for 11.2; 0 is open
	Pack         Pack // what must be paid for to query it
	Form         Form
	// Fold names a column of the spool that numbers lines of one text: rows equal in Key are joined in its order, and
	// the column is NULL in the bundle.
	Fold string
	// Only tells that an extract comes from one origin: "files" for what only scripts hold.
	Only Origin
	// Grants are views to grant SELECT on beyond those named in From (which are found in it), for grants.sql.
	Grants []string
}

// Group sorts extracts for documentation and for what runs first.
type Group string

// Groups of extracts, in the order in which they are collected.
const (
	GroupInstance Group = "instance"
	GroupStorage  Group = "storage"
	GroupObjects  Group = "objects"
	GroupCode     Group = "code"
	GroupSecurity Group = "security"
	GroupChange   Group = "change" // redo, supplemental logging, modifications
	GroupWorkload Group = "workload"
)

// Pack is what an extract needs besides privileges.
type Pack string

// Packs. Diagnostics is the Oracle Diagnostics Pack, which is paid for; Statspack is free, but has to be installed.
const (
	NoPack      Pack = ""
	Diagnostics Pack = "diagnostics"
	Statspack   Pack = "statspack"
	Audit       Pack = "audit" // no pack: audit trails are large and sensitive, so they are asked for too
)

// Paid reports whether a licence is needed.
func (p Pack) Paid() bool { return p == Diagnostics }

// Form is how SQL*Plus has to fetch an extract.
type Form uint8

// Forms. A LONG column cannot stand in an expression, so a PL/SQL block fetches it; DDL is asked for object by object,
// because DBMS_METADATA fails for single objects.
const (
	FormRows Form = iota
	FormLong
	FormDDL
)

// Origin is where a bundle's facts come from.
type Origin string

// Origins.
const (
	FromFiles  Origin = "files"  // scripts, read by our parser
	FromSpool  Origin = "spool"  // the SQL*Plus scripts, run by somebody
	FromOracle Origin = "oracle" // a live connection
)

// Kind is what a column holds, which says how it is fetched, checked and masked.
type Kind byte

// Kinds of columns.
const (
	Name   Kind = 'n' // name of something of the customer's: masked by --mask identifiers
	Word   Kind = 'w' // word of Oracle's vocabulary: never masked
	Number Kind = '#' // digits, sign, point, exponent
	Date   Kind = 'd' // 2026-11-29T13:45:00
	Value  Kind = 'v' // free text, paths, hosts, sampled values: masked by --mask
	Code   Kind = 's' // SQL or PL/SQL statements: literals and comments are masked by --mask
	Expr   Kind = 'x' // an expression or condition of SQL: as Code
)

// Column is one column of an extract.
type Column struct {
	Name  string
	Kind  Kind
	Long  bool   // may be longer than a line takes: SQL*Plus fetches it in pieces
	Since int    // first version that has it; 0 is 11.2
	DBA   bool   // only in DBA views
	SQL   string // expression; "" is the column of that name
}

// columns reads a list of columns: name:kind, with * for long text, ~ for DBA views only and @12.1 for the first version.
// An expression stands behind =, in a line of its own.
func columns(lines ...string) []Column {
	var list []Column
	for _, line := range lines {
		if spec, expr, ok := strings.Cut(line, "="); ok {
			c := column(strings.TrimSpace(spec))
			c.SQL = strings.TrimSpace(expr)
			list = append(list, c)
			continue
		}
		for _, spec := range strings.Fields(line) {
			list = append(list, column(spec))
		}
	}
	return list
}

func column(spec string) Column {
	name, rest, ok := strings.Cut(spec, ":")
	if !ok || rest == "" {
		panic("column without a kind: " + spec)
	}
	c := Column{Name: name, Kind: Kind(rest[0])}
	for rest = rest[1:]; rest != ""; {
		switch rest[0] {
		case '*':
			c.Long, rest = true, rest[1:]
		case '~':
			c.DBA, rest = true, rest[1:]
		case '@':
			c.Since, rest = versionNumber(rest[1:]), ""
		default:
			panic("column spec " + spec)
		}
	}
	if !strings.ContainsRune("nw#dvsx", rune(c.Kind)) {
		panic("column kind " + spec)
	}
	return c
}

// versionNumber makes 1201 of 12.1 and 1800 of 18.
func versionNumber(s string) int {
	var major, minor int
	if n, _ := fmt.Sscanf(s, "%d.%d", &major, &minor); n == 0 {
		panic("version " + s)
	}
	return major*100 + minor
}

// Versions that the scripts know, the oldest first.
var Versions = []int{1102, 1201, 1202, 1800, 1900, 2100, 2300}

// Column finds a column by name.
func (e *Extract) Column(name string) (Column, int) {
	for i, c := range e.Columns {
		if c.Name == name {
			return c, i
		}
	}
	return Column{}, -1
}

// ColumnNames lists the names.
func (e *Extract) ColumnNames() []string {
	names := make([]string, len(e.Columns))
	for i, c := range e.Columns {
		names[i] = c.Name
	}
	return names
}

// LongColumn is the column that is fetched in pieces; at most one.
func (e *Extract) LongColumn() (Column, int) {
	for i, c := range e.Columns {
		if c.Long {
			return c, i
		}
	}
	return Column{}, -1
}

// Find gives the extract of a name, nil when the registry has none.
func Find(name string) *Extract {
	for i := range registry {
		if registry[i].Name == name {
			return &registry[i]
		}
	}
	return nil
}

// Registry lists all extracts in the order in which they are collected. The list is shared: do not change it.
func Registry() []Extract { return registry }

var registry = concat(instanceExtracts, storageExtracts, objectExtracts, codeExtracts, securityExtracts, changeExtracts, workloadExtracts)

func concat(lists ...[]Extract) []Extract {
	var all []Extract
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
