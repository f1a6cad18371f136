package gen

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// keepsTablespace reports whether a clause names a tablespace that the policy keeps.
func (g *gen) keepsTablespace(c *ast.Clause) bool {
	return g.e.Policy.Tablespaces && c.Head == token.TABLESPACE && len(c.Names) == 1
}

// tablespaceOf is the TABLESPACE clause of a table or index, with a space in front; "" when none is kept. One that the
// policy does not map keeps its name, and must be made before.
func (g *gen) tablespaceOf(props []*ast.Clause) string {
	for _, c := range props {
		if !g.keepsTablespace(c) {
			continue
		}
		name := g.f.Last(c.Names[0])
		if to, ok := g.e.Policy.TablespaceMap[name]; ok {
			return " TABLESPACE " + quote.Ident(to)
		}
		return " TABLESPACE " + g.e.names.ident(name)
	}
	return ""
}
