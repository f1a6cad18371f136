package assess

import (
	"testing"

	"landfall/internal/oracle/syntax/ast"
)

// TestCensusCountsNone: takeCensus does not look at these at all.
func TestCensusCountsNone(t *testing.T) {
	for _, n := range []ast.Node{&ast.Literal{}, &ast.Call{}, &ast.Arg{}, &ast.Binary{}} {
		if len(featuresByKind[n.NodeKind()]) > 0 {
			t.Errorf("takeCensus leaves out %T, which the table counts", n)
		}
	}
}
