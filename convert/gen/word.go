package gen

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// hasWord reports whether a keyword stands among the tokens of a node: the cheap question before a walk over its tree.
func hasWord(f *ast.File, s ast.Span, word token.Keyword) bool {
	for _, t := range f.Tokens[s.Lo:s.Hi] {
		if t.Kw == word {
			return true
		}
	}
	return false
}
