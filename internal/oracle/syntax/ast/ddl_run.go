package ast

// ExplainPlan is EXPLAIN PLAN [SET STATEMENT_ID = ID] [INTO table] FOR statement.
type ExplainPlan struct {
	Span
	ID   Expr
	Into *Name
	Stmt Stmt
}

// SQLCall is the SQL statement CALL routine(args) [INTO :x].
type SQLCall struct {
	Span
	Call      Expr
	Into      Expr
	Indicator Expr
}

func (*ExplainPlan) stmtNode() {}
func (*SQLCall) stmtNode()     {}
