package ast

import "landfall/internal/oracle/syntax/token"

// Partitioning is a PARTITION BY, SUBPARTITION BY, LOCAL or GLOBAL PARTITION BY clause.
type Partitioning struct {
	Span
	// Kind is RANGE, LIST, HASH, REFERENCE, SYSTEM, CONSISTENT (hash), PARTITIONSET, COLUMN (VALUE of nested
	// tables), LOCAL (index, equipartitioned), or PARTITION for a partition list without BY.
	Kind       token.Keyword
	Set        token.Keyword // of PARTITIONSET: its own kind, LIST or RANGE
	Global     bool          // GLOBAL PARTITION BY of an index
	Columns    []*Name       // partition key; of REFERENCE the constraint
	SetColumns []*Name       // of PARTITIONSET
	Interval   Expr
	Automatic  bool    // LIST ... AUTOMATIC, CONSISTENT HASH ... PARTITIONS AUTO
	StoreIn    []*Name // tablespaces
	Count      Expr    // PARTITIONS n
	Sub        *Partitioning
	Template   []*PartitionDef // SUBPARTITION TEMPLATE, on the sub-partitioning
	Partitions []*PartitionDef
	Props      []*Clause
}

// PartitionDef is one partition or sub-partition.
type PartitionDef struct {
	Span
	Sub bool // SUBPARTITION
	// Set is true for one PARTITIONSET of a partition-set definition.
	Set  bool
	Name *Name
	// Bound says how Values bind: LESS (THAN), VALUES (list), 0 without. MAXVALUE and DEFAULT are in Values as
	// names and default literals; a list of rows has *List items.
	Bound    token.Keyword
	Values   []Expr
	External *External
	Subs     []*PartitionDef
	SubCount Expr // SUBPARTITIONS n
	StoreIn  []*Name
	Props    []*Clause
}
