package gen

import (
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// standardParams are the names of the parameters of built-in functions in the package STANDARD, by which PL/SQL may call them.
var standardParams = map[string]string{
	"REPLACE": "SRCSTR OLDSUB NEWSUB", "SUBSTR": "STR1 POS LEN", "INSTR": "STR1 STR2 POS NTH", "LPAD": "STR1 LEN PAD", "RPAD": "STR1 LEN PAD",
	"LTRIM": "STR1 TSET", "RTRIM": "STR1 TSET", "TRANSLATE": "STR1 SRC DEST", "UPPER": "CH", "LOWER": "CH", "INITCAP": "CH", "LENGTH": "CH", "ASCII": "CH",
	"CHR": "N", "NVL": "B1 B2", "ADD_MONTHS": "LEFT RIGHT", "MONTHS_BETWEEN": "LEFT RIGHT", "NEXT_DAY": "LEFT RIGHT", "LAST_DAY": "RIGHT",
	"TO_CHAR": "LEFT RIGHT PARMS", "TO_DATE": "LEFT RIGHT PARMS", "TO_NUMBER": "LEFT RIGHT PARMS", "CONCAT": "LEFT RIGHT", "MOD": "N1 N2",
}

// positional gives a call in named notation the order of the parameters; ok is false where one in between is left out or the names
// are not known.
func positional(f *ast.File, name string, c *ast.Call) (call *ast.Call, ok bool) {
	params := strings.Fields(standardParams[name])
	args := make([]*ast.Arg, len(params))
	for i, a := range c.Args {
		k := i
		if a.Name != nil {
			k = slices.Index(params, f.Last(a.Name))
		}
		if k < 0 || k >= len(args) || args[k] != nil {
			return nil, false
		}
		own := *a
		own.Name = nil
		args[k] = &own
	}
	args = args[:len(c.Args)]
	if slices.Contains(args, nil) {
		return nil, false
	}
	own := *c
	own.Args = args
	return &own, true
}
