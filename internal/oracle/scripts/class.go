package scripts

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// classOf sorts a statement. One that could not be read goes by its first words.
func classOf(f *ast.File, s ast.Stmt) Class {
	switch s := s.(type) {
	case *ast.SelectStmt, *ast.ExplainPlan:
		return ClassQuery
	case *ast.Insert, *ast.MultiInsert, *ast.Update, *ast.Delete, *ast.Merge, *ast.LockTable:
		return ClassDML
	case *ast.Block, *ast.CreateRoutine, *ast.CreatePackage, *ast.CreatePackageBody, *ast.CreateTrigger, *ast.CreateType,
		*ast.CreateTypeBody, *ast.WrappedUnit, *ast.SQLCall, *ast.CreateLibrary, *ast.ForeignUnit,
		*ast.PlusCommand: // EXECUTE
		return ClassPLSQL
	case *ast.Commit, *ast.Rollback, *ast.Savepoint, *ast.SetTransaction, *ast.SetConstraints:
		return ClassTCL
	case *ast.CreateUser, *ast.CreateRole, *ast.AlterSession, *ast.SetRole, *ast.SubstStmt:
		return ClassAdmin
	case *ast.AdminStmt:
		if kind, ok := adminKinds[s.Object]; ok && kind.inSchema {
			return ClassDDL
		}
		return ClassAdmin
	case *ast.BadStmt:
		return classOfBad(f, s)
	}
	return ClassDDL
}

func classOfBad(f *ast.File, s *ast.BadStmt) Class {
	words := leadingWords(f, s.Span)
	if len(words) == 0 {
		return ClassAdmin
	}
	switch words[0] {
	case token.SELECT, token.WITH, token.EXPLAIN:
		return ClassQuery
	case token.INSERT, token.UPDATE, token.DELETE, token.MERGE, token.LOCK:
		return ClassDML
	case token.DECLARE, token.BEGIN, token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TRIGGER, token.TYPE, token.CALL:
		return ClassPLSQL
	case token.COMMIT, token.ROLLBACK, token.SAVEPOINT:
		return ClassTCL
	case token.CREATE:
		if h := readHead(f, s.Span); h.kind.HasCode() || h.kind == "TYPE" {
			return ClassPLSQL
		}
		return ClassDDL
	case token.ALTER, token.DROP, token.TRUNCATE, token.COMMENT, token.GRANT, token.REVOKE, token.RENAME, token.ANALYZE, token.PURGE:
		return ClassDDL
	}
	return ClassAdmin
}
