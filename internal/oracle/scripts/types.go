package scripts

import (
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
)

// typeRef is the catalog's form of a data type; no type where there is none.
func (x *extractor) typeRef(d *ast.DataType) model.TypeRef {
	if d == nil {
		return model.TypeRef{}
	}
	return typeref.Stored(typeref.Of(x.f, d))
}

// number is the value of a whole number, nil for anything else.
func (x *extractor) number(e ast.Expr) *int {
	n, err := strconv.Atoi(strings.ReplaceAll(x.text(e), " ", ""))
	if err != nil {
		return nil
	}
	return &n
}

func word(k token.Keyword) string {
	if k == 0 {
		return ""
	}
	return k.String()
}
