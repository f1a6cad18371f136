package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// tryState is the state of a block that is cut: its statements are tried one by one.
type tryState struct {
	state, message, context string // variables that keep the first error
	label                   string // of the block that an error leaves
	inHandler               bool   // its handlers are being converted: they run outside of any subtransaction
}

// cutBlock converts a block with handlers that must not be a subtransaction as a whole. ok is false when a plain block
// does.
func (g *gen) cutBlock(_ *ast.Block, _ bool, _ string) (string, bool) { return "", false }

// reraise converts RAISE without a name in the handler of a cut block.
func (g *gen) reraise() (string, bool) {
	t := g.body.try
	if t == nil || !t.inHandler {
		return "", false
	}
	return "RAISE EXCEPTION USING ERRCODE = " + t.state + ", MESSAGE = " + t.message, true
}

func equalWords(a, b string) bool { return upperWords(a) == b }

func upperWords(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), " ")) }
