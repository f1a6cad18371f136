package rules

import (
	"fmt"
	"strings"
	"unicode"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var quotedName = &Rule{
	Code: "CV0228", Name: "quoted-name", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE TABLE report ("Total Amount" INTEGER)`,
	After:  `CREATE TABLE report ("Total Amount" integer)`,
	On:     declares(quotedNameUse),
}

func quotedNameUse(p *Pass, n *ast.Name, what string) {
	if p.File.Tokens[n.Hi-1].Kind != token.QuotedIdent {
		return
	}
	if name := p.File.Ident(n.Hi - 1); name != strings.ToUpper(name) || !plainWord(name) {
		p.Report(n, fmt.Sprintf("the %s name %s is case-sensitive or no plain word; it keeps its quotes, while unquoted names turn from upper to lower case", what, p.name(n)))
	}
}

func plainWord(s string) bool {
	for i, r := range s {
		switch {
		case r == '_' || unicode.IsLetter(r):
		case i > 0 && (r == '$' || unicode.IsDigit(r)):
		default:
			return false
		}
	}
	return s != ""
}
