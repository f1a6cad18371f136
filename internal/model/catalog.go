package model

import (
	"cmp"
	"slices"
)

// Catalog is what an Oracle database (or a set of scripts that would make one) holds, as plain facts: names
// folded as Oracle stores them, types as written, no syntax trees. It is filled once, then Freeze sorts it
// and builds the look-ups; after that it is read-only and safe for concurrent use.
type Catalog struct {
	Objects []*Object `json:"objects"`
	Grants  []Grant   `json:"grants,omitempty"`

	byKey   map[objectKey]*Object
	schemas map[string]bool
}

type objectKey struct {
	kind         ObjectKind
	schema, name string
}

// Object is one schema object. Exactly one of the detail pointers is set for the kinds that have one.
type Object struct {
	Kind   ObjectKind `json:"kind"`
	Schema string     `json:"schema,omitempty"` // "" where the source names none
	Name   string     `json:"name"`
	Pos    Pos        `json:"pos"`             // of the statement that creates it
	Lines  int        `json:"lines,omitempty"` // of that statement's text
	// Also lists the further statements folded in: ALTERs, comments, grants, separate constraints.
	Also    []Pos  `json:"also,omitempty"`
	Comment string `json:"comment,omitempty"`
	// Again is the place of a later CREATE OR REPLACE of the same object; the last one counts.
	Again []Pos `json:"again,omitempty"`
	// Implied is true for an object that is only altered, commented or granted on, never created, in the source.
	Implied bool   `json:"implied,omitempty"`
	Invalid string `json:"invalid,omitempty"` // why the dictionary calls it invalid, or why its text could not be read whole
	Wrapped bool   `json:"wrapped,omitempty"` // PL/SQL obfuscated by the wrap utility

	Table    *Table    `json:"table,omitempty"`
	Index    *Index    `json:"index,omitempty"`
	View     *View     `json:"view,omitempty"` // views and materialized views
	Sequence *Sequence `json:"sequence,omitempty"`
	Synonym  *Synonym  `json:"synonym,omitempty"`
	Routine  *Routine  `json:"routine,omitempty"` // stand-alone procedures and functions
	Package  *Package  `json:"package,omitempty"` // package specifications
	Type     *Type     `json:"type,omitempty"`
	Trigger  *Trigger  `json:"trigger,omitempty"`
	Link     *Link     `json:"link,omitempty"`
	Job      *Job      `json:"job,omitempty"` // jobs, programs and schedules of the scheduler
	Policy   *Policy   `json:"policy,omitempty"`

	DependsOn []Dependency `json:"depends_on,omitempty"`
}

// ID is the stable id of the object: KIND SCHEMA.NAME.
func (o *Object) ID() ObjectID { return NewObjectID(o.Kind, CatalogName(o.Schema, o.Name)) }

// Dependency is one edge of the dependency graph: the object names another in one of these ways.
type Dependency struct {
	Kind   ObjectKind `json:"kind"`
	Schema string     `json:"schema,omitempty"`
	Name   string     `json:"name"`
	How    string     `json:"how"` // reads, writes, calls, type, references, base, link
	Pos    Pos        `json:"pos"`
	// Found is false when nothing of that name is in the catalog; External names a database link.
	Found    bool   `json:"found"`
	External string `json:"external,omitempty"`
}

// Column is one column of a table or view, or one attribute of an object type.
type Column struct {
	Name      string  `json:"name"`
	Type      TypeRef `json:"type"`
	NotNull   bool    `json:"not_null,omitempty"`
	Default   string  `json:"default,omitempty"` // expression text as written
	OnNull    bool    `json:"default_on_null,omitempty"`
	Virtual   string  `json:"virtual,omitempty"`  // generation expression
	Identity  string  `json:"identity,omitempty"` // ALWAYS, BY DEFAULT, BY DEFAULT ON NULL
	Invisible bool    `json:"invisible,omitempty"`
	Encrypted bool    `json:"encrypted,omitempty"`
	Comment   string  `json:"comment,omitempty"`
	Pos       Pos     `json:"pos"`
}

// TypeRef is a data type as the source writes it, taken apart.
type TypeRef struct {
	// Name is the canonical built-in name (NUMBER, VARCHAR2, TIMESTAMP WITH TIME ZONE, LONG RAW ...) or the
	// folded name of a user-defined type.
	Name   string `json:"name"`
	Schema string `json:"schema,omitempty"` // of a user-defined type
	User   bool   `json:"user,omitempty"`
	Ref    bool   `json:"ref,omitempty"`
	// Precision and Scale are nil when not written; NUMBER(*,2) has Star. Length of character and raw types is Precision.
	Precision *int   `json:"precision,omitempty"`
	Scale     *int   `json:"scale,omitempty"`
	Star      bool   `json:"star,omitempty"`
	Sem       string `json:"semantics,omitempty"` // CHAR or BYTE
	Anchor    string `json:"anchor,omitempty"`    // TYPE or ROWTYPE: Name holds the anchored name as written
}

