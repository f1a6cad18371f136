package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// cursorExpr converts CURSOR(query): a function opens a cursor for the text of the query and gives its name. What the query
// takes from around it (columns of the row, variables) is put into the text by format().
func (g *gen) cursorExpr(x *ast.CursorExpr) frag {
	in := x.Query.Range()
	type value struct{ text, typ string }
	var values []value
	number := map[string]int{}
	old := map[*ast.Name]string{}
	var fresh []*ast.Name
	to := map[*ast.Name]string{}
	g.names(x.Query, func(n *ast.Name) {
		if n.Star {
			return
		}
		from := g.info.From(n)
		outside := from != nil && (from.Range().Lo < in.Lo || from.Range().Hi > in.Hi)
		if from == nil {
			switch ref := g.ref(n); ref.Kind {
			case resolve.Variable, resolve.Parameter, resolve.PseudoRecord, resolve.Host:
				outside = ref.Object == nil // those of packages are functions, which the text can call
			}
		}
		if !outside {
			return
		}
		f := g.expr(n)
		i := number[f.s]
		if i == 0 {
			v := value{text: f.s}
			if t := *g.ref(n).TypeOf(); t.Class != resolve.ClassUnknown && t.Class != resolve.ClassNull {
				if s, ok := g.typeText(t, inParameter); ok {
					v.typ = s
				}
			}
			values = append(values, v)
			i = len(values)
			number[f.s] = i
		}
		to[n] = "\x04" + itoa(i) + "\x05"
		if s, ok := g.moved[n]; ok {
			old[n] = s
		} else {
			fresh = append(fresh, n)
		}
	})
	for n, s := range to {
		g.move(n, s)
	}
	text := g.query(x.Query)
	for _, n := range fresh {
		delete(g.moved, n)
	}
	for n, s := range old {
		g.moved[n] = s
	}
	fn := g.use("cursor_for")
	g.reportAs(x, "cursor-expression", model.Medium, model.Review, "each row opens a cursor of its own for a text of SQL; it stays open until it is closed or the transaction ends")
	if len(values) == 0 {
		return atom(fn+"("+quotedSQL(text)+")", pgCursor)
	}
	text = strings.ReplaceAll(text, "%", "%%")
	args := ""
	for i, v := range values {
		hole := "%" + itoa(i+1) + "$L"
		if v.typ != "" {
			hole += "::" + v.typ
		}
		text = strings.ReplaceAll(text, "\x04"+itoa(i+1)+"\x05", hole)
		args += ", " + v.text
	}
	return atom(fn+"(format("+quotedSQL(text)+args+"))", pgCursor)
}

// quotedSQL is a text of SQL as a constant that stays readable.
func quotedSQL(s string) string {
	if strings.Contains(s, "$q$") {
		return quote.Literal(s)
	}
	return "$q$" + s + "$q$"
}
