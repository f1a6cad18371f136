package ast

import "landfall/internal/oracle/syntax/token"

// CreateTable is CREATE TABLE in all its forms: relational, object, XMLType, external, temporary, partitioned.
type CreateTable struct {
	Span
	Temporary    token.Keyword // GLOBAL or PRIVATE (TEMPORARY), 0 for a permanent table
	Shard        token.Keyword // SHARDED or DUPLICATED, 0 without
	Immutable    bool
	Blockchain   bool
	Collection   bool // JSON COLLECTION TABLE
	IfNotExists  bool
	Name         *Name
	OfType       *DataType // object table, or XMLTYPE
	Columns      []*ColumnDef
	Constraints  []*Constraint
	Items        []*Clause     // other things between the parentheses: SUPPLEMENTAL LOG ..., PERIOD FOR ..., LIKE ...
	OnCommit     token.Keyword // DELETE or PRESERVE rows; of a private table DROP or PRESERVE the definition
	Organization token.Keyword // HEAP, INDEX or EXTERNAL where it is written
	External     *External
	Cluster      *Name
	ClusterCols  []*Name
	Partition    *Partitioning
	Props        []*Clause // physical attributes, LOB storage, compression ... in order
	ForExchange  *Name     // FOR EXCHANGE WITH TABLE name
	Annotations  *Annotations
	Query        *Select // AS SELECT
}

// External is what ORGANIZATION EXTERNAL says, or EXTERNAL PARTITION ATTRIBUTES, or one external partition.
type External struct {
	Span
	Driver    *Name   // TYPE ORACLE_LOADER ..., nil without
	Directory *Name   // DEFAULT DIRECTORY
	Access    *Clause // ACCESS PARAMETERS (...), the text kept whole, or USING CLOB (query)
	Locations []*ExternalFile
	Reject    Expr // REJECT LIMIT n; UNLIMITED is a Name
}

// ExternalFile is [directory :] 'file' of a LOCATION clause.
type ExternalFile struct {
	Span
	Directory *Name
	File      Expr
}

// ColumnDef is a column of CREATE TABLE, ALTER TABLE ADD and MODIFY, of a view's column list, or of an object
// table's properties. Type is nil where none is written.
type ColumnDef struct {
	Span
	Name          *Name
	Type          *DataType
	Domain        *Name // DOMAIN name
	Sort          bool
	Visibility    token.Keyword // VISIBLE, INVISIBLE or 0
	Collation     *Name
	Default       Expr
	DefaultOnNull bool
	OnNullUpdate  bool // DEFAULT ON NULL FOR INSERT AND UPDATE
	Generated     Expr // virtual column: [GENERATED ALWAYS] AS (expr)
	Stored        bool // 23ai: MATERIALIZED instead of VIRTUAL
	Identity      *Identity
	DropIdentity  bool // MODIFY c DROP IDENTITY
	Reservable    token.Keyword
	Encrypt       *Clause // ENCRYPT ... or DECRYPT
	Annotations   *Annotations
	Constraints   []*Constraint
	Options       []*Clause // EVALUATE USING ..., UNUSABLE BEFORE ..., SUBSTITUTABLE ...
}

// Identity is GENERATED {ALWAYS | BY DEFAULT [ON NULL]} AS IDENTITY [(options)].
type Identity struct {
	Span
	Always  bool
	OnNull  bool
	Options []*SeqOption
}

// Annotations is ANNOTATIONS (name ['value'], ...) of 23ai.
type Annotations struct {
	Span
	Items []*Annotation
}

// Annotation is one entry; Op is ADD, DROP, REPLACE or 0.
type Annotation struct {
	Span
	Op    token.Keyword
	Name  *Name
	Value Expr
}

// Constraint is an inline or out-of-line constraint with its states. The zero keyword means "not written".
type Constraint struct {
	Span
	Name *Name
	// Kind is NOT (NULL), NULL, UNIQUE, PRIMARY, FOREIGN (inline REFERENCES too), CHECK, SCOPE, or ROWID
	// (WITH ROWID of a REF column).
	Kind       token.Keyword
	Columns    []*Name // of an out-of-line constraint
	Check      Expr
	RefTable   *Name // of FOREIGN and SCOPE
	RefColumns []*Name
	OnDelete   token.Keyword // CASCADE, SET (NULL), 0
	Deferrable token.Keyword // DEFERRABLE, NOT
	Initially  token.Keyword // DEFERRED, IMMEDIATE
	Enabled    token.Keyword // ENABLE, DISABLE
	Validated  token.Keyword // VALIDATE, NOVALIDATE
	Rely       token.Keyword // RELY, NORELY
	Precheck   token.Keyword // PRECHECK, NOPRECHECK
	Using      *UsingIndex
	Exceptions *Name // EXCEPTIONS INTO
}

// UsingIndex is USING INDEX name | (CREATE INDEX ...) | attributes.
type UsingIndex struct {
	Span
	Name      *Name
	Create    *CreateIndex
	Partition *Partitioning
	Props     []*Clause
}

func (*CreateTable) stmtNode() {}