// ConstraintKind is the sort of a constraint.
type ConstraintKind string

// Constraint kinds.
const (
	PrimaryKey ConstraintKind = "primary key"
	Unique     ConstraintKind = "unique"
	ForeignKey ConstraintKind = "foreign key"
	Check      ConstraintKind = "check"
)

// Constraint is a table constraint; NOT NULL is a fact of the column.
type Constraint struct {
	Name       string         `json:"name,omitempty"`
	Kind       ConstraintKind `json:"kind"`
	Columns    []string       `json:"columns,omitempty"`
	Expr       string         `json:"expr,omitempty"`
	RefSchema  string         `json:"ref_schema,omitempty"`
	RefTable   string         `json:"ref_table,omitempty"`
	RefColumns []string       `json:"ref_columns,omitempty"`
	OnDelete   string         `json:"on_delete,omitempty"` // CASCADE or SET NULL
	Deferrable bool           `json:"deferrable,omitempty"`
	Deferred   bool           `json:"initially_deferred,omitempty"`
	Disabled   bool           `json:"disabled,omitempty"`
	NoValidate bool           `json:"novalidate,omitempty"`
	Rely       bool           `json:"rely,omitempty"`
	Pos        Pos            `json:"pos"`
}

// Table holds what is particular to tables.
type Table struct {
	Columns     []*Column     `json:"columns,omitempty"`
	Constraints []*Constraint `json:"constraints,omitempty"`
	Temporary   string        `json:"temporary,omitempty"` // GLOBAL or PRIVATE
	OnCommit    string        `json:"on_commit,omitempty"` // DELETE ROWS, PRESERVE ROWS, DROP DEFINITION ...
	IOT         bool          `json:"iot,omitempty"`
	External    bool          `json:"external,omitempty"`
	Cluster     string        `json:"cluster,omitempty"`
	OfType      string        `json:"of_type,omitempty"`
	Partition   *Partitioning `json:"partitioning,omitempty"`
	AsQuery     bool          `json:"as_query,omitempty"`
	Tablespace  string        `json:"tablespace,omitempty"`
	Triggers    []string      `json:"triggers,omitempty"`
	// Queue is the payload type of a queue table.
	Queue string `json:"queue_payload,omitempty"`
	// SupplementalLog is true when the source turns on supplemental logging for it.
	SupplementalLog bool `json:"supplemental_log,omitempty"`
}

