package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// collectionLoop converts FOR loops over collections and the iterators of 21c.
func (g *gen) collectionLoop(x *ast.For) string {
	g.refuse(x.Iter, "not-converted", "no PostgreSQL form is known for this iterator")
	return "NULL"
}

// extraArg is one of them: its text; out tells that it is a variable that is set.
type extraArg struct {
	text string
	typ  string // of an object, where it is known
	out  bool
	// name is the parameter that it is for, "" where the variable has its name; record tells that it is a composite value;
	// after are statements to stand behind the call.
	name   string
	record bool
	after  []string
}
