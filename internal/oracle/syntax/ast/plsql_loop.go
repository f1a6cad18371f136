package ast

import "landfall/internal/oracle/syntax/token"

// Loop is LOOP ... END LOOP [label].
type Loop struct {
	Span
	Labels   []*Name
	Stmts    []Stmt
	EndLabel *Name
}

// While is WHILE cond LOOP ... END LOOP [label].
type While struct {
	Span
	Labels   []*Name
	Cond     Expr
	Stmts    []Stmt
	EndLabel *Name
}

// For is FOR iterator LOOP ... END LOOP [label] in all its forms: numeric, cursor, query, 21c iterators.
type For struct {
	Span
	Labels   []*Name
	Iter     *Iterator
	Stmts    []Stmt
	EndLabel *Name
}

// Iterator is iterand [, iterand] IN control {, control}.
type Iterator struct {
	Span
	Iterands []*Iterand
	Controls []*IterControl
}

// Iterand is the loop variable, with 21c mutability and type.
type Iterand struct {
	Span
	Name    *Name
	Mutable token.Keyword // MUTABLE, IMMUTABLE or 0
	Type    *DataType
}

// IterKind says how an iteration control gets its values.
type IterKind uint8

// Iteration controls. IterExpr is a single expression of 21c or the name of a cursor: only names resolved tell.
const (
	IterRange   IterKind = iota // low .. high [BY step]
	IterExpr                    // cursor | cursor(args) | cursor variable | [REPEAT] expression
	IterQuery                   // (SELECT ...)
	IterDynamic                 // (EXECUTE IMMEDIATE ... [USING ...])
	IterValues                  // VALUES OF collection | cursor
	IterIndices                 // INDICES OF
	IterPairs                   // PAIRS OF
)

// IterControl is one control of an iterator with its stopping and skipping predicates.
type IterControl struct {
	Span
	Kind      IterKind
	Reverse   bool
	Repeat    bool
	Low, High Expr
	Step      Expr
	X         Expr           // of IterExpr, IterValues, IterIndices, IterPairs
	Query     *Select        // of IterQuery, or behind VALUES | INDICES | PAIRS OF
	Dynamic   *ExecImmediate // of IterDynamic, or behind VALUES | INDICES | PAIRS OF
	While     Expr
	When      Expr
}

// ForAll is FORALL i IN bounds [SAVE EXCEPTIONS] statement.
type ForAll struct {
	Span
	Index  *Name
	Kind   IterKind // IterRange, IterIndices or IterValues
	Low    Expr     // of IterRange; with IterIndices the bounds of BETWEEN, or nil
	High   Expr
	Of     Expr // collection of INDICES OF, VALUES OF
	Save   bool
	Action Stmt // INSERT UPDATE DELETE MERGE or EXECUTE IMMEDIATE
}

func (*Loop) stmtNode()   {}
func (*While) stmtNode()  {}
func (*For) stmtNode()    {}
func (*ForAll) stmtNode() {}

// Labels are the labels in front of a statement, nil for one that has none.
func Labels(s Stmt) []*Name {
	switch x := s.(type) {
	case *Labeled:
		return x.Labels
	case *Block:
		return x.Labels
	case *Loop:
		return x.Labels
	case *While:
		return x.Labels
	case *For:
		return x.Labels
	}
	return nil
}
