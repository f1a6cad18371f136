package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// fetchAbsent converts FETCH of a cursor with columns of a table that the source does not have into variables of text: the
// row goes into a record, whose fields have the types that the server knows. ok is false where nothing asks for that.
func (g *gen) fetchAbsent(x *ast.Fetch, cursor string) (string, bool) {
	d := g.cursorDeclOf(x.Cursor)
	if d == nil || d.Query == nil {
		return "", false
	}
	fields, open := g.info.Row(d.Query)
	if open || len(fields) != len(x.Into) {
		return "", false
	}
	any := false
	seen := map[string]bool{}
	for i, f := range fields {
		to := g.info.Type(x.Into[i]).Class
		any = any || f.Type.Class == resolve.ClassUnknown && (to == resolve.ClassText || to == resolve.ClassChar)
		if f.Name == "" || seen[f.Name] {
			return "", false
		}
		seen[f.Name] = true
	}
	if !any {
		return "", false
	}
	row := g.temp("record")
	set := make([]string, len(fields))
	for i, f := range fields {
		to := g.info.Type(x.Into[i])
		value := atom(row+"."+g.e.names.ident(f.Name), typeOf(f.Type))
		if (to.Class == resolve.ClassText || to.Class == resolve.ClassChar) && f.Type.Class == resolve.ClassUnknown {
			value = callFrag(g.use("to_text"), pgText, value.s)
		} else {
			value = g.convertedFrom(value, f.Type, to)
		}
		set[i] = g.setTo(x.Into[i], value) + ";"
	}
	g.fetched(x, set)
	return "FETCH " + cursor + " INTO " + row, true
}