// Column finds a column by its folded name.
func (t *Table) Column(name string) *Column {
	for _, c := range t.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Partitioning is how a table or index is cut.
type Partitioning struct {
	Kind       string   `json:"kind"` // RANGE, LIST, HASH, REFERENCE, SYSTEM, CONSISTENT HASH
	Columns    []string `json:"columns,omitempty"`
	Interval   string   `json:"interval,omitempty"`
	Automatic  bool     `json:"automatic,omitempty"`
	SubKind    string   `json:"sub_kind,omitempty"`
	SubColumns []string `json:"sub_columns,omitempty"`
	Partitions []string `json:"partitions,omitempty"` // names, in order; unnamed ones as SYS_P
	Count      int      `json:"count,omitempty"`
}

// Index is a CREATE INDEX; indexes of constraints are facts of the constraint.
type Index struct {
	TableSchema string        `json:"table_schema,omitempty"`
	Table       string        `json:"table"`
	Kind        string        `json:"kind,omitempty"` // "", UNIQUE, BITMAP, DOMAIN, CLUSTER, MULTIVALUE
	Keys        []IndexKey    `json:"keys,omitempty"`
	Reverse     bool          `json:"reverse,omitempty"`
	Invisible   bool          `json:"invisible,omitempty"`
	Unusable    bool          `json:"unusable,omitempty"`
	Join        bool          `json:"bitmap_join,omitempty"`
	IndexType   string        `json:"index_type,omitempty"` // of a domain index
	Local       bool          `json:"local,omitempty"`
	Partition   *Partitioning `json:"partitioning,omitempty"`
}

// IndexKey is one column or expression of an index.
type IndexKey struct {
	Column string `json:"column,omitempty"`
	Expr   string `json:"expr,omitempty"`
	Desc   bool   `json:"desc,omitempty"`
}

// View is a view or materialized view.
type View struct {
	Columns      []*Column `json:"columns,omitempty"` // as far as they are known
	Query        string    `json:"query,omitempty"`
	Force        bool      `json:"force,omitempty"`
	ReadOnly     bool      `json:"read_only,omitempty"`
	CheckOption  bool      `json:"check_option,omitempty"`
	OfType       string    `json:"of_type,omitempty"`
	Materialized bool      `json:"materialized,omitempty"`
	Refresh      string    `json:"refresh,omitempty"`
	Prebuilt     bool      `json:"prebuilt,omitempty"`
}

// Sequence numbers are text: they may have 28 digits.
type Sequence struct {
	Start     string `json:"start,omitempty"`
	Increment string `json:"increment,omitempty"`
	Min       string `json:"min,omitempty"`
	Max       string `json:"max,omitempty"`
	Cache     string `json:"cache,omitempty"` // "" default, NOCACHE or the number
	Cycle     bool   `json:"cycle,omitempty"`
	Order     bool   `json:"order,omitempty"`
	Session   bool   `json:"session,omitempty"`
}

// Synonym stands for another object, perhaps over a link.
type Synonym struct {
	Public       bool   `json:"public,omitempty"`
	TargetSchema string `json:"target_schema,omitempty"`
	Target       string `json:"target"`
	Link         string `json:"link,omitempty"`
}

// Param is a formal parameter.
type Param struct {
	Name    string  `json:"name"`
	Mode    string  `json:"mode"` // IN, OUT, IN OUT
	Type    TypeRef `json:"type"`
	Default string  `json:"default,omitempty"`
	NoCopy  bool    `json:"nocopy,omitempty"`
}

// Routine is a procedure or function: stand-alone, package member or type method.
type Routine struct {
	Name          string   `json:"name"`
	Function      bool     `json:"function,omitempty"`
	Params        []Param  `json:"params,omitempty"`
	Return        *TypeRef `json:"return,omitempty"`
	Pipelined     bool     `json:"pipelined,omitempty"`
	Deterministic bool     `json:"deterministic,omitempty"`
	ResultCache   bool     `json:"result_cache,omitempty"`
	Aggregate     bool     `json:"aggregate,omitempty"`
	Autonomous    bool     `json:"autonomous,omitempty"`
	External      bool     `json:"external,omitempty"` // Java, C, MLE
	AuthID        string   `json:"authid,omitempty"`   // DEFINER or CURRENT_USER
	Private       bool     `json:"private,omitempty"`  // in a package body only
	Method        string   `json:"method,omitempty"`   // MEMBER, STATIC, CONSTRUCTOR, MAP, ORDER
	// Overload counts the routines of one name in a package or type from 1, in source order; 0 where there is one only.
	Overload int `json:"overload,omitempty"`
	Lines    int `json:"lines,omitempty"` // of the body where there is one, else of the declaration
	Pos      Pos `json:"pos"`             // of the declaration
	Body     Pos `json:"body,omitzero"`   // of the body of a package member or method
}

// Variable is a package variable, constant, cursor or exception.
type Variable struct {
	Name    string  `json:"name"`
	What    string  `json:"what"` // variable, constant, cursor, exception
	Type    TypeRef `json:"type"`
	Default string  `json:"default,omitempty"`
	Query   string  `json:"-"` // of a cursor
	Private bool    `json:"private,omitempty"`
	Pos     Pos     `json:"pos"`
}

// Package holds the members of specification and body together; Private tells those of the body only.
type Package struct {
	Routines  []*Routine  `json:"routines,omitempty"`
	Variables []*Variable `json:"variables,omitempty"`
	Types     []*Type     `json:"types,omitempty"`
	Init      bool        `json:"init,omitempty"` // the body has an initialisation section
	Serially  bool        `json:"serially_reusable,omitempty"`
	AuthID    string      `json:"authid,omitempty"` // DEFINER or CURRENT_USER
	Body      Pos         `json:"body"`
}

// TypeForm is the sort of a type.
type TypeForm string

// Forms of types, in SQL and PL/SQL.
const (
	FormObject      TypeForm = "object"
	FormVarray      TypeForm = "varray"
	FormNestedTable TypeForm = "nested table"
	FormAssoc       TypeForm = "associative array"
	FormRecord      TypeForm = "record"
	FormRefCursor   TypeForm = "ref cursor"
	FormSubtype     TypeForm = "subtype"
	FormIncomplete  TypeForm = "incomplete"
)

// Type is a SQL type or a type declared in a package.
type Type struct {
	Name       string     `json:"name"`
	Form       TypeForm   `json:"form"`
	Under      string     `json:"under,omitempty"` // supertype
	Attributes []*Column  `json:"attributes,omitempty"`
	Methods    []*Routine `json:"methods,omitempty"`
	Elem       *TypeRef   `json:"elem,omitempty"`     // of collections; base of a subtype; return of a ref cursor
	IndexBy    *TypeRef   `json:"index_by,omitempty"` // of associative arrays
	Limit      string     `json:"limit,omitempty"`    // of varrays
	Low        string     `json:"low,omitempty"`      // of a subtype with RANGE low..high, as written
	High       string     `json:"high,omitempty"`
	NotNull    bool       `json:"not_null,omitempty"` // of a subtype
	Final      bool       `json:"final,omitempty"`
	Private    bool       `json:"private,omitempty"`
	Pos        Pos        `json:"pos"`
}

// Trigger is a trigger of any sort.
type Trigger struct {
	TableSchema string   `json:"table_schema,omitempty"`
	Table       string   `json:"table,omitempty"` // table or view; "" for DATABASE and SCHEMA triggers
	On          string   `json:"on"`              // TABLE, VIEW, SCHEMA, DATABASE, PLUGGABLE DATABASE
	Timing      string   `json:"timing"`          // BEFORE, AFTER, INSTEAD OF, COMPOUND
	Events      []string `json:"events"`
	Row         bool     `json:"row,omitempty"`
	When        string   `json:"when,omitempty"`
	Follows     []string `json:"follows,omitempty"`
	Disabled    bool     `json:"disabled,omitempty"`
	Autonomous  bool     `json:"autonomous,omitempty"`
}

// Link is a database link.
type Link struct {
	Public bool   `json:"public,omitempty"`
	User   string `json:"user,omitempty"`
	Using  string `json:"using,omitempty"`
}

// Job is what a job, program or schedule of the scheduler says of itself, as far as it is constant.
type Job struct {
	Type     string `json:"type,omitempty"`   // PLSQL_BLOCK, STORED_PROCEDURE, EXECUTABLE ...; DBMS_JOB for the old kind
	Action   string `json:"action,omitempty"` // PL/SQL text or the name of a procedure
	Program  string `json:"program,omitempty"`
	Schedule string `json:"schedule,omitempty"` // name of a schedule
	Repeat   string `json:"repeat,omitempty"`   // calendar or date expression
}

// Policy is a row-level security policy (DBMS_RLS).
type Policy struct {
	TableSchema string `json:"table_schema,omitempty"`
	Table       string `json:"table"`
	Function    string `json:"function,omitempty"` // SCHEMA.FUNCTION or SCHEMA.PACKAGE.FUNCTION
	Statements  string `json:"statements,omitempty"`
}

// Grant is one privilege given to one grantee.
type Grant struct {
	Privilege string   `json:"privilege"` // folded, as SELECT or CREATE SESSION; a role name for role grants
	Columns   []string `json:"columns,omitempty"`
	Schema    string   `json:"schema,omitempty"`
	Object    string   `json:"object,omitempty"` // "" for system privileges and roles
	Grantee   string   `json:"grantee"`
	Option    bool     `json:"option,omitempty"` // WITH GRANT/ADMIN/HIERARCHY OPTION
	Pos       Pos      `json:"pos"`
}

// Freeze sorts the objects by kind, schema and name and builds the look-ups. Call it once, when all is in.
func (c *Catalog) Freeze() {
	slices.SortStableFunc(c.Objects, func(a, b *Object) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Name, b.Name))
	})
	c.byKey = make(map[objectKey]*Object, len(c.Objects))
	c.schemas = map[string]bool{}
	for _, o := range c.Objects {
		c.schemas[o.Schema] = true
		c.byKey[objectKey{o.Kind, o.Schema, o.Name}] = o
	}
}

// HasSchema reports whether any object lies in a schema.
func (c *Catalog) HasSchema(name string) bool { return c.schemas[name] }

// Find gives the object of a kind by folded names, nil when there is none.
func (c *Catalog) Find(kind ObjectKind, schema, name string) *Object {
	return c.byKey[objectKey{kind, schema, name}]
}

// namespaceKinds share one name space in each schema, so their order only matters for a catalog that is
// itself inconsistent.
var namespaceKinds = []ObjectKind{
	KindTable, KindView, KindMaterializedView, KindSequence, KindSynonym, KindPackage, KindProcedure, KindFunction, KindType, KindDomain,
}

// Lookup finds the object that a plain name means inside a schema's name space (SQL Language Reference,
// "Database Object Naming Rules"): table, view, sequence, synonym, package, routine or type.
func (c *Catalog) Lookup(schema, name string) *Object {
	for _, k := range namespaceKinds {
		if o := c.Find(k, schema, name); o != nil {
			return o
		}
	}
	return nil
}
