package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// transaction converts the statements of transaction control, in code and in scripts.
func (g *gen) transaction(s ast.Stmt) string {
	switch x := s.(type) {
	case *ast.Commit:
		return g.commit(x)
	case *ast.Rollback:
		return g.rollback(x)
	case *ast.Savepoint:
		return g.savepoint(x)
	case *ast.SetTransaction:
		return g.setTransaction(x)
	case *ast.LockTable:
		return g.lockTable(x)
	case *ast.SetConstraints:
		return g.setConstraints(x)
	}
	g.refuse(s, "not-converted", "no PostgreSQL form is known for %s", g.what(s))
	return "NULL"
}

func (g *gen) commit(x *ast.Commit) string {
	if len(x.Force) > 0 {
		g.refuse(x, "commit", "COMMIT FORCE ends a transaction of several databases, which PostgreSQL calls COMMIT PREPARED")
		return "NULL"
	}
	if x.Comment != nil {
		g.ignore(x.Comment, "commit", "COMMENT of COMMIT")
	}
	if x.Write != nil {
		g.ignore(x.Write, "commit", "%s", g.source(x.Write))
	}
	if !g.mayEnd(x, "COMMIT") {
		return "NULL"
	}
	g.rowsGone()
	return "COMMIT"
}

func (g *gen) rollback(x *ast.Rollback) string {
	if x.To != nil {
		return g.rollbackTo(x)
	}
	if x.Force != nil {
		g.refuse(x, "commit", "ROLLBACK FORCE ends a transaction of several databases, which PostgreSQL calls ROLLBACK PREPARED")
		return "NULL"
	}
	if s, ok := g.body.undoes(x); ok {
		return s
	}
	if !g.mayEnd(x, "ROLLBACK") {
		return "NULL"
	}
	g.rowsGone()
	return "ROLLBACK"
}

// rowsGone: SQL%ROWCOUNT is 0 behind the end of a transaction.
func (g *gen) rowsGone() {
	if g.body != nil && g.body.facts != nil && g.body.facts.sqlAttr {
		g.declareOnce(sqlRows, "integer")
		g.body.after = append(g.body.after, sqlRows+" := 0")
	}
}

// mayEnd reports whether a transaction may end at this place, and refuses where it may not (PG, "Transaction Management").
func (g *gen) mayEnd(n ast.Node, word string) bool {
	if g.body == nil { // a script
		return true
	}
	switch {
	case g.body.trigger:
		g.refuse(n, "commit", "%s inside a trigger fails in PostgreSQL: a trigger belongs to the statement that fires it", word)
		return false
	case g.body.function && g.body.autonomous && word == "COMMIT":
		return false // the statement on the second connection commits when it is done
	case g.body.function:
		g.refuse(n, "commit", "%s inside a function: only procedures that are called by CALL at the top may end a transaction in PostgreSQL", word)
		return false
	case g.body.sub > 0:
		g.refuse(n, "commit", "%s in a block with exception handlers that cannot be cut: such a block is a subtransaction in PostgreSQL, and no transaction may end in it", word)
		return false
	}
	return true
}

func (g *gen) savepoint(x *ast.Savepoint) string {
	if g.body == nil {
		return "SAVEPOINT " + g.word(x.Name)
	}
	if g.body.facts.dropped[x] {
		return "NULL /* SAVEPOINT " + strings.ReplaceAll(g.source(x.Name), "*/", "* /") + " */"
	}
	g.refuse(x, "savepoint", "SAVEPOINT %s cannot stand in PL/pgSQL, and no block with a handler can be made of it here", g.source(x.Name))
	return "NULL"
}

func (g *gen) rollbackTo(x *ast.Rollback) string {
	if g.body == nil {
		return "ROLLBACK TO SAVEPOINT " + g.word(x.To)
	}
	if s, ok := g.body.undo[x]; ok {
		if t := g.body.kept[x]; t != nil {
			state, message := g.errorState()
			s = t.state + " := " + state + ";\n" + g.indent(x) + t.message + " := " + message + ";\n" + g.indent(x) + s
		}
		return s
	}
	if g.body.facts.dropped[x] {
		return "NULL /* ROLLBACK TO " + strings.ReplaceAll(g.source(x.To), "*/", "* /") + ": the block has undone it */"
	}
	g.refuse(x, "savepoint", "ROLLBACK TO %s cannot stand in PL/pgSQL, and no block with a handler can be made of it here", g.source(x.To))
	return "NULL"
}

func (g *gen) setTransaction(x *ast.SetTransaction) string {
	if x.Name != nil {
		g.ignore(x.Name, "set-transaction", "the name of a transaction")
	}
	switch x.Mode {
	case token.ONLY:
		return "SET TRANSACTION READ ONLY"
	case token.WRITE:
		return "SET TRANSACTION READ WRITE"
	case token.SERIALIZABLE:
		return "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"
	case token.COMMITTED:
		return "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
	case token.ROLLBACK:
		g.ignore(x, "set-transaction", "USE ROLLBACK SEGMENT")
	}
	if g.body == nil {
		return ""
	}
	return "NULL"
}

func (g *gen) lockTable(x *ast.LockTable) string {
	mode := "EXCLUSIVE"
	if x.Mode != nil {
		switch words := g.source(x.Mode); {
		case equalWords(words, "SHARE UPDATE"):
			mode = "ROW SHARE"
		default:
			mode = upperWords(words)
		}
	}
	s := "LOCK TABLE "
	for i, t := range x.Tables {
		if i > 0 {
			s += ", "
		}
		if t.Part != 0 {
			g.report(t, "lock-table", "the whole table is locked instead of a partition")
		}
		s += g.tableName(t.Table)
	}
	s += " IN " + mode + " MODE"
	switch {
	case x.NoWait:
		s += " NOWAIT"
	case x.Wait != nil:
		g.report(x.Wait, "lock-table", "WAIT %s: PostgreSQL waits as long as lock_timeout says", g.source(x.Wait))
	}
	return s
}

func (g *gen) setConstraints(x *ast.SetConstraints) string {
	s := "SET CONSTRAINTS "
	if x.All {
		s += "ALL"
	}
	for i, n := range x.Names {
		if i > 0 {
			s += ", "
		}
		s += g.objectName(n)
	}
	if x.Deferred {
		return s + " DEFERRED"
	}
	return s + " IMMEDIATE"
}
