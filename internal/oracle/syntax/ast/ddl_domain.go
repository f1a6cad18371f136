package ast

// CreateDomain is CREATE [USECASE | FLEXIBLE] DOMAIN of 23ai:
//
//	name AS type [STRICT] {DEFAULT ... | constraint | VALIDATE ...} [DISPLAY x] [ORDER x] [ANNOTATIONS (...)]
//	name AS (column AS type ..., ...) {constraint} [DISPLAY x] [ORDER x] [ANNOTATIONS (...)]
//	name AS ENUM (word {= word} [= value], ...)
//	FLEXIBLE name (columns) CHOOSE DOMAIN USING (...) FROM ...
type CreateDomain struct {
	Span
	Flexible    bool
	IfNotExists bool
	Name        *Name
	Many        bool         // of columns in parentheses
	Columns     []*ColumnDef // without Many one, without a name
	Enum        []*EnumItem
	Constraints []*Constraint // behind the columns of Many
	Display     Expr
	Order       Expr
	Annotations *Annotations
}

// EnumItem is one value of an enumeration with all its names.
type EnumItem struct {
	Span
	Names []*Name
	Value Expr // nil where it is counted
}

func (*CreateDomain) stmtNode() {}
